/* SPDX-License-Identifier: GPL-3.0-or-later
 * A request to the town and its reply, free of any HTTP library, and the table that leads one to
 * the other. */
#pragma once

#include "wb-town-writer.h"
#include "wb-town.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WB_TOWN_MAX_PARAMS 4

/* One name and value of a query or a form, decoded, in the order given. */
typedef struct
{
  char *name;
  char *value;
} WbTownPair;

typedef struct
{
  const char *service; /* "shop", "shopify", "easypost", "stripe", "paypal", "town" */
  char       *method;
  char       *path; /* whole, decoded: "/shop/wp-json/wc/v3/orders" */
  char       *raw_query;
  GPtrArray  *query; /* of WbTownPair */
  GPtrArray  *form;  /* of WbTownPair; empty unless the body is a form */
  GBytes     *body;
  JsonNode   *json;   /* NULL: the body is not JSON */
  gboolean    replay; /* being repeated from the state file */
  char       *content_type;
  char       *authorization;
  char       *idempotency_key; /* whatever the vendor calls its header */
  char       *prefer;
  char       *range;
  char       *host;
  char       *fault;                      /* (nullable): the kind of fault this request meets */
  const char *route;                      /* static: the pattern that matched */
  char       *params[WB_TOWN_MAX_PARAMS]; /* what the pattern's stars matched */
} WbTownRequest;

typedef struct
{
  guint       status;
  WbTownOut  *out;
  GBytes     *bytes; /* instead of out: a file */
  const char *content_type;
  GPtrArray  *headers; /* of WbTownPair */
  gboolean    effect;  /* something changed: kept in the state file */
} WbTownReply;

typedef void (*WbTownHandler) (WbTown *town, WbTownRequest *request, WbTownReply *reply);

/* A star in the pattern matches one segment. */
typedef struct
{
  const char   *method;
  const char   *pattern;
  WbTownHandler handler;
} WbTownRoute;

WbTownRequest *wb_town_request_new (const char *method, const char *path, const char *raw_query);
void         wb_town_request_set_body (WbTownRequest *self, GBytes *body, const char *content_type);
void         wb_town_request_free (WbTownRequest *self);
WbTownReply *wb_town_reply_new (void);
void         wb_town_reply_free (WbTownReply *self);
void         wb_town_reply_header (WbTownReply *self, const char *name, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void wb_town_reply_reset (WbTownReply *self);

GPtrArray         *wb_town_pairs_parse (const char *text);
const char        *wb_town_pairs_get (GPtrArray *pairs, const char *name);
const WbTownRoute *wb_town_route_find (const WbTownRoute *routes,
                                       WbTownRequest     *request,
                                       const char        *path,
                                       gboolean          *path_known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTownRequest, wb_town_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTownReply, wb_town_reply_free)

G_END_DECLS
