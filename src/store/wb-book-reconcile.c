/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything of an order's money at once, by sets: what left the house, what the ledger has, what
 * was paid out.
 *
 * The parts, in the order of the query:
 * chosen: the orders of the query. scope decides how they are found: one, a period, or all.
 * gone: the shipments that have left. money: the ledger, summed by order; entries that found their
 * order later come through entry_order. paid: the payouts' items.
 *
 * What is expected: an order that has left completely is worth what the shop says it is (total less
 * the shop's refunds), plus what of these refunds the gateway has given back after taking it. Of an
 * order that has left in part, what its parcels were planned to capture. Where no gateway of ours
 * knows the payment and the shop says it is paid, the shop's word counts as the capture. */
#include "wb-book-money.h"
#include "wb-book-private.h"

#include <string.h>

#define GONE                                                                                       \
  "gone AS (SELECT order_id, MAX (shipped_at) AS left_at, SUM (capture_amount + shortfall) AS "    \
  "planned FROM shipment WHERE state = 'shipped' "

#define SUMS                                                                                       \
  "MIN (CASE WHEN kind = 'captured' THEN at END) AS taken_at, "                                    \
  "SUM (CASE WHEN kind = 'captured' THEN amount ELSE 0 END) AS captured, "                         \
  "SUM (CASE WHEN kind = 'captured' AND operation_id IS NOT NULL THEN 1 ELSE 0 END) AS by_us, "    \
  "-SUM (CASE WHEN kind = 'refunded' THEN amount ELSE 0 END) AS refunded, "                        \
  "-SUM (CASE WHEN kind = 'dispute' THEN amount ELSE 0 END) AS disputed, "                         \
  "SUM (CASE WHEN kind = 'written-off' THEN amount ELSE 0 END) AS written_off, "                   \
  "SUM (CASE WHEN kind = 'settled' THEN settle_amount ELSE 0 END) AS settled, "                    \
  "-SUM (CASE WHEN kind = 'fee' THEN amount ELSE 0 END) AS fee, "                                  \
  "MIN (CASE kind WHEN 'settled' THEN settle_currency WHEN 'fee' THEN currency END) AS settle_1, " \
  "MAX (CASE kind WHEN 'settled' THEN settle_currency WHEN 'fee' THEN currency END) AS settle_2, " \
  "-SUM (CASE WHEN kind IN ('label', 'label-refund') THEN amount ELSE 0 END) AS label_cost, "      \
  "-SUM (CASE WHEN kind = 'adjustment' THEN amount ELSE 0 END) AS adjustment, "                    \
  "-SUM (CASE WHEN kind = 'stock-cost' THEN amount ELSE 0 END) AS stock_cost, "                    \
  "MIN (CASE WHEN kind IN ('label', 'label-refund', 'adjustment', 'stock-cost') THEN currency "    \
  "END) AS cost_1, "                                                                               \
  "MAX (CASE WHEN kind IN ('label', 'label-refund', 'adjustment', 'stock-cost') THEN currency "    \
  "END) AS cost_2 "

#define ENTRY_COLUMNS "at, kind, amount, currency, settle_amount, settle_currency, operation_id"

/* How the orders of a query are found; each is the WHERE of what is summed, too. */
static const struct
{
  const char *chosen, *mine, *later, *of;
} scopes[] = {
  /* one order: ?4 */
  { "", "WHERE order_id = ?4 ", "AND x.order_id = ?4 ", "AND order_id = ?4 " },
  /* a period: ?1, ?2 */
  { "chosen AS MATERIALIZED (SELECT order_id FROM shipment WHERE state = 'shipped' AND shipped_at "
    ">= ?1 AND shipped_at < ?2 UNION SELECT order_id FROM ledger WHERE kind = 'captured' AND "
    "order_id IS NOT NULL AND at >= ?1 AND at < ?2 UNION SELECT x.order_id FROM entry_order AS x "
    "JOIN ledger AS l ON l.id = x.entry_id WHERE l.at >= ?1 AND l.at < ?2), ",
    "WHERE order_id IN (SELECT order_id FROM chosen) ",
    "AND x.order_id IN (SELECT order_id FROM chosen) ",
    "AND order_id IN (SELECT order_id FROM chosen) " },
  /* all */
  { "", "WHERE order_id IS NOT NULL ", "", "AND order_id IS NOT NULL " },
};

/* The sums by order, then the order beside them, then what is expected, then the state. */
static char *
make_sql (const WbMoneyQuery *query, gboolean any_claimed)
{
  guint    scope = query->order_id != 0 ? 0 : query->first > 0 || query->after > 0 ? 1 : 2;
  GString *sql = g_string_new ("WITH ");

  g_string_append_printf (sql, "%s" GONE "%sGROUP BY order_id), ", scopes[scope].chosen,
                          scopes[scope].of);
  if (any_claimed)
    g_string_append_printf (
        sql,
        "money AS (SELECT order_id, " SUMS "FROM (SELECT order_id, " ENTRY_COLUMNS
        " FROM ledger %sUNION ALL SELECT x.order_id, l.at, l.kind, l.amount, l.currency, "
        "l.settle_amount, l.settle_currency, l.operation_id FROM entry_order AS x JOIN ledger AS l "
        "ON l.id = x.entry_id WHERE 1 %s) GROUP BY order_id), ",
        scopes[scope].mine, scopes[scope].later);
  else
    g_string_append_printf (sql,
                            "money AS (SELECT order_id, " SUMS "FROM ledger %sGROUP BY order_id), ",
                            scopes[scope].mine);
  g_string_append_printf (
      sql,
      "paid AS (SELECT order_id, SUM (net) AS paid_out FROM payout_item WHERE 1 %sGROUP BY "
      "order_id), ",
      scopes[scope].of);
  g_string_append (
      sql,
      "subject AS (SELECT order_id FROM money UNION SELECT order_id FROM gone), "
      "known AS (SELECT o.id, o.channel_id, o.number, o.customer_name, o.currency, o.stage, "
      "o.charge_state, o.total, o.refunded_total, o.paid_at, g.left_at, "
      "COALESCE (g.planned, 0) AS planned, m.taken_at, COALESCE (m.captured, 0) AS captured, "
      "COALESCE (m.by_us, 0) AS by_us, COALESCE (m.refunded, 0) AS refunded, "
      "COALESCE (m.disputed, 0) AS disputed, COALESCE (m.written_off, 0) AS written_off, "
      "COALESCE (m.settled, 0) AS settled, COALESCE (m.fee, 0) AS fee, m.settle_1, m.settle_2, "
      "COALESCE (m.label_cost, 0) AS label_cost, COALESCE (m.adjustment, 0) AS adjustment, "
      "COALESCE (m.stock_cost, 0) AS stock_cost, m.cost_1, m.cost_2, "
      "COALESCE (p.paid_out, 0) AS paid_out, "
      "CASE WHEN COALESCE (m.captured, 0) = 0 AND (o.charge_state = 'paid' OR (o.paid_at > 0 AND "
      "NOT EXISTS (SELECT 1 FROM payment AS y WHERE y.order_id = o.id))) THEN 1 ELSE 0 END AS "
      "by_shop FROM subject AS s JOIN orders AS o ON o.id = s.order_id LEFT JOIN money AS m ON "
      "m.order_id = s.order_id LEFT JOIN gone AS g ON g.order_id = s.order_id LEFT JOIN paid AS p "
      "ON p.order_id = s.order_id WHERE (g.left_at IS NOT NULL OR m.taken_at IS NOT NULL) "
      "AND (?3 = 0 OR o.channel_id = ?3)), "
      "worth AS (SELECT *, COALESCE (left_at, taken_at) AS at, CASE WHEN left_at IS NULL AND stage "
      "NOT IN ('shipped', 'nothing') THEN 0 WHEN stage IN ('shipped', 'nothing', 'cancelled') OR "
      "by_us = 0 AND paid_at > 0 OR by_shop = 1 THEN MAX (0, total - refunded_total + (CASE WHEN "
      "by_shop = 1 THEN refunded_total ELSE MIN (refunded_total, refunded) END)) ELSE planned END "
      "AS expected, CASE WHEN by_shop = 1 THEN total ELSE captured END AS taken FROM known), "
      "rows AS (SELECT *, CASE "
      "WHEN captured > 0 AND refunded >= captured THEN 6 "
      "WHEN left_at IS NULL AND stage NOT IN ('shipped', 'nothing') THEN CASE WHEN captured > "
      "refunded AND (stage = 'cancelled' OR by_us > 0 OR paid_at = 0) THEN 4 ELSE 7 END "
      "WHEN taken + written_off < expected AND taken = 0 THEN CASE WHEN charge_state = 'lapsed' OR "
      "EXISTS (SELECT 1 FROM payment AS y WHERE y.order_id = worth.id AND y.state IN ('lapsed', "
      "'cancelled')) THEN 5 ELSE 3 END "
      "WHEN taken + written_off < expected THEN 1 "
      "WHEN taken > expected THEN 2 ELSE 0 END AS state FROM worth "
      "WHERE ?4 <> 0 OR (COALESCE (left_at, taken_at) >= ?1 AND (?2 = 0 OR COALESCE (left_at, "
      "taken_at) < ?2))) ");
  return g_string_free (sql, FALSE);
}

static gboolean
any_claimed (WbBook *self)
{
  gint64 n = 0;

  wb_database_get_int (self->database, &n, NULL, "SELECT EXISTS (SELECT 1 FROM entry_order)", NULL);
  return n > 0;
}

static void
copy_code (char *to, const char *from)
{
  g_strlcpy (to, from != NULL ? from : "", 4);
}

/* What is left of it in one currency, when all its parts are in that and the gateway has told its
 * fee. Money the shop only tells of brings no fee we know. */
static void
work_out_margin (WbMoneyRow *row, const char *other_settle, const char *other_cost)
{
  const char *cost = row->cost_currency;

  if (row->settle_currency[0] == '\0' || g_strcmp0 (row->settle_currency, other_settle) != 0 ||
      (cost[0] != '\0' &&
       (strcmp (cost, row->settle_currency) != 0 || g_strcmp0 (cost, other_cost) != 0)))
    return;
  copy_code (row->margin_currency, row->settle_currency);
  row->margin = row->settled - row->fee - row->label_cost - row->adjustment - row->stock_cost;
}

static WbMoneyRow *
read_row (WbRows *rows)
{
  WbMoneyRow *row = g_new0 (WbMoneyRow, 1);

  row->order_id = wb_rows_int (rows, 0);
  row->channel_id = wb_rows_int (rows, 1);
  row->number = g_strdup (wb_rows_text (rows, 2));
  row->customer = g_strdup (wb_rows_text (rows, 3));
  copy_code (row->currency, wb_rows_text (rows, 4));
  row->at = wb_rows_int (rows, 5);
  row->expected = wb_rows_int (rows, 6);
  row->captured = wb_rows_int (rows, 7);
  row->refunded = wb_rows_int (rows, 8);
  row->disputed = wb_rows_int (rows, 9);
  row->written_off = wb_rows_int (rows, 10);
  row->settled = wb_rows_int (rows, 11);
  row->fee = wb_rows_int (rows, 12);
  copy_code (row->settle_currency, wb_rows_text (rows, 13));
  row->label_cost = wb_rows_int (rows, 15);
  row->adjustment = wb_rows_int (rows, 16);
  row->stock_cost = wb_rows_int (rows, 17);
  copy_code (row->cost_currency, wb_rows_text (rows, 18));
  row->paid_out = wb_rows_int (rows, 20);
  row->by_shop = wb_rows_int (rows, 21) != 0;
  row->state = (WbMoneyState) wb_rows_int (rows, 22);
  row->shop_refunded = wb_rows_int (rows, 23);
  work_out_margin (row, wb_rows_text (rows, 14), wb_rows_text (rows, 19));
  return row;
}

/**
 * wb_book_list_money:
 * Returns: (transfer full) (element-type WbMoneyRow): the orders of @query with all their money,
 * newest first.
 */
GPtrArray *
wb_book_list_money (WbBook *self, const WbMoneyQuery *query, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_money_row_free);
  g_autofree char      *parts = make_sql (query, any_claimed (self));
  g_autofree char      *sql = g_strconcat (
           parts,
           "SELECT id, channel_id, number, customer_name, currency, at, expected, taken, refunded, "
                "disputed, written_off, settled, fee, settle_1, settle_2, label_cost, adjustment, "
                "stock_cost, "
                "cost_1, cost_2, paid_out, by_shop, state, refunded_total FROM rows WHERE (?5 = -1 OR state "
                "= ?5 OR (?5 < -1 AND state BETWEEN 1 AND 5) OR (?5 = -3 AND by_shop = 0 AND captured > 0 "
                "AND "
                "refunded_total <> refunded)) ORDER BY at DESC, id DESC LIMIT ?6 OFFSET ?7",
           NULL);
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, error, sql, "iiiiiii", query->first, query->after, query->channel_id,
      query->order_id, (gint64) query->state,
      query->limit == 0 ? (gint64) -1 : (gint64) query->limit, (gint64) query->offset);
  g_autoptr (GError) local = NULL;

  while (rows != NULL && wb_rows_next (rows, &local))
    g_ptr_array_add (list, read_row (rows));
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&list);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static WbMoneyTotals *
totals_of (GArray *all, const char *currency)
{
  WbMoneyTotals fresh = { 0 };

  for (guint i = 0; i < all->len; i++)
    if (strcmp (g_array_index (all, WbMoneyTotals, i).currency, currency) == 0)
      return &g_array_index (all, WbMoneyTotals, i);
  copy_code (fresh.currency, currency);
  g_array_append_val (all, fresh);
  return &g_array_index (all, WbMoneyTotals, all->len - 1);
}

static void
add_totals (GArray *all, WbRows *rows)
{
  WbMoneyTotals *own = totals_of (all, wb_rows_text (rows, 0));
  gint64         state = wb_rows_int (rows, 1);
  const char    *settle = wb_rows_text (rows, 2), *cost = wb_rows_text (rows, 3);

  own->orders += wb_rows_int (rows, 4);
  own->counts[CLAMP (state, 0, WB_N_MONEY_STATES - 1)] += wb_rows_int (rows, 4);
  own->shipped += wb_rows_int (rows, 5);
  own->captured += wb_rows_int (rows, 6);
  own->refunded += wb_rows_int (rows, 7);
  own->difference += wb_rows_int (rows, 8);
  if (settle != NULL)
    {
      WbMoneyTotals *settled = totals_of (all, settle);

      settled->settled += wb_rows_int (rows, 9);
      settled->fee += wb_rows_int (rows, 10);
      settled->paid_out += wb_rows_int (rows, 11);
    }
  if (cost != NULL)
    {
      WbMoneyTotals *costs = totals_of (all, cost);

      costs->label_cost += wb_rows_int (rows, 12);
      costs->adjustment += wb_rows_int (rows, 13);
      costs->stock_cost += wb_rows_int (rows, 14);
    }
}

/** wb_book_sum_money: Returns: (transfer full) (element-type WbMoneyTotals): the sums of all orders
 * of @query (its state, offset and limit do not count), the currency with the most orders first. */
GArray *
wb_book_sum_money (WbBook *self, const WbMoneyQuery *query, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (WbMoneyTotals));
  g_autofree char   *parts = make_sql (query, any_claimed (self));
  g_autofree char   *sql = g_strconcat (
        parts,
        "SELECT currency, state, settle_1, cost_1, COUNT(*), SUM (expected), SUM (taken), SUM "
          "(refunded), SUM (CASE WHEN state IN (6, 7) THEN 0 ELSE taken + written_off - expected END), "
          "SUM (settled), SUM (fee), SUM (paid_out), SUM (label_cost), SUM (adjustment), SUM "
          "(stock_cost) "
          "FROM rows GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC",
        NULL);
  g_autoptr (WbRows) rows = wb_database_query (self->database, error, sql, "iiii", query->first,
                                               query->after, query->channel_id, query->order_id);
  g_autoptr (GError) local = NULL;

  while (rows != NULL && wb_rows_next (rows, &local))
    add_totals (all, rows);
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&all);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/** wb_money_row_free: frees @row. */
void
wb_money_row_free (WbMoneyRow *row)
{
  g_free (row->number);
  g_free (row->customer);
  g_free (row);
}
