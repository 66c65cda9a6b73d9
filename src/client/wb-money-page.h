/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Money page: a period, its figures, every order's money, what does not fit, and the payouts.
 */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_MONEY_PAGE (wb_money_page_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneyPage, wb_money_page, WB, MONEY_PAGE, AdwBin)

void wb_money_page_set_workspace (WbMoneyPage *self, WbWorkspace *workspace);
void wb_money_page_show_gaps (WbMoneyPage *self);

G_END_DECLS
