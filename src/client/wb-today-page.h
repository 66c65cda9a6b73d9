/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Today page: three numbers, fourteen days, and everything that needs a person, worst first. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_TODAY_PAGE (wb_today_page_get_type ())
G_DECLARE_FINAL_TYPE (WbTodayPage, wb_today_page, WB, TODAY_PAGE, AdwBin)

void wb_today_page_set_workspace (WbTodayPage *self, WbWorkspace *workspace);

G_END_DECLS
