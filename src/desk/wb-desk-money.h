/* SPDX-License-Identifier: GPL-3.0-or-later
 * Money as the faces see it: what the gateways say is read into the ledger, statements are
 * imported, and what was expected, captured, kept and paid out is held together by order and by
 * period. Reading calls take a WbBook and may be made on a reader of one's own. */
#pragma once

#include "wb-book-money.h"
#include "wb-desk.h"

G_BEGIN_DECLS

/* ---- reading the gateways (wb-desk-payouts.c) ---- */

/**
 * WbMoneySync: what a reading brought.
 * @movements: new movements of the gateways' balances
 * @foreign: of them those that no order knows
 * @payouts: payouts read; @itemised: of them those whose items are now known
 * @problems: (element-type utf8): what could not be read, for people
 */
typedef struct
{
  gint64     movements, foreign, payouts, itemised;
  GPtrArray *problems;
} WbMoneySync;

typedef void (*WbMoneyProgress) (const char *gateway, gint64 done, gpointer data);

gboolean wb_desk_sync_money (WbDesk         *self,
                             gint64          gateway_id,
                             WbMoneyProgress progress,
                             gpointer        data,
                             WbMoneySync    *result,
                             GCancellable   *cancellable,
                             GError        **error);
void     wb_money_sync_clear (WbMoneySync *result);

/* ---- reconciling (wb-desk-reconcile.c) ---- */

/* WbMoneyRow, WbMoneyState, WbMoneyQuery and WbMoneyTotals are in wb-book-money.h;
 * wb_book_list_money() lists, wb_book_sum_money() sums. */
const char *wb_money_state_id (WbMoneyState state);
const char *wb_money_state_title (WbMoneyState state);
int         wb_money_state_parse (const char *id);

/* ---- gaps (wb-desk-reconcile-gaps.c) ---- */

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

GPtrArray *wb_desk_list_gaps (
    WbBook *book, WbInstant first, WbInstant after, gboolean with_accepted, GError **error);
gboolean
     wb_desk_accept_gap (WbDesk *self, const WbMoneyGap *gap, const char *reason, GError **error);
void wb_money_gap_free (WbMoneyGap *gap);
const char *wb_gap_id (WbGapKind kind);
const char *wb_gap_title (WbGapKind kind);

/* ---- labels that were not used (wb-label-refunds.c) ---- */

gint64 wb_label_refund_days (const char *carrier);
gint64 wb_label_refund_pays_within (const char *carrier);

/* ---- statements (wb-desk-statement.c): parsed rows in, whatever the file was ---- */

typedef struct _WbStatementImport WbStatementImport;

/**
 * WbImportResult: @added: new rows; @known: rows that were there already; @matched and @open: of
 * the new ones; @adjustments: ledger entries that a carrier's invoice made
 */
typedef struct
{
  gint64 statement_id;
  gint64 rows, added, known, matched, open, adjustments;
} WbImportResult;

WbStatementImport *wb_desk_begin_import (WbDesk *self, WbStatement *head, GError **error);
gboolean wb_statement_import_add (WbStatementImport *self, WbStatementRow *row, GError **error);
gboolean
     wb_statement_import_finish (WbStatementImport *self, WbImportResult *result, GError **error);
void wb_statement_import_free (WbStatementImport *self);

/** WbMatchOffer: what a row may be about. @score: 1…100; @why: for people. */
typedef struct
{
  const char *kind; /* WB_ROW_PAYOUT, WB_ROW_LABEL, WB_ROW_ORDER */
  gint64      id;
  guint       score;
  char       *title, *why;
} WbMatchOffer;

GPtrArray *wb_desk_offer_matches (WbBook *book, gint64 row_id, GError **error);
gboolean
wb_desk_match_row (WbDesk *self, gint64 row_id, const char *kind, gint64 id, GError **error);
gboolean wb_desk_ignore_row (WbDesk *self, gint64 row_id, const char *reason, GError **error);
void     wb_match_offer_free (WbMatchOffer *offer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbMoneySync, wb_money_sync_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMoneyGap, wb_money_gap_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStatementImport, wb_statement_import_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMatchOffer, wb_match_offer_free)

G_END_DECLS
