/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the stock room's own files share. */
#pragma once

#include "wb-stock.h"

G_BEGIN_DECLS

/* A product that a line needs so many of for one of itself. */
typedef struct
{
  gint64 product_id, per_unit;
} WbStockPart;

GArray          *wb_stock_parts (WbBook *book, gint64 product_id, GError **error);
WbStockMovement *wb_stock_movement (const char *kind, const WbStockPlace *at, gint64 quantity);
WbStockMovement *wb_stock_movement_of (
    const char *kind, WbStockLevel *level, gint64 line_id, gint64 quantity, const char *actor);
gboolean wb_stock_settle (WbBook *book, gboolean ok, GError **error);
gboolean
wb_stock_fill_place (WbBook *book, WbStockPlace *at, gboolean arriving, char **bin, GError **error);
void     wb_stock_today (WbBook *book, char today[WB_DATE_SIZE]);
gboolean wb_stock_take_in (WbBook             *book,
                           const char         *kind,
                           const WbStockPlace *at,
                           gint64              quantity,
                           gint64              order_line_id,
                           GError            **error);
gboolean wb_stock_shrink (WbBook             *book,
                          const char         *kind,
                          WbStockLevel       *level,
                          gint64              by,
                          const WbStockPlace *at,
                          GError            **error);
gboolean wb_stock_release_held (WbBook       *book,
                                WbAllocation *held,
                                gint64        quantity,
                                const char   *reason,
                                const char   *actor,
                                GError      **error);
gboolean wb_stock_let_go (WbBook       *book,
                          WbAllocation *held,
                          gint64        quantity,
                          const char   *reason,
                          const char   *actor,
                          GError      **error);
gboolean wb_stock_settle_line (
    WbBook *book, gint64 order_line_id, gint64 most, const char *actor, GError **error);
gboolean wb_stock_settle_order (WbBook *book, gint64 order_id, const char *actor, GError **error);
gboolean wb_stock_count_short (WbBook *book, gint64 order_id, GError **error);

G_END_DECLS
