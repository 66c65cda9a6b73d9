/* SPDX-License-Identifier: GPL-3.0-or-later
 * A carrier's label for the tests: 4 × 6 inch at 203 dots an inch with a barcode, as dots, PNG and
 * PDF. */
#include "label-samples.h"

#include "wb-barcode.h"

#include <cairo-pdf.h>

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* In points: a frame at the very edge, a barcode, a wedge that would show any turning. */
static void
draw (cairo_t *cr, double width, double height)
{
  g_autoptr (GError) error = NULL;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 4);
  cairo_rectangle (cr, 2, 2, width - 4, height - 4);
  cairo_stroke (cr);
  cairo_move_to (cr, 20, 20);
  cairo_line_to (cr, 90, 20);
  cairo_line_to (cr, 20, 60);
  cairo_fill (cr);
  g_assert_true (
      wb_barcode_draw (cr, LABEL_CODE, 30, height * 0.5, width - 60, 60, FALSE, NULL, &error));
}

static cairo_surface_t *
draw_dots (cairo_format_t format)
{
  cairo_surface_t *surface = cairo_image_surface_create (format, LABEL_WIDTH, LABEL_HEIGHT);
  cairo_t         *cr = cairo_create (surface);

  cairo_scale (cr, LABEL_WIDTH / 288.0, LABEL_HEIGHT / 432.0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  draw (cr, 288, 432);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* What a printer is to print. */
Raster *
label_sample_dots (void)
{
  cairo_surface_t *surface = draw_dots (CAIRO_FORMAT_RGB24);
  Raster          *raster = raster_new (LABEL_WIDTH, LABEL_HEIGHT);

  for (guint y = 0; y < LABEL_HEIGHT; y++)
    {
      const guint8 *row = cairo_image_surface_get_data (surface) +
                          (gsize) y * cairo_image_surface_get_stride (surface);

      for (guint x = 0; x < LABEL_WIDTH; x++)
        raster->dots[(gsize) y * LABEL_WIDTH + x] = row[x * 4];
    }
  cairo_surface_destroy (surface);
  return raster;
}

/* The label as a carrier sends it. @transparent: with an alpha channel, which a PDF cannot take
 * over as it is. */
GBytes *
label_sample_png (gboolean transparent)
{
  cairo_surface_t *surface = draw_dots (transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24);
  GByteArray      *bytes = g_byte_array_new ();

  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, collect, bytes), ==,
                   CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
label_sample_pdf (double width_mm, double height_mm)
{
  GByteArray      *bytes = g_byte_array_new ();
  double           width = width_mm / 25.4 * 72, height = height_mm / 25.4 * 72;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, bytes, width, height);
  cairo_t         *cr = cairo_create (surface);

  draw (cr, width, height);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}
