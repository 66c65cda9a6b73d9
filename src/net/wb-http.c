/* SPDX-License-Identifier: GPL-3.0-or-later
 * The client as an object: which addresses it may speak to, and its settings. */
#include "wb-http-private.h"

#include <string.h>

#include "wb-config.h"
#include "wb-text.h"
#include "wb-time.h"

#define DEFAULT_CONNECT_S 15
#define DEFAULT_TOTAL_S   90 /* an old shop needs 30 s and more for a page of 100 orders */
#define DEFAULT_MAX_SIZE  (32 * 1024 * 1024)
#define DEFAULT_TRIES     4
#define DEFAULT_MAX_WAIT  30 /* seconds; a longer Retry-After goes to the caller */

G_DEFINE_FINAL_TYPE (WbHttp, wb_http, G_TYPE_OBJECT)

static void
wb_http_finalize (GObject *object)
{
  WbHttp *self = WB_HTTP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self->base_url);
  g_free (self->name);
  wb_http_auth_free (self->auth);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->trace, wb_http_trace_unref);
  G_OBJECT_CLASS (wb_http_parent_class)->finalize (object);
}

static void
wb_http_class_init (WbHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_http_finalize;
}

/* Sleeps, and wakes at once when cancelled. */
static gboolean
real_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  gint64   until = g_get_monotonic_time () + microseconds;
  GPollFD  wake;
  gboolean can_wake = g_cancellable_make_pollfd (cancellable, &wake);
  gint64   left;

  while ((left = until - g_get_monotonic_time ()) > 0 && !g_cancellable_is_cancelled (cancellable))
    g_poll (&wake, can_wake ? 1 : 0, (gint) (left / 1000) + 1);
  if (can_wake)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

static void
wb_http_init (WbHttp *self)
{
  self->headers = wb_pairs_new ();
  self->connect_ms = DEFAULT_CONNECT_S * 1000;
  self->total_ms = DEFAULT_TOTAL_S * 1000;
  self->max_size = DEFAULT_MAX_SIZE;
  self->max_tries = DEFAULT_TRIES;
  self->max_wait = DEFAULT_MAX_WAIT;
  self->sleep = real_sleep;
  self->trace = wb_http_trace_dup_default ();
}

/* ---- addresses ---- */

gboolean
wb_http_host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* Returns: (transfer full): @url when wb_http_url_is_allowed(). */
GUri *
wb_http_parse_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url != NULL ? url : "", SOUP_HTTP_URI_FLAGS, NULL);
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char      *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  g_autofree char *shown = wb_redact_text (url);

  if (wb_text_is_empty (host) ||
      (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "“%s” is no web address: it should look like https://shop.example", shown);
  else if (g_uri_get_userinfo (uri) != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "The address “%s” contains a user name or password; leave it out", shown);
  else if (g_str_equal (scheme, "http") && !wb_http_host_is_loopback (host))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "“%s” is not encrypted. Use https://; plain http:// is for this computer only",
                 shown);
  else
    return g_steal_pointer (&uri);
  return NULL;
}

/**
 * wb_http_url_is_allowed:
 * Whether @url may be spoken to: https to any host, plain http to this computer only, no password
 * in it. Else %WB_ERROR_INVALID.
 */
gboolean
wb_http_url_is_allowed (const char *url, GError **error)
{
  g_autoptr (GUri) uri = wb_http_parse_url (url, error);

  return uri != NULL;
}

static int
port_of (GUri *uri)
{
  int port = g_uri_get_port (uri);

  return port > 0 ? port : g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

gboolean
wb_http_same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         port_of (a) == port_of (b);
}

/** wb_http_versioned_url: Returns: (transfer full): @given, or @otherwise when it is %NULL or
 * empty, and @version (“/v2”) behind it, whether it is named already or not. */
char *
wb_http_versioned_url (const char *given, const char *otherwise, const char *version)
{
  g_autofree char *url = g_strdup (given != NULL && *given != '\0' ? given : otherwise);

  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  return g_str_has_suffix (url, version) ? g_steal_pointer (&url)
                                         : g_strconcat (url, version, NULL);
}

/**
 * wb_http_new:
 * @base_url: what every request's path is appended to; https, or http on this computer; without
 * query
 * @auth: (nullable): borrowed
 *
 * Returns: (transfer full): a client; %WB_ERROR_INVALID when @base_url is not acceptable. TLS
 * certificates are always verified.
 */
WbHttp *
wb_http_new (const char *base_url, const WbHttpAuth *auth, GError **error)
{
  g_autoptr (GUri)   given = wb_http_parse_url (base_url, error);
  g_autoptr (WbHttp) self = NULL;
  g_autofree char   *host = NULL;
  gsize              length;

  if (given == NULL)
    return NULL;
  if (g_uri_get_query (given) != NULL || g_uri_get_fragment (given) != NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The address “%s” has a “?” or “#” part; leave it out", base_url);
      return NULL;
    }
  self = g_object_new (WB_TYPE_HTTP, NULL);
  host = g_ascii_strdown (g_uri_get_host (given), -1);
  self->base =
      g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (given), NULL, host,
                   port_of (given) == (g_str_equal (g_uri_get_scheme (given), "https") ? 443 : 80)
                       ? -1
                       : port_of (given),
                   g_uri_get_path (given), NULL, NULL);
  self->base_url = g_uri_to_string (self->base);
  for (length = strlen (self->base_url); length > 0 && self->base_url[length - 1] == '/'; length--)
    self->base_url[length - 1] = '\0';
  self->name = g_steal_pointer (&host);
  self->auth = wb_http_auth_copy (auth);
  self->session = soup_session_new_with_options ("user-agent", "Waybill/" WB_VERSION, "timeout", 0,
                                                 "idle-timeout", 0, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  if (wb_http_host_is_loopback (self->name))
    soup_session_set_proxy_resolver (self->session,
                                     NULL); /* what is meant for this computer stays here */
  return g_steal_pointer (&self);
}

/** wb_http_set_name: how messages call the other side: “The shop Bergblick”. The host name by
 * default. */
void
wb_http_set_name (WbHttp *self, const char *name)
{
  wb_set_str (&self->name, name);
}

/** wb_http_set_header: sends header @name with every request. */
void
wb_http_set_header (WbHttp *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, wb_pair_new (name, value));
}

/** wb_http_set_timeouts: @connect_seconds until a connection stands (TLS included); @total_seconds
 * for a whole call, repetitions included. */
void
wb_http_set_timeouts (WbHttp *self, guint connect_seconds, guint total_seconds)
{
  self->connect_ms = (gint64) connect_seconds * 1000;
  self->total_ms = (gint64) total_seconds * 1000;
}

/** wb_http_set_max_size: the largest body in bytes to accept, decompressed (32 MiB by default). */
void
wb_http_set_max_size (WbHttp *self, gsize max_size)
{
  self->max_size = max_size;
}

/** wb_http_set_retries: @max_tries of a request that may be repeated (1: never repeat); a
 * `Retry-After` beyond @max_wait_seconds goes to the caller. */
void
wb_http_set_retries (WbHttp *self, guint max_tries, guint max_wait_seconds)
{
  self->max_tries = MAX (1, max_tries);
  self->max_wait = max_wait_seconds;
}

/** wb_http_set_calls_per_minute: keeps to a vendor's limit by waiting before a call; a few may go
 * at once. 0: no limit. */
void
wb_http_set_calls_per_minute (WbHttp *self, guint calls_per_minute)
{
  self->calls_per_minute = calls_per_minute;
}

/** wb_http_set_clock_offset: @seconds that the other side's clock is ahead of ours; OAuth 1
 * timestamps use it. */
void
wb_http_set_clock_offset (WbHttp *self, gint64 seconds)
{
  self->clock_offset = seconds;
}

/** wb_http_set_sleep_func: for tests: what waits between tries and for the pace; %NULL: the real
 * one. */
void
wb_http_set_sleep_func (WbHttp *self, WbHttpSleepFunc func, gpointer user_data)
{
  self->sleep = func != NULL ? func : real_sleep;
  self->sleep_data = user_data;
}

/** wb_http_set_tls_database: trusts these authorities instead of the system's (a shop behind a
 * company's own; tests). */
void
wb_http_set_tls_database (WbHttp *self, GTlsDatabase *database)
{
  soup_session_set_tls_database (self->session, database);
}

/** wb_http_set_trace: @trace (nullable; a reference is taken) records every request and reply. */
void
wb_http_set_trace (WbHttp *self, WbHttpTrace *trace)
{
  if (trace != NULL)
    wb_http_trace_ref (trace);
  g_clear_pointer (&self->trace, wb_http_trace_unref);
  self->trace = trace;
}

/** wb_http_get_base_url: Returns: (transfer none): without a slash at its end. */
const char *
wb_http_get_base_url (WbHttp *self)
{
  return self->base_url;
}
