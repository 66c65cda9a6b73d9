/* SPDX-License-Identifier: GPL-3.0-or-later
 * Our HTTP client against a bare libsoup call, on loopback with a kept connection: small replies
 * and pages of orders. */
#include "bench.h"
#include "wb-http.h"

#include <libsoup/soup.h>
#include <string.h>

#define SMALL  500
#define LARGE  50
#define A_PAGE 420000

typedef struct
{
  GMainContext *context;
  GMainLoop    *loop;
  SoupServer   *server;
  GThread      *thread;
  GBytes       *page;
  char         *url;
  SoupSession  *session;
  WbHttp       *http;
} Bench;

static void
answer (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           data)
{
  static const char small[] = "{\"id\":727,\"status\":\"processing\",\"total\":\"46.30\"}";
  Bench            *bench = data;
  gsize             size = sizeof small - 1;
  const char       *body = small;

  if (g_str_has_suffix (path, "/page"))
    body = g_bytes_get_data (bench->page, &size);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, body, size);
}

static gpointer
serve (gpointer data)
{
  Bench *bench = data;

  g_main_context_push_thread_default (bench->context);
  g_main_loop_run (bench->loop);
  g_main_context_pop_thread_default (bench->context);
  return NULL;
}

static void
start (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *page = g_malloc (A_PAGE);
  GSList            *uris;

  memset (page, ' ', A_PAGE);
  page[0] = '[';
  page[A_PAGE - 1] = ']';
  bench->page = g_bytes_new_take (g_steal_pointer (&page), A_PAGE);
  bench->context = g_main_context_new ();
  bench->loop = g_main_loop_new (bench->context, FALSE);
  g_main_context_push_thread_default (bench->context);
  bench->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (bench->server, NULL, answer, bench, NULL);
  if (!soup_server_listen_local (bench->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("%s", error->message);
  g_main_context_pop_thread_default (bench->context);
  uris = soup_server_get_uris (bench->server);
  bench->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  bench->thread = g_thread_new ("server", serve, bench);
  bench->session = soup_session_new ();
  bench->http = wb_http_new (bench->url, NULL, &error);
  if (bench->http == NULL)
    g_error ("%s", error->message);
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
stop (Bench *bench)
{
  g_clear_object (&bench->http);
  g_clear_object (&bench->session);
  g_main_context_invoke (bench->context, quit, bench->loop);
  g_thread_join (bench->thread);
  g_clear_object (&bench->server);
  g_main_loop_unref (bench->loop);
  g_main_context_unref (bench->context);
  g_bytes_unref (bench->page);
  g_free (bench->url);
}

static void
call_ours (Bench *bench, const char *path, guint n, gsize least)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpRequest)  request = wb_http_request_new ("GET", path);
      g_autoptr (WbHttpResponse) response = wb_http_send (bench->http, request, NULL, &error);

      if (response == NULL)
        g_error ("%s", error->message);
      if (g_bytes_get_size (wb_http_response_get_body (response)) < least)
        g_error ("cut short");
    }
}

static void
call_bare (Bench *bench, const char *path, guint n, gsize least)
{
  g_autofree char *url = g_strconcat (bench->url, path, NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr (GBytes) body = soup_session_send_and_read (bench->session, message, NULL, &error);

      if (body == NULL)
        g_error ("%s", error->message);
      if (g_bytes_get_size (body) < least)
        g_error ("cut short");
    }
}

static void
small_ours (gpointer data)
{
  call_ours (data, "/orders/727", SMALL, 40);
}

static void
small_bare (gpointer data)
{
  call_bare (data, "/orders/727", SMALL, 40);
}

static void
large_ours (gpointer data)
{
  call_ours (data, "/page", LARGE, A_PAGE);
}

static void
large_bare (gpointer data)
{
  call_bare (data, "/page", LARGE, A_PAGE);
}

int
main (void)
{
  Bench bench = { NULL };

  start (&bench);
  bench_compare (&(BenchCase){ .name = "HTTP on loopback, small reply",
                               .ours = small_ours,
                               .bare = small_bare,
                               .data = &bench,
                               .units = SMALL,
                               .unit = "call",
                               .target = 2,
                               .runs = 9 });
  bench_compare (&(BenchCase){ .name = "HTTP on loopback, a page of 0.42 MB",
                               .ours = large_ours,
                               .bare = large_bare,
                               .data = &bench,
                               .units = LARGE,
                               .unit = "call",
                               .target = 2,
                               .runs = 9 });
  stop (&bench);
  return 0;
}
