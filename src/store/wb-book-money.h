/* SPDX-License-Identifier: GPL-3.0-or-later
 * Money in the order book: payouts, statements, and everything of an order's money at once. */
#pragma once

#include "wb-book.h"
#include "wb-ledger.h"

G_BEGIN_DECLS

/* ---- the ledger (wb-book-ledger.c) ---- */

gint64   wb_book_find_payment_order (WbBook     *self,
                                     gint64      gateway_id,
                                     const char *payment_ref,
                                     const char *charge_ref);
gint64   wb_book_find_shop_order (WbBook *self, gint64 channel_id, const char *remote_id);
gint64   wb_book_find_reference_shipment (WbBook *self, const char *reference, gint64 order_id);
gboolean wb_book_has_entry (WbBook     *self,
                            const char *source,
                            const char *source_ref,
                            const char *kind,
                            gboolean   *has,
                            GError    **error);
gboolean wb_book_sum_object (
    WbBook *self, const char *kind, const char *object_ref, gint64 *sum, GError **error);
gboolean wb_book_claim_entries (WbBook *self, const char *actor, gint64 *claimed, GError **error);
gboolean wb_book_sum_balance (
    WbBook *self, gint64 gateway_id, const char *currency, gint64 *sum, GError **error);

GArray *wb_book_list_open_payments (WbBook *self, gint64 gateway_id, GError **error);

/**
 * WbLedgerLine: an entry with the names that stand beside it; each may be %NULL.
 */
typedef struct
{
  WbEntry *entry;
  char    *number, *connection;
} WbLedgerLine;

GPtrArray *wb_book_list_ledger_lines (WbBook             *self,
                                      WbInstant           first,
                                      WbInstant           after,
                                      const WbLedgerLine *last,
                                      guint               limit,
                                      GError            **error);
void       wb_ledger_line_free (WbLedgerLine *line);

/* ---- payouts (wb-book-payouts.c) ---- */

gboolean   wb_book_save_payout (WbBook *self, WbPayout *payout, GError **error);
WbPayout  *wb_book_get_payout (WbBook *self, gint64 id, GError **error);
GPtrArray *wb_book_list_payouts (WbBook *self, WbInstant first, WbInstant after, GError **error);
GPtrArray *wb_book_list_payouts_to_read (WbBook *self, gint64 gateway_id, GError **error);
WbInstant  wb_book_oldest_open_payout (WbBook *self, gint64 gateway_id);
gboolean   wb_book_add_payout_item (WbBook *self, WbPayoutItem *item, GError **error);
GPtrArray *wb_book_list_payout_items (WbBook *self, gint64 payout_id, GError **error);
gboolean   wb_book_sum_payout (WbBook *self, gint64 payout_id, gint64 *net, GError **error);

/* ---- statements (wb-book-statements.c) ---- */

gboolean wb_book_has_statement_row (WbBook     *self,
                                    const char *kind,
                                    const char *account,
                                    const char *ref,
                                    gboolean   *has,
                                    GError    **error);
gboolean wb_book_save_statement (WbBook *self, WbStatement *statement, GError **error);
gboolean
wb_book_add_statement_row (WbBook *self, WbStatementRow *row, gboolean *added, GError **error);
WbStatementRow *wb_book_get_statement_row (WbBook *self, gint64 id, GError **error);
GPtrArray      *wb_book_list_statements (WbBook *self, GError **error);
GPtrArray *
wb_book_list_statement_rows (WbBook *self, gint64 statement_id, guint limit, GError **error);
GPtrArray *wb_book_list_open_rows (WbBook *self, const char *kind, guint limit, GError **error);
gint64
wb_book_find_payout_of_text (WbBook *self, const char *text, const char *currency, gint64 amount);
gint64   wb_book_find_label_of_tracking (WbBook     *self,
                                         const char *tracking,
                                         gint64     *order_id,
                                         gint64     *shipment_id);
gboolean wb_book_sum_billed (WbBook *self, gint64 label_id, gint64 *billed, GError **error);

/**
 * WbAside: a row of a file that could not be read.
 */
typedef struct
{
  guint line;
  char *reason, *raw;
} WbAside;

gboolean   wb_book_set_aside (WbBook     *self,
                              gint64      statement_id,
                              guint       line,
                              const char *reason,
                              const char *raw,
                              GError    **error);
GPtrArray *wb_book_list_aside (WbBook *self, gint64 statement_id, GError **error);
void       wb_aside_free (WbAside *aside);

gboolean wb_book_save_mapping (
    WbBook *self, const char *kind, const char *name, const char *mapping, GError **error);
char *wb_book_get_mapping (WbBook *self, const char *kind, const char *name);

/**
 * WbCandidate: something a statement's row might be about.
 */
typedef struct
{
  const char *kind; /* WB_ROW_… */
  gint64      id;
  char       *name, *person;
  char        currency[4];
  gint64      amount;
  WbInstant   at;
} WbCandidate;

GPtrArray *wb_book_list_candidates (WbBook *self, WbStatementRow *row, GError **error);
void       wb_candidate_free (WbCandidate *candidate);

/* ---- everything of an order's money (wb-book-reconcile.c) ---- */

/**
 * WbMoneyState: how an order's money stands against what has left the house.
 * @WB_MONEY_OPEN: nothing has left yet, and what was taken was paid beforehand
 */
typedef enum
{
  WB_MONEY_MATCHED,
  WB_MONEY_UNDER,
  WB_MONEY_OVER,
  WB_MONEY_NOT_CAPTURED,
  WB_MONEY_CAPTURED_UNSHIPPED,
  WB_MONEY_LAPSED,
  WB_MONEY_REFUNDED,
  WB_MONEY_OPEN,
  WB_N_MONEY_STATES,
} WbMoneyState;

/** WbMoneyPart: what an amount of an order's money is. */
typedef enum
{
  WB_MONEY_CAPTURED,
  WB_MONEY_GIVEN_BACK,
  WB_MONEY_DISPUTED,
  WB_MONEY_WRITTEN_OFF,
  WB_MONEY_SETTLED,
  WB_MONEY_FEE,
  WB_MONEY_PAID_OUT,
  WB_MONEY_LABEL,
  WB_MONEY_ADJUSTED,
  WB_MONEY_STOCK,
  WB_N_MONEY_PARTS,
} WbMoneyPart;

/** WbMoneyOther: an amount in another currency than its row has for that part. */
typedef struct
{
  WbMoneyPart part;
  WbMoney     amount;
} WbMoneyOther;

/**
 * WbMoneyRow: one order. Costs and fees are positive. expected, captured, refunded, disputed,
 * written_off and by_hand (what a person received and has not given back; captured and refunded
 * have it too) in minor units of currency; settled, fee, paid_out in settle_currency (empty: the
 * gateway has not told yet); label_cost and adjustment in cost_currency, the carrier's; stock_cost
 * in stock_currency. Two currencies are never added: what of these is in yet another one is in
 * others (nullable) (element-type WbMoneyOther).
 * @at: when its last parcel left, else when money was first taken
 * @shop_refunded: what the shop says was refunded
 * @by_shop: no gateway of ours knows the payment: captured is what the shop says
 * @is_settled: the gateway has told what came of a capture
 * @by_gateway: some of it was captured by a gateway
 * @fee_known: the gateway has told its fee, or there is no gateway to take one
 * @margin: what is left in margin_currency; empty when its parts are in several currencies (then
 * wb_money_row_margins() has each) or the fee is not known
 */
typedef struct
{
  gint64       order_id, channel_id;
  char        *number;
  char        *customer;
  WbInstant    at;
  char         currency[4], settle_currency[4], cost_currency[4], stock_currency[4];
  char         margin_currency[4];
  gint64       expected, captured, refunded, shop_refunded, disputed, written_off, by_hand;
  gint64       settled, fee, paid_out;
  gint64       label_cost, adjustment, stock_cost;
  gint64       margin;
  GArray      *others;
  gboolean     by_shop, is_settled, fee_known, by_gateway;
  WbMoneyState state;
} WbMoneyRow;

/**
 * WbMoneyQuery: which orders.
 * @first, @after: those whose WbMoneyRow.at is from first on and before after; after 0: no end
 * @channel_id: 0: all
 * @order_id: 0: all; else this one whatever its time
 * @state: #WbMoneyState; %WB_MONEY_ALL; %WB_MONEY_WRONG: those that are neither matched, refunded
 * nor open; %WB_MONEY_DIFFERS: these, and those whose refunds the shop and the gateway tell
 * otherwise
 * @offset, @limit: limit 0: all; newest first
 */
typedef struct
{
  WbInstant first, after;
  gint64    channel_id;
  gint64    order_id;
  int       state;
  guint     offset, limit;
} WbMoneyQuery;

#define WB_MONEY_ALL     (-1)
#define WB_MONEY_WRONG   (-2)
#define WB_MONEY_DIFFERS (-3)

/**
 * WbMoneyTotals: the sums of one currency over all orders of a query. shipped: what was expected
 * for what has left; difference: what was captured beyond (+) or short of (−) it, for what has
 * left. settled, fee and paid_out only of orders that are settled in this currency; the costs of
 * labels only of those bought in it.
 */
typedef struct
{
  char   currency[4];
  gint64 orders;
  gint64 shipped, captured, refunded, settled, fee, paid_out;
  gint64 label_cost, adjustment, stock_cost, difference;
  gint64 counts[WB_N_MONEY_STATES];
} WbMoneyTotals;

GPtrArray *wb_book_list_money (WbBook *self, const WbMoneyQuery *query, GError **error);
GPtrArray *wb_book_list_money_of (WbBook *self, const gint64 *ids, guint n, GError **error);
GArray    *wb_book_list_money_ids (WbBook *self, const WbMoneyQuery *query, GError **error);
GArray    *wb_book_sum_money (WbBook *self, const WbMoneyQuery *query, GError **error);
void       wb_money_row_free (WbMoneyRow *row);
void       wb_money_row_clear (WbMoneyRow *row);
GArray    *wb_money_row_margins (const WbMoneyRow *row);
void       wb_money_row_read_entries (WbMoneyRow *row, GPtrArray *entries);
gint64    *wb_money_row_part (WbMoneyRow *row, WbMoneyPart part);

/* ---- gaps (wb-book-gaps.c) ---- */

gboolean wb_book_money_version (WbBook *self, gint64 *version, GError **error);

/**
 * WbGapFact: one thing that does not fit, without words; which fields are set is the kind's.
 */
typedef struct
{
  gint64    order_id, shipment_id, payout_id, label_id, row_id, entry_id;
  char      currency[4];
  gint64    amount, other;
  WbInstant at, deadline;
  char     *name, *note;
} WbGapFact;

GPtrArray *wb_book_list_gap_facts (WbBook     *self,
                                   const char *kind,
                                   WbInstant   first,
                                   WbInstant   after,
                                   WbInstant   now,
                                   GError    **error);
void       wb_gap_fact_free (WbGapFact *fact);
char      *wb_book_get_accepted_gap (WbBook     *self,
                                     const char *kind,
                                     const char *subject,
                                     const char *fingerprint);
gboolean   wb_book_accept_gap (WbBook     *self,
                               const char *kind,
                               const char *subject,
                               const char *fingerprint,
                               const char *reason,
                               const char *actor,
                               GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMoneyRow, wb_money_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbGapFact, wb_gap_fact_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCandidate, wb_candidate_free)

G_END_DECLS
