/* SPDX-License-Identifier: GPL-3.0-or-later
 * A book with products and orders for them, for the tests of stock. */
#include "stock-bench.h"

#include "wb-test.h"

/** stock_bench_new: Returns: (transfer full): a book with one shop and nothing in it. */
StockBench *
stock_bench_new (void)
{
  StockBench              *self = g_new0 (StockBench, 1);
  g_autoptr (WbConnection) shop = wb_connection_new ();
  g_autoptr (GError)       error = NULL;

  self->folder = wb_test_temp_folder ();
  self->path = g_build_filename (self->folder, "book.waybill", NULL);
  self->book = wb_book_open (self->path, FALSE, &error);
  g_assert_no_error (error);
  g_object_set (shop, "kind", WB_KIND_SHOP, "provider", "woocommerce", "name", "shop", "base-url",
                "https://shop.example", "enabled", TRUE, "capturer", "none", NULL);
  g_assert_true (wb_book_save (self->book, shop, &error));
  self->channel = wb_record_get_int (shop, WB_CONNECTION_ID);
  self->placed = 1780000000;
  return self;
}

/** stock_bench_free: closes the book and removes its folder. */
void
stock_bench_free (StockBench *self)
{
  g_clear_object (&self->book);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

/** stock_bench_product: Returns: a new product, not under stock keeping. */
gint64
stock_bench_product (StockBench *self, const char *sku)
{
  g_autoptr (WbProduct) product = wb_product_new ();
  g_autoptr (GError)    error = NULL;

  g_object_set (product, "sku", sku, "name", sku, NULL);
  g_assert_true (wb_book_save (self->book, product, &error));
  g_assert_no_error (error);
  return wb_record_get_int (product, WB_PRODUCT_ID);
}

/** stock_bench_order: an order to ship: SKUs, each followed by its quantity as an int; every order
 * is placed a minute after the one before. Returns: its number in the book, noted and not
 * allocated. */
gint64
stock_bench_order (StockBench *self, const char *number, const char *first_sku, ...)
{
  g_autoptr (WbOrder) order = wb_order_new ();
  g_autoptr (GError)  error = NULL;
  g_autofree char    *remote = g_strconcat ("r", number, NULL);
  va_list             args;

  self->placed += 60;
  g_object_set (order, "channel-id", self->channel, "remote-id", remote, "number", number,
                "remote-status", "processing", "shop-state", WB_SHOP_OPEN, "stage", WB_STAGE_READY,
                "placed-at", self->placed, "currency", "EUR", "total", (gint64) 100, "charge-state",
                WB_CHARGE_PAID, NULL);
  va_start (args, first_sku);
  for (const char *sku = first_sku; sku != NULL; sku = va_arg (args, const char *))
    {
      WbOrderLine *line = wb_order_line_new ();
      gint64       quantity = va_arg (args, int);

      g_object_set (line, "remote-id", sku, "kind", WB_LINE_ITEM, "sku", sku, "name", sku,
                    "quantity", quantity, "needs-shipping", TRUE, NULL);
      wb_record_add (order, WB_ORDER_LINES, line);
    }
  va_end (args);
  g_assert_true (wb_book_insert_order (self->book, order, &error));
  g_assert_no_error (error);
  g_assert_true (
      wb_stock_note_order (self->book, wb_record_get_int (order, WB_ORDER_ID), "test", &error));
  g_assert_no_error (error);
  return wb_record_get_int (order, WB_ORDER_ID);
}

/** stock_bench_receive: goods came into a bin. */
void
stock_bench_receive (StockBench *self, gint64 product_id, const char *bin, gint64 quantity)
{
  WbStockPlace       at = { .product_id = product_id, .bin = bin, .actor = "test" };
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_stock_receive (self->book, &at, quantity, &error));
  g_assert_no_error (error);
}

/** stock_bench_set_stage: what the desk does when an order is held, cancelled, released; then all
 * are served. */
void
stock_bench_set_stage (StockBench *self, gint64 order_id, const char *stage)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, &error);

  wb_record_set_text (order, WB_ORDER_STAGE, stage);
  g_assert_true (wb_book_update_order_head (self->book, order, &error));
  g_assert_true (wb_stock_note_order (self->book, order_id, "test", &error));
  g_assert_true (wb_stock_allocate (self->book, NULL, 0, "test", NULL, &error));
  g_assert_no_error (error);
}

/** stock_bench_line: Returns: the number of an order's @nth line. */
gint64
stock_bench_line (StockBench *self, gint64 order_id, guint nth)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, NULL);

  return wb_record_get_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[nth],
                            WB_ORDER_LINE_ID);
}

/** stock_bench_line_int: Returns: a number of a line as the book has it. */
gint64
stock_bench_line_int (StockBench *self, gint64 line_id, guint field)
{
  g_autoptr (WbOrderLine) line = wb_book_get_line (self->book, line_id, NULL);

  return wb_record_get_int (line, field);
}

/** stock_bench_short: Returns: for how many pieces an order waits. */
gint64
stock_bench_short (StockBench *self, gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, NULL);

  return wb_record_get_int (order, WB_ORDER_STOCK_SHORT);
}

/** stock_bench_figures: a product must stand like this. */
void
stock_bench_figures (
    StockBench *self, gint64 product_id, gint64 on_hand, gint64 allocated, gint64 available)
{
  WbStockFigures     figures;
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_stock_figures (self->book, product_id, 0, &figures, &error));
  g_assert_no_error (error);
  g_assert_cmpint (figures.on_hand, ==, on_hand);
  g_assert_cmpint (figures.allocated, ==, allocated);
  g_assert_cmpint (figures.available, ==, available);
}

/** stock_bench_sound: levels, movements, holdings and lines must agree. */
void
stock_bench_sound (StockBench *self)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError)    error = NULL;

  g_assert_true (wb_stock_verify (self->book, &faults, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *) faults->pdata[i]);
  g_assert_cmpuint (faults->len, ==, 0);
}
