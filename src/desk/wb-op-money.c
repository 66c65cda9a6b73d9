/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the operations on a payment share: opening whoever takes it, reading what is asked of him,
 * and writing down what he said. */
#include "wb-charge-private.h"

/* The amount that a request or a reply names. */
gboolean
wb_money_op_amount (const WbJson *at, WbMoney *amount, GError **error)
{
  gint64      minor = 0;
  const char *currency;

  if (!wb_json_int (at, "amount", &minor, error) ||
      (currency = wb_json_string (at, "currency", error)) == NULL)
    return FALSE;
  *amount = wb_money (minor, currency);
  return TRUE;
}

/* Reads what @operation asks for; to be cleared with wb_money_op_clear(), also after a failure. */
gboolean
wb_money_op_read (WbMoneyOp *self, WbOperation *operation, GError **error)
{
  const char *key = wb_record_get_text (operation, WB_OPERATION_KEY);
  const char *reference, *group;

  self->request = wb_operation_request (operation);
  self->at = wb_json_root (self->request, "request");
  reference = wb_json_opt_string (&self->at, "reference");
  group = wb_json_opt_string (&self->at, "group");
  self->ask = (WbMoneyAsk){
    .payment_ref = wb_json_string (&self->at, "payment", error),
    .key = key,
    .reference = reference != NULL ? reference
                 : group != NULL   ? group
                                   : key,
    .first_sent_at = wb_record_get_int (operation, WB_OPERATION_SENT_AT),
  };
  return self->ask.payment_ref != NULL && wb_money_op_amount (&self->at, &self->ask.amount, error);
}

/* The same, with whoever takes the payment opened. */
gboolean
wb_money_op_open (WbMoneyOp *self, WbOperation *operation, gpointer desk, GError **error)
{
  self->gateway =
      wb_desk_open_gateway (desk, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), error);
  return self->gateway != NULL && wb_money_op_read (self, operation, error);
}

/* Frees what @self holds. */
void
wb_money_op_clear (WbMoneyOp *self)
{
  g_clear_object (&self->gateway);
  g_clear_pointer (&self->request, json_node_unref);
}

/* Puts a movement into the reply that wb_money_op_amount() reads. */
void
wb_money_op_moved (WbOutcome *outcome, const char *ref, WbMoney amount)
{
  outcome->reply =
      wb_json_make ("s:ref", ref, "i:amount", amount.minor, "s:currency", amount.currency, NULL);
}

/* What a finding means for the journal. */
WbVerdict
wb_money_op_verdict (WbMovementFinding finding)
{
  static const WbVerdict verdicts[] = {
    [WB_MOVEMENT_UNKNOWN] = WB_VERDICT_UNKNOWN,
    [WB_MOVEMENT_FOUND] = WB_VERDICT_DONE,
    [WB_MOVEMENT_NOT_MADE] = WB_VERDICT_NOT_DONE,
  };

  return finding < G_N_ELEMENTS (verdicts) ? verdicts[finding] : WB_VERDICT_UNKNOWN;
}

/* Sends the capture or the refund of @operation. */
gboolean
wb_money_op_perform (WbOperation  *operation,
                     gpointer      desk,
                     WbMoveFunc    move,
                     WbOutcome    *outcome,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_auto (WbMoneyOp)  op = { 0 };
  g_auto (WbMovement) movement = { 0 };

  if (!wb_money_op_open (&op, operation, desk, error))
    return wb_not_sent (error);
  if (!move (op.gateway, &op.ask, &movement, cancellable, error))
    return FALSE;
  wb_money_op_moved (outcome, movement.ref, movement.amount);
  return TRUE;
}

/* Asks whether the capture or the refund of @operation was made. */
WbVerdict
wb_money_op_verify (WbOperation   *operation,
                    gpointer       desk,
                    WbFindMoveFunc find,
                    WbOutcome     *outcome,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_auto (WbMoneyOp)  op = { 0 };
  g_auto (WbMovement) movement = { 0 };
  WbVerdict           verdict;

  if (!wb_money_op_open (&op, operation, desk, error))
    return WB_VERDICT_UNKNOWN;
  verdict = wb_money_op_verdict (find (op.gateway, &op.ask, &movement, cancellable, error));
  if (verdict == WB_VERDICT_DONE)
    wb_money_op_moved (outcome, movement.ref, movement.amount);
  return verdict;
}

/* More or less has moved than was asked: nothing of the order goes on before a person has looked.
 * @reason: (transfer full): what was asked, and what moved. */
void
wb_money_op_hold (WbOrder *order, char *reason)
{
  wb_record_take_text (order, WB_ORDER_HOLD_REASON, reason);
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
}
