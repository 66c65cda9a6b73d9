/* SPDX-License-Identifier: GPL-3.0-or-later
 * A book of a busy floor for benchmarks: orders of three lines that are ready, over 2,000 SKUs that
 * lie in two bins each. */
#include "bench-floor-book.h"

#include "wb-stock.h"

#include <sqlite3.h>

/* ?1: how many orders; ?2: pieces in a bin: enough for most, so that the last orders wait in part.
 */
static const char *const fill[] = {
  "INSERT INTO connection (id, kind, provider, name, base_url) VALUES (1, 'shop', 'woocommerce', "
  "'Shop', 'http://127.0.0.1')",
  "CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)",
  "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ?1) INSERT INTO n "
  "SELECT i FROM c",
  "INSERT INTO product (id, sku, name, tracked) SELECT i, 'SKU-' || i, 'Thing ' || i, 1 FROM n "
  "WHERE i <= 2000",
  "INSERT INTO location (id, name, chosen) VALUES (1, 'Store', 1)",
  "INSERT INTO orders (id, channel_id, remote_id, number, remote_status, shop_state, stage, "
  "placed_at, currency, total, charge_state, stock_short) SELECT i, 1, i, i, 'processing', 'open', "
  "'ready', 1700000000 + i * 60, 'EUR', 1000, 'paid', 6 FROM n",
  "INSERT INTO order_line (order_id, position, kind, remote_id, sku, name, needs_shipping, "
  "quantity, product_id) SELECT o.i, l.i, 'item', l.i, 'SKU-' || (1 + (o.i * 7 + l.i * 613) % "
  "2000), 'Thing', 1, l.i, 1 + (o.i * 7 + l.i * 613) % 2000 FROM n AS o CROSS JOIN n AS l WHERE "
  "l.i <= 3",
  "INSERT INTO stock_level (product_id, location_id, bin, on_hand) SELECT i, 1, 'A', ?2 FROM n "
  "WHERE i <= 2000",
  "INSERT INTO stock_level (product_id, location_id, bin, on_hand) SELECT i, 1, 'B', ?2 FROM n "
  "WHERE i <= 2000",
  "INSERT INTO movement (at, product_id, location_id, bin, kind, quantity, on_hand, actor) SELECT "
  "1, product_id, 1, bin, 'receipt', on_hand, on_hand, 'bench' FROM stock_level",
  "ANALYZE",
};

static void
run (sqlite3 *handle, const char *sql, guint orders, guint pieces)
{
  sqlite3_stmt *statement = NULL;
  int           status;

  if (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  if (sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, orders);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_int64 (statement, 2, pieces);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    ;
  if (status != SQLITE_DONE)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  sqlite3_finalize (statement);
}

/**
 * bench_floor_make:
 * @allocated: what there is is given to the orders; there is enough for all of them
 *
 * Writes the book @path with @orders, at least as many as there are SKUs.
 */
void
bench_floor_make (const char *path, guint orders, gboolean allocated)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = wb_book_open (path, FALSE, &error);
  sqlite3           *handle = NULL;
  guint              pieces = allocated ? orders : orders * 14 / 10000;

  if (book == NULL)
    g_error ("%s", error->message);
  g_clear_object (&book);
  if (sqlite3_open (path, &handle) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  for (guint i = 0; i < G_N_ELEMENTS (fill); i++)
    run (handle, fill[i], orders, pieces);
  run (handle, "PRAGMA wal_checkpoint (TRUNCATE)", 0, 0);
  sqlite3_close (handle);
  if (!allocated)
    return;
  book = wb_book_open (path, FALSE, &error);
  if (book == NULL || !wb_stock_allocate (book, NULL, 0, "bench", NULL, &error))
    g_error ("%s", error->message);
}
