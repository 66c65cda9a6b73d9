/* SPDX-License-Identifier: GPL-3.0-or-later
 * The main window: sidebar, search, and the page that was chosen. */
#include "wb-window.h"

#include "wb-channel-row.h"
#include "wb-closing.h"
#include "wb-customers-page.h"
#include "wb-first-run.h"
#include "wb-money-page.h"
#include "wb-notices.h"
#include "wb-order-facts.h"
#include "wb-orders-page.h"
#include "wb-pages.h"
#include "wb-preferences-window.h"
#include "wb-resource.h"
#include "wb-rounds.h"
#include "wb-shipments-page.h"
#include "wb-sidebar-row.h"
#include "wb-text.h"
#include "wb-toast.h"
#include "wb-today-page.h"
#include "wb-trouble.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

/* How long a window may stay away until it has something to show. */
#define PATIENCE_MS 200

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
  WbSidebarRow        *shipments_row;
  AdwBin              *first_run_place;
  GSettings           *settings;
  WbWorkspace         *workspace;
  WbRounds            *rounds;
  WbNotices           *notices;
  GtkWidget           *question; /* (weak): whether to close */
  char                *channels_shown;
  gboolean             opened;  /* the book is, and the first page has been asked for */
  gboolean             closing; /* as soon as nothing is running */
  gboolean             begun;   /* what can wait for the first frame */
  guint                ended;   /* works since the book was opened */
  guint                patience_id;
};

G_DEFINE_FINAL_TYPE (WbWindow, wb_window, ADW_TYPE_APPLICATION_WINDOW)

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_toast_show (GTK_WIDGET (WB_WINDOW (widget)->toasts), g_variant_get_string (parameter, NULL));
}

/* Rows of channels anew only when something about a channel is new. */
static void
show_channels (WbWindow *self)
{
  GPtrArray          *all = wb_workspace_get_connections (self->workspace);
  g_autoptr (GString) signature = g_string_new (NULL);
  gboolean            offline = self->rounds != NULL && wb_rounds_is_offline (self->rounds);
  gboolean            any = FALSE;

  g_string_append_printf (signature, "%d\n", offline);
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
        gtk_list_box_append (self->channels, wb_channel_row_new (all->pdata[i], offline));
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
  if (!self->begun)
    return;
  show_counts (self);
  wb_notices_look (self->notices);
}

static void
rounds_cb (WbRounds *rounds, WbWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sync", !wb_rounds_is_running (rounds));
  show_channels (self);
}

static void
told_cb (WbRounds *rounds, const char *text, WbWindow *self)
{
  wb_toast_show (GTK_WIDGET (self->toasts), text);
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->rounds != NULL && !self->closing)
    wb_rounds_ask (self->rounds);
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

static void
show_page (WbWindow *self, const char *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    if (g_strcmp0 (wb_sidebar_row_get_page (WB_SIDEBAR_ROW (row)), page) == 0)
      gtk_list_box_select_row (self->sidebar, row);
}

static WbOrdersPage *
orders_page (WbWindow *self)
{
  return WB_ORDERS_PAGE (wb_pages_get (self->pages, "orders", self->workspace));
}

static void
counted_cb (WbTodayPage *page, WbWindow *self)
{
  wb_sidebar_row_set_count (self->today_row, wb_today_page_get_needing (page));
  wb_sidebar_row_set_count (self->orders_row, wb_today_page_get_to_ship (page));
}

/* Everything that the first frame does not show: the figures of the day, what a crash has left,
 * what is told on the desktop, the shops. */
static gboolean
begin_cb (gpointer data)
{
  WbWindow  *self = data;
  GtkWidget *today;

  if (self->begun || self->workspace == NULL)
    return G_SOURCE_REMOVE;
  self->begun = TRUE;
  today = wb_pages_get (self->pages, "today", self->workspace);
  g_signal_connect_object (today, "counted", G_CALLBACK (counted_cb), self, 0);
  counted_cb (WB_TODAY_PAGE (today), self);
  show_counts (self);
  wb_notices_look (self->notices);
  recover (self);
  wb_rounds_begin (self->rounds);
  return G_SOURCE_REMOVE;
}

static void
begin_later (WbWindow *self)
{
  g_idle_add_full (G_PRIORITY_LOW, begin_cb, g_object_ref (self), g_object_unref);
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

/* What ends first once the book is open is the opening itself, what ends next is the reading of the
 * first page's list. A frame without it would only be painted to be painted again. */
static void
ended_cb (WbWorker *worker, WbWindow *self)
{
  if (self->opened && self->workspace != NULL && self->ended++ > 0)
    come (self);
}

static void
quiet_cb (WbWorker *worker, WbWindow *self)
{
  if (!self->opened || self->workspace == NULL)
    return;
  come (self);
  if (!self->begun)
    begin_later (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError)   error = NULL;
  g_autofree char     *page = NULL;

  if (self->workspace == NULL)
    return;
  if (!wb_workspace_open_finish (WB_WORKSPACE (source), result, &error))
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->state, "error");
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
  show_page (self, page);
  g_signal_connect_object (self->workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  changed_cb (self->workspace, self);
  if (wb_worker_is_quiet (wb_workspace_get_worker (self->workspace)))
    quiet_cb (NULL, self);
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
  gtk_stack_set_visible_child (
      self->pages,
      wb_pages_get (self->pages, wb_sidebar_row_get_page (WB_SIDEBAR_ROW (row)), self->workspace));
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
show_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  show_page (self, "customers");
  wb_customers_page_show_customer (
      WB_CUSTOMERS_PAGE (wb_pages_get (self->pages, "customers", self->workspace)),
      g_variant_get_int64 (parameter));
}

static void
show_order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  show_page (self, "orders");
  gtk_editable_set_text (self->search, "");
  wb_orders_page_show_order (orders_page (self), g_variant_get_int64 (parameter));
}

/* To the orders that a figure counts. */
static void
orders_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  show_page (self, "orders");
  gtk_editable_set_text (self->search, "");
  wb_orders_page_show_filter (orders_page (self), g_variant_get_string (parameter, NULL));
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
  GtkWidget  *orders = wb_pages_find (self->pages, "orders");

  if (*text != '\0')
    show_page (self, "orders");
  else if (orders == NULL)
    return;
  wb_orders_page_set_text (orders_page (self), text);
}

/* The hit opens, whatever the list has come to meanwhile: somebody types faster than it follows. */
static void
hit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbWindow          *self = WB_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = wb_worker_finish (result, &error);
  g_autofree char   *text = user_data;

  if (self->workspace == NULL || g_strcmp0 (gtk_editable_get_text (self->search), text) != 0)
    return;
  if (ids == NULL)
    wb_toast_outcome (GTK_WIDGET (self->toasts), NULL, error);
  else if (ids->len == 1)
    wb_orders_page_show_order (orders_page (self), g_array_index (ids, gint64, 0));
  if (ids != NULL && ids->len > 0)
    wb_orders_page_focus_list (orders_page (self));
}

static void
search_activate_cb (GtkSearchEntry *entry, WbWindow *self)
{
  const char *text = gtk_editable_get_text (self->search);

  if (self->opened && *text != '\0')
    wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_find_work,
                         wb_wish_new (0, text), G_OBJECT (self), NULL, hit_cb, g_strdup (text));
  else if (self->opened)
    wb_orders_page_focus_list (orders_page (self));
}

static void
search_stop_cb (GtkSearchEntry *entry, WbWindow *self)
{
  gtk_editable_set_text (self->search, "");
  wb_orders_page_focus_list (orders_page (self));
}

static gboolean
search_key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, WbWindow *self)
{
  if (key != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  show_page (self, "orders");
  wb_orders_page_focus_list (orders_page (self));
  return GDK_EVENT_STOP;
}

static WbShipmentsPage *
shipments_page (WbWindow *self)
{
  return WB_SHIPMENTS_PAGE (wb_pages_get (self->pages, "shipments", self->workspace));
}

static void
show_shipment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  show_page (self, "shipments");
  wb_shipments_page_show_shipment (shipments_page (self), g_variant_get_int64 (parameter));
}

static void
show_money_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  show_page (self, "money");
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
    wb_orders_page_main_action (orders_page (self));
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
    wb_orders_page_reprint (orders_page (self));
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
    show_page (self, "today");
  gtk_window_present (GTK_WINDOW (self));
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
  gtk_widget_class_bind_template_child (widget_class, WbWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, first_run_place);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, today_row);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, shipments_row);
  gtk_widget_class_bind_template_callback (widget_class, open_again_cb);
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
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-window.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.page", "i", page_action);
  gtk_widget_class_install_action (widget_class, "win.show-order", "x", show_order_action);
  gtk_widget_class_install_action (widget_class, "win.show-shipment", "x", show_shipment_action);
  gtk_widget_class_install_action (widget_class, "win.show-money", "x", show_money_action);
  gtk_widget_class_install_action (widget_class, "win.show-customer", "x", show_customer_action);
  gtk_widget_class_install_action (widget_class, "win.show", "x", show_action);
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
  WbWorker *worker = wb_workspace_get_worker (workspace);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (worker, "idle", G_CALLBACK (idle_cb), self, 0);
  g_signal_connect_object (worker, "ended", G_CALLBACK (ended_cb), self, 0);
  g_signal_connect_object (worker, "quiet", G_CALLBACK (quiet_cb), self, 0);
  open_workspace (self);
  return self;
}

/** wb_window_come: shows the window as soon as it has something to show: no spinner flashes by. */
void
wb_window_come (WbWindow *self)
{
  if (self->patience_id == 0)
    self->patience_id = g_timeout_add (PATIENCE_MS, patience_cb, self);
}
