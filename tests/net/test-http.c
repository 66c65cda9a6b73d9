/* SPDX-License-Identifier: GPL-3.0-or-later
 * The client in ordinary and odd weather: addresses, bodies, statuses, pauses, redirects, pages, limits, the trace. */
#include "raw-server.h"
#include "wb-http.h"
#include "wb-test.h"
#include "wb-time.h"

#include <glib/gstdio.h>
#include <string.h>

static GArray *pauses; /* gint64 µs */

static gboolean
fake_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  g_array_append_val (pauses, microseconds);
  return TRUE;
}

static WbHttp *
client_with (RawServer *server, WbHttpAuth *auth)
{
  g_autofree char   *url = raw_server_url (server, "/api/");
  g_autoptr (GError) error = NULL;
  WbHttp            *http = wb_http_new (url, auth, &error);

  g_assert_no_error (error);
  wb_http_auth_free (auth);
  g_array_set_size (pauses, 0);
  wb_http_set_sleep_func (http, fake_sleep, NULL);
  wb_http_set_name (http, "The shop");
  return http;
}

static WbHttp *
client (RawServer *server)
{
  return client_with (server, wb_http_auth_new_none ());
}

static WbHttpResponse *
get (WbHttp *http, const char *path, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", path);

  return wb_http_send (http, request, NULL, error);
}

/* ---- addresses ---- */

static void
test_addresses (void)
{
  static const char *const good[] = {
    "https://shop.example", "https://shop.example:8443/sub/", "http://127.0.0.1:8080", "http://127.9.8.7/", "http://[::1]:80", "http://localhost:1/x", "http://LOCALHOST/",
  };
  static const char *const bad[] = {
    "http://shop.example", "http://127.0.0.1.example/", "http://10.0.0.1/", "http://[::2]/", "http://localhost.example/",
    "ftp://localhost/",    "shop.example",              "https://",         "",              "https://me:pw@shop.example/",
    "http://127.1/",       "http://0.0.0.0/",           "javascript:1",     "http://localhost@evil.example/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WbHttp) http = wb_http_new (good[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_true (wb_http_url_is_allowed (good[i], NULL));
      g_assert_false (g_str_has_suffix (wb_http_get_base_url (http), "/"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wb_http_new (bad[i], NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_null (strstr (error->message, ":pw@"));
      g_assert_false (wb_http_url_is_allowed (bad[i], NULL));
    }
  g_assert_null (wb_http_new ("https://shop.example/?rest_route=/", NULL, NULL));
  g_assert_false (wb_http_url_is_allowed (NULL, NULL));
}

/* ---- what is sent ---- */

static void
test_request_line_and_headers (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client_with (server, wb_http_auth_new_basic ("ck_user", "cs_päss"));
  g_autoptr (WbHttpRequest)  request = wb_http_request_new_segments ("get", "orders", "a/b?c", "..", NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autofree char           *target = NULL;
  g_autofree char           *agent = NULL;
  g_autofree char           *authorization = NULL;
  g_autofree char           *version = NULL;

  wb_http_set_header (http, "Stripe-Version", "2024-06-20");
  wb_http_request_add_query (request, "q", "ä &=+");
  wb_http_request_add_query_int (request, "n", -5);
  raw_server_add_json (server, 200, "{\"a\":[1]}");
  response = wb_http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  target = raw_server_target (server, 0);
  g_assert_cmpstr (target, ==, "/api/orders/a%2Fb%3Fc/%252E?q=%C3%A4%20%26%3D%2B&n=-5");
  agent = raw_server_header (server, 0, "User-Agent");
  g_assert_true (g_str_has_prefix (agent, "Waybill/"));
  authorization = raw_server_header (server, 0, "Authorization");
  g_assert_cmpstr (authorization, ==, "Basic Y2tfdXNlcjpjc19ww6Rzcw==");
  version = raw_server_header (server, 0, "Stripe-Version");
  g_assert_cmpstr (version, ==, "2024-06-20");
  g_assert_cmpstr (wb_http_response_get_header (response, "content-TYPE"), ==, "application/json; charset=UTF-8");
  g_assert_null (wb_http_response_get_header (response, "X-None"));
  g_assert_true (g_str_has_suffix (wb_http_response_get_url (response), target));
}

static void
test_auth_kinds (void)
{
  struct
  {
    WbHttpAuth *auth;
    const char *header;
  } cases[] = {
    { wb_http_auth_new_none (), NULL },
    { wb_http_auth_new_bearer ("tok-1"), "Bearer tok-1" },
    { wb_http_auth_new_key ("EZTK1"), "Basic RVpUSzE6" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = client_with (server, cases[i].auth);
      g_autoptr (WbHttpResponse) response = NULL;
      g_autofree char           *header = NULL;

      raw_server_add_json (server, 200, "{}");
      response = get (http, "x", NULL);
      header = raw_server_header (server, 0, "Authorization");
      g_assert_cmpstr (header, ==, cases[i].header);
    }
}

/* A 401 is an answer, not a reason for libsoup to try again. */
static void
test_unauthorised_is_not_repeated (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client_with (server, wb_http_auth_new_basic ("user", "password-1"));
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  raw_server_add (server, RAW_KEEP, "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
  response = get (http, "/x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_http_response_get_status (response), ==, 401);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
}

static void
test_bodies (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client (server);
  g_autoptr (WbHttpRequest)  form = wb_http_request_new ("POST", "/form");
  g_autoptr (WbHttpRequest)  json = wb_http_request_new ("POST", "/json");
  g_autoptr (WbHttpRequest)  empty = wb_http_request_new ("POST", "/empty");
  g_autoptr (JsonNode)       root = json_from_string ("{\"total\":\"402.60\",\"name\":\"Süß\"}", NULL);
  g_autoptr (WbHttpResponse) a = NULL;
  g_autoptr (WbHttpResponse) b = NULL;
  g_autoptr (WbHttpResponse) c = NULL;
  g_autofree char           *type = NULL;

  for (guint i = 0; i < 3; i++)
    raw_server_add_json (server, 200, "{}");
  wb_http_request_add_form (form, "metadata[order]", "ä&b");
  wb_http_request_add_form_int (form, "amount_to_capture", 4260);
  wb_http_request_add_form (form, "none", NULL);
  a = wb_http_send (http, form, NULL, NULL);
  g_assert_cmpstr (raw_server_body (server, 0), ==, "metadata%5Border%5D=%C3%A4%26b&amount_to_capture=4260");
  type = raw_server_header (server, 0, "Content-Type");
  g_assert_cmpstr (type, ==, "application/x-www-form-urlencoded");
  wb_http_request_set_json (json, root);
  b = wb_http_send (http, json, NULL, NULL);
  g_assert_cmpstr (raw_server_body (server, 1), ==, "{\"total\":\"402.60\",\"name\":\"Süß\"}");
  c = wb_http_send (http, empty, NULL, NULL);
  g_assert_nonnull (c);
  g_assert_cmpstr (raw_server_body (server, 2), ==, "");
}

/* ---- statuses ---- */

static void
test_check (void)
{
  static const struct
  {
    guint status;
    int   safe; /* -1: no error */
    int   effect;
  } cases[] = {
    { 200, -1, -1 },
    { 201, -1, -1 },
    { 204, -1, -1 },
    { 302, -1 /* followed, not asked here */, WB_ERROR_UNSURE },
    { 308, -1, WB_ERROR_INVALID },
    { 400, WB_ERROR_INVALID, WB_ERROR_INVALID },
    { 401, WB_ERROR_AUTH, WB_ERROR_AUTH },
    { 402, WB_ERROR_DECLINED, WB_ERROR_DECLINED },
    { 403, WB_ERROR_AUTH, WB_ERROR_AUTH },
    { 404, WB_ERROR_NOT_FOUND, WB_ERROR_NOT_FOUND },
    { 408, WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE },
    { 409, WB_ERROR_CONFLICT, WB_ERROR_CONFLICT },
    { 410, WB_ERROR_NOT_FOUND, WB_ERROR_NOT_FOUND },
    { 413, WB_ERROR_REFUSED, WB_ERROR_REFUSED },
    { 422, WB_ERROR_INVALID, WB_ERROR_INVALID },
    { 425, WB_ERROR_UNAVAILABLE, WB_ERROR_UNAVAILABLE },
    { 429, WB_ERROR_UNAVAILABLE, WB_ERROR_UNAVAILABLE },
    { 500, WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE },
    { 502, WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE },
    { 503, WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE },
    { 504, WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases) * 2; i++)
    {
      gboolean                   effect = i % 2;
      int                        code = effect ? cases[i / 2].effect : cases[i / 2].safe;
      guint                      status = cases[i / 2].status;
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = client (server);
      g_autoptr (WbHttpRequest)  request = wb_http_request_new (effect ? "POST" : "GET", "/x");
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) response = NULL;

      if (!effect && status >= 300 && status < 400)
        continue;
      wb_http_set_retries (http, 1, 30);
      raw_server_add_json (server, status, "{\"code\":\"woocommerce_x\",\"message\":\"No\\nway\"}");
      response = wb_http_send (http, request, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wb_http_response_get_status (response), ==, status);
      g_assert_true (wb_http_check (response, &error) == (code < 0));
      if (code < 0)
        continue;
      g_assert_true (error->domain == WB_ERROR && error->code == code);
      g_assert_nonnull (strstr (error->message, "The shop answered with HTTP "));
      g_assert_nonnull (strstr (error->message, "No way (woocommerce_x)"));
      g_assert_true (!!strstr (error->message, "not known") == (code == WB_ERROR_UNSURE));
    }
}

/* A POST that only looks something up is as safe as a GET. */
static void
test_effect_can_be_told (void)
{
  g_autoptr (RawServer)     server = raw_server_new ();
  g_autoptr (WbHttp)        http = client (server);
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("POST", "/verify");
  g_autoptr (GError)        error = NULL;
  g_autoptr (JsonNode)      root = NULL;

  g_assert_true (wb_http_request_has_effect (request));
  wb_http_request_set_effect (request, FALSE);
  raw_server_add (server, RAW_CLOSE, "");
  raw_server_add_json (server, 200, "{}");
  root = wb_http_call (http, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (root);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 2);
}

static void
test_messages (void)
{
  static const char *const cases[][2] = {
    { "{\"error\":{\"code\":\"card_declined\",\"message\":\"Declined.\"}}", "Declined. (card_declined)" },
    { "{\"error\":\"invalid_client\"}", "invalid_client" },
    { "{\"error\":\"x\",\"error_description\":\"Bad client\"}", "Bad client" },
    { "{\"message\":\"Key sk_live_abcdefgh123 is bad\"}", "Key *** is bad" },
    { "{\"error\":{\"message\":{\"a\":[\"b\"]}}}", NULL },
    { "[1]", NULL },
    { "{broken", NULL },
    { "", NULL },
    { "<html><head><title>\n Maintenance &#8250; Shop &amp; Co</title></head><body>x</body></html>", "Maintenance › Shop & Co" },
    { "<html><body><h1>502 <b>Bad</b> Gateway</h1></body></html>", "502 Bad Gateway" },
    { "<div id=\"error-page\"><script>var a;</script>Error establishing a database connection</div>", "Error establishing a database connection" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = client (server);
      g_autoptr (WbHttpResponse) response = NULL;
      g_autofree char           *message = NULL;

      raw_server_add_json (server, 400, cases[i][0]);
      response = get (http, "/x", NULL);
      message = wb_http_response_dup_message (response);
      g_assert_cmpstr (message, ==, cases[i][1]);
    }
}

/* ---- web pages and broken data ---- */

#define PAGE(status, headers) \
  "HTTP/1.1 " status "\r\nContent-Type: text/html; charset=UTF-8\r\n" headers \
  "Content-Length: 89\r\n\r\n<!DOCTYPE html><html><head><title>Briefly unavailable</title></head><body>x</body></html>\n"

static void
test_web_page (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client (server);
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("GET", "/orders");
  g_autoptr (GError)         error = NULL;
  g_autoptr (GError)         page_error = NULL;

  /* maintenance: told with the wish to wait, which is too long to wait here */
  raw_server_add (server, RAW_KEEP, PAGE ("503 Service Unavailable", "Retry-After: 600\r\n"));
  g_assert_null (wb_http_call (http, request, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_true (g_str_has_prefix (error->message, "The shop answered with a web page: HTTP 503: Briefly unavailable. It asks to wait 600 s, until "));
  g_assert_cmpuint (pauses->len, ==, 0);

  /* and a page where data should be, although the status is 200 */
  raw_server_add (server, RAW_KEEP, PAGE ("200 OK", ""));
  g_assert_null (wb_http_call (http, request, NULL, &page_error));
  g_assert_error (page_error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_cmpstr (page_error->message, ==, "The shop answered HTTP 200, but with a web page instead of data: Briefly unavailable");
}

static void
test_broken_json (void)
{
  static const char *const bodies[] = {
    "[{\"id\":1},{\"id\":2,\"tot", "", "   ", "<br />\n<b>Notice</b>: Undefined{\"id\":1}", "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies) * 2; i++)
    {
      gboolean                  effect = i % 2;
      g_autoptr (RawServer)     server = raw_server_new ();
      g_autoptr (WbHttp)        http = client (server);
      g_autoptr (WbHttpRequest) request = wb_http_request_new (effect ? "POST" : "GET", "/x");
      g_autoptr (GError)        error = NULL;

      raw_server_add_json (server, 200, bodies[i / 2]);
      g_assert_null (wb_http_call (http, request, NULL, &error));
      g_assert_true (g_error_matches (error, WB_ERROR, effect ? WB_ERROR_UNSURE : WB_ERROR_UNAVAILABLE));
    }
}

static void
test_byte_order_mark (void)
{
  g_autoptr (RawServer)     server = raw_server_new ();
  g_autoptr (WbHttp)        http = client (server);
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", "/x");
  g_autoptr (GError)        error = NULL;
  g_autoptr (JsonNode)      root = NULL;

  raw_server_add_json (server, 200, "\xef\xbb\xbf\n{\"a\":1}");
  root = wb_http_call (http, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (root));
}

/* ---- limits ---- */

static GBytes *
gzip_zeros (gsize size)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream)   memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream)   out = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  g_autofree char            *zeros = g_malloc0 (size);

  g_assert_true (g_output_stream_write_all (out, zeros, size, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
test_too_large (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client (server);
  g_autoptr (WbHttpRequest)  effect = wb_http_request_new ("POST", "/x");
  g_autoptr (GBytes)         bomb = gzip_zeros (20 * 1024 * 1024);
  g_autofree char           *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", g_bytes_get_size (bomb));
  g_autoptr (GByteArray)     packed = g_byte_array_new ();
  g_autoptr (GBytes)         reply = NULL;
  GError                    *errors[3] = { NULL };

  wb_http_set_max_size (http, 1024 * 1024);
  raw_server_add (server, RAW_ENDLESS, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  g_assert_null (get (http, "/endless", &errors[0]));
  g_assert_error (errors[0], WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (errors[0]->message, "larger than 1048576 bytes"));
  g_assert_cmpuint (raw_server_n_requests (server), ==, 1); /* again would be no smaller */

  raw_server_add (server, RAW_ENDLESS, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  g_assert_null (wb_http_send (http, effect, NULL, &errors[1]));
  g_assert_error (errors[1], WB_ERROR, WB_ERROR_UNSURE);

  g_byte_array_append (packed, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (packed, g_bytes_get_data (bomb, NULL), (guint) g_bytes_get_size (bomb));
  reply = g_byte_array_free_to_bytes (g_steal_pointer (&packed));
  raw_server_add_bytes (server, RAW_CLOSE, reply);
  g_assert_null (get (http, "/bomb", &errors[2]));
  g_assert_error (errors[2], WB_ERROR, WB_ERROR_INVALID);
  for (guint i = 0; i < 3; i++)
    g_clear_error (&errors[i]);
}

static void
test_request_max_size (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client (server);
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("GET", "/x");
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  raw_server_add_json (server, 200, "{\"abc\":1}");
  wb_http_request_set_max_size (request, 9);
  response = wb_http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  raw_server_add_json (server, 200, "{\"abcd\":1}");
  g_assert_null (wb_http_send (http, request, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* Compressed answers arrive as they were meant. */
static void
test_gzip (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client (server);
  g_autoptr (GBytes)         packed = gzip_zeros (5000);
  g_autofree char           *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", g_bytes_get_size (packed));
  g_autoptr (GByteArray)     all = g_byte_array_new ();
  g_autoptr (GBytes)         reply = NULL;
  g_autoptr (GBytes)         cut = NULL;
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  g_byte_array_append (all, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (all, g_bytes_get_data (packed, NULL), (guint) g_bytes_get_size (packed));
  reply = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  raw_server_add_bytes (server, RAW_KEEP, reply);
  response = get (http, "/x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (wb_http_response_get_body (response)), ==, 5000);

  wb_http_set_retries (http, 1, 1);
  cut = g_bytes_new_from_bytes (reply, 0, g_bytes_get_size (reply) - 4);
  raw_server_add_bytes (server, RAW_CLOSE, cut);
  g_assert_null (get (http, "/x", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
}

/* ---- pauses ---- */

static gint64
pause_at (guint i)
{
  return g_array_index (pauses, gint64, i);
}

static gint64
fixed_clock (gpointer data)
{
  return 1763800000; /* 2025-11-22T08:26:40Z */
}

static void
test_retries (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client (server);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  raw_server_add_json (server, 502, "{}");
  raw_server_add (server, RAW_KEEP, "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
  raw_server_add (server, RAW_KEEP, "HTTP/1.1 503 No\r\nRetry-After: Sat, 22 Nov 2025 08:26:49 GMT\r\nContent-Length: 0\r\n\r\n");
  raw_server_add_json (server, 200, "{\"ok\":1}");
  wb_clock_set (fixed_clock, NULL);
  response = get (http, "/x", &error);
  wb_clock_set (NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_http_response_get_status (response), ==, 200);
  g_assert_cmpuint (pauses->len, ==, 3);
  g_assert_cmpint (pause_at (0), >=, 375000);
  g_assert_cmpint (pause_at (0), <=, 625000);
  g_assert_cmpint (pause_at (1), ==, 7 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (pause_at (2), ==, 9 * G_TIME_SPAN_SECOND);
}

static void
test_retries_end (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client (server);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  for (guint i = 0; i < 9; i++)
    raw_server_add_json (server, 503, "{}");
  response = get (http, "/x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_http_response_get_status (response), ==, 503);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 4);
  g_assert_cmpint (pause_at (2), >=, 3 * pause_at (0) / 2); /* longer each time, chance included */
}

/* Not repeated: what has an effect, and what will not pass. */
static void
test_no_retry (void)
{
  static const struct
  {
    const char *method;
    guint       status;
  } cases[] = { { "POST", 503 }, { "PUT", 502 }, { "DELETE", 429 }, { "GET", 404 }, { "GET", 400 }, { "GET", 409 }, { "GET", 501 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = client (server);
      g_autoptr (WbHttpRequest)  request = wb_http_request_new (cases[i].method, "/x");
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add_json (server, cases[i].status, "{}");
      raw_server_add_json (server, 200, "{}");
      response = wb_http_send (http, request, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wb_http_response_get_status (response), ==, cases[i].status);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
    }
}

static void
test_retry_after_forms (void)
{
  static const struct
  {
    const char *text;
    gint64      seconds;
  } cases[] = {
    { "0", 0 }, { "120", 120 }, { "Sat, 22 Nov 2025 08:30:00 GMT", 200 }, { "Sat, 22 Nov 2025 08:00:00 GMT", 0 },
    { "-5", -1 }, { "soon", -1 }, { "99999999999999999999", -1 }, { "1.5", -1 },
  };

  wb_clock_set (fixed_clock, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = client (server);
      g_autofree char           *reply = g_strdup_printf ("HTTP/1.1 200 OK\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n", cases[i].text);
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add (server, RAW_KEEP, reply);
      response = get (http, "/x", NULL);
      g_assert_cmpint (wb_http_response_get_retry_after (response), ==, cases[i].seconds);
    }
  wb_clock_set (NULL, NULL);
}

/* 60 calls a minute: five at once, then each a second after the one before. */
static void
test_pace (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = client (server);

  wb_http_set_calls_per_minute (http, 60);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add_json (server, 200, "{}");
      response = get (http, "/x", NULL);
      g_assert_nonnull (response);
    }
  g_assert_cmpuint (pauses->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (pause_at (i), <=, (i + 1) * G_TIME_SPAN_SECOND);
      g_assert_cmpint (pause_at (i), >, (gint64) i * G_TIME_SPAN_SECOND - 900000);
    }
}

/* ---- redirects ---- */

static void
add_redirect (RawServer *server, guint status, const char *location)
{
  g_autofree char *reply = g_strdup_printf ("HTTP/1.1 %u Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", status, location);

  raw_server_add (server, RAW_KEEP, reply);
}

static void
test_redirect_followed (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client_with (server, wb_http_auth_new_bearer ("token-77"));
  g_autofree char           *absolute = raw_server_url (server, "/api/c?page=2");
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("GET", "/a");
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autofree char           *first = NULL;
  g_autofree char           *second = NULL;
  g_autofree char           *third = NULL;
  g_autofree char           *authorization = NULL;

  wb_http_request_add_query (request, "page", "2");
  add_redirect (server, 301, "b/?page=2");
  add_redirect (server, 307, absolute);
  raw_server_add_json (server, 200, "{}");
  response = wb_http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  first = raw_server_target (server, 0);
  second = raw_server_target (server, 1);
  third = raw_server_target (server, 2);
  g_assert_cmpstr (first, ==, "/api/a?page=2");
  g_assert_cmpstr (second, ==, "/api/b/?page=2");
  g_assert_cmpstr (third, ==, "/api/c?page=2");
  authorization = raw_server_header (server, 2, "Authorization");
  g_assert_cmpstr (authorization, ==, "Bearer token-77");
  g_assert_cmpstr (wb_http_response_get_url (response), ==, absolute);
}

static void
test_redirect_refused (void)
{
  g_autoptr (RawServer) other = raw_server_new ();
  g_autofree char      *other_port = raw_server_url (other, "/api/x");
  g_autofree char      *other_name = g_strdup_printf ("http://localhost:%u/api/x", raw_server_port (other));
  const char           *targets[] = { other_port, other_name, "https://evil.example/", "http://evil.example/", "//evil.example/x", "ftp://127.0.0.1/" };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (WbHttp)    http = client_with (server, wb_http_auth_new_bearer ("token-78"));
      g_autoptr (GError)    error = NULL;

      add_redirect (server, 302, targets[i]);
      g_assert_null (get (http, "/a", &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
  g_assert_cmpuint (raw_server_n_lines (other), ==, 0);
}

static void
test_redirect_circle (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = client (server);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GError)    nowhere = NULL;

  for (guint i = 0; i < 20; i++)
    add_redirect (server, 302, "/api/a");
  g_assert_null (get (http, "/a", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 6);
}

/* An effect stays where it was sent: libsoup would turn a POST into a GET. */
static void
test_redirect_of_effect (void)
{
  static const struct
  {
    guint status;
    int   code;
  } cases[] = { { 301, WB_ERROR_INVALID }, { 302, WB_ERROR_UNSURE }, { 303, WB_ERROR_UNSURE }, { 307, WB_ERROR_INVALID }, { 308, WB_ERROR_INVALID } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = client (server);
      g_autoptr (WbHttpRequest)  request = wb_http_request_new ("POST", "/a");
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) response = NULL;

      add_redirect (server, cases[i].status, "/api/b");
      raw_server_add_json (server, 200, "{}");
      response = wb_http_send (http, request, NULL, &error);
      g_assert_no_error (error);
      g_assert_false (wb_http_check (response, &error));
      g_assert_error (error, WB_ERROR, cases[i].code);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
    }
}

/* ---- pages and downloads ---- */

static void
test_links (void)
{
  static const struct
  {
    const char *header;
    const char *next;
  } cases[] = {
    { "<https://s.example/o?page=1>; rel=\"prev\", <https://s.example/o?page=3>; rel=\"next\"", "https://s.example/o?page=3" },
    { "<https://s.example/o?a=1,2;3>; rel=next", "https://s.example/o?a=1,2;3" },
    { "<https://s.example/o>; title=\"a, b\"; rel=\"first next\"", "https://s.example/o" },
    { "<https://s.example/o>; rel=\"nextish\"", NULL },
    { "<https://s.example/o", NULL },
    { "<a>,<b>; rel=next", "b" },
    { "", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *next = wb_http_link_find (cases[i].header, "next");

      g_assert_cmpstr (next, ==, cases[i].next);
    }
}

static void
test_pages (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = client (server);
  g_autofree char           *next = raw_server_url (server, "/api/orders?page=2");
  g_autofree char           *reply = g_strdup_printf ("HTTP/1.1 200 OK\r\nX-WP-TotalPages: 3\r\nX-WP-Total: x\r\nLink: <http://a/>; rel=\"prev\"\r\n"
                                                      "Link: <%s>; rel=\"next\"\r\nContent-Length: 2\r\n\r\n[]", next);
  g_autoptr (WbHttpRequest)  away = wb_http_request_new_url ("GET", "https://other.example/orders?page=2");
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autofree char           *found = NULL;

  raw_server_add (server, RAW_KEEP, reply);
  response = get (http, "/orders", &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_http_response_total_pages (response), ==, 3);
  g_assert_cmpint (wb_http_response_get_header_int (response, "X-WP-Total", -7), ==, -7);
  found = wb_http_response_next_url (response);
  g_assert_cmpstr (found, ==, next);
  /* a link that leads away takes no credentials with it */
  g_assert_null (wb_http_send (http, away, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
test_download (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char      *url = raw_server_url (server, "/labels/1.pdf?sig=a%2Bb+c");
  g_autoptr (GError)    error = NULL;
  g_autoptr (GBytes)    bytes = NULL;
  g_autoptr (GBytes)    twice = NULL;
  g_autofree char      *target = NULL;

  raw_server_add (server, RAW_CLOSE, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n%PDF-");
  bytes = wb_http_download (url, 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 5);
  target = raw_server_target (server, 0);
  g_assert_cmpstr (target, ==, "/labels/1.pdf?sig=a%2Bb+c"); /* a signed address stays letter by letter */

  /* cut between chunks once: found out by asking again */
  raw_server_add (server, RAW_CLOSE, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
  raw_server_add (server, RAW_CLOSE, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
  raw_server_add (server, RAW_CLOSE, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
  twice = wb_http_download (url, 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (twice), ==, 6);

  g_assert_null (wb_http_download ("http://labels.example/1.pdf", 1000, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* ---- the trace ---- */

static void
test_trace (void)
{
  static const char *const secrets[] = { "cs_planted_secret", "sk_planted/1", "tok_planted_9", "Y2s6Y3NfcGxhbnRlZF9zZWNyZXQ=", "form-planted-5", "sk_planted%2F1" };
  g_autofree char       *folder = wb_test_temp_folder ();
  g_autofree char       *path = g_build_filename (folder, "trace.txt", NULL);
  g_autoptr (GError)     error = NULL;
  g_autofree char       *text = NULL;
  GStatBuf               info;

  g_assert_true (g_file_set_contents (path, "old\n", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  {
    g_autoptr (WbHttpTrace)    trace = wb_http_trace_open (path, &error);
    g_autoptr (RawServer)      server = raw_server_new ();
    g_autoptr (WbHttp)         http = NULL;
    g_autoptr (WbHttpRequest)  request = wb_http_request_new ("POST", "/tokens");
    g_autoptr (WbHttpResponse) response = NULL;
    g_autoptr (WbHttpResponse) cut = NULL;

    g_assert_no_error (error);
    wb_http_trace_set_default (trace);
    http = client_with (server, wb_http_auth_new_basic ("ck", "cs_planted_secret"));
    wb_http_trace_set_default (NULL);
    wb_redact_add ("sk_planted/1");
    wb_http_request_add_query (request, "key_of", "sk_planted/1");
    wb_http_request_add_query (request, "note", "sk_planted/1");
    wb_http_request_add_form (request, "api_secret", "form-planted-5");
    wb_http_request_add_form (request, "amount", "4260");
    raw_server_add_json (server, 201, "{\"token\":\"tok_planted_9\",\"echo\":\"sk_planted\\/1\",\"number\":\"1001\"}");
    response = wb_http_send (http, request, NULL, &error);
    g_assert_no_error (error);
    cut = wb_http_send (http, request, NULL, NULL);
    g_assert_null (cut);
  }
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_test_message ("%s", text);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (text, secrets[i]));
  g_assert_true (g_str_has_prefix (text, "old\n"));
  g_assert_nonnull (strstr (text, "POST http://127.0.0.1:"));
  g_assert_nonnull (strstr (text, "Authorization: ***"));
  g_assert_nonnull (strstr (text, "amount=4260"));
  g_assert_nonnull (strstr (text, "--> HTTP 201 after "));
  g_assert_nonnull (strstr (text, "\"number\":\"1001\""));
  g_assert_nonnull (strstr (text, "--> FAILED after "));
  wb_redact_clear ();
  wb_test_remove_folder (folder);
}

static void
test_trace_refused (void)
{
  g_autofree char   *folder = wb_test_temp_folder ();
  g_autofree char   *there = g_build_filename (folder, "there", NULL);
  g_autofree char   *path = g_build_filename (folder, "link", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (there, "", 0, NULL));
  g_assert_cmpint (symlink (there, path), ==, 0);
  g_assert_null (wb_http_trace_open (path, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
  wb_test_remove_folder (folder);
}

/* One connection is kept for reading. */
static void
test_keep_alive (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = client (server);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add_json (server, 200, "{}");
      response = get (http, "/x", NULL);
      g_assert_nonnull (response);
    }
  g_assert_cmpuint (raw_server_n_lines (server), ==, 1);
}

/* Made in one thread, used in others, one after the other. */
static gpointer
get_in_thread (gpointer http)
{
  return get (http, "/x", NULL);
}

static void
test_threads (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = client (server);

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add_json (server, 200, "{}");
      response = g_thread_join (g_thread_new ("worker", get_in_thread, http));
      g_assert_nonnull (response);
    }
  g_assert_cmpuint (raw_server_n_requests (server), ==, 6);
}

static const struct
{
  const char *name;
  void (*func) (void);
} tests[] = {
  { "addresses", test_addresses },
  { "request-line", test_request_line_and_headers },
  { "auth-kinds", test_auth_kinds },
  { "unauthorised", test_unauthorised_is_not_repeated },
  { "bodies", test_bodies },
  { "check", test_check },
  { "effect-told", test_effect_can_be_told },
  { "messages", test_messages },
  { "web-page", test_web_page },
  { "broken-json", test_broken_json },
  { "byte-order-mark", test_byte_order_mark },
  { "too-large", test_too_large },
  { "request-max-size", test_request_max_size },
  { "gzip", test_gzip },
  { "retries", test_retries },
  { "retries-end", test_retries_end },
  { "no-retry", test_no_retry },
  { "retry-after", test_retry_after_forms },
  { "pace", test_pace },
  { "redirect-followed", test_redirect_followed },
  { "redirect-refused", test_redirect_refused },
  { "redirect-circle", test_redirect_circle },
  { "redirect-of-effect", test_redirect_of_effect },
  { "links", test_links },
  { "pages", test_pages },
  { "download", test_download },
  { "trace", test_trace },
  { "trace-refused", test_trace_refused },
  { "keep-alive", test_keep_alive },
  { "threads", test_threads },
};

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  pauses = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/net/http/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].func);
    }
  result = g_test_run ();
  g_array_unref (pauses);
  return result;
}
