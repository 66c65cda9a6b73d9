/* SPDX-License-Identifier: GPL-3.0-or-later
 * Many orders at once from outside, as a screen reader and a keyboard see it: a batch of twenty
 * with two refused, retried alone; holding undone; a view saved, found after a restart, deleted,
 * and brought back. */
#include "a11y.h"
#include "client-bench.h"
#include "wb-customs-rules.h"

#include <locale.h>

#define N_BATCH   20
#define N_HELD    2
#define TAG       "batch"
#define KEY_ESC   0xff1b
#define KEY_ENTER 0xff0d

static struct
{
  WbBench         *bench;
  WbBook          *book;
  char            *secrets;
  const char      *program;
  AtspiAccessible *app;
  AtspiAccessible *window;
  GPid             pid;
  gint64           ids[N_BATCH]; /* the first two are held */
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
run_all (WbDesk *desk, WbBatch kind, guint n, const char *argument)
{
  g_autoptr (GPtrArray) rows =
      wb_desk_run_batch (desk, kind, here.ids, n, argument, NULL, NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    g_assert_no_error (((WbBatchRow *) rows->pdata[i])->error);
}

/* What customs want to know of goods is another test's. */
static gboolean
stays_at_home (gint64 id, WbOrigin *origin)
{
  g_autoptr (WbOrder) order = wb_book_get_order (here.book, id, NULL);
  gpointer            to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

  return !wb_customs_needed (wb_record_get_text (origin, WB_ORIGIN_COUNTRY),
                             wb_record_get_text (origin, WB_ORIGIN_POSTCODE),
                             wb_record_get_text (to, WB_ADDRESS_COUNTRY),
                             wb_record_get_text (to, WB_ADDRESS_POSTCODE));
}

/* Twenty orders that a tag finds, two of them on hold. */
static void
prepare (void)
{
  g_autoptr (WbDesk)    desk = wb_bench_open (here.bench->book);
  g_autoptr (GArray)    calm = wb_bench_calm (here.bench, desk);
  g_autoptr (GPtrArray) origins = wb_book_list_origins (here.book, NULL);
  guint                 n = 0;

  for (guint i = 0; i < calm->len && n < N_BATCH; i++)
    if (stays_at_home (g_array_index (calm, gint64, i), origins->pdata[0]))
      here.ids[n++] = g_array_index (calm, gint64, i);
  g_assert_cmpuint (n, ==, N_BATCH);
  run_all (desk, WB_BATCH_TAG, N_BATCH, TAG);
  run_all (desk, WB_BATCH_HOLD, N_HELD, "The customer rang");
}

static void
press (AtspiAccessible *top, const char *name)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (top, ATSPI_ROLE_PUSH_BUTTON, name);

  a11y_click (button);
}

/* GTK 4.8's menu button is a shell: the button that is pressed is inside. */
static void
open_menu (const char *name)
{
  g_autoptr (AtspiAccessible) outer = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, name);
  g_autoptr (AtspiAccessible) inner = atspi_accessible_get_child_at_index (outer, 0, NULL);

  a11y_click (inner);
}

/* From the search to the list; then everything in it. */
static void
select_all (const char *expected)
{
  g_autoptr (AtspiAccessible) count = NULL;

  a11y_key (A11Y_CONTROL, 'f');
  a11y_key (0, KEY_ENTER);
  a11y_key (A11Y_CONTROL, 'a');
  count = a11y_wait (here.window, ATSPI_ROLE_LABEL, expected);
  g_assert_nonnull (count);
}

static void
test_narrow (void)
{
  g_autoptr (AtspiAccessible) tag = NULL, chip = NULL;

  press (here.window, "All");
  open_menu ("Filter and saved views");
  tag = a11y_wait (here.window, ATSPI_ROLE_TEXT, "Tag");
  a11y_type (tag, TAG);
  chip = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, "No longer only: " TAG);
  a11y_key (0, KEY_ESC);
  a11y_wait_gone (here.window, ATSPI_ROLE_TEXT, "Tag");
  g_assert_nonnull (chip);
}

static void
check_order (guint i, const char *stage, guint labels)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (here.book, here.ids[i], NULL);
  g_autoptr (GPtrArray) bought = wb_book_list_labels (here.book, here.ids[i], NULL);

  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, stage);
  g_assert_cmpuint (bought->len, ==, labels);
  if (labels == 1)
    g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==,
                     wb_record_get_int (order, WB_ORDER_TOTAL));
}

/* The town's own books: each of the twenty has one label and was captured once. */
static void
check_town (void)
{
  g_autoptr (JsonNode) books = wb_bench_books (here.bench);
  WbJson               root = wb_json_root (books, "books"), orders;
  guint                n = 0, shipped = 0;

  g_assert_true (wb_json_array (&root, "orders", &orders, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson row = wb_json_element (&orders, i), labels;
      guint  n_labels = 0;

      if (wb_json_array (&row, "labels", &labels, &n_labels, NULL) && n_labels > 0)
        {
          g_assert_cmpuint (n_labels, ==, 1);
          shipped++;
        }
    }
  g_assert_cmpuint (shipped, ==, N_BATCH);
}

static void
test_batch (void)
{
  g_autoptr (AtspiAccessible) ask = NULL, weight = NULL, begin = NULL, outcome = NULL, line = NULL,
                              refused = NULL, again = NULL, run = NULL;
  g_autoptr (WbDesk) desk = wb_bench_open (here.bench->book);

  select_all ("20 selected");
  press (here.window, "Buy labels…");
  ask = a11y_wait (here.app, ATSPI_ROLE_INVALID, "Buy labels and ship");
  weight = a11y_wait (ask, ATSPI_ROLE_SPIN_BUTTON, "Weight in grams");
  begin = a11y_wait_start (ask, ATSPI_ROLE_PUSH_BUTTON, "_Buy 18 labels and capture");
  for (const char *key = "700"; *key != '\0'; key++)
    a11y_key (0, (guint) *key);
  a11y_click (begin);
  run = a11y_wait (here.app, ATSPI_ROLE_INVALID, "Buying labels and shipping");
  outcome = a11y_wait (run, ATSPI_ROLE_LABEL, "Shipped: 18 of 20, refused: 2");
  refused = a11y_wait (run, ATSPI_ROLE_LABEL, "refused");
  for (guint i = 0; i < N_BATCH; i++)
    check_order (i, i < N_HELD ? WB_STAGE_HOLD : WB_STAGE_SHIPPED, i < N_HELD ? 0 : 1);
  run_all (desk, WB_BATCH_RELEASE, N_HELD, NULL);
  press (run, "Retry failed only");
  again = a11y_wait (run, ATSPI_ROLE_LABEL, "Shipped: 20 of 20");
  for (guint i = 0; i < N_BATCH; i++)
    check_order (i, WB_STAGE_SHIPPED, 1);
  check_town ();
  press (run, "Close");
}

static gboolean
is_marked (guint i)
{
  g_autoptr (WbOrder) order = wb_book_get_order (here.book, here.ids[i], NULL);

  return g_strcmp0 (wb_record_get_text (order, WB_ORDER_TAGS), TAG ",gift") == 0;
}

/* Tagged all at once, and taken back by the toast. */
static void
test_undo (void)
{
  g_autoptr (AtspiAccessible) ask = NULL, entry = NULL, toast = NULL, undone = NULL;

  select_all ("20 selected");
  press (here.window, "Tag…");
  ask = a11y_wait (here.app, ATSPI_ROLE_INVALID, "Tag orders");
  entry = a11y_wait (ask, ATSPI_ROLE_TEXT, "Tag");
  a11y_type (entry, "gift");
  press (ask, "Tag 20 orders");
  toast = a11y_wait (here.window, ATSPI_ROLE_LABEL, "Tagged: 20 of 20");
  g_assert_true (is_marked (0) && is_marked (N_BATCH - 1));
  press (here.window, "Undo");
  undone = a11y_wait (here.window, ATSPI_ROLE_LABEL, "Undone: 20 orders");
  g_assert_false (is_marked (0) || is_marked (N_BATCH - 1));
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
  options.orders = 160;
  here.bench = client_bench_new (&options, &here.secrets);
  here.book = wb_book_open (here.bench->book, TRUE, &error);
  g_assert_no_error (error);
  prepare ();
  start_window ();
  g_test_add_func ("/client/orders/narrow", test_narrow);
  g_test_add_func ("/client/orders/batch", test_batch);
  g_test_add_func ("/client/orders/undo", test_undo);
  g_test_add_func ("/client/orders/close", close_window);
  result = g_test_run ();
  g_clear_object (&here.book);
  wb_bench_free (here.bench);
  g_free (here.secrets);
  return result;
}
