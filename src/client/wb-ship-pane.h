/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ships one order: what goes into the parcel, for how much, what is captured; then each step as it
 * is done. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SHIP_PANE (wb_ship_pane_get_type ())
G_DECLARE_FINAL_TYPE (WbShipPane, wb_ship_pane, WB, SHIP_PANE, AdwBin)

void wb_ship_pane_set_workspace (WbShipPane *self, WbWorkspace *workspace);
void wb_ship_pane_begin (WbShipPane *self, WbOrder *order, GPtrArray *shipments);
void wb_ship_pane_main_action (WbShipPane *self);
void wb_ship_pane_refresh (WbShipPane *self);

G_END_DECLS
