/* SPDX-License-Identifier: GPL-3.0-or-later
 * A connected Shopify shop: address, token, and the door to the files of this folder. */
#include "wb-shopify.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wb-shopify-resource.h"
#include "wb-shopify-shop.h"
#include "wb-text.h"

#define CONNECT_SECONDS 15
#define TOTAL_SECONDS   90
#define FIRST_PAGE_SIZE 3 /* dear, and within what one question may cost; it grows */

static void wb_shopify_shop_iface_init (WbShopInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbShopifyShop,
                               wb_shopify_shop,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_SHOP, wb_shopify_shop_iface_init)
                                   G_IMPLEMENT_INTERFACE (WB_TYPE_GATEWAY,
                                                          wb_shopify_gateway_iface_init))

static void
wb_shopify_shop_finalize (GObject *object)
{
  WbShopifyShop *self = WB_SHOPIFY_SHOP (object);

  g_clear_object (&self->graphql);
  g_clear_object (&self->http);
  g_free (self->client_id);
  g_free (self->secret);
  g_free (self->token_key);
  g_free (self->token);
  g_free (self->location);
  wb_shopify_reader_clear (&self->reader);
  G_OBJECT_CLASS (wb_shopify_shop_parent_class)->finalize (object);
}

static void
wb_shopify_shop_class_init (WbShopifyShopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_shopify_shop_finalize;
  g_resources_register (wb_shopify_get_resource ());
}

static void
wb_shopify_shop_init (WbShopifyShop *self)
{
  self->may = WB_SHOPIFY_MAY_ALL;
  self->page_size = FIRST_PAGE_SIZE;
}

static void
wb_shopify_shop_iface_init (WbShopInterface *iface)
{
  iface->probe = wb_shopify_probe;
  iface->fetch_orders = wb_shopify_fetch_orders;
  iface->fetch_order = wb_shopify_fetch_order;
  iface->report = wb_shopify_report;
  iface->find_report = wb_shopify_find_report;
  iface->refund = wb_shopify_refund;
  iface->find_refund = wb_shopify_find_refund;
  iface->fetch_listings = wb_shopify_fetch_listings;
  iface->read_stock = wb_shopify_read_stock;
  iface->set_stock = wb_shopify_set_stock;
  iface->list_open = wb_shopify_list_open;
  iface->changes = WB_SHOPIFY_CHANGES;
  iface->change_order = wb_shopify_change_order;
  iface->find_change = wb_shopify_find_change;
  iface->list_statuses = wb_shopify_list_statuses;
  iface->get_clock = wb_shopify_get_clock;
  iface->create_order = wb_shopify_create_order;
  iface->find_created = wb_shopify_find_created;
}

/* The shop's root out of “name.myshopify.com” or whatever part of its admin was copied. */
static char *
root_of (const char *url)
{
  g_autofree char *text = g_strstrip (g_strdup (url != NULL ? url : ""));
  char            *admin = strstr (text, "/admin");

  if (admin != NULL)
    *admin = '\0';
  if (*text == '\0' || strstr (text, "://") != NULL)
    return g_steal_pointer (&text);
  return g_strconcat ("https://", text, NULL);
}

/* Two secrets: the app's client id and client secret; or the token of an app made in the shop's own
 * admin, alone in either place. */
static gboolean
take_secrets (WbShopifyShop *self, const char *root, const char *const *values, GError **error)
{
  const char *id = values != NULL ? values[0] : NULL;
  const char *secret = values != NULL && id != NULL ? values[1] : NULL;

  if (!wb_text_is_empty (id) && g_str_has_prefix (id, "shpat_"))
    secret = id;
  if (wb_text_is_empty (secret) || (wb_text_is_empty (id) && !g_str_has_prefix (secret, "shpat_")))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_AUTH,
                   "A Shopify shop needs the app's client id and client secret, from the Dev "
                   "Dashboard, or an admin token (shpat_…) as the secret");
      return FALSE;
    }
  wb_redact_add (secret);
  if (g_str_has_prefix (secret, "shpat_"))
    self->token = g_strdup (secret);
  else
    {
      g_autofree char *joined = g_strjoin ("\n", root, id, secret, NULL);

      self->client_id = g_strdup (id);
      self->secret = g_strdup (secret);
      self->token_key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, joined, -1);
    }
  return TRUE;
}

/* The place whose stock is shown: “location” of the settings, a number or a whole id. */
static void
take_location (WbShopifyShop *self, const char *settings)
{
  g_autoptr (JsonNode) root =
      wb_text_is_empty (settings) ? NULL : wb_json_parse (settings, -1, "the settings", NULL);
  WbJson           at = wb_json_root (root, "settings");
  g_autofree char *text = wb_json_is_object (&at) ? wb_json_scalar_text (&at, "location") : NULL;

  if (wb_text_is_empty (text))
    return;
  self->location = g_str_has_prefix (text, "gid://") ? g_steal_pointer (&text)
                                                     : wb_shopify_gid ("Location", text);
}

static WbShop *
open_shop (WbConnection *connection, const char *const *secret_values, GError **error)
{
  g_autoptr (WbShopifyShop) self = g_object_new (WB_TYPE_SHOPIFY_SHOP, NULL);
  const char               *settings = wb_record_get_text (connection, WB_CONNECTION_SETTINGS);
  const char               *name = wb_record_get_text (connection, WB_CONNECTION_NAME);
  g_autofree char *root = root_of (wb_record_get_text (connection, WB_CONNECTION_BASE_URL));

  if (!take_secrets (self, root, secret_values, error) ||
      !wb_shopify_reader_init (&self->reader, settings, error) ||
      (self->http = wb_http_new (root, NULL, error)) == NULL)
    return NULL;
  take_location (self, settings);
  self->clock_offset = wb_record_get_int (connection, WB_CONNECTION_CLOCK_OFFSET);
  wb_http_set_timeouts (self->http, CONNECT_SECONDS, TOTAL_SECONDS);
  wb_http_set_max_size (self->http, WB_JSON_MAX_SIZE);
  if (!wb_text_is_empty (name))
    wb_http_set_name (self->http, name);
  wb_shopify_door_init (self);
  return WB_SHOP (g_steal_pointer (&self));
}

static const char *const secrets[] = { "client_id", "client_secret", NULL };

/** wb_shopify_provider: Shopify's Admin API, version 2026-07; base_url is the shop's
 * “name.myshopify.com”. */
const WbShopProvider wb_shopify_provider = {
  .id = "shopify",
  .title = N_ ("Shopify"),
  .secrets = secrets,
  .takes_money = TRUE,
  .tells_money = TRUE,
  .changes = WB_SHOPIFY_CHANGES,
  .open = open_shop,
};
