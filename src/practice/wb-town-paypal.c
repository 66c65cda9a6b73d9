/* SPDX-License-Identifier: GPL-3.0-or-later
 * The way into the town's PayPal: its token, its routes, its errors. */
#include "wb-town-paypal.h"

#include <string.h>

#define TOKEN_LIFE 32400

static void give_token (WbTown *town, WbTownRequest *request, WbTownReply *reply);

#define TOKEN_ROUTE "/v1/oauth2/token"

static const WbTownRoute routes[] = {
  { "POST", TOKEN_ROUTE, give_token },
  { "GET", "/v2/checkout/orders/*", wb_town_paypal_get_sale },
  { "GET", "/v2/payments/authorizations/*", wb_town_paypal_get_authorisation },
  { "POST", "/v2/payments/authorizations/*/capture", wb_town_paypal_capture },
  { "POST", "/v2/payments/authorizations/*/reauthorize", wb_town_paypal_renew },
  { "POST", "/v2/payments/authorizations/*/void", wb_town_paypal_void },
  { "GET", "/v2/payments/captures/*", wb_town_paypal_get_capture },
  { "POST", "/v2/payments/captures/*/refund", wb_town_paypal_refund },
  { "GET", "/v2/payments/refunds/*", wb_town_paypal_get_refund },
  { "GET", "/v1/reporting/transactions", wb_town_paypal_write_history },
  { NULL, NULL, NULL },
};

/* The message that goes with a name is fixed on the wire (payments v2, orders v2: error schemas).
 */
static const char *const fixed_messages[][2] = {
  { "RESOURCE_NOT_FOUND", "The specified resource does not exist." },
  { "UNPROCESSABLE_ENTITY",
    "The requested action could not be performed, semantically incorrect, or failed business "
    "validation." },
  { "AUTHENTICATION_FAILURE",
    "Authentication failed due to missing authorization header, or invalid "
    "authentication credentials." },
  { "INVALID_REQUEST", "Request is not well-formed, syntactically incorrect, or violates schema." },
};

static const char *
message_of (const char *name, const char *own)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixed_messages); i++)
    if (strcmp (fixed_messages[i][0], name) == 0)
      return fixed_messages[i][1];
  return own;
}

/** wb_town_paypal_fail: an error in PayPal's shape; @issue may be %NULL. */
void
wb_town_paypal_fail (
    WbTownReply *reply, guint status, const char *name, const char *issue, const char *message)
{
  wb_town_reply_reset (reply);
  reply->status = status;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "name", name);
  wb_town_out_string (reply->out, "message", message_of (name, message));
  wb_town_out_string (reply->out, "debug_id", "90957fca61718");
  if (issue != NULL)
    {
      wb_town_out_begin_array (reply->out, "details");
      wb_town_out_begin_object (reply->out, NULL);
      wb_town_out_string (reply->out, "issue", issue);
      wb_town_out_string (reply->out, "description", message);
      wb_town_out_end_object (reply->out);
      wb_town_out_end_array (reply->out);
    }
  wb_town_out_end_object (reply->out);
}

static gboolean
is_client (WbTown *town, const char *authorization)
{
  g_autofree char *pair = g_strdup_printf ("%s%s:%s%s", WB_TOWN_PAYPAL_ID, town->key_suffix,
                                           WB_TOWN_PAYPAL_SECRET, town->key_suffix);
  g_autofree char *code = g_base64_encode ((const guchar *) pair, strlen (pair));

  return authorization != NULL && g_str_has_prefix (authorization, "Basic ") &&
         strcmp (authorization + strlen ("Basic "), code) == 0;
}

/* One token for all: what a token is worth is tested on the wire. */
static char *
token_of (WbTown *town)
{
  return g_strconcat ("A21AAPractice", town->key_suffix, NULL);
}

static void
give_token (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autofree char *token = token_of (town);

  if (!is_client (town, request->authorization))
    {
      reply->status = 401;
      wb_town_out_begin_object (reply->out, NULL);
      wb_town_out_string (reply->out, "error", "invalid_client");
      wb_town_out_string (reply->out, "error_description", "Client Authentication failed");
      wb_town_out_end_object (reply->out);
      return;
    }
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "scope",
                      "https://uri.paypal.com/services/payments/payment/authcapture "
                      "https://uri.paypal.com/services/payments/refund "
                      "https://uri.paypal.com/services/reporting/search/read");
  wb_town_out_string (reply->out, "access_token", token);
  wb_town_out_string (reply->out, "token_type", "Bearer");
  wb_town_out_string (reply->out, "app_id", "APP-PRACTICE");
  wb_town_out_int (reply->out, "expires_in", TOKEN_LIFE);
  wb_town_out_string (reply->out, "nonce", "2026-11-22T00:00:00Zpractice");
  wb_town_out_end_object (reply->out);
}

static gboolean
authorise (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autofree char *token = token_of (town);
  const char      *given = request->authorization;

  if (given != NULL && g_str_has_prefix (given, "Bearer ") &&
      strcmp (given + strlen ("Bearer "), token) == 0)
    return TRUE;
  wb_town_paypal_fail (reply, 401, "AUTHENTICATION_FAILURE", NULL,
                       "Authentication failed due to missing authorization header, or invalid "
                       "authentication credentials.");
  return FALSE;
}

/** wb_town_paypal_handle: answers a request below /paypal/. */
void
wb_town_paypal_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char        *path = request->path + strlen ("/paypal");
  gboolean           known;
  const WbTownRoute *route = wb_town_route_find (routes, request, path, &known);

  if (route != NULL && strcmp (route->pattern, TOKEN_ROUTE) == 0)
    {
      route->handler (town, request, reply);
      return;
    }
  if (!request->replay && !authorise (town, request, reply))
    return;
  if (route == NULL)
    wb_town_paypal_fail (reply, 404, "RESOURCE_NOT_FOUND", NULL,
                         "The specified resource does not exist.");
  else
    route->handler (town, request, reply);
}
