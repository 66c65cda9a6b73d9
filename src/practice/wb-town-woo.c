/* SPDX-License-Identifier: GPL-3.0-or-later
 * The way into the shop's REST API: its routes, its errors, its paging. */
#include "wb-town-woo-webhooks.h"

#include <string.h>

static const WbTownRoute routes[] = {
  { "GET", "/orders", wb_town_woo_list_orders },
  { "POST", "/orders", wb_town_woo_post_order },
  { "POST", "/orders/batch", wb_town_woo_batch_orders },
  { "GET", "/orders/*", wb_town_woo_get_order },
  { "PUT", "/orders/*", wb_town_woo_put_order },
  { "POST", "/orders/*", wb_town_woo_put_order },
  { "PATCH", "/orders/*", wb_town_woo_put_order },
  { "DELETE", "/orders/*", wb_town_woo_delete_order },
  { "GET", "/orders/*/notes", wb_town_woo_list_notes },
  { "POST", "/orders/*/notes", wb_town_woo_post_note },
  { "GET", "/orders/*/notes/*", wb_town_woo_get_note },
  { "DELETE", "/orders/*/notes/*", wb_town_woo_delete_note },
  { "GET", "/orders/*/refunds", wb_town_woo_list_refunds },
  { "POST", "/orders/*/refunds", wb_town_woo_post_refund },
  { "GET", "/orders/*/refunds/*", wb_town_woo_get_refund },
  { "DELETE", "/orders/*/refunds/*", wb_town_woo_delete_refund },
  { "GET", "/products", wb_town_woo_list_products },
  { "GET", "/products/*", wb_town_woo_get_product },
  { "PUT", "/products/*", wb_town_woo_put_product },
  { "GET", "/products/*/variations", wb_town_woo_list_variations },
  { "GET", "/products/*/variations/*", wb_town_woo_get_variation },
  { "PUT", "/products/*/variations/*", wb_town_woo_put_variation },
  { "GET", "/settings/products/*", wb_town_woo_get_product_setting },
  { "GET", "/reports/orders/totals", wb_town_woo_get_totals },
  { "GET", "/webhooks", wb_town_woo_list_webhooks },
  { "POST", "/webhooks", wb_town_woo_post_webhook },
  { "GET", "/webhooks/*", wb_town_woo_get_webhook },
  { "PUT", "/webhooks/*", wb_town_woo_put_webhook },
  { "DELETE", "/webhooks/*", wb_town_woo_delete_webhook },
  { "GET", "/settings/general", wb_town_woo_get_settings },
  { "GET", "/settings/general/*", wb_town_woo_get_setting },
  { "GET", "/data/currencies/current", wb_town_woo_get_currency },
  { NULL, NULL, NULL },
};

/* Only there where the shop has switched the feature on; elsewhere WordPress knows no such route.
 */
static const WbTownRoute fulfillment_routes[] = {
  { "GET", "/orders/*/fulfillments", wb_town_woo_list_fulfillments },
  { "POST", "/orders/*/fulfillments", wb_town_woo_post_fulfillment },
  { "GET", "/orders/*/fulfillments/*", wb_town_woo_get_fulfillment },
  { "PUT", "/orders/*/fulfillments/*", wb_town_woo_put_fulfillment },
  { "DELETE", "/orders/*/fulfillments/*", wb_town_woo_delete_fulfillment },
  { NULL, NULL, NULL },
};

/* Only there where WooPayments is installed. */
static const WbTownRoute payment_routes[] = {
  { "POST", "/payments/orders/*/capture_authorization", wb_town_woo_capture_authorization },
  { "POST", "/payments/orders/*/cancel_authorization", wb_town_woo_cancel_authorization },
  { "GET", "/payments/payment_intents/*", wb_town_woo_get_payment_intent },
  { NULL, NULL, NULL },
};

/** wb_town_woo_fail: an error in WordPress' shape. */
void
wb_town_woo_fail (WbTownReply *reply, guint status, const char *code, const char *message)
{
  wb_town_reply_reset (reply);
  reply->status = status;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "code", code);
  wb_town_out_string (reply->out, "message", message);
  wb_town_out_begin_object (reply->out, "data");
  wb_town_out_int (reply->out, "status", status);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
}

/** wb_town_woo_fail_param: a 400 about one parameter. */
void
wb_town_woo_fail_param (WbTownReply *reply, const char *param, const char *message)
{
  wb_town_reply_reset (reply);
  reply->status = 400;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "code", "rest_invalid_param");
  wb_town_out_format (reply->out, "message", "Invalid parameter(s): %s", param);
  wb_town_out_begin_object (reply->out, "data");
  wb_town_out_int (reply->out, "status", 400);
  wb_town_out_begin_object (reply->out, "params");
  wb_town_out_string (reply->out, param, message);
  wb_town_out_end_object (reply->out);
  wb_town_out_begin_object (reply->out, "details");
  wb_town_out_begin_object (reply->out, param);
  wb_town_out_string (reply->out, "code", "rest_invalid_param");
  wb_town_out_string (reply->out, "message", message);
  wb_town_out_null (reply->out, "data");
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
}

static gboolean
number_param (WbTownRequest *request,
              WbTownReply   *reply,
              const char    *name,
              guint          fallback,
              guint          max,
              guint         *out)
{
  const char *text = wb_town_pairs_get (request->query, name);
  guint64     value = fallback;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, max, &value, NULL))
    {
      g_autofree char *message =
          max < G_MAXUINT
              ? g_strdup_printf ("%s must be between 1 (inclusive) and %u (inclusive)", name, max)
              : g_strdup_printf ("%s must be greater than or equal to 1", name);

      wb_town_woo_fail_param (reply, name, message);
      return FALSE;
    }
  *out = (guint) value;
  return TRUE;
}

/** wb_town_woo_page: reads page and per_page (1 to 100); FALSE with a 400 in @reply when they are
 * wrong. */
gboolean
wb_town_woo_page (WbTownRequest *request, WbTownReply *reply, guint *page, guint *per_page)
{
  return number_param (request, reply, "page", 1, G_MAXUINT, page) &&
         number_param (request, reply, "per_page", 10, 100, per_page);
}

static char *
page_url (WbTown *town, WbTownRequest *request, guint page)
{
  g_autofree char    *base = wb_town_dup_url (town, "shop");
  g_autoptr (GString) query = g_string_new (NULL);

  for (guint i = 0; i < request->query->len; i++)
    {
      const WbTownPair *pair = g_ptr_array_index (request->query, i);
      g_autofree char  *name = g_uri_escape_string (pair->name, NULL, FALSE);
      g_autofree char  *value = g_uri_escape_string (pair->value, NULL, FALSE);

      if (strcmp (pair->name, "page") != 0 && !g_str_has_prefix (pair->name, "oauth_"))
        g_string_append_printf (query, "%s=%s&", name, value);
    }
  return g_strdup_printf ("%s%s?%spage=%u", base, request->path + strlen ("/shop"), query->str,
                          page);
}

/** wb_town_woo_page_headers: X-WP-Total and its company, with the trap of an empty page (domain:
 * listing, 1). */
void
wb_town_woo_page_headers (WbTown        *town,
                          WbTownRequest *request,
                          WbTownReply   *reply,
                          guint          page,
                          guint          per_page,
                          guint          total,
                          guint          shown)
{
  guint               told = shown == 0 && page > 1 && wb_town_trap (town, 1) ? 0 : total;
  guint               pages = (told + per_page - 1) / per_page;
  g_autoptr (GString) link = g_string_new (NULL);

  if (!wb_town_trap (town, 10))
    wb_town_reply_header (reply, "X-RateLimit-Remaining", "%u", 1000);
  wb_town_reply_header (reply, "X-WP-Total", "%u", told);
  wb_town_reply_header (reply, "X-WP-TotalPages", "%u", pages);
  if (page > 1)
    {
      g_autofree char *url = page_url (town, request, MIN (page - 1, MAX (pages, 1)));

      g_string_append_printf (link, "<%s>; rel=\"prev\"", url);
    }
  if (page < pages)
    {
      g_autofree char *url = page_url (town, request, page + 1);

      g_string_append_printf (link, "%s<%s>; rel=\"next\"", link->len > 0 ? ", " : "", url);
    }
  if (link->len > 0)
    wb_town_reply_header (reply, "Link", "%s", link->str);
}

/** wb_town_woo_list_param: Returns: (transfer full) (nullable): a parameter given as "a,b", as
 * "name[]" or as "name[0]". */
GStrv
wb_town_woo_list_param (WbTownRequest *request, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char         *prefix = g_strconcat (name, "[", NULL);
  gboolean                 found = FALSE;

  for (guint i = 0; i < request->query->len; i++)
    {
      const WbTownPair *pair = g_ptr_array_index (request->query, i);
      g_auto (GStrv)    parts = NULL;

      if (strcmp (pair->name, name) != 0 && !g_str_has_prefix (pair->name, prefix))
        continue;
      found = TRUE;
      parts = g_strsplit (pair->value, ",", -1);
      for (guint k = 0; parts[k] != NULL; k++)
        if (*g_strstrip (parts[k]) != '\0')
          g_strv_builder_add (builder, parts[k]);
    }
  return found ? g_strv_builder_end (builder) : NULL;
}

/** wb_town_woo_id_param: Returns: (transfer full) (nullable): the ids (gint64) of a list parameter.
 */
GArray *
wb_town_woo_id_param (WbTownRequest *request, const char *name)
{
  g_auto (GStrv) texts = wb_town_woo_list_param (request, name);
  GArray        *ids;

  if (texts == NULL || texts[0] == NULL)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; texts[i] != NULL; i++)
    {
      gint64 id = g_ascii_strtoll (texts[i], NULL, 10);

      g_array_append_val (ids, id);
    }
  return ids;
}

/** wb_town_woo_true_param: whether a parameter says true, in one of PHP's ways. */
gboolean
wb_town_woo_true_param (WbTownRequest *request, const char *name)
{
  const char *value = wb_town_pairs_get (request->query, name);

  return value != NULL && (g_ascii_strcasecmp (value, "true") == 0 || strcmp (value, "1") == 0);
}

static void
no_route (WbTownReply *reply)
{
  wb_town_woo_fail (reply, 404, "rest_no_route",
                    "No route was found matching the URL and request method.");
}

/* A shop key means nothing to WordPress itself. */
static gboolean
refuse_basic (WbTownRequest *request, WbTownReply *reply)
{
  if (request->authorization == NULL ||
      g_ascii_strncasecmp (request->authorization, "Basic ", 6) != 0)
    return FALSE;
  wb_town_woo_fail (reply, 401, "invalid_username",
                    "Unknown username. Check again or try your email address.");
  return TRUE;
}

static void
handle_api (WbTown *town, WbTownRequest *request, WbTownReply *reply, const char *path)
{
  gboolean           known;
  const WbTownRoute *route = wb_town_route_find (routes, request, path, &known);

  if (route == NULL && town->fulfillments)
    route = wb_town_route_find (fulfillment_routes, request, path, &known);
  if (route == NULL && town->woo_payments)
    route = wb_town_route_find (payment_routes, request, path, &known);
  if (route == NULL)
    no_route (reply);
  else if (request->replay || wb_town_woo_authorise (town, request, reply))
    route->handler (town, request, reply);
}

/* Every seventh question meets a web page: closed for maintenance, a proxy's, the database's
 * (domain: writing, 27). */
static gboolean
answer_with_page (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  static const struct
  {
    guint       status;
    const char *html;
  } pages[] = {
    { 502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>" },
    { 503,
      "<!DOCTYPE html><html><body>Briefly unavailable for scheduled maintenance.</body></html>" },
    { 500, "<!DOCTYPE html><html><body>Error establishing a database connection</body></html>" },
  };
  guint which;

  if (!wb_town_trap (town, 27) || request->replay || strcmp (request->method, "GET") != 0 ||
      ++town->answers % 7 != 0)
    return FALSE;
  which = town->answers / 7 % G_N_ELEMENTS (pages);
  reply->status = pages[which].status;
  reply->content_type = "text/html; charset=UTF-8";
  reply->bytes = g_bytes_new_static (pages[which].html, strlen (pages[which].html));
  if (reply->status == 503)
    wb_town_reply_header (reply, "Retry-After", "600");
  return TRUE;
}

/** wb_town_woo_handle: answers a request below /shop/. */
void
wb_town_woo_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char *path = request->path + strlen ("/shop");

  if (answer_with_page (town, request, reply))
    return;
  if (g_str_has_prefix (path, "/wp-json/wc/v3/"))
    {
      handle_api (town, request, reply, path + strlen ("/wp-json/wc/v3"));
      return;
    }
  if (strcmp (path, "/wp-json/") == 0 || strcmp (path, "/wp-json") == 0)
    {
      if (!refuse_basic (request, reply))
        wb_town_woo_get_index (town, request, reply);
      return;
    }
  if (!refuse_basic (request, reply))
    no_route (reply);
}
