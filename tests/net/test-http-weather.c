/* SPDX-License-Identifier: GPL-3.0-or-later
 * The client in odd weather: answers without end, rate limits, servers that fail for a while,
 * redirects, threads. */
#include "net-client.h"
#include "wb-time.h"

#include <string.h>

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
  g_autoptr (RawServer)     server = raw_server_new ();
  g_autoptr (WbHttp)        http = net_client (server, NULL);
  g_autoptr (WbHttpRequest) effect = wb_http_request_new ("POST", "/x");
  g_autoptr (GBytes)        bomb = gzip_zeros (20 * 1024 * 1024);
  g_autofree char          *head =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
                       g_bytes_get_size (bomb));
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GBytes)     reply = NULL;
  GError                *errors[3] = { NULL };

  wb_http_set_max_size (http, 1024 * 1024);
  raw_server_add (server, RAW_ENDLESS, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  g_assert_null (net_get (http, "/endless", &errors[0]));
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
  g_assert_null (net_get (http, "/bomb", &errors[2]));
  g_assert_error (errors[2], WB_ERROR, WB_ERROR_INVALID);
  for (guint i = 0; i < 3; i++)
    g_clear_error (&errors[i]);
}

static void
test_request_max_size (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
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
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = net_client (server, NULL);
  g_autoptr (GBytes)    packed = gzip_zeros (5000);
  g_autofree char      *head =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
                       g_bytes_get_size (packed));
  g_autoptr (GByteArray)     all = g_byte_array_new ();
  g_autoptr (GBytes)         reply = NULL;
  g_autoptr (GBytes)         cut = NULL;
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  g_byte_array_append (all, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (all, g_bytes_get_data (packed, NULL), (guint) g_bytes_get_size (packed));
  reply = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  raw_server_add_bytes (server, RAW_KEEP, reply);
  response = net_get (http, "/x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (wb_http_response_get_body (response)), ==, 5000);

  wb_http_set_retries (http, 1, 1);
  cut = g_bytes_new_from_bytes (reply, 0, g_bytes_get_size (reply) - 4);
  raw_server_add_bytes (server, RAW_CLOSE, cut);
  g_assert_null (net_get (http, "/x", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
}

/* ---- pauses ---- */

static gint64
fixed_clock (gpointer data)
{
  return 1763800000; /* 2025-11-22T08:26:40Z */
}

static void
test_retries (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  raw_server_add_json (server, 502, "{}");
  raw_server_add (server, RAW_KEEP,
                  "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
  raw_server_add (
      server, RAW_KEEP,
      "HTTP/1.1 503 No\r\nRetry-After: Sat, 22 Nov 2025 08:26:49 GMT\r\nContent-Length: 0\r\n\r\n");
  raw_server_add_json (server, 200, "{\"ok\":1}");
  wb_clock_set (fixed_clock, NULL);
  response = net_get (http, "/x", &error);
  wb_clock_set (NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_http_response_get_status (response), ==, 200);
  g_assert_cmpuint (net_n_pauses (), ==, 3);
  g_assert_cmpint (net_pause (0), >=, 375000);
  g_assert_cmpint (net_pause (0), <=, 625000);
  g_assert_cmpint (net_pause (1), ==, 7 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (net_pause (2), ==, 9 * G_TIME_SPAN_SECOND);
}

static void
test_retries_end (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  for (guint i = 0; i < 9; i++)
    raw_server_add_json (server, 503, "{}");
  response = net_get (http, "/x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_http_response_get_status (response), ==, 503);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 4);
  g_assert_cmpint (net_pause (2), >=,
                   3 * net_pause (0) / 2); /* longer each time, chance included */
}

/* Not repeated: what has an effect, and what will not pass. */
static void
test_no_retry (void)
{
  static const struct
  {
    const char *method;
    guint       status;
  } cases[] = { { "POST", 503 }, { "PUT", 502 }, { "DELETE", 429 }, { "GET", 404 },
                { "GET", 400 },  { "GET", 409 }, { "GET", 501 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
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
    { "0", 0 },
    { "120", 120 },
    { "Sat, 22 Nov 2025 08:30:00 GMT", 200 },
    { "Sat, 22 Nov 2025 08:00:00 GMT", 0 },
    { "-5", -1 },
    { "soon", -1 },
    { "99999999999999999999", -1 },
    { "1.5", -1 },
  };

  wb_clock_set (fixed_clock, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (WbHttp)    http = net_client (server, NULL);
      g_autofree char      *reply = g_strdup_printf (
               "HTTP/1.1 200 OK\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n", cases[i].text);
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add (server, RAW_KEEP, reply);
      response = net_get (http, "/x", NULL);
      g_assert_cmpint (wb_http_response_get_retry_after (response), ==, cases[i].seconds);
    }
  wb_clock_set (NULL, NULL);
}

static void
test_date (void)
{
  static const struct
  {
    const char *header;
    gint64      date;
  } cases[] = { { "Date: Sat, 22 Nov 2025 08:26:40 GMT\r\n", 1763800000 },
                { "", 0 },
                { "Date: today\r\n", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (WbHttp)    http = net_client (server, NULL);
      g_autofree char      *reply =
          g_strdup_printf ("HTTP/1.1 200 OK\r\n%sContent-Length: 0\r\n\r\n", cases[i].header);
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add (server, RAW_KEEP, reply);
      response = net_get (http, "/x", NULL);
      g_assert_cmpint (wb_http_response_get_date (response), ==, cases[i].date);
    }
}

/* 60 calls a minute: five at once, then each a second after the one before. */
static void
test_pace (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = net_client (server, NULL);

  wb_http_set_calls_per_minute (http, 60);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add_json (server, 200, "{}");
      response = net_get (http, "/x", NULL);
      g_assert_nonnull (response);
    }
  g_assert_cmpuint (net_n_pauses (), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (net_pause (i), <=, (i + 1) * G_TIME_SPAN_SECOND);
      g_assert_cmpint (net_pause (i), >, (gint64) i * G_TIME_SPAN_SECOND - 900000);
    }
}

/* ---- redirects ---- */

static void
add_redirect (RawServer *server, guint status, const char *location)
{
  g_autofree char *reply = g_strdup_printf (
      "HTTP/1.1 %u Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", status, location);

  raw_server_add (server, RAW_KEEP, reply);
}

static void
test_redirect_followed (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, wb_http_auth_new_bearer ("token-77"));
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
  g_autofree char      *other_name =
      g_strdup_printf ("http://localhost:%u/api/x", raw_server_port (other));
  const char *targets[] = {
    other_port,         other_name,        "https://evil.example/", "http://evil.example/",
    "//evil.example/x", "ftp://127.0.0.1/"
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (WbHttp)    http = net_client (server, wb_http_auth_new_bearer ("token-78"));
      g_autoptr (GError)    error = NULL;

      add_redirect (server, 302, targets[i]);
      g_assert_null (net_get (http, "/a", &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
  g_assert_cmpuint (raw_server_n_lines (other), ==, 0);
}

static void
test_redirect_circle (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = net_client (server, NULL);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GError)    nowhere = NULL;

  for (guint i = 0; i < 20; i++)
    add_redirect (server, 302, "/api/a");
  g_assert_null (net_get (http, "/a", &error));
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
  } cases[] = { { 301, WB_ERROR_INVALID },
                { 302, WB_ERROR_UNSURE },
                { 303, WB_ERROR_UNSURE },
                { 307, WB_ERROR_INVALID },
                { 308, WB_ERROR_INVALID } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
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

/* One connection is kept for reading. */
static void
test_keep_alive (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = net_client (server, NULL);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add_json (server, 200, "{}");
      response = net_get (http, "/x", NULL);
      g_assert_nonnull (response);
    }
  g_assert_cmpuint (raw_server_n_lines (server), ==, 1);
}

/* Made in one thread, used in others, one after the other. */
static gpointer
get_in_thread (gpointer http)
{
  return net_get (http, "/x", NULL);
}

static void
test_threads (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = net_client (server, NULL);

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
  { "too-large", test_too_large },
  { "request-max-size", test_request_max_size },
  { "gzip", test_gzip },
  { "retries", test_retries },
  { "retries-end", test_retries_end },
  { "no-retry", test_no_retry },
  { "retry-after", test_retry_after_forms },
  { "date", test_date },
  { "pace", test_pace },
  { "redirect-followed", test_redirect_followed },
  { "redirect-refused", test_redirect_refused },
  { "redirect-circle", test_redirect_circle },
  { "redirect-of-effect", test_redirect_of_effect },
  { "keep-alive", test_keep_alive },
  { "threads", test_threads },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/net/weather/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].func);
    }
  return g_test_run ();
}
