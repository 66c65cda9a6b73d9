/* SPDX-License-Identifier: GPL-3.0-or-later
 * Capturing and cancelling an authorisation, and finding out whether a capture was made.
 *
 * A capture writes our reference into the intent's metadata in the same request: what bears it was
 * done by us. Where a payment allows several captures, each leaves a mark of its own (how much had
 * been captured before it, and what it asked), so that each can be told from the others later. */
#include "wb-stripe-private.h"

#include "wb-text.h"

#include <stdio.h>
#include <string.h>

#define MARK          "wb:"
#define MAX_META_NAME 40 /* Stripe's limit */

/** wb_stripe_mark_name: Returns: (transfer full): the metadata name that marks the capture for
 * @reference. */
char *
wb_stripe_mark_name (const char *reference)
{
  g_autofree char *hash = NULL;

  if (strlen (reference) <= MAX_META_NAME - strlen (MARK) && strpbrk (reference, "[]") == NULL)
    return g_strconcat (MARK, reference, NULL);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, reference, -1);
  hash[MAX_META_NAME - strlen (MARK)] = '\0';
  return g_strconcat (MARK, hash, NULL);
}

/** wb_stripe_key_is_old: whether Stripe may have forgotten the key of @ask: the same key would then
 * be a new request. */
gboolean
wb_stripe_key_is_old (const WbMoneyAsk *ask)
{
  return ask->first_sent_at > 0 && wb_now () - ask->first_sent_at >= WB_STRIPE_KEY_LIFE;
}

static gboolean
fail_state (WbPayment *payment, const WbJson *intent, WbStripeAct act, GError **error)
{
  const char *status = wb_json_opt_string (intent, "status");
  const char *reason = wb_json_opt_string (intent, "cancellation_reason");

  g_set_error (error, WB_ERROR, wb_stripe_intent_refusal (status, reason, act),
               "The payment %s at Stripe is %s%s%s%s: there is nothing to capture",
               wb_record_get_text (payment, WB_PAYMENT_REF),
               wb_record_get_text (payment, WB_PAYMENT_STATE), reason != NULL ? " (" : "",
               reason != NULL ? reason : "", reason != NULL ? ")" : "");
  return FALSE;
}

/**
 * wb_stripe_check_ask:
 * @payment: as read just now
 * @amount: (out): what is asked, in Stripe's minor units; untouched on failure
 *
 * %WB_ERROR_INVALID when @ask is not whole, names another currency or an amount that Stripe cannot
 * move.
 */
gboolean
wb_stripe_check_ask (const WbMoneyAsk *ask, WbPayment *payment, gint64 *amount, GError **error)
{
  const char *currency = wb_record_get_text (payment, WB_PAYMENT_CURRENCY);

  if (wb_text_is_empty (ask->key) || strlen (ask->key) > 250 || wb_text_is_empty (ask->reference))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "Money is moved only under a key (at most 250 characters) and a reference");
      return FALSE;
    }
  if (g_strcmp0 (ask->amount.currency, currency) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The payment at Stripe is in %s, the amount asked in %s", currency,
                   ask->amount.currency);
      return FALSE;
    }
  return wb_stripe_to_minor (ask->amount, amount, error);
}

static gboolean
check_capturable (const WbMoneyAsk *ask, WbPayment *payment, const WbJson *intent, GError **error)
{
  WbMoney          capturable = wb_record_get_money (payment, WB_PAYMENT_CAPTURABLE);
  gint64           most = wb_record_get_int (payment, WB_PAYMENT_MAX_CAPTURE);
  g_autofree char *asked = NULL;
  g_autofree char *left = NULL;

  if (capturable.minor <= 0)
    return fail_state (payment, intent, WB_STRIPE_CAPTURE, error);
  if (ask->amount.minor <= MAX (capturable.minor, most))
    return TRUE;
  asked = wb_money_to_decimal (ask->amount);
  left = wb_money_to_decimal (capturable);
  g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
               "%s %s is more than the %s %s that can still be captured of %s", asked,
               ask->amount.currency, left, capturable.currency, ask->payment_ref);
  return FALSE;
}

/* ---- was it made? ---- */

typedef struct
{
  gint64   before; /* captured before this capture, Stripe's minor units */
  gint64   asked;  /* 0: not noted */
  gboolean latest; /* no other capture of ours came after it */
} Mark;

static gboolean
find_mark (const WbJson *intent, const char *reference, Mark *mark)
{
  WbJson           metadata = wb_json_member (intent, "metadata");
  g_autofree char *name = wb_stripe_mark_name (reference);
  const char      *own = wb_json_opt_string (&metadata, name);

  mark->latest = g_strcmp0 (wb_json_opt_string (&metadata, WB_STRIPE_REFERENCE), reference) == 0;
  mark->before = mark->asked = 0;
  if (own != NULL)
    return sscanf (own, "%" G_GINT64_FORMAT "+%" G_GINT64_FORMAT, &mark->before, &mark->asked) == 2;
  return mark->latest;
}

/* One charge may be captured several times; each gets a name of its own. */
static char *
movement_ref (const WbJson *intent, gint64 before)
{
  WbJson      charge = wb_json_member (intent, "latest_charge");
  const char *id = wb_json_is_object (&charge) ? wb_json_opt_string (&charge, "id")
                                               : wb_json_opt_string (intent, "latest_charge");

  if (id == NULL)
    id = wb_json_opt_string (intent, "id");
  return before == 0 ? g_strdup (id) : g_strdup_printf ("%s+%" G_GINT64_FORMAT, id, before);
}

static gboolean
read_movement (const WbJson *intent, const Mark *mark, WbMovement *movement, GError **error)
{
  g_autofree char *currency = wb_stripe_read_currency (intent, error);
  gint64           received;
  WbMoney          amount;

  if (currency == NULL || !wb_json_int (intent, "amount_received", &received, error) ||
      !wb_stripe_from_minor (mark->latest || mark->asked == 0 ? received - mark->before
                                                              : mark->asked,
                             currency, &amount, error))
    return FALSE;
  movement->ref = movement_ref (intent, mark->before);
  movement->amount = amount;
  return TRUE;
}

/**
 * wb_stripe_judge_capture:
 * @intent: the PaymentIntent as read just now
 * @movement: (out): filled for %WB_MOVEMENT_FOUND
 *
 * Whether the capture of @ask is in @intent: money has been received, and the metadata bears our
 * reference. Money that was received under no or another reference was captured by somebody else:
 * ours was not made.
 */
WbMovementFinding
wb_stripe_judge_capture (const WbJson     *intent,
                         const WbMoneyAsk *ask,
                         WbMovement       *movement,
                         GError          **error)
{
  gint64 received;
  Mark   mark;

  if (!wb_json_int (intent, "amount_received", &received, error))
    return WB_MOVEMENT_UNKNOWN;
  if (received == 0 || !find_mark (intent, ask->reference, &mark) || received <= mark.before)
    return WB_MOVEMENT_NOT_MADE;
  return read_movement (intent, &mark, movement, error) ? WB_MOVEMENT_FOUND : WB_MOVEMENT_UNKNOWN;
}

/** wb_stripe_find_capture: wb_gateway_find_capture(). The intent itself tells, so the age of the
 * key does not matter here. */
WbMovementFinding
wb_stripe_find_capture (WbGateway        *gateway,
                        const WbMoneyAsk *ask,
                        WbMovement       *movement,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_autoptr (JsonNode) root =
      wb_stripe_read_intent (WB_STRIPE (gateway), ask->payment_ref, cancellable, error);
  WbJson intent;

  if (root == NULL)
    return WB_MOVEMENT_UNKNOWN;
  intent = wb_json_root (root, "payment_intent");
  return wb_stripe_judge_capture (&intent, ask, movement, error);
}

/* ---- the capture ---- */

static gboolean
check_not_made (const WbJson *intent, const WbMoneyAsk *ask, GError **error)
{
  g_auto (WbMovement) earlier = { 0 };

  switch (wb_stripe_judge_capture (intent, ask, &earlier, error))
    {
    case WB_MOVEMENT_NOT_MADE:
      return TRUE;
    case WB_MOVEMENT_FOUND:
      g_set_error (error, WB_ERROR, WB_ERROR_ALREADY, "Stripe has captured %s for %s before",
                   ask->payment_ref, ask->reference);
      return FALSE;
    case WB_MOVEMENT_UNKNOWN:
    default:
      return FALSE;
    }
}

/* One capture as it is to be sent. */
typedef struct
{
  WbStripe         *self;
  const WbMoneyAsk *ask;
  const char       *intent_id; /* borrowed */
  gint64            amount;    /* Stripe's minor units */
  gint64            before;    /* captured before, the same */
  gboolean          several;   /* the payment allows several captures */
  gboolean          keep_rest; /* and something is left for later ones */
} Capture;

static WbHttpRequest *
capture_request (const Capture *capture, const char *key)
{
  WbHttpRequest *request =
      wb_http_request_new_segments ("POST", "payment_intents", capture->intent_id, "capture", NULL);
  g_autofree char *mark_name = wb_stripe_mark_name (capture->ask->reference);
  g_autofree char *mark_field = g_strdup_printf ("metadata[%s]", mark_name);
  g_autofree char *mark =
      g_strdup_printf ("%" G_GINT64_FORMAT "+%" G_GINT64_FORMAT, capture->before, capture->amount);

  wb_http_request_add_form_int (request, "amount_to_capture", capture->amount);
  wb_http_request_add_form (request, "metadata[" WB_STRIPE_REFERENCE "]", capture->ask->reference);
  if (capture->several)
    wb_http_request_add_form (request, mark_field, mark);
  /* Without this the rest of the authorisation is released. */
  if (capture->keep_rest)
    wb_http_request_add_form (request, "final_capture", "false");
  wb_http_request_set_idempotency (request, "Idempotency-Key", key);
  return request;
}

static WbHttpResponse *
send_capture (const Capture *capture, const char *key, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = capture_request (capture, key);

  return wb_http_send (capture->self->http, request, cancellable, error);
}

static gboolean
fail_unclear (const char *why, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "Stripe was sent the capture, but its answer is not clear: %s", why);
  return FALSE;
}

static gboolean
take_reply (const Capture        *capture,
            const WbHttpResponse *response,
            WbMovement           *movement,
            GError              **error)
{
  g_autoptr (GError)   local = NULL;
  g_autoptr (JsonNode) root = NULL;
  Mark                 mark = { .before = capture->before, .latest = TRUE };
  WbJson               intent;

  if (!wb_stripe_check (response, WB_STRIPE_CAPTURE, error))
    return FALSE;
  root = wb_http_response_json (response, &local);
  intent = wb_json_root (root, "payment_intent");
  if (root == NULL || !read_movement (&intent, &mark, movement, &local))
    return fail_unclear (local->message, error);
  return TRUE;
}

/* Stripe keeps a failure of its own under the key like any other answer, and repeats it for a day.
 */
static gboolean
is_stored_failure (const WbHttpResponse *response)
{
  return wb_http_response_get_status (response) >= 500 &&
         g_strcmp0 (wb_http_response_get_header (response, "Idempotent-Replayed"), "true") == 0;
}

/* The key is used up by a stored failure. The intent, read anew, tells whether the capture was
 * made; if not, it goes out under the key's second form. An intent that can be captured but once
 * refuses a second capture itself, so nothing is doubled even if Stripe should complete the first
 * one later; where several are allowed, that is not so, and nothing is sent. */
static gboolean
capture_after_failure (const Capture *capture,
                       WbMovement    *movement,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (GError)   local = NULL;
  g_autoptr (JsonNode) root =
      wb_stripe_read_intent (capture->self, capture->intent_id, cancellable, &local);
  g_autofree char           *second_key = g_strconcat (capture->ask->key, ".2", NULL);
  g_autoptr (WbHttpResponse) response = NULL;
  WbJson                     intent = wb_json_root (root, "payment_intent");

  if (root == NULL)
    return fail_unclear (local->message, error);
  switch (wb_stripe_judge_capture (&intent, capture->ask, movement, &local))
    {
    case WB_MOVEMENT_FOUND:
      return TRUE;
    case WB_MOVEMENT_NOT_MADE:
      response = send_capture (capture, second_key, cancellable, error);
      return response != NULL && take_reply (capture, response, movement, error);
    case WB_MOVEMENT_UNKNOWN:
    default:
      return fail_unclear (local->message, error);
    }
}

static gboolean
plan_capture (const WbMoneyAsk *ask, const WbJson *intent, Capture *capture, GError **error)
{
  g_autoptr (WbPayment) payment = wb_stripe_parse_intent (intent, error);

  if (payment == NULL || !wb_stripe_check_ask (ask, payment, &capture->amount, error) ||
      !check_not_made (intent, ask, error) || !check_capturable (ask, payment, intent, error) ||
      !wb_json_int (intent, "amount_received", &capture->before, error))
    return FALSE;
  capture->ask = ask;
  capture->intent_id = wb_json_opt_string (intent, "id");
  capture->several = wb_record_get_bool (payment, WB_PAYMENT_MULTI_CAPTURE);
  capture->keep_rest =
      capture->several && ask->amount.minor < wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE);
  return TRUE;
}

/**
 * wb_stripe_capture: wb_gateway_capture(). Reads the intent first: what was captured outside, has
 * lapsed or is too little is refused before anything is sent, and a key that Stripe may have
 * forgotten is never trusted alone. What comes back is what Stripe says it received; whether it is
 * what was asked is for the caller to compare.
 */
gboolean
wb_stripe_capture (WbGateway        *gateway,
                   const WbMoneyAsk *ask,
                   WbMovement       *movement,
                   GCancellable     *cancellable,
                   GError          **error)
{
  Capture              capture = { .self = WB_STRIPE (gateway) };
  g_autoptr (JsonNode) root =
      wb_stripe_read_intent (capture.self, ask->payment_ref, cancellable, error);
  g_autoptr (WbHttpResponse) response = NULL;
  WbJson                     intent;

  if (root == NULL)
    return FALSE;
  intent = wb_json_root (root, "payment_intent");
  if (!plan_capture (ask, &intent, &capture, error))
    return FALSE;
  if ((response = send_capture (&capture, ask->key, cancellable, error)) == NULL)
    return FALSE;
  if (is_stored_failure (response) && !capture.several)
    return capture_after_failure (&capture, movement, cancellable, error);
  return take_reply (&capture, response, movement, error);
}

/* ---- cancelling ---- */

static WbHttpRequest *
cancel_request (const char *payment_ref, const char *key)
{
  WbHttpRequest *request =
      wb_http_request_new_segments ("POST", "payment_intents", payment_ref, "cancel", NULL);

  wb_http_request_add_form (request, "cancellation_reason", NULL); /* a form without a field */
  if (!wb_text_is_empty (key))
    wb_http_request_set_idempotency (request, "Idempotency-Key", key);
  return request;
}

/**
 * wb_stripe_cancel: wb_gateway_cancel(). The whole authorisation is released, or what several
 * captures left of it. One that is cancelled is %WB_ERROR_ALREADY, one that is captured
 * %WB_ERROR_REFUSED.
 */
gboolean
wb_stripe_cancel (WbGateway        *gateway,
                  const WbMoneyAsk *ask,
                  GCancellable     *cancellable,
                  GError          **error)
{
  WbStripe            *self = WB_STRIPE (gateway);
  g_autoptr (JsonNode) before = wb_stripe_read_intent (self, ask->payment_ref, cancellable, error);
  g_autoptr (WbHttpRequest) request = NULL;
  g_autoptr (JsonNode)      after = NULL;
  WbJson                    intent;
  gint64                    left;

  if (before == NULL)
    return FALSE;
  intent = wb_json_root (before, "payment_intent");
  if (wb_json_string (&intent, "id", error) == NULL)
    return FALSE;
  request = cancel_request (wb_json_opt_string (&intent, "id"), ask->key);
  if ((after = wb_stripe_call (self, request, WB_STRIPE_CANCEL, cancellable, error)) == NULL)
    return FALSE;
  intent = wb_json_root (after, "payment_intent");
  if (wb_json_int (&intent, "amount_capturable", &left, NULL) && left == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "Stripe was asked to cancel %s, but does not say that it is released",
               ask->payment_ref);
  return FALSE;
}
