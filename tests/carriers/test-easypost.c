/* SPDX-License-Identifier: GPL-3.0-or-later
 * EasyPost on the wire: every refusal told apart, what a broken connection leaves behind, and what
 * is taken for a label. */
#include "vendor-double.h"
#include "wb-easypost-private.h"
#include "wb-easypost.h"
#include "wb-test.h"

#include <string.h>

#define SHIPMENT "/v2/shipments/shp_1"
#define BUY      "/v2/shipments/shp_1/buy"
#define REFUND   "/v2/shipments/shp_1/refund"
#define LABEL    "/v2/shipments/shp_1/label"
#define PNG      "\x89PNG\r\n\x1a\n and so on IEND"

/* ---- the bench ---- */

typedef struct
{
  VendorDouble *vendor;
  VendorDouble *files; /* labels lie on another host */
  WbCarrier    *carrier;
} Bench;

static gboolean
no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

static WbCarrier *
open_with (VendorDouble *vendor, const char *path, const char *key, GError **error)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autofree char         *url = vendor_double_url (vendor, path);
  const char              *secrets[] = { key, NULL };

  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  return wb_easypost_provider.open (connection, secrets, error);
}

static void
bench_up (Bench *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bench->vendor = vendor_double_new ();
  bench->files = vendor_double_new ();
  bench->carrier = open_with (bench->vendor, "/v2/", "EZTK_secret", &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_EASYPOST (bench->carrier)->http, no_sleep, NULL);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  g_object_unref (bench->carrier);
  vendor_double_free (bench->vendor);
  vendor_double_free (bench->files);
}

/* A Shipment. @label: the members of its postage_label, NULL: not bought. @more: further members.
 */
static char *
shipment_json (Bench *bench, const char *label, const char *more)
{
  g_autofree char *files = vendor_double_url (bench->files, "");
  g_autofree char *at = label != NULL ? g_strdup_printf (label, files) : NULL;

  if (label == NULL)
    return g_strdup_printf (
        "{\"id\":\"shp_1\",\"object\":\"Shipment\",\"postage_label\":null,\"selected_rate\":null,"
        "\"tracking_code\":null,\"refund_status\":null%s}",
        more);
  return g_strdup_printf (
      "{\"id\":\"shp_1\",\"object\":\"Shipment\",\"postage_label\":{%s},\"selected_rate\":{\"id\":"
      "\"rate_1\","
      "\"carrier\":\"USPS\",\"service\":\"Priority\",\"rate\":\"6.90\",\"currency\":\"USD\"},"
      "\"tracking_code\":\"9400\",\"tracker\":{\"public_url\":\"https://track.example/9400\"}%s}",
      at, more);
}

#define PNG_LABEL                                                                                  \
  "\"label_file_type\":\"image/png\",\"label_url\":\"%s/"                                          \
  "a.png\",\"label_pdf_url\":null,\"label_zpl_url\":null"

static void
say_shipment (
    Bench *bench, const char *method, const char *path, const char *label, const char *more)
{
  g_autofree char *json = shipment_json (bench, label, more);

  vendor_double_say (bench->vendor, method, path, 200, json);
}

static void
say_file (Bench *bench, const char *path, const char *type, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  vendor_double_bytes (bench->files, path, type, bytes);
}

static void
refuse (Bench *bench, const char *method, const char *path, guint status, const char *code)
{
  g_autofree char *json = g_strdup_printf (
      "{\"error\":{\"code\":\"%s\",\"message\":\"EasyPost says no.\",\"errors\":[]}}", code);

  vendor_double_say (bench->vendor, method, path, status, json);
}

static gboolean
buy (Bench *bench, const char *format, WbPurchase *purchase, GError **error)
{
  return wb_carrier_buy (bench->carrier, "shp_1", "rate_1", format, (WbMoney){ 0 }, purchase, NULL,
                         error);
}

/* ---- opening and probing ---- */

static void
test_open (void)
{
  g_autoptr (VendorDouble) vendor = vendor_double_new ();
  g_autoptr (WbCarrier)    carrier = NULL;
  g_autoptr (GError)       error = NULL;

  g_assert_null (open_with (vendor, "", "", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_assert_true (wb_carrier_find_provider ("easypost") == &wb_easypost_provider);
  g_clear_error (&error);
  carrier = open_with (vendor, "/easypost", "EZAK_live", &error); /* without its version */
  g_assert_no_error (error);
  g_assert_true (
      g_str_has_suffix (wb_http_get_base_url (WB_EASYPOST (carrier)->http), "/easypost/v2"));
}

static void
test_plain_http_is_refused (void)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  const char              *secrets[] = { "EZTK_secret", NULL };
  g_autoptr (GError)       error = NULL;

  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, "http://api.easypost.com/v2");
  g_assert_null (wb_easypost_provider.open (connection, secrets, &error));
  g_assert_nonnull (error);
}

static void
test_probe (Bench *bench, gconstpointer data)
{
  g_autofree char   *summary = NULL;
  g_autofree char   *basic = g_base64_encode ((const guchar *) "EZTK_secret:", 12);
  g_autofree char   *header = g_strconcat ("Basic ", basic, NULL);
  g_autoptr (GError) error = NULL;
  const Heard       *heard;

  vendor_double_say (bench->vendor, "GET", "/v2/shipments", 200,
                     "{\"shipments\":[],\"has_more\":false}");
  g_assert_true (wb_carrier_probe (bench->carrier, &summary, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (summary, "test"));
  heard = vendor_double_last (bench->vendor, "GET", "/v2/shipments");
  g_assert_cmpstr (heard->query, ==, "page_size=1");
  g_assert_cmpstr (heard->authorization, ==, header);
}

static void
test_probe_production (Bench *bench, gconstpointer data)
{
  g_autoptr (WbCarrier) carrier = open_with (bench->vendor, "", "EZAK_secret", NULL);
  g_autofree char      *summary = NULL;
  g_autoptr (GError)    error = NULL;

  vendor_double_say (bench->vendor, "GET", "/v2/shipments", 200, "{\"shipments\":[]}");
  vendor_double_say (bench->vendor, "GET", "/v2/users", 200,
                     "{\"id\":\"user_1\",\"balance\":\"20.54999\"}");
  g_assert_true (wb_carrier_probe (carrier, &summary, NULL, &error));
  g_assert_nonnull (strstr (summary, "20.54"));
  g_assert_nonnull (strstr (summary, "USD"));
}

static void
test_probe_wrong_key (Bench *bench, gconstpointer data)
{
  g_autofree char   *summary = NULL;
  g_autoptr (GError) error = NULL;

  refuse (bench, "GET", "/v2/shipments", 401, "APIKEY.INACTIVE");
  g_assert_false (wb_carrier_probe (bench->carrier, &summary, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_assert_null (strstr (error->message, "EZTK_secret"));
}

/* ---- refusals ---- */

static const struct
{
  guint       status;
  const char *code;
  WbError     means;
} refusals[] = {
  { 422, "SHIPMENT.POSTAGE.EXISTS", WB_ERROR_ALREADY },
  { 422, "SHIPMENT.MISSING_RATE", WB_ERROR_EXPIRED },
  { 422, "SHIPMENT.RATE.EXPIRED", WB_ERROR_EXPIRED },
  { 404, "RATE.NOT_FOUND", WB_ERROR_EXPIRED },
  { 422, "SHIPMENT.POSTAGE.FAILURE", WB_ERROR_REFUSED },
  { 402, "PAYMENT_REQUIRED", WB_ERROR_REFUSED },
  { 402, "INSUFFICIENT_FUNDS", WB_ERROR_REFUSED },
  { 402, "SOMETHING.ABOUT.BILLING", WB_ERROR_REFUSED },
  { 422, "SHIPMENT.PURCHASE.IN_PROGRESS", WB_ERROR_UNSURE },
  { 422, "SHIPMENT.POSTAGE.NO_RESPONSE", WB_ERROR_UNSURE },
  { 422, "SHIPMENT.POSTAGE.TIMED_OUT", WB_ERROR_UNSURE },
  { 422, "PARAMETER.REQUIRED", WB_ERROR_INVALID },
  { 404, "NOT_FOUND", WB_ERROR_NOT_FOUND },
  { 401, "APIKEY.INACTIVE", WB_ERROR_AUTH },
  { 403, "MODE.UNAUTHORIZED", WB_ERROR_AUTH },
  { 429, "RATE_LIMITED", WB_ERROR_UNAVAILABLE },
  { 500, "INTERNAL_SERVER_ERROR", WB_ERROR_UNSURE },
  { 503, "SHIPMENT.POSTAGE.EXISTS", WB_ERROR_UNSURE }, /* a 5xx is believed in nothing */
};

static void
test_refusals (Bench *bench, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      WbPurchase         purchase = { 0 };
      g_autoptr (GError) error = NULL;

      refuse (bench, "POST", BUY, refusals[i].status, refusals[i].code);
      g_assert_false (buy (bench, WB_FORMAT_PDF, &purchase, &error));
      g_assert_error (error, WB_ERROR, (int) refusals[i].means);
      g_assert_nonnull (strstr (error->message, "EasyPost says no."));
      g_assert_null (purchase.remote_id);
      /* Not one of them is sent a second time: there is no idempotency key. */
      g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", BUY), ==, i + 1);
    }
}

/* What the carrier said comes under one code; an old rate is told by its words. */
static void
test_old_rate (Bench *bench, gconstpointer data)
{
  WbPurchase         purchase = { 0 };
  g_autoptr (GError) error = NULL;

  vendor_double_say (
      bench->vendor, "POST", BUY, 422,
      "{\"error\":{\"code\":\"SHIPMENT.POSTAGE.FAILURE\",\"message\":\"The rate has expired.\"}}");
  g_assert_false (buy (bench, WB_FORMAT_PDF, &purchase, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_EXPIRED);
}

static void
test_error_words (Bench *bench, gconstpointer data)
{
  WbPurchase         purchase = { 0 };
  g_autoptr (GError) error = NULL;

  vendor_double_say (
      bench->vendor, "POST", BUY, 422,
      "{\"error\":{\"code\":\"PARAMETER.REQUIRED\",\"message\":\"Missing required "
      "parameter.\",\"errors\":["
      "{\"field\":\"shipment\",\"message\":\"cannot be blank\"},\"and a plain sentence\"]}}");
  g_assert_false (buy (bench, WB_FORMAT_PDF, &purchase, &error));
  g_assert_cmpstr (error->message, ==,
                   "EasyPost: Missing required parameter.; shipment: cannot be blank; and a plain "
                   "sentence (PARAMETER.REQUIRED)");
  g_clear_error (&error);
  vendor_double_say (bench->vendor, "POST", BUY, 502, "<html><title>Bad gateway</title></html>");
  g_assert_false (buy (bench, WB_FORMAT_PDF, &purchase, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_assert_nonnull (strstr (error->message, "Bad gateway"));
}

/* ---- rates ---- */

static WbParcelAsk
ask_with (WbOrigin *from, WbAddress *to)
{
  return (WbParcelAsk){
    .from = from, .to = to, .reference = "WB-1-1", .weight_g = 500, .label_format = WB_FORMAT_ZPL
  };
}

static void
test_no_rates (Bench *bench, gconstpointer data)
{
  g_autoptr (WbOrigin)  from = wb_origin_new ();
  g_autoptr (WbAddress) to = wb_address_new ();
  WbParcelAsk           ask = ask_with (from, to);
  g_autoptr (GError)    error = NULL;

  vendor_double_say (bench->vendor, "POST", "/v2/shipments", 201,
                     "{\"id\":\"shp_1\",\"rates\":[],\"messages\":[{\"carrier\":\"UPS\",\"type\":"
                     "\"rate_error\",\"message\":\"Account "
                     "numbers should be 6 characters or "
                     "less.\"},{\"carrier\":\"USPS\",\"message\":\"Too heavy\"}]}");
  g_assert_null (wb_carrier_get_rates (bench->carrier, &ask, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (
      error->message, "UPS: Account numbers should be 6 characters or less.; USPS: Too heavy"));
}

static void
test_rates_may_be_asked_again (Bench *bench, gconstpointer data)
{
  g_autoptr (WbOrigin)  from = wb_origin_new ();
  g_autoptr (WbAddress) to = wb_address_new ();
  WbParcelAsk           ask = ask_with (from, to);
  g_autoptr (GPtrArray) rates = NULL;
  g_autoptr (GError)    error = NULL;

  vendor_double_cut (bench->vendor, "POST", "/v2/shipments");
  vendor_double_say (bench->vendor, "POST", "/v2/shipments", 201,
                     "{\"id\":\"shp_1\",\"rates\":["
                     "{\"id\":\"r1\",\"carrier\":\"USPS\",\"service\":\"Express\",\"rate\":\"33."
                     "10\",\"currency\":\"USD\",\"delivery_days\":1},"
                     "{\"id\":\"r2\",\"carrier\":\"UPS\",\"service\":\"Ground\",\"rate\":\"9.9\","
                     "\"currency\":\"USD\",\"delivery_days\":null,"
                     "\"est_delivery_days\":4},"
                     "{\"id\":\"r3\",\"carrier\":\"USPS\",\"service\":\"Ground\",\"rate\":\"9.90\","
                     "\"currency\":\"USD\",\"delivery_days\":2}]}");
  rates = wb_carrier_get_rates (bench->carrier, &ask, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rates->len, ==, 3);
  g_assert_cmpstr (wb_record_get_text (rates->pdata[0], WB_RATE_REF), ==,
                   "r3"); /* the quicker at one price */
  g_assert_cmpstr (wb_record_get_text (rates->pdata[1], WB_RATE_REF), ==, "r2");
  g_assert_cmpint (wb_record_get_int (rates->pdata[1], WB_RATE_DAYS), ==, 4);
  g_assert_cmpint (wb_record_get_int (rates->pdata[1], WB_RATE_COST), ==, 990);
  g_assert_cmpstr (wb_record_get_text (rates->pdata[2], WB_RATE_REF), ==, "r1");
}

static void
test_rate_of_floats (Bench *bench, gconstpointer data)
{
  g_autoptr (WbOrigin)  from = wb_origin_new ();
  g_autoptr (WbAddress) to = wb_address_new ();
  WbParcelAsk           ask = ask_with (from, to);
  g_autoptr (GError)    error = NULL;

  vendor_double_say (bench->vendor, "POST", "/v2/shipments", 201,
                     "{\"id\":\"shp_1\",\"rates\":[{\"id\":\"r1\",\"carrier\":\"USPS\",\"service\":"
                     "\"E\",\"rate\":33.1,\"currency\":\"USD\"}]}");
  g_assert_null (wb_carrier_get_rates (bench->carrier, &ask, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "shipment.rates[0].rate"));
}

/* ---- buying ---- */

static void
test_buy (Bench *bench, gconstpointer data)
{
  g_auto (WbPurchase) purchase = { 0 };
  g_autoptr (GError)  error = NULL;

  say_shipment (bench, "POST", BUY, PNG_LABEL, "");
  say_file (bench, "/a.png", "image/png", PNG);
  g_assert_true (buy (bench, WB_FORMAT_PNG, &purchase, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (purchase.remote_id, ==, "shp_1");
  g_assert_cmpstr (purchase.tracking, ==, "9400");
  g_assert_cmpstr (purchase.tracking_url, ==, "https://track.example/9400");
  g_assert_cmpstr (purchase.carrier, ==, "USPS");
  g_assert_cmpstr (purchase.service, ==, "Priority");
  g_assert_cmpstr (purchase.format, ==, WB_FORMAT_PNG);
  g_assert_true (wb_money_equal (purchase.cost, wb_money (690, "USD")));
  g_assert_cmpmem (g_bytes_get_data (purchase.label, NULL), g_bytes_get_size (purchase.label), PNG,
                   strlen (PNG));
  /* The label's host is not EasyPost: it gets no key. */
  g_assert_null (vendor_double_last (bench->files, "GET", "/a.png")->authorization);
}

static void
test_buy_converts (Bench *bench, gconstpointer data)
{
  g_auto (WbPurchase) purchase = { 0 };
  g_autoptr (GError)  error = NULL;

  say_shipment (bench, "POST", BUY, PNG_LABEL, "");
  say_shipment (
      bench, "GET", LABEL,
      "\"label_file_type\":\"image/png\",\"label_url\":\"x\",\"label_pdf_url\":\"%s/a.pdf\"", "");
  say_file (bench, "/a.pdf", "application/pdf", "%PDF-1.4 label\n%%EOF\n");
  g_assert_true (buy (bench, WB_FORMAT_PDF, &purchase, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (purchase.format, ==, WB_FORMAT_PDF);
  g_assert_cmpstr (vendor_double_last (bench->vendor, "GET", LABEL)->query, ==, "file_format=PDF");
}

/* A carrier that draws its label only as a picture: better that than none. */
static void
test_buy_takes_what_there_is (Bench *bench, gconstpointer data)
{
  g_auto (WbPurchase) purchase = { 0 };
  g_autoptr (GError)  error = NULL;

  say_shipment (bench, "POST", BUY, PNG_LABEL, "");
  refuse (bench, "GET", LABEL, 422, "SHIPMENT.POSTAGE.FORMAT_UNAVAILABLE");
  say_file (bench, "/a.png", "image/png", PNG);
  g_assert_true (buy (bench, WB_FORMAT_ZPL, &purchase, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (purchase.format, ==, WB_FORMAT_PNG);
}

static void
test_buy_inline (Bench *bench, gconstpointer data)
{
  g_auto (WbPurchase) purchase = { 0 };
  g_autofree char    *base64 = g_base64_encode ((const guchar *) "^XA^XZ", 6);
  g_autofree char    *label =
      g_strdup_printf ("\"label_file_type\":null,\"label_url\":null,\"label_file\":\"%s\"", base64);
  g_autoptr (GError) error = NULL;

  say_shipment (bench, "POST", BUY, label, "");
  g_assert_true (buy (bench, WB_FORMAT_PDF, &purchase, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (purchase.format, ==, WB_FORMAT_ZPL);
}

static void
test_buy_cut (Bench *bench, gconstpointer data)
{
  g_auto (WbPurchase) purchase = { 0 };
  g_autoptr (GError)  error = NULL;

  vendor_double_cut (bench->vendor, "POST", BUY);
  g_assert_false (buy (bench, WB_FORMAT_PNG, &purchase, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_assert_null (purchase.remote_id);
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", BUY), ==, 1);
  /* It had been bought: the look-up brings it home whole. */
  g_clear_error (&error);
  say_shipment (bench, "GET", SHIPMENT, PNG_LABEL, "");
  say_file (bench, "/a.png", "image/png", PNG);
  g_assert_cmpint (wb_carrier_find_purchase (bench->carrier, "shp_1", "WB-1-1", WB_FORMAT_PNG,
                                             &purchase, NULL, &error),
                   ==, WB_PURCHASE_FOUND);
  g_assert_no_error (error);
  g_assert_nonnull (purchase.label);
  g_assert_true (wb_money_equal (purchase.cost, wb_money (690, "USD")));
}

static void
test_buy_garbled (Bench *bench, gconstpointer data)
{
  static const char *const replies[] = { "{\"id\":\"shp_1\",\"postage_la",
                                         "<html><h1>Hello</h1></html>", "[]", "{}",
                                         "{\"id\":\"shp_1\",\"selected_rate\":{\"rate\":6.9}}" };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      WbPurchase         purchase = { 0 };
      g_autoptr (GError) error = NULL;

      vendor_double_say (bench->vendor, "POST", BUY, 200, replies[i]);
      g_assert_false (buy (bench, WB_FORMAT_PNG, &purchase, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_assert_null (purchase.remote_id);
    }
}

/* Paid, but its label is not to be had now: not a refusal, and the look-up finishes it later. */
static void
test_buy_without_label (Bench *bench, gconstpointer data)
{
  static const char *const bad[] = { "", "<html><title>Sign in</title></html>",
                                     "{\"no\":\"label\"}", "%PDF-1.4 and then nothing" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (WbPurchase) purchase = { 0 };
      g_autoptr (GError)  error = NULL;

      say_shipment (bench, "POST", BUY, PNG_LABEL, "");
      say_file (bench, "/a.png", "image/png", bad[i]);
      g_assert_false (buy (bench, WB_FORMAT_PNG, &purchase, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_assert_nonnull (strstr (error->message, "9400"));
      g_assert_null (purchase.label);
    }
  {
    g_auto (WbPurchase) purchase = { 0 };
    g_autoptr (GError)  error = NULL;

    say_shipment (bench, "POST", BUY,
                  "\"label_file_type\":\"image/png\",\"label_url\":\"http://labels.example/a.png\"",
                  "");
    g_assert_false (buy (bench, WB_FORMAT_PNG, &purchase, &error)); /* neither https nor loopback */
    g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  }
}

/* ---- looking up ---- */

static void
test_find_not_bought (Bench *bench, gconstpointer data)
{
  WbPurchase         purchase = { 0 };
  g_autoptr (GError) error = NULL;

  say_shipment (bench, "GET", SHIPMENT, NULL, "");
  g_assert_cmpint (wb_carrier_find_purchase (bench->carrier, "shp_1", NULL, WB_FORMAT_PNG,
                                             &purchase, NULL, &error),
                   ==, WB_PURCHASE_NOT_BOUGHT);
  g_assert_no_error (error);
}

static void
test_find_unknown (Bench *bench, gconstpointer data)
{
  WbPurchase         purchase = { 0 };
  g_autoptr (GError) error = NULL;

  /* An id that EasyPost gave and does not know: another account or mode. */
  refuse (bench, "GET", SHIPMENT, 404, "NOT_FOUND");
  g_assert_cmpint (wb_carrier_find_purchase (bench->carrier, "shp_1", NULL, WB_FORMAT_PNG,
                                             &purchase, NULL, &error),
                   ==, WB_PURCHASE_UNKNOWN);
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  refuse (bench, "GET", SHIPMENT, 401, "APIKEY.INACTIVE");
  g_assert_cmpint (wb_carrier_find_purchase (bench->carrier, "shp_1", NULL, WB_FORMAT_PNG,
                                             &purchase, NULL, &error),
                   ==, WB_PURCHASE_UNKNOWN);
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_clear_error (&error);
  /* Bought, but the label is away: asked again later. */
  say_shipment (bench, "GET", SHIPMENT, PNG_LABEL, "");
  say_file (bench, "/a.png", "image/png", "");
  g_assert_cmpint (wb_carrier_find_purchase (bench->carrier, "shp_1", NULL, WB_FORMAT_PNG,
                                             &purchase, NULL, &error),
                   ==, WB_PURCHASE_UNKNOWN);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_null (purchase.remote_id);
}

static void
test_find_by_reference (Bench *bench, gconstpointer data)
{
  g_auto (WbPurchase) purchase = { 0 };
  g_autoptr (GError)  error = NULL;

  refuse (bench, "GET", "/v2/shipments/WB-1-1", 404, "NOT_FOUND");
  g_assert_cmpint (wb_carrier_find_purchase (bench->carrier, NULL, "WB-1-1", WB_FORMAT_PNG,
                                             &purchase, NULL, &error),
                   ==, WB_PURCHASE_NOT_BOUGHT);
  g_assert_no_error (error);
  /* References are not unique: one that is unbought says nothing of its namesakes. */
  say_shipment (bench, "GET", "/v2/shipments/WB-1-1", NULL, "");
  g_assert_cmpint (wb_carrier_find_purchase (bench->carrier, NULL, "WB-1-1", WB_FORMAT_PNG,
                                             &purchase, NULL, &error),
                   ==, WB_PURCHASE_UNKNOWN);
  g_assert_nonnull (error);
  g_clear_error (&error);
  say_shipment (bench, "GET", "/v2/shipments/WB-1-1", PNG_LABEL, "");
  say_file (bench, "/a.png", "image/png", PNG);
  g_assert_cmpint (wb_carrier_find_purchase (bench->carrier, NULL, "WB-1-1", WB_FORMAT_PNG,
                                             &purchase, NULL, &error),
                   ==, WB_PURCHASE_FOUND);
  g_assert_cmpstr (purchase.remote_id, ==, "shp_1");
}

/* ---- voiding ---- */

static void
test_void_states (Bench *bench, gconstpointer data)
{
  static const struct
  {
    const char *status;
    WbVoidState state;
  } cases[] = { { "submitted", WB_VOID_SUBMITTED },
                { "refunded", WB_VOID_REFUNDED },
                { "rejected", WB_VOID_REFUSED },
                { "not_applicable", WB_VOID_REFUSED } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char   *more = g_strdup_printf (",\"refund_status\":\"%s\"", cases[i].status);
      g_autoptr (GError) error = NULL;
      WbVoidState        state = WB_VOID_UNKNOWN;

      say_shipment (bench, "POST", REFUND, PNG_LABEL, more);
      g_assert_true (wb_carrier_void_label (bench->carrier, "shp_1", &state, NULL, &error));
      g_assert_cmpint (state, ==, cases[i].state);
      g_assert_cmpstr (vendor_double_last (bench->vendor, "POST", REFUND)->body, ==,
                       "{}"); /* as recorded */
      say_shipment (bench, "GET", SHIPMENT, PNG_LABEL, more);
      g_assert_cmpint (wb_carrier_find_void (bench->carrier, "shp_1", NULL, &error), ==,
                       cases[i].state);
      g_assert_no_error (error);
    }
}

static void
test_void_trouble (Bench *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  WbVoidState        state = WB_VOID_NOT_ASKED;

  vendor_double_cut (bench->vendor, "POST", REFUND);
  g_assert_false (wb_carrier_void_label (bench->carrier, "shp_1", &state, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  say_shipment (bench, "GET", SHIPMENT, PNG_LABEL, ",\"refund_status\":null");
  g_assert_cmpint (wb_carrier_find_void (bench->carrier, "shp_1", NULL, &error), ==,
                   WB_VOID_NOT_ASKED);
  g_assert_no_error (error);
  refuse (bench, "POST", REFUND, 422, "SHIPMENT.REFUND.UNAVAILABLE");
  g_assert_false (wb_carrier_void_label (bench->carrier, "shp_1", &state, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  /* A word that is new to us is no answer of ours. */
  say_shipment (bench, "POST", REFUND, PNG_LABEL, ",\"refund_status\":\"pondering\"");
  g_assert_false (wb_carrier_void_label (bench->carrier, "shp_1", &state, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_assert_nonnull (strstr (error->message, "pondering"));
  g_assert_cmpint (state, ==, WB_VOID_NOT_ASKED);
  g_clear_error (&error);
  refuse (bench, "GET", SHIPMENT, 404, "NOT_FOUND");
  g_assert_cmpint (wb_carrier_find_void (bench->carrier, "shp_1", NULL, &error), ==,
                   WB_VOID_UNKNOWN);
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
}

/* ---- addresses ---- */

static void
verify (Bench            *bench,
        guint             status,
        const char       *reply,
        WbAddressVerdict *verdict,
        WbAddress       **suggestion,
        char            **remark)
{
  g_autoptr (WbAddress) address = wb_address_new ();
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (address, WB_ADDRESS_NAME, "Zoë");
  wb_record_set_text (address, WB_ADDRESS_STREET1, "179 N Harbor Dr");
  wb_record_set_text (address, WB_ADDRESS_CITY, "Redondo");
  wb_record_set_text (address, WB_ADDRESS_REGION, "CA");
  wb_record_set_text (address, WB_ADDRESS_POSTCODE, "90277");
  wb_record_set_text (address, WB_ADDRESS_COUNTRY, "US");
  vendor_double_say (bench->vendor, "POST", "/v2/addresses", status, reply);
  g_assert_true (wb_carrier_verify_address (bench->carrier, address, verdict, suggestion, remark,
                                            NULL, &error));
  g_assert_no_error (error);
}

static void
test_address_corrected (Bench *bench, gconstpointer data)
{
  g_autoptr (WbAddress) suggestion = NULL;
  g_autofree char      *remark = NULL;
  WbAddressVerdict      verdict;

  verify (bench, 201,
          "{\"name\":\"ZOE\",\"street1\":\"179 N HARBOR DR\",\"street2\":\"\",\"city\":\"REDONDO "
          "BEACH\",\"state\":\"CA\",\"zip\":"
          "\"90277-2506\",\"country\":\"US\",\"phone\":null,\"verifications\":{\"delivery\":{"
          "\"success\":true,\"errors\":[]}}}",
          &verdict, &suggestion, &remark);
  g_assert_cmpint (verdict, ==, WB_ADDRESS_CORRECTED);
  g_assert_null (remark);
  g_assert_cmpstr (wb_record_get_text (suggestion, WB_ADDRESS_CITY), ==, "REDONDO BEACH");
  g_assert_cmpstr (wb_record_get_text (suggestion, WB_ADDRESS_POSTCODE), ==, "90277-2506");
  g_assert_cmpstr (wb_record_get_text (suggestion, WB_ADDRESS_NAME), ==,
                   "Zoë"); /* names are the buyer's */
}

static void
test_address_doubtful (Bench *bench, gconstpointer data)
{
  g_autoptr (WbAddress) suggestion = NULL;
  g_autofree char      *remark = NULL;
  WbAddressVerdict      verdict;

  verify (bench, 422,
          "{\"error\":{\"code\":\"ADDRESS.VERIFY.FAILURE\",\"message\":\"Unable to verify "
          "address.\",\"errors\":[{\"code\":"
          "\"E.HOUSE_NUMBER.MISSING\",\"field\":\"street1\",\"message\":\"House number is "
          "missing\"}]}}",
          &verdict, &suggestion, &remark);
  g_assert_cmpint (verdict, ==, WB_ADDRESS_DOUBTFUL);
  g_assert_null (suggestion);
  g_assert_nonnull (strstr (remark, "street1: House number is missing"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Bench *bench, gconstpointer data);
  } tests[] = {
    { "probe/test", test_probe },
    { "probe/production", test_probe_production },
    { "probe/wrong-key", test_probe_wrong_key },
    { "errors/table", test_refusals },
    { "errors/old-rate", test_old_rate },
    { "errors/words", test_error_words },
    { "rates/none", test_no_rates },
    { "rates/asked-again", test_rates_may_be_asked_again },
    { "rates/floats", test_rate_of_floats },
    { "buy/whole", test_buy },
    { "buy/converts", test_buy_converts },
    { "buy/takes-what-there-is", test_buy_takes_what_there_is },
    { "buy/inline", test_buy_inline },
    { "buy/cut", test_buy_cut },
    { "buy/garbled", test_buy_garbled },
    { "buy/without-label", test_buy_without_label },
    { "find/not-bought", test_find_not_bought },
    { "find/unknown", test_find_unknown },
    { "find/by-reference", test_find_by_reference },
    { "void/states", test_void_states },
    { "void/trouble", test_void_trouble },
    { "address/corrected", test_address_corrected },
    { "address/doubtful", test_address_doubtful },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/easypost/open", test_open);
  g_test_add_func ("/easypost/open/plain-http", test_plain_http_is_refused);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/easypost/", tests[i].path, NULL);

      g_test_add (path, Bench, NULL, bench_up, tests[i].func, bench_down);
    }
  return g_test_run ();
}
