/* SPDX-License-Identifier: GPL-3.0-or-later
 * Capturing an authorisation at PayPal, and finding out whether a capture was made.
 *
 * Each capture bears our reference as its invoice number. PayPal shows it with the capture, and
 * refuses a second payment with the same number, so that it is found again and guards besides. */
#include "wb-paypal-private.h"

#include "wb-text.h"

/* Among an order's captures ours is the one with our reference. */
static WbPaypalMark
mark_of (const WbPaypalSale *sale, const WbMoneyAsk *ask)
{
  return (WbPaypalMark){ &sale->captures, sale->n_captures, "invoice_id", ask->reference,
                         wb_paypal_took_money };
}

/** wb_paypal_find_capture: wb_gateway_find_capture(). */
WbMovementFinding
wb_paypal_find_capture (WbGateway        *gateway,
                        const WbMoneyAsk *ask,
                        WbMovement       *movement,
                        GCancellable     *cancellable,
                        GError          **error)
{
  return wb_paypal_find (WB_PAYPAL (gateway), ask, mark_of, movement, cancellable, error);
}

static gboolean
fail_state (const WbMoneyAsk *ask, WbPayment *payment, GError **error)
{
  static const struct
  {
    const char *state;
    WbError     means;
  } states[] = {
    { WB_PAYMENT_STATE_CAPTURED, WB_ERROR_ALREADY },
    { WB_PAYMENT_STATE_LAPSED, WB_ERROR_EXPIRED },
    { WB_PAYMENT_STATE_FAILED, WB_ERROR_DECLINED },
  };
  const char *state = wb_record_get_text (payment, WB_PAYMENT_STATE);
  WbError     means = WB_ERROR_REFUSED;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, state) == 0)
      means = states[i].means;
  g_set_error (error, WB_ERROR, means,
               "The payment %s at PayPal is %s: there is nothing to capture", ask->payment_ref,
               state);
  return FALSE;
}

static gboolean
check_capturable (const WbMoneyAsk *ask, WbPayment *payment, GError **error)
{
  WbMoney          capturable = wb_record_get_money (payment, WB_PAYMENT_CAPTURABLE);
  g_autofree char *asked = NULL;
  g_autofree char *left = NULL;

  if (capturable.minor <= 0)
    return fail_state (ask, payment, error);
  if (ask->amount.minor <= capturable.minor)
    return TRUE;
  asked = wb_money_to_decimal (ask->amount);
  left = wb_money_to_decimal (capturable);
  g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
               "%s %s is more than the %s %s that can still be captured of %s", asked,
               ask->amount.currency, left, capturable.currency, ask->payment_ref);
  return FALSE;
}

/* @final: whether what is left of the authorisation is released. */
static WbHttpRequest *
capture_request (const char *auth_id, const WbMoneyAsk *ask, const char *value, gboolean final)
{
  WbHttpRequest *request = wb_http_request_new_segments ("POST", "v2", "payments", "authorizations",
                                                         auth_id, "capture", NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  wb_paypal_add_amount (builder, ask, value);
  json_builder_set_member_name (builder, "invoice_id");
  json_builder_add_string_value (builder, ask->reference);
  json_builder_set_member_name (builder, "final_capture");
  json_builder_add_boolean_value (builder, final);
  wb_paypal_close_ask (request, builder, ask);
  return request;
}

static gboolean
take_reply (JsonNode *root, WbMovement *movement, GError **error)
{
  g_autoptr (GError) local = NULL;
  WbJson             capture = wb_json_root (root, "capture");
  WbJson             details = wb_json_member (&capture, "status_details");
  const char        *reason = wb_json_opt_string (&details, "reason");

  if (!wb_paypal_took_money (&capture))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_DECLINED, "PayPal could not take the money (%s)",
                   reason != NULL ? reason : wb_json_opt_string (&capture, "status"));
      return FALSE;
    }
  if (wb_paypal_read_movement (&capture, movement, &local))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "PayPal was sent the capture, but its answer is not clear: %s", local->message);
  return FALSE;
}

static gboolean
send_capture (WbPaypal      *self,
              WbHttpRequest *request,
              WbMovement    *movement,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (WbHttpResponse) response = wb_paypal_send (self, request, cancellable, error);
  g_autoptr (JsonNode)       root = NULL;
  g_autoptr (GError)         local = NULL;

  if (response == NULL || !wb_paypal_check (response, WB_PAYPAL_CAPTURE, error))
    return FALSE;
  if ((root = wb_http_response_json (response, &local)) != NULL)
    return take_reply (root, movement, error);
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "PayPal was sent the capture, but its answer is not clear: %s", local->message);
  return FALSE;
}

/**
 * wb_paypal_capture: wb_gateway_capture(). Reads the order first: what was captured outside, has
 * lapsed or is too little is refused before anything is sent. What is left of the authorisation
 * stays open until the last of it is asked for. A capture that PayPal still looks at (“PENDING”)
 * counts as made.
 */
gboolean
wb_paypal_capture (WbGateway        *gateway,
                   const WbMoneyAsk *ask,
                   WbMovement       *movement,
                   GCancellable     *cancellable,
                   GError          **error)
{
  WbPaypal                 *self = WB_PAYPAL (gateway);
  g_auto (WbPaypalSale)     sale = { 0 };
  g_autoptr (WbPayment)     payment = NULL;
  g_autoptr (WbHttpRequest) request = NULL;
  g_autofree char          *value = NULL;
  const char               *auth_id;

  if (!wb_paypal_begin (self, ask, mark_of, &sale, &payment, &value, cancellable, error) ||
      !check_capturable (ask, payment, error) ||
      (auth_id = wb_json_string (&sale.authorisation, "id", error)) == NULL)
    return FALSE;
  request = capture_request (
      auth_id, ask, value, ask->amount.minor == wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE));
  return send_capture (self, request, movement, cancellable, error);
}
