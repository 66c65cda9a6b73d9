/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files that move money share. */
#pragma once

#include "wb-book-money.h"
#include "wb-desk-charge.h"
#include "wb-desk-private.h"

G_BEGIN_DECLS

/* How a refund is made, as its request says it (“way”). */
#define WB_WAY_GATEWAY "gateway"
#define WB_WAY_SHOP    "shop"
#define WB_WAY_HAND    "hand"

/* An operation on a payment, read and opened (wb-op-money.c). */
typedef struct
{
  WbGateway *gateway;
  JsonNode  *request;
  WbJson     at; /* in @request */
  WbMoneyAsk ask;
} WbMoneyOp;

typedef gboolean (*WbMoveFunc) (WbGateway        *gateway,
                                const WbMoneyAsk *ask,
                                WbMovement       *movement,
                                GCancellable     *cancellable,
                                GError          **error);
typedef WbMovementFinding (*WbFindMoveFunc) (WbGateway        *gateway,
                                             const WbMoneyAsk *ask,
                                             WbMovement       *movement,
                                             GCancellable     *cancellable,
                                             GError          **error);

gboolean  wb_money_op_amount (const WbJson *at, WbMoney *amount, GError **error);
gboolean  wb_money_op_read (WbMoneyOp *self, WbOperation *operation, GError **error);
gboolean  wb_money_op_open (WbMoneyOp *self, WbOperation *operation, gpointer desk, GError **error);
void      wb_money_op_clear (WbMoneyOp *self);
void      wb_money_op_moved (WbOutcome *outcome, const char *ref, WbMoney amount);
WbVerdict wb_money_op_verdict (WbMovementFinding finding);
gboolean  wb_money_op_perform (WbOperation  *operation,
                               gpointer      desk,
                               WbMoveFunc    move,
                               WbOutcome    *outcome,
                               GCancellable *cancellable,
                               GError      **error);
void      wb_money_op_hold (WbOrder *order, char *reason);
WbVerdict wb_money_op_verify (WbOperation   *operation,
                              gpointer       desk,
                              WbFindMoveFunc find,
                              WbOutcome     *outcome,
                              GCancellable  *cancellable,
                              GError       **error);

WbEntry *wb_charge_entry (gint64 order_id, const char *kind, const char *source, WbMoney amount);
gboolean
wb_charge_note_authorised (WbBook *book, WbOrder *order, WbPayment *payment, GError **error);
gboolean wb_charge_note_released (WbBook     *book,
                                  gint64      order_id,
                                  gint64      gateway_id,
                                  const char *payment_ref,
                                  const char *currency,
                                  gint64      captured,
                                  gint64      operation_id,
                                  GError    **error);
gboolean wb_charge_is_open (gpointer operation);
char    *wb_desk_payment_ref (WbBook *book, WbOrder *order, const char *first);
gboolean wb_desk_is_by_hand (WbDesk *self, gint64 gateway_id);
gboolean wb_desk_go_on_charges (WbDesk *self, GCancellable *cancellable, GError **first);
gboolean wb_desk_retry_refund (WbDesk       *self,
                               WbOperation  *operation,
                               GCancellable *cancellable,
                               GError      **error);
gboolean wb_desk_follow_charge (WbDesk       *self,
                                WbOperation  *operation,
                                GCancellable *cancellable,
                                GError      **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbMoneyOp, wb_money_op_clear)

G_END_DECLS
