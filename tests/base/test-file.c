/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file is whole or absent: modes, links, full disks, many writers at once, bounded reading. */
#include "wb-file.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = wb_test_temp_folder ();
  place->path = g_build_filename (place->folder, "file", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  wb_test_remove_folder (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

static gboolean
write_text (const char *path, const char *text, int mode, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return wb_file_write (path, bytes, mode, error);
}

static void
assert_content (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wb_file_read (path, 1 << 20, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
}

static void
assert_only (const char *folder, guint expected)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint            n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, expected);
}

static void
assert_mode (const char *path, int mode)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, (guint) mode);
}

static void
test_write (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (write_text (place->path, "first", 0644, &error));
  g_assert_no_error (error);
  assert_content (place->path, "first");
  g_assert_true (write_text (place->path, "the second, which is longer", 0644, NULL));
  assert_content (place->path, "the second, which is longer");
  g_assert_true (write_text (place->path, "", 0644, NULL));
  assert_content (place->path, "");
  assert_only (place->folder, 1);
}

static void
test_mode (Place *place, gconstpointer data)
{
  mode_t before = umask (0077);

  g_assert_true (write_text (place->path, "label", 0644, NULL));
  assert_mode (place->path, 0644); /* whatever the umask: cupsd's filters must read it */
  umask (0);
  g_assert_true (write_text (place->path, "secret", 0600, NULL));
  assert_mode (place->path, 0600); /* also over a file that was open to all */
  umask (before);
}

static void
test_link (Place *place, gconstpointer data)
{
  g_autofree char *other = g_build_filename (place->folder, "other", NULL);

  g_assert_true (write_text (other, "not yours", 0644, NULL));
  g_assert_cmpint (symlink (other, place->path), ==, 0);
  g_assert_true (write_text (place->path, "mine", 0644, NULL));
  assert_content (other, "not yours"); /* the link was replaced, not followed */
  assert_content (place->path, "mine");
}

static void
test_refused (Place *place, gconstpointer data)
{
  g_autofree char   *nowhere = g_build_filename (place->folder, "no", "such", "folder", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (write_text (nowhere, "x", 0644, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, nowhere));
  g_assert_cmpint (g_mkdir (place->path, 0755), ==, 0);
  g_assert_false (write_text (place->path, "x", 0644, NULL)); /* a folder has that name */
  assert_only (place->folder, 1);
}

static void
test_read_refused (Place *place, gconstpointer data)
{
  g_autoptr (GError) none = NULL, large = NULL, endless = NULL;

  g_assert_null (wb_file_read (place->path, 10, &none));
  g_assert_error (none, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_assert_true (write_text (place->path, "0123456789", 0644, NULL));
  assert_content (place->path, "0123456789");
  g_assert_null (wb_file_read (place->path, 9, &large));
  g_assert_error (large, WB_ERROR, WB_ERROR_INVALID);
  g_assert_null (wb_file_read ("/dev/zero", 100000, &endless)); /* tells no size */
  g_assert_error (endless, WB_ERROR, WB_ERROR_INVALID);
  g_assert_null (wb_file_read (place->folder, 10, NULL));
}

static void
test_read_limits (Place *place, gconstpointer data)
{
  g_autoptr (GBytes) exact = NULL, empty = NULL;

  g_assert_true (write_text (place->path, "0123456789", 0644, NULL));
  exact = wb_file_read (place->path, 10, NULL);
  g_assert_nonnull (exact);
  g_assert_cmpuint (g_bytes_get_size (exact), ==, 10);
  g_assert_true (write_text (place->path, "", 0644, NULL));
  empty = wb_file_read (place->path, 0, NULL);
  g_assert_nonnull (empty);
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
}

/* A disk of 64 kB: a tmpfs when the test may mount one. */
static void
test_full_disk (Place *place, gconstpointer data)
{
  g_autofree char *disk = g_build_filename (place->folder, "disk", NULL),
                  *path = g_build_filename (disk, "file", NULL);
  g_autofree guint8 *much = g_malloc0 (256 * 1024);
  g_autoptr (GBytes) bytes = g_bytes_new (much, 256 * 1024);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (disk, 0755), ==, 0);
  if (mount ("tmpfs", disk, "tmpfs", 0, "size=64k") != 0)
    {
      g_test_skip ("only root may mount the small disk");
      return;
    }
  g_assert_true (write_text (path, "old and whole", 0644, NULL));
  g_assert_false (wb_file_write (path, bytes, 0644, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  assert_content (path, "old and whole");
  assert_only (disk, 1);
  g_assert_true (write_text (path, "there is room again", 0644, NULL));
  assert_content (path, "there is room again");
  g_assert_cmpint (umount (disk), ==, 0);
}

/* A folder that may not be written. Root may write everywhere, so it becomes nobody for a moment.
 */
static void
test_forbidden (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean           root = geteuid () == 0, written;

  g_assert_true (write_text (place->path, "old", 0644, NULL));
  g_assert_cmpint (g_chmod (place->folder, 0555), ==, 0);
  if (root)
    g_assert_cmpint (seteuid (65534), ==, 0);
  written = write_text (place->path, "new", 0644, &error);
  if (root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (place->folder, 0755), ==, 0);
  g_assert_false (written);
  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
  assert_content (place->path, "old");
}

#define WRITERS 4
#define PIECE   300000

static gpointer
write_often (gpointer path)
{
  g_autofree char   *text = g_malloc (PIECE);
  g_autoptr (GBytes) bytes = NULL;

  memset (text, 'a' + g_random_int_range (0, 26), PIECE);
  bytes = g_bytes_new_take (g_steal_pointer (&text), PIECE);
  for (guint i = 0; i < 20; i++)
    g_assert_true (wb_file_write (path, bytes, 0644, NULL));
  return NULL;
}

/* Whoever wins, what is read meanwhile is one writer's work from end to end. */
static void
test_many_writers (Place *place, gconstpointer data)
{
  GThread *threads[WRITERS];

  g_assert_true (write_text (place->path, "", 0644, NULL));
  for (guint i = 0; i < WRITERS; i++)
    threads[i] = g_thread_new ("writer", write_often, place->path);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GBytes) bytes = wb_file_read (place->path, PIECE, NULL);
      gsize              size;
      const char        *text;

      g_assert_nonnull (bytes);
      text = g_bytes_get_data (bytes, &size);
      g_assert_true (size == 0 || size == PIECE);
      for (gsize k = 1; k < size; k++)
        if (text[k] != text[0])
          g_error ("two writers' bytes in one file");
    }
  for (guint i = 0; i < WRITERS; i++)
    g_thread_join (threads[i]);
  assert_only (place->folder, 1);
}

static void
test_hash (Place *place, gconstpointer data)
{
  g_autoptr (GBytes) abc = g_bytes_new_static ("abc", 3), none = g_bytes_new_static ("", 0);
  g_autofree char   *of_abc = wb_bytes_hash (abc), *of_none = wb_bytes_hash (none);

  /* the vectors of FIPS 180-2 */
  g_assert_cmpstr (of_abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (of_none, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#define ADD(path, func) g_test_add (path, Place, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/file/write", test_write);
  ADD ("/file/mode", test_mode);
  ADD ("/file/link", test_link);
  ADD ("/file/refused", test_refused);
  ADD ("/file/read/refused", test_read_refused);
  ADD ("/file/read/limits", test_read_limits);
  ADD ("/file/full-disk", test_full_disk);
  ADD ("/file/forbidden", test_forbidden);
  ADD ("/file/many-writers", test_many_writers);
  ADD ("/file/hash", test_hash);
  return g_test_run ();
}
