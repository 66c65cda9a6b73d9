/* SPDX-License-Identifier: GPL-3.0-or-later
 * PayPal on the wire: tokens, what an order there means, every refusal told apart, answers that
 * leave the outcome open. */
#include "vendor-double.h"
#include "wb-paypal-private.h"
#include "wb-paypal.h"
#include "wb-test.h"

#include <string.h>

#define TOKEN   "/v1/oauth2/token"
#define ORDER   "/v2/checkout/orders/5P1"
#define AUTH    "/v2/payments/authorizations/0A1"
#define CAPTURE AUTH "/capture"
#define VOID    AUTH "/void"
#define RENEW   AUTH "/reauthorize"
#define REFUND  "/v2/payments/captures/3C1/refund"
#define DAY     (24 * 60 * 60)

typedef struct
{
  VendorDouble *vendor;
  WbGateway    *gateway;
} Bench;

static gboolean
no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

static void
say_token (Bench *bench, const char *token, gint64 seconds)
{
  g_autofree char *json = g_strdup_printf (
      "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%" G_GINT64_FORMAT
      ",\"scope\":\"https://uri.paypal.com/services/payments/payment/authcapture "
      "https://uri.paypal.com/services/payments/refund\"}",
      token, seconds);

  vendor_double_say (bench->vendor, "POST", TOKEN, 200, json);
}

static void
bench_up (Bench *bench, gconstpointer data)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  const char              *secrets[] = { "client", "secret", NULL };
  g_autoptr (GError)       error = NULL;
  g_autofree char         *url = NULL;

  bench->vendor = vendor_double_new ();
  url = vendor_double_url (bench->vendor, "");
  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  bench->gateway = wb_paypal_provider.open (connection, secrets, &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_PAYPAL (bench->gateway)->door, no_sleep, NULL);
  say_token (bench, "T1", 32400);
  g_assert_true (wb_paypal_ensure_token (WB_PAYPAL (bench->gateway), NULL, &error));
  wb_http_set_sleep_func (WB_PAYPAL (bench->gateway)->http, no_sleep, NULL);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  g_object_unref (bench->gateway);
  vendor_double_free (bench->vendor);
}

static WbMoneyAsk
ask_for (gint64 minor)
{
  return (WbMoneyAsk){ .payment_ref = "5P1",
                       .amount = wb_money (minor, "EUR"),
                       .key = "capture:7:1",
                       .reference = "WB-7-1" };
}

/* An authorisation of 100.00 EUR, @age seconds old, that ends in @left seconds. */
static char *
authorisation_json (const char *id, const char *status, gint64 age, gint64 left)
{
  g_autofree char *created = wb_instant_to_iso (wb_now () - age);
  g_autofree char *expires = wb_instant_to_iso (wb_now () + left);

  return g_strdup_printf (
      "{\"id\":\"%s\",\"status\":\"%s\",\"amount\":{\"currency_code\":\"EUR\","
      "\"value\":\"100.00\"},\"create_time\":\"%s\",\"expiration_time\":\"%s\"}",
      id, status, created, expires);
}

static char *
order_json (const char *authorisations, const char *captures, const char *refunds)
{
  return g_strdup_printf ("{\"id\":\"5P1\",\"intent\":\"AUTHORIZE\",\"status\":\"COMPLETED\","
                          "\"purchase_units\":[{\"amount\":{\"currency_code\":\"EUR\",\"value\":"
                          "\"100.00\"},\"payments\":{\"authorizations\":[%s],\"captures\":[%s],"
                          "\"refunds\":[%s]}}]}",
                          authorisations, captures, refunds);
}

/* @captures, @refunds: members of the arrays. */
static void
say_order (Bench *bench, const char *status, gint64 left, const char *captures, const char *refunds)
{
  g_autofree char *authorisation = authorisation_json ("0A1", status, DAY, left);
  g_autofree char *json = order_json (authorisation, captures, refunds);

  vendor_double_say (bench->vendor, "GET", ORDER, 200, json);
}

#define UP(place, id)                                                                              \
  "\"links\":[{\"rel\":\"up\",\"href\":\"https://x/v2/payments/" place "/" id "\"}]"
#define FIRST                                                                                      \
  "{\"id\":\"3C1\",\"status\":\"COMPLETED\",\"invoice_id\":\"WB-6-1\",\"amount\":{"                \
  "\"currency_code\":\"EUR\",\"value\":\"60.00\"},\"seller_receivable_breakdown\":{"               \
  "\"gross_amount\":{\"currency_code\":\"EUR\",\"value\":\"60.00\"},\"paypal_fee\":{"              \
  "\"currency_code\":\"EUR\",\"value\":\"1.84\"},\"net_amount\":{\"currency_code\":\"EUR\","       \
  "\"value\":\"58.16\"}}," UP ("authorizations", "0A1") "}"
#define BACK                                                                                       \
  "{\"id\":\"1R1\",\"status\":\"COMPLETED\",\"custom_id\":\"refund:9:1\",\"amount\":{"             \
  "\"currency_code\":\"EUR\",\"value\":\"10.00\"}," UP ("captures", "3C1") "}"
#define MADE(value, status)                                                                        \
  "{\"id\":\"3C2\",\"status\":\"" status                                                           \
  "\",\"amount\":{\"currency_code\":\"EUR\",\"value\":\"" value "\"},\"invoice_id\":\"WB-7-1\"}"

static void
refuse (Bench *bench, const char *method, const char *path, guint status, const char *issue)
{
  g_autofree char *json = g_strdup_printf (
      "{\"name\":\"UNPROCESSABLE_ENTITY\",\"message\":\"No.\",\"debug_id\":\"d1\",\"details\":[{"
      "\"issue\":\"%s\",\"description\":\"PayPal's words.\"}]}",
      issue);

  vendor_double_say (bench->vendor, method, path, status, json);
}

static gboolean
capture (Bench *bench, gint64 minor, WbMovement *movement, GError **error)
{
  WbMoneyAsk ask = ask_for (minor);

  return wb_gateway_capture (bench->gateway, &ask, movement, NULL, error);
}

/* ---- tokens ---- */

static void
test_token_renewed (Bench *bench, gconstpointer data)
{
  WbPaypal             *self = WB_PAYPAL (bench->gateway);
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;

  self->token_until = wb_now ();
  say_token (bench, "T2", 32400);
  say_order (bench, "CREATED", 20 * DAY, "", "");
  payment = wb_gateway_read_payment (bench->gateway, "5P1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (vendor_double_last (bench->vendor, "GET", ORDER)->authorization, ==,
                   "Bearer T2");
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", TOKEN), ==, 2);
}

/* A capture that met a dead token was none: it goes out again, under the same key. */
static void
test_token_refused (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;

  say_order (bench, "CREATED", 20 * DAY, "", "");
  vendor_double_say (bench->vendor, "POST", CAPTURE, 401,
                     "{\"name\":\"AUTHENTICATION_FAILURE\",\"message\":\"token\"}");
  say_token (bench, "T2", 32400);
  vendor_double_say (bench->vendor, "POST", CAPTURE, 201, MADE ("100.00", "COMPLETED"));
  g_assert_true (capture (bench, 10000, &movement, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", CAPTURE), ==, 2);
  g_assert_cmpstr (vendor_double_last (bench->vendor, "POST", CAPTURE)->authorization, ==,
                   "Bearer T2");
}

static void
test_probe (Bench *bench, gconstpointer data)
{
  g_autofree char   *summary = NULL;
  g_autoptr (GError) error = NULL;

  say_token (bench, "T2", 32400);
  g_assert_true (wb_gateway_probe (bench->gateway, &summary, NULL, &error));
  g_assert_nonnull (strstr (summary, "no real money"));
  g_assert_nonnull (strstr (summary, "history")); /* the right that this app was not given */
  g_clear_pointer (&summary, g_free);
  vendor_double_say (bench->vendor, "POST", TOKEN, 401,
                     "{\"error\":\"invalid_client\",\"error_description\":\"Client Authentication "
                     "failed\"}");
  g_assert_false (wb_gateway_probe (bench->gateway, &summary, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_assert_null (summary);
}

/* ---- reading ---- */

static void
test_read (Bench *bench, gconstpointer data)
{
  static const struct
  {
    const char *status;
    gint64      left;
    const char *captures;
    const char *state;
    gint64      capturable, captured;
  } cases[] = {
    { "CREATED", 20 * DAY, "", WB_PAYMENT_STATE_AUTHORISED, 10000, 0 },
    { "CREATED", -DAY, "", WB_PAYMENT_STATE_LAPSED, 0, 0 },
    { "PENDING", 20 * DAY, "", WB_PAYMENT_STATE_UNPAID, 0, 0 },
    { "DENIED", 20 * DAY, "", WB_PAYMENT_STATE_FAILED, 0, 0 },
    { "VOIDED", 20 * DAY, "", WB_PAYMENT_STATE_CANCELLED, 0, 0 },
    { "PARTIALLY_CAPTURED", 20 * DAY, FIRST, WB_PAYMENT_STATE_CAPTURED, 4000, 6000 },
    { "PARTIALLY_CAPTURED", -DAY, FIRST, WB_PAYMENT_STATE_CAPTURED, 0, 6000 },
    { "CAPTURED", 20 * DAY, FIRST, WB_PAYMENT_STATE_CAPTURED, 0, 6000 },
    { "CREATED", 20 * DAY, MADE ("60.00", "DECLINED"), WB_PAYMENT_STATE_AUTHORISED, 10000, 0 },
    { "PARTIALLY_CAPTURED", 20 * DAY, MADE ("60.00", "PENDING"), WB_PAYMENT_STATE_CAPTURED, 4000,
      6000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbPayment) payment = NULL;
      g_autoptr (GError)    error = NULL;

      say_order (bench, cases[i].status, cases[i].left, cases[i].captures, "");
      payment = wb_gateway_read_payment (bench->gateway, "5P1", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_STATE), ==, cases[i].state);
      g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE), ==, cases[i].capturable);
      g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURED), ==, cases[i].captured);
      g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_AUTHORISED), ==, 10000);
    }
}

static void
test_read_fee_and_refunds (Bench *bench, gconstpointer data)
{
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;

  say_order (bench, "PARTIALLY_CAPTURED", 20 * DAY, FIRST, BACK);
  payment = wb_gateway_read_payment (bench->gateway, "5P1", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_record_get_bool (payment, WB_PAYMENT_FEE_KNOWN));
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_FEE), ==, 184);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_NET), ==, 5816);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_FEE_REF), ==, "3C1");
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_REFUNDED), ==, 1000);
  g_assert_true (wb_record_get_bool (payment, WB_PAYMENT_MULTI_CAPTURE));
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_CHARGE_REF), ==, "0A1");
}

/* The shop may have noted the authorisation, or the capture. */
static void
test_read_by_part (Bench *bench, gconstpointer data)
{
  static const char *const none = "{\"name\":\"RESOURCE_NOT_FOUND\",\"message\":\"none\"}";
  static const char *const part =
      "{\"id\":\"3C9\",\"status\":\"COMPLETED\",\"supplementary_data\":{\"related_ids\":{"
      "\"order_id\":\"5P1\"}}}";
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;

  vendor_double_say (bench->vendor, "GET", "/v2/checkout/orders/3C9", 404, none);
  vendor_double_say (bench->vendor, "GET", "/v2/payments/authorizations/3C9", 404, none);
  vendor_double_say (bench->vendor, "GET", "/v2/payments/captures/3C9", 200, part);
  say_order (bench, "PARTIALLY_CAPTURED", 20 * DAY, FIRST, "");
  payment = wb_gateway_read_payment (bench->gateway, "3C9", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_REF), ==, "3C9");
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURED), ==, 6000);
  vendor_double_say (bench->vendor, "GET", "/v2/checkout/orders/0X", 404, none);
  vendor_double_say (bench->vendor, "GET", "/v2/payments/authorizations/0X", 404, none);
  vendor_double_say (bench->vendor, "GET", "/v2/payments/captures/0X", 404, none);
  g_assert_null (wb_gateway_read_payment (bench->gateway, "0X", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
}

/* ---- capturing ---- */

static void
test_capture_part (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement)  movement = { 0 };
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) body = NULL;
  const Heard         *heard;
  WbJson               root, amount;

  say_order (bench, "PARTIALLY_CAPTURED", 20 * DAY, FIRST, "");
  vendor_double_say (bench->vendor, "POST", CAPTURE, 201, MADE ("30.00", "COMPLETED"));
  g_assert_true (capture (bench, 3000, &movement, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (movement.ref, ==, "3C2");
  g_assert_true (wb_money_equal (movement.amount, wb_money (3000, "EUR")));
  heard = vendor_double_last (bench->vendor, "POST", CAPTURE);
  g_assert_cmpstr (heard->key, ==, "capture:7:1");
  body = wb_json_parse (heard->body, -1, "body", NULL);
  root = wb_json_root (body, "body");
  amount = wb_json_member (&root, "amount");
  g_assert_cmpstr (wb_json_opt_string (&amount, "value"), ==, "30.00");
  g_assert_cmpstr (wb_json_opt_string (&root, "invoice_id"), ==, "WB-7-1");
  g_assert_false (wb_json_bool (&root, "final_capture", TRUE)); /* 10.00 is left */
}

static void
test_capture_last (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement)  movement = { 0 };
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) body = NULL;
  WbJson               root;

  say_order (bench, "PARTIALLY_CAPTURED", 20 * DAY, FIRST, "");
  vendor_double_say (bench->vendor, "POST", CAPTURE, 201, MADE ("40.00", "PENDING"));
  g_assert_true (capture (bench, 4000, &movement, &error));
  body = wb_json_parse (vendor_double_last (bench->vendor, "POST", CAPTURE)->body, -1, "b", NULL);
  root = wb_json_root (body, "body");
  g_assert_true (wb_json_bool (&root, "final_capture", FALSE));
}

/* Known from reading: nothing is sent. */
static void
test_capture_refused_unsent (Bench *bench, gconstpointer data)
{
  static const struct
  {
    const char *status;
    gint64      left;
    const char *captures;
    gint64      asked;
    WbError     means;
  } cases[] = {
    { "CREATED", 20 * DAY, "", 10001, WB_ERROR_TOO_MUCH },
    { "PARTIALLY_CAPTURED", 20 * DAY, FIRST, 4001, WB_ERROR_TOO_MUCH },
    { "PARTIALLY_CAPTURED", 20 * DAY, MADE ("60.00", "COMPLETED"), 4000, WB_ERROR_ALREADY },
    { "CAPTURED", 20 * DAY, FIRST, 4000, WB_ERROR_ALREADY },
    { "CREATED", -1, "", 100, WB_ERROR_EXPIRED },
    { "VOIDED", 20 * DAY, "", 100, WB_ERROR_REFUSED },
    { "DENIED", 20 * DAY, "", 100, WB_ERROR_DECLINED },
    { "CREATED", 20 * DAY, "", 0, WB_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbMovement         movement = { 0 };
      g_autoptr (GError) error = NULL;

      say_order (bench, cases[i].status, cases[i].left, cases[i].captures, "");
      g_assert_false (capture (bench, cases[i].asked, &movement, &error));
      g_assert_error (error, WB_ERROR, (int) cases[i].means);
      g_assert_null (movement.ref);
    }
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", CAPTURE), ==, 0);
}

static void
test_capture_refused (Bench *bench, gconstpointer data)
{
  static const struct
  {
    guint       status;
    const char *issue;
    WbError     means;
  } cases[] = {
    { 422, "AUTHORIZATION_ALREADY_CAPTURED", WB_ERROR_ALREADY },
    { 422, "DUPLICATE_INVOICE_ID", WB_ERROR_ALREADY },
    { 422, "AUTHORIZATION_EXPIRED", WB_ERROR_EXPIRED },
    { 422, "AUTHORIZATION_VOIDED", WB_ERROR_REFUSED },
    { 422, "AUTHORIZATION_DENIED", WB_ERROR_DECLINED },
    { 422, "MAX_CAPTURE_AMOUNT_EXCEEDED", WB_ERROR_TOO_MUCH },
    { 422, "MAX_CAPTURE_COUNT_EXCEEDED", WB_ERROR_REFUSED },
    { 422, "TRANSACTION_REFUSED", WB_ERROR_DECLINED },
    { 422, "PAYER_CANNOT_PAY", WB_ERROR_DECLINED },
    { 422, "PAYEE_ACCOUNT_RESTRICTED", WB_ERROR_AUTH },
    { 403, "PERMISSION_DENIED", WB_ERROR_AUTH },
    { 409, "PREVIOUS_REQUEST_IN_PROGRESS", WB_ERROR_UNSURE },
    { 422, "DECIMAL_PRECISION", WB_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbMovement         movement = { 0 };
      g_autoptr (GError) error = NULL;

      say_order (bench, "CREATED", 20 * DAY, "", "");
      /* “Still at work” is asked again, under the same key. */
      for (guint n = 0; n < (cases[i].status == 409 ? 5 : 1); n++)
        refuse (bench, "POST", CAPTURE, cases[i].status, cases[i].issue);
      g_assert_false (capture (bench, 100, &movement, &error));
      g_assert_error (error, WB_ERROR, (int) cases[i].means);
      g_assert_nonnull (strstr (error->message, cases[i].issue));
      g_assert_nonnull (strstr (error->message, "PayPal's words."));
    }
}

/* Sent, and the answer leaves it open. */
static void
test_capture_unsure (Bench *bench, gconstpointer data)
{
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  say_order (bench, "CREATED", 20 * DAY, "", "");
  vendor_double_cut (bench->vendor, "POST", CAPTURE);
  g_assert_false (capture (bench, 100, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  say_order (bench, "CREATED", 20 * DAY, "", "");
  vendor_double_say (bench->vendor, "POST", CAPTURE, 500,
                     "{\"name\":\"INTERNAL_SERVER_ERROR\",\"message\":\"oops\"}");
  g_assert_false (capture (bench, 100, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  say_order (bench, "CREATED", 20 * DAY, "", "");
  vendor_double_say (bench->vendor, "POST", CAPTURE, 201,
                     "{\"id\":\"3C2\",\"status\":\"COMPLETED\"}");
  g_assert_false (capture (bench, 100, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_assert_null (movement.ref);
}

static void
test_capture_declined_in_reply (Bench *bench, gconstpointer data)
{
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  say_order (bench, "CREATED", 20 * DAY, "", "");
  vendor_double_say (bench->vendor, "POST", CAPTURE, 201, MADE ("1.00", "DECLINED"));
  g_assert_false (capture (bench, 100, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_DECLINED);
}

static void
test_find_capture (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = ask_for (3000);
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;

  say_order (bench, "PARTIALLY_CAPTURED", 20 * DAY, FIRST, "");
  g_assert_cmpint (wb_gateway_find_capture (bench->gateway, &ask, &movement, NULL, &error), ==,
                   WB_MOVEMENT_NOT_MADE);
  say_order (bench, "PARTIALLY_CAPTURED", 20 * DAY, FIRST "," MADE ("30.00", "COMPLETED"), "");
  g_assert_cmpint (wb_gateway_find_capture (bench->gateway, &ask, &movement, NULL, &error), ==,
                   WB_MOVEMENT_FOUND);
  g_assert_cmpstr (movement.ref, ==, "3C2");
  g_assert_cmpint (movement.amount.minor, ==, 3000);
  vendor_double_say (bench->vendor, "GET", ORDER, 500, "{\"name\":\"INTERNAL_SERVER_ERROR\"}");
  vendor_double_say (bench->vendor, "GET", ORDER, 500, "{\"name\":\"INTERNAL_SERVER_ERROR\"}");
  vendor_double_say (bench->vendor, "GET", ORDER, 500, "{\"name\":\"INTERNAL_SERVER_ERROR\"}");
  vendor_double_say (bench->vendor, "GET", ORDER, 500, "{\"name\":\"INTERNAL_SERVER_ERROR\"}");
  g_clear_pointer (&movement.ref, g_free);
  g_assert_cmpint (wb_gateway_find_capture (bench->gateway, &ask, &movement, NULL, &error), ==,
                   WB_MOVEMENT_UNKNOWN);
  g_assert_nonnull (error);
}

/* ---- refunds ---- */

static void
test_refund (Bench *bench, gconstpointer data)
{
  WbMoneyAsk           ask = ask_for (5000);
  g_auto (WbMovement)  movement = { 0 };
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) body = NULL;
  WbJson               root;

  ask.key = "refund:9:2";
  say_order (bench, "CAPTURED", 20 * DAY, FIRST, BACK);
  vendor_double_say (bench->vendor, "POST", REFUND, 201,
                     "{\"id\":\"1R2\",\"status\":\"COMPLETED\",\"amount\":{\"currency_code\":"
                     "\"EUR\",\"value\":\"50.00\"}}");
  g_assert_true (wb_gateway_refund (bench->gateway, &ask, &movement, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (movement.ref, ==, "1R2");
  body = wb_json_parse (vendor_double_last (bench->vendor, "POST", REFUND)->body, -1, "b", NULL);
  root = wb_json_root (body, "body");
  g_assert_cmpstr (wb_json_opt_string (&root, "custom_id"), ==, "refund:9:2");
  g_assert_cmpstr (vendor_double_last (bench->vendor, "POST", REFUND)->key, ==, "refund:9:2");
}

static void
test_refund_refused_unsent (Bench *bench, gconstpointer data)
{
  static const struct
  {
    const char *captures, *refunds, *key;
    gint64      asked;
    WbError     means;
  } cases[] = {
    { "", "", "refund:9:2", 100, WB_ERROR_REFUSED },
    { FIRST, BACK, "refund:9:2", 5001, WB_ERROR_TOO_MUCH },
    { FIRST, BACK, "refund:9:1", 1000, WB_ERROR_ALREADY }, /* this very one */
    /* 60 and 30 are left, 80 of no single capture. */
    { FIRST "," MADE ("30.00", "COMPLETED"), "", "refund:9:2", 8000, WB_ERROR_TOO_MUCH },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbMoneyAsk         ask = ask_for (cases[i].asked);
      WbMovement         movement = { 0 };
      g_autoptr (GError) error = NULL;

      ask.key = cases[i].key;
      say_order (bench, "CAPTURED", 20 * DAY, cases[i].captures, cases[i].refunds);
      g_assert_false (wb_gateway_refund (bench->gateway, &ask, &movement, NULL, &error));
      g_assert_error (error, WB_ERROR, (int) cases[i].means);
    }
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", REFUND), ==, 0);
}

/* ---- the authorisation ---- */

static void
test_void (Bench *bench, gconstpointer data)
{
  WbMoneyAsk         ask = ask_for (0);
  g_autoptr (GError) error = NULL;

  say_order (bench, "PARTIALLY_CAPTURED", 20 * DAY, FIRST, "");
  vendor_double_say (bench->vendor, "POST", VOID, 204, "");
  g_assert_true (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
  g_assert_no_error (error);
  say_order (bench, "VOIDED", 20 * DAY, "", "");
  g_assert_false (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  g_clear_error (&error);
  say_order (bench, "CREATED", 20 * DAY, "", "");
  refuse (bench, "POST", VOID, 422, "PREVIOUSLY_CAPTURED");
  g_assert_false (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

static void
test_renew (Bench *bench, gconstpointer data)
{
  WbMoneyAsk         ask = ask_for (10000);
  g_auto (WbRenewal) renewal = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char   *old = authorisation_json ("0A1", "CREATED", 4 * DAY, 25 * DAY);
  g_autofree char   *fresh = authorisation_json ("0A2", "CREATED", 0, 25 * DAY);
  g_autofree char   *order = order_json (old, "", "");

  ask.key = "renew:7:1";
  say_order (bench, "CREATED", 28 * DAY, "", ""); /* a day old: still honoured */
  g_assert_false (wb_gateway_reauthorise (bench->gateway, &ask, &renewal, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", RENEW), ==, 0);
  g_clear_error (&error);
  vendor_double_say (bench->vendor, "GET", ORDER, 200, order);
  vendor_double_say (bench->vendor, "POST", RENEW, 201, fresh);
  g_assert_true (wb_gateway_reauthorise (bench->gateway, &ask, &renewal, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (renewal.payment_ref, ==, "0A2");
  g_assert_cmpint (renewal.amount.minor, ==, 10000);
  g_assert_cmpint (renewal.capture_before, >, wb_now () + 24 * DAY);
}

static void
test_find_renewal (Bench *bench, gconstpointer data)
{
  WbMoneyAsk         ask = ask_for (10000);
  g_auto (WbRenewal) renewal = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char   *old = authorisation_json ("0A1", "VOIDED", 4 * DAY, 25 * DAY);
  g_autofree char   *fresh = authorisation_json ("0A2", "CREATED", 0, 25 * DAY);
  g_autofree char   *both = g_strconcat (old, ",", fresh, NULL);
  g_autofree char   *order = order_json (both, "", "");
  g_autofree char   *ancient = authorisation_json ("0A1", "CREATED", 50 * DAY, 25 * DAY);
  g_autofree char   *silent = order_json (ancient, "", "");

  ask.first_sent_at = wb_now ();
  say_order (bench, "CREATED", 25 * DAY, "", "");
  g_assert_cmpint (wb_gateway_find_renewal (bench->gateway, &ask, &renewal, NULL, &error), ==,
                   WB_MOVEMENT_NOT_MADE);
  vendor_double_say (bench->vendor, "GET", ORDER, 200, order);
  g_assert_cmpint (wb_gateway_find_renewal (bench->gateway, &ask, &renewal, NULL, &error), ==,
                   WB_MOVEMENT_FOUND);
  g_assert_cmpstr (renewal.payment_ref, ==, "0A2");
  ask.first_sent_at = wb_now () - 46 * DAY; /* PayPal has forgotten the key */
  vendor_double_say (bench->vendor, "GET", ORDER, 200, silent);
  g_clear_pointer (&renewal.payment_ref, g_free);
  g_assert_cmpint (wb_gateway_find_renewal (bench->gateway, &ask, &renewal, NULL, &error), ==,
                   WB_MOVEMENT_UNKNOWN);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
}

/* ---- amounts, the history ---- */

static void
test_amounts (void)
{
  static const struct
  {
    gint64      minor;
    const char *currency, *value;
  } cases[] = {
    { 1250, "EUR", "12.50" },  { 5, "USD", "0.05" },    { 1200, "JPY", "1200" },
    { 120000, "HUF", "1200" }, { 120050, "HUF", NULL }, { 990000, "TWD", "9900" },
    { 0, "EUR", NULL },        { -5, "EUR", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *value =
          wb_paypal_write_value (wb_money (cases[i].minor, cases[i].currency), &error);

      g_assert_cmpstr (value, ==, cases[i].value);
      g_assert_true ((error != NULL) == (cases[i].value == NULL));
    }
}

#define HISTORY "/v1/reporting/transactions"

static void
test_history (Bench *bench, gconstpointer data)
{
  static const char *const page =
      "{\"total_pages\":1,\"transaction_details\":["
      "{\"transaction_info\":{\"transaction_id\":\"3C1\",\"paypal_reference_id\":\"5P1\","
      "\"paypal_reference_id_type\":\"ODR\",\"transaction_event_code\":\"T0006\","
      "\"transaction_initiation_date\":\"2026-11-20T09:00:00Z\",\"transaction_status\":\"S\","
      "\"transaction_amount\":{\"currency_code\":\"EUR\",\"value\":\"60.00\"},"
      "\"fee_amount\":{\"currency_code\":\"EUR\",\"value\":\"-1.84\"},\"invoice_id\":\"WB-6-1\"}},"
      "{\"transaction_info\":{\"transaction_id\":\"1R1\",\"paypal_reference_id\":\"3C1\","
      "\"paypal_reference_id_type\":\"TXN\",\"transaction_event_code\":\"T1107\","
      "\"transaction_initiation_date\":\"2026-11-20T10:00:00+0100\",\"transaction_status\":\"S\","
      "\"transaction_amount\":{\"currency_code\":\"EUR\",\"value\":\"-10.00\"}}},"
      "{\"transaction_info\":{\"transaction_id\":\"0A1\",\"transaction_event_code\":\"T1300\","
      "\"transaction_initiation_date\":\"2026-11-20T10:00:00Z\",\"transaction_status\":\"S\","
      "\"transaction_amount\":{\"currency_code\":\"EUR\",\"value\":\"100.00\"}}},"
      "{\"transaction_info\":{\"transaction_id\":\"9W\",\"transaction_event_code\":\"T0400\","
      "\"transaction_initiation_date\":\"2026-11-20T11:00:00Z\",\"transaction_status\":\"P\","
      "\"transaction_amount\":{\"currency_code\":\"EUR\",\"value\":\"-48.16\"}}}]}";
  g_auto (WbMoneyPage) first = { 0 }, second = { 0 };
  g_autofree char     *cursor = g_strdup_printf ("%" G_GINT64_FORMAT ":1", wb_now () - 12 * DAY);
  g_autoptr (GError)   error = NULL;
  WbBalance           *taken, *given;

  vendor_double_say (bench->vendor, "GET", HISTORY, 200, page);
  g_assert_true (wb_gateway_list_money (bench->gateway, cursor, &first, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (first.items->len, ==, 2); /* what was only held or announced has not moved */
  taken = g_ptr_array_index (first.items, 0);
  given = g_ptr_array_index (first.items, 1);
  g_assert_cmpstr (wb_record_get_text (taken, WB_BALANCE_KIND), ==, WB_MOVED_CAPTURED);
  g_assert_cmpint (wb_record_get_int (taken, WB_BALANCE_GROSS), ==, 6000);
  g_assert_cmpint (wb_record_get_int (taken, WB_BALANCE_FEE), ==, 184);
  g_assert_cmpint (wb_record_get_int (taken, WB_BALANCE_NET), ==, 5816);
  g_assert_cmpstr (wb_record_get_text (taken, WB_BALANCE_PAYMENT_REF), ==, "5P1");
  g_assert_cmpstr (wb_record_get_text (taken, WB_BALANCE_REFERENCE), ==, "WB-6-1");
  g_assert_cmpstr (wb_record_get_text (given, WB_BALANCE_KIND), ==, WB_MOVED_REFUNDED);
  g_assert_cmpint (wb_record_get_int (given, WB_BALANCE_NET), ==, -1000);
  g_assert_cmpstr (wb_record_get_text (given, WB_BALANCE_CHARGE_REF), ==, "3C1");
  g_assert_true (first.more); /* ten days of twelve */
  vendor_double_say (bench->vendor, "GET", HISTORY, 200, "{\"transaction_details\":[]}");
  g_assert_true (wb_gateway_list_money (bench->gateway, first.cursor, &second, NULL, &error));
  g_assert_false (second.more);
  g_assert_false (second.beyond_reach);
}

static void
test_history_beyond_reach (Bench *bench, gconstpointer data)
{
  g_auto (WbMoneyPage) page = { 0 };
  g_autoptr (GError)   error = NULL;

  vendor_double_say (bench->vendor, "GET", HISTORY, 200, "{}");
  g_assert_true (wb_gateway_list_money (bench->gateway, "1000000000:1", &page, NULL, &error));
  g_assert_true (page.beyond_reach);
  g_assert_true (page.more);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Bench *, gconstpointer);
  } tests[] = {
    { "/paypal/token-renewed", test_token_renewed },
    { "/paypal/token-refused", test_token_refused },
    { "/paypal/probe", test_probe },
    { "/paypal/read", test_read },
    { "/paypal/read-fee-and-refunds", test_read_fee_and_refunds },
    { "/paypal/read-by-part", test_read_by_part },
    { "/paypal/capture-part", test_capture_part },
    { "/paypal/capture-last", test_capture_last },
    { "/paypal/capture-refused-unsent", test_capture_refused_unsent },
    { "/paypal/capture-refused", test_capture_refused },
    { "/paypal/capture-unsure", test_capture_unsure },
    { "/paypal/capture-declined-in-reply", test_capture_declined_in_reply },
    { "/paypal/find-capture", test_find_capture },
    { "/paypal/refund", test_refund },
    { "/paypal/refund-refused-unsent", test_refund_refused_unsent },
    { "/paypal/void", test_void },
    { "/paypal/renew", test_renew },
    { "/paypal/find-renewal", test_find_renewal },
    { "/paypal/history", test_history },
    { "/paypal/history-beyond-reach", test_history_beyond_reach },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paypal/amounts", test_amounts);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Bench, NULL, bench_up, tests[i].func, bench_down);
  return g_test_run ();
}
