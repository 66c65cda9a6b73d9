/* SPDX-License-Identifier: GPL-3.0-or-later
 * The steps of shipping, one row each, as the engine reports them. */
#pragma once

#include "wb-ship-works.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_STEP_LIST (wb_step_list_get_type ())
G_DECLARE_FINAL_TYPE (WbStepList, wb_step_list, WB, STEP_LIST, AdwBin)

void wb_step_list_reset (WbStepList *self);
void wb_step_list_note (WbStepList *self, const WbStepNote *note);
void wb_step_list_stop (WbStepList *self, const GError *error);

G_END_DECLS
