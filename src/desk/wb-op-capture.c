/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operation “capture”: the authorised payment is taken, once, and what was taken is compared
 * with what was asked. */
#include "wb-charge-private.h"

#include <glib/gi18n-lib.h>

static gboolean
capture_perform (WbOperation  *operation,
                 gpointer      context,
                 WbOutcome    *outcome,
                 GCancellable *cancellable,
                 GError      **error)
{
  return wb_money_op_perform (operation, context, wb_gateway_capture, outcome, cancellable, error);
}

static WbVerdict
capture_verify (WbOperation  *operation,
                gpointer      context,
                WbOutcome    *outcome,
                GCancellable *cancellable,
                GError      **error)
{
  return wb_money_op_verify (operation, context, wb_gateway_find_capture, outcome, cancellable,
                             error);
}

/* The reading of the gateway's balance may have seen this capture first. What was captured of the
 * charge before it stands behind the plus of its name; what the ledger has beyond that is this. */
static gboolean
is_known (WbBook *book, const char *charge, const char *ref, gint64 amount)
{
  const char *plus = strchr (ref, '+');
  gint64      before = plus != NULL ? g_ascii_strtoll (plus + 1, NULL, 10) : 0, captured = 0;

  return wb_book_sum_object (book, WB_ENTRY_CAPTURED, charge, &captured, NULL) &&
         captured >= before + amount;
}

static gboolean
add_entry (WbBook      *book,
           WbOperation *operation,
           const char  *payment_ref,
           WbMoney      amount,
           const char  *ref,
           GError     **error)
{
  g_autoptr (WbEntry) entry = wb_entry_new ();
  gint64              gateway_id = wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID);
  g_autofree char    *name = wb_charge_name (book, gateway_id, ref);
  g_autofree char    *charge = g_strndup (name, strcspn (name, "+"));

  if (is_known (book, charge, ref, amount.minor))
    return TRUE;
  wb_record_set_int (entry, WB_ENTRY_AT, wb_now ());
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID,
                     wb_record_get_int (operation, WB_OPERATION_ORDER_ID));
  wb_record_set_int (entry, WB_ENTRY_SHIPMENT_ID,
                     wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID));
  wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_CAPTURED);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_GATEWAY);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, name);
  /* Several captures of one charge are told apart behind a plus; they are about the same charge. */
  wb_record_set_text (entry, WB_ENTRY_OBJECT_REF, charge);
  wb_record_set_text (entry, WB_ENTRY_PAYMENT_REF, payment_ref);
  wb_record_set_int (entry, WB_ENTRY_CONNECTION_ID, gateway_id);
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, amount.currency);
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, amount.minor);
  wb_record_set_int (entry, WB_ENTRY_OPERATION_ID, wb_record_get_int (operation, WB_OPERATION_ID));
  return wb_book_add_entry (book, entry, NULL, error);
}

/* More or less than asked: the order is held until a person has looked. */
static void
hold_on_difference (WbOrder *order, WbMoney asked, WbMoney taken)
{
  g_autofree char *wanted = wb_money_to_text (asked), *got = wb_money_to_text (taken);

  /* Translators: both placeholders are amounts with their currency */
  wb_money_op_hold (
      order, g_strdup_printf (_ ("%s was to be captured, but the gateway took %s"), wanted, got));
}

/* The only capture there can be lets go what it leaves. */
static gboolean
let_go (WbBook      *book,
        WbOperation *operation,
        WbOrder     *order,
        const char  *currency,
        gint64       taken,
        GError     **error)
{
  g_autoptr (WbPayment) payment =
      wb_book_get_payment (book, wb_record_get_int (order, WB_ORDER_ID), NULL);

  if (payment == NULL || wb_record_get_bool (payment, WB_PAYMENT_MULTI_CAPTURE))
    return TRUE;
  return wb_charge_note_released (book, wb_record_get_int (order, WB_ORDER_ID),
                                  wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID),
                                  wb_record_get_text (payment, WB_PAYMENT_REF), currency,
                                  wb_record_get_int (payment, WB_PAYMENT_CAPTURED) + taken,
                                  wb_record_get_int (operation, WB_OPERATION_ID), error);
}

/* Whether this payment can be captured again for what is left: then its end still matters. */
static gboolean
leaves_more (WbBook *book, WbOrder *order, gint64 taken)
{
  g_autoptr (WbPayment) payment =
      wb_book_get_payment (book, wb_record_get_int (order, WB_ORDER_ID), NULL);

  return payment != NULL && wb_record_get_bool (payment, WB_PAYMENT_MULTI_CAPTURE) &&
         wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) > taken;
}

static gboolean
capture_apply (WbBook      *book,
               WbOperation *operation,
               WbJson      *reply,
               const char  *document_hash,
               gpointer     context,
               GError     **error)
{
  g_auto (WbMoneyOp)  op = { 0 };
  g_autoptr (WbOrder) order =
      wb_book_get_order (book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), error);
  const char *ref = wb_json_string (reply, "ref", error);
  WbMoney     taken;

  if (order == NULL || ref == NULL || !wb_money_op_read (&op, operation, error) ||
      !wb_money_op_amount (reply, &taken, error))
    return FALSE;
  wb_record_set_int (order, WB_ORDER_CAPTURED,
                     wb_record_get_int (order, WB_ORDER_CAPTURED) + taken.minor);
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE,
                      leaves_more (book, order, taken.minor) ? WB_CHARGE_PARTIAL
                                                             : WB_CHARGE_CAPTURED);
  if (!wb_money_equal (taken, op.ask.amount))
    hold_on_difference (order, op.ask.amount, taken);
  return wb_book_update_order_head (book, order, error) &&
         add_entry (book, operation, op.ask.payment_ref, taken, ref, error) &&
         let_go (book, operation, order, taken.currency, taken.minor, error);
}

static gboolean
capture_refused (
    WbBook *book, WbOperation *operation, const GError *why, gpointer context, GError **error)
{
  g_autoptr (WbOrder) order =
      wb_book_get_order (book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), error);

  if (order == NULL)
    return FALSE;
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE,
                      why->code == WB_ERROR_EXPIRED ? WB_CHARGE_LAPSED : WB_CHARGE_REFUSED);
  return wb_book_update_order_head (book, order, error);
}

const WbOperationHandler wb_capture_handler = { WB_OP_CAPTURE, capture_perform, capture_verify,
                                                capture_apply, capture_refused };
