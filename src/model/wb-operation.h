/* SPDX-License-Identifier: GPL-3.0-or-later
 * The journal's and the event stream's rows. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* Operation states (WB_OPERATION_STATE): planned → sending → done | refused | unsure. */
#define WB_OPERATION_PLANNED "planned"
#define WB_OPERATION_SENDING "sending"
#define WB_OPERATION_DONE    "done"
#define WB_OPERATION_REFUSED "refused"
#define WB_OPERATION_UNSURE  "unsure"
#define WB_OPERATION_ABANDONED                                                                     \
  "abandoned" /* never sent, or a person decided that it will not be                               \
               */

/* Operation kinds (WB_OPERATION_KIND). */
#define WB_OP_BUY_LABEL     "buy-label"
#define WB_OP_VOID_LABEL    "void-label"
#define WB_OP_PRINT         "print"
#define WB_OP_CAPTURE       "capture"
#define WB_OP_REFUND        "refund"
#define WB_OP_CANCEL_CHARGE "cancel-charge"
#define WB_OP_RENEW         "renew-charge" /* an authorisation is kept alive */
#define WB_OP_REPORT        "report"
#define WB_OP_TELL_REFUND   "tell-refund" /* the shop is told of a refund that was made elsewhere */
#define WB_OP_SET_STOCK     "set-stock"   /* a channel is told how many there are */
#define WB_OP_CHANGE_ORDER  "change-order" /* the shop's own record of an order is changed */
#define WB_OP_CREATE_ORDER  "create-order" /* an order is made in a shop */

/* key: the idempotency key, unique in the book. request: exactly what will be asked. reply: what
 * came back. error_code: wb_error_to_name(). doubled guards are in the schema. */
#define WB_OPERATION_FIELDS(F, P)                                                                  \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, KEY, "key", TEXT, WB_FIELD_MATCH, NULL)                                                    \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, SHIPMENT_ID, "shipment_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, CONNECTION_ID, "connection_id", INT, WB_FIELD_KEY, NULL)                                   \
  F (P, REQUEST, "request", JSON, WB_FIELD_PLAIN, NULL)                                            \
  F (P, REPLY, "reply", JSON, WB_FIELD_PLAIN, NULL)                                                \
  F (P, ERROR_CODE, "error_code", TEXT, WB_FIELD_PLAIN, NULL)                                      \
  F (P, ERROR, "error", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, ATTEMPTS, "attempts", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, ACTOR, "actor", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, SENT_AT, "sent_at", INSTANT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, ENDED_AT, "ended_at", INSTANT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbOperation, wb_operation, OPERATION, WB_OPERATION, WB_OPERATION_FIELDS)

/* One thing that happened; the number (id) only grows. */
#define WB_EVENT_FIELDS(F, P)                                                                      \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, AT, "at", INSTANT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, SUBJECT, "subject", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, SUBJECT_ID, "subject_id", INT, WB_FIELD_PLAIN, NULL)                                       \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, ACTOR, "actor", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, DETAIL, "detail", JSON, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbEvent, wb_event, EVENT, WB_EVENT, WB_EVENT_FIELDS)

G_END_DECLS
