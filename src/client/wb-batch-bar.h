/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done to the chosen rows at once, how far a run is, and what an earlier one left; it
 * shows itself when there is something to show. */
#pragma once

#include "wb-batch-acts.h"

G_BEGIN_DECLS

#define WB_TYPE_BATCH_BAR (wb_batch_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchBar, wb_batch_bar, WB, BATCH_BAR, AdwBin)

void wb_batch_bar_set_workspace (WbBatchBar *self, WbWorkspace *workspace, const WbBatchAct *acts);
void wb_batch_bar_set_count (WbBatchBar *self, guint count);
void wb_batch_bar_forbid (WbBatchBar *self, const char *name, const char *reason);
void wb_batch_bar_begin (WbBatchBar *self, const WbBatchAct *act, GArray *ids);
void wb_batch_bar_offer (WbBatchBar *self, WbRun *run);

G_END_DECLS
