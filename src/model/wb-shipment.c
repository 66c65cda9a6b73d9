/* SPDX-License-Identifier: GPL-3.0-or-later
 * What leaves the house: shipments, the parcels in them, their labels, and the rates they were
 * chosen from. */
#include "wb-shipment.h"

WB_DEFINE_RECORD (
    WbParcelLine, wb_parcel_line, WB_PARCEL_LINE, "parcel_line", WB_PARCEL_LINE_FIELDS)
WB_DEFINE_RECORD (WbParcel, wb_parcel, WB_PARCEL, "parcel", WB_PARCEL_FIELDS)
WB_DEFINE_RECORD (WbShipment, wb_shipment, WB_SHIPMENT, "shipment", WB_SHIPMENT_FIELDS)
WB_DEFINE_RECORD (WbLabel, wb_label, WB_LABEL, "label", WB_LABEL_FIELDS)
WB_DEFINE_RECORD (WbLabelRule, wb_label_rule, WB_LABEL_RULE, "label_rule", WB_LABEL_RULE_FIELDS)
WB_DEFINE_RECORD (WbRate, wb_rate, WB_RATE, NULL, WB_RATE_FIELDS)

/** wb_shipment_parcel: Returns: (transfer none): the parcel of @shipment, which has one. */
WbParcel *
wb_shipment_parcel (WbShipment *shipment)
{
  GPtrArray *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);

  g_assert (parcels->len > 0);
  return parcels->pdata[0];
}
