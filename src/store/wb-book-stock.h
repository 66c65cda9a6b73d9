/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock in the order book: one door by which levels change (wb_book_move_stock()), and what is read
 * of them. The rules are not here. */
#pragma once

#include "wb-book.h"
#include "wb-stock-records.h"

G_BEGIN_DECLS

/* ---- writing (wb-book-stock-move.c) ---- */

gboolean
wb_book_move_stock (WbBook *self, WbStockMovement *movement, gint64 *level_id, GError **error);
gboolean wb_book_hold_stock (WbBook          *self,
                             WbStockMovement *movement,
                             gint64           level_id,
                             gint64           order_id,
                             gint64           per_unit,
                             GError         **error);
gboolean
wb_book_set_held (WbBook *self, gint64 line_id, gint64 allocated, gint64 picked, GError **error);
gboolean
wb_book_add_held (WbBook *self, gint64 line_id, gint64 order_id, gint64 units, GError **error);
gboolean wb_book_set_stock_short (WbBook *self, gint64 order_id, gint64 pieces, GError **error);
gboolean wb_book_add_returned (WbBook *self, gint64 line_id, gint64 quantity, GError **error);
gboolean wb_book_link_lines (WbBook *self, gint64 order_id, gint64 product_id, GError **error);
GArray  *wb_book_list_open_orders_of (WbBook *self, gint64 product_id, GError **error);
gboolean wb_book_set_tracked (WbBook *self, gint64 product_id, gboolean tracked, GError **error);

/* ---- reading (wb-book-stock.c) ---- */

/**
 * WbStockFigures: pieces of one product (of a kit: kits). available: on hand less allocated, less
 * what has expired; waiting: pieces that orders want and do not hold; incoming: ordered and not yet
 * received.
 */
typedef struct
{
  gboolean tracked;
  gint64   on_hand, allocated, picked, expired, available, waiting, incoming;
} WbStockFigures;

WbLocation *wb_book_get_location (WbBook *self, gint64 id, GError **error);
GPtrArray  *wb_book_list_locations (WbBook *self, GError **error);
GPtrArray  *wb_book_list_bins (WbBook *self, gint64 location_id, GError **error);
WbLot      *wb_book_find_lot (WbBook *self, gint64 product_id, const char *code, GError **error);
GPtrArray  *wb_book_list_lots (WbBook *self, gint64 product_id, GError **error);
WbSerial *wb_book_find_serial (WbBook *self, gint64 product_id, const char *number, GError **error);
GPtrArray    *wb_book_list_serials (WbBook *self, gint64 order_line_id, GError **error);
WbStockLevel *wb_book_get_level (WbBook *self, gint64 id, GError **error);
WbStockLevel *wb_book_find_level (WbBook     *self,
                                  gint64      product_id,
                                  gint64      location_id,
                                  const char *bin,
                                  gint64      lot_id,
                                  GError    **error);
GPtrArray    *wb_book_list_levels (WbBook *self, gint64 product_id, GError **error);
GPtrArray    *wb_book_list_free_levels (
       WbBook *self, gint64 product_id, gint64 location_id, const char *today, GError **error);
GPtrArray *wb_book_list_allocations (WbBook *self, gint64 order_id, GError **error);
GPtrArray *wb_book_list_line_allocations (WbBook *self, gint64 order_line_id, GError **error);
GPtrArray *wb_book_list_level_allocations (WbBook *self, gint64 level_id, GError **error);
GPtrArray *wb_book_list_movements (
    WbBook *self, gint64 product_id, gint64 before, guint limit, GError **error);
GPtrArray *wb_book_list_shipment_movements (WbBook *self, gint64 shipment_id, GError **error);
GPtrArray *wb_book_list_components (WbBook *self, gint64 kit_id, GError **error);
GPtrArray *wb_book_list_barcodes (WbBook *self, gint64 product_id, GError **error);
WbBarcode *wb_book_find_barcode (WbBook *self, const char *code_key, GError **error);
GPtrArray *wb_book_find_products_by_code (WbBook *self, const char *text, GError **error);
gboolean   wb_book_delete_barcode (WbBook *self, gint64 id, GError **error);
gboolean   wb_book_set_component (
      WbBook *self, gint64 kit_id, gint64 product_id, gint64 quantity, GError **error);
WbOrderLine *wb_book_get_line (WbBook *self, gint64 id, GError **error);

/* ---- buying and counting (wb-book-stock-papers.c) ---- */

GPtrArray       *wb_book_list_suppliers (WbBook *self, GError **error);
WbSupplier      *wb_book_get_supplier (WbBook *self, gint64 id, GError **error);
WbSupplier      *wb_book_find_supplier (WbBook *self, const char *name, GError **error);
GPtrArray       *wb_book_list_product_suppliers (WbBook *self, gint64 product_id, GError **error);
WbPurchaseOrder *wb_book_get_purchase (WbBook *self, gint64 id, GError **error);
GPtrArray       *wb_book_list_purchases (WbBook *self, gboolean open_only, GError **error);
gboolean         wb_book_save_purchase (WbBook *self, WbPurchaseOrder *purchase, GError **error);
WbPurchaseLine  *wb_book_get_purchase_line (WbBook *self, gint64 id, GError **error);
WbStockCount    *wb_book_get_stock_count (WbBook *self, gint64 id, GError **error);
GPtrArray       *wb_book_list_stock_counts (WbBook *self, gboolean open_only, GError **error);

/* ---- sums (wb-book-stock-sums.c) ---- */

gboolean    wb_book_has_stock (WbBook *self);
GHashTable *wb_book_sum_stock (
    WbBook *self, gint64 product_id, gint64 location_id, const char *today, GError **error);
gboolean wb_book_check_stock (WbBook *self, GPtrArray *faults, GError **error);

/**
 * WbWaitingLine: what a line of a waiting order still wants; in the order in which they are served.
 */
typedef struct
{
  gint64 order_id, line_id, product_id, missing;
} WbWaitingLine;

/**
 * WbShortage: a product that orders wait for: how many @orders and @pieces (of a kit: kits), the
 * oldest of them and when it was placed.
 */
typedef struct
{
  gint64    product_id;
  char     *name;
  gint64    orders, pieces, order_id;
  WbInstant since;
} WbShortage;

GPtrArray *wb_book_list_shortages (WbBook *self, guint limit, GError **error);
void       wb_shortage_free (WbShortage *shortage);

GArray *
wb_book_list_waiting_lines (WbBook *self, gint64 order_id, gboolean by_ship_date, GError **error);

/**
 * WbStockDay: what happened to one product on one day. day: days since 1970-01-01; ordered: pieces;
 * up, down: by how much what was free to be sold grew and shrank (both positive).
 */
typedef struct
{
  gint64 day, ordered, up, down;
} WbStockDay;

GArray *
wb_book_list_stock_days (WbBook *self, gint64 product_id, gint64 offset_seconds, GError **error);

G_END_DECLS
