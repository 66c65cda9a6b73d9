/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order as one document: head, addresses, lines, refunds. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* An address, kept with the order that named it. */
#define WB_ADDRESS_FIELDS(F, P)                                                                    \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, ROLE, "role", TEXT, WB_FIELD_LOCAL, NULL)                                                  \
  F (P, NAME, "name", TEXT, WB_FIELD_PARCEL | WB_FIELD_PERSON, NULL)                               \
  F (P, COMPANY, "company", TEXT, WB_FIELD_PARCEL | WB_FIELD_PERSON, NULL)                         \
  F (P, STREET1, "street1", TEXT, WB_FIELD_PARCEL | WB_FIELD_PERSON, NULL)                         \
  F (P, STREET2, "street2", TEXT, WB_FIELD_PARCEL | WB_FIELD_PERSON, NULL)                         \
  F (P, CITY, "city", TEXT, WB_FIELD_PARCEL | WB_FIELD_PERSON, NULL)                               \
  F (P, REGION, "region", TEXT, WB_FIELD_PARCEL | WB_FIELD_PERSON, NULL)                           \
  F (P, POSTCODE, "postcode", TEXT, WB_FIELD_PARCEL | WB_FIELD_PERSON, NULL)                       \
  F (P, COUNTRY, "country", TEXT, WB_FIELD_PARCEL, NULL)                                           \
  F (P, PHONE, "phone", TEXT, WB_FIELD_PERSON, NULL)                                               \
  F (P, EMAIL, "email", TEXT, WB_FIELD_PERSON, NULL)
WB_DECLARE_RECORD (WbAddress, wb_address, ADDRESS, WB_ADDRESS, WB_ADDRESS_FIELDS)
#define WB_TYPE_ADDRESS (wb_address_get_type ())

/* Line kinds (WB_ORDER_LINE_KIND). Only items have quantities to ship. */
#define WB_LINE_ITEM     "item"
#define WB_LINE_SHIPPING "shipping"
#define WB_LINE_FEE      "fee"
#define WB_LINE_COUPON   "coupon"
#define WB_LINE_TAX      "tax"
#define WB_LINE_ADJUSTMENT                                                                         \
  "adjustment" /* what the shop's total has beyond its lines; never recomputed away */

/* total: without tax, after discount. product_id: what it is of, 0: nobody knows. cancelled: no
 * longer to ship (cancelled or refunded before shipping). elsewhere: sent by somebody else, as the
 * shop has it (a shop module gives all pieces that the shop has as sent; the import takes ours out
 * of them). ordered = quantity = cancelled + shipped + elsewhere + still to ship. A product the
 * shop deleted has product_ref NULL. */
#define WB_ORDER_LINE_FIELDS(F, P)                                                                 \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, POSITION, "position", INT, WB_FIELD_LOCAL, NULL)                                           \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, REMOTE_ID, "remote_id", TEXT, WB_FIELD_MATCH, NULL)                                        \
  F (P, PRODUCT_REF, "product_ref", TEXT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, VARIATION_REF, "variation_ref", TEXT, WB_FIELD_PLAIN, NULL)                                \
  F (P, SKU, "sku", TEXT, WB_FIELD_PLAIN, NULL)                                                    \
  F (P, NAME, "name", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, OPTIONS, "options", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, NEEDS_SHIPPING, "needs_shipping", BOOL, WB_FIELD_PARCEL, NULL)                             \
  F (P, QUANTITY, "quantity", INT, WB_FIELD_PARCEL | WB_FIELD_CHARGE, NULL)                        \
  F (P, CANCELLED, "cancelled", INT, WB_FIELD_PARCEL | WB_FIELD_CHARGE, NULL)                      \
  F (P, ALLOCATED, "allocated", INT, WB_FIELD_LOCAL, NULL)                                         \
  F (P, PICKED, "picked", INT, WB_FIELD_LOCAL, NULL)                                               \
  F (P, PACKED, "packed", INT, WB_FIELD_LOCAL, NULL)                                               \
  F (P, SHIPPED, "shipped", INT, WB_FIELD_LOCAL, NULL)                                             \
  F (P, RETURNED, "returned", INT, WB_FIELD_LOCAL, NULL)                                           \
  F (P, WEIGHT_G, "weight_g", INT, WB_FIELD_LOCAL, NULL)                                           \
  F (P, SUBTOTAL, "subtotal", AMOUNT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, TOTAL, "total", AMOUNT, WB_FIELD_CHARGE, NULL)                                             \
  F (P, TAX, "tax", AMOUNT, WB_FIELD_CHARGE, NULL)                                                 \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY | WB_FIELD_LOCAL, NULL)                        \
  F (P, ELSEWHERE, "elsewhere", INT, WB_FIELD_PARCEL, NULL)
WB_DECLARE_RECORD (WbOrderLine, wb_order_line, ORDER_LINE, WB_ORDER_LINE, WB_ORDER_LINE_FIELDS)
#define WB_TYPE_ORDER_LINE (wb_order_line_get_type ())

/* A refund as the shop tells it; amount is positive. */
#define WB_REFUND_FIELDS(F, P)                                                                     \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, REMOTE_ID, "remote_id", TEXT, WB_FIELD_MATCH, NULL)                                        \
  F (P, AMOUNT, "amount", AMOUNT, WB_FIELD_CHARGE, NULL)                                           \
  F (P, REASON, "reason", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, AT, "at", INSTANT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbRefund, wb_refund, REFUND, WB_REFUND, WB_REFUND_FIELDS)
#define WB_TYPE_REFUND (wb_refund_get_type ())

/* Stages (WB_ORDER_STAGE): where the order stands with us. */
#define WB_STAGE_WAITING "waiting" /* not paid and not authorised: not ours to ship yet */
#define WB_STAGE_READY   "ready"   /* to ship */
#define WB_STAGE_HOLD                                                                              \
  "hold" /* held by a person or a doubt (hold_reason), or by the shop itself (shop_hold) */
#define WB_STAGE_PARTIAL   "partial" /* some parcels left, more to come */
#define WB_STAGE_SHIPPED   "shipped"
#define WB_STAGE_NOTHING   "nothing" /* nothing to ship (virtual, all refunded) */
#define WB_STAGE_CANCELLED "cancelled"

/* What the shop says of the order as a whole (WB_ORDER_SHOP_STATE), its own word being
 * remote_status. */
#define WB_SHOP_UNPAID    "unpaid"
#define WB_SHOP_OPEN      "open" /* paid or authorised, to be shipped */
#define WB_SHOP_DONE      "done"
#define WB_SHOP_CANCELLED "cancelled"

/* Charge states (WB_ORDER_CHARGE_STATE). */
#define WB_CHARGE_NONE       "none"    /* nothing to charge (total zero) */
#define WB_CHARGE_UNKNOWN    "unknown" /* not yet asked */
#define WB_CHARGE_UNPAID     "unpaid"
#define WB_CHARGE_PAID       "paid" /* paid before shipping, by the shop's own means */
#define WB_CHARGE_AUTHORISED "authorised"
#define WB_CHARGE_PARTIAL    "partial" /* captured in part */
#define WB_CHARGE_CAPTURED   "captured"
#define WB_CHARGE_LAPSED     "lapsed"
#define WB_CHARGE_REFUSED    "refused"
#define WB_CHARGE_REFUNDED   "refunded"

#define WB_ORDER_FIELDS(F, P)                                                                      \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, CHANNEL_ID, "channel_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, REMOTE_ID, "remote_id", TEXT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, NUMBER, "number", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, REMOTE_STATUS, "remote_status", TEXT, WB_FIELD_PLAIN, NULL)                                \
  F (P, SHOP_STATE, "shop_state", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, STAGE, "stage", TEXT, WB_FIELD_LOCAL, NULL)                                                \
  F (P, HOLD_REASON, "hold_reason", TEXT, WB_FIELD_LOCAL, NULL)                                    \
  F (P, PLACED_AT, "placed_at", INSTANT, WB_FIELD_PLAIN, NULL)                                     \
  F (P, MODIFIED_AT, "modified_at", INSTANT, WB_FIELD_LOCAL, NULL)                                 \
  F (P, PAID_AT, "paid_at", INSTANT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, SHIP_BY, "ship_by", INSTANT, WB_FIELD_LOCAL, NULL)                                         \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_CHARGE, NULL)                                         \
  F (P, TOTAL, "total", AMOUNT, WB_FIELD_CHARGE, NULL)                                             \
  F (P, TAX_TOTAL, "tax_total", AMOUNT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, SHIPPING_TOTAL, "shipping_total", AMOUNT, WB_FIELD_PLAIN, NULL)                            \
  F (P, DISCOUNT_TOTAL, "discount_total", AMOUNT, WB_FIELD_PLAIN, NULL)                            \
  F (P, REFUNDED_TOTAL, "refunded_total", AMOUNT, WB_FIELD_CHARGE, NULL)                           \
  F (P, ITEM_COUNT, "item_count", INT, WB_FIELD_LOCAL, NULL)                                       \
  F (P, CUSTOMER_ID, "customer_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, CUSTOMER_REF, "customer_ref", TEXT, WB_FIELD_PLAIN, NULL)                                  \
  F (P, CUSTOMER_NAME, "customer_name", TEXT, WB_FIELD_PERSON, NULL)                               \
  F (P, EMAIL, "email", TEXT, WB_FIELD_PERSON, NULL)                                               \
  F (P, PHONE, "phone", TEXT, WB_FIELD_PERSON, NULL)                                               \
  F (P, NOTE, "note", TEXT, WB_FIELD_PERSON, NULL)                                                 \
  F (P, SERVICE_ASKED, "service_asked", TEXT, WB_FIELD_PARCEL, NULL)                               \
  F (P, PAYMENT_METHOD, "payment_method", TEXT, WB_FIELD_CHARGE, NULL)                             \
  F (P, PAYMENT_TITLE, "payment_title", TEXT, WB_FIELD_PLAIN, NULL)                                \
  F (P, PAYMENT_REF, "payment_ref", TEXT, WB_FIELD_CHARGE, NULL)                                   \
  F (P, CHARGE_STATE, "charge_state", TEXT, WB_FIELD_LOCAL, NULL)                                  \
  F (P, AUTHORISED, "authorised", AMOUNT, WB_FIELD_LOCAL, NULL)                                    \
  F (P, CAPTURED, "captured", AMOUNT, WB_FIELD_LOCAL, NULL)                                        \
  F (P, CHARGE_REFUNDED, "charge_refunded", AMOUNT, WB_FIELD_LOCAL, NULL)                          \
  F (P, CAPTURE_BEFORE, "capture_before", INSTANT, WB_FIELD_LOCAL, NULL)                           \
  F (P, TRACKING, "tracking", TEXT, WB_FIELD_LOCAL, NULL)                                          \
  F (P, RAW_HASH, "raw_hash", TEXT, WB_FIELD_LOCAL, NULL)                                          \
  F (P, ADDRESS_DOUBT, "address_doubt", TEXT, WB_FIELD_LOCAL | WB_FIELD_PERSON, NULL)              \
  F (P, TAGS, "tags", TEXT, WB_FIELD_LOCAL, NULL)                                                  \
  F (P, MARKED, "marked", BOOL, WB_FIELD_LOCAL, NULL)                                              \
  F (P, EDITED_AFTER_LABEL, "edited_after_label", BOOL, WB_FIELD_LOCAL, NULL)                      \
  F (P, STOCK_SHORT, "stock_short", INT, WB_FIELD_LOCAL, NULL)                                     \
  F (P, SHOP_HOLD, "shop_hold", TEXT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, WISHES, "wishes", JSON, WB_FIELD_LOCAL, NULL)                                              \
  F (P, SHIP_TO, "ship_to", ONE, WB_FIELD_PARCEL, wb_address_get_type)                             \
  F (P, BILL_TO, "bill_to", ONE, WB_FIELD_PLAIN, wb_address_get_type)                              \
  F (P, LINES, "lines", MANY, WB_FIELD_PARCEL | WB_FIELD_CHARGE, wb_order_line_get_type)           \
  F (P, REFUNDS, "refunds", MANY, WB_FIELD_CHARGE, wb_refund_get_type)
WB_DECLARE_RECORD (WbOrder, wb_order, ORDER, WB_ORDER, WB_ORDER_FIELDS)
#define WB_TYPE_ORDER (wb_order_get_type ())

gint64       wb_order_line_to_ship (gpointer line);
gint64       wb_order_line_to_pack (gpointer line);
gint64       wb_order_to_ship (gpointer order);
WbOrderLine *wb_order_find_line (gpointer order, gint64 line_id);
const char  *wb_order_why_held (gpointer order);

G_END_DECLS
