/* SPDX-License-Identifier: GPL-3.0-or-later
 * Payments as last read, the append-only ledger, and the stream of events. */
#include "wb-book-private.h"

/** wb_book_save_payment: keeps what the gateway said last of a payment, by (gateway, ref). */
gboolean
wb_book_save_payment (WbBook *self, WbPayment *payment, GError **error)
{
  gint64 id = 0;

  wb_database_get_int (self->database, &id, NULL,
                       "SELECT id FROM payment WHERE gateway_id = ? AND ref = ?", "is",
                       wb_record_get_int (payment, WB_PAYMENT_GATEWAY_ID),
                       wb_record_get_text (payment, WB_PAYMENT_REF));
  wb_record_set_int (payment, WB_PAYMENT_ID, id);
  return wb_book_save (self, payment, error);
}

/** wb_book_get_payment: Returns: (transfer full): the latest payment of an order as last read. */
WbPayment *
wb_book_get_payment (WbBook *self, gint64 order_id, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_payment_get_type (), error,
                                            "WHERE order_id = ? ORDER BY id DESC LIMIT 1", "i",
                                            order_id),
                        "payment", error);
}

/**
 * wb_book_add_entry:
 * @added: (out) (optional): %FALSE when the ledger has it already (same source, source_ref and
 * kind)
 *
 * Appends to the ledger. What is there stays there: the database forbids changing and deleting it.
 */
gboolean
wb_book_add_entry (WbBook *self, WbEntry *entry, gboolean *added, GError **error)
{
  gint64 there = 0;

  if (!wb_database_get_int (
          self->database, &there, error,
          "SELECT COUNT(*) FROM ledger WHERE source = ? AND source_ref = ? AND kind = ?", "sss",
          wb_record_get_text (entry, WB_ENTRY_SOURCE),
          wb_record_get_text (entry, WB_ENTRY_SOURCE_REF),
          wb_record_get_text (entry, WB_ENTRY_KIND)))
    return FALSE;
  if (there == 0 && !wb_database_insert (self->database, entry, NULL, error))
    return FALSE;
  if (added != NULL)
    *added = there == 0;
  return TRUE;
}

/** wb_book_list_entries: Returns: (transfer full) (element-type WbEntry): the ledger of one order
 * (0: all), oldest first. */
GPtrArray *
wb_book_list_entries (WbBook *self, gint64 order_id, GError **error)
{
  return wb_database_select (self->database, wb_entry_get_type (), error,
                             "WHERE ?1 = 0 OR order_id = ?1 ORDER BY id", "i", order_id);
}

/**
 * wb_book_add_event:
 * @subject: “order”, “shipment”, “channel”, “operation”…
 * @actor: who did it: a user's name, “sync”, “recovery”
 * @detail: (nullable): what changed
 *
 * Appends to the stream. Belongs into the transaction of the change it tells of.
 */
gboolean
wb_book_add_event (WbBook     *self,
                   const char *subject,
                   gint64      subject_id,
                   const char *kind,
                   const char *actor,
                   JsonNode   *detail,
                   GError    **error)
{
  g_autofree char *text = detail != NULL ? wb_json_to_text (detail) : NULL;

  return wb_database_run (
      self->database, error,
      "INSERT INTO event (at, subject, subject_id, kind, actor, detail) VALUES (?, ?, ?, ?, ?, ?)",
      "isisss", wb_now (), subject, subject_id, kind, actor, text);
}

/** wb_book_list_events: Returns: (transfer full) (element-type WbEvent): up to @limit events after
 * number @after, oldest first. */
GPtrArray *
wb_book_list_events (WbBook *self, gint64 after, guint limit, GError **error)
{
  return wb_database_select (self->database, wb_event_get_type (), error,
                             "WHERE id > ? ORDER BY id LIMIT ?", "ii", after, (gint64) limit);
}

/** wb_book_list_events_of: Returns: (transfer full) (element-type WbEvent): the timeline of one
 * subject, newest first. */
GPtrArray *
wb_book_list_events_of (
    WbBook *self, const char *subject, gint64 subject_id, guint limit, GError **error)
{
  return wb_database_select (self->database, wb_event_get_type (), error,
                             "WHERE subject = ? AND subject_id = ? ORDER BY id DESC LIMIT ?", "sii",
                             subject, subject_id, (gint64) limit);
}

/** wb_book_last_event: the number of the newest event, 0 when there is none. */
gint64
wb_book_last_event (WbBook *self)
{
  gint64 last = 0;

  wb_database_get_int (self->database, &last, NULL, "SELECT COALESCE(MAX(id), 0) FROM event", NULL);
  return last;
}
