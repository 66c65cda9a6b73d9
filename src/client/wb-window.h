/* SPDX-License-Identifier: GPL-3.0-or-later
 * The main window: sidebar, search, and the page that was chosen. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_WINDOW (wb_window_get_type ())
G_DECLARE_FINAL_TYPE (WbWindow, wb_window, WB, WINDOW, AdwApplicationWindow)

WbWindow *wb_window_new (GtkApplication *application, WbWorkspace *workspace);
void      wb_window_come (WbWindow *self);

G_END_DECLS
