/* SPDX-License-Identifier: GPL-3.0-or-later
 * Captures at Stripe on the wire: every refusal told apart, keys and marks sent, broken connections
 * resolved by reading. */
#include "stripe-bench.h"

#include <string.h>

static gboolean
capture (Bench *bench, gint64 minor, WbMovement *movement, GError **error)
{
  WbMoneyAsk ask = ask_for (minor);

  return wb_gateway_capture (bench->gateway, &ask, movement, NULL, error);
}

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

/* Stripe's own failure, kept under the key and given for it all day. */
static void
say_stored_failure (Bench *bench)
{
  vendor_double_say (bench->vendor, "POST", CAPTURE, 500,
                     "{\"error\":{\"type\":\"api_error\",\"message\":\"oops\"}}");
  for (guint i = 0; i < 3; i++)
    {
      vendor_double_say (bench->vendor, "POST", CAPTURE, 500,
                         "{\"error\":{\"type\":\"api_error\",\"message\":\"oops\"}}");
      vendor_double_replayed (bench->vendor);
    }
}

static void
test_capture_stored_failure (Bench *bench, gconstpointer data)
{
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;

  /* It had gone through all the same: the intent tells, and nothing more is sent. */
  say_open (bench);
  say_stored_failure (bench);
  say_intent (bench, "GET", INTENT, "succeeded", 6490, "", OURS);
  g_assert_true (capture (bench, 6490, &movement, &error));
  g_assert_no_error (error);
  g_assert_cmpint (movement.amount.minor, ==, 6490);
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", CAPTURE), ==, 4);
  g_clear_pointer (&movement.ref, g_free);
  /* It had not: the key is used up, the next form of it goes out. */
  say_open (bench);
  say_stored_failure (bench);
  say_open (bench);
  say_intent (bench, "POST", CAPTURE, "succeeded", 6490, "", OURS);
  g_assert_true (capture (bench, 6490, &movement, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (vendor_double_last (bench->vendor, "POST", CAPTURE)->key, ==, "capture-7-1.2");
  g_clear_pointer (&movement.ref, g_free);
  /* It cannot be told. */
  say_open (bench);
  say_stored_failure (bench);
  vendor_double_say (bench->vendor, "GET", INTENT, 401, "{\"error\":{\"message\":\"key\"}}");
  g_assert_false (capture (bench, 6490, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
}

/* Where several captures are allowed a second one would be taken: nothing is sent under another
 * key. */
static void
test_capture_stored_failure_several (Bench *bench, gconstpointer data)
{
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  say_intent (bench, "GET", INTENT, "requires_capture", 0,
              "\"multicapture\":{\"status\":\"available\"}", "");
  say_stored_failure (bench);
  g_assert_false (capture (bench, 6490, &movement, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_assert_cmpuint (vendor_double_count (bench->vendor, "POST", CAPTURE), ==, 4);
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

int
main (int argc, char **argv)
{
  static const BenchTest tests[] = {
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
    { "capture/stored-failure", test_capture_stored_failure },
    { "capture/stored-failure-several", test_capture_stored_failure_several },
    { "capture/locked-out-after-cut", test_capture_locked_out_after_cut },
    { "capture/garbled", test_capture_garbled },
    { "capture/not-reached", test_capture_not_reached },
  };

  g_test_init (&argc, &argv, NULL);
  bench_add (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
