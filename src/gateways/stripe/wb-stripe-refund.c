/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving money back, and finding out whether it was given. */
#include "wb-stripe-private.h"

#include "wb-text.h"

#define PAGE      100
#define MAX_PAGES 10

/* ---- was it made? ---- */

/* A refund that failed or was cancelled gave nothing back: the money is in our balance again. */
static gboolean
has_failed (const WbJson *refund)
{
  const char *status = wb_json_opt_string (refund, "status");

  return g_strcmp0 (status, "failed") == 0 || g_strcmp0 (status, "canceled") == 0;
}

/* By the key, which is unique to the operation; by the parcel's reference where the refund bears no
 * key. */
static gboolean
is_ours (const WbJson *refund, const WbMoneyAsk *ask)
{
  WbJson      metadata = wb_json_member (refund, "metadata");
  const char *key = wb_json_opt_string (&metadata, WB_STRIPE_KEY);
  const char *reference = wb_json_opt_string (&metadata, WB_STRIPE_REFERENCE);

  if (key != NULL && !wb_text_is_empty (ask->key))
    return g_str_equal (key, ask->key);
  return key == NULL && reference != NULL && g_strcmp0 (reference, ask->reference) == 0;
}

static gboolean
read_movement (const WbJson *refund, WbMovement *movement, GError **error)
{
  const char      *id = wb_json_string (refund, "id", error);
  g_autofree char *currency = id != NULL ? wb_stripe_read_currency (refund, error) : NULL;
  WbMoney          amount;

  if (currency == NULL || !wb_stripe_read_amount (refund, "amount", currency, &amount, error))
    return FALSE;
  movement->ref = g_strdup (id);
  movement->amount = amount;
  return TRUE;
}

static WbHttpRequest *
list_request (const char *payment_ref, const char *after)
{
  WbHttpRequest *request = wb_http_request_new ("GET", "/refunds");
  gboolean       by_charge =
      g_str_has_prefix (payment_ref, "ch_") || g_str_has_prefix (payment_ref, "py_");

  wb_http_request_add_query (request, by_charge ? "charge" : "payment_intent", payment_ref);
  wb_http_request_add_query_int (request, "limit", PAGE);
  wb_http_request_add_query (request, "starting_after", after);
  return request;
}

/* Looks through one page; @next gets the last id when there are more. */
static WbMovementFinding
search_page (
    JsonNode *root, const WbMoneyAsk *ask, WbMovement *movement, char **next, GError **error)
{
  WbJson list = wb_json_root (root, "refunds");
  WbJson data;
  guint  n;

  g_clear_pointer (next, g_free);
  if (!wb_json_array (&list, "data", &data, &n, error))
    return WB_MOVEMENT_UNKNOWN;
  for (guint i = 0; i < n; i++)
    {
      WbJson refund = wb_json_element (&data, i);

      if (is_ours (&refund, ask) && !has_failed (&refund))
        return read_movement (&refund, movement, error) ? WB_MOVEMENT_FOUND : WB_MOVEMENT_UNKNOWN;
      if (i + 1 == n && wb_json_bool (&list, "has_more", FALSE))
        *next = g_strdup (wb_json_opt_string (&refund, "id"));
    }
  return WB_MOVEMENT_NOT_MADE;
}

/** wb_stripe_find_refund: wb_gateway_find_refund(). Reads all refunds of the payment. */
WbMovementFinding
wb_stripe_find_refund (WbGateway        *gateway,
                       const WbMoneyAsk *ask,
                       WbMovement       *movement,
                       GCancellable     *cancellable,
                       GError          **error)
{
  WbStripe        *self = WB_STRIPE (gateway);
  g_autofree char *next = NULL;

  for (guint page = 0; page < MAX_PAGES; page++)
    {
      g_autoptr (WbHttpRequest) request = list_request (ask->payment_ref, next);
      g_autoptr (JsonNode)      root =
          wb_stripe_call (self, request, WB_STRIPE_READ, cancellable, error);
      WbMovementFinding finding =
          root != NULL ? search_page (root, ask, movement, &next, error) : WB_MOVEMENT_UNKNOWN;

      if (finding != WB_MOVEMENT_NOT_MADE || next == NULL)
        return finding;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The payment %s has more than %d refunds",
               ask->payment_ref, PAGE * MAX_PAGES);
  return WB_MOVEMENT_UNKNOWN;
}

/* ---- the refund ---- */

static gboolean
check_refundable (const WbMoneyAsk *ask, WbPayment *payment, GError **error)
{
  WbMoney captured = wb_record_get_money (payment, WB_PAYMENT_CAPTURED);
  WbMoney left = wb_money (captured.minor - wb_record_get_int (payment, WB_PAYMENT_REFUNDED),
                           captured.currency);
  g_autofree char *asked = wb_money_to_decimal (ask->amount);
  g_autofree char *text = wb_money_to_decimal (left);

  if (captured.minor == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "Nothing of %s has been captured: there is nothing to refund", ask->payment_ref);
  else if (left.minor <= 0)
    g_set_error (error, WB_ERROR, WB_ERROR_ALREADY, "All of %s has been refunded before",
                 ask->payment_ref);
  else if (ask->amount.minor > left.minor)
    g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                 "%s %s is more than the %s %s that can still be refunded of %s", asked,
                 ask->amount.currency, text, left.currency, ask->payment_ref);
  else
    return TRUE;
  return FALSE;
}

/* A key that Stripe has forgotten would make a second refund: only what is not there may be sent
 * again. */
static gboolean
check_not_made (WbGateway        *gateway,
                const WbMoneyAsk *ask,
                GCancellable     *cancellable,
                GError          **error)
{
  g_auto (WbMovement) earlier = { 0 };

  if (!wb_stripe_key_is_old (ask))
    return TRUE;
  switch (wb_stripe_find_refund (gateway, ask, &earlier, cancellable, error))
    {
    case WB_MOVEMENT_NOT_MADE:
      return TRUE;
    case WB_MOVEMENT_FOUND:
      g_set_error (error, WB_ERROR, WB_ERROR_ALREADY, "Stripe has made this refund before: %s",
                   earlier.ref);
      return FALSE;
    case WB_MOVEMENT_UNKNOWN:
    default:
      return FALSE;
    }
}

static WbHttpRequest *
refund_request (const char *intent_id, const WbMoneyAsk *ask, gint64 amount)
{
  WbHttpRequest *request = wb_http_request_new ("POST", "/refunds");

  wb_http_request_add_form (request, "payment_intent", intent_id);
  wb_http_request_add_form_int (request, "amount", amount);
  wb_http_request_add_form (request, "metadata[" WB_STRIPE_REFERENCE "]", ask->reference);
  wb_http_request_add_form (request, "metadata[" WB_STRIPE_KEY "]", ask->key);
  wb_http_request_set_idempotency (request, "Idempotency-Key", ask->key);
  return request;
}

/* A replayed answer is the one of the first time; how the refund stands now is read anew. */
static JsonNode *
refund_now (WbStripe             *self,
            const WbHttpResponse *response,
            GCancellable         *cancellable,
            GError              **error)
{
  g_autoptr (JsonNode)      root = wb_http_response_json (response, error);
  g_autoptr (WbHttpRequest) request = NULL;
  WbJson                    refund;
  const char               *id;

  if (root == NULL ||
      g_strcmp0 (wb_http_response_get_header (response, "Idempotent-Replayed"), "true") != 0)
    return g_steal_pointer (&root);
  refund = wb_json_root (root, "refund");
  if ((id = wb_json_string (&refund, "id", error)) == NULL)
    return NULL;
  request = wb_http_request_new_segments ("GET", "refunds", id, NULL);
  return wb_stripe_call (self, request, WB_STRIPE_READ, cancellable, error);
}

static gboolean
take_reply (WbStripe             *self,
            const WbHttpResponse *response,
            WbMovement           *movement,
            GCancellable         *cancellable,
            GError              **error)
{
  g_autoptr (GError)   local = NULL;
  g_autoptr (JsonNode) root = refund_now (self, response, cancellable, &local);
  WbJson               refund = wb_json_root (root, "refund");

  if (root != NULL && has_failed (&refund))
    {
      const char *reason = wb_json_opt_string (&refund, "failure_reason");

      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Stripe could not give the money back: %s",
                   reason != NULL ? reason : wb_json_opt_string (&refund, "status"));
      return FALSE;
    }
  if (root != NULL && read_movement (&refund, movement, &local))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "Stripe was sent the refund, but its answer is not clear: %s", local->message);
  return FALSE;
}

/** wb_stripe_refund: wb_gateway_refund(). Reads the payment first: no more is asked back than was
 * captured and is still there. */
gboolean
wb_stripe_refund (WbGateway        *gateway,
                  const WbMoneyAsk *ask,
                  WbMovement       *movement,
                  GCancellable     *cancellable,
                  GError          **error)
{
  WbStripe             *self = WB_STRIPE (gateway);
  g_autoptr (WbPayment) payment =
      wb_stripe_read_payment (gateway, ask->payment_ref, cancellable, error);
  g_autoptr (WbHttpRequest)  request = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  gint64                     amount;

  if (payment == NULL || !wb_stripe_check_ask (ask, payment, &amount, error) ||
      !check_not_made (gateway, ask, cancellable, error) || !check_refundable (ask, payment, error))
    return FALSE;
  request = refund_request (wb_record_get_text (payment, WB_PAYMENT_REF), ask, amount);
  response = wb_http_send (self->http, request, cancellable, error);
  if (response == NULL || !wb_stripe_check (response, WB_STRIPE_REFUND, error))
    return FALSE;
  return take_reply (self, response, movement, cancellable, error);
}
