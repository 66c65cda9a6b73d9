/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of files of orders that were not imported: kept aside with their line and reason. */
#include "wb-book-order-aside.h"

#include "wb-book-private.h"

/** wb_order_aside_free: frees @aside. */
void
wb_order_aside_free (WbOrderAside *aside)
{
  g_free (aside->file);
  g_free (aside->number);
  g_free (aside->reason);
  g_free (aside->raw);
  g_free (aside);
}

/** wb_book_set_order_aside: keeps a line of a file, once. */
gboolean
wb_book_set_order_aside (WbBook *self, const WbOrderAside *aside, GError **error)
{
  return wb_database_run (
      self->database, error,
      "INSERT INTO order_aside (channel_id, file, line, number, reason, raw, set_at) VALUES (?, ?, "
      "?, ?, ?, ?, ?) ON CONFLICT (channel_id, file, line) DO UPDATE SET number = excluded.number, "
      "reason = excluded.reason, raw = excluded.raw, set_at = excluded.set_at",
      "isisssi", aside->channel_id, aside->file, (gint64) aside->line, aside->number, aside->reason,
      aside->raw, wb_now ());
}

/** wb_book_clear_order_asides: forgets what was set aside of @file: it is read anew. */
gboolean
wb_book_clear_order_asides (WbBook *self, gint64 channel_id, const char *file, GError **error)
{
  return wb_database_run (self->database, error,
                          "DELETE FROM order_aside WHERE channel_id = ? AND file = ?", "is",
                          channel_id, file);
}

/** wb_book_drop_order_aside: forgets the rows of order @number, of whatever file: it is there now.
 */
gboolean
wb_book_drop_order_aside (WbBook *self, gint64 channel_id, const char *number, GError **error)
{
  return wb_database_run (self->database, error,
                          "DELETE FROM order_aside WHERE channel_id = ? AND number = ?", "is",
                          channel_id, number);
}

/** wb_book_list_order_asides: Returns: (transfer full) (element-type WbOrderAside): of one channel,
 * or of all (0); by file and line. */
GPtrArray *
wb_book_list_order_asides (WbBook *self, gint64 channel_id, GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_order_aside_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (WbRows) rows =
      wb_database_query (self->database, error,
                         "SELECT channel_id, file, line, number, reason, raw, set_at FROM "
                         "order_aside WHERE ?1 = 0 OR channel_id = ?1 ORDER BY channel_id, file, "
                         "line",
                         "i", channel_id);

  while (rows != NULL && wb_rows_next (rows, &local))
    {
      WbOrderAside *aside = g_new0 (WbOrderAside, 1);

      aside->channel_id = wb_rows_int (rows, 0);
      aside->file = g_strdup (wb_rows_text (rows, 1));
      aside->line = (guint) wb_rows_int (rows, 2);
      aside->number = g_strdup (wb_rows_text (rows, 3));
      aside->reason = g_strdup (wb_rows_text (rows, 4));
      aside->raw = g_strdup (wb_rows_text (rows, 5));
      aside->set_at = wb_rows_int (rows, 6);
      g_ptr_array_add (list, aside);
    }
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&list);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
