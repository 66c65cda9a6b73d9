/* SPDX-License-Identifier: GPL-3.0-or-later
 * What each status of a shop's orders means; those that nobody has explained first. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CHANNEL_STATUS_GROUP (wb_channel_status_group_get_type ())
G_DECLARE_FINAL_TYPE (
    WbChannelStatusGroup, wb_channel_status_group, WB, CHANNEL_STATUS_GROUP, AdwPreferencesGroup)

void wb_channel_status_group_set_channel (WbChannelStatusGroup *self,
                                          WbWorkspace          *workspace,
                                          gint64                channel_id);

G_END_DECLS
