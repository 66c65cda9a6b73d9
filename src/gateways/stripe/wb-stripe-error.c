/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe's errors as ours: every refusal told apart, with Stripe's own words. */
#include "wb-stripe-private.h"

#include "wb-text.h"

#include <string.h>

/* By error.code (https://docs.stripe.com/error-codes); asked first, being the most exact. */
static const struct
{
  const char *code;
  WbError     means;
} codes[] = {
  { "card_declined", WB_ERROR_DECLINED },
  { "expired_card", WB_ERROR_DECLINED },
  { "payment_intent_authentication_failure", WB_ERROR_DECLINED },
  { "payment_intent_payment_attempt_failed", WB_ERROR_DECLINED },
  { "charge_expired_for_capture", WB_ERROR_EXPIRED },
  { "capture_charge_authorization_expired", WB_ERROR_EXPIRED },
  { "payment_intent_payment_attempt_expired", WB_ERROR_EXPIRED },
  { "charge_already_captured", WB_ERROR_ALREADY },
  { "charge_already_refunded", WB_ERROR_ALREADY },
  { "amount_too_large", WB_ERROR_TOO_MUCH },
  { "amount_too_small", WB_ERROR_INVALID },
  { "resource_missing", WB_ERROR_NOT_FOUND },
  { "idempotency_key_in_use", WB_ERROR_UNSURE },
  { "rate_limit", WB_ERROR_UNAVAILABLE },
  { "lock_timeout", WB_ERROR_UNAVAILABLE },
  { "balance_insufficient", WB_ERROR_REFUSED },
  { "charge_disputed", WB_ERROR_REFUSED },
  { "refund_disputed_payment", WB_ERROR_REFUSED },
  { "charge_not_refundable", WB_ERROR_REFUSED },
  { "capture_unauthorized_payment", WB_ERROR_REFUSED },
  { "account_closed", WB_ERROR_AUTH },
  { "account_invalid", WB_ERROR_AUTH },
  { "api_key_expired", WB_ERROR_AUTH },
  { "platform_api_key_expired", WB_ERROR_AUTH },
  { "secret_key_required", WB_ERROR_AUTH },
  { "livemode_mismatch", WB_ERROR_AUTH },
  { "testmode_charges_only", WB_ERROR_AUTH },
  { "parameter_invalid_integer", WB_ERROR_INVALID },
  { "parameter_unknown", WB_ERROR_INVALID },
  { "parameter_missing", WB_ERROR_INVALID },
};

/* By error.type. */
static const struct
{
  const char *type;
  WbError     means;
} types[] = {
  { "card_error", WB_ERROR_DECLINED },
  { "idempotency_error", WB_ERROR_CONFLICT },
  { "authentication_error", WB_ERROR_AUTH },
  { "rate_limit_error", WB_ERROR_UNAVAILABLE },
};

/**
 * wb_stripe_intent_refusal:
 * @status: the PaymentIntent's
 * @cancellation_reason: (nullable): its reason when it is canceled
 *
 * Returns: what it means that an intent in this state does not allow @act. An authorisation that
 * ran out is told from one that somebody cancelled by the reason: Stripe itself cancels with
 * “automatic” (later “expired”).
 */
WbError
wb_stripe_intent_refusal (const char *status, const char *cancellation_reason, WbStripeAct act)
{
  if (g_strcmp0 (status, "succeeded") == 0)
    return act == WB_STRIPE_CAPTURE ? WB_ERROR_ALREADY : WB_ERROR_REFUSED;
  if (g_strcmp0 (status, "canceled") != 0)
    return WB_ERROR_REFUSED;
  if (act == WB_STRIPE_CANCEL)
    return WB_ERROR_ALREADY;
  return wb_stripe_has_lapsed (cancellation_reason) ? WB_ERROR_EXPIRED : WB_ERROR_REFUSED;
}

/* An amount refused by its size comes with or without a code: by its parameter and the words then.
 */
static gboolean
is_too_large (const WbJson *at)
{
  const char *param = wb_json_opt_string (at, "param");
  const char *message = wb_json_opt_string (at, "message");

  return (g_strcmp0 (param, "amount") == 0 || g_strcmp0 (param, "amount_to_capture") == 0) &&
         message != NULL &&
         (strstr (message, "greater than") != NULL ||
          strstr (message, "less than or equal") != NULL || strstr (message, "exceed") != NULL);
}

static WbError
meaning (const WbJson *at, WbStripeAct act, WbError by_status)
{
  const char *code = wb_json_opt_string (at, "code");
  const char *type = wb_json_opt_string (at, "type");
  WbJson      intent = wb_json_member (at, "payment_intent");

  /* A 5xx, or a busy or locked-out answer after an unanswered try, tells nothing about the outcome.
   */
  if (by_status == WB_ERROR_UNSURE)
    return by_status;
  if (g_strcmp0 (code, "payment_intent_unexpected_state") == 0)
    return wb_stripe_intent_refusal (wb_json_opt_string (&intent, "status"),
                                     wb_json_opt_string (&intent, "cancellation_reason"), act);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].code, code) == 0)
      return codes[i].means;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].type, type) == 0)
      return types[i].means;
  return is_too_large (at) ? WB_ERROR_TOO_MUCH : by_status;
}

/* “Your card was declined. (card_declined: insufficient_funds)”, “… (parameter_invalid_integer at
 * amount)” */
static char *
error_words (const WbJson *at)
{
  const char         *message = wb_json_opt_string (at, "message");
  const char         *code = wb_json_opt_string (at, "code");
  const char         *decline = wb_json_opt_string (at, "decline_code");
  const char         *param = wb_json_opt_string (at, "param");
  g_autoptr (GString) text = g_string_new (message != NULL ? message : "it gives no reason");
  g_autofree char    *clean = NULL;

  if (code == NULL)
    code = wb_json_opt_string (at, "type");
  if (code != NULL)
    g_string_append_printf (text, " (%s%s%s%s%s)", code, decline != NULL ? ": " : "",
                            decline != NULL ? decline : "", param != NULL ? " at " : "",
                            param != NULL ? param : "");
  clean = wb_redact_text (text->str);
  return wb_text_one_line (clean);
}

/**
 * wb_stripe_check:
 * Returns: %TRUE for 2xx. Else %WB_ERROR_DECLINED, %WB_ERROR_EXPIRED, %WB_ERROR_ALREADY,
 * %WB_ERROR_TOO_MUCH, %WB_ERROR_NOT_FOUND, %WB_ERROR_AUTH, %WB_ERROR_REFUSED, %WB_ERROR_INVALID,
 * %WB_ERROR_CONFLICT (a key reused for something else), %WB_ERROR_UNAVAILABLE (too many requests),
 * %WB_ERROR_UNSURE (5xx, or the key's first request still at work).
 */
gboolean
wb_stripe_check (const WbHttpResponse *response, WbStripeAct act, GError **error)
{
  g_autoptr (GError)   by_status = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char     *words = NULL;
  WbJson               top, at;

  if (wb_http_check (response, &by_status))
    return TRUE;
  if (!wb_http_response_is_html (response))
    root = wb_json_parse_bytes (wb_http_response_get_body (response), "the error", NULL);
  top = wb_json_root (root, "Stripe");
  if (!wb_json_object (&top, "error", &at, NULL))
    {
      g_propagate_error (error, g_steal_pointer (&by_status));
      return FALSE;
    }
  words = error_words (&at);
  g_set_error (error, WB_ERROR, meaning (&at, act, (WbError) by_status->code), "Stripe: %s", words);
  return FALSE;
}

/** wb_stripe_call: sends @request; Returns: (transfer full): the root of the reply; errors as of
 * wb_stripe_check(). */
JsonNode *
wb_stripe_call (WbStripe      *self,
                WbHttpRequest *request,
                WbStripeAct    act,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (WbHttpResponse) response = wb_http_send (self->http, request, cancellable, error);

  if (response == NULL || !wb_stripe_check (response, act, error))
    return NULL;
  return wb_http_response_json (response, error);
}
