/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice town misbehaves exactly as told: before the effect or after it, so often and no
 * more. */
#include "asker.h"

#include <string.h>

typedef struct
{
  WbTown *town;
} Bench;

static void
bench_up (Bench *bench, gconstpointer data)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  bench->town = town_up (&options);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  wb_town_free (bench->town);
}

static void
fault (Bench *bench, const char *json)
{
  g_autoptr (Answer) answer = command (bench->town, "POST", "/town/faults", json);

  g_assert_nonnull (answer->json);
}

static gint64
completed (Bench *bench)
{
  g_autoptr (Answer) books = command (bench->town, "GET", "/town/books", NULL);

  return number_at (books, "totals.completed");
}

static Answer *
complete (Bench *bench)
{
  return ask_shop (bench->town, "PUT", "/orders/1000", NULL, "{\"status\":\"completed\"}");
}

typedef struct
{
  const char *kind;
  guint       status; /* 0: no answer */
  gboolean    done;   /* the order is completed all the same */
} Case;

static const Case cases[] = {
  { "429", 429, FALSE },           { "500-before", 500, FALSE }, { "500-after", 500, TRUE },
  { "503-html", 503, FALSE },      { "html", 200, FALSE },       { "cut-before", 0, FALSE },
  { "cut-after", 0, TRUE },        { "cut-mid", 200, TRUE },     { "truncated", 200, TRUE },
  { "duplicate-rows", 200, TRUE },
};

/* Each kind once, on a write: what is seen, what was done, and that it is over then. */
static void
test_kinds (Bench *bench, gconstpointer data)
{
  const Case      *of = data;
  g_autofree char *json = g_strdup_printf (
      "{\"match\":{\"service\":\"shop\",\"method\":\"PUT\"},\"kind\":\"%s\"}", of->kind);
  g_autoptr (Answer) seen = NULL;
  g_autoptr (Answer) next = NULL;
  gint64             before;

  fault (bench, json);
  seen = complete (bench);
  before = completed (bench);
  next = complete (bench);
  assert_status (seen, of->status);
  g_assert_cmpint (before, ==, of->done ? 1 : 0);
  assert_status (next, 200);
  assert_text (next, "status", "completed");
}

static void
test_what_is_seen (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) html = NULL;
  g_autoptr (Answer) half = NULL;
  g_autoptr (Answer) cut = NULL;
  g_autoptr (Answer) twice = NULL;
  g_autoptr (Answer) stripe = NULL;
  g_autofree char   *retry = NULL;
  g_autofree char   *type = NULL;

  fault (bench, "[{\"match\":{\"path\":\"/orders\\\\?\"},\"kind\":\"503-html\"},"
                "{\"match\":{\"path\":\"/orders\\\\?\"},\"kind\":\"truncated\"},"
                "{\"match\":{\"path\":\"/orders\\\\?\"},\"kind\":\"cut-mid\"},"
                "{\"match\":{\"path\":\"/orders\\\\?\"},\"kind\":\"duplicate-rows\"},"
                "{\"match\":{\"service\":\"stripe\"},\"kind\":\"429\"}]");
  html = ask_shop (bench->town, "GET", "/orders", NULL, NULL);
  half = ask_shop (bench->town, "GET", "/orders", NULL, NULL);
  cut = ask_shop (bench->town, "GET", "/orders", NULL, NULL);
  twice = ask_shop (bench->town, "GET", "/orders", "per_page=10", NULL);
  stripe = ask_stripe (bench->town, "GET", "/account", NULL, NULL);
  g_assert_cmpstr (header_of (html, "Retry-After", &retry), ==, "600");
  g_assert_true (g_str_has_prefix (header_of (html, "Content-Type", &type), "text/html"));
  g_assert_null (half->json);
  g_assert_cmpint ((gint64) half->size, ==,
                   half->promised); /* PHP died, the server did not notice */
  g_assert_null (cut->json);
  g_assert_cmpint ((gint64) cut->size, <, cut->promised);
  g_assert_cmpuint (length_at (twice, ""), ==, 20);
  assert_status (stripe, 429);
  assert_text (stripe, "error.code", "rate_limit");
  g_assert_nonnull (header_of (stripe, "Retry-After", &retry));
}

/* After two, then three times; reads by another method go by untouched. */
static void
test_after_and_times (Bench *bench, gconstpointer data)
{
  static const guint expected[] = { 200, 200, 500, 500, 500, 200 };
  g_autoptr (Answer) list = NULL;

  fault (bench, "{\"match\":{\"service\":\"shop\",\"method\":\"PUT\",\"path\":\"/orders/"
                "1000\"},\"kind\":\"500-before\","
                "\"after\":2,\"times\":3}");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (Answer) read = ask_shop (bench->town, "GET", "/orders/1000", NULL, NULL);
      g_autoptr (Answer) other = ask_shop (bench->town, "PUT", "/orders/1003", NULL, "{}");
      g_autoptr (Answer) put = ask_shop (bench->town, "PUT", "/orders/1000", NULL, "{}");

      assert_status (read, 200);
      assert_status (other, 200);
      assert_status (put, expected[i]);
    }
  list = command (bench->town, "GET", "/town/faults", NULL);
  g_assert_cmpint (number_at (list, "0.struck"), ==, 3);
}

static void
test_delay (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) late = NULL;
  gint64             begun = g_get_monotonic_time ();

  fault (bench, "[{\"match\":{\"service\":\"shop\"},\"kind\":\"delay\",\"ms\":300},"
                "{\"match\":{\"service\":\"shop\"},\"kind\":\"cut-after\"}]");
  late = complete (bench);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 300 * 1000);
  assert_status (late, 0); /* late, and then nothing */
  g_assert_cmpint (completed (bench), ==, 1);
}

static gpointer
complete_cb (gpointer data)
{
  return complete (data);
}

/* The town is shut while somebody still waits for an answer: they get none, and nothing breaks. */
static void
test_shut_while_waiting (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) none = NULL;
  g_autoptr (Answer) list = NULL;
  GThread           *thread;

  fault (bench, "{\"match\":{\"service\":\"shop\"},\"kind\":\"delay\",\"ms\":60000}");
  thread = g_thread_new ("waiting", complete_cb, bench);
  do
    {
      g_clear_pointer (&list, answer_free);
      list = command (bench->town, "GET", "/town/faults", NULL);
    }
  while (number_at (list, "0.struck") == 0);
  wb_town_stop (bench->town);
  none = g_thread_join (thread);
  assert_status (none, 0);
}

static void
test_cleared (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) bad =
      ask (bench->town, "POST", "/town/faults", "{\"kind\":\"flood\"}", NULL, 0);
  g_autoptr (Answer) regex = ask (bench->town, "POST", "/town/faults",
                                  "{\"kind\":\"429\",\"match\":{\"path\":\"(\"}}", NULL, 0);
  g_autoptr (Answer) gone = NULL;
  g_autoptr (Answer) fine = NULL;

  assert_status (bad, 400);
  assert_status (regex, 400);
  fault (bench, "{\"kind\":\"cut-before\",\"times\":-1}");
  gone = ask_shop (bench->town, "GET", "/orders/1000", NULL, NULL);
  assert_status (gone, 0);
  g_clear_pointer (&gone, answer_free);
  gone = command (bench->town, "DELETE", "/town/faults", NULL);
  fine = ask_shop (bench->town, "GET", "/orders/1000", NULL, NULL);
  assert_status (fine, 200);
}

/* The log keeps what was asked and what became of it, without credentials. */
static void
test_log (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) put = NULL;
  g_autoptr (Answer) log = NULL;
  g_autoptr (Answer) later = NULL;

  fault (bench, "{\"match\":{\"method\":\"PUT\"},\"kind\":\"500-after\"}");
  put = complete (bench);
  log = command (bench->town, "GET", "/town/log", NULL);
  later = command (bench->town, "GET", "/town/log?since=1", NULL);
  assert_status (put, 500);
  assert_text (log, "0.method", "PUT");
  assert_text (log, "0.path", "/shop/wp-json/wc/v3/orders/1000");
  assert_text (log, "0.fault", "500-after");
  assert_text (log, "0.status", "500");
  assert_text (log, "0.body", "{\"status\":\"completed\"}");
  g_assert_cmpuint (length_at (later, ""), ==, 0);
  g_assert_null (strstr (log->body, "cs_practice"));
}

#define ADD(path, test) g_test_add ("/town/faults/" path, Bench, NULL, bench_up, test, bench_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/town/faults/kinds/", cases[i].kind, NULL);

      g_test_add (path, Bench, &cases[i], bench_up, test_kinds, bench_down);
    }
  ADD ("what-is-seen", test_what_is_seen);
  ADD ("after-and-times", test_after_and_times);
  ADD ("delay", test_delay);
  ADD ("shut-while-waiting", test_shut_while_waiting);
  ADD ("cleared", test_cleared);
  ADD ("log", test_log);
  return g_test_run ();
}
