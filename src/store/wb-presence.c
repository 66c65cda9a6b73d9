/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which programs work on a book right now: a token held as a file lock that the kernel drops when
 * its holder dies. */
#include "wb-presence.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

/* One byte of the lock file a holder, at a random place: its token. Open-file-description locks
 * belong to the descriptor, not to the process, so two engines in one process see each other too.
 */
struct _WbPresence
{
  int    fd;
  gint64 token;
};

static struct flock
byte_lock (gint64 token, short type)
{
  return (struct flock){ .l_type = type, .l_whence = SEEK_SET, .l_start = token, .l_len = 1 };
}

/** wb_presence_new: Returns: (transfer full): a token of one's own for the book at @book_path, held
 * until freed or killed. */
WbPresence *
wb_presence_new (const char *book_path, GError **error)
{
  g_autofree char       *path = g_strconcat (book_path, ".present", NULL);
  g_autoptr (WbPresence) self = g_new0 (WbPresence, 1);

  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  for (guint tries = 0; self->fd >= 0 && tries < 16; tries++)
    {
      guint32      random = 0;
      struct flock lock;

      if (getrandom (&random, sizeof random, 0) != sizeof random)
        break;
      self->token = (random & 0x7fffffff) + 1;
      lock = byte_lock (self->token, F_WRLCK);
      if (fcntl (self->fd, F_OFD_SETLK, &lock) == 0)
        return g_steal_pointer (&self);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "“%s” cannot be locked: %s", path,
               g_strerror (errno));
  return NULL;
}

/** wb_presence_get_token: the number that goes into an operation's `owner` column. */
gint64
wb_presence_get_token (WbPresence *self)
{
  return self->token;
}

/** wb_presence_is_alive: whether the holder of @token still runs. When the lock cannot be asked, it
 * is taken to be alive. */
gboolean
wb_presence_is_alive (WbPresence *self, gint64 token)
{
  struct flock lock = byte_lock (token, F_WRLCK);

  if (token == 0)
    return FALSE;
  if (token == self->token)
    return TRUE;
  if (fcntl (self->fd, F_OFD_GETLK, &lock) != 0)
    return TRUE;
  return lock.l_type != F_UNLCK;
}

/** wb_presence_free: gives the token up. */
void
wb_presence_free (WbPresence *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
