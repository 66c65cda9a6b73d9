/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any number of orders as a list: it holds their numbers only, and reads what is looked at, page by
 * page. */
#pragma once

#include "wb-order-row.h"

G_BEGIN_DECLS

#define WB_TYPE_ORDER_LIST (wb_order_list_get_type ())
G_DECLARE_FINAL_TYPE (WbOrderList, wb_order_list, WB, ORDER_LIST, GObject)

WbOrderList *wb_order_list_new (WbBook *book);
void         wb_order_list_take_ids (WbOrderList *self, GArray *ids, gboolean anew);
void         wb_order_list_refresh (WbOrderList *self);
gint64       wb_order_list_get_id (WbOrderList *self, guint position);
guint        wb_order_list_find (WbOrderList *self, gint64 id);
void         wb_order_list_remake (WbOrderList *self, guint position, guint n);

G_END_DECLS
