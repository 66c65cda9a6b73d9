/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks before a label is given up, naming the amount, and before a parcel is. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

void
wb_void_dialog_ask (GtkWidget *from, WbWorkspace *workspace, WbShipment *shipment, gint64 label_id);
void wb_drop_dialog_ask (GtkWidget *from, WbWorkspace *workspace, WbShipment *shipment);

G_END_DECLS
