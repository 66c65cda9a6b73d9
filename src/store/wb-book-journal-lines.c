/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ledger of a period as the accountant gets it: in time, page by page, with the order's number
 * and the connection's name. */
#include "wb-book-money.h"
#include "wb-book-private.h"

/** wb_ledger_line_free: frees @line. */
void
wb_ledger_line_free (WbLedgerLine *line)
{
  g_object_unref (line->entry);
  g_free (line->number);
  g_free (line->connection);
  g_free (line);
}

/**
 * wb_book_list_ledger_lines:
 * @first, @after: the period; @after 0: no end
 * @last: (nullable): the last line of the page before
 * @limit: most lines
 *
 * Returns: (transfer full) (element-type WbLedgerLine): by time, then in the order they were
 * written; the connection is the gateway's, for labels and carriers' bills the carrier's.
 */
GPtrArray *
wb_book_list_ledger_lines (WbBook             *self,
                           WbInstant           first,
                           WbInstant           after,
                           const WbLedgerLine *last,
                           guint               limit,
                           GError            **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_ledger_line_free);
  g_autofree char *columns = wb_database_columns (wb_entry_get_type (), "l");
  g_autofree char *sql = g_strconcat (
      "SELECT o.number, COALESCE (c.name, k.name), ", columns,
      " FROM ledger AS l LEFT JOIN entry_order AS x ON x.entry_id = l.id LEFT JOIN orders AS o ON "
      "o.id = COALESCE (l.order_id, x.order_id) LEFT JOIN connection AS c ON c.id = "
      "l.connection_id LEFT JOIN shipment AS s ON s.id = l.shipment_id AND l.source <> 'gateway' "
      "LEFT JOIN connection AS k ON k.id = s.carrier_id WHERE l.at >= ?1 AND (?2 = 0 OR l.at < ?2) "
      "AND (l.at > ?3 OR (l.at = ?3 AND l.id > ?4)) ORDER BY l.at, l.id LIMIT ?5",
      NULL);
  gint64             last_at = last != NULL ? wb_record_get_int (last->entry, WB_ENTRY_AT) : -1;
  gint64             last_id = last != NULL ? wb_record_get_int (last->entry, WB_ENTRY_ID) : 0;
  g_autoptr (WbRows) rows = wb_database_query (self->database, error, sql, "iiiii", first, after,
                                               last_at, last_id, (gint64) limit);
  g_autoptr (GError) local = NULL;

  while (rows != NULL && wb_rows_next (rows, &local))
    {
      WbLedgerLine *line = g_new0 (WbLedgerLine, 1);

      line->number = g_strdup (wb_rows_text (rows, 0));
      line->connection = g_strdup (wb_rows_text (rows, 1));
      line->entry = wb_entry_new ();
      wb_rows_read (rows, 2, line->entry);
      g_ptr_array_add (list, line);
    }
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&list);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
