/* SPDX-License-Identifier: GPL-3.0-or-later
 * A WooCommerce shop that answers at once: its orders are ready as text, a page of them is one
 * copy. */
#include "prompt-shop.h"

#include <libsoup/soup.h>
#include <string.h>

struct _PromptShop
{
  GPtrArray    *rows; /* of GBytes: the orders as JSON, by id */
  GPtrArray    *log;  /* of char*: paths with their queries, in the order asked */
  GMutex        mutex;
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
  SoupServer   *server;
  guint         port;
};

static guint
number (GHashTable *query, const char *name, guint fallback)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : fallback;
}

static void
reply (SoupServerMessage *message, guint status, GString *body)
{
  gsize length = body->len;

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE,
                                    g_string_free (body, FALSE), length);
}

static void
send_page (PromptShop *self, SoupServerMessage *message, GHashTable *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  guint               per_page = number (query, "per_page", 10);
  guint               from = (number (query, "page", 1) - 1) * per_page;
  guint               to = MIN (from + per_page, self->rows->len);
  g_autofree char    *total = g_strdup_printf ("%u", self->rows->len);
  g_autofree char    *pages = g_strdup_printf ("%u", (self->rows->len + per_page - 1) / per_page);
  GString            *body = g_string_sized_new (512 * 1024);

  g_string_append_c (body, '[');
  for (guint i = from; i < to; i++)
    {
      gsize       size;
      const char *text = g_bytes_get_data (self->rows->pdata[i], &size);

      if (i > from)
        g_string_append_c (body, ',');
      g_string_append_len (body, text, (gssize) size);
    }
  g_string_append_c (body, ']');
  soup_message_headers_replace (headers, "X-WP-Total", total);
  soup_message_headers_replace (headers, "X-WP-TotalPages", pages);
  reply (message, 200, body);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  PromptShop *self = data;
  GUri       *uri = soup_server_message_get_uri (message);

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (
      self->log,
      g_strdup_printf ("%s?%s", path, g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : ""));
  g_mutex_unlock (&self->mutex);
  if (g_str_has_suffix (path, "/orders"))
    send_page (self, message, query);
  else if (g_str_has_suffix (path, "/wp-json/"))
    reply (message, 200, g_string_new ("{\"namespaces\":[\"wc/v3\"]}"));
  else
    reply (message, 200, g_string_new ("[]"));
}

static gpointer
run_thread (gpointer data)
{
  PromptShop *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/** prompt_shop_new: Returns: (transfer full): a shop of @rows (element-type GBytes), on loopback in
 * a thread of its own. */
PromptShop *
prompt_shop_new (GPtrArray *rows)
{
  PromptShop        *self = g_new0 (PromptShop, 1);
  g_autoslist (GUri) uris = NULL;

  self->rows = g_ptr_array_ref (rows);
  self->log = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->mutex);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  if (!soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL))
    g_error ("no port to listen at");
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("prompt-shop", run_thread, self);
  return self;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/** prompt_shop_free: shuts and frees @self. */
void
prompt_shop_free (PromptShop *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->log);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/** prompt_shop_dup_url: Returns: (transfer full): its root. */
char *
prompt_shop_dup_url (PromptShop *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

/** prompt_shop_take_log: Returns: (transfer full) (element-type utf8): what was asked since the
 * last time, in order, each a path with its query. */
GPtrArray *
prompt_shop_take_log (PromptShop *self)
{
  GPtrArray *log;

  g_mutex_lock (&self->mutex);
  log = g_steal_pointer (&self->log);
  self->log = g_ptr_array_new_with_free_func (g_free);
  g_mutex_unlock (&self->mutex);
  return log;
}
