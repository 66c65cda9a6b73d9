/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice shop behaves as WooCommerce really does: each trap of its lists, its orders and its
 * writes. */
#include "asker.h"

#include <string.h>

#define EPOCH 1795300000 /* 2026-11-21T22:26:40Z */

typedef struct
{
  WbTown *town;
} Bench;

static void
bench_up (Bench *bench, gconstpointer data)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = 80;
  options.epoch = EPOCH;
  options.shop_version = data;
  bench->town = town_up (&options);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  wb_town_free (bench->town);
}

/* ---- who may ask ---- */

static void
test_basic_is_refused_on_http (Bench *bench, gconstpointer data)
{
  g_autofree char   *basic = g_base64_encode ((const guchar *) "ck_practice:cs_practice", 23);
  g_autofree char   *value = g_strconcat ("Basic ", basic, NULL);
  Header             headers[] = { { "Authorization", value } };
  g_autoptr (Answer) orders =
      ask (bench->town, "GET", "/shop/wp-json/wc/v3/orders", NULL, headers, 1);
  g_autoptr (Answer) query =
      ask (bench->town, "GET",
           "/shop/wp-json/wc/v3/orders?consumer_key=ck_practice&consumer_secret=cs_practice", NULL,
           NULL, 0);
  g_autoptr (Answer) probe = ask (bench->town, "GET", "/shop/wp-json/", NULL, headers, 1);
  g_autoptr (Answer) open = ask (bench->town, "GET", "/shop/wp-json/", NULL, NULL, 0);

  assert_status (orders, 401);
  assert_text (orders, "code", "woocommerce_rest_cannot_view");
  assert_status (query, 401);
  assert_status (probe, 401);
  assert_text (probe, "code", "invalid_username");
  assert_status (open, 200);
  assert_text (open, "timezone_string", "Europe/Berlin");
  g_assert_nonnull (strstr (open->body, "\"wc/v3\""));
}

static void
test_signatures (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) good = ask_shop (bench->town, "GET", "/orders", NULL, NULL);
  g_autoptr (Answer) secret =
      ask_shop_as (bench->town, "GET", "/orders", NULL, NULL, "ck_practice", "cs_wrong", 0, NULL);
  g_autoptr (Answer) key =
      ask_shop_as (bench->town, "GET", "/orders", NULL, NULL, "ck_wrong", "cs_practice", 0, NULL);
  g_autoptr (Answer) late = ask_shop_as (bench->town, "GET", "/orders", NULL, NULL, "ck_practice",
                                         "cs_practice", -1200, NULL);
  g_autoptr (Answer) once = ask_shop_as (bench->town, "GET", "/orders", NULL, NULL, "ck_practice",
                                         "cs_practice", 0, "same");
  g_autoptr (Answer) twice = ask_shop_as (bench->town, "GET", "/orders", NULL, NULL, "ck_practice",
                                          "cs_practice", 0, "same");

  assert_status (good, 200);
  assert_status (secret, 401);
  assert_text (secret, "code", "woocommerce_rest_authentication_error");
  assert_status (key, 401);
  assert_text (key, "code", "woocommerce_rest_cannot_view");
  assert_status (late, 401);
  assert_text (late, "message", "Invalid timestamp.");
  assert_status (once, 200);
  assert_status (twice, 401);
  assert_text (twice, "message", "Invalid nonce - nonce has already been used.");
}

static void
test_rights (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) read = ask_shop_as (bench->town, "PUT", "/orders/1000", NULL, "{}",
                                         "ck_practice_read", "cs_practice_read", 0, NULL);
  g_autoptr (Answer) write = ask_shop_as (bench->town, "GET", "/orders", NULL, NULL,
                                          "ck_practice_write", "cs_practice_write", 0, NULL);
  g_autoptr (Answer) customer =
      ask_shop_as (bench->town, "GET", "/orders", NULL, NULL, "ck_practice_customer",
                   "cs_practice_customer", 0, NULL);

  assert_status (read, 401);
  assert_status (write, 401);
  assert_status (customer, 403);
}

/* "status[]=" is signed as it stands by clients, but PHP numbers it. */
static void
test_array_parameters (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) numbered =
      ask_shop (bench->town, "GET", "/orders", "status[0]=processing&status[1]=pending", NULL);
  g_autoptr (Answer) bare = ask_shop (bench->town, "GET", "/orders", "status[]=processing", NULL);

  assert_status (numbered, 200);
  assert_status (bare, 401);
}

/* ---- lists ---- */

static gint64
total_of (const Answer *answer)
{
  g_autofree char *owned = NULL;
  const char      *value = header_of (answer, "X-WP-Total", &owned);

  g_assert_nonnull (value);
  return g_ascii_strtoll (value, NULL, 10);
}

static void
test_pages (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) page =
      ask_shop (bench->town, "GET", "/orders", "per_page=7&page=2&orderby=id&order=asc", NULL);
  g_autoptr (Answer) past = ask_shop (bench->town, "GET", "/orders", "per_page=100&page=3", NULL);
  g_autoptr (Answer) wide = ask_shop (bench->town, "GET", "/orders", "per_page=101", NULL);
  g_autofree char   *link = NULL;

  g_assert_cmpuint (length_at (page, ""), ==, 7);
  g_assert_cmpint (number_at (page, "0.id"), ==, 1000 + 3 * 7);
  g_assert_cmpint (total_of (page), ==, 80);
  g_assert_nonnull (strstr (header_of (page, "Link", &link), "rel=\"next\""));
  assert_status (past, 200);
  g_assert_cmpstr (past->body, ==, "[]");
  g_assert_cmpint (total_of (past), ==, strcmp (data, "11.0") == 0 ? 0 : 80);
  assert_status (wide, 400);
}

static gint64
count_after (Bench *bench, const char *query)
{
  g_autofree char   *whole = g_strconcat ("per_page=100&", query, NULL);
  g_autoptr (Answer) answer = ask_shop (bench->town, "GET", "/orders", whole, NULL);

  assert_status (answer, 200);
  return total_of (answer);
}

/* Strictly later, by whole seconds: the row of that very second is not there. */
static void
test_modified_after_is_strict (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) all =
      ask_shop (bench->town, "GET", "/orders", "per_page=100&orderby=id&order=asc", NULL);
  g_autofree char *mark = text_at (all, "8.date_modified_gmt");
  g_autofree char *query = g_strdup_printf ("modified_after=%s&dates_are_gmt=true", mark);
  g_autofree char *fraction = g_strdup_printf ("modified_after=%s.900&dates_are_gmt=true", mark);
  gint64           later = 0;
  guint            same = 0;

  for (guint i = 0; i < 80; i++)
    {
      g_autofree char *path = g_strdup_printf ("%u.date_modified_gmt", i);
      g_autofree char *other = text_at (all, path);

      later += strcmp (other, mark) > 0;
      same += strcmp (other, mark) == 0;
    }
  g_assert_cmpuint (same, >, 1); /* some were changed in bulk */
  g_assert_cmpint (count_after (bench, query), ==, later);
  g_assert_cmpint (count_after (bench, fraction), ==, later);
}

static gint64
count_from (Bench *bench, WbInstant instant, const char *rest)
{
  g_autofree char *iso = wb_instant_to_iso (instant);
  g_autofree char *query = g_strdup_printf ("modified_after=%.19s%s", iso, rest);

  return count_after (bench, query);
}

/* A Z next to dates_are_gmt is shifted by the shop's offset, an hour in Berlin's winter: rows are
 * lost without a word. */
static void
test_zulu_and_gmt (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) order = ask_shop (bench->town, "GET", "/orders/1120", NULL, NULL);
  g_autofree char   *modified = text_at (order, "date_modified_gmt");
  g_autofree char   *zulu_text = g_strconcat (modified, "Z", NULL);
  WbInstant          mark;
  gint64             right;

  g_assert_true (wb_instant_parse (zulu_text, &mark, NULL));
  mark -= 1800;
  right = count_from (bench, mark, "&dates_are_gmt=true");
  g_assert_cmpint (count_from (bench, mark, "Z"), ==, right);
  g_assert_cmpint (count_from (bench, mark + 3600, "%2B01:00"), ==, right);
  g_assert_cmpint (count_from (bench, mark + 3600, ""), ==, right);
  g_assert_cmpint (count_from (bench, mark, "Z&dates_are_gmt=true"), ==,
                   count_from (bench, mark + 3600, "&dates_are_gmt=true"));
  g_assert_cmpint (count_from (bench, mark, "Z&dates_are_gmt=true"), <, right);
}

static void
test_filters (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) date =
      ask_shop (bench->town, "GET", "/orders", "modified_after=2026-11-20", NULL);
  g_autoptr (Answer) epoch =
      ask_shop (bench->town, "GET", "/orders", "modified_after=1795300000", NULL);
  g_autoptr (Answer) unknown = ask_shop (bench->town, "GET", "/orders", "status=shipped", NULL);
  g_autoptr (Answer) prefixed =
      ask_shop (bench->town, "GET", "/orders", "status=wc-processing", NULL);
  g_autoptr (Answer) include = ask_shop (bench->town, "GET", "/orders", "include=1003,1009", NULL);
  g_autoptr (Answer) fields =
      ask_shop (bench->town, "GET", "/orders", "_fields=id,status&per_page=1", NULL);

  assert_status (date, 400);
  assert_status (epoch, 400);
  assert_status (unknown, 400);
  assert_status (prefixed, 400);
  g_assert_cmpuint (length_at (include, ""), ==, 2);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (node_at (fields->json, "0"))), ==,
                    2);
  g_assert_cmpint (count_after (bench, "statuss=pending"), ==,
                   80); /* a mistyped filter is no filter */
  g_assert_cmpint (count_after (bench, "status=awaiting-pickup"), ==, 2);
}

static void
test_trash (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) once = ask_shop (bench->town, "DELETE", "/orders/1000", NULL, NULL);
  g_autoptr (Answer) twice = ask_shop (bench->town, "DELETE", "/orders/1000", NULL, NULL);

  assert_status (once, 200);
  assert_status (twice, 410);
  g_assert_cmpint (count_after (bench, "status=any"), ==, 79);
  g_assert_cmpint (count_after (bench, "status=any,trash"), ==, 79);
  g_assert_cmpint (count_after (bench, "status=trash"), ==, 1);
}

/* All rows share one date of modification: old shops shuffle them anew on each page. */
static void
test_order_by_modified (Bench *bench, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gboolean               modern = strcmp (data, "11.0") == 0;

  for (guint i = 0; i < 80; i++)
    {
      g_autofree char   *path = g_strdup_printf ("/orders/%u", 1000 + 3 * i);
      g_autoptr (Answer) put =
          ask_shop (bench->town, "PUT", path, NULL, "{\"status\":\"pending\"}");
      g_autoptr (Answer) back =
          ask_shop (bench->town, "PUT", path, NULL, "{\"status\":\"on-hold\"}");

      assert_status (back, 200);
      if (i % 20 == 0)
        g_clear_pointer (&put, answer_free);
    }
  for (guint page = 1; page <= 12; page++)
    {
      g_autofree char *query =
          g_strdup_printf ("orderby=modified&order=asc&per_page=7&page=%u&_fields=id", page);
      g_autoptr (Answer) answer = ask_shop (bench->town, "GET", "/orders", query, NULL);

      for (guint i = 0; i < length_at (answer, ""); i++)
        {
          g_autofree char *at = g_strdup_printf ("%u.id", i);

          g_hash_table_add (seen, GINT_TO_POINTER (number_at (answer, at)));
        }
    }
  if (modern)
    g_assert_cmpuint (g_hash_table_size (seen), ==, 80);
  else
    g_assert_cmpuint (g_hash_table_size (seen), <, 80);
}

/* ---- writing ---- */

static void
test_statuses (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) unknown =
      ask_shop (bench->town, "PUT", "/orders/1000", NULL, "{\"status\":\"shipped\"}");
  g_autoptr (Answer) missing =
      ask_shop (bench->town, "PUT", "/orders/1001", NULL, "{\"status\":\"completed\"}");
  g_autoptr (Answer) absent = ask_shop (bench->town, "GET", "/orders/1001", NULL, NULL);
  g_autoptr (Answer) batch = ask_shop (
      bench->town, "POST", "/orders/batch", NULL,
      "{\"update\":[{\"id\":1000,\"status\":\"shipped\"},{\"id\":1001,\"status\":\"completed\"}]}");

  assert_status (unknown, 400);
  assert_text (unknown, "code", "rest_invalid_param");
  assert_status (missing, 400);
  assert_text (missing, "code", "woocommerce_rest_shop_order_invalid_id");
  assert_status (absent, 404);
  assert_status (batch, 200);
  assert_text (batch, "update.0.status", "pending");
  assert_text (batch, "update.1.error.code", "woocommerce_rest_shop_order_invalid_id");
}

static void
test_completed (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) once = ask_shop (bench->town, "PUT", "/orders/1087", NULL,
                                      "{\"status\":\"completed\"}"); /* unpaid transfer */
  g_autoptr (Answer) clock = command (bench->town, "POST", "/town/clock", "{\"advance\":100}");
  g_autoptr (Answer) twice =
      ask_shop (bench->town, "PUT", "/orders/1087", NULL, "{\"status\":\"completed\"}");
  g_autoptr (Answer) back =
      ask_shop (bench->town, "PUT", "/orders/1087", NULL, "{\"status\":\"processing\"}");
  g_autoptr (Answer) books = command (bench->town, "GET", "/town/books", NULL);
  g_autofree char   *first = text_at (once, "date_completed_gmt");

  g_assert_nonnull (first);
  g_assert_nonnull (clock->json);
  assert_text (once, "date_paid_gmt", first);
  assert_text (twice, "date_completed_gmt", first);
  assert_text (back, "date_completed_gmt", first);
  g_assert_cmpint (number_at (books, "totals.completed"), ==, 2);
  g_assert_cmpint (number_at (books, "totals.mails"), ==, 1);
}

static void
test_meta_and_modified (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) before = ask_shop (bench->town, "GET", "/orders/1000", NULL, NULL);
  g_autoptr (Answer) note =
      ask_shop (bench->town, "POST", "/orders/1000/notes", NULL, "{\"note\":\"x\"}");
  g_autoptr (Answer) noted = ask_shop (bench->town, "GET", "/orders/1000", NULL, NULL);
  g_autoptr (Answer) put =
      ask_shop (bench->town, "PUT", "/orders/1000", NULL,
                "{\"meta_data\":[{\"key\":\"n\",\"value\":123},{\"key\":\"o\",\"value\":{}},"
                "{\"key\":\"b\",\"value\":false}]}");
  g_autofree char *old = text_at (before, "date_modified_gmt");
  g_autofree char *new = text_at (put, "date_modified_gmt");

  assert_status (note, 201);
  assert_text (noted, "date_modified_gmt", old);
  assert_text (put, "meta_data.3.value", "123");
  assert_text (put, "meta_data.4.value", "[]");
  assert_text (put, "meta_data.5.value", "");
  if (strcmp (data, "11.0") == 0)
    g_assert_cmpstr (new, !=, old);
  else
    g_assert_cmpstr (new, ==, old);
}

static void
test_refunds (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) order =
      ask_shop (bench->town, "GET", "/orders/1006", NULL, NULL); /* paid by card */
  g_autofree char   *intent = text_at (order, "transaction_id");
  g_autofree char   *path = g_strconcat ("/payment_intents/", intent, NULL);
  g_autofree char   *total = text_at (order, "total");
  g_autoptr (Answer) number =
      ask_shop (bench->town, "POST", "/orders/1006/refunds", NULL, "{\"amount\":1}");
  g_autoptr (Answer) much =
      ask_shop (bench->town, "POST", "/orders/1006/refunds", NULL, "{\"amount\":\"99999.00\"}");
  g_autofree char *body = g_strdup_printf (
      "{\"amount\":\"2.50\",\"line_items\":[{\"id\":%" G_GINT64_FORMAT ",\"quantity\":99,"
      "\"refund_total\":2.5}]}",
      number_at (order, "line_items.0.id"));
  g_autoptr (Answer) refund = ask_shop (bench->town, "POST", "/orders/1006/refunds", NULL, body);
  g_autoptr (Answer) empty = ask_shop (bench->town, "POST", "/orders/1006/refunds", NULL, "{}");
  g_autoptr (Answer) after = ask_shop (bench->town, "GET", "/orders/1006", NULL, NULL);
  g_autoptr (Answer) money = ask_stripe (bench->town, "GET", "/refunds", NULL, NULL);

  assert_status (number, 400);
  assert_status (much, 500);
  assert_text (much, "data", "500"); /* a bare number */
  assert_status (refund, 201);
  g_assert_cmpint (number_at (refund, "line_items.0.quantity"), ==, -99);
  assert_text (refund, "line_items.0.meta_data.0.key", "_refunded_item_id");
  assert_status (empty, 201);
  assert_text (empty, "amount", "");
  assert_text (after, "refunds.0.total", strcmp (data, "11.0") == 0 ? "-" : "0.00");
  assert_text (after, "refunds.1.total", "-2.50");
  assert_text (after, "total", total);                           /* it does not fall */
  g_assert_cmpint (number_at (money, "data.0.amount"), ==, 250); /* api_refund defaults to true */
}

static void
test_no_gateway_refund (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) bank =
      ask_shop (bench->town, "POST", "/orders/1012/refunds", NULL, "{\"amount\":\"1.00\"}");
  g_autoptr (Answer) by_hand = ask_shop (bench->town, "POST", "/orders/1012/refunds", NULL,
                                         "{\"amount\":\"1.00\",\"api_refund\":false}");

  assert_status (bank, 500);
  assert_status (by_hand, 201);
}

static void
test_stock (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) broken =
      ask_shop (bench->town, "PUT", "/products/11", NULL, "{\"stock_quantity\":1.5}");
  g_autoptr (Answer) text =
      ask_shop (bench->town, "PUT", "/products/11", NULL, "{\"stock_quantity\":\"-3\"}");
  g_autoptr (Answer) unmanaged =
      ask_shop (bench->town, "PUT", "/products/18", NULL, "{\"stock_quantity\":7}");
  g_autoptr (Answer) parent =
      ask_shop (bench->town, "GET", "/products/15/variations/206", NULL, NULL);
  g_autoptr (Answer) alone = ask_shop (bench->town, "GET", "/products/206", NULL, NULL);
  g_autoptr (Answer) wrong =
      ask_shop (bench->town, "GET", "/products/14/variations/206", NULL, NULL);
  g_autoptr (Answer) accent = ask_shop (bench->town, "GET", "/products", "sku=pl-zub-6", NULL);
  g_autoptr (Answer) comma = ask_shop (bench->town, "GET", "/products", "sku=BELL,BRASS", NULL);

  assert_status (broken, 400);
  g_assert_cmpint (number_at (text, "stock_quantity"), ==, -3);
  assert_status (unmanaged, 200);
  assert_text (unmanaged, "stock_quantity", NULL);
  assert_text (parent, "manage_stock", "parent");
  assert_status (alone, 404);
  assert_status (wrong, strcmp (data, "11.0") == 0 ? 404 : 403);
  g_assert_cmpuint (length_at (accent, ""), ==, 1);
  g_assert_cmpuint (length_at (comma, ""), ==, 0);
}

static void
test_fulfillments (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) off = ask_shop (bench->town, "GET", "/orders/1000/fulfillments", NULL, NULL);
  g_autoptr (Answer) on = command (bench->town, "POST", "/town/shop", "{\"fulfillments\":true}");
  g_autoptr (Answer) made =
      ask_shop (bench->town, "POST", "/orders/1000/fulfillments", "notify_customer=true",
                "{\"status\":\"fulfilled\",\"is_fulfilled\":true,\"meta_data\":["
                "{\"key\":\"_items\",\"value\":[{\"item_id\":4711,\"qty\":99}]},"
                "{\"key\":\"_tracking_number\",\"value\":\"LX1\"}]}");
  g_autoptr (Answer) order = ask_shop (bench->town, "GET", "/orders/1000", NULL, NULL);
  g_autoptr (Answer) bare = ask_shop (bench->town, "POST", "/orders/1000/fulfillments", NULL,
                                      "{\"status\":\"fulfilled\"}");

  assert_status (off, 404);
  assert_text (off, "code", "rest_no_route");
  assert_text (on, "fulfillments", "true");
  assert_status (made, 201); /* nobody checks that line or that number */
  assert_text (made, "entity_id", "1000");
  assert_text (order, "status", "on-hold");
  assert_text (order, "meta_data.3.key", "_fulfillment_status");
  assert_status (bare, 400);
}

/* ---- what is in the orders ---- */

static void
test_traps_in_orders (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) gone = ask_shop (bench->town, "GET", "/orders/1048", NULL, NULL);
  g_autoptr (Answer) variation = ask_shop (bench->town, "GET", "/orders/1054", NULL, NULL);
  g_autoptr (Answer) virtual = ask_shop (bench->town, "GET", "/orders/1060", NULL, NULL);
  g_autoptr (Answer) fee = ask_shop (bench->town, "GET", "/orders/1045", NULL, NULL);
  g_autoptr (Answer) ships = ask_shop (bench->town, "GET", "/orders/1021", NULL, NULL);
  guint              last = length_at (gone, "line_items") - 1;
  g_autofree char   *product = g_strdup_printf ("line_items.%u.product_id", last);
  g_autofree char   *sku = g_strdup_printf ("line_items.%u.sku", last);
  g_autofree char   *variation_sku =
      g_strdup_printf ("line_items.%u.sku", length_at (variation, "line_items") - 1);
  g_autofree char *variation_id =
      g_strdup_printf ("line_items.%u.variation_id", length_at (variation, "line_items") - 1);

  g_assert_cmpint (number_at (gone, product), ==, 0);
  assert_text (gone, sku, NULL);
  assert_text (variation, variation_sku, "TS-HAM"); /* the parent's */
  g_assert_cmpint (number_at (variation, variation_id), ==, 0);
  assert_text (virtual, "shipping.country", "");
  g_assert_cmpuint (length_at (virtual, "shipping_lines"), ==, 0);
  assert_text (fee, "fee_lines.0.total", "-3.00");
  g_assert_cmpuint (length_at (ships, "shipping_lines"), ==, 2);
}

static void
add (const char *path, const char *version, void (*test) (Bench *bench, gconstpointer data))
{
  g_autofree char *whole = g_strdup_printf ("/town/shop/%s%s", version, path);

  g_test_add (whole, Bench, version, bench_up, test, bench_down);
}

int
main (int argc, char **argv)
{
  static const char *const versions[] = { "11.0", "7.9" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      add ("/basic-is-refused-on-http", versions[i], test_basic_is_refused_on_http);
      add ("/signatures", versions[i], test_signatures);
      add ("/rights", versions[i], test_rights);
      add ("/array-parameters", versions[i], test_array_parameters);
      add ("/pages", versions[i], test_pages);
      add ("/modified-after-is-strict", versions[i], test_modified_after_is_strict);
      add ("/zulu-and-gmt", versions[i], test_zulu_and_gmt);
      add ("/filters", versions[i], test_filters);
      add ("/trash", versions[i], test_trash);
      add ("/order-by-modified", versions[i], test_order_by_modified);
      add ("/statuses", versions[i], test_statuses);
      add ("/completed", versions[i], test_completed);
      add ("/meta-and-modified", versions[i], test_meta_and_modified);
      add ("/refunds", versions[i], test_refunds);
      add ("/no-gateway-refund", versions[i], test_no_gateway_refund);
      add ("/stock", versions[i], test_stock);
      add ("/traps-in-orders", versions[i], test_traps_in_orders);
    }
  add ("/fulfillments", "11.0", test_fulfillments);
  return g_test_run ();
}
