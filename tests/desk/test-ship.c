/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine against the practice town: sync, ship whole and in parts, refusals, lost answers,
 * voids, holds. */
#include "wb-bench.h"
#include "wb-test.h"

#include <string.h>

static WbBench *
bench_with (guint orders)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = orders;
  options.seed = 7;
  return wb_bench_new (&options);
}

/* What the town's books say of one order. */
static WbJson
books_of (JsonNode *books, const char *remote_id, WbJson *root, WbJson *orders)
{
  guint n = 0;

  *root = wb_json_root (books, "books");
  g_assert_true (wb_json_array (root, "orders", orders, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson           row = wb_json_element (orders, i);
      g_autofree char *id = wb_json_scalar_text (&row, "id");

      if (g_strcmp0 (id, remote_id) == 0)
        return row;
    }
  return (WbJson){ 0 };
}

static guint
count_of (const WbJson *row, const char *name)
{
  WbJson list;
  guint  n = 0;

  return row->node != NULL && wb_json_array (row, name, &list, &n, NULL) ? n : 0;
}

static void
ship_fully (WbDesk *desk, gint64 order_id)
{
  g_autoptr (GError) error = NULL;
  gint64             shipment = wb_bench_plan (desk, order_id, &error);

  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
test_whole (void)
{
  g_autoptr (WbBench)   bench = bench_with (40);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autoptr (GArray)    ready = wb_bench_calm (bench, desk);
  g_autoptr (WbOrder)   order = NULL;
  g_autoptr (JsonNode)  books = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  WbJson                root, orders, row;
  gint64                captured = 0;

  g_assert_cmpuint (ready->len, >, 3);
  ship_fully (desk, g_array_index (ready, gint64, 0));
  order = wb_book_get_order (wb_desk_get_book (desk), g_array_index (ready, gint64, 0), NULL);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), ==, WB_CHARGE_CAPTURED);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==,
                   wb_record_get_int (order, WB_ORDER_TOTAL) -
                       wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL));
  books = wb_bench_books (bench);
  row = books_of (books, wb_record_get_text (order, WB_ORDER_REMOTE_ID), &root, &orders);
  g_assert_cmpuint (count_of (&row, "labels"), ==, 1);
  entries =
      wb_book_list_entries (wb_desk_get_book (desk), wb_record_get_int (order, WB_ORDER_ID), NULL);
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_CAPTURED))
      captured += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
  g_assert_cmpint (captured, ==, wb_record_get_int (order, WB_ORDER_CAPTURED));
}

static void
test_sync_twice (void)
{
  g_autoptr (WbBench)   bench = bench_with (60);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GError)    error = NULL;
  gint64                events = wb_book_last_event (wb_desk_get_book (desk));

  g_assert_true (wb_desk_sync (desk, 0, NULL, NULL, &result, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.added, ==, 0);
  g_assert_cmpint (result.changed, ==, 0);
  g_assert_cmpint (wb_book_last_event (wb_desk_get_book (desk)), ==, events);
}

/* An order of several pieces leaves in two parcels; a payment that can be captured once is captured
 * with the last. */
static void
test_parts (void)
{
  g_autoptr (WbBench)    bench = bench_with (80);
  g_autoptr (WbDesk)     desk = wb_bench_open (bench->book);
  g_autoptr (GArray)     ready = wb_bench_calm (bench, desk);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbOrder)    order = NULL;
  g_autoptr (WbShipment) first = NULL;
  gint64                 line_id = 0, one = 1, shipment;
  WbShipAsk ask = { .weight_g = 500, .n = 1, .line_ids = &line_id, .quantities = &one };

  for (guint i = 0; i < ready->len && line_id == 0; i++)
    {
      g_clear_object (&order);
      order = wb_book_get_order (wb_desk_get_book (desk), g_array_index (ready, gint64, i), NULL);
      for (guint k = 0; wb_order_to_ship (order) > 1 &&
                        k < wb_record_get_many (order, WB_ORDER_LINES)->len && line_id == 0;
           k++)
        if (wb_order_line_to_ship (wb_record_get_many (order, WB_ORDER_LINES)->pdata[k]) > 0)
          line_id = wb_record_get_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[k],
                                       WB_ORDER_LINE_ID);
    }
  g_assert_cmpint (line_id, !=, 0);
  ask.order_id = wb_record_get_int (order, WB_ORDER_ID);
  shipment = wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  first = wb_book_get_shipment (wb_desk_get_book (desk), shipment, NULL);
  g_assert_cmpint (wb_record_get_int (first, WB_SHIPMENT_CAPTURE_AMOUNT), ==, 0);
  g_clear_object (&order);
  order = wb_book_get_order (wb_desk_get_book (desk), ask.order_id, NULL);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_PARTIAL);
  ship_fully (desk, ask.order_id);
  g_clear_object (&order);
  order = wb_book_get_order (wb_desk_get_book (desk), ask.order_id, NULL);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==,
                   wb_record_get_int (order, WB_ORDER_TOTAL) -
                       wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL));
  g_assert_cmpint (wb_bench_plan (desk, ask.order_id, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

typedef struct
{
  const char *service, *method, *path, *kind;
} Fault;

/* The answer is lost after the effect: asked after at once, done once. */
static void
test_lost_answers (void)
{
  static const Fault faults[] = {
    { "easypost", "POST", "/buy$", "cut-after" },    { "easypost", "POST", "/buy$", "500-after" },
    { "stripe", "POST", "/capture$", "cut-after" },  { "stripe", "POST", "/capture$", "500-after" },
    { "shop", "POST", "/notes", "cut-after" },       { "shop", "PUT", "/orders/", "cut-after" },
    { "stripe", "POST", "/capture$", "cut-before" }, { "easypost", "POST", "/buy$", "cut-before" },
    { "easypost", "POST", "/buy$", "truncated" },    { "stripe", "POST", "/capture$", "truncated" },
  };
  g_autoptr (WbBench)  bench = bench_with (120);
  g_autoptr (WbDesk)   desk = wb_bench_open (bench->book);
  g_autoptr (GArray)   ready = wb_bench_calm (bench, desk);
  g_autoptr (JsonNode) books = NULL;
  WbJson               root, orders;

  g_assert_cmpuint (ready->len, >=, G_N_ELEMENTS (faults));
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64             shipment = wb_bench_plan (desk, g_array_index (ready, gint64, i), &error);

      g_assert_no_error (error);
      wb_bench_fault (bench, faults[i].service, faults[i].method, faults[i].path, faults[i].kind,
                      0);
      if (!wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error))
        {
          g_test_message ("%s %s: %s", faults[i].path, faults[i].kind, error->message);
          g_clear_error (&error);
          wb_bench_no_faults (bench);
          g_assert_true (wb_desk_recover (desk, NULL, NULL, NULL, &error));
        }
      g_assert_no_error (error);
      wb_bench_no_faults (bench);
    }
  books = wb_bench_books (bench);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (wb_desk_get_book (desk), g_array_index (ready, gint64, i), NULL);
      WbJson row = books_of (books, wb_record_get_text (order, WB_ORDER_REMOTE_ID), &root, &orders);

      g_test_message ("%s %s %s", faults[i].service, faults[i].path, faults[i].kind);
      g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
      g_assert_cmpuint (count_of (&row, "labels"), ==, 1);
    }
}

static void
test_void_and_again (void)
{
  g_autoptr (WbBench)   bench = bench_with (40);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autoptr (GArray)    ready = wb_bench_calm (bench, desk);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) labels = NULL, twice = NULL;
  g_autoptr (WbOrder)   order = NULL;
  g_autofree char      *outcome = NULL;
  gint64 id = g_array_index (ready, gint64, 0), shipment = wb_bench_plan (desk, id, &error);

  g_assert_no_error (error);
  wb_bench_fault (bench, "stripe", "POST", "/capture$", "503-html", 0);
  wb_desk_ship (desk, shipment, NULL, NULL, NULL, NULL);
  wb_bench_no_faults (bench);
  labels = wb_book_list_labels (wb_desk_get_book (desk), id, NULL);
  g_assert_cmpuint (labels->len, ==, 1);
  order = wb_book_get_order (wb_desk_get_book (desk), id, NULL);
  if (g_str_equal (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_SHIPPED))
    return;
  g_assert_true (wb_desk_void_label (desk, wb_record_get_int (labels->pdata[0], WB_LABEL_ID),
                                     &outcome, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (wb_desk_ship (desk, shipment, NULL, NULL, NULL, NULL));
  ship_fully (desk, id);
  twice = wb_book_list_labels (wb_desk_get_book (desk), id, NULL);
  g_assert_cmpuint (twice->len, ==, 2);
}

static void
test_hold (void)
{
  g_autoptr (WbBench) bench = bench_with (40);
  g_autoptr (WbDesk)  desk = wb_bench_open (bench->book);
  g_autoptr (GArray)  ready = wb_bench_calm (bench, desk);
  g_autoptr (GError)  error = NULL;
  gint64              id = g_array_index (ready, gint64, 0);

  g_assert_true (wb_desk_hold (desk, id, "customer rings back", &error));
  g_assert_cmpint (wb_bench_plan (desk, id, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (wb_desk_release (desk, id, &error));
  ship_fully (desk, id);
}

static void
test_reprint (void)
{
  g_autoptr (WbBench) bench = bench_with (40);
  g_autoptr (WbDesk)  desk = wb_bench_open (bench->book);
  g_autoptr (GArray)  ready = wb_bench_calm (bench, desk);
  g_autoptr (GError)  error = NULL;
  g_autoptr (GDir)    papers = NULL;
  g_autofree char    *outcome = NULL;
  gint64              shipment = wb_bench_plan (desk, g_array_index (ready, gint64, 0), &error);
  guint               files = 0;

  g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error));
  g_assert_true (wb_desk_reprint (desk, shipment, WB_DOCUMENT_LABEL, &outcome, NULL, &error));
  g_assert_no_error (error);
  papers = g_dir_open (bench->papers, 0, NULL);
  while (g_dir_read_name (papers) != NULL)
    files++;
  g_assert_cmpuint (files, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/ship/whole", test_whole);
  g_test_add_func ("/desk/ship/parts", test_parts);
  g_test_add_func ("/desk/ship/lost-answers", test_lost_answers);
  g_test_add_func ("/desk/ship/void-and-again", test_void_and_again);
  g_test_add_func ("/desk/ship/reprint", test_reprint);
  g_test_add_func ("/desk/hold", test_hold);
  g_test_add_func ("/desk/sync/twice", test_sync_twice);
  return g_test_run ();
}
