/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an audit of a channel found that the book and the shop do not agree on. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* Kinds (WB_ORDER_GAP_KIND). */
#define WB_GAP_UNKNOWN_HERE "unknown-here" /* open in the shop, not in the book */
#define WB_GAP_SHIPPED_HERE "shipped-here" /* open in the shop, all of it has left here */
#define WB_GAP_OPEN_HERE    "open-here"    /* still to ship here, not open in the shop any more */

/* order_ref: the shop's id. order_id 0: not in the book. reason: why, as far as is known, for
 * people. */
#define WB_ORDER_GAP_FIELDS(F, P)                                                                  \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, CHANNEL_ID, "channel_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, ORDER_REF, "order_ref", TEXT, WB_FIELD_MATCH, NULL)                                        \
  F (P, NUMBER, "number", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, REASON, "reason", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, FOUND_AT, "found_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbOrderGap, wb_order_gap, ORDER_GAP, WB_ORDER_GAP, WB_ORDER_GAP_FIELDS)
#define WB_TYPE_ORDER_GAP (wb_order_gap_get_type ())

G_END_DECLS
