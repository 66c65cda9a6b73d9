/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything of an order's money at once: what left the house, what the ledger has, what was paid
 * out, and how these stand to each other.
 *
 * What is expected: an order that has left completely is worth what the shop says it is (total less
 * the shop's refunds), plus what of these refunds the gateway has given back after taking it. Of an
 * order that has left in part, what its parcels were planned to capture. Where no gateway of ours
 * knows the payment and the shop says it is paid, the shop's word counts as the capture. */
#include "wb-book-reconcile.h"

#include <string.h>

/* ---- what one order's facts mean ---- */

/* Whether a gateway knows a payment of the order, and whether one of these is gone. */
static gboolean
read_payments (WbBook *self, gint64 order_id, gboolean *any, gboolean *gone, GError **error)
{
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, error, "SELECT state FROM payment WHERE order_id = ?1", "i", order_id);
  GError *local = NULL;

  *any = *gone = FALSE;
  while (rows != NULL && wb_rows_next (rows, &local))
    {
      const char *state = wb_rows_text (rows, 0);

      *any = TRUE;
      *gone = *gone || strcmp (state, WB_PAYMENT_STATE_LAPSED) == 0 ||
              strcmp (state, WB_PAYMENT_STATE_CANCELLED) == 0;
    }
  if (local != NULL)
    g_propagate_error (error, local);
  return rows != NULL && local == NULL;
}

static gint64
expect (const WbMoneyFacts *facts)
{
  const WbMoneyRow *row = &facts->row;
  gint64            given_back;

  if (!facts->has_left && !facts->is_shipped)
    return 0;
  if (!facts->is_shipped && !facts->is_cancelled && !row->by_shop &&
      (facts->by_us > 0 || facts->paid_at == 0))
    return facts->planned;
  given_back = row->by_shop ? row->shop_refunded : MIN (row->shop_refunded, row->refunded);
  return MAX (0, facts->total - row->shop_refunded + given_back);
}

static WbMoneyState
state_unshipped (const WbMoneyFacts *facts)
{
  const WbMoneyRow *row = &facts->row;

  return row->captured > row->refunded &&
                 (facts->is_cancelled || facts->by_us > 0 || facts->paid_at == 0)
             ? WB_MONEY_CAPTURED_UNSHIPPED
             : WB_MONEY_OPEN;
}

/* @ledger: what the ledger has as captured; the row's own may be the shop's word */
static WbMoneyState
compare (const WbMoneyFacts *facts, gint64 ledger, gboolean gone)
{
  const WbMoneyRow *row = &facts->row;

  if (ledger > 0 && row->refunded >= ledger)
    return WB_MONEY_REFUNDED;
  if (!facts->has_left && !facts->is_shipped)
    return state_unshipped (facts);
  if (row->captured + row->written_off >= row->expected)
    return row->captured > row->expected ? WB_MONEY_OVER : WB_MONEY_MATCHED;
  if (row->captured != 0)
    return WB_MONEY_UNDER;
  return facts->is_lapsed || gone ? WB_MONEY_LAPSED : WB_MONEY_NOT_CAPTURED;
}

/* Money the shop only tells of brings no fee we know. */
static void
tell_margin (WbMoneyFacts *facts)
{
  WbMoneyRow        *row = &facts->row;
  g_autoptr (GArray) sums = NULL;

  row->fee_known = facts->has_taken && (row->fee_known || row->is_settled || !row->by_gateway);
  if (!row->fee_known || row->by_shop)
    return;
  sums = wb_money_row_margins (row);
  if (sums->len != 1)
    return;
  row->margin = g_array_index (sums, WbMoney, 0).minor;
  memcpy (row->margin_currency, g_array_index (sums, WbMoney, 0).currency,
          sizeof row->margin_currency);
}

/* Its payments are asked for only where they matter: where the ledger has no capture. */
static gboolean
conclude (WbBook *self, WbMoneyFacts *facts, GError **error)
{
  WbMoneyRow *row = &facts->row;
  gint64      ledger = row->captured;
  gboolean    any = FALSE, gone = FALSE;

  if (ledger == 0 && (facts->has_taken || !facts->is_paid) &&
      !read_payments (self, row->order_id, &any, &gone, error))
    return FALSE;
  row->by_shop = !facts->has_taken && (facts->is_paid || (facts->paid_at > 0 && !any));
  if (row->by_shop)
    row->captured = facts->total;
  row->at = facts->has_left ? facts->left_at : facts->taken_at;
  row->expected = expect (facts);
  row->state = compare (facts, ledger, gone);
  tell_margin (facts);
  return TRUE;
}

/* ---- the orders of a query ---- */

static gboolean
is_wanted (int state, const WbMoneyRow *row)
{
  if (state >= 0)
    return (int) row->state == state;
  if (state == WB_MONEY_ALL || (row->state >= WB_MONEY_UNDER && row->state <= WB_MONEY_LAPSED))
    return TRUE;
  return state == WB_MONEY_DIFFERS && !row->by_shop && row->captured > 0 &&
         row->shop_refunded != row->refunded;
}

static GArray *
moment_of (gint64 order_id)
{
  GArray       *moments = g_array_new (FALSE, FALSE, sizeof (WbMoneyMoment));
  WbMoneyMoment one = { order_id, 0 };

  g_array_append_val (moments, one);
  return moments;
}

/* A page of all states is known before anything of its orders is read. */
static gboolean
is_page (const WbMoneyQuery *query)
{
  return query->order_id == 0 && query->state == WB_MONEY_ALL && query->limit > 0;
}

/* Which orders have to be read; *@moments NULL: all there are. */
static gboolean
choose (WbBook *self, const WbMoneyQuery *query, GArray **moments, GError **error)
{
  if (query->order_id != 0)
    *moments = moment_of (query->order_id);
  else if (is_page (query))
    *moments = wb_money_list_moments (self, query, query->offset + query->limit, error);
  else if (query->first <= 0 && query->after == 0)
    return TRUE;
  else
    *moments = wb_money_list_moments (self, query, 0, error);
  if (*moments != NULL && is_page (query))
    g_array_remove_range (*moments, 0, MIN (query->offset, (*moments)->len));
  return *moments != NULL;
}

typedef void (*Use) (WbMoneyFacts *facts, gpointer data);

/* Calls @use with each order of which anything has left or was taken. */
static gboolean
use_facts (WbBook *self, GArray *facts, Use use, gpointer data, GError **error)
{
  for (guint i = 0; i < facts->len; i++)
    {
      WbMoneyFacts *one = &g_array_index (facts, WbMoneyFacts, i);

      if (!one->known || !(one->has_left || one->has_taken))
        continue;
      if (!conclude (self, one, error))
        return FALSE;
      use (one, data);
    }
  return TRUE;
}

/* Calls @use with each order of the query, whatever its state. */
static gboolean
visit (
    WbBook *self, const WbMoneyQuery *query, gboolean names, Use use, gpointer data, GError **error)
{
  g_autoptr (WbRows) hold = wb_money_hold (self, error);
  g_autoptr (GArray) moments = NULL, facts = NULL;

  return hold != NULL && choose (self, query, &moments, error) &&
         (facts = wb_money_read_facts (self, moments, query->channel_id, names, error)) != NULL &&
         use_facts (self, facts, use, data, error);
}

/* ---- rows ---- */

typedef struct
{
  int        state;
  GPtrArray *rows;
} Listing;

static void
keep_row (WbMoneyFacts *facts, gpointer data)
{
  Listing    *listing = data;
  WbMoneyRow *row = &facts->row;

  if (!is_wanted (listing->state, row))
    return;
  g_ptr_array_add (listing->rows, g_memdup2 (row, sizeof *row));
  row->number = row->customer = NULL; /* the copy has them */
  row->others = NULL;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const WbMoneyRow *one = *(const WbMoneyRow *const *) a, *two = *(const WbMoneyRow *const *) b;

  if (one->at != two->at)
    return one->at > two->at ? -1 : 1;
  return (one->order_id < two->order_id) - (one->order_id > two->order_id);
}

static void
cut (GPtrArray *rows, guint offset, guint limit)
{
  guint skip = MIN (offset, rows->len);

  if (skip > 0)
    g_ptr_array_remove_range (rows, 0, skip);
  if (limit > 0 && rows->len > limit)
    g_ptr_array_remove_range (rows, limit, rows->len - limit);
}

/**
 * wb_book_list_money:
 * Returns: (transfer full) (element-type WbMoneyRow): the orders of @query with all their money,
 * newest first.
 */
GPtrArray *
wb_book_list_money (WbBook *self, const WbMoneyQuery *query, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_money_row_free);
  Listing               listing = { query->state, rows };

  if (!visit (self, query, TRUE, keep_row, &listing, error))
    return NULL;
  g_ptr_array_sort (rows, compare_rows);
  if (!is_page (query))
    cut (rows, query->offset, query->limit);
  return g_steal_pointer (&rows);
}

/**
 * wb_book_list_money_of:
 * @ids: (array length=n): orders, each once
 *
 * Returns: (transfer full) (element-type WbMoneyRow): all the money of these orders, as they stand
 * in @ids, read by one pass; of those that are gone, or of which nothing has left or was taken,
 * none.
 */
GPtrArray *
wb_book_list_money_of (WbBook *self, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_money_row_free);
  g_autoptr (GArray)    moments = g_array_sized_new (FALSE, FALSE, sizeof (WbMoneyMoment), n);
  g_autoptr (WbRows)    hold = wb_money_hold (self, error);
  g_autoptr (GArray)    facts = NULL;
  Listing               listing = { WB_MONEY_ALL, rows };

  for (guint i = 0; i < n; i++)
    g_array_append_val (moments, ((WbMoneyMoment){ ids[i], 0 }));
  if (hold == NULL || (facts = wb_money_read_facts (self, moments, 0, TRUE, error)) == NULL ||
      !use_facts (self, facts, keep_row, &listing, error))
    return NULL;
  return g_steal_pointer (&rows);
}

/** wb_book_list_money_ids: Returns: (transfer full) (element-type gint64): the numbers of the
 * orders that wb_book_list_money() would list: for lists that read what is looked at only. Of all
 * states, nothing but the indexes of what left and what was taken is read. */
GArray *
wb_book_list_money_ids (WbBook *self, const WbMoneyQuery *query, GError **error)
{
  g_autoptr (GArray)    ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray)    moments = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WbRows)    hold = wb_money_hold (self, error);

  if (hold == NULL)
    return NULL;
  if (query->state == WB_MONEY_ALL && query->order_id == 0)
    moments = wb_money_list_moments (self, query,
                                     query->limit > 0 ? query->offset + query->limit : 0, error);
  else
    rows = wb_book_list_money (self, query, error);
  if (moments == NULL && rows == NULL)
    return NULL;
  for (guint i = query->offset; moments != NULL && i < moments->len; i++)
    g_array_append_val (ids, g_array_index (moments, WbMoneyMoment, i).order_id);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_array_append_val (ids, ((const WbMoneyRow *) rows->pdata[i])->order_id);
  return g_steal_pointer (&ids);
}

/* ---- sums ---- */

static WbMoneyTotals *
totals_of (GArray *all, const char *currency)
{
  WbMoneyTotals fresh = { 0 };

  for (guint i = 0; i < all->len; i++)
    if (strcmp (g_array_index (all, WbMoneyTotals, i).currency, currency) == 0)
      return &g_array_index (all, WbMoneyTotals, i);
  g_strlcpy (fresh.currency, currency, sizeof fresh.currency);
  g_array_append_val (all, fresh);
  return &g_array_index (all, WbMoneyTotals, all->len - 1);
}

/* Where the sums have a part of a row. */
static const gsize total_parts[WB_N_MONEY_PARTS] = {
  [WB_MONEY_CAPTURED] = G_STRUCT_OFFSET (WbMoneyTotals, captured),
  [WB_MONEY_GIVEN_BACK] = G_STRUCT_OFFSET (WbMoneyTotals, refunded),
  [WB_MONEY_SETTLED] = G_STRUCT_OFFSET (WbMoneyTotals, settled),
  [WB_MONEY_FEE] = G_STRUCT_OFFSET (WbMoneyTotals, fee),
  [WB_MONEY_PAID_OUT] = G_STRUCT_OFFSET (WbMoneyTotals, paid_out),
  [WB_MONEY_LABEL] = G_STRUCT_OFFSET (WbMoneyTotals, label_cost),
  [WB_MONEY_ADJUSTED] = G_STRUCT_OFFSET (WbMoneyTotals, adjustment),
  [WB_MONEY_STOCK] = G_STRUCT_OFFSET (WbMoneyTotals, stock_cost),
};

static void
add_other (GArray *all, const WbMoneyOther *other)
{
  gsize place = total_parts[other->part];

  if (place != 0) /* disputed and written off are in no sum */
    G_STRUCT_MEMBER (gint64, totals_of (all, other->amount.currency), place) += other->amount.minor;
}

static void
add_totals (WbMoneyFacts *facts, gpointer data)
{
  GArray           *all = data;
  const WbMoneyRow *row = &facts->row;
  WbMoneyTotals    *own = totals_of (all, row->currency);

  own->orders++;
  own->counts[row->state]++;
  own->shipped += row->expected;
  own->captured += row->captured;
  own->refunded += row->refunded;
  if (row->state != WB_MONEY_REFUNDED && row->state != WB_MONEY_OPEN)
    own->difference += row->captured + row->written_off - row->expected;
  if (row->settle_currency[0] != '\0')
    {
      WbMoneyTotals *settled = totals_of (all, row->settle_currency);

      settled->settled += row->settled;
      settled->fee += row->fee;
      settled->paid_out += row->paid_out;
    }
  if (row->cost_currency[0] != '\0')
    {
      WbMoneyTotals *costs = totals_of (all, row->cost_currency);

      costs->label_cost += row->label_cost;
      costs->adjustment += row->adjustment;
    }
  if (row->stock_currency[0] != '\0')
    totals_of (all, row->stock_currency)->stock_cost += row->stock_cost;
  for (guint i = 0; row->others != NULL && i < row->others->len; i++)
    add_other (all, &g_array_index (row->others, WbMoneyOther, i));
}

static int
compare_totals (gconstpointer a, gconstpointer b)
{
  const WbMoneyTotals *one = a, *two = b;

  if (one->orders != two->orders)
    return one->orders > two->orders ? -1 : 1;
  return strcmp (one->currency, two->currency);
}

/** wb_book_sum_money: Returns: (transfer full) (element-type WbMoneyTotals): the sums of all orders
 * of @query (its state, offset and limit do not count), the currency with the most orders first. */
GArray *
wb_book_sum_money (WbBook *self, const WbMoneyQuery *query, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (WbMoneyTotals));
  WbMoneyQuery       every = *query;

  every.state = WB_MONEY_ALL;
  every.offset = every.limit = 0;
  if (!visit (self, &every, FALSE, add_totals, all, error))
    return NULL;
  g_array_sort (all, compare_totals);
  return g_steal_pointer (&all);
}
