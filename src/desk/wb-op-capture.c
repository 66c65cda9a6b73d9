/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operation “capture”: the authorised payment is taken, once, and what was taken is compared
 * with what was asked. */
#include "wb-charge-private.h"

#include <glib/gi18n-lib.h>

static gboolean
read_ask (WbOperation *operation, const WbJson *at, WbMoneyAsk *ask, GError **error)
{
  gint64 amount = 0;

  if (!wb_json_int (at, "amount", &amount, error) ||
      wb_json_string (at, "payment", error) == NULL ||
      wb_json_string (at, "currency", error) == NULL)
    return FALSE;
  *ask = (WbMoneyAsk){
    .payment_ref = wb_json_opt_string (at, "payment"),
    .amount = wb_money (amount, wb_json_opt_string (at, "currency")),
    .key = wb_record_get_text (operation, WB_OPERATION_KEY),
    .reference = wb_json_opt_string (at, "reference"),
    .first_sent_at = wb_record_get_int (operation, WB_OPERATION_SENT_AT),
  };
  return TRUE;
}

static void
fill_outcome (WbOutcome *outcome, const WbMovement *movement)
{
  outcome->reply = wb_json_make ("s:ref", movement->ref, "i:amount", movement->amount.minor,
                                 "s:currency", movement->amount.currency, NULL);
}

static gboolean
capture_perform (WbOperation  *operation,
                 gpointer      context,
                 WbOutcome    *outcome,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request");
  g_autoptr (WbGateway) gateway = wb_desk_open_gateway (
      context, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), error);
  g_auto (WbMovement) movement = { 0 };
  WbMoneyAsk          ask;

  if (gateway == NULL || !read_ask (operation, &at, &ask, error))
    return wb_not_sent (error);
  if (!wb_gateway_capture (gateway, &ask, &movement, cancellable, error))
    return FALSE;
  fill_outcome (outcome, &movement);
  return TRUE;
}

static WbVerdict
capture_verify (WbOperation  *operation,
                gpointer      context,
                WbOutcome    *outcome,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request");
  g_autoptr (WbGateway) gateway = wb_desk_open_gateway (
      context, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), error);
  g_auto (WbMovement) movement = { 0 };
  WbMoneyAsk          ask;

  if (gateway == NULL || !read_ask (operation, &at, &ask, error))
    return WB_VERDICT_UNKNOWN;
  switch (wb_gateway_find_capture (gateway, &ask, &movement, cancellable, error))
    {
    case WB_MOVEMENT_FOUND:
      fill_outcome (outcome, &movement);
      return WB_VERDICT_DONE;
    case WB_MOVEMENT_NOT_MADE:
      return WB_VERDICT_NOT_DONE;
    case WB_MOVEMENT_UNKNOWN:
    default:
      return WB_VERDICT_UNKNOWN;
    }
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
  g_autofree char    *charge = g_strndup (ref, strcspn (ref, "+"));

  if (is_known (book, charge, ref, amount.minor))
    return TRUE;
  wb_record_set_int (entry, WB_ENTRY_AT, wb_now ());
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID,
                     wb_record_get_int (operation, WB_OPERATION_ORDER_ID));
  wb_record_set_int (entry, WB_ENTRY_SHIPMENT_ID,
                     wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID));
  wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_CAPTURED);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_GATEWAY);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, ref);
  /* Several captures of one charge are told apart behind a plus; they are about the same charge. */
  wb_record_set_text (entry, WB_ENTRY_OBJECT_REF, charge);
  wb_record_set_text (entry, WB_ENTRY_PAYMENT_REF, payment_ref);
  wb_record_set_int (entry, WB_ENTRY_CONNECTION_ID,
                     wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID));
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
  g_autofree char *reason =
      g_strdup_printf (_ ("%s was to be captured, but the gateway took %s"), wanted, got);

  wb_record_set_text (order, WB_ORDER_HOLD_REASON, reason);
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
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
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");
  g_autoptr (WbOrder)  order =
      wb_book_get_order (book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), error);
  gint64     amount = 0;
  WbMoneyAsk ask;
  WbMoney    taken;

  if (order == NULL || !read_ask (operation, &at, &ask, error) ||
      !wb_json_int (reply, "amount", &amount, error) ||
      wb_json_string (reply, "ref", error) == NULL ||
      wb_json_string (reply, "currency", error) == NULL)
    return FALSE;
  taken = wb_money (amount, wb_json_opt_string (reply, "currency"));
  wb_record_set_int (order, WB_ORDER_CAPTURED,
                     wb_record_get_int (order, WB_ORDER_CAPTURED) + taken.minor);
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE,
                      leaves_more (book, order, taken.minor) ? WB_CHARGE_PARTIAL
                                                             : WB_CHARGE_CAPTURED);
  if (!wb_money_equal (taken, ask.amount))
    hold_on_difference (order, ask.amount, taken);
  return wb_book_update_order_head (book, order, error) &&
         add_entry (book, operation, ask.payment_ref, taken, wb_json_opt_string (reply, "ref"),
                    error) &&
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
