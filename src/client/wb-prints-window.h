/* SPDX-License-Identifier: GPL-3.0-or-later
 * Papers of many shipments: asked once, then a line for each as it comes out. Closing it leaves the
 * batch printing. */
#pragma once

#include "wb-print-run.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PRINTS_WINDOW (wb_prints_window_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintsWindow, wb_prints_window, WB, PRINTS_WINDOW, AdwWindow)

GtkWindow *wb_prints_window_ask (GtkWindow *parent, WbWorkspace *workspace, GArray *shipments);
GtkWindow *wb_prints_window_follow (GtkWindow *parent, WbWorkspace *workspace, WbPrintRun *run);

G_END_DECLS
