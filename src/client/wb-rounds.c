/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks the shops for orders every so often while the window is open, and when it is told to. What
 * goes wrong by itself is told by the channel's row, not by a note that covers the work. */
#include "wb-rounds.h"

#include "wb-round-work.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

struct _WbRounds
{
  GObject       parent_instance;
  WbWorkspace  *workspace; /* NULL: ended */
  GSettings    *settings;
  GCancellable *cancellable; /* of the round that runs */
  gboolean      running;
  gboolean      asked; /* by a person, who is told how it came out */
  guint         tick_id;
  WbRoundPage   page; /* the newest of it; 0: none has come yet */
};

enum
{
  CHANGED,
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbRounds, wb_rounds, G_TYPE_OBJECT)

/* Whose pages come just now, and how far it is. */
static void
take_page (gpointer owner, gpointer data)
{
  WbRounds *self = owner;

  self->page = *(const WbRoundPage *) data;
  g_signal_emit (self, signals[CHANGED], 0);
}

static const WbWorkKind round_work = {
  .run = wb_round_run,
  .note = take_page,
  .free_result = g_free,
  .free_note = g_free,
  .effect = TRUE,
  .behind = TRUE, /* what somebody looks at comes first */
  .title = N_ ("Asking the shops for orders"),
};

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbRounds          *self = WB_ROUNDS (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);
  g_autofree char   *trouble = outcome == NULL ? wb_round_words (error) : NULL;
  gboolean           told = self->asked;

  self->running = self->asked = FALSE;
  g_clear_object (&self->cancellable);
  if (self->workspace == NULL)
    return;
  g_signal_emit (self, signals[CHANGED], 0);
  if (told)
    g_signal_emit (self, signals[TOLD], 0, outcome != NULL ? outcome : trouble);
  wb_workspace_look (self->workspace);
}

static void
run (WbRounds *self)
{
  if (self->running || self->workspace == NULL || !wb_workspace_is_open (self->workspace))
    return;
  self->running = TRUE;
  self->page = (WbRoundPage){ 0 };
  self->cancellable = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &round_work, NULL,
                       G_OBJECT (self), self->cancellable, ended_cb, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
tick_cb (gpointer data)
{
  WbRounds *self = data;

  if (!wb_rounds_is_offline (self))
    run (self);
  return G_SOURCE_CONTINUE;
}

static void
wind_up (WbRounds *self)
{
  guint minutes = g_settings_get_uint (self->settings, "sync-minutes");

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (minutes > 0)
    self->tick_id = g_timeout_add_seconds (minutes * 60, tick_cb, self);
}

static void
interval_cb (GSettings *settings, const char *key, WbRounds *self)
{
  wind_up (self);
}

/* Back on the net: what has been missed is asked for at once. */
static void
network_cb (GNetworkMonitor *monitor, GParamSpec *pspec, WbRounds *self)
{
  if (self->workspace == NULL)
    return;
  g_signal_emit (self, signals[CHANGED], 0);
  if (g_network_monitor_get_network_available (monitor) && self->tick_id != 0)
    run (self);
}

static void
wb_rounds_dispose (GObject *object)
{
  WbRounds *self = WB_ROUNDS (object);

  wb_rounds_end (self);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (wb_rounds_parent_class)->dispose (object);
}

static void
wb_rounds_class_init (WbRoundsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_rounds_dispose;

  /* A round has begun or ended, or the net is there or not. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /* How a round that a person asked for came out: a text. */
  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wb_rounds_init (WbRounds *self)
{
  self->settings = g_settings_new ("org.waybill.Waybill");
}

/** wb_rounds_new: Returns: (transfer full): what asks the shops of @workspace; it has not begun. */
WbRounds *
wb_rounds_new (WbWorkspace *workspace)
{
  WbRounds *self = g_object_new (WB_TYPE_ROUNDS, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

/** wb_rounds_begin: from now on they are asked every “sync-minutes”. */
void
wb_rounds_begin (WbRounds *self)
{
  g_signal_connect_object (self->settings, "changed::sync-minutes", G_CALLBACK (interval_cb), self,
                           0);
  /* “network-changed” does not come when NetworkManager says so. */
  g_signal_connect_object (g_network_monitor_get_default (), "notify::network-available",
                           G_CALLBACK (network_cb), self, 0);
  wind_up (self);
}

/** wb_rounds_end: nobody is asked any more; a round that runs is broken off: it only reads, and the
 * next one goes on from where the last whole page was stored. */
void
wb_rounds_end (WbRounds *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspace);
}

/** wb_rounds_ask: asks now, and tells how it came out. */
void
wb_rounds_ask (WbRounds *self)
{
  self->asked = TRUE;
  run (self);
}

/** wb_rounds_stop: breaks off the round that runs, and says so: what was read is kept. */
void
wb_rounds_stop (WbRounds *self)
{
  self->asked = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/** wb_rounds_get_progress: whether more than a page of the channel is being read just now. @done,
 * @total: (out): orders read so far, and of how many; 0 where the shop does not say. */
gboolean
wb_rounds_get_progress (WbRounds *self, gint64 channel_id, gint64 *done, gint64 *total)
{
  *done = self->page.done;
  *total = MAX (self->page.total, 0);
  return self->running && self->page.channel_id == channel_id && self->page.done > 0 &&
         (*total == 0 || self->page.done < *total);
}

/** wb_rounds_is_running: whether the shops are being asked. */
gboolean
wb_rounds_is_running (WbRounds *self)
{
  return self->running;
}

static gboolean
is_far (WbConnection *connection)
{
  const char              *url = wb_record_get_text (connection, WB_CONNECTION_BASE_URL);
  g_autoptr (GUri)         uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  const char              *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") != 0 &&
         (address == NULL || !g_inet_address_get_is_loopback (address));
}

/** wb_rounds_is_offline: whether there is no way to a shop that is not on this machine. */
gboolean
wb_rounds_is_offline (WbRounds *self)
{
  GPtrArray *all;
  gboolean   far = FALSE;

  if (self->workspace == NULL ||
      g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    return FALSE;
  all = wb_workspace_get_connections (self->workspace);
  for (guint i = 0; all != NULL && i < all->len && !far; i++)
    far = g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND), WB_KIND_SHOP) == 0 &&
          is_far (all->pdata[i]);
  return far;
}
