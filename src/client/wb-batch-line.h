/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row of a run: waiting, at work, done, or refused with its reason and its remedy. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  WB_BATCH_ROW_WAITING,
  WB_BATCH_ROW_RUNNING,
  WB_BATCH_ROW_DONE,
  WB_BATCH_ROW_REFUSED,
  WB_BATCH_ROW_STOPPED, /* not begun when the run was stopped */
} WbBatchRowState;

#define WB_TYPE_BATCH_LINE (wb_batch_line_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchLine, wb_batch_line, WB, BATCH_LINE, AdwBin)

GtkWidget *wb_batch_line_new (void);
void       wb_batch_line_show (WbBatchLine    *self,
                               WbBatchRowState state,
                               const char     *spoken,
                               const char     *title,
                               const char     *text,
                               const char     *advice);

G_END_DECLS
