/* SPDX-License-Identifier: GPL-3.0-or-later
 * A gap as an item of a list. */
#pragma once

#include "wb-reconcile.h"

G_BEGIN_DECLS

#define WB_TYPE_MONEY_GAP_ITEM (wb_money_gap_item_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneyGapItem, wb_money_gap_item, WB, MONEY_GAP_ITEM, GObject)

GListModel       *wb_money_gap_items (GPtrArray *gaps);
const WbMoneyGap *wb_money_gap_item_get (WbMoneyGapItem *self);

G_END_DECLS
