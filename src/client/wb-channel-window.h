/* SPDX-License-Identifier: GPL-3.0-or-later
 * The preferences of one channel: its listings, the stock it is told, what its statuses mean; of
 * one that is fed by hand, how its orders come in. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CHANNEL_WINDOW (wb_channel_window_get_type ())
G_DECLARE_FINAL_TYPE (WbChannelWindow, wb_channel_window, WB, CHANNEL_WINDOW, AdwWindow)

GtkWindow *
wb_channel_window_present (GtkWindow *parent, WbWorkspace *workspace, WbConnection *channel);

G_END_DECLS
