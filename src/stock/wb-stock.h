/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock: what lies where, what of it is promised to whom, and every movement that made it so. Each
 * writing call is one transaction (or part of the caller's) and may be repeated by nobody: it
 * either happened or it did not. Quantities are pieces; a line of a kit counts kits. */
#pragma once

#include "wb-book-stock.h"

G_BEGIN_DECLS

/* What wb_stock_available() says of a product that is not under stock keeping: as many as you like.
 */
#define WB_STOCK_ENDLESS ((gint64) -1)

/**
 * WbStockPlace: where something happens, and who says why.
 * @product_id: no kit: a kit is its parts
 * @location_id: 0: the chosen one; a book without any gets “Store”
 * @bin: (nullable): %NULL: the product's own bin
 * @lot_id: 0: none
 * @purchase_id: 0: none
 * @reason: (nullable): for people
 * @actor: who
 */
typedef struct
{
  gint64      product_id;
  gint64      location_id;
  const char *bin;
  gint64      lot_id;
  gint64      purchase_id;
  const char *reason;
  const char *actor;
} WbStockPlace;

/**
 * WbStockOrder: which of the waiting orders is served first.
 * @WB_STOCK_OLDEST: by the time they were placed
 * @WB_STOCK_SHIP_BY: by the day they should leave
 * @WB_STOCK_COMPLETE: first those that can be filled completely, each group by the time placed
 */
typedef enum
{
  WB_STOCK_OLDEST,
  WB_STOCK_SHIP_BY,
  WB_STOCK_COMPLETE,
} WbStockOrder;

/**
 * WbStockRule:
 * @partial: an order may hold a part of what it wants
 * @location_id: only from there; 0: from anywhere, the chosen place first
 */
typedef struct
{
  WbStockOrder order;
  gboolean     partial;
  gint64       location_id;
} WbStockRule;

/**
 * WbStockResult: @orders: orders that were given something; @complete: of them those that now hold
 * all they want; @pieces: how much was given out, in pieces of products
 */
typedef struct
{
  gint64 orders, complete, pieces;
} WbStockResult;

/* ---- goods in and out (wb-stock-moves.c) ---- */

gboolean wb_stock_receive (WbBook *book, const WbStockPlace *at, gint64 quantity, GError **error);
gboolean wb_stock_adjust (WbBook *book, const WbStockPlace *at, gint64 by, GError **error);
gboolean wb_stock_transfer (WbBook             *book,
                            const WbStockPlace *from,
                            const WbStockPlace *to,
                            gint64              quantity,
                            GError            **error);
gboolean wb_stock_return (WbBook             *book,
                          const WbStockPlace *to,
                          gint64              order_line_id,
                          gint64              quantity,
                          gboolean            restock,
                          GError            **error);
gint64   wb_stock_lot (
      WbBook *book, gint64 product_id, const char *code, const char *expires_on, GError **error);
gboolean wb_stock_track (
    WbBook *book, gint64 product_id, gboolean tracked, const char *actor, GError **error);

/* ---- counting (wb-stock-count.c) ---- */

gint64 wb_stock_begin_count (
    WbBook *book, gint64 location_id, const char *note, const char *actor, GError **error);
gboolean wb_stock_note_counted (
    WbBook *book, gint64 count_id, const WbStockPlace *at, gint64 counted, GError **error);
gboolean wb_stock_post_count (
    WbBook *book, gint64 count_id, const char *actor, gint64 *differences, GError **error);
gboolean wb_stock_drop_count (WbBook *book, gint64 count_id, GError **error);

/* ---- allocation (wb-allocate.c, wb-release.c) ---- */

void        wb_stock_get_rule (WbBook *book, WbStockRule *rule);
const char *wb_stock_rule_name (WbStockOrder order);
int         wb_stock_rule_parse (const char *name);
gboolean    wb_stock_set_rule (WbBook *book, const WbStockRule *rule, GError **error);
gboolean    wb_stock_note_order (WbBook *book, gint64 order_id, const char *actor, GError **error);
gboolean    wb_stock_allocate (WbBook            *book,
                               const WbStockRule *rule,
                               gint64             order_id,
                               const char        *actor,
                               WbStockResult     *result,
                               GError           **error);
gboolean    wb_stock_missing_of (WbBook *book, WbOrderLine *line, gint64 *missing, GError **error);
gboolean wb_stock_release_order (WbBook *book, gint64 order_id, const char *actor, GError **error);

/* ---- on the floor (wb-stock-pick.c). @quantity: pieces of @product_id; @product_id 0: the only
 * one of the line; @level_id 0: any that the line holds ---- */

gboolean wb_stock_pick (WbBook     *book,
                        gint64      order_line_id,
                        gint64      product_id,
                        gint64      level_id,
                        gint64      quantity,
                        const char *actor,
                        GError    **error);
gboolean wb_stock_unpick (WbBook     *book,
                          gint64      order_line_id,
                          gint64      product_id,
                          gint64      level_id,
                          gint64      quantity,
                          const char *actor,
                          GError    **error);
gboolean wb_stock_pick_short (WbBook     *book,
                              gint64      order_line_id,
                              gint64      product_id,
                              gint64      level_id,
                              gint64      quantity,
                              const char *actor,
                              GError    **error);
gboolean wb_stock_ship (WbBook     *book,
                        gint64      order_line_id,
                        gint64      quantity,
                        gint64      shipment_id,
                        const char *actor,
                        GError    **error);
gboolean wb_stock_unship (WbBook *book, gint64 shipment_id, const char *actor, GError **error);
gboolean wb_stock_give_serial (
    WbBook *book, gint64 product_id, const char *number, gint64 order_line_id, GError **error);

/* ---- how it stands (wb-stock-figures.c) ---- */

gint64   wb_stock_available (WbBook *book, gint64 product_id, gint64 location_id);
gboolean wb_stock_figures (
    WbBook *book, gint64 product_id, gint64 location_id, WbStockFigures *figures, GError **error);
GHashTable *wb_stock_all_figures (WbBook *book, gint64 location_id, GError **error);
gboolean    wb_stock_verify (WbBook *book, GPtrArray **faults, GError **error);

/* ---- what a scanner reads (wb-stock-codes.c) ---- */

/**
 * WbStockCode: what a scanned code says.
 * @product_id: which product; 0: the code is well formed, and no product's
 * @pack: pieces that it stands for
 * @lot, @serial, @expires_on: (nullable): what a GS1 code carries beside the number
 */
typedef struct
{
  gint64 product_id;
  gint64 pack;
  char  *lot, *serial, *expires_on;
} WbStockCode;

gboolean wb_stock_read_code (WbBook *book, const char *text, WbStockCode *code, GError **error);
void     wb_stock_code_clear (WbStockCode *code);
gint64
wb_stock_add_code (WbBook *book, gint64 product_id, const char *code, gint64 pack, GError **error);
char *wb_stock_make_code (WbBook *book, gint64 product_id, GError **error);

/* ---- buying (wb-purchase.c) ---- */

char    *wb_stock_purchase_number (WbBook *book, gint64 supplier_id, GError **error);
gint64   wb_stock_order_goods (WbBook *book, WbPurchaseOrder *purchase, GError **error);
gboolean wb_stock_receive_goods (
    WbBook *book, gint64 purchase_line_id, const WbStockPlace *at, gint64 quantity, GError **error);
gboolean wb_stock_cancel_goods (WbBook *book, gint64 purchase_id, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbStockCode, wb_stock_code_clear)

G_END_DECLS
