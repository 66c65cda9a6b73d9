/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shop's books: its orders, what was changed in them, its stock. */
#pragma once

#include "wb-town-order.h"

G_BEGIN_DECLS

typedef struct
{
  const char *const *statuses; /* NULL: any */
  const gint64      *include;  /* NULL: all */
  guint              n_include;
  const gint64      *exclude;
  guint              n_exclude;
  WbInstant          created_after; /* 0: not asked */
  WbInstant          created_before;
  WbInstant          modified_after;
  WbInstant          modified_before;
  const char        *search;   /* NULL: all */
  gint64             customer; /* -1: all */
  const char        *orderby;  /* "date", "id", "modified", "include" */
  gboolean           ascending;
  guint              page; /* from 1 */
  guint              per_page;
} WbTownQuery;

WbTownShop  *wb_town_shop_new (WbTown *town);
void         wb_town_shop_free (WbTownShop *self);
guint        wb_town_shop_count (WbTownShop *self);
WbTownOrder *wb_town_shop_peek (WbTownShop *self, gint64 id);
WbTownOrder *wb_town_shop_change (WbTownShop *self, gint64 id);
void         wb_town_shop_changed (WbTownShop *self, WbTownOrder *order, gboolean touches_modified);
void         wb_town_shop_delete (WbTownShop *self, gint64 id);
gboolean     wb_town_shop_is_gone (WbTownShop *self, gint64 id);
WbTownOrder *wb_town_shop_create (WbTownShop *self);
void         wb_town_shop_arrive (WbTownShop *self, guint n);
gint64       wb_town_shop_next_id (WbTownShop *self);
gint64       wb_town_shop_next_fulfillment (WbTownShop *self);
GArray      *wb_town_shop_list (WbTownShop *self, const WbTownQuery *query, guint *total);
void         wb_town_shop_set_status (WbTownShop *self, WbTownOrder *order, const char *status);
void         wb_town_shop_note (WbTownShop *self, WbTownOrder *order, const char *text);
void         wb_town_shop_foreach_changed (WbTownShop *self, GFunc func, gpointer data);
gboolean     wb_town_shop_stock (WbTownShop *self, gint64 good, gint64 *quantity);
void         wb_town_shop_set_stock (WbTownShop *self, gint64 good, gint64 quantity);
gboolean     wb_town_shop_nonce (WbTownShop *self, const char *nonce, WbInstant now);
gboolean     wb_town_woo_payments_owns (const WbTownOrder *order);
void         wb_town_woo_payments_note (WbTown *town, WbTownOrder *order, const char *status);
gint64       wb_town_shop_item_quantity_left (const WbTownOrder *order, const WbTownItem *line);

G_END_DECLS
