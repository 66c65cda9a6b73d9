/* SPDX-License-Identifier: GPL-3.0-or-later
 * WooPayments as the practice shop has it: a payment is captured or given up through the shop, as a
 * whole, with the refusals of the real one. */
#include "wb-town-stripe.h"
#include "wb-town-woo.h"

#include "wb-json.h"
#include "wb-text.h"

#include <string.h>

#define METHOD "woocommerce_payments"

/** wb_town_woo_payments_owns: whether @order is paid through WooPayments. */
gboolean
wb_town_woo_payments_owns (const WbTownOrder *order)
{
  return g_strcmp0 (order->payment_method, METHOD) == 0;
}

/** wb_town_woo_payments_note: writes into @order how its payment stands. */
void
wb_town_woo_payments_note (WbTown *town, WbTownOrder *order, const char *status)
{
  WbTownMeta      *row = wb_town_meta_find (order->meta, "_intention_status");
  g_autofree char *json = g_strdup_printf ("\"%s\"", status);

  if (row == NULL)
    g_ptr_array_add (order->meta, wb_town_meta_text (wb_town_shop_next_id (town->shop),
                                                     "_intention_status", status));
  else
    wb_set_str (&row->value, json);
}

static gint64
refunded (const WbTownOrder *order)
{
  gint64 sum = 0;

  for (guint i = 0; i < order->refunds->len; i++)
    sum += ((WbTownRefund *) order->refunds->pdata[i])->amount;
  return sum;
}

/* The order and its payment, when this one may be acted upon at all; else the refusal. */
static WbTownIntent *
intent_to_change (WbTown *town, WbTownRequest *request, WbTownReply *reply, WbTownOrder **order)
{
  gint64        id = g_ascii_strtoll (request->params[0], NULL, 10);
  WbJson        body = wb_json_root (request->json, "body");
  const char   *name = wb_json_opt_string (&body, "payment_intent_id");
  WbTownIntent *intent;

  if (name == NULL)
    wb_town_woo_fail (reply, 400, "rest_missing_callback_param",
                      "Missing parameter(s): payment_intent_id");
  else if ((*order = wb_town_shop_change (town->shop, id)) == NULL)
    wb_town_woo_fail (reply, 404, "wcpay_missing_order", "Order not found");
  else if (refunded (*order) > 0)
    wb_town_woo_fail (reply, 400, "wcpay_refunded_order_uncapturable",
                      "Payment cannot be captured for partially or fully refunded orders.");
  else if ((intent = wb_town_bank_find (town->bank, name)) == NULL)
    wb_town_woo_fail (reply, 500, "wcpay_server_error", "Unexpected server error");
  else if (intent->order != (*order)->id)
    wb_town_woo_fail (reply, 409, "wcpay_intent_order_mismatch", "The payment cannot be captured");
  else if (strcmp (intent->status, "canceled") == 0)
    wb_town_woo_fail (reply, 409, "wcpay_payment_uncapturable", "The payment cannot be captured");
  else
    return intent;
  return NULL;
}

static void
fail_capture (WbTownReply *reply, guint status, const char *why)
{
  g_autofree char *message =
      g_strdup_printf ("Payment capture failed to complete with the following message: %s", why);

  wb_town_woo_fail (reply, status, "wcpay_capture_error", message);
}

static void
reply_done (WbTownReply *reply, const WbTownIntent *intent)
{
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "status", "succeeded");
  wb_town_out_string (reply->out, "id", intent->id);
  wb_town_out_end_object (reply->out);
}

/** wb_town_woo_capture_authorization: POST /payments/orders/{id}/capture_authorization: the order's
 * total, whatever was meant. */
void
wb_town_woo_capture_authorization (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder  *order = NULL;
  WbTownIntent *intent = intent_to_change (town, request, reply, &order);
  gint64        amount;

  if (intent == NULL)
    return;
  reply->effect = TRUE;
  amount = wb_town_minor_of (order->total, order->currency);
  if (strcmp (intent->status, "requires_capture") != 0)
    fail_capture (reply, 400,
                  "This PaymentIntent could not be captured because it has a status of succeeded.");
  else if (intent->declines)
    {
      intent->refused = TRUE;
      fail_capture (reply, 402, "Your card was declined.");
    }
  else if (amount > wb_town_bank_left (intent))
    fail_capture (reply, 400,
                  "The requested capture amount is greater than the amount you can capture.");
  else
    {
      wb_town_bank_capture (town->bank, intent, amount, FALSE);
      intent->by_shop = TRUE;
      wb_town_stripe_note (town, "charge.captured", intent);
      wb_town_stripe_note (town, "payment_intent.succeeded", intent);
      wb_town_woo_payments_note (town, order, intent->status);
      if (strcmp (order->status, "on-hold") == 0)
        wb_town_shop_set_status (town->shop, order, "processing");
      wb_town_shop_changed (town->shop, order, TRUE);
      reply_done (reply, intent);
    }
}

/** wb_town_woo_cancel_authorization: POST /payments/orders/{id}/cancel_authorization. */
void
wb_town_woo_cancel_authorization (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder  *order = NULL;
  WbTownIntent *intent = intent_to_change (town, request, reply, &order);

  if (intent == NULL)
    return;
  reply->effect = TRUE;
  if (strcmp (intent->status, "requires_capture") != 0)
    {
      wb_town_woo_fail (reply, 409, "wcpay_payment_uncapturable", "The payment cannot be canceled");
      return;
    }
  wb_town_bank_cancel (town->bank, intent, g_intern_string ("requested_by_customer"));
  wb_town_stripe_note (town, "payment_intent.canceled", intent);
  wb_town_woo_payments_note (town, order, intent->status);
  wb_town_shop_set_status (town->shop, order, "cancelled");
  wb_town_shop_changed (town->shop, order, TRUE);
  reply_done (reply, intent);
}

/** wb_town_woo_get_payment_intent: GET /payments/payment_intents/{id}. */
void
wb_town_woo_get_payment_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownIntent *intent = wb_town_bank_find (town->bank, request->params[0]);

  if (intent == NULL)
    {
      wb_town_woo_fail (reply, 500, "wcpay_get_payment_intent",
                        "No such payment_intent with this id");
      return;
    }
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "id", intent->id);
  wb_town_out_int (reply->out, "amount", intent->amount);
  wb_town_out_string (reply->out, "currency", intent->currency);
  wb_town_out_begin_object (reply->out, "charge");
  wb_town_out_string (reply->out, "id", intent->charge);
  wb_town_out_int (reply->out, "amount", intent->amount);
  wb_town_out_int (reply->out, "amount_captured", intent->captured);
  wb_town_out_int (reply->out, "amount_refunded", wb_town_bank_refunded (intent));
  wb_town_out_bool (reply->out, "captured", intent->captured > 0);
  wb_town_out_begin_object (reply->out, "payment_method_details");
  wb_town_out_string (reply->out, "type", "card");
  wb_town_out_begin_object (reply->out, "card");
  if (strcmp (intent->status, "requires_capture") == 0)
    wb_town_out_int (reply->out, "capture_before", intent->capture_before);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
  wb_town_out_int (reply->out, "created", intent->created);
  wb_town_out_string (reply->out, "status", intent->status);
  wb_town_out_end_object (reply->out);
}
