/* SPDX-License-Identifier: GPL-3.0-or-later
 * How WooCommerce really behaves, one switch a trap, numbered as the field's list of them is. */
#pragma once

#include "wb-town-private.h"

G_BEGIN_DECLS

#define WB_TOWN_TRAPS 31

gboolean wb_town_trap (WbTown *town, guint number);
gboolean wb_town_traps_set (WbTown *town, const char *words);
void     wb_town_traps_list (WbTown *town, WbTownOut *out);

G_END_DECLS
