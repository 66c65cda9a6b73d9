/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: the program that takes photos at the packing table. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CAMERA_GROUP (wb_camera_group_get_type ())
G_DECLARE_FINAL_TYPE (WbCameraGroup, wb_camera_group, WB, CAMERA_GROUP, AdwPreferencesGroup)

void wb_camera_group_set_workspace (WbCameraGroup *self, WbWorkspace *workspace);

G_END_DECLS
