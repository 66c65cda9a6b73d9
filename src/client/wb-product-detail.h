/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one product: stock and where it lies, codes, customs, channels, what to buy,
 * what happened; and what can be done to it. */
#pragma once

#include "wb-stock-deed.h"
#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PRODUCT_DETAIL (wb_product_detail_get_type ())
G_DECLARE_FINAL_TYPE (WbProductDetail, wb_product_detail, WB, PRODUCT_DETAIL, AdwBin)

void wb_product_detail_set_workspace (WbProductDetail *self, WbWorkspace *workspace);
void wb_product_detail_show (WbProductDetail *self, gint64 product_id);
void wb_product_detail_refresh (WbProductDetail *self);
void wb_product_detail_act (WbProductDetail *self, WbDeedKind kind);
void wb_product_detail_edit (WbProductDetail *self);

G_END_DECLS
