/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders of one customer put into one parcel in the window: from the bar below the list, which says
 * why others cannot; from the order itself; and taken apart again. */
#include "../desk/merge-day.h"
#include "window-bench.h"

#include <string.h>

#define PAIR  "pair"
#define THREE "three"

static WindowBench at;

static struct
{
  MergeDay day; /* two that could go together, and one that could not */
  char    *numbers[3];
} here;

static gboolean
stays_here (gint64 id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, id, NULL);
  gpointer            to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

  return to != NULL && g_strcmp0 (wb_record_get_text (to, WB_ADDRESS_COUNTRY), "DE") == 0;
}

static void
tag (const char *name, guint n)
{
  g_autoptr (GPtrArray) rows =
      wb_desk_run_batch (at.desk, WB_BATCH_TAG, here.day.ids, n, name, NULL, NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    g_assert_no_error (((WbBatchRow *) rows->pdata[i])->error);
}

static void
prepare (void)
{
  g_autoptr (GArray) calm = wb_bench_calm (at.bench, at.desk);

  here.day = (MergeDay){ .bench = at.bench, .desk = at.desk, .book = at.book };
  for (guint i = 0; i < calm->len && here.day.n < 3; i++)
    if (stays_here (g_array_index (calm, gint64, i)))
      here.day.ids[here.day.n++] = g_array_index (calm, gint64, i);
  g_assert_cmpuint (here.day.n, ==, 3);
  merge_day_twin (&here.day, here.day.ids[1]);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (WbOrder) order = merge_day_order (&here.day, here.day.ids[i]);

      here.numbers[i] = g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
    }
  tag (THREE, 3);
  tag (PAIR, 2);
}

/* Only what bears this tag, all of it chosen. */
static void
choose (const char *name, const char *count)
{
  g_autofree char *only = g_strconcat ("No longer only: ", name, NULL);

  a11y_open_menu (at.window, "Filter and saved views");
  a11y_type_into (at.window, ATSPI_ROLE_TEXT, "Tag", name);
  a11y_expect (at.window, ATSPI_ROLE_PUSH_BUTTON, only);
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (at.window, ATSPI_ROLE_TEXT, "Tag");
  a11y_key (A11Y_CONTROL, 'f');
  a11y_key (0, A11Y_RETURN);
  a11y_key (A11Y_CONTROL, 'a');
  a11y_expect (at.window, ATSPI_ROLE_LABEL, count);
}

/* Three of which one goes elsewhere: the bar says why they cannot go together. */
static void
test_reason (void)
{
  g_autoptr (AtspiAccessible) button = NULL;
  g_autofree char            *why = NULL;

  a11y_click_on (at.window, "All");
  choose (THREE, "3 selected");
  button = a11y_wait (at.window, ATSPI_ROLE_PUSH_BUTTON, "Ship together");
  g_assert_false (a11y_is (button, ATSPI_STATE_SENSITIVE));
  why = atspi_accessible_get_description (button, NULL);
  g_test_message ("%s", why);
  g_assert_nonnull (strstr (why, "different"));
}

/* A label that begins like this, with this order's number behind it. */
static void
wait_words (const char *words, guint other)
{
  g_autofree char *text = g_strdup_printf ("%s #%s", words, here.numbers[other]);

  a11y_expect (at.window, ATSPI_ROLE_LABEL, text);
}

static guint
shown (void)
{
  g_autofree char            *first = g_strdup_printf ("#%s", here.numbers[0]);
  g_autoptr (AtspiAccessible) label = a11y_find (at.window, ATSPI_ROLE_LABEL, first);
  g_autofree char *goes = g_strdup_printf ("Goes into one parcel with #%s", here.numbers[1]);
  g_autoptr (AtspiAccessible) said = a11y_find (at.window, ATSPI_ROLE_LABEL, goes);

  return said != NULL ? 0 : 1;
}

static void
test_together (void)
{
  g_autofree char *told =
      g_strdup_printf ("#%s, #%s go into one parcel", here.numbers[0], here.numbers[1]);
  g_autofree char            *title = NULL;
  g_autoptr (AtspiAccessible) goes = NULL;
  guint                       which;

  choose (PAIR, "2 selected");
  a11y_click_on (at.window, "Ship together");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, told);
  g_assert_cmpuint (merge_day_count (&here.day, here.day.ids[0]), ==, 2);
  a11y_click_on (at.window, "Select nothing");
  goes = a11y_wait_start (at.window, ATSPI_ROLE_LABEL, "Goes into one parcel with #");
  which = shown ();
  a11y_click_on (at.window, "Ship by itself");
  wait_words ("Could go into one parcel with", 1 - which);
  g_assert_cmpuint (merge_day_count (&here.day, here.day.ids[0]), ==, 0);
  a11y_click_on (at.window, "Ship together");
  wait_words ("Goes into one parcel with", 1 - which);
  a11y_click_on (at.window, "Ship…");
  title = g_strdup_printf ("Ship #%s with #%s", here.numbers[which], here.numbers[1 - which]);
  a11y_expect (at.window, ATSPI_ROLE_LABEL, title);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  int           status;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 60;
  window_bench_make (&at, &options);
  prepare ();
  window_bench_open_orders (&at);
  g_test_add_func ("/client/merge/reason", test_reason);
  g_test_add_func ("/client/merge/together", test_together);
  status = window_bench_run (&at);
  for (guint i = 0; i < 3; i++)
    g_free (here.numbers[i]);
  return status;
}
