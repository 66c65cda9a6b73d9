/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done to the chosen orders at once, and how far a batch is; it shows itself when there
 * is something to show. One batch runs at a time; the rest of the window goes on. */
#include "wb-batch-bar.h"

#include "wb-batch-window.h"
#include "wb-resource.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

#define SEVERAL 2
#define QUIETLY 50 /* up to so many orders are held, tagged… without a window of progress */

struct _WbBatchBar
{
  AdwBin       parent_instance;
  GtkRevealer *revealer;
  GtkStack    *stack;
  GtkLabel    *count_label;
  GtkLabel    *progress;
  WbWorkspace *workspace;
  WbBatchRun  *run;    /* the latest */
  GtkWindow   *window; /* the latest batch's, shown or hidden */
  gulong       close_id;
  guint        count;
};

enum
{
  WANTED,
  SHOW_ONLY,
  CLEAR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbBatchBar, wb_batch_bar, ADW_TYPE_BIN)

static const struct
{
  const char *action;
  WbBatch     kind;
  const char *argument;
} offers[] = {
  { "batch.ship", WB_BATCH_SHIP, NULL }, { "batch.slips", WB_BATCH_SLIPS, NULL },
  { "batch.hold", WB_BATCH_HOLD, NULL }, { "batch.release", WB_BATCH_RELEASE, NULL },
  { "batch.tag", WB_BATCH_TAG, NULL },   { "batch.untag", WB_BATCH_UNTAG, NULL },
  { "batch.mark", WB_BATCH_MARK, "on" }, { "batch.unmark", WB_BATCH_MARK, "off" },
};

static gboolean
is_asked (WbBatch kind)
{
  return kind == WB_BATCH_SHIP || kind == WB_BATCH_HOLD || kind == WB_BATCH_TAG ||
         kind == WB_BATCH_UNTAG;
}

/* On paper or for money: a person wants to see each row. */
static gboolean
is_followed (WbBatchRun *run)
{
  WbBatch kind = wb_batch_run_get_kind (run);

  return kind == WB_BATCH_SHIP || kind == WB_BATCH_SLIPS || wb_batch_run_get_total (run) > QUIETLY;
}

static gboolean
is_running (WbBatchBar *self)
{
  return self->run != NULL && wb_batch_run_is_running (self->run);
}

static void
update (WbBatchBar *self)
{
  gboolean running = is_running (self);

  gtk_stack_set_visible_child_name (self->stack, running ? "run" : "choose");
  gtk_revealer_set_reveal_child (self->revealer, running || self->count >= SEVERAL);
  /* What is not seen is not told to a screen reader either. */
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), running || self->count >= SEVERAL);
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), offers[i].action,
                                   !running && self->count >= SEVERAL);
}

static void
show_progress (WbBatchBar *self)
{
  g_autofree char *title = wb_batch_run_dup_title (self->run);
  g_autofree char *outcome = wb_batch_run_dup_outcome (self->run);
  g_autofree char *text = g_strdup_printf ("%s · %s", title, outcome);

  gtk_label_set_text (self->progress, text);
}

static void
drop_window (WbBatchBar *self)
{
  GtkWindow *window = g_steal_pointer (&self->window);

  if (window == NULL)
    return;
  g_signal_handlers_disconnect_by_data (window, self);
  gtk_window_destroy (window);
}

static void
destroyed_cb (GtkWidget *window, WbBatchBar *self)
{
  self->window = NULL;
}

static void
undo_cb (AdwToast *toast, WbBatchRun *run)
{
  wb_batch_run_undo (run);
}

static void
show_window (WbBatchBar *self)
{
  if (self->window != NULL)
    gtk_window_present (self->window);
}

static void
told_cb (WbBatchRun *run, const char *text, WbBatchBar *self)
{
  wb_toast_show (GTK_WIDGET (self), text);
}

static void
show_failed_cb (WbBatchWindow *window, WbBatchRun *run, WbBatchBar *self)
{
  g_autoptr (GArray) ids = wb_batch_run_dup_failed (run);

  g_signal_emit (self, signals[SHOW_ONLY], 0, ids);
}

static void started_cb (WbBatchWindow *window, WbBatchRun *run, WbBatchBar *self);

static void
take_window (WbBatchBar *self, GtkWindow *window)
{
  self->window = window;
  g_signal_connect (window, "destroy", G_CALLBACK (destroyed_cb), self);
  g_signal_connect (window, "show-failed", G_CALLBACK (show_failed_cb), self);
  g_signal_connect (window, "started", G_CALLBACK (started_cb), self);
}

static void
make_window (WbBatchBar *self)
{
  if (self->window == NULL)
    take_window (self, wb_batch_window_follow (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               self->workspace, self->run));
}

static void
progress_cb (WbBatchRun *run, WbBatchBar *self)
{
  if (run != self->run)
    return;
  show_progress (self);
  update (self);
}

/* Told by a toast where it is not seen anyway; what failed is never told by a toast alone. */
static void
ended_cb (WbBatchRun *run, WbBatchBar *self)
{
  g_autofree char *outcome = wb_batch_run_dup_outcome (run);

  if (run != self->run)
    return;
  update (self);
  if (wb_batch_run_get_done (run) < wb_batch_run_get_total (run))
    {
      make_window (self);
      show_window (self);
    }
  if (wb_batch_run_can_undo (run))
    wb_toast_show_undo (GTK_WIDGET (self), outcome, G_OBJECT (run), G_CALLBACK (undo_cb), NULL,
                        NULL);
  else if (self->window == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->window)))
    wb_toast_show (GTK_WIDGET (self), outcome);
}

static void
start (WbBatchBar *self, WbBatchRun *run)
{
  g_set_object (&self->run, run);
  g_signal_connect_object (run, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (run, "ended", G_CALLBACK (ended_cb), self, 0);
  g_signal_connect_object (run, "told", G_CALLBACK (told_cb), self, 0);
  if (is_followed (run))
    {
      make_window (self);
      show_window (self);
    }
  else
    drop_window (self);
  wb_batch_run_start (run);
}

static void
started_cb (WbBatchWindow *window, WbBatchRun *run, WbBatchBar *self)
{
  start (self, run);
}

static void
offer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    if (g_str_equal (offers[i].action, name))
      g_signal_emit (widget, signals[WANTED], 0, (int) offers[i].kind, offers[i].argument);
}

static void
clear_cb (GtkButton *button, WbBatchBar *self)
{
  g_signal_emit (self, signals[CLEAR], 0);
}

static void
show_clicked_cb (GtkButton *button, WbBatchBar *self)
{
  make_window (self);
  show_window (self);
}

static void
stop_cb (GtkButton *button, WbBatchBar *self)
{
  wb_batch_run_stop (self->run);
}

/* A window that is closed finishes what is running, not all that was still to be begun. */
static gboolean
close_request_cb (GtkWindow *window, WbBatchBar *self)
{
  if (self->run != NULL)
    wb_batch_run_stop (self->run);
  return GDK_EVENT_PROPAGATE;
}

static void
root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_batch_bar_parent_class)->root (widget);
  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    WB_BATCH_BAR (widget)->close_id = g_signal_connect (
        gtk_widget_get_root (widget), "close-request", G_CALLBACK (close_request_cb), widget);
}

static void
unroot (GtkWidget *widget)
{
  WbBatchBar *self = WB_BATCH_BAR (widget);

  g_clear_signal_handler (&self->close_id, gtk_widget_get_root (widget));
  drop_window (self);
  GTK_WIDGET_CLASS (wb_batch_bar_parent_class)->unroot (widget);
}

static void
wb_batch_bar_dispose (GObject *object)
{
  WbBatchBar *self = WB_BATCH_BAR (object);

  drop_window (self);
  g_clear_object (&self->run);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_batch_bar_parent_class)->dispose (object);
}

static void
wb_batch_bar_class_init (WbBatchBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_batch_bar_dispose;
  widget_class->root = root;
  widget_class->unroot = unroot;

  /* A kind (WbBatch) with its argument is wanted for the chosen orders. */
  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  /* Only these orders (gint64) are to be shown. */
  signals[SHOW_ONLY] = g_signal_new ("show-only", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  /* Nothing is to be chosen any more. */
  signals[CLEAR] = g_signal_new ("clear", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-batch-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, stack);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, progress);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    gtk_widget_class_install_action (widget_class, offers[i].action, NULL, offer_action);
}

static void
wb_batch_bar_init (WbBatchBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/** wb_batch_bar_set_workspace: where batches are done; once. */
void
wb_batch_bar_set_workspace (WbBatchBar *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

/** wb_batch_bar_set_count: how many orders are chosen; the bar shows from two on. */
void
wb_batch_bar_set_count (WbBatchBar *self, guint count)
{
  /* Translators: how many rows of a list are chosen; with thousands' marks */
  g_autofree char *text = g_strdup_printf (_ ("%'u selected"), count);

  self->count = count;
  gtk_label_set_text (self->count_label, text);
  update (self);
}

/**
 * wb_batch_bar_begin:
 * @ids: (element-type gint64): which orders; kept
 * @argument: (nullable): as of wb_desk_run_batch(); what is asked for is asked here
 *
 * Does @kind to @ids, after asking when it costs money or wants a word.
 */
void
wb_batch_bar_begin (WbBatchBar *self, WbBatch kind, GArray *ids, const char *argument)
{
  GtkWindow             *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autoptr (WbBatchRun) run = NULL;

  if (is_running (self) || ids->len == 0)
    return;
  drop_window (self);
  if (is_asked (kind))
    {
      take_window (self, wb_batch_window_ask (parent, self->workspace, kind, ids));
      show_window (self);
      return;
    }
  run = wb_batch_run_new (self->workspace, kind, ids, argument);
  start (self, run);
}
