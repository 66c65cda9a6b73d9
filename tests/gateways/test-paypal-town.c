/* SPDX-License-Identifier: GPL-3.0-or-later
 * PayPal in the practice town: whatever breaks on the way, money moves once, and its own books say
 * so. */
#include "wb-paypal-private.h"
#include "wb-paypal.h"
#include "wb-test.h"
#include "wb-town.h"

#include <string.h>

#define DAY (24 * 60 * 60)

typedef struct
{
  WbTown    *town;
  WbGateway *gateway;
  gint64     order;
  char      *payment; /* the authorisation, as the shop notes it */
  WbMoney    authorised;
  gint64     ahead; /* seconds that the clock is ahead */
} Bench;

static gboolean
no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

static gint64
clock_ahead (gpointer data)
{
  return g_get_real_time () / G_USEC_PER_SEC + ((Bench *) data)->ahead;
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

/* The town goes by the same clock. */
static void
pass_days (Bench *bench, gint64 days)
{
  bench->ahead += days * DAY;
}

/* The first order that was paid from an account and not yet charged. */
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
      if (status != 200 || ref == NULL || !g_str_has_prefix (ref, "0A"))
        continue;
      payment = wb_gateway_read_payment (bench->gateway, ref, NULL, NULL);
      if (payment == NULL || wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) < 1000)
        continue;
      bench->order = id;
      bench->payment = g_strdup (ref);
      bench->authorised = wb_record_get_money (payment, WB_PAYMENT_AUTHORISED);
    }
}

static void
bench_up (Bench *bench, gconstpointer data)
{
  WbTownOptions            options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbConnection) connection = wb_connection_new ();
  const char              *secrets[] = { WB_TOWN_PAYPAL_ID, WB_TOWN_PAYPAL_SECRET, NULL };
  g_autofree char         *url = NULL;
  g_autoptr (GError)       error = NULL;

  wb_clock_set (clock_ahead, bench);
  options.paypal = TRUE;
  bench->town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  g_assert_true (wb_town_start (bench->town, &error));
  url = wb_town_dup_url (bench->town, "paypal");
  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  bench->gateway = wb_paypal_provider.open (connection, secrets, &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_PAYPAL (bench->gateway)->door, no_sleep, NULL);
  wb_paypal_ensure_token (WB_PAYPAL (bench->gateway), NULL, &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_PAYPAL (bench->gateway)->http, no_sleep, NULL);
  find_payment (bench);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  wb_clock_set (NULL, NULL);
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
                       .key = "capture:1:1",
                       .reference = "WB-1-1",
                       .first_sent_at = wb_now () };
}

/* What the town itself has written down of the order's payment. */
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
      gint64 id, value;

      if (!wb_json_int (&order, "id", &id, NULL) || id != bench->order)
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
  WbMoneyAsk          ask = ask_for (bench, minor);
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
  WbMoneyAsk          ask = ask_for (bench, 250);
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
  check_books (bench, 2, bench->authorised.minor, 250);
}

static void
test_release_the_rest (Bench *bench, gconstpointer data)
{
  WbMoneyAsk            ask = ask_for (bench, 0);
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
  check_books (bench, 1, 500, 0);
}

/* On the tenth day the authorisation is renewed, and captured under its new name. */
static void
test_renew (Bench *bench, gconstpointer data)
{
  WbMoneyAsk         ask = ask_for (bench, bench->authorised.minor);
  g_auto (WbRenewal) renewal = { 0 }, again = { 0 };
  g_autoptr (GError) error = NULL;

  pass_days (bench, 5);
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
  check_books (bench, 1, bench->authorised.minor, 0);
}

static void
test_lapsed (Bench *bench, gconstpointer data)
{
  WbMoneyAsk         ask = ask_for (bench, 700);
  WbMovement         taken = { 0 };
  g_autoptr (GError) error = NULL;

  pass_days (bench, 32);
  g_assert_false (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_EXPIRED);
  check_books (bench, 0, 0, 0);
}

static void
test_declined (Bench *bench, gconstpointer data)
{
  WbMoneyAsk         ask = ask_for (bench, 700);
  WbMovement         taken = { 0 };
  g_autofree char   *path = g_strdup_printf ("/town/payments/%" G_GINT64_FORMAT, bench->order);
  g_autoptr (GError) error = NULL;

  town_tell (bench, path, "{\"declines\":true}");
  g_assert_false (wb_gateway_capture (bench->gateway, &ask, &taken, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_DECLINED);
  check_books (bench, 0, 0, 0);
}

/* What PayPal's history tells adds up to what was moved. */
static void
test_history (Bench *bench, gconstpointer data)
{
  WbMoneyAsk          ask = ask_for (bench, 250);
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

static const char *const troubles[] = { "delay",    "429",      "500-before", "500-after",
                                        "503-html", "html",     "cut-before", "cut-after",
                                        "cut-mid",  "truncated" };

static void
trouble (Bench *bench, const char *method, const char *path, const char *kind, guint times)
{
  g_autofree char *body =
      g_strdup_printf ("{\"match\":{\"service\":\"paypal\",\"method\":\"%s\",\"path\":\"%s\"},"
                       "\"kind\":\"%s\",\"times\":%u,\"ms\":20}",
                       method, path, kind, times);

  town_tell (bench, "/town/faults", body);
}

static void
clear_trouble (Bench *bench)
{
  g_autoptr (JsonNode) reply = town_ask (bench, "DELETE", "/town/faults", NULL);
}

typedef gboolean (*MoveFunc) (
    WbGateway *, const WbMoneyAsk *, WbMovement *, GCancellable *, GError **);
typedef WbMovementFinding (*FindFunc) (
    WbGateway *, const WbMoneyAsk *, WbMovement *, GCancellable *, GError **);

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
test_trouble (Bench *bench, gconstpointer data)
{
  gint64 captured = 0, refunded = 0;
  guint  n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    for (guint times = 1; times <= 5; times += 4)
      {
        g_auto (WbMovement) taken = { 0 }, given = { 0 };
        WbMoneyAsk          ask = ask_for (bench, 30);
        g_autofree char    *key = g_strdup_printf ("capture:%u:1", n);
        g_autofree char    *back = g_strdup_printf ("refund:%u:1", n);
        g_autofree char    *reference = g_strdup_printf ("WB-1-%u", n++);

        g_test_message ("%s, %u in a row", troubles[i], times);
        ask.key = key;
        ask.reference = reference;
        trouble (bench, "POST", "capture$", troubles[i], times);
        move_by_the_book (bench, &ask, wb_gateway_capture, wb_gateway_find_capture, &taken);
        captured += taken.amount.minor;
        clear_trouble (bench);
        ask.key = back;
        ask.amount.minor = 10;
        trouble (bench, "POST", "refund$", troubles[i], times);
        move_by_the_book (bench, &ask, wb_gateway_refund, wb_gateway_find_refund, &given);
        refunded += given.amount.minor;
        check_books (bench, n, captured, refunded);
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
