/* SPDX-License-Identifier: GPL-3.0-or-later
 * One product as a list shows it: how it stands, as it was last read. */
#pragma once

#include "wb-stock-standing.h"

G_BEGIN_DECLS

#define WB_TYPE_PRODUCT_ITEM (wb_product_item_get_type ())
G_DECLARE_FINAL_TYPE (WbProductItem, wb_product_item, WB, PRODUCT_ITEM, GObject)

WbProductItem    *wb_product_item_new (WbStanding *standing);
const WbStanding *wb_product_item_get (WbProductItem *self);
void              wb_product_item_set (WbProductItem *self, WbStanding *standing);

G_END_DECLS
