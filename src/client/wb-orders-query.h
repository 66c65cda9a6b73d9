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

typedef struct
{
  GArray  *ids; /* element-type gint64 */
  gboolean counted;
  guint    counts[WB_N_FILTERS]; /* of the whole book, whatever is searched; when counted */
} WbOrdersFound;

extern const WbWorkKind wb_orders_query_work;

gpointer wb_orders_query_new (
    WbOrderFilter filter, const char *text, const char *sort, gboolean ascending, gboolean count);
void wb_orders_found_free (WbOrdersFound *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrdersFound, wb_orders_found_free)

G_END_DECLS
