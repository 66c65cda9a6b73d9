/* SPDX-License-Identifier: GPL-3.0-or-later
 * Printing for the chosen shipments at once, how far that is, and what an earlier run left; it
 * shows itself when there is something to show. One batch prints at a time. */
#include "wb-print-bar.h"

#include "wb-prints-window.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

#define SEVERAL 2

struct _WbPrintBar
{
  AdwBin       parent_instance;
  GtkRevealer *revealer;
  GtkStack    *stack;
  GtkLabel    *count_label;
  GtkLabel    *progress;
  GtkLabel    *left;
  GtkWidget   *pause;
  WbWorkspace *workspace;
  WbPrintRun  *run;    /* printing, paused, or left by an earlier run; NULL: none */
  GtkWindow   *window; /* that asks, or shows the run */
  gulong       close_id;
  guint        count;
};

enum
{
  WANTED,
  CLEAR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPrintBar, wb_print_bar, ADW_TYPE_BIN)

static gboolean
is_open (WbPrintBar *self)
{
  return self->run != NULL && !wb_print_run_is_over (self->run) &&
         wb_print_run_get_total (self->run) > 0;
}

static void
update (WbPrintBar *self)
{
  gboolean running = self->run != NULL && wb_print_run_is_running (self->run) && is_open (self);
  gboolean shows = running || self->count >= SEVERAL || is_open (self);
  g_autofree char *outcome = self->run != NULL ? wb_print_run_dup_outcome (self->run) : NULL;
  /* Translators: how far a batch of papers is that is not finished */
  g_autofree char *left =
      outcome != NULL ? g_strdup_printf (_ ("Not finished: %s"), outcome) : NULL;

  gtk_label_set_text (self->progress, outcome != NULL ? outcome : "");
  gtk_label_set_text (self->left, left != NULL ? left : "");
  gtk_widget_set_sensitive (self->pause, running && !wb_print_run_is_pausing (self->run));
  gtk_stack_set_visible_child_name (self->stack,
                                    running ? "run" : (self->count >= SEVERAL ? "choose" : "left"));
  gtk_revealer_set_reveal_child (self->revealer, shows);
  /* What is not seen is not told to a screen reader either. */
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), shows);
}

static void
drop_window (WbPrintBar *self)
{
  GtkWindow *window = g_steal_pointer (&self->window);

  if (window == NULL)
    return;
  g_signal_handlers_disconnect_by_data (window, self);
  gtk_window_destroy (window);
}

static void
destroyed_cb (GtkWidget *window, WbPrintBar *self)
{
  self->window = NULL;
}

static void
progress_cb (WbPrintRun *run, WbPrintBar *self)
{
  if (run == self->run)
    update (self);
}

static void
take_run (WbPrintBar *self, WbPrintRun *run)
{
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_set_object (&self->run, run);
  g_signal_connect_object (run, "progress", G_CALLBACK (progress_cb), self, 0);
  update (self);
}

static void
started_cb (WbPrintsWindow *window, WbPrintRun *run, WbPrintBar *self)
{
  take_run (self, run);
}

static void
take_window (WbPrintBar *self, GtkWindow *window)
{
  self->window = window;
  g_signal_connect (window, "destroy", G_CALLBACK (destroyed_cb), self);
  g_signal_connect (window, "started", G_CALLBACK (started_cb), self);
}

static GtkWindow *
get_parent (WbPrintBar *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
show_cb (GtkButton *button, WbPrintBar *self)
{
  if (self->run == NULL)
    return;
  if (self->window == NULL)
    take_window (self, wb_prints_window_follow (get_parent (self), self->workspace, self->run));
  gtk_window_present (self->window);
}

static void
print_cb (GtkButton *button, WbPrintBar *self)
{
  g_signal_emit (self, signals[WANTED], 0, FALSE);
}

static void
sheet_cb (GtkButton *button, WbPrintBar *self)
{
  g_signal_emit (self, signals[WANTED], 0, TRUE);
}

static void
clear_cb (GtkButton *button, WbPrintBar *self)
{
  g_signal_emit (self, signals[CLEAR], 0);
}

static void
pause_cb (GtkButton *button, WbPrintBar *self)
{
  wb_print_run_pause (self->run);
}

/* A window that is closed sends no more; the rest is offered when it is opened again. */
static gboolean
close_request_cb (GtkWindow *window, WbPrintBar *self)
{
  if (self->run != NULL)
    wb_print_run_pause (self->run);
  return GDK_EVENT_PROPAGATE;
}

static void
root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_print_bar_parent_class)->root (widget);
  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    WB_PRINT_BAR (widget)->close_id = g_signal_connect (
        gtk_widget_get_root (widget), "close-request", G_CALLBACK (close_request_cb), widget);
}

static void
unroot (GtkWidget *widget)
{
  WbPrintBar *self = WB_PRINT_BAR (widget);

  g_clear_signal_handler (&self->close_id, gtk_widget_get_root (widget));
  drop_window (self);
  GTK_WIDGET_CLASS (wb_print_bar_parent_class)->unroot (widget);
}

static void
wb_print_bar_dispose (GObject *object)
{
  WbPrintBar *self = WB_PRINT_BAR (object);

  drop_window (self);
  g_clear_object (&self->run);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_print_bar_parent_class)->dispose (object);
}

static void
wb_print_bar_class_init (WbPrintBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_print_bar_dispose;
  widget_class->root = root;
  widget_class->unroot = unroot;

  /* The labels of the chosen shipments are wanted: one by one, or (TRUE) on sheets. */
  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  /* Nothing is to be chosen any more. */
  signals[CLEAR] = g_signal_new ("clear", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-print-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPrintBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, WbPrintBar, stack);
  gtk_widget_class_bind_template_child (widget_class, WbPrintBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, WbPrintBar, progress);
  gtk_widget_class_bind_template_child (widget_class, WbPrintBar, left);
  gtk_widget_class_bind_template_child (widget_class, WbPrintBar, pause);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, sheet_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, pause_cb);
}

static void
wb_print_bar_init (WbPrintBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/* What this station did not finish when it last ran; the newest. */
static void
offer_unfinished (WbPrintBar *self)
{
  g_autoptr (GPtrArray) batches =
      wb_book_list_print_batches (wb_workspace_get_book (self->workspace), TRUE, NULL);

  for (guint i = 0; batches != NULL && i < batches->len; i++)
    if (g_strcmp0 (wb_record_get_text (batches->pdata[i], WB_PRINT_BATCH_STATION), wb_station ()) ==
        0)
      {
        g_autoptr (WbPrintRun) run = wb_print_run_new_unfinished (
            self->workspace, wb_record_get_int (batches->pdata[i], WB_PRINT_BATCH_ID));

        take_run (self, run);
        return;
      }
}

/** wb_print_bar_set_workspace: where is printed; once. What was left unfinished is offered. */
void
wb_print_bar_set_workspace (WbPrintBar *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  offer_unfinished (self);
}

/** wb_print_bar_set_count: how many shipments are chosen; the bar shows from two on. */
void
wb_print_bar_set_count (WbPrintBar *self, guint count)
{
  g_autofree char *text = g_strdup_printf (_ ("%'u selected"), count);

  self->count = count;
  gtk_label_set_text (self->count_label, text);
  update (self);
}

/** wb_print_bar_begin: @shipments: (element-type gint64): in the visible order; kept. Asks, then
 * prints their labels. */
void
wb_print_bar_begin (WbPrintBar *self, GArray *shipments)
{
  if (shipments->len == 0 || (self->run != NULL && wb_print_run_is_running (self->run)))
    return;
  drop_window (self);
  take_window (self, wb_prints_window_ask (get_parent (self), self->workspace, shipments));
  gtk_window_present (self->window);
}
