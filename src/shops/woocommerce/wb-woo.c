/* SPDX-License-Identifier: GPL-3.0-or-later
 * A connected WooCommerce shop: address, keys, and the door to the files of this folder. */
#include "wb-woo.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wb-text.h"
#include "wb-woo-capture.h"
#include "wb-woo-shop.h"

#define CONNECT_SECONDS 15
#define TOTAL_SECONDS   150 /* an old shop takes 30 s and more for a page of 100 orders */
#define CHANGES                                                                                    \
  (WB_SHOP_CHANGE_NOTE | WB_SHOP_CHANGE_STATUS | WB_SHOP_CHANGE_CANCEL | WB_SHOP_CHANGE_ADDRESS |  \
   WB_SHOP_CHANGE_LINES)

static void wb_woo_shop_iface_init (WbShopInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbWooShop,
                               wb_woo_shop,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_SHOP, wb_woo_shop_iface_init)
                                   G_IMPLEMENT_INTERFACE (WB_TYPE_GATEWAY,
                                                          wb_woo_gateway_iface_init))

static void
wb_woo_shop_finalize (GObject *object)
{
  WbWooShop *self = WB_WOO_SHOP (object);

  g_clear_object (&self->http);
  g_clear_object (&self->open);
  wb_woo_reader_clear (&self->reader);
  G_OBJECT_CLASS (wb_woo_shop_parent_class)->finalize (object);
}

static void
wb_woo_shop_class_init (WbWooShopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_woo_shop_finalize;
}

static void
wb_woo_shop_init (WbWooShop *self)
{
}

static void
wb_woo_shop_iface_init (WbShopInterface *iface)
{
  iface->probe = wb_woo_shop_probe;
  iface->fetch_orders = wb_woo_shop_fetch_orders;
  iface->fetch_order = wb_woo_shop_fetch_order;
  iface->report = wb_woo_shop_report;
  iface->find_report = wb_woo_shop_find_report;
  iface->refund = wb_woo_shop_refund;
  iface->find_refund = wb_woo_shop_find_refund;
  iface->fetch_listings = wb_woo_shop_fetch_listings;
  iface->read_stock = wb_woo_shop_read_stock;
  iface->set_stock = wb_woo_shop_set_stock;
  iface->list_open = wb_woo_shop_list_open;
  iface->list_statuses = wb_woo_shop_list_statuses;
  iface->changes = CHANGES;
  iface->change_order = wb_woo_shop_change_order;
  iface->find_change = wb_woo_shop_find_change;
  iface->create_order = wb_woo_shop_create_order;
  iface->find_created = wb_woo_shop_find_created;
  iface->read_hint = wb_woo_shop_read_hint;
  iface->get_clock = wb_woo_shop_get_clock;
}

/* The shop's root out of whatever part of it was copied from the browser. */
static char *
root_of (const char *url)
{
  static const char *const parts[] = { "/wp-json", "/wp-admin", "/wp-login.php" };
  char                    *root = g_strstrip (g_strdup (url != NULL ? url : ""));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      char *part = strstr (root, parts[i]);

      if (part != NULL)
        *part = '\0';
    }
  return root;
}

static WbHttp *
make_client (const char *root, const WbHttpAuth *auth, const char *name, GError **error)
{
  WbHttp *http = wb_http_new (root, auth, error);

  if (http == NULL)
    return NULL;
  wb_http_set_timeouts (http, CONNECT_SECONDS, TOTAL_SECONDS);
  if (!wb_text_is_empty (name))
    wb_http_set_name (http, name);
  return http;
}

/* WooCommerce takes the key as user name on https only; on plain http it wants each request signed.
 */
static WbHttpAuth *
make_auth (const char *root, const char *const *secrets)
{
  if (g_ascii_strncasecmp (root, "http:", 5) == 0)
    return wb_http_auth_new_oauth1 (secrets[0], secrets[1]);
  return wb_http_auth_new_basic (secrets[0], secrets[1]);
}

/* The shop's clock as it was seen last; unknown before the first sync. */
static void
remember_clock (WbWooShop *self, WbConnection *connection)
{
  self->clock_offset = wb_record_get_int (connection, WB_CONNECTION_CLOCK_OFFSET);
  self->clock_remembered =
      self->clock_offset != 0 || wb_record_get_int (connection, WB_CONNECTION_SYNCED_AT) != 0;
  if (self->http != NULL)
    wb_http_set_clock_offset (self->http, self->clock_offset);
}

static WbShop *
open_shop (WbConnection *connection, const char *const *secret_values, GError **error)
{
  g_autoptr (WbWooShop)  self = g_object_new (WB_TYPE_WOO_SHOP, NULL);
  g_autofree char       *root = root_of (wb_record_get_text (connection, WB_CONNECTION_BASE_URL));
  const char            *name = wb_record_get_text (connection, WB_CONNECTION_NAME);
  g_autoptr (WbHttpAuth) auth = NULL;

  if (secret_values == NULL || wb_text_is_empty (secret_values[0]) ||
      wb_text_is_empty (secret_values[1]))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_AUTH,
                   "A WooCommerce shop needs a consumer key (ck_…) and a consumer secret (cs_…)");
      return NULL;
    }
  auth = make_auth (root, secret_values);
  self->http = make_client (root, auth, name, error);
  self->open = self->http != NULL ? make_client (root, NULL, name, error) : NULL;
  remember_clock (self, connection);
  if (self->open == NULL ||
      !wb_woo_reader_init (&self->reader, wb_record_get_text (connection, WB_CONNECTION_CURRENCY),
                           wb_record_get_text (connection, WB_CONNECTION_SETTINGS), error))
    return NULL;
  return WB_SHOP (g_steal_pointer (&self));
}

static gboolean
explains (WbConnection *connection, const char *status)
{
  g_auto (WbWooReader) reader = { 0 };

  return !wb_woo_reader_init (&reader, NULL,
                              wb_record_get_text (connection, WB_CONNECTION_SETTINGS), NULL) ||
         wb_woo_state_meaning (&reader, status) != NULL;
}

static const char *const secrets[] = { "consumer_key", "consumer_secret", NULL };

/** wb_woo_provider: WooCommerce 7.9 and later; base_url is the root of the site. */
const WbShopProvider wb_woo_provider = {
  .id = "woocommerce",
  .title = N_ ("WooCommerce"),
  .secrets = secrets,
  .takes_money = TRUE,
  .changes = CHANGES,
  .open = open_shop,
  .explains = explains,
};
