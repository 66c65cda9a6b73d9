/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the keys, the menu and the pages ask of the window: to go somewhere, to do what the page is
 * there for. */
#include "wb-customers-page.h"
#include "wb-listings-window.h"
#include "wb-money-page.h"
#include "wb-orders-files.h"
#include "wb-orders-page.h"
#include "wb-own-order-window.h"
#include "wb-pack-page.h"
#include "wb-pages.h"
#include "wb-pick-page.h"
#include "wb-preferences-window.h"
#include "wb-resource.h"
#include "wb-shipments-page.h"
#include "wb-toast.h"
#include "wb-window-private.h"

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_toast_show (GTK_WIDGET (WB_WINDOW (widget)->toasts), g_variant_get_string (parameter, NULL));
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->workspace != NULL && wb_workspace_is_open (self->workspace))
    gtk_window_present (wb_preferences_window_new (GTK_WINDOW (self), self->workspace));
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->rounds != NULL && !self->closing)
    wb_rounds_ask (self->rounds);
}

static void
stop_sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->rounds != NULL)
    wb_rounds_stop (self->rounds);
}

static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow      *self = WB_WINDOW (widget);
  GtkListBoxRow *row =
      gtk_list_box_get_row_at_index (self->sidebar, g_variant_get_int32 (parameter) - 1);

  if (row != NULL)
    gtk_list_box_select_row (self->sidebar, row);
}

/** wb_window_get_orders: Returns: (transfer none): the Orders page, made if need be. */
WbOrdersPage *
wb_window_get_orders (WbWindow *self)
{
  return WB_ORDERS_PAGE (wb_pages_get (self->pages, "orders", self->workspace));
}

static WbShipmentsPage *
shipments_page (WbWindow *self)
{
  return WB_SHIPMENTS_PAGE (wb_pages_get (self->pages, "shipments", self->workspace));
}

static void
show_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  wb_window_show_page (self, "customers");
  wb_customers_page_show_customer (
      WB_CUSTOMERS_PAGE (wb_pages_get (self->pages, "customers", self->workspace)),
      g_variant_get_int64 (parameter));
}

static void
show_order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  wb_window_show_page (self, "orders");
  gtk_editable_set_text (self->search, "");
  wb_orders_page_show_order (wb_window_get_orders (self), g_variant_get_int64 (parameter));
}

/* Onto the packing table. */
static void
pack_order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  wb_window_show_page (self, "pack");
  wb_pack_page_open (WB_PACK_PAGE (wb_pages_get (self->pages, "pack", self->workspace)),
                     g_variant_get_int64 (parameter));
}

/* To the orders that a figure counts. */
static void
orders_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  wb_window_show_page (self, "orders");
  gtk_editable_set_text (self->search, "");
  wb_orders_page_show_filter (wb_window_get_orders (self), g_variant_get_string (parameter, NULL));
}

static void
show_shipment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  wb_window_show_page (self, "shipments");
  wb_shipments_page_show_shipment (shipments_page (self), g_variant_get_int64 (parameter));
}

static void
show_money_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  wb_window_show_page (self, "money");
  wb_money_page_show_gaps (WB_MONEY_PAGE (wb_pages_get (self->pages, "money", self->workspace)));
}

static gboolean
is_on (WbWindow *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), page) == 0;
}

static void
main_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (is_on (self, "orders"))
    wb_orders_page_main_action (wb_window_get_orders (self));
  else if (is_on (self, "shipments"))
    wb_shipments_page_main_action (shipments_page (self));
}

static void
reprint_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (is_on (self, "shipments"))
    wb_shipments_page_reprint (shipments_page (self));
  else if (is_on (self, "orders"))
    wb_orders_page_reprint (wb_window_get_orders (self));
  else if (is_on (self, "pick"))
    wb_pick_page_print (WB_PICK_PAGE (wb_pages_get (self->pages, "pick", self->workspace)));
}

static void
sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (WB_RESOURCE "help-overlay.ui");
  GtkWindow             *window = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (window, GTK_WINDOW (widget));
  gtk_window_present (window);
}

/* To the order that needs a person, or to everything that does. */
static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (g_variant_get_int64 (parameter) != 0)
    show_order_action (widget, name, parameter);
  else
    wb_window_show_page (self, "today");
  gtk_window_present (GTK_WINDOW (self));
}

static void
new_order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->workspace != NULL && wb_workspace_is_open (self->workspace))
    wb_own_order_window_open (GTK_WINDOW (self), self->workspace);
}

static void
match_listings_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->workspace != NULL && wb_workspace_is_open (self->workspace))
    wb_listings_window_present (GTK_WINDOW (self), self->workspace, 0);
}

static void
import_orders_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->workspace != NULL && wb_workspace_is_open (self->workspace))
    wb_orders_files_ask (GTK_WINDOW (self), self->workspace, NULL);
}

/** wb_window_install_actions: all “win.…” but the search. */
void
wb_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.page", "i", page_action);
  gtk_widget_class_install_action (widget_class, "win.show-order", "x", show_order_action);
  gtk_widget_class_install_action (widget_class, "win.pack-order", "x", pack_order_action);
  gtk_widget_class_install_action (widget_class, "win.show-shipment", "x", show_shipment_action);
  gtk_widget_class_install_action (widget_class, "win.show-money", "x", show_money_action);
  gtk_widget_class_install_action (widget_class, "win.show-customer", "x", show_customer_action);
  gtk_widget_class_install_action (widget_class, "win.show", "x", show_action);
  gtk_widget_class_install_action (widget_class, "win.orders", "s", orders_action);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.stop-sync", NULL, stop_sync_action);
  gtk_widget_class_install_action (widget_class, "win.new-order", NULL, new_order_action);
  gtk_widget_class_install_action (widget_class, "win.import-orders", NULL, import_orders_action);
  gtk_widget_class_install_action (widget_class, "win.match-listings", NULL, match_listings_action);
  gtk_widget_class_install_action (widget_class, "win.main-action", NULL, main_action);
  gtk_widget_class_install_action (widget_class, "win.reprint", NULL, reprint_action);
  gtk_widget_class_install_action (widget_class, "win.sidebar", NULL, sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
}
