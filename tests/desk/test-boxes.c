/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which box is proposed for an order of the practice town, and why the others are not. */
#include "wb-bench.h"
#include "wb-desk-boxes.h"
#include "wb-practice-goods.h"
#include "wb-rules.h"
#include "wb-test.h"

#include <string.h>

static void
add_package (
    WbDesk *desk, const char *name, const gint64 *size, gint64 weight, gint64 cost, gint64 stock)
{
  g_autoptr (WbPackage) package = wb_package_new ();
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (package, WB_PACKAGE_NAME, name);
  wb_record_set_int (package, WB_PACKAGE_LENGTH_MM, size[0]);
  wb_record_set_int (package, WB_PACKAGE_WIDTH_MM, size[1]);
  wb_record_set_int (package, WB_PACKAGE_HEIGHT_MM, size[2]);
  wb_record_set_int (package, WB_PACKAGE_WEIGHT_G, weight);
  wb_record_set_int (package, WB_PACKAGE_COST, cost);
  wb_record_set_text (package, WB_PACKAGE_CURRENCY, "EUR");
  wb_record_set_bool (package, WB_PACKAGE_COUNTED, stock >= 0);
  wb_record_set_int (package, WB_PACKAGE_STOCK, MAX (stock, 0));
  g_assert_true (wb_desk_save_package (desk, package, &error));
  g_assert_no_error (error);
}

/* Every product of the order gets this size; @sized FALSE: the first one's is not known. */
static void
size_products (WbDesk *desk, gint64 order_id, gboolean sized)
{
  WbBook             *book = wb_desk_get_book (desk);
  g_autoptr (WbOrder) order = wb_book_get_order (book, order_id, NULL);
  GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (WbProduct) product = NULL;
      g_autoptr (GError)    error = NULL;

      g_assert_true (wb_book_product_of (book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID),
                                         lines->pdata[i], &product, &error));
      g_assert_no_error (error);
      if (product == NULL)
        continue;
      wb_record_set_int (product, WB_PRODUCT_LENGTH_MM, sized ? 100 : 0);
      wb_record_set_int (product, WB_PRODUCT_WIDTH_MM, 80);
      wb_record_set_int (product, WB_PRODUCT_HEIGHT_MM, 50);
      wb_record_set_int (product, WB_PRODUCT_WEIGHT_G, 300);
      g_assert_true (wb_book_save (book, product, &error));
    }
}

static WbBoxOffer *
find (GPtrArray *offers, const char *package)
{
  for (guint i = 0; i < offers->len; i++)
    if (g_str_equal (((WbBoxOffer *) offers->pdata[i])->package, package))
      return offers->pdata[i];
  return NULL;
}

/* An order all of whose goods are products that the book knows. */
static gint64
known_order (WbBench *bench, WbDesk *desk)
{
  g_autoptr (GArray) calm = wb_bench_calm (bench, desk);
  WbBook            *book = wb_desk_get_book (desk);

  for (guint i = 0; i < calm->len; i++)
    {
      gint64              id = g_array_index (calm, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (book, id, NULL);
      GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);
      gboolean            known = TRUE;

      for (guint k = 0; k < lines->len; k++)
        {
          g_autoptr (WbProduct) product = NULL;

          if (wb_order_line_to_pack (lines->pdata[k]) > 0)
            known &= wb_book_product_of (book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID),
                                         lines->pdata[k], &product, NULL) &&
                     product != NULL;
        }
      if (known)
        return id;
    }
  return 0;
}

static WbBench *
bench_with_order (WbDesk **desk, gint64 *order_id)
{
  WbTownOptions         options = WB_TOWN_OPTIONS_INIT;
  WbBench              *bench;
  g_autoptr (GPtrArray) shops = NULL;

  options.orders = 40;
  options.seed = 7;
  bench = wb_bench_new (&options);
  *desk = wb_bench_open (bench->book);
  shops = wb_book_list_connections (wb_desk_get_book (*desk), WB_KIND_SHOP, NULL);
  g_assert_true (wb_practice_make_products (
      wb_desk_get_book (*desk), wb_record_get_int (shops->pdata[0], WB_CONNECTION_ID), NULL));
  *order_id = known_order (bench, *desk);
  g_assert_cmpint (*order_id, !=, 0);
  add_package (*desk, "Tiny", (const gint64[]){ 60, 60, 30 }, 20, 10, -1);
  add_package (*desk, "Huge", (const gint64[]){ 900, 600, 500 }, 900, 400, -1);
  add_package (*desk, "Gone", (const gint64[]){ 400, 300, 200 }, 200, 60, 0);
  return bench;
}

static void
test_proposed (void)
{
  g_autoptr (WbDesk)    desk = NULL;
  gint64                order_id = 0;
  g_autoptr (WbBench)   bench = bench_with_order (&desk, &order_id);
  g_autoptr (GError)    error = NULL;
  WbShipAsk             ask = { .order_id = order_id };
  g_autoptr (GPtrArray) offers = NULL;
  WbBoxOffer           *first;

  size_products (desk, order_id, TRUE);
  offers = wb_desk_propose_boxes (desk, &ask, FALSE, NULL, &error);
  g_assert_no_error (error);
  first = offers->pdata[0];
  g_assert_true (first->fits);
  g_assert_true (first->sure);
  g_assert_cmpint (first->filled, >, 0);
  g_assert_cmpint (first->weight_g, >, 0);
  g_assert_cmpstr (first->package, !=, "Huge");
  g_assert_false (find (offers, "Tiny")->fits);
  g_assert_nonnull (strstr (find (offers, "Tiny")->reason, "too small"));
  g_assert_false (find (offers, "Gone")->fits);
  g_assert_nonnull (strstr (find (offers, "Gone")->reason, "none of them is left"));
  g_assert_cmpint (find (offers, "Huge")->billed_g, ==, 900 * 600 * 500 / 5000);
}

static gint64
ups_cost (GPtrArray *rates)
{
  for (guint i = 0; i < rates->len; i++)
    if (g_str_equal (wb_record_get_text (rates->pdata[i], WB_RATE_CARRIER), "UPS"))
      return wb_record_get_money (rates->pdata[i], WB_RATE_COST).minor;
  g_assert_not_reached ();
}

/* By what the carrier asks: the first is the cheapest of those that were asked for. */
static void
test_rated (void)
{
  g_autoptr (WbDesk)    desk = NULL;
  gint64                order_id = 0;
  g_autoptr (WbBench)   bench = bench_with_order (&desk, &order_id);
  g_autoptr (GError)    error = NULL;
  WbShipAsk             ask = { .order_id = order_id };
  g_autoptr (GPtrArray) offers = NULL;
  WbBoxOffer           *first;
  guint                 rated = 0;

  size_products (desk, order_id, TRUE);
  offers = wb_desk_propose_boxes (desk, &ask, TRUE, NULL, &error);
  g_assert_no_error (error);
  first = offers->pdata[0];
  g_assert_true (first->fits);
  g_assert_cmpstr (first->rate.currency, ==, "EUR");
  g_assert_nonnull (strstr (first->reason, "the cheapest"));
  for (guint i = 0; i < offers->len; i++)
    {
      WbBoxOffer *offer = offers->pdata[i];

      if (offer->rate.currency[0] == '\0')
        continue;
      rated++;
      g_assert_cmpint (offer->rate.minor + offer->box_cost.minor, >=,
                       first->rate.minor + first->box_cost.minor);
    }
  g_assert_cmpuint (rated, >=, 2);
  g_assert_cmpuint (rated, <=, 3);
}

/* The box that is billed least costs a fortune itself: what is paid in all decides. */
static void
test_in_all (void)
{
  g_autoptr (WbDesk)    desk = NULL;
  gint64                order_id = 0;
  g_autoptr (WbBench)   bench = bench_with_order (&desk, &order_id);
  g_autoptr (GError)    error = NULL;
  WbShipAsk             ask = { .order_id = order_id };
  g_autoptr (GPtrArray) packages = NULL, least = NULL, cheapest = NULL;
  const char           *dear;

  size_products (desk, order_id, TRUE);
  least = wb_desk_propose_boxes (desk, &ask, FALSE, NULL, &error);
  g_assert_no_error (error);
  dear = ((WbBoxOffer *) least->pdata[0])->package;
  packages = wb_book_list_packages (wb_desk_get_book (desk), NULL);
  for (guint i = 0; i < packages->len; i++)
    if (g_str_equal (wb_record_get_text (packages->pdata[i], WB_PACKAGE_NAME), dear))
      {
        wb_record_set_int (packages->pdata[i], WB_PACKAGE_COST, 5000);
        wb_record_set_text (packages->pdata[i], WB_PACKAGE_CURRENCY, "EUR");
        g_assert_true (wb_desk_save_package (desk, packages->pdata[i], &error));
      }
  cheapest = wb_desk_propose_boxes (desk, &ask, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((WbBoxOffer *) cheapest->pdata[0])->package, !=, dear);
  g_assert_cmpint (find (cheapest, dear)->billed_g, <=,
                   ((WbBoxOffer *) cheapest->pdata[0])->billed_g);
}

/* What the carrier itself bills for a parcel that is large for its weight. */
static void
test_bulky (void)
{
  char                  tiny[] = "Tiny", huge[] = "Huge";
  g_autoptr (WbDesk)    desk = NULL;
  gint64                order_id = 0;
  g_autoptr (WbBench)   bench = bench_with_order (&desk, &order_id);
  g_autoptr (GError)    error = NULL;
  WbShipAsk             ask = { .order_id = order_id, .weight_g = 900 };
  g_autoptr (GPtrArray) small = NULL, bulky = NULL;

  ask.package = tiny;
  small = wb_desk_get_rates (desk, &ask, NULL, &error);
  g_assert_no_error (error);
  ask.package = huge;
  bulky = wb_desk_get_rates (desk, &ask, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ups_cost (bulky), >, ups_cost (small));
}

/* Nobody knows what all goes into: the usual one is proposed, whatever the others cost. */
static void
test_not_known (void)
{
  g_autoptr (WbDesk)    desk = NULL;
  gint64                order_id = 0;
  g_autoptr (WbBench)   bench = bench_with_order (&desk, &order_id);
  g_autoptr (GError)    error = NULL;
  WbShipAsk             ask = { .order_id = order_id };
  g_autoptr (GPtrArray) offers = NULL, rated = NULL;
  WbBoxOffer           *first;

  size_products (desk, order_id, FALSE);
  offers = wb_desk_propose_boxes (desk, &ask, FALSE, NULL, &error);
  g_assert_no_error (error);
  first = offers->pdata[0];
  g_assert_false (first->sure);
  g_assert_true (first->usual);
  g_assert_cmpstr (first->package, ==, "Box M");
  g_assert_nonnull (strstr (first->reason, "your usual one"));
  g_assert_nonnull (strstr (first->reason, "not known"));
  g_assert_false (wb_box_offers_hang_on_price (offers));
  rated = wb_desk_propose_boxes (desk, &ask, TRUE, NULL, &error);
  g_assert_no_error (error);
  first = rated->pdata[0];
  g_assert_cmpstr (first->package, ==, "Box M");
  g_assert_null (strstr (first->reason, "the cheapest"));
}

/* A rule's box is proposed even where it costs more or seems too small; then it says so. */
static void
test_wished (void)
{
  static const char *const wished[] = { "Huge", "Tiny", "No such box" };
  g_autoptr (WbDesk)       desk = NULL;
  gint64                   order_id = 0;
  g_autoptr (WbBench)      bench = bench_with_order (&desk, &order_id);
  g_autoptr (WbRule)       rule = wb_rule_new ();
  WbShipAsk                ask = { .order_id = order_id };

  size_products (desk, order_id, TRUE);
  wb_record_set_text (rule, WB_RULE_NAME, "Gifts");
  wb_record_set_bool (rule, WB_RULE_ENABLED, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (wished); i++)
    {
      g_autofree char      *action = g_strdup_printf ("package %s", wished[i]);
      g_autoptr (GError)    error = NULL;
      g_autoptr (GPtrArray) offers = NULL;
      WbBoxOffer           *first;
      gboolean              is_there;

      wb_record_set_text (rule, WB_RULE_ACTIONS, NULL);
      g_assert_true (wb_rule_add_action (rule, action, &error));
      g_assert_true (wb_desk_save_rule (desk, rule, &error));
      g_assert_true (wb_desk_apply_rules (desk, order_id, &error));
      offers = wb_desk_propose_boxes (desk, &ask, FALSE, NULL, &error);
      g_assert_no_error (error);
      first = offers->pdata[0];
      is_there = find (offers, wished[i]) != NULL;
      g_assert_true (first->wished == is_there);
      g_assert_true (first->fits == !g_str_equal (wished[i], "Tiny"));
      g_assert_true ((strstr (first->reason, "your rule wishes it") != NULL) == is_there);
      g_assert_true ((strstr (first->reason, "too small") != NULL) == !first->fits);
      g_assert_true (wb_box_offers_hang_on_price (offers) == !is_there);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/boxes/proposed", test_proposed);
  g_test_add_func ("/desk/boxes/rated", test_rated);
  g_test_add_func ("/desk/boxes/in-all", test_in_all);
  g_test_add_func ("/desk/boxes/bulky", test_bulky);
  g_test_add_func ("/desk/boxes/not-known", test_not_known);
  g_test_add_func ("/desk/boxes/wished", test_wished);
  return g_test_run ();
}
