/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe in the practice town: whatever breaks on the way, money moves once, and its own books say
 * so. */
#include "wb-stripe-private.h"
#include "wb-stripe.h"
#include "wb-test.h"
#include "wb-town.h"

#include <string.h>

#define DAY (24 * 60 * 60)

/* ---- the bench: a town, and one of its authorised payments ---- */

typedef struct
{
  WbTown    *town;
  WbGateway *gateway;
  gint64     order;
  char      *payment;
  WbMoney    authorised;
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

/* The first order whose card is authorised and not yet charged. */
static void
find_payment (Bench *bench)
{
  for (gint64 id = 1000; bench->payment == NULL; id++)
    {
      g_autofree char      *path = g_strdup_printf ("/town/orders/%" G_GINT64_FORMAT, id);
      guint                 status;
      g_autofree char      *text = wb_town_control (bench->town, "GET", path, NULL, &status);
      g_autoptr (JsonNode)  root = wb_json_parse (text, -1, "order", NULL);
      WbJson                order = wb_json_root (root, "order");
      g_autoptr (WbPayment) payment = NULL;
      const char           *ref = wb_json_opt_string (&order, "transaction_id");

      g_assert_cmpint (id, <, 2000);
      if (status != 200 || ref == NULL || !g_str_has_prefix (ref, "pi_"))
        continue;
      payment = wb_gateway_read_payment (bench->gateway, ref, NULL, NULL);
      if (payment == NULL || wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) < 1000)
        continue;
      bench->order = id;
      bench->payment = g_strdup (ref);
      bench->authorised = wb_record_get_money (payment, WB_PAYMENT_AUTHORISED);
    }
}

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
  wb_http_set_sleep_func (WB_STRIPE (gateway)->http, no_sleep, NULL);
  return gateway;
}

static void
bench_up (Bench *bench, gconstpointer data)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autofree char   *url = NULL;
  g_autoptr (GError) error = NULL;

  bench->town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  g_assert_true (wb_town_start (bench->town, &error));
  url = wb_town_dup_url (bench->town, "stripe");
  bench->gateway = open_at (url, WB_TOWN_STRIPE_KEY);
  find_payment (bench);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  g_object_unref (bench->gateway);
  wb_town_stop (bench->town);
  wb_town_free (bench->town);
  g_free (bench->payment);
}

static WbMoneyAsk
ask_for (Bench *bench, gint64 minor)
{
  return (WbMoneyAsk){ .payment_ref = bench->payment,
                       .amount = wb_money (minor, bench->authorised.currency),
                       .key = "capture-1-1",
                       .reference = "WB-1-1",
                       .first_sent_at = wb_now () };
}

/* What the town itself has written down of the payment. */
static void
check_books (Bench *bench, gint64 captures, gint64 captured, gint64 refunded)
{
  g_autoptr (JsonNode) root = town_ask (bench, "GET", "/town/books", NULL);
  WbJson               books = wb_json_root (root, "books");
  WbJson               orders;
  guint                n;

  g_assert_true (wb_json_array (&books, "orders", &orders, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson order = wb_json_element (&orders, i);
      WbJson payment = wb_json_member (&order, "payment");
      gint64 value;

      if (g_strcmp0 (wb_json_opt_string (&payment, "payment_intent"), bench->payment) != 0)
        continue;
      g_assert_true (wb_json_int (&payment, "captures", &value, NULL));
      g_assert_cmpint (value, ==, captures);
      g_assert_true (wb_json_int (&payment, "captured", &value, NULL));
      g_assert_cmpint (value, ==, captured);
      g_assert_true (wb_json_int (&payment, "refunded", &value, NULL));
      g_assert_cmpint (value, ==, refunded);
      return;
    }
  g_assert_cmpint (captures, ==, 0);
}

/* ---- the straight way ---- */

static void
test_whole_life (Bench *bench, gconstpointer data)
{
  WbMoneyAsk            ask = ask_for (bench, 700);
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
  check_books (bench, 1, 700, 250);
}

static void
test_cancel (Bench *bench, gconstpointer data)
{
  WbMoneyAsk            ask = ask_for (bench, 0);
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
expect_refusal (Bench *bench, gint64 minor, WbError means)
{
  WbMoneyAsk         ask = ask_for (bench, minor);
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (wb_gateway_capture (bench->gateway, &ask, &movement, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WB_ERROR, (int) means);
  g_assert_null (movement.ref);
}

static void
tell_payment (Bench *bench, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/town/payments/%" G_GINT64_FORMAT, bench->order);

  town_tell (bench, path, body);
}

static void
test_declined (Bench *bench, gconstpointer data)
{
  tell_payment (bench, "{\"declines\":true}");
  expect_refusal (bench, 700, WB_ERROR_DECLINED);
  check_books (bench, 0, 0, 0);
}

static void
test_too_much (Bench *bench, gconstpointer data)
{
  expect_refusal (bench, bench->authorised.minor + 1, WB_ERROR_TOO_MUCH);
}

static void
test_lapsed (Bench *bench, gconstpointer data)
{
  g_autoptr (WbPayment) payment = NULL;

  town_tell (bench, "/town/clock", "{\"advance\":2764800}"); /* 32 days */
  expect_refusal (bench, 700, WB_ERROR_EXPIRED);
  payment = wb_gateway_read_payment (bench->gateway, bench->payment, NULL, NULL);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_STATE), ==, WB_PAYMENT_STATE_LAPSED);
}

static void
test_twice (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = ask_for (bench, 700);
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;

  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &movement, NULL, &error));
  expect_refusal (bench, 700, WB_ERROR_ALREADY);
  check_books (bench, 1, 700, 0);
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

static const char *const troubles[] = { "delay",    "429",      "500-before", "500-after",
                                        "503-html", "html",     "cut-before", "cut-after",
                                        "cut-mid",  "truncated" };

/* @times: how many requests in a row meet it; a capture is tried four times before it gives up. */
static void
trouble (Bench *bench, const char *method, const char *path, const char *kind, guint times)
{
  g_autofree char *body =
      g_strdup_printf ("{\"match\":{\"service\":\"stripe\",\"method\":\"%s\",\"path\":\"%s\"},"
                       "\"kind\":\"%s\",\"times\":%u,\"ms\":20}",
                       method, path, kind, times);

  town_tell (bench, "/town/faults", body);
}

typedef gboolean (*MoveFunc) (WbGateway        *gateway,
                              const WbMoneyAsk *ask,
                              WbMovement       *movement,
                              GCancellable     *cancellable,
                              GError          **error);
typedef WbMovementFinding (*FindFunc) (WbGateway        *gateway,
                                       const WbMoneyAsk *ask,
                                       WbMovement       *movement,
                                       GCancellable     *cancellable,
                                       GError          **error);

/* As the journal does: an unsure outcome is looked up before anything is sent again. */
static void
move_by_the_book (
    Bench *bench, const WbMoneyAsk *ask, MoveFunc move, FindFunc find, WbMovement *movement)
{
  for (guint attempt = 0; attempt < 6; attempt++)
    {
      g_autoptr (GError) error = NULL;
      WbMovementFinding  finding;

      if (move (bench->gateway, ask, movement, NULL, &error))
        return;
      g_test_message ("attempt %u: %s", attempt, error->message);
      if (g_error_matches (error, WB_ERROR, WB_ERROR_UNAVAILABLE))
        continue;
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_clear_error (&error);
      finding = find (bench->gateway, ask, movement, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (finding, !=, WB_MOVEMENT_UNKNOWN);
      if (finding == WB_MOVEMENT_FOUND)
        return;
    }
  g_assert_not_reached ();
}

static void
capture_through (const char *kind, guint times)
{
  Bench               bench = { 0 };
  g_auto (WbMovement) movement = { 0 };
  WbMoneyAsk          ask;

  g_test_message ("%s, %u times", kind, times);
  bench_up (&bench, NULL);
  ask = ask_for (&bench, 700);
  trouble (&bench, "POST", "capture$", kind, times);
  move_by_the_book (&bench, &ask, wb_gateway_capture, wb_gateway_find_capture, &movement);
  g_assert_cmpint (movement.amount.minor, ==, 700);
  check_books (&bench, 1, 700, 0);
  bench_down (&bench, NULL);
}

static void
test_capture_through_trouble (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      capture_through (troubles[i], 1);
      capture_through (troubles[i], 5);
    }
}

static void
test_refund_through_trouble (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      Bench               bench = { 0 };
      g_auto (WbMovement) taken = { 0 };
      g_auto (WbMovement) given = { 0 };
      WbMoneyAsk          ask;

      if (g_str_equal (troubles[i], "500-before"))
        continue; /* kept under the key for a day: the next test */
      g_test_message ("%s", troubles[i]);
      bench_up (&bench, NULL);
      ask = ask_for (&bench, 700);
      g_assert_true (wb_gateway_capture (bench.gateway, &ask, &taken, NULL, NULL));
      ask.amount.minor = 300;
      ask.key = "refund-1-1";
      trouble (&bench, "POST", "refunds$", troubles[i], 5);
      move_by_the_book (&bench, &ask, wb_gateway_refund, wb_gateway_find_refund, &given);
      g_assert_cmpint (given.amount.minor, ==, 300);
      check_books (&bench, 1, 700, 300);
      bench_down (&bench, NULL);
    }
}

/* Stripe keeps its failure for a day; a refund could be made twice, so it waits for that day's end.
 */
static void
test_refund_after_kept_failure (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = ask_for (bench, 700);
  g_auto (WbMovement) taken = { 0 };
  g_auto (WbMovement) given = { 0 };
  g_autoptr (GError)  error = NULL;

  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, NULL));
  ask.key = "refund-1-1";
  trouble (bench, "POST", "refunds$", "500-before", 1);
  g_assert_false (wb_gateway_refund (bench->gateway, &ask, &given, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  town_tell (bench, "/town/clock", "{\"advance\":86401}");
  ask.first_sent_at = wb_now () - DAY - 1;
  g_assert_cmpint (wb_gateway_find_refund (bench->gateway, &ask, &given, NULL, &error), ==,
                   WB_MOVEMENT_NOT_MADE);
  g_assert_true (wb_gateway_refund (bench->gateway, &ask, &given, NULL, &error));
  g_assert_no_error (error);
  check_books (bench, 1, 700, 700);
}

/* A day later the same key would be a new request: what was made is seen before it is sent. */
static void
test_forgotten_key (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = ask_for (bench, 700);
  g_auto (WbMovement) taken = { 0 };
  g_auto (WbMovement) given = { 0 };
  WbMovement          again = { 0 };
  g_autoptr (GError)  error = NULL;

  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, NULL));
  ask.key = "refund-1-1";
  ask.amount.minor = 300;
  g_assert_true (wb_gateway_refund (bench->gateway, &ask, &given, NULL, NULL));
  town_tell (bench, "/town/clock", "{\"advance\":90000}");
  ask.first_sent_at = wb_now () - DAY - 3600;
  g_assert_false (wb_gateway_refund (bench->gateway, &ask, &again, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  g_clear_error (&error);
  ask.key = "capture-1-1";
  g_assert_false (wb_gateway_capture (bench->gateway, &ask, &again, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  check_books (bench, 1, 700, 300);
}

/* A key in use for something else. */
static void
test_other_request_under_the_key (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = ask_for (bench, 700);
  g_auto (WbMovement) taken = { 0 };
  WbMovement          given = { 0 };
  g_autoptr (GError)  error = NULL;

  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, NULL));
  g_assert_false (
      wb_gateway_refund (bench->gateway, &ask, &given, NULL, &error)); /* the capture's key */
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  check_books (bench, 1, 700, 0);
}

/* Several captures of one payment, each a movement of its own in the gateway's books, and the rest
 * given up; none of them twice. */
static void
test_several_captures (Bench *bench, gconstpointer data)
{
  g_autofree char      *path = g_strdup_printf ("/town/payments/%s", bench->payment);
  gint64                half = bench->authorised.minor / 2, taken = 0;
  WbMoneyAsk            first = ask_for (bench, half), second = ask_for (bench, half - 7);
  g_auto (WbMovement)   one = { 0 };
  g_auto (WbMovement)   two = { 0 };
  g_auto (WbMoneyPage)  money = { 0 };
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;
  guint                 n = 0;

  town_tell (bench, path, "{\"multicapture\": true}");
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
