/* SPDX-License-Identifier: GPL-3.0-or-later
 * Printing for the chosen shipments at once, how far that is, and what an earlier run left; it
 * shows itself when there is something to show. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PRINT_BAR (wb_print_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintBar, wb_print_bar, WB, PRINT_BAR, AdwBin)

void wb_print_bar_set_workspace (WbPrintBar *self, WbWorkspace *workspace);
void wb_print_bar_set_count (WbPrintBar *self, guint count);
void wb_print_bar_begin (WbPrintBar *self, GArray *shipments);

G_END_DECLS
