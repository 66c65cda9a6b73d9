/* SPDX-License-Identifier: GPL-3.0-or-later
 * A sender's address, new or to be changed. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_ORIGIN_WINDOW (wb_origin_window_get_type ())
G_DECLARE_FINAL_TYPE (WbOriginWindow, wb_origin_window, WB, ORIGIN_WINDOW, WbFormWindow)

GtkWindow *wb_origin_window_open (GtkWindow *parent, WbWorkspace *workspace, WbOrigin *old);

G_END_DECLS
