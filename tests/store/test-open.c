/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening a book: new, newer, older, foreign, garbage, damaged, read-only, held, on a full disk.
 * What cannot be used is left alone. */
#include "samples.h"
#include "wb-database.h"
#include "wb-test.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
assert_refused (const char *path, const char *words)
{
  g_autofree char   *before = file_checksum (path), *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = wb_book_open (path, FALSE, &error);
  g_autofree char   *wal = g_strconcat (path, "-wal", NULL);

  g_assert_null (book);
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  after = file_checksum (path);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_create (void)
{
  g_autofree char *folder = wb_test_temp_folder (),
                  *path = g_build_filename (folder, "deep", "er", "b.waybill", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = wb_book_open (path, TRUE, &error), again = NULL;
  struct stat        info;

  g_assert_null (book);
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  book = wb_book_open (path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_true (wb_book_check (book, &error));
  g_assert_true (wb_book_set_setting (book, "colour", "grün", &error));
  g_clear_object (&book);
  again = wb_book_open (path, TRUE, &error);
  g_assert_no_error (error);
  {
    g_autofree char *colour = wb_book_get_setting (again, "colour"),
                    *none = wb_book_get_setting (again, "none");

    g_assert_cmpstr (colour, ==, "grün");
    g_assert_null (none);
  }
  g_assert_false (wb_book_set_setting (again, "colour", "rot", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_clear_object (&again);
  wb_test_remove_folder (folder);
}

static void
test_newer (void)
{
  g_autoptr (Shelf) shelf = shelf_new ();

  g_clear_object (&shelf->book);
  run_sql (shelf->path, "PRAGMA user_version = 99; PRAGMA journal_mode = DELETE");
  assert_refused (shelf->path, "newer Waybill");
}

static void
test_foreign (void)
{
  g_autoptr (Shelf) shelf = shelf_new ();
  g_autofree char  *plain = shelf_file (shelf, "plain.db"), *other = shelf_file (shelf, "other.db");

  run_sql (plain, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  assert_refused (plain, "another program");
  run_sql (other, "PRAGMA application_id = 42; PRAGMA user_version = 1; CREATE TABLE t (a)");
  assert_refused (other, "another program");
}

static void
test_garbage (void)
{
  g_autoptr (Shelf) shelf = shelf_new ();
  g_autofree char  *garbage = shelf_file (shelf, "letter.txt"),
                  *cut = shelf_file (shelf, "cut.waybill"), *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize              size = 0;

  g_file_set_contents (garbage, "Dear Sir, this is no order book.", -1, &error);
  assert_refused (garbage, "not an order book");
  g_clear_object (&shelf->book);
  g_file_get_contents (shelf->path, &content, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (cut, content, 60, &error);
  assert_refused (cut, "not an order book");
  g_file_set_contents (cut, content, 4096 * 3 + 17, &error);
  g_assert_no_error (error);
  assert_refused (cut, "damaged");
}

/* One page in the middle is overwritten: what reads it fails with a sentence, and nothing is
 * written. */
static void
test_damaged_page (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = NULL;
  g_autofree char   *content = NULL, *before = NULL, *after = NULL;
  gsize              size = 0;

  g_assert_true (wb_book_begin (shelf->book, NULL));
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char    *number = g_strdup_printf ("%u", 1000 + i);
      g_autoptr (WbOrder) order = shelf_add_order (shelf, number);
    }
  g_assert_true (wb_book_commit (shelf->book, &error));
  g_clear_object (&shelf->book);
  g_file_get_contents (shelf->path, &content, &size, NULL);
  for (gsize page = 4096 * 8; page + 4096 < size - 4096; page += 4096 * 3)
    memset (content + page, 0x5a, 4096);
  g_assert_true (g_file_set_contents (shelf->path, content, (gssize) size, NULL));
  before = file_checksum (shelf->path);
  book = wb_book_open (shelf->path, FALSE, &error);
  if (book != NULL)
    {
      g_assert_false (wb_book_check (book, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, "damaged"));
      g_clear_error (&error);
      {
        g_autoptr (GPtrArray) page =
            wb_book_list_order_page (book, NULL, G_MAXINT64, 0, 500, &error);
      }
    }
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_clear_object (&book);
  after = file_checksum (shelf->path);
  g_assert_cmpstr (after, ==, before);
}

static void
assert_cannot_write (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = wb_book_open (path, FALSE, &error), reader = NULL;

  if (book != NULL)
    wb_book_set_setting (book, "a", "b", &error);
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_true (strstr (error->message, "read-only") != NULL ||
                 strstr (error->message, "cannot be opened") != NULL);
}

/* The superuser may write everything, so a child without its rights tries. */
static void
test_read_only (void)
{
  g_autoptr (Shelf) shelf = shelf_new ();
  g_autofree char  *before = NULL, *after = NULL, *fresh = NULL;
  pid_t             child;
  int               status = 0;

  g_clear_object (&shelf->book);
  before = file_checksum (shelf->path);
  fresh = shelf_file (shelf, "new.waybill");
  g_chmod (shelf->path, 0444);
  g_chmod (shelf->folder, 0555);
  child = fork ();
  if (child == 0)
    {
      if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
        _exit (3);
      assert_cannot_write (shelf->path);
      assert_cannot_write (fresh);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_chmod (shelf->folder, 0755);
  after = file_checksum (shelf->path);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
}

/* A child that does @sql on the book, says so, and stays until its pipe is closed. */
static pid_t
hold_in_child (const char *path, const char *sql, int *go_away)
{
  int   ready[2], away[2];
  char  byte = 0;
  pid_t child;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (away), ==, 0);
  child = fork ();
  if (child == 0)
    {
      sqlite3 *handle = NULL;

      close (away[1]);
      if (sqlite3_open (path, &handle) != SQLITE_OK ||
          sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        _exit (3);
      if (write (ready[1], "r", 1) != 1)
        _exit (4);
      _exit (read (away[0], &byte, 1) == 0 ? 0 : 5);
    }
  close (away[0]);
  close (ready[1]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  *go_away = away[1];
  return child;
}

static void
test_held (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) other = NULL;
  g_autofree char   *value = NULL;
  int                away = -1, status = 0;
  pid_t              child = hold_in_child (shelf->path, "BEGIN EXCLUSIVE", &away);

  wb_database_set_patience (200);
  other = wb_book_open (shelf->path, FALSE, &error);
  g_assert_no_error (error); /* readers are never held up */
  g_assert_false (wb_book_set_setting (other, "a", "b", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "held by another program"));
  g_clear_error (&error);
  close (away);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (wb_book_set_setting (other, "a", "b", &error));
  wb_database_set_patience (0);
  g_assert_no_error (error);
  value = wb_book_get_setting (shelf->book, "a");
  g_assert_cmpstr (value, ==, "b");
}

/* Opening the book a second time in one program must not drop the locks of the first (POSIX gives
 * them to the process). */
static void
test_locks_kept (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autoptr (WbBook) second = wb_book_open (shelf->path, FALSE, NULL), refused = NULL;
  int                status = 0;
  pid_t              child;

  g_clear_object (&second);
  refused = wb_book_open (shelf->path, TRUE, NULL);
  g_clear_object (&refused);
  child = fork ();
  if (child == 0)
    _exit (wb_database_is_held (shelf->path) ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_clear_object (&shelf->book);
  g_assert_false (wb_database_is_held (shelf->path));
}

static guint
fill (Shelf *shelf, GError **error)
{
  g_autofree char *big = g_strnfill (100 * 1000, 'x');
  guint            kept = 0;

  while (kept < 1000)
    {
      g_autofree char   *name = g_strdup_printf ("%u-%s", kept, big);
      g_autoptr (GBytes) bytes = g_bytes_new (name, strlen (name));
      g_autofree char   *hash = NULL;

      if (!wb_book_begin (shelf->book, error))
        return kept;
      hash = wb_book_put_document (shelf->book, bytes, "text/plain", error);
      if (hash == NULL)
        {
          wb_book_rollback (shelf->book);
          return kept;
        }
      if (!wb_book_commit (shelf->book, error))
        return kept;
      kept++;
    }
  return kept;
}

/* On a disk of 4 MB: a sentence, nothing half, and it goes on when there is room again. */
static void
test_full_disk (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autofree char   *disk = shelf_file (shelf, "disk"), *hog = NULL, *whole = NULL;
  g_autoptr (GError) error = NULL;
  guint              kept;
  gint64             there = 0;

  g_assert_cmpint (g_mkdir (disk, 0755), ==, 0);
  if (mount ("none", disk, "tmpfs", 0, "size=4m") != 0)
    {
      wb_test_skip ("a small disk can be mounted only by the superuser");
      return;
    }
  g_clear_object (&shelf->book);
  g_free (shelf->path);
  shelf->path = g_build_filename (disk, "book.waybill", NULL);
  hog = g_build_filename (disk, "hog", NULL);
  whole = g_strnfill (1500 * 1000, 'h');
  g_assert_true (g_file_set_contents (hog, whole, -1, NULL));
  shelf->book = wb_book_open (shelf->path, FALSE, &error);
  g_assert_no_error (error);
  kept = fill (shelf, &error);
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_test_message ("%u kept, then: %s", kept, error->message);
  g_assert_nonnull (strstr (error->message, "full"));
  g_clear_error (&error);
  g_assert_cmpuint (kept, >, 2);
  g_assert_true (wb_book_check (shelf->book, &error));
  g_assert_no_error (error);
  g_unlink (hog);
  g_assert_true (wb_book_set_setting (shelf->book, "a", "b", &error));
  g_assert_no_error (error);
  g_clear_object (&shelf->book);
  {
    g_autoptr (WbDatabase) database = wb_database_open (shelf->path, WB_DATABASE_READ_ONLY, &error);

    g_assert_no_error (error);
    g_assert_true (
        wb_database_get_int (database, &there, &error, "SELECT COUNT(*) FROM document", NULL));
  }
  g_assert_cmpint (there, ==, kept);
  g_assert_cmpint (umount (disk), ==, 0);
}

static guint
count_beside (Shelf *shelf, const char *start)
{
  g_autoptr (GDir) folder = g_dir_open (shelf->folder, 0, NULL);
  const char      *name;
  guint            n = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    n += g_str_has_prefix (name, start) && !g_str_has_suffix (name, "-journal");
  return n;
}

/* A book of an earlier version, kept as it was when that version landed: opens, is sound, and says
 * what it said. */
static void
test_frozen (gconstpointer name)
{
  g_autoptr (Shelf) shelf = shelf_new ();
  g_autofree char  *frozen = g_test_build_filename (G_TEST_DIST, "store", "data", name, NULL),
                  *path = shelf_file (shelf, "old.waybill");
  g_autofree char    *content = NULL;
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbBook)  book = NULL;
  g_autoptr (WbOrder) order = NULL, as_made = sample_order (shelf, "1042");
  g_autoptr (GArray)  found = NULL;
  gsize               size = 0;

  g_assert_true (g_file_get_contents (frozen, &content, &size, &error));
  g_assert_true (g_file_set_contents (path, content, (gssize) size, &error));
  book = wb_book_open (path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (wb_book_check (book, &error));
  found = wb_book_search (book, "muller", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  order = wb_book_get_order (book, g_array_index (found, gint64, 0), &error);
  g_assert_no_error (error);
  assert_same_order (as_made, order);
  g_assert_cmpint (wb_book_last_event (book), ==, 1);
}

/* What the frozen book's tables are is what a new book's are: an upgrade leads to the same place as
 * a fresh start. */
static char *
schema_of (const char *path)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbDatabase) database = wb_database_open (path, WB_DATABASE_READ_ONLY, &error);
  g_autoptr (WbRows)     rows = NULL;
  GString               *all = g_string_new (NULL);

  g_assert_no_error (error);
  rows = wb_database_query (database, &error,
                            "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name", NULL);
  while (wb_rows_next (rows, &error))
    g_string_append_printf (all, "%s %s: %s\n", wb_rows_text (rows, 0), wb_rows_text (rows, 1),
                            wb_rows_text (rows, 2));
  g_assert_no_error (error);
  return g_string_free (all, FALSE);
}

static void
test_frozen_schema (gconstpointer name)
{
  g_autoptr (Shelf) shelf = shelf_new ();
  g_autofree char  *frozen = g_test_build_filename (G_TEST_DIST, "store", "data", name, NULL),
                  *path = shelf_file (shelf, "old.waybill");
  g_autofree char   *content = NULL, *old = NULL, *new = NULL;
  g_autoptr (WbBook) book = NULL;
  gsize              size = 0;

  g_assert_true (g_file_get_contents (frozen, &content, &size, NULL));
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  book = wb_book_open (path, FALSE, NULL);
  g_assert_nonnull (book);
  old = schema_of (path);
  new = schema_of (shelf->path);
  g_assert_cmpstr (old, ==, new);
}

/* A printer of version 1 prints the same afterwards, on every station; a station may have its own.
 */
static void
test_frozen_printers (void)
{
  g_autoptr (Shelf) shelf = shelf_new ();
  g_autofree char  *frozen =
                      g_test_build_filename (G_TEST_DIST, "store", "data", "book-v1.waybill", NULL),
                  *path = shelf_file (shelf, "old.waybill"), *content = NULL;
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbBook)    book = NULL;
  g_autoptr (WbPrinter) label = NULL, slip = NULL, own = NULL, gift = NULL, twice = NULL;
  gsize                 size = 0;

  g_assert_true (g_file_get_contents (frozen, &content, &size, &error));
  g_assert_true (g_file_set_contents (path, content, (gssize) size, &error));
  run_sql (path, "DELETE FROM printer; INSERT INTO printer (id, document, target_kind, target, "
                 "format, media) VALUES (3, 'label', 'queue', 'zebra', 'zpl', "
                 "'na_index-4x6_4x6in'), (5, 'slip', 'folder', '/srv/papers', NULL, NULL)");
  book = wb_book_open (path, FALSE, &error);
  g_assert_no_error (error);
  label = wb_book_get_printer (book, WB_DOCUMENT_LABEL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (label, WB_PRINTER_TARGET_KIND), ==, WB_TARGET_QUEUE);
  g_assert_cmpstr (wb_record_get_text (label, WB_PRINTER_TARGET), ==, "zebra");
  g_assert_cmpstr (wb_record_get_text (label, WB_PRINTER_FORMAT), ==, WB_PRINT_ZPL);
  g_assert_cmpstr (wb_record_get_text (label, WB_PRINTER_MEDIA), ==, "na_index-4x6_4x6in");
  g_assert_null (wb_record_get_text (label, WB_PRINTER_STATION));
  g_assert_cmpint (wb_record_get_int (label, WB_PRINTER_ROTATION), ==, 0);
  slip = wb_book_get_printer (book, WB_DOCUMENT_SLIP, &error);
  g_assert_cmpstr (wb_record_get_text (slip, WB_PRINTER_TARGET), ==, "/srv/papers");
  gift = wb_book_get_printer (book, WB_DOCUMENT_GIFT_SLIP, &error);
  g_assert_no_error (error); /* the slip's printer stands in */
  g_assert_cmpstr (wb_record_get_text (gift, WB_PRINTER_TARGET), ==, "/srv/papers");

  own = wb_record_copy (label);
  twice = wb_record_copy (label);
  wb_record_set_int (own, WB_PRINTER_ID, 0);
  wb_record_set_int (twice, WB_PRINTER_ID, 0);
  wb_record_set_text (own, WB_PRINTER_STATION, wb_station ());
  wb_record_set_text (own, WB_PRINTER_TARGET, "here");
  g_assert_true (wb_book_save (book, own, &error));
  g_assert_false (wb_book_save (book, twice, NULL)); /* one row for a place */
  g_clear_object (&label);
  label = wb_book_get_printer (book, WB_DOCUMENT_LABEL, &error);
  g_assert_cmpstr (wb_record_get_text (label, WB_PRINTER_TARGET), ==, "here");
  g_clear_object (&label);
  label = wb_book_find_printer (book, NULL, WB_DOCUMENT_LABEL, &error);
  g_assert_cmpstr (wb_record_get_text (label, WB_PRINTER_TARGET), ==, "zebra");
}

/* An older version is upgraded after a backup beside it; when the upgrade fails, the book is as it
 * was. */
static void
test_upgrade_fails_whole (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autofree char   *path = shelf_file (shelf, "older.waybill");
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = NULL;

  g_clear_object (&shelf->book);
  /* Version −1 stands for any that is older than what is known; its tables are in the way of the
   * steps to come. */
  run_sql (path, "PRAGMA application_id = 1463966018; PRAGMA user_version = -1; CREATE TABLE "
                 "orders (id INTEGER PRIMARY KEY); INSERT INTO orders VALUES (7)");
  book = wb_book_open (path, FALSE, &error);
  g_assert_null (book);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "Upgrading"));
  g_assert_cmpuint (count_beside (shelf, "older.waybill.before-upgrade-from"), ==, 1);
  {
    g_autoptr (WbDatabase) database = wb_database_open (path, WB_DATABASE_READ_ONLY, NULL);
    gint64                 n = 0;

    g_assert_true (wb_database_get_int (database, &n, NULL, "SELECT id FROM orders", NULL));
    g_assert_cmpint (n, ==, 7);
    g_assert_true (
        wb_database_get_int (database, &n, NULL, "SELECT COUNT(*) FROM sqlite_schema", NULL));
    g_assert_cmpint (n, ==, 1);
  }
}

/* How the frozen book was made: `test-open --freeze data/book-v3.waybill`, once, when its version
 * landed. */
static int
freeze (const char *path)
{
  g_autoptr (Shelf)   shelf = shelf_new ();
  g_autoptr (WbOrder) order = shelf_add_order (shelf, "1042");

  g_assert_true (wb_book_add_event (shelf->book, "order", wb_record_get_int (order, WB_ORDER_ID),
                                    "imported", "sync", NULL, NULL));
  return wb_book_backup (shelf->book, path, NULL) ? 0 : 1;
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--freeze"))
    return freeze (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/open/create", test_create);
  g_test_add_func ("/store/open/newer", test_newer);
  g_test_add_func ("/store/open/foreign", test_foreign);
  g_test_add_func ("/store/open/garbage", test_garbage);
  g_test_add_func ("/store/open/damaged-page", test_damaged_page);
  g_test_add_func ("/store/open/read-only", test_read_only);
  g_test_add_func ("/store/open/held", test_held);
  g_test_add_func ("/store/open/locks-kept", test_locks_kept);
  g_test_add_func ("/store/open/full-disk", test_full_disk);
  g_test_add_data_func ("/store/open/frozen/1", "book-v1.waybill", test_frozen);
  g_test_add_data_func ("/store/open/frozen/2", "book-v2.waybill", test_frozen);
  g_test_add_data_func ("/store/open/frozen/3", "book-v3.waybill", test_frozen);
  g_test_add_data_func ("/store/open/frozen-schema/1", "book-v1.waybill", test_frozen_schema);
  g_test_add_data_func ("/store/open/frozen-schema/2", "book-v2.waybill", test_frozen_schema);
  g_test_add_data_func ("/store/open/frozen-schema/3", "book-v3.waybill", test_frozen_schema);
  g_test_add_func ("/store/open/frozen-printers", test_frozen_printers);
  g_test_add_func ("/store/open/upgrade-fails-whole", test_upgrade_fails_whole);
  return g_test_run ();
}
