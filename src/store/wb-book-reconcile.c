/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything of an order's money at once, by sets: what left the house, what the ledger has, what
 * was paid out.
 *
 * The parts, in the order of the query:
 * chosen: the orders of a period, or the one. money: the ledger, summed by order; entries that
 * found their order later come through entry_order. Of all orders, the sums follow the ledger's
 * index by order, so that nothing is sorted; orders of which nothing is in the ledger are added.
 * known: the order beside its sums, what has left and what was paid out.
 *
 * What is expected: an order that has left completely is worth what the shop says it is (total less
 * the shop's refunds), plus what of these refunds the gateway has given back after taking it. Of an
 * order that has left in part, what its parcels were planned to capture. Where no gateway of ours
 * knows the payment and the shop says it is paid, the shop's word counts as the capture. */
#include "wb-book-money.h"
#include "wb-book-private.h"

#include <string.h>

#define SUMS                                                                                       \
  "MIN (at) FILTER (WHERE kind = 'captured') AS taken_at, "                                        \
  "SUM (amount) FILTER (WHERE kind = 'captured') AS captured, "                                    \
  "COUNT (operation_id) FILTER (WHERE kind = 'captured') AS by_us, "                               \
  "SUM (amount) FILTER (WHERE kind = 'refunded') AS refunded, "                                    \
  "SUM (amount) FILTER (WHERE kind = 'dispute') AS disputed, "                                     \
  "SUM (amount) FILTER (WHERE kind = 'written-off') AS written_off, "                              \
  "SUM (settle_amount) FILTER (WHERE kind = 'settled') AS settled, "                               \
  "SUM (amount) FILTER (WHERE kind = 'fee') AS fee, "                                              \
  "MIN (settle_currency) AS settle_1, "                                                            \
  "MAX (settle_currency) AS settle_2, "                                                            \
  "SUM (amount) FILTER (WHERE kind IN ('label', 'label-refund')) AS label_cost, "                  \
  "SUM (amount) FILTER (WHERE kind = 'adjustment') AS adjustment, "                                \
  "SUM (amount) FILTER (WHERE kind = 'stock-cost') AS stock_cost, "                                \
  "MIN (currency) FILTER (WHERE source <> 'gateway' AND kind <> 'written-off') AS cost_1, "        \
  "MAX (currency) FILTER (WHERE source <> 'gateway' AND kind <> 'written-off') AS cost_2 "

#define NO_SUMS                                                                                    \
  "NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL "

#define ENTRY                                                                                      \
  "l.at, l.kind, l.source, l.amount, l.currency, l.settle_amount, l.settle_currency, "             \
  "l.operation_id "

/* The sums of the orders that a query chose, whether the ledger has anything of them or not. */
#define SUMS_OF(chosen)                                                                            \
  "SELECT order_id, " SUMS "FROM (SELECT c.order_id, " ENTRY "FROM " chosen                        \
  " AS c JOIN ledger AS l ON l.order_id = c.order_id UNION ALL SELECT c.order_id, " ENTRY          \
  "FROM " chosen " AS c JOIN entry_order AS x ON x.order_id = c.order_id JOIN ledger AS l ON "     \
  "l.id = x.entry_id UNION ALL SELECT c.order_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL " \
  "FROM " chosen " AS c) GROUP BY order_id "

static const char one_order[] = "chosen AS (SELECT ?4 AS order_id), "
                                "money AS (" SUMS_OF ("chosen") "), ";

static const char one_period[] =
    "chosen AS MATERIALIZED (SELECT order_id FROM shipment WHERE state = 'shipped' AND shipped_at "
    ">= ?1 AND (?2 = 0 OR shipped_at < ?2) UNION SELECT order_id FROM ledger WHERE kind = "
    "'captured' AND order_id IS NOT NULL AND at >= ?1 AND (?2 = 0 OR at < ?2) UNION SELECT "
    "x.order_id FROM entry_order AS x JOIN ledger AS l ON l.id = x.entry_id WHERE l.at >= ?1 AND "
    "(?2 = 0 OR l.at < ?2)), "
    "money AS (" SUMS_OF ("chosen") "), ";

#define ALL_SUMS "money AS (SELECT order_id, " SUMS "FROM ledger WHERE order_id IS NOT NULL "

#define WITHOUT_ENTRIES                                                                            \
  "GROUP BY order_id UNION ALL SELECT s.order_id, " NO_SUMS                                        \
  "FROM shipment AS s WHERE s.state = 'shipped' AND NOT EXISTS (SELECT 1 FROM ledger AS l WHERE "  \
  "l.order_id = s.order_id) "

static const char all_orders[] = ALL_SUMS WITHOUT_ENTRIES "GROUP BY s.order_id), ";

/* Those that have entries from later are summed by themselves. */
static const char all_and_claimed[] =
    "claimed AS MATERIALIZED (SELECT DISTINCT order_id FROM entry_order), " ALL_SUMS
    "AND order_id NOT IN (SELECT order_id FROM claimed) " WITHOUT_ENTRIES
    "AND s.order_id NOT IN (SELECT order_id FROM claimed) GROUP BY s.order_id UNION ALL "
    "SELECT * FROM (" SUMS_OF ("claimed") ")), ";

static const char the_rest[] =
    "known AS MATERIALIZED (SELECT o.id, o.channel_id, o.number, o.customer_name, o.currency, "
    "o.stage, "
    "o.charge_state, o.total, o.refunded_total, o.paid_at, m.taken_at, "
    "(SELECT MAX (s.shipped_at) FROM shipment AS s WHERE s.order_id = o.id AND s.state = "
    "'shipped') AS left_at, "
    "COALESCE (m.captured, 0) AS captured, m.by_us, -COALESCE (m.refunded, 0) AS refunded, "
    "-COALESCE (m.disputed, 0) AS disputed, COALESCE (m.written_off, 0) AS written_off, "
    "COALESCE (m.settled, 0) AS settled, -COALESCE (m.fee, 0) AS fee, m.settle_1, m.settle_2, "
    "-COALESCE (m.label_cost, 0) AS label_cost, -COALESCE (m.adjustment, 0) AS adjustment, "
    "-COALESCE (m.stock_cost, 0) AS stock_cost, m.cost_1, m.cost_2, "
    "COALESCE ((SELECT SUM (i.net) FROM payout_item AS i WHERE i.order_id = o.id), 0) AS paid_out, "
    "CASE WHEN m.captured IS NULL AND (o.charge_state = 'paid' OR (o.paid_at > 0 AND NOT EXISTS "
    "(SELECT 1 FROM payment AS y WHERE y.order_id = o.id))) THEN 1 ELSE 0 END AS by_shop "
    "FROM money AS m CROSS JOIN orders AS o ON o.id = m.order_id WHERE ?3 = 0 OR o.channel_id = "
    "?3), "
    "worth AS (SELECT *, COALESCE (left_at, taken_at) AS at, CASE WHEN left_at IS "
    "NULL AND stage "
    "NOT IN ('shipped', 'nothing') THEN 0 WHEN stage IN ('shipped', 'nothing', 'cancelled') OR "
    "(by_us = 0 AND paid_at > 0) OR by_shop = 1 THEN MAX (0, total - refunded_total + (CASE WHEN "
    "by_shop = 1 THEN refunded_total ELSE MIN (refunded_total, refunded) END)) ELSE (SELECT SUM "
    "(s.capture_amount + s.shortfall) FROM shipment AS s WHERE s.order_id = known.id AND s.state = "
    "'shipped') END AS expected, CASE WHEN by_shop = 1 THEN total ELSE captured END AS taken FROM "
    "known WHERE left_at IS NOT NULL OR taken_at IS NOT NULL), "
    "rows AS (SELECT *, CASE "
    "WHEN captured > 0 AND refunded >= captured THEN 6 "
    "WHEN left_at IS NULL AND stage NOT IN ('shipped', 'nothing') THEN CASE WHEN captured > "
    "refunded AND (stage = 'cancelled' OR by_us > 0 OR paid_at = 0) THEN 4 ELSE 7 END "
    "WHEN taken + written_off < expected AND taken = 0 THEN CASE WHEN charge_state = 'lapsed' OR "
    "EXISTS (SELECT 1 FROM payment AS y WHERE y.order_id = worth.id AND y.state IN ('lapsed', "
    "'cancelled')) THEN 5 ELSE 3 END "
    "WHEN taken + written_off < expected THEN 1 "
    "WHEN taken > expected THEN 2 ELSE 0 END AS state FROM worth "
    "WHERE ?4 <> 0 OR (at >= ?1 AND (?2 = 0 OR at < ?2))) ";

static char *
make_sql (const WbMoneyQuery *query, gboolean any_claimed)
{
  const char *sums = any_claimed ? all_and_claimed : all_orders;

  if (query->order_id != 0)
    sums = one_order;
  else if (query->first > 0 || query->after > 0)
    sums = one_period;
  return g_strconcat ("WITH ", sums, the_rest, NULL);
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
