/* SPDX-License-Identifier: GPL-3.0-or-later
 * TLS: an authority we trust is spoken to, with both versions of HTTP; any other is told nothing at
 * all. */
#include <libsoup/soup.h>

#include <stdlib.h>
#include <string.h>

#include "wb-http.h"
#include "wb-test.h"

typedef struct
{
  SoupServer   *server;
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
  guint         port;
  gint          n_requests; /* atomic */
  gint          version;    /* atomic, SoupHTTPVersion of the last request */
} TlsServer;

static char *folder;    /* of the certificates; NULL: openssl is missing */
static char *ca_path;   /* signed `good` */
static char *good_path; /* for localhost */
static char *late_path; /* expired */

static void
handler (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           data)
{
  TlsServer  *self = data;
  const char *reply = "{\"over\":\"tls\"}";

  g_atomic_int_inc (&self->n_requests);
  g_atomic_int_set (&self->version, (gint) soup_server_message_get_http_version (message));
  if (g_str_has_suffix (path, "/cut"))
    g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, reply,
                                    strlen (reply));
}

static gpointer
run (gpointer data)
{
  TlsServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static TlsServer *
tls_server_new (const char *pem)
{
  TlsServer                  *self = g_new0 (TlsServer, 1);
  g_autoptr (GError)          error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (pem, &error);
  GSList                     *uris;

  g_assert_no_error (error);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, handler, self, NULL);
  g_assert_true (soup_server_listen_local (
      self->server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("tls-server", run, self);
  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
tls_server_free (TlsServer *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_context_push_thread_default (self->context);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlsServer, tls_server_free)

static WbHttp *
client (TlsServer *server, const char *host, gboolean trust)
{
  g_autofree char       *url = g_strdup_printf ("https://%s:%u", host, server->port);
  g_autoptr (WbHttpAuth) auth = wb_http_auth_new_bearer ("token-of-tls");
  g_autoptr (GError)     error = NULL;
  WbHttp                *http = wb_http_new (url, auth, &error);

  g_assert_no_error (error);
  if (trust)
    {
      g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca_path, &error);

      g_assert_no_error (error);
      wb_http_set_tls_database (http, database);
    }
  return http;
}

/* What libsoup's server offers; our client takes the newest. */
static void
use_version (int version)
{
  if (version == SOUP_HTTP_2_0)
    g_setenv ("SOUP_SERVER_HTTP2", "1", TRUE);
  else
    g_unsetenv ("SOUP_SERVER_HTTP2");
}

static gboolean
can_run (void)
{
  if (folder == NULL)
    wb_test_skip ("openssl is not on this machine, so there is no certificate to test with");
  return folder != NULL;
}

static void
test_trusted (gconstpointer version)
{
  g_autoptr (TlsServer) server = NULL;
  g_autoptr (WbHttp)    http = NULL;

  if (!can_run ())
    return;
  use_version (GPOINTER_TO_INT (version));
  server = tls_server_new (good_path);
  http = client (server, "localhost", TRUE);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (WbHttpRequest) request = wb_http_request_new (i % 2 ? "POST" : "GET", "/x");
      g_autoptr (GError)        error = NULL;
      g_autoptr (JsonNode)      root = wb_http_call (http, request, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "over"), ==,
                       "tls");
    }
  g_assert_cmpint (g_atomic_int_get (&server->n_requests), ==, 4);
  g_assert_cmpint (g_atomic_int_get (&server->version), ==, GPOINTER_TO_INT (version));
}

static gboolean
no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

/* Cut after reading, here as there: a POST is not sent again, a GET is. */
static void
test_cut (gconstpointer version)
{
  g_autoptr (TlsServer) server = NULL;
  g_autoptr (WbHttp)    http = NULL;

  if (!can_run ())
    return;
  use_version (GPOINTER_TO_INT (version));
  server = tls_server_new (good_path);
  http = client (server, "localhost", TRUE);
  wb_http_set_sleep_func (http, no_sleep, NULL);
  for (guint i = 0; i < 4; i++)
    {
      static const char *const   verbs[] = { "PUT", "POST", "DELETE", "GET" };
      g_autoptr (WbHttpRequest)  first = wb_http_request_new ("GET", "/x");
      g_autoptr (WbHttpRequest)  request = wb_http_request_new (verbs[i], "/cut");
      gboolean                   safe = g_str_equal (verbs[i], "GET");
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) warm = wb_http_send (http, first, NULL, &error);
      g_autoptr (WbHttpResponse) response = NULL;

      g_assert_no_error (error);
      g_atomic_int_set (&server->n_requests, 0);
      response = wb_http_send (http, request, NULL, &error);
      g_assert_null (response);
      g_assert_true (
          g_error_matches (error, WB_ERROR, safe ? WB_ERROR_UNAVAILABLE : WB_ERROR_UNSURE));
      if (safe)
        g_assert_cmpint (g_atomic_int_get (&server->n_requests), >=, 4);
      else
        g_assert_cmpint (g_atomic_int_get (&server->n_requests), ==, 1);
      g_assert_cmpint (g_atomic_int_get (&server->version), ==, GPOINTER_TO_INT (version));
    }
}

static gpointer
call_in_thread (gpointer http)
{
  g_autoptr (WbHttpRequest) get = wb_http_request_new ("GET", "/x");
  g_autoptr (WbHttpRequest) post = wb_http_request_new ("POST", "/x");
  g_autoptr (GError)        error = NULL;
  g_autoptr (JsonNode)      first = wb_http_call (http, get, NULL, &error);
  g_autoptr (JsonNode)      second = error == NULL ? wb_http_call (http, post, NULL, &error) : NULL;

  g_assert_no_error (error);
  return g_strdup (second != NULL ? "done" : "not done");
}

/* Worker threads come and go; the client stays. */
static void
test_threads (gconstpointer version)
{
  g_autoptr (TlsServer) server = NULL;
  g_autoptr (WbHttp)    http = NULL;

  if (!can_run ())
    return;
  use_version (GPOINTER_TO_INT (version));
  server = tls_server_new (good_path);
  http = client (server, "localhost", TRUE);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *word = g_thread_join (g_thread_new ("worker", call_in_thread, http));

      g_assert_cmpstr (word, ==, "done");
    }
  g_assert_cmpint (g_atomic_int_get (&server->n_requests), ==, 12);
}

/* Unknown authority, another name, expired: a POST never leaves. */
static void
test_untrusted (void)
{
  struct
  {
    const char *pem;
    const char *host;
    gboolean    trust;
  } cases[] = { { good_path, "localhost", FALSE },
                { good_path, "127.0.0.1", TRUE },
                { late_path, "localhost", TRUE } };

  if (!can_run ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlsServer)      server = tls_server_new (cases[i].pem);
      g_autoptr (WbHttp)         http = client (server, cases[i].host, cases[i].trust);
      g_autoptr (WbHttpRequest)  request = wb_http_request_new ("POST", "/x");
      g_autoptr (GError)         error = NULL;
      g_autoptr (WbHttpResponse) response = wb_http_send (http, request, NULL, &error);

      g_assert_null (response);
      g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
      g_assert_nonnull (strstr (error->message, "certificate"));
      g_assert_cmpint (g_atomic_int_get (&server->n_requests), ==, 0);
    }
}

/* ---- certificates, made for this run ---- */

static gboolean
openssl (const char *arguments)
{
  g_autofree char   *command = g_strconcat ("openssl ", arguments, NULL);
  g_auto (GStrv)     words = NULL;
  g_autoptr (GError) error = NULL;
  int                status;

  return g_shell_parse_argv (command, NULL, &words, NULL) &&
         g_spawn_sync (folder, words, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                           G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL) &&
         g_spawn_check_wait_status (status, &error);
}

static char *
join_pem (const char *name, const char *certificate, const char *key)
{
  g_autofree char *certificate_path = g_build_filename (folder, certificate, NULL);
  g_autofree char *key_path = g_build_filename (folder, key, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *both = NULL;
  char            *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_get_contents (certificate_path, &first, NULL, NULL));
  g_assert_true (g_file_get_contents (key_path, &second, NULL, NULL));
  both = g_strconcat (first, second, NULL);
  g_assert_true (g_file_set_contents (path, both, -1, NULL));
  return path;
}

static void
make_certificates (void)
{
  g_autofree char *extensions = NULL;

  folder = wb_test_temp_folder ();
  extensions = g_build_filename (folder, "san", NULL);
  g_assert_true (g_file_set_contents (extensions, "subjectAltName=DNS:localhost\n", -1, NULL));
  if (!openssl ("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
                "/CN=Test-CA -keyout ca.key -out ca.pem") ||
      !openssl ("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost "
                "-keyout leaf.key -out leaf.csr") ||
      !openssl ("x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -set_serial 2 -days 2 -extfile "
                "san -out good.crt") ||
      !openssl ("x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -set_serial 3 -days -1 -extfile "
                "san -out late.crt"))
    {
      wb_test_remove_folder (folder);
      g_clear_pointer (&folder, g_free);
      return;
    }
  ca_path = g_build_filename (folder, "ca.pem", NULL);
  good_path = join_pem ("good.pem", "good.crt", "leaf.key");
  late_path = join_pem ("late.pem", "late.crt", "leaf.key");
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_certificates ();
  g_test_add_data_func ("/net/https/trusted-1", GINT_TO_POINTER (SOUP_HTTP_1_1), test_trusted);
  g_test_add_data_func ("/net/https/trusted-2", GINT_TO_POINTER (SOUP_HTTP_2_0), test_trusted);
  g_test_add_data_func ("/net/https/cut-1", GINT_TO_POINTER (SOUP_HTTP_1_1), test_cut);
  g_test_add_data_func ("/net/https/cut-2", GINT_TO_POINTER (SOUP_HTTP_2_0), test_cut);
  g_test_add_data_func ("/net/https/threads-1", GINT_TO_POINTER (SOUP_HTTP_1_1), test_threads);
  g_test_add_data_func ("/net/https/threads-2", GINT_TO_POINTER (SOUP_HTTP_2_0), test_threads);
  g_test_add_func ("/net/https/untrusted", test_untrusted);
  result = g_test_run ();
  if (folder != NULL)
    wb_test_remove_folder (folder);
  g_free (folder);
  g_free (ca_path);
  g_free (good_path);
  g_free (late_path);
  return result;
}
