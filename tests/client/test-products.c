/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Products page from outside, by name and keyboard: a product found by half its name, adjusted
 * and taken back, counted, received of a purchase; a gap filled in, a file with a bad row, and what
 * another process does. */
#include "a11y.h"
#include "client-bench.h"
#include "wb-stock.h"

#include <locale.h>

#define POLL_US 20000

static struct
{
  WbBench         *bench;
  WbDesk          *desk;
  WbBook          *book;
  char            *secrets;
  AtspiAccessible *app;
  AtspiAccessible *window;
  GPid             pid;
  gint64           jug, bowl;
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
  wb_book_save (here.book, product, &error);
  g_assert_no_error (error);
  return wb_record_get_int (product, WB_PRODUCT_ID);
}

static void
receive (gint64 pieces, const char *reason)
{
  WbStockPlace at = {
    .product_id = here.jug, .bin = "A-1", .reason = reason, .actor = "somebody else"
  };
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_stock_receive (here.book, &at, pieces, &error));
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
  wb_book_save (here.book, supplier, &error);
  g_assert_no_error (error);
  wb_record_set_int (purchase, WB_PURCHASE_ORDER_SUPPLIER_ID,
                     wb_record_get_int (supplier, WB_SUPPLIER_ID));
  wb_record_set_text (purchase, WB_PURCHASE_ORDER_NUMBER, "P-1");
  wb_record_set_int (line, WB_PURCHASE_LINE_PRODUCT_ID, here.jug);
  wb_record_set_int (line, WB_PURCHASE_LINE_QUANTITY, 10);
  wb_record_add (purchase, WB_PURCHASE_ORDER_LINES, line);
  g_assert_cmpint (wb_stock_order_goods (here.book, purchase, &error), >, 0);
  g_assert_no_error (error);
}

static void
set_up (const char *program)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  const char   *argv[] = { program, "--book", NULL, "--secrets-file", NULL, NULL };

  options.orders = 4;
  here.bench = client_bench_new (&options, &here.secrets);
  here.desk = wb_bench_open (here.bench->book);
  here.book = wb_desk_get_book (here.desk);
  here.jug = make_product ("AAA-JUG", "Stoneware jug & lid", "691200");
  here.bowl = make_product ("AAA-BOWL", "Bowl", NULL);
  receive (10, NULL);
  order_goods ();
  argv[2] = here.bench->book;
  argv[4] = here.secrets;
  here.app = a11y_start ((char **) argv, &here.pid);
  here.window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Waybill");
}

static WbStockFigures
figures_of (gint64 product)
{
  WbStockFigures     figures = { 0 };
  g_autoptr (GError) error = NULL;

  wb_stock_figures (here.book, product, 0, &figures, &error);
  g_assert_no_error (error);
  return figures;
}

static void
wait_on_hand (gint64 pieces)
{
  gint64 end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  while (figures_of (here.jug).on_hand != pieces && g_get_monotonic_time () < end)
    g_usleep (POLL_US);
  g_assert_cmpint (figures_of (here.jug).on_hand, ==, pieces);
}

static void
expect (AtspiAccessible *top, const char *label)
{
  g_autoptr (AtspiAccessible) found = a11y_wait (top, ATSPI_ROLE_LABEL, label);

  g_assert_nonnull (found);
}

static void
type_into (AtspiAccessible *top, const char *name, const char *text)
{
  g_autoptr (AtspiAccessible) entry = a11y_wait_start (top, ATSPI_ROLE_TEXT, name);

  a11y_type (entry, text);
}

/* A button is pressed as soon as it may be. */
static void
press (AtspiAccessible *top, const char *start)
{
  g_autoptr (AtspiAccessible) button = a11y_wait_start (top, ATSPI_ROLE_PUSH_BUTTON, start);
  gint64                      end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;
  gboolean                    may = FALSE;

  while (!may && g_get_monotonic_time () < end)
    {
      g_autoptr (AtspiStateSet) states = NULL;

      g_main_context_iteration (NULL, FALSE);
      states = atspi_accessible_get_state_set (button);
      may = atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE);
      if (!may)
        g_usleep (POLL_US);
    }
  g_assert_true (may);
  a11y_click (button);
}

static AtspiAccessible *
wait_window (const char *title)
{
  return a11y_wait (here.app, ATSPI_ROLE_FRAME, title);
}

static void
wait_closed (const char *title)
{
  a11y_wait_gone (here.app, ATSPI_ROLE_FRAME, title);
}

/* Half a name is enough, and Return goes to the row. */
static void
test_find (void)
{
  g_autoptr (AtspiAccessible) entry = NULL, table = NULL, list = NULL;

  a11y_show_page (here.window, "Products");
  entry = a11y_wait (here.window, ATSPI_ROLE_ENTRY, "Search products");
  a11y_type (entry, "eware");
  table = a11y_wait (here.window, ATSPI_ROLE_TREE_TABLE, "Products");
  expect (table, "Stoneware jug & lid");
  a11y_wait_gone (table, ATSPI_ROLE_LABEL, "Bowl");
  list = a11y_wait (here.window, ATSPI_ROLE_LIST, "Products");
  g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), 0, NULL));
  expect (here.window, "Where it lies");
  expect (here.window, "Received");
  g_assert_cmpuint (a11y_bad_names (here.window), ==, 0);
}

/* No reason, no adjustment; its counter-movement takes it back. */
static void
test_adjust (void)
{
  g_autoptr (AtspiAccessible) window = NULL, undo = NULL;

  press (here.window, "Ad_just…");
  window = wait_window ("Adjust stock");
  type_into (window, "More (+) or fewer", "-3");
  expect (window, "There: 10, then 7.");
  type_into (window, "Reason", "Broken");
  press (window, "_Adjust");
  wait_closed ("Adjust stock");
  wait_on_hand (7);
  expect (here.window, "Adjusted: Broken");
  undo = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, "Undo");
  a11y_click (undo);
  wait_on_hand (10);
  expect (here.window, "Adjusted: taken back");
}

/* The difference is shown, and stands in the one button that posts it. */
static void
test_count (void)
{
  g_autoptr (AtspiAccessible) window = NULL;

  press (here.window, "Co_unt…");
  window = wait_window ("Count");
  expect (window, "The book has 10 there too: nothing changes.");
  type_into (window, "Pieces that lie there", "8");
  expect (window, "The book has 10 there: the difference is -2.");
  press (window, "_Post -2");
  wait_closed ("Count");
  wait_on_hand (8);
}

/* What another process does appears by itself. */
static void
test_live (void)
{
  receive (2, "by another");
  expect (here.window, "Received: by another");
}

/* A wrong check digit is refused with words; the right one is kept. */
static void
test_code (void)
{
  g_autoptr (AtspiAccessible) refused = NULL, entry = NULL;
  g_autoptr (GPtrArray)       codes = NULL;

  entry = a11y_wait (here.window, ATSPI_ROLE_TEXT, "Barcode to add");
  a11y_type (entry, "4006381333932");
  press (here.window, "Add the barcode");
  refused = a11y_wait_part (here.window, ATSPI_ROLE_LABEL, "its last digit should be 1");
  g_assert_nonnull (refused);
  a11y_type (entry, "4006381333931");
  press (here.window, "Add the barcode");
  expect (here.window, "EAN-13");
  codes = wb_book_list_barcodes (here.book, here.jug, NULL);
  g_assert_cmpuint (codes->len, ==, 1);
}

/* A part of a purchase comes; the rest stays incoming. */
static void
test_purchase (void)
{
  g_autoptr (AtspiAccessible) window = NULL, purchase = NULL;

  press (here.window, "_Order goods…");
  window = wait_window ("Order goods");
  press (window, "Open the purchase P-1");
  purchase = wait_window ("Purchase P-1");
  type_into (purchase, "Pieces that came now", "3");
  press (purchase, "_Receive 3");
  wait_closed ("Purchase P-1");
  wait_on_hand (13);
  g_assert_cmpint (figures_of (here.jug).incoming, ==, 7);
  expect (window, "3 of 10");
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  a11y_key (0, A11Y_ESCAPE);
  wait_closed ("Order goods");
}

static gboolean
has_hs_code (void)
{
  g_autoptr (WbProduct) bowl = wb_book_get_product (here.book, here.bowl, NULL);

  return g_strcmp0 (wb_record_get_text (bowl, WB_PRODUCT_HS_CODE), "691110") == 0;
}

/* What lacks a tariff number is filled in from the list of gaps. */
static void
test_gap (void)
{
  g_autoptr (AtspiAccessible) entry = NULL, gaps = NULL, window = NULL, table = NULL;
  gint64                      end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  entry = a11y_wait (here.window, ATSPI_ROLE_ENTRY, "Search products");
  a11y_type (entry, "");
  gaps = a11y_wait_start (here.window, ATSPI_ROLE_PUSH_BUTTON, "Gaps");
  a11y_click (gaps);
  table = a11y_wait (here.window, ATSPI_ROLE_TREE_TABLE, "Products");
  expect (table, "AAA-BOWL");
  press (here.window, "_Fill them in…");
  window = wait_window ("What customs want to know");
  type_into (window, "Tariff number (HS)", "691110");
  press (window, "_Save");
  wait_closed ("What customs want to know");
  while (!has_hs_code () && g_get_monotonic_time () < end)
    g_usleep (POLL_US);
  g_assert_true (has_hs_code ());
  a11y_wait_gone (table, ATSPI_ROLE_LABEL, "AAA-BOWL");
}

static gint64
weight_of (gint64 product)
{
  g_autoptr (WbProduct) of = wb_book_get_product (here.book, product, NULL);

  return wb_record_get_int (of, WB_PRODUCT_WEIGHT_G);
}

/* The way to a file through the chooser: a slash asks it for a path. */
static void
choose_file (const char *path)
{
  g_autoptr (AtspiAccessible) item = NULL, entry = NULL;
  g_autoptr (AtspiAccessible) chooser = NULL;

  a11y_open_menu (here.window, "More about products");
  item = a11y_wait (here.window, ATSPI_ROLE_MENU_ITEM, "Import a file of products…");
  a11y_click (item);
  chooser = a11y_wait (here.app, ATSPI_ROLE_INVALID, "Import a file of products");
  a11y_key (0, '/');
  entry = a11y_wait (chooser, ATSPI_ROLE_TEXT, NULL);
  a11y_type (entry, path);
  a11y_key (0, A11Y_RETURN);
}

/* What would change is shown before anything does, and the bad row by its line. */
static void
test_import (void)
{
  g_autofree char            *path = g_build_filename (here.bench->folder, "goods.csv", NULL);
  g_autoptr (AtspiAccessible) window = NULL;
  gint64                      end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  g_assert_true (
      g_file_set_contents (path, "sku;weight_g\nAAA-JUG;999\nAAA-BOWL;heavy\n", -1, NULL));
  choose_file (path);
  window = wait_window ("What the file changes");
  expect (window, "line 2: AAA-JUG: weight_g: 500 → 999");
  expect (window, "line 3: “heavy” is no whole number for weight_g");
  g_assert_cmpint (weight_of (here.jug), ==, 500);
  press (window, "_Import");
  wait_closed ("What the file changes");
  while (weight_of (here.jug) != 999 && g_get_monotonic_time () < end)
    g_usleep (POLL_US);
  g_assert_cmpint (weight_of (here.jug), ==, 999);
  g_assert_cmpint (weight_of (here.bowl), ==, 500);
}

static void
test_close (void)
{
  a11y_key (A11Y_CONTROL, 'q');
  g_assert_cmpint (a11y_wait_exit (here.pid), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (
      G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libatspi warns when a program is not ready yet */
  g_assert_cmpint (argc, ==, 2);
  set_up (argv[1]);
  g_test_add_func ("/client/products/find", test_find);
  g_test_add_func ("/client/products/adjust", test_adjust);
  g_test_add_func ("/client/products/count", test_count);
  g_test_add_func ("/client/products/live", test_live);
  g_test_add_func ("/client/products/code", test_code);
  g_test_add_func ("/client/products/purchase", test_purchase);
  g_test_add_func ("/client/products/gap", test_gap);
  g_test_add_func ("/client/products/import", test_import);
  g_test_add_func ("/client/products/close", test_close);
  status = g_test_run ();
  g_clear_object (&here.window);
  g_clear_object (&here.app);
  g_clear_object (&here.desk);
  g_free (here.secrets);
  wb_bench_free (here.bench);
  return status;
}
