/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is done to the stock of a product: adjusted with a reason, received, counted, moved. */
#pragma once

#include "wb-form-window.h"
#include "wb-product-facts.h"
#include "wb-stock-deed.h"

G_BEGIN_DECLS

#define WB_TYPE_STOCK_WINDOW (wb_stock_window_get_type ())
G_DECLARE_FINAL_TYPE (WbStockWindow, wb_stock_window, WB, STOCK_WINDOW, WbFormWindow)

GtkWindow *wb_stock_window_open (GtkWidget      *from,
                                 WbWorkspace    *workspace,
                                 WbProductFacts *facts,
                                 WbDeedKind      kind);

G_END_DECLS
