/* SPDX-License-Identifier: GPL-3.0-or-later
 * Allocating 10,000 orders over 2,000 SKUs against the bare SQL that writes the same rows:
 * movement, level, holding, line and order, prepared once, in one transaction, with the same schema
 * and the same durability. */
#include "bench-floor-book.h"
#include "bench.h"
#include "wb-stock.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define ORDERS 10000

/* One row of what an allocation writes. */
typedef struct
{
  gint64 product, line, order, level, pieces;
} Given;

typedef struct
{
  char   *folder, *full;
  guint   round;
  GArray *given;
} Stock;

static void
must (sqlite3 *handle, const char *sql)
{
  char *why = NULL;

  if (sqlite3_exec (handle, sql, NULL, NULL, &why) != SQLITE_OK)
    g_error ("%s: %s", sql, why);
}

static char *
copy_of (Stock *stock)
{
  g_autofree char   *name = g_strdup_printf ("book-%u", stock->round++);
  char              *path = g_build_filename (stock->folder, name, NULL);
  g_autoptr (GFile)  from = g_file_new_for_path (stock->full), to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  if (!g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  return path;
}

static void
ours (gpointer data)
{
  Stock             *stock = data;
  g_autofree char   *path = copy_of (stock);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = wb_book_open (path, FALSE, &error);
  WbStockResult      result = { 0 };

  bench_start ();
  if (book == NULL || !wb_stock_allocate (book, NULL, 0, "bench", &result, &error))
    g_error ("%s", error->message);
  bench_stop ();
  g_clear_object (&book);
  g_unlink (path);
}

static sqlite3_stmt *
prepare (sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  return statement;
}

static void
run (sqlite3_stmt *statement, const gint64 *values, int n)
{
  for (int i = 0; i < n; i++)
    sqlite3_bind_int64 (statement, i + 1, values[i]);
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  sqlite3_reset (statement);
}

static void
write_bare (sqlite3 *handle, GArray *given)
{
  sqlite3_stmt *statements[] = {
    prepare (handle, "UPDATE stock_level SET allocated = allocated + ? WHERE id = ?"),
    prepare (handle, "INSERT INTO movement (at, product_id, location_id, bin, kind, quantity, "
                     "allocated, order_line_id, actor) VALUES (?, ?, 1, 'A', 'allocation', ?3, ?3, "
                     "?4, 'bench')"),
    prepare (handle, "INSERT INTO allocation (order_id, order_line_id, product_id, level_id, "
                     "quantity) VALUES (?, ?, ?, ?, ?)"),
    prepare (handle, "UPDATE order_line SET allocated = allocated + ? WHERE id = ?"),
    prepare (handle, "UPDATE orders SET stock_short = stock_short - ? WHERE id = ?"),
  };

  must (handle, "BEGIN IMMEDIATE");
  for (guint i = 0; i < given->len; i++)
    {
      const Given *row = &g_array_index (given, Given, i);

      run (statements[0], (gint64[]){ row->pieces, row->level }, 2);
      run (statements[1], (gint64[]){ 1700000000, row->product, row->pieces, row->line }, 4);
      run (statements[2],
           (gint64[]){ row->order, row->line, row->product, row->level, row->pieces }, 5);
      run (statements[3], (gint64[]){ row->pieces, row->line }, 2);
      run (statements[4], (gint64[]){ row->pieces, row->order }, 2);
    }
  must (handle, "COMMIT");
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    sqlite3_finalize (statements[i]);
}

static void
bare (gpointer data)
{
  Stock           *stock = data;
  g_autofree char *path = copy_of (stock);
  sqlite3         *handle = NULL;

  if (sqlite3_open (path, &handle) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  must (handle, "PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; "
                "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000");
  bench_start ();
  write_bare (handle, stock->given);
  bench_stop ();
  sqlite3_close (handle);
  g_unlink (path);
}

/* What ours writes, read back, so that the bare loop writes as much. */
static void
note_given (Stock *stock)
{
  g_autofree char   *path = copy_of (stock);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = wb_book_open (path, FALSE, &error);
  WbStockResult      result = { 0 };
  sqlite3           *handle = NULL;
  sqlite3_stmt      *rows;

  if (book == NULL || !wb_stock_allocate (book, NULL, 0, "bench", &result, &error))
    g_error ("%s", error->message);
  g_clear_object (&book);
  if (sqlite3_open (path, &handle) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  rows = prepare (handle, "SELECT product_id, order_line_id, order_id, level_id, quantity FROM "
                          "allocation ORDER BY id");
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      Given row = { sqlite3_column_int64 (rows, 0), sqlite3_column_int64 (rows, 1),
                    sqlite3_column_int64 (rows, 2), sqlite3_column_int64 (rows, 3),
                    sqlite3_column_int64 (rows, 4) };

      g_array_append_val (stock->given, row);
    }
  sqlite3_finalize (rows);
  sqlite3_close (handle);
  g_print ("%" G_GINT64_FORMAT " orders were given something, %" G_GINT64_FORMAT
           " all they want: %" G_GINT64_FORMAT " pieces, %u rows\n",
           result.orders, result.complete, result.pieces, stock->given->len);
  g_unlink (path);
}

int
main (void)
{
  Stock     stock = { .given = g_array_new (FALSE, FALSE, sizeof (Given)) };
  BenchCase bench = { .name = "allocate 10,000 orders over 2,000 SKUs",
                      .ours = ours,
                      .bare = bare,
                      .units = ORDERS,
                      .unit = "order",
                      .target = 2,
                      .runs = 5 };

  stock.folder = bench_folder ();
  stock.full = g_build_filename (stock.folder, "full", NULL);
  bench_floor_make (stock.full, ORDERS, FALSE);
  note_given (&stock);
  bench.data = &stock;
  bench_compare (&bench);
  bench_remove (stock.folder);
  g_array_unref (stock.given);
  g_free (stock.folder);
  g_free (stock.full);
  return 0;
}
