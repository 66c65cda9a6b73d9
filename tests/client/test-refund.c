/* SPDX-License-Identifier: GPL-3.0-or-later
 * A refund from outside, by keyboard alone: the order, its money, one piece of a line, the amount
 * in the button, and the town's books afterwards. */
#include "window-bench.h"

static WindowBench at;

static struct
{
  gint64 order;
} here;

static void
prepare (void)
{
  g_autoptr (GArray) calm = wb_bench_calm (at.bench, at.desk);
  g_autoptr (GError) error = NULL;
  gint64             shipment;

  here.order = g_array_index (calm, gint64, 0);
  shipment = wb_bench_plan (at.desk, here.order, &error);
  g_assert_no_error (error);
  wb_desk_ship (at.desk, shipment, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gint64
refunded_in_town (guint *records)
{
  g_autoptr (WbOrder)  order = wb_book_get_order (at.book, here.order, NULL);
  g_autoptr (JsonNode) root = wb_bench_books (at.bench);
  WbJson               books = wb_json_root (root, "books"), orders;
  guint                n = 0;
  gint64               sum = -1, count = 0;

  g_assert_true (wb_json_array (&books, "orders", &orders, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&orders, i);
      WbJson           payment = wb_json_member (&one, "payment");
      g_autofree char *id = wb_json_scalar_text (&one, "id");

      if (g_strcmp0 (id, wb_record_get_text (order, WB_ORDER_REMOTE_ID)) == 0 &&
          wb_json_int (&payment, "refunded", &sum, NULL) &&
          wb_json_int (&one, "refunds", &count, NULL))
        *records = (guint) count;
    }
  return sum;
}

/* The first piece of the first line with its tax, as the window lists them. */
static gint64
worth_of_one (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, here.order, NULL);
  GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM))
      {
        gint64 pieces = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_QUANTITY);

        return wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL) / pieces +
               wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TAX) / pieces;
      }
  return 0;
}

static AtspiAccessible *
open_window (void)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (at.window, ATSPI_ROLE_PUSH_BUTTON, "Refund…");

  a11y_tab_to (button);
  a11y_key (0, A11Y_RETURN);
  return a11y_wait (at.app, ATSPI_ROLE_FRAME, "Refund");
}

/* Nothing is chosen at first; one piece is typed; the button names what it is worth. */
static void
test_by_keyboard (void)
{
  g_autoptr (AtspiAccessible) window = NULL, spin = NULL, give = NULL;
  guint                       records = 0;
  gint64                      given = 0;
  g_autoptr (WbOrder)         after = NULL;

  window_bench_choose_order (&at, here.order);
  window = open_window ();
  spin = a11y_wait_start (window, ATSPI_ROLE_SPIN_BUTTON, "How many of ");
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  {
    g_autoptr (AtspiAccessible) none = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Give");

    g_assert_false (a11y_is (none, ATSPI_STATE_SENSITIVE));
  }
  a11y_tab_to (spin);
  a11y_key (A11Y_CONTROL, 'a');
  a11y_key (0, '1');
  give = a11y_wait_part (window, ATSPI_ROLE_PUSH_BUTTON, "EUR back");
  a11y_tab_to (give);
  a11y_key (0, A11Y_RETURN);
  A11Y_UNTIL (refunded_in_town (&records) > 0);
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Refund");
  given = refunded_in_town (&records);
  g_assert_cmpint (given, >, 0);
  g_assert_cmpuint (records, ==, 1);
  g_assert_cmpint (given, ==, worth_of_one ());
  after = wb_book_get_order (at.book, here.order, NULL);
  g_assert_cmpint (wb_record_get_int (after, WB_ORDER_CHARGE_REFUNDED), ==, given);
}

/* More than is left is said at once, and cannot be sent. */
static void
test_too_much (void)
{
  g_autoptr (AtspiAccessible) window = open_window ();
  g_autoptr (AtspiAccessible) amount = a11y_wait (window, ATSPI_ROLE_TEXT, "Free amount");

  a11y_type (amount, "99999");
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "can still be given back. ");
  {
    g_autoptr (AtspiAccessible) none = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Give");

    g_assert_false (a11y_is (none, ATSPI_STATE_SENSITIVE));
  }
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Refund");
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
  g_test_add_func ("/refund/by-keyboard", test_by_keyboard);
  g_test_add_func ("/refund/too-much", test_too_much);
  return window_bench_run (&at);
}
