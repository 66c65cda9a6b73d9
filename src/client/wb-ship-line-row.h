/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many of one line go into this parcel. */
#pragma once

#include "wb-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SHIP_LINE_ROW (wb_ship_line_row_get_type ())
G_DECLARE_FINAL_TYPE (WbShipLineRow, wb_ship_line_row, WB, SHIP_LINE_ROW, AdwActionRow)

GtkWidget *wb_ship_line_row_new (WbOrderLine *line, gint64 free_pieces);
gint64     wb_ship_line_row_get_line_id (WbShipLineRow *self);
gint64     wb_ship_line_row_get_quantity (WbShipLineRow *self);
void       wb_ship_line_row_set_quantity (WbShipLineRow *self, gint64 quantity);
void       wb_ship_line_row_add_note (WbShipLineRow *self, const char *note);
void       wb_ship_line_row_set_bounds (WbShipLineRow *self, gint64 least, gint64 most);
gboolean   wb_ship_line_row_is_whole (WbShipLineRow *self);

G_END_DECLS
