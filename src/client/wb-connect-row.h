/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing of the preferences in a list, with buttons to change and to remove it. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CONNECT_ROW (wb_connect_row_get_type ())
G_DECLARE_FINAL_TYPE (WbConnectRow, wb_connect_row, WB, CONNECT_ROW, AdwActionRow)

GtkWidget *
wb_connect_row_new (gpointer record, const char *title, const char *subtitle, gboolean trouble);
gpointer wb_connect_row_get_record (WbConnectRow *self);
void     wb_connect_row_set_opens (WbConnectRow *self, gboolean changes);

G_END_DECLS
