/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one shipment, and what can be done with it. */
#include "wb-shipment-detail.h"

#include "wb-detail.h"
#include "wb-label-preview.h"
#include "wb-label-sheet-window.h"
#include "wb-paper-window.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-set-aside-window.h"
#include "wb-ship-works.h"
#include "wb-shipment-facts.h"
#include "wb-shipment-row.h"
#include "wb-shipment-works.h"
#include "wb-step-list.h"
#include "wb-trouble.h"
#include "wb-void-dialog.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

struct _WbShipmentDetail
{
  AdwBin             parent_instance;
  GtkStack          *stack;
  GtkWidget         *back_button;
  GtkScrolledWindow *scrolled;
  GtkLabel          *title;
  GtkLabel          *customer;
  GtkLabel          *state;
  GtkLabel          *doubt;
  GtkButton         *continue_button;
  GtkWidget         *reprint_button;
  GtkWidget         *look_button;
  GtkWidget         *steps_part;
  WbStepList        *steps;
  GtkWidget         *tracking_box;
  GtkLabel          *tracking;
  WbLabelPreview    *preview;
  GtkListBox        *facts_box;
  GtkListBox        *papers;
  GtkListBox        *contents;
  AdwStatusPage     *error_page;
  WbWorkspace       *workspace;
  WbShipmentFacts   *facts;
  char              *signature; /* of what is shown */
  gint64             shipment_id;
  gint64             going_on; /* the shipment whose steps show; 0: none */
  gboolean           busy;     /* it is running */
};

G_DEFINE_FINAL_TYPE (WbShipmentDetail, wb_shipment_detail, ADW_TYPE_BIN)

static gboolean
can_continue (WbShipmentDetail *self)
{
  return self->facts != NULL && !self->busy &&
         (wb_shipment_facts_is (self->facts, WB_SHIPMENT_PLANNED) ||
          wb_shipment_facts_is (self->facts, WB_SHIPMENT_LABELLED));
}

static gboolean
has_live_label (WbShipmentDetail *self)
{
  return self->facts != NULL && wb_shipment_facts_has_label (self->facts, WB_LABEL_LIVE);
}

/* It waits for somebody to decide. */
static gboolean
is_set_aside (WbShipmentDetail *self)
{
  return has_live_label (self) && wb_label_is_set_aside (self->facts->label);
}

static char *
cost_text (WbShipmentDetail *self)
{
  return wb_money_to_text (wb_record_get_money (self->facts->shipment, WB_SHIPMENT_COST));
}

/* What may be done with the shipment as it is. */
static void
allow (WbShipmentDetail *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   live = has_live_label (self);
  gboolean   tracked =
      live && wb_shipment_get_parcel_text (self->facts->shipment, WB_PARCEL_TRACKING) != NULL;
  g_autofree char *cost = cost_text (self);
  /* Translators: a button that goes on with shipping; the price of the label that it buys */
  g_autofree char *buys = g_strdup_printf (_ ("_Buy label for %s"), cost);

  gtk_widget_set_visible (GTK_WIDGET (self->continue_button),
                          can_continue (self) && !is_set_aside (self));
  gtk_button_set_label (self->continue_button, live ? _ ("_Finish shipping") : buys);
  gtk_widget_set_visible (self->reprint_button,
                          live && !can_continue (self) && !is_set_aside (self));
  gtk_widget_set_visible (self->look_button, is_set_aside (self));
  gtk_widget_action_set_enabled (widget, "shipment.continue", can_continue (self));
  gtk_widget_action_set_enabled (widget, "shipment.reprint", live && !is_set_aside (self));
  gtk_widget_action_set_enabled (widget, "shipment.print-set", live);
  gtk_widget_action_set_enabled (widget, "shipment.sheet", live && !is_set_aside (self));
  gtk_widget_action_set_enabled (widget, "shipment.look", is_set_aside (self));
  gtk_widget_action_set_enabled (widget, "shipment.track", tracked);
  gtk_widget_action_set_enabled (widget, "shipment.void", live && !self->busy);
  gtk_widget_action_set_enabled (widget, "shipment.drop",
                                 !self->busy &&
                                     wb_shipment_facts_is (self->facts, WB_SHIPMENT_PLANNED));
  gtk_widget_action_set_enabled (widget, "shipment.ask-refund",
                                 wb_shipment_facts_has_label (self->facts, WB_LABEL_VOID_ASKED));
}

static void
fill_head (WbShipmentDetail *self)
{
  WbShipment      *shipment = self->facts->shipment;
  WbOrder         *order = self->facts->order;
  const char      *state = wb_record_get_text (shipment, WB_SHIPMENT_STATE);
  const char      *name = wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME);
  const char      *tracking = wb_shipment_get_parcel_text (shipment, WB_PARCEL_TRACKING);
  g_autofree char *when =
      wb_instant_to_relative (wb_record_get_int (shipment, WB_SHIPMENT_CREATED_AT), wb_now ());
  g_autofree char *made = g_strdup_printf ("%s · %s", name != NULL ? name : "", when);
  g_autofree char *title = g_strdup_printf (
      /* Translators: a shipment by its order’s number and its own number within it */
      _ ("#%s, shipment %d"), wb_record_get_text (order, WB_ORDER_NUMBER),
      (int) wb_record_get_int (shipment, WB_SHIPMENT_NUMBER));
  g_autofree char *standing = wb_shipment_facts_standing (self->facts);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->customer, made);
  gtk_label_set_text (self->state, standing);
  wb_widget_set_style (GTK_WIDGET (self->state), self->facts->label == NULL || has_live_label (self)
                                                     ? wb_shipment_get_style (state)
                                                     : "warning");
  gtk_widget_set_visible (GTK_WIDGET (self->doubt), is_set_aside (self));
  if (is_set_aside (self))
    {
      g_autofree char *doubt = wb_label_dup_doubt (self->facts->label);

      gtk_label_set_text (self->doubt, doubt);
    }
  gtk_widget_set_visible (self->tracking_box, tracking != NULL);
  gtk_label_set_text (self->tracking, tracking != NULL ? tracking : "");
}

static void
show_label (WbShipmentDetail *self)
{
  g_autofree char *text = NULL;

  if (self->facts->label != NULL || self->facts->carried_by == NULL)
    {
      wb_label_preview_show (self->preview, self->workspace, self->facts->label);
      return;
    }
  /* Translators: an order's number; the shipment is part of that order's parcel */
  text =
      g_strdup_printf (_ ("In one parcel with #%s, which has the label."), self->facts->carried_by);
  wb_label_preview_say (self->preview, text);
}

static void
fill (WbShipmentDetail *self)
{
  fill_head (self);
  allow (self);
  gtk_widget_set_visible (self->steps_part, self->going_on == self->shipment_id);
  show_label (self);
  wb_shipment_facts_fill (self->facts, self->facts_box);
  wb_shipment_facts_fill_papers (self->facts, self->papers);
  wb_shipment_facts_fill_contents (self->facts, self->contents);
}

static void
read_shipment (WbShipmentDetail *self)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (WbShipmentFacts) facts =
      wb_shipment_facts_read (wb_workspace_get_book (self->workspace), self->shipment_id, &error);
  g_autofree char *signature = NULL;

  if (facts == NULL)
    {
      g_clear_pointer (&self->facts, wb_shipment_facts_free);
      g_clear_pointer (&self->signature, g_free);
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "shipment");
  signature = wb_shipment_facts_signature (facts);
  if (g_strcmp0 (signature, self->signature) == 0)
    return;
  g_clear_pointer (&self->facts, wb_shipment_facts_free);
  self->facts = g_steal_pointer (&facts);
  g_free (self->signature);
  self->signature = g_steal_pointer (&signature);
  fill (self);
}

static void
work (WbShipmentDetail *self, const WbWorkKind *kind, gpointer data)
{
  wb_detail_work (GTK_WIDGET (self), self->workspace, kind, data);
}

static void
reprint_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);

  if (has_live_label (self))
    work (self, &wb_reprint_work,
          wb_wish_new (self->shipment_id, g_variant_get_string (parameter, NULL)));
}

static void
print_set_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);

  if (has_live_label (self))
    work (self, &wb_print_set_work, wb_shipment_id_new (self->shipment_id));
}

/* Its label on a sheet of paper, where no label printer is at hand. */
static void
sheet_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail  *self = WB_SHIPMENT_DETAIL (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!has_live_label (self))
    return;
  g_array_append_val (ids, self->shipment_id);
  wb_label_sheet_window_open (GTK_WINDOW (gtk_widget_get_root (widget)), self->workspace, ids);
}

/* A paper of the shipment, to look at before it is printed or kept. */
static void
paper_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);

  if (self->facts != NULL)
    gtk_window_present (wb_paper_window_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                             self->workspace, self->shipment_id,
                                             g_variant_get_string (parameter, NULL)));
}

static void
look_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);

  if (is_set_aside (self))
    gtk_window_present (
        wb_set_aside_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->workspace,
                                 wb_record_get_int (self->facts->label, WB_LABEL_ID)));
}

static void
track_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);

  if (self->facts != NULL)
    work (self, &wb_track_work, wb_shipment_id_new (self->shipment_id));
}

static void
ask_refund_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);

  work (self, &wb_refresh_voids_work, wb_shipment_id_new (self->shipment_id));
}

static void
void_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);

  if (has_live_label (self))
    wb_void_dialog_ask (widget, self->workspace, self->facts->shipment,
                        wb_record_get_int (self->facts->label, WB_LABEL_ID));
}

static void
drop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);

  if (self->facts != NULL)
    wb_drop_dialog_ask (widget, self->workspace, self->facts->shipment);
}

static gpointer
run_continue (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return wb_ship_run (job, data, cancellable, error) != 0
             ? g_strdup (_ ("The shipment is finished"))
             : NULL;
}

static void
step_noted (gpointer owner, gpointer data)
{
  WbShipmentDetail *self = owner;
  WbStepNote       *note = data;

  if (self->workspace != NULL)
    wb_step_list_note (self->steps, note);
}

static const WbWorkKind continue_work = {
  .run = run_continue,
  .note = step_noted,
  .free_data = wb_ship_wish_free,
  .free_result = g_free,
  .free_note = wb_step_note_free,
  .effect = TRUE,
};

static void
continued_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbShipmentDetail  *self = WB_SHIPMENT_DETAIL (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  self->busy = FALSE;
  if (self->workspace == NULL)
    return;
  if (outcome == NULL)
    {
      wb_step_list_stop (self->steps, error);
      outcome = wb_error_words (error);
    }
  wb_detail_toast (GTK_WIDGET (self), outcome);
  g_clear_pointer (&self->signature, g_free);
  wb_workspace_look (self->workspace);
  wb_shipment_detail_refresh (self);
}

static void
continue_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);
  WbShipAsk        *ask;

  if (!can_continue (self))
    return;
  ask = g_new0 (WbShipAsk, 1);
  ask->order_id = wb_record_get_int (self->facts->shipment, WB_SHIPMENT_ORDER_ID);
  self->busy = TRUE;
  self->going_on = self->shipment_id;
  wb_step_list_reset (self->steps);
  gtk_widget_set_visible (self->steps_part, TRUE);
  allow (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &continue_work,
                       wb_ship_wish_new (ask, NULL, self->shipment_id), G_OBJECT (self), NULL,
                       continued_cb, NULL);
}

static void
show_order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (widget);

  if (self->facts != NULL)
    gtk_widget_activate_action (widget, "win.show-order", "x",
                                wb_record_get_int (self->facts->shipment, WB_SHIPMENT_ORDER_ID));
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_detail_copy (widget, gtk_label_get_text (WB_SHIPMENT_DETAIL (widget)->tracking));
}

static void
root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_shipment_detail_parent_class)->root (widget);
  wb_detail_bind_back (widget, WB_SHIPMENT_DETAIL (widget)->back_button);
}

static void
wb_shipment_detail_dispose (GObject *object)
{
  WbShipmentDetail *self = WB_SHIPMENT_DETAIL (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->facts, wb_shipment_facts_free);
  g_clear_pointer (&self->signature, g_free);
  G_OBJECT_CLASS (wb_shipment_detail_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, back_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, scrolled);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, title);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, customer);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, state);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, continue_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, reprint_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, look_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, doubt);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, steps_part);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, steps);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, tracking_box);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, tracking);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, preview);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, facts_box);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, papers);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, contents);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentDetail, error_page);
}

/* GTK 4.8 leaves a button without life whose action is that of a grandparent: it asks for it when
 * it is clicked. */
static void
back_cb (GtkButton *button, WbShipmentDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "split.back", NULL);
}

static void
wb_shipment_detail_class_init (WbShipmentDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_shipment_detail_dispose;
  widget_class->root = root;
  g_type_ensure (WB_TYPE_LABEL_PREVIEW);
  g_type_ensure (WB_TYPE_STEP_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-shipment-detail.ui");
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "shipment.reprint", "s", reprint_action);
  gtk_widget_class_install_action (widget_class, "shipment.paper", "s", paper_action);
  gtk_widget_class_install_action (widget_class, "shipment.print-set", NULL, print_set_action);
  gtk_widget_class_install_action (widget_class, "shipment.sheet", NULL, sheet_action);
  gtk_widget_class_install_action (widget_class, "shipment.look", NULL, look_action);
  gtk_widget_class_install_action (widget_class, "shipment.track", NULL, track_action);
  gtk_widget_class_install_action (widget_class, "shipment.void", NULL, void_action);
  gtk_widget_class_install_action (widget_class, "shipment.drop", NULL, drop_action);
  gtk_widget_class_install_action (widget_class, "shipment.ask-refund", NULL, ask_refund_action);
  gtk_widget_class_install_action (widget_class, "shipment.continue", NULL, continue_action);
  gtk_widget_class_install_action (widget_class, "shipment.show-order", NULL, show_order_action);
  gtk_widget_class_install_action (widget_class, "shipment.copy", NULL, copy_action);
}

static void
wb_shipment_detail_init (WbShipmentDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_shipment_detail_set_workspace: where shipments are read from; once. */
void
wb_shipment_detail_set_workspace (WbShipmentDetail *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

/** wb_shipment_detail_show: shows the shipment @shipment_id; 0: none. */
void
wb_shipment_detail_show (WbShipmentDetail *self, gint64 shipment_id)
{
  if (shipment_id == self->shipment_id)
    return;
  self->shipment_id = shipment_id;
  g_clear_pointer (&self->signature, g_free);
  if (shipment_id == 0)
    {
      g_clear_pointer (&self->facts, wb_shipment_facts_free);
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }
  read_shipment (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

/** wb_shipment_detail_refresh: reads the shipment again and shows what is new. */
void
wb_shipment_detail_refresh (WbShipmentDetail *self)
{
  if (self->shipment_id != 0 && self->workspace != NULL)
    read_shipment (self);
}

/** wb_shipment_detail_main_action: goes on where shipping was interrupted. */
void
wb_shipment_detail_main_action (WbShipmentDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shipment.continue", NULL);
}

/** wb_shipment_detail_reprint: prints the label again. */
void
wb_shipment_detail_reprint (WbShipmentDetail *self)
{
  if (has_live_label (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "shipment.reprint", "s", WB_DOCUMENT_LABEL);
  else
    wb_detail_toast (GTK_WIDGET (self), _ ("This shipment has no label to print again"));
}
