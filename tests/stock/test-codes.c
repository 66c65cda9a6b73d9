/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a scanner reads: check digits, GS1's element strings, and which product it is. */
#include "stock-bench.h"
#include "wb-gs1.h"
#include "wb-time.h"

#include <string.h>

static gint64
in_2026 (gpointer data)
{
  return 1795305600; /* 2026-11-22 */
}

static void
test_check_digits (void)
{
  static const struct
  {
    const char *text, *gtin, *kind;
  } cases[] = {
    /* GS1's own example of the calculation, and one of each length. */
    { "6291041500213", "06291041500213", WB_CODE_EAN13 },
    { "036000291452", "00036000291452", WB_CODE_UPCA },
    { "96385074", "00000096385074", WB_CODE_EAN8 },
    { "10614141000415", "10614141000415", WB_CODE_GTIN14 },
    { "6291041500214", NULL, NULL },
    { "036000291453", NULL, NULL },
    { "9638507", NULL, NULL },
    { "abcdefgh", NULL, NULL },
    { "", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char gtin[WB_GTIN_SIZE] = "untouched";

      g_assert_cmpint (wb_gtin_normalise (cases[i].text, gtin), ==, cases[i].gtin != NULL);
      g_assert_cmpstr (gtin, ==, cases[i].gtin != NULL ? cases[i].gtin : "untouched");
      g_assert_cmpstr (wb_gtin_kind (cases[i].text), ==, cases[i].kind);
    }
}

static void
test_gs1 (void)
{
  static const struct
  {
    const char *text, *gtin, *lot, *serial, *expires;
    gint64      count;
  } cases[] = {
    { "(01)06291041500213(17)271231(10)A-7", "06291041500213", "A-7", NULL, "2027-12-31", 0 },
    { "]C1010629104150021317271200"
      "10A-7\x1d"
      "2112",
      "06291041500213", "A-7", "12", "2027-12-31", 0 },
    { "]d2\x1d"
      "0106291041500213"
      "21X9\x1d"
      "3024",
      "06291041500213", NULL, "X9", NULL, 24 },
    { "(02)10614141000415(37)12(400)PO1", "10614141000415", NULL, NULL, NULL, 12 },
    { "(17)850101", "", NULL, NULL, "1985-01-01", 0 },
  };
  static const char *const wrong[] = {
    "",    "(01)06291041500214", "(01)0629104150", "(17)279931", "(99)x", "]C1", "hello", "(10)",
    "(01",
  };

  wb_clock_set (in_2026, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (WbGs1)     gs1 = { 0 };

      g_assert_true (wb_gs1_parse (cases[i].text, &gs1, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (gs1.gtin, ==, cases[i].gtin);
      g_assert_cmpstr (gs1.lot, ==, cases[i].lot);
      g_assert_cmpstr (gs1.serial, ==, cases[i].serial);
      g_assert_cmpstr (gs1.expires_on, ==, cases[i].expires);
      g_assert_cmpint (gs1.count, ==, cases[i].count);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      WbGs1              gs1 = { .count = 77 };

      g_test_message ("“%s”", wrong[i]);
      g_assert_false (wb_gs1_parse (wrong[i], &gs1, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_cmpint (gs1.count, ==, 77);
    }
  wb_clock_set (NULL, NULL);
}

/* Whatever a scanner may send, it is read or refused, within bounds. */
static void
test_noise (void)
{
  static const char letters[] = "0123456789()]\x1d"
                                "ACX0101";

  for (guint i = 0; i < 20000; i++)
    {
      char           text[40];
      g_auto (WbGs1) gs1 = { 0 };
      guint          n = (guint) g_test_rand_int_range (0, sizeof text - 1);

      for (guint k = 0; k < n; k++)
        text[k] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      text[n] = '\0';
      if (wb_gs1_parse (text, &gs1, NULL) && gs1.gtin[0] != '\0')
        g_assert_true (wb_gtin_is_valid (gs1.gtin));
    }
}

static void
assert_reads (StockBench *bench, const char *text, gint64 product_id, gint64 pack)
{
  g_autoptr (GError)   error = NULL;
  g_auto (WbStockCode) code = { 0 };

  g_assert_true (wb_stock_read_code (bench->book, text, &code, &error));
  g_assert_no_error (error);
  g_assert_cmpint (code.product_id, ==, product_id);
  g_assert_cmpint (code.pack, ==, pack);
}

static void
test_products (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GError)     error = NULL;
  g_autofree char       *own = NULL;
  gint64 cup = stock_bench_product (bench, "CUP"), tea = stock_bench_product (bench, "TEA");
  g_auto (WbStockCode) code = { 0 };

  g_assert_cmpint (wb_stock_add_code (bench->book, cup, "036000291452", 1, &error), >, 0);
  g_assert_cmpint (wb_stock_add_code (bench->book, cup, "10614141000415", 12, &error), >, 0);
  g_assert_no_error (error);
  /* A UPC-A and the EAN-13 with a zero before it are one; a box is twelve. */
  assert_reads (bench, "036000291452", cup, 1);
  assert_reads (bench, "0036000291452", cup, 1);
  assert_reads (bench, " 0036000291452\n", cup, 1);
  assert_reads (bench, "10614141000415", cup, 12);
  assert_reads (bench, "(01)10614141000415(37)2", cup, 24);
  assert_reads (bench, "TEA", tea, 1);
  assert_reads (bench, "6291041500213", 0, 1);
  g_assert_cmpint (wb_stock_add_code (bench->book, tea, "0036000291452", 1, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (wb_stock_add_code (bench->book, tea, "6291041500214", 1, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "should be 3"));
  g_clear_error (&error);
  own = wb_stock_make_code (bench->book, tea, &error);
  g_assert_no_error (error);
  assert_reads (bench, own, tea, 1);
  g_assert_true (
      wb_stock_read_code (bench->book, "(01)00036000291452(10)L7(17)271231", &code, &error));
  g_assert_cmpint (code.product_id, ==, cup);
  g_assert_cmpstr (code.lot, ==, "L7");
  g_assert_cmpstr (code.expires_on, ==, "2027-12-31");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codes/check-digits", test_check_digits);
  g_test_add_func ("/codes/gs1", test_gs1);
  g_test_add_func ("/codes/noise", test_noise);
  g_test_add_func ("/codes/products", test_products);
  return g_test_run ();
}
