/* SPDX-License-Identifier: GPL-3.0-or-later
 * Kits on the floor: what is fetched and verified of one are its parts. */
#include "wb-kit.h"

#include "wb-text.h"

static void
part_free (gpointer data)
{
  WbKitPart *part = data;

  g_clear_object (&part->product);
  g_free (part);
}

/** wb_kit_parts: Returns: (transfer full) (element-type WbKitPart): what is in one of @product_id
 * and lies in a parcel; empty: it is no kit. */
GPtrArray *
wb_kit_parts (WbBook *book, gint64 product_id, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (GPtrArray) components = NULL;

  if (product_id == 0)
    return g_steal_pointer (&parts);
  if ((components = wb_book_list_components (book, product_id, error)) == NULL)
    return NULL;
  for (guint i = 0; i < components->len; i++)
    {
      g_autoptr (WbProduct) product = wb_book_get_product (
          book, wb_record_get_int (components->pdata[i], WB_KIT_COMPONENT_PRODUCT_ID), error);
      WbKitPart *part;

      if (product == NULL)
        return NULL;
      if (wb_record_get_bool (product, WB_PRODUCT_DIGITAL))
        continue;
      part = g_new0 (WbKitPart, 1);
      part->product = g_steal_pointer (&product);
      part->per_unit = wb_record_get_int (components->pdata[i], WB_KIT_COMPONENT_QUANTITY);
      g_ptr_array_add (parts, part);
    }
  return g_steal_pointer (&parts);
}

/** wb_kit_has_code: @has: (out): whether a kit bears a barcode of its own: it is a ready-made
 * bundle, of which one scan is enough. Others have their parts scanned. */
gboolean
wb_kit_has_code (WbBook *book, gint64 product_id, gboolean *has, GError **error)
{
  g_autoptr (WbProduct) product = wb_book_get_product (book, product_id, error);
  g_autoptr (GPtrArray) codes =
      product != NULL ? wb_book_list_barcodes (book, product_id, error) : NULL;

  if (codes == NULL)
    return FALSE;
  *has = codes->len > 0 || !wb_text_is_empty (wb_record_get_text (product, WB_PRODUCT_BARCODE));
  return TRUE;
}
