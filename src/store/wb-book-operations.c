/* SPDX-License-Identifier: GPL-3.0-or-later
 * The journal read: operations by number, key, state, order and shipment. */
#include "wb-book-private.h"
#include "wb-journal.h"

/** wb_book_get_operation: Returns: (transfer full): by number. */
WbOperation *
wb_book_get_operation (WbBook *book, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (book->database, wb_operation_get_type (), error, "WHERE id = ?", "i", id),
      "operation", error);
}

/** wb_book_find_operation: Returns: (transfer full): by idempotency key. */
WbOperation *
wb_book_find_operation (WbBook *book, const char *key, GError **error)
{
  return wb_book_first (wb_database_select (book->database, wb_operation_get_type (), error,
                                            "WHERE key = ?", "s", key),
                        "operation", error);
}

/** wb_book_list_operations: Returns: (transfer full) (element-type WbOperation): in @state (%NULL:
 * any), newest first; @limit 0: all. */
GPtrArray *
wb_book_list_operations (WbBook *book, const char *state, guint limit, GError **error)
{
  return wb_database_select (book->database, wb_operation_get_type (), error,
                             "WHERE ?1 IS NULL OR state = ?1 ORDER BY id DESC LIMIT ?2", "si",
                             state, limit > 0 ? (gint64) limit : G_MAXINT64);
}

/** wb_book_list_operations_of: Returns: (transfer full) (element-type WbOperation): of an order, or
 * only of one shipment of it (0: all). */
GPtrArray *
wb_book_list_operations_of (WbBook *book, gint64 order_id, gint64 shipment_id, GError **error)
{
  return wb_database_select (book->database, wb_operation_get_type (), error,
                             "WHERE order_id = ?1 AND (?2 = 0 OR shipment_id = ?2) ORDER BY id",
                             "ii", order_id, shipment_id);
}

/**
 * wb_book_last_attempt:
 * @key_start: what the keys of all attempts at the same thing begin with
 * @attempts: (out): how many there were
 *
 * Returns: (transfer full) (nullable): the newest; %NULL without @error when there is none yet.
 */
WbOperation *
wb_book_last_attempt (WbBook *book, const char *key_start, guint *attempts, GError **error)
{
  g_autofree char *end = g_strconcat (key_start, "\xf4\x8f\xbf\xbf", NULL);
  gint64           n = 0;

  *attempts = 0;
  if (!wb_database_get_int (book->database, &n, error,
                            "SELECT COUNT(*) FROM operation WHERE key >= ? AND key < ?", "ss",
                            key_start, end))
    return NULL;
  *attempts = (guint) n;
  if (n == 0)
    return NULL;
  return wb_book_first (wb_database_select (book->database, wb_operation_get_type (), error,
                                            "WHERE key >= ? AND key < ? ORDER BY id DESC LIMIT 1",
                                            "ss", key_start, end),
                        "operation", error);
}
