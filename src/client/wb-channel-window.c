/* SPDX-License-Identifier: GPL-3.0-or-later
 * The preferences of one channel: its listings, the stock it is told, what its statuses mean; of
 * one that is fed by hand, how its orders come in. */
#include "wb-channel-window.h"

#include "wb-book-channels.h"
#include "wb-book-order-aside.h"
#include "wb-channel-status-group.h"
#include "wb-channel-stock-group.h"
#include "wb-listings-window.h"
#include "wb-orders-files.h"
#include "wb-own-order-window.h"
#include "wb-preferences-window.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-shop.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define MOST_ASIDES 50 /* shown at once */

struct _WbChannelWindow
{
  AdwWindow             parent_instance;
  AdwWindowTitle       *window_title;
  GtkWidget            *orders;
  GtkWidget            *import;
  GtkWidget            *take;
  AdwPreferencesGroup  *asides;
  GtkWidget            *listings;
  AdwActionRow         *match;
  WbChannelStockGroup  *stock;
  WbChannelStatusGroup *statuses;
  WbWorkspace          *workspace;
  WbConnection         *channel;
  GPtrArray            *aside_rows; /* borrowed */
};

G_DEFINE_FINAL_TYPE (WbChannelWindow, wb_channel_window, ADW_TYPE_WINDOW)

static gboolean
is_of (WbChannelWindow *self, const char *provider)
{
  return g_strcmp0 (wb_record_get_text (self->channel, WB_CONNECTION_PROVIDER), provider) == 0;
}

static gint64
get_id (WbChannelWindow *self)
{
  return wb_record_get_int (self->channel, WB_CONNECTION_ID);
}

static void
match_cb (AdwActionRow *row, WbChannelWindow *self)
{
  wb_listings_window_present (GTK_WINDOW (self), self->workspace, get_id (self));
}

static void
import_cb (AdwActionRow *row, WbChannelWindow *self)
{
  wb_orders_files_ask (GTK_WINDOW (self), self->workspace,
                       wb_record_get_text (self->channel, WB_CONNECTION_NAME));
}

static void
take_cb (AdwActionRow *row, WbChannelWindow *self)
{
  wb_own_order_window_open (GTK_WINDOW (self), self->workspace);
}

static void
show_match (WbChannelWindow *self)
{
  gint64 n = wb_book_count_unmatched (wb_workspace_get_book (self->workspace), get_id (self));
  g_autofree char *text =
      n > 0 ? g_strdup_printf (ngettext ("%u is no product of yours yet",
                                         "%u are no products of yours yet", (gulong) n),
                               (guint) n)
            : g_strdup (_ ("None is waiting for it"));

  adw_action_row_set_subtitle (self->match, text);
}

static GtkWidget *
make_aside (const WbOrderAside *aside)
{
  GtkWidget       *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);
  g_autofree char *title =
      /* Translators: a file's name, the number of a line in it */
      g_strdup_printf (_ ("%s, line %u"), aside->file, aside->line);
  g_autofree char *reason = wb_tell_again (aside->reason);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  if (!wb_text_is_empty (aside->raw))
    gtk_widget_set_tooltip_text (row, aside->raw);
  return row;
}

static void
show_asides (WbChannelWindow *self)
{
  g_autoptr (GPtrArray) asides =
      is_of (self, WB_SHOP_FILES)
          ? wb_book_list_order_asides (wb_workspace_get_book (self->workspace), get_id (self), NULL)
          : NULL;

  wb_preferences_group_clear (self->asides, self->aside_rows);
  for (guint i = 0; asides != NULL && i < MIN (asides->len, MOST_ASIDES); i++)
    {
      GtkWidget *row = make_aside (asides->pdata[i]);

      adw_preferences_group_add (self->asides, row);
      g_ptr_array_add (self->aside_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->asides), self->aside_rows->len > 0);
}

static void
changed_cb (WbWorkspace *workspace, WbChannelWindow *self)
{
  show_match (self);
  show_asides (self);
}

static void
wb_channel_window_dispose (GObject *object)
{
  WbChannelWindow *self = WB_CHANNEL_WINDOW (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->channel);
  g_clear_pointer (&self->aside_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_channel_window_parent_class)->dispose (object);
}

static void
wb_channel_window_class_init (WbChannelWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_channel_window_dispose;
  g_type_ensure (WB_TYPE_CHANNEL_STOCK_GROUP);
  g_type_ensure (WB_TYPE_CHANNEL_STATUS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-channel-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbChannelWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, WbChannelWindow, orders);
  gtk_widget_class_bind_template_child (widget_class, WbChannelWindow, import);
  gtk_widget_class_bind_template_child (widget_class, WbChannelWindow, take);
  gtk_widget_class_bind_template_child (widget_class, WbChannelWindow, asides);
  gtk_widget_class_bind_template_child (widget_class, WbChannelWindow, listings);
  gtk_widget_class_bind_template_child (widget_class, WbChannelWindow, match);
  gtk_widget_class_bind_template_child (widget_class, WbChannelWindow, stock);
  gtk_widget_class_bind_template_child (widget_class, WbChannelWindow, statuses);
  gtk_widget_class_bind_template_callback (widget_class, match_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_channel_window_init (WbChannelWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->aside_rows = g_ptr_array_new ();
}

/** wb_channel_window_present: shows the preferences of @channel, a shop, above @parent. Returns:
 * (transfer none): the window. */
GtkWindow *
wb_channel_window_present (GtkWindow *parent, WbWorkspace *workspace, WbConnection *channel)
{
  WbChannelWindow *self =
      g_object_new (WB_TYPE_CHANNEL_WINDOW, "transient-for", parent, "modal", parent != NULL,
                    "title", wb_record_get_text (channel, WB_CONNECTION_NAME), NULL);
  gboolean by_hand;

  self->workspace = g_object_ref (workspace);
  self->channel = g_object_ref (channel);
  by_hand = is_of (self, WB_SHOP_FILES) || is_of (self, WB_SHOP_COUNTER);
  adw_window_title_set_title (self->window_title, wb_record_get_text (channel, WB_CONNECTION_NAME));
  adw_window_title_set_subtitle (
      self->window_title,
      wb_desk_provider_title (WB_KIND_SHOP, wb_record_get_text (channel, WB_CONNECTION_PROVIDER)));
  gtk_widget_set_visible (self->orders, by_hand);
  gtk_widget_set_visible (self->import, is_of (self, WB_SHOP_FILES));
  gtk_widget_set_visible (self->take, is_of (self, WB_SHOP_COUNTER));
  gtk_widget_set_visible (self->listings, !by_hand);
  gtk_widget_set_visible (GTK_WIDGET (self->stock), !by_hand);
  changed_cb (workspace, self);
  if (!by_hand)
    {
      wb_channel_stock_group_set_channel (self->stock, workspace, get_id (self));
      wb_channel_status_group_set_channel (self->statuses, workspace, get_id (self));
    }
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
