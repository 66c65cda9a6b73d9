/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the HTTP client share among themselves. */
#pragma once

#include <libsoup/soup.h>

#include "wb-http.h"
#include "wb-oauth.h"

G_BEGIN_DECLS

typedef enum
{
  WB_HTTP_AUTH_NONE,
  WB_HTTP_AUTH_HEADER, /* the value of Authorization is ready */
  WB_HTTP_AUTH_OAUTH1,
} WbHttpAuthKind;

struct _WbHttpAuth
{
  WbHttpAuthKind kind;
  char          *header;
  char          *key;
  char          *secret;
};

struct _WbHttpRequest
{
  char      *method;
  char      *path; /* below the base URL; or NULL */
  char      *url;  /* absolute, verbatim; or NULL */
  GPtrArray *query;
  GPtrArray *form; /* NULL: no form body */
  GPtrArray *headers;
  GBytes    *body; /* NULL: none, or the form */
  char      *content_type;
  char      *idempotency_key;
  gboolean   effect;
  guint      total_seconds; /* 0: as the client says */
  gsize      max_size;      /* 0: as the client says */
};

struct _WbHttpResponse
{
  guint               status;
  char               *name; /* who answered, for messages */
  char               *url;
  SoupMessageHeaders *headers;
  GBytes             *body;
  gboolean            effect; /* of the request */
  gboolean            whole;  /* its length was declared, so that a cut would have been seen */
  gboolean            maybe_repeated; /* an earlier try was sent and no answer told its outcome */
};

struct _WbHttp
{
  GObject parent_instance;

  SoupSession    *session;
  GUri           *base;
  char           *base_url; /* without a slash at its end */
  char           *name;
  WbHttpAuth     *auth;
  GPtrArray      *headers;
  gint64          connect_ms;
  gint64          total_ms;
  gsize           max_size;
  guint           max_tries;
  gint64          max_wait; /* seconds */
  guint           calls_per_minute;
  gint64          next_call; /* monotonic µs: when the pace is caught up */
  gint64          last_call; /* monotonic µs */
  gint64          clock_offset;
  WbHttpSleepFunc sleep;
  gpointer        sleep_data;
  WbHttpTrace    *trace;
};

GUri       *wb_http_parse_url (const char *url, GError **error);
gboolean    wb_http_same_origin (GUri *a, GUri *b);
WbHttpAuth *wb_http_auth_copy (const WbHttpAuth *auth);
GBytes     *wb_http_request_dup_body (const WbHttpRequest *request, const char **content_type);
gboolean    wb_http_host_is_loopback (const char *host);

/* One try on the wire. */
typedef struct
{
  SoupSession *session;
  const char  *name; /* of the other side, for messages */
  const char  *method;
  const char  *url;
  GPtrArray   *headers; /* of WbPair */
  GBytes      *body;    /* nullable */
  const char  *content_type;
  gboolean     effect;   /* not to be written twice */
  gboolean     own_line; /* on a connection of its own */
  gboolean     restarts; /* libsoup may repeat it when an idle connection turns out to be dead */
  gint64       connect_ms;
  gint64       total_ms;
  gsize        max_size;
} WbWireTry;

typedef struct
{
  gboolean sent;    /* it may have been written, in part or whole */
  gboolean dropped; /* an idle connection turned out to be dead, nothing was answered */
  gboolean final;   /* repeating cannot help (too large, bad certificate, no such host) */
} WbWireOutcome;

WbHttpResponse *wb_wire_try (const WbWireTry *call,
                             WbWireOutcome   *outcome,
                             GCancellable    *cancellable,
                             GError         **error);

void         wb_http_trace_call (WbHttpTrace          *trace,
                                 const WbWireTry      *call,
                                 const WbHttpResponse *response,
                                 const GError         *error,
                                 gint64                milliseconds);
WbHttpTrace *wb_http_trace_dup_default (void);

G_END_DECLS
