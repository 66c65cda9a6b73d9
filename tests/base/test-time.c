/* SPDX-License-Identifier: GPL-3.0-or-later
 * Instants, dates at a place across summer time and the date line, and a clock that a test can set.
 */
#include "wb-time.h"

#include <string.h>

#define NOON 1795003200 /* 2026-11-18T12:00:00Z */

typedef struct
{
  const char *text;
  WbInstant   instant;
} Instant;

static const Instant instants[] = {
  { "2026-11-18T12:00:00", NOON },       { "2026-11-18T12:00:00Z", NOON },
  { "2026-11-18 12:00:00", NOON },       { "2026-11-18T12:00:00.999Z", NOON },
  { "2026-11-18T13:00:00+01:00", NOON }, { "2026-11-18T17:30:00+0530", NOON },
  { "2026-11-18T04:00:00-08:00", NOON }, { "2026-11-19T02:00:00+14:00", NOON },
  { "1970-01-01T00:00:01Z", 1 },         { "1969-12-31T23:59:59Z", -1 },
  { "2000-02-29T00:00:00Z", 951782400 }, { "9999-12-31T23:59:59Z", 253402300799 },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autoptr (GError) error = NULL;
      WbInstant          instant = 5;

      g_test_message ("%s", instants[i].text);
      g_assert_true (wb_instant_parse (instants[i].text, &instant, &error));
      g_assert_no_error (error);
      g_assert_cmpint (instant, ==, instants[i].instant);
    }
}

static void
test_parse_refused (void)
{
  static const char *const bad[] = {
    "",
    "now",
    "2026-11-18",
    "12:00:00",
    "1795003200",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-18T25:00:00Z",
    "2026-11-18T12:00:00+25:00",
    "2026-11-18T12:00:00Q",
    " 2026-11-18T12:00:00Z",
    "0000-00-00T00:00:00",
    "-0001-11-30T00:00:00", /* how MySQL's zero date leaves a shop */
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      WbInstant          instant = 5;

      g_test_message ("%s", bad[i]);
      g_assert_false (wb_instant_parse (bad[i], &instant, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, bad[i]));
      g_assert_cmpint (instant, ==, 5);
    }
  g_assert_false (wb_instant_parse (NULL, NULL, NULL));
}

static void
test_iso (void)
{
  g_autofree char  *iso = wb_instant_to_iso (NOON);
  g_autofree char  *early = wb_instant_to_iso (G_GINT64_CONSTANT (-61094563200)); /* 33-12-25 */
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  g_assert_cmpstr (iso, ==, "2026-11-18T12:00:00Z");
  g_assert_cmpuint (strlen (early), ==, strlen (iso));
  g_assert_true (g_str_has_prefix (early, "0033-"));
  g_assert_null (wb_instant_to_iso (0));
  g_assert_null (wb_instant_to_iso (G_MAXINT64));
  for (guint i = 0; i < 2000; i++)
    {
      WbInstant instant = (WbInstant) g_rand_double_range (rand, -62135596800.0, 253402300799.0),
                back = 0;
      g_autofree char *text = wb_instant_to_iso (instant);

      g_assert_true (wb_instant_parse (text, &back, NULL));
      g_assert_cmpint (back, ==, instant);
    }
}

typedef struct
{
  const char *instant;
  const char *zone;
  const char *date;
} DateAt;

static const DateAt dates[] = {
  { "2026-11-18T12:00:00Z", "UTC", "2026-11-18" },
  { "2026-11-18T22:59:59Z", "Europe/Berlin", "2026-11-18" },
  { "2026-11-18T23:00:00Z", "Europe/Berlin", "2026-11-19" }, /* winter: one hour before */
  { "2026-07-18T21:59:59Z", "Europe/Berlin", "2026-07-18" },
  { "2026-07-18T22:00:00Z", "Europe/Berlin", "2026-07-19" }, /* summer: two */
  { "2026-03-28T23:00:00Z", "Europe/Berlin", "2026-03-29" }, /* the night the clocks go forward */
  { "2026-03-29T21:59:59Z", "Europe/Berlin", "2026-03-29" },
  { "2026-03-29T22:00:00Z", "Europe/Berlin", "2026-03-30" },
  { "2026-10-25T22:59:59Z", "Europe/Berlin", "2026-10-25" }, /* and back */
  { "2026-10-25T23:00:00Z", "Europe/Berlin", "2026-10-26" },
  { "2026-11-19T07:59:59Z", "America/Los_Angeles", "2026-11-18" },
  { "2026-11-19T08:00:00Z", "America/Los_Angeles", "2026-11-19" },
  { "2026-11-18T11:00:00Z", "Pacific/Auckland", "2026-11-19" },
  { "2026-11-18T10:59:59Z", "Pacific/Auckland", "2026-11-18" },
  /* three dates at one moment around the date line */
  { "2026-11-18T10:30:00Z", "Pacific/Kiritimati", "2026-11-19" },
  { "2026-11-18T10:30:00Z", "Pacific/Pago_Pago", "2026-11-17" },
  { "2026-11-18T10:30:00Z", "Europe/Berlin", "2026-11-18" },
  { "2026-12-31T23:30:00Z", "Asia/Kolkata", "2027-01-01" },
  { "2024-02-28T23:30:00Z", "Europe/Berlin", "2024-02-29" },
};

static void
test_date_at (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (GError) error = NULL;
      WbInstant          instant;
      char               date[WB_DATE_SIZE];

      g_test_message ("%s at %s", dates[i].instant, dates[i].zone);
      g_assert_true (wb_instant_parse (dates[i].instant, &instant, NULL));
      g_assert_true (wb_date_at (instant, dates[i].zone, date, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (date, ==, dates[i].date);
      g_assert_true (wb_date_is_valid (date));
    }
}

static void
test_date_at_refused (void)
{
  static const char *const zones[] = { "Europe/Nowhere", "", "../../etc/passwd", "Berlin" };
  char                     date[WB_DATE_SIZE] = "untouched";

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_date_at (NOON, zones[i], date, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
  /* a moment that has a date at Greenwich but none farther east */
  g_assert_false (wb_date_at (G_GINT64_CONSTANT (253402300799), "Pacific/Kiritimati", date, NULL));
  g_assert_false (wb_date_at (G_MAXINT64, "UTC", date, NULL));
  g_assert_cmpstr (date, ==, "untouched");
}

static void
test_date_is_valid (void)
{
  static const char *const bad[] = {
    "",           "2026-11-2",  "2026-11-222", "2026-02-29", "1900-02-29", "2026-00-10",
    "2026-11-00", "2026-11-31", "2026-13-01",  "0000-01-01", "2026/11/22", "22.11.2026",
    "2026-+1-02", "2026- 1-02", " 026-01-02",  "-026-01-02", "2026-11-0x", "20261122  ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (wb_date_is_valid (bad[i]));
    }
  g_assert_false (wb_date_is_valid (NULL));
  g_assert_true (wb_date_is_valid ("2026-11-22"));
  g_assert_true (wb_date_is_valid ("2024-02-29"));
  g_assert_true (wb_date_is_valid ("2000-02-29"));
  g_assert_true (wb_date_is_valid ("9999-12-31"));
}

static gint64
stopped_clock (gpointer data)
{
  return *(gint64 *) data;
}

static void
test_clock (void)
{
  gint64 hands = NOON, real = g_get_real_time () / G_USEC_PER_SEC;

  wb_clock_set (stopped_clock, &hands);
  g_assert_cmpint (wb_now (), ==, NOON);
  hands += 60;
  g_assert_cmpint (wb_now (), ==, NOON + 60);
  wb_clock_set (NULL, NULL);
  g_assert_cmpint (wb_now (), >=, real);
  g_assert_cmpint (wb_now (), <=, real + 60);
}

static void
assert_relative (const char *text, const char *now, const char *expected)
{
  WbInstant        at, present;
  g_autofree char *said = NULL;

  g_assert_true (wb_instant_parse (text, &at, NULL));
  g_assert_true (wb_instant_parse (now, &present, NULL));
  said = wb_instant_to_relative (at, present);
  g_assert_cmpstr (said, ==, expected);
}

/* main() puts the process in Berlin. */
static void
test_for_people (void)
{
  g_autofree char *text = wb_instant_to_text (NOON), *none = wb_instant_to_text (0);
  g_autofree char *never = wb_instant_to_relative (0, NOON);
  char             date[WB_DATE_SIZE];

  g_assert_cmpstr (text, ==, "2026-11-18 13:00");
  g_assert_cmpstr (none, ==, "–");
  g_assert_cmpstr (never, ==, "–");
  assert_relative ("2026-11-18T08:12:00Z", "2026-11-18T20:00:00Z", "Today 09:12");
  assert_relative ("2026-11-18T22:59:00Z", "2026-11-18T23:01:00Z",
                   "Yesterday"); /* midnight is Berlin's */
  assert_relative ("2026-11-18T23:01:00Z", "2026-11-18T22:59:00Z", "Tomorrow");
  assert_relative ("2026-11-16T08:00:00Z", "2026-11-18T08:00:00Z", "16 Nov");
  assert_relative ("2025-12-31T22:59:00Z", "2026-01-01T23:01:00Z", "31 Dec 2025");
  assert_relative ("2025-12-31T23:01:00Z", "2025-12-31T22:59:00Z", "Tomorrow");
  assert_relative ("2025-11-16T08:00:00Z", "2026-11-18T08:00:00Z", "16 Nov 2025");
  g_assert_true (wb_date_at (NOON + 11 * 3600, NULL, date, NULL));
  g_assert_cmpstr (date, ==, "2026-11-19");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/parse/refused", test_parse_refused);
  g_test_add_func ("/time/iso", test_iso);
  g_test_add_func ("/time/date-at", test_date_at);
  g_test_add_func ("/time/date-at/refused", test_date_at_refused);
  g_test_add_func ("/time/date-is-valid", test_date_is_valid);
  g_test_add_func ("/time/clock", test_clock);
  g_test_add_func ("/time/for-people", test_for_people);
  return g_test_run ();
}
