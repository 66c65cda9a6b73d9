/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any number of shipments as a list: it holds their numbers only, and reads what is looked at. */
#pragma once

#include "wb-shipment-row.h"

G_BEGIN_DECLS

#define WB_TYPE_SHIPMENTS_LIST (wb_shipments_list_get_type ())
G_DECLARE_FINAL_TYPE (WbShipmentsList, wb_shipments_list, WB, SHIPMENTS_LIST, GObject)

WbShipmentsList *wb_shipments_list_new (WbBook *book);
void             wb_shipments_list_take_ids (WbShipmentsList *self, GArray *ids);
void             wb_shipments_list_refresh (WbShipmentsList *self);
gint64           wb_shipments_list_get_id (WbShipmentsList *self, guint position);
guint            wb_shipments_list_find (WbShipmentsList *self, gint64 id);

G_END_DECLS
