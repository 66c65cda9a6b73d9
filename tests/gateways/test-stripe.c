/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe on the wire: opening, probing, reading, refunds and cancelling. */
#include "stripe-bench.h"

#include <string.h>

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
  static const BenchTest tests[] = {
    { "probe/test", test_probe },
    { "probe/restricted", test_probe_restricted },
    { "probe/wrong-key", test_probe_wrong_key },
    { "read/whole", test_read },
    { "read/by-charge", test_read_by_charge },
    { "read/nothing", test_read_nothing },
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
  bench_add (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
