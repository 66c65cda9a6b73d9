/* SPDX-License-Identifier: GPL-3.0-or-later
 * The form that makes a wave, and the waves that are already under way. */
#pragma once

#include "wb-pick-works.h"
#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PICK_MAKE (wb_pick_make_get_type ())
G_DECLARE_FINAL_TYPE (WbPickMake, wb_pick_make, WB, PICK_MAKE, AdwBin)

void        wb_pick_make_set_workspace (WbPickMake *self, WbWorkspace *workspace);
void        wb_pick_make_show_waves (WbPickMake *self, GPtrArray *waves);
WbPickWish *wb_pick_make_wish (WbPickMake *self);
const char *wb_pick_method_title (const char *method);

G_END_DECLS
