/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing done to the stock of a product, and what takes it back. */
#pragma once

#include "wb-stock.h"
#include "wb-worker.h"

G_BEGIN_DECLS

typedef enum
{
  WB_DEED_ADJUST,
  WB_DEED_RECEIVE,
  WB_DEED_COUNT,
  WB_DEED_MOVE,
  WB_N_DEEDS,
} WbDeedKind;

/**
 * WbStockDeed: counted by references: who began it may look at @counter once it is done.
 * @location_id: 0: the chosen place; @bin, @to_bin: never %NULL where they are needed
 * @lot_id: 0: none, or the one that @lot (nullable) names, made with @expires (nullable)
 * @pieces: ± for an adjustment, else as many as came, were counted, are moved
 * @counter: (nullable): what takes it back; set by the work
 */
typedef struct _WbStockDeed WbStockDeed;
struct _WbStockDeed
{
  WbDeedKind   kind;
  gint64       product_id, location_id, lot_id, pieces;
  char        *bin, *to_bin, *lot, *expires, *reason;
  WbStockDeed *counter;
};

/* Data: (transfer full) a WbStockDeed. Result: text for a toast. */
extern const WbWorkKind wb_stock_deed_work;

WbStockDeed *wb_stock_deed_new (WbDeedKind kind, gint64 product_id);
WbStockDeed *wb_stock_deed_ref (WbStockDeed *deed);
void         wb_stock_deed_unref (WbStockDeed *deed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStockDeed, wb_stock_deed_unref)

G_END_DECLS
