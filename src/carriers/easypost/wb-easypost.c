/* SPDX-License-Identifier: GPL-3.0-or-later
 * EasyPost, a broker of carriers: opening an account and testing its key. */
#include "wb-easypost.h"

#include "wb-easypost-private.h"

#include "wb-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_URL "https://api.easypost.com/v2"
#define VERSION     "/v2"
#define TEST_PREFIX "EZTK"

static void wb_easypost_carrier_init (WbCarrierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbEasypost,
                               wb_easypost,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_CARRIER, wb_easypost_carrier_init))

/* The wallet, which only a production key may read; nothing is lost when it is not told. */
static char *
wallet_text (WbEasypost *self, GCancellable *cancellable)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", "/users");
  g_autoptr (JsonNode)      root = NULL;
  WbJson                    user;
  WbMoney                   balance;
  gint64                    fine;

  if (self->test_key || (root = wb_easypost_call (self, request, cancellable, NULL)) == NULL)
    return NULL;
  user = wb_json_root (root, "user");
  /* Five decimals: parts of a cent belong to nobody yet. */
  if (!wb_json_decimal (&user, "balance", 5, &fine, NULL))
    return NULL;
  balance = wb_money (fine / 1000, "USD");
  return wb_money_to_text (balance);
}

/* The list of shipments is what the key must be able to read, and it costs nothing. */
static gboolean
probe (WbCarrier *carrier, char **summary, GCancellable *cancellable, GError **error)
{
  WbEasypost               *self = WB_EASYPOST (carrier);
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", "/shipments");
  g_autoptr (JsonNode)      root = NULL;
  g_autofree char          *wallet = NULL;
  WbJson                    top, list;
  guint                     n;

  wb_http_request_add_query_int (request, "page_size", 1);
  if ((root = wb_easypost_call (self, request, cancellable, error)) == NULL)
    return FALSE;
  top = wb_json_root (root, "EasyPost");
  if (!wb_json_array (&top, "shipments", &list, &n, error))
    return FALSE;
  wallet = wallet_text (self, cancellable);
  if (self->test_key)
    *summary = g_strdup (_ ("EasyPost test account: its labels are samples and cost nothing."));
  else if (wallet != NULL)
    *summary = g_strdup_printf (_ ("EasyPost production account with %s in its wallet."), wallet);
  else
    *summary = g_strdup (_ ("EasyPost production account."));
  return TRUE;
}

static void
wb_easypost_carrier_init (WbCarrierInterface *iface)
{
  iface->probe = probe;
  iface->verify_address = wb_easypost_verify_address;
  iface->get_rates = wb_easypost_get_rates;
  iface->price_insurance = wb_easypost_price_insurance;
  iface->buy = wb_easypost_buy;
  iface->find_purchase = wb_easypost_find_purchase;
  iface->void_label = wb_easypost_void_label;
  iface->find_void = wb_easypost_find_void;
  iface->track = wb_easypost_track;
}

static void
wb_easypost_dispose (GObject *object)
{
  g_clear_object (&WB_EASYPOST (object)->http);
  G_OBJECT_CLASS (wb_easypost_parent_class)->dispose (object);
}

static void
wb_easypost_class_init (WbEasypostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_easypost_dispose;
}

static void
wb_easypost_init (WbEasypost *self)
{
}

static WbCarrier *
open_account (WbConnection *connection, const char *const *secret_values, GError **error)
{
  const char      *key = secret_values != NULL ? secret_values[0] : NULL;
  g_autofree char *url = wb_http_versioned_url (
      wb_record_get_text (connection, WB_CONNECTION_BASE_URL), DEFAULT_URL, VERSION);
  g_autoptr (WbHttpAuth) auth = NULL;
  g_autoptr (WbEasypost) self = NULL;

  if (wb_text_is_empty (key))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_AUTH, "The EasyPost account has no API key");
      return NULL;
    }
  auth = wb_http_auth_new_key (key);
  self = g_object_new (WB_TYPE_EASYPOST, NULL);
  if ((self->http = wb_http_new (url, auth, error)) == NULL)
    return NULL;
  wb_http_set_name (self->http, "EasyPost");
  self->test_key = g_str_has_prefix (key, TEST_PREFIX);
  return WB_CARRIER (g_steal_pointer (&self));
}

static const char *const secrets[] = { "api_key", NULL };

const WbCarrierProvider wb_easypost_provider = {
  .id = "easypost",
  .title = N_ ("EasyPost"),
  .secrets = secrets,
  .default_url = DEFAULT_URL,
  .open = open_account,
};
