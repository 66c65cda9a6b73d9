/* SPDX-License-Identifier: GPL-3.0-or-later
 * A batch before it runs and while it runs: what it would mean, then a line for each order. */
#pragma once

#include "wb-batch-run.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_BATCH_WINDOW (wb_batch_window_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchWindow, wb_batch_window, WB, BATCH_WINDOW, AdwWindow)

GtkWindow *
wb_batch_window_ask (GtkWindow *parent, WbWorkspace *workspace, WbBatch kind, GArray *ids);
GtkWindow *wb_batch_window_follow (GtkWindow *parent, WbWorkspace *workspace, WbBatchRun *run);

G_END_DECLS
