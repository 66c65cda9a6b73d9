/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one order: who, what, where it is, what was charged, who did what when. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_ORDER_DETAIL (wb_order_detail_get_type ())
G_DECLARE_FINAL_TYPE (WbOrderDetail, wb_order_detail, WB, ORDER_DETAIL, AdwBin)

void wb_order_detail_set_workspace (WbOrderDetail *self, WbWorkspace *workspace);
void wb_order_detail_show (WbOrderDetail *self, gint64 order_id);
void wb_order_detail_refresh (WbOrderDetail *self);
void wb_order_detail_main_action (WbOrderDetail *self);
void wb_order_detail_reprint (WbOrderDetail *self);

G_END_DECLS
