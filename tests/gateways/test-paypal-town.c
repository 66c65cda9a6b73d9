/* SPDX-License-Identifier: GPL-3.0-or-later
 * PayPal in the practice town: whatever breaks on the way, money moves once, and its own books say
 * so. */
#include "town-bench.h"
#include "wb-paypal-private.h"
#include "wb-paypal.h"
#include "wb-test.h"

#include <string.h>

#define DAY (24 * 60 * 60)

typedef TownBench Bench;

static void
bench_up (Bench *bench, gconstpointer data)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  const char              *secrets[] = { WB_TOWN_PAYPAL_ID, WB_TOWN_PAYPAL_SECRET, NULL };
  g_autofree char         *url = NULL;
  g_autoptr (GError)       error = NULL;

  bench->service = "paypal";
  bench->prefix = "0A";
  url = town_bench_up (bench, TRUE);
  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  bench->gateway = wb_paypal_provider.open (connection, secrets, &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_PAYPAL (bench->gateway)->door, town_bench_no_sleep, NULL);
  wb_paypal_ensure_token (WB_PAYPAL (bench->gateway), NULL, &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_PAYPAL (bench->gateway)->http, town_bench_no_sleep, NULL);
  town_bench_find_payment (bench);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  town_bench_down (bench);
}

static gint64
capturable (Bench *bench, const char *ref)
{
  g_autoptr (WbPayment) payment = wb_gateway_read_payment (bench->gateway, ref, NULL, NULL);

  g_assert_nonnull (payment);
  return wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE);
}

/* ---- the straight way ---- */

static void
capture_part (Bench *bench, gint64 minor, const char *key, const char *reference)
{
  WbMoneyAsk          ask = town_bench_ask_for (bench, minor);
  g_auto (WbMovement) taken = { 0 };
  g_autoptr (GError)  error = NULL;

  ask.key = key;
  ask.reference = reference;
  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (wb_money_equal (taken.amount, ask.amount));
}

static void
test_two_parcels_and_a_refund (Bench *bench, gconstpointer data)
{
  gint64              first = bench->authorised.minor / 3;
  gint64              rest = bench->authorised.minor - first;
  WbMoneyAsk          ask = town_bench_ask_for (bench, 250);
  g_auto (WbMovement) given = { 0 };
  g_autoptr (GError)  error = NULL;

  capture_part (bench, first, "capture:1:1", "WB-1-1");
  g_assert_cmpint (capturable (bench, bench->payment), ==, rest);
  capture_part (bench, rest, "capture:2:1", "WB-1-2");
  g_assert_cmpint (capturable (bench, bench->payment), ==, 0);
  ask.key = "refund:3:1";
  g_assert_true (wb_gateway_refund (bench->gateway, &ask, &given, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (given.amount.minor, ==, 250);
  town_bench_check_books (bench, 2, bench->authorised.minor, 250);
}

static void
test_release_the_rest (Bench *bench, gconstpointer data)
{
  WbMoneyAsk            ask = town_bench_ask_for (bench, 0);
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    error = NULL;

  capture_part (bench, 500, "capture:1:1", "WB-1-1");
  g_assert_true (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
  g_assert_no_error (error);
  payment = wb_gateway_read_payment (bench->gateway, bench->payment, NULL, &error);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURED), ==, 500);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE), ==, 0);
  g_assert_false (wb_gateway_cancel (bench->gateway, &ask, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  town_bench_check_books (bench, 1, 500, 0);
}

/* On the tenth day the authorisation is renewed, and captured under its new name. */
static void
test_renew (Bench *bench, gconstpointer data)
{
  WbMoneyAsk         ask = town_bench_ask_for (bench, bench->authorised.minor);
  g_auto (WbRenewal) renewal = { 0 }, again = { 0 };
  g_autoptr (GError) error = NULL;

  town_bench_pass_days (bench, 5);
  ask.key = "renew:1:1";
  ask.first_sent_at = wb_now ();
  g_assert_true (wb_gateway_reauthorise (bench->gateway, &ask, &renewal, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (renewal.payment_ref, !=, bench->payment);
  g_assert_cmpint (capturable (bench, renewal.payment_ref), ==, bench->authorised.minor);
  g_assert_cmpint (wb_gateway_find_renewal (bench->gateway, &ask, &again, NULL, &error), ==,
                   WB_MOVEMENT_FOUND);
  g_assert_cmpstr (again.payment_ref, ==, renewal.payment_ref);
  g_free (bench->payment);
  bench->payment = g_strdup (renewal.payment_ref);
  capture_part (bench, bench->authorised.minor, "capture:1:1", "WB-1-1");
  town_bench_check_books (bench, 1, bench->authorised.minor, 0);
}

static void
test_lapsed (Bench *bench, gconstpointer data)
{
  town_bench_pass_days (bench, 32);
  town_bench_expect_refusal (bench, 700, WB_ERROR_EXPIRED);
  town_bench_check_books (bench, 0, 0, 0);
}

static void
test_declined (Bench *bench, gconstpointer data)
{
  town_bench_decline (bench);
  town_bench_expect_refusal (bench, 700, WB_ERROR_DECLINED);
  town_bench_check_books (bench, 0, 0, 0);
}

/* What PayPal's history tells adds up to what was moved. */
static void
test_history (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = town_bench_ask_for (bench, 250);
  g_auto (WbMovement) given = { 0 };
  g_autofree char    *cursor = NULL;
  g_autoptr (GError)  error = NULL;
  gint64              sum = 0;
  guint               found = 0;
  gboolean            more = TRUE;

  capture_part (bench, 700, "capture:1:1", "WB-1-1");
  ask.key = "refund:3:1";
  g_assert_true (wb_gateway_refund (bench->gateway, &ask, &given, NULL, &error));
  cursor = g_strdup_printf ("%" G_GINT64_FORMAT ":1", wb_now () - 2 * DAY);
  while (more)
    {
      g_auto (WbMoneyPage) page = { 0 };

      g_assert_true (wb_gateway_list_money (bench->gateway, cursor, &page, NULL, &error));
      for (guint i = 0; i < page.items->len; i++)
        {
          WbBalance  *item = g_ptr_array_index (page.items, i);
          const char *ref = wb_record_get_text (item, WB_BALANCE_REFERENCE);
          gboolean    ours = g_strcmp0 (ref, "WB-1-1") == 0 ||
                          g_strcmp0 (wb_record_get_text (item, WB_BALANCE_REF), given.ref) == 0;

          found += ours;
          sum += ours ? wb_record_get_int (item, WB_BALANCE_GROSS) : 0;
        }
      more = page.more;
      g_free (cursor);
      cursor = g_steal_pointer (&page.cursor);
    }
  g_assert_cmpuint (found, ==, 2);
  g_assert_cmpint (sum, ==, 450);
}

/* ---- trouble ---- */

static void
test_trouble (Bench *bench, gconstpointer data)
{
  gint64 captured = 0, refunded = 0;
  guint  n = 0;

  for (guint i = 0; i < TOWN_TROUBLES; i++)
    for (guint times = 1; times <= 5; times += 4)
      {
        g_auto (WbMovement) taken = { 0 }, given = { 0 };
        WbMoneyAsk          ask = town_bench_ask_for (bench, 30);
        g_autofree char    *key = g_strdup_printf ("capture:%u:1", n);
        g_autofree char    *back = g_strdup_printf ("refund:%u:1", n);
        g_autofree char    *reference = g_strdup_printf ("WB-1-%u", n++);

        g_test_message ("%s, %u in a row", town_troubles[i], times);
        ask.key = key;
        ask.reference = reference;
        town_bench_trouble (bench, "POST", "capture$", town_troubles[i], times);
        town_bench_move (bench, &ask, wb_gateway_capture, wb_gateway_find_capture, &taken);
        captured += taken.amount.minor;
        town_bench_clear_trouble (bench);
        ask.key = back;
        ask.amount.minor = 10;
        town_bench_trouble (bench, "POST", "refund$", town_troubles[i], times);
        town_bench_move (bench, &ask, wb_gateway_refund, wb_gateway_find_refund, &given);
        refunded += given.amount.minor;
        town_bench_check_books (bench, n, captured, refunded);
      }
  g_assert_cmpint (captured, ==, 30 * n);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Bench *, gconstpointer);
  } tests[] = {
    { "/paypal-town/two-parcels-and-a-refund", test_two_parcels_and_a_refund },
    { "/paypal-town/release-the-rest", test_release_the_rest },
    { "/paypal-town/renew", test_renew },
    { "/paypal-town/lapsed", test_lapsed },
    { "/paypal-town/declined", test_declined },
    { "/paypal-town/history", test_history },
    { "/paypal-town/trouble", test_trouble },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Bench, NULL, bench_up, tests[i].func, bench_down);
  return g_test_run ();
}
