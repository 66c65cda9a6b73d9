/* SPDX-License-Identifier: GPL-3.0-or-later
 * The town's front door: one loopback port served from a thread of its own. */
#include "wb-town-http.h"

#include "wb-town-faults.h"
#include "wb-town-log.h"

#include <libsoup/soup.h>
#include <string.h>

struct _WbTownHttp
{
  WbTown       *town;
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
  SoupServer   *server;
  guint16       port;
};

/* A request that waits for its time to be answered. */
#define LATE_SECONDS 5

typedef struct
{
  WbTownHttp        *http;
  SoupServerMessage *message;
  WbTownRequest     *request;
  WbTownFault        fault;
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  wb_town_request_free (visit->request);
  g_object_unref (visit->message);
  g_free (visit);
}

static WbTownRequest *
request_of (SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody    *body = soup_server_message_get_request_body (message);
  GUri               *uri = soup_server_message_get_uri (message);
  g_autofree char    *decoded = g_uri_unescape_string (path, NULL);
  g_autoptr (GBytes)  bytes = NULL;
  WbTownRequest      *request;

  request = wb_town_request_new (soup_server_message_get_method (message),
                                 decoded != NULL ? decoded : path, g_uri_get_query (uri));
  request->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  if (request->authorization == NULL)
    request->authorization =
        g_strdup (soup_message_headers_get_one (headers, "X-Shopify-Access-Token"));
  request->range = g_strdup (soup_message_headers_get_one (headers, "Range"));
  request->idempotency_key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  if (request->idempotency_key == NULL)
    request->idempotency_key =
        g_strdup (soup_message_headers_get_one (headers, "PayPal-Request-Id"));
  request->prefer = g_strdup (soup_message_headers_get_one (headers, "Prefer"));
  request->host = g_strdup (soup_message_headers_get_one (headers, "Host"));
  bytes = soup_message_body_flatten (body);
  wb_town_request_set_body (request, bytes, soup_message_headers_get_one (headers, "Content-Type"));
  return request;
}

static void
send_reply (WbTownHttp *self, SoupServerMessage *message, WbTownReply *reply)
{
  SoupMessageHeaders   *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (wb_town_clock (self->town));
  g_autofree char      *date = g_date_time_format (now, "%a, %d %b %Y %H:%M:%S GMT");

  soup_message_headers_replace (headers, "Date", date);
  for (guint i = 0; i < reply->headers->len; i++)
    {
      const WbTownPair *pair = g_ptr_array_index (reply->headers, i);

      soup_message_headers_append (headers, pair->name, pair->value);
    }
  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->bytes != NULL)
    {
      gsize       size;
      const char *data = g_bytes_get_data (reply->bytes, &size);

      soup_server_message_set_response (message, reply->content_type, SOUP_MEMORY_COPY, data, size);
    }
  else
    soup_server_message_set_response (message, reply->content_type, SOUP_MEMORY_COPY,
                                      reply->out->text->str, reply->out->text->len);
}

/* Hangs up: with nothing said, or in the middle of the answer. */
static void
cut_off (SoupServerMessage *message, WbTownReply *reply, gboolean midway)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_autofree char      *part = NULL;
  gsize                 size = reply->out->text->len;

  if (midway)
    {
      part = g_strdup_printf (
          "HTTP/1.1 %u Cut\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%.*s",
          reply->status, reply->content_type, size + 1, (int) (size / 2), reply->out->text->str);
      g_output_stream_write_all (g_io_stream_get_output_stream (stream), part, strlen (part), NULL,
                                 NULL, NULL);
    }
  g_io_stream_close (stream, NULL, NULL);
}

static void
gone_cb (SoupServerMessage *message, gpointer data)
{
  g_object_set_data (G_OBJECT (message), "gone", message);
}

/* Lets a paused answer go, unless nobody waits for it any more: libsoup would stumble over that. */
static void
release (SoupServerMessage *message)
{
  if (g_object_get_data (G_OBJECT (message), "gone") == NULL)
    soup_server_message_unpause (message);
}

static void
pause_message (SoupServerMessage *message)
{
  g_signal_connect (message, "disconnected", G_CALLBACK (gone_cb), NULL);
  soup_server_message_pause (message);
}

static gboolean
late_cb (gpointer data)
{
  release (data);
  return G_SOURCE_REMOVE;
}

/* The effect has happened; the answer to it comes when nobody waits for it any more. */
static void
answer_late (WbTownHttp *self, SoupServerMessage *message)
{
  g_autoptr (GSource) timer = g_timeout_source_new_seconds (LATE_SECONDS);

  pause_message (message);
  g_source_set_callback (timer, late_cb, g_object_ref (message), g_object_unref);
  g_source_attach (timer, self->context);
}

static void
answer (Visit *visit)
{
  WbTownHttp             *self = visit->http;
  WbTownRequest          *request = visit->request;
  g_autoptr (WbTownReply) reply = wb_town_reply_new ();

  if (visit->fault != WB_TOWN_FAULT_NONE)
    request->fault = g_strdup (wb_town_fault_name (visit->fault));
  wb_town_dispatch (self->town, request, reply);
  wb_town_log_add (self->town->log, wb_town_clock (self->town), request, reply->status);
  if (g_object_get_data (G_OBJECT (visit->message), "gone") != NULL)
    return; /* a server does its work also when the one who asked has gone */
  if (visit->fault == WB_TOWN_FAULT_CUT_BEFORE || visit->fault == WB_TOWN_FAULT_CUT_AFTER)
    cut_off (visit->message, reply, FALSE);
  else if (visit->fault == WB_TOWN_FAULT_CUT_MID)
    cut_off (visit->message, reply, TRUE);
  else
    send_reply (self, visit->message, reply);
  if (visit->fault == WB_TOWN_FAULT_LATE)
    answer_late (self, visit->message);
}

static gboolean
waited_cb (gpointer data)
{
  Visit *visit = data;

  answer (visit);
  release (visit->message);
  return G_SOURCE_REMOVE;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  WbTownHttp *self = data;
  Visit      *visit = g_new0 (Visit, 1);
  guint       delay_ms;

  visit->http = self;
  visit->message = g_object_ref (message);
  visit->request = request_of (message, path);
  visit->fault = wb_town_faults_take (self->town->faults, visit->request, &delay_ms);
  if (delay_ms > 0)
    {
      g_autoptr (GSource) timer = g_timeout_source_new (delay_ms);

      pause_message (message);
      g_source_set_callback (timer, waited_cb, visit, visit_free);
      g_source_attach (timer, self->context);
      return;
    }
  answer (visit);
  visit_free (visit);
}

/** wb_town_http_new: Returns: (transfer full): a door that is still shut. */
WbTownHttp *
wb_town_http_new (WbTown *town)
{
  WbTownHttp *self = g_new0 (WbTownHttp, 1);

  self->town = town;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  return self;
}

static gboolean
listen (WbTownHttp *self, guint16 port, GError **error)
{
  g_autoslist (GUri) uris = NULL;

  self->server = soup_server_new ("server-header", "Waybill-Practice ", NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;
  uris = soup_server_get_uris (self->server);
  self->port = (guint16) g_uri_get_port (uris->data);
  return TRUE;
}

static gpointer
run_thread (gpointer data)
{
  WbTownHttp *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * wb_town_http_start:
 * Listens on loopback @port (0: a free one) and begins to serve.
 * @error: %WB_ERROR_FAILED when the port is taken
 */
gboolean
wb_town_http_start (WbTownHttp *self, guint16 port, GError **error)
{
  gboolean fine;

  g_main_context_push_thread_default (self->context);
  fine = listen (self, port, error);
  g_main_context_pop_thread_default (self->context);
  if (!fine)
    {
      wb_error_convert (error);
      return FALSE;
    }
  self->thread = g_thread_new ("practice-town", run_thread, self);
  return TRUE;
}

/** wb_town_http_port: the port served. */
guint16
wb_town_http_port (WbTownHttp *self)
{
  return self->port;
}

typedef struct
{
  GSourceFunc func;
  gpointer    data;
  GMutex      mutex;
  GCond       cond;
  gboolean    done;
} Call;

static gboolean
call_cb (gpointer data)
{
  Call *call = data;

  call->func (call->data);
  g_mutex_lock (&call->mutex);
  call->done = TRUE;
  g_cond_signal (&call->cond);
  g_mutex_unlock (&call->mutex);
  return G_SOURCE_REMOVE;
}

/** wb_town_http_call: runs @func in the town's thread, between two requests, and waits for it. */
void
wb_town_http_call (WbTownHttp *self, GSourceFunc func, gpointer data)
{
  Call call = { .func = func, .data = data };

  if (self->thread == NULL || self->thread == g_thread_self ())
    {
      func (data);
      return;
    }
  g_mutex_init (&call.mutex);
  g_cond_init (&call.cond);
  g_main_context_invoke (self->context, call_cb, &call);
  g_mutex_lock (&call.mutex);
  while (!call.done)
    g_cond_wait (&call.cond, &call.mutex);
  g_mutex_unlock (&call.mutex);
  g_mutex_clear (&call.mutex);
  g_cond_clear (&call.cond);
}

/** wb_town_http_every: calls @func in the town's thread every @ms milliseconds. */
void
wb_town_http_every (WbTownHttp *self, guint ms, GSourceFunc func, gpointer data)
{
  g_autoptr (GSource) timer = g_timeout_source_new (ms);

  g_source_set_callback (timer, func, data, NULL);
  g_source_attach (timer, self->context);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/** wb_town_http_stop: shuts the door and ends the thread; open connections are closed. */
void
wb_town_http_stop (WbTownHttp *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->thread == NULL)
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
}

/** wb_town_http_free: stops and frees @self. */
void
wb_town_http_free (WbTownHttp *self)
{
  wb_town_http_stop (self);
  g_clear_object (&self->server);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}
