/* SPDX-License-Identifier: GPL-3.0-or-later
 * Listens for the messages that shops send by themselves: POST /hint/CHANNEL, bounded in length and
 * time, answered right after the signature was checked and before the shop is asked anything.
 *
 * Whoever can reach the port may send whatever they like: nothing of a message is kept or told, and
 * one that bears no signature makes nobody do anything. */
#include "wb-hint-listener.h"

#include <libsoup/soup.h>
#include <string.h>

#define PREFIX       "/hint/"
#define MOST_SECONDS 30 /* for one message, and for a connection on which none comes */
#define MOST_AT_ONCE 64
#define MOST_READ    (8 * WB_HINT_MOST_BYTES) /* of a message that is refused, so that it hears so */

struct _WbHintListener
{
  WbDesk       *desk; /* the listener's own; the polls have another */
  WbHintPolls  *polls;
  WbHintTell    tell;
  gpointer      data;
  GMainContext *context;
  SoupServer   *server;
  guint16       port;
  guint         open;     /* messages on their way in */
  GHashTable   *refusing; /* channels whose last message was not theirs */
};

/* ---- bounds ---- */

/* A message on its way in, as long as there is one: libsoup tells of no end of a connection on
 * which nothing came. */
typedef struct
{
  WbHintListener *listener;
  GSource        *timer;
  gsize           size; /* of the body, so far */
} Visit;

/* Closed, not only shut: a sender that goes on would wait for ever. */
static gboolean
hang_up_cb (gpointer data)
{
  g_autoptr (SoupServerMessage) message = g_object_ref (data);
  g_autoptr (GIOStream)         stream = soup_server_message_steal_connection (message);

  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* Once libsoup is not in the middle of reading it. */
static void
hang_up (Visit *visit)
{
  g_source_set_ready_time (visit->timer, 0);
}

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_source_destroy (visit->timer);
  g_source_unref (visit->timer);
  visit->listener->open--;
  g_free (visit);
}

static void
answer (SoupServerMessage *message, guint status)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (headers, "Connection", "close");
  if (status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_replace (headers, "Allow", "POST");
}

/* Answers without keeping what still comes. */
static void
refuse (SoupServerMessage *message, guint status)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  answer (message, status);
}

static void
chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  Visit *visit = data;

  visit->size += g_bytes_get_size (chunk);
  if (visit->size > MOST_READ)
    hang_up (visit);
  else if (visit->size > WB_HINT_MOST_BYTES && soup_server_message_get_status (message) == 0)
    refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
}

static void
started_cb (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  WbHintListener *self = data;
  Visit          *visit = g_new0 (Visit, 1);

  visit->listener = self;
  visit->timer = g_timeout_source_new_seconds (MOST_SECONDS);
  g_source_set_callback (visit->timer, hang_up_cb, message, NULL);
  g_source_attach (visit->timer, self->context);
  g_object_set_data_full (G_OBJECT (message), "visit", visit, visit_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (chunk_cb), visit);
  if (++self->open > MOST_AT_ONCE)
    hang_up (visit);
}

/* ---- messages ---- */

static gboolean
is_listening (WbConnection *channel)
{
  return channel != NULL &&
         g_strcmp0 (wb_record_get_text (channel, WB_CONNECTION_KIND), WB_KIND_SHOP) == 0 &&
         wb_record_get_bool (channel, WB_CONNECTION_ENABLED);
}

/* By its name or its number, which stands in an address more easily. */
static WbConnection *
find_channel (WbHintListener *self, const char *word)
{
  WbBook                  *book = wb_desk_get_book (self->desk);
  g_autoptr (WbConnection) channel = wb_book_find_connection (book, word, NULL);
  gint64                   id;

  if (!is_listening (channel) && g_ascii_string_to_signed (word, 10, 1, G_MAXINT64, &id, NULL))
    {
      g_clear_object (&channel);
      channel = wb_book_get_connection (book, id, NULL);
    }
  return is_listening (channel) ? g_steal_pointer (&channel) : NULL;
}

static char **
headers_of (SoupServerMessage *message)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  SoupMessageHeadersIter   iter;
  const char              *name, *value;

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_strv_builder_add_many (words, name, value, NULL);
  return g_strv_builder_end (words);
}

/* A shop counts everything but 2xx against its webhook, and some switch it off after a few. */
static guint
status_of (const GError *error)
{
  switch (wb_error_code (error))
    {
    case WB_ERROR_AUTH:
      return SOUP_STATUS_UNAUTHORIZED;
    case WB_ERROR_REFUSED:
    case WB_ERROR_NOT_FOUND:
      return SOUP_STATUS_NOT_FOUND;
    case WB_ERROR_INVALID:
      return SOUP_STATUS_BAD_REQUEST;
    default:
      return SOUP_STATUS_SERVICE_UNAVAILABLE;
    }
}

/* Strangers may knock all day: the first of them is told. */
static void
note_refusal (WbHintListener *self, WbConnection *channel, gboolean refused)
{
  gint64 id = wb_record_get_int (channel, WB_CONNECTION_ID);

  if (!refused)
    g_hash_table_remove (self->refusing, &id);
  else if (g_hash_table_add (self->refusing, g_memdup2 (&id, sizeof id)))
    self->tell (WB_HINT_REFUSED, wb_record_get_text (channel, WB_CONNECTION_NAME), NULL,
                self->data);
}

static guint
take_message (WbHintListener *self, WbConnection *channel, SoupServerMessage *message)
{
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_auto (GStrv)     headers = headers_of (message);
  g_autoptr (GError) error = NULL;
  gint64             id = wb_record_get_int (channel, WB_CONNECTION_ID);
  gboolean           is_order = FALSE;

  if (!wb_desk_check_hint (self->desk, id, (const char *const *) headers, body, &is_order, &error))
    {
      note_refusal (self, channel, wb_error_code (error) == WB_ERROR_AUTH);
      return status_of (error);
    }
  if (is_order)
    {
      note_refusal (self, channel, FALSE);
      wb_hint_polls_add (self->polls, id);
    }
  return SOUP_STATUS_OK;
}

/* Before the body comes: whether it is wanted at all. */
static void
early_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  WbHintListener          *self = data;
  SoupMessageHeaders      *headers = soup_server_message_get_request_headers (message);
  g_autoptr (WbConnection) channel = NULL;

  if (self->open > MOST_AT_ONCE)
    refuse (message, SOUP_STATUS_SERVICE_UNAVAILABLE); /* came before it was cut off */
  else if (!g_str_has_prefix (path, PREFIX) || !g_utf8_validate (path, -1, NULL) ||
           (channel = find_channel (self, path + strlen (PREFIX))) == NULL)
    refuse (message, SOUP_STATUS_NOT_FOUND);
  else if (strcmp (soup_server_message_get_method (message), SOUP_METHOD_POST) != 0)
    refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED);
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
           soup_message_headers_get_content_length (headers) > WB_HINT_MOST_BYTES)
    refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
  else
    g_object_set_data_full (G_OBJECT (message), "channel", g_steal_pointer (&channel),
                            g_object_unref);
}

static void
message_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  WbConnection *channel = g_object_get_data (G_OBJECT (message), "channel");

  if (channel != NULL && soup_server_message_get_status (message) == 0)
    answer (message, take_message (data, channel, message));
}

/* ---- the listener ---- */

/**
 * wb_hint_listener_new:
 * @desk: checks messages, in the thread that calls wb_hint_listener_run()
 * @poller: another one on the same book; reads the shops in a thread of its own
 * @tell: called from both threads
 *
 * Returns: (transfer full): a listener at no port yet.
 */
WbHintListener *
wb_hint_listener_new (WbDesk *desk, WbDesk *poller, WbHintTell tell, gpointer data)
{
  WbHintListener *self = g_new0 (WbHintListener, 1);

  self->desk = g_object_ref (desk);
  self->polls = wb_hint_polls_new (poller, tell, data);
  self->tell = tell;
  self->data = data;
  self->context = g_main_context_new ();
  self->refusing = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->server = soup_server_new ("server-header", "Waybill", NULL);
  soup_server_add_early_handler (self->server, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, message_cb, self, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (started_cb), self);
  return self;
}

/**
 * wb_hint_listener_open:
 * @address: of this machine, as numbers
 * @port: 0: a free one
 * @error: %WB_ERROR_INVALID when @address is none, %WB_ERROR_UNAVAILABLE when the port is taken
 */
gboolean
wb_hint_listener_open (WbHintListener *self, const char *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GError)         local = NULL;
  g_autoslist (GUri)         uris = NULL;
  gboolean                   fine;

  if (where == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "“%s” is no address of a machine; say it in numbers, as 127.0.0.1", address);
      return FALSE;
    }
  g_main_context_push_thread_default (self->context);
  fine = soup_server_listen (self->server, where, 0, &local);
  g_main_context_pop_thread_default (self->context);
  if (!fine)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
                   "Nothing can be heard at %s, port %u: %s. Another program may listen there",
                   address, port, local->message);
      return FALSE;
    }
  uris = soup_server_get_uris (self->server);
  self->port = (guint16) g_uri_get_port (uris->data);
  return TRUE;
}

/** wb_hint_listener_get_port: where it listens. */
guint16
wb_hint_listener_get_port (WbHintListener *self)
{
  return self->port;
}

static gboolean
stop_cb (GCancellable *cancellable, gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/** wb_hint_listener_run: listens until @cancellable; then hangs up. Polls that run go on until
 * wb_hint_listener_free(). */
void
wb_hint_listener_run (WbHintListener *self, GCancellable *cancellable)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (self->context, FALSE);
  g_autoptr (GSource)   stop = g_cancellable_source_new (cancellable);

  g_source_set_callback (stop, G_SOURCE_FUNC (stop_cb), loop, NULL);
  g_source_attach (stop, self->context);
  g_main_context_push_thread_default (self->context);
  g_main_loop_run (loop);
  g_source_destroy (stop);
  soup_server_disconnect (self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
}

/** wb_hint_listener_free: stops the polls and frees @self. */
void
wb_hint_listener_free (WbHintListener *self)
{
  wb_hint_polls_free (self->polls);
  g_object_unref (self->server);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->refusing);
  g_object_unref (self->desk);
  g_free (self);
}
