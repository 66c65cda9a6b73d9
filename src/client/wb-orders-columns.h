/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the orders list: their cells, how they sort, and which of them show. */
#pragma once

#include "wb-order-row.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _WbOrdersColumns WbOrdersColumns;

WbOrdersColumns *wb_orders_columns_new (GtkColumnView *view, WbWorkspace *workspace);
void             wb_orders_columns_free (WbOrdersColumns *self);
const char      *wb_orders_columns_get_sort (WbOrdersColumns *self, gboolean *ascending);
gboolean wb_orders_columns_set_sort (WbOrdersColumns *self, const char *sort, gboolean ascending);
GActionGroup *wb_orders_columns_get_actions (WbOrdersColumns *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrdersColumns, wb_orders_columns_free)

G_END_DECLS
