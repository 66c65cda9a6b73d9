/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random books: every way of asking for orders' money tells the same. Rows add up to the sums for
 * any period, channel and state; pages put together are the list; one order by itself is its row;
 * and each sum is what SQL adds up from the ledger. */
#include "samples.h"

#include "wb-book-money.h"
#include "wb-database.h"
#include "wb-test.h"

#include <string.h>

#define BOOKS  5
#define ASKED  6
#define START  1700000000
#define SPREAD 100000

typedef struct
{
  Shelf      *shelf;
  WbDatabase *door;
  GRand      *chance;
  gint64      other; /* a second channel */
  gint64      orders, entries;
  gboolean    calm; /* nearly everything has left in one parcel */
} Town;

/* ---- a book at random ---- */

#define N_OF(list)         ((gint32) G_N_ELEMENTS (list))
#define ONE_OF(town, list) list[g_rand_int_range ((town)->chance, 0, N_OF (list))]

static const char *const stages[] = { "shipped", "shipped", "shipped",   "partial",
                                      "ready",   "nothing", "cancelled", "hold" };
static const char *const charges[] = { "captured", "captured", "authorised", "paid",
                                       "lapsed",   "unknown",  "partial" };
static const char *const payments[] = { "captured", "authorised", "lapsed", "cancelled" };
static const char *const currencies[] = { "EUR", "EUR", "EUR", "USD", "JPY" };
static const char *const kinds[] = { "captured", "captured",    "captured", "refunded",
                                     "settled",  "settled",     "fee",      "fee",
                                     "dispute",  "written-off", "released", "authorised" };
static const char *const costs[] = { "label", "label", "label-refund", "adjustment", "stock-cost" };

static gint64
number (Town *town, gint32 least, gint32 beyond)
{
  return g_rand_int_range (town->chance, least, beyond);
}

static WbInstant
moment (Town *town)
{
  /* Few different times, so that many orders share one. */
  return START + number (town, 0, 60) * (SPREAD / 60);
}

static void
run (Town *town, const char *sql, const char *types, ...)
{
  g_autoptr (GError) error = NULL;
  va_list            args;
  gint64             numbers[8] = { 0 };
  const char        *texts[8] = { NULL };

  va_start (args, types);
  for (guint i = 0; types[i] != '\0'; i++)
    if (types[i] == 's')
      texts[i] = va_arg (args, const char *);
    else
      numbers[i] = va_arg (args, gint64);
  va_end (args);
  g_assert_cmpstr (types, ==, "iiiiisss");
  wb_database_run (town->door, &error, sql, types, numbers[0], numbers[1], numbers[2], numbers[3],
                   numbers[4], texts[5], texts[6], texts[7]);
  g_assert_no_error (error);
}

static void
add_entry (Town *town, gint64 order, const char *kind, const char *source, const char *currency)
{
  gboolean    late = source[0] == 'g' && number (town, 0, 8) == 0;
  gboolean    settles = strcmp (kind, "settled") == 0 || strcmp (kind, "fee") == 0;
  gint64      amount = number (town, -400, 3000);
  const char *settle = settles ? (number (town, 0, 4) > 0 ? currency : "USD") : NULL;

  town->entries++;
  run (town,
       "INSERT INTO ledger (id, at, order_id, amount, settle_amount, kind, source, currency, "
       "settle_currency, source_ref) SELECT ?1, ?2, NULLIF (?3, 0), ?4, ?5, ?6, ?7, ?8, CASE WHEN "
       "?5 <> 0 THEN ?8 END, ?1",
       "iiiiisss", town->entries, moment (town), late ? (gint64) 0 : order, amount,
       settles ? amount + 1 : (gint64) 0, kind, source, settle != NULL ? settle : currency);
  if (late)
    run (town, "INSERT INTO entry_order (entry_id, order_id, actor, at) SELECT ?1, ?2, ?7, 1",
         "iiiiisss", town->entries, order, (gint64) 0, (gint64) 0, (gint64) 0, "", "test", "");
}

static void
add_shipments (Town *town, gint64 order, const char *currency)
{
  gboolean whole = town->calm && number (town, 0, 40) > 0;

  for (gint64 i = whole ? 1 : number (town, 0, 3); i > 0; i--)
    run (town,
         "INSERT INTO shipment (order_id, number, capture_amount, created_at, shipped_at, state, "
         "capture_currency, shortfall) SELECT ?1, ?2, ?3, ?4, ?4, ?6, ?7, ?5",
         "iiiiisss", order, i, number (town, 0, 2000), moment (town), number (town, 0, 50),
         whole || number (town, 0, 5) > 0 ? "shipped" : "planned", currency, "");
}

static void
add_order (Town *town)
{
  const char *currency = ONE_OF (town, currencies);
  gint64      order = ++town->orders, total = number (town, 0, 4000);

  run (town,
       "INSERT INTO orders (id, channel_id, total, refunded_total, paid_at, stage, charge_state, "
       "currency, remote_id, number, remote_status, shop_state, placed_at, customer_name) SELECT "
       "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?1, ?1, 'processing', 'open', 1, 'Somebody ' || ?1",
       "iiiiisss", order, number (town, 0, 3) > 0 ? town->shelf->channel : town->other, total,
       number (town, 0, 3) > 0 ? (gint64) 0 : number (town, 0, 4000),
       number (town, 0, 2) > 0 ? (gint64) 0 : START, ONE_OF (town, stages), ONE_OF (town, charges),
       currency);
  if (number (town, 0, 2) > 0)
    run (town,
         "INSERT INTO payment (order_id, gateway_id, authorised, capturable, captured, state, ref, "
         "currency, refunded, read_at) SELECT ?1, ?2, ?3, 0, 0, ?6, ?1, ?8, 0, 1",
         "iiiiisss", order, town->shelf->gateway, total, (gint64) 0, (gint64) 0,
         ONE_OF (town, payments), "", currency);
  add_shipments (town, order, currency);
  for (gint64 i = number (town, 0, 7); i > 0; i--)
    add_entry (town, order, ONE_OF (town, kinds), "gateway", currency);
  for (gint64 i = number (town, 0, 3); i > 0; i--)
    add_entry (town, order, ONE_OF (town, costs), "carrier", ONE_OF (town, currencies));
  if (number (town, 0, 3) == 0)
    run (town,
         "INSERT INTO payout_item (payout_id, gateway_id, order_id, amount, net, kind, ref, at) "
         "SELECT 1, ?2, ?1, ?3, ?4, ?6, ?1, 1",
         "iiiiisss", order, town->shelf->gateway, total, total - 7, (gint64) 0, "captured", "", "");
}

static void
town_up (Town *town, guint32 seed)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbConnection) channel = wb_connection_new ();
  gint64                   n;

  town->chance = g_rand_new_with_seed (seed);
  town->shelf = shelf_new ();
  wb_record_set_text (channel, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (channel, WB_CONNECTION_PROVIDER, "woocommerce");
  wb_record_set_text (channel, WB_CONNECTION_NAME, "Second");
  wb_record_set_text (channel, WB_CONNECTION_BASE_URL, "http://127.0.0.1");
  g_assert_true (wb_book_save (town->shelf->book, channel, NULL));
  town->other = wb_record_get_int (channel, WB_CONNECTION_ID);
  town->door = wb_database_open (town->shelf->path, 0, &error);
  g_assert_no_error (error);
  g_assert_true (wb_database_begin (town->door, NULL));
  run (town,
       "INSERT INTO payout (id, gateway_id, ref, state, currency, amount, made_at) SELECT ?1, ?2, "
       "'po_1', 'paid', 'EUR', 1, 1",
       "iiiiisss", (gint64) 1, town->shelf->gateway, (gint64) 0, (gint64) 0, (gint64) 0, "", "",
       "");
  for (n = number (town, 40, 300); n > 0; n--)
    add_order (town);
  g_assert_true (wb_database_commit (town->door, NULL));
}

static void
town_down (Town *town)
{
  g_clear_pointer (&town->door, wb_database_close);
  g_clear_pointer (&town->shelf, shelf_free);
  g_clear_pointer (&town->chance, g_rand_free);
}

/* ---- what must hold ---- */

static GPtrArray *
list (Town *town, const WbMoneyQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray         *rows = wb_book_list_money (town->shelf->book, query, &error);

  g_assert_no_error (error);
  return rows;
}

static void
assert_same_row (const WbMoneyRow *one, const WbMoneyRow *two)
{
  WbMoneyRow left = *one, right = *two;

  g_assert_cmpstr (left.number, ==, right.number);
  g_assert_cmpstr (left.customer, ==, right.customer);
  g_assert_cmpstr (left.currency, ==, right.currency);
  g_assert_cmpstr (left.margin_currency, ==, right.margin_currency);
  left.number = left.customer = right.number = right.customer = NULL;
  g_assert_cmpuint (left.others != NULL ? left.others->len : 0, ==,
                    right.others != NULL ? right.others->len : 0);
  for (guint i = 0; left.others != NULL && i < left.others->len; i++)
    {
      const WbMoneyOther *l = &g_array_index (left.others, WbMoneyOther, i),
                         *r = &g_array_index (right.others, WbMoneyOther, i);

      g_assert_cmpint (l->part, ==, r->part);
      g_assert_true (wb_money_equal (l->amount, r->amount));
    }
  left.others = right.others = NULL;
  g_assert_cmpmem (&left, sizeof left, &right, sizeof right);
}

static void
assert_same_rows (GPtrArray *one, GPtrArray *two)
{
  g_assert_cmpuint (one->len, ==, two->len);
  for (guint i = 0; i < one->len; i++)
    assert_same_row (one->pdata[i], two->pdata[i]);
}

static gboolean
counts_as (int state, const WbMoneyRow *row)
{
  gboolean wrong = row->state >= WB_MONEY_UNDER && row->state <= WB_MONEY_LAPSED;

  if (state == WB_MONEY_DIFFERS)
    return wrong || (!row->by_shop && row->captured > 0 && row->refunded != row->shop_refunded);
  return state == WB_MONEY_ALL || (state == WB_MONEY_WRONG ? wrong : (int) row->state == state);
}

/* The rows of the whole book that a query means, in its order. */
static GPtrArray *
pick (GPtrArray *book, const WbMoneyQuery *query)
{
  GPtrArray *some = g_ptr_array_new ();

  for (guint i = 0; i < book->len; i++)
    {
      const WbMoneyRow *row = book->pdata[i];

      if (row->at >= query->first && (query->after == 0 || row->at < query->after) &&
          (query->channel_id == 0 || row->channel_id == query->channel_id) &&
          counts_as (query->state, row))
        g_ptr_array_add (some, (gpointer) row);
    }
  return some;
}

static void
check_pages (Town *town, const WbMoneyQuery *query, GPtrArray *whole)
{
  g_autoptr (GPtrArray) together =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_money_row_free);
  WbMoneyQuery page = *query;

  page.limit = (guint) number (town, 15, 80);
  do
    {
      g_autoptr (GPtrArray) rows = list (town, &page);

      g_assert_cmpuint (rows->len, ==,
                        MIN (page.limit, whole->len - MIN (whole->len, page.offset)));
      g_ptr_array_extend_and_steal (together, g_steal_pointer (&rows));
      page.offset += page.limit;
    }
  while (page.offset <= whole->len);
  assert_same_rows (together, whole);
}

static void
check_ids (Town *town, const WbMoneyQuery *query, GPtrArray *whole)
{
  g_autoptr (GArray) ids = wb_book_list_money_ids (town->shelf->book, query, NULL);

  g_assert_cmpuint (ids->len, ==, whole->len);
  for (guint i = 0; i < whole->len; i++)
    g_assert_cmpint (g_array_index (ids, gint64, i), ==,
                     ((const WbMoneyRow *) whole->pdata[i])->order_id);
}

static void
add_other (WbMoneyTotals *sum, const WbMoneyOther *other)
{
  gint64 *const places[WB_N_MONEY_PARTS] = {
    [WB_MONEY_CAPTURED] = &sum->captured,   [WB_MONEY_GIVEN_BACK] = &sum->refunded,
    [WB_MONEY_SETTLED] = &sum->settled,     [WB_MONEY_FEE] = &sum->fee,
    [WB_MONEY_PAID_OUT] = &sum->paid_out,   [WB_MONEY_LABEL] = &sum->label_cost,
    [WB_MONEY_ADJUSTED] = &sum->adjustment, [WB_MONEY_STOCK] = &sum->stock_cost,
  };

  if (strcmp (other->amount.currency, sum->currency) == 0 && places[other->part] != NULL)
    *places[other->part] += other->amount.minor;
}

static void
add_row (WbMoneyTotals *sum, const WbMoneyRow *row)
{
  if (strcmp (row->currency, sum->currency) == 0)
    {
      sum->orders++;
      sum->counts[row->state]++;
      sum->shipped += row->expected;
      sum->captured += row->captured;
      sum->refunded += row->refunded;
      if (row->state != WB_MONEY_REFUNDED && row->state != WB_MONEY_OPEN)
        sum->difference += row->captured + row->written_off - row->expected;
    }
  if (strcmp (row->settle_currency, sum->currency) == 0)
    {
      sum->settled += row->settled;
      sum->fee += row->fee;
      sum->paid_out += row->paid_out;
    }
  if (strcmp (row->cost_currency, sum->currency) == 0)
    {
      sum->label_cost += row->label_cost;
      sum->adjustment += row->adjustment;
    }
  if (strcmp (row->stock_currency, sum->currency) == 0)
    sum->stock_cost += row->stock_cost;
  for (guint i = 0; row->others != NULL && i < row->others->len; i++)
    add_other (sum, &g_array_index (row->others, WbMoneyOther, i));
}

/* @parts: the rows of the query of every state, state by state */
static void
check_sums (Town *town, const WbMoneyQuery *query, GPtrArray *parts)
{
  g_autoptr (GArray) totals = wb_book_sum_money (town->shelf->book, query, NULL);
  gint64             orders = 0;

  for (guint i = 0; i < totals->len; i++)
    {
      const WbMoneyTotals *told = &g_array_index (totals, WbMoneyTotals, i);
      WbMoneyTotals        sum = { 0 };

      memcpy (sum.currency, told->currency, sizeof sum.currency);
      for (guint k = 0; k < parts->len; k++)
        add_row (&sum, parts->pdata[k]);
      g_assert_cmpmem (&sum, sizeof sum, told, sizeof *told);
      g_assert_true (i == 0 || told->orders <= told[-1].orders);
      orders += told->orders;
    }
  g_assert_cmpint (orders, ==, parts->len);
}

static void
check_query (Town *town, GPtrArray *book, WbMoneyQuery *query)
{
  g_autoptr (GPtrArray) meant = pick (book, query), rows = list (town, query);

  assert_same_rows (meant, rows);
  check_pages (town, query, rows);
  check_ids (town, query, rows);
}

static void
check_period (Town *town, GPtrArray *book)
{
  WbMoneyQuery          query = { .state = WB_MONEY_ALL };
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_money_row_free);
  gint64                channels[] = { 0, town->shelf->channel, town->other };

  query.channel_id = ONE_OF (town, channels);
  query.first = number (town, 0, 3) > 0 ? moment (town) : 0;
  query.after = number (town, 0, 3) > 0 ? moment (town) + number (town, 0, 2) : 0;
  for (query.state = WB_MONEY_DIFFERS; query.state < WB_N_MONEY_STATES; query.state++)
    {
      check_query (town, book, &query);
      if (query.state >= 0)
        g_ptr_array_extend_and_steal (parts, list (town, &query));
    }
  check_sums (town, &query, parts);
}

/* What the ledger has of a kind in one currency. */
static gint64
ledger_sum (Town       *town,
            gint64      order,
            const char *kind,
            const char *column,
            const char *in,
            const char *currency)
{
  gint64           sum = 0;
  g_autofree char *sql = g_strdup_printf (
      "SELECT COALESCE (SUM (%s), 0) FROM ledger WHERE kind = ?2 AND %s = ?3 AND (order_id = ?1 OR "
      "id IN (SELECT entry_id FROM entry_order WHERE order_id = ?1))",
      column, in);

  g_assert_true (wb_database_get_int (town->door, &sum, NULL, sql, "iss", order, kind, currency));
  return sum;
}

static gint64
other_of (const WbMoneyRow *row, WbMoneyPart part, const char *currency)
{
  for (guint i = 0; row->others != NULL && i < row->others->len; i++)
    {
      const WbMoneyOther *one = &g_array_index (row->others, WbMoneyOther, i);

      if (one->part == part && strcmp (one->amount.currency, currency) == 0)
        return one->amount.minor;
    }
  return 0;
}

/* Each part is told in each currency as the ledger has it: none is added to another's. */
static void
check_parts (Town *town, const WbMoneyRow *row)
{
  const struct
  {
    WbMoneyPart part;
    const char *kinds[2];
    const char *column, *in, *own;
    gint64      sign, amount;
  } parts[] = {
    { WB_MONEY_CAPTURED, { "captured" }, "amount", "currency", row->currency, 1, row->captured },
    { WB_MONEY_GIVEN_BACK, { "refunded" }, "amount", "currency", row->currency, -1, row->refunded },
    { WB_MONEY_DISPUTED, { "dispute" }, "amount", "currency", row->currency, -1, row->disputed },
    { WB_MONEY_SETTLED,
      { "settled" },
      "settle_amount",
      "settle_currency",
      row->settle_currency,
      1,
      row->settled },
    { WB_MONEY_FEE, { "fee" }, "amount", "currency", row->settle_currency, -1, row->fee },
    { WB_MONEY_LABEL,
      { "label", "label-refund" },
      "amount",
      "currency",
      row->cost_currency,
      -1,
      row->label_cost },
    { WB_MONEY_ADJUSTED,
      { "adjustment" },
      "amount",
      "currency",
      row->cost_currency,
      -1,
      row->adjustment },
    { WB_MONEY_STOCK,
      { "stock-cost" },
      "amount",
      "currency",
      row->stock_currency,
      -1,
      row->stock_cost },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (currencies) + 1; k++)
      {
        const char *currency = k < G_N_ELEMENTS (currencies) ? currencies[k] : "USD";
        gint64      there = 0;

        if (parts[i].part == WB_MONEY_CAPTURED && row->by_shop)
          continue;
        for (guint j = 0; j < 2 && parts[i].kinds[j] != NULL; j++)
          there += parts[i].sign * ledger_sum (town, row->order_id, parts[i].kinds[j],
                                               parts[i].column, parts[i].in, currency);
        g_assert_cmpint (strcmp (parts[i].own, currency) == 0
                             ? parts[i].amount
                             : other_of (row, parts[i].part, currency),
                         ==, there);
      }
}

static void
check_order (Town *town, const WbMoneyRow *row)
{
  WbMoneyQuery          query = { .order_id = row->order_id, .state = WB_MONEY_ALL };
  g_autoptr (GPtrArray) alone = list (town, &query);

  g_assert_cmpuint (alone->len, ==, 1);
  assert_same_row (alone->pdata[0], row);
  check_parts (town, row);
}

/* Listed is every order of which a parcel has left or money was taken, and no other. */
static void
check_complete (Town *town, GPtrArray *book)
{
  gint64 n = 0;

  g_assert_true (wb_database_get_int (
      town->door, &n, NULL,
      "SELECT COUNT(*) FROM orders WHERE id IN (SELECT order_id FROM shipment WHERE state = "
      "'shipped' UNION SELECT order_id FROM ledger WHERE kind = 'captured' UNION SELECT x.order_id "
      "FROM entry_order AS x JOIN ledger AS l ON l.id = x.entry_id WHERE l.kind = 'captured')",
      NULL));
  g_assert_cmpint (n, ==, book->len);
  for (guint i = 0; i < book->len; i++)
    check_order (town, book->pdata[i]);
}

static void
test_random (void)
{
  for (guint n = 0; n < BOOKS; n++)
    {
      guint32               seed = g_test_rand_int ();
      Town                  town = { .calm = n % 2 == 1 };
      WbMoneyQuery          all = { .state = WB_MONEY_ALL };
      g_autoptr (GPtrArray) book = NULL;

      g_test_message ("seed %u", seed);
      town_up (&town, seed);
      book = list (&town, &all);
      check_complete (&town, book);
      check_query (&town, book, &all);
      for (guint i = 0; i < ASKED; i++)
        check_period (&town, book);
      town_down (&town);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money-rows/random", test_random);
  return g_test_run ();
}
