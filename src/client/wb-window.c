/* SPDX-License-Identifier: GPL-3.0-or-later
 * The main window: sidebar, search, and the page that was chosen. */
#include "wb-window-private.h"

#include "wb-after-frame.h"
#include "wb-closing.h"
#include "wb-first-run.h"
#include "wb-list-state.h"
#include "wb-menus.h"
#include "wb-pages.h"
#include "wb-resource.h"
#include "wb-toast.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

/* How long a window may stay away until it has something to show. */
#define PATIENCE_MS 400

G_DEFINE_FINAL_TYPE (WbWindow, wb_window, ADW_TYPE_APPLICATION_WINDOW)

/* The pages, or the first run as long as nothing is connected. */
static void
show_state (WbWindow *self)
{
  gboolean first = wb_first_run_is_wanted (self->workspace);

  if (first && adw_bin_get_child (self->first_run_place) == NULL)
    {
      GtkWidget *made = g_object_new (WB_TYPE_FIRST_RUN, NULL);

      wb_first_run_set_workspace (WB_FIRST_RUN (made), self->workspace);
      adw_bin_set_child (self->first_run_place, made);
    }
  gtk_stack_set_visible_child_name (self->state, first ? "first-run" : "pages");
}

static void
changed_cb (WbWorkspace *workspace, WbWindow *self)
{
  show_state (self);
  if (!self->begun)
    return;
  wb_window_show_channels (self);
  wb_window_show_counts (self);
}

static void
rounds_cb (WbRounds *rounds, WbWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sync", !wb_rounds_is_running (rounds));
  wb_window_show_channels (self);
}

static void
told_cb (WbRounds *rounds, const char *text, WbWindow *self)
{
  wb_toast_show (GTK_WIDGET (self->toasts), text);
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbWindow          *self = WB_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  if (outcome == NULL)
    wb_toast_outcome (GTK_WIDGET (self->toasts), NULL, error);
  wb_workspace_look (self->workspace);
}

/* What a crash or a lost line has left is settled before anything new is asked of the shops. */
static void
recover (WbWindow *self)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_recover_work,
                       wb_wish_new (0, NULL), G_OBJECT (self), NULL, recovered_cb, NULL);
}

/* Everything that the first frame does not show: the figures of the day, what a crash has left,
 * what is told on the desktop, the shops. */
static void
begin_cb (gpointer data)
{
  WbWindow       *self = data;
  WbTodayFigures *figures;

  if (self->begun || self->workspace == NULL)
    return;
  self->begun = TRUE;
  figures = wb_today_figures_get (self->workspace);
  g_signal_connect_object (figures, "read", G_CALLBACK (wb_window_show_figures), self, 0);
  wb_window_show_figures (figures, self);
  wb_window_show_channels (self);
  wb_window_show_counts (self);
  wb_notices_begin (self->notices);
  recover (self);
  wb_rounds_begin (self->rounds);
  rounds_cb (self->rounds, self);
}

/* The window comes with its first page on it, or without when that takes long. */
static void
come (WbWindow *self)
{
  if (self->patience_id == 0)
    return;
  g_clear_handle_id (&self->patience_id, g_source_remove);
  gtk_window_present (GTK_WINDOW (self));
}

static gboolean
patience_cb (gpointer data)
{
  come (data);
  return G_SOURCE_REMOVE;
}

/* The first page's list is there: before all that stands above it, when the page tells it apart, or
 * with the end of all that the page asked for. A frame without it would only be painted to be
 * painted again. */
static void
list_told_cb (WbWorker *worker, WbWindow *self)
{
  if (self->opened && self->workspace != NULL)
    come (self);
}

static void
quiet_cb (WbWorker *worker, WbWindow *self)
{
  if (!self->opened || self->workspace == NULL)
    return;
  come (self);
  if (!self->begun)
    wb_after_frame (GTK_WIDGET (self), begin_cb);
}

/* Who waits for the book; filled in before the main loop runs again. */
typedef struct
{
  WbWindow *window;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_object (&opening->window);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void open_again_cb (GtkButton *button, WbWindow *self);

static const WbListStateText error_state = { "error", "dialog-error-symbolic",
                                             N_ ("The order book could not be opened"), NULL,
                                             N_ ("Try again") };

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError)  error = NULL;
  g_autofree char    *page = NULL;
  WbWindow           *self = opening->window;

  if (self->workspace == NULL)
    return;
  if (!wb_workspace_open_finish (WB_WORKSPACE (source), result, &error))
    {
      wb_list_state_tell (
          wb_list_state_show (self->state, &error_state, G_CALLBACK (open_again_cb), self), error);
      come (self);
      return;
    }
  gtk_widget_set_visible (self->practice_banner, wb_workspace_is_practice (self->workspace));
  self->rounds = wb_rounds_new (self->workspace);
  g_signal_connect_object (self->rounds, "changed", G_CALLBACK (rounds_cb), self, 0);
  g_signal_connect_object (self->rounds, "told", G_CALLBACK (told_cb), self, 0);
  self->notices = wb_notices_new (GTK_WINDOW (self), self->workspace);
  wb_pages_open (self->pages, self->workspace);
  self->opened = TRUE;
  show_state (self);
  page = g_settings_get_string (self->settings, "last-page");
  wb_window_show_page (self, page);
  g_signal_connect_object (self->workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  changed_cb (self->workspace, self);
  if (wb_worker_is_quiet (wb_workspace_get_worker (self->workspace)))
    quiet_cb (NULL, self);
}

static void
open_again_cb (GtkButton *button, WbWindow *self)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  gtk_stack_set_visible_child_name (self->state, "opening");
  wb_workspace_open_async (self->workspace, opened_cb, opening);
}

static void
idle_cb (WbWorker *worker, WbWindow *self)
{
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (self->question != NULL)
    gtk_window_close (GTK_WINDOW (self->question)); /* there is nothing left to ask about */
}

static void
wished_cb (WbClosing wish, gpointer window)
{
  WbWindow *self = window;
  WbWorker *worker = wb_workspace_get_worker (self->workspace);

  if (wish == WB_CLOSING_STAY)
    return;
  if (wb_worker_get_effects (worker) == 0)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->closing = TRUE;
  wb_rounds_end (self->rounds);
  if (wish == WB_CLOSING_STOP)
    wb_worker_stop (worker);
  wb_toast_show (
      GTK_WIDGET (self->toasts),
      _ ("Finishing what is running, then closing. Close again to leave it to the journal."));
}

static void
remember_size (WbWindow *self)
{
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));

  g_settings_set_boolean (self->settings, "window-maximized", maximized);
  if (maximized)
    return;
  g_settings_set_int (self->settings, "window-width",
                      MAX (360, gtk_widget_get_width (GTK_WIDGET (self))));
  g_settings_set_int (self->settings, "window-height",
                      MAX (294, gtk_widget_get_height (GTK_WIDGET (self))));
}

/* What is running is finished first: a label being bought must not be left half known when the
 * power is not out. Asking the shops only reads, and nobody is asked about it. */
static gboolean
close_request (GtkWindow *window)
{
  WbWindow *self = WB_WINDOW (window);
  WbWorker *worker = wb_workspace_get_worker (self->workspace);
  guint     reading = self->rounds != NULL && wb_rounds_is_running (self->rounds);

  remember_size (self);
  if (self->closing || wb_worker_get_effects (worker) <= reading)
    {
      if (self->rounds != NULL)
        wb_rounds_end (self->rounds);
      return GTK_WINDOW_CLASS (wb_window_parent_class)->close_request (window);
    }
  if (self->question == NULL)
    {
      self->question = wb_closing_ask (window, worker, wished_cb);
      g_object_add_weak_pointer (G_OBJECT (self->question), (gpointer *) &self->question);
    }
  return TRUE;
}

static void
wb_window_dispose (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_weak_pointer (&self->question);
  if (self->rounds != NULL)
    wb_rounds_end (self->rounds);
  if (self->notices != NULL)
    wb_notices_end (self->notices);
  g_clear_object (&self->rounds);
  g_clear_object (&self->notices);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->channels_shown, g_free);
  G_OBJECT_CLASS (wb_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, orders_row);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, channels_title);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, channels);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, search);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, practice_banner);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, state);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, offline_banner);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, first_run_place);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, today_row);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, shipments_row);
}

static void
wb_window_class_init (WbWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  g_type_ensure (WB_TYPE_SIDEBAR_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-window.ui");
  bind_children (widget_class);
  wb_window_bind_sidebar (widget_class);
  wb_window_install_search (widget_class);
  wb_window_install_actions (widget_class);
}

static void
wb_window_init (WbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new ("org.waybill.Waybill");
  wb_menu_later (self->menu_button, "primary_menu");
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/** wb_window_new: Returns: (transfer none): a window that opens @workspace and shows what is in it.
 */
WbWindow *
wb_window_new (GtkApplication *application, WbWorkspace *workspace)
{
  Opening  *opening = g_new0 (Opening, 1);
  WbWorker *worker = wb_workspace_get_worker (workspace);
  WbWindow *self;

  /* The book is opened while the window is made. */
  wb_workspace_open_async (workspace, opened_cb, opening);
  self = g_object_new (WB_TYPE_WINDOW, "application", application, NULL);
  opening->window = g_object_ref (self);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (worker, "idle", G_CALLBACK (idle_cb), self, 0);
  g_signal_connect_object (worker, "told", G_CALLBACK (list_told_cb), self, 0);
  g_signal_connect_object (worker, "quiet", G_CALLBACK (quiet_cb), self, 0);
  return self;
}

/** wb_window_come: shows the window as soon as it has something to show: no spinner flashes by. */
void
wb_window_come (WbWindow *self)
{
  if (self->patience_id == 0)
    self->patience_id = g_timeout_add (PATIENCE_MS, patience_cb, self);
}
