/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order of the wave that is walked: where it lies, how far it is; it can be taken out. */
#pragma once

#include "wb-pick-sheet.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PICK_ORDER_ROW (wb_pick_order_row_get_type ())
G_DECLARE_FINAL_TYPE (WbPickOrderRow, wb_pick_order_row, WB, PICK_ORDER_ROW, AdwActionRow)

GtkWidget *wb_pick_order_row_new (WbPickSheet *sheet, gint64 order_id);
void       wb_pick_order_row_show (WbPickOrderRow *self, WbPickSheet *sheet);
gint64     wb_pick_order_row_get_order (WbPickOrderRow *self);

G_END_DECLS
