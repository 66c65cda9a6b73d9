/* SPDX-License-Identifier: GPL-3.0-or-later
 * One item of an order that is taken by us: what, how many, for how much. */
#pragma once

#include "wb-desk-own.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_OWN_LINE_ROW (wb_own_line_row_get_type ())
G_DECLARE_FINAL_TYPE (WbOwnLineRow, wb_own_line_row, WB, OWN_LINE_ROW, GtkListBoxRow)

GtkWidget *wb_own_line_row_new (WbBook *book);
gboolean   wb_own_line_row_is_empty (WbOwnLineRow *self);
void       wb_own_line_row_judge (WbOwnLineRow *self, const char *currency);
gboolean   wb_own_line_row_is_whole (WbOwnLineRow *self, const char *currency, gint64 *total);
gboolean   wb_own_line_row_add_to (WbOwnLineRow *self, WbOwnOrder *order, GError **error);

G_END_DECLS
