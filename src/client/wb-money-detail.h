/* SPDX-License-Identifier: GPL-3.0-or-later
 * The evidence beside the Money page's lists: of an order, of a gap, of a payout. */
#pragma once

#include "wb-reconcile.h"
#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_MONEY_DETAIL (wb_money_detail_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneyDetail, wb_money_detail, WB, MONEY_DETAIL, AdwBin)

void wb_money_detail_set_workspace (WbMoneyDetail *self, WbWorkspace *workspace);
void wb_money_detail_show_order (WbMoneyDetail *self, gint64 order_id);
void wb_money_detail_show_gap (WbMoneyDetail *self, const WbMoneyGap *gap);
void wb_money_detail_show_payout (WbMoneyDetail *self, gint64 payout_id);
void wb_money_detail_refresh (WbMoneyDetail *self);

G_END_DECLS
