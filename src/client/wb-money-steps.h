/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done about money that does not fit: each step is a button that names its amount. */
#pragma once

#include "wb-reconcile.h"
#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_MONEY_STEPS (wb_money_steps_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneySteps, wb_money_steps, WB, MONEY_STEPS, AdwBin)

void wb_money_steps_set_workspace (WbMoneySteps *self, WbWorkspace *workspace);
void wb_money_steps_show_gap (WbMoneySteps *self, const WbMoneyGap *gap, const char *evidence);
void wb_money_steps_show_order (WbMoneySteps *self, const WbMoneyRow *row);
void wb_money_steps_show_none (WbMoneySteps *self);

G_END_DECLS
