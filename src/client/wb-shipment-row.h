/* SPDX-License-Identifier: GPL-3.0-or-later
 * One shipment as a list shows it: lives only while a list holds it, and says when its shipment has
 * changed. */
#pragma once

#include "wb-workspace.h"

G_BEGIN_DECLS

#define WB_TYPE_SHIPMENT_ROW (wb_shipment_row_get_type ())
G_DECLARE_FINAL_TYPE (WbShipmentRow, wb_shipment_row, WB, SHIPMENT_ROW, GObject)

typedef enum
{
  WB_SHIPMENT_COLUMN_ORDER,
  WB_SHIPMENT_COLUMN_MADE,
  WB_SHIPMENT_COLUMN_CUSTOMER,
  WB_SHIPMENT_COLUMN_SERVICE,
  WB_SHIPMENT_COLUMN_COST,
  WB_SHIPMENT_COLUMN_STATE,
  WB_SHIPMENT_COLUMN_WHERE,
  WB_N_SHIPMENT_COLUMNS
} WbShipmentColumn;

WbShipmentRow *wb_shipment_row_new (gint64 id, WbBook *book);
gint64         wb_shipment_row_get_id (WbShipmentRow *self);
void           wb_shipment_row_refresh (WbShipmentRow *self, WbBook *book);
char       *wb_shipment_row_dup_text (WbShipmentRow *self, WbShipmentColumn column, WbInstant now);
const char *wb_shipment_row_get_style (WbShipmentRow *self, WbShipmentColumn column);

const char *wb_shipment_get_parcel_text (WbShipment *shipment, guint field);
const char *wb_shipment_get_style (const char *state);
const char *wb_tracker_get_style (const char *tracker_state);

G_END_DECLS
