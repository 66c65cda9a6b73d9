/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pieces of an order, changed from outside by keyboard alone: what it means for the payment is
 * said before, a shop that does not answer leaves the window as it is, and the shop has them in the
 * end. */
#include "window-bench.h"

#include "wb-desk-channel.h"

static WindowBench at;

static struct
{
  gint64 order, line, pieces;
} here;

static void
prepare (void)
{
  g_autoptr (GArray)  calm = wb_bench_calm (at.bench, at.desk);
  g_autoptr (WbOrder) order = NULL;
  gpointer            line;

  here.order = g_array_index (calm, gint64, 0);
  order = wb_book_get_order (at.book, here.order, NULL);
  line = wb_record_get_many (order, WB_ORDER_LINES)->pdata[0];
  here.line = wb_record_get_int (line, WB_ORDER_LINE_ID);
  here.pieces = wb_order_line_pieces (line);
}

static gint64
pieces_now (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, here.order, NULL);

  return wb_order_line_pieces (wb_order_find_line (order, here.line));
}

static AtspiAccessible *
open_window (void)
{
  g_autoptr (AtspiAccessible) button =
      a11y_wait (at.window, ATSPI_ROLE_PUSH_BUTTON, "Change Quantities…");

  a11y_tab_to (button);
  a11y_key (0, A11Y_RETURN);
  return a11y_wait (at.app, ATSPI_ROLE_FRAME, "Change Quantities");
}

static void
type_pieces (AtspiAccessible *window, gint64 pieces)
{
  g_autoptr (AtspiAccessible) spin =
      a11y_wait_start (window, ATSPI_ROLE_SPIN_BUTTON, "How many of ");
  g_autofree char *digits = g_strdup_printf ("%d", (int) pieces);

  a11y_tab_to (spin);
  a11y_key (A11Y_CONTROL, 'a');
  for (const char *digit = digits; *digit != '\0'; digit++)
    a11y_key (0, (guint) *digit);
}

/* Nothing is chosen at first; more pieces than are authorised; a shop that is away; and again. */
static void
test_by_keyboard (void)
{
  g_autoptr (AtspiAccessible) window = NULL, change = NULL;

  window_bench_choose_order (&at, here.order);
  window = open_window ();
  {
    g_autoptr (AtspiAccessible) none = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Change");

    g_assert_false (a11y_is (none, ATSPI_STATE_SENSITIVE));
  }
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  type_pieces (window, here.pieces + 2);
  change = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Change to ");
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "no more than that is taken when it ships");
  a11y_expect_part (window, ATSPI_ROLE_LABEL, " instead of ");

  g_free (wb_town_control (at.bench->town, "POST", "/town/faults",
                           "[{\"match\":{\"service\":\"shop\",\"method\":\"PUT\"},"
                           "\"kind\":\"503-html\",\"times\":-1}]",
                           NULL));
  a11y_tab_to (change);
  a11y_key (0, A11Y_RETURN);
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "shop");
  A11Y_UNTIL (a11y_is (change, ATSPI_STATE_SENSITIVE));
  g_assert_cmpint (pieces_now (), ==, here.pieces);
  wb_bench_no_faults (at.bench);
  a11y_tab_to (change);
  a11y_key (0, A11Y_RETURN);
  A11Y_UNTIL (pieces_now () == here.pieces + 2);
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Change Quantities");
}

/* Fewer are offered too, and what cannot be is said at once and cannot be sent. */
static void
test_none_left (void)
{
  g_autoptr (AtspiAccessible) window = open_window (), trouble = NULL;
  g_autoptr (WbOrder)         order = wb_book_get_order (at.book, here.order, NULL);
  GPtrArray                  *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint                       items = 0;

  for (guint i = 0; i < lines->len; i++)
    items += wb_order_line_pieces (lines->pdata[i]) > 0;
  type_pieces (window, items == 1 ? 0 : here.pieces);
  if (items == 1)
    trouble = a11y_wait_part (window, ATSPI_ROLE_LABEL, "Cancel it instead");
  else
    trouble = a11y_wait_part (window, ATSPI_ROLE_LABEL, "The payment covers it.");
  g_assert_nonnull (trouble);
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Change Quantities");
  g_assert_cmpint (pieces_now (), ==, here.pieces + 2);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 60;
  window_bench_make (&at, &options);
  prepare ();
  window_bench_open (&at);
  g_test_add_func ("/pieces/by-keyboard", test_by_keyboard);
  g_test_add_func ("/pieces/none-left", test_none_left);
  return window_bench_run (&at);
}
