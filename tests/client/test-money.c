/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Money page from outside: what was shipped stands there with what was captured; one goes to
 * the gaps, the payouts and an order's evidence by name. */
#include "a11y.h"
#include "client-bench.h"

#include <locale.h>

static struct
{
  WbBench         *bench;
  WbDesk          *desk;
  char            *secrets;
  AtspiAccessible *app;
  AtspiAccessible *window;
  GPid             pid;
  char            *number; /* of the order that was shipped */
} here;

static void
set_up (const char *program)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError)  error = NULL;
  g_autoptr (GArray)  calm = NULL;
  g_autoptr (WbOrder) order = NULL;
  const char         *argv[] = { program, "--book", NULL, "--secrets-file", NULL, NULL };
  gint64              id;

  options.orders = 20;
  here.bench = client_bench_new (&options, &here.secrets);
  here.desk = wb_bench_open (here.bench->book);
  calm = wb_bench_calm (here.bench, here.desk);
  id = g_array_index (calm, gint64, 0);
  g_assert_true (
      wb_desk_ship (here.desk, wb_bench_plan (here.desk, id, NULL), NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  order = wb_book_get_order (wb_desk_get_book (here.desk), id, &error);
  g_assert_no_error (error);
  here.number = g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));
  argv[2] = here.bench->book;
  argv[4] = here.secrets;
  here.app = a11y_start ((char **) argv, &here.pid);
  here.window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Waybill");
}

static void
click (const char *name)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, name);

  a11y_click (button);
}

/* The order that was shipped stands on the page; choosing it shows its evidence. */
static void
test_orders (void)
{
  g_autoptr (AtspiAccessible) table = NULL, cell = NULL, list = NULL, evidence = NULL;

  a11y_key (A11Y_CONTROL, '5');
  table = a11y_wait (here.window, ATSPI_ROLE_TREE_TABLE, "Orders and their money");
  cell = a11y_wait (table, ATSPI_ROLE_LABEL, here.number);
  list = a11y_wait (here.window, ATSPI_ROLE_LIST, "Orders and their money");
  g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), 0, NULL));
  evidence = a11y_wait (here.window, ATSPI_ROLE_LABEL, "Evidence");
  g_assert_nonnull (evidence);
  /* GTK 4.8 gives the chosen item within each of the two drop-downs no name of its own. */
  g_assert_cmpuint (a11y_bad_names (here.window), <=, 2);
}

static void
test_views (void)
{
  g_autoptr (AtspiAccessible) fits = NULL, none = NULL;

  click ("Gaps");
  fits = a11y_wait (here.window, ATSPI_ROLE_LABEL, "Everything fits");
  click ("Payouts");
  none = a11y_wait (here.window, ATSPI_ROLE_LABEL, "No payouts");
  click ("Orders");
  g_assert_nonnull (fits);
  g_assert_nonnull (none);
}

static void
test_close (void)
{
  a11y_key (A11Y_CONTROL, 'q');
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
  g_test_add_func ("/client/money/views", test_views);
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
