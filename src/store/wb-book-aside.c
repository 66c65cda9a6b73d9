/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a statement's file that could not be read: kept as they stand in it, with the reason.
 */
#include "wb-book-money.h"
#include "wb-book-private.h"

/** wb_book_set_aside: keeps line @line of a file, once. */
gboolean
wb_book_set_aside (WbBook     *self,
                   gint64      statement_id,
                   guint       line,
                   const char *reason,
                   const char *raw,
                   GError    **error)
{
  return wb_database_run (self->database, error,
                          "INSERT INTO statement_aside (statement_id, line, reason, raw) VALUES "
                          "(?, ?, ?, ?) ON CONFLICT (statement_id, line) DO UPDATE SET reason = "
                          "excluded.reason, raw = excluded.raw",
                          "iiss", statement_id, (gint64) line, reason, raw);
}

/** wb_book_list_aside: Returns: (transfer full) (element-type WbAside): in the file's order. */
GPtrArray *
wb_book_list_aside (WbBook *self, gint64 statement_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_aside_free);
  g_autoptr (GError)    local = NULL;
  g_autoptr (WbRows)    rows = wb_database_query (
         self->database, error,
         "SELECT line, reason, raw FROM statement_aside WHERE statement_id = ? ORDER BY line", "i",
         statement_id);

  while (rows != NULL && wb_rows_next (rows, &local))
    {
      WbAside *aside = g_new0 (WbAside, 1);

      aside->line = (guint) wb_rows_int (rows, 0);
      aside->reason = g_strdup (wb_rows_text (rows, 1));
      aside->raw = g_strdup (wb_rows_text (rows, 2));
      g_ptr_array_add (list, aside);
    }
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&list);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/** wb_aside_free: frees @aside. */
void
wb_aside_free (WbAside *aside)
{
  g_free (aside->reason);
  g_free (aside->raw);
  g_free (aside);
}
