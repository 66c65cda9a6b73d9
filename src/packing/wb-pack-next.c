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

/* Whether something of it can be packed now: it does not wait for stock, nor for a parcel of it
 * that was begun to be finished. */
static gboolean
can_be_packed (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; wb_record_get_int (order, WB_ORDER_STOCK_SHORT) == 0 && i < lines->len; i++)
    if (wb_order_line_to_pack (lines->pdata[i]) > 0)
      return TRUE;
  return FALSE;
}

/** wb_pack_list_next: Returns: (transfer full) (element-type WbOrder): at most @most orders that
 * can be packed next: what should leave first comes first. */
GPtrArray *
wb_pack_list_next (WbBook *book, guint most, GError **error)
{
  WbOrderQuery query = {
    .stages = stages, .sort = "ship_by", .ascending = TRUE, .limit = most * LOOKED_AT
  };
  g_autoptr (GArray)    ids = wb_book_list_order_ids (book, &query, error);
  g_autoptr (GPtrArray) next = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; ids != NULL && i < ids->len && next->len < most; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (book, g_array_index (ids, gint64, i), error);

      if (order == NULL)
        return NULL;
      if (can_be_packed (order))
        g_ptr_array_add (next, g_steal_pointer (&order));
    }
  return ids != NULL ? g_steal_pointer (&next) : NULL;
}
