/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reconciling 100,000 orders with 400,000 ledger entries against the bare SQL aggregation over the
 * same rows: the figures, what is wrong, and every order's row; of all, and of a month. And how the
 * Money page opens: against its newest rows by bare SQL, and against how the Orders page opens. */
#include "bench.h"
#include "wb-book-money.h"

#include <sqlite3.h>

#define ORDERS 100000

/* Every order has left in one parcel, is captured, settled, and its label is bought; one of a
 * hundred was captured for too little, one of a thousand not at all. */
static const char *const fill[] = {
  "INSERT INTO connection (id, kind, provider, name, base_url) VALUES (1, 'shop', 'woocommerce', "
  "'Shop', 'http://127.0.0.1'), (2, 'gateway', 'stripe', 'Bank', 'http://127.0.0.1')",
  "CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)",
  "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 100000) INSERT INTO n "
  "SELECT i FROM c",
  "INSERT INTO orders (id, channel_id, remote_id, number, remote_status, shop_state, stage, "
  "placed_at, paid_at, currency, total, customer_name, payment_ref, charge_state) SELECT i, 1, i, "
  "i, 'completed', 'done', 'shipped', 1700000000 + i * 60, 1700000600 + i * 60, 'EUR', 1000 + i % "
  "20000, 'Somebody ' || i, 'pi_' || i, 'captured' FROM n",
  "INSERT INTO payment (order_id, gateway_id, ref, charge_ref, state, currency, authorised, "
  "capturable, captured, refunded, read_at) SELECT i, 2, 'pi_' || i, 'ch_' || i, 'captured', "
  "'EUR', "
  "1000 + i % 20000, 0, 1000 + i % 20000, 0, 1 FROM n",
  "INSERT INTO shipment (id, order_id, number, state, capture_currency, capture_amount, "
  "created_at, "
  "shipped_at) SELECT i, i, 1, 'shipped', 'EUR', 1000 + i % 20000, 1, 1700003600 + i * 60 FROM n",
  "INSERT INTO operation (id, kind, state, key, request, actor, created_at) VALUES (1, 'capture', "
  "'done', 'bench', '{}', 'bench', 1)",
  "INSERT INTO ledger (at, order_id, shipment_id, kind, source, source_ref, currency, amount, "
  "operation_id, connection_id, object_ref, payment_ref) SELECT 1700003600 + i * 60, i, i, "
  "'captured', 'gateway', 'ch_' || i, 'EUR', 1000 + i % 20000 - (i % 100 = 0) * 50, 1, 2, 'ch_' || "
  "i, 'pi_' || i FROM n WHERE i % 1000 <> 1",
  "INSERT INTO ledger (at, order_id, kind, source, source_ref, currency, amount, connection_id, "
  "object_ref, payment_ref, settle_currency, settle_amount) SELECT 1700003600 + i * 60, i, "
  "'settled', 'gateway', 'txn_' || i, 'EUR', 1000 + i % 20000, 2, 'ch_' || i, 'pi_' || i, 'EUR', "
  "1000 + i % 20000 FROM n",
  "INSERT INTO ledger (at, order_id, kind, source, source_ref, currency, amount, connection_id, "
  "object_ref, payment_ref, settle_currency, settle_amount) SELECT 1700003600 + i * 60, i, 'fee', "
  "'gateway', 'txn_' || i, 'EUR', -40 - i % 300, 2, 'ch_' || i, 'pi_' || i, 'EUR', -40 - i % 300 "
  "FROM n",
  "INSERT INTO ledger (at, order_id, shipment_id, kind, source, source_ref, currency, amount) "
  "SELECT 1700003600 + i * 60, i, i, 'label', 'carrier', 'shp_' || i, 'EUR', -450 - i % 400 FROM n",
  "ANALYZE",
};

/* The least that anybody must do who wants every order's money: its sums, out of the ledger. */
#define BARE                                                                                       \
  "SELECT order_id, SUM (CASE WHEN kind = 'captured' THEN amount ELSE 0 END), SUM (CASE WHEN "     \
  "kind "                                                                                          \
  "= 'refunded' THEN amount ELSE 0 END), SUM (CASE WHEN kind = 'fee' THEN amount ELSE 0 END), "    \
  "SUM "                                                                                           \
  "(CASE WHEN kind = 'settled' THEN settle_amount ELSE 0 END), SUM (CASE WHEN kind = 'label' "     \
  "THEN "                                                                                          \
  "amount ELSE 0 END) FROM ledger WHERE order_id IS NOT NULL GROUP BY order_id"

/* The same for the orders that left in a month out of the middle of the book. */
#define MONTH       (30 * 24 * 60 * 60)
#define MONTH_FIRST (1700003600 + 60 * 30000)
#define BARE_MONTH                                                                                 \
  "SELECT l.order_id, SUM (CASE WHEN kind = 'captured' THEN amount ELSE 0 END), SUM (CASE WHEN "   \
  "kind = 'refunded' THEN amount ELSE 0 END), SUM (CASE WHEN kind = 'fee' THEN amount ELSE 0 "     \
  "END), SUM (CASE WHEN kind = 'settled' THEN settle_amount ELSE 0 END), SUM (CASE WHEN kind = "   \
  "'label' THEN amount ELSE 0 END) FROM shipment AS s CROSS JOIN ledger AS l ON l.order_id = "     \
  "s.order_id WHERE s.state = 'shipped' AND s.shipped_at >= ?1 AND s.shipped_at < ?2 GROUP BY "    \
  "l.order_id"

/* The newest 200 of them, by keyset, with their sums. */
#define PAGE  200
#define PAGES 20
#define BARE_PAGE                                                                                  \
  "SELECT o.id, SUM (CASE WHEN kind = 'captured' THEN amount ELSE 0 END), SUM (CASE WHEN kind = "  \
  "'refunded' THEN amount ELSE 0 END), SUM (CASE WHEN kind = 'fee' THEN amount ELSE 0 END), SUM "  \
  "(CASE WHEN kind = 'settled' THEN settle_amount ELSE 0 END), SUM (CASE WHEN kind = 'label' "     \
  "THEN amount ELSE 0 END), o.number, o.customer_name, o.total FROM (SELECT order_id, shipped_at " \
  "FROM shipment WHERE state = 'shipped' AND shipped_at < ?1 ORDER BY shipped_at DESC, order_id "  \
  "DESC LIMIT 200) AS s CROSS JOIN orders AS o ON o.id = s.order_id CROSS JOIN ledger AS l ON "    \
  "l.order_id = o.id GROUP BY s.shipped_at, o.id ORDER BY s.shipped_at DESC, o.id DESC"

/* How many rows a window shows at once. */
#define SEEN 30

typedef struct
{
  WbBook       *book;
  sqlite3      *handle;
  sqlite3_stmt *bare, *bare_month, *bare_page;
  gint64        ours, theirs;
} Bench;

static void
step_bare (Bench *bench, sqlite3_stmt *statement)
{
  while (sqlite3_step (statement) == SQLITE_ROW)
    bench->theirs += sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
}

static void
run_bare (gpointer data)
{
  Bench *bench = data;

  bench->theirs = 0;
  step_bare (bench, bench->bare);
}

static void
month_bare (gpointer data)
{
  Bench *bench = data;

  bench->theirs = 0;
  sqlite3_bind_int64 (bench->bare_month, 1, MONTH_FIRST);
  sqlite3_bind_int64 (bench->bare_month, 2, MONTH_FIRST + MONTH);
  step_bare (bench, bench->bare_month);
}

static void
page_bare (gpointer data)
{
  Bench *bench = data;

  bench->theirs = 0;
  for (guint i = 0; i < PAGES; i++)
    {
      sqlite3_bind_int64 (bench->bare_page, 1, MONTH_FIRST + MONTH + i * 1000);
      step_bare (bench, bench->bare_page);
    }
}

/* The Orders page: which orders there are, and the heads of those that are seen. */
static void
open_orders (gpointer data)
{
  Bench                *bench = data;
  WbOrderQuery          query = { .sort = "placed_at" };
  g_autoptr (GArray)    ids = wb_book_list_order_ids (bench->book, &query, NULL);
  g_autoptr (GPtrArray) heads =
      wb_book_list_order_heads (bench->book, (const gint64 *) ids->data, SEEN, NULL);

  g_assert (ids->len == ORDERS && heads->len == SEEN);
}

static void
sum_ours (gpointer data)
{
  Bench             *bench = data;
  WbMoneyQuery       query = { .state = WB_MONEY_ALL };
  g_autoptr (GArray) totals = wb_book_sum_money (bench->book, &query, NULL);
  WbMoneyTotals     *sum = &g_array_index (totals, WbMoneyTotals, 0);

  g_assert (sum->counts[WB_MONEY_UNDER] == ORDERS / 100);
  g_assert (sum->counts[WB_MONEY_NOT_CAPTURED] == ORDERS / 1000);
  bench->ours = sum->captured;
}

static void
list_ours (gpointer data)
{
  Bench                *bench = data;
  WbMoneyQuery          query = { .state = WB_MONEY_ALL };
  g_autoptr (GPtrArray) rows = wb_book_list_money (bench->book, &query, NULL);

  bench->ours = 0;
  for (guint i = 0; i < rows->len; i++)
    bench->ours += ((const WbMoneyRow *) rows->pdata[i])->captured;
}

static void
list_wrong (gpointer data)
{
  Bench                *bench = data;
  WbMoneyQuery          query = { .state = WB_MONEY_WRONG };
  g_autoptr (GPtrArray) rows = wb_book_list_money (bench->book, &query, NULL);

  g_assert (rows->len == ORDERS / 100 + ORDERS / 1000);
}

static void
sum_list (Bench *bench, const WbMoneyQuery *query, guint expected)
{
  g_autoptr (GPtrArray) rows = wb_book_list_money (bench->book, query, NULL);

  g_assert (rows->len == expected);
  for (guint i = 0; i < rows->len; i++)
    bench->ours += ((const WbMoneyRow *) rows->pdata[i])->captured;
}

static void
month_ours (gpointer data)
{
  Bench       *bench = data;
  WbMoneyQuery query = { .first = MONTH_FIRST,
                         .after = MONTH_FIRST + MONTH,
                         .state = WB_MONEY_ALL };

  bench->ours = 0;
  sum_list (bench, &query, MONTH / 60);
}

static void
page_ours (gpointer data)
{
  Bench *bench = data;

  bench->ours = 0;
  for (guint i = 0; i < PAGES; i++)
    {
      WbMoneyQuery query = { .after = MONTH_FIRST + MONTH + i * 1000,
                             .state = WB_MONEY_ALL,
                             .limit = PAGE };

      sum_list (bench, &query, PAGE);
    }
}

/* The Money page: the same, of everything that ever was; each row is read as it comes into view. */
static void
open_money (gpointer data)
{
  Bench             *bench = data;
  WbMoneyQuery       query = { .state = WB_MONEY_ALL };
  g_autoptr (GArray) ids = wb_book_list_money_ids (bench->book, &query, NULL);

  g_assert (ids->len == ORDERS);
  for (guint i = 0; i < SEEN; i++)
    {
      query.order_id = g_array_index (ids, gint64, i);
      sum_list (bench, &query, 1);
    }
}

static void
compare_page (Bench *bench)
{
  BenchCase page = { .name = "reconcile: page of 200, newest first",
                     .ours = page_ours,
                     .bare = page_bare,
                     .data = bench,
                     .units = PAGES,
                     .unit = "page",
                     .target = 3 };
  BenchCase opens = { .name = "the Money page's rows, against the Orders page's",
                      .ours = open_money,
                      .bare = open_orders,
                      .data = bench,
                      .units = 1,
                      .unit = "list",
                      .target = 1.5 };

  bench_compare (&page);
  g_assert (bench->ours == bench->theirs);
  bench_compare (&opens);
}

static void
compare_month (Bench *bench)
{
  BenchCase month = { .name = "reconcile: all rows of a month",
                      .ours = month_ours,
                      .bare = month_bare,
                      .data = bench,
                      .units = MONTH / 60,
                      .unit = "order",
                      .target = 3 };

  bench_compare (&month);
  g_assert (bench->ours == bench->theirs);
}

static void
compare (Bench *bench, const char *name, BenchRun ours)
{
  BenchCase one = { .name = name,
                    .ours = ours,
                    .bare = run_bare,
                    .data = bench,
                    .units = ORDERS,
                    .unit = "order",
                    .target = 3 };

  bench_compare (&one);
}

static void
make_book (Bench *bench, const char *path)
{
  g_autoptr (GError) error = NULL;

  bench->book = wb_book_open (path, FALSE, &error);
  if (bench->book == NULL || sqlite3_open (path, &bench->handle) != SQLITE_OK)
    g_error ("the book cannot be opened");
  for (guint i = 0; i < G_N_ELEMENTS (fill); i++)
    if (sqlite3_exec (bench->handle, fill[i], NULL, NULL, NULL) != SQLITE_OK)
      g_error ("%s: %s", fill[i], sqlite3_errmsg (bench->handle));
}

/* With a path: nothing but the book, for others to measure with. */
int
main (int argc, char **argv)
{
  g_autofree char *folder = bench_folder ();
  g_autofree char *path = g_build_filename (folder, "book.waybill", NULL);
  Bench            bench = { 0 };

  make_book (&bench, argc == 2 ? argv[1] : path);
  if (argc == 2)
    {
      sqlite3_close (bench.handle);
      g_object_unref (bench.book);
      bench_remove (folder);
      return 0;
    }
  if (sqlite3_prepare_v2 (bench.handle, BARE, -1, &bench.bare, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (bench.handle, BARE_MONTH, -1, &bench.bare_month, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (bench.handle, BARE_PAGE, -1, &bench.bare_page, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bench.handle));
  compare (&bench, "reconcile: figures and states", sum_ours);
  g_assert (bench.ours == bench.theirs);
  compare (&bench, "reconcile: what is wrong", list_wrong);
  compare (&bench, "reconcile: all rows", list_ours);
  g_assert (bench.ours == bench.theirs);
  compare_month (&bench);
  compare_page (&bench);
  sqlite3_finalize (bench.bare);
  sqlite3_finalize (bench.bare_month);
  sqlite3_finalize (bench.bare_page);
  sqlite3_close (bench.handle);
  g_object_unref (bench.book);
  bench_remove (folder);
  return 0;
}
