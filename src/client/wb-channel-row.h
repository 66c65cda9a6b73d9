/* SPDX-License-Identifier: GPL-3.0-or-later
 * One connected shop in the sidebar: when it was last asked, and what is wrong with it. */
#pragma once

#include "wb-connection.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CHANNEL_ROW (wb_channel_row_get_type ())
G_DECLARE_FINAL_TYPE (WbChannelRow, wb_channel_row, WB, CHANNEL_ROW, GtkListBoxRow)

GtkWidget *wb_channel_row_new (WbConnection *channel, gboolean offline);
gint64     wb_channel_row_get_id (WbChannelRow *self);
void       wb_channel_row_show_progress (WbChannelRow *self, gint64 done, gint64 total);
void       wb_channel_row_end_progress (WbChannelRow *self);

G_END_DECLS
