/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Pick page: waves, walked with a scanner. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PICK_PAGE (wb_pick_page_get_type ())
G_DECLARE_FINAL_TYPE (WbPickPage, wb_pick_page, WB, PICK_PAGE, AdwBin)

void wb_pick_page_set_workspace (WbPickPage *self, WbWorkspace *workspace);
void wb_pick_page_print (WbPickPage *self);

G_END_DECLS
