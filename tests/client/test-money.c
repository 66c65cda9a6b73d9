/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Money page from outside, by name and keyboard: an order's evidence, orders of one state, a
 * payout opened to its orders, a gap accepted and one written off. */
#include "gallery-day.h"
#include "wb-desk-charge.h"
#include "wb-reconcile.h"
#include "window-bench.h"

#include <string.h>

#define UNDER 3 /* where that state is in the list of states */

static WindowBench at;

static struct
{
  gint64 order;  /* that was shipped and is short */
  char  *number; /* of it */
} here;

/* The one that is worth more than was authorised, and has left. */
static gint64
find_short (void)
{
  g_autoptr (GArray) ids =
      wb_book_list_order_ids (at.book, &(WbOrderQuery){ .sort = "placed_at" }, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64              id = g_array_index (ids, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (at.book, id, NULL);

      if (wb_record_get_int (order, WB_ORDER_CAPTURED) > 0 &&
          wb_order_open_amount (at.book, order, NULL) > 0)
        return id;
    }
  g_assert_not_reached ();
}

static void
set_up (void)
{
  g_autoptr (WbOrder) order = NULL;
  g_autoptr (GError)  error = NULL;

  gallery_live_a_day (at.bench);
  here.order = find_short ();
  order = wb_book_get_order (at.book, here.order, &error);
  g_assert_no_error (error);
  here.number = g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));
}

static void
keys (guint keysym, guint n)
{
  for (guint i = 0; i < n; i++)
    a11y_key (0, keysym);
}

/* Opens the line of a list beside the orders that says @part, as Return does. */
static void
open_line (const char *list, const char *part)
{
  g_autoptr (AtspiAccessible) lines = a11y_wait (at.window, ATSPI_ROLE_LIST, list);
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

/* The orders stand on the page; choosing one shows its evidence. */
static void
test_orders (void)
{
  g_autoptr (AtspiAccessible) table = NULL, list = NULL;

  a11y_show_page (at.window, "Money");
  table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Orders and their money");
  a11y_expect (table, ATSPI_ROLE_LABEL, here.number);
  list = a11y_wait (at.window, ATSPI_ROLE_LIST, "Orders and their money");
  g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), 0, NULL));
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Evidence");
  g_assert_cmpuint (a11y_bad_names (at.window), ==, 0);
}

/* By its state, only the one that is short is left. */
static void
test_state (void)
{
  g_autoptr (AtspiAccessible) table =
      a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Orders and their money");
  g_autoptr (AtspiAccessible) state = a11y_wait (at.window, ATSPI_ROLE_PUSH_BUTTON, "State");

  a11y_tab_to (state);
  a11y_key (0, A11Y_RETURN);
  keys (A11Y_DOWN, UNDER);
  a11y_key (0, A11Y_RETURN);
  a11y_wait_gone (table, ATSPI_ROLE_LABEL, "Matched");
  a11y_expect (table, ATSPI_ROLE_LABEL, here.number);
  a11y_expect (table, ATSPI_ROLE_LABEL, "Under");
}

/* A payout sums to the cent, and leads to each of its orders. */
static void
test_payout (void)
{
  g_autoptr (AtspiAccessible) items = NULL;

  a11y_click_start (at.window, "Payouts");
  open_line ("Payouts", "sums to the cent");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Its items sum to it, to the cent");
  items = a11y_wait (at.window, ATSPI_ROLE_LIST, "Evidence");
  a11y_expect_start (items, ATSPI_ROLE_LABEL, "#");
}

static guint
count_gaps (void)
{
  g_autoptr (GPtrArray) gaps = wb_list_money_gaps (at.book, 0, 0, FALSE, NULL);

  return gaps->len;
}

/* A movement that nobody knows is accepted with a reason, and is no gap any more. */
static void
test_accept (void)
{
  guint            before = count_gaps ();
  g_autofree char *left = g_strdup_printf ("Gaps %u", before - 1);

  a11y_click_start (at.window, "Gaps");
  open_line ("Gaps", "Payment of no known order");
  a11y_type_into (at.window, ATSPI_ROLE_TEXT, "Reason for accepting the gap",
                  "A sale at the market");
  a11y_press (at.window, "_Accept");
  A11Y_UNTIL (count_gaps () == before - 1);
  a11y_expect (at.window, ATSPI_ROLE_PUSH_BUTTON, left);
}

/* What is short of an order is written off where it is found: the amount stands in the button, and
 * a reason is needed. */
static void
test_write_off (void)
{
  g_autoptr (AtspiAccessible) window = NULL, way = NULL;
  g_autoptr (WbOrder)         order = NULL;
  guint                       before = count_gaps ();

  open_line ("Gaps", "Captured too little");
  a11y_press (at.window, "Received, Ask or Write Off");
  window = a11y_wait (at.app, ATSPI_ROLE_FRAME, "What is open");
  /* GTK 4.8 gives the list within a row of choices no name of its own. */
  g_assert_cmpuint (a11y_bad_names (window), <=, 1);
  way = a11y_wait (window, ATSPI_ROLE_LIST_ITEM, "It was received");
  a11y_tab_to (way);
  keys (A11Y_DOWN, 2);
  a11y_key (0, A11Y_RETURN);
  a11y_type_into (window, ATSPI_ROLE_TEXT, "Why it is given up", "Agreed on the telephone");
  a11y_press (window, "_Write off 15.00");
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "What is open");
  A11Y_UNTIL (count_gaps () == before - 1);
  order = wb_book_get_order (at.book, here.order, NULL);
  g_assert_cmpint (wb_order_open_amount (at.book, order, NULL), ==, 0);
}

/* ---- files ---- */

/* A statement of which nobody knows the column with the amounts: it says so and cannot be imported
 * until a person has chosen it; then its row is in the book. */
static void
test_import (void)
{
  g_autofree char *path = g_build_filename (at.bench->folder, "bank statement.csv", NULL);
  g_autoptr (AtspiAccessible) window = NULL, button = NULL, amount = NULL;

  g_assert_true (g_file_set_contents (
      path, "Buchungstag;Wieviel;Waehrung;Verwendungszweck\n20.11.2026;12,40;EUR;STRIPE PAYOUT\n",
      -1, NULL));
  a11y_press (at.window, "_Import…");
  a11y_choose_file (at.app, "Import a statement or an invoice", path);
  window = a11y_wait (at.app, ATSPI_ROLE_INVALID, "Import a file");
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "no column is said to be the amount");
  button = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Import");
  g_assert_false (a11y_is (button, ATSPI_STATE_SENSITIVE));
  amount = a11y_wait (window, ATSPI_ROLE_COMBO_BOX, "Amount");
  a11y_tab_to (amount);
  a11y_key (0, A11Y_RETURN);
  keys (A11Y_DOWN, 2); /* none, Buchungstag, Wieviel */
  a11y_key (0, A11Y_RETURN);
  A11Y_UNTIL (a11y_is (button, ATSPI_STATE_SENSITIVE));
  a11y_click (button);
  a11y_expect_start (window, ATSPI_ROLE_LABEL, "1 rows: 1 new, 0 known already");
  a11y_key (A11Y_CONTROL, 'w');
  a11y_wait_gone (at.app, ATSPI_ROLE_COMBO_BOX, "What it is");
}

/* The period for the accountant is written where the chooser says, and can be read there. */
static void
test_export (void)
{
  g_autofree char *path = g_build_filename (at.bench->folder, "for the accountant.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (AtspiAccessible) item = NULL;

  a11y_open_menu (at.window, "Export");
  item = a11y_wait_start (at.window, ATSPI_ROLE_MENU_ITEM, "Orders as a table");
  a11y_click (item);
  a11y_choose_file (at.app, "Orders as a table (CSV)", path);
  A11Y_UNTIL (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, here.number + 1));
}

/* By its button: with no window manager here, nobody gives the keyboard back after a chooser. */
static void
test_close (void)
{
  a11y_click_on (at.window, "Close");
  window_bench_wait_closed (&at);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  int           status;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 40;
  window_bench_make (&at, &options);
  set_up ();
  window_bench_open (&at);
  g_test_add_func ("/client/money/orders", test_orders);
  g_test_add_func ("/client/money/state", test_state);
  g_test_add_func ("/client/money/payout", test_payout);
  g_test_add_func ("/client/money/accept", test_accept);
  g_test_add_func ("/client/money/write-off", test_write_off);
  g_test_add_func ("/client/money/import", test_import);
  g_test_add_func ("/client/money/export", test_export);
  g_test_add_func ("/client/money/close", test_close);
  status = window_bench_run (&at);
  g_free (here.number);
  return status;
}
