/* SPDX-License-Identifier: GPL-3.0-or-later
 * Barcodes as vector bars. */
#include "wb-barcode.h"

#include <zint.h>

/* Points a narrow bar is wide: 0.38 mm is read from afar, below 0.19 mm an office printer smears
 * it. */
#define NARROW_BAR_MAX 1.08
#define NARROW_BAR_MIN 0.54

typedef struct zint_symbol Symbol;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Symbol, ZBarcode_Delete)

/**
 * wb_barcode_draw:
 * @text: what a scanner is to read
 * @max_width: points; the bars are as wide as fits, up to 0.38 mm each
 * @at_end: whether it stands at the right of the @max_width
 * @width: (out) (optional): points it took
 *
 * Draws a Code 128. Leave ten bars' width white on both sides. Fails when @text cannot be coded or
 * would become too fine to be read.
 */
gboolean
wb_barcode_draw (cairo_t    *cr,
                 const char *text,
                 double      x,
                 double      y,
                 double      max_width,
                 double      height,
                 gboolean    at_end,
                 double     *width,
                 GError    **error)
{
  g_autoptr (Symbol) symbol = ZBarcode_Create ();
  double             bar;

  symbol->symbology = BARCODE_CODE128;
  symbol->input_mode = UNICODE_MODE;
  symbol->show_hrt = 0;
  symbol->scale = 0.5f; /* one narrow bar becomes one unit */
  if (ZBarcode_Encode_and_Buffer_Vector (symbol, (const unsigned char *) text, 0, 0) >= ZINT_ERROR)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” cannot be a barcode: %s", text,
                   symbol->errtxt);
      return FALSE;
    }
  bar = MIN (NARROW_BAR_MAX, max_width / symbol->vector->width);
  if (bar < NARROW_BAR_MIN)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "“%s” is too long for a barcode that can be read", text);
      return FALSE;
    }
  if (at_end)
    x += max_width - bar * symbol->vector->width;
  for (struct zint_vector_rect *r = symbol->vector->rectangles; r != NULL; r = r->next)
    cairo_rectangle (cr, x + r->x * bar, y, r->width * bar, height);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_fill (cr);
  if (width != NULL)
    *width = bar * symbol->vector->width;
  return TRUE;
}
