/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe in the practice town: whatever breaks on the way, money moves once, and its own books say
 * so. */
#include "town-bench.h"
#include "wb-stripe-private.h"
#include "wb-stripe.h"
#include "wb-test.h"

#include <string.h>

#define DAY (24 * 60 * 60)

/* ---- the bench: a town, and one of its authorised payments ---- */

typedef TownBench Bench;

static WbGateway *
open_at (const char *url, const char *key)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  const char              *secrets[] = { key, NULL };
  g_autoptr (GError)       error = NULL;
  WbGateway               *gateway;

  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  gateway = wb_stripe_provider.open (connection, secrets, &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_STRIPE (gateway)->http, town_bench_no_sleep, NULL);
  return gateway;
}

static void
bench_up (Bench *bench, gconstpointer data)
{
  g_autofree char *url = NULL;

  bench->service = "stripe";
  bench->prefix = "pi_";
  url = town_bench_up (bench, FALSE);
  bench->gateway = open_at (url, WB_TOWN_STRIPE_KEY);
  town_bench_find_payment (bench);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  town_bench_down (bench);
}

/* ---- the straight way ---- */

static void
test_whole_life (Bench *bench, gconstpointer data)
{
  WbMoneyAsk            ask = town_bench_ask_for (bench, 700);
  g_auto (WbMovement)   taken = { 0 };
  g_auto (WbMovement)   given = { 0 };
  g_autoptr (WbPayment) payment = NULL;
  g_autofree char      *summary = NULL;
  g_autoptr (GError)    error = NULL;

  g_assert_true (wb_gateway_probe (bench->gateway, &summary, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (wb_money_equal (taken.amount, ask.amount));
  payment = wb_gateway_read_payment (bench->gateway, bench->payment, NULL, &error);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_STATE), ==, WB_PAYMENT_STATE_CAPTURED);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_CHARGE_REF), ==, taken.ref);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE), ==,
                   0); /* the rest is free */
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_REFUNDED), ==, 0);
  g_assert_true (wb_record_get_bool (payment, WB_PAYMENT_FEE_KNOWN));
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_FEE) +
                       wb_record_get_int (payment, WB_PAYMENT_NET),
                   ==, 700);

  ask.amount.minor = 250;
  ask.key = "refund-1-1";
  g_assert_true (wb_gateway_refund (bench->gateway, &ask, &given, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (given.amount.minor, ==, 250);
  g_clear_object (&payment);
  payment = wb_gateway_read_payment (bench->gateway, bench->payment, NULL, &error);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_REFUNDED), ==, 250);
  town_bench_check_books (bench, 1, 700, 250);
}

static void
test_cancel (Bench *bench, gconstpointer data)
{
  WbMoneyAsk            ask = town_bench_ask_for (bench, 0);
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;

  g_assert_true (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
  g_assert_no_error (error);
  payment = wb_gateway_read_payment (bench->gateway, bench->payment, NULL, &error);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_STATE), ==, WB_PAYMENT_STATE_CANCELLED);
  ask.key = "cancel-2";
  g_assert_false (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
}

/* ---- refusals ---- */

static void
test_declined (Bench *bench, gconstpointer data)
{
  town_bench_decline (bench);
  town_bench_expect_refusal (bench, 700, WB_ERROR_DECLINED);
  town_bench_check_books (bench, 0, 0, 0);
}

static void
test_too_much (Bench *bench, gconstpointer data)
{
  town_bench_expect_refusal (bench, bench->authorised.minor + 1, WB_ERROR_TOO_MUCH);
}

static void
test_lapsed (Bench *bench, gconstpointer data)
{
  g_autoptr (WbPayment) payment = NULL;

  town_bench_tell (bench, "/town/clock", "{\"advance\":2764800}"); /* 32 days */
  town_bench_expect_refusal (bench, 700, WB_ERROR_EXPIRED);
  payment = wb_gateway_read_payment (bench->gateway, bench->payment, NULL, NULL);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_STATE), ==, WB_PAYMENT_STATE_LAPSED);
}

static void
test_twice (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = town_bench_ask_for (bench, 700);
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;

  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &movement, NULL, &error));
  town_bench_expect_refusal (bench, 700, WB_ERROR_ALREADY);
  town_bench_check_books (bench, 1, 700, 0);
}

static void
test_wrong_key (Bench *bench, gconstpointer data)
{
  g_autofree char      *url = wb_town_dup_url (bench->town, "stripe");
  g_autoptr (WbGateway) gateway = open_at (url, "sk_test_another");
  g_autofree char      *summary = NULL;
  g_autoptr (GError)    error = NULL;

  g_assert_false (wb_gateway_probe (gateway, &summary, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
}

/* ---- trouble ---- */

static void
capture_through (const char *kind, guint times)
{
  Bench               bench = { 0 };
  g_auto (WbMovement) movement = { 0 };
  WbMoneyAsk          ask;

  g_test_message ("%s, %u times", kind, times);
  bench_up (&bench, NULL);
  ask = town_bench_ask_for (&bench, 700);
  town_bench_trouble (&bench, "POST", "capture$", kind, times);
  town_bench_move (&bench, &ask, wb_gateway_capture, wb_gateway_find_capture, &movement);
  g_assert_cmpint (movement.amount.minor, ==, 700);
  town_bench_check_books (&bench, 1, 700, 0);
  bench_down (&bench, NULL);
}

static void
test_capture_through_trouble (void)
{
  for (guint i = 0; i < TOWN_TROUBLES; i++)
    {
      capture_through (town_troubles[i], 1);
      capture_through (town_troubles[i], 5);
    }
}

static void
test_refund_through_trouble (void)
{
  for (guint i = 0; i < TOWN_TROUBLES; i++)
    {
      Bench               bench = { 0 };
      g_auto (WbMovement) taken = { 0 };
      g_auto (WbMovement) given = { 0 };
      WbMoneyAsk          ask;

      if (g_str_equal (town_troubles[i], "500-before"))
        continue; /* kept under the key for a day: the next test */
      g_test_message ("%s", town_troubles[i]);
      bench_up (&bench, NULL);
      ask = town_bench_ask_for (&bench, 700);
      g_assert_true (wb_gateway_capture (bench.gateway, &ask, &taken, NULL, NULL));
      ask.amount.minor = 300;
      ask.key = "refund-1-1";
      town_bench_trouble (&bench, "POST", "refunds$", town_troubles[i], 5);
      town_bench_move (&bench, &ask, wb_gateway_refund, wb_gateway_find_refund, &given);
      g_assert_cmpint (given.amount.minor, ==, 300);
      town_bench_check_books (&bench, 1, 700, 300);
      bench_down (&bench, NULL);
    }
}

/* Stripe keeps its failure for a day; a refund could be made twice, so it waits for that day's end.
 */
static void
test_refund_after_kept_failure (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = town_bench_ask_for (bench, 700);
  g_auto (WbMovement) taken = { 0 };
  g_auto (WbMovement) given = { 0 };
  g_autoptr (GError)  error = NULL;

  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, NULL));
  ask.key = "refund-1-1";
  town_bench_trouble (bench, "POST", "refunds$", "500-before", 1);
  g_assert_false (wb_gateway_refund (bench->gateway, &ask, &given, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  town_bench_tell (bench, "/town/clock", "{\"advance\":86401}");
  ask.first_sent_at = wb_now () - DAY - 1;
  g_assert_cmpint (wb_gateway_find_refund (bench->gateway, &ask, &given, NULL, &error), ==,
                   WB_MOVEMENT_NOT_MADE);
  g_assert_true (wb_gateway_refund (bench->gateway, &ask, &given, NULL, &error));
  g_assert_no_error (error);
  town_bench_check_books (bench, 1, 700, 700);
}

/* A day later the same key would be a new request: what was made is seen before it is sent. */
static void
test_forgotten_key (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = town_bench_ask_for (bench, 700);
  g_auto (WbMovement) taken = { 0 };
  g_auto (WbMovement) given = { 0 };
  WbMovement          again = { 0 };
  g_autoptr (GError)  error = NULL;

  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, NULL));
  ask.key = "refund-1-1";
  ask.amount.minor = 300;
  g_assert_true (wb_gateway_refund (bench->gateway, &ask, &given, NULL, NULL));
  town_bench_tell (bench, "/town/clock", "{\"advance\":90000}");
  ask.first_sent_at = wb_now () - DAY - 3600;
  g_assert_false (wb_gateway_refund (bench->gateway, &ask, &again, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  g_clear_error (&error);
  ask.key = "capture-1-1";
  g_assert_false (wb_gateway_capture (bench->gateway, &ask, &again, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  town_bench_check_books (bench, 1, 700, 300);
}

/* A key in use for something else. */
static void
test_other_request_under_the_key (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = town_bench_ask_for (bench, 700);
  g_auto (WbMovement) taken = { 0 };
  WbMovement          given = { 0 };
  g_autoptr (GError)  error = NULL;

  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, NULL));
  g_assert_false (
      wb_gateway_refund (bench->gateway, &ask, &given, NULL, &error)); /* the capture's key */
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  town_bench_check_books (bench, 1, 700, 0);
}

/* Several captures of one payment, each a movement of its own in the gateway's books, and the rest
 * given up; none of them twice. */
static void
test_several_captures (Bench *bench, gconstpointer data)
{
  g_autofree char *path = g_strdup_printf ("/town/payments/%s", bench->payment);
  gint64           half = bench->authorised.minor / 2, taken = 0;
  WbMoneyAsk       first = town_bench_ask_for (bench, half),
             second = town_bench_ask_for (bench, half - 7);
  g_auto (WbMovement)   one = { 0 };
  g_auto (WbMovement)   two = { 0 };
  g_auto (WbMoneyPage)  money = { 0 };
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;
  guint                 n = 0;

  town_bench_tell (bench, path, "{\"multicapture\": true}");
  second.key = "capture-1-2";
  second.reference = "WB-1-2";
  g_assert_true (wb_gateway_capture (bench->gateway, &first, &one, NULL, &error));
  g_assert_true (wb_gateway_capture (bench->gateway, &second, &two, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (one.amount.minor, ==, half);
  g_assert_cmpint (two.amount.minor, ==, half - 7);
  second.key = "cancel-1-1";
  g_assert_true (wb_gateway_cancel (bench->gateway, &second, NULL, &error));
  payment = wb_gateway_read_payment (bench->gateway, bench->payment, NULL, &error);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURED), ==, 2 * half - 7);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE), ==, 0);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_REFUNDED), ==, 0);
  g_assert_true (wb_gateway_list_money (bench->gateway, NULL, &money, NULL, &error));
  for (guint i = 0; i < money.items->len; i++)
    if (g_strcmp0 (wb_record_get_text (money.items->pdata[i], WB_BALANCE_PAYMENT_REF),
                   bench->payment) == 0)
      {
        taken += wb_record_get_int (money.items->pdata[i], WB_BALANCE_AMOUNT);
        n++;
      }
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (taken, ==, 2 * half - 7);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Bench *bench, gconstpointer data);
  } tests[] = {
    { "whole-life", test_whole_life },
    { "cancel", test_cancel },
    { "declined", test_declined },
    { "too-much", test_too_much },
    { "lapsed", test_lapsed },
    { "twice", test_twice },
    { "wrong-key", test_wrong_key },
    { "refund-after-kept-failure", test_refund_after_kept_failure },
    { "forgotten-key", test_forgotten_key },
    { "other-request-under-the-key", test_other_request_under_the_key },
    { "several-captures", test_several_captures },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/stripe/town/", tests[i].path, NULL);

      g_test_add (path, Bench, NULL, bench_up, tests[i].func, bench_down);
    }
  g_test_add_func ("/stripe/town/capture-through-trouble", test_capture_through_trouble);
  g_test_add_func ("/stripe/town/refund-through-trouble", test_refund_through_trouble);
  return g_test_run ();
}
