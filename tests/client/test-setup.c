/* SPDX-License-Identifier: GPL-3.0-or-later
 * Setting up from outside, as a screen reader and a keyboard see it: a shop is connected in the
 * first run by typing, a customer is erased. */
#include "a11y.h"
#include "client-bench.h"

#include <locale.h>

#define KEY_DOWN   0xff54
#define KEY_RETURN 0xff0d
#define MOST_ROWS  20

static const char *program;

static AtspiAccessible *
start_window (const char *book, const char *secrets, GPid *pid)
{
  const char                 *argv[] = { program, "--book", book, "--secrets-file", secrets, NULL };
  g_autoptr (AtspiAccessible) app = a11y_start ((char **) argv, pid);

  g_assert_nonnull (app);
  return g_steal_pointer (&app);
}

static void
click (AtspiAccessible *top, const char *name)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (top, ATSPI_ROLE_PUSH_BUTTON, name);

  a11y_click (button);
}

static void
type_into (AtspiAccessible *top, AtspiRole role, const char *name, const char *text)
{
  g_autoptr (AtspiAccessible) entry = a11y_wait (top, role, name);

  a11y_type (entry, text);
}

static gboolean
has_focus (AtspiAccessible *widget)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (widget);

  return atspi_state_set_contains (states, ATSPI_STATE_FOCUSED);
}

/* As a keyboard reaches a row: Down until it has the focus, then Return. */
static void
choose_by_keyboard (AtspiAccessible *widget)
{
  for (guint i = 0; i < MOST_ROWS && !has_focus (widget); i++)
    {
      a11y_key (0, KEY_DOWN);
      for (guint n = 0; n < 10 && !has_focus (widget); n++)
        {
          while (g_main_context_iteration (NULL, FALSE))
            ;
          g_usleep (10000);
        }
    }
  g_assert_true (has_focus (widget));
  a11y_key (0, KEY_RETURN);
}

/* Nothing is connected: the first run offers it; typed, tried, found, connected, and the orders
 * come in. */
static void
test_connect (void)
{
  WbTownOptions               options = WB_TOWN_OPTIONS_INIT;
  g_autofree char            *unused = NULL;
  g_autoptr (WbBench)         bench = client_bench_new (&options, &unused);
  g_autofree char            *book_path = g_build_filename (bench->folder, "fresh.waybill", NULL);
  g_autofree char            *secrets = g_build_filename (bench->folder, "fresh.json", NULL);
  g_autofree char            *url = wb_town_dup_url (bench->town, "shop");
  g_autoptr (AtspiAccessible) app = NULL, button = NULL, dialog = NULL, nobody = NULL, table = NULL,
                              order = NULL;
  g_autoptr (WbBook)       book = NULL;
  g_autoptr (WbConnection) shop = NULL;
  g_autoptr (GError)       error = NULL;
  GPid                     pid;

  app = start_window (book_path, secrets, &pid);
  button = a11y_wait_start (app, ATSPI_ROLE_PUSH_BUTTON, "Connect…");
  a11y_click (button);
  dialog = a11y_wait (app, ATSPI_ROLE_INVALID, "Connect a shop");
  g_clear_object (&dialog);
  type_into (app, ATSPI_ROLE_TEXT, "Name", "Corner shop");
  type_into (app, ATSPI_ROLE_TEXT, "Address (https://…)", url);
  type_into (app, ATSPI_ROLE_TEXT, "Consumer key", WB_TOWN_SHOP_KEY);
  type_into (app, ATSPI_ROLE_TEXT, "Consumer secret", WB_TOWN_SHOP_SECRET);
  click (app, "Test");
  nobody = a11y_wait (app, ATSPI_ROLE_LIST_ITEM, "Nobody: all is paid beforehand");
  choose_by_keyboard (nobody);
  click (app, "Connect");
  table = a11y_wait (app, ATSPI_ROLE_TREE_TABLE, "Orders");
  order = a11y_wait_start (table, ATSPI_ROLE_LABEL, "#1");
  book = wb_book_open (book_path, TRUE, &error);
  g_assert_no_error (error);
  shop = wb_book_find_connection (book, "Corner shop", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (shop, WB_CONNECTION_CAPTURER), ==, WB_CAPTURER_NONE);
  a11y_key (A11Y_CONTROL, 'q');
  g_assert_cmpint (a11y_wait_exit (pid), ==, 0);
}

/* A second gateway beside the first: its form asks for what it needs and says where that is; tried
 * at PayPal's double, and kept. */
static void
test_paypal (void)
{
  WbTownOptions               options = WB_TOWN_OPTIONS_INIT;
  g_autofree char            *secrets = NULL;
  g_autoptr (WbBench)         bench = client_bench_new (&options, &secrets);
  g_autofree char            *url = wb_town_dup_url (bench->town, "paypal");
  g_autoptr (AtspiAccessible) app = NULL, ready = NULL, dialog = NULL, kind = NULL, where = NULL;
  g_autoptr (WbBook)          book = NULL;
  g_autoptr (WbConnection)    gateway = NULL;
  g_autoptr (GError)          error = NULL;
  GPid                        pid;

  app = start_window (bench->book, secrets, &pid);
  ready = a11y_wait (app, ATSPI_ROLE_TREE_TABLE, "Orders");
  a11y_key (A11Y_CONTROL, ',');
  click (app, "Connect a payment gateway");
  dialog = a11y_wait (app, ATSPI_ROLE_INVALID, "Connect a payment gateway");
  kind = a11y_wait (app, ATSPI_ROLE_COMBO_BOX, "Kind");
  a11y_tab_to (kind);
  a11y_key (0, KEY_RETURN);
  a11y_key (0, A11Y_DOWN);
  a11y_key (0, KEY_RETURN);
  where = a11y_wait_start (app, ATSPI_ROLE_LABEL, "At developer.paypal.com");
  type_into (app, ATSPI_ROLE_TEXT, "Name", "Second till");
  type_into (app, ATSPI_ROLE_TEXT, "Address (https://…)", url);
  type_into (app, ATSPI_ROLE_TEXT, "Client id", WB_TOWN_PAYPAL_ID);
  type_into (app, ATSPI_ROLE_TEXT, "Client secret", WB_TOWN_PAYPAL_SECRET);
  click (app, "Test");
  click (app, "Connect");
  a11y_wait_gone (app, ATSPI_ROLE_TEXT, "Client id");
  book = wb_book_open (bench->book, TRUE, &error);
  g_assert_no_error (error);
  gateway = wb_book_find_connection (book, "Second till", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (gateway, WB_CONNECTION_PROVIDER), ==, "paypal");
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (app, ATSPI_ROLE_PUSH_BUTTON, "Connect a payment gateway");
  a11y_key (A11Y_CONTROL, 'q');
  g_assert_cmpint (a11y_wait_exit (pid), ==, 0);
}

/* A customer all of whose orders are shipped: only such a one may be erased. */
static WbCustomer *
find_erasable (WbDesk *desk)
{
  WbBook               *book = wb_desk_get_book (desk);
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

static void
wait_erased (WbBook *book, gint64 id)
{
  gint64 end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (WbCustomer) customer = wb_book_get_customer (book, id, NULL);

      if (customer != NULL && wb_record_get_int (customer, WB_CUSTOMER_ERASED_AT) != 0)
        return;
      g_usleep (20000);
    }
  g_error ("The customer is not erased after %d s", A11Y_SECONDS);
}

static void
test_erase (void)
{
  WbTownOptions               options = WB_TOWN_OPTIONS_INIT;
  g_autofree char            *secrets = NULL;
  g_autoptr (WbBench)         bench = NULL;
  g_autoptr (WbDesk)          desk = NULL;
  g_autoptr (WbCustomer)      customer = NULL, after = NULL;
  g_autoptr (AtspiAccessible) app = NULL, rows = NULL, row = NULL, note = NULL, dialog = NULL;
  AtspiSelection             *selection;
  g_autoptr (GError)          error = NULL;
  gint64                      id;
  GPid                        pid;

  options.orders = 60;
  bench = client_bench_new (&options, &secrets);
  desk = wb_bench_open (bench->book);
  customer = find_erasable (desk);
  if (customer == NULL)
    {
      g_test_skip ("the town has no customer without open orders");
      return;
    }
  id = wb_record_get_int (customer, WB_CUSTOMER_ID);
  app = start_window (bench->book, secrets, &pid);
  row = a11y_wait (app, ATSPI_ROLE_TREE_TABLE, "Orders");
  g_clear_object (&row);
  a11y_show_page (app, "Customers");
  type_into (app, ATSPI_ROLE_ENTRY, "Look up a customer",
             wb_record_get_text (customer, WB_CUSTOMER_EMAIL));
  rows = a11y_wait (app, ATSPI_ROLE_LIST, "Customers");
  row = a11y_wait (rows, ATSPI_ROLE_LABEL, wb_record_get_text (customer, WB_CUSTOMER_NAME));
  selection = atspi_accessible_get_selection_iface (rows);
  g_assert_true (atspi_selection_select_child (selection, 0, NULL));
  g_object_unref (selection);
  note = a11y_wait (app, ATSPI_ROLE_INVALID, "Notes about this customer");
  click (app, "Erase this person’s data");
  dialog = a11y_wait_start (app, ATSPI_ROLE_DIALOG, "Erase the data of");
  click (dialog, "Erase");
  wait_erased (wb_desk_get_book (desk), id);
  after = wb_book_get_customer (wb_desk_get_book (desk), id, &error);
  g_assert_no_error (error);
  g_assert_null (wb_record_get_text (after, WB_CUSTOMER_EMAIL));
  g_assert_cmpint (wb_record_get_int (after, WB_CUSTOMER_ERASED_AT), >, 0);
  a11y_key (A11Y_CONTROL, 'q');
  g_assert_cmpint (a11y_wait_exit (pid), ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_log_set_always_fatal (
      G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libatspi warns when a program is not ready yet */
  g_test_add_func ("/client/setup/connect", test_connect);
  g_test_add_func ("/client/setup/paypal", test_paypal);
  g_test_add_func ("/client/setup/erase", test_erase);
  return g_test_run ();
}
