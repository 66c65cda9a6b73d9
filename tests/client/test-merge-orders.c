/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders of one customer put into one parcel in the window: from the bar below the list, which says
 * why others cannot; from the order itself; and taken apart again. */
#include "../desk/merge-day.h"
#include "a11y.h"
#include "client-bench.h"

#include <locale.h>
#include <string.h>

#define PAIR      "pair"
#define THREE     "three"
#define KEY_ESC   0xff1b
#define KEY_ENTER 0xff0d

static struct
{
  MergeDay         day; /* two that could go together, and one that could not */
  char            *secrets;
  char            *numbers[3];
  const char      *program;
  AtspiAccessible *app;
  AtspiAccessible *window;
  GPid             pid;
} here;

static gboolean
stays_here (gint64 id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (here.day.book, id, NULL);
  gpointer            to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

  return to != NULL && g_strcmp0 (wb_record_get_text (to, WB_ADDRESS_COUNTRY), "DE") == 0;
}

static void
tag (const char *name, guint n)
{
  g_autoptr (GPtrArray) rows =
      wb_desk_run_batch (here.day.desk, WB_BATCH_TAG, here.day.ids, n, name, NULL, NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    g_assert_no_error (((WbBatchRow *) rows->pdata[i])->error);
}

static void
prepare (void)
{
  g_autoptr (GArray) calm = NULL;

  here.day.desk = wb_bench_open (here.day.bench->book);
  here.day.book = wb_desk_get_book (here.day.desk);
  calm = wb_bench_calm (here.day.bench, here.day.desk);
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

static void
start_window (void)
{
  g_autoptr (AtspiAccessible) ready = NULL, orders = NULL;
  const char                 *argv[] = { here.program,     "--book",     here.day.bench->book,
                                         "--secrets-file", here.secrets, NULL };

  here.app = a11y_start ((char **) argv, &here.pid);
  here.window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Waybill");
  ready = a11y_wait (here.window, ATSPI_ROLE_LIST, "Pages");
  a11y_key (A11Y_CONTROL, '2');
  orders = a11y_wait (here.window, ATSPI_ROLE_TREE_TABLE, "Orders");
}

static void
close_window (void)
{
  a11y_key (A11Y_CONTROL, 'q');
  g_assert_cmpint (a11y_wait_exit (here.pid), ==, 0);
  g_clear_object (&here.window);
  g_clear_object (&here.app);
}

static void
press (const char *name)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, name);

  a11y_click (button);
}

/* Only what bears this tag, all of it chosen. */
static void
choose (const char *name, const char *count)
{
  g_autoptr (AtspiAccessible) outer =
      a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, "Filter and saved views");
  g_autoptr (AtspiAccessible) inner = atspi_accessible_get_child_at_index (outer, 0, NULL);
  g_autoptr (AtspiAccessible) entry = NULL, chip = NULL, chosen = NULL;
  g_autofree char            *only = g_strconcat ("No longer only: ", name, NULL);

  a11y_click (inner);
  entry = a11y_wait (here.window, ATSPI_ROLE_TEXT, "Tag");
  a11y_type (entry, name);
  chip = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, only);
  a11y_key (0, KEY_ESC);
  a11y_wait_gone (here.window, ATSPI_ROLE_TEXT, "Tag");
  a11y_key (A11Y_CONTROL, 'f');
  a11y_key (0, KEY_ENTER);
  a11y_key (A11Y_CONTROL, 'a');
  chosen = a11y_wait (here.window, ATSPI_ROLE_LABEL, count);
  g_assert_nonnull (chosen);
}

static gboolean
is_offered (AtspiAccessible *button)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (button);

  return atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE);
}

/* Three of which one goes elsewhere: the bar says why they cannot go together. */
static void
test_reason (void)
{
  g_autoptr (AtspiAccessible) button = NULL;
  g_autofree char            *why = NULL;

  press ("All");
  choose (THREE, "3 selected");
  button = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, "Ship together");
  g_assert_false (is_offered (button));
  why = atspi_accessible_get_description (button, NULL);
  g_test_message ("%s", why);
  g_assert_nonnull (strstr (why, "different"));
}

/* A label that begins like this, with this order's number behind it. */
static void
wait_words (const char *words, guint other)
{
  g_autofree char            *text = g_strdup_printf ("%s #%s", words, here.numbers[other]);
  g_autoptr (AtspiAccessible) label = a11y_wait (here.window, ATSPI_ROLE_LABEL, text);

  g_assert_nonnull (label);
}

static guint
shown (void)
{
  g_autofree char            *first = g_strdup_printf ("#%s", here.numbers[0]);
  g_autoptr (AtspiAccessible) label = a11y_find (here.window, ATSPI_ROLE_LABEL, first);
  g_autofree char *goes = g_strdup_printf ("Goes into one parcel with #%s", here.numbers[1]);
  g_autoptr (AtspiAccessible) said = a11y_find (here.window, ATSPI_ROLE_LABEL, goes);

  return said != NULL ? 0 : 1;
}

static void
test_together (void)
{
  g_autofree char *told =
      g_strdup_printf ("#%s, #%s go into one parcel", here.numbers[0], here.numbers[1]);
  g_autofree char            *title = NULL;
  g_autoptr (AtspiAccessible) toast = NULL, goes = NULL, pane = NULL;
  guint                       which;

  choose (PAIR, "2 selected");
  press ("Ship together");
  toast = a11y_wait (here.window, ATSPI_ROLE_LABEL, told);
  g_assert_cmpuint (merge_day_count (&here.day, here.day.ids[0]), ==, 2);
  press ("Select nothing");
  goes = a11y_wait_start (here.window, ATSPI_ROLE_LABEL, "Goes into one parcel with #");
  which = shown ();
  press ("Ship by itself");
  wait_words ("Could go into one parcel with", 1 - which);
  g_assert_cmpuint (merge_day_count (&here.day, here.day.ids[0]), ==, 0);
  press ("Ship together");
  wait_words ("Goes into one parcel with", 1 - which);
  press ("Ship…");
  title = g_strdup_printf ("Ship #%s with #%s", here.numbers[which], here.numbers[1 - which]);
  pane = a11y_wait (here.window, ATSPI_ROLE_LABEL, title);
  g_assert_nonnull (pane);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  int           result;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (
      G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libatspi warns when a program is not ready yet */
  g_assert_cmpint (argc, ==, 2);
  here.program = argv[1];
  options.orders = 60;
  here.day.bench = client_bench_new (&options, &here.secrets);
  prepare ();
  start_window ();
  g_test_add_func ("/client/merge/reason", test_reason);
  g_test_add_func ("/client/merge/together", test_together);
  g_test_add_func ("/client/merge/close", close_window);
  result = g_test_run ();
  g_clear_object (&here.day.desk);
  wb_bench_free (here.day.bench);
  for (guint i = 0; i < 3; i++)
    g_free (here.numbers[i]);
  g_free (here.secrets);
  return result;
}
