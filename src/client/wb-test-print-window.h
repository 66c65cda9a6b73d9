/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sets a label printer right: prints a test label, asks what came out, changes the settings by it,
 * and prints again. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_TEST_PRINT_WINDOW (wb_test_print_window_get_type ())
G_DECLARE_FINAL_TYPE (WbTestPrintWindow, wb_test_print_window, WB, TEST_PRINT_WINDOW, AdwWindow)

GtkWindow *
wb_test_print_window_new (GtkWindow *parent, WbWorkspace *workspace, const char *document);

G_END_DECLS
