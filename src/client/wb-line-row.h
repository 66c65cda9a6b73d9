/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of an order: what, how many, how far it is, what it costs. */
#pragma once

#include "wb-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_LINE_ROW (wb_line_row_get_type ())
G_DECLARE_FINAL_TYPE (WbLineRow, wb_line_row, WB, LINE_ROW, GtkListBoxRow)

GtkWidget *wb_line_row_new (WbOrderLine *line, const char *currency);

G_END_DECLS
