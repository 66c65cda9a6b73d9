/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders through import, edit, parts and holds: nothing changes twice, what changed is seen, sums
 * stay exact. */
#include "flow-bench.h"

static void
test_idempotent (void)
{
  g_autoptr (FlowBench) bench = flow_bench_new (120);
  g_auto (WbSyncResult) again = { 0 };
  gint64                last = wb_book_last_event (bench->book);
  g_autoptr (WbOrder)   before = flow_bench_order (bench, g_array_index (bench->ids, gint64, 3));
  g_autoptr (WbOrder)   after = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  flow_bench_sync (bench, &again);
  g_assert_cmpint (again.added, ==, 0);
  g_assert_cmpint (again.changed, ==, 0);
  g_assert_cmpuint (again.problems->len, ==, 0);
  g_assert_cmpint (wb_book_last_event (bench->book), ==, last);
  after = flow_bench_order (bench, g_array_index (bench->ids, gint64, 3));
  changes = wb_record_diff (before, after);
  g_assert_cmpuint (changes->len, ==, 0);
}

static char *
order_path (FlowBench *bench, const char *place, gint64 id)
{
  g_autoptr (WbOrder) order = flow_bench_order (bench, id);

  return g_strdup_printf ("/town/%s/%s", place, wb_record_get_text (order, WB_ORDER_REMOTE_ID));
}

/* The label is bought, the card declined, the address edited: nothing goes on before a person has
 * looked. */
static void
test_edit_after_label (void)
{
  g_autoptr (FlowBench) bench = flow_bench_new (40);
  gint64                order_id = flow_bench_take_order (bench, 1);
  g_autofree char      *payment = order_path (bench, "payments", order_id);
  g_autofree char      *remote = order_path (bench, "orders", order_id);
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbOrder)   order = NULL;
  gint64                id = flow_bench_plan (bench, order_id, 0, 0, &error);

  g_assert_no_error (error);
  flow_bench_control (bench, "POST", payment, "{\"declines\": true}");
  g_assert_false (wb_desk_ship (bench->desk, id, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_DECLINED);
  g_clear_error (&error);
  flow_bench_control (bench, "POST", payment, "{\"declines\": false}");
  flow_bench_control (bench, "POST", remote,
                      "{\"shipping\": {\"address_1\": \"Neue Straße 9\", \"city\": \"Jena\"}}");
  flow_bench_sync (bench, &result);
  order = flow_bench_order (bench, order_id);
  g_assert_true (wb_record_get_bool (order, WB_ORDER_EDITED_AFTER_LABEL));
  g_assert_cmpstr (
      wb_record_get_text (wb_record_get_one (order, WB_ORDER_SHIP_TO), WB_ADDRESS_CITY), ==,
      "Jena");
  g_assert_false (wb_desk_ship (bench->desk, id, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  wb_desk_release (bench->desk, order_id, &error);
  g_assert_no_error (error);
  wb_desk_ship (bench->desk, id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  flow_bench_assert_agree (bench);
}

static gint64
line_with_pieces (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) > 0)
      return wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);
  return 0;
}

/* One piece first, then the rest: two labels, two reports, one completion, and the whole amount
 * captured once. */
static void
test_parts (void)
{
  g_autoptr (FlowBench) bench = flow_bench_new (60);

  for (guint i = 0; i < 4; i++)
    {
      gint64              order_id = flow_bench_take_order (bench, 2);
      g_autoptr (WbOrder) order = flow_bench_order (bench, order_id);
      g_autoptr (GError)  error = NULL;
      gint64 first = flow_bench_plan (bench, order_id, line_with_pieces (order), 1, &error);
      gint64 second;

      g_assert_no_error (error);
      wb_desk_ship (bench->desk, first, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_clear_object (&order);
      order = flow_bench_order (bench, order_id);
      g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_PARTIAL);
      second = flow_bench_plan (bench, order_id, 0, 0, &error);
      g_assert_no_error (error);
      wb_desk_ship (bench->desk, second, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_clear_object (&order);
      order = flow_bench_order (bench, order_id);
      g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
      g_assert_cmpint (wb_order_to_ship (order), ==, 0);
      g_assert_cmpint (flow_bench_plan (bench, order_id, 0, 0, &error), ==, 0);
      g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
    }
  flow_bench_assert_agree (bench);
}

static void
test_hold (void)
{
  g_autoptr (FlowBench) bench = flow_bench_new (40);
  gint64                order_id = flow_bench_take_order (bench, 1);
  g_autoptr (GError)    error = NULL;
  gint64                id;

  wb_desk_hold (bench->desk, order_id, "customer asked to wait", &error);
  g_assert_no_error (error);
  g_assert_cmpint (flow_bench_plan (bench, order_id, 0, 0, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  wb_desk_release (bench->desk, order_id, &error);
  g_assert_no_error (error);
  id = flow_bench_plan (bench, order_id, 0, 0, &error);
  g_assert_no_error (error);
  wb_desk_ship (bench->desk, id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  wb_desk_ship (bench->desk, id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  flow_bench_assert_agree (bench);
}

/* Closed and opened again: the town, the book and the cursor are as they were, on another port. */
static void
test_reopen (void)
{
  g_autoptr (FlowBench) bench = flow_bench_new (40);
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GError)    error = NULL;
  gint64                order_id = flow_bench_take_order (bench, 1);
  gint64                id = flow_bench_plan (bench, order_id, 0, 0, &error);
  WbPractice           *second;

  g_assert_no_error (error);
  second = wb_practice_open (bench->folder, 1, 1, &error);
  g_assert_null (second);
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_clear_object (&bench->desk);
  g_clear_pointer (&bench->practice, wb_practice_close);
  bench->practice = wb_practice_open (bench->folder, 1, 1, &error);
  g_assert_no_error (error);
  bench->desk = wb_practice_open_desk (bench->practice, "test", &error);
  g_assert_no_error (error);
  bench->book = wb_desk_get_book (bench->desk);
  g_assert_true (wb_desk_is_practice (bench->desk));
  flow_bench_sync (bench, &result);
  g_assert_cmpint (result.added, ==, 0);
  wb_desk_ship (bench->desk, id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  flow_bench_assert_agree (bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/orders/idempotent", test_idempotent);
  g_test_add_func ("/flow/orders/edit-after-label", test_edit_after_label);
  g_test_add_func ("/flow/orders/parts", test_parts);
  g_test_add_func ("/flow/orders/hold", test_hold);
  g_test_add_func ("/flow/orders/reopen", test_reopen);
  return g_test_run ();
}
