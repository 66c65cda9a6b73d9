/* SPDX-License-Identifier: GPL-3.0-or-later
 * Calls to PayPal: a token for the client id and secret, renewed before it ends and once when it is
 * refused. */
#include "wb-paypal-private.h"

#include "wb-text.h"

/* A token is not used in its last minute: the call could outlive it. */
#define TOKEN_MARGIN 60

static gboolean
take_token (WbPaypal *self, JsonNode *root, GError **error)
{
  WbJson                 reply = wb_json_root (root, "token");
  const char            *token = wb_json_string (&reply, "access_token", error);
  g_autoptr (WbHttpAuth) auth = NULL;
  gint64                 seconds;

  if (token == NULL || !wb_json_int (&reply, "expires_in", &seconds, error))
    return FALSE;
  auth = wb_http_auth_new_bearer (token);
  if ((self->http = wb_http_new (self->base_url, auth, error)) == NULL)
    return FALSE;
  wb_http_set_name (self->http, "PayPal");
  self->token_until = wb_now () + seconds - TOKEN_MARGIN;
  wb_set_str (&self->scope, wb_json_opt_string (&reply, "scope"));
  return TRUE;
}

/**
 * wb_paypal_ensure_token: a token that will live for a while yet
 * (https://developer.paypal.com/api/rest/authentication/). %WB_ERROR_AUTH when the client id or
 * secret is wrong.
 */
gboolean
wb_paypal_ensure_token (WbPaypal *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest)  request = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       root = NULL;

  if (self->http != NULL && wb_now () < self->token_until)
    return TRUE;
  g_clear_object (&self->http);
  request = wb_http_request_new ("POST", "/v1/oauth2/token");
  wb_http_request_add_form (request, "grant_type", "client_credentials");
  wb_http_request_set_effect (request, FALSE); /* one token more changes nothing */
  response = wb_http_send (self->door, request, cancellable, error);
  if (response == NULL || !wb_paypal_check (response, WB_PAYPAL_READ, error) ||
      (root = wb_http_response_json (response, error)) == NULL)
    return FALSE;
  return take_token (self, root, error);
}

/** wb_paypal_send: sends @request with a token. A token refused (401) was no request at all: it is
 * sent once more with a new one. */
WbHttpResponse *
wb_paypal_send (WbPaypal *self, WbHttpRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpResponse) response = NULL;

  if (!wb_paypal_ensure_token (self, cancellable, error))
    return NULL;
  response = wb_http_send (self->http, request, cancellable, error);
  if (response == NULL || wb_http_response_get_status (response) != 401 ||
      wb_http_response_maybe_repeated (response))
    return g_steal_pointer (&response);
  g_clear_object (&self->http);
  if (!wb_paypal_ensure_token (self, cancellable, error))
    return NULL;
  return wb_http_send (self->http, request, cancellable, error);
}

/** wb_paypal_call: sends @request; Returns: (transfer full): the root of the reply; errors as of
 * wb_paypal_check(). */
JsonNode *
wb_paypal_call (WbPaypal      *self,
                WbHttpRequest *request,
                WbPaypalAct    act,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (WbHttpResponse) response = wb_paypal_send (self, request, cancellable, error);

  if (response == NULL || !wb_paypal_check (response, act, error))
    return NULL;
  return wb_http_response_json (response, error);
}
