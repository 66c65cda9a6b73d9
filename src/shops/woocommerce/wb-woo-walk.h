/* SPDX-License-Identifier: GPL-3.0-or-later
 * Walking a WooCommerce list page by page without losing a row while it changes. */
#pragma once

#include "wb-woo-shop.h"

G_BEGIN_DECLS

/* One row: its place in the page and its text as received. */
typedef struct
{
  gint64      id;   /* 0: it has none */
  const char *what; /* static: the list's name in an error’s place, “orders” */
  guint       index;
  JsonNode   *page; /* owned: the list it stands in */
  GBytes     *raw;
} WbWooRow;

/**
 * WbWooWalk:
 * @path: (nullable): below the REST root; %NULL: “/orders”
 * @what: (nullable): the list's name in an error’s place; %NULL: “orders”
 * @fields: (nullable): the only members wanted; %NULL: all
 * @status: (nullable): a status filter; %NULL: whatever the shop calls “any”
 * @after: only what was modified after this, by the shop's clock; 0: all
 * @position: rows passed; @last_id: the highest id among them (both to be set for a walk that goes
 * on)
 * @total: how many rows the shop says there are, -1 when it did not
 * @finished: no row is left
 */
typedef struct
{
  const char *path;
  const char *what;
  const char *fields;
  const char *status;
  WbInstant   after;
  gint64      position;
  gint64      last_id;
  gint64      total;
  gboolean    finished;
  guint       steps_back;
  GHashTable *seen;
} WbWooWalk;

void       wb_woo_walk_window (gint64 position, guint *page, guint *per_page);
GPtrArray *wb_woo_walk_split (GBytes *body, JsonNode *list);
void       wb_woo_walk_clear (WbWooWalk *walk);
GPtrArray *
wb_woo_walk_next (WbWooWalk *walk, WbWooShop *shop, GCancellable *cancellable, GError **error);
WbJson         wb_woo_row_json (const WbWooRow *row, WbJson *list);
void           wb_woo_row_free (gpointer row);
WbHttpRequest *wb_woo_walk_request (const char *status, WbInstant after);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbWooWalk, wb_woo_walk_clear)

G_END_DECLS
