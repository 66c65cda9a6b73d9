/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run: nothing is connected yet; practise, or connect a shop. */
#include "wb-first-run.h"

#include "wb-connect-window.h"
#include "wb-resource.h"

struct _WbFirstRun
{
  AdwBin       parent_instance;
  GtkWidget   *practice;
  GtkSpinner  *spinner;
  WbWorkspace *workspace;
  gboolean     running; /* the practice workspace is being opened */
};

G_DEFINE_FINAL_TYPE (WbFirstRun, wb_first_run, ADW_TYPE_BIN)

static void
practising (WbFirstRun *self, gboolean running)
{
  self->running = running;
  gtk_widget_set_sensitive (self->practice, !running);
  gtk_spinner_set_spinning (self->spinner, running);
}

/* The practice workspace has a window of its own, and this one has nothing to show beside it; or a
 * dialog says why there is none. */
static void
window_added_cb (GtkApplication *application, GtkWindow *window, WbFirstRun *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!self->running || GTK_WINDOW (root) == window)
    return;
  practising (self, FALSE);
  if (ADW_IS_APPLICATION_WINDOW (window))
    gtk_window_close (GTK_WINDOW (root));
}

static void
practice_cb (GtkButton *button, WbFirstRun *self)
{
  practising (self, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.practice", NULL);
}

static void
connect_cb (GtkButton *button, WbFirstRun *self)
{
  wb_connect_window_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace,
                          WB_KIND_SHOP, NULL);
}

static void
wb_first_run_dispose (GObject *object)
{
  g_clear_object (&WB_FIRST_RUN (object)->workspace);
  G_OBJECT_CLASS (wb_first_run_parent_class)->dispose (object);
}

static void
wb_first_run_class_init (WbFirstRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_first_run_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-first-run.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFirstRun, practice);
  gtk_widget_class_bind_template_child (widget_class, WbFirstRun, spinner);
  gtk_widget_class_bind_template_callback (widget_class, practice_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
}

static void
wb_first_run_init (WbFirstRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_first_run_set_workspace: what a shop would be connected to; once. */
void
wb_first_run_set_workspace (WbFirstRun *self, WbWorkspace *workspace)
{
  GApplication *application = g_application_get_default ();

  g_set_object (&self->workspace, workspace);
  if (application != NULL)
    g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self, 0);
}

/** wb_first_run_is_wanted: whether @workspace, which is open, has nothing connected yet. */
gboolean
wb_first_run_is_wanted (WbWorkspace *workspace)
{
  return wb_workspace_get_connections (workspace)->len == 0;
}
