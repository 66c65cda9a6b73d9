/* SPDX-License-Identifier: GPL-3.0-or-later
 * The early polls that hints ask for: one thread, and however many hints came for a channel, at
 * most one poll of it runs and one waits. */
#include "wb-hint-polls.h"

#include "wb-desk-channel.h"

struct _WbHintPolls
{
  WbDesk       *desk; /* the thread's own */
  WbHintTell    tell;
  gpointer      data;
  GThread      *thread;
  GCancellable *stop;
  GMutex        mutex;
  GCond         cond;
  GArray       *waiting; /* element-type gint64: channels, each once; guarded by the mutex */
};

/* Waits for the next channel. Returns: 0 when it is over. */
static gint64
take (WbHintPolls *self)
{
  gint64 id = 0;

  g_mutex_lock (&self->mutex);
  while (self->waiting->len == 0 && !g_cancellable_is_cancelled (self->stop))
    g_cond_wait (&self->cond, &self->mutex);
  if (!g_cancellable_is_cancelled (self->stop))
    {
      id = g_array_index (self->waiting, gint64, 0);
      g_array_remove_index (self->waiting, 0);
    }
  g_mutex_unlock (&self->mutex);
  return id;
}

/* By the keys and settings that the channel has now: somebody may have changed them since it was
 * asked last. Its record keeps what went wrong; the next hint or the next sync tries again. */
static void
poll_channel (WbHintPolls *self, gint64 id)
{
  g_auto (WbSyncResult)    result = { 0 };
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbConnection) channel =
      wb_book_get_connection (wb_desk_get_book (self->desk), id, NULL);
  const char *name;

  if (channel == NULL)
    return;
  name = wb_record_get_text (channel, WB_CONNECTION_NAME);
  wb_desk_reopen (self->desk, id);
  self->tell (WB_HINT_BEGUN, name, NULL, self->data);
  if (wb_desk_sync (self->desk, id, NULL, NULL, &result, self->stop, &error))
    self->tell (WB_HINT_DONE, name, &result, self->data);
  else if (!g_error_matches (error, WB_ERROR, WB_ERROR_CANCELLED))
    self->tell (WB_HINT_FAILED, name, NULL, self->data);
}

static gpointer
work (gpointer data)
{
  WbHintPolls *self = data;
  gint64       id;

  while ((id = take (self)) != 0)
    poll_channel (self, id);
  return NULL;
}

/**
 * wb_hint_polls_new:
 * @desk: kept, and used from the new thread only until wb_hint_polls_free()
 * @tell: called from that thread
 */
WbHintPolls *
wb_hint_polls_new (WbDesk *desk, WbHintTell tell, gpointer data)
{
  WbHintPolls *self = g_new0 (WbHintPolls, 1);

  self->desk = g_object_ref (desk);
  self->tell = tell;
  self->data = data;
  self->stop = g_cancellable_new ();
  self->waiting = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("hints", work, self);
  return self;
}

/** wb_hint_polls_add: reads the channel soon; from any thread. One that waits already stands for
 * this hint as well; one that runs may be past what it is about, so another one waits. */
void
wb_hint_polls_add (WbHintPolls *self, gint64 channel_id)
{
  gboolean is_new = TRUE;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; is_new && i < self->waiting->len; i++)
    is_new = g_array_index (self->waiting, gint64, i) != channel_id;
  if (is_new)
    {
      g_array_append_val (self->waiting, channel_id);
      g_cond_signal (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
}

/** wb_hint_polls_free: stops the poll that runs at its next page, forgets those that wait, and
 * waits for the thread. */
void
wb_hint_polls_free (WbHintPolls *self)
{
  g_mutex_lock (&self->mutex);
  g_cancellable_cancel (self->stop);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_object_unref (self->desk);
  g_object_unref (self->stop);
  g_array_unref (self->waiting);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
