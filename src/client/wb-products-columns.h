/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the list of products: their cells, and how they sort. */
#pragma once

#include "wb-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WB_PRODUCT_COLUMN_SKU,
  WB_PRODUCT_COLUMN_NAME,
  WB_PRODUCT_COLUMN_BIN,
  WB_PRODUCT_COLUMN_ON_HAND,
  WB_PRODUCT_COLUMN_ALLOCATED,
  WB_PRODUCT_COLUMN_AVAILABLE,
  WB_PRODUCT_COLUMN_INCOMING,
  WB_PRODUCT_COLUMN_TOLD,
  WB_N_PRODUCT_COLUMNS,
} WbProductColumn;

typedef struct _WbProductsColumns WbProductsColumns;

WbProductsColumns *wb_products_columns_new (GtkColumnView *view, WbWorkspace *workspace);
void               wb_products_columns_free (WbProductsColumns *self);
void               wb_products_columns_refill (WbProductsColumns *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbProductsColumns, wb_products_columns_free)

G_END_DECLS
