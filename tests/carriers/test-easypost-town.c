/* SPDX-License-Identifier: GPL-3.0-or-later
 * EasyPost in the practice town: whatever breaks on the way, one label is bought, and it comes home
 * whole. */
#include "wb-easypost-private.h"
#include "wb-easypost.h"
#include "wb-test.h"
#include "wb-town.h"

#include <string.h>

typedef struct
{
  WbTown    *town;
  WbCarrier *carrier;
  WbOrigin  *from;
  WbAddress *to;
  GPtrArray *rates;
} Bench;

static gboolean
no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

static JsonNode *
town_ask (Bench *bench, const char *method, const char *path, const char *body)
{
  guint            status = 0;
  g_autofree char *text = wb_town_control (bench->town, method, path, body, &status);

  g_assert_cmpuint (status, <, 300);
  return text != NULL && *text != '\0' ? wb_json_parse (text, -1, "town", NULL) : NULL;
}

static void
town_tell (Bench *bench, const char *path, const char *body)
{
  g_autoptr (JsonNode) reply = town_ask (bench, "POST", path, body);
}

static WbCarrier *
open_at (Bench *bench, const char *key)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autofree char         *url = wb_town_dup_url (bench->town, "easypost");
  const char              *secrets[] = { key, NULL };
  g_autoptr (GError)       error = NULL;
  WbCarrier               *carrier;

  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  carrier = wb_easypost_provider.open (connection, secrets, &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_EASYPOST (carrier)->http, no_sleep, NULL);
  return carrier;
}

static void
set_places (Bench *bench)
{
  bench->from = wb_origin_new ();
  wb_record_set_text (bench->from, WB_ORIGIN_COMPANY, "Practice GmbH");
  wb_record_set_text (bench->from, WB_ORIGIN_STREET1, "417 Montgomery Street");
  wb_record_set_text (bench->from, WB_ORIGIN_CITY, "San Francisco");
  wb_record_set_text (bench->from, WB_ORIGIN_REGION, "CA");
  wb_record_set_text (bench->from, WB_ORIGIN_POSTCODE, "94104");
  wb_record_set_text (bench->from, WB_ORIGIN_COUNTRY, "US");
  wb_record_set_text (bench->from, WB_ORIGIN_ZONE, "America/Los_Angeles");
  bench->to = wb_address_new ();
  wb_record_set_text (bench->to, WB_ADDRESS_NAME, "Elizabeth Swan");
  wb_record_set_text (bench->to, WB_ADDRESS_STREET1, "179 N Harbor Dr");
  wb_record_set_text (bench->to, WB_ADDRESS_CITY, "Redondo Beach");
  wb_record_set_text (bench->to, WB_ADDRESS_REGION, "CA");
  wb_record_set_text (bench->to, WB_ADDRESS_POSTCODE, "90277");
  wb_record_set_text (bench->to, WB_ADDRESS_COUNTRY, "US");
}

static void
get_rates (Bench *bench, const char *format)
{
  WbParcelAsk        ask = { .from = bench->from,
                             .to = bench->to,
                             .reference = "WB-1000-1",
                             .ship_date = "2026-11-23",
                             .weight_g = 750,
                             .length_mm = 300,
                             .width_mm = 200,
                             .height_mm = 100,
                             .label_format = format };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&bench->rates, g_ptr_array_unref);
  bench->rates = wb_carrier_get_rates (bench->carrier, &ask, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bench->rates->len, >, 0);
}

static void
bench_up (Bench *bench, gconstpointer data)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  bench->town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  g_assert_true (wb_town_start (bench->town, &error));
  bench->carrier = open_at (bench, WB_TOWN_EASYPOST_KEY);
  set_places (bench);
  get_rates (bench, WB_FORMAT_PNG);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  g_object_unref (bench->carrier);
  g_object_unref (bench->from);
  g_object_unref (bench->to);
  g_ptr_array_unref (bench->rates);
  wb_town_stop (bench->town);
  wb_town_free (bench->town);
}

static const char *
shipment_of (Bench *bench)
{
  return wb_record_get_text (bench->rates->pdata[0], WB_RATE_REMOTE_ID);
}

static gboolean
buy (Bench *bench, const char *format, WbPurchase *purchase, GError **error)
{
  return wb_carrier_buy (bench->carrier, shipment_of (bench),
                         wb_record_get_text (bench->rates->pdata[0], WB_RATE_REF), format,
                         (WbMoney){ 0 }, purchase, NULL, error);
}

static void
check_labels (Bench *bench, gint64 labels)
{
  g_autoptr (JsonNode) root = town_ask (bench, "GET", "/town/books", NULL);
  WbJson               books = wb_json_root (root, "books");
  WbJson               totals = wb_json_member (&books, "totals");
  gint64               sold;

  g_assert_true (wb_json_int (&totals, "labels", &sold, NULL));
  g_assert_cmpint (sold, ==, labels);
}

/* ---- the straight way ---- */

static void
test_formats (void)
{
  static const char *const formats[] = { WB_FORMAT_PDF, WB_FORMAT_PNG, WB_FORMAT_ZPL };

  /* Asked for at rating, or only at buying. */
  for (guint i = 0; i < 2 * G_N_ELEMENTS (formats); i++)
    {
      Bench               bench = { 0 };
      g_auto (WbPurchase) purchase = { 0 };
      g_autoptr (GError)  error = NULL;

      bench_up (&bench, NULL);
      if (i % 2 == 0)
        get_rates (&bench, formats[i / 2]);
      g_assert_true (buy (&bench, formats[i / 2], &purchase, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (purchase.format, ==, formats[i / 2]);
      g_assert_nonnull (purchase.tracking);
      g_assert_cmpint (purchase.cost.minor, ==,
                       wb_record_get_int (bench.rates->pdata[0], WB_RATE_COST));
      check_labels (&bench, 1);
      bench_down (&bench, NULL);
    }
}

static void
test_probe (Bench *bench, gconstpointer data)
{
  g_autoptr (WbCarrier) stranger = open_at (bench, "EZTK_stranger");
  g_autofree char      *summary = NULL;
  g_autoptr (GError)    error = NULL;

  g_assert_true (wb_carrier_probe (bench->carrier, &summary, NULL, &error));
  g_assert_no_error (error);
  g_clear_pointer (&summary, g_free);
  g_assert_false (wb_carrier_probe (stranger, &summary, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
}

static void
test_address (Bench *bench, gconstpointer data)
{
  g_autoptr (WbAddress) suggestion = NULL;
  g_autofree char      *remark = NULL;
  g_autoptr (GError)    error = NULL;
  WbAddressVerdict      verdict;

  g_assert_true (wb_carrier_verify_address (bench->carrier, bench->to, &verdict, &suggestion,
                                            &remark, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (verdict, !=, WB_ADDRESS_DOUBTFUL);
}

static void
test_void (Bench *bench, gconstpointer data)
{
  g_auto (WbPurchase) purchase = { 0 };
  g_autoptr (GError)  error = NULL;
  WbVoidState         state;

  g_assert_true (buy (bench, WB_FORMAT_PNG, &purchase, &error));
  g_assert_cmpint (wb_carrier_find_void (bench->carrier, purchase.remote_id, NULL, &error), ==,
                   WB_VOID_NOT_ASKED);
  g_assert_true (wb_carrier_void_label (bench->carrier, purchase.remote_id, &state, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, WB_VOID_SUBMITTED);
  g_assert_cmpint (wb_carrier_find_void (bench->carrier, purchase.remote_id, NULL, &error), ==,
                   WB_VOID_SUBMITTED);
  g_assert_false (wb_carrier_void_label (bench->carrier, purchase.remote_id, &state, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
}

/* ---- refusals ---- */

static void
test_twice (Bench *bench, gconstpointer data)
{
  g_auto (WbPurchase) purchase = { 0 };
  WbPurchase          again = { 0 };
  g_autoptr (GError)  error = NULL;

  g_assert_true (buy (bench, WB_FORMAT_PNG, &purchase, &error));
  g_assert_false (buy (bench, WB_FORMAT_PNG, &again, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  check_labels (bench, 1);
}

static void
test_old_rate (Bench *bench, gconstpointer data)
{
  WbPurchase         purchase = { 0 };
  g_autoptr (GError) error = NULL;

  town_tell (bench, "/town/clock", "{\"advance\":90000}");
  g_assert_false (buy (bench, WB_FORMAT_PNG, &purchase, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_EXPIRED);
  g_clear_error (&error);
  g_assert_false (wb_carrier_buy (bench->carrier, shipment_of (bench), "rate_gone", WB_FORMAT_PNG,
                                  (WbMoney){ 0 }, &purchase, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_EXPIRED);
  check_labels (bench, 0);
}

/* ---- trouble ---- */

static void
trouble (Bench *bench, const char *method, const char *path, const char *kind, guint times)
{
  g_autofree char *body =
      g_strdup_printf ("{\"match\":{\"service\":\"easypost\",\"method\":\"%s\",\"path\":\"%s\"},"
                       "\"kind\":\"%s\",\"times\":%u,\"ms\":20}",
                       method, path, kind, times);

  town_tell (bench, "/town/faults", body);
}

/* As the journal does: an unsure outcome is looked up before anything is sent again. */
static void
buy_by_the_book (Bench *bench, WbPurchase *purchase)
{
  for (guint attempt = 0; attempt < 4; attempt++)
    {
      g_autoptr (GError) error = NULL;
      WbPurchaseFinding  finding;

      if (buy (bench, WB_FORMAT_PNG, purchase, &error))
        return;
      g_test_message ("attempt %u: %s", attempt, error->message);
      if (g_error_matches (error, WB_ERROR, WB_ERROR_UNAVAILABLE))
        continue;
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_clear_error (&error);
      finding = wb_carrier_find_purchase (bench->carrier, shipment_of (bench), "WB-1000-1",
                                          WB_FORMAT_PNG, purchase, NULL, &error);
      if (finding == WB_PURCHASE_FOUND)
        return;
      if (finding == WB_PURCHASE_UNKNOWN)
        g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
    }
  g_assert_not_reached ();
}

static void
test_buy_through_trouble (void)
{
  static const char *const troubles[] = { "delay",    "429",      "500-before", "500-after",
                                          "503-html", "html",     "cut-before", "cut-after",
                                          "cut-mid",  "truncated" };

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    for (guint times = 1; times <= 2; times++)
      {
        Bench               bench = { 0 };
        g_auto (WbPurchase) purchase = { 0 };

        g_test_message ("%s, %u times", troubles[i], times);
        bench_up (&bench, NULL);
        trouble (&bench, "POST", "buy$", troubles[i], times);
        buy_by_the_book (&bench, &purchase);
        g_assert_cmpstr (purchase.format, ==, WB_FORMAT_PNG);
        g_assert_nonnull (purchase.tracking);
        check_labels (&bench, 1);
        bench_down (&bench, NULL);
      }
}

/* The sale went through; only the label's host is in trouble. */
static void
test_label_through_trouble (void)
{
  static const char *const troubles[] = { "html", "503-html", "truncated", "cut-mid",
                                          "cut-before" };

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      Bench               bench = { 0 };
      g_auto (WbPurchase) purchase = { 0 };

      bench_up (&bench, NULL);
      trouble (&bench, "GET", "/labels/", troubles[i], 1);
      buy_by_the_book (&bench, &purchase);
      g_assert_cmpstr (purchase.format, ==, WB_FORMAT_PNG);
      check_labels (&bench, 1);
      bench_down (&bench, NULL);
    }
}

static void
test_void_cut (Bench *bench, gconstpointer data)
{
  g_auto (WbPurchase) purchase = { 0 };
  g_autoptr (GError)  error = NULL;
  WbVoidState         state = WB_VOID_UNKNOWN;

  g_assert_true (buy (bench, WB_FORMAT_PNG, &purchase, &error));
  trouble (bench, "POST", "refund$", "cut-after", 1);
  g_assert_false (wb_carrier_void_label (bench->carrier, purchase.remote_id, &state, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  g_assert_cmpint (wb_carrier_find_void (bench->carrier, purchase.remote_id, NULL, &error), ==,
                   WB_VOID_SUBMITTED);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Bench *bench, gconstpointer data);
  } tests[] = {
    { "probe", test_probe }, { "address", test_address },   { "void", test_void },
    { "twice", test_twice }, { "old-rate", test_old_rate }, { "void-cut", test_void_cut },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/easypost/town/", tests[i].path, NULL);

      g_test_add (path, Bench, NULL, bench_up, tests[i].func, bench_down);
    }
  g_test_add_func ("/easypost/town/formats", test_formats);
  g_test_add_func ("/easypost/town/buy-through-trouble", test_buy_through_trouble);
  g_test_add_func ("/easypost/town/label-through-trouble", test_label_through_trouble);
  return g_test_run ();
}
