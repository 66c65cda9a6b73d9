/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page that shows whether a printer prints true: a frame, a ruler and a barcode. */
#include "wb-test-page.h"

#include "wb-barcode.h"
#include "wb-media.h"
#include "wb-typeset.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define MM           (72 / 25.4)
#define FRAME_MM     4.0
#define BARCODE      "WB-TEST-0123456789"
#define TICK_MM      1
#define RULER_END_MM 10
#define SMALLEST_MM  40.0

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
measure (const char *media, double *width, double *height, GError **error)
{
  if (wb_media_size (media, width, height) && *width >= SMALLEST_MM && *height >= SMALLEST_MM)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "No test page can be made for the paper “%s”",
               media);
  return FALSE;
}

/* A tick each millimetre, longer each five and ten; as long as whole centimetres fit. */
static double
draw_ruler (cairo_t *cr, double x, double y, double room_mm)
{
  int length = (int) (room_mm / RULER_END_MM) * RULER_END_MM;

  cairo_set_line_width (cr, 0.5);
  for (int mm = 0; mm <= length; mm += TICK_MM)
    {
      cairo_move_to (cr, x + mm * MM, y);
      cairo_rel_line_to (cr, 0, (mm % 10 == 0 ? 6 : mm % 5 == 0 ? 4.5 : 3) * MM);
    }
  cairo_move_to (cr, x, y);
  cairo_rel_line_to (cr, length * MM, 0);
  cairo_stroke (cr);
  return length;
}

static double
draw_words (WbTypeset  *type,
            cairo_t    *cr,
            WbTypeStyle style,
            double      x,
            double      y,
            double      width,
            const char *words)
{
  PangoLayout *layout = wb_typeset_set (type, style, width, 4, words);

  wb_typeset_draw (type, cr, style, layout, x, y, width, WB_SIDE_START);
  return y + wb_layout_height (layout) + 4;
}

static gboolean
draw_page (cairo_t *cr, double width, double height, const char *name, GError **error)
{
  g_autoptr (WbTypeset) type = wb_typeset_new ();
  double                x = (FRAME_MM + 4) * MM, room = width - 2 * (FRAME_MM + 4), bars = 0;
  double                y = (FRAME_MM + 4) * MM, length;
  g_autofree char      *words = NULL;

  wb_typeset_begin (type, NULL, FALSE);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 0.7);
  cairo_rectangle (cr, FRAME_MM * MM, FRAME_MM * MM, (width - 2 * FRAME_MM) * MM,
                   (height - 2 * FRAME_MM) * MM);
  cairo_stroke (cr);
  y = draw_words (type, cr, WB_STYLE_SENDER, x, y, room * MM, _ ("Test print"));
  y = draw_words (type, cr, WB_STYLE_BODY, x, y, room * MM, name);
  length = draw_ruler (cr, x, y, room);
  y += 8 * MM;
  /* Translators: below a ruler on the test page */
  words = g_strdup_printf (_ ("This ruler is %d mm long, and the frame is %d mm from every edge."),
                           (int) length, (int) FRAME_MM);
  y = draw_words (type, cr, WB_STYLE_SMALL, x, y, room * MM, words);
  return wb_barcode_draw (cr, BARCODE, x, y + 2 * MM, room * MM, 12 * MM, FALSE, &bars, error);
}

/**
 * wb_test_page_pdf:
 * @media: PWG name of the paper
 * @name: what the printer is called
 *
 * Returns: (transfer full): one PDF page of exactly that size; %WB_ERROR_INVALID for a paper whose
 * size is not known.
 */
GBytes *
wb_test_page_pdf (const char *media, const char *name, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t       *surface;
  cairo_t               *cr;
  double                 width, height;
  gboolean               drawn;

  if (!measure (media, &width, &height, error))
    return NULL;
  surface = cairo_pdf_surface_create_for_stream (collect, bytes, width * MM, height * MM);
  cr = cairo_create (surface);
  drawn = draw_page (cr, width, height, name, error);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return drawn ? g_bytes_new (bytes->data, bytes->len) : NULL;
}

/** wb_test_page_ruler_mm: Returns: how long the ruler on the test page of @media is; 0: none can be
 * made. */
guint
wb_test_page_ruler_mm (const char *media)
{
  double width, height;

  return measure (media, &width, &height, NULL)
             ? (guint) ((width - 2 * (FRAME_MM + 4)) / RULER_END_MM) * RULER_END_MM
             : 0;
}
