/* SPDX-License-Identifier: GPL-3.0-or-later
 * Customs: between whom they are, which paper they want, and that no label is bought before they
 * can be told all. */
#include "wb-bench.h"
#include "wb-customs-rules.h"
#include "wb-test.h"

#include <string.h>

static void
test_unions (void)
{
  static const struct
  {
    const char *from, *from_code, *to, *to_code;
    gboolean    needed;
  } cases[] = {
    { "DE", "10119", "FR", "75001", FALSE }, { "DE", "10119", "US", "60614", TRUE },
    { "de", "10119", "at", "1010", FALSE },  { "DE", "10119", "DE", "27498", TRUE },
    { "ES", "28013", "ES", "35001", TRUE },  { "DE", "10119", "GB", "SW1A 1AA", TRUE },
    { "IE", "D02", "GB", "BT1 5GS", FALSE }, { "US", "94104", "PR", "00901", FALSE },
    { "CH", "8001", "LI", "9490", FALSE },   { "DE", "10119", "CH", "8001", TRUE },
    { "US", "94104", "US", "60614", FALSE }, { "DE", "10119", NULL, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (wb_customs_needed (cases[i].from, cases[i].from_code, cases[i].to, cases[i].to_code) !=
        cases[i].needed)
      g_error ("%s %s to %s %s", cases[i].from, cases[i].from_code, cases[i].to, cases[i].to_code);
}

/* CN 22 only for light letters certainly below the limit; in doubt CN 23. */
static void
test_forms (void)
{
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 900, 5000, "EUR", 2), ==,
                    WB_FORM_CN22);
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 2000, 5000, "EUR", 2), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 900, 34000, "EUR", 2), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 900, 5000, "XAF", 2), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 900, 5000, "EUR", 5), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("DHLPaket", "DHLPaketInternational", 100, 100, "EUR", 1), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("UPS", "UPSSaver", 100, 100, "EUR", 1), ==, WB_FORM_INVOICE);
  g_assert_cmpuint (wb_customs_forms ("Snail", "Fast", 100, 100, "EUR", 1), ==,
                    WB_FORM_CN23 | WB_FORM_INVOICE);
}

static void
test_hs_codes (void)
{
  g_autofree char *code = wb_product_normalise_hs ("6911.10.00");

  g_assert_cmpstr (code, ==, "69111000");
  g_assert_null (wb_product_normalise_hs ("6911"));
  g_assert_null (wb_product_normalise_hs ("69111X"));
  g_assert_null (wb_product_normalise_hs (NULL));
}

/* An order abroad that may be shipped, all of its goods known. */
static gint64
find_abroad (WbDesk *desk)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbBook                  *book = wb_desk_get_book (desk);
  WbOrderQuery             query = { .stages = stages };
  g_autoptr (GArray)       ids = wb_book_list_order_ids (book, &query, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (book, g_array_index (ids, gint64, i), NULL);
      gpointer            to = wb_record_get_one (order, WB_ORDER_SHIP_TO);
      GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);
      gboolean            known = TRUE;

      for (guint k = 0; k < lines->len; k++)
        known = known && (wb_order_line_to_pack (lines->pdata[k]) == 0 ||
                          wb_record_get_text (lines->pdata[k], WB_ORDER_LINE_SKU) != NULL);
      if (known && to != NULL &&
          wb_customs_needed ("DE", "10119", wb_record_get_text (to, WB_ADDRESS_COUNTRY),
                             wb_record_get_text (to, WB_ADDRESS_POSTCODE)))
        return g_array_index (ids, gint64, i);
    }
  return 0;
}

static void
set_hs (WbDesk *desk, const char *code)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) products = wb_book_list_products (wb_desk_get_book (desk), &error);

  for (guint i = 0; i < products->len; i++)
    if (!wb_record_get_bool (products->pdata[i], WB_PRODUCT_DIGITAL))
      {
        wb_record_set_text (products->pdata[i], WB_PRODUCT_HS_CODE, code);
        g_assert_true (wb_book_save (wb_desk_get_book (desk), products->pdata[i], &error));
      }
  g_assert_no_error (error);
}

/* Without tariff numbers nothing is planned and the carrier sells nothing; with them the label is
 * bought and its papers can be made. */
static void
test_gaps (void)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  WbBench           *bench = wb_bench_new (&options);
  g_autoptr (WbDesk) desk = wb_bench_open (bench->book);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     papers = NULL;
  WbShipAsk          ask = { .order_id = find_abroad (desk), .weight_g = 1200 };
  gint64             shipment;

  g_assert_cmpint (ask.order_id, !=, 0);
  set_hs (desk, NULL);
  g_assert_cmpint (wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "tariff number"));
  g_assert_nonnull (strstr (error->message, "Nothing was bought"));
  g_clear_error (&error);
  set_hs (desk, "691110");
  shipment = wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  papers = wb_desk_needed_papers (desk, shipment, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (papers), >=, 2);
  for (guint i = 0; papers[i] != NULL; i++)
    {
      g_autoptr (GBytes) paper = wb_desk_make_paper (desk, papers[i], 0, shipment, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (paper), >, 1000);
    }
  g_clear_object (&desk);
  wb_bench_free (bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/customs/unions", test_unions);
  g_test_add_func ("/customs/forms", test_forms);
  g_test_add_func ("/customs/hs-codes", test_hs_codes);
  g_test_add_func ("/customs/gaps", test_gaps);
  return g_test_run ();
}
