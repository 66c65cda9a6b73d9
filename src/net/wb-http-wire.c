/* SPDX-License-Identifier: GPL-3.0-or-later
 * One try of one request on the wire, and the certain knowledge whether it may have been sent.
 *
 * libsoup emits “starting” when a connection stands and the request is about to be written:
 * whatever fails before did nothing on the other side, whatever fails after may have. libsoup
 * repeats a request by itself when an idle connection turns out to be dead; a request with an
 * effect must not meet that, so it gets a new connection and is stopped should libsoup try all the
 * same. */
#include "wb-http-private.h"

#define CHUNK 65536

typedef enum
{
  STOP_NOT,
  STOP_BY_USER,
  STOP_CONNECT_TIME,
  STOP_TOTAL_TIME,
  STOP_RESTART,
} Stop;

/* Shared by the sending thread, the timer thread and whoever cancels. */
typedef struct
{
  GCancellable *cancellable;
  gint          sent; /* atomic */
  gint          stop; /* atomic, the first reason stays */
} Watch;

static void
watch_clear (gpointer data)
{
  g_object_unref (((Watch *) data)->cancellable);
}

static void
watch_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, watch_clear);
}

static void
watch_stop (Watch *watch, Stop reason)
{
  if (g_atomic_int_compare_and_exchange (&watch->stop, STOP_NOT, reason))
    g_cancellable_cancel (watch->cancellable);
}

static void
user_cancelled_cb (GCancellable *cancellable, gpointer data)
{
  watch_stop (data, STOP_BY_USER);
}

static gboolean
connect_time_cb (gpointer data)
{
  Watch *watch = data;

  if (!g_atomic_int_get (&watch->sent))
    watch_stop (watch, STOP_CONNECT_TIME);
  return G_SOURCE_REMOVE;
}

static gboolean
total_time_cb (gpointer data)
{
  watch_stop (data, STOP_TOTAL_TIME);
  return G_SOURCE_REMOVE;
}

/* ---- a thread that keeps the time, since the sending one blocks ---- */

static gpointer
keep_time (gpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (data, FALSE);

  g_main_loop_run (loop);
  return NULL;
}

static GMainContext *
timer_context (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      GMainContext *context = g_main_context_new ();

      g_thread_unref (g_thread_new ("wb-http-timer", keep_time, context));
      g_once_init_leave (&once, (gsize) context);
    }
  return (GMainContext *) once;
}

static GSource *
start_timer (gint64 milliseconds, GSourceFunc func, Watch *watch)
{
  GSource *source = g_timeout_source_new ((guint) CLAMP (milliseconds, 1, G_MAXINT));

  g_source_set_callback (source, func, g_atomic_rc_box_acquire (watch), watch_release);
  g_source_attach (source, timer_context ());
  return source;
}

static void
stop_timer (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

/* ---- the message ---- */

static void
starting_cb (SoupMessage *message, gpointer data)
{
  g_atomic_int_set (&((Watch *) data)->sent, TRUE);
}

static void
restarted_cb (SoupMessage *message, gpointer data)
{
  watch_stop (data, STOP_RESTART);
}

static SoupMessage *
make_message (const WbWireTry *call, GError **error)
{
  g_autoptr (GUri)    uri = g_uri_parse (call->url, SOUP_HTTP_URI_FLAGS, error);
  SoupMessage        *message = uri != NULL ? soup_message_new_from_uri (call->method, uri) : NULL;
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  headers = soup_message_get_request_headers (message);
  for (guint i = 0; i < call->headers->len; i++)
    {
      const WbPair *header = call->headers->pdata[i];

      soup_message_headers_replace (headers, header->name, header->value);
    }
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (message, call->content_type, call->body);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (call->own_line)
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  return message;
}

static GBytes *
read_all (GInputStream    *stream,
          const WbWireTry *call,
          WbWireOutcome   *outcome,
          GCancellable    *cancellable,
          GError         **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autofree guint8     *chunk = g_malloc (CHUNK);
  gssize                 n;

  while ((n = g_input_stream_read (stream, chunk, CHUNK, cancellable, error)) > 0)
    {
      if (body->len + (gsize) n > call->max_size)
        {
          outcome->final = TRUE;
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       "its answer is larger than %" G_GSIZE_FORMAT " bytes", call->max_size);
          return NULL;
        }
      g_byte_array_append (body, chunk, (guint) n);
    }
  if (n < 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&body));
}

/* libsoup takes a head that breaks off for a whole one. An honest HTTP/1 answer with an empty body
 * says so. */
static gboolean
is_cut (SoupMessage *message, GBytes *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  guint               status = soup_message_get_status (message);

  return g_bytes_get_size (body) == 0 && soup_message_get_http_version (message) < SOUP_HTTP_2_0 &&
         soup_message_headers_get_encoding (headers) == SOUP_ENCODING_EOF &&
         status != SOUP_STATUS_NO_CONTENT && status != SOUP_STATUS_NOT_MODIFIED &&
         !g_str_equal (soup_message_get_method (message), "HEAD");
}

static WbHttpResponse *
exchange (const WbWireTry *call,
          SoupMessage     *message,
          WbWireOutcome   *outcome,
          GCancellable    *cancellable,
          GError         **error)
{
  g_autoptr (GInputStream) stream = soup_session_send (call->session, message, cancellable, error);
  g_autoptr (GBytes)       body = NULL;
  WbHttpResponse          *response;

  if (stream == NULL)
    return NULL;
  body = read_all (stream, call, outcome, cancellable, error);
  g_input_stream_close (stream, NULL, NULL);
  if (body != NULL && is_cut (message, body))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "its answer broke off");
      return NULL;
    }
  if (body == NULL)
    return NULL;
  response = g_new0 (WbHttpResponse, 1);
  response->status = soup_message_get_status (message);
  response->name = g_strdup (call->name);
  response->url = wb_redact_text (call->url);
  response->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  response->body = g_steal_pointer (&body);
  response->effect = call->effect;
  response->whole =
      soup_message_get_http_version (message) >= SOUP_HTTP_2_0 ||
      soup_message_headers_get_encoding (response->headers) == SOUP_ENCODING_CONTENT_LENGTH;
  return response;
}

/* ---- what a failure means ---- */

static char *
reason_text (const WbWireTry *call, const Watch *watch, const GError *raw)
{
  switch ((Stop) watch->stop)
    {
    case STOP_BY_USER:
      return g_strdup ("it was cancelled");
    case STOP_CONNECT_TIME:
      return g_strdup_printf ("no connection within %.0f s", (double) call->connect_ms / 1000.0);
    case STOP_TOTAL_TIME:
      return g_strdup_printf ("no complete answer within %.0f s", (double) call->total_ms / 1000.0);
    case STOP_RESTART:
      return g_strdup ("the connection broke");
    case STOP_NOT:
    default:
      if (raw->domain == G_TLS_ERROR)
        return g_strdup_printf ("its security certificate or encryption is not acceptable: %s",
                                raw->message);
      return g_strdup (raw->message);
    }
}

static void
fail (const WbWireTry     *call,
      const Watch         *watch,
      const WbWireOutcome *outcome,
      const GError        *raw,
      GError             **error)
{
  g_autofree char *why = reason_text (call, watch, raw);

  if (outcome->sent && call->effect)
    g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                 "%s was sent the request, but %s. Whether it took effect is not known", call->name,
                 why);
  else if (watch->stop == STOP_BY_USER)
    g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "The request to %s was cancelled",
                 call->name);
  else if (!outcome->sent)
    g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "%s cannot be reached: %s", call->name,
                 why);
  else
    g_set_error (error, WB_ERROR, raw->domain == WB_ERROR ? raw->code : WB_ERROR_UNAVAILABLE,
                 "%s did not give a whole answer: %s", call->name, why);
  wb_redact_error (error);
}

static void
settle (const Watch *watch, WbWireOutcome *outcome, const GError *raw)
{
  outcome->sent = watch->sent;
  outcome->dropped = watch->stop == STOP_RESTART;
  if (watch->stop == STOP_NOT && raw != NULL)
    outcome->final |= raw->domain == G_TLS_ERROR ||
                      g_error_matches (raw, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
}

/**
 * wb_wire_try:
 * @outcome: filled in either way
 *
 * Sends @call once and reads the whole answer, blocking. Redirects are not followed.
 *
 * Returns: (transfer full): the answer, of whatever status; or %NULL: %WB_ERROR_UNSURE when it has
 * an effect and may have been written, %WB_ERROR_CANCELLED, %WB_ERROR_INVALID when the answer is
 * too large, else %WB_ERROR_UNAVAILABLE.
 */
WbHttpResponse *
wb_wire_try (const WbWireTry *call,
             WbWireOutcome   *outcome,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autoptr (GError)      raw = NULL;
  g_autoptr (SoupMessage) message = make_message (call, &raw);
  Watch                  *watch = g_atomic_rc_box_new0 (Watch);
  WbHttpResponse         *response = NULL;
  GSource                *connect_timer, *total_timer;
  gulong                  cancel_id = 0;

  *outcome = (WbWireOutcome){ .final = message == NULL };
  watch->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    cancel_id = g_cancellable_connect (cancellable, G_CALLBACK (user_cancelled_cb),
                                       g_atomic_rc_box_acquire (watch), watch_release);
  connect_timer = start_timer (call->connect_ms, connect_time_cb, watch);
  total_timer = start_timer (call->total_ms, total_time_cb, watch);

  if (message != NULL)
    {
      g_signal_connect (message, "starting", G_CALLBACK (starting_cb), watch);
      if (!call->restarts)
        g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), watch);
      response = exchange (call, message, outcome, watch->cancellable, &raw);
      g_signal_handlers_disconnect_by_data (message, watch);
    }

  stop_timer (connect_timer);
  stop_timer (total_timer);
  g_cancellable_disconnect (cancellable, cancel_id);
  settle (watch, outcome, raw);
  if (response == NULL)
    fail (call, watch, outcome, raw, error);
  watch_release (watch);
  return response;
}
