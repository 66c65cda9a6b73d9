/* SPDX-License-Identifier: GPL-3.0-or-later
 * A connected Vendure shop: address, keys, and the door to the files of this folder. */
#include "wb-vendure.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wb-text.h"
#include "wb-vendure-resource.h"
#include "wb-vendure-shop.h"

#define FOLDER          "/org/waybill/shops/vendure"
#define ENDPOINT        "/admin-api"
#define CONNECT_SECONDS 15
#define TOTAL_SECONDS   120
#define CHANGES                                                                                    \
  (WB_SHOP_CHANGE_NOTE | WB_SHOP_CHANGE_STATUS | WB_SHOP_CHANGE_CANCEL | WB_SHOP_CHANGE_ADDRESS |  \
   WB_SHOP_CHANGE_LINES | WB_SHOP_CHANGE_LINES_TEXT)

static void wb_vendure_shop_iface_init (WbShopInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbVendureShop,
                               wb_vendure_shop,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_SHOP, wb_vendure_shop_iface_init)
                                   G_IMPLEMENT_INTERFACE (WB_TYPE_GATEWAY,
                                                          wb_vendure_gateway_iface_init))

static void
wb_vendure_shop_finalize (GObject *object)
{
  WbVendureShop *self = WB_VENDURE_SHOP (object);

  g_clear_object (&self->door);
  g_clear_object (&self->gate);
  g_clear_object (&self->http);
  g_free (self->key);
  g_free (self->user);
  g_free (self->token);
  g_free (self->channel);
  g_free (self->location);
  wb_vendure_reader_clear (&self->reader);
  G_OBJECT_CLASS (wb_vendure_shop_parent_class)->finalize (object);
}

static void
wb_vendure_shop_class_init (WbVendureShopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_vendure_shop_finalize;
}

static void
wb_vendure_shop_init (WbVendureShop *self)
{
}

static void
wb_vendure_shop_iface_init (WbShopInterface *iface)
{
  iface->probe = wb_vendure_probe;
  iface->fetch_orders = wb_vendure_fetch_orders;
  iface->fetch_order = wb_vendure_fetch_order;
  iface->report = wb_vendure_report;
  iface->find_report = wb_vendure_find_report;
  iface->refund = wb_vendure_refund;
  iface->find_refund = wb_vendure_find_refund;
  iface->fetch_listings = wb_vendure_fetch_listings;
  iface->read_stock = wb_vendure_read_stock;
  iface->set_stock = wb_vendure_set_stock;
  iface->list_open = wb_vendure_list_open;
  iface->list_statuses = wb_vendure_list_statuses;
  iface->changes = CHANGES;
  iface->change_order = wb_vendure_change_order;
  iface->find_change = wb_vendure_find_change;
}

/* The shop's root out of whatever was copied from the browser. */
static char *
root_of (const char *url)
{
  static const char *const parts[] = { "/admin-api", "/shop-api", "/admin", "/dashboard" };
  char                    *root = g_strstrip (g_strdup (url != NULL ? url : ""));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      char *part = strstr (root, parts[i]);

      if (part != NULL)
        *part = '\0';
    }
  return root;
}

/* `{"user": …}`: the secret is that user's password. `{"channel": …}`: the token of a channel.
 * `{"stock_location": …}`: the id of the location that is counted. */
static gboolean
read_settings (WbVendureShop *self, const char *settings, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               at;

  if (wb_text_is_empty (settings))
    return TRUE;
  if ((root = wb_json_parse (settings, -1, "settings", error)) == NULL)
    return FALSE;
  at = wb_json_root (root, "settings");
  if (!wb_json_is_object (&at))
    return TRUE;
  if (!wb_text_is_empty (wb_json_opt_string (&at, "user")))
    self->user = g_strdup (wb_json_opt_string (&at, "user"));
  if (!wb_text_is_empty (wb_json_opt_string (&at, "channel")))
    self->channel = g_strdup (wb_json_opt_string (&at, "channel"));
  self->location = wb_json_scalar_text (&at, "stock_location");
  return TRUE;
}

static WbShop *
open_shop (WbConnection *connection, const char *const *secret_values, GError **error)
{
  g_autoptr (WbVendureShop) self = g_object_new (WB_TYPE_VENDURE_SHOP, NULL);
  g_autofree char *root = root_of (wb_record_get_text (connection, WB_CONNECTION_BASE_URL));
  const char      *name = wb_record_get_text (connection, WB_CONNECTION_NAME);
  const char      *settings = wb_record_get_text (connection, WB_CONNECTION_SETTINGS);

  if (secret_values == NULL || wb_text_is_empty (secret_values[0]))
    {
      wb_vendure_refuse (error, WB_ERROR_AUTH,
                         "A Vendure shop needs an API key (Settings, API keys), or the password of "
                         "the user that is named in the setting “user”");
      return NULL;
    }
  self->key = g_strdup (secret_values[0]);
  wb_redact_add (self->key);
  if (!wb_vendure_reader_init (&self->reader, settings, error) ||
      !read_settings (self, settings, error))
    return NULL;
  self->pays_elsewhere =
      g_strcmp0 (wb_record_get_text (connection, WB_CONNECTION_CAPTURER), WB_CAPTURER_GATEWAY) == 0;
  self->http = wb_http_new (root, NULL, error);
  if (self->http == NULL)
    return NULL;
  wb_http_set_timeouts (self->http, CONNECT_SECONDS, TOTAL_SECONDS);
  wb_http_set_name (self->http, wb_text_is_empty (name) ? "Vendure" : name);
  wb_vendure_get_resource (); /* the documents are linked in by being named */
  self->door = wb_graphql_new (self->http, ENDPOINT, FOLDER);
  self->gate = wb_graphql_new (self->http, ENDPOINT, FOLDER);
  wb_vendure_prepare_doors (self);
  return WB_SHOP (g_steal_pointer (&self));
}

/* A shop's order process may have states of its own. */
static gboolean
explains (WbConnection *connection, const char *status)
{
  WbVendureReader reader;
  gboolean        known;

  if (!wb_vendure_reader_init (&reader, wb_record_get_text (connection, WB_CONNECTION_SETTINGS),
                               NULL))
    return TRUE;
  known = wb_vendure_state_meaning (&reader, status) != NULL;
  wb_vendure_reader_clear (&reader);
  return known;
}

static const char *const secrets[] = { "api_key", NULL };

/** wb_vendure_provider: Vendure, tried with 3.7.3; base_url is the root of the server, api_key an
 * API key, or the password of settings.user. */
const WbShopProvider wb_vendure_provider = {
  .id = "vendure",
  .title = N_ ("Vendure"),
  .secrets = secrets,
  .takes_money = TRUE,
  .changes = CHANGES,
  .open = open_shop,
  .explains = explains,
};
