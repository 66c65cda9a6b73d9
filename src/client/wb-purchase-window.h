/* SPDX-License-Identifier: GPL-3.0-or-later
 * A purchase: what of it came now, or that no more of it will. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_PURCHASE_WINDOW (wb_purchase_window_get_type ())
G_DECLARE_FINAL_TYPE (WbPurchaseWindow, wb_purchase_window, WB, PURCHASE_WINDOW, WbFormWindow)

GtkWindow *wb_purchase_window_open (GtkWindow *parent, WbWorkspace *workspace, gint64 purchase_id);

G_END_DECLS
