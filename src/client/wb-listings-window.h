/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which product each listing of a channel is: those that nobody knows, what they may be, and the
 * choice. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_LISTINGS_WINDOW (wb_listings_window_get_type ())
G_DECLARE_FINAL_TYPE (WbListingsWindow, wb_listings_window, WB, LISTINGS_WINDOW, AdwWindow)

GtkWindow *
wb_listings_window_present (GtkWindow *parent, WbWorkspace *workspace, gint64 channel_id);

G_END_DECLS
