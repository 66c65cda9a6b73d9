/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the orders list is narrowed to, kept under a name, from outside: saved, found after a
 * restart, chosen by keyboard, renamed, deleted, and brought back. */
#include "a11y.h"
#include "client-bench.h"

#include <locale.h>

#define N_TAGGED 3
#define TAG      "fragile"
#define CHIP     "No longer only: " TAG
#define VIEW     "Glass & <vases>" /* what a toast would take for markup */
#define RENAMED  "Vases"

static struct
{
  WbBench         *bench;
  WbBook          *book;
  char            *secrets;
  const char      *program;
  AtspiAccessible *app;
  AtspiAccessible *window;
  GPid             pid;
} here;

static void
start_window (void)
{
  g_autoptr (AtspiAccessible) ready = NULL, orders = NULL;
  const char                 *argv[] = { here.program,     "--book",     here.bench->book,
                                         "--secrets-file", here.secrets, NULL };

  here.app = a11y_start ((char **) argv, &here.pid);
  here.window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Waybill");
  ready = a11y_wait (here.window, ATSPI_ROLE_LIST, "Pages");
  a11y_key (A11Y_CONTROL, '2');
  orders = a11y_wait (here.window, ATSPI_ROLE_TREE_TABLE, "Orders");
}

static void
close_window (void)
{
  a11y_key (A11Y_CONTROL, 'q');
  g_assert_cmpint (a11y_wait_exit (here.pid), ==, 0);
  g_clear_object (&here.window);
  g_clear_object (&here.app);
}

static void
prepare (void)
{
  g_autoptr (WbDesk)    desk = wb_bench_open (here.bench->book);
  g_autoptr (GArray)    calm = wb_bench_calm (here.bench, desk);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_cmpuint (calm->len, >=, N_TAGGED);
  rows = wb_desk_run_batch (desk, WB_BATCH_TAG, (const gint64 *) (gpointer) calm->data, N_TAGGED,
                            TAG, NULL, NULL, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_assert_no_error (((WbBatchRow *) rows->pdata[i])->error);
}

static void
press (const char *name)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, name);

  a11y_click (button);
}

/* GTK 4.8's menu button is a shell: the button that is pressed is inside. */
static void
open_views (void)
{
  g_autoptr (AtspiAccessible) outer =
      a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, "Filter and saved views");
  g_autoptr (AtspiAccessible) inner = atspi_accessible_get_child_at_index (outer, 0, NULL);
  g_autoptr (AtspiAccessible) shown = NULL;

  a11y_click (inner);
  shown = a11y_wait (here.window, ATSPI_ROLE_TEXT, "Name of this view");
}

static void
close_views (void)
{
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (here.window, ATSPI_ROLE_TEXT, "Name of this view");
}

static void
wait_told (const char *text)
{
  g_autoptr (AtspiAccessible) told = a11y_wait (here.window, ATSPI_ROLE_LABEL, text);

  g_assert_nonnull (told);
}

static void
wait_chip (void)
{
  g_autoptr (AtspiAccessible) chip = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, CHIP);

  g_assert_nonnull (chip);
}

/* The only saved view's name; %NULL: there is none. */
static char *
dup_view_name (void)
{
  g_autoptr (GPtrArray) views = wb_book_list_saved_views (here.book, NULL);

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
  g_autoptr (AtspiAccessible) tag = NULL, name = NULL;

  press ("All");
  open_views ();
  g_assert_cmpuint (a11y_bad_names (here.window), ==, 0);
  tag = a11y_wait (here.window, ATSPI_ROLE_TEXT, "Tag");
  a11y_type (tag, TAG);
  wait_chip ();
  name = a11y_wait (here.window, ATSPI_ROLE_TEXT, "Name of this view");
  a11y_type (name, VIEW);
  press ("Save view");
  wait_told ("The view “" VIEW "” is saved");
  assert_kept (VIEW);
  close_views ();
}

/* Another window knows it, and shows it by Return. */
static void
test_choose (void)
{
  g_autoptr (AtspiAccessible) row = NULL;

  close_window ();
  start_window ();
  g_assert_null (a11y_find (here.window, ATSPI_ROLE_PUSH_BUTTON, CHIP));
  open_views ();
  row = a11y_wait (here.window, ATSPI_ROLE_LIST_ITEM, VIEW);
  a11y_tab_to (row);
  a11y_key (0, A11Y_RETURN);
  wait_chip ();
  a11y_wait_gone (here.window, ATSPI_ROLE_TEXT, "Name of this view");
  a11y_key (A11Y_CONTROL, 'f');
  a11y_key (0, A11Y_RETURN);
  a11y_key (A11Y_CONTROL, 'a');
  wait_told ("3 selected");
}

static void
test_rename (void)
{
  g_autoptr (AtspiAccessible) name = NULL, row = NULL;

  open_views ();
  press ("Rename “" VIEW "”");
  name = a11y_wait (here.window, ATSPI_ROLE_TEXT, "New name");
  a11y_wait_focused (name);
  a11y_type (name, RENAMED);
  a11y_key (0, A11Y_RETURN);
  row = a11y_wait (here.window, ATSPI_ROLE_LIST_ITEM, RENAMED);
  assert_kept (RENAMED);
}

/* What the view holds comes back with its name. */
static void
test_delete (void)
{
  g_autoptr (AtspiAccessible) row = NULL;
  g_autoptr (GPtrArray)       before = wb_book_list_saved_views (here.book, NULL), after = NULL;

  press ("Delete “" RENAMED "”");
  wait_told ("The view “" RENAMED "” is deleted");
  assert_kept (NULL);
  press ("Undo");
  row = a11y_wait (here.window, ATSPI_ROLE_LIST_ITEM, RENAMED);
  assert_kept (RENAMED);
  after = wb_book_list_saved_views (here.book, NULL);
  g_assert_cmpstr (wb_record_get_text (after->pdata[0], WB_SAVED_VIEW_QUERY), ==,
                   wb_record_get_text (before->pdata[0], WB_SAVED_VIEW_QUERY));
  close_views ();
  close_window ();
}

int
main (int argc, char **argv)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  int                result;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (
      G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libatspi warns when a program is not ready yet */
  g_assert_cmpint (argc, ==, 2);
  here.program = argv[1];
  options.orders = 30;
  here.bench = client_bench_new (&options, &here.secrets);
  here.book = wb_book_open (here.bench->book, TRUE, &error);
  g_assert_no_error (error);
  prepare ();
  start_window ();
  g_test_add_func ("/client/saved-views/save", test_save);
  g_test_add_func ("/client/saved-views/choose", test_choose);
  g_test_add_func ("/client/saved-views/rename", test_rename);
  g_test_add_func ("/client/saved-views/delete", test_delete);
  result = g_test_run ();
  g_clear_object (&here.book);
  wb_bench_free (here.bench);
  g_free (here.secrets);
  return result;
}
