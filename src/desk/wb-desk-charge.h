/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moving money of an order besides shipping it: refunds, the release and the renewal of an
 * authorisation, what is written off, asked for, or received by hand. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

/* ---- refunds (wb-refund-plan.c, wb-refund-case.c, wb-desk-refund.c) ---- */

/**
 * WbRefundAsk: what is to be given back. Nothing is owned.
 * @n, @line_ids, @quantities: pieces of lines
 * @shipping: the shipping cost as well
 * @amount: a free amount on top, in the order's currency
 * @all: everything that is left; with lines, the rest beyond them is a free amount
 * @reason: (nullable): for the shop's record and the timeline
 * @restock: the shop puts the pieces back into its stock
 * @by_hand: it is given back by hand (cash, transfer): nothing is sent to a gateway
 * @silent: the shop is not told
 * @id: (nullable): the caller's own name for this wish: the same one is done once, however often it
 * is asked
 */
typedef struct
{
  gint64        order_id;
  guint         n;
  const gint64 *line_ids;
  const gint64 *quantities;
  gboolean      shipping;
  gint64        amount;
  gboolean      all;
  const char   *reason;
  gboolean      restock;
  gboolean      by_hand;
  gboolean      silent;
  const char   *id;
} WbRefundAsk;

typedef enum
{
  WB_REFUND_GATEWAY, /* we give it back at the gateway, and tell the shop */
  WB_REFUND_SHOP,    /* the shop gives it back through its own gateway */
  WB_REFUND_HAND,    /* a person gives it back, and we write it down */
} WbRefundWay;

/** WbRefundLine: @quantity pieces of a line (0: it has none, as shipping), their worth and tax. */
typedef struct
{
  gint64 line_id;
  char  *ref;
  char  *name;
  gint64 quantity, net, tax;
} WbRefundLine;

/**
 * WbRefundPlan: what would be given back, and how. Minor units of @currency.
 * @remaining: the most that can be given back now, as the gateway (or the shop) says
 * @amount: all of it; @free_amount: of it beyond the lines
 * @lines: (element-type WbRefundLine)
 * @captures: (nullable): names and amounts of the captures that it is taken from, where the gateway
 * refunds one at a time
 * @how: for people
 */
typedef struct
{
  char        currency[4];
  gint64      remaining;
  gint64      amount;
  gint64      free_amount;
  WbRefundWay way;
  gint64      connection_id;
  char       *payment_ref;
  GPtrArray  *lines;
  GPtrArray  *captures;
  char       *how;
} WbRefundPlan;

gint64   wb_refund_left_of_line (WbOrder *order, gint64 line_id, GPtrArray *operations);
gboolean wb_refund_plan_lines (WbOrder           *order,
                               GPtrArray         *operations,
                               const WbRefundAsk *ask,
                               WbRefundPlan      *plan,
                               GError           **error);
gboolean wb_desk_plan_refund (WbDesk            *self,
                              const WbRefundAsk *ask,
                              WbRefundPlan      *plan,
                              GCancellable      *cancellable,
                              GError           **error);
gboolean wb_desk_refund (WbDesk            *self,
                         const WbRefundAsk *ask,
                         char             **outcome,
                         GCancellable      *cancellable,
                         GError           **error);
void     wb_refund_plan_clear (WbRefundPlan *plan);
void     wb_refund_line_free (WbRefundLine *line);

/* ---- the authorisation (wb-desk-charge.c) ---- */

gboolean wb_desk_release_rest (
    WbDesk *self, gint64 order_id, WbMoney *released, GCancellable *cancellable, GError **error);
gboolean wb_desk_renew (
    WbDesk *self, gint64 order_id, WbInstant *until, GCancellable *cancellable, GError **error);
char    *wb_charge_name (WbBook *book, gint64 connection_id, const char *ref);
gboolean wb_order_may_release (WbOrder *order, WbPayment *payment);
gboolean wb_order_may_renew (WbOrder *order, WbPayment *payment, WbInstant now);

/* ---- what no gateway moves (wb-desk-by-hand.c) ---- */

gboolean wb_desk_write_off (WbDesk     *self,
                            gint64      order_id,
                            gint64      amount,
                            const char *reason,
                            const char *id,
                            GError    **error);
gboolean wb_desk_request_payment (
    WbDesk *self, gint64 order_id, gint64 amount, const char *link, char **text, GError **error);
gboolean wb_desk_receive (
    WbDesk *self, gint64 order_id, gint64 amount, const char *how, const char *id, GError **error);
gint64 wb_order_open_amount (WbBook *book, WbOrder *order, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbRefundPlan, wb_refund_plan_clear)

G_END_DECLS
