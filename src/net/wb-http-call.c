/* SPDX-License-Identifier: GPL-3.0-or-later
 * One call from beginning to end: its address, the pace, repetition where it is safe, redirects
 * within one origin. */
#include "wb-http-private.h"

#include <string.h>

#include "wb-behind.h"
#include "wb-text.h"
#include "wb-time.h"

#define MAX_REDIRECTS    5
#define FIRST_PAUSE_US   (500 * 1000)
#define LONGEST_PAUSE_US (8 * 1000 * 1000)
#define STALE_US         (30 * G_TIME_SPAN_SECOND) /* idle connections older than this are given up */
#define BURST            5 /* calls that may go at once before the pace holds */
#define DOWNLOADS        4 /* of one document, until it came the same twice */

/* ---- the address of a request ---- */

static gboolean
is_credential (const WbPair *pair)
{
  return g_str_has_prefix (pair->name, "oauth_") || g_str_equal (pair->name, "consumer_key") ||
         g_str_equal (pair->name, "consumer_secret");
}

static GPtrArray *
signed_query (WbHttp *self, const WbHttpRequest *request, const char *bare, const char *old_query)
{
  g_autoptr (GPtrArray) query = wb_pairs_decode (old_query);
  g_autofree char      *nonce = wb_text_random_id (16);

  /* A “next” link repeats the credentials of the page before. */
  for (guint i = query->len; i > 0; i--)
    if (is_credential (query->pdata[i - 1]))
      g_ptr_array_remove_index (query, i - 1);
  for (guint i = 0; i < request->query->len; i++)
    {
      const WbPair *pair = request->query->pdata[i];

      g_ptr_array_add (query, wb_pair_new (pair->name, pair->value));
    }
  return wb_oauth_sign (request->method, bare, query, request->form, self->auth->key,
                        self->auth->secret, nonce, wb_now () + self->clock_offset);
}

/* The address of one try. @target: where a redirect or the request itself points, NULL for its
 * path. */
static char *
address (WbHttp *self, const WbHttpRequest *request, const char *target, gboolean add_query)
{
  g_autofree char *url =
      target != NULL ? g_strdup (target)
                     : g_strdup_printf ("%s%s%s", self->base_url,
                                        *request->path == '/' || *request->path == '\0' ? "" : "/",
                                        request->path);
  char                 *mark = strchr (url, '?');
  g_autofree char      *old = mark != NULL ? g_strdup (mark + 1) : NULL;
  g_autoptr (GPtrArray) pairs = NULL;
  g_autofree char      *query = NULL;

  if (mark != NULL)
    *mark = '\0';
  if (self->auth->kind == WB_HTTP_AUTH_OAUTH1)
    {
      g_autoptr (WbHttpRequest) plain = wb_http_request_new (request->method, "");

      pairs = signed_query (self, add_query ? request : plain, url, old);
      query = wb_pairs_encode (pairs);
      return g_strdup_printf ("%s?%s", url, query);
    }
  query = wb_pairs_encode (request->query);
  if (!add_query || *query == '\0')
    return old != NULL ? g_strdup_printf ("%s?%s", url, old) : g_steal_pointer (&url);
  return g_strdup_printf ("%s?%s%s%s", url, old != NULL ? old : "",
                          wb_text_is_empty (old) ? "" : "&", query);
}

static gboolean
check_origin (WbHttp *self, const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *shown = wb_redact_text (url);

  if (uri != NULL && g_uri_get_host (uri) != NULL && g_uri_get_userinfo (uri) == NULL &&
      wb_http_same_origin (uri, self->base))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "%s points to “%s”, which is not at %s. It was not followed, because it would carry "
               "your credentials there",
               self->name, shown, self->base_url);
  return FALSE;
}

/* ---- one call: pace, tries, redirects ---- */

/* The state of one wb_http_send(). */
typedef struct
{
  WbHttp        *http;
  WbHttpRequest *request;
  GCancellable  *cancellable;
  gint64         deadline; /* monotonic µs */
  gboolean       repeatable;
  gboolean       maybe_done; /* a try with an effect went out and got no answer */
  guint          redirects;
  char          *target; /* nullable: where a redirect sent us */
} Call;

static gboolean
fail_cancelled (const Call *call, GError **error)
{
  if (call->maybe_done)
    g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                 "The request to %s was cancelled after it had been sent. Whether it took effect "
                 "is not known",
                 call->http->name);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "The request to %s was cancelled",
                 call->http->name);
  return FALSE;
}

static gboolean
wait (Call *call, gint64 microseconds, GError **error)
{
  if (g_cancellable_is_cancelled (call->cancellable) ||
      !call->http->sleep (microseconds, call->cancellable, call->http->sleep_data))
    return fail_cancelled (call, error);
  return TRUE;
}

/* Generic cell rate: each call moves the mark on by its share of a minute; it may run ahead by a
 * burst. */
static gboolean
keep_pace (Call *call, GError **error)
{
  WbHttp *self = call->http;
  gint64  now = g_get_monotonic_time ();
  gint64  share;
  gint64  pause;

  if (self->calls_per_minute == 0)
    return TRUE;
  share = G_TIME_SPAN_MINUTE / self->calls_per_minute;
  pause = self->next_call - now - share * (MIN (BURST, self->calls_per_minute) - 1);
  self->next_call = MAX (self->next_call, now) + share;
  if (pause <= 0)
    return TRUE;
  call->deadline += pause;
  return wait (call, pause, error);
}

static GPtrArray *
headers_of (WbHttp *self, const WbHttpRequest *request)
{
  g_autoptr (GPtrArray) headers = wb_pairs_copy (self->headers);

  if (self->auth->kind == WB_HTTP_AUTH_HEADER)
    g_ptr_array_add (headers, wb_pair_new ("Authorization", self->auth->header));
  g_ptr_array_add (headers, wb_pair_new ("Accept", "application/json, */*;q=0.5"));
  for (guint i = 0; i < request->headers->len; i++)
    {
      const WbPair *header = request->headers->pdata[i];

      g_ptr_array_add (headers, wb_pair_new (header->name, header->value));
    }
  return g_steal_pointer (&headers);
}

static WbHttpResponse *
try_once (Call *call, WbWireOutcome *outcome, GError **error)
{
  WbHttp               *self = call->http;
  WbHttpRequest        *request = call->request;
  gint64                start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) headers = headers_of (self, request);
  g_autofree char *url = address (self, request, call->target != NULL ? call->target : request->url,
                                  call->target == NULL);
  const char      *content_type;
  g_autoptr (GBytes) body = wb_http_request_dup_body (request, &content_type);
  g_autoptr (GError) local = NULL;
  WbWireTry          try = {
             .session = self->session,
             .name = self->name,
             .method = request->method,
             .url = url,
             .headers = headers,
             .body = body,
             .content_type = content_type,
             .effect = request->effect,
             .own_line = request->effect,
             .restarts = !request->effect && self->auth->kind != WB_HTTP_AUTH_OAUTH1,
             .connect_ms = self->connect_ms,
             .total_ms = (call->deadline - start) / 1000,
             .max_size = request->max_size > 0 ? request->max_size : self->max_size,
  };
  WbHttpResponse *response;

  if (self->last_call > 0 && start - self->last_call > STALE_US)
    soup_session_abort (self->session);
  response = wb_wire_try (&try, outcome, call->cancellable, &local);
  self->last_call = g_get_monotonic_time ();
  if (self->trace != NULL)
    wb_http_trace_call (self->trace, &try, response, local, (self->last_call - start) / 1000);
  if (response == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return response;
}

/* ±25 % around 0.5, 1, 2, 4, 8 s, so that many clients do not come back together. */
static gint64
back_off (guint nth)
{
  gint64 pause = MIN (FIRST_PAUSE_US << MIN (nth - 1, 10), LONGEST_PAUSE_US);

  return pause * g_random_int_range (75, 126) / 100;
}

/* Whether @response is one that waiting may cure. */
static gboolean
is_passing (const WbHttpResponse *response, gboolean keyed)
{
  static const guint statuses[] = { 408, 425, 429, 500, 502, 503, 504 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (response->status == statuses[i])
      return TRUE;
  return keyed && response->status == 409; /* the first try of the same key is still at work */
}

/* The pause before try @nth + 1, or -1 when there is to be none. */
static gint64
pause_after (const Call           *call,
             guint                 nth,
             const WbHttpResponse *response,
             const WbWireOutcome  *outcome)
{
  gint64 asked = response != NULL ? wb_http_response_get_retry_after (response) : -1;
  gint64 pause = asked >= 0 ? asked * G_TIME_SPAN_SECOND : back_off (nth);

  if (!call->repeatable || nth >= call->http->max_tries)
    return -1;
  if (response == NULL && outcome->final)
    return -1;
  if (response != NULL && !is_passing (response, call->request->idempotency_key != NULL))
    return -1;
  if (asked > call->http->max_wait || g_get_monotonic_time () + pause >= call->deadline)
    return -1;
  return response == NULL && outcome->dropped && nth == 1 ? 0 : pause;
}

static gboolean
is_redirect (const WbHttpResponse *response)
{
  return (response->status >= 301 && response->status <= 303) || response->status == 307 ||
         response->status == 308;
}

/* Takes the new address of a redirect, when it stays at this origin. */
static gboolean
follow (Call *call, const WbHttpResponse *response, const char *from, GError **error)
{
  const char      *location = wb_http_response_get_header (response, "Location");
  g_autofree char *target =
      location != NULL ? g_uri_resolve_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (target == NULL || ++call->redirects > MAX_REDIRECTS)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "%s redirects %s", call->http->name,
                   target == NULL ? "to no address" : "in a circle");
      return FALSE;
    }
  if (!check_origin (call->http, target, error))
    return FALSE;
  wb_set_str (&call->target, target);
  return TRUE;
}

/* One answer: one or several tries. */
static WbHttpResponse *
try_until_answered (Call *call, GError **error)
{
  for (guint nth = 1;; nth++)
    {
      g_autoptr (GError)         local = NULL;
      g_autoptr (WbHttpResponse) response = NULL;
      WbWireOutcome              outcome;
      gint64                     pause;

      if (!keep_pace (call, error))
        return NULL;
      response = try_once (call, &outcome, &local);
      if (response != NULL)
        response->maybe_repeated = call->maybe_done;
      if (g_cancellable_is_cancelled (call->cancellable) ||
          (pause = pause_after (call, nth, response, &outcome)) < 0)
        {
          /* A later try that was not sent does not make an earlier one undone. */
          if (local != NULL && call->maybe_done && local->code != WB_ERROR_UNSURE)
            {
              local->code = WB_ERROR_UNSURE;
              g_prefix_error (
                  &local,
                  "An earlier try was sent and whether it took effect is not known; then: ");
            }
          if (local != NULL)
            g_propagate_error (error, g_steal_pointer (&local));
          return g_steal_pointer (&response);
        }
      call->maybe_done |= call->request->effect && ((response == NULL && outcome.sent) ||
                                                    (response != NULL && response->status >= 500) ||
                                                    (response != NULL && response->status == 408));
      if (pause > 0 && !wait (call, pause, error))
        return NULL;
    }
}

static WbHttpResponse *
run (Call *call, GError **error)
{
  for (;;)
    {
      g_autofree char           *from = NULL;
      g_autoptr (WbHttpResponse) response = try_until_answered (call, error);

      /* Only what has no effect follows: a POST would arrive as a GET, or twice. */
      if (response == NULL || call->request->effect || !is_redirect (response))
        return g_steal_pointer (&response);
      from = address (call->http, call->request,
                      call->target != NULL ? call->target : call->request->url, FALSE);
      if (!follow (call, response, from, error))
        return NULL;
    }
}

/**
 * wb_http_send:
 *
 * Sends @request and waits for the whole answer. Repeats it after a pause when that is safe (no
 * effect, or an idempotency key) and sensible (no connection, 408, 425, 429, 5xx); follows
 * redirects within the same origin when it has no effect. Meanwhile another work that is done
 * behind may have the processor.
 *
 * Returns: (transfer full): the answer, whatever its status (see wb_http_check()). Or %NULL:
 * %WB_ERROR_UNAVAILABLE, nothing happened; %WB_ERROR_UNSURE, it has an effect, was sent and not
 * answered; %WB_ERROR_CANCELLED; %WB_ERROR_INVALID when the address leaves the client's origin or
 * the answer is too large.
 */
WbHttpResponse *
wb_http_send (WbHttp *self, WbHttpRequest *request, GCancellable *cancellable, GError **error)
{
  gint64 total_ms =
      request->total_seconds > 0 ? (gint64) request->total_seconds * 1000 : self->total_ms;
  WbHttpResponse *response;
  Call            call = {
               .http = self,
               .request = request,
               .cancellable = cancellable,
               .deadline = g_get_monotonic_time () + total_ms * 1000,
               .repeatable = !request->effect || request->idempotency_key != NULL,
  };

  if (request->url != NULL && !check_origin (self, request->url, error))
    return NULL;
  if (g_cancellable_is_cancelled (cancellable))
    {
      fail_cancelled (&call, error);
      return NULL;
    }
  wb_behind_leave ();
  response = run (&call, error);
  wb_behind_come_back ();
  g_free (call.target);
  return response;
}

/**
 * wb_http_call:
 * wb_http_send(), wb_http_check() and wb_http_response_json() in one.
 *
 * Returns: (transfer full): the root of the reply.
 */
JsonNode *
wb_http_call (WbHttp *self, WbHttpRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpResponse) response = wb_http_send (self, request, cancellable, error);

  if (response == NULL || !wb_http_check (response, error))
    return NULL;
  return wb_http_response_json (response, error);
}

static WbHttpResponse *
download_once (
    WbHttp *http, const char *url, gsize max_size, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest)  request = wb_http_request_new_url ("GET", url);
  g_autoptr (WbHttpResponse) response = NULL;

  wb_http_request_set_max_size (request, max_size);
  response = wb_http_send (http, request, cancellable, error);
  if (response == NULL || !wb_http_check (response, error))
    return NULL;
  return g_steal_pointer (&response);
}

/**
 * wb_http_download:
 * @url: absolute, of a document (a label) that a vendor's reply names; sent without credentials
 * @max_size: bytes
 *
 * A body whose length the server does not declare may be cut between two chunks, and libsoup does
 * not tell. Such a document is fetched until it came the same twice.
 *
 * Returns: (transfer full): the whole document; errors as of wb_http_send() and wb_http_check().
 */
GBytes *
wb_http_download (const char *url, gsize max_size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GUri)   uri = wb_http_parse_url (url, error);
  g_autofree char   *origin = NULL;
  g_autoptr (WbHttp) http = NULL;
  g_autoptr (GBytes) before = NULL;

  if (uri == NULL)
    return NULL;
  origin = g_uri_join (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                       g_uri_get_port (uri), "", NULL, NULL);
  if ((http = wb_http_new (origin, NULL, error)) == NULL)
    return NULL;
  for (guint i = 0; i < DOWNLOADS; i++)
    {
      g_autoptr (WbHttpResponse) response = download_once (http, url, max_size, cancellable, error);

      if (response == NULL)
        return NULL;
      if (response->whole || (before != NULL && g_bytes_equal (before, response->body)))
        return g_bytes_ref (response->body);
      g_clear_pointer (&before, g_bytes_unref);
      before = g_bytes_ref (response->body);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "%s gave the document differently each time",
               http->name);
  return NULL;
}
