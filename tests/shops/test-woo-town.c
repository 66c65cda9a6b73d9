/* SPDX-License-Identifier: GPL-3.0-or-later
 * The module against the whole practice shop, WooCommerce 7.9 and 11.0: signed requests, real
 * state, faults. */
#include <string.h>

#include "wb-connection.h"
#include "wb-json.h"
#include "wb-shop.h"
#include "wb-test.h"
#include "wb-town.h"

typedef struct
{
  WbTown     *town;
  WbShop     *shop;
  GHashTable *orders; /* id to WbOrder, the newest */
  GPtrArray  *problems;
  char       *cursor;
  guint       read;
} Bench;

static void
bench_clear (Bench *bench)
{
  g_clear_object (&bench->shop);
  g_clear_pointer (&bench->orders, g_hash_table_unref);
  g_clear_pointer (&bench->problems, g_ptr_array_unref);
  g_clear_pointer (&bench->cursor, g_free);
  g_clear_pointer (&bench->town, wb_town_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

static WbShop *
open_as (WbTown *town, const char *key, const char *secret)
{
  const char *const        values[] = { key, secret, NULL };
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  WbShop                  *shop;

  wb_record_take_text (connection, WB_CONNECTION_BASE_URL, wb_town_dup_url (town, "shop"));
  shop = wb_shop_find_provider ("woocommerce")->open (connection, values, &error);
  g_assert_no_error (error);
  return shop;
}

static Bench
bench_new (WbTownOptions options)
{
  g_autoptr (GError) error = NULL;
  Bench              bench = { 0 };

  bench.town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  wb_town_start (bench.town, &error);
  g_assert_no_error (error);
  bench.shop = open_as (bench.town, WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET);
  bench.orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  bench.problems = g_ptr_array_new_with_free_func (g_free);
  return bench;
}

static WbTownOptions
options_of (const char *version, guint orders)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.shop_version = version;
  options.orders = orders;
  options.fulfillments = g_str_has_prefix (version, "11");
  return options;
}

static void
control (Bench *bench, const char *path, const char *body)
{
  guint            status = 0;
  g_autofree char *reply = wb_town_control (bench->town, "POST", path, body, &status);

  g_test_message ("%s: %s", path, reply);
  g_assert_cmpuint (status, ==, 200);
}

static gboolean
page_cb (GPtrArray  *orders,
         GPtrArray  *raws,
         GPtrArray  *problems,
         const char *cursor,
         gint64      done,
         gint64      total,
         gpointer    data,
         GError    **error)
{
  Bench *bench = data;

  for (guint i = 0; i < orders->len; i++)
    g_hash_table_insert (bench->orders,
                         g_strdup (wb_record_get_text (orders->pdata[i], WB_ORDER_REMOTE_ID)),
                         g_object_ref (orders->pdata[i]));
  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (bench->problems, g_strdup (problems->pdata[i]));
  bench->read += orders->len;
  g_free (bench->cursor);
  bench->cursor = g_strdup (cursor);
  return TRUE;
}

static void
sync_ok (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *cursor = g_strdup (bench->cursor);

  bench->read = 0;
  wb_shop_fetch_orders (bench->shop, cursor, page_cb, bench, NULL, &error);
  g_assert_no_error (error);
}

static gint64
sum_of (gpointer order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     sum = 0;

  for (guint i = 0; i < lines->len; i++)
    sum += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL) +
           wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TAX);
  return sum;
}

/* All orders the shop tells of, each with lines that add up and without an adjustment. */
static void
check_books (Bench *bench, guint least)
{
  GHashTableIter iter;
  gpointer       order;
  guint          adjusted = 0;

  g_assert_cmpuint (bench->problems->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (bench->orders), >=, least);
  g_hash_table_iter_init (&iter, bench->orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    {
      GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

      g_assert_cmpint (sum_of (order), ==, wb_record_get_int (order, WB_ORDER_TOTAL));
      for (guint i = 0; i < lines->len; i++)
        adjusted += g_str_equal (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND),
                                 WB_LINE_ADJUSTMENT);
    }
  g_assert_cmpuint (adjusted, ==, 0);
}

static void
test_import (gconstpointer version)
{
  g_auto (Bench)          bench = bench_new (options_of (version, 260));
  g_auto (WbShopFindings) found = { 0 };
  g_autoptr (GError)      error = NULL;

  wb_shop_probe (bench.shop, &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (found.can_write);
  g_assert_cmpint (found.can_fulfil, ==, g_str_has_prefix (version, "11"));
  g_assert_cmpstr (found.currency, ==, "EUR");
  g_assert_cmpstr (found.zone, ==, "Europe/Berlin");
  sync_ok (&bench);
  check_books (&bench, 200);
  g_assert_cmpuint (bench.read, ==, g_hash_table_size (bench.orders));
  sync_ok (&bench);
  g_assert_cmpuint (bench.read, <, 260);
}

static gpointer
find_open (Bench *bench)
{
  GHashTableIter iter;
  gpointer       order;

  g_hash_table_iter_init (&iter, bench->orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    if (g_str_equal (wb_record_get_text (order, WB_ORDER_REMOTE_STATUS), "processing") &&
        wb_order_to_ship (order) > 0 && wb_record_get_many (order, WB_ORDER_REFUNDS)->len == 0)
      return order;
  g_assert_not_reached ();
}

/* New orders, and one cancelled in the shop. */
static void
test_changes (gconstpointer version)
{
  g_auto (Bench)   bench = bench_new (options_of (version, 150));
  guint            before;
  gpointer         order;
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  sync_ok (&bench);
  before = g_hash_table_size (bench.orders);
  order = find_open (&bench);
  id = g_strdup (wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  path = g_strdup_printf ("/town/orders/%s", id);
  control (&bench, "/town/clock", "{\"advance\":2000}");
  control (&bench, path, "{\"status\":\"cancelled\"}");
  control (&bench, "/town/arrive", "{\"n\":7}");
  sync_ok (&bench);
  check_books (&bench, before + 1);
  g_assert_cmpuint (bench.read, <, 30); /* not everything anew */
  order = g_hash_table_lookup (bench.orders, id);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_SHOP_STATE), ==, WB_SHOP_CANCELLED);
}

/* Every fault the town knows, on the lists: what passes is waited for, what lasts is a clear error.
 */
static void
test_faults (void)
{
  static const char *const kinds[] = { "429",     "500-before", "html",          "cut-before",
                                       "cut-mid", "truncated",  "duplicate-rows" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (Bench)   bench = bench_new (options_of (i % 2 == 0 ? "7.9" : "11.0", 120));
      g_autofree char *fault =
          g_strdup_printf ("{\"match\":{\"service\":\"shop\",\"method\":\"GET\",\"path\":\"orderby="
                           "id\"},\"kind\":\"%s\",\"times\":1}",
                           kinds[i]);

      control (&bench, "/town/faults", fault);
      sync_ok (&bench);
      check_books (&bench, 90);
    }
}

/* 25 minutes fast: a signature dated by our clock would be refused. */
static void
test_clock (void)
{
  WbTownOptions           options = options_of ("11.0", 20);
  g_auto (Bench)          bench = { 0 };
  g_auto (WbShopFindings) found = { 0 };
  g_autoptr (GError)      error = NULL;

  options.clock_skew = 1500;
  bench = bench_new (options);
  sync_ok (&bench);
  check_books (&bench, 10);
  wb_shop_probe (bench.shop, &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ABS (found.clock_offset - 1500), <=, 5);
}

static void
test_yen (void)
{
  WbTownOptions  options = options_of ("11.0", 60);
  g_auto (Bench) bench = { 0 };
  GHashTableIter iter;
  gpointer       order;

  options.currency = "JPY";
  bench = bench_new (options);
  sync_ok (&bench);
  g_assert_cmpuint (bench.problems->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (bench.orders), >=, 40);
  g_hash_table_iter_init (&iter, bench.orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    g_assert_cmpint (sum_of (order), ==, wb_record_get_int (order, WB_ORDER_TOTAL));
}

static void
assert_probe (WbTown *town, const char *key, const char *secret, const char *words)
{
  g_autoptr (WbShop)      shop = open_as (town, key, secret);
  g_auto (WbShopFindings) found = { 0 };
  g_autoptr (GError)      error = NULL;
  gboolean                fine = wb_shop_probe (shop, &found, NULL, &error);

  g_test_message ("%s: %s", key, fine ? found.notes : error->message);
  if (!fine)
    g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_assert_false (fine && found.can_write);
  g_assert_nonnull (strstr (fine ? found.notes : error->message, words));
}

/* Wrong key, wrong secret, a key of too few rights: each its own advice. */
static void
test_keys (void)
{
  g_auto (Bench) bench = bench_new (options_of ("11.0", 5));

  assert_probe (bench.town, "ck_nobody", "cs_practice", "does not know this consumer key");
  assert_probe (bench.town, WB_TOWN_SHOP_KEY, "cs_wrong", "secret is wrong");
  assert_probe (bench.town, "ck_practice_read", "cs_practice_read", "may only read");
  assert_probe (bench.town, "ck_practice_write", "cs_practice_write", "may only write");
  assert_probe (bench.town, "ck_practice_customer", "cs_practice_customer", "shop manager");
}

/* ---- what is sold ---- */

static gboolean
listings_cb (GPtrArray  *listings,
             GPtrArray  *problems,
             const char *cursor,
             gint64      done,
             gint64      total,
             gpointer    data,
             GError    **error)
{
  GHashTable *all = data;

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpint (done, <=, total);
  for (guint i = 0; i < listings->len; i++)
    {
      gpointer one = listings->pdata[i];

      g_hash_table_insert (all,
                           g_strconcat (wb_record_get_text (one, WB_LISTING_PRODUCT_REF), "/",
                                        wb_record_get_text (one, WB_LISTING_VARIATION_REF), NULL),
                           g_object_ref (one));
    }
  return TRUE;
}

static GHashTable *
listings_of (Bench *bench)
{
  GHashTable        *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (GError) error = NULL;

  wb_shop_fetch_listings (bench->shop, NULL, listings_cb, all, NULL, &error);
  g_assert_no_error (error);
  return all;
}

/* Every product that is sold as it is, every variation of the others, nothing that was deleted;
 * weights by the shop's unit. */
static void
test_listings (gconstpointer version)
{
  g_auto (Bench)         bench = bench_new (options_of (version, 5));
  g_autoptr (GHashTable) kilos = listings_of (&bench);
  g_autoptr (GHashTable) pounds = NULL;
  gpointer               honey = g_hash_table_lookup (kilos, "12/");
  gpointer               sock = g_hash_table_lookup (kilos, "14/202");
  gpointer               nameless = g_hash_table_lookup (kilos, "14/203");
  gpointer               ebook = g_hash_table_lookup (kilos, "18/");

  g_assert_cmpuint (g_hash_table_size (kilos), ==, 21);
  g_assert_null (g_hash_table_lookup (kilos, "14/"));
  g_assert_cmpstr (wb_record_get_text (honey, WB_LISTING_SKU), ==, "HON-500");
  g_assert_cmpint (wb_record_get_int (honey, WB_LISTING_WEIGHT_G), ==, 720);
  g_assert_true (wb_record_get_bool (honey, WB_LISTING_MANAGED));
  g_assert_cmpint (wb_record_get_int (honey, WB_LISTING_SHOWN), ==, 120);
  g_assert_cmpstr (wb_record_get_text (sock, WB_LISTING_SKU), ==, "SOCK-39");
  g_assert_null (wb_record_get_text (nameless, WB_LISTING_SKU)); /* the shop tells its parent's */
  g_assert_false (wb_record_get_bool (ebook, WB_LISTING_MANAGED));
  control (&bench, "/town/shop", "{\"weight_unit\":\"lbs\"}");
  pounds = listings_of (&bench);
  honey = g_hash_table_lookup (pounds, "12/");
  g_assert_cmpint (wb_record_get_int (honey, WB_LISTING_WEIGHT_G), ==, 327);
}

/* ---- a shipment ---- */

typedef struct
{
  WbFulfilment fulfilment;
  const char  *refs[32];
  gint64       quantities[32];
} Shipment;

static void
fill_shipment (Shipment *shipment, gpointer order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint      n = 0;

  for (guint i = 0; i < lines->len && n < 31; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) > 0)
      {
        shipment->refs[n] = wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID);
        shipment->quantities[n++] = wb_order_line_to_ship (lines->pdata[i]);
      }
  shipment->fulfilment = (WbFulfilment){
    .order_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID),
    .reference = "P-1-1",
    .carrier = "DHL",
    .tracking = "00340434161094000001",
    .line_refs = shipment->refs,
    .quantities = shipment->quantities,
    .completes = TRUE,
    .notify_customer = TRUE,
  };
}

static void
report_until_done (Bench *bench, const WbFulfilment *fulfilment, guint *unsure)
{
  for (guint try = 0; try < 5; try++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) asking = NULL;
      g_autofree char   *id = NULL;

      if (wb_shop_report (bench->shop, fulfilment, &id, NULL, &error))
        return;
      g_test_message ("%s", error->message);
      *unsure += g_error_matches (error, WB_ERROR, WB_ERROR_UNSURE);
      if (wb_shop_find_report (bench->shop, fulfilment, &id, NULL, &asking) == WB_FINDING_DONE)
        return;
      g_assert_no_error (asking);
    }
  g_assert_not_reached ();
}

/* What the town itself counted. */
static gint64
booked (Bench *bench, const char *what)
{
  g_autofree char     *books = wb_town_control (bench->town, "GET", "/town/books", NULL, NULL);
  g_autoptr (JsonNode) root = wb_json_parse (books, -1, "books", NULL);
  WbJson               at = wb_json_root (root, "books");
  WbJson               totals = wb_json_member (&at, "totals");
  gint64               n = -1;

  g_assert_true (wb_json_int (&totals, what, &n, NULL));
  return n;
}

static void
test_report (gconstpointer version)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *kind;
  } faults[] = {
    { "POST", "orders/\\\\d+/(fulfillments|notes)", "cut-before" },
    { "POST", "orders/\\\\d+/(fulfillments|notes)", "cut-after" },
    { "POST", "orders/\\\\d+/(fulfillments|notes)", "500-after" },
    { "POST", "orders/\\\\d+/(fulfillments|notes)", "truncated" },
    { "PUT", "orders/\\\\d+", "cut-before" },
    { "PUT", "orders/\\\\d+", "cut-after" },
    { "PUT", "orders/\\\\d+", "500-before" },
    { "PUT", "orders/\\\\d+", "html" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_auto (Bench)      bench = bench_new (options_of (version, 30));
      Shipment            shipment = { 0 };
      guint               unsure = 0;
      g_autoptr (WbOrder) before = NULL;
      g_autofree char    *fault = g_strdup_printf (
             "{\"match\":{\"service\":\"shop\",\"method\":\"%s\",\"path\":\"%s\"},\"kind\":\"%s\"}",
             faults[i].method, faults[i].path, faults[i].kind);

      sync_ok (&bench);
      before = g_object_ref (find_open (&bench));
      fill_shipment (&shipment, before);
      control (&bench, "/town/faults", fault);
      report_until_done (&bench, &shipment.fulfilment, &unsure);
      g_assert_cmpuint (unsure, ==, 1);
      /* a second telling adds nothing: it finds what is there */
      report_until_done (&bench, &shipment.fulfilment, &unsure);
      g_assert_cmpint (booked (&bench, "notes") + booked (&bench, "fulfillments"), ==, 1);
      g_assert_cmpint (booked (&bench, g_str_equal (version, "7.9") ? "notes" : "fulfillments"), ==,
                       1);
      g_assert_cmpint (booked (&bench, "completed"), ==, 1);
      sync_ok (&bench);
      g_assert_cmpstr (
          wb_record_get_text (g_hash_table_lookup (bench.orders, shipment.fulfilment.order_ref),
                              WB_ORDER_SHOP_STATE),
          ==, WB_SHOP_DONE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/shops/woo/town/import-7.9", "7.9", test_import);
  g_test_add_data_func ("/shops/woo/town/import-11.0", "11.0", test_import);
  g_test_add_data_func ("/shops/woo/town/changes-7.9", "7.9", test_changes);
  g_test_add_data_func ("/shops/woo/town/changes-11.0", "11.0", test_changes);
  g_test_add_func ("/shops/woo/town/faults", test_faults);
  g_test_add_func ("/shops/woo/town/clock", test_clock);
  g_test_add_func ("/shops/woo/town/yen", test_yen);
  g_test_add_func ("/shops/woo/town/keys", test_keys);
  g_test_add_data_func ("/shops/woo/town/listings-7.9", "7.9", test_listings);
  g_test_add_data_func ("/shops/woo/town/listings-11.0", "11.0", test_listings);
  g_test_add_data_func ("/shops/woo/town/report-7.9", "7.9", test_report);
  g_test_add_data_func ("/shops/woo/town/report-11.0", "11.0", test_report);
  return g_test_run ();
}
