/* SPDX-License-Identifier: GPL-3.0-or-later
 * A run before it begins and while it is at work: what it would mean, then a line for each row. */
#pragma once

#include "wb-batch-acts.h"

G_BEGIN_DECLS

#define WB_TYPE_BATCH_WINDOW (wb_batch_window_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchWindow, wb_batch_window, WB, BATCH_WINDOW, AdwWindow)

GtkWindow *
wb_batch_window_ask (GtkWindow *parent, WbWorkspace *workspace, const WbBatchAct *act, GArray *ids);
GtkWindow *wb_batch_window_follow (GtkWindow *parent, WbWorkspace *workspace, WbRun *run);

G_END_DECLS
