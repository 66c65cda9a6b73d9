/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice gateway: captures once, expires by the clock, and keeps its promise about
 * idempotency keys. */
#include "asker.h"

#include <string.h>

#define EPOCH 1795300000

/* Orders by their plot: open authorisations, one that declines, one that lapses soon, one that has
 * lapsed. */
#define OPEN_ORDER     "1000"
#define OTHER_ORDER    "1003"
#define DECLINED_ORDER "1027"
#define EXPIRING_ORDER "1057"
#define EXPIRED_ORDER  "1066"
#define SHORT_ORDER    "1072"

typedef struct
{
  WbTown *town;
} Bench;

static void
bench_up (Bench *bench, gconstpointer data)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  gint64        skew = EPOCH - wb_now ();

  options.epoch = EPOCH;
  options.clock_skew = skew;
  options.currency = strlen (data) == 3 ? data : "EUR"; /* else it is the kind of a fault */
  bench->town = town_up (&options);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  wb_town_free (bench->town);
}

/* "/payment_intents/pi_…" of that order, with something behind it. */
static char *
path_of (Bench *bench, const char *order, const char *rest)
{
  g_autofree char   *target = g_strconcat ("/town/orders/", order, NULL);
  g_autoptr (Answer) answer = command (bench->town, "GET", target, NULL);
  g_autofree char   *intent = text_at (answer, "transaction_id");

  g_assert_true (g_str_has_prefix (intent, "pi_"));
  return g_strconcat ("/payment_intents/", intent, rest, NULL);
}

static Answer *
capture (Bench *bench, const char *order, const char *form, const char *key)
{
  g_autofree char *path = path_of (bench, order, "/capture");

  return ask_stripe (bench->town, "POST", path, form, key);
}

static Answer *
read_whole (Bench *bench, const char *order)
{
  g_autofree char *path = path_of (bench, order, "?expand[]=latest_charge.balance_transaction");

  return ask_stripe (bench->town, "GET", path, NULL, NULL);
}

static void
advance (Bench *bench, gint64 seconds)
{
  g_autofree char   *body = g_strdup_printf ("{\"advance\":%" G_GINT64_FORMAT "}", seconds);
  g_autoptr (Answer) answer = command (bench->town, "POST", "/town/clock", body);

  g_assert_nonnull (answer->json);
}

static void
fault (Bench *bench, const char *kind)
{
  g_autofree char *body = g_strdup_printf (
      "{\"match\":{\"service\":\"stripe\",\"method\":\"POST\"},\"kind\":\"%s\"}", kind);
  g_autoptr (Answer) answer = command (bench->town, "POST", "/town/faults", body);

  g_assert_nonnull (answer->json);
}

static gint64
captures (Bench *bench)
{
  g_autoptr (Answer) books = command (bench->town, "GET", "/town/books", NULL);

  return number_at (books, "totals.captures");
}

/* ---- keys ---- */

static void
test_key_is_needed (Bench *bench, gconstpointer data)
{
  Header             wrong[] = { { "Authorization", "Bearer sk_test_other" } };
  g_autoptr (Answer) none = ask (bench->town, "GET", "/stripe/v1/account", NULL, NULL, 0);
  g_autoptr (Answer) other = ask (bench->town, "GET", "/stripe/v1/account", NULL, wrong, 1);
  g_autoptr (Answer) good = ask_stripe (bench->town, "GET", "/account", NULL, NULL);
  g_autoptr (Answer) nowhere = ask_stripe (bench->town, "GET", "/nowhere", NULL, NULL);

  assert_status (none, 401);
  assert_status (other, 401);
  assert_text (other, "error.type", "invalid_request_error");
  assert_status (good, 200);
  assert_status (nowhere, 404);
}

/* ---- captures ---- */

static void
test_capture_whole (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) before = read_whole (bench, OPEN_ORDER);
  g_autoptr (Answer) done = capture (bench, OPEN_ORDER, NULL, NULL);
  g_autoptr (Answer) after = read_whole (bench, OPEN_ORDER);
  gint64             amount = number_at (before, "amount");

  assert_text (before, "status", "requires_capture");
  g_assert_cmpint (number_at (before, "amount_capturable"), ==, amount);
  g_assert_cmpint (number_at (before, "latest_charge.payment_method_details.card.capture_before"),
                   >, EPOCH);
  assert_status (done, 200);
  assert_text (after, "status", "succeeded");
  g_assert_cmpint (number_at (after, "amount_received"), ==, amount);
  g_assert_cmpint (number_at (after, "latest_charge.amount_refunded"), ==, 0);
  g_assert_cmpint (number_at (after, "latest_charge.balance_transaction.amount"), ==, amount);
  g_assert_cmpint (number_at (after, "latest_charge.balance_transaction.net"), ==,
                   amount - number_at (after, "latest_charge.balance_transaction.fee"));
}

/* Less releases the rest, which the charge shows as refunded though it never was money. */
static void
test_capture_less (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) done = capture (bench, OPEN_ORDER, "amount_to_capture=500", NULL);
  g_autoptr (Answer) after = read_whole (bench, OPEN_ORDER);
  g_autoptr (Answer) again = capture (bench, OPEN_ORDER, "amount_to_capture=1", NULL);
  g_autoptr (Answer) books = command (bench->town, "GET", "/town/books", NULL);

  assert_status (done, 200);
  g_assert_cmpint (number_at (after, "amount_received"), ==, 500);
  g_assert_cmpint (number_at (after, "amount_capturable"), ==, 0);
  g_assert_cmpint (number_at (after, "latest_charge.amount_captured"), ==, 500);
  g_assert_cmpint (number_at (after, "latest_charge.amount_refunded"), ==,
                   number_at (after, "amount") - 500);
  assert_status (again, 400);
  assert_text (again, "error.code", "payment_intent_unexpected_state");
  assert_text (again, "error.payment_intent.status", "succeeded");
  g_assert_cmpint (number_at (books, "totals.captured"), ==, 500);
  g_assert_cmpint (number_at (books, "totals.refunded"), ==, 0);
}

static void
test_refusals (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) much = capture (bench, OPEN_ORDER, "amount_to_capture=99999999", NULL);
  g_autoptr (Answer) nothing = capture (bench, OPEN_ORDER, "amount_to_capture=0", NULL);
  g_autoptr (Answer) text = capture (bench, OPEN_ORDER, "amount_to_capture=1.50", NULL);
  g_autoptr (Answer) twice =
      capture (bench, OPEN_ORDER, "amount_to_capture=5&final_capture=false", NULL);
  g_autoptr (Answer) declined = capture (bench, DECLINED_ORDER, NULL, NULL);
  g_autoptr (Answer) lapsed = capture (bench, EXPIRED_ORDER, NULL, NULL);
  g_autoptr (Answer) missing =
      ask_stripe (bench->town, "POST", "/payment_intents/pi_none/capture", NULL, NULL);
  g_autoptr (Answer) order = command (bench->town, "GET", "/town/orders/" SHORT_ORDER, NULL);
  g_autoptr (Answer) shortfall = read_whole (bench, SHORT_ORDER);
  g_autofree char   *total = text_at (order, "total");

  assert_status (much, 400);
  assert_text (much, "error.code", "amount_too_large");
  assert_text (nothing, "error.code", "parameter_invalid_integer");
  assert_text (text, "error.code", "parameter_invalid_integer");
  assert_status (twice, 400);
  assert_status (declined, 402);
  assert_text (declined, "error.type", "card_error");
  assert_text (declined, "error.code", "card_declined");
  assert_status (lapsed, 400);
  assert_text (lapsed, "error.payment_intent.status", "canceled");
  assert_text (lapsed, "error.payment_intent.cancellation_reason", "automatic");
  assert_status (missing, 404);
  assert_text (missing, "error.code", "resource_missing");
  g_assert_cmpint (number_at (shortfall, "amount"), <,
                   (gint64) (g_ascii_strtod (total, NULL) * 100) - 1);
  g_assert_cmpint (captures (bench), ==, 0);
}

/* First the hour strikes, then nobody swept up yet, then it is given up. */
static void
test_expiry (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) before = read_whole (bench, EXPIRING_ORDER);
  g_autoptr (Answer) late = NULL;
  g_autoptr (Answer) after = NULL;
  gint64             left =
      number_at (before, "latest_charge.payment_method_details.card.capture_before") - EPOCH;

  assert_text (before, "status", "requires_capture");
  g_assert_cmpint (left, ==, 7200);
  advance (bench, left + 5);
  late = capture (bench, EXPIRING_ORDER, NULL, NULL);
  assert_status (late, 400);
  assert_text (late, "error.code", "charge_expired_for_capture");
  advance (bench, 1800);
  after = read_whole (bench, EXPIRING_ORDER);
  assert_text (after, "status", "canceled");
  assert_text (after, "cancellation_reason", "automatic");
  assert_text (after, "latest_charge.refunded", "true");
}

static void
test_cancel (Bench *bench, gconstpointer data)
{
  g_autofree char   *path = path_of (bench, OPEN_ORDER, "/cancel");
  g_autoptr (Answer) odd = ask_stripe (bench->town, "POST", path, "cancellation_reason=whim", NULL);
  g_autoptr (Answer) done =
      ask_stripe (bench->town, "POST", path, "cancellation_reason=abandoned", NULL);
  g_autoptr (Answer) again = ask_stripe (bench->town, "POST", path, NULL, NULL);

  assert_status (odd, 400);
  assert_status (done, 200);
  assert_text (done, "status", "canceled");
  assert_status (again, 400);
}

/* ---- idempotency ---- */

static void
test_same_key_same_answer (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) once = capture (bench, OPEN_ORDER, "amount_to_capture=500", "key-1");
  g_autoptr (Answer) twice = capture (bench, OPEN_ORDER, "amount_to_capture=500", "key-1");
  g_autoptr (Answer) other = capture (bench, OPEN_ORDER, "amount_to_capture=501", "key-1");
  g_autoptr (Answer) elsewhere = capture (bench, OTHER_ORDER, "amount_to_capture=500", "key-1");
  g_autofree char   *replayed = NULL;

  assert_status (once, 200);
  assert_status (twice, 200);
  g_assert_cmpstr (twice->body, ==, once->body);
  g_assert_cmpstr (header_of (twice, "Idempotent-Replayed", &replayed), ==, "true");
  assert_status (other, 400);
  assert_text (other, "error.type", "idempotency_error");
  assert_status (elsewhere, 400);
  g_assert_cmpint (captures (bench), ==, 1);
}

/* A 500 stands under its key, whether or not the money moved. */
static void
test_stored_500 (Bench *bench, gconstpointer data)
{
  gboolean           moved = strcmp (data, "500-after") == 0;
  g_autoptr (Answer) broken = NULL;
  g_autoptr (Answer) again = NULL;
  g_autoptr (Answer) fresh = NULL;
  g_autoptr (Answer) state = NULL;

  fault (bench, data);
  broken = capture (bench, OPEN_ORDER, "amount_to_capture=500", "key-2");
  again = capture (bench, OPEN_ORDER, "amount_to_capture=500", "key-2");
  state = read_whole (bench, OPEN_ORDER);
  fresh = capture (bench, OPEN_ORDER, "amount_to_capture=500", "key-3");
  assert_status (broken, 500);
  assert_text (broken, "error.type", "api_error");
  assert_status (again, 500);
  assert_text (state, "status", moved ? "succeeded" : "requires_capture");
  assert_status (fresh, moved ? 400 : 200);
  g_assert_cmpint (captures (bench), ==, 1);
}

static void
test_wrong_parameters_are_not_kept (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) wrong = capture (bench, OPEN_ORDER, "amount_to_capture=much", "key-4");
  g_autoptr (Answer) right = capture (bench, OPEN_ORDER, "amount_to_capture=500", "key-4");

  assert_status (wrong, 400);
  assert_status (right, 200);
}

/* After a day the key is forgotten: the same request is a new one. */
static void
test_key_is_forgotten (Bench *bench, gconstpointer data)
{
  g_autofree char *target = path_of (bench, "1006", "");
  g_autofree char *form =
      g_strdup_printf ("payment_intent=%s&amount=100", strrchr (target, '/') + 1);
  g_autoptr (Answer) once = ask_stripe (bench->town, "POST", "/refunds", form, "key-5");
  g_autoptr (Answer) soon = ask_stripe (bench->town, "POST", "/refunds", form, "key-5");
  g_autoptr (Answer) later = NULL;
  g_autofree char   *first = text_at (once, "id");
  g_autofree char   *last = NULL;

  assert_text (soon, "id", first);
  advance (bench, 24 * 3600);
  later = ask_stripe (bench->town, "POST", "/refunds", form, "key-5");
  assert_status (later, 200);
  last = text_at (later, "id");
  g_assert_cmpstr (last, !=, first);
}

/* ---- the rest ---- */

static void
test_events (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) done = capture (bench, OPEN_ORDER, NULL, NULL);
  g_autoptr (Answer) events = ask_stripe (bench->town, "GET", "/events?limit=1", NULL, NULL);
  g_autoptr (Answer) old = NULL;

  assert_status (done, 200);
  assert_text (events, "data.0.type", "payment_intent.succeeded");
  assert_text (events, "has_more", "true");
  advance (bench, 31 * 86400);
  old = ask_stripe (bench->town, "GET", "/events", NULL, NULL);
  g_assert_cmpuint (length_at (old, "data"), ==, 0);
}

/* Yen have no hundredths, though the shop writes them. */
static void
test_yen (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) order = command (bench->town, "GET", "/town/orders/" OPEN_ORDER, NULL);
  g_autoptr (Answer) intent = read_whole (bench, OPEN_ORDER);
  g_autofree char   *total = text_at (order, "total");

  g_assert_nonnull (strchr (total, '.'));
  g_assert_cmpint (number_at (intent, "amount"), ==, (gint64) (g_ascii_strtod (total, NULL) + 0.5));
  assert_text (intent, "currency", "jpy");
}

/* Where the shop captures by itself, completing an order takes the money: never both. */
static void
test_shop_captures (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) told = command (bench->town, "POST", "/town/shop", "{\"captures\":true}");
  g_autoptr (Answer) put =
      command (bench->town, "POST", "/town/orders/" OPEN_ORDER, "{\"status\":\"completed\"}");
  g_autoptr (Answer) intent = read_whole (bench, OPEN_ORDER);
  g_autoptr (Answer) ours = capture (bench, OPEN_ORDER, NULL, NULL);

  assert_text (told, "shop_captures", "true");
  assert_text (put, "status", "completed");
  assert_text (intent, "status", "succeeded");
  assert_status (ours, 400);
}

#define ADD(path, data, test)                                                                      \
  g_test_add ("/town/stripe/" path, Bench, data, bench_up, test, bench_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("key-is-needed", "EUR", test_key_is_needed);
  ADD ("capture-whole", "EUR", test_capture_whole);
  ADD ("capture-less", "EUR", test_capture_less);
  ADD ("refusals", "EUR", test_refusals);
  ADD ("expiry", "EUR", test_expiry);
  ADD ("cancel", "EUR", test_cancel);
  ADD ("same-key-same-answer", "EUR", test_same_key_same_answer);
  ADD ("wrong-parameters-are-not-kept", "EUR", test_wrong_parameters_are_not_kept);
  ADD ("key-is-forgotten", "EUR", test_key_is_forgotten);
  ADD ("events", "EUR", test_events);
  ADD ("yen", "JPY", test_yen);
  ADD ("shop-captures", "EUR", test_shop_captures);
  ADD ("stored-500-before", "500-before", test_stored_500);
  ADD ("stored-500-after", "500-after", test_stored_500);
  return g_test_run ();
}
