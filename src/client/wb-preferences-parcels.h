/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: the boxes there are and where parcels start. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PREFERENCES_PARCELS (wb_preferences_parcels_get_type ())
G_DECLARE_FINAL_TYPE (
    WbPreferencesParcels, wb_preferences_parcels, WB, PREFERENCES_PARCELS, AdwPreferencesPage)

void wb_preferences_parcels_set_workspace (WbPreferencesParcels *self, WbWorkspace *workspace);

G_END_DECLS
