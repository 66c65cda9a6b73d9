/* SPDX-License-Identifier: GPL-3.0-or-later
 * One page in the sidebar, with how many things wait there. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SIDEBAR_ROW (wb_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (WbSidebarRow, wb_sidebar_row, WB, SIDEBAR_ROW, GtkListBoxRow)

const char *wb_sidebar_row_get_page (WbSidebarRow *self);
void        wb_sidebar_row_set_count (WbSidebarRow *self, guint count);

G_END_DECLS
