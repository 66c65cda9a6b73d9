/* SPDX-License-Identifier: GPL-3.0-or-later
 * All products as a list whose items stay the same ones when it is read again. */
#pragma once

#include "wb-product-item.h"

G_BEGIN_DECLS

#define WB_TYPE_PRODUCTS_LIST (wb_products_list_get_type ())
G_DECLARE_FINAL_TYPE (WbProductsList, wb_products_list, WB, PRODUCTS_LIST, GObject)

WbProductsList *wb_products_list_new (void);
void            wb_products_list_take (WbProductsList *self, GPtrArray *standings);
WbProductItem  *wb_products_list_find (WbProductsList *self, gint64 id);

G_END_DECLS
