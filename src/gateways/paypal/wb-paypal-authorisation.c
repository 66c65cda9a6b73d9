/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving an authorisation up, and keeping one alive past its days of honour. */
#include "wb-paypal-private.h"

#include "wb-text.h"

#include <string.h>

static WbHttpRequest *
act_request (const WbJson *authorisation, const char *act, GError **error)
{
  const char *id = wb_json_string (authorisation, "id", error);

  return id != NULL ? wb_http_request_new_segments ("POST", "v2", "payments", "authorizations", id,
                                                    act, NULL)
                    : NULL;
}

static gboolean
fail_over (const WbPaypalSale *sale, const WbMoneyAsk *ask, GError **error)
{
  const char *status = wb_json_opt_string (&sale->authorisation, "status");

  g_set_error (error, WB_ERROR,
               g_strcmp0 (status, "VOIDED") == 0 ? WB_ERROR_ALREADY : WB_ERROR_REFUSED,
               "The authorisation of %s at PayPal is over (%s)", ask->payment_ref,
               status != NULL ? status : "there was none");
  return FALSE;
}

static gboolean
void_it (WbPaypal *self, const WbJson *authorisation, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest)  request = act_request (authorisation, "void", error);
  g_autoptr (WbHttpResponse) response = NULL;

  if (request == NULL)
    return FALSE;
  response = wb_paypal_send (self, request, cancellable, error);
  return response != NULL && wb_paypal_check (response, WB_PAYPAL_VOID, error);
}

static gboolean
is_renewed (const WbPaypalSale *sale)
{
  const char *first = wb_json_opt_string (&sale->first, "id");

  return first != NULL && g_strcmp0 (first, wb_json_opt_string (&sale->authorisation, "id")) != 0;
}

/**
 * wb_paypal_cancel: wb_gateway_cancel(). What is left of the authorisation is released. One that is
 * void is %WB_ERROR_ALREADY, one that is captured %WB_ERROR_REFUSED. A renewed one cannot be voided
 * itself (payments v2, void): the first of the order is. PayPal takes no key here: void twice is
 * void.
 */
gboolean
wb_paypal_cancel (WbGateway        *gateway,
                  const WbMoneyAsk *ask,
                  GCancellable     *cancellable,
                  GError          **error)
{
  WbPaypal             *self = WB_PAYPAL (gateway);
  g_auto (WbPaypalSale) sale = { 0 };
  g_autoptr (GError)    local = NULL;

  if (!wb_paypal_read_sale (self, ask->payment_ref, &sale, cancellable, error))
    return FALSE;
  if (!sale.live)
    return fail_over (&sale, ask, error);
  if (void_it (self, &sale.authorisation, cancellable, &local))
    return TRUE;
  if (g_error_matches (local, WB_ERROR, WB_ERROR_CONFLICT) && is_renewed (&sale))
    return void_it (self, &sale.first, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_renewal (const WbJson *authorisation, WbRenewal *renewal, GError **error)
{
  const char *id = wb_json_string (authorisation, "id", error);
  WbInstant   until = 0;
  WbMoney     amount;

  if (id == NULL || !wb_paypal_read_money (authorisation, "amount", &amount, error) ||
      !wb_json_opt_instant (authorisation, "expiration_time", &until, error))
    return FALSE;
  renewal->payment_ref = g_strdup (id);
  renewal->amount = amount;
  renewal->capture_before = until;
  return TRUE;
}

static WbHttpRequest *
renew_request (const WbPaypalSale *sale, const WbMoneyAsk *ask, const char *value, GError **error)
{
  WbHttpRequest          *request = act_request (&sale->authorisation, "reauthorize", error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (request == NULL)
    return NULL;
  json_builder_begin_object (builder);
  wb_paypal_add_amount (builder, ask, value);
  wb_paypal_close_ask (request, builder, ask);
  return request;
}

/* Too early is known from the object itself; nothing is sent then. */
static gboolean
check_renewable (WbPayment *payment, const WbMoneyAsk *ask, GError **error)
{
  WbInstant        from = wb_record_get_int (payment, WB_PAYMENT_REAUTHORISE_FROM);
  WbInstant        until = wb_record_get_int (payment, WB_PAYMENT_REAUTHORISE_UNTIL);
  g_autofree char *day = wb_instant_to_iso (from);

  if (wb_record_get_text (payment, WB_PAYMENT_REAUTHORISE) == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "PayPal renews only what the buyer authorised from a PayPal account");
  else if (wb_now () < from)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "PayPal honours %s until %s and renews it only after that", ask->payment_ref, day);
  else if (until > 0 && wb_now () >= until)
    g_set_error (error, WB_ERROR, WB_ERROR_EXPIRED,
                 "The first authorisation of %s has ended: PayPal renews it no more",
                 ask->payment_ref);
  else
    return TRUE;
  return FALSE;
}

/**
 * wb_paypal_reauthorise: wb_gateway_reauthorise(). A new authorisation takes the place of the old
 * one, with three days of honour of its own (payments v2, reauthorize). PayPal's guides say that it
 * may be done several times, its older reference only once: a second may be refused.
 */
gboolean
wb_paypal_reauthorise (WbGateway        *gateway,
                       const WbMoneyAsk *ask,
                       WbRenewal        *renewal,
                       GCancellable     *cancellable,
                       GError          **error)
{
  WbPaypal                  *self = WB_PAYPAL (gateway);
  g_auto (WbPaypalSale)      sale = { 0 };
  g_autoptr (WbPayment)      payment = NULL;
  g_autoptr (WbHttpRequest)  request = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       root = NULL;
  g_autoptr (GError)         local = NULL;
  g_autofree char           *value = NULL;
  WbJson                     fresh;

  if (!wb_paypal_read_sale (self, ask->payment_ref, &sale, cancellable, error))
    return FALSE;
  if (!sale.live)
    return fail_over (&sale, ask, error);
  if ((payment = wb_paypal_parse_sale (&sale, ask->payment_ref, error)) == NULL ||
      !wb_paypal_check_ask (ask, wb_record_get_text (payment, WB_PAYMENT_CURRENCY), error) ||
      (value = wb_paypal_write_value (ask->amount, error)) == NULL ||
      !check_renewable (payment, ask, error) ||
      (request = renew_request (&sale, ask, value, error)) == NULL)
    return FALSE;
  response = wb_paypal_send (self, request, cancellable, error);
  if (response == NULL || !wb_paypal_check (response, WB_PAYPAL_RENEW, error))
    return FALSE;
  root = wb_http_response_json (response, &local);
  fresh = wb_json_root (root, "authorization");
  if (root != NULL && read_renewal (&fresh, renewal, &local))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "PayPal was asked to renew %s, but its answer is not clear: %s", ask->payment_ref,
               local->message);
  return FALSE;
}

/* Made since the request was first sent, and not the one that was to be renewed. */
static gboolean
is_newer (const WbJson *authorisation, const WbMoneyAsk *ask)
{
  WbInstant created = 0;

  return g_strcmp0 (wb_json_opt_string (authorisation, "id"), ask->payment_ref) != 0 &&
         wb_json_opt_instant (authorisation, "create_time", &created, NULL) &&
         ask->first_sent_at > 0 && created >= ask->first_sent_at - 60;
}

/**
 * wb_paypal_find_renewal: wb_gateway_find_renewal(). While PayPal keeps the key, sending it again
 * gives the first outcome: what the order does not show counts as not made. Later nobody can say.
 */
WbMovementFinding
wb_paypal_find_renewal (WbGateway        *gateway,
                        const WbMoneyAsk *ask,
                        WbRenewal        *renewal,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_auto (WbPaypalSale) sale = { 0 };

  if (!wb_paypal_read_sale (WB_PAYPAL (gateway), ask->payment_ref, &sale, cancellable, error))
    return WB_MOVEMENT_UNKNOWN;
  if (sale.live && is_newer (&sale.authorisation, ask))
    return read_renewal (&sale.authorisation, renewal, error) ? WB_MOVEMENT_FOUND
                                                              : WB_MOVEMENT_UNKNOWN;
  if (ask->first_sent_at == 0 || wb_now () - ask->first_sent_at < WB_PAYPAL_KEY_LIFE)
    return WB_MOVEMENT_NOT_MADE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "PayPal no longer knows whether %s was renewed; look at it in PayPal's activity",
               ask->payment_ref);
  return WB_MOVEMENT_UNKNOWN;
}
