/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Pack page: the packing table. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PACK_PAGE (wb_pack_page_get_type ())
G_DECLARE_FINAL_TYPE (WbPackPage, wb_pack_page, WB, PACK_PAGE, AdwBin)

void wb_pack_page_set_workspace (WbPackPage *self, WbWorkspace *workspace);
void wb_pack_page_open (WbPackPage *self, gint64 order_id);

G_END_DECLS
