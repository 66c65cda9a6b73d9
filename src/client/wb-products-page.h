/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Products page: every product with its stock, found, filtered and sorted, and everything about
 * the chosen one. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PRODUCTS_PAGE (wb_products_page_get_type ())
G_DECLARE_FINAL_TYPE (WbProductsPage, wb_products_page, WB, PRODUCTS_PAGE, AdwBin)

void wb_products_page_set_workspace (WbProductsPage *self, WbWorkspace *workspace);
void wb_products_page_show_product (WbProductsPage *self, gint64 product_id);

G_END_DECLS
