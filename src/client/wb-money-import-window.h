/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks how a file is to be read, shows what was detected or remembered, and imports it. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_MONEY_IMPORT_WINDOW (wb_money_import_window_get_type ())
G_DECLARE_FINAL_TYPE (
    WbMoneyImportWindow, wb_money_import_window, WB, MONEY_IMPORT_WINDOW, AdwWindow)

void wb_money_import_window_present (GtkWindow *parent, WbWorkspace *workspace, const char *path);

G_END_DECLS
