/* SPDX-License-Identifier: GPL-3.0-or-later
 * Today from outside, as a screen reader sees it: the line broke after a payment was
 * taken and after a label was bought; the inbox says so, asks, and nothing is doubled. A hold is
 * released and the release taken back. */
#include "window-bench.h"

static WindowBench at;

static struct
{
  gint64 captured, bought, held; /* orders */
} here;

static guint count_operations (gint64 order_id, const char *kind, const char *state);

static void
fault (const char *service, const char *method, const char *path, const char *kind, guint after)
{
  g_autofree char *body =
      g_strdup_printf ("[{\"match\":{\"service\":\"%s\",\"method\":\"%s\",\"path-regex\":\"%s\"},"
                       "\"kind\":\"%s\",\"after\":%u,\"times\":1000}]",
                       service, method, path, kind, after);
  guint            status = 0;
  g_autofree char *reply = wb_town_control (at.bench->town, "POST", "/town/faults", body, &status);

  g_assert_cmpuint (status / 100, ==, 2);
}

/* The line breaks after the vendor has acted, and stays away. @answered: how many questions before
 * the effect are still answered. */
static void
lose_line (gint64 order_id, const char *kind, const char *service, const char *path, guint answered)
{
  g_autoptr (GError) error = NULL;
  gint64             shipment = wb_bench_plan (at.desk, order_id, &error);

  g_assert_no_error (error);
  /* The first try may end at a question of an earlier step. */
  for (guint i = 0; count_operations (order_id, kind, WB_OPERATION_UNSURE) == 0; i++)
    {
      g_assert_cmpuint (i, <, 3);
      wb_bench_no_faults (at.bench);
      fault (service, "POST", path, "cut-after", 0);
      fault (service, "GET", ".*", "cut-before", answered);
      g_assert_false (wb_desk_ship (at.desk, shipment, NULL, NULL, NULL, NULL));
    }
  wb_bench_no_faults (at.bench);
}

static char *
number_of (gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, order_id, NULL);

  return g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));
}

static guint
count_operations (gint64 order_id, const char *kind, const char *state)
{
  g_autoptr (GPtrArray) all = wb_book_list_operations_of (at.book, order_id, 0, NULL);
  guint                 n = 0;

  for (guint i = 0; i < all->len; i++)
    n += g_str_equal (wb_record_get_text (all->pdata[i], WB_OPERATION_KIND), kind) &&
         wb_operation_is (all->pdata[i], state);
  return n;
}

/* The row of @inbox whose title begins with @title, now. */
static AtspiAccessible *
find_row (AtspiAccessible *inbox, const char *title)
{
  int n = atspi_accessible_get_child_count (inbox, NULL);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) row = atspi_accessible_get_child_at_index (inbox, i, NULL);
      g_autoptr (AtspiAccessible) label =
          row != NULL ? a11y_find_start (row, ATSPI_ROLE_LABEL, title) : NULL;

      if (label != NULL)
        return g_steal_pointer (&row);
    }
  return NULL;
}

/* The row about @order_id, whose title begins with @start. */
static AtspiAccessible *
wait_row (gint64 order_id, const char *start)
{
  g_autofree char            *number = number_of (order_id);
  g_autofree char            *title = g_strdup_printf ("%s %s", number, start);
  g_autoptr (AtspiAccessible) inbox = a11y_wait (at.window, ATSPI_ROLE_LIST, "Needs you");
  AtspiAccessible            *row = NULL;

  A11Y_UNTIL ((row = find_row (inbox, title)) != NULL);
  return row;
}

/* Does the next step of a row as a screen reader does. */
static void
press (gint64 order_id, const char *start, const char *name)
{
  g_autoptr (AtspiAccessible) row = wait_row (order_id, start);

  a11y_click_on (row, name);
}

static void
wait_row_gone (gint64 order_id, const char *start)
{
  g_autofree char *number = number_of (order_id);
  g_autofree char *title = g_strdup_printf ("%s %s", number, start);

  a11y_wait_gone_start (at.window, ATSPI_ROLE_LABEL, title);
}

/* The gateway is away: the row says so and stays. It is back: the row goes, and the money was taken
 * once. */
static void
test_captured (void)
{
  g_autoptr (AtspiAccessible) again = NULL;
  g_autoptr (WbOrder)         order = NULL;
  g_autoptr (GPtrArray)       entries = NULL;
  guint                       taken = 0;

  a11y_key (A11Y_CONTROL, '1');
  press (here.captured, "· Take a payment", "Ask what happened");
  again = wait_row (here.captured, "· Take a payment");
  a11y_expect_part (again, ATSPI_ROLE_LABEL, "asked what happened first");
  g_assert_cmpuint (count_operations (here.captured, WB_OP_CAPTURE, WB_OPERATION_UNSURE), ==, 1);
  wb_bench_no_faults (at.bench);
  press (here.captured, "· Take a payment", "Ask what happened");
  A11Y_UNTIL (count_operations (here.captured, WB_OP_CAPTURE, WB_OPERATION_DONE) > 0);
  wait_row_gone (here.captured, "· Take a payment");
  order = wb_book_get_order (at.book, here.captured, NULL);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==,
                   wb_record_get_int (order, WB_ORDER_TOTAL));
  entries = wb_book_list_entries (at.book, here.captured, NULL);
  for (guint i = 0; i < entries->len; i++)
    taken += g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_CAPTURED);
  g_assert_cmpuint (taken, ==, 1);
}

static gboolean
is_shipped (gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, order_id, NULL);

  return g_str_equal (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_SHIPPED);
}

/* The label was bought once, is kept, and the order went on to its end. */
static void
test_bought (void)
{
  g_autoptr (GPtrArray) labels = NULL;
  lose_line (here.bought, WB_OP_BUY_LABEL, "easypost", "/buy$", 0);
  a11y_key (A11Y_CONTROL, '1');
  press (here.bought, "· Buy a label", "Ask what happened");
  wait_row_gone (here.bought, "· Buy a label");
  A11Y_UNTIL (is_shipped (here.bought));
  labels = wb_book_list_labels (at.book, here.bought, NULL);
  g_assert_cmpuint (labels->len, ==, 1);
  g_assert_cmpuint (count_operations (here.bought, WB_OP_BUY_LABEL, WB_OPERATION_DONE), ==, 1);
}

static gboolean
is_held (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, here.held, NULL);

  return wb_record_get_text (order, WB_ORDER_HOLD_REASON) != NULL;
}

/* Released, and held again with the same reason by the toast's button. */
static void
test_undo (void)
{
  g_autoptr (AtspiAccessible) undo = NULL;
  g_autoptr (GError)          error = NULL;

  g_assert_true (wb_desk_hold (at.desk, here.held, "rings <back> & soon", &error));
  a11y_key (A11Y_CONTROL, '1');
  press (here.held, "is on hold: rings <back> & soon", "Release");
  A11Y_UNTIL (!is_held ());
  undo = a11y_wait (at.window, ATSPI_ROLE_PUSH_BUTTON, "Undo");
  g_assert_cmpuint (a11y_bad_names (at.window), ==, 0); /* the toast's own button has a name */
  a11y_click (undo);
  A11Y_UNTIL (is_held ());
  g_object_unref (wait_row (here.held, "is on hold: rings <back> & soon"));
}

static void
set_up (void)
{
  g_autoptr (GArray) calm = wb_bench_calm (at.bench, at.desk);

  g_assert_cmpuint (calm->len, >=, 3);
  here.captured = g_array_index (calm, gint64, 0);
  here.bought = g_array_index (calm, gint64, 1);
  here.held = g_array_index (calm, gint64, 2);
  lose_line (here.captured, WB_OP_CAPTURE, "stripe", "/capture$", 1);
  /* The line is still away when the window opens, which asks after what was left. */
  fault ("stripe", "GET", ".*", "cut-before", 0);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 40;
  window_bench_make (&at, &options);
  set_up ();
  window_bench_open (&at);
  g_test_add_func ("/client/today/captured", test_captured);
  g_test_add_func ("/client/today/bought", test_bought);
  g_test_add_func ("/client/today/undo", test_undo);
  return window_bench_run (&at);
}
