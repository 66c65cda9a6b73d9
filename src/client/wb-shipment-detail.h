/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one shipment, and what can be done with it. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SHIPMENT_DETAIL (wb_shipment_detail_get_type ())
G_DECLARE_FINAL_TYPE (WbShipmentDetail, wb_shipment_detail, WB, SHIPMENT_DETAIL, AdwBin)

void wb_shipment_detail_set_workspace (WbShipmentDetail *self, WbWorkspace *workspace);
void wb_shipment_detail_show (WbShipmentDetail *self, gint64 shipment_id);
void wb_shipment_detail_refresh (WbShipmentDetail *self);
void wb_shipment_detail_main_action (WbShipmentDetail *self);
void wb_shipment_detail_reprint (WbShipmentDetail *self);

G_END_DECLS
