/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was expected, captured, kept and paid out, held together by order and by period, and what
 * does not fit. Reading calls take a WbBook and may be made on a reader of one's own. */
#pragma once

#include "wb-book-money.h"
#include "wb-desk.h"

G_BEGIN_DECLS

/* ---- how an order's money stands (wb-reconcile.c) ---- */

/* WbMoneyRow, WbMoneyState, WbMoneyQuery and WbMoneyTotals are in wb-book-money.h;
 * wb_book_list_money() lists, wb_book_sum_money() sums. */
const char *wb_money_state_id (WbMoneyState state);
const char *wb_money_state_title (WbMoneyState state);
int         wb_money_state_parse (const char *id);

/* ---- gaps (wb-reconcile-gaps.c) ---- */

typedef enum
{
  WB_GAP_UNDER,              /* captured less than what left is worth */
  WB_GAP_OVER,               /* captured more */
  WB_GAP_NOT_CAPTURED,       /* a shipment without a capture */
  WB_GAP_CAPTURED_UNSHIPPED, /* a capture without a shipment */
  WB_GAP_LAPSED,             /* shipped, and the authorisation ran out */
  WB_GAP_REFUND,             /* the shop's refunds and the gateway's differ */
  WB_GAP_DISPUTE,            /* the payer's bank took it back */
  WB_GAP_FOREIGN,            /* a movement at the gateway that no order knows */
  WB_GAP_UNSETTLED,          /* we captured it, the gateway's balance does not show it */
  WB_GAP_PAYOUT_SUM,         /* a payout's items do not sum to it */
  WB_GAP_PAYOUT_FAILED,      /* a payout came back */
  WB_GAP_PAYOUT_BANK,        /* a payout that the bank's statement does not show */
  WB_GAP_LABEL_UNUSED,       /* bought, not used, and its money can still be asked back */
  WB_GAP_ADJUSTMENT,         /* a carrier billed more than the label cost */
  WB_GAP_STATEMENT,          /* a row of a statement that nothing here explains */
  WB_N_GAPS,
} WbGapKind;

/**
 * WbMoneyGap: something that does not fit.
 * @subject: what it is about, stable: “order:12”, “payout:3”, “entry:77”, “label:5”, “row:9”
 * @fingerprint: its facts: an accepted gap comes back when they change
 * @amount: the money at stake, minor units of @currency, positive
 * @at: since when; @deadline: until when something can be done, 0: no end
 * @title: what it is, @meaning: what it means, for people; @next: action id (“show”, “void-label”,
 * “dispute-adjustment”, “refund”, “capture-rest”, “match-row”)
 * @reason: (nullable): why it was accepted
 */
typedef struct
{
  WbGapKind   kind;
  gint64      order_id, shipment_id, payout_id, label_id, row_id, entry_id;
  char       *subject, *fingerprint;
  char        currency[4];
  gint64      amount;
  WbInstant   at, deadline;
  char       *title, *meaning;
  const char *next;
  char       *reason;
} WbMoneyGap;

GPtrArray *wb_list_money_gaps (
    WbBook *book, WbInstant first, WbInstant after, gboolean with_accepted, GError **error);
gboolean
     wb_desk_accept_gap (WbDesk *self, const WbMoneyGap *gap, const char *reason, GError **error);
void wb_money_gap_free (WbMoneyGap *gap);
const char *wb_gap_id (WbGapKind kind);
const char *wb_gap_title (WbGapKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMoneyGap, wb_money_gap_free)

G_END_DECLS
