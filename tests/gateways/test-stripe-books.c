/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe's own books: what moved in which currency, payouts and what is in them, several captures
 * of one payment, more than was authorised, and how far events reach back. */
#include "stripe-bench.h"
#include "wb-test.h"

#include <string.h>

#define BALANCE "/v1/balance_transactions"

/* A charge of 20,000 yen, settled in euros. */
#define YEN                                                                                        \
  "{\"id\":\"txn_1\",\"object\":\"balance_transaction\",\"amount\":12344,\"available_on\":1700600" \
  "000,\"created\":1700000000,\"currency\":\"eur\",\"description\":\"Order 7\",\"exchange_rate\":" \
  "0.006172,\"fee\":421,\"net\":11923,\"reporting_category\":\"charge\",\"status\":\"pending\","   \
  "\"type\":\"charge\",\"source\":{\"id\":\"ch_1\",\"object\":\"charge\",\"amount\":20000,"        \
  "\"amount_captured\":20000,\"currency\":\"jpy\",\"payment_intent\":\"pi_1\",\"metadata\":{"      \
  "\"waybill_reference\":\"WB-7-1\"}}}"

static void
say_list (Bench *bench, const char *path, const char *data, gboolean more)
{
  g_autofree char *json = g_strdup_printf ("{\"object\":\"list\",\"data\":[%s],\"has_more\":%s}",
                                           data, more ? "true" : "false");

  vendor_double_say (bench->vendor, "GET", path, 200, json);
}

/* Presentment and settlement are kept apart, and the rate is the vendor's own digits. */
static void
test_two_currencies (Bench *bench, gconstpointer data)
{
  g_auto (WbMoneyPage) page = { 0 };
  g_autoptr (GError)   error = NULL;
  WbBalance           *item;

  say_list (bench, BALANCE, YEN, FALSE);
  g_assert_true (wb_gateway_list_money (bench->gateway, NULL, &page, NULL, &error));
  g_assert_cmpuint (page.items->len, ==, 1);
  item = page.items->pdata[0];
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_KIND), ==, WB_MOVED_CAPTURED);
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_CURRENCY), ==, "JPY");
  g_assert_cmpint (wb_record_get_int (item, WB_BALANCE_AMOUNT), ==, 20000);
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_SETTLE_CURRENCY), ==, "EUR");
  g_assert_cmpint (wb_record_get_int (item, WB_BALANCE_GROSS), ==, 12344);
  g_assert_cmpint (wb_record_get_int (item, WB_BALANCE_FEE), ==, 421);
  g_assert_cmpint (wb_record_get_int (item, WB_BALANCE_NET), ==, 11923);
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_RATE), ==, "0.006172");
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_PAYMENT_REF), ==, "pi_1");
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_REFERENCE), ==, "WB-7-1");
  g_assert_false (page.more);
}

/* What does not add up is refused with its place, not booked. */
static void
test_wrong_sum (Bench *bench, gconstpointer data)
{
  g_auto (GStrv)       parts = g_strsplit (YEN, "\"net\":11923", 2);
  g_autofree char     *wrong = g_strconcat (parts[0], "\"net\":11924", parts[1], NULL);
  g_auto (WbMoneyPage) page = { 0 };
  g_autoptr (GError)   error = NULL;

  say_list (bench, BALANCE, wrong, FALSE);
  g_assert_false (wb_gateway_list_money (bench->gateway, NULL, &page, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "net"));
  g_assert_null (page.items);
}

/* The mark survives a stop between two pages, and the next round overlaps the last one. */
static void
test_cursor (Bench *bench, gconstpointer data)
{
  g_auto (WbMoneyPage) first = { 0 };
  g_auto (WbMoneyPage) second = { 0 };
  g_autoptr (GError)   error = NULL;

  say_list (bench, BALANCE, YEN, TRUE);
  g_assert_true (wb_gateway_list_money (bench->gateway, NULL, &first, NULL, &error));
  g_assert_true (first.more);
  g_assert_cmpstr (first.cursor, ==, "0/1700000000/txn_1");
  say_list (bench, BALANCE, "", FALSE);
  g_assert_true (wb_gateway_list_money (bench->gateway, first.cursor, &second, NULL, &error));
  g_assert_false (second.more);
  g_assert_cmpstr (second.cursor, ==, "1699913600/1700000000/");
  g_assert_false (wb_gateway_list_money (bench->gateway, "nonsense", &second, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
say_payout (Bench *bench, const char *automatic, const char *reconciliation)
{
  g_autofree char *json = g_strdup_printf (
      "{\"id\":\"po_1\",\"object\":\"payout\",\"amount\":11923,\"arrival_date\":1700700000,"
      "\"automatic\":%s,\"created\":1700600000,\"currency\":\"eur\",\"reconciliation_status\":"
      "\"%s\",\"status\":\"paid\",\"statement_descriptor\":\"STRIPE X1\"}",
      automatic, reconciliation);

  vendor_double_say (bench->vendor, "GET", "/v1/payouts/po_1", 200, json);
}

/* Made by hand: nobody can say what is in it. Still being collected: later. Else its items. */
static void
test_payout_items (Bench *bench, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError)    error = NULL;

  say_payout (bench, "false", "not_applicable");
  g_assert_null (wb_gateway_list_payout_items (bench->gateway, "po_1", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "by hand"));
  g_clear_error (&error);
  say_payout (bench, "true", "in_progress");
  g_assert_null (wb_gateway_list_payout_items (bench->gateway, "po_1", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  say_payout (bench, "true", "completed");
  say_list (bench, BALANCE, YEN, FALSE);
  items = wb_gateway_list_payout_items (bench->gateway, "po_1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 1);
}

/* More than was authorised: only where the charge itself allows it, and only so much. */
static void
test_overcapture (Bench *bench, gconstpointer data)
{
  static const char allowed[] =
      "\"overcapture\":{\"status\":\"available\",\"maximum_amount_capturable\":11000}";
  static const char denied[] =
      "\"overcapture\":{\"status\":\"unavailable\",\"maximum_amount_capturable\":10000}";
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;
  WbMoneyAsk          ask = ask_for (10500);

  say_intent (bench, "GET", INTENT, "requires_capture", 0, denied, "");
  g_assert_false (wb_gateway_capture (bench->gateway, &ask, &movement, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  ask.amount.minor = 11001;
  say_intent (bench, "GET", INTENT, "requires_capture", 0, allowed, "");
  g_assert_false (wb_gateway_capture (bench->gateway, &ask, &movement, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  ask.amount.minor = 10500;
  say_intent (bench, "GET", INTENT, "requires_capture", 0, allowed, "");
  say_intent (bench, "POST", CAPTURE, "succeeded", 10500, allowed, OURS);
  g_assert_true (wb_gateway_capture (bench->gateway, &ask, &movement, NULL, &error));
  g_assert_cmpint (movement.amount.minor, ==, 10500);
}

/* A mark older than the gateway's memory says so; the caller then reads the payments themselves. */
static void
test_events_reach (Bench *bench, gconstpointer data)
{
  g_auto (WbMoneyPage) old = { 0 };
  g_auto (WbMoneyPage) fresh = { 0 };
  g_autoptr (GError)   error = NULL;
  g_autofree char     *mark = g_strdup_printf ("%" G_GINT64_FORMAT "/0/", wb_now () - 29 * 86400);
  const char          *event = "{\"id\":\"evt_1\",\"object\":\"event\",\"created\":1700000000,"
                               "\"type\":\"charge.refunded\",\"data\":{\"object\":{\"id\":\"ch_1\","
                               "\"object\":\"charge\",\"payment_intent\":\"pi_1\"}}}";

  say_list (bench, "/v1/events", event, FALSE);
  g_assert_true (wb_gateway_list_events (bench->gateway, "1700000000/0/", &old, NULL, &error));
  g_assert_true (old.beyond_reach);
  g_assert_cmpstr (((WbGatewayEvent *) old.items->pdata[0])->payment_ref, ==, "pi_1");
  say_list (bench, "/v1/events", event, FALSE);
  g_assert_true (wb_gateway_list_events (bench->gateway, mark, &fresh, NULL, &error));
  g_assert_false (fresh.beyond_reach);
}

/* Stripe renews nothing; the words say whose fault it is not. */
static void
test_cannot (Bench *bench, gconstpointer data)
{
  g_auto (WbRenewal) renewal = { 0 };
  g_autoptr (GError) error = NULL;
  WbMoneyAsk         ask = ask_for (100);

  g_assert_false (wb_gateway_reauthorise (bench->gateway, &ask, &renewal, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_false (wb_gateway_abilities (bench->gateway) & WB_GATEWAY_REAUTHORISE);
  g_assert_true (wb_gateway_abilities (bench->gateway) & WB_GATEWAY_LIST_PAYOUTS);
}

int
main (int argc, char **argv)
{
  static const BenchTest tests[] = {
    { "books/two-currencies", test_two_currencies },
    { "books/wrong-sum", test_wrong_sum },
    { "books/cursor", test_cursor },
    { "books/payout-items", test_payout_items },
    { "books/overcapture", test_overcapture },
    { "books/events-reach", test_events_reach },
    { "books/cannot", test_cannot },
  };

  g_test_init (&argc, &argv, NULL);
  bench_add (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
