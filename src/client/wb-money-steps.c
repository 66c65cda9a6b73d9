/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done about money that does not fit: each step is a button that names its amount. */
#include "wb-money-steps.h"

#include "wb-detail.h"
#include "wb-refund-window.h"
#include "wb-resource.h"
#include "wb-settle-window.h"
#include "wb-toast.h"
#include "wb-today-works.h"
#include "wb-void-dialog.h"

#include <glib/gi18n-lib.h>

struct _WbMoneySteps
{
  AdwBin       parent_instance;
  GtkButton   *take, *settle, *refund;
  GtkWidget   *void_button, *copy;
  WbWorkspace *workspace;
  gint64       order_id, shipment_id, label_id;
  WbMoney      rest; /* what can be captured now */
  char        *evidence;
};

G_DEFINE_FINAL_TYPE (WbMoneySteps, wb_money_steps, ADW_TYPE_BIN)

static void
show (gpointer button, gboolean visible)
{
  gtk_widget_set_visible (GTK_WIDGET (button), visible);
}

static gboolean
is_any_shown (WbMoneySteps *self)
{
  gpointer all[] = { self->take, self->settle, self->refund, self->void_button, self->copy };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (gtk_widget_get_visible (all[i]))
      return TRUE;
  return FALSE;
}

/* What is missing of an order: captured where it can be, else settled by hand. */
static void
show_missing (WbMoneySteps *self)
{
  WbBook               *book = wb_workspace_get_book (self->workspace);
  g_autoptr (WbOrder)   order = wb_book_get_order (book, self->order_id, NULL);
  g_autoptr (WbPayment) payment =
      order != NULL ? wb_book_get_payment (book, self->order_id, NULL) : NULL;
  gint64 open = order != NULL ? wb_order_open_amount (book, order, NULL) : 0;

  if (order == NULL)
    return;
  self->rest = wb_order_rest_amount (order, payment);
  if (self->rest.minor > 0)
    {
      g_autofree char *money = wb_money_to_text (self->rest);
      /* Translators: a button; the placeholder is an amount of money */
      g_autofree char *label = g_strdup_printf (_ ("Take %s…"), money);

      gtk_button_set_label (self->take, label);
    }
  show (self->take, self->rest.minor > 0);
  show (self->settle, open > 0);
}

static void
take_response_cb (AdwMessageDialog *dialog, const char *response, WbMoneySteps *self)
{
  WbTodayAsk *ask;

  if (!g_str_equal (response, "yes") || self->workspace == NULL)
    return;
  ask = g_new0 (WbTodayAsk, 1);
  ask->order_id = self->order_id;
  wb_detail_work (GTK_WIDGET (self), self->workspace, &wb_today_capture_work, ask);
}

static void
take_cb (GtkButton *button, WbMoneySteps *self)
{
  g_autofree char  *money = wb_money_to_text (self->rest);
  g_autofree char  *yes = g_strdup_printf (_ ("_Take %s"), money);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              _ ("Take this payment?"), _ ("The customer pays now.")));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (take_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
settle_cb (GtkButton *button, WbMoneySteps *self)
{
  wb_settle_window_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace,
                         self->order_id, WB_SETTLE_RECEIVED);
}

static void
refund_cb (GtkButton *button, WbMoneySteps *self)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order =
      wb_book_get_order (wb_workspace_get_book (self->workspace), self->order_id, &error);

  if (order != NULL)
    wb_refund_window_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace,
                           order);
  else
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
}

static void
void_cb (GtkButton *button, WbMoneySteps *self)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbShipment) shipment =
      wb_book_get_shipment (wb_workspace_get_book (self->workspace), self->shipment_id, &error);

  if (shipment != NULL)
    wb_void_dialog_ask (GTK_WIDGET (self), self->workspace, shipment, self->label_id);
  else
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
}

static void
copy_cb (GtkButton *button, WbMoneySteps *self)
{
  wb_detail_copy (GTK_WIDGET (self), self->evidence);
}

static void
wb_money_steps_dispose (GObject *object)
{
  WbMoneySteps *self = WB_MONEY_STEPS (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->evidence, g_free);
  G_OBJECT_CLASS (wb_money_steps_parent_class)->dispose (object);
}

static void
wb_money_steps_class_init (WbMoneyStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_money_steps_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-money-steps.ui");
  gtk_widget_class_bind_template_child (widget_class, WbMoneySteps, take);
  gtk_widget_class_bind_template_child (widget_class, WbMoneySteps, settle);
  gtk_widget_class_bind_template_child (widget_class, WbMoneySteps, refund);
  gtk_widget_class_bind_template_child (widget_class, WbMoneySteps, void_button);
  gtk_widget_class_bind_template_child (widget_class, WbMoneySteps, copy);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_bind_template_callback (widget_class, settle_cb);
  gtk_widget_class_bind_template_callback (widget_class, refund_cb);
  gtk_widget_class_bind_template_callback (widget_class, void_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
wb_money_steps_init (WbMoneySteps *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_money_steps_set_workspace: where the steps are done; once. */
void
wb_money_steps_set_workspace (WbMoneySteps *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

/** wb_money_steps_show_none: nothing is to be done. */
void
wb_money_steps_show_none (WbMoneySteps *self)
{
  show (self->take, FALSE);
  show (self->settle, FALSE);
  show (self->refund, FALSE);
  show (self->void_button, FALSE);
  show (self->copy, FALSE);
  show (self, FALSE);
}

/** wb_money_steps_show_gap: @evidence: what we hold about it, for whoever is to be convinced. */
void
wb_money_steps_show_gap (WbMoneySteps *self, const WbMoneyGap *gap, const char *evidence)
{
  wb_money_steps_show_none (self);
  self->order_id = gap->order_id;
  self->shipment_id = gap->shipment_id;
  self->label_id = gap->label_id;
  g_free (self->evidence);
  self->evidence = g_strdup (evidence);
  if (gap->order_id != 0 &&
      (gap->kind == WB_GAP_UNDER || gap->kind == WB_GAP_NOT_CAPTURED || gap->kind == WB_GAP_LAPSED))
    show_missing (self);
  show (self->refund, g_str_equal (gap->next, "refund") && gap->order_id != 0);
  show (self->void_button, g_str_equal (gap->next, "void-label") && gap->shipment_id != 0);
  show (self->copy, gap->kind == WB_GAP_ADJUSTMENT || gap->kind == WB_GAP_DISPUTE);
  show (self, is_any_shown (self));
}

/** wb_money_steps_show_order: what can be done about the money of one order. */
void
wb_money_steps_show_order (WbMoneySteps *self, const WbMoneyRow *row)
{
  wb_money_steps_show_none (self);
  self->order_id = row->order_id;
  if (row->state == WB_MONEY_UNDER || row->state == WB_MONEY_NOT_CAPTURED ||
      row->state == WB_MONEY_LAPSED)
    show_missing (self);
  show (self->refund, row->state == WB_MONEY_OVER || row->state == WB_MONEY_CAPTURED_UNSHIPPED);
  show (self, is_any_shown (self));
}
