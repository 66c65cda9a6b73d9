/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order as the shop sent it, for when something is wrong. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_RAW_WINDOW (wb_raw_window_get_type ())
G_DECLARE_FINAL_TYPE (WbRawWindow, wb_raw_window, WB, RAW_WINDOW, AdwWindow)

void wb_raw_window_open (GtkWindow *parent, const char *title, GBytes *raw);

G_END_DECLS
