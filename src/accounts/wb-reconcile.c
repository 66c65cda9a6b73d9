/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words of reconciling: what an order's money is called, and what a gap is. */
#include "wb-reconcile.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *id;
  const char *title;
} states[WB_N_MONEY_STATES] = {
  [WB_MONEY_MATCHED] = { "matched", N_ ("Matched") },
  [WB_MONEY_UNDER] = { "under", N_ ("Under") },
  [WB_MONEY_OVER] = { "over", N_ ("Over") },
  [WB_MONEY_NOT_CAPTURED] = { "not-captured", N_ ("Not captured") },
  [WB_MONEY_CAPTURED_UNSHIPPED] = { "captured-unshipped", N_ ("Captured, not shipped") },
  [WB_MONEY_LAPSED] = { "lapsed", N_ ("Lapsed") },
  [WB_MONEY_REFUNDED] = { "refunded", N_ ("Refunded") },
  [WB_MONEY_OPEN] = { "open", N_ ("Paid beforehand") },
};

static const struct
{
  const char *id;
  const char *title;
} gaps[WB_N_GAPS] = {
  [WB_GAP_UNDER] = { "under", N_ ("Captured too little") },
  [WB_GAP_OVER] = { "over", N_ ("Captured too much") },
  [WB_GAP_NOT_CAPTURED] = { "not-captured", N_ ("Shipped, not captured") },
  [WB_GAP_CAPTURED_UNSHIPPED] = { "captured-unshipped", N_ ("Captured, not shipped") },
  [WB_GAP_LAPSED] = { "lapsed", N_ ("Shipped on a lapsed authorisation") },
  [WB_GAP_REFUND] = { "refund", N_ ("Refunds differ") },
  [WB_GAP_DISPUTE] = { "dispute", N_ ("Disputed by the payer") },
  [WB_GAP_FOREIGN] = { "foreign", N_ ("Payment of no known order") },
  [WB_GAP_UNSETTLED] = { "unsettled", N_ ("Capture not in the gateway's balance") },
  [WB_GAP_PAYOUT_SUM] = { "payout-sum", N_ ("Payout does not sum") },
  [WB_GAP_PAYOUT_FAILED] = { "payout-failed", N_ ("Payout came back") },
  [WB_GAP_PAYOUT_BANK] = { "payout-bank", N_ ("Payout not on the bank statement") },
  [WB_GAP_LABEL_UNUSED] = { "label-unused", N_ ("Label bought and not used") },
  [WB_GAP_ADJUSTMENT] = { "adjustment", N_ ("The carrier billed more") },
  [WB_GAP_STATEMENT] = { "statement", N_ ("Unexplained row of a statement") },
};

/** wb_money_state_id: Returns: (transfer none): the state's name in exports and on the command
 * line. */
const char *
wb_money_state_id (WbMoneyState state)
{
  g_return_val_if_fail ((guint) state < WB_N_MONEY_STATES, NULL);
  return states[state].id;
}

/** wb_money_state_title: Returns: (transfer none): the state for people. */
const char *
wb_money_state_title (WbMoneyState state)
{
  g_return_val_if_fail ((guint) state < WB_N_MONEY_STATES, NULL);
  return _ (states[state].title);
}

/** wb_money_state_parse: Returns: the #WbMoneyState called @id, -1 when there is none. */
int
wb_money_state_parse (const char *id)
{
  for (int i = 0; i < WB_N_MONEY_STATES; i++)
    if (g_strcmp0 (states[i].id, id) == 0)
      return i;
  return -1;
}

/** wb_gap_id: Returns: (transfer none): the gap's name in exports, in the book and on the command
 * line. */
const char *
wb_gap_id (WbGapKind kind)
{
  g_return_val_if_fail ((guint) kind < WB_N_GAPS, NULL);
  return gaps[kind].id;
}

/** wb_gap_title: Returns: (transfer none): the gap for people. */
const char *
wb_gap_title (WbGapKind kind)
{
  g_return_val_if_fail ((guint) kind < WB_N_GAPS, NULL);
  return _ (gaps[kind].title);
}
