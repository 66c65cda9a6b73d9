/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: what the house is set up with. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PREFERENCES_WINDOW (wb_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (
    WbPreferencesWindow, wb_preferences_window, WB, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWindow *wb_preferences_window_new (GtkWindow *parent, WbWorkspace *workspace);

/* For the pages. */
void wb_preferences_group_clear (AdwPreferencesGroup *group, GPtrArray *rows);

G_END_DECLS
