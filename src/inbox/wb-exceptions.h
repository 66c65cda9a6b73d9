/* SPDX-License-Identifier: GPL-3.0-or-later
 * The exceptions inbox: whatever needs a person, with what it means and the next step. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

/* What a person may say of an operation that the vendor cannot tell about. */
typedef enum
{
  WB_DECIDE_NOTHING,  /* nothing is to be decided */
  WB_DECIDE_EITHER,   /* it happened, or it did not */
  WB_DECIDE_WITH_REF, /* that it happened is proved by the vendor's own number for it */
  WB_DECIDE_NOT,      /* only that it did not happen: what came of it cannot be typed in */
} WbDecision;

/* The exceptions inbox (quick). next: an action id: “retry”, “resolve”, “release”, “void-label”,
 * “rebuy-label”, “refresh-payment”, “capture-rest”, “reprint”, “sync”, “ship”, “show”,
 * “show-money”. */
typedef struct
{
  char      *kind;
  gint64     order_id, shipment_id, operation_id, connection_id, label_id;
  WbInstant  since;
  guint      severity; /* larger is worse */
  char      *title;    /* what happened */
  char      *meaning;  /* what it means in money or time */
  char      *small;    /* (nullable): the vendor's own code or words, for the small print */
  char      *next;     /* action id */
  char      *next_title;
  WbMoney    amount; /* what the next step moves at once; 0: no money */
  WbDecision decide;
  char      *hold_reason; /* (nullable): with which a release is undone */
} WbException;

GPtrArray *wb_list_exceptions (WbBook *book, GError **error);
void       wb_exception_free (WbException *exception);

G_END_DECLS
