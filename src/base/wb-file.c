/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files that are whole or absent, never half. */
#include "wb-file.h"

#include "wb-text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((gsize) 256 * 1024)

static gboolean
fail_errno (const char *verb, const char *path, GError **error)
{
  int         saved = errno;
  const char *why = g_strerror (saved);
  WbError     code = saved == ENOSPC || saved == EROFS || saved == EDQUOT ? WB_ERROR_STORAGE
                     : saved == ENOENT                                    ? WB_ERROR_NOT_FOUND
                                                                          : WB_ERROR_FAILED;

  g_set_error (error, WB_ERROR, code, "Cannot %s “%s”: %s", verb, path, why);
  return FALSE;
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize done = 0; done < size;)
    {
      gssize n = write (fd, data + done, size - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      done += n > 0 ? (gsize) n : 0;
    }
  return fsync (fd) == 0;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

/**
 * wb_file_write:
 * @mode: permission bits of the new file, e.g. 0644 or 0600
 *
 * Writes @bytes beside @path, syncs, and renames into place: after a crash the old or the new file
 * is there, whole.
 */
gboolean
wb_file_write (const char *path, GBytes *bytes, int mode, GError **error)
{
  g_autofree char *id = wb_text_random_id (6);
  g_autofree char *beside = g_strdup_printf ("%s.%s.part", path, id);
  int              fd = open (beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

  if (fd < 0)
    return fail_errno ("write", path, error);
  if (!write_all (fd, bytes) || fchmod (fd, mode) != 0)
    {
      fail_errno ("write", path, error);
      close (fd);
      unlink (beside);
      return FALSE;
    }
  close (fd);
  if (rename (beside, path) != 0)
    {
      fail_errno ("write", path, error);
      unlink (beside);
      return FALSE;
    }
  sync_folder (path);
  return TRUE;
}

/**
 * wb_file_read:
 * @max_size: more bytes than this is an error
 *
 * Returns: (transfer full): the content of @path, or %NULL (%WB_ERROR_NOT_FOUND, %WB_ERROR_INVALID
 * when too large).
 */
GBytes *
wb_file_read (const char *path, gsize max_size, GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autofree guint8     *piece = g_malloc (PIECE);
  int                    fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize                 n = fd >= 0 ? 1 : -1;

  while (n > 0 && content->len <= max_size)
    {
      n = TEMP_FAILURE_RETRY (read (fd, piece, MIN (PIECE, max_size - content->len + 1)));
      if (n > 0)
        g_byte_array_append (content, piece, (guint) n);
    }
  if (n < 0)
    fail_errno ("read", path, error);
  else if (content->len > max_size)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "“%s” has more than the %" G_GSIZE_FORMAT " bytes that are read", path, max_size);
  if (fd >= 0)
    close (fd);
  return n < 0 || content->len > max_size ? NULL
                                          : g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

/** wb_bytes_hash: Returns: (transfer full): the SHA-256 of @bytes in hex, the name a document is
 * kept by. */
char *
wb_bytes_hash (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}
