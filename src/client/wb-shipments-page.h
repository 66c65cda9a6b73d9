/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Shipments page: every parcel that was begun, newest first, with the label and the way of the
 * chosen one. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SHIPMENTS_PAGE (wb_shipments_page_get_type ())
G_DECLARE_FINAL_TYPE (WbShipmentsPage, wb_shipments_page, WB, SHIPMENTS_PAGE, AdwBin)

void wb_shipments_page_set_workspace (WbShipmentsPage *self, WbWorkspace *workspace);
void wb_shipments_page_show_shipment (WbShipmentsPage *self, gint64 shipment_id);
void wb_shipments_page_focus_list (WbShipmentsPage *self);
void wb_shipments_page_main_action (WbShipmentsPage *self);
void wb_shipments_page_reprint (WbShipmentsPage *self);

G_END_DECLS
