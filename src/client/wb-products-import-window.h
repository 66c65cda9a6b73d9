/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a file of products would change, row by row, and what of it cannot be read; then it is
 * imported, or not. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_PRODUCTS_IMPORT_WINDOW (wb_products_import_window_get_type ())
G_DECLARE_FINAL_TYPE (
    WbProductsImportWindow, wb_products_import_window, WB, PRODUCTS_IMPORT_WINDOW, WbFormWindow)

GtkWindow *
wb_products_import_window_open (GtkWindow *parent, WbWorkspace *workspace, const char *path);

G_END_DECLS
