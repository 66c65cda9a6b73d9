/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos of what lies in the box: taken with the camera, chosen, pasted or dropped. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PACK_PHOTOS (wb_pack_photos_get_type ())
G_DECLARE_FINAL_TYPE (WbPackPhotos, wb_pack_photos, WB, PACK_PHOTOS, AdwBin)

void wb_pack_photos_set_order (WbPackPhotos *self, WbWorkspace *workspace, gint64 order_id);

G_END_DECLS
