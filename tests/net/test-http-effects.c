/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the journal stands on: an effect is written to the wire once, and the error says truly
 * whether it may have been sent. */
#include "net-client.h"

#include <string.h>

static WbHttpResponse *
send (WbHttp *http, const char *method, const char *key, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new (method, "/things");

  if (!g_str_equal (method, "GET") && !g_str_equal (method, "DELETE"))
    wb_http_request_add_form (request, "a", "1");
  if (key != NULL)
    wb_http_request_set_idempotency (request, "Idempotency-Key", key);
  return wb_http_send (http, request, NULL, error);
}

static const char *const verbs[] = { "POST", "PUT", "DELETE", "PATCH" };

/* The server reads the request and cuts: nothing may be sent again. */
static void
test_cut_after_reading (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add (server, RAW_CLOSE, "");
      raw_server_add_json (server, 200, "{}"); /* must not be reached */
      response = send (http, verbs[i], NULL, &error);
      g_assert_null (response);
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
      g_assert_cmpuint (net_n_pauses (), ==, 0);
    }
}

/* The same on a connection that has been used before: here libsoup would repeat what it takes for
 * idempotent. */
static void
test_cut_on_used_connection (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) first = NULL;
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add_json (server, 200, "{}");
      raw_server_add (server, RAW_CLOSE, "");
      raw_server_add_json (server, 200, "{}");
      first = send (http, "GET", NULL, &error);
      g_assert_no_error (error);
      response = send (http, verbs[i], NULL, &error);
      g_assert_null (response);
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 2);
      g_assert_cmpuint (raw_server_n_lines (server), ==,
                        2); /* an effect has a connection of its own */
    }
}

/* The server closed the idle connection: an effect gets through at once, not an avoidable “unsure”.
 */
static void
test_idle_connection_closed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) first = NULL;
      g_autoptr (WbHttpResponse) response = NULL;

      raw_server_add (server, RAW_CLOSE, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
      raw_server_add_json (server, 201, "{\"id\":1}");
      first = send (http, "GET", NULL, &error);
      g_assert_no_error (error);
      raw_server_wait_closed (server, 1);
      response = send (http, verbs[i], NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wb_http_response_get_status (response), ==, 201);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 2);
    }
}

/* A GET on a dead connection is simply done again. */
static void
test_safe_on_dropped_connection (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) first = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  raw_server_add_json (server, 200, "{}");
  raw_server_add (server, RAW_CLOSE, "");
  raw_server_add_json (server, 200, "{\"second\":true}");
  first = send (http, "GET", NULL, &error);
  g_assert_no_error (error);
  response = send (http, "GET", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_http_response_get_status (response), ==, 200);
  g_assert_cmpuint (raw_server_n_lines (server), ==, 2);
}

/* Cut in the middle of the answer: it may have taken effect, whatever the status line said. */
static void
test_cut_in_answer (void)
{
  static const char *const halves[] = {
    "HTTP/1.1 201 Created\r\nContent-Le",
    "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":",
    "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"id\":",
    "this is not HTTP at all\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (GError)         error = NULL;
      g_autoptr (GError)         safe_error = NULL;
      g_autoptr (WbHttpResponse) response = NULL;
      g_autoptr (WbHttpResponse) safe = NULL;

      raw_server_add (server, RAW_CLOSE, halves[i]);
      response = send (http, "POST", NULL, &error);
      g_assert_null (response);
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1);

      wb_http_set_retries (http, 1, 30);
      raw_server_add (server, RAW_CLOSE, halves[i]);
      safe = send (http, "GET", NULL, &safe_error);
      g_assert_null (safe);
      g_assert_error (safe_error, WB_ERROR, WB_ERROR_UNAVAILABLE);
    }
}

/* Cut just between two chunks, libsoup takes the answer for whole. The JSON in it tells. */
static void
test_cut_between_chunks (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       root = NULL;

  raw_server_add (server, RAW_CLOSE,
                  "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{\"id\":\r\n");
  response = send (http, "POST", NULL, &error);
  if (response != NULL)
    root = wb_http_response_json (response, &error);
  g_assert_null (root);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
}

/* Nothing listens: for certain nothing was sent. */
static void
test_refused_connection (void)
{
  RawServer                 *server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (GError)         keyed_error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (WbHttpResponse) keyed = NULL;

  raw_server_free (server);
  response = send (http, "POST", NULL, &error);
  g_assert_null (response);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_cmpuint (net_n_pauses (), ==, 0);
  keyed = send (http, "POST", "k-1", &keyed_error);
  g_assert_null (keyed);
  g_assert_error (keyed_error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_cmpuint (net_n_pauses (), ==, 3);
}

/* With the vendor's promise the same key is sent again, and the answer is the outcome. */
static void
test_keyed_is_repeated (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  raw_server_add (server, RAW_CLOSE, "");
  raw_server_add_json (server, 409, "{\"error\":{\"message\":\"in use\"}}");
  raw_server_add_json (server, 200, "{\"id\":\"pi_1\"}");
  response = send (http, "POST", "op-77", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_http_response_get_status (response), ==, 200);
  g_assert_true (wb_http_response_maybe_repeated (response));
  g_assert_cmpuint (raw_server_n_requests (server), ==, 3);
  g_assert_cmpuint (net_n_pauses (), ==, 2);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *key = raw_server_header (server, i, "Idempotency-Key");

      g_assert_cmpstr (key, ==, "op-77");
      g_assert_cmpstr (raw_server_body (server, i), ==, "a=1");
    }
}

/* After a try without an answer, an answer that does not tell its outcome leaves it unsure. */
static void
test_keyed_answers_after_cut (void)
{
  static const struct
  {
    guint status;
    int   code;
  } cases[] = {
    { 401, WB_ERROR_UNSURE }, { 403, WB_ERROR_UNSURE },   { 429, WB_ERROR_UNSURE },
    { 503, WB_ERROR_UNSURE }, { 402, WB_ERROR_DECLINED }, { 400, WB_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) response = NULL;

      wb_http_set_retries (http, 2, 30);
      raw_server_add (server, RAW_CLOSE, "");
      raw_server_add_json (server, cases[i].status, "{}");
      response = send (http, "POST", "op-78", &error);
      g_assert_no_error (error);
      g_assert_false (wb_http_check (response, &error));
      g_assert_error (error, WB_ERROR, cases[i].code);
    }
}

/* First sent and cut, then not even reached: still unsure. */
static void
test_keyed_cut_then_unreachable (void)
{
  RawServer                 *server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  raw_server_add (server, RAW_CLOSE, "");
  raw_server_add (server, RAW_CLOSE, "");
  raw_server_add (server, RAW_CLOSE, "");
  raw_server_add (server, RAW_CLOSE, "");
  response = send (http, "POST", "op-79", &error);
  g_assert_null (response);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 4);
  raw_server_free (server);
}

/* Free the port between two tries: the second finds nobody, the first may have acted. */
static gboolean
sleep_and_leave (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  RawServer **server = data;

  g_clear_pointer (server, raw_server_free);
  return TRUE;
}

static void
test_keyed_server_gone (void)
{
  RawServer                 *server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  wb_http_set_sleep_func (http, sleep_and_leave, &server);
  raw_server_add (server, RAW_CLOSE, "");
  response = send (http, "POST", "op-80", &error);
  g_assert_null (response);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_assert_nonnull (strstr (error->message, "earlier try"));
  g_assert_null (server);
}

/* ---- cancelling and time ---- */

typedef struct
{
  RawServer    *server;
  GCancellable *cancellable;
} Canceller;

static gpointer
cancel_when_sent (gpointer data)
{
  Canceller *canceller = data;

  raw_server_wait (canceller->server, 1);
  g_cancellable_cancel (canceller->cancellable);
  return NULL;
}

static void
test_cancel_while_waiting (void)
{
  static const struct
  {
    const char *method;
    int         code;
  } cases[] = { { "GET", WB_ERROR_CANCELLED }, { "POST", WB_ERROR_UNSURE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (GCancellable)   cancellable = g_cancellable_new ();
      g_autoptr (WbHttpRequest)  request = wb_http_request_new (cases[i].method, "/slow");
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) response = NULL;
      Canceller                  canceller = { server, cancellable };
      GThread                   *thread;

      raw_server_add (server, RAW_HANG, "");
      thread = g_thread_new ("cancel", cancel_when_sent, &canceller);
      response = wb_http_send (http, request, cancellable, &error);
      g_thread_join (thread);
      g_assert_null (response);
      g_assert_error (error, WB_ERROR, cases[i].code);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
    }
}

static void
test_cancel_before (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GCancellable)   cancellable = g_cancellable_new ();
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("POST", "/x");
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  g_cancellable_cancel (cancellable);
  response = wb_http_send (http, request, cancellable, &error);
  g_assert_null (response);
  g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 0);
}

static gboolean
sleep_cancelled (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (cancellable);
  return FALSE;
}

/* Cancelled in the pause between two tries: a GET did nothing, a keyed POST may have. */
static void
test_cancel_in_pause (void)
{
  for (guint keyed = 0; keyed < 2; keyed++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (GCancellable)   cancellable = g_cancellable_new ();
      g_autoptr (WbHttpRequest)  request = wb_http_request_new (keyed ? "POST" : "GET", "/x");
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) response = NULL;

      if (keyed)
        wb_http_request_set_idempotency (request, "Idempotency-Key", "op-81");
      wb_http_set_sleep_func (http, sleep_cancelled, NULL);
      raw_server_add (server, RAW_CLOSE, "");
      response = wb_http_send (http, request, cancellable, &error);
      g_assert_null (response);
      g_assert_true (
          g_error_matches (error, WB_ERROR, keyed ? WB_ERROR_UNSURE : WB_ERROR_CANCELLED));
    }
}

/* The real pause, too, ends when cancelled. */
static gpointer
cancel_soon (gpointer data)
{
  raw_server_wait (((Canceller *) data)->server, 1);
  g_usleep (20000);
  g_cancellable_cancel (((Canceller *) data)->cancellable);
  return NULL;
}

static void
test_cancel_real_pause (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = net_client (server, NULL);
  g_autoptr (GCancellable)   cancellable = g_cancellable_new ();
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("GET", "/x");
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  Canceller                  canceller = { server, cancellable };
  gint64                     start = g_get_monotonic_time ();
  GThread                   *thread;

  wb_http_set_sleep_func (http, NULL, NULL);
  raw_server_add (server, RAW_CLOSE,
                  "HTTP/1.1 503 No\r\nRetry-After: 20\r\nContent-Length: 0\r\n\r\n");
  thread = g_thread_new ("cancel", cancel_soon, &canceller);
  response = wb_http_send (http, request, cancellable, &error);
  g_thread_join (thread);
  g_assert_null (response);
  g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
}

/* An answer that never comes, or comes a byte at a time, ends at the total time. */
static void
test_total_time (void)
{
  static const struct
  {
    RawEnd      end;
    const char *reply;
  } slow[] = {
    { RAW_HANG, "" },
    { RAW_DRIP, "HTTP/1.1 200 OK\r\nX-Slow:" },
    { RAW_DRIP, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (slow) * 2; i++)
    {
      g_autoptr (RawServer)      server = raw_server_new ();
      g_autoptr (WbHttp)         http = net_client (server, NULL);
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) response = NULL;
      gint64                     start = g_get_monotonic_time ();

      wb_http_set_timeouts (http, 5, 1);
      raw_server_add (server, slow[i / 2].end, slow[i / 2].reply);
      response = send (http, i % 2 ? "POST" : "GET", NULL, &error);
      g_assert_null (response);
      g_assert_true (
          g_error_matches (error, WB_ERROR, i % 2 ? WB_ERROR_UNSURE : WB_ERROR_UNAVAILABLE));
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1); /* the total covers repetitions */
      g_assert_cmpint (g_get_monotonic_time () - start, <, 8 * G_TIME_SPAN_SECOND);
    }
}

/* It accepts and then never shakes hands: nothing was sent. */
static void
test_connect_time (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char   *url = g_strdup_printf ("https://127.0.0.1:%u/api", raw_server_port (server));
  g_autoptr (GError) error = NULL;
  g_autoptr (WbHttp) http = wb_http_new (url, NULL, &error);
  g_autoptr (WbHttpResponse) response = NULL;

  g_assert_no_error (error);
  wb_http_set_timeouts (http, 1, 20);
  response = send (http, "POST", NULL, &error);
  g_assert_null (response);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "no connection within 1 s"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/effects/cut-after-reading", test_cut_after_reading);
  g_test_add_func ("/net/effects/cut-on-used-connection", test_cut_on_used_connection);
  g_test_add_func ("/net/effects/idle-connection-closed", test_idle_connection_closed);
  g_test_add_func ("/net/effects/safe-on-dropped-connection", test_safe_on_dropped_connection);
  g_test_add_func ("/net/effects/cut-in-answer", test_cut_in_answer);
  g_test_add_func ("/net/effects/cut-between-chunks", test_cut_between_chunks);
  g_test_add_func ("/net/effects/refused-connection", test_refused_connection);
  g_test_add_func ("/net/effects/keyed-is-repeated", test_keyed_is_repeated);
  g_test_add_func ("/net/effects/keyed-answers-after-cut", test_keyed_answers_after_cut);
  g_test_add_func ("/net/effects/keyed-cut-to-the-end", test_keyed_cut_then_unreachable);
  g_test_add_func ("/net/effects/keyed-server-gone", test_keyed_server_gone);
  g_test_add_func ("/net/effects/cancel-while-waiting", test_cancel_while_waiting);
  g_test_add_func ("/net/effects/cancel-before", test_cancel_before);
  g_test_add_func ("/net/effects/cancel-in-pause", test_cancel_in_pause);
  g_test_add_func ("/net/effects/cancel-real-pause", test_cancel_real_pause);
  g_test_add_func ("/net/effects/total-time", test_total_time);
  g_test_add_func ("/net/effects/connect-time", test_connect_time);
  return g_test_run ();
}
