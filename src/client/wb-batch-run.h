/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing done to many orders: how far it is, what came of each, what failed once more, and the
 * way back where there is one. */
#pragma once

#include "wb-workspace.h"

G_BEGIN_DECLS

#define WB_TYPE_BATCH_RUN (wb_batch_run_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchRun, wb_batch_run, WB, BATCH_RUN, GObject)

typedef enum
{
  WB_BATCH_ROW_WAITING,
  WB_BATCH_ROW_RUNNING,
  WB_BATCH_ROW_DONE,
  WB_BATCH_ROW_REFUSED,
  WB_BATCH_ROW_STOPPED, /* not begun when the run was stopped */
} WbBatchRowState;

WbBatchRun          *
wb_batch_run_new (WbWorkspace *workspace, WbBatch kind, GArray *ids, const char *argument);
void     wb_batch_run_set_limit (WbBatchRun *self, guint limit);
void     wb_batch_run_start (WbBatchRun *self);
void     wb_batch_run_stop (WbBatchRun *self);
void     wb_batch_run_retry (WbBatchRun *self);
void     wb_batch_run_undo (WbBatchRun *self);
gboolean wb_batch_run_can_undo (WbBatchRun *self);
gboolean wb_batch_run_is_running (WbBatchRun *self);
WbBatch  wb_batch_run_get_kind (WbBatchRun *self);
GArray  *wb_batch_run_get_ids (WbBatchRun *self);
guint    wb_batch_run_get_total (WbBatchRun *self);
guint    wb_batch_run_get_done (WbBatchRun *self);
guint    wb_batch_run_get_failed (WbBatchRun *self);
guint    wb_batch_run_get_stopped (WbBatchRun *self);
GArray  *wb_batch_run_dup_failed (WbBatchRun *self);
const WbBatchRow *wb_batch_run_get_row (WbBatchRun *self, gint64 id, WbBatchRowState *state);
char             *wb_batch_run_dup_title (WbBatchRun *self);
char             *wb_batch_run_dup_outcome (WbBatchRun *self);
char             *wb_batch_run_dup_cost (WbBatchRun *self);

G_END_DECLS
