/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first import: the shop writes all its orders into one file, which is read piece by piece.
 *
 * The file is one JSON object a line: an order, behind it its lines, each with its order's id. How
 * far it was read is part of the mark, so an interrupted import goes on. Where the shop makes no
 * such file, the orders are read page by page. */
#include <string.h>

#include "wb-behind.h"
#include "wb-shopify-shop.h"
#include "wb-text.h"

#define PIECE         (4 * 1024 * 1024) /* bytes asked for at once */
#define LONGEST_LINE  (8 * 1024 * 1024)
#define ORDERS_A_PAGE 100
#define POLL_FIRST    (200 * 1000)
#define POLL_LONGEST  (10 * G_TIME_SPAN_SECOND)
#define MOST_WAITING  (60 * G_TIME_SPAN_MINUTE)

/* Where the parts of an order belong, by the kind in their ids. */
static const struct
{
  const char *kind;
  const char *connection;
} parts[] = {
  { "/LineItem/", "lineItems" },
  { "/ShippingLine/", "shippingLines" },
  { "/FulfillmentOrder/", "fulfillmentOrders" },
  { "/Return/", "returns" },
};

/* ---- asking for the file ---- */

/* The document without variables: their values are put in. */
static char *
query_text (WbShopifyShop *self, GError **error)
{
  static const struct
  {
    const char *name;
    guint       may;
  } rights[] = {
    { "$customers", WB_SHOPIFY_MAY_CUSTOMERS },
    { "$products", WB_SHOPIFY_MAY_PRODUCTS },
    { "$fulfillment", WB_SHOPIFY_MAY_FULFILLMENT },
    { "$returns", WB_SHOPIFY_MAY_RETURNS },
  };
  g_autofree char    *text = wb_graphql_load (WB_SHOPIFY_FOLDER, "bulk-orders.graphql", error);
  g_autoptr (GString) query = NULL;
  char               *open, *close;

  if (text == NULL)
    return NULL;
  query = g_string_new (text);
  open = strstr (query->str, "query BulkOrders(");
  close = open != NULL ? strchr (open, ')') : NULL;
  if (close == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The document of the first import is broken");
      return NULL;
    }
  open = strchr (open, '(');
  g_string_erase (query, open - query->str, close + 1 - open);
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    g_string_replace (query, rights[i].name, self->may & rights[i].may ? "true" : "false", 0);
  return g_string_free (g_steal_pointer (&query), FALSE);
}

/* Asks for the file; its name is kept before anything is waited for. */
static gboolean
start (WbShopifySync *sync, GError **error)
{
  g_autofree char     *query = query_text (sync->shop, error);
  g_autoptr (JsonNode) payload = NULL;
  WbJson               at, operation;
  const char          *id;

  if (query == NULL)
    return FALSE;
  if (!wb_shopify_mutate (sync->shop, "bulk-run.graphql", "bulkOperationRunQuery", "userErrors",
                          wb_graphql_object ("query", 's', query, NULL), &payload,
                          sync->cancellable, error))
    return FALSE;
  at = wb_json_root (payload, "bulkOperationRunQuery");
  operation = wb_json_member (&at, "bulkOperation");
  if ((id = wb_json_string (&operation, "id", error)) == NULL)
    return FALSE;
  wb_set_str (&sync->cursor.bulk, id);
  sync->cursor.bulk_at = 0;
  sync->cursor.bulk_from = 0;
  sync->cursor.bulk_done = 0;
  return wb_shopify_sync_hand_over (sync, error);
}

/* ---- waiting for it ---- */

typedef struct
{
  char  *url; /* NULL: an empty file */
  gint64 size;
  gint64 orders;
} File;

/* Sleeps; FALSE when cancelled. */
static gboolean
pause_for (WbShopifySync *sync, gint64 microseconds, GError **error)
{
  gint64 until = g_get_monotonic_time () + microseconds;

  wb_behind_leave ();
  while (!g_cancellable_is_cancelled (sync->cancellable) && g_get_monotonic_time () < until)
    g_usleep (20000);
  wb_behind_come_back ();
  if (!g_cancellable_is_cancelled (sync->cancellable))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "The first import was stopped");
  return FALSE;
}

/* Reads how the file stands. @ready: (out): it can be read. */
static gboolean
look (WbShopifySync *sync, File *file, gboolean *ready, GError **error)
{
  g_autoptr (JsonNode) root = wb_shopify_call (
      sync->shop, "bulk-state.graphql", wb_graphql_object ("id", 's', sync->cursor.bulk, NULL),
      sync->cancellable, error);
  WbJson           at = wb_json_root (root, "reply");
  WbJson           data, found;
  const char      *status;
  g_autofree char *size = NULL;
  g_autofree char *orders = NULL;

  if (root == NULL)
    return FALSE;
  data = wb_json_member (&at, "data");
  found = wb_json_member (&data, "bulkOperation");
  status = wb_json_is_object (&found) ? wb_json_opt_string (&found, "status") : "EXPIRED";
  *ready = g_strcmp0 (status, "COMPLETED") == 0;
  if (*ready)
    {
      size = wb_json_scalar_text (&found, "fileSize");
      orders = wb_json_scalar_text (&found, "rootObjectCount");
      file->url = g_strdup (wb_json_opt_string (&found, "url"));
      file->size = size != NULL ? g_ascii_strtoll (size, NULL, 10) : 0;
      file->orders = orders != NULL ? g_ascii_strtoll (orders, NULL, 10) : -1;
      if (sync->cursor.bulk_from == 0)
        return wb_json_opt_instant (&found, "createdAt", &sync->cursor.bulk_from, error);
      return TRUE;
    }
  if (g_strcmp0 (status, "CREATED") == 0 || g_strcmp0 (status, "RUNNING") == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "The shop did not finish the file: %s",
               status != NULL ? status : "no state");
  return FALSE;
}

static gboolean
wait_for_file (WbShopifySync *sync, File *file, GError **error)
{
  gint64 until = g_get_monotonic_time () + MOST_WAITING;
  gint64 pause = POLL_FIRST;

  while (g_get_monotonic_time () < until)
    {
      gboolean ready = FALSE;

      if (!look (sync, file, &ready, error))
        return FALSE;
      if (ready)
        return TRUE;
      if (!pause_for (sync, pause, error))
        return FALSE;
      pause = MIN (pause * 2, POLL_LONGEST);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
               "The shop is still writing the file of its orders. The import goes on at the next "
               "sync");
  return FALSE;
}

/* ---- reading it ---- */

typedef struct
{
  WbShopifySync *sync;
  const File    *file;
  WbHttp        *http;
  GString       *rest;    /* bytes read and not yet taken as lines */
  gint64         rest_at; /* where they stand in the file */
  JsonNode      *order;   /* whose parts are being gathered */
  gint64         order_at;
} Reading;

/* The next piece of the file, from @from on. */
static GBytes *
read_piece (Reading *reading, gint64 from, GError **error)
{
  gint64           last = MIN (from + PIECE, reading->file->size) - 1;
  g_autofree char *range =
      g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, from, last);
  g_autoptr (WbHttpRequest)  request = wb_http_request_new_url ("GET", reading->file->url);
  g_autoptr (WbHttpResponse) response = NULL;
  GBytes                    *body;

  wb_http_request_set_header (request, "Range", range);
  response = wb_http_send (reading->http, request, reading->sync->cancellable, error);
  if (response == NULL || !wb_http_check (response, error))
    return NULL;
  body = wb_http_response_get_body (response);
  if (wb_http_response_get_status (response) == 206 &&
      g_bytes_get_size (body) == (gsize) (last - from + 1))
    return g_bytes_ref (body);
  /* Where pieces cannot be had the whole comes; it must fit into one answer. */
  if (wb_http_response_get_status (response) == 200 &&
      g_bytes_get_size (body) == (gsize) reading->file->size)
    return g_bytes_new_from_bytes (body, (gsize) from, (gsize) (last - from + 1));
  g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
               "The file of the shop's orders came cut. The import goes on at the next sync");
  return NULL;
}

/* An empty list for each of an order's parts. */
static void
begin_order (Reading *reading, JsonNode *node, gint64 at)
{
  reading->order = json_node_ref (node);
  reading->order_at = at;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      JsonNode *list = json_node_new (JSON_NODE_ARRAY);
      JsonNode *connection;

      json_node_take_array (list, json_array_new ());
      connection = wb_graphql_object ("nodes", 'n', list, NULL);
      json_object_set_member (json_node_get_object (node), parts[i].connection, connection);
    }
}

/* Gives over the order that is whole now. @next: where the one behind it begins. */
static gboolean
end_order (Reading *reading, gint64 next, gboolean last, GError **error)
{
  WbShopifySync       *sync = reading->sync;
  g_autoptr (JsonNode) order = g_steal_pointer (&reading->order);

  if (order != NULL && !wb_shopify_sync_add (sync, order, error))
    return FALSE;
  sync->cursor.bulk_at = next;
  if (sync->orders->len < ORDERS_A_PAGE && sync->problems->len < ORDERS_A_PAGE && !last)
    return TRUE;
  sync->cursor.bulk_done += sync->orders->len;
  return last || wb_shopify_sync_hand_over (sync, error);
}

static gboolean
add_part (Reading *reading, JsonNode *node, const WbJson *at, GError **error)
{
  WbJson      order = wb_json_root (reading->order, "order");
  const char *id = wb_json_opt_string (at, "id");
  const char *parent = wb_json_opt_string (at, "__parentId");

  if (reading->order == NULL || id == NULL ||
      g_strcmp0 (parent, wb_json_opt_string (&order, "id")) != 0)
    return wb_json_fail (at, "a part of the order before it", error);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (id, parts[i].kind) != NULL)
      {
        JsonObject *connection = json_object_get_object_member (
            json_node_get_object (reading->order), parts[i].connection);

        json_array_add_element (json_object_get_array_member (connection, "nodes"),
                                json_node_ref (node));
        return TRUE;
      }
  return wb_json_fail (at, "a part that is known", error);
}

static gboolean
take_line (Reading *reading, const char *line, gsize length, gint64 at_byte, GError **error)
{
  g_autoptr (JsonNode) node =
      wb_json_parse (line, (gssize) length, "a line of the shop's file", error);
  WbJson at = wb_json_root (node, "line");

  if (node == NULL)
    return FALSE;
  if (!wb_json_is_object (&at))
    return wb_json_fail (&at, "an object", error);
  if (wb_json_opt_string (&at, "__parentId") != NULL)
    return add_part (reading, node, &at, error);
  if (reading->order != NULL && !end_order (reading, at_byte, FALSE, error))
    return FALSE;
  begin_order (reading, node, at_byte);
  return TRUE;
}

/* Takes all whole lines of what was read. */
static gboolean
take_lines (Reading *reading, gboolean last, GError **error)
{
  gsize begin = 0;

  while (begin < reading->rest->len)
    {
      const char *line = reading->rest->str + begin;
      const char *end = memchr (line, '\n', reading->rest->len - begin);
      gsize       length = end != NULL ? (gsize) (end - line) : reading->rest->len - begin;

      if (end == NULL && !last)
        break;
      if (length > 0 &&
          !take_line (reading, line, length, reading->rest_at + (gint64) begin, error))
        return FALSE;
      begin += length + (end != NULL ? 1 : 0);
    }
  g_string_erase (reading->rest, 0, (gssize) begin);
  reading->rest_at += (gint64) begin;
  if (reading->rest->len <= LONGEST_LINE)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "A line of the shop's file is too long");
  return FALSE;
}

static gboolean
read_all (Reading *reading, GError **error)
{
  gint64 at = reading->sync->cursor.bulk_at;

  reading->rest_at = at;
  while (at < reading->file->size)
    {
      g_autoptr (GBytes) piece = read_piece (reading, at, error);
      gsize              size;
      const char        *data;

      if (piece == NULL)
        return FALSE;
      data = g_bytes_get_data (piece, &size);
      g_string_append_len (reading->rest, data, (gssize) size);
      at += (gint64) size;
      if (!take_lines (reading, at >= reading->file->size, error))
        return FALSE;
    }
  return end_order (reading, reading->file->size, TRUE, error);
}

static gboolean
read_file (WbShopifySync *sync, const File *file, GError **error)
{
  g_autoptr (GUri)    uri = g_uri_parse (file->url, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  g_autofree char    *origin = NULL;
  g_autoptr (WbHttp)  http = NULL;
  Reading             reading = { .sync = sync, .file = file, .rest = rest };
  gboolean            done;

  if (uri == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The address of the shop's file is no address");
      return FALSE;
    }
  origin = g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                       g_uri_get_port (uri), "", NULL, NULL);
  http = wb_http_new (origin, NULL, error);
  if (http == NULL)
    return FALSE;
  wb_http_set_name (http, "The file of the shop's orders");
  reading.http = http;
  sync->done = sync->cursor.bulk_done;
  sync->total = file->orders;
  done = read_all (&reading, error);
  g_clear_pointer (&reading.order, json_node_unref);
  return done;
}

/* ---- all of it ---- */

static void
forget (WbShopifySync *sync)
{
  g_clear_pointer (&sync->cursor.bulk, g_free);
  sync->cursor.bulk_at = sync->cursor.bulk_from = sync->cursor.bulk_done = 0;
}

/* Whether @error means that no file is to be had, and pages will do. */
static gboolean
is_no_file (const GError *error)
{
  static const gint codes[] = { WB_ERROR_REFUSED, WB_ERROR_INVALID, WB_ERROR_UNSURE,
                                WB_ERROR_AUTH,    WB_ERROR_FAILED,  WB_ERROR_NOT_FOUND,
                                WB_ERROR_TOO_MUCH };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, WB_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
run (WbShopifySync *sync, GError **error)
{
  File     file = { .orders = -1 };
  gboolean read = TRUE;

  if (sync->cursor.bulk == NULL && !start (sync, error))
    return FALSE;
  if (!wait_for_file (sync, &file, error))
    return FALSE;
  if (file.url != NULL && file.size > 0)
    read = read_file (sync, &file, error);
  g_free (file.url);
  if (!read)
    return FALSE;
  sync->cursor.since = sync->cursor.bulk_from;
  forget (sync);
  return wb_shopify_sync_hand_over (sync, error);
}

/**
 * wb_shopify_sync_bulk:
 * @done: (out): all orders of the shop's file were handed over, and the mark is when it was begun
 *
 * Returns: %TRUE also when the shop makes no file: then nothing more was read and the orders are to
 * be read page by page. %FALSE with @error: to go on from the mark at another time.
 */
gboolean
wb_shopify_sync_bulk (WbShopifySync *sync, gboolean *done, GError **error)
{
  g_autoptr (GError) local = NULL;
  guint              problems;

  if (run (sync, &local))
    {
      *done = TRUE;
      return TRUE;
    }
  if (!is_no_file (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  problems = sync->problems->len;
  forget (sync);
  g_ptr_array_set_size (sync->orders, 0);
  g_ptr_array_set_size (sync->raws, 0);
  g_ptr_array_set_size (sync->problems, problems);
  sync->total = -1;
  sync->done = 0;
  sync->cursor.since = 0;
  return TRUE;
}
