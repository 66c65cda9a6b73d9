/* SPDX-License-Identifier: GPL-3.0-or-later
 * Backup and restore: whole, verified, over nothing; what was there is kept. */
#include "samples.h"
#include "wb-database.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static guint
count_beside (Shelf *shelf, const char *part)
{
  g_autoptr (GDir) folder = g_dir_open (shelf->folder, 0, NULL);
  const char      *name;
  guint            n = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    n += strstr (name, part) != NULL;
  return n;
}

static void
assert_setting (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = wb_book_open (path, FALSE, &error);
  g_autofree char   *value = NULL;

  g_assert_no_error (error);
  value = wb_book_get_setting (book, "mark");
  g_assert_cmpstr (value, ==, expected);
}

static void
test_round_trip (void)
{
  g_autoptr (Shelf)   shelf = shelf_new ();
  g_autoptr (WbOrder) order = shelf_add_order (shelf, "1042"), back = NULL;
  g_autofree char    *backup = shelf_file (shelf, "b.backup"),
                  *wal = shelf_file (shelf, "book.waybill-wal"), *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) copy = NULL;

  g_assert_true (g_file_test (wal, G_FILE_TEST_EXISTS)); /* what is copied lies in the WAL as yet */
  g_assert_true (wb_book_backup (shelf->book, backup, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_beside (shelf, "b.backup"), ==, 1);
  before = file_checksum (backup);
  g_assert_false (wb_book_backup (shelf->book, backup, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  after = file_checksum (backup);
  g_assert_cmpstr (before, ==, after);
  copy = wb_book_open (backup, TRUE, &error);
  g_assert_no_error (error);
  back = wb_book_find_order (copy, shelf->channel, "r1042", &error);
  g_assert_no_error (error);
  assert_same_order (order, back);
}

static void
test_restore (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autofree char   *backup = shelf_file (shelf, "b.backup");
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_book_set_setting (shelf->book, "mark", "old", NULL));
  g_assert_true (wb_book_backup (shelf->book, backup, &error));
  g_assert_true (wb_book_set_setting (shelf->book, "mark", "new", NULL));
  g_assert_false (wb_book_restore (backup, shelf->path, &error)); /* we have it open ourselves */
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "in use"));
  g_clear_error (&error);
  g_clear_object (&shelf->book);
  assert_setting (shelf->path, "new");
  g_assert_true (wb_book_restore (backup, shelf->path, &error));
  g_assert_no_error (error);
  assert_setting (shelf->path, "old");
  g_assert_true (wb_book_restore (backup, shelf->path, &error)); /* within the same second */
  g_assert_no_error (error);
  g_assert_cmpuint (count_beside (shelf, ".before-restore-"), ==, 2);
  g_assert_cmpuint (count_beside (shelf, "part"), ==, 0);
  {
    g_autoptr (GDir)       folder = g_dir_open (shelf->folder, 0, NULL);
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    const char            *name;

    while ((name = g_dir_read_name (folder)) != NULL)
      if (strstr (name, ".before-restore-") != NULL)
        {
          g_autofree char   *path = g_build_filename (shelf->folder, name, NULL);
          g_autoptr (WbBook) aside = wb_book_open (path, TRUE, &error);

          g_assert_no_error (error);
          g_hash_table_add (seen, wb_book_get_setting (aside, "mark"));
        }
    g_assert_true (g_hash_table_contains (seen, "old"));
    g_assert_true (g_hash_table_contains (seen, "new"));
  }
}

/* Nothing there yet: a new machine. */
static void
test_restore_to_nothing (void)
{
  g_autoptr (Shelf) shelf = shelf_new ();
  g_autofree char  *backup = shelf_file (shelf, "b.backup"),
                  *fresh = shelf_file (shelf, "fresh.waybill");
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_book_set_setting (shelf->book, "mark", "here", NULL));
  g_assert_true (wb_book_backup (shelf->book, backup, NULL));
  g_assert_true (wb_book_restore (backup, fresh, &error));
  g_assert_no_error (error);
  assert_setting (fresh, "here");
}

/* Another program has the book open without doing anything. */
static void
test_restore_in_use (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autofree char   *backup = shelf_file (shelf, "b.backup");
  g_autoptr (GError) error = NULL;
  int                ready[2], away[2], status = 0;
  char               byte = 0;
  pid_t              child;

  g_assert_true (wb_book_set_setting (shelf->book, "mark", "old", NULL));
  g_assert_true (wb_book_backup (shelf->book, backup, NULL));
  g_assert_true (wb_book_set_setting (shelf->book, "mark", "new", NULL));
  g_clear_object (&shelf->book);
  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (away), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autoptr (WbBook) book = wb_book_open (shelf->path, FALSE, NULL);

      close (away[1]);
      if (book == NULL || write (ready[1], "r", 1) != 1 || read (away[0], &byte, 1) != 0)
        _exit (1);
      g_clear_object (&book);
      _exit (0);
    }
  close (away[0]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_false (wb_book_restore (backup, shelf->path, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "in use"));
  g_clear_error (&error);
  g_assert_cmpuint (count_beside (shelf, "part"), ==, 0);
  g_assert_cmpuint (count_beside (shelf, ".before-restore-"), ==, 0);
  close (away[1]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  assert_setting (shelf->path, "new");
  g_assert_true (wb_book_restore (backup, shelf->path, &error));
  g_assert_no_error (error);
  assert_setting (shelf->path, "old");
  close (ready[0]);
  close (ready[1]);
}

static void
spoil (const char *path, gsize at)
{
  g_autofree char *content = NULL;
  gsize            size = 0;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_cmpuint (size, >, at + 4096);
  memset (content + at, 0x5a, 4096);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
}

static void
test_damaged_backup (void)
{
  g_autoptr (Shelf) shelf = shelf_new ();
  g_autofree char  *backup = shelf_file (shelf, "b.backup"),
                  *letter = shelf_file (shelf, "letter.txt"), *none = shelf_file (shelf, "none");
  g_autofree char   *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_book_backup (shelf->book, backup, NULL));
  g_assert_true (wb_book_set_setting (shelf->book, "mark", "new", NULL));
  g_clear_object (&shelf->book);
  before = file_checksum (shelf->path);
  spoil (backup, 4096 * 5);
  g_assert_false (wb_book_restore (backup, shelf->path, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_clear_error (&error);
  g_file_set_contents (letter, "Dear Sir", -1, NULL);
  g_assert_false (wb_book_restore (letter, shelf->path, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (wb_book_restore (none, shelf->path, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  after = file_checksum (shelf->path);
  g_assert_cmpstr (before, ==, after);
  assert_setting (shelf->path, "new");
  g_assert_cmpuint (count_beside (shelf, ".before-restore-"), ==, 0);
}

/* The book itself is damaged, which is what backups are for. */
static void
test_restore_over_damage (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autofree char   *backup = shelf_file (shelf, "b.backup");
  static const gsize places[] = { 0, 4096 * 5 };

  g_assert_true (wb_book_set_setting (shelf->book, "mark", "old", NULL));
  g_assert_true (wb_book_backup (shelf->book, backup, NULL));
  g_clear_object (&shelf->book);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GError) error = NULL;

      spoil (shelf->path, places[i]);
      g_assert_true (wb_book_restore (backup, shelf->path, &error));
      g_assert_no_error (error);
      assert_setting (shelf->path, "old");
      g_assert_cmpuint (count_beside (shelf, ".before-restore-"), ==, i + 1);
    }
}

/* A backup taken while another connection goes on writing is of one moment. */
static gpointer
write_on (gpointer data)
{
  Shelf             *shelf = data;
  g_autoptr (WbBook) book = wb_book_open (shelf->path, FALSE, NULL);

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_true (wb_book_begin (book, NULL));
      g_assert_true (wb_book_set_setting (book, "left", text, NULL));
      g_assert_true (wb_book_set_setting (book, "right", text, NULL));
      g_assert_true (wb_book_commit (book, NULL));
    }
  return NULL;
}

static void
test_while_writing (void)
{
  g_autoptr (Shelf) shelf = shelf_new ();
  GThread          *writer = g_thread_new ("writer", write_on, shelf);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char   *name = g_strdup_printf ("backup-%u", i), *path = shelf_file (shelf, name);
      g_autoptr (GError) error = NULL;
      g_autoptr (WbBook) copy = NULL;
      g_autofree char   *left = NULL, *right = NULL;

      g_assert_true (wb_book_backup (shelf->book, path, &error));
      g_assert_no_error (error);
      copy = wb_book_open (path, TRUE, &error);
      g_assert_no_error (error);
      left = wb_book_get_setting (copy, "left");
      right = wb_book_get_setting (copy, "right");
      g_assert_cmpstr (left, ==, right);
    }
  g_thread_join (writer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/backup/round-trip", test_round_trip);
  g_test_add_func ("/store/backup/restore", test_restore);
  g_test_add_func ("/store/backup/restore-to-nothing", test_restore_to_nothing);
  g_test_add_func ("/store/backup/restore-in-use", test_restore_in_use);
  g_test_add_func ("/store/backup/damaged-backup", test_damaged_backup);
  g_test_add_func ("/store/backup/restore-over-damage", test_restore_over_damage);
  g_test_add_func ("/store/backup/while-writing", test_while_writing);
  return g_test_run ();
}
