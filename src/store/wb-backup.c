/* SPDX-License-Identifier: GPL-3.0-or-later
 * Backup and restore of the order book: whole, verified, never over something. */
#include "wb-book-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

/* Opens a finished copy as a book would be opened and reads every page of it. */
static gboolean
verify (const char *path, GError **error)
{
  g_autoptr (WbDatabase) copy = wb_database_open (path, WB_DATABASE_READ_ONLY, error);
  gint64                 version = 0;

  if (copy == NULL || !wb_database_check (copy, error) ||
      !wb_database_version (copy, &version, error))
    return FALSE;
  if (version >= 1 && version <= WB_SCHEMA_VERSION)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
               version == 0 ? "“%s” holds no order book" : "“%s” was written by a newer Waybill",
               path);
  return FALSE;
}

static gboolean
sync_path (const char *path, GError **error)
{
  int      fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "“%s” could not be written to the disk: %s",
                 path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

/* A renamed file is there after a power cut only when its folder is synced too. */
static void
sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  sync_path (folder, NULL);
}

/* Renames without ever replacing something, where the file system can promise that. */
static gboolean
move (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  return (errno == EINVAL || errno == ENOSYS) && access (to, F_OK) != 0 && g_rename (from, to) == 0;
}

/* A copy of @source at @part: whole, read through, on the disk; or nothing. */
static gboolean
make_part (WbDatabase *source, const char *part, GError **error)
{
  g_unlink (part); /* what an interrupted copy left */
  if (wb_database_backup_to (source, part, error) && verify (part, error) &&
      sync_path (part, error))
    return TRUE;
  g_unlink (part);
  return FALSE;
}

/**
 * wb_book_backup:
 * Writes the book as it is now to the new file @path, then opens and checks the copy. An existing
 * file is refused
 * (%WB_ERROR_CONFLICT). The copy holds no secrets: the book never has any.
 */
gboolean
wb_book_backup (WbBook *self, const char *path, GError **error)
{
  g_autofree char *part = g_strdup_printf ("%s.part", path);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "“%s” is there already; a backup overwrites nothing. Choose another name", path);
      return FALSE;
    }
  if (!make_part (self->database, part, error))
    return FALSE;
  if (move (part, path))
    {
      sync_folder_of (path);
      return TRUE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "The backup “%s” could not be put in place: %s",
               path, g_strerror (errno));
  g_unlink (part);
  return FALSE;
}

static const char *const beside[] = {
  "-wal", "-shm", ""
}; /* the book itself last: until then it is where it was */

static void
move_all (const char *from, const char *to)
{
  for (guint i = G_N_ELEMENTS (beside); i > 0; i--)
    {
      g_autofree char *source = g_strconcat (from, beside[i - 1], NULL);
      g_autofree char *target = g_strconcat (to, beside[i - 1], NULL);

      if (g_file_test (source, G_FILE_TEST_EXISTS) && !move (source, target))
        g_warning ("restore: “%s” could not be moved to “%s”: %s", source, target,
                   g_strerror (errno));
    }
}

/* A name that is not taken: two restores in one second keep two books. */
static char *
name_aside (const char *path)
{
  g_autofree char *stamp = wb_instant_to_iso (wb_now ());
  char            *aside = g_strdup_printf ("%s.before-restore-%s", path, stamp);

  for (guint n = 2; g_file_test (aside, G_FILE_TEST_EXISTS); n++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.before-restore-%s-%u", path, stamp, n);
    }
  return aside;
}

static gboolean
set_aside (const char *path, const char *aside, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *from = g_strconcat (path, beside[i], NULL);
      g_autofree char *to = g_strconcat (aside, beside[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && !move (from, to))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "“%s” could not be set aside: %s", from,
                       g_strerror (errno));
          move_all (aside, path);
          return FALSE;
        }
    }
  return TRUE;
}

/*
 * Nobody may have the book open while it is replaced. Every connection holds a shared lock, so an
 * exclusive one proves it; it is held until *@held is closed, and what lay in the WAL is in the
 * file then. A damaged or foreign file that nobody has open is left as it is,
 * *@held being NULL: it is set aside with its WAL, not lost.
 */
static gboolean
hold_alone (const char *path, WbDatabase **held, GError **error)
{
  g_autoptr (WbDatabase) book = NULL;
  g_autoptr (GError)     local = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  book = wb_database_open (path, 0, &local);
  if (book != NULL &&
      wb_database_run_script (book,
                              "PRAGMA busy_timeout = 500; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA "
                              "journal_mode = DELETE; BEGIN EXCLUSIVE",
                              &local))
    {
      *held = g_steal_pointer (&book);
      return TRUE;
    }
  g_clear_pointer (&book, wb_database_close);
  if (!wb_database_is_held (path))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
               "The order book “%s” is in use. Close Waybill everywhere and try again", path);
  return FALSE;
}

static gboolean
swap (const char *part, const char *path, GError **error)
{
  g_autofree char *aside = name_aside (path);

  if (!set_aside (path, aside, error))
    return FALSE;
  if (move (part, path))
    {
      sync_folder_of (path);
      return TRUE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "“%s” could not be put in place: %s", path,
               g_strerror (errno));
  move_all (aside, path);
  return FALSE;
}

/**
 * wb_book_restore:
 * Puts the verified content of @backup in the place of the book at @path. What was there is kept
 * beside it under “.before-restore-<time>”; nobody may have it open. On failure everything is as
 * before.
 */
gboolean
wb_book_restore (const char *backup, const char *path, GError **error)
{
  g_autofree char       *part = g_strdup_printf ("%s.restore-part", path);
  g_autoptr (WbDatabase) source = NULL, held = NULL;
  gboolean               ok;

  if (!verify (backup, error) ||
      (source = wb_database_open (backup, WB_DATABASE_READ_ONLY, error)) == NULL ||
      !make_part (source, part, error))
    return FALSE;
  g_clear_pointer (&source, wb_database_close);
  ok = hold_alone (path, &held, error) && swap (part, path, error);
  if (!ok)
    g_unlink (part);
  return ok;
}
