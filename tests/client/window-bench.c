/* SPDX-License-Identifier: GPL-3.0-or-later
 * A window on a practice town, for tests that look at it and work it from outside. */
#include "window-bench.h"

#include <locale.h>

/** window_bench_begin: what the main function of such a test begins with. libatspi warns when a
 * program is not ready yet: no warning ends the test. */
void
window_bench_begin (WindowBench *self, int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpint (*argc, ==, 2);
  self->program = (*argv)[1];
}

/** window_bench_make: a town with orders, and the book that both processes work on. */
void
window_bench_make (WindowBench *self, const WbTownOptions *options)
{
  self->bench = client_bench_new (options, &self->secrets);
  self->desk = wb_bench_open (self->bench->book);
  self->book = wb_desk_get_book (self->desk);
}

/** window_bench_start: starts the program on @book, whatever it shows then. */
void
window_bench_start (WindowBench *self, const char *book, const char *secrets)
{
  const char *argv[] = { self->program, "--book", book, "--secrets-file", secrets, NULL };

  self->app = a11y_start ((char **) argv, &self->pid);
  self->window = a11y_wait (self->app, ATSPI_ROLE_FRAME, "Waybill");
}

/** window_bench_open: starts the program on the book of the town, until its pages are there. */
void
window_bench_open (WindowBench *self)
{
  window_bench_start (self, self->bench->book, self->secrets);
  a11y_expect (self->window, ATSPI_ROLE_LIST, "Pages");
}

static void
show_orders (WindowBench *self)
{
  a11y_show_page (self->window, "Orders");
  a11y_expect (self->window, ATSPI_ROLE_TREE_TABLE, "Orders");
}

/** window_bench_open_orders: as window_bench_open(), and its page of orders. */
void
window_bench_open_orders (WindowBench *self)
{
  window_bench_open (self);
  show_orders (self);
}

/** window_bench_find_order: as a person with a keyboard: @number is typed into the search of the
 * orders, and Return goes on to the first that is found. */
void
window_bench_find_order (WindowBench *self, const char *number)
{
  show_orders (self);
  a11y_type_into (self->window, ATSPI_ROLE_ENTRY, "Search orders", number);
  a11y_key (A11Y_CONTROL, 'f');
  a11y_key (0, A11Y_RETURN);
}

/** window_bench_choose_order: as a screen reader does: it is searched for until it is the one that
 * is listed, and chosen there. */
void
window_bench_choose_order (WindowBench *self, gint64 order_id)
{
  g_autoptr (WbOrder)         order = wb_book_get_order (self->book, order_id, NULL);
  g_autoptr (AtspiAccessible) entry = NULL, table = NULL, list = NULL;
  g_autofree char *number = g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));

  a11y_key (A11Y_CONTROL, '2');
  entry = a11y_wait (self->window, ATSPI_ROLE_ENTRY, "Search orders");
  a11y_type (entry, wb_record_get_text (order, WB_ORDER_NUMBER));
  table = a11y_wait (self->window, ATSPI_ROLE_TREE_TABLE, "Orders");
  a11y_expect (table, ATSPI_ROLE_LABEL, number);
  list = a11y_wait (self->window, ATSPI_ROLE_LIST, "Orders");
  g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), 0, NULL));
}

/** window_bench_close: by its key. */
void
window_bench_close (WindowBench *self)
{
  a11y_key (A11Y_CONTROL, 'q');
  window_bench_wait_closed (self);
}

/** window_bench_wait_closed: until the program has ended, and well. */
void
window_bench_wait_closed (WindowBench *self)
{
  g_assert_cmpint (a11y_wait_exit (self->pid), ==, 0);
  g_clear_object (&self->page);
  g_clear_object (&self->window);
  g_clear_object (&self->app);
}

/** window_bench_run: runs the tests, closes the window unless one of them has, and takes all away.
 * Returns: the status of the process. */
int
window_bench_run (WindowBench *self)
{
  int status = g_test_run ();

  if (self->app != NULL)
    window_bench_close (self);
  window_bench_free (self);
  return status;
}

/** window_bench_free: takes away what window_bench_make() has made. */
void
window_bench_free (WindowBench *self)
{
  g_clear_object (&self->desk);
  g_clear_pointer (&self->bench, wb_bench_free);
  g_clear_pointer (&self->secrets, g_free);
}
