/* SPDX-License-Identifier: GPL-3.0-or-later
 * A WooCommerce shop of a few lines whose every move a test can set: what lists show, what breaks,
 * what was asked. */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "wb-connection.h"
#include "wb-shop.h"

typedef struct
{
  gint64 id;
  char  *status;
  gint64 modified; /* by the shop's clock */
  char  *extra;    /* members of the order, each with a comma behind it; NULL: none */
} LittleOrder;

typedef struct _LittleShop LittleShop;

/* Called in the server's thread before the shop answers. TRUE: it has answered itself. */
typedef gboolean (*LittleHook) (LittleShop        *shop,
                                const char        *method,
                                const char        *path,
                                GHashTable        *query,
                                SoupServerMessage *message,
                                gpointer           data);

struct _LittleShop
{
  GPtrArray *orders;      /* of LittleOrder, by id */
  GPtrArray *fulfilments; /* of JsonNode */
  GPtrArray *notes;       /* of JsonNode */
  GPtrArray *log;         /* “GET /wp-json/wc/v3/orders?page=1” */
  char      *refunds;     /* of every order */
  gboolean   has_api;
  gboolean   may_write;
  gboolean   tells_totals;
  gint64     skew;
  guint      puts; /* of a status */
  LittleHook hook;
  gpointer   hook_data;

  SoupServer   *server;
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
  gint          port; /* atomic */
};

LittleShop  *little_shop_new (void);
void         little_shop_free (LittleShop *self);
LittleOrder *little_shop_add (LittleShop *self, gint64 id, const char *status, gint64 modified);
LittleOrder *little_shop_find (LittleShop *self, gint64 id);
WbShop      *little_shop_open (LittleShop *self, const char *settings);
guint        little_shop_count (LittleShop *self, const char *pattern);
const char  *little_param (GHashTable *query, const char *name);
void         little_reply (SoupServerMessage *message, guint status, const char *body);
void         little_reply_html (SoupServerMessage *message, guint status, const char *body);
void         little_cut (SoupServerMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LittleShop, little_shop_free)
