/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the list of orders is narrowed to besides its stages, with the saved views. */
#pragma once

#include "wb-orders-query.h"
#include "wb-saved-views.h"

G_BEGIN_DECLS

#define WB_TYPE_ORDERS_FILTER (wb_orders_filter_get_type ())
G_DECLARE_FINAL_TYPE (WbOrdersFilter, wb_orders_filter, WB, ORDERS_FILTER, GtkPopover)

void          wb_orders_filter_set_workspace (WbOrdersFilter *self, WbWorkspace *workspace);
void          wb_orders_filter_show (WbOrdersFilter *self, const WbOrdersWish *wish);
void          wb_orders_filter_fill (WbOrdersFilter *self, WbOrdersWish *wish);
WbSavedViews *wb_orders_filter_get_views (WbOrdersFilter *self);

G_END_DECLS
