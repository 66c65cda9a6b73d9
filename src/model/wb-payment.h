/* SPDX-License-Identifier: GPL-3.0-or-later
 * Money as the gateway tells it, and the ledger's entries. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* Payment states (WB_PAYMENT_STATE). */
#define WB_PAYMENT_STATE_AUTHORISED "authorised"
#define WB_PAYMENT_STATE_CAPTURED                                                                  \
  "captured" /* in whole or in part; nothing more can be captured unless capturable > 0 */
#define WB_PAYMENT_STATE_CANCELLED "cancelled"
#define WB_PAYMENT_STATE_LAPSED    "lapsed" /* the authorisation expired */
#define WB_PAYMENT_STATE_UNPAID    "unpaid" /* the payer has not finished */
#define WB_PAYMENT_STATE_FAILED    "failed"

/* How a lapsing authorisation is kept (WB_PAYMENT_REAUTHORISE); NULL: it cannot be. */
#define WB_REAUTHORISE_EXTEND "extend" /* the same payment lives longer */
#define WB_REAUTHORISE_NEW    "new"    /* another payment takes its place, with a name of its own */

/* A payment as read from its gateway just now. Amounts in the presentment currency. fee and net are
 * in settle_currency's minor units and known only when fee_known. capture_before: from the
 * provider's object. What the object allows, 0 where it does not say: max_capture: the most that
 * may still be taken, above capturable only where overcapture is allowed; captures_left;
 * reauthorise with the time from and until which it may be tried (and may still fail);
 * refundable_until. extended: the authorisation is one of the longer kind. disputed: what the payer
 * has disputed, whether or not it was given back. whole_only: a capture takes all that is
 * capturable; less cannot be asked for. */
#define WB_PAYMENT_FIELDS(F, P)                                                                    \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, GATEWAY_ID, "gateway_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, REF, "ref", TEXT, WB_FIELD_MATCH, NULL)                                                    \
  F (P, CHARGE_REF, "charge_ref", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, AUTHORISED, "authorised", AMOUNT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, CAPTURABLE, "capturable", AMOUNT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, CAPTURED, "captured", AMOUNT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, REFUNDED, "refunded", AMOUNT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, MULTI_CAPTURE, "multi_capture", BOOL, WB_FIELD_PLAIN, NULL)                                \
  F (P, CAPTURE_BEFORE, "capture_before", INSTANT, WB_FIELD_PLAIN, NULL)                           \
  F (P, FEE_KNOWN, "fee_known", BOOL, WB_FIELD_PLAIN, NULL)                                        \
  F (P, SETTLE_CURRENCY, "settle_currency", TEXT, WB_FIELD_PLAIN, NULL)                            \
  F (P, FEE, "fee", INT, WB_FIELD_PLAIN, NULL)                                                     \
  F (P, NET, "net", INT, WB_FIELD_PLAIN, NULL)                                                     \
  F (P, FEE_REF, "fee_ref", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, MAX_CAPTURE, "max_capture", AMOUNT, WB_FIELD_PLAIN, NULL)                                  \
  F (P, CAPTURES_LEFT, "captures_left", INT, WB_FIELD_PLAIN, NULL)                                 \
  F (P, EXTENDED, "extended", BOOL, WB_FIELD_PLAIN, NULL)                                          \
  F (P, REAUTHORISE, "reauthorise", TEXT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, REAUTHORISE_FROM, "reauthorise_from", INSTANT, WB_FIELD_PLAIN, NULL)                       \
  F (P, REAUTHORISE_UNTIL, "reauthorise_until", INSTANT, WB_FIELD_PLAIN, NULL)                     \
  F (P, REFUNDABLE_UNTIL, "refundable_until", INSTANT, WB_FIELD_PLAIN, NULL)                       \
  F (P, DISPUTED, "disputed", AMOUNT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, WHOLE_ONLY, "whole_only", BOOL, WB_FIELD_PLAIN, NULL)                                      \
  F (P, READ_AT, "read_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbPayment, wb_payment, PAYMENT, WB_PAYMENT, WB_PAYMENT_FIELDS)

/* Entry kinds (WB_ENTRY_KIND). */
#define WB_ENTRY_AUTHORISED   "authorised"
#define WB_ENTRY_CAPTURED     "captured"
#define WB_ENTRY_REFUNDED     "refunded"
#define WB_ENTRY_FEE          "fee"
#define WB_ENTRY_LABEL        "label"
#define WB_ENTRY_LABEL_REFUND "label-refund"
#define WB_ENTRY_RELEASED     "released"
#define WB_ENTRY_SETTLED      "settled"     /* what a movement brought to the gateway's balance */
#define WB_ENTRY_DISPUTE      "dispute"     /* taken for a dispute; given back when it is won */
#define WB_ENTRY_PAYOUT       "payout"      /* from the gateway's balance to the bank */
#define WB_ENTRY_CORRECTION   "correction"  /* the gateway's other movements of its balance */
#define WB_ENTRY_ADJUSTMENT   "adjustment"  /* what a carrier billed beyond the label's price */
#define WB_ENTRY_STOCK_COST   "stock-cost"  /* what the goods of a parcel had cost */
#define WB_ENTRY_WRITTEN_OFF  "written-off" /* what will not be asked for, with the reason */

/* Where an entry comes from (WB_ENTRY_SOURCE). */
#define WB_SOURCE_GATEWAY "gateway"
#define WB_SOURCE_SHOP    "shop"
#define WB_SOURCE_CARRIER "carrier"
#define WB_SOURCE_INVOICE "carrier-invoice"
#define WB_SOURCE_STOCK   "stock"
#define WB_SOURCE_PERSON  "person"

/*
 * One line of the ledger, never changed and never removed. amount: what came in is positive, what
 * went out negative, in the presentment currency. settle_amount: the same in settle_currency, as
 * far as it was known when the line was written. (source, source_ref, kind) is unique.
 *
 * authorised, released, settled and written-off are memoranda: their amount moves no money.
 * captured, refunded, dispute and correction say what happened to the customer's money; their
 * settled entry (source_ref: the gateway's movement, object_ref: the same charge or refund) says
 * what came of it. A gateway's balance is the sum of settle_amount over its settled, fee and payout
 * entries, by settle_currency. rate: the gateway's own digits. payout_ref: where it was known then;
 * the items of a payout tell the rest.
 */
#define WB_ENTRY_FIELDS(F, P)                                                                      \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, AT, "at", INSTANT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, SHIPMENT_ID, "shipment_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, SOURCE, "source", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, SOURCE_REF, "source_ref", TEXT, WB_FIELD_MATCH, NULL)                                      \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, AMOUNT, "amount", AMOUNT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, OPERATION_ID, "operation_id", INT, WB_FIELD_KEY, NULL)                                     \
  F (P, NOTE, "note", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, CONNECTION_ID, "connection_id", INT, WB_FIELD_KEY, NULL)                                   \
  F (P, OBJECT_REF, "object_ref", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, PAYMENT_REF, "payment_ref", TEXT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, SETTLE_CURRENCY, "settle_currency", TEXT, WB_FIELD_PLAIN, NULL)                            \
  F (P, SETTLE_AMOUNT, "settle_amount", INT, WB_FIELD_PLAIN, NULL)                                 \
  F (P, RATE, "rate", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, PAYOUT_REF, "payout_ref", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, AVAILABLE_AT, "available_at", INSTANT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbEntry, wb_entry, ENTRY, WB_ENTRY, WB_ENTRY_FIELDS)

G_END_DECLS
