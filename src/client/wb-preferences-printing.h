/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: what prints labels and slips. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PREFERENCES_PRINTING (wb_preferences_printing_get_type ())
G_DECLARE_FINAL_TYPE (
    WbPreferencesPrinting, wb_preferences_printing, WB, PREFERENCES_PRINTING, AdwPreferencesPage)

void wb_preferences_printing_set_workspace (WbPreferencesPrinting *self, WbWorkspace *workspace);

G_END_DECLS
