/* SPDX-License-Identifier: GPL-3.0-or-later
 * One batch of papers of many shipments as it is printed: how each of them stands, and what holds
 * it up. */
#pragma once

#include "wb-run.h"
#include "wb-workspace.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINT_RUN (wb_print_run_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintRun, wb_print_run, WB, PRINT_RUN, GObject)

WbPrintRun *wb_print_run_new (WbWorkspace *workspace, GArray *shipments, gboolean slips);
WbPrintRun *wb_print_run_find_unfinished (WbWorkspace *workspace);

G_END_DECLS
