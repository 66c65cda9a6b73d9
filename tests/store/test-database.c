/* SPDX-License-Identifier: GPL-3.0-or-later
 * The door: transactions that nest and never keep a half, rows kept open across them, several
 * connections. */
#include "samples.h"
#include "wb-database.h"
#include "wb-test.h"

typedef struct
{
  char       *folder;
  char       *path;
  WbDatabase *one;
} Door;

static Door
door_open (void)
{
  Door               door = { .folder = wb_test_temp_folder () };
  g_autoptr (GError) error = NULL;

  door.path = g_build_filename (door.folder, "door", NULL);
  door.one = wb_database_open (door.path, WB_DATABASE_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (wb_database_take_up (door.one, NULL));
  g_assert_true (wb_database_run_script (
      door.one, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE)", NULL));
  return door;
}

static void
door_clear (Door *door)
{
  wb_database_close (door->one);
  wb_test_remove_folder (door->folder);
  g_free (door->folder);
  g_free (door->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Door, door_clear)

static gboolean
put (WbDatabase *database, const char *text)
{
  return wb_database_run (database, NULL, "INSERT INTO t (b) VALUES (?)", "s", text);
}

static gint64
count (WbDatabase *database)
{
  gint64 n = -1;

  g_assert_true (wb_database_get_int (database, &n, NULL, "SELECT COUNT(*) FROM t", NULL));
  return n;
}

/* An inner level fails and the outer one goes on as if nothing were: nothing of it is kept, before
 * or after. */
static void
test_nested_failure (void)
{
  g_auto (Door)      door = door_open ();
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (put (door.one, "before"));
  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (put (door.one, "inside"));
  g_assert_false (put (door.one, "inside"));
  wb_database_rollback (door.one);
  g_assert_true (wb_database_in_transaction (door.one));
  put (door.one, "after");
  g_assert_false (wb_database_commit (door.one, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (wb_database_in_transaction (door.one));
  g_assert_cmpint (count (door.one), ==, 0);
  g_assert_true (wb_database_begin (door.one, NULL)); /* the next one is not touched by it */
  g_assert_true (put (door.one, "next"));
  g_assert_true (wb_database_commit (door.one, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (door.one), ==, 1);
}

/* A middle level that commits after a doomed one tells so at once. */
static void
test_nested_middle (void)
{
  g_auto (Door)      door = door_open ();
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (put (door.one, "deep"));
  wb_database_rollback (door.one);
  g_assert_false (wb_database_commit (door.one, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  wb_database_rollback (door.one);
  g_assert_cmpint (count (door.one), ==, 0);
  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (put (door.one, "fine"));
  g_assert_true (wb_database_commit (door.one, NULL));
  g_assert_true (wb_database_commit (door.one, NULL));
  g_assert_cmpint (count (door.one), ==, 1);
}

/* SQLite ended the transaction by itself: what comes after must not be kept as if it stood alone.
 */
static void
test_ended_behind (void)
{
  g_auto (Door)      door = door_open ();
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (put (door.one, "before"));
  g_assert_true (wb_database_run_script (door.one, "ROLLBACK", NULL));
  g_assert_false (wb_database_run (door.one, &error, "INSERT INTO t (b) VALUES ('after')", NULL));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (wb_database_commit (door.one, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (count (door.one), ==, 0);
}

/* Rows that are still being read stand in nobody's way, and stay readable. */
static void
test_rows_across (void)
{
  g_auto (Door)      door = door_open ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRows) rows = NULL, again = NULL;
  guint              n = 1;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_true (put (door.one, text));
    }
  rows = wb_database_query (door.one, &error, "SELECT a FROM t ORDER BY a", NULL);
  g_assert_true (wb_rows_next (rows, NULL));
  again = wb_database_query (door.one, &error, "SELECT a FROM t ORDER BY a",
                             NULL); /* the same words, on their own */
  g_assert_true (wb_rows_next (again, NULL));
  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (wb_database_run (door.one, NULL, "UPDATE t SET b = b || 'x'", NULL));
  g_assert_true (wb_database_commit (door.one, &error));
  g_assert_no_error (error);
  g_assert_true (wb_database_begin (door.one, NULL));
  g_assert_true (put (door.one, "gone"));
  wb_database_rollback (door.one);
  while (wb_rows_next (rows, &error))
    n++;
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 50);
  g_assert_true (wb_rows_next (again, NULL));
  g_assert_cmpint (wb_rows_int (again, 0), ==, 2);
}

static void
test_types (void)
{
  g_auto (Door)      door = door_open ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\0b", 3), empty = g_bytes_new_static ("", 0),
                     back = NULL, back_empty = NULL, none = NULL;
  g_autoptr (WbRows) rows = NULL;

  g_assert_true (wb_database_run_script (door.one, "CREATE TABLE u (i, k, s, b, e, n)", NULL));
  g_assert_true (wb_database_run (door.one, &error, "INSERT INTO u VALUES (?, ?, ?, ?, ?, ?)",
                                  "iksbbb", G_MININT64, (gint64) 0, "ü", bytes, empty, NULL));
  g_assert_no_error (error);
  rows = wb_database_query (door.one, &error, "SELECT i, k, s, b, e, n, k IS NULL FROM u", NULL);
  g_assert_true (wb_rows_next (rows, &error));
  g_assert_cmpint (wb_rows_int (rows, 0), ==, G_MININT64);
  g_assert_cmpint (wb_rows_int (rows, 6), ==, 1);
  g_assert_cmpstr (wb_rows_text (rows, 2), ==, "ü");
  back = wb_rows_bytes (rows, 3);
  back_empty = wb_rows_bytes (rows, 4);
  none = wb_rows_bytes (rows, 5);
  g_assert_true (g_bytes_equal (bytes, back));
  g_assert_nonnull (back_empty);
  g_assert_cmpuint (g_bytes_get_size (back_empty), ==, 0);
  g_assert_null (none);
  g_assert_false (wb_rows_next (rows, &error));
  g_assert_no_error (error);
}

/* Two connections see each other's changes, and are told. */
static void
test_poll_changed (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autoptr (WbBook) other = wb_book_open (shelf->path, FALSE, NULL);
  g_autofree char   *value = NULL;

  wb_book_poll_changed (shelf->book);
  g_assert_false (wb_book_poll_changed (shelf->book));
  g_assert_true (wb_book_set_setting (shelf->book, "own", "change", NULL));
  g_assert_false (wb_book_poll_changed (shelf->book));
  g_assert_true (wb_book_poll_changed (other));
  g_assert_false (wb_book_poll_changed (other));
  g_assert_true (wb_book_begin (other, NULL));
  g_assert_true (wb_book_set_setting (other, "a", "b", NULL));
  g_assert_false (wb_book_poll_changed (shelf->book)); /* not before it is committed */
  value = wb_book_get_setting (shelf->book, "a");
  g_assert_null (value);
  g_assert_true (wb_book_commit (other, NULL));
  g_assert_true (wb_book_poll_changed (shelf->book));
  value = wb_book_get_setting (shelf->book, "a");
  g_assert_cmpstr (value, ==, "b");
}

static gpointer
add_events (gpointer path)
{
  g_autoptr (WbBook) book = wb_book_open (path, FALSE, NULL);

  for (guint i = 0; i < 100; i++)
    g_assert_true (wb_book_add_event (book, "order", 1, "edited", "t", NULL, NULL));
  return NULL;
}

/* Events of several writers: numbers only grow, and a reader that goes on from its last one misses
 * none. */
static void
test_events (void)
{
  g_autoptr (Shelf)     shelf = shelf_new ();
  g_autoptr (JsonNode)  detail = json_from_string ("{\"a\":1}", NULL);
  g_autoptr (GPtrArray) of = NULL;
  g_autoptr (GError)    error = NULL;
  GThread              *writers[3];
  gint64                last = 0;
  guint                 seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    writers[i] = g_thread_new ("writer", add_events, shelf->path);
  while (seen < 300)
    {
      g_autoptr (GPtrArray) batch = wb_book_list_events (shelf->book, last, 7, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (batch->len, <=, 7);
      for (guint i = 0; i < batch->len; i++)
        {
          g_assert_cmpint (wb_record_get_int (batch->pdata[i], WB_EVENT_ID), ==, last + 1);
          last++;
        }
      seen += batch->len;
    }
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    g_thread_join (writers[i]);
  g_assert_true (wb_book_add_event (shelf->book, "order", 2, "held", "me", detail, NULL));
  of = wb_book_list_events_of (shelf->book, "order", 2, 10, &error);
  g_assert_cmpuint (of->len, ==, 1);
  g_assert_cmpstr (wb_record_get_text (of->pdata[0], WB_EVENT_DETAIL), ==, "{\"a\":1}");
  g_assert_cmpstr (wb_record_get_text (of->pdata[0], WB_EVENT_ACTOR), ==, "me");
  g_assert_cmpint (wb_book_last_event (shelf->book), ==, 301);
  g_clear_pointer (&of, g_ptr_array_unref);
  of = wb_book_list_events_of (shelf->book, "order", 1, 10, &error);
  g_assert_cmpuint (of->len, ==, 10);
  g_assert_cmpint (wb_record_get_int (of->pdata[0], WB_EVENT_ID), >,
                   wb_record_get_int (of->pdata[9], WB_EVENT_ID));
}

static void
test_event_numbers_stay (void)
{
  g_autoptr (Shelf)      shelf = shelf_new ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbDatabase) database = wb_database_open (shelf->path, 0, &error);

  for (guint i = 0; i < 3; i++)
    g_assert_true (wb_book_add_event (shelf->book, "order", 1, "edited", "t", NULL, NULL));
  g_assert_false (wb_database_run (database, &error, "DELETE FROM event WHERE id = 3", NULL));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (wb_database_run (database, &error, "UPDATE event SET id = 9 WHERE id = 1", NULL));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (wb_database_run (database, &error, "DELETE FROM event WHERE id < 3",
                                  NULL)); /* old ones may go */
  g_assert_true (wb_book_add_event (shelf->book, "order", 1, "edited", "t", NULL, NULL));
  g_assert_cmpint (wb_book_last_event (shelf->book), ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/database/nested-failure", test_nested_failure);
  g_test_add_func ("/store/database/nested-middle", test_nested_middle);
  g_test_add_func ("/store/database/ended-behind", test_ended_behind);
  g_test_add_func ("/store/database/rows-across", test_rows_across);
  g_test_add_func ("/store/database/types", test_types);
  g_test_add_func ("/store/database/poll-changed", test_poll_changed);
  g_test_add_func ("/store/database/events", test_events);
  g_test_add_func ("/store/database/event-numbers-stay", test_event_numbers_stay);
  return g_test_run ();
}
