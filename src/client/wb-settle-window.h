/* SPDX-License-Identifier: GPL-3.0-or-later
 * What to do about the part of an order that is neither captured nor authorised: it was received by
 * hand, the customer is asked for it, or it is given up with a reason. */
#pragma once

#include "wb-charge-works.h"
#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_SETTLE_WINDOW (wb_settle_window_get_type ())
G_DECLARE_FINAL_TYPE (WbSettleWindow, wb_settle_window, WB, SETTLE_WINDOW, WbFormWindow)

GtkWindow *
wb_settle_window_open (GtkWindow *parent, WbWorkspace *workspace, gint64 order_id, WbSettle way);

G_END_DECLS
