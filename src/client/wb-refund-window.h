/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving money back for an order: which pieces, the shipping, or any amount. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_REFUND_WINDOW (wb_refund_window_get_type ())
G_DECLARE_FINAL_TYPE (WbRefundWindow, wb_refund_window, WB, REFUND_WINDOW, AdwWindow)

GtkWindow *wb_refund_window_open (GtkWindow *parent, WbWorkspace *workspace, WbOrder *order);

G_END_DECLS
