/* SPDX-License-Identifier: GPL-3.0-or-later
 * The main window: sidebar, search, and the page that was chosen. */
#include "wb-window.h"

#include "wb-channel-row.h"
#include "wb-customers-page.h"
#include "wb-first-run.h"
#include "wb-order-facts.h"
#include "wb-orders-page.h"
#include "wb-preferences-window.h"
#include "wb-resource.h"
#include "wb-shipments-page.h"
#include "wb-sidebar-row.h"
#include "wb-text.h"
#include "wb-today-page.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

/* How often the shops are asked while the window is open. */
#define SYNC_EVERY_S (5 * 60)

struct _WbWindow
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay     *toasts;
  AdwFlap             *flap;
  GtkListBox          *sidebar;
  WbSidebarRow        *orders_row;
  GtkWidget           *channels_title;
  GtkListBox          *channels;
  GtkEditable         *search;
  GtkWidget           *practice_banner;
  GtkStack            *state;
  AdwStatusPage       *error_page;
  GtkStack            *pages;
  WbSidebarRow        *today_row;
  WbTodayPage         *today_page;
  WbOrdersPage        *orders_page;
  WbSidebarRow        *shipments_row;
  WbShipmentsPage     *shipments_page;
  WbCustomersPage     *customers_page;
  WbFirstRun          *first_run;
  GSettings           *settings;
  WbWorkspace         *workspace;
  char                *channels_shown;
  gboolean             syncing;
  gboolean             closing; /* as soon as nothing is running */
  guint                sync_id;
};

G_DEFINE_FINAL_TYPE (WbWindow, wb_window, ADW_TYPE_APPLICATION_WINDOW)

static void
toast (WbWindow *self, const char *text)
{
  AdwToast *made;

  if (text == NULL || *text == '\0')
    return;
  made = adw_toast_new (text);
  adw_toast_set_timeout (made, 4);
  adw_toast_overlay_add_toast (self->toasts, made);
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  toast (WB_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* Rows of channels anew only when something about a channel is new. */
static void
show_channels (WbWindow *self)
{
  GPtrArray          *all = wb_workspace_get_connections (self->workspace);
  g_autoptr (GString) signature = g_string_new (NULL);
  gboolean            any = FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      const char *error = wb_record_get_text (all->pdata[i], WB_CONNECTION_ERROR);

      g_string_append_printf (signature, "%s %s %" G_GINT64_FORMAT " %s\n",
                              wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND),
                              wb_record_get_text (all->pdata[i], WB_CONNECTION_NAME),
                              wb_record_get_int (all->pdata[i], WB_CONNECTION_SYNCED_AT) / 60,
                              error != NULL ? error : "");
    }
  if (!wb_set_str (&self->channels_shown, signature->str))
    return;
  wb_list_box_clear (self->channels);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND), WB_KIND_SHOP) == 0)
      {
        gtk_list_box_append (self->channels, wb_channel_row_new (all->pdata[i]));
        any = TRUE;
      }
  gtk_widget_set_visible (self->channels_title, any);
}

static void
show_counts (WbWindow *self)
{
  g_autoptr (GError) error = NULL;
  gint64             labelled = 0;

  if (wb_book_count_shipments (wb_workspace_get_book (self->workspace), WB_SHIPMENT_LABELLED,
                               &labelled, &error))
    wb_sidebar_row_set_count (self->shipments_row, (guint) labelled);
  else
    g_warning ("Shipments could not be counted: %s", error->message);
}

/* The pages, or the first run as long as nothing is connected. */
static void
show_state (WbWindow *self)
{
  gtk_stack_set_visible_child_name (
      self->state, wb_first_run_is_wanted (self->workspace) ? "first-run" : "pages");
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->workspace != NULL && wb_workspace_is_open (self->workspace))
    gtk_window_present (wb_preferences_window_new (GTK_WINDOW (self), self->workspace));
}

static void
changed_cb (WbWorkspace *workspace, WbWindow *self)
{
  show_state (self);
  show_channels (self);
  show_counts (self);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbWindow          *self = WB_WINDOW (source);
  gboolean           asked = GPOINTER_TO_INT (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  self->syncing = FALSE;
  if (self->workspace == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sync", TRUE);
  if (outcome == NULL)
    toast (self, error->message);
  else if (asked)
    toast (self, outcome);
  wb_workspace_look (self->workspace);
}

static void
sync_shops (WbWindow *self, gboolean asked)
{
  if (self->syncing || self->closing || !wb_workspace_is_open (self->workspace))
    return;
  self->syncing = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sync", FALSE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_sync_work,
                       wb_wish_new (0, NULL), G_OBJECT (self), NULL, synced_cb,
                       GINT_TO_POINTER (asked));
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sync_shops (WB_WINDOW (widget), TRUE);
}

static gboolean
sync_tick_cb (gpointer data)
{
  sync_shops (data, FALSE);
  return G_SOURCE_CONTINUE;
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
    toast (self, error->message);
  wb_workspace_look (self->workspace);
}

/* What a crash or a lost line has left is settled before anything new is asked of the shops. */
static void
recover (WbWindow *self)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_recover_work,
                       wb_wish_new (0, NULL), G_OBJECT (self), NULL, recovered_cb, NULL);
}

static void
show_page (WbWindow *self, const char *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    if (g_strcmp0 (wb_sidebar_row_get_page (WB_SIDEBAR_ROW (row)), page) == 0)
      gtk_list_box_select_row (self->sidebar, row);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError)   error = NULL;
  g_autofree char     *page = NULL;

  if (!wb_workspace_open_finish (WB_WORKSPACE (source), result, &error))
    {
      if (self->workspace == NULL)
        return;
      adw_status_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->state, "error");
      return;
    }
  if (self->workspace == NULL)
    return;
  gtk_widget_set_visible (self->practice_banner, wb_workspace_is_practice (self->workspace));
  wb_today_page_set_workspace (self->today_page, self->workspace);
  wb_orders_page_set_workspace (self->orders_page, self->workspace);
  wb_shipments_page_set_workspace (self->shipments_page, self->workspace);
  wb_customers_page_set_workspace (self->customers_page, self->workspace);
  wb_first_run_set_workspace (self->first_run, self->workspace);
  show_state (self);
  page = g_settings_get_string (self->settings, "last-page");
  show_page (self, page);
  g_signal_connect_object (self->workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  changed_cb (self->workspace, self);
  recover (self);
  self->sync_id = g_timeout_add_seconds (SYNC_EVERY_S, sync_tick_cb, self);
}

static void
open_workspace (WbWindow *self)
{
  gtk_stack_set_visible_child_name (self->state, "opening");
  wb_workspace_open_async (self->workspace, opened_cb, g_object_ref (self));
}

static void
open_again_cb (GtkButton *button, WbWindow *self)
{
  open_workspace (self);
}

static void
sidebar_selected_cb (GtkListBox *box, GtkListBoxRow *row, WbWindow *self)
{
  if (row == NULL)
    return;
  gtk_stack_set_visible_child_name (self->pages, wb_sidebar_row_get_page (WB_SIDEBAR_ROW (row)));
  if (self->workspace != NULL && wb_workspace_is_open (self->workspace))
    g_settings_set_string (self->settings, "last-page",
                           wb_sidebar_row_get_page (WB_SIDEBAR_ROW (row)));
}

static void
sidebar_activated_cb (GtkListBox *box, GtkListBoxRow *row, WbWindow *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
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

static void
show_order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  show_page (self, "orders");
  gtk_editable_set_text (self->search, "");
  wb_orders_page_show_order (self->orders_page, g_variant_get_int64 (parameter));
}

/* To the orders that a figure counts. */
static void
orders_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  show_page (self, "orders");
  gtk_editable_set_text (self->search, "");
  wb_orders_page_show_filter (self->orders_page, g_variant_get_string (parameter, NULL));
}

static void
counted_cb (WbTodayPage *page, WbWindow *self)
{
  wb_sidebar_row_set_count (self->today_row, wb_today_page_get_needing (page));
  wb_sidebar_row_set_count (self->orders_row, wb_today_page_get_to_ship (page));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (self->search, 0, -1);
}

static void
search_changed_cb (GtkSearchEntry *entry, WbWindow *self)
{
  const char *text = gtk_editable_get_text (self->search);

  if (*text != '\0')
    show_page (self, "orders");
  wb_orders_page_set_text (self->orders_page, text);
}

static void
search_activate_cb (GtkSearchEntry *entry, WbWindow *self)
{
  wb_orders_page_focus_list (self->orders_page);
}

static void
search_stop_cb (GtkSearchEntry *entry, WbWindow *self)
{
  gtk_editable_set_text (self->search, "");
  wb_orders_page_focus_list (self->orders_page);
}

static gboolean
search_key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, WbWindow *self)
{
  if (key != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  wb_orders_page_focus_list (self->orders_page);
  return GDK_EVENT_STOP;
}

static void
show_shipment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  show_page (self, "shipments");
  wb_shipments_page_show_shipment (self->shipments_page, g_variant_get_int64 (parameter));
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

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "orders") == 0)
    wb_orders_page_main_action (self->orders_page);
  else if (is_on (self, "shipments"))
    wb_shipments_page_main_action (self->shipments_page);
}

static void
reprint_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (is_on (self, "shipments"))
    wb_shipments_page_reprint (self->shipments_page);
  else
    wb_orders_page_reprint (self->orders_page);
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

static void
idle_cb (WbWorker *worker, WbWindow *self)
{
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* What is running is finished first: a label being bought must not be left half known when the
 * power is not out. */
static gboolean
close_request (GtkWindow *window)
{
  WbWindow *self = WB_WINDOW (window);
  WbWorker *worker = wb_workspace_get_worker (self->workspace);

  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  if (!gtk_window_is_maximized (window))
    {
      g_settings_set_int (self->settings, "window-width",
                          MAX (360, gtk_widget_get_width (GTK_WIDGET (self))));
      g_settings_set_int (self->settings, "window-height",
                          MAX (294, gtk_widget_get_height (GTK_WIDGET (self))));
    }
  if (wb_worker_get_effects (worker) == 0 || self->closing)
    return GTK_WINDOW_CLASS (wb_window_parent_class)->close_request (window);
  self->closing = TRUE;
  toast (self,
         _ ("Finishing what is running, then closing. Close again to leave it to the journal."));
  return TRUE;
}

static void
wb_window_dispose (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  g_clear_handle_id (&self->sync_id, g_source_remove);
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
  gtk_widget_class_bind_template_child (widget_class, WbWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, orders_page);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, today_row);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, today_page);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, shipments_row);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, shipments_page);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, customers_page);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, first_run);
  gtk_widget_class_bind_template_callback (widget_class, open_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, counted_cb);
  gtk_widget_class_bind_template_callback (widget_class, sidebar_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, sidebar_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
}

static void
wb_window_class_init (WbWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  g_type_ensure (WB_TYPE_SIDEBAR_ROW);
  g_type_ensure (WB_TYPE_ORDERS_PAGE);
  g_type_ensure (WB_TYPE_TODAY_PAGE);
  g_type_ensure (WB_TYPE_SHIPMENTS_PAGE);
  g_type_ensure (WB_TYPE_CUSTOMERS_PAGE);
  g_type_ensure (WB_TYPE_FIRST_RUN);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-window.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.page", "i", page_action);
  gtk_widget_class_install_action (widget_class, "win.show-order", "x", show_order_action);
  gtk_widget_class_install_action (widget_class, "win.show-shipment", "x", show_shipment_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.orders", "s", orders_action);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.main-action", NULL, main_action);
  gtk_widget_class_install_action (widget_class, "win.reprint", NULL, reprint_action);
  gtk_widget_class_install_action (widget_class, "win.sidebar", NULL, sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
}

static void
wb_window_init (WbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new ("org.waybill.Waybill");
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
  WbWindow *self = g_object_new (WB_TYPE_WINDOW, "application", application, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (wb_workspace_get_worker (workspace), "idle", G_CALLBACK (idle_cb), self,
                           0);
  open_workspace (self);
  return self;
}
