/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: the shops, carriers and gateways that are connected. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PREFERENCES_CONNECTIONS (wb_preferences_connections_get_type ())
G_DECLARE_FINAL_TYPE (WbPreferencesConnections,
                      wb_preferences_connections,
                      WB,
                      PREFERENCES_CONNECTIONS,
                      AdwPreferencesPage)

void wb_preferences_connections_set_workspace (WbPreferencesConnections *self,
                                               WbWorkspace              *workspace);

G_END_DECLS
