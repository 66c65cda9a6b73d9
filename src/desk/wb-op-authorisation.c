/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operations “cancel-charge” and “renew-charge”: the rest of an authorisation is let go, or it
 * is kept alive past its days. */
#include "wb-charge-private.h"

/* ---- letting go ---- */

static gboolean
release_perform (WbOperation  *operation,
                 gpointer      context,
                 WbOutcome    *outcome,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_auto (WbMoneyOp) op = { 0 };

  if (!wb_money_op_open (&op, operation, context, error))
    return wb_not_sent (error);
  if (!wb_gateway_cancel (op.gateway, &op.ask, cancellable, error))
    return FALSE;
  outcome->reply = wb_json_make ("s:payment", op.ask.payment_ref, NULL);
  return TRUE;
}

/* The payment itself says whether anything of it can still be captured. */
static WbVerdict
release_verify (WbOperation  *operation,
                gpointer      context,
                WbOutcome    *outcome,
                GCancellable *cancellable,
                GError      **error)
{
  g_auto (WbMoneyOp)    op = { 0 };
  g_autoptr (WbPayment) payment = NULL;

  if (!wb_money_op_open (&op, operation, context, error))
    return WB_VERDICT_UNKNOWN;
  payment = wb_gateway_read_payment (op.gateway, op.ask.payment_ref, cancellable, error);
  if (payment == NULL)
    return WB_VERDICT_UNKNOWN;
  if (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) > 0)
    return WB_VERDICT_NOT_DONE;
  outcome->reply = wb_json_make ("s:payment", op.ask.payment_ref, NULL);
  return WB_VERDICT_DONE;
}

static gboolean
release_apply (WbBook      *book,
               WbOperation *operation,
               WbJson      *reply,
               const char  *document_hash,
               gpointer     context,
               GError     **error)
{
  g_auto (WbMoneyOp)    op = { 0 };
  gint64                order_id = wb_record_get_int (operation, WB_OPERATION_ORDER_ID);
  g_autoptr (WbOrder)   order = wb_book_get_order (book, order_id, error);
  g_autoptr (WbPayment) payment = wb_book_get_payment (book, order_id, NULL);
  gint64                captured;

  if (order == NULL || !wb_money_op_read (&op, operation, error))
    return FALSE;
  captured = payment != NULL ? wb_record_get_int (payment, WB_PAYMENT_CAPTURED) : 0;
  wb_record_set_int (order, WB_ORDER_CAPTURE_BEFORE, 0);
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE,
                      captured > 0 ? WB_CHARGE_CAPTURED : WB_CHARGE_LAPSED);
  return wb_book_update_order_head (book, order, error) &&
         wb_charge_note_released (book, order_id,
                                  wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID),
                                  op.ask.payment_ref, op.ask.amount.currency, captured,
                                  wb_record_get_int (operation, WB_OPERATION_ID), error);
}

/* ---- keeping alive ---- */

static void
fill_renewal (WbOutcome *outcome, const WbRenewal *renewal)
{
  outcome->reply = wb_json_make ("s:payment", renewal->payment_ref, "i:amount",
                                 renewal->amount.minor, "s:currency", renewal->amount.currency,
                                 "i:until", renewal->capture_before, NULL);
}

static gboolean
renew_perform (WbOperation  *operation,
               gpointer      context,
               WbOutcome    *outcome,
               GCancellable *cancellable,
               GError      **error)
{
  g_auto (WbMoneyOp) op = { 0 };
  g_auto (WbRenewal) renewal = { 0 };

  if (!wb_money_op_open (&op, operation, context, error))
    return wb_not_sent (error);
  if (!wb_gateway_reauthorise (op.gateway, &op.ask, &renewal, cancellable, error))
    return FALSE;
  fill_renewal (outcome, &renewal);
  return TRUE;
}

static WbVerdict
renew_verify (WbOperation  *operation,
              gpointer      context,
              WbOutcome    *outcome,
              GCancellable *cancellable,
              GError      **error)
{
  g_auto (WbMoneyOp) op = { 0 };
  g_auto (WbRenewal) renewal = { 0 };
  WbVerdict          verdict;

  if (!wb_money_op_open (&op, operation, context, error))
    return WB_VERDICT_UNKNOWN;
  verdict = wb_money_op_verdict (
      wb_gateway_find_renewal (op.gateway, &op.ask, &renewal, cancellable, error));
  if (verdict == WB_VERDICT_DONE)
    fill_renewal (outcome, &renewal);
  return verdict;
}

/* A new payment has taken the place of the old one: what was left of that is no longer promised by
 * it. Later captures find the new one through this operation (wb_desk_payment_ref()). */
static gboolean
replace_payment (
    WbBook *book, WbOrder *order, WbOperation *operation, const WbMoneyAsk *ask, GError **error)
{
  gint64                order_id = wb_record_get_int (order, WB_ORDER_ID);
  gint64                gateway_id = wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID);
  g_autoptr (WbPayment) old = wb_book_get_payment (book, order_id, error);

  if (old == NULL)
    return FALSE;
  if (g_strcmp0 (wb_record_get_text (old, WB_PAYMENT_REF), ask->payment_ref) == 0)
    {
      wb_record_set_int (old, WB_PAYMENT_CAPTURABLE, 0);
      wb_record_set_int (old, WB_PAYMENT_CAPTURE_BEFORE, 0);
      wb_record_set_text (old, WB_PAYMENT_STATE, WB_PAYMENT_STATE_CANCELLED);
      wb_record_set_text (old, WB_PAYMENT_REAUTHORISE, NULL);
      if (!wb_book_save_payment (book, old, error))
        return FALSE;
    }
  return wb_charge_note_released (book, order_id, gateway_id, ask->payment_ref,
                                  ask->amount.currency,
                                  wb_record_get_int (old, WB_PAYMENT_CAPTURED),
                                  wb_record_get_int (operation, WB_OPERATION_ID), error);
}

static gboolean
renew_apply (WbBook      *book,
             WbOperation *operation,
             WbJson      *reply,
             const char  *document_hash,
             gpointer     context,
             GError     **error)
{
  g_auto (WbMoneyOp)  op = { 0 };
  g_autoptr (WbOrder) order =
      wb_book_get_order (book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), error);
  const char *payment = wb_json_string (reply, "payment", error);
  gint64      until = 0;

  if (order == NULL || payment == NULL || !wb_money_op_read (&op, operation, error) ||
      !wb_json_opt_int (reply, "until", 0, &until, error))
    return FALSE;
  wb_record_set_int (order, WB_ORDER_CAPTURE_BEFORE, until);
  return wb_book_update_order_head (book, order, error) &&
         (g_str_equal (payment, op.ask.payment_ref) ||
          replace_payment (book, order, operation, &op.ask, error));
}

const WbOperationHandler wb_release_handler = { WB_OP_CANCEL_CHARGE, release_perform,
                                                release_verify, release_apply, NULL };
const WbOperationHandler wb_renew_handler = { WB_OP_RENEW, renew_perform, renew_verify, renew_apply,
                                              NULL };
