/* SPDX-License-Identifier: GPL-3.0-or-later
 * The module against a practice shop with every trap of WooCommerce switched on at once. The table
 * at the end names each trap's number, its switch, and what has to hold. */
#include "woo-traps.h"

#include <string.h>

/* ---- lists ---- */

static void
empty_page_tells_no_total (TrapBench *bench)
{
  g_autoptr (Answer) past = trap_raw (bench, "GET", "/orders", "per_page=100&page=50", NULL);
  g_autofree char   *owned = NULL;

  g_assert_cmpstr (header_of (past, "X-WP-Total", &owned), ==, "0");
  g_assert_cmpint (bench->least_total, >, 0);
  g_assert_cmpint (bench->most_total, ==, TRAP_ORDERS);
}

static void
touch_and_read (TrapBench *bench, guint index)
{
  g_autofree char *body = g_strdup_printf ("{\"from\":%u,\"n\":1}", index);
  g_autofree char *id = g_strdup_printf ("%u", 1000 + 3 * index);
  g_autofree char *path = g_strconcat ("/orders/", id, NULL);

  trap_control (bench, "/town/touch", body);
  g_hash_table_remove (bench->orders, id);
  trap_sync (bench);
  trap_order (bench, id);
}

/* Dated in the very second of the mark of the sync before: still read. */
static void
same_second_is_not_lost (TrapBench *bench)
{
  for (guint i = 100; i < 104; i++)
    touch_and_read (bench, i);
}

static void
no_z_beside_gmt (TrapBench *bench)
{
  guint              n;
  g_autofree char   *asked = trap_asked (bench, 0, &n);
  g_autoptr (GRegex) zulu = g_regex_new ("modified_after=[^&\n]*(Z|%2B|\\+)", 0, 0, NULL);

  g_assert_nonnull (strstr (asked, "modified_after="));
  g_assert_nonnull (strstr (asked, "dates_are_gmt=true"));
  g_assert_false (g_regex_match (zulu, asked, 0, NULL));
}

static void
dates_are_utc (TrapBench *bench)
{
  gpointer           order = trap_order_of_plot (bench, 2);
  g_autofree char   *path = g_strconcat ("/orders/", trap_text (order, WB_ORDER_REMOTE_ID), NULL);
  g_autoptr (Answer) there = trap_raw (bench, "GET", path, NULL, NULL);
  g_autofree char   *gmt = text_at (there, "date_created_gmt");
  g_autofree char   *local = text_at (there, "date_created");
  g_autofree char   *ours = wb_instant_to_iso (wb_record_get_int (order, WB_ORDER_PLACED_AT));

  g_assert_cmpstr (gmt, !=, local);
  g_assert_true (g_str_has_prefix (ours, gmt));
}

static void
nothing_is_missing (TrapBench *bench)
{
  g_autoptr (Answer) list = trap_raw (bench, "GET", "/orders", "per_page=1", NULL);
  g_autofree char   *owned = NULL;
  guint64            total = g_ascii_strtoull (header_of (list, "X-WP-Total", &owned), NULL, 10);

  for (guint i = 0; i < TRAP_ORDERS; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", 1000 + 3 * i);

      trap_order (bench, id);
    }
  g_assert_cmpuint (g_hash_table_size (bench->orders), >=, total);
}

/* An address that moves no date, and an order that leaves the list while it is read. */
static void
sweep_finds_what_is_not_dated (TrapBench *bench)
{
  gpointer           order = trap_order_of_plot (bench, 0);
  g_autofree char   *id = g_strdup (trap_text (order, WB_ORDER_REMOTE_ID));
  g_autofree char   *path = g_strconcat ("/orders/", id, NULL);
  g_autoptr (Answer) before = trap_raw (bench, "GET", path, NULL, NULL);
  g_autoptr (Answer) changed =
      trap_raw (bench, "PUT", path, NULL, "{\"shipping\":{\"address_1\":\"Neue Gasse 9\"}}");
  g_autofree char *was = text_at (before, "date_modified_gmt");

  assert_text (changed, "date_modified_gmt", was);
  trap_pass_time (4000);
  g_hash_table_remove_all (bench->orders);
  trap_sync (bench);
  order = trap_order (bench, id);
  g_assert_cmpstr (trap_text (wb_record_get_one (order, WB_ORDER_SHIP_TO), WB_ADDRESS_STREET1), ==,
                   "Neue Gasse 9");
}

/* After the sweep: every order that is open in the shop was met, though one had left meanwhile. */
static void
sweep_loses_nobody (TrapBench *bench)
{
  for (guint page = 1, more = TRUE; more; page++)
    {
      g_autofree char *query = g_strdup_printf ("per_page=100&page=%u&orderby=id&order=asc", page);
      g_autoptr (Answer) list = trap_raw (bench, "GET", "/orders", query, NULL);
      guint              n = length_at (list, "");

      more = n == 100;
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *id_at = g_strdup_printf ("%u.id", i);
          g_autofree char *status_at = g_strdup_printf ("%u.status", i);
          g_autofree char *status = text_at (list, status_at);
          g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, number_at (list, id_at));

          if (g_str_equal (status, "processing") || g_str_equal (status, "on-hold"))
            trap_order (bench, id);
        }
    }
}

static void
carts_and_trash (TrapBench *bench)
{
  g_autofree char *trashed =
      g_strdup (trap_text (trap_order_of_plot (bench, 4), WB_ORDER_REMOTE_ID));
  g_autofree char *cart = g_strdup (trap_text (trap_order_of_plot (bench, 8), WB_ORDER_REMOTE_ID));
  g_autofree char *trash_path = g_strconcat ("/orders/", trashed, NULL);
  g_autofree char *cart_path = g_strconcat ("/orders/", cart, NULL);
  g_autoptr (Answer) put =
      trap_raw (bench, "PUT", cart_path, NULL, "{\"status\":\"checkout-draft\"}");
  g_autoptr (Answer) gone = trap_raw (bench, "DELETE", trash_path, NULL, NULL);

  assert_status (put, 200);
  assert_status (gone, 200);
  g_hash_table_remove (bench->orders, cart);
  trap_sync (bench);
  g_assert_null (g_hash_table_lookup (bench->orders, cart));
  g_assert_cmpstr (trap_text (trap_order (bench, trashed), WB_ORDER_SHOP_STATE), ==,
                   WB_SHOP_CANCELLED);
}

/* A shop that knows what it is asked finds nothing in our questions that it does not know. */
static void
no_unknown_parameter (TrapBench *bench)
{
  g_autoptr (Answer) ignored = trap_raw (bench, "GET", "/orders", "statuss=processing", NULL);
  g_autoptr (Answer) refused = NULL;

  assert_status (ignored, 200);
  trap_control (bench, "/town/traps", "{\"set\":\"-9\"}");
  refused = trap_raw (bench, "GET", "/orders", "statuss=processing", NULL);
  assert_status (refused, 400);
  trap_control (bench, "/town/touch", "{\"from\":90,\"n\":3}");
  trap_pass_time (4000);
  trap_sync (bench);
  trap_control (bench, "/town/traps", "{\"set\":\"9\"}");
}

static void
idle_is_one_request (TrapBench *bench)
{
  gint64 number;
  guint  n;

  trap_control (bench, "/town/traps", "{\"set\":\"-27\"}"); /* a page would be a question more */
  trap_pass_time (600);
  trap_sync (bench);
  number = trap_last_number (bench);
  trap_sync (bench);
  g_free (trap_asked (bench, number, &n));
  trap_control (bench, "/town/traps", "{\"set\":\"27\"}");
  g_assert_cmpuint (n, ==, 1);
}

/* ---- reading ---- */

static void
sums_are_exact (TrapBench *bench)
{
  GHashTableIter iter;
  gpointer       order;

  g_hash_table_iter_init (&iter, bench->orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    {
      GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
      gint64     sum = 0;

      for (guint i = 0; i < lines->len; i++)
        {
          sum += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL) +
                 wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TAX);
          g_assert_cmpstr (trap_text (lines->pdata[i], WB_ORDER_LINE_KIND), !=, WB_LINE_ADJUSTMENT);
        }
      g_assert_cmpint (sum, ==, wb_record_get_int (order, WB_ORDER_TOTAL));
    }
}

static void
refund_without_amount (TrapBench *bench)
{
  gpointer           order = trap_order_of_plot (bench, 10);
  g_autofree char   *id = g_strdup (trap_text (order, WB_ORDER_REMOTE_ID));
  g_autofree char   *path = g_strconcat ("/orders/", id, NULL);
  g_autofree char   *refunds = g_strconcat (path, "/refunds", NULL);
  g_autoptr (Answer) posted = trap_raw (bench, "POST", refunds, NULL, "{}");
  g_autoptr (Answer) there = trap_raw (bench, "GET", path, NULL, NULL);
  gint64             total = wb_record_get_int (order, WB_ORDER_TOTAL);

  assert_status (posted, 201);
  assert_text (there, "refunds.0.total", "-");
  trap_sync (bench);
  order = trap_order (bench, id);
  g_assert_cmpuint (wb_record_get_many (order, WB_ORDER_REFUNDS)->len, ==, 1);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL), ==, 0);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_TOTAL), ==, total);
}

static gpointer
line_named (gpointer order, const char *name)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (strstr (trap_text (lines->pdata[i], WB_ORDER_LINE_NAME), name) != NULL)
      return lines->pdata[i];
  g_assert_not_reached ();
}

static void
deleted_products_have_no_sku (TrapBench *bench)
{
  gpointer product = line_named (trap_order_of_plot (bench, 16), "Emaille-Dose");
  gpointer variation = line_named (trap_order_of_plot (bench, 18), "XXL");

  g_assert_null (wb_record_get_text (product, WB_ORDER_LINE_PRODUCT_REF));
  g_assert_null (wb_record_get_text (product, WB_ORDER_LINE_SKU));
  g_assert_nonnull (wb_record_get_text (variation, WB_ORDER_LINE_PRODUCT_REF));
  g_assert_null (wb_record_get_text (variation, WB_ORDER_LINE_VARIATION_REF));
  g_assert_null (wb_record_get_text (variation, WB_ORDER_LINE_SKU));
}

static void
types_change (TrapBench *bench)
{
  g_autoptr (Answer) there = trap_raw (bench, "GET", "/products/15/variations/206", NULL, NULL);
  gpointer           shared = trap_listing (bench, "15", "206");

  assert_text (there, "manage_stock", "parent");
  g_assert_null (wb_record_get_text (shared, WB_LISTING_SKU)); /* it tells its parent's */
  g_assert_cmpint (wb_record_get_int (shared, WB_LISTING_WEIGHT_G), ==, 205);
  g_assert_cmpuint (bench->problems->len, ==, 0);
}

static void
hidden_meta (TrapBench *bench)
{
  const char *options =
      trap_text (trap_item (trap_order_of_plot (bench, 23), 0), WB_ORDER_LINE_OPTIONS);
  g_autoptr (WbShop)  named = trap_open (bench->town, "{\"slip_meta\":[\"_addons\"]}");
  g_autoptr (WbOrder) order = NULL;

  g_assert_null (strstr (options, "reduced"));
  g_assert_null (strstr (options, "addons"));
  g_assert_nonnull (strstr (options, "Gravur: Für Oma × 2"));
  for (guint try = 0; order == NULL && try < 10; try++)
    order = wb_shop_fetch_order (
        named, trap_text (trap_order_of_plot (bench, 23), WB_ORDER_REMOTE_ID), NULL, NULL, NULL);
  g_assert_nonnull (strstr (trap_text (trap_item (order, 0), WB_ORDER_LINE_OPTIONS), "Addons: "));
}

static void
virtual_orders_ship_nothing (TrapBench *bench)
{
  gpointer           order = trap_order_of_plot (bench, 20);
  g_autofree char   *path = g_strconcat ("/orders/", trap_text (order, WB_ORDER_REMOTE_ID), NULL);
  g_autoptr (Answer) there = trap_raw (bench, "GET", path, NULL, NULL);

  assert_text (there, "needs_processing", "true");
  g_assert_cmpint (wb_order_to_ship (order), ==, 0);
}

static void
texts_are_as_written (TrapBench *bench)
{
  gpointer order = trap_order_of_plot (bench, 13);

  g_assert_cmpstr (trap_text (wb_record_get_one (order, WB_ORDER_SHIP_TO), WB_ADDRESS_COMPANY), ==,
                   "Bäckerei Süß & Söhne GmbH <Köln>");
  g_assert_nonnull (strstr (trap_text (order, WB_ORDER_NOTE), "<Nachbar>"));
}

static void
own_statuses_wait (TrapBench *bench)
{
  gpointer           order = trap_order_of_plot (bench, 27);
  g_autoptr (WbShop) told =
      trap_open (bench->town, "{\"statuses\":{\"awaiting-pickup\":\"open\"}}");
  g_autoptr (WbOrder)   known = NULL;
  g_autoptr (GPtrArray) statuses = NULL;
  const WbShopStatus   *own = NULL;

  g_assert_cmpstr (trap_text (order, WB_ORDER_REMOTE_STATUS), ==, "awaiting-pickup");
  g_assert_cmpstr (trap_text (order, WB_ORDER_SHOP_STATE), ==, WB_SHOP_UNPAID);
  for (guint try = 0; (known == NULL || statuses == NULL) && try < 20; try++)
    {
      if (known == NULL)
        known = wb_shop_fetch_order (told, trap_text (order, WB_ORDER_REMOTE_ID), NULL, NULL, NULL);
      if (statuses == NULL)
        statuses = wb_shop_list_statuses (bench->shop, NULL, NULL);
    }
  g_assert_cmpstr (trap_text (known, WB_ORDER_SHOP_STATE), ==, WB_SHOP_OPEN);
  for (guint i = 0; i < statuses->len; i++)
    if (g_str_equal (((WbShopStatus *) statuses->pdata[i])->id, "awaiting-pickup"))
      own = statuses->pdata[i];
  g_assert_cmpstr (own->title, ==, "Wartet auf Abholung & Zahlung");
  g_assert_null (own->shop_state); /* nobody has said yet */
}

static void
pages_stop_nobody (TrapBench *bench)
{
  g_assert_cmpuint (bench->failures, >, 0);
  sweep_loses_nobody (bench);
}

/* Trap number, its switch in words, and what has to hold though it is on. The order matters where
 * one assertion builds upon what another did. */
static const struct
{
  guint       trap;
  const char *what_holds;
  void (*check) (TrapBench *bench);
} table[] = {
  { 1, "no total is read from an empty page", empty_page_tells_no_total },
  { 5, "every order is read whatever order equal dates come in", nothing_is_missing },
  { 11, "amounts come from texts, and add up", sums_are_exact },
  { 13, "a deleted product or variation lends nobody its SKU", deleted_products_have_no_sku },
  { 14, "members of changing type are read", types_change },
  { 15, "hidden meta data is shown only where it is named", hidden_meta },
  { 16, "what needs shipping is judged without the flag", virtual_orders_ship_nothing },
  { 17, "texts stay as they were written", texts_are_as_written },
  { 18, "a status nobody explained waits, and can be explained", own_statuses_wait },
  { 2, "what is dated in the mark's own second is read", same_second_is_not_lost },
  { 3, "dates are asked for as plain UTC", no_z_beside_gmt },
  { 4, "dates are UTC", dates_are_utc },
  { 6, "what moves no date is found by the sweep", sweep_finds_what_is_not_dated },
  { 7, "a list that loses a row while it is read loses no other", sweep_loses_nobody },
  { 8, "carts are no orders, trash is cancelled", carts_and_trash },
  { 9, "nothing is asked that a shop does not know", no_unknown_parameter },
  { 10, "an unchanged shop is asked once", idle_is_one_request },
  { 12, "a refund without an amount is one of nothing", refund_without_amount },
  { 19, "batches are never used", trap_batch },
  { 20, "completed once, told once, mailed once", trap_twice },
  { 21, "a missing order is missing, read or written", trap_missing_order },
  { 22, "what is written is UTF-8, and kept as written", trap_latin },
  { 23, "a refund is made once, of no more than is left, and says what it moves", trap_refund },
  { 24, "an order refunded in full is over whatever its status", trap_full_refund },
  { 25, "stock is set where it is counted, and nowhere else", trap_stock },
  { 26, "fulfilments fit the order, and the order is completed as well", trap_fulfilment },
  { 27, "web pages delay and lose nothing", pages_stop_nobody },
  { 28, "a webhook's first message is taken for nothing", trap_ping },
  { 29, "a hint is signed and points at an order", trap_queue },
  { 30, "what a hint says is read from the shop", trap_merged },
  { 31, "a webhook that was switched off is missed by nobody", trap_disabled },
  { 0, "orders are made once", trap_create },
  { 0, "orders are changed once", trap_changes },
  { 0, "pieces are set once", trap_pieces },
};

static void
test_all (gconstpointer version)
{
  TrapBench bench;
  guint32   seen = 0;

  trap_bench_up (&bench, version, "all");
  trap_sync (&bench);
  trap_read_listings (&bench);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("trap %u: %s", table[i].trap, table[i].what_holds);
      table[i].check (&bench);
      g_assert_cmpuint (bench.problems->len, ==, 0);
      seen |= (guint32) 1 << table[i].trap;
    }
  g_assert_cmphex (seen, ==, 0xffffffff); /* 1 to 31, each */
  trap_bench_down (&bench);
}

/* Each switch by itself, on a shop that otherwise behaves as one would think. */
static void
test_each (void)
{
  for (guint trap = 1; trap <= 31; trap++)
    {
      g_autofree char   *words = g_strdup_printf ("none,%u", trap);
      g_autofree char   *at = g_strdup_printf ("%u.on", trap - 1);
      g_autoptr (Answer) list = NULL;
      TrapBench          bench;
      guint              on = 0;

      trap_bench_up (&bench, trap % 2 == 0 ? "7.9" : "11.0", words);
      list = command (bench.town, "GET", "/town/traps", NULL);
      assert_text (list, at, "true");
      for (guint i = 0; i < 31; i++)
        {
          g_autofree char *other = g_strdup_printf ("%u.on", i);
          g_autofree char *is = text_at (list, other);

          on += g_str_equal (is, "true");
        }
      g_assert_cmpuint (on, ==, 1);
      trap_sync (&bench);
      nothing_is_missing (&bench);
      sums_are_exact (&bench);
      trap_bench_down (&bench);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  wb_clock_set (trap_clock, NULL);
  g_test_add_data_func ("/woo-traps/all/11.0", "11.0", test_all);
  g_test_add_data_func ("/woo-traps/all/7.9", "7.9", test_all);
  g_test_add_func ("/woo-traps/each", test_each);
  return g_test_run ();
}
