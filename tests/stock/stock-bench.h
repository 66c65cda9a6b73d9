/* SPDX-License-Identifier: GPL-3.0-or-later
 * A book with products and orders for them, for the tests of stock. */
#pragma once

#include "wb-stock.h"

G_BEGIN_DECLS

typedef struct
{
  char   *folder, *path;
  WbBook *book;
  gint64  channel, placed;
} StockBench;

StockBench *stock_bench_new (void);
void        stock_bench_free (StockBench *self);
gint64      stock_bench_product (StockBench *self, const char *sku);
gint64      stock_bench_order (StockBench *self, const char *number, const char *first_sku, ...)
    G_GNUC_NULL_TERMINATED;
void   stock_bench_receive (StockBench *self, gint64 product_id, const char *bin, gint64 quantity);
void   stock_bench_set_stage (StockBench *self, gint64 order_id, const char *stage);
gint64 stock_bench_line (StockBench *self, gint64 order_id, guint nth);
gint64 stock_bench_line_int (StockBench *self, gint64 line_id, guint field);
gint64 stock_bench_short (StockBench *self, gint64 order_id);
void   stock_bench_figures (
      StockBench *self, gint64 product_id, gint64 on_hand, gint64 allocated, gint64 available);
void stock_bench_sound (StockBench *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StockBench, stock_bench_free)

G_END_DECLS
