/* SPDX-License-Identifier: GPL-3.0-or-later
 * What proves an order's money, as facts in words: payments, captures, payouts, labels, bills. */
#pragma once

#include "wb-money-item.h"
#include "wb-reconcile.h"

G_BEGIN_DECLS

/* @order_id: where it leads, 0: nowhere */
typedef void (*WbEvidenceFunc) (
    const char *title, const char *value, const char *style, gint64 order_id, gpointer data);

void     wb_money_evidence_of_row (const WbMoneyRow *row, WbEvidenceFunc add, gpointer data);
gboolean wb_money_evidence_of_order (
    WbBook *book, gint64 order_id, WbEvidenceFunc add, gpointer data, GError **error);
void wb_money_evidence_of_payout (WbPayout *payout, WbEvidenceFunc add, gpointer data);
void wb_money_evidence_of_items (
    WbBook *book, WbPayout *payout, GPtrArray *items, WbEvidenceFunc add, gpointer data);
void
wb_money_evidence_of_gap (WbBook *book, const WbMoneyGap *gap, WbEvidenceFunc add, gpointer data);

G_END_DECLS
