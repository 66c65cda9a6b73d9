/* SPDX-License-Identifier: GPL-3.0-or-later
 * A workspace on a practice town for tests: the three connections, an origin, a package, printers
 * that are folders. */
#include "wb-bench.h"

#include "wb-practice-goods.h"

#include "wb-test.h"

#include <glib/gstdio.h>

/** wb_bench_secrets: Returns: (transfer full): the practice credentials for connections called
 * shop, carrier, gateway and paypal. */
WbSecrets *
wb_bench_secrets (void)
{
  static const char *const known[] = {
    "shop/consumer_key",
    WB_TOWN_SHOP_KEY,
    "shop/consumer_secret",
    WB_TOWN_SHOP_SECRET,
    "carrier/api_key",
    WB_TOWN_EASYPOST_KEY,
    "gateway/secret_key",
    WB_TOWN_STRIPE_KEY,
    "paypal/client_id",
    WB_TOWN_PAYPAL_ID,
    "paypal/client_secret",
    WB_TOWN_PAYPAL_SECRET,
    NULL,
  };

  return wb_secrets_new_fixed (known);
}

/** wb_bench_open: Returns: (transfer full): a desk on the workspace; any process may call it. */
WbDesk *
wb_bench_open (const char *book)
{
  g_autoptr (WbSecrets) secrets = wb_bench_secrets ();
  g_autoptr (GError)    error = NULL;
  WbDesk               *desk = wb_desk_open (book, secrets, "tester", &error);

  g_assert_no_error (error);
  return desk;
}

#define CAPTURES_ITSELF -1

static gint64
connect_to (WbDesk            *desk,
            const char        *kind,
            const char        *provider,
            const char        *url,
            const char *const *secrets,
            gint64             gateway)
{
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  gint64                   id;

  wb_record_set_text (draft, WB_CONNECTION_KIND, kind);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, provider);
  wb_record_set_text (draft, WB_CONNECTION_NAME, kind);
  wb_record_set_text (draft, WB_CONNECTION_BASE_URL, url);
  if (gateway == CAPTURES_ITSELF)
    {
      wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_SHOP);
      wb_record_set_text (draft, WB_CONNECTION_CURRENCY, "EUR");
    }
  else if (gateway != 0)
    {
      wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_GATEWAY);
      wb_record_set_int (draft, WB_CONNECTION_GATEWAY_ID, gateway);
      wb_record_set_text (draft, WB_CONNECTION_CURRENCY, "EUR");
    }
  id = wb_desk_add_connection (desk, draft, secrets, &error);
  g_assert_no_error (error);
  return id;
}

/** wb_bench_set_up_house: gives @desk an origin, a box and printers that are the folder @papers. */
void
wb_bench_set_up_house (WbDesk *desk, const char *papers)
{
  static const char *const documents[] = { WB_DOCUMENT_LABEL, WB_DOCUMENT_SLIP };
  WbBook                  *book = wb_desk_get_book (desk);
  g_autoptr (WbOrigin)     origin = wb_origin_new ();
  g_autoptr (WbPackage)    package = wb_package_new ();
  g_autoptr (GError)       error = NULL;

  g_object_set (origin, "name", "Werkstatt", "company", "Böhm & Söhne", "street1", "Torstraße 10",
                "city", "Berlin", "postcode", "10119", "country", "DE", "phone", "+493012345",
                "email", "post@shop.example", "zone", "Europe/Berlin", "chosen", TRUE, NULL);
  g_object_set (package, "name", "Box M", "length-mm", (gint64) 300, "width-mm", (gint64) 200,
                "height-mm", (gint64) 100, "weight-g", (gint64) 150, "chosen", TRUE, NULL);
  g_assert_true (wb_book_save (book, origin, &error));
  g_assert_true (wb_book_save (book, package, &error));
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (WbPrinter) printer = wb_printer_new ();

      g_object_set (printer, "document", documents[i], "target-kind", "folder", "target", papers,
                    "format", "pdf", NULL);
      g_assert_true (wb_book_save (book, printer, &error));
    }
  g_assert_no_error (error);
}

/** wb_bench_new: Returns: (transfer full): a running town and a synced workspace on it. */
WbBench *
wb_bench_new (const WbTownOptions *options)
{
  static const char *const        shop[] = { WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET, NULL },
                           *const carrier[] = { WB_TOWN_EASYPOST_KEY, NULL },
                           *const gateway[] = { WB_TOWN_STRIPE_KEY, NULL };
  WbBench                        *self = g_new0 (WbBench, 1);
  g_autoptr (GError)              error = NULL;
  g_autoptr (WbDesk)              desk = NULL;
  g_auto (WbSyncResult)           result = { 0 };
  g_autofree char                *shop_url = NULL, *carrier_url = NULL, *gateway_url = NULL;
  gint64                          gateway_id, shop_id;

  self->folder = wb_test_temp_folder ();
  self->book = g_build_filename (self->folder, "book.waybill", NULL);
  self->papers = g_build_filename (self->folder, "papers", NULL);
  g_assert_cmpint (g_mkdir (self->papers, 0755), ==, 0);
  self->town = wb_town_new (options, &error);
  g_assert_no_error (error);
  g_assert_true (wb_town_start (self->town, &error));
  desk = wb_bench_open (self->book);
  g_assert_true (wb_desk_set_practice (desk, &error));
  shop_url = wb_town_dup_url (self->town, "shop");
  carrier_url = wb_town_dup_url (self->town, "easypost");
  gateway_url = wb_town_dup_url (self->town, "stripe");
  connect_to (desk, WB_KIND_CARRIER, "easypost", carrier_url, carrier, 0);
  gateway_id = connect_to (desk, WB_KIND_GATEWAY, "stripe", gateway_url, gateway, 0);
  if (options->woo_payments)
    gateway_id = CAPTURES_ITSELF;
  shop_id = connect_to (desk, WB_KIND_SHOP, "woocommerce", shop_url, shop, gateway_id);
  g_assert_true (wb_practice_make_products (wb_desk_get_book (desk), shop_id, &error));
  wb_bench_set_up_house (desk, self->papers);
  g_assert_true (wb_desk_sync (desk, 0, NULL, NULL, &result, NULL, &error));
  g_assert_no_error (error);
  return self;
}

/** wb_bench_free: stops the town and removes the folder. */
void
wb_bench_free (WbBench *self)
{
  wb_town_stop (self->town);
  wb_town_free (self->town);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->book);
  g_free (self->papers);
  g_free (self);
}

/** wb_bench_fault: the town's next request that fits meets the fault @kind, once. */
void
wb_bench_fault (WbBench    *self,
                const char *service,
                const char *method,
                const char *path,
                const char *kind,
                guint       ms)
{
  g_autofree char *body =
      g_strdup_printf ("[{\"match\":{\"service\":\"%s\",\"method\":\"%s\",\"path-regex\":\"%s\"},"
                       "\"kind\":\"%s\",\"times\":1,\"ms\":%u}]",
                       service, method, path, kind, ms);
  guint            status = 0;
  g_autofree char *reply = wb_town_control (self->town, "POST", "/town/faults", body, &status);

  g_assert_cmpuint (status / 100, ==, 2);
}

/** wb_bench_no_faults: the town behaves again. */
void
wb_bench_no_faults (WbBench *self)
{
  guint            status = 0;
  g_autofree char *reply = wb_town_control (self->town, "DELETE", "/town/faults", NULL, &status);

  g_assert_cmpuint (status / 100, ==, 2);
}

/** wb_bench_books: Returns: (transfer full): what the town's own books say. */
JsonNode *
wb_bench_books (WbBench *self)
{
  guint              status = 0;
  g_autofree char   *reply = wb_town_control (self->town, "GET", "/town/books", NULL, &status);
  g_autoptr (GError) error = NULL;
  JsonNode          *root;

  g_assert_cmpuint (status, ==, 200);
  root = wb_json_parse (reply, -1, "books", &error);
  g_assert_no_error (error);
  return root;
}

/** wb_bench_plan: plans a shipment of all that is to ship, 700 g, cheapest rate. Returns: its
 * number, 0 with @error. */
gint64
wb_bench_plan (WbDesk *desk, gint64 order_id, GError **error)
{
  WbShipAsk ask = { .order_id = order_id, .weight_g = 700 };

  return wb_desk_plan_shipment (desk, &ask, NULL, NULL, error);
}

/** wb_bench_ready: Returns: (transfer full) (element-type gint64): orders to ship whose charge is
 * @charge_state, oldest first. */
GArray *
wb_bench_ready (WbDesk *desk, const char *charge_state)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbOrderQuery             query = { .stages = stages, .sort = "placed_at", .ascending = TRUE };
  g_autoptr (GError)       error = NULL;
  g_autoptr (GArray)       all = wb_book_list_order_ids (wb_desk_get_book (desk), &query, &error);
  GArray                  *fit = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      gint64              id = g_array_index (all, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (wb_desk_get_book (desk), id, &error);

      g_assert_no_error (error);
      if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), charge_state) == 0)
        g_array_append_val (fit, id);
    }
  return fit;
}

static gboolean
covers_total (WbDesk *desk, gint64 id)
{
  g_autoptr (WbPayment) payment = wb_book_get_payment (wb_desk_get_book (desk), id, NULL);
  g_autoptr (WbOrder)   order = wb_book_get_order (wb_desk_get_book (desk), id, NULL);

  return payment != NULL &&
         wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) ==
             wb_record_get_int (order, WB_ORDER_TOTAL) &&
         wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL) == 0 &&
         wb_record_get_int (payment, WB_PAYMENT_CAPTURE_BEFORE) > wb_now ();
}

/** wb_bench_calm: like wb_bench_ready() for authorised orders, but only those whose payment covers
 * the whole order; the town's banks let all of them through. */
GArray *
wb_bench_calm (WbBench *self, WbDesk *desk)
{
  g_autoptr (GArray) ready = wb_bench_ready (desk, WB_CHARGE_AUTHORISED);
  GArray            *calm = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < ready->len; i++)
    {
      gint64              id = g_array_index (ready, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (wb_desk_get_book (desk), id, NULL);
      g_autofree char    *path =
          g_strdup_printf ("/town/payments/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));
      guint            status = 0;
      g_autofree char *reply =
          wb_town_control (self->town, "POST", path, "{\"declines\": false}", &status);

      if (status == 200 && covers_total (desk, id))
        g_array_append_val (calm, id);
    }
  return calm;
}
