/* SPDX-License-Identifier: GPL-3.0-or-later
 * What customs want to know of products, product by product. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMS_DATA_WINDOW (wb_customs_data_window_get_type ())
G_DECLARE_FINAL_TYPE (
    WbCustomsDataWindow, wb_customs_data_window, WB, CUSTOMS_DATA_WINDOW, WbFormWindow)

GtkWindow *
wb_customs_data_window_open (GtkWindow *parent, WbWorkspace *workspace, GPtrArray *products);
GtkWindow *wb_customs_data_window_open_ids (
    GtkWindow *parent, WbWorkspace *workspace, const gint64 *product_ids, guint n, GError **error);

G_END_DECLS
