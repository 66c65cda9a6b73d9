/* SPDX-License-Identifier: GPL-3.0-or-later
 * PayPal: opening an account and testing its keys. */
#include "wb-paypal.h"

#include "wb-paypal-private.h"

#include "wb-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_URL "https://api-m.paypal.com"

static void wb_paypal_gateway_init (WbGatewayInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbPaypal,
                               wb_paypal,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_GATEWAY, wb_paypal_gateway_init))

/* The rights that come with a token, and what is impossible without them. */
static const struct
{
  const char *scope;
  const char *missing; /* N_() */
} rights[] = {
  { "https://uri.paypal.com/services/payments/payment/authcapture",
    N_ ("It lacks the right to capture authorised payments (feature “Payments” of the app).") },
  { "https://uri.paypal.com/services/payments/refund",
    N_ ("It lacks the right to refund (feature “Payments” of the app).") },
  { "https://uri.paypal.com/services/reporting/search/read",
    N_ ("It lacks the right to read the account's history (feature “Transaction search” of the "
        "app): fees and payouts will not be known.") },
};

static gboolean
has_scope (WbPaypal *self, const char *scope)
{
  g_auto (GStrv) all = g_strsplit (self->scope != NULL ? self->scope : "", " ", -1);

  return g_strv_contains ((const char *const *) all, scope);
}

/* A new token shows that id and secret are right, and which rights the app was given. */
static gboolean
probe (WbGateway *gateway, char **summary, GCancellable *cancellable, GError **error)
{
  WbPaypal           *self = WB_PAYPAL (gateway);
  g_autoptr (GString) text = NULL;

  g_clear_object (&self->http);
  if (!wb_paypal_ensure_token (self, cancellable, error))
    return FALSE;
  text = g_string_new (self->sandbox ? _ ("PayPal sandbox: no real money moves.")
                                     : _ ("PayPal account, live: captures take real money."));
  for (guint i = 0; i < G_N_ELEMENTS (rights) && self->scope != NULL; i++)
    if (!has_scope (self, rights[i].scope))
      g_string_append_printf (text, " %s", _ (rights[i].missing));
  *summary = g_string_free (g_steal_pointer (&text), FALSE);
  return TRUE;
}

static void
wb_paypal_gateway_init (WbGatewayInterface *iface)
{
  iface->probe = probe;
  iface->read_payment = wb_paypal_read_payment;
  iface->capture = wb_paypal_capture;
  iface->find_capture = wb_paypal_find_capture;
  iface->refund = wb_paypal_refund;
  iface->find_refund = wb_paypal_find_refund;
  iface->list_refundable = wb_paypal_list_refundable;
  iface->cancel = wb_paypal_cancel;
  iface->reauthorise = wb_paypal_reauthorise;
  iface->find_renewal = wb_paypal_find_renewal;
  iface->list_money = wb_paypal_list_money;
}

static void
wb_paypal_dispose (GObject *object)
{
  WbPaypal *self = WB_PAYPAL (object);

  g_clear_object (&self->door);
  g_clear_object (&self->http);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->scope, g_free);
  G_OBJECT_CLASS (wb_paypal_parent_class)->dispose (object);
}

static void
wb_paypal_class_init (WbPaypalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_paypal_dispose;
}

static void
wb_paypal_init (WbPaypal *self)
{
}

static char *
base_url (WbConnection *connection)
{
  const char *given = wb_record_get_text (connection, WB_CONNECTION_BASE_URL);
  char       *url = g_strdup (wb_text_is_empty (given) ? DEFAULT_URL : given);

  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  return url;
}

static WbGateway *
open_account (WbConnection *connection, const char *const *secret_values, GError **error)
{
  const char            *id = secret_values != NULL ? secret_values[0] : NULL;
  const char            *secret = id != NULL ? secret_values[1] : NULL;
  g_autoptr (WbHttpAuth) auth = NULL;
  g_autoptr (WbPaypal)   self = NULL;

  if (wb_text_is_empty (id) || wb_text_is_empty (secret))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_AUTH,
                   "The PayPal account needs the client id and the secret of a REST app "
                   "(developer.paypal.com, “Apps & credentials”)");
      return NULL;
    }
  auth = wb_http_auth_new_basic (id, secret);
  self = g_object_new (WB_TYPE_PAYPAL, NULL);
  self->base_url = base_url (connection);
  if ((self->door = wb_http_new (self->base_url, auth, error)) == NULL)
    return NULL;
  wb_http_set_name (self->door, "PayPal");
  self->sandbox = strstr (self->base_url, "://api-m.paypal.com") == NULL;
  return WB_GATEWAY (g_steal_pointer (&self));
}

static const char *const secrets[] = { "client_id", "client_secret", NULL };

/* “PayPal Payments” of WooCommerce, and its older extensions. */
static const char *const methods[] = { "ppcp-", "ppec_paypal", "paypal", NULL };

const WbGatewayProvider wb_paypal_provider = {
  .id = "paypal",
  .title = N_ ("PayPal"),
  .secrets = secrets,
  .default_url = DEFAULT_URL,
  .methods = methods,
  .open = open_account,
};
