/* SPDX-License-Identifier: GPL-3.0-or-later
 * One step of shipping: waiting, at work, done with its time, or stopped with its reason and
 * remedy. */
#pragma once

#include "wb-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_STEP_ROW (wb_step_row_get_type ())
G_DECLARE_FINAL_TYPE (WbStepRow, wb_step_row, WB, STEP_ROW, GtkListBoxRow)

GtkWidget  *wb_step_row_new (WbStep step);
void        wb_step_row_set_state (WbStepRow *self, WbStepState state, const char *text);
WbStepState wb_step_row_get_state (WbStepRow *self);
void        wb_step_row_set_advice (WbStepRow *self, const char *advice, const char *code);

G_END_DECLS
