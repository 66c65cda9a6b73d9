/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Shopify module against the whole practice shop: tokens, cost, the first import by file and by
 * page, parcels at two places, holds, captures, refunds, stock, and answers that get lost. */
#include <string.h>

#include "wb-connection.h"
#include "wb-gateway.h"
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
  guint       pages;
  guint       stop_after; /* pages; 0: never */
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
open_with (WbTown *town, const char *id, const char *secret, const char *settings, GError **error)
{
  const char *const        values[] = { id, secret, NULL };
  g_autoptr (WbConnection) connection = wb_connection_new ();

  wb_record_take_text (connection, WB_CONNECTION_BASE_URL, wb_town_dup_url (town, "shopify"));
  wb_record_set_text (connection, WB_CONNECTION_SETTINGS, settings);
  return wb_shop_find_provider ("shopify")->open (connection, values, error);
}

static Bench
bench_new (guint orders)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  Bench              bench = { 0 };

  options.orders = orders;
  bench.town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  wb_town_start (bench.town, &error);
  g_assert_no_error (error);
  bench.shop = open_with (bench.town, WB_TOWN_SHOPIFY_ID, WB_TOWN_SHOPIFY_SECRET, NULL, &error);
  g_assert_no_error (error);
  g_free (wb_town_control (bench.town, "POST", "/town/shopify", "{\"restore_rate\":20000}", NULL));
  if (g_getenv ("WAYBILL_SHOPIFY_RECORD") != NULL)
    {
      g_autofree char *to =
          g_strdup_printf ("{\"record\":\"%s\"}", g_getenv ("WAYBILL_SHOPIFY_RECORD"));

      g_free (wb_town_control (bench.town, "POST", "/town/shopify", to, NULL));
    }
  bench.orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  bench.problems = g_ptr_array_new_with_free_func (g_free);
  return bench;
}

static char *
control (Bench *bench, const char *method, const char *path, const char *body)
{
  guint status = 0;
  char *reply = wb_town_control (bench->town, method, path, body, &status);

  g_assert_cmpuint (status, ==, 200);
  return reply;
}

static void
tell (Bench *bench, const char *path, const char *body)
{
  g_free (control (bench, "POST", path, body));
}

/* How many requests came to the shop, by the town's log. */
static guint
n_requests (Bench *bench)
{
  g_autofree char *log = control (bench, "GET", "/town/log", NULL);
  guint            n = 0;

  for (const char *at = log; (at = strstr (at, "/shopify/admin")) != NULL; at++)
    n++;
  return n;
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

  g_assert_cmpuint (orders->len, ==, raws->len);
  for (guint i = 0; i < orders->len; i++)
    g_hash_table_insert (bench->orders,
                         g_strdup (wb_record_get_text (orders->pdata[i], WB_ORDER_REMOTE_ID)),
                         g_object_ref (orders->pdata[i]));
  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (bench->problems, g_strdup (problems->pdata[i]));
  bench->read += orders->len;
  g_free (bench->cursor);
  bench->cursor = g_strdup (cursor);
  if (++bench->pages != bench->stop_after)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "stopped by the test");
  return FALSE;
}

static gboolean
read_changes (Bench *bench, GError **error)
{
  g_autofree char *cursor = g_strdup (bench->cursor);

  bench->read = 0;
  bench->pages = 0;
  return wb_shop_fetch_orders (bench->shop, cursor, page_cb, bench, NULL, error);
}

static void
sync_ok (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  read_changes (bench, &error);
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

static void
check_books (Bench *bench)
{
  GHashTableIter iter;
  gpointer       order;

  for (guint i = 0; i < bench->problems->len; i++)
    g_test_message ("%s", (char *) bench->problems->pdata[i]);
  g_assert_cmpuint (bench->problems->len, ==, 0);
  g_hash_table_iter_init (&iter, bench->orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    g_assert_cmpint (sum_of (order), ==, wb_record_get_int (order, WB_ORDER_TOTAL));
}

typedef gboolean (*Wanted) (gpointer order);

/* The order with the lowest number of those that are @wanted. */
static gpointer
find (Bench *bench, Wanted wanted)
{
  GHashTableIter iter;
  gpointer       order, found = NULL;

  g_hash_table_iter_init (&iter, bench->orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    if (wanted (order) &&
        (found == NULL || strcmp (wb_record_get_text (order, WB_ORDER_REMOTE_ID),
                                  wb_record_get_text (found, WB_ORDER_REMOTE_ID)) < 0))
      found = order;
  g_assert_nonnull (found);
  return found;
}

static guint
index_of (gpointer order)
{
  return (guint) (g_ascii_strtoll (wb_record_get_text (order, WB_ORDER_REMOTE_ID), NULL, 10) -
                  1000) /
         3;
}

static gboolean
is_free (gpointer order)
{
  return wb_record_get_text (order, WB_ORDER_SHOP_HOLD) == NULL && wb_order_to_ship (order) > 0 &&
         g_str_equal (wb_record_get_text (order, WB_ORDER_SHOP_STATE), WB_SHOP_OPEN) &&
         wb_record_get_many (order, WB_ORDER_REFUNDS)->len == 0;
}

static gboolean
is_authorised (gpointer order)
{
  return is_free (order) &&
         g_str_has_prefix (wb_record_get_text (order, WB_ORDER_REMOTE_STATUS), "authorized/") &&
         wb_record_get_int (order, WB_ORDER_PAID_AT) == 0;
}

static gboolean
is_multi (gpointer order)
{
  return is_authorised (order) && index_of (order) % 2 == 0;
}

static gboolean
is_single (gpointer order)
{
  return is_authorised (order) && index_of (order) % 2 == 1;
}

static gboolean
is_held (gpointer order)
{
  const char *hold = wb_record_get_text (order, WB_ORDER_SHOP_HOLD);

  return hold != NULL && strstr (hold, "Held") != NULL && wb_order_to_ship (order) > 0;
}

static gboolean
is_at_two_places (gpointer order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint      goods = 0;

  for (guint i = 0; i < lines->len; i++)
    goods += wb_record_get_bool (lines->pdata[i], WB_ORDER_LINE_NEEDS_SHIPPING) &&
             wb_order_line_to_ship (lines->pdata[i]) > 0;
  return is_free (order) && index_of (order) % 7 == 3 && goods > 1 &&
         wb_record_get_bool (lines->pdata[0], WB_ORDER_LINE_NEEDS_SHIPPING);
}

static gboolean
is_paid (gpointer order)
{
  return wb_record_get_int (order, WB_ORDER_PAID_AT) != 0 && is_free (order) &&
         wb_record_get_int (order, WB_ORDER_TOTAL) > 1000 &&
         g_strcmp0 (wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD), "shopify_payments") == 0;
}

/* ---- import ---- */

/* The first import reads a file; by page it comes out the same; then only what changed. */
static void
test_import (void)
{
  g_auto (Bench) by_file = bench_new (120);
  g_auto (Bench) by_page = bench_new (120);
  GHashTableIter iter;
  gpointer       id, order;

  tell (&by_page, "/town/shopify", "{\"bulk\":false}");
  sync_ok (&by_file);
  sync_ok (&by_page);
  check_books (&by_file);
  check_books (&by_page);
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
  g_auto (Bench)   bench = bench_new (60);
  guint            before;
  g_autofree char *path = NULL;

  sync_ok (&bench);
  tell (&bench, "/town/clock", "{\"advance\":4000}");
  tell (&bench, "/town/arrive", "{\"n\":5}");
  sync_ok (&bench);
  tell (&bench, "/town/clock", "{\"advance\":4000}");
  sync_ok (&bench);
  for (guint i = 0; i < 3; i++)
    {
      before = n_requests (&bench);
      sync_ok (&bench);
      g_assert_cmpuint (n_requests (&bench) - before, ==, 1);
      g_assert_cmpuint (bench.read, ==, 0);
    }
  path = g_strdup_printf ("/town/orders/%s",
                          wb_record_get_text (find (&bench, is_free), WB_ORDER_REMOTE_ID));
  tell (&bench, path, "{\"status\":\"cancelled\"}");
  sync_ok (&bench);
  g_assert_cmpuint (bench.read, >=, 1);
  check_books (&bench);
}

/* An import that stops in the middle of the file goes on, and gets the same orders. */
static void
test_resume (void)
{
  g_auto (Bench)     bench = bench_new (260);
  g_autoptr (GError) error = NULL;
  guint              first;

  bench.stop_after = 2; /* the file's name, then the first hundred */
  g_assert_false (read_changes (&bench, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
  first = g_hash_table_size (bench.orders);
  g_assert_cmpuint (first, ==, 100);
  bench.stop_after = 0;
  sync_ok (&bench);
  check_books (&bench);
  g_assert_cmpuint (g_hash_table_size (bench.orders), >, 200);
  g_assert_cmpuint (bench.read, <, g_hash_table_size (bench.orders));
}

/* ---- tokens, cost and rights ---- */

static void
test_tokens (void)
{
  g_auto (Bench)     bench = bench_new (10);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbShop) fixed = NULL;
  g_autoptr (WbShop) wrong = NULL;
  WbShopFindings     found = { 0 };

  sync_ok (&bench);
  tell (&bench, "/town/shopify", "{\"revoke\":true}");
  sync_ok (&bench); /* another was got */
  tell (&bench, "/town/clock", "{\"advance\":90000}");
  sync_ok (&bench); /* the shop's clock says it has lapsed */
  fixed = open_with (bench.town, "", WB_TOWN_SHOPIFY_TOKEN, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_shop_probe (fixed, &found, NULL, &error));
  g_assert_no_error (error);
  wb_shop_findings_clear (&found);
  wrong = open_with (bench.town, WB_TOWN_SHOPIFY_ID, "shpss_wrong", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (wb_shop_probe (wrong, &found, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_null (open_with (bench.town, "only-an-id", "", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
}

/* An empty bucket is waited for by the shop's own figures. */
static void
test_throttle (void)
{
  g_auto (Bench) bench = bench_new (10);
  gint64         begun;

  sync_ok (&bench);
  tell (&bench, "/town/shopify", "{\"available\":-400,\"restore_rate\":1200}");
  begun = g_get_monotonic_time ();
  sync_ok (&bench);
  g_assert_cmpint (g_get_monotonic_time () - begun, >, 400 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 8 * G_USEC_PER_SEC);
}

/* What the app may not do is named, and the rest goes on without. */
static void
test_rights (void)
{
  g_auto (Bench)          bench = bench_new (20);
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

  tell (&bench, "/town/shopify",
        "{\"scopes\":\"read_orders read_products read_merchant_managed_fulfillment_orders\"}");
  fixed = open_with (bench.town, "", WB_TOWN_SHOPIFY_TOKEN, NULL, &error);
  wb_shop_probe (fixed, &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (found.can_write);
  g_assert_nonnull (strstr (found.notes, "read_returns"));
  g_assert_nonnull (strstr (found.notes, "read_all_orders"));
  g_assert_null (strstr (found.notes, "read_products"));
  g_set_object (&bench.shop, fixed);
  sync_ok (&bench);
  check_books (&bench);
  g_clear_object (&bench.shop); /* one that has not asked for its rights meets the refusal first */
  bench.shop = open_with (bench.town, "", WB_TOWN_SHOPIFY_TOKEN, NULL, &error);
  sync_ok (&bench);
  check_books (&bench);
}

/* ---- parcels ---- */

typedef struct
{
  WbFulfilment fulfilment;
  GPtrArray   *refs;
  GArray      *quantities;
} Parcel;

static void
parcel_clear (Parcel *parcel)
{
  g_ptr_array_unref (parcel->refs);
  g_array_unref (parcel->quantities);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parcel, parcel_clear)

/* All that is to ship, or one piece of the first line. */
static Parcel
parcel_of (gpointer order, const char *tracking, gboolean whole)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  Parcel     parcel = { .refs = g_ptr_array_new (),
                        .quantities = g_array_new (FALSE, FALSE, sizeof (gint64)) };

  for (guint i = 0; i < lines->len; i++)
    {
      gint64 pieces = wb_order_line_to_ship (lines->pdata[i]);

      if (pieces <= 0 || !wb_record_get_bool (lines->pdata[i], WB_ORDER_LINE_NEEDS_SHIPPING) ||
          (!whole && parcel.refs->len > 0))
        continue;
      pieces = whole ? pieces : 1;
      g_ptr_array_add (parcel.refs,
                       (gpointer) wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID));
      g_array_append_val (parcel.quantities, pieces);
    }
  g_ptr_array_add (parcel.refs, NULL);
  parcel.fulfilment = (WbFulfilment){
    .order_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID),
    .reference = "WB-1",
    .carrier = "DHL",
    .tracking = tracking,
    .tracking_url = "https://example.com/t",
    .ship_date = "2026-11-22",
    .line_refs = (const char **) parcel.refs->pdata,
    .quantities = (const gint64 *) parcel.quantities->data,
    .completes = whole,
    .notify_customer = TRUE,
  };
  return parcel;
}

static WbOrder *
fetch (Bench *bench, const char *ref)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = NULL;
  WbOrder           *order = wb_shop_fetch_order (bench->shop, ref, &raw, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (raw);
  return order;
}

static void
test_report (void)
{
  g_auto (Bench)      bench = bench_new (120);
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) after = NULL;
  g_autofree char    *id = NULL;
  g_autofree char    *again = NULL;
  g_auto (Parcel)     parcel = { 0 };

  sync_ok (&bench);
  parcel = parcel_of (find (&bench, is_free), "00340434161094000001", TRUE);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, &id, NULL, &error), ==,
                   WB_FINDING_NOT_DONE);
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (id);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, &again, NULL, &error), ==,
                   WB_FINDING_DONE);
  g_assert_cmpstr (again, ==, id);
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &again, NULL, &error));
  g_assert_no_error (error); /* told twice, written once */
  after = fetch (&bench, parcel.fulfilment.order_ref);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_SHOP_STATE), ==, WB_SHOP_DONE);
}

/* One parcel of goods from two places is two fulfilments; one of which may have been lost. */
static void
test_two_places (void)
{
  g_auto (Bench)      bench = bench_new (240);
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) after = NULL;
  g_autofree char    *id = NULL;
  g_auto (Parcel)     parcel = { 0 };

  sync_ok (&bench);
  parcel = parcel_of (find (&bench, is_at_two_places), "00340434161094000002", TRUE);
  tell (&bench, "/town/faults",
        "{\"match\":{\"service\":\"shopify\"},\"kind\":\"cut-after\",\"after\":3,\"times\":1}");
  if (!wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error))
    {
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_clear_error (&error);
      g_free (control (&bench, "DELETE", "/town/faults", NULL));
      g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, &id, NULL, &error), !=,
                       WB_FINDING_UNKNOWN);
      g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
    }
  g_assert_no_error (error);
  after = fetch (&bench, parcel.fulfilment.order_ref);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_SHOP_STATE), ==, WB_SHOP_DONE);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, &id, NULL, &error), ==,
                   WB_FINDING_DONE);
}

/* Without a number: known by what is left. */
static void
test_untracked (void)
{
  g_auto (Bench)     bench = bench_new (120);
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = NULL;
  g_auto (Parcel)    parcel = { 0 };

  sync_ok (&bench);
  parcel = parcel_of (find (&bench, is_free), NULL, TRUE);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, &id, NULL, &error), ==,
                   WB_FINDING_NOT_DONE);
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, &id, NULL, &error), ==,
                   WB_FINDING_DONE);
  g_assert_false (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

/* What the shop holds is not reported, and says why; released, it goes. */
static void
test_hold (void)
{
  g_auto (Bench)      bench = bench_new (240);
  g_autoptr (GError)  error = NULL;
  g_autofree char    *id = NULL;
  g_auto (Parcel)     parcel = { 0 };
  gpointer            order;
  WbShopChange        change = { .kind = WB_SHOP_CHANGE_RELEASE, .key = "k1", .text = "" };
  g_autoptr (WbOrder) after = NULL;
  g_autoptr (WbOrder) held = NULL;

  sync_ok (&bench);
  order = find (&bench, is_held);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_SHOP_HOLD), ==,
                   "Held in the shop: High risk of fraud: Call the customer first");
  parcel = parcel_of (order, "00340434161094000003", TRUE);
  g_assert_false (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Call the customer first"));
  g_clear_error (&error);

  change.order_ref = parcel.fulfilment.order_ref;
  g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), !=,
                   WB_FINDING_DONE);
  g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), ==,
                   WB_FINDING_DONE);
  after = fetch (&bench, change.order_ref);
  g_assert_null (wb_record_get_text (after, WB_ORDER_SHOP_HOLD));

  change.kind = WB_SHOP_CHANGE_HOLD;
  change.key = "k2";
  change.text = "Wait for the second parcel";
  g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
  g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error)); /* once */
  g_assert_no_error (error);
  g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), ==,
                   WB_FINDING_DONE);
  held = fetch (&bench, change.order_ref);
  g_assert_nonnull (strstr (wb_record_get_text (held, WB_ORDER_SHOP_HOLD), "second parcel"));
  change.kind = WB_SHOP_CHANGE_RELEASE;
  g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_no_error (error);
}

/* ---- long orders ---- */

/* More lines than come at once, by page and by parcel. */
static void
test_long_order (void)
{
  g_auto (Bench)      bench = bench_new (60);
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = NULL;
  g_autoptr (WbOrder) after = NULL;
  g_autofree char    *grow = NULL;
  g_autofree char    *id = NULL;
  g_auto (Parcel)     parcel = { 0 };
  guint               before;

  sync_ok (&bench);
  order = g_object_ref (find (&bench, is_free));
  before = wb_record_get_many (order, WB_ORDER_LINES)->len;
  grow = g_strdup_printf ("{\"grow\":{\"order\":%s,\"lines\":130}}",
                          wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  tell (&bench, "/town/clock", "{\"advance\":1000}");
  tell (&bench, "/town/shopify", grow);
  sync_ok (&bench);
  check_books (&bench);
  g_set_object (&order,
                g_hash_table_lookup (bench.orders, wb_record_get_text (order, WB_ORDER_REMOTE_ID)));
  g_assert_cmpuint (wb_record_get_many (order, WB_ORDER_LINES)->len, >=, before + 130);
  parcel = parcel_of (order, "00340434161094000009", TRUE);
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_no_error (error);
  after = fetch (&bench, parcel.fulfilment.order_ref);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_SHOP_STATE), ==, WB_SHOP_DONE);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, &id, NULL, &error), ==,
                   WB_FINDING_DONE);
}

/* ---- money ---- */

static WbPayment *
payment_of (Bench *bench, const char *ref)
{
  g_autoptr (GError) error = NULL;
  WbPayment *payment = wb_gateway_read_payment (WB_GATEWAY (bench->shop), ref, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_REF), ==, ref);
  return payment;
}

static WbMoneyAsk
ask_of (gpointer order, gint64 minor)
{
  return (WbMoneyAsk){
    .payment_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID),
    .amount = wb_money (minor, wb_record_get_text (order, WB_ORDER_CURRENCY)),
    .key = "waybill-capture-1",
    .reference = "WB-1",
    .first_sent_at = wb_now (),
  };
}

/* In parts where the authorisation allows it, never more than there is, never twice. */
static void
test_capture (void)
{
  g_auto (Bench)        bench = bench_new (120);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayment) before = NULL;
  g_autoptr (WbPayment) after = NULL;
  g_auto (WbMovement)   part = { 0 };
  g_auto (WbMovement)   rest = { 0 };
  g_auto (WbMovement)   none = { 0 };
  gpointer              order;
  gint64                all;
  WbMoneyAsk            ask;

  sync_ok (&bench);
  order = find (&bench, is_multi);
  before = payment_of (&bench, wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_assert_cmpstr (wb_record_get_text (before, WB_PAYMENT_STATE), ==, WB_PAYMENT_STATE_AUTHORISED);
  g_assert_true (wb_record_get_bool (before, WB_PAYMENT_MULTI_CAPTURE));
  g_assert_cmpint (wb_record_get_int (before, WB_PAYMENT_CAPTURE_BEFORE), >, 0);
  all = wb_record_get_int (before, WB_PAYMENT_CAPTURABLE);
  ask = ask_of (order, all + 1);
  g_assert_false (wb_gateway_capture (WB_GATEWAY (bench.shop), &ask, &none, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  ask = ask_of (order, all / 3);
  g_assert_cmpint (wb_gateway_find_capture (WB_GATEWAY (bench.shop), &ask, &none, NULL, &error), ==,
                   WB_MOVEMENT_NOT_MADE);
  g_assert_true (wb_gateway_capture (WB_GATEWAY (bench.shop), &ask, &part, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (part.amount.minor, ==, all / 3);
  ask = ask_of (order, all - all / 3);
  g_assert_true (wb_gateway_capture (WB_GATEWAY (bench.shop), &ask, &rest, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (part.ref, !=, rest.ref);
  g_assert_false (wb_gateway_capture (WB_GATEWAY (bench.shop), &ask, &none, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  after = payment_of (&bench, wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURED), ==, all);
  g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURABLE), ==, 0);
}

/* Captures all but a little of @order and loses the answer. Returns: whether it was taken all the
 * same; some cards of the practice shop decline. */
static gboolean
lose_capture (Bench *bench, gpointer order)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayment) before = NULL;
  g_autoptr (WbPayment) after = NULL;
  g_auto (WbMovement)   lost = { 0 };
  g_auto (WbMovement)   found = { 0 };
  WbMovementFinding     finding;
  WbMoneyAsk            ask;

  before = payment_of (bench, wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_assert_false (wb_record_get_bool (before, WB_PAYMENT_MULTI_CAPTURE));
  ask = ask_of (order, wb_record_get_int (before, WB_PAYMENT_CAPTURABLE) - 100);
  tell (bench, "/town/faults",
        "{\"match\":{\"service\":\"shopify\"},\"kind\":\"cut-after\",\"after\":1,\"times\":1}");
  g_assert_false (wb_gateway_capture (WB_GATEWAY (bench->shop), &ask, &lost, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  g_free (control (bench, "DELETE", "/town/faults", NULL));
  finding = wb_gateway_find_capture (WB_GATEWAY (bench->shop), &ask, &found, NULL, &error);
  g_assert_no_error (error);
  after = payment_of (bench, ask.payment_ref);
  if (finding == WB_MOVEMENT_NOT_MADE)
    {
      g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURED), ==, 0);
      g_assert_false (wb_gateway_capture (WB_GATEWAY (bench->shop), &ask, &lost, NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_DECLINED);
      return FALSE;
    }
  g_assert_cmpint (finding, ==, WB_MOVEMENT_FOUND);
  g_assert_cmpint (found.amount.minor, ==, ask.amount.minor);
  g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURED), ==, ask.amount.minor);
  g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURABLE), ==, 0); /* it was for one */
  return TRUE;
}

/* The answer to a capture is lost: unsure, found, and taken once; or declined, and not taken. */
static void
test_capture_lost (void)
{
  g_auto (Bench) bench = bench_new (120);
  GHashTableIter iter;
  gpointer       order;
  guint          taken = 0;

  sync_ok (&bench);
  g_hash_table_iter_init (&iter, bench.orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    if (is_single (order))
      taken += lose_capture (&bench, order);
  g_assert_cmpuint (taken, >, 2);
}

/* Giving an authorisation back; and orders the shop takes no money for. */
static void
test_void (void)
{
  g_auto (Bench)        bench = bench_new (120);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayment) after = NULL;
  gpointer              order;
  WbMoneyAsk            ask;
  GHashTableIter        iter;

  sync_ok (&bench);
  order = find (&bench, is_authorised);
  ask = ask_of (order, 0);
  g_assert_true (wb_gateway_cancel (WB_GATEWAY (bench.shop), &ask, NULL, &error));
  g_assert_no_error (error);
  after = payment_of (&bench, ask.payment_ref);
  g_assert_cmpstr (wb_record_get_text (after, WB_PAYMENT_STATE), ==, WB_PAYMENT_STATE_CANCELLED);
  g_assert_false (wb_gateway_cancel (WB_GATEWAY (bench.shop), &ask, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  g_clear_error (&error);
  g_hash_table_iter_init (&iter, bench.orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD), "Bank Deposit") == 0)
      {
        g_assert_null (wb_gateway_read_payment (
            WB_GATEWAY (bench.shop), wb_record_get_text (order, WB_ORDER_REMOTE_ID), NULL, &error));
        g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
        return;
      }
  g_assert_not_reached ();
}

/* Money back with the goods, once, though the answer is lost. */
static void
test_refund (void)
{
  g_auto (Bench)      bench = bench_new (240);
  g_autoptr (GError)  error = NULL;
  g_autofree char    *id = NULL;
  g_autofree char    *again = NULL;
  g_autoptr (WbOrder) after = NULL;
  gpointer            order;
  const char         *refs[] = { NULL, NULL };
  gint64              one = 1, net = 0;
  WbShopRefund        refund = { 0 };

  sync_ok (&bench);
  order = find (&bench, is_paid);
  refs[0] = wb_record_get_text (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0],
                                WB_ORDER_LINE_REMOTE_ID);
  refund = (WbShopRefund){
    .order_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID),
    .key = "waybill-refund-77",
    .amount = wb_money (500, wb_record_get_text (order, WB_ORDER_CURRENCY)),
    .reason = "Damaged",
    .money = TRUE,
    .restock = TRUE,
    .line_refs = refs,
    .quantities = &one,
    .nets = &net,
    .taxes = &net,
  };
  g_assert_cmpint (wb_shop_find_refund (bench.shop, &refund, &id, NULL, &error), ==,
                   WB_FINDING_NOT_DONE);
  tell (&bench, "/town/faults",
        "{\"match\":{\"service\":\"shopify\"},\"kind\":\"cut-after\",\"after\":2,\"times\":1}");
  g_assert_false (wb_shop_refund (bench.shop, &refund, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  g_free (control (&bench, "DELETE", "/town/faults", NULL));
  g_assert_cmpint (wb_shop_find_refund (bench.shop, &refund, &id, NULL, &error), ==,
                   WB_FINDING_DONE);
  g_assert_true (wb_shop_refund (bench.shop, &refund, &again, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, id);
  after = fetch (&bench, refund.order_ref);
  g_assert_cmpint (wb_record_get_int (after, WB_ORDER_REFUNDED_TOTAL), ==, 500);
  refund.key = "waybill-refund-78";
  refund.amount.minor = G_GINT64_CONSTANT (100000000);
  g_assert_false (wb_shop_refund (bench.shop, &refund, &again, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
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
  g_auto (Bench)        bench = bench_new (10);
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
  tell (&bench, "/town/shopify", "{\"take\":{\"good\":11,\"pieces\":3}}");
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
  g_auto (Bench)        bench = bench_new (10);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func (g_object_unref);
  Shelf                 shelf = { .listings = listings };

  g_clear_object (&bench.shop);
  bench.shop = open_with (bench.town, WB_TOWN_SHOPIFY_ID, WB_TOWN_SHOPIFY_SECRET,
                          "{\"location\":2}", &error);
  g_assert_true (wb_shop_fetch_listings (bench.shop, NULL, listing_cb, &shelf, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_record_get_int (listing_of (&shelf, "TEE-001"), WB_LISTING_SHOWN), ==, 3);
}

/* ---- the rest ---- */

static void
test_changes (void)
{
  g_auto (Bench)        bench = bench_new (120);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbAddress) address = wb_address_new ();
  g_autoptr (WbOrder)   after = NULL;
  g_autoptr (GPtrArray) open = NULL;
  WbShopChange change = { .kind = WB_SHOP_CHANGE_NOTE, .key = "n1", .text = "Rings twice" };

  sync_ok (&bench);
  change.order_ref = wb_record_get_text (find (&bench, is_free), WB_ORDER_REMOTE_ID);
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
  after = fetch (&bench, change.order_ref);
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

static void
test_no_such_order (void)
{
  g_auto (Bench)     bench = bench_new (10);
  g_autoptr (GError) error = NULL;

  g_assert_null (wb_shop_fetch_order (bench.shop, "5", NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (wb_shop_fetch_order (bench.shop, "../5", NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
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
  g_test_add_func ("/shops/shopify/town/report", test_report);
  g_test_add_func ("/shops/shopify/town/two-places", test_two_places);
  g_test_add_func ("/shops/shopify/town/untracked", test_untracked);
  g_test_add_func ("/shops/shopify/town/hold", test_hold);
  g_test_add_func ("/shops/shopify/town/long-order", test_long_order);
  g_test_add_func ("/shops/shopify/town/capture", test_capture);
  g_test_add_func ("/shops/shopify/town/capture-lost", test_capture_lost);
  g_test_add_func ("/shops/shopify/town/void", test_void);
  g_test_add_func ("/shops/shopify/town/refund", test_refund);
  g_test_add_func ("/shops/shopify/town/stock", test_stock);
  g_test_add_func ("/shops/shopify/town/places", test_places);
  g_test_add_func ("/shops/shopify/town/changes", test_changes);
  g_test_add_func ("/shops/shopify/town/no-such-order", test_no_such_order);
  return g_test_run ();
}
