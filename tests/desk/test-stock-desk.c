/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders and stock together: who waits is not shipped, what leaves is taken out, what comes back is
 * put back; products and levels by file; what is proposed to be bought. */
#include "wb-bench.h"
#include "wb-desk-stock.h"
#include "wb-exceptions.h"
#include "wb-reorder.h"
#include "wb-test.h"

#include <string.h>

#define COST 321

static WbBench *
new_bench (void)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = 40;
  options.seed = 7;
  return wb_bench_new (&options);
}

/* The product of an order's first item, with what it costs. */
static gint64
product_of (WbBook *book, WbOrder *order, gint64 *line_id)
{
  GPtrArray         *lines = wb_record_get_many (order, WB_ORDER_LINES);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const char           *sku = wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU);
      g_autoptr (WbProduct) product = NULL;

      if (wb_order_line_to_ship (lines->pdata[i]) == 0 || sku == NULL)
        continue;
      product = wb_book_find_product (book, sku, NULL);
      if (product == NULL)
        product = wb_product_new ();
      g_object_set (product, "sku", sku, "name", sku, "cost", (gint64) COST, "currency",
                    wb_record_get_text (order, WB_ORDER_CURRENCY), NULL);
      g_assert_true (wb_book_save (book, product, &error));
      g_assert_no_error (error);
      *line_id = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);
      return wb_record_get_int (product, WB_PRODUCT_ID);
    }
  return 0;
}

static guint
count_kind (WbBook *book, const char *kind)
{
  g_autoptr (GPtrArray) list = wb_list_exceptions (book, NULL);
  guint                 n = 0;

  for (guint i = 0; i < list->len; i++)
    n += g_strcmp0 (((WbException *) list->pdata[i])->kind, kind) == 0;
  return n;
}

static gint64
stock_cost_of (WbBook *book, gint64 order_id)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, order_id, NULL);
  gint64                sum = 0;

  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_STOCK_COST))
      sum += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
  return sum;
}

static void
assert_sound (WbBook *book)
{
  g_autoptr (GPtrArray) faults = NULL;

  g_assert_true (wb_stock_verify (book, &faults, NULL));
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *) faults->pdata[i]);
  g_assert_cmpuint (faults->len, ==, 0);
}

static gint64
short_of (WbBook *book, gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (book, order_id, NULL);

  return wb_record_get_int (order, WB_ORDER_STOCK_SHORT);
}

static void
test_order (void)
{
  g_autoptr (WbBench) bench = new_bench ();
  g_autoptr (WbDesk)  desk = wb_bench_open (bench->book);
  g_autoptr (GArray)  ready = wb_bench_calm (bench, desk);
  g_autoptr (GError)  error = NULL;
  WbBook             *book = wb_desk_get_book (desk);
  gint64              id = g_array_index (ready, gint64, 0), line_id = 0, product, shipment, wanted;
  g_autoptr (WbOrder) order = wb_book_get_order (book, id, NULL);
  g_autoptr (WbOrderLine) line = NULL;
  g_autoptr (GPtrArray)   labels = NULL;
  WbStockFigures          figures;
  WbStockPlace            at = { .actor = "test" };

  product = product_of (book, order, &line_id);
  g_assert_cmpint (product, !=, 0);
  line = wb_book_get_line (book, line_id, NULL);
  wanted = wb_order_line_to_ship (line);
  g_assert_true (wb_stock_track (book, product, TRUE, "test", &error));
  g_assert_cmpint (short_of (book, id), >=, wanted);
  g_assert_cmpuint (count_kind (book, "stock-short"), ==, 1);

  /* It waits: nothing is bought for it. */
  shipment = wb_bench_plan (desk, id, &error);
  g_assert_no_error (error);
  g_assert_false (wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "waits for stock"));
  g_clear_error (&error);
  labels = wb_book_list_labels (book, id, NULL);
  g_assert_cmpuint (labels->len, ==, 0);

  /* Enough comes for everybody: it goes. */
  g_assert_true (wb_stock_figures (book, product, 0, &figures, NULL));
  at.product_id = product;
  g_assert_true (wb_stock_receive (book, &at, figures.waiting + 2, &error));
  g_assert_cmpint (short_of (book, id), ==, 0);
  g_assert_cmpuint (count_kind (book, "stock-short"), ==, 0);
  assert_sound (book);
  g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_sound (book);
  g_assert_cmpint (stock_cost_of (book, id), ==, -wanted * COST);
  g_assert_true (wb_stock_figures (book, product, 0, &figures, NULL));
  g_assert_cmpint (figures.available, ==, 2);

  /* One comes back, fit to be sold; never more than left. */
  g_assert_true (wb_desk_take_back (desk, line_id, 1, TRUE, "too big", &error));
  g_assert_cmpint (stock_cost_of (book, id), ==, -(wanted - 1) * COST);
  g_assert_false (wb_desk_take_back (desk, line_id, wanted, TRUE, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  g_assert_true (wb_stock_figures (book, product, 0, &figures, NULL));
  g_assert_cmpint (figures.available, ==, 3);
  assert_sound (book);
}

static void
test_hold (void)
{
  g_autoptr (WbBench) bench = new_bench ();
  g_autoptr (WbDesk)  desk = wb_bench_open (bench->book);
  g_autoptr (GArray)  ready = wb_bench_calm (bench, desk);
  g_autoptr (GError)  error = NULL;
  WbBook             *book = wb_desk_get_book (desk);
  gint64              id = g_array_index (ready, gint64, 0), line_id = 0, product, available;
  g_autoptr (WbOrder) order = wb_book_get_order (book, id, NULL);
  WbStockFigures      figures;
  WbStockPlace        at = { .actor = "test" };

  product = at.product_id = product_of (book, order, &line_id);
  g_assert_true (wb_stock_receive (book, &at, 100, &error));
  g_assert_true (wb_stock_figures (book, product, 0, &figures, NULL));
  available = figures.available;
  g_assert_true (wb_desk_hold (desk, id, "asks the customer", &error));
  g_assert_true (wb_stock_figures (book, product, 0, &figures, NULL));
  g_assert_cmpint (figures.available, >, available);
  g_assert_true (wb_desk_release (desk, id, &error));
  g_assert_true (wb_stock_figures (book, product, 0, &figures, NULL));
  g_assert_cmpint (figures.available, ==, available);
  assert_sound (book);
}

static void
put (const char *path, const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* First what it would change, of which nothing stays; then the same happens. */
static void
import (
    WbDesk *desk, const char *path, gint64 added, gint64 changed, gint64 counted, guint problems)
{
  g_auto (WbProductsImport) result = { 0 }, trial = { 0 };
  g_autoptr (GError)        error = NULL;
  gint64                    before = wb_book_last_event (wb_desk_get_book (desk));

  g_assert_true (wb_desk_try_products (desk, path, &trial, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_book_last_event (wb_desk_get_book (desk)), ==, before);
  g_assert_true (wb_desk_import_products (desk, path, &result, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < result.problems->len; i++)
    g_test_message ("%s", (char *) result.problems->pdata[i]);
  g_assert_cmpint (result.added, ==, added);
  g_assert_cmpint (result.changed, ==, changed);
  g_assert_cmpint (result.counted, ==, counted);
  g_assert_cmpuint (result.problems->len, ==, problems);
  g_assert_cmpint (trial.added + trial.changed, >=, added + changed);
  g_assert_cmpint (trial.counted, ==, counted);
  g_assert_cmpuint (trial.changes->len, ==, result.changes->len);
  g_assert_cmpuint (trial.problems->len, ==, problems);
}

static void
test_file (void)
{
  g_autoptr (WbBench) bench = new_bench ();
  g_autoptr (WbDesk)  desk = wb_bench_open (bench->book);
  g_autofree char    *path = g_build_filename (bench->folder, "products.csv", NULL), *out = NULL,
                  *again = NULL;
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbProduct) cup = NULL;
  WbBook               *book = wb_desk_get_book (desk);
  WbStockFigures        figures;

  /* Columns in any order, parted by semicolons, with a byte order mark. */
  put (path,
       "\xEF\xBB\xBFName;SKU;Weight_g;cost;currency;stock_bin;on_hand;lot;expires_on;unknown\n"
       "\"A cup; blue\";X-CUP;250;2.40;EUR;A-1;12;;;x\n"
       "\n"
       "Milk;X-MILK;1000;;;C-1;4;L1;2099-01-31;\n"
       "Milk;X-MILK;;;;C-1;3;L2;2099-02-28;\n"
       "=1+1;X-SUM;;;;;;;;\n");
  import (desk, path, 3, 0, 3, 0);
  import (desk, path, 0, 0, 0, 0); /* reading it again changes nothing */
  cup = wb_book_find_product (book, "X-CUP", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (cup, WB_PRODUCT_NAME), ==, "A cup; blue");
  g_assert_cmpint (wb_record_get_int (cup, WB_PRODUCT_COST), ==, 240);
  g_assert_true (
      wb_stock_figures (book, wb_record_get_int (cup, WB_PRODUCT_ID), 0, &figures, &error));
  g_assert_cmpint (figures.on_hand, ==, 12);

  /* What goes out comes in unchanged. */
  out = wb_desk_export_products (book, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (out, "\"'=1+1\""));
  put (path, out);
  import (desk, path, 0, 0, 0, 0);
  again = wb_desk_export_products (book, &error);
  g_assert_cmpstr (out, ==, again);

  /* Rows that cannot be used are told with their line; the others are. */
  put (path, "sku,name,on_hand,weight_g,cost,stock_bin\n"
             "X-CUP,,five,,,A-1\n"
             "X-CUP,,10,,,A-1\n"
             ",nameless,1,,,\n"
             "X-NEW,,1,,,\n"
             "X-CUP,,,-3,,\n"
             "X-CUP,,,,dear,\n"
             "X-CUP,,-1,,,A-1\n");
  import (desk, path, 0, 0, 1, 6);
  g_assert_true (
      wb_stock_figures (book, wb_record_get_int (cup, WB_PRODUCT_ID), 0, &figures, &error));
  g_assert_cmpint (figures.on_hand, ==, 10);
  put (path, "name,weight\nCup,3\n");
  {
    g_auto (WbProductsImport) result = { 0 };

    g_assert_false (wb_desk_import_products (desk, path, &result, NULL, &error));
    g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
  assert_sound (book);
}

static const char *
line_called (const WbProposal *proposal, const char *what)
{
  for (guint i = 0; i < proposal->lines->len; i++)
    if (g_str_equal (((WbReorderLine *) proposal->lines->pdata[i])->what, what))
      return ((WbReorderLine *) proposal->lines->pdata[i])->value;
  return NULL;
}

/* Two a day for sixty days, eight left, ten on order, from a supplier that takes ten days and sells
 * by the dozen. */
static void
test_reorder (void)
{
  g_autoptr (WbBench)           bench = new_bench ();
  g_autoptr (WbDesk)            desk = wb_bench_open (bench->book);
  g_autoptr (GError)            error = NULL;
  g_autoptr (WbProduct)         product = wb_product_new ();
  g_autoptr (WbSupplier)        supplier = wb_supplier_new ();
  g_autoptr (WbProductSupplier) terms = wb_product_supplier_new ();
  g_autoptr (WbPurchaseOrder)   purchase = wb_purchase_order_new ();
  g_autoptr (WbProposal)        proposal = NULL;
  g_autoptr (GPtrArray)         all = NULL, channels = NULL;
  WbPurchaseLine               *line = wb_purchase_line_new ();
  WbBook                       *book = wb_desk_get_book (desk);
  WbStockPlace                  at = { .actor = "test" };
  WbReorderRule                 rule = { 950, 7, 14 };
  gint64                        now = wb_now ();

  channels = wb_book_list_connections (book, WB_KIND_SHOP, &error);
  g_object_set (product, "sku", "X-TWO", "name", "Two a day", NULL);
  g_assert_true (wb_book_save (book, product, &error));
  at.product_id = wb_record_get_int (product, WB_PRODUCT_ID);
  for (guint day = 60; day > 0; day--)
    {
      g_autoptr (WbOrder) order = wb_order_new ();
      WbOrderLine        *of = wb_order_line_new ();
      g_autofree char    *ref = g_strdup_printf ("two-%u", day);

      g_object_set (order, "channel-id", wb_record_get_int (channels->pdata[0], WB_CONNECTION_ID),
                    "remote-id", ref, "number", ref, "remote-status", "completed", "shop-state",
                    WB_SHOP_DONE, "stage", WB_STAGE_SHIPPED, "placed-at", now - day * 24 * 60 * 60,
                    "currency", "EUR", "total", (gint64) 1, "charge-state", WB_CHARGE_PAID, NULL);
      g_object_set (of, "remote-id", "1", "kind", WB_LINE_ITEM, "sku", "X-TWO", "name", "Two",
                    "quantity", (gint64) 2, "shipped", (gint64) 2, "needs-shipping", TRUE, NULL);
      wb_record_add (order, WB_ORDER_LINES, of);
      g_assert_true (wb_book_insert_order (book, order, &error));
    }
  g_assert_true (wb_stock_receive (book, &at, 8, &error));
  g_object_set (supplier, "name", "Two Ltd", "lead-days", (gint64) 10, NULL);
  g_assert_true (wb_book_save (book, supplier, &error));
  g_object_set (terms, "product-id", at.product_id, "supplier-id",
                wb_record_get_int (supplier, WB_SUPPLIER_ID), "pack", (gint64) 12, "moq",
                (gint64) 20, NULL);
  g_assert_true (wb_book_save (book, terms, &error));
  g_object_set (purchase, "supplier-id", wb_record_get_int (supplier, WB_SUPPLIER_ID), "number",
                "1", NULL);
  g_object_set (line, "product-id", at.product_id, "quantity", (gint64) 10, NULL);
  wb_record_add (purchase, WB_PURCHASE_ORDER_LINES, line);
  g_assert_cmpint (wb_stock_order_goods (book, purchase, &error), !=, 0);
  g_assert_no_error (error);

  proposal = wb_reorder_propose (book, at.product_id, &rule, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < proposal->lines->len; i++)
    g_test_message ("%-50s %s", ((WbReorderLine *) proposal->lines->pdata[i])->what,
                    ((WbReorderLine *) proposal->lines->pdata[i])->value);
  g_assert_cmpint (proposal->position, ==, 18);
  g_assert_cmpfloat_with_epsilon (proposal->forecast.rate, 2, 0.05);
  g_assert_cmpuint (proposal->lead_days, ==, 10);
  g_assert_cmpfloat (proposal->point, >, 20); /* twenty in ten days, and some to be safe */
  g_assert_cmpint (proposal->quantity, >=, 20);
  g_assert_cmpint (proposal->quantity % 12, ==, 0);
  g_assert_cmpstr (line_called (proposal, "= position"), ==, "18");
  g_assert_nonnull (line_called (proposal, "+ safety stock"));
  all = wb_reorder_propose_all (book, &rule, NULL, &error);
  g_assert_cmpuint (all->len, ==, 1);
  /* Set by hand, it is bought only below that. */
  g_object_set (product, "tracked", TRUE, "reorder-point", (gint64) 5, NULL);
  g_assert_true (wb_book_save (book, product, &error));
  g_clear_pointer (&all, g_ptr_array_unref);
  all = wb_reorder_propose_all (book, &rule, NULL, &error);
  g_assert_cmpuint (all->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/stock/order", test_order);
  g_test_add_func ("/desk/stock/hold", test_hold);
  g_test_add_func ("/desk/stock/file", test_file);
  g_test_add_func ("/desk/stock/reorder", test_reorder);
  return g_test_run ();
}
