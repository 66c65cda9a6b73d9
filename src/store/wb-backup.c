/* SPDX-License-Identifier: GPL-3.0-or-later
 * Backup and restore of the order book: whole, verified, never over something. */
#include "wb-book-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Opens a finished copy as a book would be opened and reads every page of it. */
static gboolean
verify (const char *path, GError **error)
{
  g_autoptr (WbDatabase) copy = wb_database_open (path, WB_DATABASE_READ_ONLY, error);
  gint64                 version = 0;

  if (copy == NULL || !wb_database_check (copy, error) || !wb_database_version (copy, &version, error))
    return FALSE;
  if (version >= 1 && version <= WB_SCHEMA_VERSION)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, version == 0 ? "“%s” holds no order book" : "“%s” was written by a newer Waybill", path);
  return FALSE;
}

static void
sync_file (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

/**
 * wb_book_backup:
 * Writes the book as it is now to the new file @path, then opens and checks the copy. An existing file is refused
 * (%WB_ERROR_CONFLICT). The copy holds no secrets: the book never has any.
 */
gboolean
wb_book_backup (WbBook *self, const char *path, GError **error)
{
  g_autofree char *part = g_strdup_printf ("%s.part", path);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT, "“%s” is there already; a backup overwrites nothing. Choose another name", path);
      return FALSE;
    }
  g_unlink (part);
  if (!wb_database_backup_to (self->database, part, error) || !verify (part, error))
    {
      g_unlink (part);
      return FALSE;
    }
  sync_file (part);
  if (g_rename (part, path) == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "The backup “%s” could not be put in place: %s", path, g_strerror (errno));
  g_unlink (part);
  return FALSE;
}

static gboolean
set_aside (const char *path, GError **error)
{
  g_autofree char *stamp = wb_instant_to_iso (wb_now ());
  g_autofree char *aside = g_strdup_printf ("%s.before-restore-%s", path, stamp);
  static const char *const beside[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *from = g_strconcat (path, beside[i], NULL);
      g_autofree char *to = g_strconcat (aside, beside[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && g_rename (from, to) != 0)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "“%s” could not be set aside: %s", from, g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

/* Nobody may have the book open while it is replaced: an exclusive lock proves it. */
static gboolean
prove_unused (const char *path, GError **error)
{
  g_autoptr (WbDatabase) book = NULL;
  g_autoptr (GError)     local = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  book = wb_database_open (path, 0, &local);
  if (book == NULL)
    return TRUE; /* damaged or foreign: it is set aside, not lost */
  if (wb_database_run_script (book, "PRAGMA busy_timeout = 500; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE", NULL))
    {
      g_autoptr (WbRows) rows = wb_database_query (book, NULL, "PRAGMA journal_mode", NULL);

      if (rows != NULL && wb_rows_next (rows, NULL) && g_strcmp0 (wb_rows_text (rows, 0), "delete") == 0)
        return TRUE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "The order book “%s” is in use. Close Waybill everywhere and try again", path);
  return FALSE;
}

/**
 * wb_book_restore:
 * Puts the verified content of @backup in the place of the book at @path. What was there is kept beside it under
 * “.before-restore-<time>”; nobody may have it open. On failure everything is as before.
 */
gboolean
wb_book_restore (const char *backup, const char *path, GError **error)
{
  g_autofree char       *part = g_strdup_printf ("%s.restore-part", path);
  g_autoptr (WbDatabase) source = NULL;

  if (!verify (backup, error) || !prove_unused (path, error))
    return FALSE;
  source = wb_database_open (backup, WB_DATABASE_READ_ONLY, error);
  g_unlink (part);
  if (source == NULL || !wb_database_backup_to (source, part, error) || !verify (part, error))
    {
      g_unlink (part);
      return FALSE;
    }
  sync_file (part);
  if (!set_aside (path, error))
    return FALSE;
  if (g_rename (part, path) == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "“%s” could not be put in place: %s", path, g_strerror (errno));
  return FALSE;
}
