/* SPDX-License-Identifier: GPL-3.0-or-later
 * The carrier's labels: 4 by 6 inches with a barcode that scanners read, and PRACTICE across them.
 */
#include "wb-town-easypost.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <zint.h>

/* Everything is drawn in points: 4 by 6 inches. */
#define WIDTH  288.0
#define HEIGHT 432.0
#define DPI    300

static void
draw_text (cairo_t *cr, double x, double y, double size, const char *text)
{
  PangoLayout          *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, "Sans");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) ((WIDTH - x - 12) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
}

/* Bars on whole dots, without smoothing, so that they stay readable. */
static gboolean
draw_barcode (cairo_t *cr, const char *text, double y, double height)
{
  struct zint_symbol *symbol = ZBarcode_Create ();
  double              dot = 72.0 / DPI * 3;
  gboolean            fine;

  symbol->symbology = BARCODE_CODE128;
  symbol->show_hrt = 0;
  symbol->scale = 0.5f; /* one unit of the picture is one bar's width */
  fine = ZBarcode_Encode_and_Buffer_Vector (symbol, (unsigned char *) text, 0, 0) < ZINT_ERROR;
  if (fine)
    {
      double left = (WIDTH - symbol->vector->width * dot) / 2;

      left = ((int) (left * DPI / 72.0)) * 72.0 / DPI;
      cairo_save (cr);
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
      for (struct zint_vector_rect *bar = symbol->vector->rectangles; bar != NULL; bar = bar->next)
        cairo_rectangle (cr, left + bar->x * dot, y, bar->width * dot, height);
      cairo_fill (cr);
      cairo_restore (cr);
    }
  ZBarcode_Delete (symbol);
  return fine;
}

static void
draw_address (cairo_t *cr, double y, double size, const WbTownEpAddress *address)
{
  g_autofree char *place = g_strjoin (
      " ", address->zip != NULL ? address->zip : "", address->city != NULL ? address->city : "",
      address->state != NULL ? address->state : "", address->country, NULL);
  const char *lines[] = { address->name, address->company, address->street1, address->street2,
                          place };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i] != NULL && *lines[i] != '\0')
      {
        draw_text (cr, 14, y, size, lines[i]);
        y += size * 1.4;
      }
}

static void
draw_label (cairo_t *cr, const WbTownEpShipment *shipment)
{
  g_autofree char *service =
      g_strdup_printf ("%s %s", shipment->bought->carrier, shipment->bought->service);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 1.5);
  cairo_rectangle (cr, 6, 6, WIDTH - 12, HEIGHT - 12);
  cairo_stroke (cr);
  draw_text (cr, 14, 14, 18, "PRACTICE");
  draw_text (cr, 14, 40, 12, service);
  draw_address (cr, 70, 8, shipment->from);
  cairo_move_to (cr, 6, 135);
  cairo_line_to (cr, WIDTH - 6, 135);
  cairo_stroke (cr);
  draw_address (cr, 145, 14, shipment->to);
  cairo_move_to (cr, 6, 270);
  cairo_line_to (cr, WIDTH - 6, 270);
  cairo_stroke (cr);
  draw_barcode (cr, shipment->tracking, 285, 80);
  draw_text (cr, 60, 372, 11, shipment->tracking);
  if (shipment->reference != NULL)
    draw_text (cr, 14, 400, 8, shipment->reference);
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int size)
{
  g_byte_array_append (closure, data, size);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_png (const WbTownEpShipment *shipment)
{
  GByteArray      *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 4 * DPI, 6 * DPI);
  cairo_t         *cr = cairo_create (surface);

  cairo_scale (cr, DPI / 72.0, DPI / 72.0);
  draw_label (cr, shipment);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
make_pdf (const WbTownEpShipment *shipment)
{
  GByteArray      *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, WIDTH, HEIGHT);
  cairo_t         *cr;
  g_autofree char *date = wb_instant_to_iso (shipment->bought_at);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cr = cairo_create (surface);
  draw_label (cr, shipment);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

/* Field data in ZPL: its two command marks and the escape itself are written in hexadecimal (^FH_).
 */
static void
append_zpl_text (GString *zpl, int y, int size, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append_printf (zpl, "^FO30,%d^A0N,%d,%d^FH_^FD", y, size, size);
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '^' || *p == '~' || *p == '_')
      g_string_append_printf (zpl, "_%02X", *p);
    else
      g_string_append_c (zpl, *p);
  g_string_append (zpl, "^FS\n");
}

/* It sets its own width, length, home and mode: a raw queue adds nothing (domain: labels and CUPS).
 */
static GBytes *
make_zpl (const WbTownEpShipment *shipment)
{
  GString               *zpl = g_string_new ("^XA\n^CI28\n^PW812\n^LL1218\n^LH0,0\n^MMT\n");
  const WbTownEpAddress *to = shipment->to;
  g_autofree char       *service =
      g_strdup_printf ("%s %s", shipment->bought->carrier, shipment->bought->service);
  g_autofree char *place = g_strjoin (" ", to->zip != NULL ? to->zip : "",
                                      to->city != NULL ? to->city : "", to->country, NULL);

  append_zpl_text (zpl, 30, 60, "PRACTICE");
  append_zpl_text (zpl, 110, 40, service);
  append_zpl_text (zpl, 180, 24, shipment->from->name);
  append_zpl_text (zpl, 210, 24, shipment->from->street1);
  append_zpl_text (zpl, 420, 44, to->name);
  append_zpl_text (zpl, 470, 44, to->company);
  append_zpl_text (zpl, 520, 44, to->street1);
  append_zpl_text (zpl, 570, 44, to->street2);
  append_zpl_text (zpl, 620, 44, place);
  g_string_append_printf (zpl, "^FO60,800^BY3^BCN,220,Y,N,N,A^FD%s^FS\n", shipment->tracking);
  append_zpl_text (zpl, 1140, 24, shipment->reference);
  g_string_append (zpl, "^XZ\n");
  return g_string_free_to_bytes (zpl);
}

static GBytes *
make_epl2 (const WbTownEpShipment *shipment)
{
  g_autofree char *service =
      g_strdup_printf ("%s %s", shipment->bought->carrier, shipment->bought->service);

  char *text = g_strdup_printf (
      "\nN\nq812\nQ1218,24\nA30,30,0,4,2,2,N,\"PRACTICE\"\nA30,110,0,4,1,1,N,\"%s\"\n"
      "B60,800,0,1,3,6,220,B,\"%s\"\nP1\n",
      service, shipment->tracking);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * wb_town_label_make:
 * @format: "png", "pdf", "zpl" or "epl2"
 * @content_type: (out): static; set only on success
 *
 * Returns: (transfer full) (nullable): the label of a bought shipment, the same bytes each time.
 */
GBytes *
wb_town_label_make (const WbTownEpShipment *shipment, const char *format, const char **content_type)
{
  static const struct
  {
    const char *format;
    const char *content_type;
    GBytes *(*make) (const WbTownEpShipment *shipment);
  } makers[] = {
    { "png", "image/png", make_png },
    { "pdf", "application/pdf", make_pdf },
    { "zpl", "application/zpl", make_zpl },
    { "epl2", "application/epl2", make_epl2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (strcmp (makers[i].format, format) == 0)
      {
        *content_type = makers[i].content_type;
        return makers[i].make (shipment);
      }
  return NULL;
}
