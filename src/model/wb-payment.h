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

/* A payment as read from its gateway just now. Amounts in the presentment currency. fee and net are
 * in settle_currency's minor units and known only when fee_known. capture_before: from the
 * provider's object. */
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

/* One line of the ledger, never changed and never removed. amount: what came in is positive, what
 * went out negative (authorised and released move no money: they are memoranda). (source,
 * source_ref, kind) is unique. */
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
  F (P, NOTE, "note", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbEntry, wb_entry, ENTRY, WB_ENTRY, WB_ENTRY_FIELDS)

G_END_DECLS
