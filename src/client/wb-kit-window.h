/* SPDX-License-Identifier: GPL-3.0-or-later
 * One part of a kit: which product, and how many of it are in one kit. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_KIT_WINDOW (wb_kit_window_get_type ())
G_DECLARE_FINAL_TYPE (WbKitWindow, wb_kit_window, WB, KIT_WINDOW, WbFormWindow)

GtkWindow *wb_kit_window_open (GtkWindow *parent, WbWorkspace *workspace, WbProduct *kit);

G_END_DECLS
