/* SPDX-License-Identifier: GPL-3.0-or-later
 * A WooCommerce shop of a few lines whose every move a test can set: what lists show, what breaks,
 * what was asked. */
#include "little-shop.h"

#include <string.h>

#include "wb-json.h"
#include "wb-woo-shop.h"
#include "wb-woo.h"

#define ROOT "/wp-json/wc/v3"

static void
order_free (gpointer data)
{
  LittleOrder *order = data;

  g_free (order->status);
  g_free (order->extra);
  g_free (order);
}

/** little_reply: JSON. */
void
little_reply (SoupServerMessage *message, guint status, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

/** little_reply_html: a web page, as a shop in trouble sends. */
void
little_reply_html (SoupServerMessage *message, guint status, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_COPY, body, strlen (body));
}

/** little_cut: closes the connection instead of answering. */
void
little_cut (SoupServerMessage *message)
{
  GIOStream *stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (stream);
}

static void
fail (SoupServerMessage *message, guint status, const char *code, const char *words)
{
  g_autofree char *body = g_strdup_printf (
      "{\"code\":\"%s\",\"message\":\"%s\",\"data\":{\"status\":%u}}", code, words, status);

  little_reply (message, status, body);
}

static char *
stamp (gint64 instant)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (instant);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
}

static char *
order_json (const LittleOrder *order)
{
  g_autofree char *modified = stamp (order->modified);

  return g_strdup_printf (
      "{\"id\":%" G_GINT64_FORMAT ",\"number\":\"%" G_GINT64_FORMAT
      "\",\"status\":\"%s\",\"currency\":\"EUR\","
      "\"date_modified_gmt\":\"%s\",\"total\":\"20.00\",\"total_tax\":\"0.00\",%s"
      "\"shipping\":{\"first_name\":\"A\",\"address_1\":\"B \\\"{[\\\" "
      "1\",\"city\":\"C\",\"country\":\"DE\"},"
      "\"line_items\":[{\"id\":11,\"name\":\"Tee\",\"product_id\":1,\"variation_id\":0,"
      "\"quantity\":3,"
      "\"subtotal\":\"20.00\",\"total\":\"20.00\",\"total_tax\":\"0.00\",\"sku\":\"T\",\"meta_"
      "data\":[]}],"
      "\"shipping_lines\":[]}",
      order->id, order->id, order->status, modified, order->extra != NULL ? order->extra : "");
}

/* ---- lists ---- */

/** little_param: Returns: (nullable): a parameter of the query. */
const char *
little_param (GHashTable *query, const char *name)
{
  return query != NULL ? g_hash_table_lookup (query, name) : NULL;
}

static const char *
param (GHashTable *query, const char *name, const char *fallback)
{
  const char *value = little_param (query, name);

  return value != NULL ? value : fallback;
}

static gboolean
is_listed (const LittleOrder *order, GHashTable *query)
{
  const char      *status = param (query, "status", "any");
  const char      *after = param (query, "modified_after", NULL);
  g_autofree char *modified = stamp (order->modified);
  g_auto (GStrv)   wanted = g_strsplit (status, ",", -1);

  if (after != NULL && strcmp (modified, after) <= 0)
    return FALSE;
  if (g_str_equal (status, "any"))
    return !g_str_equal (order->status, "trash");
  return g_strv_contains ((const char *const *) wanted, order->status);
}

static gint
by_modified (gconstpointer a, gconstpointer b)
{
  const LittleOrder *first = *(LittleOrder *const *) a;
  const LittleOrder *second = *(LittleOrder *const *) b;

  return first->modified < second->modified ? 1 : first->modified > second->modified ? -1 : 0;
}

static gint
by_id (gconstpointer a, gconstpointer b)
{
  const LittleOrder *first = *(LittleOrder *const *) a;
  const LittleOrder *second = *(LittleOrder *const *) b;

  return first->id < second->id ? -1 : first->id > second->id;
}

static void
list_orders (LittleShop *self, GHashTable *query, SoupServerMessage *message)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GString)   body = g_string_new ("[");
  guint                 per_page = (guint) atoi (param (query, "per_page", "10"));
  guint                 page = (guint) atoi (param (query, "page", "1"));
  SoupMessageHeaders   *headers = soup_server_message_get_response_headers (message);
  guint                 shown = 0;

  for (guint i = 0; i < self->orders->len; i++)
    if (is_listed (self->orders->pdata[i], query))
      g_ptr_array_add (rows, self->orders->pdata[i]);
  g_ptr_array_sort (rows,
                    g_str_equal (param (query, "orderby", "date"), "id") ? by_id : by_modified);
  for (guint i = (page - 1) * per_page; i < rows->len && i < page * per_page; i++, shown++)
    {
      g_autofree char *json = order_json (rows->pdata[i]);

      g_string_append_printf (body, "%s%s", shown > 0 ? "," : "", json);
    }
  g_string_append_c (body, ']');
  if (self->tells_totals)
    {
      /* Past the last page WooCommerce 11 says zero. */
      g_autofree char *total = g_strdup_printf ("%u", shown > 0 ? rows->len : 0);
      g_autofree char *pages =
          g_strdup_printf ("%u", shown > 0 ? (rows->len + per_page - 1) / per_page : 0);

      soup_message_headers_replace (headers, "X-WP-Total", total);
      soup_message_headers_replace (headers, "X-WP-TotalPages", pages);
    }
  little_reply (message, 200, body->str);
}

/* ---- one order ---- */

static void
list_nodes (GPtrArray *nodes, SoupServerMessage *message)
{
  g_autoptr (GString) body = g_string_new ("[");

  for (guint i = 0; i < nodes->len; i++)
    {
      g_autofree char *json = json_to_string (nodes->pdata[i], FALSE);

      g_string_append_printf (body, "%s%s", i > 0 ? "," : "", json);
    }
  g_string_append_c (body, ']');
  little_reply (message, 200, body->str);
}

static JsonNode *
body_of (SoupServerMessage *message)
{
  SoupMessageBody   *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);

  return wb_json_parse_bytes (bytes, "request", NULL);
}

static void
take_node (GPtrArray *nodes, SoupServerMessage *message)
{
  JsonNode        *node = body_of (message);
  g_autofree char *json = NULL;

  json_object_set_int_member (json_node_get_object (node), "id", 100 + nodes->len);
  g_ptr_array_add (nodes, node);
  json = json_to_string (node, FALSE);
  little_reply (message, 201, json);
}

static void
put_order (LittleShop *self, LittleOrder *order, SoupServerMessage *message)
{
  g_autoptr (JsonNode) body = body_of (message);
  WbJson               at = wb_json_root (body, "body");
  const char          *status = wb_json_opt_string (&at, "status");
  g_autofree char     *json = NULL;

  if (!self->may_write)
    {
      fail (message, 401, "woocommerce_rest_authentication_error",
            "The API key provided does not have write permissions.");
      return;
    }
  if (order == NULL)
    {
      fail (message, 400, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
      return;
    }
  if (status != NULL)
    {
      g_free (order->status);
      order->status = g_strdup (status);
      self->puts++;
    }
  json = order_json (order);
  little_reply (message, 200, json);
}

static void
answer_below (LittleShop *self, const char *method, const char *what, SoupServerMessage *message)
{
  GPtrArray *nodes = g_str_equal (what, "notes") ? self->notes : self->fulfilments;

  if (g_str_equal (what, "refunds"))
    little_reply (message, 200, self->refunds != NULL ? self->refunds : "[]");
  else if (g_str_equal (what, "fulfillments") && !self->has_api)
    fail (message, 404, "rest_no_route", "No route was found matching the URL and request method.");
  else if (g_str_equal (method, "POST"))
    take_node (nodes, message);
  else
    list_nodes (nodes, message);
}

static void
answer (LittleShop        *self,
        const char        *method,
        const char        *path,
        GHashTable        *query,
        SoupServerMessage *message)
{
  g_auto (GStrv) parts = g_str_has_prefix (path, ROOT "/orders/")
                             ? g_strsplit (path + strlen (ROOT "/orders/"), "/", 2)
                             : NULL;
  LittleOrder   *order =
      parts != NULL ? little_shop_find (self, g_ascii_strtoll (parts[0], NULL, 10)) : NULL;
  g_autofree char *json = NULL;

  if (g_str_equal (path, "/wp-json/"))
    little_reply (message, 200,
                  "{\"name\":\"Tom &amp; "
                  "Co\",\"timezone_string\":\"Europe/"
                  "Berlin\",\"gmt_offset\":1,\"namespaces\":[\"wp/v2\",\"wc/v3\"]}");
  else if (g_str_equal (path, ROOT "/orders"))
    list_orders (self, query, message);
  else if (parts == NULL)
    fail (message, 404, "rest_no_route", "No route was found matching the URL and request method.");
  else if (g_str_equal (method, "PUT"))
    put_order (self, order, message);
  else if (order == NULL)
    fail (message, 404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
  else if (parts[1] != NULL)
    answer_below (self, method, parts[1], message);
  else
    {
      json = order_json (order);
      little_reply (message, 200, json);
    }
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  LittleShop           *self = data;
  const char           *method = soup_server_message_get_method (message);
  const char           *text = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (wb_now () + self->skew);
  g_autofree char      *date = g_date_time_format (now, "%a, %d %b %Y %H:%M:%S GMT");

  g_ptr_array_add (self->log, g_strdup_printf ("%s %s?%s", method, path, text != NULL ? text : ""));
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", date);
  if (self->hook == NULL || !self->hook (self, method, path, query, message, self->hook_data))
    answer (self, method, path, query, message);
}

/* ---- its life ---- */

static gpointer
serve (gpointer data)
{
  LittleShop        *self = data;
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("server-header", "little-shop", NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  g_atomic_int_set (&self->port, g_uri_get_port (uris->data));
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/** little_shop_new: serves at once, on a free port. */
LittleShop *
little_shop_new (void)
{
  LittleShop *self = g_new0 (LittleShop, 1);

  self->orders = g_ptr_array_new_with_free_func (order_free);
  self->fulfilments = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->log = g_ptr_array_new_with_free_func (g_free);
  self->may_write = self->tells_totals = TRUE;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("little-shop", serve, self);
  while (g_atomic_int_get (&self->port) == 0)
    g_thread_yield ();
  return self;
}

/** little_shop_free: stops and frees it. */
void
little_shop_free (LittleShop *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->fulfilments);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->log);
  g_free (self->refunds);
  g_free (self);
}

/** little_shop_add: an order of three tees for 20.00. */
LittleOrder *
little_shop_add (LittleShop *self, gint64 id, const char *status, gint64 modified)
{
  LittleOrder *order = g_new0 (LittleOrder, 1);

  order->id = id;
  order->status = g_strdup (status);
  order->modified = modified;
  g_ptr_array_add (self->orders, order);
  return order;
}

/** little_shop_find: Returns: (nullable): the order. */
LittleOrder *
little_shop_find (LittleShop *self, gint64 id)
{
  for (guint i = 0; i < self->orders->len; i++)
    if (((LittleOrder *) self->orders->pdata[i])->id == id)
      return self->orders->pdata[i];
  return NULL;
}

static gboolean
no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

/** little_shop_open: a connection to it that does not wait between tries. */
WbShop *
little_shop_open (LittleShop *self, const char *settings)
{
  static const char *const values[] = { "ck_little", "cs_little", NULL };
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  WbShop                  *shop;

  wb_record_take_text (connection, WB_CONNECTION_BASE_URL,
                       g_strdup_printf ("http://127.0.0.1:%d/wp-admin/", self->port));
  wb_record_set_text (connection, WB_CONNECTION_NAME, "Little shop");
  wb_record_set_text (connection, WB_CONNECTION_SETTINGS, settings);
  shop = wb_woo_provider.open (connection, values, &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_WOO_SHOP (shop)->http, no_sleep, NULL);
  wb_http_set_sleep_func (WB_WOO_SHOP (shop)->open, no_sleep, NULL);
  return shop;
}

/** little_shop_count: how many requests so far match @pattern, “GET *notes*”. */
guint
little_shop_count (LittleShop *self, const char *pattern)
{
  guint n = 0;

  for (guint i = 0; i < self->log->len; i++)
    n += g_pattern_match_simple (pattern, self->log->pdata[i]);
  return n;
}
