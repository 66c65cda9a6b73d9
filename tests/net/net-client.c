/* SPDX-License-Identifier: GPL-3.0-or-later
 * A client for tests that speaks to a raw server and never really sleeps. */
#include "net-client.h"

#define MAX_PAUSES 64

static gint64 pauses[MAX_PAUSES]; /* µs */
static guint  n_pauses;

static gboolean
note_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  g_assert_cmpuint (n_pauses, <, MAX_PAUSES);
  pauses[n_pauses++] = microseconds;
  return !g_cancellable_is_cancelled (cancellable);
}

/* A client at /api of @server; takes @auth. Forgets the pauses so far. */
WbHttp *
net_client (RawServer *server, WbHttpAuth *auth)
{
  g_autofree char   *url = raw_server_url (server, "/api/");
  g_autoptr (GError) error = NULL;
  WbHttp            *http = wb_http_new (url, auth, &error);

  g_assert_no_error (error);
  wb_http_auth_free (auth);
  n_pauses = 0;
  wb_http_set_sleep_func (http, note_sleep, NULL);
  wb_http_set_name (http, "The shop");
  return http;
}

WbHttpResponse *
net_get (WbHttp *http, const char *path, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", path);

  return wb_http_send (http, request, NULL, error);
}

guint
net_n_pauses (void)
{
  return n_pauses;
}

/* Microseconds. */
gint64
net_pause (guint nth)
{
  g_assert_cmpuint (nth, <, n_pauses);
  return pauses[nth];
}
