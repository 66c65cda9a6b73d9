/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which orders the list wants, as a work for the worker: a query that owns its words. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

typedef enum
{
  WB_FILTER_TO_SHIP,
  WB_FILTER_NEEDS_YOU,
  WB_FILTER_WAITING,
  WB_FILTER_SHIPPED,
  WB_FILTER_ALL,
  WB_N_FILTERS
} WbOrderFilter;

/* What is asked for. */
typedef struct
{
  WbOrderFilter filter;
  char         *text; /* words to find, or NULL */
  char         *sort; /* as of WbOrderQuery; NULL: by when they were placed */
  gboolean      ascending;
  gint64        channel_id; /* 0: all */
  char         *charge;     /* WB_CHARGE_…, or NULL */
  char         *tag;        /* or NULL */
  gboolean      marked;
  GArray       *only;  /* of gint64: these and no others, in this order; or NULL */
  GArray       *keep;  /* of gint64: those whose places are wanted, or NULL */
  guint         limit; /* no more than the first so many; 0: all */
  gboolean      count; /* what each filter lets through, too; that takes longer than to find */
} WbOrdersWish;

typedef struct
{
  GArray  *ids;    /* element-type gint64 */
  gboolean more;   /* there are more than the wish let through */
  GArray  *places; /* element-type guint: where those to keep are now, rising; NULL: none to keep */
  gboolean counted;
  guint    counts[WB_N_FILTERS]; /* of the whole book, whatever is searched; when counted */
} WbOrdersFound;

extern const WbWorkKind wb_orders_query_work; /* data: WbOrdersWish; result: WbOrdersFound */

WbOrdersWish *wb_orders_wish_copy (const WbOrdersWish *wish);
void          wb_orders_wish_clear (WbOrdersWish *wish);
void          wb_orders_query_free (gpointer wish);
void          wb_orders_found_free (WbOrdersFound *found);
GArray       *wb_orders_find_places (GArray *ids, GArray *keep);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrdersFound, wb_orders_found_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbOrdersWish, wb_orders_wish_clear)

G_END_DECLS
