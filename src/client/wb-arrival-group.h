/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of a purchase: what was ordered and came, and what comes now. */
#pragma once

#include "wb-buying-works.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_ARRIVAL_GROUP (wb_arrival_group_get_type ())
G_DECLARE_FINAL_TYPE (WbArrivalGroup, wb_arrival_group, WB, ARRIVAL_GROUP, AdwPreferencesGroup)

GtkWidget *wb_arrival_group_new (WbPurchaseLine *line, WbProduct *product);
gint64     wb_arrival_group_get_pieces (WbArrivalGroup *self);
WbArrival *wb_arrival_group_dup (WbArrivalGroup *self);

G_END_DECLS
