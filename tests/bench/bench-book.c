/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a book of 100,000 orders against the bare SQL: search as you type, a page of the list,
 * one order with its lines. */
#include "bench-orders.h"
#include "bench.h"

#include <sqlite3.h>
#include <string.h>

#define ORDERS 100000
#define ROUNDS 20

typedef struct
{
  WbBook       *book;
  sqlite3      *handle;
  sqlite3_stmt *search;
  sqlite3_stmt *search_all;
  sqlite3_stmt *page;
  sqlite3_stmt *count;
  sqlite3_stmt *order[4];
  guint64       ours;
  guint64       bare;
} Bench;

/* What somebody types, letter by letter. */
static const char *const typed[][2] = {
  { "jö", "\"jö\"*" },
  { "jör", "\"jör\"*" },
  { "jörg", "\"jörg\"*" },
  { "jorg mu", "\"jorg\"* \"mu\"*" },
  { "jorg mul", "\"jorg\"* \"mul\"*" },
  { "12", "\"12\"*" },
  { "1234", "\"1234\"*" },
  { "123456", "\"123456\"*" },
  { "tea-04", "\"tea-04\"*" },
  { "tea-0427", "\"tea-0427\"*" },
  { "pi_0a1b", "\"pi_0a1b\"*" },
  { "example", "\"example\"*" },
  { "nobodyhasthisname", "\"nobodyhasthisname\"*" },
};

#define N_TYPED G_N_ELEMENTS (typed)

static void
search_ours (gpointer data)
{
  Bench *bench = data;

  bench->ours = 0;
  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < N_TYPED; i++)
      {
        g_autoptr (GArray) ids = wb_book_search (bench->book, typed[i][0], 50, NULL);

        for (guint k = 0; k < ids->len; k++)
          bench->ours += (guint64) g_array_index (ids, gint64, k);
      }
}

static void
search_bare (gpointer data)
{
  Bench *bench = data;

  bench->bare = 0;
  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < N_TYPED; i++)
      {
        sqlite3_bind_text (bench->search, 1, typed[i][1], -1, SQLITE_STATIC);
        while (sqlite3_step (bench->search) == SQLITE_ROW)
          bench->bare += (guint64) sqlite3_column_int64 (bench->search, 0);
        sqlite3_reset (bench->search);
      }
}

/* What the window's list asks: the numbers of all orders found, of which it fetches heads as it
 * scrolls. */
static void
list_found_ours (gpointer data)
{
  Bench *bench = data;

  bench->ours = 0;
  for (guint i = 0; i < N_TYPED; i++)
    {
      WbOrderQuery       query = { .text = typed[i][0], .sort = "placed_at" };
      g_autoptr (GArray) ids = wb_book_list_order_ids (bench->book, &query, NULL);

      for (guint k = 0; k < ids->len; k++)
        bench->ours += (guint64) g_array_index (ids, gint64, k);
    }
}

static void
list_found_bare (gpointer data)
{
  Bench *bench = data;

  bench->bare = 0;
  for (guint i = 0; i < N_TYPED; i++)
    {
      sqlite3_bind_text (bench->search_all, 1, typed[i][1], -1, SQLITE_STATIC);
      while (sqlite3_step (bench->search_all) == SQLITE_ROW)
        bench->bare += (guint64) sqlite3_column_int64 (bench->search_all, 0);
      sqlite3_reset (bench->search_all);
    }
}

#define PAGE   200
#define PAGES  20
#define LOOKUP 2000

static void
page_ours (gpointer data)
{
  Bench    *bench = data;
  WbInstant before = G_MAXINT64;
  gint64    before_id = G_MAXINT64;

  bench->ours = 0;
  for (guint i = 0; i < PAGES; i++)
    {
      g_autoptr (GPtrArray) orders =
          wb_book_list_order_page (bench->book, WB_STAGE_READY, before, before_id, PAGE, NULL);

      for (guint k = 0; k < orders->len; k++)
        {
          before = wb_record_get_int (orders->pdata[k], WB_ORDER_PLACED_AT);
          before_id = wb_record_get_int (orders->pdata[k], WB_ORDER_ID);
          bench->ours += (guint64) before_id;
        }
    }
}

/* The texts and numbers of a row, touched as a program that shows them must. */
static guint64
touch_row (sqlite3_stmt *statement)
{
  guint64 sum = 0;

  for (int i = 0; i < sqlite3_column_count (statement); i++)
    if (sqlite3_column_type (statement, i) == SQLITE_TEXT)
      {
        g_autofree char *copy = g_strdup ((const char *) sqlite3_column_text (statement, i));

        sum += (guint64) copy[0];
      }
    else
      sum += (guint64) sqlite3_column_int64 (statement, i);
  return sum;
}

static volatile guint64 kept; /* so that nothing is optimised away */

static void
page_bare (gpointer data)
{
  Bench *bench = data;
  gint64 before = G_MAXINT64, before_id = G_MAXINT64;

  bench->bare = 0;
  for (guint i = 0; i < PAGES; i++)
    {
      sqlite3_bind_text (bench->page, 1, WB_STAGE_READY, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (bench->page, 2, before);
      sqlite3_bind_int64 (bench->page, 3, before_id);
      while (sqlite3_step (bench->page) == SQLITE_ROW)
        {
          kept += touch_row (bench->page);
          before_id = sqlite3_column_int64 (bench->page, WB_ORDER_ID);
          before = sqlite3_column_int64 (bench->page, WB_ORDER_PLACED_AT);
          bench->bare += (guint64) before_id;
        }
      sqlite3_reset (bench->page);
    }
}

static void
count_ours (gpointer data)
{
  Bench                 *bench = data;
  g_autoptr (GHashTable) counts = wb_book_count_stages (bench->book, NULL);
  GHashTableIter         iter;
  gpointer               count;

  bench->ours = 0;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    bench->ours += GPOINTER_TO_UINT (count);
}

static void
count_bare (gpointer data)
{
  Bench *bench = data;

  bench->bare = 0;
  while (sqlite3_step (bench->count) == SQLITE_ROW)
    bench->bare += (guint64) sqlite3_column_int64 (bench->count, 1);
  sqlite3_reset (bench->count);
}

static void
order_ours (gpointer data)
{
  Bench *bench = data;

  bench->ours = 0;
  for (guint i = 0; i < LOOKUP; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (bench->book, 1 + i * 7919 % ORDERS, NULL);
      GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);

      for (guint k = 0; k < lines->len; k++)
        bench->ours += (guint64) wb_record_get_int (lines->pdata[k], WB_ORDER_LINE_ID);
    }
}

static void
order_bare (gpointer data)
{
  Bench *bench = data;

  bench->bare = 0;
  for (guint i = 0; i < LOOKUP; i++)
    for (guint k = 0; k < G_N_ELEMENTS (bench->order); k++)
      {
        sqlite3_stmt *statement = bench->order[k];

        sqlite3_bind_int64 (statement, 1, 1 + i * 7919 % ORDERS);
        while (sqlite3_step (statement) == SQLITE_ROW)
          {
            kept += touch_row (statement);
            if (k == 2)
              bench->bare += (guint64) sqlite3_column_int64 (statement, 0);
          }
        sqlite3_reset (statement);
      }
}

static void
compare (Bench *bench, BenchCase *each)
{
  each->data = bench;
  bench_compare (each);
  if (bench->ours != bench->bare || bench->ours == 0)
    g_error ("%s: ours and bare did not find the same", each->name);
}

static sqlite3_stmt *
prepare (Bench *bench, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (bench->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bench->handle));
  return statement;
}

static void
open_bare (Bench *bench, const char *path)
{
  if (sqlite3_open_v2 (path, &bench->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, NULL) !=
      SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bench->handle));
  sqlite3_exec (bench->handle, "PRAGMA cache_size = -16000", NULL, NULL, NULL);
  bench->search =
      prepare (bench, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 50");
  bench->search_all =
      prepare (bench, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC");
  bench->page = prepare (bench, "SELECT * FROM orders WHERE stage = ? AND (placed_at, id) < (?, ?) "
                                "ORDER BY placed_at DESC, id DESC LIMIT " G_STRINGIFY (PAGE));
  bench->count = prepare (bench, "SELECT stage, COUNT(*) FROM orders GROUP BY stage");
  bench->order[0] = prepare (bench, "SELECT * FROM orders WHERE id = ?");
  bench->order[1] = prepare (bench, "SELECT * FROM order_address WHERE order_id = ?");
  bench->order[2] =
      prepare (bench, "SELECT * FROM order_line WHERE order_id = ? ORDER BY position");
  bench->order[3] = prepare (bench, "SELECT * FROM order_refund WHERE order_id = ? ORDER BY id");
}

static void
close_bare (Bench *bench)
{
  sqlite3_finalize (bench->search);
  sqlite3_finalize (bench->search_all);
  sqlite3_finalize (bench->page);
  sqlite3_finalize (bench->count);
  for (guint i = 0; i < G_N_ELEMENTS (bench->order); i++)
    sqlite3_finalize (bench->order[i]);
  sqlite3_close (bench->handle);
}

int
main (void)
{
  g_autofree char   *folder = bench_folder (), *path = g_build_filename (folder, "book", NULL);
  g_autoptr (GError) error = NULL;
  Bench              bench = { .book = wb_book_open (path, FALSE, &error) };

  if (bench.book == NULL)
    g_error ("%s", error->message);
  bench_fill (bench.book, ORDERS);
  open_bare (&bench, path);
  compare (&bench, &(BenchCase){ .name = "search as you type, newest 50 of 100,000",
                                 .ours = search_ours,
                                 .bare = search_bare,
                                 .units = ROUNDS * N_TYPED,
                                 .unit = "key",
                                 .target = 2 });
  compare (&bench, &(BenchCase){ .name = "search in the list, all that are found",
                                 .ours = list_found_ours,
                                 .bare = list_found_bare,
                                 .units = N_TYPED,
                                 .unit = "key",
                                 .target = 2 });
  compare (&bench, &(BenchCase){ .name = "list page of 200 orders of a stage, by keyset",
                                 .ours = page_ours,
                                 .bare = page_bare,
                                 .units = PAGES,
                                 .unit = "page",
                                 .target = 2 });
  compare (&bench, &(BenchCase){ .name = "how many orders stand at each stage",
                                 .ours = count_ours,
                                 .bare = count_bare,
                                 .units = 1,
                                 .unit = "count",
                                 .target = 2 });
  compare (&bench, &(BenchCase){ .name = "one order with addresses, lines and refunds",
                                 .ours = order_ours,
                                 .bare = order_bare,
                                 .units = LOOKUP,
                                 .unit = "order",
                                 .target = 3 });
  close_bare (&bench);
  g_object_unref (bench.book);
  bench_remove (folder);
  return 0;
}
