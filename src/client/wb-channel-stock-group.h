/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a channel is told of the stock, how much is kept back from it, and what it would be told.
 */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CHANNEL_STOCK_GROUP (wb_channel_stock_group_get_type ())
G_DECLARE_FINAL_TYPE (
    WbChannelStockGroup, wb_channel_stock_group, WB, CHANNEL_STOCK_GROUP, AdwPreferencesGroup)

void wb_channel_stock_group_set_channel (WbChannelStockGroup *self,
                                         WbWorkspace         *workspace,
                                         gint64               channel_id);

G_END_DECLS
