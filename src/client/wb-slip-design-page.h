/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: how the packing slip looks, with a preview of the real thing. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SLIP_DESIGN_PAGE (wb_slip_design_page_get_type ())
G_DECLARE_FINAL_TYPE (
    WbSlipDesignPage, wb_slip_design_page, WB, SLIP_DESIGN_PAGE, AdwPreferencesPage)

void wb_slip_design_page_set_workspace (WbSlipDesignPage *self, WbWorkspace *workspace);

G_END_DECLS
