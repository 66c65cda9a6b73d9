/* SPDX-License-Identifier: GPL-3.0-or-later
 * Setting up from outside, as a screen reader and a keyboard see it: a shop is connected in the
 * first run by typing, a customer is erased. */
#include "window-bench.h"

#define MOST_ROWS 20

static WindowBench at;

/* As a keyboard reaches a row: Down until it has the focus, then Return. */
static void
choose_by_keyboard (AtspiAccessible *widget)
{
  for (guint i = 0; i < MOST_ROWS && !a11y_is_focused (widget); i++)
    {
      a11y_key (0, A11Y_DOWN);
      for (guint n = 0; n < 10 && !a11y_is_focused (widget); n++)
        {
          while (g_main_context_iteration (NULL, FALSE))
            ;
          g_usleep (10000);
        }
    }
  g_assert_true (a11y_is_focused (widget));
  a11y_key (0, A11Y_RETURN);
}

/* Nothing is connected: the first run offers it; typed, tried, found, connected, and the orders
 * come in. */
static void
test_connect (void)
{
  WbTownOptions               options = WB_TOWN_OPTIONS_INIT;
  g_autofree char            *book_path = NULL, *secrets = NULL, *url = NULL;
  g_autoptr (AtspiAccessible) nobody = NULL, table = NULL;
  g_autoptr (WbBook)          book = NULL;
  g_autoptr (WbConnection)    shop = NULL;
  g_autoptr (GError)          error = NULL;

  window_bench_make (&at, &options);
  book_path = g_build_filename (at.bench->folder, "fresh.waybill", NULL);
  secrets = g_build_filename (at.bench->folder, "fresh.json", NULL);
  url = wb_town_dup_url (at.bench->town, "shop");
  window_bench_start (&at, book_path, secrets);
  a11y_click_start (at.app, "Connect…");
  a11y_expect (at.app, ATSPI_ROLE_INVALID, "Connect a shop");
  a11y_type_into (at.app, ATSPI_ROLE_TEXT, "Name", "Corner shop");
  a11y_type_into (at.app, ATSPI_ROLE_TEXT, "Address (https://…)", url);
  a11y_type_into (at.app, ATSPI_ROLE_TEXT, "Consumer key", WB_TOWN_SHOP_KEY);
  a11y_type_into (at.app, ATSPI_ROLE_TEXT, "Consumer secret", WB_TOWN_SHOP_SECRET);
  a11y_click_on (at.app, "Test");
  nobody = a11y_wait (at.app, ATSPI_ROLE_LIST_ITEM, "Nobody: all is paid beforehand");
  choose_by_keyboard (nobody);
  a11y_click_on (at.app, "Connect");
  table = a11y_wait (at.app, ATSPI_ROLE_TREE_TABLE, "Orders");
  a11y_expect_start (table, ATSPI_ROLE_LABEL, "#1");
  book = wb_book_open (book_path, TRUE, &error);
  g_assert_no_error (error);
  shop = wb_book_find_connection (book, "Corner shop", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (shop, WB_CONNECTION_CAPTURER), ==, WB_CAPTURER_NONE);
  window_bench_close (&at);
  window_bench_free (&at);
}

/* A second gateway beside the first: its form asks for what it needs and says where that is; tried
 * at PayPal's double, and kept. */
static void
test_paypal (void)
{
  WbTownOptions               options = WB_TOWN_OPTIONS_INIT;
  g_autofree char            *url = NULL;
  g_autoptr (AtspiAccessible) kind = NULL;
  g_autoptr (WbConnection)    gateway = NULL;
  g_autoptr (GError)          error = NULL;

  window_bench_make (&at, &options);
  url = wb_town_dup_url (at.bench->town, "paypal");
  window_bench_open (&at);
  a11y_key (A11Y_CONTROL, ',');
  a11y_click_on (at.app, "Connect a payment gateway");
  a11y_expect (at.app, ATSPI_ROLE_INVALID, "Connect a payment gateway");
  kind = a11y_wait (at.app, ATSPI_ROLE_COMBO_BOX, "Kind");
  a11y_tab_to (kind);
  a11y_key (0, A11Y_RETURN);
  a11y_key (0, A11Y_DOWN);
  a11y_key (0, A11Y_RETURN);
  a11y_expect_start (at.app, ATSPI_ROLE_LABEL, "At developer.paypal.com");
  a11y_type_into (at.app, ATSPI_ROLE_TEXT, "Name", "Second till");
  a11y_type_into (at.app, ATSPI_ROLE_TEXT, "Address (https://…)", url);
  a11y_type_into (at.app, ATSPI_ROLE_TEXT, "Client id", WB_TOWN_PAYPAL_ID);
  a11y_type_into (at.app, ATSPI_ROLE_TEXT, "Client secret", WB_TOWN_PAYPAL_SECRET);
  a11y_click_on (at.app, "Test");
  a11y_click_on (at.app, "Connect");
  a11y_wait_gone (at.app, ATSPI_ROLE_TEXT, "Client id");
  gateway = wb_book_find_connection (at.book, "Second till", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (gateway, WB_CONNECTION_PROVIDER), ==, "paypal");
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (at.app, ATSPI_ROLE_PUSH_BUTTON, "Connect a payment gateway");
  window_bench_close (&at);
  window_bench_free (&at);
}

/* A customer all of whose orders are shipped: only such a one may be erased. */
static WbCustomer *
find_erasable (void)
{
  WbBook               *book = at.book;
  g_autoptr (GPtrArray) customers = wb_book_find_customers (book, "", 500, NULL);

  for (guint i = 0; i < customers->len; i++)
    {
      gint64                id = wb_record_get_int (customers->pdata[i], WB_CUSTOMER_ID);
      g_autoptr (GPtrArray) orders = wb_book_list_customer_orders (book, id, NULL);
      gboolean              open = FALSE;

      for (guint n = 0; n < orders->len; n++)
        {
          const char *stage = wb_record_get_text (orders->pdata[n], WB_ORDER_STAGE);

          open = open || g_strv_contains ((const char *const[]){ WB_STAGE_READY, WB_STAGE_PARTIAL,
                                                                 WB_STAGE_HOLD, NULL },
                                          stage);
        }
      if (!open && wb_record_get_text (customers->pdata[i], WB_CUSTOMER_EMAIL) != NULL)
        return wb_book_get_customer (book, id, NULL);
    }
  return NULL;
}

static gboolean
is_erased (gint64 id)
{
  g_autoptr (WbCustomer) customer = wb_book_get_customer (at.book, id, NULL);

  return customer != NULL && wb_record_get_int (customer, WB_CUSTOMER_ERASED_AT) != 0;
}

static void
test_erase (void)
{
  WbTownOptions               options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbCustomer)      customer = NULL, after = NULL;
  g_autoptr (AtspiAccessible) rows = NULL, dialog = NULL;
  AtspiSelection             *selection;
  g_autoptr (GError)          error = NULL;
  gint64                      id;

  options.orders = 60;
  window_bench_make (&at, &options);
  customer = find_erasable ();
  if (customer == NULL)
    {
      window_bench_free (&at);
      g_test_skip ("the town has no customer without open orders");
      return;
    }
  id = wb_record_get_int (customer, WB_CUSTOMER_ID);
  window_bench_open (&at);
  a11y_show_page (at.app, "Customers");
  a11y_type_into (at.app, ATSPI_ROLE_ENTRY, "Look up a customer",
                  wb_record_get_text (customer, WB_CUSTOMER_EMAIL));
  rows = a11y_wait (at.app, ATSPI_ROLE_LIST, "Customers");
  a11y_expect (rows, ATSPI_ROLE_LABEL, wb_record_get_text (customer, WB_CUSTOMER_NAME));
  selection = atspi_accessible_get_selection_iface (rows);
  g_assert_true (atspi_selection_select_child (selection, 0, NULL));
  g_object_unref (selection);
  a11y_expect (at.app, ATSPI_ROLE_INVALID, "Notes about this customer");
  a11y_click_on (at.app, "Erase this person’s data");
  dialog = a11y_wait_start (at.app, ATSPI_ROLE_DIALOG, "Erase the data of");
  a11y_click_on (dialog, "Erase");
  A11Y_UNTIL (is_erased (id));
  after = wb_book_get_customer (at.book, id, &error);
  g_assert_no_error (error);
  g_assert_null (wb_record_get_text (after, WB_CUSTOMER_EMAIL));
  g_assert_cmpint (wb_record_get_int (after, WB_CUSTOMER_ERASED_AT), >, 0);
  window_bench_close (&at);
  window_bench_free (&at);
}

int
main (int argc, char **argv)
{
  window_bench_begin (&at, &argc, &argv);
  g_test_add_func ("/client/setup/connect", test_connect);
  g_test_add_func ("/client/setup/paypal", test_paypal);
  g_test_add_func ("/client/setup/erase", test_erase);
  return g_test_run ();
}
