/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe: opening an account and testing its key. */
#include "wb-stripe.h"

#include "wb-stripe-private.h"

#include "wb-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_URL "https://api.stripe.com"
#define VERSION     "/v1"

static void wb_stripe_gateway_init (WbGatewayInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbStripe,
                               wb_stripe,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_GATEWAY, wb_stripe_gateway_init))

static JsonNode *
get (WbStripe *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", path);

  return wb_stripe_call (self, request, WB_STRIPE_READ, cancellable, error);
}

/* A restricted key seldom may read the account; the right that all the rest needs is to read
 * payments. */
static gboolean
check_rights (WbStripe *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", "/payment_intents");
  g_autoptr (JsonNode)      root = NULL;

  wb_http_request_add_query_int (request, "limit", 1);
  if ((root = wb_stripe_call (self, request, WB_STRIPE_READ, cancellable, error)) != NULL)
    return TRUE;
  if (error != NULL && g_error_matches (*error, WB_ERROR, WB_ERROR_AUTH))
    g_prefix_error (error, "The restricted key needs the rights to write PaymentIntents and "
                           "Refunds and to read Charges, "
                           "Disputes, Payouts, Events and Balance transactions. ");
  return FALSE;
}

static char *
account_name (JsonNode *root)
{
  WbJson      account = wb_json_root (root, "account");
  WbJson      settings = wb_json_member (&account, "settings");
  WbJson      dashboard = wb_json_member (&settings, "dashboard");
  WbJson      profile = wb_json_member (&account, "business_profile");
  const char *name = wb_json_opt_string (&dashboard, "display_name");

  if (wb_text_is_empty (name))
    name = wb_json_opt_string (&profile, "name");
  if (wb_text_is_empty (name))
    name = wb_json_opt_string (&account, "id");
  return g_strdup (name != NULL ? name : "Stripe");
}

/* Whether money is real is in the key itself (https://docs.stripe.com/keys): the account says
 * nothing of it. */
static gboolean
probe (WbGateway *gateway, char **summary, GCancellable *cancellable, GError **error)
{
  WbStripe            *self = WB_STRIPE (gateway);
  g_autoptr (JsonNode) account = NULL;
  g_autofree char     *name = NULL;

  if (self->restricted && !check_rights (self, cancellable, error))
    return FALSE;
  account = get (self, "/account", cancellable, self->restricted ? NULL : error);
  if (account == NULL && !self->restricted)
    return FALSE;
  name = account != NULL ? account_name (account) : g_strdup ("Stripe");
  if (self->live_key)
    *summary = g_strdup_printf (_ ("Stripe account “%s”, live: captures take real money."), name);
  else
    *summary = g_strdup_printf (_ ("Stripe account “%s”, test mode: no real money moves."), name);
  return TRUE;
}

static void
wb_stripe_gateway_init (WbGatewayInterface *iface)
{
  iface->probe = probe;
  iface->read_payment = wb_stripe_read_payment;
  iface->capture = wb_stripe_capture;
  iface->find_capture = wb_stripe_find_capture;
  iface->refund = wb_stripe_refund;
  iface->find_refund = wb_stripe_find_refund;
  iface->cancel = wb_stripe_cancel;
  /* Stripe renews no authorisation: the customer pays again. */
  iface->list_money = wb_stripe_list_money;
  iface->list_payouts = wb_stripe_list_payouts;
  iface->read_payout = wb_stripe_read_payout;
  iface->list_payout_items = wb_stripe_list_payout_items;
  iface->list_events = wb_stripe_list_events;
}

static void
wb_stripe_dispose (GObject *object)
{
  g_clear_object (&WB_STRIPE (object)->http);
  G_OBJECT_CLASS (wb_stripe_parent_class)->dispose (object);
}

static void
wb_stripe_class_init (WbStripeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_stripe_dispose;
}

static void
wb_stripe_init (WbStripe *self)
{
}

static gboolean
check_key (const char *key, GError **error)
{
  if (wb_text_is_empty (key))
    g_set_error (error, WB_ERROR, WB_ERROR_AUTH, "The Stripe account has no secret key");
  else if (g_str_has_prefix (key, "pk_"))
    g_set_error (error, WB_ERROR, WB_ERROR_AUTH,
                 "This is Stripe's publishable key (pk_…), which may not capture. Give the secret "
                 "key (sk_…) or a restricted one (rk_…)");
  else
    return TRUE;
  return FALSE;
}

static WbGateway *
open_account (WbConnection *connection, const char *const *secret_values, GError **error)
{
  const char      *key = secret_values != NULL ? secret_values[0] : NULL;
  g_autofree char *url = wb_http_versioned_url (
      wb_record_get_text (connection, WB_CONNECTION_BASE_URL), DEFAULT_URL, VERSION);
  g_autoptr (WbHttpAuth) auth = NULL;
  g_autoptr (WbStripe)   self = NULL;

  if (!check_key (key, error))
    return NULL;
  auth = wb_http_auth_new_bearer (key);
  self = g_object_new (WB_TYPE_STRIPE, NULL);
  if ((self->http = wb_http_new (url, auth, error)) == NULL)
    return NULL;
  wb_http_set_name (self->http, "Stripe");
  wb_http_set_header (self->http, "Stripe-Version", WB_STRIPE_VERSION);
  self->restricted = g_str_has_prefix (key, "rk_");
  self->live_key = strstr (key, "_live_") != NULL;
  return WB_GATEWAY (g_steal_pointer (&self));
}

static const char *const secrets[] = { "secret_key", NULL };

static const char *const methods[] = { "stripe", NULL };

const WbGatewayProvider wb_stripe_provider = {
  .id = "stripe",
  .title = N_ ("Stripe"),
  .secrets = secrets,
  .default_url = DEFAULT_URL,
  .methods = methods,
  .open = open_account,
};
