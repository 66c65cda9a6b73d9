/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: what is done with orders like these. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PREFERENCES_RULES (wb_preferences_rules_get_type ())
G_DECLARE_FINAL_TYPE (
    WbPreferencesRules, wb_preferences_rules, WB, PREFERENCES_RULES, AdwPreferencesPage)

void wb_preferences_rules_set_workspace (WbPreferencesRules *self, WbWorkspace *workspace);

G_END_DECLS
