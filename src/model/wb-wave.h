/* SPDX-License-Identifier: GPL-3.0-or-later
 * Waves: orders that are picked in one walk, what is to be fetched for them, and what happened to
 * each on the packing table. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* Methods (WB_WAVE_METHOD). */
#define WB_WAVE_SINGLE  "single"  /* one order a walk */
#define WB_WAVE_BATCH   "batch"   /* all into one cart, sorted at the table */
#define WB_WAVE_CLUSTER "cluster" /* a tote an order on the cart */

#define WB_WAVE_OPEN      "open"
#define WB_WAVE_DONE      "done"
#define WB_WAVE_CANCELLED "cancelled"

/* query: what it was made from, for people. */
#define WB_WAVE_FIELDS(F, P)                                                                       \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, NAME, "name", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, METHOD, "method", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, LOCATION_ID, "location_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, QUERY, "query", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, ACTOR, "actor", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, ENDED_AT, "ended_at", INSTANT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbWave, wb_wave, WAVE, WB_WAVE, WB_WAVE_FIELDS)

/* How an order stands in its wave (WB_WAVE_ORDER_STATE). */
#define WB_WAVE_ORDER_OPEN      "open"
#define WB_WAVE_ORDER_PICKED    "picked"
#define WB_WAVE_ORDER_SHORT     "short" /* picked, but for what was not found */
#define WB_WAVE_ORDER_TAKEN_OUT "taken-out"

#define WB_WAVE_ORDER_FIELDS(F, P)                                                                 \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, WAVE_ID, "wave_id", INT, WB_FIELD_KEY, NULL)                                               \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, PLACE, "place", INT, WB_FIELD_PLAIN, NULL)                                                 \
  F (P, TOTE, "tote", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbWaveOrder, wb_wave_order, WAVE_ORDER, WB_WAVE_ORDER, WB_WAVE_ORDER_FIELDS)

/* product_id 0: nobody knows which product it is: found by the line's SKU. level_id 0: not under
 * stock keeping. turn: when on the walk. */
#define WB_PICK_FIELDS(F, P)                                                                       \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, WAVE_ID, "wave_id", INT, WB_FIELD_KEY, NULL)                                               \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, ORDER_LINE_ID, "order_line_id", INT, WB_FIELD_KEY, NULL)                                   \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, LEVEL_ID, "level_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, BIN, "bin", TEXT, WB_FIELD_PLAIN, NULL)                                                    \
  F (P, TURN, "turn", INT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, QUANTITY, "quantity", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, PICKED, "picked", INT, WB_FIELD_PLAIN, NULL)                                               \
  F (P, SHORT, "short", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbPick, wb_pick, PICK, WB_PICK, WB_PICK_FIELDS)

/* Kinds of evidence (WB_EVIDENCE_KIND). */
#define WB_EVIDENCE_SCAN    "scan"    /* a piece was verified */
#define WB_EVIDENCE_WRONG   "wrong"   /* it is no part of the order */
#define WB_EVIDENCE_EXTRA   "extra"   /* one more than was ordered */
#define WB_EVIDENCE_UNKNOWN "unknown" /* nobody knows the code */
#define WB_EVIDENCE_BY_HAND "by-hand" /* verified without a scan */
#define WB_EVIDENCE_UNDONE  "undone"  /* a scan was taken back: quantity is negative */
#define WB_EVIDENCE_SERIAL  "serial"
#define WB_EVIDENCE_LOT     "lot"
#define WB_EVIDENCE_WEIGHT  "weight"
#define WB_EVIDENCE_PACKAGE "package"
#define WB_EVIDENCE_PHOTO   "photo"
#define WB_EVIDENCE_NOTE    "note"

/* shipment_id 0: what it belongs to is still on the table. */
#define WB_EVIDENCE_FIELDS(F, P)                                                                   \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, SHIPMENT_ID, "shipment_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, AT, "at", INSTANT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, ORDER_LINE_ID, "order_line_id", INT, WB_FIELD_KEY, NULL)                                   \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, QUANTITY, "quantity", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, CODE, "code", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, WEIGHT_G, "weight_g", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, DOCUMENT, "document", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, TEXT, "text", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, ACTOR, "actor", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, STATION, "station", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbEvidence, wb_evidence, EVIDENCE, WB_EVIDENCE, WB_EVIDENCE_FIELDS)

G_END_DECLS
