/* SPDX-License-Identifier: GPL-3.0-or-later
 * One connected shop in the sidebar: when it was last asked, what is wrong with it, and how far it
 * is read while many orders come. */
#include "wb-channel-row.h"

#include "wb-resource.h"
#include "wb-time.h"

#include <glib/gi18n-lib.h>

struct _WbChannelRow
{
  GtkListBoxRow parent_instance;
  gint64        id; /* of the channel */
  GtkImage     *icon;
  GtkLabel     *name;
  GtkLabel     *state;
  GtkWidget    *progress; /* with its bar and what stops it */
  GtkLabel     *count;
  GtkWidget    *bar;
};

G_DEFINE_FINAL_TYPE (WbChannelRow, wb_channel_row, GTK_TYPE_LIST_BOX_ROW)

static void
wb_channel_row_class_init (WbChannelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-channel-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbChannelRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WbChannelRow, name);
  gtk_widget_class_bind_template_child (widget_class, WbChannelRow, state);
  gtk_widget_class_bind_template_child (widget_class, WbChannelRow, progress);
  gtk_widget_class_bind_template_child (widget_class, WbChannelRow, count);
  gtk_widget_class_bind_template_child (widget_class, WbChannelRow, bar);
}

static void
wb_channel_row_init (WbChannelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_channel_row_new: @offline: there is no way to it just now, which is nobody's fault. Returns:
 * (transfer floating): the row of @channel as it is now. */
GtkWidget *
wb_channel_row_new (WbConnection *channel, gboolean offline)
{
  WbChannelRow    *self = g_object_new (WB_TYPE_CHANNEL_ROW, NULL);
  const char      *error = wb_record_get_text (channel, WB_CONNECTION_ERROR);
  WbInstant        synced = wb_record_get_int (channel, WB_CONNECTION_SYNCED_AT);
  g_autofree char *when = wb_instant_to_relative (synced, wb_now ());
  gboolean         wrong = !offline && error != NULL && *error != '\0';
  const char      *state = wrong         ? error
                           : offline     ? _ ("Offline; asked as soon as there is a network")
                           : synced != 0 ? when
                                         : _ ("Not asked yet");

  self->id = wb_record_get_int (channel, WB_CONNECTION_ID);
  gtk_label_set_text (self->name, wb_record_get_text (channel, WB_CONNECTION_NAME));
  gtk_image_set_from_icon_name (self->icon, wrong     ? "dialog-warning-symbolic"
                                            : offline ? "network-offline-symbolic"
                                                      : "emblem-ok-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), wrong                     ? "error"
                                                     : synced != 0 && !offline ? "success"
                                                                               : "dim-label");
  gtk_label_set_text (self->state, state);
  if (wrong || offline)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), state);
  return GTK_WIDGET (self);
}

/** wb_channel_row_get_id: Returns: the channel's. */
gint64
wb_channel_row_get_id (WbChannelRow *self)
{
  return self->id;
}

/** wb_channel_row_show_progress: @done orders are read, of @total; 0: nobody knows of how many. */
void
wb_channel_row_show_progress (WbChannelRow *self, gint64 done, gint64 total)
{
  g_autofree char *read = NULL;

  if (total > 0)
    /* Translators: 1: orders read so far, 2: of how many */
    read = g_strdup_printf (_ ("%1$'d of %2$'d orders read"), (int) done, (int) total);
  else
    read =
        g_strdup_printf (ngettext ("%'d order read", "%'d orders read", (gulong) done), (int) done);
  gtk_label_set_text (self->count, read);
  gtk_widget_set_visible (self->bar, total > 0);
  if (total > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), (double) done / (double) total);
  gtk_widget_set_visible (GTK_WIDGET (self->state), FALSE);
  gtk_widget_set_visible (self->progress, TRUE);
}

/** wb_channel_row_end_progress: back to when it was last asked. */
void
wb_channel_row_end_progress (WbChannelRow *self)
{
  gtk_widget_set_visible (self->progress, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->state), TRUE);
}
