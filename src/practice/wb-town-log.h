/* SPDX-License-Identifier: GPL-3.0-or-later
 * The town remembers who asked what, for tests to look at. */
#pragma once

#include "wb-town-private.h"

G_BEGIN_DECLS

WbTownLog *wb_town_log_new (void);
void       wb_town_log_free (WbTownLog *self);
void wb_town_log_add (WbTownLog *self, WbInstant now, const WbTownRequest *request, guint status);
void wb_town_log_write (WbTownLog *self, gint64 since, WbTownOut *out);
void wb_town_log_clear (WbTownLog *self);

G_END_DECLS
