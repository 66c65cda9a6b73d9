/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pick list: what to fetch for several orders, in the order one walks. */
#pragma once

#include "wb-order-paper.h"

G_BEGIN_DECLS

/* What is wanted of one article. @bin: (nullable): its place; @orders: “1042 × 2, 1043”; the last
 * of them, and how many pieces for it, are told apart as more may come for it. */
typedef struct
{
  char  *bin;
  char  *sku;
  char  *name;
  char  *options;
  gint64 quantity;
  char  *orders;
  char  *earlier_orders;
  char  *last_order;
  gint64 last_quantity;
} WbPickRow;

/* What is fetched, all (nullable). */
typedef struct
{
  const char *bin, *sku, *name, *options;
} WbPickArticle;

/* Made by wb_pick_list_new(), filled order by order, then printed. */
typedef struct _WbPickList WbPickList;

WbPickList *wb_pick_list_new (void);
void        wb_pick_list_free (WbPickList *self);
void        wb_pick_list_add (
           WbPickList *self, WbOrder *order, WbOrderLine *line, gint64 quantity, const char *bin);
void             wb_pick_list_add_article (WbPickList          *self,
                                           const WbPickArticle *article,
                                           const char          *number,
                                           const char          *tote,
                                           gint64               quantity);
void             wb_pick_list_sort (WbPickList *self);
guint            wb_pick_list_count (const WbPickList *self);
const WbPickRow *wb_pick_list_row (const WbPickList *self, guint index);
guint            wb_pick_list_orders (const WbPickList *self);
GBytes          *wb_pick_list_render (const WbPickList   *self,
                                      const WbOrderPaper *with,
                                      WbInstant           created_at,
                                      guint              *pages,
                                      char             ***warnings,
                                      GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPickList, wb_pick_list_free)

G_END_DECLS
