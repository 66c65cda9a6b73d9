/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one HTTP client: blocking, bounded, honest about what may have happened on the other side.
 *
 * A provider makes one WbHttp per connection, builds a WbHttpRequest for each call and gets a
 * WbHttpResponse for any status that came back. wb_http_call() does all in one when the vendor's
 * own error format does not matter. The engine's worker threads may use one WbHttp each, or one in
 * turn, never two at once. */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-error.h"
#include "wb-redact.h"

G_BEGIN_DECLS

/* How a client proves who it is. Making one registers its secrets with wb_redact_add(). */
typedef struct _WbHttpAuth WbHttpAuth;

WbHttpAuth *wb_http_auth_new_none (void);
WbHttpAuth *wb_http_auth_new_basic (const char *user, const char *password);
WbHttpAuth *wb_http_auth_new_bearer (const char *token);
WbHttpAuth *wb_http_auth_new_key (const char *key);
WbHttpAuth *wb_http_auth_new_oauth1 (const char *consumer_key, const char *consumer_secret);
void        wb_http_auth_free (WbHttpAuth *auth);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbHttpAuth, wb_http_auth_free)

/* One call. `effect` is FALSE for GET and HEAD, TRUE for everything else. */
typedef struct _WbHttpRequest WbHttpRequest;

WbHttpRequest *wb_http_request_new (const char *method, const char *path);
WbHttpRequest *wb_http_request_new_segments (const char *method, ...) G_GNUC_NULL_TERMINATED;
WbHttpRequest *wb_http_request_new_url (const char *method, const char *url);
void           wb_http_request_free (WbHttpRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbHttpRequest, wb_http_request_free)

void wb_http_request_add_query (WbHttpRequest *request, const char *name, const char *value);
void wb_http_request_add_query_int (WbHttpRequest *request, const char *name, gint64 value);
void wb_http_request_add_query_array (WbHttpRequest     *request,
                                      const char        *name,
                                      const char *const *values);
void wb_http_request_set_json (WbHttpRequest *request, JsonNode *root);
void wb_http_request_set_body (WbHttpRequest *request, GBytes *body, const char *content_type);
void wb_http_request_add_form (WbHttpRequest *request, const char *name, const char *value);
void wb_http_request_add_form_int (WbHttpRequest *request, const char *name, gint64 value);
void wb_http_request_set_header (WbHttpRequest *request, const char *name, const char *value);
void wb_http_request_set_idempotency (WbHttpRequest *request, const char *header, const char *key);
void wb_http_request_set_effect (WbHttpRequest *request, gboolean effect);
void wb_http_request_set_timeout (WbHttpRequest *request, guint total_seconds);
void wb_http_request_set_max_size (WbHttpRequest *request, gsize max_size);
gboolean wb_http_request_has_effect (const WbHttpRequest *request);

/* What came back. */
typedef struct _WbHttpResponse WbHttpResponse;

void wb_http_response_free (WbHttpResponse *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbHttpResponse, wb_http_response_free)

guint       wb_http_response_get_status (const WbHttpResponse *response);
gboolean    wb_http_response_is_success (const WbHttpResponse *response);
const char *wb_http_response_get_header (const WbHttpResponse *response, const char *name);
gint64
wb_http_response_get_header_int (const WbHttpResponse *response, const char *name, gint64 absent);
GBytes     *wb_http_response_get_body (const WbHttpResponse *response);
const char *wb_http_response_get_url (const WbHttpResponse *response);
gboolean    wb_http_response_is_html (const WbHttpResponse *response);
gint64      wb_http_response_get_retry_after (const WbHttpResponse *response);
gint64      wb_http_response_get_date (const WbHttpResponse *response);
gboolean    wb_http_response_maybe_repeated (const WbHttpResponse *response);
JsonNode   *wb_http_response_json (const WbHttpResponse *response, GError **error);
char       *wb_http_response_dup_message (const WbHttpResponse *response);

/* The client. */
#define WB_TYPE_HTTP (wb_http_get_type ())
G_DECLARE_FINAL_TYPE (WbHttp, wb_http, WB, HTTP, GObject)

/* Sleeps @microseconds; FALSE when @cancellable was cancelled meanwhile. */
typedef gboolean (*WbHttpSleepFunc) (gint64        microseconds,
                                     GCancellable *cancellable,
                                     gpointer      user_data);

typedef struct _WbHttpTrace WbHttpTrace;

gboolean    wb_http_url_is_allowed (const char *url, GError **error);
char       *wb_http_versioned_url (const char *given, const char *otherwise, const char *version);
WbHttp     *wb_http_new (const char *base_url, const WbHttpAuth *auth, GError **error);
void        wb_http_set_name (WbHttp *self, const char *name);
void        wb_http_set_header (WbHttp *self, const char *name, const char *value);
void        wb_http_set_timeouts (WbHttp *self, guint connect_seconds, guint total_seconds);
void        wb_http_set_max_size (WbHttp *self, gsize max_size);
void        wb_http_set_retries (WbHttp *self, guint max_tries, guint max_wait_seconds);
void        wb_http_set_calls_per_minute (WbHttp *self, guint calls_per_minute);
void        wb_http_set_clock_offset (WbHttp *self, gint64 seconds);
void        wb_http_set_sleep_func (WbHttp *self, WbHttpSleepFunc func, gpointer user_data);
void        wb_http_set_tls_database (WbHttp *self, GTlsDatabase *database);
void        wb_http_set_trace (WbHttp *self, WbHttpTrace *trace);
const char *wb_http_get_base_url (WbHttp *self);

WbHttpResponse *
wb_http_send (WbHttp *self, WbHttpRequest *request, GCancellable *cancellable, GError **error);
gboolean wb_http_check (const WbHttpResponse *response, GError **error);
JsonNode *
wb_http_call (WbHttp *self, WbHttpRequest *request, GCancellable *cancellable, GError **error);
GBytes *
wb_http_download (const char *url, gsize max_size, GCancellable *cancellable, GError **error);

/* Pages. */
char  *wb_http_link_find (const char *link_header, const char *rel);
char  *wb_http_response_next_url (const WbHttpResponse *response);
gint64 wb_http_response_total_pages (const WbHttpResponse *response);

/* A record of every request and reply, without secrets, for support. */
WbHttpTrace *wb_http_trace_open (const char *path, GError **error);
WbHttpTrace *wb_http_trace_ref (WbHttpTrace *trace);
void         wb_http_trace_unref (WbHttpTrace *trace);
void         wb_http_trace_set_default (WbHttpTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbHttpTrace, wb_http_trace_unref)

G_END_DECLS
