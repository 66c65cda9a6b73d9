/* SPDX-License-Identifier: GPL-3.0-or-later
 * One shipment of an order: service, state, tracking, and its papers again. */
#pragma once

#include "wb-shipment.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PARCEL_ROW (wb_parcel_row_get_type ())
G_DECLARE_FINAL_TYPE (WbParcelRow, wb_parcel_row, WB, PARCEL_ROW, GtkListBoxRow)

GtkWidget  *wb_parcel_row_new (WbShipment *shipment);
const char *wb_shipment_state_title (const char *state);

G_END_DECLS
