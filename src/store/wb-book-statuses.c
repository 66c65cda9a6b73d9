/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders that wait because of what their shop calls them: which statuses of its own they have. */
#include "wb-book-channels.h"
#include "wb-book-private.h"

/** wb_status_count_free: frees @count. */
void
wb_status_count_free (WbStatusCount *count)
{
  g_free (count->status);
  g_free (count);
}

/** wb_book_list_waiting_statuses: Returns: (transfer full) (element-type WbStatusCount): the
 * statuses of all orders that wait, by channel. */
GPtrArray *
wb_book_list_waiting_statuses (WbBook *self, GError **error)
{
  g_autoptr (GError)    local = NULL;
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_status_count_free);
  g_autoptr (WbRows) rows =
      wb_database_query (self->database, error,
                         "SELECT channel_id, remote_status, COUNT(*), MIN (placed_at) FROM orders "
                         "WHERE stage = 'waiting' GROUP BY channel_id, remote_status ORDER BY 1, 2",
                         "");

  while (rows != NULL && wb_rows_next (rows, &local))
    {
      WbStatusCount *count = g_new0 (WbStatusCount, 1);

      count->channel_id = wb_rows_int (rows, 0);
      count->status = g_strdup (wb_rows_text (rows, 1));
      count->orders = wb_rows_int (rows, 2);
      count->since = wb_rows_int (rows, 3);
      g_ptr_array_add (list, count);
    }
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&list);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/** wb_book_list_orders_of_status: Returns: (transfer full): the numbers (gint64) of all orders of
 * @channel_id that the shop calls @status. */
GArray *
wb_book_list_orders_of_status (WbBook *self, gint64 channel_id, const char *status, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, error,
      "SELECT id FROM orders WHERE channel_id = ? AND remote_status = ? ORDER BY id", "is",
      channel_id, status);

  while (rows != NULL && wb_rows_next (rows, &local))
    {
      gint64 id = wb_rows_int (rows, 0);

      g_array_append_val (ids, id);
    }
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&ids);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
