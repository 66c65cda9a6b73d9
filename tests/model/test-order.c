/* SPDX-License-Identifier: GPL-3.0-or-later
 * What of an order is still to ship, and finding its lines. */
#include "wb-order.h"

static WbOrderLine *
add (WbOrder    *order,
     const char *kind,
     gboolean    needs_shipping,
     gint64      quantity,
     gint64      cancelled,
     gint64      shipped)
{
  WbOrderLine *line = wb_order_line_new ();

  wb_record_set_text (line, WB_ORDER_LINE_KIND, kind);
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, needs_shipping);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, quantity);
  wb_record_set_int (line, WB_ORDER_LINE_CANCELLED, cancelled);
  wb_record_set_int (line, WB_ORDER_LINE_SHIPPED, shipped);
  wb_record_add (order, WB_ORDER_LINES, line);
  return line;
}

static void
test_to_ship (void)
{
  g_autoptr (WbOrder) order = wb_order_new ();

  g_assert_cmpint (wb_order_to_ship (order), ==, 0);
  g_assert_cmpint (wb_order_line_to_ship (add (order, WB_LINE_ITEM, TRUE, 5, 1, 2)), ==, 2);
  g_assert_cmpint (wb_order_line_to_ship (add (order, WB_LINE_ITEM, TRUE, 3, 0, 0)), ==, 3);
  g_assert_cmpint (wb_order_line_to_ship (add (order, WB_LINE_ITEM, TRUE, 3, 0, 3)), ==, 0);
  g_assert_cmpint (wb_order_line_to_ship (add (order, WB_LINE_ITEM, FALSE, 4, 0, 0)), ==,
                   0); /* a download */
  g_assert_cmpint (wb_order_line_to_ship (add (order, WB_LINE_SHIPPING, TRUE, 1, 0, 0)), ==, 0);
  g_assert_cmpint (wb_order_line_to_ship (add (order, WB_LINE_FEE, TRUE, 1, 0, 0)), ==, 0);
  g_assert_cmpint (wb_order_line_to_ship (add (order, NULL, TRUE, 1, 0, 0)), ==, 0);
  /* refunded at the shop after it was shipped: never less than nothing */
  g_assert_cmpint (wb_order_line_to_ship (add (order, WB_LINE_ITEM, TRUE, 2, 2, 2)), ==, 0);
  g_assert_cmpint (wb_order_to_ship (order), ==, 5);
}

static void
test_find_line (void)
{
  g_autoptr (WbOrder) order = wb_order_new ();
  WbOrderLine        *first = add (order, WB_LINE_ITEM, TRUE, 1, 0, 0),
              *second = add (order, WB_LINE_FEE, FALSE, 1, 0, 0);

  wb_record_set_int (first, WB_ORDER_LINE_ID, 41);
  wb_record_set_int (second, WB_ORDER_LINE_ID, 42);
  g_assert_true (wb_order_find_line (order, 41) == first);
  g_assert_true (wb_order_find_line (order, 42) == second);
  g_assert_null (wb_order_find_line (order, 43));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/to-ship", test_to_ship);
  g_test_add_func ("/order/find-line", test_find_line);
  return g_test_run ();
}
