/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Products page from outside, by name and keyboard: a product found by half its name, adjusted
 * and taken back, counted, received of a purchase; a gap filled in, a file with a bad row, and what
 * another process does. */
#include "wb-stock.h"
#include "window-bench.h"

static WindowBench at;

static struct
{
  gint64 jug, bowl;
} here;

static gint64
make_product (const char *sku, const char *name, const char *hs_code)
{
  g_autoptr (WbProduct) product = wb_product_new ();
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (product, WB_PRODUCT_SKU, sku);
  wb_record_set_text (product, WB_PRODUCT_NAME, name);
  wb_record_set_text (product, WB_PRODUCT_HS_CODE, hs_code);
  wb_record_set_text (product, WB_PRODUCT_ORIGIN_COUNTRY, "PT");
  wb_record_set_text (product, WB_PRODUCT_BIN, "A-1");
  wb_record_set_int (product, WB_PRODUCT_WEIGHT_G, 500);
  wb_book_save (at.book, product, &error);
  g_assert_no_error (error);
  return wb_record_get_int (product, WB_PRODUCT_ID);
}

static void
receive (gint64 pieces, const char *reason)
{
  WbStockPlace place = {
    .product_id = here.jug, .bin = "A-1", .reason = reason, .actor = "somebody else"
  };
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_stock_receive (at.book, &place, pieces, &error));
  g_assert_no_error (error);
}

/* Ten jugs are on order. */
static void
order_goods (void)
{
  g_autoptr (WbSupplier)      supplier = wb_supplier_new ();
  g_autoptr (WbPurchaseOrder) purchase = wb_purchase_order_new ();
  WbPurchaseLine             *line = wb_purchase_line_new ();
  g_autoptr (GError)          error = NULL;

  wb_record_set_text (supplier, WB_SUPPLIER_NAME, "Potters");
  wb_book_save (at.book, supplier, &error);
  g_assert_no_error (error);
  wb_record_set_int (purchase, WB_PURCHASE_ORDER_SUPPLIER_ID,
                     wb_record_get_int (supplier, WB_SUPPLIER_ID));
  wb_record_set_text (purchase, WB_PURCHASE_ORDER_NUMBER, "P-1");
  wb_record_set_int (line, WB_PURCHASE_LINE_PRODUCT_ID, here.jug);
  wb_record_set_int (line, WB_PURCHASE_LINE_QUANTITY, 10);
  wb_record_add (purchase, WB_PURCHASE_ORDER_LINES, line);
  g_assert_cmpint (wb_stock_order_goods (at.book, purchase, &error), >, 0);
  g_assert_no_error (error);
}

static void
set_up (void)
{
  here.jug = make_product ("AAA-JUG", "Stoneware jug & lid", "691200");
  here.bowl = make_product ("AAA-BOWL", "Bowl", NULL);
  receive (10, NULL);
  order_goods ();
}

static WbStockFigures
figures_of (gint64 product)
{
  WbStockFigures     figures = { 0 };
  g_autoptr (GError) error = NULL;

  wb_stock_figures (at.book, product, 0, &figures, &error);
  g_assert_no_error (error);
  return figures;
}

static void
type_into (AtspiAccessible *top, const char *name, const char *text)
{
  g_autoptr (AtspiAccessible) entry = a11y_wait_start (top, ATSPI_ROLE_TEXT, name);

  a11y_type (entry, text);
}

static AtspiAccessible *
wait_window (const char *title)
{
  return a11y_wait (at.app, ATSPI_ROLE_FRAME, title);
}

static void
wait_closed (const char *title)
{
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, title);
}

/* Half a name is enough, and Return goes to the row. */
static void
test_find (void)
{
  g_autoptr (AtspiAccessible) table = NULL, list = NULL;

  a11y_show_page (at.window, "Products");
  a11y_type_into (at.window, ATSPI_ROLE_ENTRY, "Search products", "eware");
  table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Products");
  a11y_expect (table, ATSPI_ROLE_LABEL, "Stoneware jug & lid");
  a11y_wait_gone (table, ATSPI_ROLE_LABEL, "Bowl");
  list = a11y_wait (at.window, ATSPI_ROLE_LIST, "Products");
  g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), 0, NULL));
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Where it lies");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Received");
  g_assert_cmpuint (a11y_bad_names (at.window), ==, 0);
}

/* No reason, no adjustment; its counter-movement takes it back. */
static void
test_adjust (void)
{
  g_autoptr (AtspiAccessible) window = NULL;

  a11y_click_start (at.window, "Ad_just…");
  window = wait_window ("Adjust stock");
  type_into (window, "More (+) or fewer", "-3");
  a11y_expect (window, ATSPI_ROLE_LABEL, "There: 10, then 7.");
  type_into (window, "Reason", "Broken");
  a11y_click_start (window, "_Adjust");
  wait_closed ("Adjust stock");
  A11Y_UNTIL (figures_of (here.jug).on_hand == 7);
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Adjusted: Broken");
  a11y_click_on (at.window, "Undo");
  A11Y_UNTIL (figures_of (here.jug).on_hand == 10);
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Adjusted: taken back");
}

/* The difference is shown, and stands in the one button that posts it. */
static void
test_count (void)
{
  g_autoptr (AtspiAccessible) window = NULL;

  a11y_click_start (at.window, "Co_unt…");
  window = wait_window ("Count");
  a11y_expect (window, ATSPI_ROLE_LABEL, "The book has 10 there too: nothing changes.");
  type_into (window, "Pieces that lie there", "8");
  a11y_expect (window, ATSPI_ROLE_LABEL, "The book has 10 there: the difference is -2.");
  a11y_click_start (window, "_Post -2");
  wait_closed ("Count");
  A11Y_UNTIL (figures_of (here.jug).on_hand == 8);
}

/* What another process does appears by itself. */
static void
test_live (void)
{
  receive (2, "by another");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Received: by another");
}

/* A wrong check digit is refused with words; the right one is kept. */
static void
test_code (void)
{
  g_autoptr (AtspiAccessible) entry = NULL;
  g_autoptr (GPtrArray)       codes = NULL;

  entry = a11y_wait (at.window, ATSPI_ROLE_TEXT, "Barcode to add");
  a11y_type (entry, "4006381333932");
  a11y_click_start (at.window, "Add the barcode");
  a11y_expect_part (at.window, ATSPI_ROLE_LABEL, "its last digit should be 1");
  a11y_type (entry, "4006381333931");
  a11y_click_start (at.window, "Add the barcode");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "EAN-13");
  codes = wb_book_list_barcodes (at.book, here.jug, NULL);
  g_assert_cmpuint (codes->len, ==, 1);
}

/* A part of a purchase comes; the rest stays incoming. */
static void
test_purchase (void)
{
  g_autoptr (AtspiAccessible) window = NULL, purchase = NULL;

  a11y_click_start (at.window, "_Order goods…");
  window = wait_window ("Order goods");
  a11y_click_start (window, "Open the purchase P-1");
  purchase = wait_window ("Purchase P-1");
  type_into (purchase, "Pieces that came now", "3");
  a11y_click_start (purchase, "_Receive 3");
  wait_closed ("Purchase P-1");
  A11Y_UNTIL (figures_of (here.jug).on_hand == 13);
  g_assert_cmpint (figures_of (here.jug).incoming, ==, 7);
  a11y_expect (window, ATSPI_ROLE_LABEL, "3 of 10");
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  a11y_key (0, A11Y_ESCAPE);
  wait_closed ("Order goods");
}

static gboolean
has_hs_code (void)
{
  g_autoptr (WbProduct) bowl = wb_book_get_product (at.book, here.bowl, NULL);

  return g_strcmp0 (wb_record_get_text (bowl, WB_PRODUCT_HS_CODE), "691110") == 0;
}

/* What lacks a tariff number is filled in from the list of gaps. */
static void
test_gap (void)
{
  g_autoptr (AtspiAccessible) window = NULL, table = NULL;

  a11y_type_into (at.window, ATSPI_ROLE_ENTRY, "Search products", "");
  a11y_click_start (at.window, "Gaps");
  table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Products");
  a11y_expect (table, ATSPI_ROLE_LABEL, "AAA-BOWL");
  a11y_click_start (at.window, "_Fill them in…");
  window = wait_window ("What customs want to know");
  type_into (window, "Tariff number (HS)", "691110");
  a11y_click_start (window, "_Save");
  wait_closed ("What customs want to know");
  A11Y_UNTIL (has_hs_code ());
  a11y_wait_gone (table, ATSPI_ROLE_LABEL, "AAA-BOWL");
}

static gint64
weight_of (gint64 product)
{
  g_autoptr (WbProduct) of = wb_book_get_product (at.book, product, NULL);

  return wb_record_get_int (of, WB_PRODUCT_WEIGHT_G);
}

static void
choose_file (const char *path)
{
  g_autoptr (AtspiAccessible) item = NULL;

  a11y_open_menu (at.window, "More about products");
  item = a11y_wait (at.window, ATSPI_ROLE_MENU_ITEM, "Import a file of products…");
  a11y_click (item);
  a11y_choose_file (at.app, "Import a file of products", path);
}

/* What would change is shown before anything does, and the bad row by its line. */
static void
test_import (void)
{
  g_autofree char            *path = g_build_filename (at.bench->folder, "goods.csv", NULL);
  g_autoptr (AtspiAccessible) window = NULL;

  g_assert_true (
      g_file_set_contents (path, "sku;weight_g\nAAA-JUG;999\nAAA-BOWL;heavy\n", -1, NULL));
  choose_file (path);
  window = wait_window ("What the file changes");
  a11y_expect (window, ATSPI_ROLE_LABEL, "line 2: AAA-JUG: weight_g: 500 → 999");
  a11y_expect (window, ATSPI_ROLE_LABEL, "line 3: “heavy” is no whole number for weight_g");
  g_assert_cmpint (weight_of (here.jug), ==, 500);
  a11y_click_start (window, "_Import");
  wait_closed ("What the file changes");
  A11Y_UNTIL (weight_of (here.jug) == 999);
  g_assert_cmpint (weight_of (here.bowl), ==, 500);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 4;
  window_bench_make (&at, &options);
  set_up ();
  window_bench_open (&at);
  g_test_add_func ("/client/products/find", test_find);
  g_test_add_func ("/client/products/adjust", test_adjust);
  g_test_add_func ("/client/products/count", test_count);
  g_test_add_func ("/client/products/live", test_live);
  g_test_add_func ("/client/products/code", test_code);
  g_test_add_func ("/client/products/purchase", test_purchase);
  g_test_add_func ("/client/products/gap", test_gap);
  g_test_add_func ("/client/products/import", test_import);
  return window_bench_run (&at);
}
