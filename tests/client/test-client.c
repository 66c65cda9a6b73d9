/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window from outside, as a screen reader and a keyboard see it: list, search, detail, ship,
 * another's change, close. */
#include "wb-rules.h"
#include "window-bench.h"

#define KEY_ALT    64 /* X's keycode of the left one */
#define WISHED_BOX "Gift box"

static WindowBench at;

static struct
{
  gint64 order_id; /* the one that is shipped */
  char  *number;   /* “#1042” */
  char  *name;
  gint64 held_id; /* the one that is put on hold */
} here;

/* Every parcel goes into a box that is not the usual one: with it the pane of an order begins. */
static void
wish_box (void)
{
  g_autoptr (WbPackage) box = wb_package_new ();
  g_autoptr (WbRule)    rule = wb_rule_new ();
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (box, WB_PACKAGE_NAME, WISHED_BOX);
  wb_record_set_int (box, WB_PACKAGE_LENGTH_MM, 320);
  wb_record_set_int (box, WB_PACKAGE_WIDTH_MM, 220);
  wb_record_set_int (box, WB_PACKAGE_HEIGHT_MM, 120);
  g_assert_true (wb_desk_save_package (at.desk, box, &error));
  wb_record_set_text (rule, WB_RULE_NAME, "Gifts");
  wb_record_set_bool (rule, WB_RULE_ENABLED, TRUE);
  g_assert_true (wb_rule_add_action (rule, "package " WISHED_BOX, &error));
  g_assert_true (wb_desk_save_rule (at.desk, rule, &error));
  g_assert_true (wb_desk_apply_rules (at.desk, 0, &error));
  g_assert_no_error (error);
}

/* An authorised order that its number alone finds. */
static void
choose_order (void)
{
  g_autoptr (GArray) calm = wb_bench_calm (at.bench, at.desk);

  for (guint i = 0; i < calm->len && here.name == NULL; i++)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (at.book, g_array_index (calm, gint64, i), NULL);
      const char        *name = wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME);
      g_autoptr (GArray) alike =
          wb_book_search (at.book, wb_record_get_text (order, WB_ORDER_NUMBER), 10, NULL);

      if (g_utf8_strlen (name, -1) < 6 || alike == NULL || alike->len != 1)
        continue;
      here.order_id = g_array_index (calm, gint64, i);
      here.name = g_strdup (name);
      here.number = g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));
    }
  g_assert_nonnull (here.name);
  wish_box ();
  g_test_message ("the order is %s of %s", here.number, here.name);
}

static void
test_list (void)
{
  g_autoptr (AtspiAccessible) table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Orders");

  a11y_expect (table, ATSPI_ROLE_INVALID, "Customer");
  a11y_expect_start (table, ATSPI_ROLE_LABEL, "#1");
  a11y_expect (table, ATSPI_ROLE_LABEL, "To ship");
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, "Practice");
}

static void
test_names (void)
{
  g_assert_cmpuint (a11y_bad_names (at.window), ==, 0);
}

/* Ctrl+F and half a name: the order is in the list. */
static void
test_search (void)
{
  g_autofree char *half = g_utf8_substring (here.name, 0, g_utf8_strlen (here.name, -1) / 2 + 1);
  g_autoptr (AtspiAccessible) entry = a11y_wait (at.window, ATSPI_ROLE_ENTRY, "Search orders");
  g_autoptr (AtspiAccessible) table = NULL, row = NULL;

  a11y_key (A11Y_CONTROL, 'f');
  a11y_type (entry, half);
  table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Orders");
  row = a11y_wait (table, ATSPI_ROLE_LABEL, here.number);
  g_assert_nonnull (row);
}

static void
test_detail (void)
{
  g_autofree char *first_line = g_strdup_printf ("%s\n", here.name);

  window_bench_find_order (&at, here.number + 1);
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, first_line);
  a11y_expect (at.window, ATSPI_ROLE_LIST, "Lines");
  a11y_expect (at.window, ATSPI_ROLE_PUSH_BUTTON, "Ship…");
}

/* Ctrl+Return opens the pane, a weight is typed, Ctrl+Return buys, prints, captures and reports. */
static void
test_ship (void)
{
  g_autoptr (AtspiAccessible) pane = NULL, weight = NULL, button = NULL, done = NULL,
                              outcome = NULL;
  g_autoptr (GPtrArray) shipments = NULL;
  GPtrArray            *parcels;
  g_autoptr (WbOrder)   order = NULL;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *title = g_strdup_printf ("Ship %s", here.number);
  g_autofree char      *shipped = g_strdup_printf ("Order %s is shipped", here.number);

  a11y_key (A11Y_CONTROL, A11Y_RETURN);
  pane = a11y_wait (at.window, ATSPI_ROLE_LABEL, title);
  weight = a11y_wait (at.window, ATSPI_ROLE_SPIN_BUTTON, "Weight in grams");
  for (const char *key = "700"; *key != '\0'; key++)
    a11y_key (0, (guint) *key);
  a11y_key (KEY_ALT, 's'); /* handed over against a signature: it is rated anew */
  button = a11y_wait_start (at.window, ATSPI_ROLE_PUSH_BUTTON, "_Buy label for");
  a11y_key (A11Y_CONTROL, A11Y_RETURN);
  outcome = a11y_wait (at.window, ATSPI_ROLE_LABEL, shipped);
  done = a11y_wait_start (at.window, ATSPI_ROLE_LIST_ITEM, wb_step_title (WB_STEP_MARK));
  order = wb_book_get_order (at.book, here.order_id, &error);
  g_assert_no_error (error);
  shipments = wb_book_list_shipments (at.book, here.order_id, &error);
  g_assert_no_error (error);
  g_assert_true (wb_record_get_bool (shipments->pdata[0], WB_SHIPMENT_SIGNATURE));
  parcels = wb_record_get_many (shipments->pdata[0], WB_SHIPMENT_PARCELS);
  g_assert_cmpstr (wb_record_get_text (parcels->pdata[0], WB_PARCEL_PACKAGE), ==, WISHED_BOX);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), ==, WB_CHARGE_CAPTURED);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==,
                   wb_record_get_int (order, WB_ORDER_TOTAL));
}

/* What this process does to the book shows in the window by itself. */
static void
test_foreign_change (void)
{
  g_autoptr (GArray)  calm = wb_bench_ready (at.desk, WB_CHARGE_AUTHORISED);
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, g_array_index (calm, gint64, 0), NULL);
  g_autofree char    *number = g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));
  g_autoptr (AtspiAccessible) entry = a11y_wait (at.window, ATSPI_ROLE_ENTRY, "Search orders");
  g_autoptr (AtspiAccessible) table = NULL, row = NULL, held = NULL;
  g_autoptr (GError)          error = NULL;

  a11y_type (entry, wb_record_get_text (order, WB_ORDER_NUMBER));
  table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Orders");
  row = a11y_wait (table, ATSPI_ROLE_LABEL, number);
  g_assert_null (a11y_find (table, ATSPI_ROLE_LABEL, "On hold"));
  here.held_id = g_array_index (calm, gint64, 0);
  wb_desk_hold (at.desk, here.held_id, "The customer rang", &error);
  g_assert_no_error (error);
  held = a11y_wait (table, ATSPI_ROLE_LABEL, "On hold");
  g_assert_nonnull (held);
}

/* Tab goes through the sidebar without changing the page; an arrow in it does. */
static void
test_tab (void)
{
  g_autoptr (AtspiAccessible) pages = a11y_wait (at.window, ATSPI_ROLE_LIST, "Pages");
  g_autoptr (AtspiAccessible) orders = NULL, today = NULL, menu = NULL;

  a11y_key (A11Y_CONTROL, '2');
  orders = a11y_wait (pages, ATSPI_ROLE_LIST_ITEM, "Orders");
  today = a11y_wait (pages, ATSPI_ROLE_LIST_ITEM, "Today");
  menu = a11y_wait (at.window, ATSPI_ROLE_PUSH_BUTTON, "Ask the shops now");
  a11y_tab_to (orders);
  a11y_tab_to (menu);
  g_assert_true (a11y_is (orders, ATSPI_STATE_SELECTED));
  a11y_tab_to (orders);
  a11y_key (0, A11Y_UP);
  A11Y_UNTIL (a11y_is (today, ATSPI_STATE_SELECTED));
  a11y_key (A11Y_CONTROL, '2');
}

static gboolean
is_held (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, here.held_id, NULL);

  return g_strcmp0 (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_HOLD) == 0;
}

/* Today names what needs a person, and Return on it does the next step. */
static void
test_today (void)
{
  g_autoptr (WbOrder)         order = wb_book_get_order (at.book, here.held_id, NULL);
  g_autofree char            *title = g_strdup_printf ("#%s is on hold: The customer rang",
                                                       wb_record_get_text (order, WB_ORDER_NUMBER));
  g_autoptr (AtspiAccessible) inbox = NULL, row = NULL;

  a11y_key (A11Y_CONTROL, '1');
  inbox = a11y_wait (at.window, ATSPI_ROLE_LIST, "Needs you");
  row = a11y_wait (inbox, ATSPI_ROLE_LIST_ITEM, title);
  g_assert_true (is_held ());
  a11y_tab_to (row);
  a11y_key (0, A11Y_RETURN);
  a11y_wait_gone (inbox, ATSPI_ROLE_LABEL, title);
  g_assert_false (is_held ());
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  int           status;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 40;
  window_bench_make (&at, &options);
  choose_order ();
  window_bench_open (&at);
  g_test_add_func ("/client/window/list", test_list);
  g_test_add_func ("/client/window/names", test_names);
  g_test_add_func ("/client/window/tab", test_tab);
  g_test_add_func ("/client/window/search", test_search);
  g_test_add_func ("/client/window/detail", test_detail);
  g_test_add_func ("/client/window/ship", test_ship);
  g_test_add_func ("/client/window/foreign-change", test_foreign_change);
  g_test_add_func ("/client/window/today", test_today);
  status = window_bench_run (&at);
  g_free (here.name);
  g_free (here.number);
  return status;
}
