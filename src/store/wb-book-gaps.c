/* SPDX-License-Identifier: GPL-3.0-or-later
 * What does not fit, found by sets: one query a kind. The words for it are the engine's.
 *
 * Each query gives: order, shipment, payout, label, row, entry, currency, amount at stake, another
 * amount, since when, until when, a name, a note. ?1 and ?2: the period; ?3: now. */
#include "wb-book-money.h"
#include "wb-book-private.h"

#include <string.h>

#define IN_PERIOD(at) at " >= ?1 AND (?2 = 0 OR " at " < ?2) "
#define DAY           "86400"

typedef struct
{
  const char *kind;
  const char *sql;
} GapQuery;

static const GapQuery queries[] = {
  /* Movements of the time in which this book has orders; a refund of a payment that is foreign
   * itself is told with the payment. */
  { "foreign",
    "SELECT 0, 0, 0, 0, 0, l.id, l.currency, ABS (l.amount), 0, l.at, 0, l.source_ref, l.kind FROM "
    "ledger AS l WHERE l.source = 'gateway' AND l.order_id IS NULL AND l.kind IN ('captured', "
    "'refunded', 'dispute') AND NOT EXISTS (SELECT 1 FROM entry_order AS x WHERE x.entry_id = "
    "l.id) "
    "AND " IN_PERIOD ("l.at") "AND l.at >= (SELECT MIN (placed_at) FROM orders) AND (l.kind = "
                              "'captured' OR NOT EXISTS (SELECT 1 FROM ledger AS c WHERE "
                              "c.object_ref = l.object_ref AND c.kind = 'captured')) ORDER BY "
                              "l.at" },
  /* What we captured and the gateway's balance shows otherwise, once it has been read far enough
   * beyond it. */
  { "unsettled",
    "SELECT c.order_id, MAX (COALESCE (c.shipment_id, 0)), 0, 0, 0, MIN (c.id), c.currency, ABS "
    "(SUM (c.amount) - COALESCE ((SELECT SUM (s.amount) FROM ledger AS s WHERE s.object_ref = "
    "c.object_ref AND s.kind = 'settled'), 0)) AS open, COALESCE ((SELECT SUM (s.amount) FROM "
    "ledger AS s WHERE s.object_ref = c.object_ref AND s.kind = 'settled'), 0), MIN (c.at), 0, "
    "c.object_ref, NULL FROM ledger AS c WHERE c.kind = 'captured' AND c.object_ref IS NOT NULL "
    "AND "
    "c.connection_id IS NOT NULL AND c.order_id IS NOT NULL AND " IN_PERIOD (
        "c.at") "AND c.at + 2 * " DAY " < (SELECT CAST (value AS INTEGER) FROM meta WHERE key = "
                "'money.' || c.connection_id || '.read_at') GROUP BY c.object_ref HAVING open <> 0 "
                "ORDER BY MIN (c.at)" },
  { "dispute",
    "SELECT COALESCE (l.order_id, x.order_id), 0, 0, 0, 0, MIN (l.id), l.currency, -SUM "
    "(l.amount), "
    "0, MIN (l.at), 0, l.object_ref, MIN (l.note) FROM ledger AS l LEFT JOIN entry_order AS x ON "
    "x.entry_id = l.id WHERE l.kind = 'dispute' AND COALESCE (l.order_id, x.order_id) IS NOT NULL "
    "AND " IN_PERIOD (
        "l.at") "GROUP BY l.object_ref, l.currency HAVING SUM (l.amount) < 0 ORDER BY "
                "MIN (l.at)" },
  { "payout-sum",
    "SELECT 0, 0, p.id, 0, 0, 0, p.currency, ABS (p.amount - COALESCE (SUM (i.net), 0)), COALESCE "
    "(SUM (i.net), 0), p.made_at, 0, p.ref, NULL FROM payout AS p LEFT JOIN payout_item AS i ON "
    "i.payout_id = p.id WHERE p.items_read_at > 0 AND p.state NOT IN ('failed', 'cancelled') "
    "AND " IN_PERIOD ("p.made_at") "GROUP BY p.id HAVING COALESCE (SUM (i.net), 0) <> p.amount "
                                   "ORDER BY p.made_at" },
  { "payout-failed",
    "SELECT 0, 0, id, 0, 0, 0, currency, ABS (amount), 0, made_at, 0, ref, note FROM payout WHERE "
    "state = 'failed' AND " IN_PERIOD ("made_at") "ORDER BY made_at" },
  /* Only where a statement of that currency reaches well beyond the day it should have arrived. */
  { "payout-bank",
    "SELECT 0, 0, p.id, 0, 0, 0, p.currency, ABS (p.amount), 0, p.arrives_at, 0, p.ref, p.bank_ref "
    "FROM payout AS p WHERE p.state = 'paid' AND p.arrives_at > 0 AND " IN_PERIOD (
        "p.made_at") "AND NOT EXISTS (SELECT 1 FROM statement_row AS r WHERE r.kind = 'bank' AND "
                     "r.matched_kind = 'payout' AND r.matched_id = p.id) AND EXISTS (SELECT 1 FROM "
                     "statement AS s WHERE s.kind = 'bank' AND s.currency = p.currency AND "
                     "s.first_at <= p.arrives_at AND s.last_at >= p.arrives_at + 5 * " DAY
                     ") ORDER BY p.made_at" },
  /* A label nobody used a day after it was bought: of a shipment that has not left, or of one that
   * the carrier has not seen a week after it should have. Until when its money can be asked back is
   * the carrier's matter: its name is the note. */
  { "label-unused",
    "SELECT b.order_id, b.shipment_id, 0, b.id, 0, 0, b.currency, b.cost, 0, b.bought_at, 0, "
    "b.tracking, b.carrier FROM label AS b JOIN shipment AS s ON s.id = b.shipment_id JOIN parcel "
    "AS p ON p.id = b.parcel_id "
    "WHERE b.state = 'live' AND " IN_PERIOD (
        "b.bought_at") "AND ((s.state <> 'shipped' AND "
                       "b.bought_at + " DAY " < ?3) OR (s.state = 'shipped' AND "
                       "p.tracker_state = 'pre_transit' AND "
                       "s.shipped_at + 7 * " DAY " < ?3)) ORDER BY b.bought_at" },
  { "adjustment",
    "SELECT b.order_id, b.shipment_id, 0, b.id, r.id, 0, r.currency, r.amount - r.expected, "
    "r.amount, r.at, r.dispute_by, b.tracking, r.reason FROM statement_row AS r JOIN label AS b ON "
    "b.id = r.matched_id WHERE r.kind = 'carrier' AND r.matched_kind = 'label' AND r.amount > "
    "r.expected AND " IN_PERIOD ("r.at") "ORDER BY r.at" },
  { "statement",
    "SELECT 0, 0, 0, 0, id, 0, currency, ABS (amount), 0, at, dispute_by, COALESCE (tracking, "
    "ref), "
    "COALESCE (text, reason) FROM statement_row WHERE state = 'open' AND (kind <> 'bank' OR amount "
    "> 0) AND " IN_PERIOD ("at") "ORDER BY at" },
};

static const char *
find_sql (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    if (g_str_equal (queries[i].kind, kind))
      return queries[i].sql;
  g_return_val_if_reached (NULL);
}

static WbGapFact *
read_fact (WbRows *rows)
{
  WbGapFact *fact = g_new0 (WbGapFact, 1);

  fact->order_id = wb_rows_int (rows, 0);
  fact->shipment_id = wb_rows_int (rows, 1);
  fact->payout_id = wb_rows_int (rows, 2);
  fact->label_id = wb_rows_int (rows, 3);
  fact->row_id = wb_rows_int (rows, 4);
  fact->entry_id = wb_rows_int (rows, 5);
  g_strlcpy (fact->currency, wb_rows_text (rows, 6), sizeof fact->currency);
  fact->amount = wb_rows_int (rows, 7);
  fact->other = wb_rows_int (rows, 8);
  fact->at = wb_rows_int (rows, 9);
  fact->deadline = wb_rows_int (rows, 10);
  fact->name = g_strdup (wb_rows_text (rows, 11));
  fact->note = g_strdup (wb_rows_text (rows, 12));
  return fact;
}

/** wb_book_list_gap_facts: Returns: (transfer full) (element-type WbGapFact): what does not fit of
 * @kind (“foreign”, “unsettled”, “dispute”, “payout-sum”, “payout-failed”, “payout-bank”,
 * “label-unused”, “adjustment”, “statement”) from @first on and before @after (0: no end). */
GPtrArray *
wb_book_list_gap_facts (
    WbBook *self, const char *kind, WbInstant first, WbInstant after, WbInstant now, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_gap_fact_free);
  g_autoptr (WbRows)    rows =
      wb_database_query (self->database, error, find_sql (kind), "iii", first, after, now);
  g_autoptr (GError) local = NULL;

  while (rows != NULL && wb_rows_next (rows, &local))
    g_ptr_array_add (facts, read_fact (rows));
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&facts);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/** wb_book_money_version: @version: (out): counts up with every change of what reconciling reads,
 * whoever makes it. */
gboolean
wb_book_money_version (WbBook *self, gint64 *version, GError **error)
{
  return wb_database_get_int (self->database, version, error,
                              "SELECT version FROM money_mark WHERE id = 1", NULL);
}

/** wb_gap_fact_free: frees @fact. */
void
wb_gap_fact_free (WbGapFact *fact)
{
  g_free (fact->name);
  g_free (fact->note);
  g_free (fact);
}

/** wb_book_get_accepted_gap: Returns: (transfer full) (nullable): why a gap was accepted as it is
 * now; %NULL when it was not. */
char *
wb_book_get_accepted_gap (WbBook     *self,
                          const char *kind,
                          const char *subject,
                          const char *fingerprint)
{
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, NULL,
      "SELECT reason FROM accepted_gap WHERE kind = ? AND subject = ? AND fingerprint = ?", "sss",
      kind, subject, fingerprint);

  return rows != NULL && wb_rows_next (rows, NULL) ? g_strdup (wb_rows_text (rows, 0)) : NULL;
}

/** wb_book_accept_gap: remembers that somebody lives with it, and why. */
gboolean
wb_book_accept_gap (WbBook     *self,
                    const char *kind,
                    const char *subject,
                    const char *fingerprint,
                    const char *reason,
                    const char *actor,
                    GError    **error)
{
  return wb_database_run (self->database, error,
                          "INSERT INTO accepted_gap (kind, subject, fingerprint, reason, actor, "
                          "at) VALUES (?, ?, ?, ?, "
                          "?, ?) ON CONFLICT (kind, subject, fingerprint) DO UPDATE SET reason = "
                          "excluded.reason, actor "
                          "= excluded.actor, at = excluded.at",
                          "sssssi", kind, subject, fingerprint, reason, actor, wb_now ());
}
