/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whose turn it is to write next. Who has the turn waits for the write lock alone and gives the
 * turn on once he has it; who has just written has to take a turn again like everybody else, so
 * that one busy program cannot go on and on. It is a courtesy: what may be written is decided by
 * the database. */
#include "wb-turn.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define SHORTEST_NAP 200 /* µs between two looks; chance keeps two from looking in step */
#define LONGEST_NAP  1500

struct _WbTurn
{
  int fd;
};

/* The first byte of the file in which programs say that they are there: their tokens begin at 1. */
static struct flock
first_byte (short type)
{
  return (struct flock){ .l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1 };
}

/** wb_turn_new: Returns: (transfer full): turns at the book at @book_path; where no file can be
 * written beside it, turns are not taken. */
WbTurn *
wb_turn_new (const char *book_path)
{
  g_autofree char *path = g_strconcat (book_path, ".present", NULL);
  WbTurn          *self = g_new0 (WbTurn, 1);

  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  return self;
}

/** wb_turn_take: waits for the turn, @milliseconds at most. Returns: whether it is ours. */
gboolean
wb_turn_take (WbTurn *self, int milliseconds)
{
  gint64 until = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  while (self->fd >= 0)
    {
      struct flock lock = first_byte (F_WRLCK);

      if (fcntl (self->fd, F_OFD_SETLK, &lock) == 0)
        return TRUE;
      if ((errno != EAGAIN && errno != EACCES && errno != EINTR) ||
          g_get_monotonic_time () >= until)
        return FALSE;
      g_usleep ((gulong) g_random_int_range (SHORTEST_NAP, LONGEST_NAP));
    }
  return FALSE;
}

/** wb_turn_give: gives the turn on. */
void
wb_turn_give (WbTurn *self)
{
  struct flock lock = first_byte (F_UNLCK);

  if (self->fd >= 0)
    fcntl (self->fd, F_OFD_SETLK, &lock);
}

/** wb_turn_free: gives the turn on and is done. */
void
wb_turn_free (WbTurn *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
