/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any number of orders with their money as a list: it holds their numbers only, and reads what is
 * looked at. */
#pragma once

#include "wb-money-item.h"

G_BEGIN_DECLS

#define WB_TYPE_MONEY_LIST (wb_money_list_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneyList, wb_money_list, WB, MONEY_LIST, GObject)

WbMoneyList *wb_money_list_new (WbBook *book);
void         wb_money_list_take (WbMoneyList *self, GArray *ids, GPtrArray *rows, gboolean anew);
gint64       wb_money_list_get_id (WbMoneyList *self, guint position);
guint        wb_money_list_find (WbMoneyList *self, gint64 id);

G_END_DECLS
