/* SPDX-License-Identifier: GPL-3.0-or-later
 * A box, new or to be changed. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_PACKAGE_WINDOW (wb_package_window_get_type ())
G_DECLARE_FINAL_TYPE (WbPackageWindow, wb_package_window, WB, PACKAGE_WINDOW, WbFormWindow)

GtkWindow *wb_package_window_open (GtkWindow *parent, WbWorkspace *workspace, WbPackage *old);

G_END_DECLS
