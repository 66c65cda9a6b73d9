/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of reconciling share: which orders, and what is known of each. */
#pragma once

#include "wb-book-money.h"
#include "wb-book-private.h"

G_BEGIN_DECLS

/**
 * WbMoneyFacts: all that is known of one order's money.
 * @row: what it is told as; its state, expected and margin come last
 * @planned: what its parcels that have left were to capture, with what they could not
 * @by_us: how many captures were made by our journal
 */
typedef struct
{
  WbMoneyRow row;
  WbInstant  left_at, taken_at;
  gint64     total, paid_at, planned;
  guint      by_us;
  gboolean   known, has_left, has_taken;
  gboolean   is_shipped, is_cancelled, is_paid, is_lapsed;
} WbMoneyFacts;

/* Which orders a period has, and when each of them counts. */
typedef struct
{
  gint64    order_id;
  WbInstant at;
} WbMoneyMoment;

/* An entry of the ledger, as far as an order's money needs it. @kind and the currencies are
 * borrowed.
 */
typedef struct
{
  const char *kind, *currency, *settle_currency;
  gint64      amount, settle_amount;
  gboolean    by_hand;
} WbMoneyEntry;

void    wb_money_row_add (WbMoneyRow *row, WbMoneyPart part, const char *currency, gint64 amount);
void    wb_money_row_add_entry (WbMoneyRow *row, const WbMoneyEntry *entry);
WbRows *wb_money_hold (WbBook *self, GError **error);
GArray *wb_money_read_facts (
    WbBook *self, GArray *moments, gint64 channel_id, gboolean names, GError **error);
GArray *wb_money_list_moments (WbBook *self, const WbMoneyQuery *query, guint most, GError **error);

G_END_DECLS
