/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe: minor units, the payment read from an intent, the published fixtures, and marks, without
 * a network. */
#include "wb-stripe-private.h"
#include "wb-test.h"

#include <string.h>

/* ---- amounts ---- */

static void
test_amounts (void)
{
  static const struct
  {
    const char *currency;
    gint64      ours;
    gint64      stripes;
  } cases[] = {
    { "EUR", 6490, 6490 },   { "JPY", 94811, 94811 },
    { "KWD", 12340, 12340 }, { "ISK", 500, 50000 },
    { "UGX", 500, 50000 },   { "HUF", 12345, 12345 },
    { "TWD", 80045, 80045 }, { "MGA", 50000, 500 },
    { "XOF", 1500, 1500 },   { "EUR", G_MAXINT64, G_MAXINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      WbMoney            money;
      gint64             amount;

      g_assert_true (wb_stripe_from_minor (cases[i].stripes, cases[i].currency, &money, &error));
      g_assert_no_error (error);
      g_assert_true (wb_money_equal (money, wb_money (cases[i].ours, cases[i].currency)));
      if (cases[i].ours == G_MAXINT64)
        continue;
      g_assert_true (
          wb_stripe_to_minor (wb_money (cases[i].ours, cases[i].currency), &amount, &error));
      g_assert_no_error (error);
      g_assert_cmpint (amount, ==, cases[i].stripes);
    }
}

static void
test_impossible_amounts (void)
{
  static const struct
  {
    const char *currency;
    gint64      minor;
  } ours[] = { { "EUR", 0 },  { "EUR", -1 },         { "KWD", 12345 },
               { "MGA", 50 }, { "ISK", G_MAXINT64 }, { "", 100 } };
  WbMoney money = wb_money (7, "CHF");
  gint64  amount = 7;

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (
          wb_stripe_to_minor (wb_money (ours[i].minor, ours[i].currency), &amount, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
  g_assert_cmpint (amount, ==, 7);
  g_assert_false (wb_stripe_from_minor (550, "ISK", &money, NULL)); /* half a króna */
  g_assert_cmpint (money.minor, ==, 7);
}

/* ---- intents ---- */

static WbPayment *
parse (const char *text, GError **error)
{
  g_autoptr (JsonNode) root = wb_json_parse (text, -1, "intent", error);
  WbJson               intent = wb_json_root (root, "payment_intent");

  g_assert_nonnull (root);
  return wb_stripe_parse_intent (&intent, error);
}

/* An intent of 100.00 EUR in @status; @more: further members. */
static char *
intent (const char *status, gint64 capturable, gint64 received, const char *more)
{
  return g_strdup_printf ("{\"id\":\"pi_1\",\"status\":\"%s\",\"currency\":\"eur\",\"amount\":"
                          "10000,\"amount_capturable\":%" G_GINT64_FORMAT
                          ",\"amount_received\":%" G_GINT64_FORMAT "%s}",
                          status, capturable, received, more);
}

static void
test_states (void)
{
  static const struct
  {
    const char *status;
    gint64      capturable, received;
    const char *more;
    const char *state;
  } cases[] = {
    { "requires_capture", 10000, 0, "", WB_PAYMENT_STATE_AUTHORISED },
    { "requires_capture", 4000, 6000, "", WB_PAYMENT_STATE_CAPTURED }, /* several captures */
    { "succeeded", 0, 10000, "", WB_PAYMENT_STATE_CAPTURED },
    { "canceled", 0, 0, ",\"cancellation_reason\":\"automatic\"", WB_PAYMENT_STATE_LAPSED },
    { "canceled", 0, 0, ",\"cancellation_reason\":\"expired\"", WB_PAYMENT_STATE_LAPSED },
    { "canceled", 0, 0, ",\"cancellation_reason\":\"requested_by_customer\"",
      WB_PAYMENT_STATE_CANCELLED },
    { "canceled", 0, 0, ",\"cancellation_reason\":null", WB_PAYMENT_STATE_CANCELLED },
    { "canceled", 0, 6000, ",\"cancellation_reason\":\"automatic\"", WB_PAYMENT_STATE_CAPTURED },
    { "requires_payment_method", 0, 0, ",\"last_payment_error\":null", WB_PAYMENT_STATE_UNPAID },
    { "requires_payment_method", 0, 0, ",\"last_payment_error\":{\"code\":\"card_declined\"}",
      WB_PAYMENT_STATE_FAILED },
    { "requires_confirmation", 0, 0, "", WB_PAYMENT_STATE_UNPAID },
    { "requires_action", 0, 0, "", WB_PAYMENT_STATE_UNPAID },
    { "processing", 0, 0, "", WB_PAYMENT_STATE_UNPAID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          intent (cases[i].status, cases[i].capturable, cases[i].received, cases[i].more);
      g_autoptr (GError)    error = NULL;
      g_autoptr (WbPayment) payment = parse (text, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_STATE), ==, cases[i].state);
      g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE), ==, cases[i].capturable);
      g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURED), ==, cases[i].received);
      g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_CURRENCY), ==, "EUR");
    }
}

static void
test_new_status (void)
{
  g_autofree char   *text = intent ("pondering", 0, 0, "");
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (text, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "payment_intent.status"));
}

#define CHARGE(amounts, rest) ",\"latest_charge\":{\"id\":\"ch_1\"," amounts rest "}"

static void
test_authorised_card (void)
{
  g_autofree char *text = intent (
      "requires_capture", 10000, 0,
      CHARGE (
          "\"amount\":10000,\"amount_captured\":0,\"amount_refunded\":0,",
          "\"balance_transaction\":null,\"payment_method_details\":{\"type\":\"card\",\"card\":{"
          "\"capture_before\":1795262400,\"multicapture\":{\"status\":\"available\"}}}"));
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayment) payment = parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_REF), ==, "pi_1");
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_CHARGE_REF), ==, "ch_1");
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURE_BEFORE), ==, 1795262400);
  g_assert_true (wb_record_get_bool (payment, WB_PAYMENT_MULTI_CAPTURE));
  g_assert_false (wb_record_get_bool (payment, WB_PAYMENT_FEE_KNOWN));
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_READ_AT), >, 0);
}

/* Settled in another currency, one without minor units at that. */
static void
test_fee (void)
{
  g_autofree char *text =
      intent ("succeeded", 0, 10000,
              CHARGE ("\"amount\":10000,\"amount_captured\":10000,\"amount_refunded\":2500,",
                      "\"balance_transaction\":{\"id\":\"txn_1\",\"currency\":\"jpy\",\"fee\":605,"
                      "\"net\":15895},"
                      "\"payment_method_details\":{\"type\":\"card\",\"card\":{\"capture_before\":"
                      "1795262400}}"));
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayment) payment = parse (text, &error);

  g_assert_no_error (error);
  g_assert_true (wb_record_get_bool (payment, WB_PAYMENT_FEE_KNOWN));
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_SETTLE_CURRENCY), ==, "JPY");
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_FEE), ==, 605);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_NET), ==, 15895);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_FEE_REF), ==, "txn_1");
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_REFUNDED), ==, 2500);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURE_BEFORE), ==,
                   0); /* nothing is left to lapse */
}

static void
test_refunded_is_not_released (void)
{
  static const struct
  {
    const char *status;
    gint64      capturable, received;
    const char *amounts;
    gint64      refunded;
  } cases[] = {
    /* 70 of 100 captured: 30 released, which Stripe counts as refunded */
    { "succeeded", 0, 7000,
      CHARGE ("\"amount\":10000,\"amount_captured\":7000,\"amount_refunded\":3000", ""), 0 },
    { "succeeded", 0, 7000,
      CHARGE ("\"amount\":10000,\"amount_captured\":7000,\"amount_refunded\":5000", ""), 2000 },
    { "succeeded", 0, 7000,
      CHARGE ("\"amount\":10000,\"amount_captured\":7000,\"amount_refunded\":10000", ""), 7000 },
    { "canceled", 0, 0,
      CHARGE ("\"amount\":10000,\"amount_captured\":0,\"amount_refunded\":10000", ""), 0 },
    { "requires_capture", 3000, 7000,
      CHARGE ("\"amount\":10000,\"amount_captured\":7000,\"amount_refunded\":500", ""), 500 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          intent (cases[i].status, cases[i].capturable, cases[i].received, cases[i].amounts);
      g_autoptr (GError)    error = NULL;
      g_autoptr (WbPayment) payment = parse (text, &error);

      g_assert_no_error (error);
      g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_REFUNDED), ==, cases[i].refunded);
    }
}

static void
test_bad_intents (void)
{
  static const struct
  {
    const char *text;
    const char *path;
  } cases[] = {
    { "{}", "payment_intent.id" },
    { "{\"id\":\"pi_1\",\"currency\":\"euros\"}", "payment_intent.currency" },
    { "{\"id\":\"pi_1\",\"currency\":\"eur\",\"amount\":\"10.00\"}", "payment_intent.amount" },
    { "{\"id\":\"pi_1\",\"currency\":\"eur\",\"amount\":10.5}", "payment_intent.amount" },
    { "{\"id\":\"pi_1\",\"currency\":\"isk\",\"amount\":550}", "payment_intent.amount" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].text, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].path));
    }
}

/* ---- published samples ---- */

/* The intent with its charge and balance transaction in place, as our expand asks for. */
static void
test_fixtures (void)
{
  g_autofree char      *path = wb_test_contract ("stripe/fixtures3.json");
  g_autofree char      *text = NULL;
  g_autoptr (JsonNode)  root = NULL;
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;
  JsonObject           *resources, *charge, *pi;
  WbJson                at;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  {
    g_autoptr (JsonParser) parser = json_parser_new (); /* one that may be put together anew */

    g_assert_true (json_parser_load_from_data (parser, text, -1, &error));
    root = json_parser_steal_root (parser);
  }
  resources = json_object_get_object_member (json_node_get_object (root), "resources");
  pi = json_object_get_object_member (resources, "payment_intent");
  charge = json_object_get_object_member (resources, "charge");
  json_object_set_member (
      charge, "balance_transaction",
      json_node_copy (json_object_get_member (resources, "balance_transaction")));
  json_object_set_member (pi, "latest_charge",
                          json_node_copy (json_object_get_member (resources, "charge")));
  at = wb_json_root (json_object_get_member (resources, "payment_intent"), "payment_intent");
  payment = wb_stripe_parse_intent (&at, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_STATE), ==, WB_PAYMENT_STATE_FAILED);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_AUTHORISED), ==, 1099);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_CURRENCY), ==, "USD");
  g_assert_true (g_str_has_prefix (wb_record_get_text (payment, WB_PAYMENT_CHARGE_REF), "ch_"));
  g_assert_false (wb_record_get_bool (payment, WB_PAYMENT_MULTI_CAPTURE));
  g_assert_true (wb_record_get_bool (payment, WB_PAYMENT_FEE_KNOWN));
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_NET), ==, 100);
  g_assert_true (g_str_has_prefix (wb_record_get_text (payment, WB_PAYMENT_FEE_REF), "txn_"));
}

/* The version asked for is the one of the document that the requests are checked against. */
static void
test_version (void)
{
  g_autofree char     *path = wb_test_contract ("stripe/spec3.fulfilment-subset.json");
  g_autofree char     *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError)   error = NULL;
  WbJson               top, info;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  root = wb_json_parse (text, -1, "spec", &error);
  g_assert_no_error (error);
  top = wb_json_root (root, "spec");
  info = wb_json_member (&top, "info");
  g_assert_cmpstr (wb_json_opt_string (&info, "version"), ==, WB_STRIPE_VERSION);
}

/* ---- was it captured? ---- */

static void
test_marks (void)
{
  g_autofree char *plain = wb_stripe_mark_name ("WB-00000000-1");
  g_autofree char *longest = wb_stripe_mark_name ("12345678901234567890123456789012345");
  g_autofree char *too_long =
      wb_stripe_mark_name ("a reference that does not fit into forty characters");
  g_autofree char *brackets = wb_stripe_mark_name ("a[b]");
  g_autofree char *other = wb_stripe_mark_name ("a[c]");

  g_assert_cmpstr (plain, ==, "wb:WB-00000000-1");
  g_assert_cmpuint (strlen (longest), <=, 40);
  g_assert_cmpuint (strlen (too_long), ==, 40);
  g_assert_null (strpbrk (brackets, "[]"));
  g_assert_cmpstr (brackets, !=, other);
}

static void
test_judge_capture (void)
{
  static const struct
  {
    gint64            received;
    const char       *metadata;
    WbMovementFinding finding;
    gint64            amount;
    const char       *ref;
  } cases[] = {
    { 0, "{\"waybill_reference\":\"R\"}", WB_MOVEMENT_NOT_MADE, 0, NULL },
    { 7000, "{\"waybill_reference\":\"R\"}", WB_MOVEMENT_FOUND, 7000, "ch_1" },
    { 7000, "{}", WB_MOVEMENT_NOT_MADE, 0, NULL }, /* captured at the dashboard */
    { 7000, "{\"waybill_reference\":\"Q\"}", WB_MOVEMENT_NOT_MADE, 0,
      NULL }, /* for another parcel */
    { 7000, "{\"waybill_reference\":\"R\",\"wb:R\":\"0+7000\"}", WB_MOVEMENT_FOUND, 7000, "ch_1" },
    { 9000, "{\"waybill_reference\":\"R\",\"wb:Q\":\"0+7000\",\"wb:R\":\"7000+2000\"}",
      WB_MOVEMENT_FOUND, 2000, "ch_1+7000" },
    { 9000, "{\"waybill_reference\":\"Q\",\"wb:R\":\"0+7000\",\"wb:Q\":\"7000+2000\"}",
      WB_MOVEMENT_FOUND, 7000, "ch_1" },
    { 7000, "{\"waybill_reference\":\"R\",\"wb:R\":\"7000+2000\"}", WB_MOVEMENT_NOT_MADE, 0, NULL },
    { 8500, "{\"waybill_reference\":\"R\",\"wb:R\":\"7000+2000\"}", WB_MOVEMENT_FOUND, 1500,
      "ch_1+7000" }, /* took other than asked */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *more =
          g_strdup_printf (",\"latest_charge\":\"ch_1\",\"metadata\":%s", cases[i].metadata);
      g_autofree char     *text = intent ("succeeded", 0, cases[i].received, more);
      g_autoptr (JsonNode) root = wb_json_parse (text, -1, "intent", NULL);
      WbJson               at = wb_json_root (root, "payment_intent");
      WbMoneyAsk           ask = { .payment_ref = "pi_1", .reference = "R", .key = "k" };
      g_auto (WbMovement)  movement = { 0 };
      g_autoptr (GError)   error = NULL;

      g_assert_cmpint (wb_stripe_judge_capture (&at, &ask, &movement, &error), ==,
                       cases[i].finding);
      g_assert_no_error (error);
      g_assert_cmpstr (movement.ref, ==, cases[i].ref);
      if (cases[i].ref != NULL)
        g_assert_true (wb_money_equal (movement.amount, wb_money (cases[i].amount, "EUR")));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stripe/amounts/both-ways", test_amounts);
  g_test_add_func ("/stripe/amounts/impossible", test_impossible_amounts);
  g_test_add_func ("/stripe/intent/states", test_states);
  g_test_add_func ("/stripe/intent/new-status", test_new_status);
  g_test_add_func ("/stripe/intent/authorised-card", test_authorised_card);
  g_test_add_func ("/stripe/intent/fee", test_fee);
  g_test_add_func ("/stripe/intent/refunded-is-not-released", test_refunded_is_not_released);
  g_test_add_func ("/stripe/intent/bad", test_bad_intents);
  g_test_add_func ("/stripe/contract/fixtures", test_fixtures);
  g_test_add_func ("/stripe/contract/version", test_version);
  g_test_add_func ("/stripe/capture/marks", test_marks);
  g_test_add_func ("/stripe/capture/judge", test_judge_capture);
  return g_test_run ();
}
