/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock: what comes in, who gets it, what leaves, and that the books agree after each of it. */
#include "stock-bench.h"

#include "wb-book-private.h"

static void
test_one_order (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  gint64                 cup = stock_bench_product (bench, "CUP"), order, line;

  order = stock_bench_order (bench, "1", "CUP", 3, NULL);
  line = stock_bench_line (bench, order, 0);
  /* Nobody keeps stock: nothing waits, and as many as you like may be offered. */
  g_assert_cmpint (stock_bench_short (bench, order), ==, 0);
  g_assert_cmpint (wb_stock_available (bench->book, cup, 0), ==, WB_STOCK_ENDLESS);

  stock_bench_receive (bench, cup, "A-1", 2);
  g_assert_cmpint (stock_bench_short (bench, order), ==, 1);
  g_assert_cmpint (stock_bench_line_int (bench, line, WB_ORDER_LINE_ALLOCATED), ==, 2);
  g_assert_cmpint (wb_stock_available (bench->book, cup, 0), ==, 0);
  stock_bench_sound (bench);

  stock_bench_receive (bench, cup, "A-2", 5);
  g_assert_cmpint (stock_bench_short (bench, order), ==, 0);
  stock_bench_figures (bench, cup, 7, 3, 4);

  g_assert_true (wb_stock_pick (bench->book, line, 0, 0, 2, "test", &error));
  g_assert_cmpint (stock_bench_line_int (bench, line, WB_ORDER_LINE_PICKED), ==, 2);
  g_assert_true (wb_stock_unpick (bench->book, line, 0, 0, 1, "test", &error));
  g_assert_cmpint (stock_bench_line_int (bench, line, WB_ORDER_LINE_PICKED), ==, 1);
  g_assert_false (wb_stock_pick (bench->book, line, 0, 0, 3, "test", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  stock_bench_sound (bench);

  g_clear_error (&error);
  g_assert_true (wb_book_begin (bench->book, &error));
  g_assert_true (wb_stock_ship (bench->book, line, 2, 0, "test", &error));
  g_assert_true (wb_book_add_shipped (bench->book, line, 2, &error));
  g_assert_true (wb_book_commit (bench->book, &error));
  stock_bench_figures (bench, cup, 5, 1, 4);
  stock_bench_sound (bench);
}

static void
test_waiting (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  gint64                 cup = stock_bench_product (bench, "CUP"), first, second;

  stock_bench_receive (bench, cup, NULL, 3);
  first = stock_bench_order (bench, "1", "CUP", 2, NULL);
  second = stock_bench_order (bench, "2", "CUP", 2, NULL);
  g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, NULL));
  g_assert_cmpint (stock_bench_short (bench, first), ==, 0);
  g_assert_cmpint (stock_bench_short (bench, second), ==, 1);

  /* The first is cancelled: the second gets what it held. */
  stock_bench_set_stage (bench, first, WB_STAGE_CANCELLED);
  g_assert_cmpint (stock_bench_short (bench, second), ==, 0);
  stock_bench_figures (bench, cup, 3, 2, 1);
  stock_bench_sound (bench);

  /* Held, it lets go; released, it holds again; and nobody else's is touched. */
  stock_bench_set_stage (bench, second, WB_STAGE_HOLD);
  stock_bench_figures (bench, cup, 3, 0, 3);
  g_assert_cmpint (stock_bench_short (bench, second), ==, 0);
  stock_bench_set_stage (bench, second, WB_STAGE_READY);
  stock_bench_figures (bench, cup, 3, 2, 1);
  stock_bench_sound (bench);
}

static void
test_last_unit_is_its_own (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  gint64                 cup = stock_bench_product (bench, "CUP"), order, line;

  stock_bench_receive (bench, cup, NULL, 1);
  order = stock_bench_order (bench, "1", "CUP", 1, NULL);
  line = stock_bench_line (bench, order, 0);
  g_assert_true (wb_stock_allocate (bench->book, NULL, order, "test", NULL, &error));
  g_assert_cmpint (wb_stock_available (bench->book, cup, 0), ==, 0);
  /* Available is none, and the order that holds the last one ships it all the same. */
  g_assert_true (wb_stock_pick (bench->book, line, cup, 0, 1, "test", &error));
  g_assert_true (wb_stock_ship (bench->book, line, 1, 0, "test", &error));
  g_assert_true (wb_book_add_shipped (bench->book, line, 1, &error));
  stock_bench_figures (bench, cup, 0, 0, 0);
  stock_bench_sound (bench);
}

static void
test_rules (void)
{
  static const struct
  {
    WbStockRule rule;
    gint64      shorts[3];
  } cases[] = {
    { { WB_STOCK_OLDEST, TRUE, 0 }, { 2, 2, 1 } },
    { { WB_STOCK_SHIP_BY, TRUE, 0 }, { 5, 0, 0 } },
    { { WB_STOCK_COMPLETE, TRUE, 0 }, { 5, 0, 0 } },
    { { WB_STOCK_OLDEST, FALSE, 0 }, { 5, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StockBench) bench = stock_bench_new ();
      g_autoptr (GError)     error = NULL;
      gint64                 cup = stock_bench_product (bench, "CUP");
      WbStockRule            read;
      gint64                 orders[3];

      stock_bench_receive (bench, cup, NULL, 3);
      orders[0] = stock_bench_order (bench, "1", "CUP", 5, NULL);
      orders[1] = stock_bench_order (bench, "2", "CUP", 2, NULL);
      orders[2] = stock_bench_order (bench, "3", "CUP", 1, NULL);
      for (guint k = 0; k < 3; k++)
        {
          g_autoptr (WbOrder) order = wb_book_get_order (bench->book, orders[k], &error);

          wb_record_set_int (order, WB_ORDER_SHIP_BY, 1790000000 - k * 1000);
          g_assert_true (wb_book_update_order_head (bench->book, order, &error));
        }
      g_assert_true (wb_stock_set_rule (bench->book, &cases[i].rule, &error));
      wb_stock_get_rule (bench->book, &read);
      g_assert_cmpint (read.order, ==, cases[i].rule.order);
      g_assert_cmpint (read.partial, ==, cases[i].rule.partial);
      g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, &error));
      for (guint k = 0; k < 3; k++)
        g_test_message ("%u: order %u waits for %d", i, k,
                        (int) stock_bench_short (bench, orders[k]));
      for (guint k = 0; k < 3; k++)
        g_assert_cmpint (stock_bench_short (bench, orders[k]), ==, cases[i].shorts[k]);
      stock_bench_sound (bench);
    }
}

static void
test_kit (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  gint64 cup = stock_bench_product (bench, "CUP"), tea = stock_bench_product (bench, "TEA"),
         set = stock_bench_product (bench, "SET"), order, line;
  WbStockPlace at = { .product_id = 0, .actor = "test" };

  g_assert_true (wb_book_set_component (bench->book, set, cup, 2, &error));
  g_assert_true (wb_book_set_component (bench->book, set, tea, 1, &error));
  g_assert_false (wb_book_set_component (bench->book, cup, set, 1, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  at.product_id = set;
  g_assert_false (wb_stock_receive (bench->book, &at, 1, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);

  stock_bench_receive (bench, cup, "A", 5);
  stock_bench_receive (bench, tea, "B", 9);
  stock_bench_figures (bench, set, 2, 0, 2);
  order = stock_bench_order (bench, "1", "SET", 3, NULL);
  line = stock_bench_line (bench, order, 0);
  g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, &error));
  /* Two whole kits; the fifth cup and the other tea stay free. */
  g_assert_cmpint (stock_bench_line_int (bench, line, WB_ORDER_LINE_ALLOCATED), ==, 2);
  g_assert_cmpint (stock_bench_short (bench, order), ==, 1);
  stock_bench_figures (bench, cup, 5, 4, 1);
  stock_bench_figures (bench, tea, 9, 2, 7);
  stock_bench_sound (bench);

  /* One kit counts as picked when all its parts are. */
  g_assert_true (wb_stock_pick (bench->book, line, cup, 0, 2, "test", &error));
  g_assert_cmpint (stock_bench_line_int (bench, line, WB_ORDER_LINE_PICKED), ==, 0);
  g_assert_true (wb_stock_pick (bench->book, line, tea, 0, 1, "test", &error));
  g_assert_cmpint (stock_bench_line_int (bench, line, WB_ORDER_LINE_PICKED), ==, 1);
  stock_bench_sound (bench);

  /* A cup is not there: one kit less, its tea goes back. */
  g_assert_true (wb_stock_pick_short (bench->book, line, cup, 0, 1, "test", &error));
  g_assert_no_error (error);
  stock_bench_sound (bench);
  stock_bench_figures (bench, cup, 4, 4, 0);

  g_assert_true (wb_stock_ship (bench->book, line, 1, 0, "test", &error));
  g_assert_true (wb_book_add_shipped (bench->book, line, 1, &error));
  stock_bench_figures (bench, cup, 2, 2, 0);
  stock_bench_figures (bench, tea, 8, 1, 7);
  stock_bench_sound (bench);
}

static void
test_lots (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (GPtrArray)  held = NULL;
  gint64                 milk = stock_bench_product (bench, "MILK"), late, soon, past, order;
  WbStockPlace           at = { .product_id = milk, .bin = "C", .actor = "test" };

  late = wb_stock_lot (bench->book, milk, "L2", "2099-06-01", &error);
  soon = wb_stock_lot (bench->book, milk, "L1", "2098-06-01", &error);
  past = wb_stock_lot (bench->book, milk, "L0", "2001-06-01", &error);
  g_assert_cmpint (wb_stock_lot (bench->book, milk, "L1", NULL, &error), ==, soon);
  g_assert_cmpint (wb_stock_lot (bench->book, milk, "L1", "2097-01-01", &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  for (guint i = 0; i < 3; i++)
    {
      at.lot_id = i == 0 ? late : i == 1 ? past : soon;
      g_assert_true (wb_stock_receive (bench->book, &at, 4, &error));
    }
  /* What has expired is on hand and not available. */
  stock_bench_figures (bench, milk, 12, 0, 8);
  order = stock_bench_order (bench, "1", "MILK", 6, NULL);
  g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, &error));
  held = wb_book_list_allocations (bench->book, order, &error);
  g_assert_cmpuint (held->len, ==, 2);
  for (guint i = 0; i < held->len; i++)
    {
      g_autoptr (WbStockLevel) level = wb_book_get_level (
          bench->book, wb_record_get_int (held->pdata[i], WB_ALLOCATION_LEVEL_ID), &error);

      g_assert_cmpint (wb_record_get_int (level, WB_STOCK_LEVEL_LOT_ID), ==, i == 0 ? soon : late);
      g_assert_cmpint (wb_record_get_int (held->pdata[i], WB_ALLOCATION_QUANTITY), ==,
                       i == 0 ? 4 : 2);
    }
  stock_bench_sound (bench);
}

static void
test_count (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  gint64                 cup = stock_bench_product (bench, "CUP"), first, second, count, n = 0;
  WbStockPlace           at = { .product_id = cup, .bin = "A", .actor = "test" };

  stock_bench_receive (bench, cup, "A", 6);
  first = stock_bench_order (bench, "1", "CUP", 3, NULL);
  second = stock_bench_order (bench, "2", "CUP", 3, NULL);
  g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, &error));
  g_assert_true (
      wb_stock_pick (bench->book, stock_bench_line (bench, first, 0), 0, 0, 2, "test", &error));
  /* Two are picked: four should lie there; two do. While the count is open one more comes in. */
  count = wb_stock_begin_count (bench->book, 0, NULL, "test", &error);
  g_assert_no_error (error);
  g_assert_true (wb_stock_note_counted (bench->book, count, &at, 2, &error));
  g_assert_true (wb_stock_receive (bench->book, &at, 1, &error));
  g_assert_true (wb_stock_post_count (bench->book, count, "test", &n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
  stock_bench_figures (bench, cup, 5, 5, 0);
  /* The younger order waits, not the one that is being picked. */
  g_assert_cmpint (stock_bench_short (bench, first), ==, 0);
  g_assert_cmpint (stock_bench_short (bench, second), ==, 1);
  g_assert_false (wb_stock_post_count (bench->book, count, "test", &n, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  stock_bench_sound (bench);
}

static void
test_adjust_and_transfer (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  gint64                 cup = stock_bench_product (bench, "CUP"), order;
  WbStockPlace at = { .product_id = cup, .bin = "A", .actor = "test", .reason = "broken" },
               to = { .bin = "B" };

  stock_bench_receive (bench, cup, "A", 4);
  order = stock_bench_order (bench, "1", "CUP", 4, NULL);
  g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, &error));
  g_assert_false (wb_stock_adjust (bench->book, &at, -5, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (wb_stock_adjust (bench->book, &at, -1, &error));
  g_assert_cmpint (stock_bench_short (bench, order), ==, 1);
  stock_bench_sound (bench);
  /* What is carried elsewhere is still promised to the order, from where it is now. */
  g_assert_true (wb_stock_transfer (bench->book, &at, &to, 2, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stock_bench_short (bench, order), ==, 1);
  stock_bench_figures (bench, cup, 3, 3, 0);
  stock_bench_sound (bench);
  g_assert_true (wb_stock_adjust (bench->book, &to, 1, &error) == FALSE); /* whose? */
  g_clear_error (&error);
  to.product_id = cup;
  to.actor = "test";
  g_assert_true (wb_stock_adjust (bench->book, &to, 1, &error));
  g_assert_cmpint (stock_bench_short (bench, order), ==, 0);
  /* Picked pieces are in somebody's hands: they cannot be adjusted away. */
  g_assert_true (
      wb_stock_pick (bench->book, stock_bench_line (bench, order, 0), 0, 0, 4, "test", &error));
  g_assert_false (wb_stock_adjust (bench->book, &to, -1, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  stock_bench_sound (bench);
}

static void
test_short_pick (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  gint64                 cup = stock_bench_product (bench, "CUP"), order, other, line;

  stock_bench_receive (bench, cup, "A", 3);
  stock_bench_receive (bench, cup, "B", 1);
  order = stock_bench_order (bench, "1", "CUP", 3, NULL);
  line = stock_bench_line (bench, order, 0);
  g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, &error));
  g_assert_true (wb_stock_pick (bench->book, line, cup, 0, 1, "test", &error));
  /* Two are not there: one more is found in B, for the other the order waits. */
  g_assert_true (wb_stock_pick_short (bench->book, line, cup, 0, 2, "test", &error));
  g_assert_no_error (error);
  g_assert_cmpint (stock_bench_short (bench, order), ==, 1);
  stock_bench_figures (bench, cup, 2, 2, 0);
  stock_bench_sound (bench);
  other = stock_bench_order (bench, "2", "CUP", 1, NULL);
  stock_bench_receive (bench, cup, "A", 1);
  g_assert_cmpint (stock_bench_short (bench, order), ==, 0);
  g_assert_cmpint (stock_bench_short (bench, other), ==, 1);
  stock_bench_sound (bench);
}

static void
test_ship_and_back (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbShipment) shipment = wb_shipment_new ();
  gint64                 cup = stock_bench_product (bench, "CUP"), order, line, id;
  WbStockPlace           to = { .actor = "test", .bin = "R" };

  stock_bench_receive (bench, cup, "A", 3);
  order = stock_bench_order (bench, "1", "CUP", 4, NULL);
  line = stock_bench_line (bench, order, 0);
  g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, &error));
  g_assert_true (wb_stock_pick (bench->book, line, 0, 0, 1, "test", &error));
  g_object_set (shipment, "order-id", order, "number", (gint64) 1, "state", WB_SHIPMENT_PLANNED,
                "created-at", (gint64) 1, NULL);
  g_assert_true (wb_book_save (bench->book, shipment, &error));
  g_assert_no_error (error);
  id = wb_record_get_int (shipment, WB_SHIPMENT_ID);
  /* One more left than the book had: it says so instead of going below zero. */
  g_assert_true (wb_stock_ship (bench->book, line, 4, id, "test", &error));
  g_assert_no_error (error);
  g_assert_true (wb_book_add_shipped (bench->book, line, 4, &error));
  stock_bench_figures (bench, cup, 0, 0, 0);
  stock_bench_sound (bench);

  /* It did not leave after all. */
  g_assert_true (wb_book_begin (bench->book, &error));
  g_assert_true (wb_database_run (bench->book->database, &error,
                                  "UPDATE order_line SET shipped = 0 WHERE id = ?", "i", line));
  g_assert_true (wb_stock_unship (bench->book, id, "test", &error));
  g_assert_no_error (error);
  g_assert_true (wb_book_commit (bench->book, &error));
  stock_bench_figures (bench, cup, 4, 4, 0);
  g_assert_cmpint (stock_bench_line_int (bench, line, WB_ORDER_LINE_PICKED), ==, 1);
  stock_bench_sound (bench);
  g_assert_true (wb_stock_unship (bench->book, id, "test", &error));
  stock_bench_figures (bench, cup, 4, 4, 0);

  /* Now it does, and a part comes back, once. */
  g_assert_true (wb_stock_ship (bench->book, line, 4, id, "test", &error));
  g_assert_true (wb_book_add_shipped (bench->book, line, 4, &error));
  g_assert_true (wb_stock_return (bench->book, &to, line, 2, TRUE, &error));
  g_assert_true (wb_stock_return (bench->book, &to, line, 1, FALSE, &error));
  stock_bench_figures (bench, cup, 2, 0, 2);
  g_assert_false (wb_stock_return (bench->book, &to, line, 2, TRUE, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  stock_bench_sound (bench);
}

static void
test_database_guards (void)
{
  static const char *const forbidden[] = {
    "UPDATE movement SET quantity = 9 WHERE id = 1",
    "DELETE FROM movement WHERE id = 1",
    "INSERT OR REPLACE INTO movement (id, at, product_id, location_id, kind, quantity, on_hand, "
    "actor) VALUES (1, 1, 1, 1, 'receipt', 9, 9, 'x')",
    "UPDATE stock_level SET on_hand = -1",
    "UPDATE stock_level SET allocated = on_hand + 1",
    "UPDATE stock_level SET picked = allocated + 1",
    "INSERT INTO movement (at, product_id, location_id, kind, quantity, on_hand, actor) VALUES (1, "
    "1, 1, 'allocation', 1, 1, 'x')",
  };
  g_autoptr (StockBench) bench = stock_bench_new ();
  gint64                 cup = stock_bench_product (bench, "CUP");

  stock_bench_receive (bench, cup, "A", 3);
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", forbidden[i]);
      g_assert_false (wb_database_run (bench->book->database, &error, forbidden[i], NULL));
      g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
    }
  stock_bench_figures (bench, cup, 3, 0, 3);
}

static void
test_verify_finds (void)
{
  static const char *const wrong[] = {
    "UPDATE stock_level SET on_hand = on_hand + 1",
    "UPDATE stock_level SET allocated = allocated - 1, picked = 0",
    "UPDATE allocation SET quantity = quantity + 1",
    "UPDATE order_line SET allocated = allocated - 1",
    "DELETE FROM allocation",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (StockBench) bench = stock_bench_new ();
      g_autoptr (GPtrArray)  faults = NULL;
      gint64                 cup = stock_bench_product (bench, "CUP");

      stock_bench_receive (bench, cup, "A", 3);
      stock_bench_order (bench, "1", "CUP", 2, NULL);
      g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, NULL));
      stock_bench_sound (bench);
      g_assert_true (wb_database_run (bench->book->database, NULL, wrong[i], NULL));
      g_assert_true (wb_stock_verify (bench->book, &faults, NULL));
      g_test_message ("%s: %s", wrong[i], faults->len > 0 ? (char *) faults->pdata[0] : "nothing");
      g_assert_cmpuint (faults->len, >, 0);
    }
}

static void
test_purchase (void)
{
  g_autoptr (StockBench)      bench = stock_bench_new ();
  g_autoptr (GError)          error = NULL;
  g_autoptr (WbSupplier)      supplier = wb_supplier_new ();
  g_autoptr (WbPurchaseOrder) purchase = wb_purchase_order_new (), read = NULL;
  g_autoptr (WbProduct)       product = NULL;
  WbPurchaseLine             *line = wb_purchase_line_new ();
  gint64                      cup = stock_bench_product (bench, "CUP"), order, line_id;
  WbStockPlace                at = { .actor = "test", .bin = "A" };
  WbStockFigures              figures;

  stock_bench_receive (bench, cup, "A", 1);
  order = stock_bench_order (bench, "1", "CUP", 4, NULL);
  g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, &error));
  g_object_set (supplier, "name", "Pottery", "currency", "EUR", "lead-days", (gint64) 9, NULL);
  g_assert_true (wb_book_save (bench->book, supplier, &error));
  g_object_set (purchase, "supplier-id", wb_record_get_int (supplier, WB_SUPPLIER_ID), "number",
                "P1", "expected-on", "2026-12-01", NULL);
  g_object_set (line, "product-id", cup, "quantity", (gint64) 10, "cost", (gint64) 240, NULL);
  wb_record_add (purchase, WB_PURCHASE_ORDER_LINES, line);
  g_assert_cmpint (wb_stock_order_goods (bench->book, purchase, &error), >, 0);
  g_assert_no_error (error);
  g_assert_true (wb_stock_figures (bench->book, cup, 0, &figures, &error));
  g_assert_cmpint (figures.incoming, ==, 10);
  g_assert_cmpint (figures.waiting, ==, 3);

  line_id = wb_record_get_int (line, WB_PURCHASE_LINE_ID);
  g_assert_true (wb_stock_receive_goods (bench->book, line_id, &at, 4, &error));
  g_assert_cmpint (stock_bench_short (bench, order), ==, 0);
  g_assert_true (wb_stock_receive_goods (bench->book, line_id, &at, 6, &error));
  g_assert_true (wb_stock_figures (bench->book, cup, 0, &figures, &error));
  g_assert_cmpint (figures.incoming, ==, 0);
  g_assert_cmpint (figures.on_hand, ==, 11);
  read = wb_book_get_purchase (bench->book, wb_record_get_int (purchase, WB_PURCHASE_ORDER_ID),
                               &error);
  g_assert_cmpstr (wb_record_get_text (read, WB_PURCHASE_ORDER_STATE), ==,
                   WB_PURCHASE_ORDER_RECEIVED);
  product = wb_book_get_product (bench->book, cup, &error);
  g_assert_cmpint (wb_record_get_int (product, WB_PRODUCT_COST), ==, 240);
  g_assert_false (wb_stock_receive_goods (bench->book, line_id, &at, 1, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  stock_bench_sound (bench);
}

static void
test_edited_order (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbOrder)    order = NULL;
  gint64                 cup = stock_bench_product (bench, "CUP"), tea, id, n = 0;

  tea = stock_bench_product (bench, "TEA");
  stock_bench_receive (bench, cup, "A", 5);
  stock_bench_receive (bench, tea, "A", 5);
  id = stock_bench_order (bench, "1", "CUP", 4, "TEA", 2, NULL);
  g_assert_true (wb_stock_allocate (bench->book, NULL, 0, "test", NULL, &error));
  /* The shop takes two cups off, and later the whole line. */
  order = wb_book_get_order (bench->book, id, &error);
  wb_record_set_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0], WB_ORDER_LINE_QUANTITY,
                     2);
  g_assert_true (wb_book_update_order (bench->book, order, &error));
  g_assert_true (wb_stock_note_order (bench->book, id, "test", &error));
  g_assert_no_error (error);
  stock_bench_figures (bench, cup, 5, 2, 3);
  stock_bench_sound (bench);
  g_assert_true (wb_database_run (bench->book->database, &error,
                                  "DELETE FROM order_line WHERE order_id = ? AND sku = 'CUP'", "i",
                                  id));
  g_assert_true (wb_stock_note_order (bench->book, id, "test", &error));
  g_assert_no_error (error);
  stock_bench_figures (bench, cup, 5, 0, 5);
  stock_bench_figures (bench, tea, 5, 2, 3);
  stock_bench_sound (bench);
  /* Out of stock keeping, it holds nothing and waits for nothing. */
  g_assert_true (wb_stock_track (bench->book, tea, FALSE, "test", &error));
  g_assert_true (wb_database_get_int (bench->book->database, &n, &error,
                                      "SELECT COUNT(*) FROM allocation", NULL));
  g_assert_cmpint (n, ==, 0);
  stock_bench_sound (bench);
}

static void
test_serials (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (GPtrArray)  gone = NULL;
  gint64                 cup = stock_bench_product (bench, "CUP");

  g_assert_true (wb_stock_give_serial (bench->book, cup, "S1", 0, &error));
  g_assert_true (wb_stock_give_serial (bench->book, cup, "S1", 7, &error));
  g_assert_false (wb_stock_give_serial (bench->book, cup, "S1", 8, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  gone = wb_book_list_serials (bench->book, 7, &error);
  g_assert_cmpuint (gone->len, ==, 1);
  g_assert_true (wb_stock_give_serial (bench->book, cup, "S1", 0, &error));
  g_assert_true (wb_stock_give_serial (bench->book, cup, "S1", 8, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stock/one-order", test_one_order);
  g_test_add_func ("/stock/waiting", test_waiting);
  g_test_add_func ("/stock/last-unit-is-its-own", test_last_unit_is_its_own);
  g_test_add_func ("/stock/rules", test_rules);
  g_test_add_func ("/stock/kit", test_kit);
  g_test_add_func ("/stock/lots", test_lots);
  g_test_add_func ("/stock/count", test_count);
  g_test_add_func ("/stock/adjust-and-transfer", test_adjust_and_transfer);
  g_test_add_func ("/stock/short-pick", test_short_pick);
  g_test_add_func ("/stock/ship-and-back", test_ship_and_back);
  g_test_add_func ("/stock/database-guards", test_database_guards);
  g_test_add_func ("/stock/verify-finds", test_verify_finds);
  g_test_add_func ("/stock/purchase", test_purchase);
  g_test_add_func ("/stock/edited-order", test_edited_order);
  g_test_add_func ("/stock/serials", test_serials);
  return g_test_run ();
}
