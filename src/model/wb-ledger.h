/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is held against the ledger: the gateway's balance, its payouts, and the statements of banks
 * and carriers. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* Kinds of a balance item (WB_BALANCE_KIND, WB_PAYOUT_ITEM_KIND). Those that a gateway names
 * otherwise are adjustments, with its own word in the note. */
#define WB_MOVED_CAPTURED   "captured"
#define WB_MOVED_REFUNDED   "refunded"
#define WB_MOVED_FEE        "fee"     /* a fee of its own, not one of a capture */
#define WB_MOVED_DISPUTE    "dispute" /* taken for a dispute (negative) or given back (positive) */
#define WB_MOVED_ADJUSTMENT "adjustment"
#define WB_MOVED_PAYOUT     "payout" /* to the bank (negative), or returned by it (positive) */

/*
 * One movement of a gateway's balance, as the gateway tells it; kept as ledger entries, not as a
 * row. ref: the movement's own name; object_ref: what moved (charge, refund, dispute, payout);
 * payment_ref: the payment it belongs to; charge_ref: what its captures are named by (the ref of a
 * capture's WbMovement up to a plus); reference: ours, when the object bears it. currency and
 * amount: presentment, signed; gross, fee and net: settlement, in settle_currency's minor units,
 * signed but fee (what it costs: positive); net = gross − fee. rate: settlement per presentment
 * unit, the gateway's own digits. payout_ref: when it is known already.
 */
#define WB_BALANCE_FIELDS(F, P)                                                                    \
  F (P, REF, "ref", TEXT, WB_FIELD_MATCH, NULL)                                                    \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, AT, "at", INSTANT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, AVAILABLE_AT, "available_at", INSTANT, WB_FIELD_PLAIN, NULL)                               \
  F (P, OBJECT_REF, "object_ref", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, PAYMENT_REF, "payment_ref", TEXT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, CHARGE_REF, "charge_ref", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, REFERENCE, "reference", TEXT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, AMOUNT, "amount", AMOUNT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, SETTLE_CURRENCY, "settle_currency", TEXT, WB_FIELD_PLAIN, NULL)                            \
  F (P, GROSS, "gross", INT, WB_FIELD_PLAIN, NULL)                                                 \
  F (P, FEE, "fee", INT, WB_FIELD_PLAIN, NULL)                                                     \
  F (P, NET, "net", INT, WB_FIELD_PLAIN, NULL)                                                     \
  F (P, RATE, "rate", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, PAYOUT_REF, "payout_ref", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, NOTE, "note", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbBalance, wb_balance, BALANCE, WB_BALANCE, WB_BALANCE_FIELDS)

/* Payout states (WB_PAYOUT_STATE). */
#define WB_PAYOUT_STATE_PENDING   "pending"
#define WB_PAYOUT_STATE_TRANSIT   "in-transit"
#define WB_PAYOUT_STATE_PAID      "paid"
#define WB_PAYOUT_STATE_FAILED    "failed"
#define WB_PAYOUT_STATE_CANCELLED "cancelled"

/* What a gateway sent to the bank (negative: took from it). itemised: its items are complete: they
 * must then sum to amount. automatic false: it was asked for by hand, and no gateway can say what
 * is in it. bank_ref: what the bank's statement shows. */
#define WB_PAYOUT_FIELDS(F, P)                                                                     \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, GATEWAY_ID, "gateway_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, REF, "ref", TEXT, WB_FIELD_MATCH, NULL)                                                    \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, AUTOMATIC, "automatic", BOOL, WB_FIELD_PLAIN, NULL)                                        \
  F (P, ITEMISED, "itemised", BOOL, WB_FIELD_PLAIN, NULL)                                          \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, AMOUNT, "amount", AMOUNT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, MADE_AT, "made_at", INSTANT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, ARRIVES_AT, "arrives_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, BANK_REF, "bank_ref", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, NOTE, "note", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, ITEMS_READ_AT, "items_read_at", INSTANT, WB_FIELD_LOCAL, NULL)                             \
  F (P, READ_AT, "read_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbPayout, wb_payout, PAYOUT, WB_PAYOUT, WB_PAYOUT_FIELDS)

/* One movement inside a payout, in the payout's currency; net = amount − fee. */
#define WB_PAYOUT_ITEM_FIELDS(F, P)                                                                \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, PAYOUT_ID, "payout_id", INT, WB_FIELD_KEY, NULL)                                           \
  F (P, GATEWAY_ID, "gateway_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, REF, "ref", TEXT, WB_FIELD_MATCH, NULL)                                                    \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, OBJECT_REF, "object_ref", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, AT, "at", INSTANT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, AMOUNT, "amount", INT, WB_FIELD_PLAIN, NULL)                                               \
  F (P, FEE, "fee", INT, WB_FIELD_PLAIN, NULL)                                                     \
  F (P, NET, "net", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbPayoutItem, wb_payout_item, PAYOUT_ITEM, WB_PAYOUT_ITEM, WB_PAYOUT_ITEM_FIELDS)

/* Statement kinds (WB_STATEMENT_KIND, WB_STATEMENT_ROW_KIND). */
#define WB_STATEMENT_BANK    "bank"
#define WB_STATEMENT_PAYOUT  "payout"
#define WB_STATEMENT_CARRIER "carrier"

/* One file of somebody else's: account: the bank account (IBAN) or the carrier's account number;
 * number: the statement's or invoice's own, or made of its bytes: known by (kind, account, number).
 * connection_id: the carrier or gateway it is of, 0 for a bank. opening, closing: as the file says,
 * 0 when it does not. */
#define WB_STATEMENT_FIELDS(F, P)                                                                  \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, CONNECTION_ID, "connection_id", INT, WB_FIELD_KEY, NULL)                                   \
  F (P, ACCOUNT, "account", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, NUMBER, "number", TEXT, WB_FIELD_MATCH, NULL)                                              \
  F (P, FORMAT, "format", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, NAME, "name", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, FIRST_AT, "first_at", INSTANT, WB_FIELD_PLAIN, NULL)                                       \
  F (P, LAST_AT, "last_at", INSTANT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, OPENING, "opening", AMOUNT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, CLOSING, "closing", AMOUNT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, IMPORTED_AT, "imported_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbStatement, wb_statement, STATEMENT, WB_STATEMENT, WB_STATEMENT_FIELDS)

/* Row states and matches (WB_STATEMENT_ROW_STATE, …_MATCHED_KIND, …_MATCH_HOW). */
#define WB_ROW_OPEN         "open"
#define WB_ROW_MATCHED      "matched"
#define WB_ROW_IGNORED      "ignored"
#define WB_ROW_PAYOUT       "payout"
#define WB_ROW_LABEL        "label"
#define WB_ROW_ORDER        "order"
#define WB_ROW_BY_REFERENCE "reference"
#define WB_ROW_BY_TRACKING  "tracking"
#define WB_ROW_BY_PERSON    "person"

/*
 * One row. ref: the vendor's own name of it, unique in (kind, account); when the file has none, the
 * importer makes one of the row's content and its place among equal rows. amount: bank and payout:
 * signed, in is positive; carrier: what was billed in all for the parcel by this row (positive; a
 * credit is negative). tracking, service, reason, weight_g, dispute_by: carriers'; reason: why it
 * differs, in the carrier's words. Set by us: state, matched_kind, matched_id, match_how, expected
 * (what we thought it would be, same sign as amount), note.
 */
#define WB_STATEMENT_ROW_FIELDS(F, P)                                                              \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, STATEMENT_ID, "statement_id", INT, WB_FIELD_KEY, NULL)                                     \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, ACCOUNT, "account", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, REF, "ref", TEXT, WB_FIELD_MATCH, NULL)                                                    \
  F (P, AT, "at", INSTANT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, AMOUNT, "amount", AMOUNT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, TRACKING, "tracking", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, TEXT, "text", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, COUNTERPARTY, "counterparty", TEXT, WB_FIELD_PERSON, NULL)                                 \
  F (P, SERVICE, "service", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, REASON, "reason", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, WEIGHT_G, "weight_g", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, DISPUTE_BY, "dispute_by", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, STATE, "state", TEXT, WB_FIELD_LOCAL, NULL)                                                \
  F (P, MATCHED_KIND, "matched_kind", TEXT, WB_FIELD_LOCAL, NULL)                                  \
  F (P, MATCHED_ID, "matched_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, MATCH_HOW, "match_how", TEXT, WB_FIELD_LOCAL, NULL)                                        \
  F (P, EXPECTED, "expected", AMOUNT, WB_FIELD_LOCAL, NULL)                                        \
  F (P, NOTE, "note", TEXT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (
    WbStatementRow, wb_statement_row, STATEMENT_ROW, WB_STATEMENT_ROW, WB_STATEMENT_ROW_FIELDS)

/* How a sender's columns are read; mapping: JSON, the importer's own. */
#define WB_IMPORT_MAPPING_FIELDS(F, P)                                                             \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, MAPPING, "mapping", JSON, WB_FIELD_PLAIN, NULL)                                            \
  F (P, CHANGED_AT, "changed_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (
    WbImportMapping, wb_import_mapping, IMPORT_MAPPING, WB_IMPORT_MAPPING, WB_IMPORT_MAPPING_FIELDS)

G_END_DECLS
