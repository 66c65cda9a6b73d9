/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands on the Orders page when there are no rows to show: loading, an empty book, nothing
 * left to do, nothing found, and a book that cannot be read. */
#include "states-bench.h"

#include "wb-orders-page.h"

static StatesBench here;

static WbOrdersPage *
page (void)
{
  return WB_ORDERS_PAGE (here.page);
}

/* Waits for the state whose title is @title. Returns: (transfer none): its page. */
static GtkWidget *
wait_state (const char *title)
{
  return states_wait (&here, ADW_TYPE_STATUS_PAGE, title);
}

static void
wait_list (void)
{
  states_wait (&here, GTK_TYPE_COLUMN_VIEW, NULL);
}

static void
test_loading (void)
{
  g_assert_nonnull (states_find (here.page, GTK_TYPE_SPINNER));
}

static void
test_empty (void)
{
  wb_orders_page_set_workspace (page (), here.workspace);
  g_assert_null (states_find (wait_state ("No orders yet"), GTK_TYPE_BUTTON));
}

static void
test_list (void)
{
  states_run_sql (
      &here,
      "INSERT INTO connection (id, kind, provider, name, base_url) VALUES (1, 'shop', "
      "'woocommerce', 'Shop', 'http://127.0.0.1'); INSERT INTO orders (id, channel_id, "
      "remote_id, number, remote_status, shop_state, stage, placed_at, currency, total, "
      "customer_name) VALUES (1, 1, '1', '1001', 'completed', 'done', 'shipped', 1700000000, "
      "'EUR', 1000, 'Ana')");
  wait_state ("All done"); /* it has left, and what is to ship shows first */
  wb_orders_page_show_filter (page (), "all");
  wait_list ();
}

static void
test_narrowed (void)
{
  wb_orders_page_show_filter (page (), "to-ship");
  g_assert_nonnull (states_find (wait_state ("All done"), GTK_TYPE_BUTTON));
  wb_orders_page_show_filter (page (), "waiting");
  wait_state ("None of these");
  wb_orders_page_set_text (page (), "nobody");
  wait_state ("Nothing found");
  wb_orders_page_set_text (page (), "");
  wait_list ();
}

/* What cannot be read says so and can be tried again; when it can be read, the list is back. */
static void
test_error (void)
{
  GtkWidget *state, *again;

  states_run_sql (&here, "ALTER TABLE orders RENAME TO gone");
  state = wait_state ("The orders could not be read");
  g_assert_cmpstr (adw_status_page_get_description (ADW_STATUS_PAGE (state)), !=, "");
  again = states_find (state, GTK_TYPE_BUTTON);
  g_assert_nonnull (again);
  states_run_sql (&here, "ALTER TABLE gone RENAME TO orders");
  g_signal_emit_by_name (again, "clicked");
  wait_list ();
}

int
main (int argc, char **argv)
{
  int result;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  states_set_up (&here, WB_TYPE_ORDERS_PAGE);
  g_test_add_func ("/client/order-states/loading", test_loading);
  g_test_add_func ("/client/order-states/empty", test_empty);
  g_test_add_func ("/client/order-states/list", test_list);
  g_test_add_func ("/client/order-states/narrowed", test_narrowed);
  g_test_add_func ("/client/order-states/error", test_error);
  result = g_test_run ();
  states_tear_down (&here);
  return result;
}
