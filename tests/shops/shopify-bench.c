/* SPDX-License-Identifier: GPL-3.0-or-later
 * A practice shop for the tests of the Shopify module, and what was read of it. */
#include "shopify-bench.h"

#include <string.h>

#include "wb-connection.h"
#include "wb-json.h"

void
shopify_bench_clear (ShopifyBench *bench)
{
  g_clear_object (&bench->shop);
  g_clear_pointer (&bench->orders, g_hash_table_unref);
  g_clear_pointer (&bench->problems, g_ptr_array_unref);
  g_clear_pointer (&bench->cursor, g_free);
  g_clear_pointer (&bench->town, wb_town_free);
}

WbShop *
shopify_open_with (
    WbTown *town, const char *id, const char *secret, const char *settings, GError **error)
{
  const char *const        values[] = { id, secret, NULL };
  g_autoptr (WbConnection) connection = wb_connection_new ();

  wb_record_take_text (connection, WB_CONNECTION_BASE_URL, wb_town_dup_url (town, "shopify"));
  wb_record_set_text (connection, WB_CONNECTION_SETTINGS, settings);
  return wb_shop_find_provider ("shopify")->open (connection, values, error);
}

ShopifyBench
shopify_bench_new (guint orders)
{
  static WbInstant   epoch;
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  ShopifyBench       bench = { 0 };

  /* Shops of one test have the same orders, to the second. */
  if (epoch == 0)
    epoch = wb_now ();
  options.epoch = epoch;
  options.orders = orders;
  bench.town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  wb_town_start (bench.town, &error);
  g_assert_no_error (error);
  bench.shop =
      shopify_open_with (bench.town, WB_TOWN_SHOPIFY_ID, WB_TOWN_SHOPIFY_SECRET, NULL, &error);
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

char *
shopify_control (ShopifyBench *bench, const char *method, const char *path, const char *body)
{
  guint status = 0;
  char *reply = wb_town_control (bench->town, method, path, body, &status);

  g_assert_cmpuint (status, ==, 200);
  return reply;
}

void
shopify_tell (ShopifyBench *bench, const char *path, const char *body)
{
  g_free (shopify_control (bench, "POST", path, body));
}

/* How many requests came to the shop, by the town's log. */
guint
shopify_n_requests (ShopifyBench *bench)
{
  g_autofree char *log = shopify_control (bench, "GET", "/town/log", NULL);
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
  ShopifyBench *bench = data;

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

gboolean
shopify_read_changes (ShopifyBench *bench, GError **error)
{
  g_autofree char *cursor = g_strdup (bench->cursor);

  bench->read = 0;
  bench->pages = 0;
  return wb_shop_fetch_orders (bench->shop, cursor, page_cb, bench, NULL, error);
}

void
shopify_sync_ok (ShopifyBench *bench)
{
  g_autoptr (GError) error = NULL;

  shopify_read_changes (bench, &error);
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

void
shopify_check_books (ShopifyBench *bench)
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

/* The order with the lowest number of those that are @wanted. */
gpointer
shopify_find (ShopifyBench *bench, ShopifyWanted wanted)
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

guint
shopify_index_of (gpointer order)
{
  return (guint) (g_ascii_strtoll (wb_record_get_text (order, WB_ORDER_REMOTE_ID), NULL, 10) -
                  1000) /
         3;
}

gboolean
shopify_is_free (gpointer order)
{
  return wb_record_get_text (order, WB_ORDER_SHOP_HOLD) == NULL && wb_order_to_ship (order) > 0 &&
         g_str_equal (wb_record_get_text (order, WB_ORDER_SHOP_STATE), WB_SHOP_OPEN) &&
         wb_record_get_many (order, WB_ORDER_REFUNDS)->len == 0;
}

gboolean
shopify_is_authorised (gpointer order)
{
  return shopify_is_free (order) &&
         g_str_has_prefix (wb_record_get_text (order, WB_ORDER_REMOTE_STATUS), "authorized/") &&
         wb_record_get_int (order, WB_ORDER_PAID_AT) == 0;
}

gboolean
shopify_is_multi (gpointer order)
{
  return shopify_is_authorised (order) && shopify_index_of (order) % 2 == 0;
}

gboolean
shopify_is_single (gpointer order)
{
  return shopify_is_authorised (order) && shopify_index_of (order) % 2 == 1;
}

gboolean
shopify_is_held (gpointer order)
{
  const char *hold = wb_record_get_text (order, WB_ORDER_SHOP_HOLD);

  return hold != NULL && strstr (hold, "Held") != NULL && wb_order_to_ship (order) > 0;
}

gboolean
shopify_is_at_two_places (gpointer order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint      goods = 0;

  for (guint i = 0; i < lines->len; i++)
    goods += wb_record_get_bool (lines->pdata[i], WB_ORDER_LINE_NEEDS_SHIPPING) &&
             wb_order_line_to_ship (lines->pdata[i]) > 0;
  return shopify_is_free (order) && shopify_index_of (order) % 7 == 3 && goods > 1 &&
         wb_record_get_bool (lines->pdata[0], WB_ORDER_LINE_NEEDS_SHIPPING);
}

gboolean
shopify_is_paid (gpointer order)
{
  return wb_record_get_int (order, WB_ORDER_PAID_AT) != 0 && shopify_is_free (order) &&
         wb_record_get_int (order, WB_ORDER_TOTAL) > 1000 &&
         g_strcmp0 (wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD), "shopify_payments") == 0;
}

WbOrder *
shopify_fetch (ShopifyBench *bench, const char *ref)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = NULL;
  WbOrder           *order = wb_shop_fetch_order (bench->shop, ref, &raw, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (raw);
  return order;
}
