/* SPDX-License-Identifier: GPL-3.0-or-later
 * The client in ordinary weather: addresses, what is sent, what an answer means, pages, documents,
 * the trace. */
#include "net-client.h"
#include "wb-test.h"
#include "wb-time.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- addresses ---- */

static void
test_addresses (void)
{
  static const char *const good[] = {
    "https://shop.example",  "https://shop.example:8443/sub/",
    "http://127.0.0.1:8080", "http://127.9.8.7/",
    "http://[::1]:80",       "http://localhost:1/x",
    "http://LOCALHOST/",     "https://süß.example/a",
  };
  static const char *const bad[] = {
    "http://shop.example",
    "http://127.0.0.1.example/",
    "http://10.0.0.1/",
    "http://[::2]/",
    "http://localhost.example/",
    "ftp://localhost/",
    "shop.example",
    "https://",
    "",
    "https://me:pw@shop.example/",
    "http://127.1/",
    "http://0.0.0.0/",
    "javascript:1",
    "http://localhost@evil.example/",
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
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = net_client (server, wb_http_auth_new_basic ("ck_user", "cs_päss"));
  g_autoptr (WbHttpRequest) request =
      wb_http_request_new_segments ("get", "orders", "a/b?c", "..", NULL);
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
  g_assert_cmpstr (wb_http_response_get_header (response, "content-TYPE"), ==,
                   "application/json; charset=UTF-8");
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
      g_autoptr (WbHttp)         http = net_client (server, cases[i].auth);
      g_autoptr (WbHttpResponse) response = NULL;
      g_autofree char           *header = NULL;

      raw_server_add_json (server, 200, "{}");
      response = net_get (http, "x", NULL);
      header = raw_server_header (server, 0, "Authorization");
      g_assert_cmpstr (header, ==, cases[i].header);
    }
}

/* A 401 is an answer, not a reason for libsoup to try again. */
static void
test_unauthorised_is_not_repeated (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = net_client (server, wb_http_auth_new_basic ("user", "password-1"));
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  raw_server_add (
      server, RAW_KEEP,
      "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
  response = net_get (http, "/x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_http_response_get_status (response), ==, 401);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
}

static void
test_bodies (void)
{
  g_autoptr (RawServer)     server = raw_server_new ();
  g_autoptr (WbHttp)        http = net_client (server, NULL);
  g_autoptr (WbHttpRequest) form = wb_http_request_new ("POST", "/form");
  g_autoptr (WbHttpRequest) json = wb_http_request_new ("POST", "/json");
  g_autoptr (WbHttpRequest) empty = wb_http_request_new ("POST", "/empty");
  g_autoptr (JsonNode) root = json_from_string ("{\"total\":\"402.60\",\"name\":\"Süß\"}", NULL);
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
  g_assert_cmpstr (raw_server_body (server, 0), ==,
                   "metadata%5Border%5D=%C3%A4%26b&amount_to_capture=4260");
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
      g_autoptr (WbHttp)         http = net_client (server, NULL);
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
  g_autoptr (WbHttp)        http = net_client (server, NULL);
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
    { "{\"error\":{\"code\":\"card_declined\",\"message\":\"Declined.\"}}",
      "Declined. (card_declined)" },
    { "{\"error\":\"invalid_client\"}", "invalid_client" },
    { "{\"error\":\"x\",\"error_description\":\"Bad client\"}", "Bad client" },
    { "{\"message\":\"Key sk_live_abcdefgh123 is bad\"}", "Key *** is bad" },
    { "{\"error\":{\"message\":{\"a\":[\"b\"]}}}", NULL },
    { "[1]", NULL },
    { "{broken", NULL },
    { "", NULL },
    { "<html><head><title>\n Maintenance &#8250; Shop &amp; Co</title></head><body>x</body></html>",
      "Maintenance › Shop & Co" },
    { "<html><body><h1>502 <b>Bad</b> Gateway</h1></body></html>", "502 Bad Gateway" },
    { "<div id=\"error-page\"><script>var a;</script>Error establishing a database "
      "connection</div>",
      "Error establishing a database connection" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (WbHttpResponse) response = NULL;
      g_autofree char           *message = NULL;

      raw_server_add_json (server, 400, cases[i][0]);
      response = net_get (http, "/x", NULL);
      message = wb_http_response_dup_message (response);
      g_assert_cmpstr (message, ==, cases[i][1]);
    }
}

/* A page made to be slow to read is not. */
static void
test_hostile_page (void)
{
  static const char *const pieces[] = { "<head ",   "<title><h1>", "<!--",
                                        "<script>", "&amp;amp;",   "<p" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (GString)        page = g_string_new ("<html>");
      g_autoptr (WbHttpResponse) response = NULL;
      g_autoptr (GError)         error = NULL;
      gint64                     start = g_get_monotonic_time ();

      while (page->len < 500000)
        g_string_append (page, pieces[i]);
      raw_server_add_json (server, 404, page->str);
      response = net_get (http, "/x", NULL);
      g_assert_false (wb_http_check (response, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
      g_assert_cmpuint (strlen (error->message), <, 2000);
      g_test_message ("%s: %" G_GINT64_FORMAT " ms", pieces[i],
                      (g_get_monotonic_time () - start) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
    }
}

/* ---- web pages and broken data ---- */

#define PAGE(status, headers)                                                                      \
  "HTTP/1.1 " status "\r\nContent-Type: text/html; charset=UTF-8\r\n" headers                      \
  "Content-Length: 89\r\n\r\n<!DOCTYPE html><html><head><title>Briefly "                           \
  "unavailable</title></head><body>x</body></html>\n"

static void
test_web_page (void)
{
  g_autoptr (RawServer)     server = raw_server_new ();
  g_autoptr (WbHttp)        http = net_client (server, NULL);
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", "/orders");
  g_autoptr (GError)        error = NULL;
  g_autoptr (GError)        page_error = NULL;

  /* maintenance: told with the wish to wait, which is too long to wait here */
  raw_server_add (server, RAW_KEEP, PAGE ("503 Service Unavailable", "Retry-After: 600\r\n"));
  g_assert_null (wb_http_call (http, request, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_true (g_str_has_prefix (error->message,
                                   "The shop answered with a web page: HTTP 503: Briefly "
                                   "unavailable. It asks to wait 600 s, until "));
  g_assert_cmpuint (net_n_pauses (), ==, 0);

  /* and a page where data should be, although the status is 200 */
  raw_server_add (server, RAW_KEEP, PAGE ("200 OK", ""));
  g_assert_null (wb_http_call (http, request, NULL, &page_error));
  g_assert_error (page_error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_cmpstr (
      page_error->message, ==,
      "The shop answered HTTP 200, but with a web page instead of data: Briefly unavailable");
}

static void
test_broken_json (void)
{
  static const char *const bodies[] = {
    "[{\"id\":1},{\"id\":2,\"tot",
    "",
    "   ",
    "<br />\n<b>Notice</b>: Undefined{\"id\":1}",
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies) * 2; i++)
    {
      gboolean                  effect = i % 2;
      g_autoptr (RawServer)     server = raw_server_new ();
      g_autoptr (WbHttp)        http = net_client (server, NULL);
      g_autoptr (WbHttpRequest) request = wb_http_request_new (effect ? "POST" : "GET", "/x");
      g_autoptr (GError)        error = NULL;

      raw_server_add_json (server, 200, bodies[i / 2]);
      g_assert_null (wb_http_call (http, request, NULL, &error));
      g_assert_true (
          g_error_matches (error, WB_ERROR, effect ? WB_ERROR_UNSURE : WB_ERROR_UNAVAILABLE));
    }
}

static void
test_byte_order_mark (void)
{
  g_autoptr (RawServer)     server = raw_server_new ();
  g_autoptr (WbHttp)        http = net_client (server, NULL);
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", "/x");
  g_autoptr (GError)        error = NULL;
  g_autoptr (JsonNode)      root = NULL;

  raw_server_add_json (server, 200, "\xef\xbb\xbf\n{\"a\":1}");
  root = wb_http_call (http, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (root));
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
    { "<https://s.example/o?page=1>; rel=\"prev\", <https://s.example/o?page=3>; rel=\"next\"",
      "https://s.example/o?page=3" },
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
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = net_client (server, NULL);
  g_autofree char      *next = raw_server_url (server, "/api/orders?page=2");
  g_autofree char      *reply =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nX-WP-TotalPages: 3\r\nX-WP-Total: x\r\nLink: "
                       "<http://a/>; rel=\"prev\"\r\n"
                       "Link: <%s>; rel=\"next\"\r\nContent-Length: 2\r\n\r\n[]",
                       next);
  g_autoptr (WbHttpRequest) away =
      wb_http_request_new_url ("GET", "https://other.example/orders?page=2");
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autofree char           *found = NULL;

  raw_server_add (server, RAW_KEEP, reply);
  response = net_get (http, "/orders", &error);
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
  g_assert_cmpstr (target, ==,
                   "/labels/1.pdf?sig=a%2Bb+c"); /* a signed address stays letter by letter */

  /* cut between chunks once: found out by asking again */
  raw_server_add (server, RAW_CLOSE,
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
  raw_server_add (
      server, RAW_CLOSE,
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
  raw_server_add (
      server, RAW_CLOSE,
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
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
  static const char *const secrets[] = { "cs_planted_secret", "sk_planted/1",
                                         "tok_planted_9",     "Y2s6Y3NfcGxhbnRlZF9zZWNyZXQ=",
                                         "form-planted-5",    "sk_planted%2F1" };
  g_autofree char         *folder = wb_test_temp_folder ();
  g_autofree char         *path = g_build_filename (folder, "trace.txt", NULL);
  g_autoptr (GError)       error = NULL;
  g_autofree char         *text = NULL;
  GStatBuf                 info;

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
    http = net_client (server, wb_http_auth_new_basic ("ck", "cs_planted_secret"));
    wb_http_trace_set_default (NULL);
    wb_redact_add ("sk_planted/1");
    wb_http_request_add_query (request, "key_of", "sk_planted/1");
    wb_http_request_add_query (request, "note", "sk_planted/1");
    wb_http_request_add_form (request, "api_secret", "form-planted-5");
    wb_http_request_add_form (request, "amount", "4260");
    raw_server_add_json (
        server, 201,
        "{\"token\":\"tok_planted_9\",\"echo\":\"sk_planted\\/1\",\"number\":\"1001\"}");
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

/* A version is put behind an address once, whether that names it already or not. */
static void
test_versioned_url (void)
{
  static const struct
  {
    const char *given, *url;
  } cases[] = {
    { NULL, "https://api.example/v2" },
    { "", "https://api.example/v2" },
    { "http://localhost:1", "http://localhost:1/v2" },
    { "http://localhost:1/", "http://localhost:1/v2" },
    { "http://localhost:1/v2//", "http://localhost:1/v2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *url = wb_http_versioned_url (cases[i].given, "https://api.example", "/v2");

      g_assert_cmpstr (url, ==, cases[i].url);
    }
}

static const struct
{
  const char *name;
  void (*func) (void);
} tests[] = {
  { "versioned-url", test_versioned_url },
  { "addresses", test_addresses },
  { "request-line", test_request_line_and_headers },
  { "auth-kinds", test_auth_kinds },
  { "unauthorised", test_unauthorised_is_not_repeated },
  { "bodies", test_bodies },
  { "check", test_check },
  { "effect-told", test_effect_can_be_told },
  { "messages", test_messages },
  { "hostile-page", test_hostile_page },
  { "web-page", test_web_page },
  { "broken-json", test_broken_json },
  { "byte-order-mark", test_byte_order_mark },
  { "links", test_links },
  { "pages", test_pages },
  { "download", test_download },
  { "trace", test_trace },
  { "trace-refused", test_trace_refused },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/net/http/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].func);
    }
  return g_test_run ();
}
