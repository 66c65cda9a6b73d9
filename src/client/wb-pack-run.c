/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order that was packed and is on its way. */
#include "wb-pack-run.h"

#include "wb-resource.h"
#include "wb-step-list.h"

#include <glib/gi18n-lib.h>

struct _WbPackRun
{
  GtkListBoxRow parent_instance;
  GtkLabel     *title;
  GtkWidget    *open_button;
  WbStepList   *steps;
  char         *number;
  gint64        order_id;
  gboolean      running;
};

enum
{
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPackRun, wb_pack_run, GTK_TYPE_LIST_BOX_ROW)

static gpointer
run_ship (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return wb_ship_run (job, data, cancellable, error) != 0 ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
step_noted (gpointer owner, gpointer note)
{
  wb_step_list_note (((WbPackRun *) owner)->steps, note);
}

static const WbWorkKind ship_work = {
  .run = run_ship,
  .note = step_noted,
  .free_data = wb_ship_wish_free,
  .free_note = wb_step_note_free,
  .effect = TRUE,
  .title = N_ ("Shipping an order"),
};

static void
say (WbPackRun *self, const char *format)
{
  g_autofree char *text = g_strdup_printf (format, self->number);

  gtk_label_set_text (self->title, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
shipped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackRun         *self = WB_PACK_RUN (source);
  g_autoptr (GError) error = NULL;
  gboolean           done = wb_worker_finish (result, &error) != NULL;

  self->running = FALSE;
  say (self, done ? _ ("#%s is shipped") : _ ("#%s waits for you"));
  if (!done)
    wb_step_list_stop (self->steps, error);
  gtk_widget_set_visible (self->open_button, !done);
  g_signal_emit (self, signals[ENDED], 0, done);
}

static void
open_cb (GtkButton *button, WbPackRun *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-order", "x", self->order_id);
}

static void
wb_pack_run_finalize (GObject *object)
{
  g_free (WB_PACK_RUN (object)->number);
  G_OBJECT_CLASS (wb_pack_run_parent_class)->finalize (object);
}

static void
wb_pack_run_class_init (WbPackRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_pack_run_finalize;
  /* It came to its end; whether it is shipped. */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  g_type_ensure (WB_TYPE_STEP_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pack-run.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPackRun, title);
  gtk_widget_class_bind_template_child (widget_class, WbPackRun, open_button);
  gtk_widget_class_bind_template_child (widget_class, WbPackRun, steps);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
wb_pack_run_init (WbPackRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_pack_run_new:
 * @ask: (transfer full): what lies in the parcel
 * @rate: the offer to buy
 *
 * Ships it at once.
 *
 * Returns: (transfer floating): the row that shows how it goes.
 */
GtkWidget *
wb_pack_run_new (WbWorkspace *workspace, const char *number, WbShipAsk *ask, WbRate *rate)
{
  WbPackRun *self = g_object_new (WB_TYPE_PACK_RUN, NULL);

  self->number = g_strdup (number);
  self->order_id = ask->order_id;
  self->running = TRUE;
  say (self, _ ("#%s is being shipped"));
  wb_step_list_reset (self->steps);
  wb_worker_run_async (wb_workspace_get_worker (workspace), &ship_work,
                       wb_ship_wish_new (ask, rate, 0), G_OBJECT (self), NULL, shipped_cb, NULL);
  return GTK_WIDGET (self);
}

/** wb_pack_run_is_running: Returns: whether it ships that order and has not come to its end. */
gboolean
wb_pack_run_is_running (WbPackRun *self, gint64 order_id)
{
  return self->running && self->order_id == order_id;
}

/** wb_pack_run_get_words: Returns: (transfer none): which order it is and how far. */
const char *
wb_pack_run_get_words (WbPackRun *self)
{
  return gtk_label_get_text (self->title);
}
