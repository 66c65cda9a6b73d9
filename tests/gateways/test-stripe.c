/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe on the wire: every refusal told apart, keys and references sent, broken connections
 * resolved by reading. */
#include "vendor-double.h"
#include "wb-stripe-private.h"
#include "wb-stripe.h"
#include "wb-test.h"

#include <string.h>

#define INTENT  "/v1/payment_intents/pi_1"
#define CAPTURE "/v1/payment_intents/pi_1/capture"
#define CANCEL  "/v1/payment_intents/pi_1/cancel"
#define REFUNDS "/v1/refunds"

/* ---- the bench ---- */

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

static WbGateway *
open_with (VendorDouble *vendor, const char *path, const char *key, GError **error)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autofree char         *url = vendor_double_url (vendor, path);
  const char              *secrets[] = { key, NULL };

  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  return wb_stripe_provider.open (connection, secrets, error);
}

static void
bench_up (Bench *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bench->vendor = vendor_double_new ();
  bench->gateway = open_with (bench->vendor, "", "sk_test_secret", &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_STRIPE (bench->gateway)->http, no_sleep, NULL);
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
  return (WbMoneyAsk){ .payment_ref = "pi_1",
                       .amount = wb_money (minor, "EUR"),
                       .key = "capture-7-1",
                       .reference = "WB-7-1" };
}

/* An intent of 100.00 EUR. @card: members of the card, @more: of the intent. */
static char *
intent_json (const char *status, gint64 received, const char *card, const char *more)
{
  gboolean open = g_str_equal (status, "requires_capture");

  return g_strdup_printf ("{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"status\":\"%s\","
                          "\"currency\":\"eur\",\"amount\":10000,"
                          "\"amount_capturable\":%" G_GINT64_FORMAT
                          ",\"amount_received\":%" G_GINT64_FORMAT ",\"latest_charge\":{"
                          "\"id\":\"ch_1\",\"amount\":10000,\"amount_captured\":%" G_GINT64_FORMAT
                          ",\"amount_refunded\":0,"
                          "\"balance_transaction\":null,\"payment_method_details\":{\"type\":"
                          "\"card\",\"card\":{%s}}}%s}",
                          status, open ? 10000 - received : 0, received, received, card, more);
}

static void
say_intent (Bench      *bench,
            const char *method,
            const char *path,
            const char *status,
            gint64      received,
            const char *card,
            const char *more)
{
  g_autofree char *json = intent_json (status, received, card, more);

  vendor_double_say (bench->vendor, method, path, 200, json);
}

#define OURS ",\"metadata\":{\"waybill_reference\":\"WB-7-1\"}"

static void
say_open (Bench *bench)
{
  say_intent (bench, "GET", INTENT, "requires_capture", 0, "", "");
}

static gboolean
capture (Bench *bench, gint64 minor, WbMovement *movement, GError **error)
{
  WbMoneyAsk ask = ask_for (minor);

  return wb_gateway_capture (bench->gateway, &ask, movement, NULL, error);
}

/* What was sent, as fields of the form that the published document knows. */
static void
check_form (const char *operation, const Heard *heard)
{
  g_autofree char     *path = wb_test_contract ("stripe/spec3.fulfilment-subset.json");
  g_autofree char     *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_auto (GStrv)       pairs = g_strsplit (heard->body, "&", -1);
  const char          *steps[] = { "paths",       operation,    "post",
                                   "requestBody", "content",    "application/x-www-form-urlencoded",
                                   "schema",      "properties", NULL };
  JsonObject          *at;

  g_assert_true (g_str_has_prefix (heard->type, "application/x-www-form-urlencoded"));
  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  root = wb_json_parse (text, -1, "spec", NULL);
  at = json_node_get_object (root);
  for (guint i = 0; steps[i] != NULL; i++)
    at = json_object_get_object_member (at, steps[i]);
  for (guint i = 0; pairs[i] != NULL && *pairs[i] != '\0'; i++)
    {
      g_autofree char *name = g_uri_unescape_string (pairs[i], NULL);

      name[strcspn (name, "=[")] = '\0';
      if (!json_object_has_member (at, name) &&
          !g_str_equal (name, "final_capture")) /* newer than the document */
        g_error ("%s knows no field %s", operation, name);
    }
}

static void
check_field (const Heard *heard, const char *name, const char *value)
{
  g_autofree char *found = vendor_double_field (heard, name);

  g_assert_cmpstr (found, ==, value);
}

/* ---- opening and probing ---- */

static void
test_open (void)
{
  g_autoptr (VendorDouble) vendor = vendor_double_new ();
  g_autoptr (WbGateway)    gateway = NULL;
  g_autoptr (GError)       error = NULL;

  g_assert_true (wb_gateway_find_provider ("stripe") == &wb_stripe_provider);
  g_assert_null (open_with (vendor, "", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_null (open_with (vendor, "", "pk_live_123", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "publishable"));
  g_clear_error (&error);
  gateway = open_with (vendor, "/stripe/v1/", "sk_test_1", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (wb_http_get_base_url (WB_STRIPE (gateway)->http), "/stripe/v1"));
}

static void
test_probe (Bench *bench, gconstpointer data)
{
  g_autofree char   *summary = NULL;
  g_autoptr (GError) error = NULL;
  const Heard       *heard;

  vendor_double_say (
      bench->vendor, "GET", "/v1/account", 200,
      "{\"id\":\"acct_1\",\"settings\":{\"dashboard\":{\"display_name\":\"Tea House\"}}}");
  g_assert_true (wb_gateway_probe (bench->gateway, &summary, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (summary, "Tea House"));
  g_assert_nonnull (strstr (summary, "test"));
  heard = vendor_double_last (bench->vendor, "GET", "/v1/account");
  g_assert_cmpstr (heard->authorization, ==, "Bearer sk_test_secret");
  g_assert_cmpstr (heard->version, ==, WB_STRIPE_VERSION);
}

static void
test_probe_restricted (Bench *bench, gconstpointer data)
{
  g_autoptr (WbGateway) gateway = open_with (bench->vendor, "", "rk_live_9", NULL);
  g_autofree char      *summary = NULL;
  g_autoptr (GError)    error = NULL;
  const char *denied = "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"The provided "
                       "key does not have the required permissions.\"}}";

  vendor_double_say (bench->vendor, "GET", "/v1/payment_intents", 403, denied);
  g_assert_false (wb_gateway_probe (gateway, &summary, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "PaymentIntents and Refunds"));
  g_clear_error (&error);
  /* Payments may be read, the account not: enough. */
  vendor_double_say (bench->vendor, "GET", "/v1/payment_intents", 200, "{\"data\":[]}");
  vendor_double_say (bench->vendor, "GET", "/v1/account", 403, denied);
  g_assert_true (wb_gateway_probe (gateway, &summary, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (summary, "live"));
}

static void
test_probe_wrong_key (Bench *bench, gconstpointer data)
{
  g_autofree char   *summary = NULL;
  g_autoptr (GError) error = NULL;

  vendor_double_say (bench->vendor, "GET", "/v1/account", 401,
                     "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Invalid API Key "
                     "provided: sk_test_secret\"}}");
  g_assert_false (wb_gateway_probe (bench->gateway, &summary, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_assert_null (strstr (error->message, "sk_test_secret"));
}

/* ---- reading ---- */

static void
test_read (Bench *bench, gconstpointer data)
{
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;

  vendor_double_say (
      bench->vendor, "GET", INTENT, 500,
      "{\"error\":{\"type\":\"api_error\",\"message\":\"oops\"}}"); /* reading is repeated */
  say_intent (bench, "GET", INTENT, "requires_capture", 0, "\"capture_before\":1795262400", "");
  payment = wb_gateway_read_payment (bench->gateway, "pi_1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE), ==, 10000);
  g_assert_cmpstr (vendor_double_last (bench->vendor, "GET", INTENT)->query, ==,
                   "expand%5B%5D=latest_charge.balance_transaction");
}

static void
test_read_by_charge (Bench *bench, gconstpointer data)
{
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;

  vendor_double_say (bench->vendor, "GET", "/v1/charges/ch_1", 200,
                     "{\"id\":\"ch_1\",\"payment_intent\":\"pi_1\"}");
  say_open (bench);
  payment = wb_gateway_read_payment (bench->gateway, "ch_1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_REF), ==, "pi_1");
  vendor_double_say (bench->vendor, "GET", "/v1/charges/ch_2", 200,
                     "{\"id\":\"ch_2\",\"payment_intent\":null}");
  g_assert_null (wb_gateway_read_payment (bench->gateway, "ch_2", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
test_read_nothing (Bench *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  vendor_double_say (bench->vendor, "GET", INTENT, 404,
                     "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\","
                     "\"param\":\"intent\",\"message\":\"No "
                     "such payment_intent: 'pi_1'\"}}");
  g_assert_null (wb_gateway_read_payment (bench->gateway, "pi_1", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==,
                   "Stripe: No such payment_intent: 'pi_1' (resource_missing at intent)");
  g_clear_error (&error);
  g_assert_null (wb_gateway_read_payment (bench->gateway, "", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* ---- capturing ---- */

static void
test_capture (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;
  const Heard        *heard;

  say_open (bench);
  say_intent (bench, "POST", CAPTURE, "succeeded", 6490, "", OURS);
  g_assert_true (capture (bench, 6490, &movement, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (movement.ref, ==, "ch_1");
  g_assert_true (wb_money_equal (movement.amount, wb_money (6490, "EUR")));
  heard = vendor_double_last (bench->vendor, "POST", CAPTURE);
  g_assert_cmpstr (heard->body, ==,
                   "amount_to_capture=6490&metadata%5Bwaybill_reference%5D=WB-7-1");
  g_assert_cmpstr (heard->key, ==, "capture-7-1");
  g_assert_cmpstr (heard->version, ==, WB_STRIPE_VERSION);
  check_form ("/v1/payment_intents/{intent}/capture", heard);
}

/* What came back is told as it is, also when it is not what was asked: the caller stops then. */
static void
test_capture_took_more (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;

  say_open (bench);
  say_intent (bench, "POST", CAPTURE, "succeeded", 10000, "", OURS);
  g_assert_true (capture (bench, 4000, &movement, &error));
  g_assert_cmpint (movement.amount.minor, ==, 10000);
}

static void
test_capture_several (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;
  WbMoneyAsk          ask = ask_for (3000);
  const Heard        *heard;

  say_intent (bench, "GET", INTENT, "requires_capture", 6000,
              "\"multicapture\":{\"status\":\"available\"}",
              ",\"metadata\":{\"waybill_reference\":\"WB-6-1\",\"wb:WB-6-1\":\"0+6000\"}");
  say_intent (bench, "POST", CAPTURE, "requires_capture", 9000,
              "\"multicapture\":{\"status\":\"available\"}", OURS);
  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &movement, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (movement.amount.minor, ==, 3000); /* of this capture, not of all */
  g_assert_cmpstr (movement.ref, ==, "ch_1+6000");
  heard = vendor_double_last (bench->vendor, "POST", CAPTURE);
  check_field (heard, "final_capture", "false");
  check_field (heard, "metadata[wb:WB-7-1]", "6000+3000");
  check_form ("/v1/payment_intents/{intent}/capture", heard);
}

static void
test_capture_rest (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;

  say_intent (bench, "GET", INTENT, "requires_capture", 6000,
              "\"multicapture\":{\"status\":\"available\"}", "");
  say_intent (bench, "POST", CAPTURE, "succeeded", 10000, "", OURS);
  g_assert_true (capture (bench, 4000, &movement, &error));
  check_field (vendor_double_last (bench->vendor, "POST", CAPTURE), "final_capture", NULL);
}

/* Known from reading: nothing is sent. */
static void
test_capture_refused_unsent (Bench *bench, gconstpointer data)
{
  static const struct
  {
    const char *status;
    gint64      received;
    const char *more;
    gint64      asked;
    WbError     means;
  } cases[] = {
    { "requires_capture", 0, "", 10001, WB_ERROR_TOO_MUCH },
    { "succeeded", 10000, "", 10000, WB_ERROR_ALREADY },
    { "succeeded", 6490, OURS, 6490, WB_ERROR_ALREADY },
    { "canceled", 0, ",\"cancellation_reason\":\"automatic\"", 100, WB_ERROR_EXPIRED },
    { "canceled", 0, ",\"cancellation_reason\":\"requested_by_customer\"", 100, WB_ERROR_REFUSED },
    { "requires_action", 0, "", 100, WB_ERROR_REFUSED },
    { "requires_capture", 0, "", 0, WB_ERROR_INVALID },
    { "requires_capture", 0, "", -5, WB_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbMovement         movement = { 0 };
      g_autoptr (GError) error = NULL;

      say_intent (bench, "GET", INTENT, cases[i].status, cases[i].received, "", cases[i].more);
      g_assert_false (capture (bench, cases[i].asked, &movement, &error));
      g_assert_error (error, WB_ERROR, (int) cases[i].means);
      g_assert_null (movement.ref);
    }
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", CAPTURE), ==, 0);
}

static void
test_capture_ask_not_whole (Bench *bench, gconstpointer data)
{
  WbMoneyAsk asks[] = { ask_for (100), ask_for (100), ask_for (100) };
  WbMovement movement = { 0 };

  asks[0].key = NULL;
  asks[1].reference = "";
  asks[2].amount = wb_money (100, "USD");
  for (guint i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      g_autoptr (GError) error = NULL;

      say_open (bench);
      g_assert_false (wb_gateway_capture (bench->gateway, &asks[i], &movement, NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", CAPTURE), ==, 0);
}

static const struct
{
  guint       status;
  const char *error;
  WbError     means;
  guint       tries; /* with its key a request may be repeated where waiting can help */
} refusals[] = {
  { 402,
    "\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"insufficient_funds\"",
    WB_ERROR_DECLINED, 1 },
  { 402, "\"type\":\"card_error\",\"code\":\"expired_card\"", WB_ERROR_DECLINED, 1 },
  { 402, "\"type\":\"card_error\",\"code\":\"something_new\"", WB_ERROR_DECLINED, 1 },
  { 400, "\"type\":\"invalid_request_error\",\"code\":\"charge_expired_for_capture\"",
    WB_ERROR_EXPIRED, 1 },
  { 400, "\"type\":\"invalid_request_error\",\"code\":\"capture_charge_authorization_expired\"",
    WB_ERROR_EXPIRED, 1 },
  { 400,
    "\"type\":\"invalid_request_error\",\"code\":\"payment_intent_unexpected_state\",\"payment_"
    "intent\":{\"status\":\"succeeded\"}",
    WB_ERROR_ALREADY, 1 },
  { 400,
    "\"type\":\"invalid_request_error\",\"code\":\"payment_intent_unexpected_state\",\"payment_"
    "intent\":{\"status\":\"canceled\",\"cancellation_reason\":\"automatic\"}",
    WB_ERROR_EXPIRED, 1 },
  { 400,
    "\"type\":\"invalid_request_error\",\"code\":\"payment_intent_unexpected_state\",\"payment_"
    "intent\":{\"status\":\"canceled\",\"cancellation_reason\":\"duplicate\"}",
    WB_ERROR_REFUSED, 1 },
  { 400,
    "\"type\":\"invalid_request_error\",\"code\":\"payment_intent_unexpected_state\",\"payment_"
    "intent\":{\"status\":\"requires_action\"}",
    WB_ERROR_REFUSED, 1 },
  { 400, "\"type\":\"invalid_request_error\",\"code\":\"charge_already_captured\"",
    WB_ERROR_ALREADY, 1 },
  { 400,
    "\"type\":\"invalid_request_error\",\"code\":\"amount_too_large\",\"param\":\"amount_to_"
    "capture\"",
    WB_ERROR_TOO_MUCH, 1 },
  { 400,
    "\"type\":\"invalid_request_error\",\"param\":\"amount_to_capture\",\"message\":\"The amount "
    "is greater than the capturable\"",
    WB_ERROR_TOO_MUCH, 1 },
  { 400,
    "\"type\":\"invalid_request_error\",\"code\":\"amount_too_small\",\"param\":\"amount_to_"
    "capture\"",
    WB_ERROR_INVALID, 1 },
  { 400,
    "\"type\":\"invalid_request_error\",\"code\":\"parameter_invalid_integer\",\"param\":\"amount_"
    "to_capture\"",
    WB_ERROR_INVALID, 1 },
  { 404, "\"type\":\"invalid_request_error\",\"code\":\"resource_missing\",\"param\":\"intent\"",
    WB_ERROR_NOT_FOUND, 1 },
  { 400, "\"type\":\"idempotency_error\"", WB_ERROR_CONFLICT, 1 },
  { 409, "\"type\":\"idempotency_error\",\"code\":\"idempotency_key_in_use\"", WB_ERROR_UNSURE, 4 },
  { 429, "\"type\":\"invalid_request_error\",\"code\":\"rate_limit\"", WB_ERROR_UNAVAILABLE, 4 },
  { 429, "\"type\":\"invalid_request_error\",\"code\":\"lock_timeout\"", WB_ERROR_UNAVAILABLE, 4 },
  { 401, "\"type\":\"invalid_request_error\"", WB_ERROR_AUTH, 1 },
  { 403, "\"type\":\"invalid_request_error\"", WB_ERROR_AUTH, 1 },
  { 400, "\"type\":\"invalid_request_error\",\"code\":\"api_key_expired\"", WB_ERROR_AUTH, 1 },
  { 500, "\"type\":\"api_error\"", WB_ERROR_UNSURE, 4 },
  { 503, "\"type\":\"card_error\",\"code\":\"card_declined\"", WB_ERROR_UNSURE,
    4 }, /* a 5xx is believed in nothing */
};

static void
test_capture_refusals (Bench *bench, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const char        *message = strstr (refusals[i].error, "\"message\"") != NULL
                                       ? ""
                                       : ",\"message\":\"Stripe says no.\"";
      g_autofree char   *json = g_strdup_printf ("{\"error\":{%s%s}}", refusals[i].error, message);
      WbMovement         movement = { 0 };
      g_autoptr (GError) error = NULL;
      guint              before = vendor_double_count (bench->vendor, "POST", CAPTURE);

      say_open (bench);
      for (guint n = 0; n < refusals[i].tries; n++)
        vendor_double_say (bench->vendor, "POST", CAPTURE, refusals[i].status, json);
      g_assert_false (capture (bench, 5000, &movement, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, WB_ERROR, (int) refusals[i].means);
      g_assert_true (*message == '\0' || strstr (error->message, "Stripe says no.") != NULL);
      g_assert_null (movement.ref);
      g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", CAPTURE) - before, ==,
                        refusals[i].tries);
    }
}

static void
test_decline_words (Bench *bench, gconstpointer data)
{
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  say_open (bench);
  vendor_double_say (bench->vendor, "POST", CAPTURE, 402,
                     "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_"
                     "code\":\"insufficient_funds\",\"message\":"
                     "\"Your card has insufficient funds.\"}}");
  g_assert_false (capture (bench, 5000, &movement, &error));
  g_assert_cmpstr (error->message, ==,
                   "Stripe: Your card has insufficient funds. (card_declined: insufficient_funds)");
}

/* ---- broken connections ---- */

/* The same key goes out again, and Stripe answers what it answered the first time. */
static void
test_capture_cut_once (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;

  say_open (bench);
  vendor_double_cut (bench->vendor, "POST", CAPTURE);
  say_intent (bench, "POST", CAPTURE, "succeeded", 6490, "", OURS);
  vendor_double_replayed (bench->vendor);
  g_assert_true (capture (bench, 6490, &movement, &error));
  g_assert_no_error (error);
  g_assert_cmpint (movement.amount.minor, ==, 6490);
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", CAPTURE), ==, 2);
  g_assert_cmpstr (vendor_double_last (bench->vendor, "POST", CAPTURE)->key, ==, "capture-7-1");
}

static void
test_capture_cut_for_good (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  WbMoneyAsk          ask = ask_for (6490);
  g_autoptr (GError)  error = NULL;

  say_open (bench);
  for (guint i = 0; i < 4; i++)
    vendor_double_cut (bench->vendor, "POST", CAPTURE);
  g_assert_false (capture (bench, 6490, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_assert_null (movement.ref);
  g_clear_error (&error);
  /* Had it gone through, the intent tells. */
  say_intent (bench, "GET", INTENT, "succeeded", 6490, "", OURS);
  g_assert_cmpint (wb_gateway_find_capture (bench->gateway, &ask, &movement, NULL, &error), ==,
                   WB_MOVEMENT_FOUND);
  g_assert_no_error (error);
  g_assert_cmpstr (movement.ref, ==, "ch_1");
  g_assert_cmpint (movement.amount.minor, ==, 6490);
  g_clear_pointer (&movement.ref, g_free);
  /* Had it not, too. */
  say_open (bench);
  g_assert_cmpint (wb_gateway_find_capture (bench->gateway, &ask, &movement, NULL, &error), ==,
                   WB_MOVEMENT_NOT_MADE);
  g_assert_no_error (error);
  /* And when it cannot be asked, nothing is claimed. */
  vendor_double_say (bench->vendor, "GET", INTENT, 401, "{\"error\":{\"message\":\"key\"}}");
  g_assert_cmpint (wb_gateway_find_capture (bench->gateway, &ask, &movement, NULL, &error), ==,
                   WB_MOVEMENT_UNKNOWN);
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
}

static void
test_capture_locked_out_after_cut (Bench *bench, gconstpointer data)
{
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  say_open (bench);
  vendor_double_cut (bench->vendor, "POST", CAPTURE);
  vendor_double_say (
      bench->vendor, "POST", CAPTURE, 401,
      "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Expired key\"}}");
  g_assert_false (capture (bench, 6490, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE); /* the first try may have captured */
}

static void
test_capture_garbled (Bench *bench, gconstpointer data)
{
  static const char *const replies[] = {
    "{\"id\":\"pi_1\",\"amount_rec", "<html><h1>Hello</h1></html>", "{}",
    "{\"id\":\"pi_1\",\"currency\":\"eur\",\"amount_received\":\"64.90\"}"
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      WbMovement         movement = { 0 };
      g_autoptr (GError) error = NULL;

      say_open (bench);
      vendor_double_say (bench->vendor, "POST", CAPTURE, 200, replies[i]);
      g_assert_false (capture (bench, 6490, &movement, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_assert_null (movement.ref);
    }
}

static void
test_capture_not_reached (Bench *bench, gconstpointer data)
{
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    vendor_double_say (bench->vendor, "GET", INTENT, 503,
                       "<html><title>Maintenance</title></html>");
  g_assert_false (capture (bench, 6490, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE); /* only read: nothing happened */
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", CAPTURE), ==, 0);
}

/* ---- refunds ---- */

#define REFUND(status, metadata)                                                                   \
  "{\"id\":\"re_1\",\"object\":\"refund\",\"amount\":2500,\"currency\":\"eur\",\"status\":"        \
  "\"" status "\",\"metadata\":{" metadata "}}"
#define OUR_KEY "\"waybill_key\":\"capture-7-1\",\"waybill_reference\":\"WB-7-1\""

static gboolean
refund (Bench *bench, WbMoneyAsk ask, WbMovement *movement, GError **error)
{
  return wb_gateway_refund (bench->gateway, &ask, movement, NULL, error);
}

static void
test_refund (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;
  const Heard        *heard;

  say_intent (bench, "GET", INTENT, "succeeded", 10000, "", "");
  vendor_double_say (bench->vendor, "POST", REFUNDS, 200, REFUND ("succeeded", OUR_KEY));
  g_assert_true (refund (bench, ask_for (2500), &movement, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (movement.ref, ==, "re_1");
  g_assert_true (wb_money_equal (movement.amount, wb_money (2500, "EUR")));
  heard = vendor_double_last (bench->vendor, "POST", REFUNDS);
  g_assert_cmpstr (heard->key, ==, "capture-7-1");
  check_field (heard, "payment_intent", "pi_1");
  check_field (heard, "amount", "2500");
  check_field (heard, "metadata[waybill_reference]", "WB-7-1");
  check_field (heard, "metadata[waybill_key]", "capture-7-1");
  check_form ("/v1/refunds", heard);
}

static void
test_refund_refused (Bench *bench, gconstpointer data)
{
  static const struct
  {
    const char *status;
    gint64      received;
    gint64      asked;
    WbError     means;
  } unsent[] = {
    { "requires_capture", 0, 100, WB_ERROR_REFUSED },
    { "succeeded", 7000, 7001, WB_ERROR_TOO_MUCH },
  };
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (unsent); i++)
    {
      say_intent (bench, "GET", INTENT, unsent[i].status, unsent[i].received, "", "");
      g_assert_false (refund (bench, ask_for (unsent[i].asked), &movement, &error));
      g_assert_error (error, WB_ERROR, (int) unsent[i].means);
      g_clear_error (&error);
    }
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", REFUNDS), ==, 0);
  say_intent (bench, "GET", INTENT, "succeeded", 10000, "", "");
  vendor_double_say (bench->vendor, "POST", REFUNDS, 400,
                     "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"charge_already_"
                     "refunded\",\"message\":\"done\"}}");
  g_assert_false (refund (bench, ask_for (100), &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  g_clear_error (&error);
  say_intent (bench, "GET", INTENT, "succeeded", 10000, "", "");
  vendor_double_say (bench->vendor, "POST", REFUNDS, 400,
                     "{\"error\":{\"type\":\"invalid_request_error\",\"param\":\"amount\","
                     "\"message\":\"Refund amount (€1.00) is greater than "
                     "unrefunded amount on charge (€0.50)\"}}");
  g_assert_false (refund (bench, ask_for (100), &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
}

/* “pending” may become “failed”: a replayed answer is not how it stands now. */
static void
test_refund_failed (Bench *bench, gconstpointer data)
{
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  say_intent (bench, "GET", INTENT, "succeeded", 10000, "", "");
  vendor_double_cut (bench->vendor, "POST", REFUNDS);
  vendor_double_say (bench->vendor, "POST", REFUNDS, 200, REFUND ("pending", OUR_KEY));
  vendor_double_replayed (bench->vendor);
  vendor_double_say (bench->vendor, "GET", "/v1/refunds/re_1", 200, REFUND ("failed", OUR_KEY));
  g_assert_false (refund (bench, ask_for (2500), &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_null (movement.ref);
}

static void
test_refund_with_old_key (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;
  WbMoneyAsk          ask = ask_for (2500);

  ask.first_sent_at = wb_now () - WB_STRIPE_KEY_LIFE;
  say_intent (bench, "GET", INTENT, "succeeded", 10000, "", "");
  vendor_double_say (bench->vendor, "GET", REFUNDS, 200,
                     "{\"data\":[" REFUND ("succeeded", OUR_KEY) "],\"has_more\":false}");
  g_assert_false (refund (bench, ask, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", REFUNDS), ==, 0);
  g_clear_error (&error);
  /* Not there: it may go out as the new request that Stripe will take it for. */
  say_intent (bench, "GET", INTENT, "succeeded", 10000, "", "");
  vendor_double_say (bench->vendor, "GET", REFUNDS, 200, "{\"data\":[],\"has_more\":false}");
  vendor_double_say (bench->vendor, "POST", REFUNDS, 200, REFUND ("succeeded", OUR_KEY));
  g_assert_true (refund (bench, ask, &movement, &error));
  g_assert_no_error (error);
}

static void
test_find_refund (Bench *bench, gconstpointer data)
{
  static const struct
  {
    const char       *list;
    WbMovementFinding finding;
  } cases[] = {
    { "{\"data\":[],\"has_more\":false}", WB_MOVEMENT_NOT_MADE },
    { "{\"data\":[" REFUND ("succeeded", OUR_KEY) "]}", WB_MOVEMENT_FOUND },
    { "{\"data\":[" REFUND ("pending", "\"waybill_reference\":\"WB-7-1\"") "]}",
      WB_MOVEMENT_FOUND },
    { "{\"data\":[" REFUND ("failed", OUR_KEY) "]}", WB_MOVEMENT_NOT_MADE },
    { "{\"data\":[" REFUND ("succeeded",
                            "\"waybill_key\":\"another\",\"waybill_reference\":\"WB-7-1\"") "]}",
      WB_MOVEMENT_NOT_MADE },
    { "{\"data\":[" REFUND ("succeeded", "") "]}",
      WB_MOVEMENT_NOT_MADE }, /* made at the dashboard */
    { "{\"data\":{}}", WB_MOVEMENT_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (WbMovement) movement = { 0 };
      g_autoptr (GError)  error = NULL;
      WbMoneyAsk          ask = ask_for (2500);

      vendor_double_say (bench->vendor, "GET", REFUNDS, 200, cases[i].list);
      g_assert_cmpint (wb_gateway_find_refund (bench->gateway, &ask, &movement, NULL, &error), ==,
                       cases[i].finding);
      g_assert_cmpint (error != NULL, ==, cases[i].finding == WB_MOVEMENT_UNKNOWN);
      g_assert_cmpstr (movement.ref, ==, cases[i].finding == WB_MOVEMENT_FOUND ? "re_1" : NULL);
    }
  g_assert_cmpstr (vendor_double_last (bench->vendor, "GET", REFUNDS)->query, ==,
                   "payment_intent=pi_1&limit=100");
}

static void
test_find_refund_on_a_later_page (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;
  WbMoneyAsk          ask = ask_for (2500);

  vendor_double_say (bench->vendor, "GET", REFUNDS, 200,
                     "{\"data\":[{\"id\":\"re_9\",\"metadata\":{}}],\"has_more\":true}");
  vendor_double_say (bench->vendor, "GET", REFUNDS, 200,
                     "{\"data\":[" REFUND ("succeeded", OUR_KEY) "],\"has_more\":false}");
  g_assert_cmpint (wb_gateway_find_refund (bench->gateway, &ask, &movement, NULL, &error), ==,
                   WB_MOVEMENT_FOUND);
  g_assert_no_error (error);
  g_assert_cmpstr (vendor_double_last (bench->vendor, "GET", REFUNDS)->query, ==,
                   "payment_intent=pi_1&limit=100&starting_after=re_9");
}

/* ---- cancelling ---- */

static void
test_cancel (Bench *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  WbMoneyAsk         ask = ask_for (0);
  const Heard       *heard;

  say_open (bench);
  say_intent (bench, "POST", CANCEL, "canceled", 0, "", "");
  g_assert_true (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
  g_assert_no_error (error);
  heard = vendor_double_last (bench->vendor, "POST", CANCEL);
  g_assert_cmpstr (heard->key, ==, "capture-7-1");
  check_form ("/v1/payment_intents/{intent}/cancel", heard);
}

static void
test_cancel_refused (Bench *bench, gconstpointer data)
{
  static const struct
  {
    const char *status;
    WbError     means;
  } cases[] = { { "canceled", WB_ERROR_ALREADY }, { "succeeded", WB_ERROR_REFUSED } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *json =
          g_strdup_printf ("{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"payment_"
                           "intent_unexpected_state\","
                           "\"message\":\"no\",\"payment_intent\":{\"status\":\"%s\"}}}",
                           cases[i].status);
      WbMoneyAsk ask = ask_for (0);

      say_open (bench); /* it changed since it was read */
      vendor_double_say (bench->vendor, "POST", CANCEL, 400, json);
      g_assert_false (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
      g_assert_error (error, WB_ERROR, (int) cases[i].means);
    }
}

static void
test_cancel_unclear (Bench *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  WbMoneyAsk         ask = ask_for (0);

  say_open (bench);
  say_intent (bench, "POST", CANCEL, "requires_capture", 0, "", "");
  g_assert_false (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
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
    { "probe/restricted", test_probe_restricted },
    { "probe/wrong-key", test_probe_wrong_key },
    { "read/whole", test_read },
    { "read/by-charge", test_read_by_charge },
    { "read/nothing", test_read_nothing },
    { "capture/whole", test_capture },
    { "capture/took-more", test_capture_took_more },
    { "capture/several", test_capture_several },
    { "capture/rest", test_capture_rest },
    { "capture/refused-unsent", test_capture_refused_unsent },
    { "capture/ask-not-whole", test_capture_ask_not_whole },
    { "capture/refusals", test_capture_refusals },
    { "capture/decline-words", test_decline_words },
    { "capture/cut-once", test_capture_cut_once },
    { "capture/cut-for-good", test_capture_cut_for_good },
    { "capture/locked-out-after-cut", test_capture_locked_out_after_cut },
    { "capture/garbled", test_capture_garbled },
    { "capture/not-reached", test_capture_not_reached },
    { "refund/whole", test_refund },
    { "refund/refused", test_refund_refused },
    { "refund/failed", test_refund_failed },
    { "refund/old-key", test_refund_with_old_key },
    { "refund/find", test_find_refund },
    { "refund/find-later-page", test_find_refund_on_a_later_page },
    { "cancel/whole", test_cancel },
    { "cancel/refused", test_cancel_refused },
    { "cancel/unclear", test_cancel_unclear },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stripe/open", test_open);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/stripe/", tests[i].path, NULL);

      g_test_add (path, Bench, NULL, bench_up, tests[i].func, bench_down);
    }
  return g_test_run ();
}
