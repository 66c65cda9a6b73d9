/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the gateways' books, says how far it is, and can be stopped. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_MONEY_SYNC_BAR (wb_money_sync_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneySyncBar, wb_money_sync_bar, WB, MONEY_SYNC_BAR, AdwBin)

void wb_money_sync_bar_start (WbMoneySyncBar *self, WbWorkspace *workspace);

G_END_DECLS
