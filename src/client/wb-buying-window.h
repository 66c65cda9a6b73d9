/* SPDX-License-Identifier: GPL-3.0-or-later
 * What to order from whom and why, and what is on order. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_BUYING_WINDOW (wb_buying_window_get_type ())
G_DECLARE_FINAL_TYPE (WbBuyingWindow, wb_buying_window, WB, BUYING_WINDOW, AdwWindow)

GtkWindow *wb_buying_window_open (GtkWindow *parent, WbWorkspace *workspace);

G_END_DECLS
