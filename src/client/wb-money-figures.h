/* SPDX-License-Identifier: GPL-3.0-or-later
 * The four figures of a period: shipped, captured, paid out, and what is open between them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_MONEY_FIGURES (wb_money_figures_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneyFigures, wb_money_figures, WB, MONEY_FIGURES, AdwBin)

void wb_money_figures_show (WbMoneyFigures *self, GArray *totals);

G_END_DECLS
