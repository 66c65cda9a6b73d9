/* SPDX-License-Identifier: GPL-3.0-or-later
 * Many orders at once from outside, as a screen reader and a keyboard see it: a batch of twenty
 * with two refused, retried alone; holding undone; a view saved, found after a restart, deleted,
 * and brought back. */
#include "wb-customs-rules.h"
#include "window-bench.h"

#define N_BATCH 20
#define N_HELD  2
#define TAG     "batch"

static WindowBench at;

static struct
{
  gint64 ids[N_BATCH]; /* the first two are held */
} here;

static void
run_all (WbBatch kind, guint n, const char *argument)
{
  g_autoptr (GPtrArray) rows =
      wb_desk_run_batch (at.desk, kind, here.ids, n, argument, NULL, NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    g_assert_no_error (((WbBatchRow *) rows->pdata[i])->error);
}

/* What customs want to know of goods is another test's. */
static gboolean
stays_at_home (gint64 id, WbOrigin *origin)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, id, NULL);
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
  g_autoptr (GArray)    calm = wb_bench_calm (at.bench, at.desk);
  g_autoptr (GPtrArray) origins = wb_book_list_origins (at.book, NULL);
  guint                 n = 0;

  for (guint i = 0; i < calm->len && n < N_BATCH; i++)
    if (stays_at_home (g_array_index (calm, gint64, i), origins->pdata[0]))
      here.ids[n++] = g_array_index (calm, gint64, i);
  g_assert_cmpuint (n, ==, N_BATCH);
  run_all (WB_BATCH_TAG, N_BATCH, TAG);
  run_all (WB_BATCH_HOLD, N_HELD, "The customer rang");
}

/* From the search to the list; then everything in it. */
static void
select_all (const char *expected)
{
  g_autoptr (AtspiAccessible) count = NULL;

  a11y_key (A11Y_CONTROL, 'f');
  a11y_key (0, A11Y_RETURN);
  a11y_key (A11Y_CONTROL, 'a');
  count = a11y_wait (at.window, ATSPI_ROLE_LABEL, expected);
  g_assert_nonnull (count);
}

static void
test_narrow (void)
{
  g_autoptr (AtspiAccessible) tag = NULL, chip = NULL;

  a11y_click_on (at.window, "All");
  a11y_open_menu (at.window, "Filter and saved views");
  tag = a11y_wait (at.window, ATSPI_ROLE_TEXT, "Tag");
  a11y_type (tag, TAG);
  chip = a11y_wait (at.window, ATSPI_ROLE_PUSH_BUTTON, "No longer only: " TAG);
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (at.window, ATSPI_ROLE_TEXT, "Tag");
  g_assert_nonnull (chip);
}

static void
check_order (guint i, const char *stage, guint labels)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (at.book, here.ids[i], NULL);
  g_autoptr (GPtrArray) bought = wb_book_list_labels (at.book, here.ids[i], NULL);

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
  g_autoptr (JsonNode) books = wb_bench_books (at.bench);
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
  g_autoptr (WbDesk) desk = wb_bench_open (at.bench->book);

  select_all ("20 selected");
  a11y_click_on (at.window, "Buy labels…");
  ask = a11y_wait (at.app, ATSPI_ROLE_INVALID, "Buy labels and ship");
  weight = a11y_wait (ask, ATSPI_ROLE_SPIN_BUTTON, "Weight in grams");
  begin = a11y_wait_start (ask, ATSPI_ROLE_PUSH_BUTTON, "_Buy 18 labels and capture");
  for (const char *key = "700"; *key != '\0'; key++)
    a11y_key (0, (guint) *key);
  a11y_click (begin);
  run = a11y_wait (at.app, ATSPI_ROLE_INVALID, "Buying labels and shipping");
  outcome = a11y_wait (run, ATSPI_ROLE_LABEL, "Shipped: 18 of 20, refused: 2");
  refused = a11y_wait (run, ATSPI_ROLE_LABEL, "refused");
  for (guint i = 0; i < N_BATCH; i++)
    check_order (i, i < N_HELD ? WB_STAGE_HOLD : WB_STAGE_SHIPPED, i < N_HELD ? 0 : 1);
  run_all (WB_BATCH_RELEASE, N_HELD, NULL);
  a11y_click_on (run, "Retry failed only");
  again = a11y_wait (run, ATSPI_ROLE_LABEL, "Shipped: 20 of 20");
  for (guint i = 0; i < N_BATCH; i++)
    check_order (i, WB_STAGE_SHIPPED, 1);
  check_town ();
  a11y_click_on (run, "Close");
}

static gboolean
is_marked (guint i)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, here.ids[i], NULL);

  return g_strcmp0 (wb_record_get_text (order, WB_ORDER_TAGS), TAG ",gift") == 0;
}

/* Tagged all at once, and taken back by the toast. */
static void
test_undo (void)
{
  g_autoptr (AtspiAccessible) ask = NULL, entry = NULL, toast = NULL, undone = NULL;

  select_all ("20 selected");
  a11y_click_on (at.window, "Tag…");
  ask = a11y_wait (at.app, ATSPI_ROLE_INVALID, "Tag orders");
  entry = a11y_wait (ask, ATSPI_ROLE_TEXT, "Tag");
  a11y_type (entry, "gift");
  a11y_click_on (ask, "Tag 20 orders");
  toast = a11y_wait (at.window, ATSPI_ROLE_LABEL, "Tagged: 20 of 20");
  g_assert_true (is_marked (0) && is_marked (N_BATCH - 1));
  a11y_click_on (at.window, "Undo");
  undone = a11y_wait (at.window, ATSPI_ROLE_LABEL, "Undone: 20 orders");
  g_assert_false (is_marked (0) || is_marked (N_BATCH - 1));
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 160;
  window_bench_make (&at, &options);
  prepare ();
  window_bench_open_orders (&at);
  g_test_add_func ("/client/orders/narrow", test_narrow);
  g_test_add_func ("/client/orders/batch", test_batch);
  g_test_add_func ("/client/orders/undo", test_undo);
  return window_bench_run (&at);
}
