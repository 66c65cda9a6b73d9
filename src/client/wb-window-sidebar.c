/* SPDX-License-Identifier: GPL-3.0-or-later
 * The side of the window: the pages with their counts, the channels and how they are. */
#include "wb-channel-row.h"
#include "wb-order-facts.h"
#include "wb-pages.h"
#include "wb-text.h"
#include "wb-window-private.h"

static void
show_progress (WbWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->channels, i)) != NULL; i++)
    {
      WbChannelRow *channel = WB_CHANNEL_ROW (row);
      gint64        done = 0, total = 0;

      if (self->rounds != NULL &&
          wb_rounds_get_progress (self->rounds, wb_channel_row_get_id (channel), &done, &total))
        wb_channel_row_show_progress (channel, done, total);
      else
        wb_channel_row_end_progress (channel);
    }
}

static void
show_rows (WbWindow *self, GPtrArray *all, gboolean offline)
{
  gboolean any = FALSE;

  wb_list_box_clear (self->channels);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND), WB_KIND_SHOP) == 0)
      {
        gtk_list_box_append (self->channels, wb_channel_row_new (all->pdata[i], offline));
        any = TRUE;
      }
  gtk_widget_set_visible (self->channels_title, any);
}

/** wb_window_show_channels: rows of channels anew only when something about a channel is new. */
void
wb_window_show_channels (WbWindow *self)
{
  GPtrArray          *all = wb_workspace_get_connections (self->workspace);
  g_autoptr (GString) signature = g_string_new (NULL);
  gboolean            offline = self->rounds != NULL && wb_rounds_is_offline (self->rounds);

  g_string_append_printf (signature, "%d\n", offline);
  for (guint i = 0; i < all->len; i++)
    {
      const char *error = wb_record_get_text (all->pdata[i], WB_CONNECTION_ERROR);

      g_string_append_printf (signature, "%" G_GINT64_FORMAT " %s %s %" G_GINT64_FORMAT " %s\n",
                              wb_record_get_int (all->pdata[i], WB_CONNECTION_ID),
                              wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND),
                              wb_record_get_text (all->pdata[i], WB_CONNECTION_NAME),
                              wb_record_get_int (all->pdata[i], WB_CONNECTION_SYNCED_AT) / 60,
                              error != NULL ? error : "");
    }
  gtk_widget_set_visible (self->offline_banner, offline);
  if (wb_set_str (&self->channels_shown, signature->str))
    show_rows (self, all, offline);
  show_progress (self);
}

/** wb_window_show_counts: what is read in no time; the rest comes with the figures of the day. */
void
wb_window_show_counts (WbWindow *self)
{
  g_autoptr (GError) error = NULL;
  gint64             labelled = 0;

  if (wb_book_count_shipments (wb_workspace_get_book (self->workspace), WB_SHIPMENT_LABELLED,
                               &labelled, &error))
    wb_sidebar_row_set_count (self->shipments_row, (guint) labelled);
  else
    g_warning ("Shipments could not be counted: %s", error->message);
}

/** wb_window_show_figures: the counts of the pages that the figures of the day tell. */
void
wb_window_show_figures (WbTodayFigures *figures, WbWindow *self)
{
  const WbTodayRead *read = wb_today_figures_get_read (figures);

  if (read == NULL)
    return;
  wb_sidebar_row_set_count (self->today_row, read->needing->len);
  wb_sidebar_row_set_count (self->orders_row, read->to_ship);
}

/** wb_window_show_page: goes to @page, as if its row had been chosen. */
void
wb_window_show_page (WbWindow *self, const char *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    if (g_strcmp0 (wb_sidebar_row_get_page (WB_SIDEBAR_ROW (row)), page) == 0)
      gtk_list_box_select_row (self->sidebar, row);
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

/** wb_window_bind_sidebar: the callbacks of the sidebar, for the template. */
void
wb_window_bind_sidebar (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, sidebar_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, sidebar_activated_cb);
}
