/* SPDX-License-Identifier: GPL-3.0-or-later
 * A vendor on loopback that answers by script and remembers what it heard. */
#include "vendor-double.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct
{
  char    *method;
  char    *path;
  guint    status;
  char    *type;
  GBytes  *body; /* NULL: the connection breaks instead */
  gboolean replayed;
} Answer;

struct _VendorDouble
{
  SoupServer   *server;
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
  char         *base;
  GMutex        lock;
  GPtrArray    *answers; /* in order; each is given once */
  GPtrArray    *heard;
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->method);
  g_free (answer->path);
  g_free (answer->type);
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_free (answer);
}

static void
heard_free (gpointer data)
{
  Heard *heard = data;

  g_free (heard->method);
  g_free (heard->path);
  g_free (heard->query);
  g_free (heard->body);
  g_free (heard->type);
  g_free (heard->authorization);
  g_free (heard->key);
  g_free (heard->version);
  g_free (heard);
}

static Heard *
hear (SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody    *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes)  bytes = soup_message_body_flatten (body);
  Heard              *heard = g_new0 (Heard, 1);

  heard->method = g_strdup (soup_server_message_get_method (message));
  heard->path = g_strdup (path);
  heard->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  heard->body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  heard->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  heard->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  heard->key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  if (heard->key == NULL)
    heard->key = g_strdup (soup_message_headers_get_one (headers, "PayPal-Request-Id"));
  heard->version = g_strdup (soup_message_headers_get_one (headers, "Stripe-Version"));
  return heard;
}

static Answer *
take_answer (VendorDouble *self, const char *method, const char *path)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = self->answers->pdata[i];

      if (g_str_equal (answer->method, method) && g_str_equal (answer->path, path))
        return g_ptr_array_steal_index (self->answers, i);
    }
  return NULL;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  VendorDouble *self = data;
  Answer       *answer;

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->heard, hear (message, path));
  answer = take_answer (self, soup_server_message_get_method (message), path);
  g_mutex_unlock (&self->lock);
  if (answer == NULL)
    soup_server_message_set_status (message, 599, "nothing scripted");
  else if (answer->body == NULL)
    {
      g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

      g_io_stream_close (stream, NULL, NULL);
    }
  else
    {
      soup_server_message_set_status (message, answer->status, NULL);
      if (answer->replayed)
        soup_message_headers_append (soup_server_message_get_response_headers (message),
                                     "Idempotent-Replayed", "true");
      soup_server_message_set_response (message, answer->type, SOUP_MEMORY_COPY,
                                        g_bytes_get_data (answer->body, NULL),
                                        g_bytes_get_size (answer->body));
    }
  g_clear_pointer (&answer, answer_free);
}

static gpointer
run (gpointer data)
{
  VendorDouble *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/** vendor_double_new: Returns: (transfer full): it listens on a free loopback port in a thread of
 * its own. */
VendorDouble *
vendor_double_new (void)
{
  VendorDouble      *self = g_new0 (VendorDouble, 1);
  g_autoptr (GError) error = NULL;
  GSList            *uris;

  g_mutex_init (&self->lock);
  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->heard = g_ptr_array_new_with_free_func (heard_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  g_main_context_pop_thread_default (self->context);
  uris = soup_server_get_uris (self->server);
  self->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->thread = g_thread_new ("vendor-double", run, self);
  return self;
}

static gboolean
stop_cb (gpointer data)
{
  VendorDouble *self = data;

  soup_server_disconnect (self->server);
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/** vendor_double_free: stops it. Fails the test when something scripted was never asked for. */
void
vendor_double_free (VendorDouble *self)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = self->answers->pdata[i];

      g_test_message ("nobody asked %s %s", answer->method, answer->path);
      g_test_fail ();
    }
  g_main_context_invoke (self->context, stop_cb, self);
  g_thread_join (self->thread);
  g_object_unref (self->server);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->heard);
  g_mutex_clear (&self->lock);
  g_free (self->base);
  g_free (self);
}

/** vendor_double_url: Returns: (transfer full): its address with @path. */
char *
vendor_double_url (VendorDouble *self, const char *path)
{
  return g_strconcat (self->base, path, NULL);
}

static void
add (VendorDouble *self,
     const char   *method,
     const char   *path,
     guint         status,
     const char   *type,
     GBytes       *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->method = g_strdup (method);
  answer->path = g_strdup (path);
  answer->status = status;
  answer->type = g_strdup (type);
  answer->body = body != NULL ? g_bytes_ref (body) : NULL;
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->answers, answer);
  g_mutex_unlock (&self->lock);
}

/** vendor_double_say: the next unanswered request of this kind gets @json (or a web page, when it
 * begins with “<”). */
void
vendor_double_say (
    VendorDouble *self, const char *method, const char *path, guint status, const char *json)
{
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

  add (self, method, path, status, *json == '<' ? "text/html" : "application/json", body);
}

/** vendor_double_bytes: the next GET of @path gets a document. */
void
vendor_double_bytes (VendorDouble *self, const char *path, const char *type, GBytes *bytes)
{
  add (self, "GET", path, 200, type, bytes);
}

/** vendor_double_cut: the next request of this kind arrives whole, then the connection breaks
 * without an answer. */
void
vendor_double_cut (VendorDouble *self, const char *method, const char *path)
{
  add (self, method, path, 0, NULL, NULL);
}

/** vendor_double_replayed: the answer scripted last says that it is an earlier one, given again for
 * the same key. */
void
vendor_double_replayed (VendorDouble *self)
{
  Answer *answer;

  g_mutex_lock (&self->lock);
  answer = self->answers->pdata[self->answers->len - 1];
  answer->replayed = TRUE;
  g_mutex_unlock (&self->lock);
}

/** vendor_double_last: Returns: (transfer none): the last request of this kind; the test fails
 * without one. */
const Heard *
vendor_double_last (VendorDouble *self, const char *method, const char *path)
{
  const Heard *last = NULL;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->heard->len; i++)
    {
      const Heard *heard = self->heard->pdata[i];

      if (g_str_equal (heard->method, method) && g_str_equal (heard->path, path))
        last = heard;
    }
  g_mutex_unlock (&self->lock);
  g_assert_nonnull (last);
  return last;
}

/** vendor_double_count: Returns: how many requests of this kind arrived. */
guint
vendor_double_count (VendorDouble *self, const char *method, const char *path)
{
  guint count = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->heard->len; i++)
    {
      const Heard *heard = self->heard->pdata[i];

      count += g_str_equal (heard->method, method) && g_str_equal (heard->path, path);
    }
  g_mutex_unlock (&self->lock);
  return count;
}

/** vendor_double_field: Returns: (transfer full) (nullable): the field @name of a form body. */
char *
vendor_double_field (const Heard *heard, const char *name)
{
  g_autoptr (GHashTable) form = soup_form_decode (heard->body);

  return g_strdup (g_hash_table_lookup (form, name));
}
