/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the list of orders shows, as a saved view keeps it, and how it is kept. */
#pragma once

#include "wb-orders-query.h"
#include "wb-workspace.h"

G_BEGIN_DECLS

/* The wish, and the columns that are hidden. */
typedef struct
{
  WbOrdersWish wish;
  char       **hidden; /* column ids; NULL: as they are */
} WbOrdersView;

char    *wb_orders_view_to_json (const WbOrdersView *view, WbWorkspace *workspace);
gboolean wb_orders_view_read (
    WbOrdersView *view, const char *json, WbWorkspace *workspace, char **remark, GError **error);
void        wb_orders_view_clear (WbOrdersView *view);
const char *wb_orders_filter_name (WbOrderFilter filter);
gboolean    wb_orders_filter_parse (const char *name, WbOrderFilter *filter);

extern const WbWorkKind wb_save_view_work;   /* data: WbSavedView; result: text */
extern const WbWorkKind wb_delete_view_work; /* data: WbSavedView; result: text */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbOrdersView, wb_orders_view_clear)

G_END_DECLS
