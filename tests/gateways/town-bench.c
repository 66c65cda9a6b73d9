/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests of gateways against the practice town share: the town, one of its authorised
 * payments, trouble on the way, and the town's own books. */
#include "town-bench.h"

#define DAY (24 * 60 * 60)

const char *const town_troubles[TOWN_TROUBLES] = { "delay",      "429",       "500-before",
                                                   "500-after",  "503-html",  "html",
                                                   "cut-before", "cut-after", "cut-mid",
                                                   "truncated" };

gboolean
town_bench_no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

static gint64
clock_ahead (gpointer data)
{
  return g_get_real_time () / G_USEC_PER_SEC + ((TownBench *) data)->ahead;
}

/* Starts the town. Returns: (transfer full): where its gateway is. */
char *
town_bench_up (TownBench *bench, gboolean paypal)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  wb_clock_set (clock_ahead, bench);
  options.paypal = paypal;
  bench->town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  g_assert_true (wb_town_start (bench->town, &error));
  return wb_town_dup_url (bench->town, bench->service);
}

void
town_bench_down (TownBench *bench)
{
  wb_clock_set (NULL, NULL);
  g_clear_object (&bench->gateway);
  wb_town_stop (bench->town);
  g_clear_pointer (&bench->town, wb_town_free);
  g_clear_pointer (&bench->payment, g_free);
}

static JsonNode *
ask (TownBench *bench, const char *method, const char *path, const char *body)
{
  guint            status = 0;
  g_autofree char *text = wb_town_control (bench->town, method, path, body, &status);

  g_assert_cmpuint (status, <, 300);
  return text != NULL && *text != '\0' ? wb_json_parse (text, -1, "town", NULL) : NULL;
}

void
town_bench_tell (TownBench *bench, const char *path, const char *body)
{
  g_autoptr (JsonNode) reply = ask (bench, "POST", path, body);
}

/* The town goes by the same clock. */
void
town_bench_pass_days (TownBench *bench, gint64 days)
{
  bench->ahead += days * DAY;
}

/* The first order whose payment is authorised and not yet charged. */
void
town_bench_find_payment (TownBench *bench)
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
      if (status != 200 || ref == NULL || !g_str_has_prefix (ref, bench->prefix))
        continue;
      payment = wb_gateway_read_payment (bench->gateway, ref, NULL, NULL);
      if (payment == NULL || wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) < 1000)
        continue;
      bench->order = id;
      bench->payment = g_strdup (ref);
      bench->authorised = wb_record_get_money (payment, WB_PAYMENT_AUTHORISED);
    }
}

WbMoneyAsk
town_bench_ask_for (TownBench *bench, gint64 minor)
{
  return (WbMoneyAsk){ .payment_ref = bench->payment,
                       .amount = wb_money (minor, bench->authorised.currency),
                       .key = "capture:1:1",
                       .reference = "WB-1-1",
                       .first_sent_at = wb_now () };
}

/* What the town itself has written down of the order's payment. */
void
town_bench_check_books (TownBench *bench, gint64 captures, gint64 captured, gint64 refunded)
{
  g_autoptr (JsonNode) root = ask (bench, "GET", "/town/books", NULL);
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

void
town_bench_expect_refusal (TownBench *bench, gint64 minor, WbError means)
{
  WbMoneyAsk         wish = town_bench_ask_for (bench, minor);
  WbMovement         movement = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (wb_gateway_capture (bench->gateway, &wish, &movement, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WB_ERROR, (int) means);
  g_assert_null (movement.ref);
}

/* The payer's bank says no from now on. */
void
town_bench_decline (TownBench *bench)
{
  g_autofree char *path = g_strdup_printf ("/town/payments/%" G_GINT64_FORMAT, bench->order);

  town_bench_tell (bench, path, "{\"declines\":true}");
}

/* @times: how many requests in a row meet it; a capture is tried four times before it gives up. */
void
town_bench_trouble (
    TownBench *bench, const char *method, const char *path, const char *kind, guint times)
{
  g_autofree char *body =
      g_strdup_printf ("{\"match\":{\"service\":\"%s\",\"method\":\"%s\",\"path\":\"%s\"},"
                       "\"kind\":\"%s\",\"times\":%u,\"ms\":20}",
                       bench->service, method, path, kind, times);

  town_bench_tell (bench, "/town/faults", body);
}

void
town_bench_clear_trouble (TownBench *bench)
{
  g_autoptr (JsonNode) reply = ask (bench, "DELETE", "/town/faults", NULL);
}

/* As the journal does: an unsure outcome is looked up before anything is sent again. */
void
town_bench_move (
    TownBench *bench, const WbMoneyAsk *wish, TownMove move, TownFind find, WbMovement *movement)
{
  for (guint attempt = 0; attempt < 6; attempt++)
    {
      g_autoptr (GError) error = NULL;
      WbMovementFinding  finding;

      if (move (bench->gateway, wish, movement, NULL, &error))
        return;
      g_test_message ("attempt %u: %s", attempt, error->message);
      if (g_error_matches (error, WB_ERROR, WB_ERROR_UNAVAILABLE))
        continue;
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_clear_error (&error);
      finding = find (bench->gateway, wish, movement, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (finding, !=, WB_MOVEMENT_UNKNOWN);
      if (finding == WB_MOVEMENT_FOUND)
        return;
    }
  g_assert_not_reached ();
}
