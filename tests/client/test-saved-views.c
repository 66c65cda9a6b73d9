/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the orders list is narrowed to, kept under a name, from outside: saved, found after a
 * restart, chosen by keyboard, renamed, deleted, and brought back. */
#include "window-bench.h"

#define N_TAGGED 3
#define TAG      "fragile"
#define CHIP     "No longer only: " TAG
#define VIEW     "Glass & <vases>" /* what a toast would take for markup */
#define RENAMED  "Vases"

static WindowBench at;

static void
prepare (void)
{
  g_autoptr (GArray)    calm = wb_bench_calm (at.bench, at.desk);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_cmpuint (calm->len, >=, N_TAGGED);
  rows = wb_desk_run_batch (at.desk, WB_BATCH_TAG, (const gint64 *) (gpointer) calm->data, N_TAGGED,
                            TAG, NULL, NULL, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_assert_no_error (((WbBatchRow *) rows->pdata[i])->error);
}

static void
open_views (void)
{
  a11y_open_menu (at.window, "Filter and saved views");
  a11y_expect (at.window, ATSPI_ROLE_TEXT, "Name of this view");
}

static void
close_views (void)
{
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (at.window, ATSPI_ROLE_TEXT, "Name of this view");
}

/* The only saved view's name; %NULL: there is none. */
static char *
dup_view_name (void)
{
  g_autoptr (GPtrArray) views = wb_book_list_saved_views (at.book, NULL);

  g_assert_cmpuint (views->len, <=, 1);
  return views->len == 1 ? g_strdup (wb_record_get_text (views->pdata[0], WB_SAVED_VIEW_NAME))
                         : NULL;
}

static void
assert_kept (const char *name)
{
  g_autofree char *kept = dup_view_name ();

  g_assert_cmpstr (kept, ==, name);
}

static void
test_save (void)
{
  a11y_click_on (at.window, "All");
  open_views ();
  g_assert_cmpuint (a11y_bad_names (at.window), ==, 0);
  a11y_type_into (at.window, ATSPI_ROLE_TEXT, "Tag", TAG);
  a11y_expect (at.window, ATSPI_ROLE_PUSH_BUTTON, CHIP);
  a11y_type_into (at.window, ATSPI_ROLE_TEXT, "Name of this view", VIEW);
  a11y_click_on (at.window, "Save view");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "The view “" VIEW "” is saved");
  assert_kept (VIEW);
  close_views ();
}

/* Another window knows it, and shows it by Return. */
static void
test_choose (void)
{
  g_autoptr (AtspiAccessible) row = NULL;

  window_bench_close (&at);
  window_bench_open_orders (&at);
  g_assert_null (a11y_find (at.window, ATSPI_ROLE_PUSH_BUTTON, CHIP));
  open_views ();
  row = a11y_wait (at.window, ATSPI_ROLE_LIST_ITEM, VIEW);
  a11y_tab_to (row);
  a11y_key (0, A11Y_RETURN);
  a11y_expect (at.window, ATSPI_ROLE_PUSH_BUTTON, CHIP);
  a11y_wait_gone (at.window, ATSPI_ROLE_TEXT, "Name of this view");
  a11y_key (A11Y_CONTROL, 'f');
  a11y_key (0, A11Y_RETURN);
  a11y_key (A11Y_CONTROL, 'a');
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "3 selected");
}

static void
test_rename (void)
{
  g_autoptr (AtspiAccessible) name = NULL;

  open_views ();
  a11y_click_on (at.window, "Rename “" VIEW "”");
  name = a11y_wait (at.window, ATSPI_ROLE_TEXT, "New name");
  a11y_wait_focused (name);
  a11y_type (name, RENAMED);
  a11y_key (0, A11Y_RETURN);
  a11y_expect (at.window, ATSPI_ROLE_LIST_ITEM, RENAMED);
  assert_kept (RENAMED);
}

/* What the view holds comes back with its name. */
static void
test_delete (void)
{
  g_autoptr (GPtrArray) before = wb_book_list_saved_views (at.book, NULL), after = NULL;

  a11y_click_on (at.window, "Delete “" RENAMED "”");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "The view “" RENAMED "” is deleted");
  assert_kept (NULL);
  a11y_click_on (at.window, "Undo");
  a11y_expect (at.window, ATSPI_ROLE_LIST_ITEM, RENAMED);
  assert_kept (RENAMED);
  after = wb_book_list_saved_views (at.book, NULL);
  g_assert_cmpstr (wb_record_get_text (after->pdata[0], WB_SAVED_VIEW_QUERY), ==,
                   wb_record_get_text (before->pdata[0], WB_SAVED_VIEW_QUERY));
  close_views ();
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 30;
  window_bench_make (&at, &options);
  prepare ();
  window_bench_open_orders (&at);
  g_test_add_func ("/client/saved-views/save", test_save);
  g_test_add_func ("/client/saved-views/choose", test_choose);
  g_test_add_func ("/client/saved-views/rename", test_rename);
  g_test_add_func ("/client/saved-views/delete", test_delete);
  return window_bench_run (&at);
}
