/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which shipments the list wants, as a work for the worker: a query that owns its words. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

typedef enum
{
  WB_SHIPMENTS_ALL,
  WB_SHIPMENTS_OPEN, /* begun, and not all of its steps are done */
  WB_SHIPMENTS_SHIPPED,
  WB_SHIPMENTS_VOID,
  WB_N_SHIPMENTS_FILTERS
} WbShipmentsFilter;

typedef struct
{
  GArray *ids; /* of gint64, newest first */
  gint64  counts[WB_N_SHIPMENTS_FILTERS];
} WbShipmentsFound;

extern const WbWorkKind wb_shipments_query_work; /* result: WbShipmentsFound */

gpointer wb_shipments_query_new (WbShipmentsFilter filter, const char *text);
void     wb_shipments_found_free (WbShipmentsFound *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbShipmentsFound, wb_shipments_found_free)

G_END_DECLS
