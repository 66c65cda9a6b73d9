/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moving money of an order besides shipping it: each work is one call of the engine. */
#pragma once

#include "wb-desk-charge.h"
#include "wb-worker.h"

G_BEGIN_DECLS

/* What is to be given back, kept until the engine has it. */
typedef struct
{
  gint64   order_id;
  GArray  *ids, *quantities;
  gboolean shipping, restock;
  gint64   amount;
  char    *reason;
  char    *id;
} WbRefundWish;

/* Data: a WbRefundWish. Result: (transfer full) a WbRefundPlan: wb_refund_plan_unref(). */
extern const WbWorkKind wb_refund_plan_work;
/* Data: a WbRefundWish. Result: (transfer full) text for a toast. */
extern const WbWorkKind wb_refund_work;
/* Data: a WbRefundWish, of which the order counts. Result: (transfer full) text for a toast. */
extern const WbWorkKind wb_release_charge_work;
extern const WbWorkKind wb_renew_charge_work;

/* What becomes of money that is neither captured nor authorised. */
typedef enum
{
  WB_SETTLE_RECEIVED,
  WB_SETTLE_ASKED,
  WB_SETTLE_WRITTEN_OFF,
  WB_N_SETTLES,
} WbSettle;

/* @amount: minor units of the order's currency; @text: how it came, the link to pay by, or why it
 * is given up; @id: the same one counts once. */
typedef struct
{
  gint64   order_id;
  WbSettle way;
  gint64   amount;
  char    *text;
  char    *id;
} WbSettleWish;

/* Data: a WbSettleWish. Result: (transfer full) text for a toast; where it is asked for, the text
 * for the customer. */
extern const WbWorkKind wb_settle_work;

WbRefundWish *wb_refund_wish_new (gint64 order_id, const char *id);
void          wb_refund_wish_free (gpointer wish);
WbRefundAsk   wb_refund_wish_ask (const WbRefundWish *wish);
void          wb_refund_plan_unref (gpointer plan);
WbSettleWish *wb_settle_wish_new (gint64 order_id, WbSettle way, const char *id);
void          wb_settle_wish_free (gpointer wish);

G_END_DECLS
