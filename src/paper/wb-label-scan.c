/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading the barcodes on a label as a scanner would. */
#include "wb-label-scan.h"

#include <string.h>
#include <zbar.h>

void
wb_scanned_free (WbScanned *scanned)
{
  g_free (scanned->symbology);
  g_free (scanned->text);
  g_free (scanned);
}

static zbar_image_t *
make_image (const WbGrey *grey)
{
  zbar_image_t *image = zbar_image_create ();

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, grey->width, grey->height);
  zbar_image_set_data (image, grey->dots, (gsize) grey->width * grey->height, NULL);
  return image;
}

static gboolean
is_there (GPtrArray *found, const char *symbology, const char *text)
{
  for (guint i = 0; i < found->len; i++)
    {
      const WbScanned *one = found->pdata[i];

      if (g_str_equal (one->symbology, symbology) && g_str_equal (one->text, text))
        return TRUE;
    }
  return FALSE;
}

static void
collect (zbar_image_t *image, GPtrArray *found)
{
  const zbar_symbol_t *symbol = zbar_image_first_symbol (image);

  for (; symbol != NULL; symbol = zbar_symbol_next (symbol))
    {
      g_autofree char *data =
          g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
      const char      *symbology = zbar_get_symbol_name (zbar_symbol_get_type (symbol));
      g_autofree char *text = g_utf8_make_valid (data, -1);
      WbScanned       *one;

      if (is_there (found, symbology, text))
        continue;
      one = g_new0 (WbScanned, 1);
      one->symbology = g_strdup (symbology);
      one->text = g_steal_pointer (&text);
      one->x = (guint) MAX (0, zbar_symbol_get_loc_x (symbol, 0));
      one->y = (guint) MAX (0, zbar_symbol_get_loc_y (symbol, 0));
      g_ptr_array_add (found, one);
    }
}

/**
 * wb_label_scan:
 *
 * Looks for linear codes in both directions and for QR codes. PDF417, MaxiCode and Data Matrix are
 * not read. Returns: (transfer full) (element-type WbScanned): each different code once, empty when
 * nothing can be read.
 */
GPtrArray *
wb_label_scan (const WbGrey *grey)
{
  GPtrArray            *found = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_scanned_free);
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t         *image = make_image (grey);

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, 1);
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, 1);
  if (zbar_scan_image (scanner, image) > 0)
    collect (image, found);
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return found;
}
