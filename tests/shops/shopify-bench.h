/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests of the Shopify module share: a practice shop, its orders as read, and which of
 * them are fit for what. */
#pragma once

#include "wb-gateway.h"
#include "wb-shop.h"
#include "wb-town.h"

typedef struct
{
  WbTown     *town;
  WbShop     *shop;
  GHashTable *orders; /* id to WbOrder, the newest */
  GPtrArray  *problems;
  char       *cursor;
  guint       read;
  guint       pages;
  guint       stop_after; /* pages; 0: never */
} ShopifyBench;

typedef gboolean (*ShopifyWanted) (gpointer order);

void    shopify_bench_clear (ShopifyBench *bench);
WbShop *shopify_open_with (
    WbTown *town, const char *id, const char *secret, const char *settings, GError **error);
ShopifyBench shopify_bench_new (guint orders);
char *shopify_control (ShopifyBench *bench, const char *method, const char *path, const char *body);
void  shopify_tell (ShopifyBench *bench, const char *path, const char *body);
guint shopify_n_requests (ShopifyBench *bench);
gboolean shopify_read_changes (ShopifyBench *bench, GError **error);
void     shopify_sync_ok (ShopifyBench *bench);
void     shopify_check_books (ShopifyBench *bench);
gpointer shopify_find (ShopifyBench *bench, ShopifyWanted wanted);
guint    shopify_index_of (gpointer order);
gboolean shopify_is_free (gpointer order);
gboolean shopify_is_authorised (gpointer order);
gboolean shopify_is_multi (gpointer order);
gboolean shopify_is_single (gpointer order);
gboolean shopify_is_held (gpointer order);
gboolean shopify_is_at_two_places (gpointer order);
gboolean shopify_is_paid (gpointer order);
WbOrder *shopify_fetch (ShopifyBench *bench, const char *ref);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShopifyBench, shopify_bench_clear)
