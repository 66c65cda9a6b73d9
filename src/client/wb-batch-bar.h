/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done to the chosen orders at once, and how far a batch is; it shows itself when there
 * is something to show. */
#pragma once

#include "wb-batch-run.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_BATCH_BAR (wb_batch_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchBar, wb_batch_bar, WB, BATCH_BAR, AdwBin)

void wb_batch_bar_set_workspace (WbBatchBar *self, WbWorkspace *workspace);
void wb_batch_bar_set_count (WbBatchBar *self, guint count);
void wb_batch_bar_begin (WbBatchBar *self, WbBatch kind, GArray *ids, const char *argument);

G_END_DECLS
