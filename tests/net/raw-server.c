/* SPDX-License-Identifier: GPL-3.0-or-later
 * An HTTP server that does byte for byte what a test tells it: one blocking thread per connection.
 */
#include "raw-server.h"

#include <string.h>

typedef struct
{
  RawEnd  end;
  GBytes *reply;
} Step;

struct _RawServer
{
  GSocketListener *listener;
  GCancellable    *stop;
  GThread         *accepting;
  guint16          port;
  GMutex           lock;
  GCond            changed;
  GQueue           steps;
  GPtrArray       *requests; /* of char*, everything received for one request */
  GPtrArray       *threads;
  guint            n_lines;  /* connections accepted */
  guint            n_closed; /* connections closed by us */
};

typedef struct
{
  RawServer         *server;
  GSocketConnection *line;
} Line;

static void
step_free (Step *step)
{
  g_bytes_unref (step->reply);
  g_free (step);
}

static gsize
wanted_body (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char      *length = strstr (lower, "\r\ncontent-length:");

  return length != NULL ? (gsize) g_ascii_strtoull (length + 17, NULL, 10) : 0;
}

/* One whole request, or NULL when the client went away. */
static char *
read_request (Line *line)
{
  GInputStream       *in = g_io_stream_get_input_stream (G_IO_STREAM (line->line));
  g_autoptr (GString) text = g_string_new (NULL);

  for (;;)
    {
      const char *head_end = strstr (text->str, "\r\n\r\n");
      char        byte[4096];
      gssize      n;

      if (head_end != NULL &&
          text->len >= (gsize) (head_end - text->str) + 4 + wanted_body (text->str))
        return g_string_free (g_steal_pointer (&text), FALSE);
      n = g_input_stream_read (in, byte, sizeof byte, line->server->stop, NULL);
      if (n <= 0)
        return NULL;
      g_string_append_len (text, byte, n);
    }
}

static Step *
next_step (RawServer *self, char *request)
{
  Step *step;

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->requests, request);
  step = g_queue_pop_head (&self->steps);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return step;
}

/* FALSE: the connection is over. */
static gboolean
play (Line *line, Step *step)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (line->line));
  GInputStream  *in = g_io_stream_get_input_stream (G_IO_STREAM (line->line));
  GCancellable  *stop = line->server->stop;
  static char    filler[65536];
  gsize          size;
  const void    *reply = g_bytes_get_data (step->reply, &size);
  char           rest[64];

  if (size > 0 && !g_output_stream_write_all (out, reply, size, NULL, stop, NULL))
    return FALSE;
  switch (step->end)
    {
    case RAW_KEEP:
      return TRUE;
    case RAW_HANG:
      while (g_input_stream_read (in, rest, sizeof rest, stop, NULL) > 0)
        continue;
      return FALSE;
    case RAW_DRIP:
      while (g_output_stream_write_all (out, " ", 1, NULL, stop, NULL))
        g_usleep (50000);
      return FALSE;
    case RAW_ENDLESS:
      while (g_output_stream_write_all (out, filler, sizeof filler, NULL, stop, NULL))
        continue;
      return FALSE;
    case RAW_CLOSE:
    default:
      return FALSE;
    }
}

static gpointer
serve (gpointer data)
{
  Line    *line = data;
  gboolean going = TRUE;

  while (going)
    {
      char *request = read_request (line);
      Step *step = request != NULL ? next_step (line->server, request) : NULL;

      going = step != NULL && play (line, step);
      g_clear_pointer (&step, step_free);
    }
  g_io_stream_close (G_IO_STREAM (line->line), NULL, NULL);
  g_mutex_lock (&line->server->lock);
  line->server->n_closed++;
  g_cond_broadcast (&line->server->changed);
  g_mutex_unlock (&line->server->lock);
  g_object_unref (line->line);
  g_free (line);
  return NULL;
}

static gpointer
accept_all (gpointer data)
{
  RawServer         *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      Line *line = g_new (Line, 1);

      *line = (Line){ self, connection };
      g_mutex_lock (&self->lock);
      self->n_lines++;
      g_ptr_array_add (self->threads, g_thread_new ("raw-line", serve, line));
      g_mutex_unlock (&self->lock);
    }
  return NULL;
}

RawServer *
raw_server_new (void)
{
  RawServer                 *self = g_new0 (RawServer, 1);
  g_autoptr (GInetAddress)   loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError)         error = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->steps);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->threads = g_ptr_array_new ();
  self->stop = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->accepting = g_thread_new ("raw-accept", accept_all, self);
  return self;
}

void
raw_server_free (RawServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->accepting);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_queue_clear_full (&self->steps, (GDestroyNotify) step_free);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->threads);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

guint16
raw_server_port (RawServer *self)
{
  return self->port;
}

char *
raw_server_url (RawServer *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

/* What the server does at its next request. A request with no step left is cut. */
void
raw_server_add_bytes (RawServer *self, RawEnd end, GBytes *reply)
{
  Step *step = g_new (Step, 1);

  *step = (Step){ end, g_bytes_ref (reply) };
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->steps, step);
  g_mutex_unlock (&self->lock);
}

void
raw_server_add (RawServer *self, RawEnd end, const char *reply)
{
  g_autoptr (GBytes) bytes = g_bytes_new (reply, strlen (reply));

  raw_server_add_bytes (self, end, bytes);
}

/* A proper reply on a connection that stays open. */
void
raw_server_add_json (RawServer *self, guint status, const char *json)
{
  g_autofree char *reply = g_strdup_printf ("HTTP/1.1 %u Said\r\nContent-Type: application/json; "
                                            "charset=UTF-8\r\nContent-Length: %zu\r\n\r\n%s",
                                            status, strlen (json), json);

  raw_server_add (self, RAW_KEEP, reply);
}

guint
raw_server_n_requests (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->requests->len;
  g_mutex_unlock (&self->lock);
  return n;
}

guint
raw_server_n_lines (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_lines;
  g_mutex_unlock (&self->lock);
  return n;
}

/* Valid until the server is freed. */
const char *
raw_server_request (RawServer *self, guint nth)
{
  const char *request;

  g_mutex_lock (&self->lock);
  g_assert_cmpuint (nth, <, self->requests->len);
  request = self->requests->pdata[nth];
  g_mutex_unlock (&self->lock);
  return request;
}

const char *
raw_server_body (RawServer *self, guint nth)
{
  return strstr (raw_server_request (self, nth), "\r\n\r\n") + 4;
}

char *
raw_server_target (RawServer *self, guint nth)
{
  g_auto (GStrv) words = g_strsplit (raw_server_request (self, nth), " ", 3);

  return g_strdup (words[1]);
}

char *
raw_server_header (RawServer *self, guint nth, const char *name)
{
  g_auto (GStrv)   lines = g_strsplit (raw_server_request (self, nth), "\r\n", -1);
  g_autofree char *start = g_strconcat (name, ":", NULL);

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    if (g_ascii_strncasecmp (lines[i], start, strlen (start)) == 0)
      return g_strdup (g_strstrip (lines[i] + strlen (start)));
  return NULL;
}

void
raw_server_wait (RawServer *self, guint n_requests)
{
  g_mutex_lock (&self->lock);
  while (self->requests->len < n_requests)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

void
raw_server_wait_closed (RawServer *self, guint n_lines)
{
  g_mutex_lock (&self->lock);
  while (self->n_closed < n_lines)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}
