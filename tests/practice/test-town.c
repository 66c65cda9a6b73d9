/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice town as a whole: the same for the same seed, alive again after a kill, and large
 * without being heavy. */
#include "asker.h"

#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define EPOCH 1795300000

static WbTownOptions
options_of (guint64 seed, guint orders, const char *state)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.seed = seed;
  options.orders = orders;
  options.state = state;
  options.epoch = EPOCH;
  return options;
}

/* The first page of the shop, with the port taken out. */
static char *
page_of (guint64 seed)
{
  WbTownOptions      options = options_of (seed, 40, NULL);
  g_autoptr (WbTown) town = town_up (&options);
  g_autoptr (Answer) page = ask_shop (town, "GET", "/orders", "per_page=100", NULL);
  g_autofree char   *port = g_strdup_printf (":%u/", wb_town_get_port (town));
  g_auto (GStrv)     parts = g_strsplit (page->body, port, -1);

  assert_status (page, 200);
  return g_strjoinv (":/", parts);
}

static void
test_same_seed_same_town (void)
{
  g_autofree char *one = page_of (7);
  g_autofree char *same = page_of (7);
  g_autofree char *other = page_of (8);

  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
}

/* Forty orders hold every script and every trap. */
static void
test_variety (void)
{
  static const char *const wanted[] = { "ü",
                                        "ł",
                                        "ου",
                                        "вул.",
                                        "目",
                                        "路",
                                        "شارع",
                                        "🎁",
                                        "awaiting-pickup",
                                        "\"total\":\"-3.00\"",
                                        "herbst10",
                                        "\"product_id\":0,",
                                        "\"sku\":null",
                                        "refunded",
                                        "_addons",
                                        "&times;",
                                        "000 unknown street",
                                        "Harbor Drive" };
  WbTownOptions            options = options_of (1, 40, NULL);
  g_autoptr (WbTown)       town = town_up (&options);
  g_autoptr (Answer)       page = ask_shop (town, "GET", "/orders", "per_page=100", NULL);
  g_autoptr (GString)      all = g_string_new (page->body);

  for (guint64 seed = 2; seed < 6; seed++)
    {
      g_autofree char *more = page_of (seed);

      g_string_append (all, more);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (all->str, wanted[i]) == NULL)
      g_error ("nothing like “%s” in the shop", wanted[i]);
  g_assert_true (g_utf8_validate (page->body, -1, NULL));
}

/* ---- large shops ---- */

static gsize
memory_used (void)
{
  g_autofree char *text = NULL;
  char            *end;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  g_ascii_strtoull (text, &end, 10);
  return (gsize) g_ascii_strtoull (end, NULL, 10) * 4096;
}

/* A busy machine is slower, and the sanitizers' shadow costs time and memory of its own. */
#ifdef __SANITIZE_ADDRESS__
#define PATIENCE       8
#define MOST_MEGABYTES 1024
#else
#define PATIENCE       3
#define MOST_MEGABYTES 256
#endif

static void
test_a_hundred_thousand_orders (void)
{
  gint64             begun = g_get_monotonic_time ();
  gsize              before = memory_used ();
  WbTownOptions      options = options_of (1, 100000, NULL);
  g_autoptr (WbTown) town = town_up (&options);
  gint64             made = g_get_monotonic_time ();
  guint              n = 0;

  g_assert_cmpint (made - begun, <, PATIENCE * 5 * G_USEC_PER_SEC);
  for (guint page = 1; page <= 1000; page += 100)
    {
      g_autofree char *query = g_strdup_printf ("per_page=100&page=%u&orderby=id&order=asc", page);
      g_autofree char *total = NULL;
      g_autoptr (Answer) answer = ask_shop (town, "GET", "/orders", query, NULL);

      n += length_at (answer, "");
      g_assert_cmpint (number_at (answer, "0.id"), ==, 1000 + 300 * (gint64) (page - 1));
      g_assert_cmpstr (header_of (answer, "X-WP-Total", &total), ==, "100000");
    }
  g_assert_cmpuint (n, ==, 1000);
  g_assert_cmpint (g_get_monotonic_time () - made, <, PATIENCE * 10 * G_USEC_PER_SEC);
  if (before > 0)
    g_assert_cmpuint (memory_used () - before, <, (gsize) MOST_MEGABYTES * 1024 * 1024);
}

static void
test_arrivals (void)
{
  WbTownOptions      options = options_of (1, 40, NULL);
  g_autoptr (WbTown) town = town_up (&options);
  g_autoptr (Answer) state = command (town, "POST", "/town/arrive", "{\"n\":2}");
  g_autoptr (Answer) newest = ask_shop (town, "GET", "/orders", "per_page=1&orderby=date", NULL);
  g_autoptr (Answer) intent = NULL;
  g_autofree char   *id = text_at (newest, "0.transaction_id");
  g_autofree char   *path = g_strconcat ("/payment_intents/", id, NULL);

  g_assert_cmpint (number_at (state, "orders"), ==, 42);
  g_assert_cmpint (number_at (newest, "0.id"), ==, 1000 + 3 * 41);
  intent = ask_stripe (town, "GET", path, NULL, NULL);
  assert_status (intent, 200);
  assert_text (intent, "status", "requires_capture");
}

/* ---- the state file ---- */

static void
do_a_few_things (WbTown *town)
{
  g_autoptr (Answer) order = command (town, "GET", "/town/orders/1000", NULL);
  g_autofree char   *intent = text_at (order, "transaction_id");
  g_autofree char   *path = g_strdup_printf ("/payment_intents/%s/capture", intent);
  g_autoptr (Answer) captured = ask_stripe (town, "POST", path, "amount_to_capture=700", "key-1");
  g_autoptr (Answer) shipment =
      ask_easypost (town, "POST", "/shipments",
                    "{\"shipment\":{\"reference\":\"P-1000-1\",\"from_address\":{\"street1\":\"A "
                    "1\",\"zip\":\"1\",\"country\":\"DE\"},"
                    "\"to_address\":{\"street1\":\"B "
                    "2\",\"zip\":\"2\",\"country\":\"DE\"},\"parcel\":{\"weight\":10}}}");
  g_autofree char   *id = text_at (shipment, "id");
  g_autofree char   *rate = text_at (shipment, "rates.0.id");
  g_autofree char   *buy = g_strdup_printf ("/shipments/%s/buy", id);
  g_autofree char   *body = g_strdup_printf ("{\"rate\":{\"id\":\"%s\"}}", rate);
  g_autoptr (Answer) bought = ask_easypost (town, "POST", buy, body);
  g_autoptr (Answer) note =
      ask_shop (town, "POST", "/orders/1000/notes", NULL, "{\"note\":\"unterwegs 🎁\"}");
  g_autoptr (Answer) done =
      ask_shop (town, "PUT", "/orders/1000", NULL, "{\"status\":\"completed\"}");
  g_autoptr (Answer) clock = command (town, "POST", "/town/clock", "{\"advance\":90000}");
  g_autoptr (Answer) more = command (town, "POST", "/town/arrive", "{\"n\":3}");

  assert_status (captured, 200);
  assert_status (bought, 200);
  assert_status (note, 201);
  assert_status (done, 200);
  g_assert_nonnull (clock->json);
  g_assert_cmpint (number_at (more, "orders"), ==, 43);
}

static char *
books_of (WbTown *town)
{
  g_autoptr (Answer) books = command (town, "GET", "/town/books", NULL);

  return g_strdup (books->body);
}

/* What was done is still done, also when the last line was not written whole. */
static void
test_comes_back (void)
{
  g_autofree char   *folder = wb_test_temp_folder ();
  g_autofree char   *file = g_build_filename (folder, "town.state", NULL);
  WbTownOptions      options = options_of (3, 40, file);
  WbTownOptions      others = options_of (99, 5, file); /* the file's own win */
  g_autofree char   *before = NULL;
  g_autofree char   *after = NULL;
  g_autoptr (Answer) again = NULL;
  FILE              *end;

  {
    g_autoptr (WbTown) town = town_up (&options);

    do_a_few_things (town);
    before = books_of (town);
  }
  end = fopen (file, "a");
  g_assert_nonnull (end);
  fputs ("{\"time\":1795300000,\"method\":\"PO", end);
  fclose (end);
  {
    g_autoptr (WbTown) town = town_up (&others);
    g_autoptr (Answer) order = command (town, "GET", "/town/orders/1000", NULL);
    g_autofree char   *intent = text_at (order, "transaction_id");
    g_autofree char   *path = g_strdup_printf ("/payment_intents/%s/capture", intent);
    g_autoptr (Answer) state = command (town, "GET", "/town/state", NULL);

    after = books_of (town);
    g_assert_cmpstr (after, ==, before);
    assert_text (order, "status", "completed");
    g_assert_cmpint (number_at (state, "seed"), ==, 3);
    g_assert_cmpint (number_at (state, "orders"), ==, 43);
    g_assert_cmpint (number_at (state, "unix"), >=, wb_now () + 90000 - 5);
    again = ask_stripe (town, "POST", path, "amount_to_capture=700", "key-1");
    assert_status (again, 400); /* the key is a day old by the town's clock */
    assert_text (again, "error.code", "payment_intent_unexpected_state");
  }
  wb_test_remove_folder (folder);
}

static void
test_strange_files (void)
{
  static const char *const texts[] = {
    "", "no town\n", "{\"practice_town\":2,\"seed\":1}\n",
    "{\"practice_town\":2,\"seed\":1,\"orders\":1,\"epoch\":1,\"skew\":0,\"currency\":\"EUR\","
    "\"timezone\":\"UTC\"}\n"
  };
  g_autofree char *folder = wb_test_temp_folder ();
  g_autofree char *file = g_build_filename (folder, "town.state", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      WbTownOptions      options = options_of (1, 40, file);
      g_autoptr (GError) error = NULL;
      g_autofree char   *left = NULL;

      g_assert_true (g_file_set_contents (file, texts[i], -1, NULL));
      g_assert_null (wb_town_new (&options, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, file));
      g_assert_true (g_file_get_contents (file, &left, NULL, NULL));
      g_assert_cmpstr (left, ==, texts[i]);
    }
  wb_test_remove_folder (folder);
}

/* ---- from inside the process ---- */

static void
test_control_without_network (void)
{
  WbTownOptions      options = options_of (1, 4, NULL);
  g_autoptr (WbTown) town = town_up (&options);
  guint              status = 0;
  g_autofree char   *state = wb_town_control (town, "GET", "/town/state", NULL, &status);
  g_autofree char   *nothing = NULL;

  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (state, "\"orders\":4"));
  nothing = wb_town_control (town, "GET", "/town/nothing", NULL, &status);
  g_assert_cmpuint (status, ==, 404);
  wb_town_stop (town);
  g_free (wb_town_control (town, "GET", "/town/books", NULL,
                           &status)); /* also when it serves no more */
  g_assert_cmpuint (status, ==, 200);
}

static void
test_options (void)
{
  WbTownOptions      options = options_of (1, 4, NULL);
  g_autoptr (GError) error = NULL;

  options.shop_version = "9.5";
  g_assert_null (wb_town_new (&options, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* Its clock is its own: signatures are judged by it, and its Date says it. */
static void
test_clock_skew (void)
{
  WbTownOptions      options = options_of (1, 4, NULL);
  g_autoptr (WbTown) town = NULL;
  g_autoptr (Answer) ours = NULL;
  g_autoptr (Answer) theirs = NULL;

  options.clock_skew = 3600;
  town = town_up (&options);
  ours = ask_shop (town, "GET", "/orders", NULL, NULL);
  theirs = ask_shop_as (town, "GET", "/orders", NULL, NULL, WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET,
                        3600, NULL);
  assert_status (ours, 401);
  assert_text (ours, "message", "Invalid timestamp.");
  assert_status (theirs, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/town/same-seed-same-town", test_same_seed_same_town);
  g_test_add_func ("/town/variety", test_variety);
  g_test_add_func ("/town/a-hundred-thousand-orders", test_a_hundred_thousand_orders);
  g_test_add_func ("/town/arrivals", test_arrivals);
  g_test_add_func ("/town/comes-back", test_comes_back);
  g_test_add_func ("/town/strange-files", test_strange_files);
  g_test_add_func ("/town/control-without-network", test_control_without_network);
  g_test_add_func ("/town/options", test_options);
  g_test_add_func ("/town/clock-skew", test_clock_skew);
  return g_test_run ();
}
