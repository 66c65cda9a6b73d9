/* SPDX-License-Identifier: GPL-3.0-or-later
 * Works that nobody waits for take turns at the processor.
 *
 * Twenty channels that sync at once are twenty threads. However low the priority of each, together
 * they outweigh the one thread that paints the window, and when it is their turn they all come
 * before it. So as many of them work as there are processors to spare; the others wait. Who waits
 * for a shop has left: twenty shops are still waited for side by side.
 *
 * Nobody can be locked up by it. A thread that has the turn waits for nobody who waits for one: it
 * gives the turn away while it waits for the network, and keeps it through a transaction of the
 * book, so that who is about to write never waits for the turn. And should it be otherwise one day,
 * a turn that does not come is not waited for any longer than LONGEST: it is a courtesy towards the
 * window; what may be done at the same time is decided elsewhere. */
#include "wb-behind.h"

#define LONGEST (10 * G_TIME_SPAN_SECOND)

static gint64 longest = LONGEST;

/* What a thread that works behind knows of itself; NULL elsewhere. */
typedef struct
{
  gboolean here;  /* it has the turn */
  guint    holds; /* it must not leave: so many times */
  GCond    turn;  /* it may have it now */
} Behind;

static GPrivate mine = G_PRIVATE_INIT (g_free);

static GMutex lock;
static GQueue waiting = G_QUEUE_INIT; /* of Behind: first come, first served */
static guint  at_work;

/** wb_behind_get_room: Returns: how many may work at once: one processor is the window's. */
guint
wb_behind_get_room (void)
{
  return MAX (g_get_num_processors (), 2) - 1;
}

/** wb_behind_set_patience: for tests: how long, in µs, a turn is waited for; 0: as usual. */
void
wb_behind_set_patience (gint64 microseconds)
{
  longest = microseconds > 0 ? microseconds : LONGEST;
}

/* Under the lock: the first of those who wait, when there is room. */
static void
call_next (void)
{
  Behind *next = at_work < wb_behind_get_room () ? g_queue_peek_head (&waiting) : NULL;

  if (next != NULL)
    g_cond_signal (&next->turn);
}

static void
come (Behind *self)
{
  gint64   until = g_get_monotonic_time () + longest;
  gboolean patient = TRUE;

  g_mutex_lock (&lock);
  g_queue_push_tail (&waiting, self);
  while (patient && (at_work >= wb_behind_get_room () || g_queue_peek_head (&waiting) != self))
    patient = g_cond_wait_until (&self->turn, &lock, until);
  g_queue_remove (&waiting, self);
  at_work++;
  self->here = TRUE;
  call_next (); /* with more processors there may be room for another */
  g_mutex_unlock (&lock);
}

static void
leave (Behind *self)
{
  g_mutex_lock (&lock);
  at_work--;
  self->here = FALSE;
  call_next ();
  g_mutex_unlock (&lock);
}

/** wb_behind_begin: from here on this thread works behind; it waits for its first turn. Ended by
 * wb_behind_end(). */
void
wb_behind_begin (void)
{
  Behind *self = g_new0 (Behind, 1);

  g_assert (g_private_get (&mine) == NULL);
  g_cond_init (&self->turn);
  g_private_set (&mine, self);
  come (self);
}

/** wb_behind_end: this thread works behind no longer, and gives its turn away. */
void
wb_behind_end (void)
{
  Behind *self = g_private_get (&mine);

  g_assert (self != NULL);
  if (self->here)
    leave (self);
  g_cond_clear (&self->turn);
  g_private_replace (&mine, NULL);
}

/** wb_behind_is_on: Returns: whether this thread works behind. */
gboolean
wb_behind_is_on (void)
{
  return g_private_get (&mine) != NULL;
}

/** wb_behind_leave: what follows is waiting for somebody outside: another may work meanwhile.
 * Nothing in a thread that does not work behind, nor where wb_behind_hold() says so. */
void
wb_behind_leave (void)
{
  Behind *self = g_private_get (&mine);

  if (self != NULL && self->here && self->holds == 0)
    leave (self);
}

/** wb_behind_come_back: after wb_behind_leave(): waits for the turn. */
void
wb_behind_come_back (void)
{
  Behind *self = g_private_get (&mine);

  if (self != NULL && !self->here)
    come (self);
}

/** wb_behind_hold: others may be waiting for what this thread has begun: the turn is kept until
 * wb_behind_let_go(); nests. */
void
wb_behind_hold (void)
{
  Behind *self = g_private_get (&mine);

  if (self != NULL)
    self->holds++;
}

/** wb_behind_let_go: what wb_behind_hold() was called for is over. */
void
wb_behind_let_go (void)
{
  Behind *self = g_private_get (&mine);

  if (self != NULL && self->holds > 0)
    self->holds--;
}
