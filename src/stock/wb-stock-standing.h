/* SPDX-License-Identifier: GPL-3.0-or-later
 * How every product stands, in one reading: what is there and coming, what each channel was told,
 * and what is amiss with it. */
#pragma once

#include "wb-stock.h"

G_BEGIN_DECLS

/**
 * WbStandingState: bits; @WB_STANDING_LOW: under stock keeping and fewer can be had than its least
 * stock, or than its order point; @WB_STANDING_OUT: none can be had; @WB_STANDING_OVERSOLD: orders
 * want more than can be had; @WB_STANDING_GAP: it cannot go abroad, for what customs must be told
 * is missing
 */
typedef enum
{
  WB_STANDING_LOW = 1 << 0,
  WB_STANDING_OUT = 1 << 1,
  WB_STANDING_OVERSOLD = 1 << 2,
  WB_STANDING_GAP = 1 << 3,
} WbStandingState;

/** WbProductGap: bits: what a product lacks to go abroad. */
typedef enum
{
  WB_GAP_HS_CODE = 1 << 0,
  WB_GAP_ORIGIN = 1 << 1,
  WB_GAP_WEIGHT = 1 << 2,
} WbProductGap;

/** WbTold: @pieces: what a channel was last told of a product; -1: never anything. */
typedef struct
{
  gint64 channel_id;
  gint64 pieces;
} WbTold;

/**
 * WbStanding: counted by references; nothing in it changes once it is made.
 * @bin: (nullable): the product's own
 * @key: (nullable): SKU, name, bin and code as a search looks for them (wb_text_search_key())
 * @sku_order, @name_order, @bin_order: by which texts of the user's alphabet are put in order
 * (strcmp()); what has none comes last
 * @states: WbStandingState; @gaps: WbProductGap
 * @told: (element-type WbTold): by channel; empty: it is listed nowhere
 */
typedef struct
{
  gint64         id;
  char          *sku, *name, *bin, *key;
  char          *sku_order, *name_order, *bin_order;
  WbStockFigures figures;
  guint          states, gaps;
  GArray        *told;
} WbStanding;

guint       wb_product_gaps (WbProduct *product);
guint       wb_stock_states (WbProduct *product, const WbStockFigures *figures);
GPtrArray  *wb_stock_list_standing (WbBook *book, GError **error);
WbStanding *wb_standing_ref (WbStanding *standing);
void        wb_standing_unref (WbStanding *standing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStanding, wb_standing_unref)

G_END_DECLS
