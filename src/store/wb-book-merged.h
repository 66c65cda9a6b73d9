/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders that go into one parcel: who goes with whom, and which shipments a parcel carries. */
#pragma once

#include "wb-book.h"

G_BEGIN_DECLS

GArray  *wb_book_list_merged (WbBook *self, gint64 order_id, GError **error);
gboolean wb_book_merge_orders (
    WbBook *self, const gint64 *order_ids, guint n, const char *actor, GError **error);
gboolean    wb_book_unmerge_orders (WbBook *self, gint64 lead_id, GError **error);
WbOrder    *wb_book_get_whole_order (WbBook *self, gint64 order_id, GError **error);
GPtrArray  *wb_book_list_carried (WbBook *self, gint64 shipment_id, GError **error);
WbShipment *wb_book_get_carrying (WbBook *self, gint64 shipment_id, GError **error);
GArray     *wb_book_list_mates (WbBook *self, gint64 order_id, GError **error);
GArray     *wb_book_list_orders_by_person (WbBook *self, GError **error);

G_END_DECLS
