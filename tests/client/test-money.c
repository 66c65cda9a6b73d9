/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Money page from outside, by name and keyboard: an order's evidence, orders of one state, a
 * payout opened to its orders, a gap accepted and one written off. */
#include "a11y.h"
#include "gallery-day.h"
#include "wb-desk-charge.h"
#include "wb-reconcile.h"

#include <locale.h>
#include <string.h>

#define POLL_US 20000
#define UNDER   3 /* where that state is in the list of states */

static struct
{
  WbBench         *bench;
  WbDesk          *desk;
  char            *secrets;
  AtspiAccessible *app;
  AtspiAccessible *window;
  GPid             pid;
  gint64           order;  /* that was shipped and is short */
  char            *number; /* of it */
} here;

/* The one that is worth more than was authorised, and has left. */
static gint64
find_short (void)
{
  WbBook            *book = wb_desk_get_book (here.desk);
  g_autoptr (GArray) ids =
      wb_book_list_order_ids (book, &(WbOrderQuery){ .sort = "placed_at" }, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64              id = g_array_index (ids, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (book, id, NULL);

      if (wb_record_get_int (order, WB_ORDER_CAPTURED) > 0 &&
          wb_order_open_amount (book, order, NULL) > 0)
        return id;
    }
  g_assert_not_reached ();
}

static void
set_up (const char *program)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = NULL;
  const char         *argv[] = { program, "--book", NULL, "--secrets-file", NULL, NULL };

  options.orders = 40;
  here.bench = client_bench_new (&options, &here.secrets);
  gallery_live_a_day (here.bench);
  here.desk = wb_bench_open (here.bench->book);
  here.order = find_short ();
  order = wb_book_get_order (wb_desk_get_book (here.desk), here.order, &error);
  g_assert_no_error (error);
  here.number = g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));
  argv[2] = here.bench->book;
  argv[4] = here.secrets;
  here.app = a11y_start ((char **) argv, &here.pid);
  here.window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Waybill");
}

static void
press (AtspiAccessible *top, const char *start)
{
  g_autoptr (AtspiAccessible) button = a11y_wait_start (top, ATSPI_ROLE_PUSH_BUTTON, start);

  a11y_tab_to (button);
  a11y_key (0, A11Y_RETURN);
}

static void
keys (guint keysym, guint n)
{
  for (guint i = 0; i < n; i++)
    a11y_key (0, keysym);
}

static void
show_view (const char *start)
{
  g_autoptr (AtspiAccessible) button = a11y_wait_start (here.window, ATSPI_ROLE_PUSH_BUTTON, start);

  a11y_click (button);
}

/* Opens the line of a list beside the orders that says @part, as Return does. */
static void
open_line (const char *list, const char *part)
{
  g_autoptr (AtspiAccessible) lines = a11y_wait (here.window, ATSPI_ROLE_LIST, list);
  g_autoptr (AtspiAccessible) line = a11y_wait_part (lines, ATSPI_ROLE_LABEL, part);

  while (atspi_accessible_get_role (line, NULL) != ATSPI_ROLE_LIST_ITEM)
    {
      AtspiAccessible *above = atspi_accessible_get_parent (line, NULL);

      g_assert_nonnull (above);
      g_object_unref (line);
      line = above;
    }
  a11y_tab_to (line);
  a11y_key (0, A11Y_RETURN);
}

static void
expect_part (AtspiAccessible *top, const char *part)
{
  g_autoptr (AtspiAccessible) found = a11y_wait_part (top, ATSPI_ROLE_LABEL, part);

  g_assert_nonnull (found);
}

static void
expect (AtspiAccessible *top, const char *label)
{
  g_autoptr (AtspiAccessible) found = a11y_wait (top, ATSPI_ROLE_LABEL, label);

  g_assert_nonnull (found);
}

/* The last of the pages, whatever its number. */
static void
go_to_money (void)
{
  g_autoptr (AtspiAccessible) page = NULL;

  for (guint key = '9'; key >= '5' && page == NULL; key--)
    {
      gint64 end = g_get_monotonic_time () + G_TIME_SPAN_SECOND;

      a11y_key (A11Y_CONTROL, key);
      while (page == NULL && g_get_monotonic_time () < end)
        page = a11y_find_start (here.window, ATSPI_ROLE_PUSH_BUTTON, "Payouts");
    }
  g_assert_nonnull (page);
}

/* The orders stand on the page; choosing one shows its evidence. */
static void
test_orders (void)
{
  g_autoptr (AtspiAccessible) table = NULL, cell = NULL, list = NULL;

  go_to_money ();
  table = a11y_wait (here.window, ATSPI_ROLE_TREE_TABLE, "Orders and their money");
  cell = a11y_wait (table, ATSPI_ROLE_LABEL, here.number);
  list = a11y_wait (here.window, ATSPI_ROLE_LIST, "Orders and their money");
  g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), 0, NULL));
  expect (here.window, "Evidence");
  g_assert_cmpuint (a11y_bad_names (here.window), ==, 0);
}

/* By its state, only the one that is short is left. */
static void
test_state (void)
{
  g_autoptr (AtspiAccessible) table =
      a11y_wait (here.window, ATSPI_ROLE_TREE_TABLE, "Orders and their money");
  g_autoptr (AtspiAccessible) state = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, "State");

  a11y_tab_to (state);
  a11y_key (0, A11Y_RETURN);
  keys (A11Y_DOWN, UNDER);
  a11y_key (0, A11Y_RETURN);
  a11y_wait_gone (table, ATSPI_ROLE_LABEL, "Matched");
  expect (table, here.number);
  expect (table, "Under");
}

/* A payout sums to the cent, and leads to each of its orders. */
static void
test_payout (void)
{
  g_autoptr (AtspiAccessible) items = NULL, order = NULL;

  show_view ("Payouts");
  open_line ("Payouts", "sums to the cent");
  expect (here.window, "Its items sum to it, to the cent");
  items = a11y_wait (here.window, ATSPI_ROLE_LIST, "Evidence");
  order = a11y_wait_start (items, ATSPI_ROLE_LABEL, "#");
  g_assert_nonnull (order);
}

static guint
count_gaps (void)
{
  g_autoptr (GPtrArray) gaps = wb_list_money_gaps (wb_desk_get_book (here.desk), 0, 0, FALSE, NULL);

  return gaps->len;
}

static void
wait_gaps (guint n)
{
  gint64 end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  while (count_gaps () != n && g_get_monotonic_time () < end)
    g_usleep (POLL_US);
  g_assert_cmpuint (count_gaps (), ==, n);
}

/* A movement that nobody knows is accepted with a reason, and is no gap any more. */
static void
test_accept (void)
{
  g_autoptr (AtspiAccessible) reason = NULL, fewer = NULL;
  guint                       before = count_gaps ();
  g_autofree char            *left = g_strdup_printf ("Gaps %u", before - 1);

  show_view ("Gaps");
  open_line ("Gaps", "Payment of no known order");
  reason = a11y_wait (here.window, ATSPI_ROLE_TEXT, "Reason for accepting the gap");
  a11y_type (reason, "A sale at the market");
  press (here.window, "_Accept");
  wait_gaps (before - 1);
  fewer = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, left);
  g_assert_nonnull (fewer);
}

/* What is short of an order is written off where it is found: the amount stands in the button, and
 * a reason is needed. */
static void
test_write_off (void)
{
  g_autoptr (AtspiAccessible) window = NULL, way = NULL, reason = NULL;
  g_autoptr (WbOrder)         order = NULL;
  guint                       before = count_gaps ();

  open_line ("Gaps", "Captured too little");
  press (here.window, "Received, Ask or Write Off");
  window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "What is open");
  /* GTK 4.8 gives the list within a row of choices no name of its own. */
  g_assert_cmpuint (a11y_bad_names (window), <=, 1);
  way = a11y_wait (window, ATSPI_ROLE_LIST_ITEM, "It was received");
  a11y_tab_to (way);
  keys (A11Y_DOWN, 2);
  a11y_key (0, A11Y_RETURN);
  reason = a11y_wait (window, ATSPI_ROLE_TEXT, "Why it is given up");
  a11y_type (reason, "Agreed on the telephone");
  press (window, "_Write off 15.00");
  a11y_wait_gone (here.app, ATSPI_ROLE_FRAME, "What is open");
  wait_gaps (before - 1);
  order = wb_book_get_order (wb_desk_get_book (here.desk), here.order, NULL);
  g_assert_cmpint (wb_order_open_amount (wb_desk_get_book (here.desk), order, NULL), ==, 0);
}

/* ---- files ---- */

static gboolean
can_press (AtspiAccessible *button)
{
  g_autoptr (AtspiStateSet) states = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  states = atspi_accessible_get_state_set (button);
  return states != NULL && atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE);
}

/* A statement of which nobody knows the column with the amounts: it says so and cannot be imported
 * until a person has chosen it; then its row is in the book. */
static void
test_import (void)
{
  g_autofree char *path = g_build_filename (here.bench->folder, "bank statement.csv", NULL);
  g_autoptr (AtspiAccessible) window = NULL, button = NULL, amount = NULL, outcome = NULL;
  gint64                      end;

  g_assert_true (g_file_set_contents (
      path, "Buchungstag;Wieviel;Waehrung;Verwendungszweck\n20.11.2026;12,40;EUR;STRIPE PAYOUT\n",
      -1, NULL));
  press (here.window, "_Import…");
  a11y_choose_file (here.app, "Import a statement or an invoice", path);
  window = a11y_wait (here.app, ATSPI_ROLE_INVALID, "Import a file");
  expect_part (window, "no column is said to be the amount");
  button = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Import");
  g_assert_false (can_press (button));
  amount = a11y_wait (window, ATSPI_ROLE_COMBO_BOX, "Amount");
  a11y_tab_to (amount);
  a11y_key (0, A11Y_RETURN);
  keys (A11Y_DOWN, 2); /* none, Buchungstag, Wieviel */
  a11y_key (0, A11Y_RETURN);
  for (end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;
       !can_press (button) && g_get_monotonic_time () < end;)
    g_usleep (POLL_US);
  g_assert_true (can_press (button));
  a11y_click (button);
  outcome = a11y_wait_start (window, ATSPI_ROLE_LABEL, "1 rows: 1 new, 0 known already");
  a11y_key (A11Y_CONTROL, 'w');
  a11y_wait_gone (here.app, ATSPI_ROLE_COMBO_BOX, "What it is");
}

/* The period for the accountant is written where the chooser says, and can be read there. */
static void
test_export (void)
{
  g_autofree char *path = g_build_filename (here.bench->folder, "for the accountant.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (AtspiAccessible) item = NULL;
  gint64                      end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  a11y_open_menu (here.window, "Export");
  item = a11y_wait_start (here.window, ATSPI_ROLE_MENU_ITEM, "Orders as a table");
  a11y_click (item);
  a11y_choose_file (here.app, "Orders as a table (CSV)", path);
  while (!g_file_test (path, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    g_usleep (POLL_US);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, here.number + 1));
}

/* By its button: with no window manager here, nobody gives the keyboard back after a chooser. */
static void
test_close (void)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, "Close");

  a11y_click (button);
  g_assert_cmpint (a11y_wait_exit (here.pid), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (
      G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libatspi warns when a program is not ready yet */
  g_assert_cmpint (argc, ==, 2);
  set_up (argv[1]);
  g_test_add_func ("/client/money/orders", test_orders);
  g_test_add_func ("/client/money/state", test_state);
  g_test_add_func ("/client/money/payout", test_payout);
  g_test_add_func ("/client/money/accept", test_accept);
  g_test_add_func ("/client/money/write-off", test_write_off);
  g_test_add_func ("/client/money/import", test_import);
  g_test_add_func ("/client/money/export", test_export);
  g_test_add_func ("/client/money/close", test_close);
  status = g_test_run ();
  g_clear_object (&here.window);
  g_clear_object (&here.app);
  g_clear_object (&here.desk);
  g_free (here.number);
  g_free (here.secrets);
  wb_bench_free (here.bench);
  return status;
}
