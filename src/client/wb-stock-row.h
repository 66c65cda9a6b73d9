/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line about stock in a box: what it is, more about it, a number, and perhaps one thing that
 * can be done with it. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_STOCK_ROW (wb_stock_row_get_type ())
G_DECLARE_FINAL_TYPE (WbStockRow, wb_stock_row, WB, STOCK_ROW, GtkListBoxRow)

GtkWidget *
wb_stock_row_new (const char *title, const char *subtitle, const char *value, const char *style);
GtkButton *wb_stock_row_add_button (WbStockRow *self, const char *icon, const char *name);

G_END_DECLS
