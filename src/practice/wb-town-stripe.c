/* SPDX-License-Identifier: GPL-3.0-or-later
 * The way into the gateway: its key, its routes, its errors, and its promise about idempotency
 * keys. */
#include "wb-town-stripe.h"

#include <string.h>

static const WbTownRoute routes[] = {
  { "GET", "/v1/account", wb_town_stripe_get_account },
  { "GET", "/v1/payment_intents/*", wb_town_stripe_get_intent },
  { "POST", "/v1/payment_intents/*", wb_town_stripe_update_intent },
  { "POST", "/v1/payment_intents/*/capture", wb_town_stripe_capture_intent },
  { "POST", "/v1/payment_intents/*/cancel", wb_town_stripe_cancel_intent },
  { "GET", "/v1/charges/*", wb_town_stripe_get_charge },
  { "GET", "/v1/balance_transactions", wb_town_stripe_list_transactions },
  { "GET", "/v1/balance_transactions/*", wb_town_stripe_get_transaction },
  { "GET", "/v1/payouts", wb_town_stripe_list_payouts },
  { "GET", "/v1/payouts/*", wb_town_stripe_get_payout },
  { "GET", "/v1/disputes", wb_town_stripe_list_disputes },
  { "GET", "/v1/disputes/*", wb_town_stripe_get_dispute },
  { "GET", "/v1/refunds", wb_town_stripe_list_refunds },
  { "POST", "/v1/refunds", wb_town_stripe_create_refund },
  { "GET", "/v1/refunds/*", wb_town_stripe_get_refund },
  { "GET", "/v1/events", wb_town_stripe_list_events },
  { "GET", "/v1/events/*", wb_town_stripe_get_event },
  { NULL, NULL, NULL },
};

/** wb_town_stripe_fail: an error in the gateway's shape; @code and @param may be %NULL. */
void
wb_town_stripe_fail (WbTownReply *reply,
                     guint        status,
                     const char  *type,
                     const char  *code,
                     const char  *param,
                     const char  *message)
{
  wb_town_reply_reset (reply);
  reply->status = status;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_object (reply->out, "error");
  if (code != NULL)
    {
      wb_town_out_string (reply->out, "code", code);
      wb_town_out_format (reply->out, "doc_url", "https://stripe.com/docs/error-codes/%s", code);
    }
  wb_town_out_string (reply->out, "message", message);
  if (param != NULL)
    wb_town_out_string (reply->out, "param", param);
  wb_town_out_string (reply->out, "type", type);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
}

/* The key comes as a bearer token or as the user name of Basic. */
static char *
key_of (WbTownRequest *request)
{
  const char *header = request->authorization;

  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    return g_strdup (header + 7);
  if (header != NULL && g_ascii_strncasecmp (header, "Basic ", 6) == 0)
    {
      gsize            size;
      g_autofree char *plain = (char *) g_base64_decode (header + 6, &size);
      const char      *colon = memchr (plain, ':', size);

      return g_strndup (plain, colon != NULL ? (gsize) (colon - plain) : size);
    }
  return NULL;
}

static gboolean
authorise (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autofree char *key = key_of (request);
  g_autofree char *message = NULL;

  if (key != NULL && g_str_has_prefix (key, WB_TOWN_STRIPE_KEY) &&
      strcmp (key + strlen (WB_TOWN_STRIPE_KEY), town->key_suffix) == 0)
    return TRUE;
  if (key == NULL || *key == '\0')
    message = g_strdup ("You did not provide an API key. You need to provide your API key in the "
                        "Authorization header.");
  else
    message = g_strdup_printf ("Invalid API Key provided: %.8s****", key);
  wb_town_stripe_fail (reply, 401, "invalid_request_error", NULL, NULL, message);
  return FALSE;
}

static char *
fingerprint_of (WbTownRequest *request)
{
  gsize               size;
  const char         *body = g_bytes_get_data (request->body, &size);
  g_autoptr (GString) text = g_string_new (request->method);

  g_string_append_printf (text, " %s\n%.*s", request->path, (int) size, body != NULL ? body : "");
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

/* TRUE when the key has been used before: the reply is what was answered then, or the complaint
 * that it was something else. */
static gboolean
answer_again (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownAnswer    *answer;
  g_autofree char *fingerprint = NULL;

  if (request->idempotency_key == NULL || strcmp (request->method, "POST") != 0)
    return FALSE;
  if (strlen (request->idempotency_key) > 255)
    {
      wb_town_stripe_fail (reply, 400, "invalid_request_error", NULL, NULL,
                           "Idempotency keys must be 255 characters or less.");
      return TRUE;
    }
  answer = wb_town_bank_answer (town->bank, request->idempotency_key);
  if (answer == NULL)
    return FALSE;
  fingerprint = fingerprint_of (request);
  if (strcmp (fingerprint, answer->fingerprint) != 0)
    {
      g_autofree char *message = g_strdup_printf (
          "Keys for idempotent requests can only be used with the same parameters they were first "
          "used "
          "with. Try using a key other than '%s' if you meant to execute a different request.",
          request->idempotency_key);

      wb_town_stripe_fail (reply, 400, "idempotency_error", NULL, NULL, message);
      return TRUE;
    }
  reply->status = answer->status;
  wb_town_out_raw (reply->out, NULL, answer->body);
  wb_town_reply_header (reply, "Idempotent-Replayed", "true");
  return TRUE;
}

/* Kept once the work has begun; a request found wrong before that is not. */
static void
keep_answer (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autofree char *fingerprint = NULL;

  if (request->idempotency_key == NULL || strcmp (request->method, "POST") != 0 || !reply->effect)
    return;
  fingerprint = fingerprint_of (request);
  wb_town_bank_keep (town->bank, request->idempotency_key, fingerprint, reply->status,
                     reply->out->text->str);
}

/** wb_town_stripe_keep_failure: a 500 stands under its key like any other answer; @reply is the
 * 500. */
void
wb_town_stripe_keep_failure (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autofree char *fingerprint = NULL;

  if (request->idempotency_key == NULL || strcmp (request->method, "POST") != 0 ||
      (!reply->effect && wb_town_bank_answer (town->bank, request->idempotency_key) != NULL))
    return;
  fingerprint = fingerprint_of (request);
  reply->effect = TRUE;
  wb_town_bank_keep (town->bank, request->idempotency_key, fingerprint, reply->status,
                     reply->out->text->str);
}

/** wb_town_stripe_handle: answers a request below /stripe/. */
void
wb_town_stripe_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char        *path = request->path + strlen ("/stripe");
  gboolean           known;
  const WbTownRoute *route = wb_town_route_find (routes, request, path, &known);

  if (!request->replay && !authorise (town, request, reply))
    return;
  if (route == NULL)
    {
      g_autofree char *message =
          g_strdup_printf ("Unrecognized request URL (%s: %s).", request->method, path);

      wb_town_stripe_fail (reply, 404, "invalid_request_error", NULL, NULL, message);
      return;
    }
  if (answer_again (town, request, reply))
    return;
  route->handler (town, request, reply);
  keep_answer (town, request, reply);
}
