/* SPDX-License-Identifier: GPL-3.0-or-later
 * The orders of the wave that is walked. */
#pragma once

#include "wb-pick-sheet.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PICK_ORDERS (wb_pick_orders_get_type ())
G_DECLARE_FINAL_TYPE (WbPickOrders, wb_pick_orders, WB, PICK_ORDERS, AdwPreferencesGroup)

void wb_pick_orders_set_sheet (WbPickOrders *self, WbPickSheet *sheet);
void wb_pick_orders_show (WbPickOrders *self, WbPickSheet *sheet);

G_END_DECLS
