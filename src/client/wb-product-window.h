/* SPDX-License-Identifier: GPL-3.0-or-later
 * A product, to be changed: what it is called, where it lies, its size, customs, what it is kept
 * at. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_PRODUCT_WINDOW (wb_product_window_get_type ())
G_DECLARE_FINAL_TYPE (WbProductWindow, wb_product_window, WB, PRODUCT_WINDOW, WbFormWindow)

GtkWindow *wb_product_window_open (GtkWindow *parent, WbWorkspace *workspace, WbProduct *product);

G_END_DECLS
