/* SPDX-License-Identifier: GPL-3.0-or-later
 * A spreadsheet of orders: what was detected or remembered of it, what would come in and what would
 * be kept aside; then it is imported. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_ORDERS_IMPORT_WINDOW (wb_orders_import_window_get_type ())
G_DECLARE_FINAL_TYPE (
    WbOrdersImportWindow, wb_orders_import_window, WB, ORDERS_IMPORT_WINDOW, WbFormWindow)

GtkWindow *wb_orders_import_window_present (GtkWindow   *parent,
                                            WbWorkspace *workspace,
                                            const char  *path,
                                            const char  *channel);

G_END_DECLS
