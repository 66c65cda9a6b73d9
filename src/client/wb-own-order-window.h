/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order that is taken by phone or at the counter. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_OWN_ORDER_WINDOW (wb_own_order_window_get_type ())
G_DECLARE_FINAL_TYPE (WbOwnOrderWindow, wb_own_order_window, WB, OWN_ORDER_WINDOW, WbFormWindow)

GtkWindow *wb_own_order_window_open (GtkWindow *parent, WbWorkspace *workspace);

G_END_DECLS
