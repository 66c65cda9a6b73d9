/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the town outlives its process: a file of everything that was done in it, done again at the
 * next start. */
#pragma once

#include "wb-town-private.h"

G_BEGIN_DECLS

gboolean     wb_town_state_read_options (const char *path, WbTown *town, GError **error);
WbTownState *wb_town_state_open (const char *path, WbTown *town, GError **error);
void         wb_town_state_keep (WbTownState *self, const WbTownRequest *request, WbInstant when);
void         wb_town_state_free (WbTownState *self);

G_END_DECLS
