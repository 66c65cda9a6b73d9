/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bought label that failed a check: what was found, what would come out, and both ways on. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SET_ASIDE_WINDOW (wb_set_aside_window_get_type ())
G_DECLARE_FINAL_TYPE (WbSetAsideWindow, wb_set_aside_window, WB, SET_ASIDE_WINDOW, AdwWindow)

GtkWindow *wb_set_aside_window_new (GtkWindow *parent, WbWorkspace *workspace, gint64 label_id);

G_END_DECLS
