/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which box: the proposed one with the reason, until a person chooses another. */
#pragma once

#include "wb-ship-works.h"
#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SHIP_BOX_ROW (wb_ship_box_row_get_type ())
G_DECLARE_FINAL_TYPE (WbShipBoxRow, wb_ship_box_row, WB, SHIP_BOX_ROW, AdwComboRow)

void        wb_ship_box_row_set_workspace (WbShipBoxRow *self, WbWorkspace *workspace);
void        wb_ship_box_row_ask (WbShipBoxRow *self, WbShipAsk *ask, const char *own);
void        wb_ship_box_row_stop (WbShipBoxRow *self);
gboolean    wb_ship_box_row_is_own (WbShipBoxRow *self);
const char *wb_ship_box_row_get_name (WbShipBoxRow *self);
void        wb_ship_wrap_button (GtkButton *button);

G_END_DECLS
