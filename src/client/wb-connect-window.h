/* SPDX-License-Identifier: GPL-3.0-or-later
 * Connecting a shop, a carrier or a gateway: what and where, the keys, a trial, and who captures.
 */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CONNECT_WINDOW (wb_connect_window_get_type ())
G_DECLARE_FINAL_TYPE (WbConnectWindow, wb_connect_window, WB, CONNECT_WINDOW, AdwWindow)

GtkWindow *wb_connect_window_open (GtkWindow    *parent,
                                   WbWorkspace  *workspace,
                                   const char   *kind,
                                   WbConnection *old);
GtkWindow *wb_connect_window_open_provider (GtkWindow   *parent,
                                            WbWorkspace *workspace,
                                            const char  *kind,
                                            const char  *provider);

G_END_DECLS
