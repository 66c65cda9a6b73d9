/* SPDX-License-Identifier: GPL-3.0-or-later
 * The saved views of a list: choose one, save what is shown, rename, delete with a way back. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SAVED_VIEWS (wb_saved_views_get_type ())
G_DECLARE_FINAL_TYPE (WbSavedViews, wb_saved_views, WB, SAVED_VIEWS, AdwBin)

void wb_saved_views_set_workspace (WbSavedViews *self, WbWorkspace *workspace);
void wb_saved_views_refresh (WbSavedViews *self);
void wb_saved_views_save (WbSavedViews *self, const char *name, const char *query);

G_END_DECLS
