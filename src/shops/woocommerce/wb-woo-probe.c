/* SPDX-License-Identifier: GPL-3.0-or-later
 * Testing a connection to a WooCommerce shop: is it one, do the keys fit, what can it do. Writes
 * nothing. */
#include <glib/gi18n-lib.h>

#include "wb-text.h"
#include "wb-woo-shop.h"
#include "wb-woo-text.h"

/* A number no order has: writing to it needs the right to write and finds nothing. */
#define NO_ORDER G_GINT64_CONSTANT (999999999999)

static gboolean
fail (GError **error, WbError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, WB_ERROR, code, message);
  return FALSE;
}

/* ---- is it a shop? ---- */

static WbHttpResponse *
get_open (WbWooShop    *self,
          const char   *path,
          const char   *query,
          const char   *value,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", path);

  if (query != NULL)
    wb_http_request_add_query (request, query, value);
  return wb_http_send (self->open, request, cancellable, error);
}

/* Returns: (nullable): the index of a WordPress site, NULL for anything else. */
static JsonNode *
index_of (const WbHttpResponse *response)
{
  g_autoptr (JsonNode) root =
      wb_http_response_is_success (response) ? wb_http_response_json (response, NULL) : NULL;
  WbJson at = wb_json_root (root, "index");
  WbJson namespaces;
  guint  n;

  return root != NULL && wb_json_array (&at, "namespaces", &namespaces, &n, NULL)
             ? g_steal_pointer (&root)
             : NULL;
}

static gboolean
has_woocommerce (const WbJson *index)
{
  WbJson list;
  guint  n = 0;

  if (!wb_json_array (index, "namespaces", &list, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *name = wb_json_element (&list, i).node;

      if (JSON_NODE_HOLDS_VALUE (name) && g_strcmp0 (json_node_get_string (name), "wc/v3") == 0)
        return TRUE;
    }
  return FALSE;
}

/* Pretty addresses do not work but the plain form does: the permalinks are plain. */
static gboolean
has_plain_permalinks (WbWooShop *self, GCancellable *cancellable)
{
  g_autoptr (WbHttpResponse) response = get_open (self, "/", "rest_route", "/", cancellable, NULL);
  g_autoptr (JsonNode)       index = response != NULL ? index_of (response) : NULL;

  return index != NULL;
}

static gboolean
explain_no_index (WbWooShop            *self,
                  const WbHttpResponse *response,
                  GCancellable         *cancellable,
                  GError              **error)
{
  guint       status = wb_http_response_get_status (response);
  const char *url = wb_http_get_base_url (self->http);

  if (status >= 500 || status == 429)
    return wb_woo_shop_check (response, error);
  if (has_plain_permalinks (self, cancellable))
    return fail (error, WB_ERROR_INVALID,
                 "The shop at %s uses plain permalinks, and then WooCommerce's REST API cannot be "
                 "reached. In WordPress, under "
                 "Settings, Permalinks, choose any other form, for example “Post name”",
                 url);
  return fail (error, WB_ERROR_INVALID,
               "There is no WooCommerce shop at %s: its address %s/wp-json/ did not answer as "
               "WordPress does (HTTP %u)",
               url, url, status);
}

/* A whole number of hours as a zone; sites set to an offset have no name for their zone. */
static char *
zone_of (const WbJson *index)
{
  const char      *name = wb_json_opt_string (index, "timezone_string");
  g_autofree char *offset = wb_json_scalar_text (index, "gmt_offset");
  gint64           hours;

  if (!wb_text_is_empty (name))
    return g_strdup (name);
  if (offset == NULL || !g_ascii_string_to_signed (offset, 10, -12, 14, &hours, NULL))
    return NULL;
  return hours == 0 ? g_strdup ("UTC") : g_strdup_printf ("Etc/GMT%+d", (int) -hours);
}

static gboolean
look_at_site (WbWooShop *self, WbShopFindings *found, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpResponse) response =
      get_open (self, "/wp-json/", NULL, NULL, cancellable, error);
  g_autoptr (JsonNode) root = response != NULL ? index_of (response) : NULL;
  WbJson               index = wb_json_root (root, "index");
  guint                status;

  if (response == NULL)
    return FALSE;
  wb_woo_shop_see_clock (self, response);
  found->clock_offset = self->clock_offset;
  status = wb_http_response_get_status (response);
  if (root == NULL)
    {
      /* Some sites hide their index and serve the shop's API all the same. */
      if (status == 401 || status == 403)
        return TRUE;
      return explain_no_index (self, response, cancellable, error);
    }
  if (!has_woocommerce (&index))
    return fail (error, WB_ERROR_INVALID,
                 "%s is a WordPress site, but WooCommerce is not switched on there",
                 wb_http_get_base_url (self->http));
  if (!wb_text_is_empty (wb_json_opt_string (&index, "name")))
    found->name = wb_woo_text_plain (wb_json_opt_string (&index, "name"));
  found->zone = zone_of (&index);
  return TRUE;
}

/* ---- what may the key do, what is there? ---- */

/* How many orders a list has; its newest is left in @newest (nullable). */
static gboolean
count_orders (WbWooShop    *self,
              const char   *status,
              gint64       *count,
              JsonNode    **newest,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (WbHttpRequest)  request = wb_woo_shop_request ("GET", "/orders");
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       root = NULL;
  WbJson                     list;

  if (status != NULL)
    wb_http_request_add_query (request, "status", status);
  wb_http_request_add_query_int (request, "per_page", 1);
  wb_http_request_add_query (request, "_fields", "id,currency");
  root = wb_woo_shop_call (self, request, &response, cancellable, error);
  if (root == NULL)
    return FALSE;
  list = wb_json_root (root, "orders");
  if (!wb_json_is_array (&list))
    return wb_json_fail (&list, "a list of orders", error);
  *count = json_array_get_length (json_node_get_array (root)) > 0
               ? wb_http_response_get_header_int (response, "X-WP-Total", -1)
               : 0;
  if (newest != NULL)
    *newest = g_steal_pointer (&root);
  return TRUE;
}

static void
find_currency (WbWooShop      *self,
               const WbJson   *order,
               WbShopFindings *found,
               GCancellable   *cancellable)
{
  g_autoptr (WbHttpRequest) request = NULL;
  g_autoptr (JsonNode)      root = NULL;
  WbJson                    at;
  const char               *currency = wb_json_opt_string (order, "currency");

  if (currency == NULL)
    {
      request = wb_woo_shop_request ("GET", "/data/currencies/current");
      root = wb_woo_shop_call (self, request, NULL, cancellable, NULL);
      at = wb_json_root (root, "currency");
      currency = wb_json_opt_string (&at, "code");
    }
  if (wb_currency_is_valid (currency))
    g_strlcpy (found->currency, currency, sizeof found->currency);
}

/* A shop without the feature does not know the route; one that has it answers, be it “no such
 * order”. */
static gboolean
find_fulfilments (
    WbWooShop *self, gint64 order, gboolean *can_fulfil, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("GET", "/orders/%" G_GINT64_FORMAT "/fulfillments", order);
  g_autoptr (WbHttpResponse) response = wb_woo_shop_send (self, request, cancellable, error);
  g_autofree char           *code = NULL;
  guint                      status;

  if (response == NULL)
    return FALSE;
  code = wb_woo_shop_code (response);
  status = wb_http_response_get_status (response);
  *can_fulfil = wb_http_response_is_success (response) ||
                (status == 404 && code != NULL && g_strcmp0 (code, "rest_no_route") != 0);
  return TRUE;
}

/* An empty change to an order that does not exist: refused for want of the order, or for want of
 * the right to write. */
static gboolean
find_rights (WbWooShop *self, WbShopFindings *found, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("PUT", "/orders/%" G_GINT64_FORMAT, NO_ORDER);
  g_autoptr (JsonNode)       body = json_from_string ("{}", NULL);
  g_autoptr (WbHttpResponse) response = NULL;
  guint                      status;

  wb_http_request_set_json (request, body);
  wb_http_request_set_effect (request, FALSE);
  response = wb_woo_shop_send (self, request, cancellable, error);
  if (response == NULL)
    return FALSE;
  status = wb_http_response_get_status (response);
  found->can_write = status == 400 || status == 404;
  if (status == 401 || status == 403)
    found->notes = g_strdup (_ ("The key may only read. To report shipments, give it the "
                                "permission Read/Write in WooCommerce under "
                                "Settings, Advanced, REST API."));
  else if (!found->can_write)
    return wb_woo_shop_check (response, error);
  return TRUE;
}

/** wb_woo_shop_probe: see wb_shop_probe(). */
gboolean
wb_woo_shop_probe (WbShop         *shop,
                   WbShopFindings *findings,
                   GCancellable   *cancellable,
                   GError        **error)
{
  WbWooShop              *self = WB_WOO_SHOP (shop);
  g_auto (WbShopFindings) found = { .orders = -1, .open_orders = -1 };
  g_autoptr (JsonNode)    newest = NULL;
  WbJson                  list, order;
  gint64                  id;

  if (!look_at_site (self, &found, cancellable, error) ||
      !count_orders (self, NULL, &found.orders, &newest, cancellable, error) ||
      !count_orders (self, "processing", &found.open_orders, NULL, cancellable, error))
    return FALSE;
  list = wb_json_root (newest, "orders");
  order = wb_json_element (&list, 0);
  find_currency (self, &order, &found, cancellable);
  if (!wb_json_opt_int (&order, "id", 1, &id, NULL))
    id = 1;
  if (!find_fulfilments (self, id, &found.can_fulfil, cancellable, error) ||
      !find_rights (self, &found, cancellable, error))
    return FALSE;
  *findings = found;
  found = (WbShopFindings){ 0 };
  return TRUE;
}
