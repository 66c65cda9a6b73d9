/* SPDX-License-Identifier: GPL-3.0-or-later
 * A saved view in a list: chosen, renamed, deleted. */
#pragma once

#include "wb-connection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_VIEW_ROW (wb_view_row_get_type ())
G_DECLARE_FINAL_TYPE (WbViewRow, wb_view_row, WB, VIEW_ROW, GtkListBoxRow)

GtkWidget   *wb_view_row_new (WbSavedView *view);
WbSavedView *wb_view_row_get_view (WbViewRow *self);

G_END_DECLS
