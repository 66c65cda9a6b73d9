/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done with the order in the detail: hold and release it, change its pieces, move its
 * money, print, void, ship. */
#include "wb-order-detail-private.h"

#include "wb-charge-works.h"
#include "wb-detail.h"
#include "wb-pieces-window.h"
#include "wb-raw-window.h"
#include "wb-refund-window.h"
#include "wb-settle-window.h"
#include "wb-toast.h"
#include "wb-void-dialog.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

/** wb_order_detail_work: has the engine do @kind with a wb_wish_new() of @id and @text (nullable).
 */
void
wb_order_detail_work (WbOrderDetail *self, const WbWorkKind *kind, gint64 id, const char *text)
{
  wb_detail_work (GTK_WIDGET (self), self->workspace, kind, wb_wish_new (id, text));
}

static void
hold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->order_id == 0)
    return;
  gtk_popover_popdown (self->hold_popover);
  wb_detail_work_undo (widget, self->workspace, &wb_hold_work, &wb_release_work, self->order_id,
                       gtk_editable_get_text (self->hold_reason), NULL);
  gtk_editable_set_text (self->hold_reason, "");
}

static void
hold_reason_cb (GtkEntry *entry, WbOrderDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "detail.hold", NULL);
}

static void
release_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->facts != NULL)
    wb_detail_work_undo (widget, self->workspace, &wb_release_work, &wb_hold_work, self->order_id,
                         NULL, wb_record_get_text (self->facts->order, WB_ORDER_HOLD_REASON));
}

static void
merge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->facts != NULL && self->facts->together.could != NULL)
    wb_detail_work (widget, self->workspace, &wb_merge_work,
                    g_array_ref (self->facts->together.could));
}

static void
unmerge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->order_id != 0)
    wb_order_detail_work (self, &wb_unmerge_work, self->order_id, NULL);
}

static void
refund_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->facts != NULL)
    wb_refund_window_open (GTK_WINDOW (gtk_widget_get_root (widget)), self->workspace,
                           self->facts->order);
}

static void
change_pieces_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->facts != NULL)
    wb_pieces_window_open (GTK_WINDOW (gtk_widget_get_root (widget)), self->workspace,
                           self->facts->order);
}

static void
charge_work (WbOrderDetail *self, const WbWorkKind *kind)
{
  wb_detail_work (GTK_WIDGET (self), self->workspace, kind,
                  wb_refund_wish_new (self->order_id, NULL));
}

static void
release_charge_response_cb (AdwMessageDialog *dialog, const char *response, WbOrderDetail *self)
{
  if (g_str_equal (response, "yes") && self->workspace != NULL && self->order_id != 0)
    charge_work (self, &wb_release_charge_work);
}

/* It cannot be taken back: the customer would have to pay anew. */
static void
release_charge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Release the rest of the authorisation?"),
      _ ("The customer's money is free again. It can be taken only if the customer pays anew.")));

  adw_message_dialog_add_responses (dialog, "keep", _ ("_Keep It"), "yes", _ ("_Release"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (release_charge_response_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
renew_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->order_id != 0)
    charge_work (self, &wb_renew_charge_work);
}

/* What no authorisation covers: received by hand, asked for, or written off. */
static void
settle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->order_id != 0)
    wb_settle_window_open (GTK_WINDOW (gtk_widget_get_root (widget)), self->workspace,
                           self->order_id, WB_SETTLE_RECEIVED);
}

static void
reprint_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *document;
  gint64      shipment;

  g_variant_get (parameter, "(x&s)", &shipment, &document);
  wb_order_detail_work (WB_ORDER_DETAIL (widget), &wb_reprint_work, shipment, document);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_detail_copy (widget, g_variant_get_string (parameter, NULL));
}

static void
copy_address_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_detail_copy (widget, gtk_label_get_text (WB_ORDER_DETAIL (widget)->address));
}

static void
show_person_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->facts != NULL)
    gtk_widget_activate_action (widget, "win.show-customer", "x",
                                wb_record_get_int (self->facts->order, WB_ORDER_CUSTOMER_ID));
}

/* The label that no longer fits the order. */
static void
void_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail         *self = WB_ORDER_DETAIL (widget);
  WbBook                *book = wb_workspace_get_book (self->workspace);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbShipment) shipment = NULL;
  g_autoptr (WbLabel)    label = NULL;
  gint64     id = self->facts != NULL ? wb_order_facts_find (self->facts, WB_SHIPMENT_LABELLED) : 0;
  GPtrArray *parcels;

  if (id == 0)
    return;
  shipment = wb_book_get_shipment (book, id, &error);
  parcels = shipment != NULL ? wb_record_get_many (shipment, WB_SHIPMENT_PARCELS) : NULL;
  if (parcels != NULL && parcels->len > 0)
    label =
        wb_book_get_live_label (book, wb_record_get_int (parcels->pdata[0], WB_PARCEL_ID), &error);
  if (label != NULL)
    wb_void_dialog_ask (widget, self->workspace, shipment, wb_record_get_int (label, WB_LABEL_ID));
  else if (error != NULL)
    wb_toast_outcome (widget, NULL, error);
}

static void
as_received_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail     *self = WB_ORDER_DETAIL (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = NULL;

  if (self->facts == NULL)
    return;
  raw = wb_book_get_document (wb_workspace_get_book (self->workspace),
                              wb_record_get_text (self->facts->order, WB_ORDER_RAW_HASH), NULL,
                              &error);
  if (raw == NULL)
    wb_toast_outcome (widget, NULL, error);
  else
    wb_raw_window_open (GTK_WINDOW (gtk_widget_get_root (widget)),
                        gtk_label_get_text (self->number), raw);
}

static void
ship_closed_cb (WbShipPane *pane, WbOrderDetail *self)
{
  gtk_stack_set_visible_child_name (self->stack, self->facts != NULL ? "order" : "error");
  wb_order_detail_refresh (self);
}

/* Most orders that are looked at are not shipped in this moment. */
static void
make_ship_pane (WbOrderDetail *self)
{
  if (self->ship_pane != NULL)
    return;
  self->ship_pane = g_object_new (WB_TYPE_SHIP_PANE, NULL);
  wb_ship_pane_set_workspace (self->ship_pane, self->workspace);
  g_signal_connect_object (self->ship_pane, "closed", G_CALLBACK (ship_closed_cb), self, 0);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->ship_pane), "ship");
}

static void
ship_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (widget);

  if (self->facts == NULL || !wb_order_detail_can_ship (self))
    return;
  make_ship_pane (self);
  wb_ship_pane_begin (self->ship_pane, self->facts->order, self->facts->shipments);
  gtk_stack_set_visible_child_name (self->stack, "ship");
}

/** wb_order_detail_install_actions: all “detail.…”, for the template. */
void
wb_order_detail_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, hold_reason_cb);
  gtk_widget_class_install_action (widget_class, "detail.ship", NULL, ship_action);
  gtk_widget_class_install_action (widget_class, "detail.hold", NULL, hold_action);
  gtk_widget_class_install_action (widget_class, "detail.release", NULL, release_action);
  gtk_widget_class_install_action (widget_class, "detail.reprint", "(xs)", reprint_action);
  gtk_widget_class_install_action (widget_class, "detail.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "detail.void", NULL, void_action);
  gtk_widget_class_install_action (widget_class, "detail.merge", NULL, merge_action);
  gtk_widget_class_install_action (widget_class, "detail.unmerge", NULL, unmerge_action);
  gtk_widget_class_install_action (widget_class, "detail.refund", NULL, refund_action);
  gtk_widget_class_install_action (widget_class, "detail.change-pieces", NULL,
                                   change_pieces_action);
  gtk_widget_class_install_action (widget_class, "detail.release-charge", NULL,
                                   release_charge_action);
  gtk_widget_class_install_action (widget_class, "detail.renew-charge", NULL, renew_action);
  gtk_widget_class_install_action (widget_class, "detail.settle", NULL, settle_action);
  gtk_widget_class_install_action (widget_class, "detail.show-person", NULL, show_person_action);
  gtk_widget_class_install_action (widget_class, "detail.copy-address", NULL, copy_address_action);
  gtk_widget_class_install_action (widget_class, "detail.as-received", NULL, as_received_action);
}
