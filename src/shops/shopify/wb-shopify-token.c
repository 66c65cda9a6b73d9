/* SPDX-License-Identifier: GPL-3.0-or-later
 * The token of a Shopify app: got for its client id and secret, good for a day, renewed before its
 * end, kept in this process's memory only. */
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

#define RENEW_BEFORE  (30 * 60) /* seconds before its end */
#define SHORTEST_LIFE 60

typedef struct
{
  char     *token;
  WbInstant renew_at;
} Token;

/* A connection is opened anew for each piece of work, a token lasts a day: the tokens of this
 * process, by a digest of address, id and secret. */
static GMutex      lock;
static GHashTable *tokens;

static void
token_free (gpointer data)
{
  Token *token = data;

  g_free (token->token);
  g_free (token);
}

static void
keep (WbShopifyShop *self, const char *text, gint64 life)
{
  Token *token = g_new0 (Token, 1);

  token->token = g_strdup (text);
  token->renew_at = wb_now () + MAX (life - RENEW_BEFORE, MIN (life, SHORTEST_LIFE) / 2);
  g_mutex_lock (&lock);
  if (tokens == NULL)
    tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, token_free);
  g_hash_table_replace (tokens, g_strdup (self->token_key), token);
  g_mutex_unlock (&lock);
  wb_set_str (&self->token, text);
}

/* Whether a token of this process still serves. */
static gboolean
take_kept (WbShopifyShop *self)
{
  Token *token;

  g_mutex_lock (&lock);
  token = tokens != NULL ? g_hash_table_lookup (tokens, self->token_key) : NULL;
  if (token != NULL && wb_now () < token->renew_at)
    wb_set_str (&self->token, token->token);
  else
    g_clear_pointer (&self->token, g_free);
  g_mutex_unlock (&lock);
  return self->token != NULL;
}

/* What the shop may say no with: the words are its own, the advice ours. */
static gboolean
check_grant (const WbHttpResponse *response, GError **error)
{
  guint              status = wb_http_response_get_status (response);
  g_autoptr (GError) local = NULL;

  if (wb_http_check (response, &local))
    return TRUE;
  if (status == 400 || status == 401 || status == 403)
    g_set_error (error, WB_ERROR, WB_ERROR_AUTH,
                 "The shop did not take the app's client id and secret. In Shopify's Dev Dashboard "
                 "copy them anew, and see that the app is installed in this shop and both belong "
                 "to one organisation. (%s)",
                 local->message);
  else
    g_set_error (error, WB_ERROR,
                 local->code == WB_ERROR_UNSURE ? WB_ERROR_UNAVAILABLE : local->code, "%s",
                 local->message);
  return FALSE;
}

/* Which fields may be asked for, by the scopes that came with the token. */
static void
see_scopes (WbShopifyShop *self, const WbJson *at)
{
  static const struct
  {
    const char *scope;
    guint       may;
  } table[] = {
    { "customers", WB_SHOPIFY_MAY_CUSTOMERS },
    { "products", WB_SHOPIFY_MAY_PRODUCTS },
    { "fulfillment_orders", WB_SHOPIFY_MAY_FULFILLMENT },
    { "returns", WB_SHOPIFY_MAY_RETURNS },
  };
  const char *scopes = wb_json_opt_string (at, "scope");

  if (wb_text_is_empty (scopes))
    return;
  self->may = 0;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strstr (scopes, table[i].scope) != NULL)
      self->may |= table[i].may;
}

static gboolean
fetch (WbShopifyShop *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("POST", "/admin/oauth/access_token");
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       root = NULL;
  const char                *token;
  gint64                     life;
  WbJson                     at;

  wb_http_request_add_form (request, "grant_type", "client_credentials");
  wb_http_request_add_form (request, "client_id", self->client_id);
  wb_http_request_add_form (request, "client_secret", self->secret);
  wb_http_request_set_effect (request, FALSE); /* another token changes nothing */
  response = wb_http_send (self->http, request, cancellable, error);
  if (response == NULL || !check_grant (response, error) ||
      (root = wb_http_response_json (response, error)) == NULL)
    return FALSE;
  at = wb_json_root (root, "token");
  if ((token = wb_json_string (&at, "access_token", error)) == NULL ||
      !wb_json_opt_int (&at, "expires_in", 24 * 60 * 60, &life, error))
    return FALSE;
  wb_redact_add (token);
  see_scopes (self, &at);
  keep (self, token, life);
  return TRUE;
}

/** wb_shopify_token_ensure: sees that self->token serves for a while. */
gboolean
wb_shopify_token_ensure (WbShopifyShop *self, GCancellable *cancellable, GError **error)
{
  if (self->client_id == NULL || take_kept (self))
    return TRUE;
  return fetch (self, cancellable, error);
}

/** wb_shopify_token_drop: forgets a token the shop refused, so that another is got. */
void
wb_shopify_token_drop (WbShopifyShop *self)
{
  if (self->client_id == NULL)
    return;
  g_mutex_lock (&lock);
  if (tokens != NULL)
    g_hash_table_remove (tokens, self->token_key);
  g_mutex_unlock (&lock);
  g_clear_pointer (&self->token, g_free);
}
