/* SPDX-License-Identifier: GPL-3.0-or-later
 * Payments as last read, the append-only ledger, and the stream of events. */
#include "wb-book-money.h"
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

/* ---- what is read of the ledger before something is written into it ---- */

/**
 * wb_book_find_payment_order:
 * @payment_ref: (nullable): the payment at the gateway
 * @charge_ref: (nullable): its other name
 *
 * Returns: the order that is paid by it, 0 when none is known; among several (one card paid for
 * two orders) the first.
 */
gint64
wb_book_find_payment_order (WbBook     *self,
                            gint64      gateway_id,
                            const char *payment_ref,
                            const char *charge_ref)
{
  gint64 id = 0;

  if (payment_ref == NULL && charge_ref == NULL)
    return 0;
  wb_database_get_int (self->database, &id, NULL,
                       "SELECT COALESCE ((SELECT MIN (order_id) FROM payment WHERE gateway_id = ?1 "
                       "AND ref IN (?2, ?3)), (SELECT MIN (id) FROM orders WHERE payment_ref IN "
                       "(?2, ?3)), 0)",
                       "iss", gateway_id, payment_ref, charge_ref);
  return id;
}

/** wb_book_find_shop_order: Returns: the order that the shop @channel_id calls @remote_id, 0 when
 * none is known. */
gint64
wb_book_find_shop_order (WbBook *self, gint64 channel_id, const char *remote_id)
{
  gint64 id = 0;

  if (remote_id != NULL)
    wb_database_get_int (self->database, &id, NULL,
                         "SELECT COALESCE ((SELECT id FROM orders WHERE channel_id = ? AND "
                         "remote_id = ?), 0)",
                         "is", channel_id, remote_id);
  return id;
}

/** wb_book_find_reference_shipment: Returns: the shipment of @order_id whose parcel bears our
 * @reference, 0 when there is none. */
gint64
wb_book_find_reference_shipment (WbBook *self, const char *reference, gint64 order_id)
{
  gint64 id = 0;

  if (reference != NULL)
    wb_database_get_int (self->database, &id, NULL,
                         "SELECT COALESCE (MAX (shipment_id), 0) FROM parcel WHERE reference = ? "
                         "AND order_id = ?",
                         "si", reference, order_id);
  return id;
}

/** wb_book_has_entry: @has: (out): whether the ledger has it already. */
gboolean
wb_book_has_entry (WbBook     *self,
                   const char *source,
                   const char *source_ref,
                   const char *kind,
                   gboolean   *has,
                   GError    **error)
{
  gint64 n = 0;

  if (!wb_database_get_int (
          self->database, &n, error,
          "SELECT COUNT(*) FROM ledger WHERE source = ? AND source_ref = ? AND kind = ?", "sss",
          source, source_ref, kind))
    return FALSE;
  *has = n > 0;
  return TRUE;
}

/** wb_book_sum_object: @sum: (out): the presentment amounts of the entries of @kind about
 * @object_ref. */
gboolean
wb_book_sum_object (
    WbBook *self, const char *kind, const char *object_ref, gint64 *sum, GError **error)
{
  return wb_database_get_int (
      self->database, sum, error,
      "SELECT COALESCE (SUM (amount), 0) FROM ledger WHERE object_ref = ? AND kind = ?", "ss",
      object_ref, kind);
}

/**
 * wb_book_claim_entries:
 * @claimed: (out): how many found their order
 *
 * Entries that no order knew when they were written are given to the orders that have come since;
 * the entries themselves stay as they are. A shop's own name their order, a gateway's a payment.
 */
gboolean
wb_book_claim_entries (WbBook *self, const char *actor, gint64 *claimed, GError **error)
{
  if (!wb_database_run (
          self->database, error,
          "INSERT INTO entry_order (entry_id, order_id, actor, at) SELECT id, found, ?, ? FROM ("
          "SELECT l.id, CASE WHEN c.kind = 'shop' THEN (SELECT o.id FROM orders AS o WHERE "
          "o.channel_id = l.connection_id AND o.remote_id = l.payment_ref) ELSE COALESCE ((SELECT "
          "MIN (p.order_id) FROM payment AS p WHERE p.gateway_id = l.connection_id AND p.ref = "
          "l.payment_ref), (SELECT MIN (o.id) FROM orders AS o WHERE o.payment_ref IN "
          "(l.payment_ref, l.object_ref))) END AS found FROM ledger AS l LEFT JOIN connection AS c "
          "ON c.id = l.connection_id WHERE l.order_id IS NULL AND l.payment_ref IS NOT NULL AND "
          "NOT EXISTS (SELECT 1 FROM entry_order AS e WHERE e.entry_id = l.id)) AS one WHERE found "
          "IS NOT NULL",
          "si", actor, wb_now ()))
    return FALSE;
  *claimed = wb_database_changes (self->database);
  return *claimed == 0 ||
         wb_database_run (
             self->database, error,
             "UPDATE payout_item SET order_id = (SELECT e.order_id FROM ledger AS l JOIN "
             "entry_order AS e ON e.entry_id = l.id WHERE l.source = 'gateway' AND l.source_ref = "
             "payout_item.ref AND l.kind = 'settled') WHERE order_id IS NULL AND EXISTS (SELECT 1 "
             "FROM ledger AS l JOIN entry_order AS e ON e.entry_id = l.id WHERE l.source = "
             "'gateway' AND l.source_ref = payout_item.ref AND l.kind = 'settled')",
             NULL);
}

/** wb_book_sum_balance: @sum: (out): what the gateway must still hold of @currency by our ledger:
 * all that was settled, less fees and payouts. */
gboolean
wb_book_sum_balance (
    WbBook *self, gint64 gateway_id, const char *currency, gint64 *sum, GError **error)
{
  return wb_database_get_int (
      self->database, sum, error,
      "SELECT COALESCE (SUM (CASE kind WHEN 'settled' THEN settle_amount ELSE amount END), 0) FROM "
      "ledger WHERE connection_id = ?1 AND kind IN ('settled', 'fee', 'payout') AND (CASE kind "
      "WHEN "
      "'settled' THEN settle_currency ELSE currency END) = ?2",
      "is", gateway_id, currency);
}

/** wb_book_list_open_payments: Returns: (transfer full) (element-type gint64): the orders whose
 * payment at a gateway could still be captured when it was last read. */
GArray *
wb_book_list_open_payments (WbBook *self, gint64 gateway_id, GError **error)
{
  g_autoptr (GArray) orders = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local = NULL;
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, error,
      "SELECT DISTINCT order_id FROM payment WHERE gateway_id = ? AND capturable > 0 ORDER BY "
      "order_id",
      "i", gateway_id);

  while (rows != NULL && wb_rows_next (rows, &local))
    {
      gint64 id = wb_rows_int (rows, 0);

      g_array_append_val (orders, id);
    }
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&orders);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* ---- the stream of events ---- */

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
