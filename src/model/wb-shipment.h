/* SPDX-License-Identifier: GPL-3.0-or-later
 * What leaves the house: shipments, the parcels in them, their labels, and the rates they were
 * chosen from. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

#define WB_PARCEL_LINE_FIELDS(F, P)                                                                \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, PARCEL_ID, "parcel_id", INT, WB_FIELD_KEY, NULL)                                           \
  F (P, LINE_ID, "line_id", INT, WB_FIELD_PLAIN, NULL)                                             \
  F (P, QUANTITY, "quantity", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbParcelLine, wb_parcel_line, PARCEL_LINE, WB_PARCEL_LINE, WB_PARCEL_LINE_FIELDS)

/* One box. reference: ours, told to the carrier, and on the slip's barcode. */
#define WB_PARCEL_FIELDS(F, P)                                                                     \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, SHIPMENT_ID, "shipment_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, POSITION, "position", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, REFERENCE, "reference", TEXT, WB_FIELD_MATCH, NULL)                                        \
  F (P, PACKAGE, "package", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, WEIGHT_G, "weight_g", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, LENGTH_MM, "length_mm", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, WIDTH_MM, "width_mm", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, HEIGHT_MM, "height_mm", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, TRACKING, "tracking", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, TRACKING_URL, "tracking_url", TEXT, WB_FIELD_PLAIN, NULL)                                  \
  F (P, TRACKER_STATE, "tracker_state", TEXT, WB_FIELD_PLAIN, NULL)                                \
  F (P, TRACKER_RAW, "tracker_raw", TEXT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, TRACKED_AT, "tracked_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, LINES, "lines", MANY, WB_FIELD_PLAIN, wb_parcel_line_get_type)
WB_DECLARE_RECORD (WbParcel, wb_parcel, PARCEL, WB_PARCEL, WB_PARCEL_FIELDS)

/* Tracker states (WB_PARCEL_TRACKER_STATE), normalised; tracker_raw keeps the carrier’s own word.
 * Unknown words are unknown, never delivered. */
#define WB_TRACKER_UNKNOWN   "unknown"
#define WB_TRACKER_PRE       "pre-transit"
#define WB_TRACKER_TRANSIT   "in-transit"
#define WB_TRACKER_OUT       "out-for-delivery"
#define WB_TRACKER_PICKUP    "available-for-pickup"
#define WB_TRACKER_DELIVERED "delivered"
#define WB_TRACKER_RETURNED  "return-to-sender"
#define WB_TRACKER_FAILURE   "failure"
#define WB_TRACKER_CANCELLED "cancelled"

/* Shipment states (WB_SHIPMENT_STATE). */
#define WB_SHIPMENT_PLANNED  "planned"
#define WB_SHIPMENT_LABELLED "labelled" /* label bought and stored */
#define WB_SHIPMENT_SHIPPED  "shipped"  /* every step of the ship flow is done */
#define WB_SHIPMENT_VOID     "void"

/* insured: for how much the goods are insured, in minor units of capture_currency; 0: they are not.
 * capture_amount is the plan: what is to be captured for this shipment, capture_reason why (shown
 * to people). carried_by: the shipment in whose parcel this one's goods travel, 0: in its own. */
#define WB_SHIPMENT_FIELDS(F, P)                                                                   \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, NUMBER, "number", INT, WB_FIELD_PLAIN, NULL)                                               \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CARRIER_ID, "carrier_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, REMOTE_ID, "remote_id", TEXT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, RATE_REF, "rate_ref", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, CARRIER, "carrier", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, SERVICE, "service", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, COST, "cost", AMOUNT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, SHIP_DATE, "ship_date", DATE, WB_FIELD_PLAIN, NULL)                                        \
  F (P, CAPTURE_CURRENCY, "capture_currency", TEXT, WB_FIELD_PLAIN, NULL)                          \
  F (P, CAPTURE_AMOUNT, "capture_amount", INT, WB_FIELD_PLAIN, NULL)                               \
  F (P, CAPTURE_REF, "capture_ref", TEXT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, CAPTURE_REASON, "capture_reason", TEXT, WB_FIELD_PLAIN, NULL)                              \
  F (P, SHORTFALL, "shortfall", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, LABEL_FORMAT, "label_format", TEXT, WB_FIELD_PLAIN, NULL)                                  \
  F (P, INSURED, "insured", INT, WB_FIELD_PLAIN, NULL)                                             \
  F (P, SIGNATURE, "signature", BOOL, WB_FIELD_PLAIN, NULL)                                        \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, SHIPPED_AT, "shipped_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, CARRIED_BY, "carried_by", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, PARCELS, "parcels", MANY, WB_FIELD_PLAIN, wb_parcel_get_type)
WB_DECLARE_RECORD (WbShipment, wb_shipment, SHIPMENT, WB_SHIPMENT, WB_SHIPMENT_FIELDS)

/* Label states (WB_LABEL_STATE). One live label a parcel; another needs a reason. */
#define WB_LABEL_LIVE         "live"
#define WB_LABEL_VOID_ASKED   "void-asked"
#define WB_LABEL_VOID         "void"
#define WB_LABEL_VOID_REFUSED "void-refused"

#define WB_LABEL_FIELDS(F, P)                                                                      \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, PARCEL_ID, "parcel_id", INT, WB_FIELD_KEY, NULL)                                           \
  F (P, SHIPMENT_ID, "shipment_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, REMOTE_ID, "remote_id", TEXT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, TRACKING, "tracking", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, CARRIER, "carrier", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, SERVICE, "service", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, COST, "cost", AMOUNT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, FORMAT, "format", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, DOCUMENT, "document", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, BOUGHT_AT, "bought_at", INSTANT, WB_FIELD_PLAIN, NULL)                                     \
  F (P, REASON, "reason", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, QUARANTINE, "quarantine", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, ACCEPTED_BY, "accepted_by", TEXT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, ACCEPTED_AT, "accepted_at", INSTANT, WB_FIELD_PLAIN, NULL)                                 \
  F (P, ACCEPTED_CHANGE, "accepted_change", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbLabel, wb_label, LABEL, WB_LABEL, WB_LABEL_FIELDS)

/* What was accepted for good: labels of this carrier, service and shape (“pdf 210x297”) are
 * turned or cut out like this on @printer (a target) with @media in it. words: what the change
 * does, as it was shown. revoked_at 0: it holds. */
#define WB_LABEL_RULE_FIELDS(F, P)                                                                 \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, CARRIER, "carrier", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, SERVICE, "service", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, PRINTER, "printer", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, MEDIA, "media", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, SHAPE, "shape", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, ACCEPTED_CHANGE, "accepted_change", TEXT, WB_FIELD_PLAIN, NULL)                            \
  F (P, WORDS, "words", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, ACTOR, "actor", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, REVOKED_BY, "revoked_by", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, REVOKED_AT, "revoked_at", INSTANT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbLabelRule, wb_label_rule, LABEL_RULE, WB_LABEL_RULE, WB_LABEL_RULE_FIELDS)

/* One offer of a carrier. cost: all of it; insurance: how much of it insures the goods. days 0: not
 * told. expires_at 0: not told. reason: why it is proposed or how it differs from what is, for
 * people. Never stored by itself. */
#define WB_RATE_FIELDS(F, P)                                                                       \
  F (P, REF, "ref", TEXT, WB_FIELD_MATCH, NULL)                                                    \
  F (P, REMOTE_ID, "remote_id", TEXT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, CARRIER, "carrier", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, SERVICE, "service", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, COST, "cost", AMOUNT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, INSURANCE, "insurance", AMOUNT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, DAYS, "days", INT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, EXPIRES_AT, "expires_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, REASON, "reason", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbRate, wb_rate, RATE, WB_RATE, WB_RATE_FIELDS)

WbParcel *wb_shipment_parcel (WbShipment *shipment);

G_END_DECLS
