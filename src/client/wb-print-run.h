/* SPDX-License-Identifier: GPL-3.0-or-later
 * One batch of papers of many shipments as it is printed: how each of them stands, and what holds
 * it up. */
#pragma once

#include "wb-workspace.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINT_RUN (wb_print_run_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintRun, wb_print_run, WB, PRINT_RUN, GObject)

WbPrintRun *wb_print_run_new (WbWorkspace *workspace, GArray *shipments, gboolean slips);
WbPrintRun *wb_print_run_new_unfinished (WbWorkspace *workspace, gint64 batch_id);
void        wb_print_run_start (WbPrintRun *self, guint from);
void        wb_print_run_pause (WbPrintRun *self);
void        wb_print_run_give_up (WbPrintRun *self);

gboolean           wb_print_run_is_running (WbPrintRun *self);
gboolean           wb_print_run_is_over (WbPrintRun *self);
gboolean           wb_print_run_is_pausing (WbPrintRun *self);
guint              wb_print_run_get_total (WbPrintRun *self);
guint              wb_print_run_count (WbPrintRun *self, WbPrintsState state);
guint              wb_print_run_find_missing (WbPrintRun *self);
const WbPrintsRow *wb_print_run_get_row (WbPrintRun *self, guint place);
char              *wb_print_run_dup_outcome (WbPrintRun *self);
const char        *wb_print_run_get_trouble (WbPrintRun *self);
const char        *wb_print_run_get_advice (WbPrintRun *self);

G_END_DECLS
