/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Shopify module against the whole practice shop: the first import by file and by page, tokens,
 * cost, rights, stock and changes. */
#include "shopify-bench.h"

#include <string.h>

#include "wb-json.h"
#include "wb-test.h"

/* ---- import ---- */

/* The first import reads a file; by page it comes out the same; then only what changed. */
static void
test_import (void)
{
  g_auto (ShopifyBench) by_file = shopify_bench_new (120);
  g_auto (ShopifyBench) by_page = shopify_bench_new (120);
  GHashTableIter        iter;
  gpointer              id, order;

  shopify_tell (&by_page, "/town/shopify", "{\"bulk\":false}");
  shopify_sync_ok (&by_file);
  shopify_sync_ok (&by_page);
  shopify_check_books (&by_file);
  shopify_check_books (&by_page);
  g_assert_cmpuint (g_hash_table_size (by_file.orders), >, 90);
  g_assert_cmpuint (g_hash_table_size (by_file.orders), ==, g_hash_table_size (by_page.orders));
  g_hash_table_iter_init (&iter, by_file.orders);
  while (g_hash_table_iter_next (&iter, &id, &order))
    {
      gpointer              other = g_hash_table_lookup (by_page.orders, id);
      g_autoptr (GPtrArray) changes = NULL;

      g_assert_nonnull (other);
      changes = wb_record_diff (order, other);
      g_assert_cmpuint (changes->len, ==, 0);
    }
}

/* A shop where nothing changed is one request; what changed is read, and nothing else. */
static void
test_idle (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (60);
  guint                 before;
  g_autofree char      *path = NULL;

  shopify_sync_ok (&bench);
  shopify_tell (&bench, "/town/clock", "{\"advance\":4000}");
  shopify_tell (&bench, "/town/arrive", "{\"n\":5}");
  shopify_sync_ok (&bench);
  shopify_tell (&bench, "/town/clock", "{\"advance\":4000}");
  shopify_sync_ok (&bench);
  for (guint i = 0; i < 3; i++)
    {
      before = shopify_n_requests (&bench);
      shopify_sync_ok (&bench);
      g_assert_cmpuint (shopify_n_requests (&bench) - before, ==, 1);
      g_assert_cmpuint (bench.read, ==, 0);
    }
  path = g_strdup_printf (
      "/town/orders/%s",
      wb_record_get_text (shopify_find (&bench, shopify_is_free), WB_ORDER_REMOTE_ID));
  shopify_tell (&bench, path, "{\"status\":\"cancelled\"}");
  shopify_sync_ok (&bench);
  g_assert_cmpuint (bench.read, >=, 1);
  shopify_check_books (&bench);
}

/* An import that stops in the middle of the file goes on, and gets the same orders. */
static void
test_resume (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (260);
  g_autoptr (GError)    error = NULL;
  guint                 first;

  bench.stop_after = 2; /* the file's name, then the first hundred */
  g_assert_false (shopify_read_changes (&bench, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
  first = g_hash_table_size (bench.orders);
  g_assert_cmpuint (first, ==, 100);
  bench.stop_after = 0;
  shopify_sync_ok (&bench);
  shopify_check_books (&bench);
  g_assert_cmpuint (g_hash_table_size (bench.orders), >, 200);
  g_assert_cmpuint (bench.read, <, g_hash_table_size (bench.orders));
}

/* ---- tokens, cost and rights ---- */

static void
test_tokens (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (10);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbShop)    fixed = NULL;
  g_autoptr (WbShop)    wrong = NULL;
  WbShopFindings        found = { 0 };

  shopify_sync_ok (&bench);
  shopify_tell (&bench, "/town/shopify", "{\"revoke\":true}");
  shopify_sync_ok (&bench); /* another was got */
  shopify_tell (&bench, "/town/clock", "{\"advance\":90000}");
  shopify_sync_ok (&bench); /* the shop's clock says it has lapsed */
  fixed = shopify_open_with (bench.town, "", WB_TOWN_SHOPIFY_TOKEN, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_shop_probe (fixed, &found, NULL, &error));
  g_assert_no_error (error);
  wb_shop_findings_clear (&found);
  wrong = shopify_open_with (bench.town, WB_TOWN_SHOPIFY_ID, "shpss_wrong", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (wb_shop_probe (wrong, &found, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_null (shopify_open_with (bench.town, "only-an-id", "", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
}

/* An empty bucket is waited for by the shop's own figures. */
static void
test_throttle (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (10);
  gint64                begun;

  shopify_sync_ok (&bench);
  shopify_tell (&bench, "/town/shopify", "{\"available\":-400,\"restore_rate\":1200}");
  begun = g_get_monotonic_time ();
  shopify_sync_ok (&bench);
  g_assert_cmpint (g_get_monotonic_time () - begun, >, 400 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 8 * G_USEC_PER_SEC);
}

/* What the app may not do is named, and the rest goes on without. */
static void
test_rights (void)
{
  g_auto (ShopifyBench)   bench = shopify_bench_new (20);
  g_auto (WbShopFindings) found = { 0 };
  g_autoptr (GError)      error = NULL;
  g_autoptr (WbShop)      fixed = NULL;

  wb_shop_probe (bench.shop, &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (found.can_write && found.can_fulfil);
  g_assert_null (found.notes);
  g_assert_cmpstr (found.currency, ==, "EUR");
  g_assert_cmpint (found.orders, >, 10);
  wb_shop_findings_clear (&found);
  found = (WbShopFindings){ 0 };

  shopify_tell (
      &bench, "/town/shopify",
      "{\"scopes\":\"read_orders read_products read_merchant_managed_fulfillment_orders\"}");
  fixed = shopify_open_with (bench.town, "", WB_TOWN_SHOPIFY_TOKEN, NULL, &error);
  wb_shop_probe (fixed, &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (found.can_write);
  g_assert_nonnull (strstr (found.notes, "read_returns"));
  g_assert_nonnull (strstr (found.notes, "read_all_orders"));
  g_assert_null (strstr (found.notes, "read_products"));
  g_set_object (&bench.shop, fixed);
  shopify_sync_ok (&bench);
  shopify_check_books (&bench);
  g_clear_object (&bench.shop); /* one that has not asked for its rights meets the refusal first */
  bench.shop = shopify_open_with (bench.town, "", WB_TOWN_SHOPIFY_TOKEN, NULL, &error);
  shopify_sync_ok (&bench);
  shopify_check_books (&bench);
}

/* ---- stock ---- */

typedef struct
{
  GPtrArray *listings;
} Shelf;

static gboolean
listing_cb (GPtrArray  *listings,
            GPtrArray  *problems,
            const char *cursor,
            gint64      done,
            gint64      total,
            gpointer    data,
            GError    **error)
{
  Shelf *shelf = data;

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_null (cursor);
  for (guint i = 0; i < listings->len; i++)
    g_ptr_array_add (shelf->listings, g_object_ref (listings->pdata[i]));
  return TRUE;
}

static gpointer
listing_of (Shelf *shelf, const char *sku)
{
  for (guint i = 0; i < shelf->listings->len; i++)
    if (g_strcmp0 (wb_record_get_text (shelf->listings->pdata[i], WB_LISTING_SKU), sku) == 0)
      return shelf->listings->pdata[i];
  g_assert_not_reached ();
}

/* Setting is compared by the shop: a sale in between is a conflict that says what there is. */
static void
test_stock (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (10);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func (g_object_unref);
  Shelf                 shelf = { .listings = listings };
  gpointer              tea;
  gint64                shown = 0;
  WbShopStock           stock = { .quantity = 12, .key = "publish-1" };

  g_assert_true (wb_shop_fetch_listings (bench.shop, NULL, listing_cb, &shelf, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (listings->len, >, 15);
  tea = listing_of (&shelf, "TEE-001");
  g_assert_cmpint (wb_record_get_int (tea, WB_LISTING_WEIGHT_G), ==, 1200);
  g_assert_true (wb_record_get_bool (tea, WB_LISTING_MANAGED));
  g_assert_cmpint (wb_record_get_int (tea, WB_LISTING_SHOWN), ==, 40);
  stock.stock_ref = wb_record_get_text (tea, WB_LISTING_STOCK_REF);
  stock.expected = 40;
  shopify_tell (&bench, "/town/shopify", "{\"take\":{\"good\":11,\"pieces\":3}}");
  g_assert_false (wb_shop_set_stock (bench.shop, &stock, &shown, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_assert_cmpint (shown, ==, 37);
  g_clear_error (&error);
  stock.expected = 37;
  stock.key = "publish-2";
  g_assert_true (wb_shop_set_stock (bench.shop, &stock, &shown, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (shown, ==, 12);
  g_assert_true (wb_shop_read_stock (bench.shop, tea, &shown, NULL, &error));
  g_assert_cmpint (shown, ==, 12);
}

/* The place of the settings, and one the shop does not have. */
static void
test_places (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (10);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func (g_object_unref);
  Shelf                 shelf = { .listings = listings };

  g_clear_object (&bench.shop);
  bench.shop = shopify_open_with (bench.town, WB_TOWN_SHOPIFY_ID, WB_TOWN_SHOPIFY_SECRET,
                                  "{\"location\":2}", &error);
  g_assert_true (wb_shop_fetch_listings (bench.shop, NULL, listing_cb, &shelf, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_record_get_int (listing_of (&shelf, "TEE-001"), WB_LISTING_SHOWN), ==, 3);
}

/* ---- the rest ---- */

static void
test_changes (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbAddress) address = wb_address_new ();
  g_autoptr (WbOrder)   after = NULL;
  g_autoptr (GPtrArray) open = NULL;
  WbShopChange change = { .kind = WB_SHOP_CHANGE_NOTE, .key = "n1", .text = "Rings twice" };

  shopify_sync_ok (&bench);
  change.order_ref =
      wb_record_get_text (shopify_find (&bench, shopify_is_free), WB_ORDER_REMOTE_ID);
  wb_record_set_text (address, WB_ADDRESS_NAME, "Ada Maria Lang");
  wb_record_set_text (address, WB_ADDRESS_STREET1, "Neue Gasse 1");
  wb_record_set_text (address, WB_ADDRESS_CITY, "Köln");
  wb_record_set_text (address, WB_ADDRESS_POSTCODE, "50667");
  wb_record_set_text (address, WB_ADDRESS_COUNTRY, "DE");
  change.ship_to = address;
  for (guint i = 0; i < 3; i++)
    {
      static const WbShopChangeKind kinds[] = { WB_SHOP_CHANGE_NOTE, WB_SHOP_CHANGE_ADDRESS,
                                                WB_SHOP_CHANGE_CANCEL };

      change.kind = kinds[i];
      g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), ==,
                       WB_FINDING_NOT_DONE);
      g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), ==,
                       WB_FINDING_DONE);
    }
  after = shopify_fetch (&bench, change.order_ref);
  g_assert_nonnull (strstr (wb_record_get_text (after, WB_ORDER_NOTE), "Rings twice"));
  g_assert_cmpstr (
      wb_record_get_text (wb_record_get_one (after, WB_ORDER_SHIP_TO), WB_ADDRESS_NAME), ==,
      "Ada Maria Lang");
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_SHOP_STATE), ==, WB_SHOP_CANCELLED);
  open = wb_shop_list_open (bench.shop, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->len, >, 10);
  for (guint i = 0; i < open->len; i++)
    {
      const WbShopStanding *standing = open->pdata[i];
      gpointer              order = g_hash_table_lookup (bench.orders, standing->order_ref);

      g_assert_cmpstr (standing->order_ref, !=, change.order_ref);
      g_assert_nonnull (order);
      g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_SHOP_STATE), ==, WB_SHOP_OPEN);
    }
}

/* An order of two articles at least, that nothing was done to. */
static gboolean
is_of_two (gpointer order)
{
  return shopify_is_free (order) &&
         wb_record_get_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[1],
                            WB_ORDER_LINE_QUANTITY) > 0 &&
         wb_order_to_ship (order) > 1;
}

/* More of one line, none of another, and all as one edit; the total is the shop's own. */
static void
test_pieces (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  gpointer              order, line;
  g_autoptr (WbOrder)   after = NULL, last = NULL;
  g_autoptr (GError)    error = NULL;
  gint64                pieces[2], worth;
  WbShopChange          change = {
             .kind = WB_SHOP_CHANGE_LINES, .key = "p1", .text = "By phone", .quantities = pieces
  };

  shopify_sync_ok (&bench);
  order = shopify_find (&bench, is_of_two);
  line = wb_record_get_many (order, WB_ORDER_LINES)->pdata[0];
  change.order_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID);
  change.line_refs =
      (const char *[]){ wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID),
                        wb_record_get_text (wb_record_get_many (order, WB_ORDER_LINES)->pdata[1],
                                            WB_ORDER_LINE_REMOTE_ID),
                        NULL };
  pieces[0] = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) * 2;
  pieces[1] = 0;
  shopify_tell (&bench, "/town/shopify",
                "{\"scopes\":\"write_orders read_merchant_managed_fulfillment_orders "
                "read_products read_returns read_customers\"}");
  g_assert_false (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "write_order_edits"));
  g_clear_error (&error);
  shopify_tell (&bench, "/town/shopify",
                "{\"scopes\":\"write_orders write_order_edits "
                "read_merchant_managed_fulfillment_orders read_products read_returns "
                "read_customers\"}");
  g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), ==,
                   WB_FINDING_NOT_DONE);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), ==,
                       WB_FINDING_DONE);
    }
  after = shopify_fetch (&bench, change.order_ref);
  line = wb_record_get_many (after, WB_ORDER_LINES)->pdata[1];
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_CANCELLED), ==,
                   wb_record_get_int (line, WB_ORDER_LINE_QUANTITY));
  worth =
      wb_record_get_int (wb_record_get_many (after, WB_ORDER_LINES)->pdata[0], WB_ORDER_LINE_TOTAL);
  g_assert_cmpint (worth, ==,
                   2 * wb_record_get_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0],
                                          WB_ORDER_LINE_TOTAL));

  /* Back to what it was: the piece that was taken out comes in again as another one. */
  change.key = "p2";
  pieces[0] /= 2;
  pieces[1] = 1;
  g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
  g_assert_no_error (error);
  last = shopify_fetch (&bench, change.order_ref);
  g_assert_cmpint (wb_order_line_to_ship (wb_record_get_many (last, WB_ORDER_LINES)->pdata[0]), ==,
                   pieces[0]);
  g_assert_cmpint (wb_order_line_to_ship (wb_record_get_many (last, WB_ORDER_LINES)->pdata[1]), ==,
                   1);
}

static void
test_no_such_order (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (10);
  g_autoptr (GError)    error = NULL;

  g_assert_null (wb_shop_fetch_order (bench.shop, "5", NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (wb_shop_fetch_order (bench.shop, "../5", NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* Each status that an order here has is in the list, with what it means to us. */
static void
test_statuses (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) list = wb_shop_list_statuses (bench.shop, NULL, &error);
  GHashTableIter        at;
  gpointer              order;
  guint                 met = 0;

  g_assert_no_error (error);
  shopify_sync_ok (&bench);
  g_hash_table_iter_init (&at, bench.orders);
  while (g_hash_table_iter_next (&at, NULL, &order))
    for (guint i = 0; i < list->len; i++)
      {
        const WbShopStatus *one = list->pdata[i];

        if (g_strcmp0 (one->id, wb_record_get_text (order, WB_ORDER_REMOTE_STATUS)) != 0)
          continue;
        met++;
        /* A way of paying at the door ships what is pending. */
        if (strstr (one->id, "pending") == NULL)
          g_assert_cmpstr (one->shop_state, ==, wb_record_get_text (order, WB_ORDER_SHOP_STATE));
      }
  g_assert_cmpuint (met, ==, g_hash_table_size (bench.orders));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shops/shopify/town/import", test_import);
  g_test_add_func ("/shops/shopify/town/idle", test_idle);
  g_test_add_func ("/shops/shopify/town/resume", test_resume);
  g_test_add_func ("/shops/shopify/town/tokens", test_tokens);
  g_test_add_func ("/shops/shopify/town/throttle", test_throttle);
  g_test_add_func ("/shops/shopify/town/rights", test_rights);
  g_test_add_func ("/shops/shopify/town/stock", test_stock);
  g_test_add_func ("/shops/shopify/town/places", test_places);
  g_test_add_func ("/shops/shopify/town/changes", test_changes);
  g_test_add_func ("/shops/shopify/town/pieces", test_pieces);
  g_test_add_func ("/shops/shopify/town/no-such-order", test_no_such_order);
  g_test_add_func ("/shops/shopify/town/statuses", test_statuses);
  return g_test_run ();
}
