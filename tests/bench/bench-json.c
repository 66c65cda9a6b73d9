/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page of 100 WooCommerce orders read into records, against json-glib's own parse of the same
 * bytes. */
#include "bench.h"
#include "wb-woo-order.h"
#include "wb-woo-walk.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#define ORDERS 100
#define PAGES  10

static void
add_person (GString *page, const char *role, guint i)
{
  g_string_append_printf (page,
                          "\"%s\":{\"first_name\":\"J\\u00f6rg\",\"last_name\":\"M\\u00fcller "
                          "%u\",\"company\":\"B\\u00e4ckerei & S\\u00f6hne\","
                          "\"address_1\":\"Hauptstra\\u00dfe "
                          "%u\",\"address_2\":\"\",\"city\":\"K\\u00f6ln\",\"state\":\"DE-NW\","
                          "\"postcode\":\"%05u\",\"country\":\"DE\",\"email\":\"joerg.%u@example."
                          "org\",\"phone\":\"+49 221 %07u\"},",
                          role, i, i % 200 + 1, 50000 + i, i, i * 7919 % 10000000);
}

static void
add_meta (GString *page, guint i, guint n)
{
  static const char *const keys[] = { "_stripe_customer_id",
                                      "is_vat_exempt",
                                      "_stripe_intent_id",
                                      "_wc_order_attribution_source_type",
                                      "_wc_order_attribution_utm_source",
                                      "_wc_order_attribution_session_entry",
                                      "_stripe_fee" };

  g_string_append (page, "\"meta_data\":[");
  for (guint k = 0; k < n; k++)
    g_string_append_printf (page, "%s{\"id\":%u,\"key\":\"%s\",\"value\":\"v%08x\"}",
                            k > 0 ? "," : "", i * 10 + k, keys[k % G_N_ELEMENTS (keys)],
                            i * 2654435761u + k);
  g_string_append (page, "],");
}

static void
add_item (GString *page, guint i, guint k)
{
  g_string_append_printf (page,
                          "%s{\"id\":%u,\"name\":\"Oolong Tea 100 g \\u2013 "
                          "loose\",\"product_id\":%u,\"variation_id\":0,\"quantity\":%u,"
                          "\"tax_class\":\"\",\"subtotal\":\"%u.50\",\"subtotal_tax\":\"1.99\","
                          "\"total\":\"%u.50\",\"total_tax\":\"1.99\","
                          "\"taxes\":[{\"id\":1,\"total\":\"1.99\",\"subtotal\":\"1.99\"}],",
                          k > 0 ? "," : "", i * 5 + k, i % 400 + k, k + 1, 10 + k, 10 + k);
  add_meta (page, i, 2);
  g_string_append_printf (
      page,
      "\"sku\":\"TEA-%04u\",\"global_unique_id\":\"\",\"price\":10.084033500000001,"
      "\"image\":{\"id\":\"%u\",\"src\":\"http://shop.example/wp-content/uploads/"
      "tea-%u.jpg\"},\"parent_name\":null}",
      i % 400 + k, i, i);
}

static void
add_order (GString *page, guint i)
{
  g_string_append_printf (page,
                          "%s{\"id\":%u,\"parent_id\":0,\"status\":\"processing\",\"currency\":"
                          "\"EUR\",\"version\":\"11.0.1\","
                          "\"prices_include_tax\":false,\"date_created\":\"2026-11-18T10:29:59\","
                          "\"date_modified\":\"2026-11-18T10:30:04\","
                          "\"discount_total\":\"0.00\",\"discount_tax\":\"0.00\",\"shipping_"
                          "total\":\"4.90\",\"shipping_tax\":\"0.93\","
                          "\"cart_tax\":\"5.97\",\"total\":\"46.30\",\"total_tax\":\"6.90\","
                          "\"customer_id\":%u,\"order_key\":\"wc_order_%08x\",",
                          i > 0 ? "," : "", 1000 + i, i, i * 2654435761u);
  add_person (page, "billing", i);
  add_person (page, "shipping", i);
  g_string_append_printf (page,
                          "\"payment_method\":\"stripe\",\"payment_method_title\":\"Card\","
                          "\"transaction_id\":\"pi_3Q%08x\","
                          "\"customer_ip_address\":\"203.0.113.%u\",\"customer_user_agent\":"
                          "\"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0\","
                          "\"created_via\":\"checkout\",\"customer_note\":\"\",\"date_completed\":"
                          "null,\"date_paid\":\"2026-11-18T10:30:02\","
                          "\"cart_hash\":\"%08x%08x\",\"number\":\"%u\",",
                          i * 40503u, i % 250, i, i + 1, 1000 + i);
  add_meta (page, i, 7);
  g_string_append (page, "\"line_items\":[");
  for (guint k = 0; k < 3; k++)
    add_item (page, i, k);
  g_string_append_printf (
      page,
      "],\"tax_lines\":[{\"id\":%u,\"rate_code\":\"DE-MWST-1\",\"rate_id\":1,\"label\":\"MwSt.\","
      "\"compound\":false,"
      "\"tax_total\":\"5.97\",\"shipping_tax_total\":\"0.93\",\"rate_percent\":19,\"meta_data\":[]}"
      "],"
      "\"shipping_lines\":[{\"id\":%u,\"method_title\":\"DHL "
      "Paket\",\"method_id\":\"flat_rate\",\"instance_id\":\"1\",\"total\":\"4.90\","
      "\"total_tax\":\"0.93\",\"taxes\":[{\"id\":1,\"total\":\"0.93\",\"subtotal\":\"\"}],\"tax_"
      "status\":\"taxable\",\"meta_data\":[]}],"
      "\"fee_lines\":[],\"coupon_lines\":[],\"refunds\":[],\"payment_url\":\"http://shop.example/"
      "checkout/order-pay/%u/\","
      "\"is_editable\":false,\"needs_payment\":false,\"needs_processing\":true,\"date_created_"
      "gmt\":\"2026-11-18T09:29:59\","
      "\"date_modified_gmt\":\"2026-11-18T09:30:04\",\"date_completed_gmt\":null,\"date_paid_gmt\":"
      "\"2026-11-18T09:30:02\","
      "\"currency_symbol\":\"\\u20ac\",\"_links\":{\"self\":[{\"href\":\"http://shop.example/"
      "wp-json/wc/v3/orders/%u\"}]}}",
      i * 5 + 3, i * 5 + 4, 1000 + i, 1000 + i);
}

/* Every run does what a sync does with a page: read it, cut it into the rows as received, make
 * records of them. */
static void
ours (gpointer page)
{
  for (guint run = 0; run < PAGES; run++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (JsonNode)  list = wb_json_parse_bytes (page, "orders", &error);
      g_autoptr (GPtrArray) rows = list != NULL ? wb_woo_walk_split (page, list) : NULL;
      g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
      g_auto (WbWooReader)  reader = { .currency = "EUR" };

      for (guint i = 0; rows != NULL && i < rows->len; i++)
        {
          WbJson   place, at = wb_woo_row_json (rows->pdata[i], &place);
          WbOrder *order = wb_woo_order_parse (&at, &reader, &error);

          if (order == NULL)
            break;
          g_ptr_array_add (orders, order);
        }
      if (orders->len != ORDERS)
        g_error ("%s", error->message);
    }
}

static void
bare (gpointer page)
{
  gsize       size;
  const char *text = g_bytes_get_data (page, &size);

  for (guint run = 0; run < PAGES; run++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();

      if (!json_parser_load_from_data (parser, text, (gssize) size, NULL))
        g_error ("json-glib does not read the page");
    }
}

int
main (void)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (GBytes)  page = NULL;

  for (guint i = 0; i < ORDERS; i++)
    add_order (text, i);
  g_string_append_c (text, ']');
  page = g_bytes_new (text->str, text->len);
  printf ("# a page of %" G_GSIZE_FORMAT " kB\n", text->len / 1000);
  bench_compare (&(BenchCase){ .name = "page of 100 WooCommerce orders into records",
                               .ours = ours,
                               .bare = bare,
                               .data = page,
                               .units = PAGES,
                               .unit = "page",
                               .target = 2 });
  return 0;
}
