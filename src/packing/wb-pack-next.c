/* SPDX-License-Identifier: GPL-3.0-or-later
 * What waits for the packing table. */
#include "wb-pack.h"

#define LOOKED_AT 8 /* so many times those that are wanted: some wait for stock */

static const char *const stages[] = { WB_STAGE_READY, WB_STAGE_PARTIAL, NULL };

/** wb_pack_count_waiting: @waiting: (out): how many orders are to be packed in all, those that wait
 * for stock among them; set on success only. */
gboolean
wb_pack_count_waiting (WbBook *book, gint64 *waiting, GError **error)
{
  g_autoptr (GHashTable) counts = wb_book_count_stages (book, error);
  gint64                 n = 0;

  if (counts == NULL)
    return FALSE;
  for (guint i = 0; stages[i] != NULL; i++)
    n += GPOINTER_TO_UINT (g_hash_table_lookup (counts, stages[i]));
  *waiting = n;
  return TRUE;
}

/** wb_pack_list_next: Returns: (transfer full) (element-type WbOrder): the heads of at most @most
 * orders that can be packed next: what should leave first comes first. */
GPtrArray *
wb_pack_list_next (WbBook *book, guint most, GError **error)
{
  WbOrderQuery query = {
    .stages = stages, .sort = "ship_by", .ascending = TRUE, .limit = most * LOOKED_AT
  };
  g_autoptr (GArray)    ids = wb_book_list_order_ids (book, &query, error);
  g_autoptr (GPtrArray) heads = NULL;

  if (ids == NULL)
    return NULL;
  if (ids->len == 0)
    return g_ptr_array_new_with_free_func (g_object_unref);
  heads = wb_book_list_order_heads (book, (const gint64 *) ids->data, ids->len, error);
  for (guint i = heads != NULL ? heads->len : 0; i > 0; i--)
    if (wb_record_get_int (heads->pdata[i - 1], WB_ORDER_STOCK_SHORT) > 0)
      g_ptr_array_remove_index (heads, i - 1);
  if (heads != NULL && heads->len > most)
    g_ptr_array_set_size (heads, (int) most);
  return g_steal_pointer (&heads);
}
