/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shipment of the ship pane that is under way: each step as it is done, what stopped, and the
 * ways on. */
#include "wb-refusals.h"
#include "wb-ship-pane-private.h"

#include "wb-trouble.h"
#include "wb-void-dialog.h"

#include <glib/gi18n-lib.h>

static gpointer
run_ship (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return wb_ship_run (job, data, cancellable, error) != 0 ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
step_noted (gpointer owner, gpointer data)
{
  WbShipPane *self = owner;
  WbStepNote *note = data;

  if (self->workspace != NULL && note->order_id == wb_ship_pane_order_id (self))
    wb_step_list_note (self->steps, note);
}

static const WbWorkKind ship_work = {
  .run = run_ship,
  .note = step_noted,
  .free_data = wb_ship_wish_free,
  .free_note = wb_step_note_free,
  .effect = TRUE,
  .title = N_ ("Shipping an order"),
};

/* Of @shipments the one that can go on, if there is one. */
void
wb_ship_pane_find_unfinished (WbShipPane *self, GPtrArray *shipments)
{
  g_clear_object (&self->unfinished);
  for (guint i = 0; i < shipments->len; i++)
    {
      const char *state = wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE);

      if (g_strcmp0 (state, WB_SHIPMENT_PLANNED) == 0 ||
          g_strcmp0 (state, WB_SHIPMENT_LABELLED) == 0)
        g_set_object (&self->unfinished, shipments->pdata[i]);
    }
}

/* wb_ship_pane_find_unfinished() in the book as it is now. */
gboolean
wb_ship_pane_read_unfinished (WbShipPane *self, GError **error)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (wb_workspace_get_book (self->workspace),
                                                            wb_ship_pane_order_id (self), error);

  if (shipments != NULL)
    wb_ship_pane_find_unfinished (self, shipments);
  return shipments != NULL;
}

/* What stopped can go on; what has no label yet can be given up instead. */
static void
show_ways_on (WbShipPane *self, gboolean stopped)
{
  gboolean planned;

  if (stopped)
    wb_ship_pane_read_unfinished (self, NULL);
  planned = self->unfinished != NULL &&
            g_strcmp0 (wb_record_get_text (self->unfinished, WB_SHIPMENT_STATE),
                       WB_SHIPMENT_PLANNED) == 0;
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), stopped);
  gtk_widget_set_visible (GTK_WIDGET (self->drop_button), stopped && planned);
}

static void
show_steps (WbShipPane *self)
{
  wb_step_list_reset (self->steps);
  gtk_label_set_text (self->outcome, "");
  show_ways_on (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "steps");
}

static void
shipped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbShipPane         *self = WB_SHIP_PANE (source);
  g_autoptr (WbOrder) order = user_data;
  g_autoptr (GError)  error = NULL;
  gboolean            done = wb_worker_finish (result, &error) != NULL;
  g_autofree char    *text = NULL, *words = NULL;

  if (self->workspace == NULL)
    return;
  words = done ? NULL : wb_error_words (error);
  text = done ? g_strdup_printf (_ ("Order #%s is shipped"),
                                 wb_record_get_text (order, WB_ORDER_NUMBER))
              : g_strdup_printf ("#%s: %s", wb_record_get_text (order, WB_ORDER_NUMBER), words);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
  if (order == self->order)
    {
      self->busy = FALSE;
      gtk_label_set_text (self->outcome,
                          done ? text
                               : _ ("Not finished. Nothing is lost: what is done is done once, the "
                                    "rest can go on."));
      if (!done)
        wb_step_list_stop (self->steps, error);
      show_ways_on (self, !done);
      gtk_widget_set_sensitive (GTK_WIDGET (self->close_button), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (done ? self->close_button : self->retry_button));
    }
  wb_workspace_look (self->workspace);
}

static void
start (WbShipPane *self, WbRate *rate)
{
  gint64 id = self->unfinished != NULL ? wb_record_get_int (self->unfinished, WB_SHIPMENT_ID) : 0;

  self->busy = TRUE;
  wb_ship_pane_stop_asking (self);
  wb_ship_box_row_stop (self->box);
  show_steps (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->close_button));
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &ship_work,
                       wb_ship_wish_new (wb_ship_pane_make_ask (self), rate, id), G_OBJECT (self),
                       NULL, shipped_cb, g_object_ref (self->order));
}

static void
ship_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipPane *self = WB_SHIP_PANE (widget);
  WbRate     *rate = wb_ship_pane_get_rate (self);

  if (rate != NULL && !self->busy)
    start (self, rate);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipPane        *self = WB_SHIP_PANE (widget);
  g_autoptr (GError) error = NULL;

  if (!wb_ship_pane_read_unfinished (self, &error))
    wb_trouble_in_label (self->outcome, error);
  else if (self->unfinished != NULL)
    start (self, NULL);
  else
    wb_ship_pane_begin_anew (self);
}

static void
drop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipPane *self = WB_SHIP_PANE (widget);

  if (self->unfinished != NULL && !self->busy)
    wb_drop_dialog_ask (widget, self->workspace, self->unfinished);
}

/* Offers to go on with what was begun and is not finished. */
void
wb_ship_pane_go_on (WbShipPane *self)
{
  show_steps (self);
  gtk_label_set_text (self->outcome, _ ("This shipment was begun and is not finished."));
  show_ways_on (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->retry_button));
}

/* The part of the template that this file works on. */
void
wb_ship_pane_bind_run (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, steps);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, outcome);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, drop_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, retry_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, close_button);
  gtk_widget_class_install_action (widget_class, "ship.ship", NULL, ship_action);
  gtk_widget_class_install_action (widget_class, "ship.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "ship.drop", NULL, drop_action);
}
