/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the gateways' books, says how far it is, and can be stopped. */
#include "wb-money-sync-bar.h"

#include "wb-detail.h"
#include "wb-money-works.h"
#include "wb-refusals.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbMoneySyncBar
{
  AdwBin        parent_instance;
  GtkWidget    *box;
  GtkLabel     *progress;
  GtkLabel     *trouble;
  GCancellable *running; /* NULL: nothing is read */
  gboolean      gone;
};

enum
{
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbMoneySyncBar, wb_money_sync_bar, ADW_TYPE_BIN)

static void
note_cb (gpointer owner, gpointer text)
{
  gtk_label_set_text (WB_MONEY_SYNC_BAR (owner)->progress, text);
}

static void
say_trouble (WbMoneySyncBar *self, const GError *error)
{
  g_autofree char *words = error != NULL ? wb_error_words (error) : NULL;
  g_autofree char *text =
      /* Translators: why the gateways could not be asked */
      error != NULL ? g_strdup_printf (_ ("The gateways’ books could not be read, what "
                                          "stands here is what was known before. %s"),
                                       words)
                    : NULL;

  gtk_label_set_text (self->trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), text != NULL);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbMoneySyncBar         *self = WB_MONEY_SYNC_BAR (source);
  g_autoptr (WbWorkspace) workspace = user_data;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *outcome = wb_worker_finish (result, &error);

  g_clear_object (&self->running);
  if (self->gone)
    return;
  gtk_widget_set_visible (self->box, FALSE);
  if (outcome != NULL)
    wb_detail_toast (GTK_WIDGET (self), outcome);
  if (error != NULL && !g_error_matches (error, WB_ERROR, WB_ERROR_CANCELLED))
    say_trouble (self, error);
  g_signal_emit (self, signals[ENDED], 0);
  wb_workspace_look (workspace);
}

static void
stop_cb (GtkButton *button, WbMoneySyncBar *self)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
}

static void
wb_money_sync_bar_dispose (GObject *object)
{
  WbMoneySyncBar *self = WB_MONEY_SYNC_BAR (object);

  self->gone = TRUE;
  stop_cb (NULL, self);
  G_OBJECT_CLASS (wb_money_sync_bar_parent_class)->dispose (object);
}

static void
wb_money_sync_bar_class_init (WbMoneySyncBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_money_sync_bar_dispose;
  /* The books are read, or it was stopped, or it failed: the next may start. */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-money-sync-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbMoneySyncBar, box);
  gtk_widget_class_bind_template_child (widget_class, WbMoneySyncBar, progress);
  gtk_widget_class_bind_template_child (widget_class, WbMoneySyncBar, trouble);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
wb_money_sync_bar_init (WbMoneySyncBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_money_sync_bar_start: reads what moved at each gateway since the last time; nothing while it
 * does so already. */
void
wb_money_sync_bar_start (WbMoneySyncBar *self, WbWorkspace *workspace)
{
  static WbWorkKind kind;

  if (self->running != NULL)
    return;
  self->running = g_cancellable_new ();
  say_trouble (self, NULL);
  gtk_label_set_text (self->progress, _ ("Reading the gateways’ books…"));
  gtk_widget_set_visible (self->box, TRUE);
  wb_money_sync_kind_init (&kind, note_cb);
  wb_worker_run_async (wb_workspace_get_worker (workspace), &kind, NULL, G_OBJECT (self),
                       self->running, synced_cb, g_object_ref (workspace));
}
