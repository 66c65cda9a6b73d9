/* SPDX-License-Identifier: GPL-3.0-or-later
 * Import into the book against a bare SQLite loop that inserts the same rows with the same schema
 * (indexes, full-text search, guards), the same durability (WAL, synchronous FULL) and the same
 * batches of 100. */
#include "bench-import.h"
#include "bench-orders.h"
#include "bench.h"
#include "wb-desk.h"

#include <sqlite3.h>
#include <string.h>

#define ORDERS 3000
#define BATCH  100

/* One value of a row, ready to be bound. */
typedef struct
{
  enum
  {
    CELL_NUMBER,
    CELL_TEXT,
    CELL_BYTES,
    CELL_NULL,
  } kind;
  gint64      number;
  const char *text;
  gsize       size;
} Cell;

typedef struct
{
  guint statement; /* which table */
  guint n;
  Cell *cells;
} Row;

/** import_new_book: Returns: (transfer full): the path of a new book. */
char *
import_new_book (Import *import, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s-%u", what, import->round++);
  char            *path = g_build_filename (import->folder, name, NULL);

  return path;
}

/* The rows as the engine writes them, but by the store's own calls alone. */
static gboolean
insert_one (WbBook *book, WbOrder *order, GBytes *raw, GError **error)
{
  g_autofree char *hash = wb_book_put_document (book, raw, "application/json", error);

  if (hash == NULL)
    return FALSE;
  wb_record_set_text (order, WB_ORDER_RAW_HASH, hash);
  wb_record_set_int (order, WB_ORDER_CUSTOMER_ID, wb_book_save_customer (book, order, error));
  return wb_record_get_int (order, WB_ORDER_CUSTOMER_ID) != 0 &&
         wb_book_insert_order (book, order, error) &&
         wb_book_add_event (book, "order", wb_record_get_int (order, WB_ORDER_ID), "imported",
                            "sync", NULL, error);
}

static void
write_orders (Import *import, WbDesk *desk, gboolean by_engine)
{
  WbBook               *book = wb_desk_get_book (desk);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  WbSyncResult          result = { 0 };
  gboolean              ok = TRUE;

  bench_set_up (book);
  for (guint i = 0; i < ORDERS; i++)
    g_ptr_array_add (orders, wb_record_copy (import->orders->pdata[i]));
  bench_start ();
  for (guint i = 0; ok && i < ORDERS; i++)
    {
      if (i % BATCH == 0)
        ok = wb_book_begin (book, &error);
      ok = ok && (by_engine ? wb_desk_import_order (desk, orders->pdata[i], import->raws->pdata[i],
                                                    &result, &error)
                            : insert_one (book, orders->pdata[i], import->raws->pdata[i], &error));
      if (i % BATCH == BATCH - 1)
        ok = ok && wb_book_commit (book, &error);
    }
  bench_stop ();
  if (!ok)
    g_error ("%s", error->message);
  wb_sync_result_clear (&result);
}

static void
write_book (Import *import, const char *what, gboolean by_engine)
{
  static const char *const none[] = { NULL };
  g_autofree char         *path = import_new_book (import, what);
  g_autoptr (WbSecrets)    secrets = wb_secrets_new_fixed (none);
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbDesk)       desk = wb_desk_open (path, secrets, "bench", &error);

  if (desk == NULL)
    g_error ("%s", error->message);
  write_orders (import, desk, by_engine);
}

static void
engine (gpointer data)
{
  write_book (data, "engine", TRUE);
}

static void
book (gpointer data)
{
  write_book (data, "book", FALSE);
}

static void
must (sqlite3 *handle, int result)
{
  if (result != SQLITE_OK && result != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (handle));
}

static void
bind_cell (sqlite3_stmt *statement, int parameter, const Cell *cell)
{
  if (cell->kind == CELL_NUMBER)
    sqlite3_bind_int64 (statement, parameter, cell->number);
  else if (cell->kind == CELL_TEXT)
    sqlite3_bind_text (statement, parameter, cell->text, (int) cell->size, SQLITE_STATIC);
  else if (cell->kind == CELL_BYTES)
    sqlite3_bind_blob (statement, parameter, cell->text, (int) cell->size, SQLITE_STATIC);
  else
    sqlite3_bind_null (statement, parameter);
}

static void
insert_row (sqlite3 *handle, sqlite3_stmt **statements, const Row *row)
{
  sqlite3_stmt *statement = statements[row->statement];

  for (guint i = 0; i < row->n; i++)
    bind_cell (statement, (int) i + 1, &row->cells[i]);
  must (handle, sqlite3_step (statement));
  sqlite3_reset (statement);
}

/** import_write_bare: writes the rows into a new book; the writing alone is counted. */
void
import_write_bare (Import *import)
{
  g_autofree char *path = import_new_book (import, "bare");
  WbBook          *empty = wb_book_open (path, FALSE, NULL);
  sqlite3         *handle = NULL;
  sqlite3_stmt    *statements[16] = { NULL };

  bench_set_up (empty);
  g_object_unref (empty);
  must (NULL, sqlite3_open (path, &handle));
  must (handle,
        sqlite3_exec (
            handle,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
            "PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 2000",
            NULL, NULL, NULL));
  for (guint i = 0; i < import->sql->len; i++)
    must (handle, sqlite3_prepare_v2 (handle, import->sql->pdata[i], -1, &statements[i], NULL));
  bench_start ();
  for (guint i = 0; i < import->n_orders; i++)
    {
      guint first = g_array_index (import->starts, guint, i);
      guint next = i + 1 < import->n_orders ? g_array_index (import->starts, guint, i + 1)
                                            : import->rows->len;

      if (i % BATCH == 0)
        must (handle, sqlite3_exec (handle, "BEGIN IMMEDIATE", NULL, NULL, NULL));
      for (guint k = first; k < next; k++)
        insert_row (handle, statements, &g_array_index (import->rows, Row, k));
      if (i % BATCH == BATCH - 1)
        must (handle, sqlite3_exec (handle, "COMMIT", NULL, NULL, NULL));
    }
  bench_stop ();
  for (guint i = 0; i < import->sql->len; i++)
    sqlite3_finalize (statements[i]);
  sqlite3_close (handle);
}

static void
bare (gpointer data)
{
  import_write_bare (data);
}

/* The rows that ours left in a book, read back table by table: what bare has to write. */
static const struct
{
  const char *table;
  const char *columns;
  const char *of_order; /* the column that holds, or leads to, the order's number */
} tables[] = {
  { "document", "hash, media_type, created_at, bytes",
    "(SELECT o.id FROM orders o WHERE o.raw_hash = t.hash)" },
  { "customer", "*", "t.id" },
  { "orders", "*", "t.id" },
  { "order_address", "*", "t.order_id" },
  { "order_line", "*", "t.order_id" },
  { "search", "rowid, number, name, email, sku, tracking, payment", "t.rowid" },
  { "event", "*", "t.subject_id" },
};

static Cell
read_cell (sqlite3_stmt *statement, int column)
{
  Cell cell = { .kind = CELL_NULL };

  switch (sqlite3_column_type (statement, column))
    {
    case SQLITE_INTEGER:
      cell.kind = CELL_NUMBER;
      cell.number = sqlite3_column_int64 (statement, column);
      break;
    case SQLITE_TEXT:
      cell.kind = CELL_TEXT;
      cell.text = g_strdup ((const char *) sqlite3_column_text (statement, column));
      cell.size = strlen (cell.text);
      break;
    case SQLITE_BLOB:
      cell.kind = CELL_BYTES;
      cell.size = (gsize) sqlite3_column_bytes (statement, column);
      cell.text = g_memdup2 (sqlite3_column_blob (statement, column), cell.size);
      break;
    default:
      break;
    }
  return cell;
}

static void
read_rows (sqlite3 *handle, guint table, GPtrArray *by_order, Import *import)
{
  g_autofree char    *sql = g_strdup_printf ("SELECT %s, %s FROM %s t", tables[table].of_order,
                                             tables[table].columns, tables[table].table);
  g_autoptr (GString) insert = g_string_new ("INSERT INTO ");
  sqlite3_stmt       *statement = NULL;
  guint               n;

  must (handle, sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL));
  n = (guint) sqlite3_column_count (statement) - 1;
  g_string_append_printf (insert, "%s (", tables[table].table);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (insert, "%s%s", i > 0 ? ", " : "",
                            sqlite3_column_name (statement, (int) i + 1));
  g_string_append (insert, ") VALUES (?");
  for (guint i = 1; i < n; i++)
    g_string_append (insert, ", ?");
  g_string_append_c (insert, ')');
  g_ptr_array_add (import->sql, g_strdup (insert->str));
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Row row = { .statement = table, .n = n, .cells = g_new (Cell, n) };

      for (guint i = 0; i < n; i++)
        row.cells[i] = read_cell (statement, (int) i + 1);
      g_array_append_val ((GArray *) by_order->pdata[sqlite3_column_int64 (statement, 0) - 1], row);
    }
  sqlite3_finalize (statement);
}

/** import_read_back: takes the rows of the book called @name, which ours has written. */
void
import_read_back (Import *import, const char *name)
{
  g_autofree char      *path = g_build_filename (import->folder, name, NULL);
  g_autoptr (GPtrArray) by_order = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  sqlite3              *handle = NULL;

  for (guint i = 0; i < import->n_orders; i++)
    g_ptr_array_add (by_order, g_array_new (FALSE, FALSE, sizeof (Row)));
  must (NULL, sqlite3_open (path, &handle));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    read_rows (handle, i, by_order, import);
  sqlite3_close (handle);
  for (guint i = 0; i < import->n_orders; i++)
    {
      GArray *rows = by_order->pdata[i];

      g_array_append_val (import->starts, import->rows->len);
      g_array_append_vals (import->rows, rows->data, rows->len);
    }
  g_print ("# %u orders, %u rows\n", import->n_orders, import->rows->len);
}

/* Both ways must have left the same book behind, or the comparison is void. */
static char *
sum_of (Import *import, const char *name)
{
  g_autofree char *path = g_build_filename (import->folder, name, NULL);
  GString         *sums = g_string_new (NULL);
  sqlite3         *handle = NULL;

  must (NULL, sqlite3_open (path, &handle));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*), sum (%s) FROM %s t",
                                              tables[i].of_order, tables[i].table);
      sqlite3_stmt    *statement = NULL;

      must (handle, sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL));
      sqlite3_step (statement);
      g_string_append_printf (sums, "%s %s/%s ", tables[i].table,
                              sqlite3_column_text (statement, 0),
                              sqlite3_column_text (statement, 1));
      sqlite3_finalize (statement);
    }
  sqlite3_close (handle);
  return g_string_free (sums, FALSE);
}

/** import_init: @import is for @n_orders orders, its books are made in @folder. */
void
import_init (Import *import, const char *folder, guint n_orders)
{
  *import = (Import){ .folder = g_strdup (folder), .n_orders = n_orders };
  import->sql = g_ptr_array_new_with_free_func (g_free);
  import->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  import->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  import->orders = g_ptr_array_new_with_free_func (g_object_unref);
  import->raws = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

int
main (void)
{
  g_autofree char *folder = bench_folder ();
  Import           import;
  g_autofree char *sum_engine = NULL, *sum_bare = NULL;

  import_init (&import, folder, ORDERS);
  for (guint i = 0; i < ORDERS; i++)
    {
      g_ptr_array_add (import.orders, bench_order (i));
      g_ptr_array_add (import.raws, bench_order_raw (i));
    }
  engine (&import);
  import_read_back (&import, "engine-0");
  bare (&import);
  sum_engine = sum_of (&import, "engine-0");
  sum_bare = sum_of (&import, "bare-1");
  if (!g_str_equal (sum_engine, sum_bare))
    g_error ("not the same rows: %s against %s", sum_engine, sum_bare);
  bench_compare (&(BenchCase){ .name = "import by the engine, batches of 100",
                               .ours = engine,
                               .bare = bare,
                               .data = &import,
                               .units = ORDERS,
                               .unit = "orders",
                               .target = 0.5,
                               .rate = TRUE });
  bench_compare (&(BenchCase){ .name = "import by the store alone, batches of 100",
                               .ours = book,
                               .bare = bare,
                               .data = &import,
                               .units = ORDERS,
                               .unit = "orders",
                               .target = 0.5,
                               .rate = TRUE });
  bench_import_whole_way (folder);
  bench_remove (folder);
  return 0;
}
