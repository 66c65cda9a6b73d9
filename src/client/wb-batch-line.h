/* SPDX-License-Identifier: GPL-3.0-or-later
 * One order of a batch: waiting, at work, done, or refused with its reason and its remedy. */
#pragma once

#include "wb-batch-run.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_BATCH_LINE (wb_batch_line_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchLine, wb_batch_line, WB, BATCH_LINE, AdwBin)

GtkWidget *wb_batch_line_new (void);
void       wb_batch_line_show (WbBatchLine *self, WbOrder *head, WbBatchRun *run);
void       wb_batch_line_show_result (WbBatchLine    *self,
                                      WbBatchRowState state,
                                      const char     *spoken,
                                      const char     *title,
                                      const char     *text,
                                      const char     *advice);

G_END_DECLS
