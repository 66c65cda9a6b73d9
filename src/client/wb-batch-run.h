/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing done to many orders: how far it is, what came of each, what failed once more, and the
 * way back where there is one. */
#pragma once

#include "wb-run.h"
#include "wb-workspace.h"

G_BEGIN_DECLS

#define WB_TYPE_BATCH_RUN (wb_batch_run_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchRun, wb_batch_run, WB, BATCH_RUN, GObject)

WbBatchRun      *
wb_batch_run_new (WbWorkspace *workspace, WbBatch kind, GArray *ids, const char *argument);
void wb_batch_run_set_limit (WbBatchRun *self, guint limit);

G_END_DECLS
