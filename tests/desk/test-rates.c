/* SPDX-License-Identifier: GPL-3.0-or-later
 * Offers against the practice town: which is proposed and why, and goods insured with their label.
 */
#include "wb-bench.h"
#include "wb-test.h"

#include <string.h>

#define WEIGHT_G 800

static WbBench *
bench_in (const char *currency)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = 40;
  options.seed = 7;
  options.currency = currency;
  return wb_bench_new (&options);
}

/* Labels are sold in the money of where parcels start: dollars. */
static WbDesk *
open_in_america (WbBench *bench)
{
  WbDesk               *desk = wb_bench_open (bench->book);
  g_autoptr (GPtrArray) origins = wb_book_list_origins (wb_desk_get_book (desk), NULL);
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (origins->pdata[0], WB_ORIGIN_CITY, "New York");
  wb_record_set_text (origins->pdata[0], WB_ORIGIN_REGION, "NY");
  wb_record_set_text (origins->pdata[0], WB_ORIGIN_POSTCODE, "10001");
  wb_record_set_text (origins->pdata[0], WB_ORIGIN_COUNTRY, "US");
  wb_record_set_text (origins->pdata[0], WB_ORIGIN_ZONE, "America/New_York");
  g_assert_true (wb_desk_save_origin (desk, origins->pdata[0], &error));
  g_assert_no_error (error);
  return desk;
}

static gint64
first_calm (WbBench *bench, WbDesk *desk)
{
  g_autoptr (GArray) calm = wb_bench_calm (bench, desk);

  g_assert_cmpuint (calm->len, >, 0);
  return g_array_index (calm, gint64, 0);
}

static const char *
reason_of (GPtrArray *rates, guint i)
{
  return wb_record_get_text (rates->pdata[i], WB_RATE_REASON);
}

/* The cheapest is proposed and says so; each other one says by how much it is dearer. */
static void
test_cheapest (void)
{
  g_autoptr (WbBench)   bench = bench_in (NULL);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autoptr (GError)    error = NULL;
  WbShipAsk             ask = { .order_id = first_calm (bench, desk), .weight_g = WEIGHT_G };
  g_autoptr (GPtrArray) rates = wb_desk_get_rates (desk, &ask, NULL, &error);
  WbMoney               more = { 0 };
  g_autofree char      *dearer = NULL, *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rates->len, >, 1);
  g_assert_true (g_str_has_prefix (reason_of (rates, 0), "proposed: the cheapest"));
  for (guint i = 1; i < rates->len; i++)
    {
      g_assert_cmpint (wb_record_get_int (rates->pdata[i], WB_RATE_COST), >=,
                       wb_record_get_int (rates->pdata[0], WB_RATE_COST));
      g_assert_null (strstr (reason_of (rates, i), "proposed"));
    }
  g_assert_true (wb_money_subtract (wb_record_get_money (rates->pdata[1], WB_RATE_COST),
                                    wb_record_get_money (rates->pdata[0], WB_RATE_COST), &more,
                                    &error));
  text = wb_money_to_text (more);
  dearer = more.minor > 0 ? g_strdup_printf ("dearer by %s", text) : g_strdup ("the same price");
  g_assert_true (g_str_has_prefix (reason_of (rates, 1), dearer));
}

/* What the customer chose in the shop comes first, though another is cheaper, and is what is bought
 * when nobody chooses. */
static void
test_asked (void)
{
  g_autoptr (WbBench)    bench = bench_in (NULL);
  g_autoptr (WbDesk)     desk = wb_bench_open (bench->book);
  WbBook                *book = wb_desk_get_book (desk);
  g_autoptr (GError)     error = NULL;
  WbShipAsk              ask = { .order_id = first_calm (bench, desk), .weight_g = WEIGHT_G };
  g_autoptr (GPtrArray)  cheapest = wb_desk_get_rates (desk, &ask, NULL, &error);
  g_autoptr (GPtrArray)  rates = NULL;
  g_autoptr (WbOrder)    order = wb_book_get_order (book, ask.order_id, NULL);
  g_autoptr (WbShipment) shipment = NULL;
  WbRate                *last;
  g_autofree char       *words = NULL;

  g_assert_no_error (error);
  last = cheapest->pdata[cheapest->len - 1];
  words = g_strdup_printf ("%s – %s!", wb_record_get_text (last, WB_RATE_CARRIER),
                           wb_record_get_text (last, WB_RATE_SERVICE));
  wb_record_set_text (order, WB_ORDER_SERVICE_ASKED, words);
  g_assert_true (wb_book_update_order_head (book, order, &error));
  g_assert_no_error (error);
  rates = wb_desk_get_rates (desk, &ask, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rates->len, ==, cheapest->len);
  g_assert_cmpstr (wb_record_get_text (rates->pdata[0], WB_RATE_SERVICE), ==,
                   wb_record_get_text (last, WB_RATE_SERVICE));
  g_assert_cmpstr (reason_of (rates, 0), ==, "proposed: the service the customer asked for");
  g_assert_true (g_str_has_prefix (reason_of (rates, 1), "cheaper by"));
  shipment =
      wb_book_get_shipment (book, wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error), NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (shipment, WB_SHIPMENT_SERVICE), ==,
                   wb_record_get_text (last, WB_RATE_SERVICE));
}

/* What the ledger says the label of @order_id cost. */
static gint64
label_cost (WbBook *book, gint64 order_id)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, order_id, NULL);
  gint64                cost = 0;

  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_LABEL))
      cost -= wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
  return cost;
}

/* The fee is in the offer, the goods are insured with the purchase, and the ledger has both in one
 * cost. */
static void
test_insured (void)
{
  g_autoptr (WbBench)    bench = bench_in ("USD");
  g_autoptr (WbDesk)     desk = open_in_america (bench);
  WbBook                *book = wb_desk_get_book (desk);
  g_autoptr (GError)     error = NULL;
  WbShipAsk              ask = { .order_id = first_calm (bench, desk), .weight_g = WEIGHT_G };
  g_autoptr (GPtrArray)  bare = wb_desk_get_rates (desk, &ask, NULL, &error);
  g_autoptr (GPtrArray)  insured = NULL;
  g_autoptr (WbShipment) shipment = NULL;
  WbMoney                value, fee;
  gint64                 id, both;

  g_assert_no_error (error);
  g_assert_true (wb_desk_price_insurance (desk, &ask, NULL, &value, &fee, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (value.minor, >, 0);
  g_assert_cmpint (fee.minor, ==, MAX (50, (value.minor + 199) / 200));
  ask.insured = WB_INSURE_GOODS;
  insured = wb_desk_get_rates (desk, &ask, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_record_get_int (insured->pdata[0], WB_RATE_INSURANCE), ==, fee.minor);
  both = wb_record_get_int (insured->pdata[0], WB_RATE_COST);
  g_assert_cmpint (both, ==, wb_record_get_int (bare->pdata[0], WB_RATE_COST) + fee.minor);
  id = wb_desk_plan_shipment (desk, &ask, insured->pdata[0], NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (desk, id, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  shipment = wb_book_get_shipment (book, id, NULL);
  g_assert_cmpint (wb_record_get_int (shipment, WB_SHIPMENT_INSURED), ==, value.minor);
  g_assert_cmpint (wb_record_get_int (shipment, WB_SHIPMENT_COST), ==, both);
  g_assert_cmpint (label_cost (book, ask.order_id), ==, both);
}

/* The answer to the purchase is lost: what the carrier tells when asked is insured all the same. */
static void
test_insured_lost_answer (void)
{
  g_autoptr (WbBench)    bench = bench_in ("USD");
  g_autoptr (WbDesk)     desk = open_in_america (bench);
  g_autoptr (GError)     error = NULL;
  WbShipAsk              ask = { .order_id = first_calm (bench, desk),
                                 .weight_g = WEIGHT_G,
                                 .insured = WB_INSURE_GOODS };
  gint64                 id = wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error), value;
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (wb_desk_get_book (desk), id, NULL);

  g_assert_no_error (error);
  value = wb_record_get_int (shipment, WB_SHIPMENT_INSURED);
  g_assert_cmpint (value, >, 0);
  wb_bench_fault (bench, "easypost", "POST", "/buy$", "cut-after", 0);
  if (!wb_desk_ship (desk, id, NULL, NULL, NULL, &error))
    {
      g_clear_error (&error);
      wb_bench_no_faults (bench);
      g_assert_true (wb_desk_ship (desk, id, NULL, NULL, NULL, &error));
    }
  g_assert_no_error (error);
  g_clear_object (&shipment);
  shipment = wb_book_get_shipment (wb_desk_get_book (desk), id, NULL);
  g_assert_cmpint (wb_record_get_int (shipment, WB_SHIPMENT_INSURED), ==, value);
  g_assert_cmpint (label_cost (wb_desk_get_book (desk), ask.order_id), ==,
                   wb_record_get_int (shipment, WB_SHIPMENT_COST));
}

/* In another currency it is not insured, and the reason is said; nothing is planned. */
static void
test_uninsurable (void)
{
  g_autoptr (WbBench)   bench = bench_in ("EUR");
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rates = NULL, shipments = NULL;
  WbMoney               value = { 0 }, fee = { 0 };
  WbShipAsk             ask = { .order_id = first_calm (bench, desk),
                                .weight_g = WEIGHT_G,
                                .insured = WB_INSURE_GOODS };

  g_assert_false (wb_desk_price_insurance (desk, &ask, NULL, &value, &fee, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "US dollars only"));
  g_assert_nonnull (strstr (error->message, "EUR"));
  g_clear_error (&error);
  rates = wb_desk_get_rates (desk, &ask, NULL, &error);
  g_assert_null (rates);
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error), ==, 0);
  shipments = wb_book_list_shipments (wb_desk_get_book (desk), ask.order_id, NULL);
  g_assert_cmpuint (shipments->len, ==, 0);
}

/* Dollar goods that leave from where labels cost euros: the two are not one price. */
static void
test_two_currencies (void)
{
  g_autoptr (WbBench)   bench = bench_in ("USD");
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autoptr (GError)    error = NULL;
  WbMoney               value = { 0 }, fee = { 0 };
  WbShipAsk             ask = { .order_id = first_calm (bench, desk), .weight_g = WEIGHT_G };
  g_autoptr (GPtrArray) rates = wb_desk_get_rates (desk, &ask, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (wb_desk_price_insurance (desk, &ask, NULL, &value, &fee, NULL, &error));
  g_assert_false (wb_desk_price_insurance (desk, &ask, rates, &value, &fee, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/rates/cheapest", test_cheapest);
  g_test_add_func ("/desk/rates/asked", test_asked);
  g_test_add_func ("/desk/rates/insured", test_insured);
  g_test_add_func ("/desk/rates/insured-lost-answer", test_insured_lost_answer);
  g_test_add_func ("/desk/rates/uninsurable", test_uninsurable);
  g_test_add_func ("/desk/rates/two-currencies", test_two_currencies);
  return g_test_run ();
}
