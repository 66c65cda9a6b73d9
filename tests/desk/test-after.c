/* SPDX-License-Identifier: GPL-3.0-or-later
 * After the parcel: tracking, voided labels, batches, customers. */
#include "wb-bench.h"
#include "wb-exceptions.h"
#include "wb-test.h"

#include <string.h>

static WbBench *
bench_with (guint orders)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = orders;
  options.seed = 9;
  return wb_bench_new (&options);
}

static void
move_clock (WbBench *bench, gint64 seconds)
{
  g_autofree char *body = g_strdup_printf ("{\"advance\": %" G_GINT64_FORMAT "}", seconds);
  guint            status = 0;
  g_autofree char *reply = wb_town_control (bench->town, "POST", "/town/clock", body, &status);

  g_assert_cmpuint (status, ==, 200);
}

static gint64
ship_first (WbBench *bench, WbDesk *desk)
{
  g_autoptr (GArray) calm = wb_bench_calm (bench, desk);
  g_autoptr (GError) error = NULL;
  gint64             shipment = wb_bench_plan (desk, g_array_index (calm, gint64, 0), &error);

  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return shipment;
}

static const char *
tracker_of (WbDesk *desk, gint64 shipment_id, WbShipment **shipment)
{
  g_clear_object (shipment);
  *shipment = wb_book_get_shipment (wb_desk_get_book (desk), shipment_id, NULL);
  return wb_record_get_text (wb_record_get_many (*shipment, WB_SHIPMENT_PARCELS)->pdata[0],
                             WB_PARCEL_TRACKER_STATE);
}

static void
test_track (void)
{
  g_autoptr (WbBench)    bench = bench_with (40);
  g_autoptr (WbDesk)     desk = wb_bench_open (bench->book);
  gint64                 id = ship_first (bench, desk);
  g_autoptr (WbShipment) shipment = NULL;
  g_autoptr (GError)     error = NULL;

  g_assert_true (wb_desk_track (desk, id, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (tracker_of (desk, id, &shipment), !=, WB_TRACKER_DELIVERED);
  move_clock (bench, 5 * 24 * 3600);
  g_assert_true (wb_desk_track (desk, id, NULL, &error));
  g_assert_cmpstr (tracker_of (desk, id, &shipment), ==, WB_TRACKER_DELIVERED);
}

/* A label voided after its parcel was not captured: asked back, later given back, and the ledger
 * says so once. */
static void
test_void_comes_back (void)
{
  g_autoptr (WbBench)   bench = bench_with (40);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autoptr (GArray)    calm = wb_bench_calm (bench, desk);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) labels = NULL, after = NULL, entries = NULL;
  g_autofree char      *outcome = NULL;
  gint64                order_id = g_array_index (calm, gint64, 0),
         shipment = wb_bench_plan (desk, order_id, &error), sum = 0;
  guint n = 0;

  g_assert_no_error (error);
  wb_bench_fault (bench, "stripe", "POST", "/capture$", "429", 0);
  wb_bench_fault (bench, "stripe", "POST", "/capture$", "429", 0);
  wb_bench_fault (bench, "stripe", "POST", "/capture$", "429", 0);
  wb_bench_fault (bench, "stripe", "POST", "/capture$", "429", 0);
  wb_bench_fault (bench, "stripe", "POST", "/capture$", "429", 0);
  g_assert_false (wb_desk_ship (desk, shipment, NULL, NULL, NULL, NULL));
  wb_bench_no_faults (bench);
  labels = wb_book_list_labels (wb_desk_get_book (desk), order_id, NULL);
  g_assert_cmpuint (labels->len, ==, 1);
  g_assert_true (wb_desk_void_label (desk, wb_record_get_int (labels->pdata[0], WB_LABEL_ID),
                                     &outcome, NULL, &error));
  g_assert_no_error (error);
  move_clock (bench, 20 * 24 * 3600);
  g_assert_true (wb_desk_refresh_voids (desk, NULL, &error));
  g_assert_true (wb_desk_refresh_voids (desk, NULL, &error));
  g_assert_no_error (error);
  after = wb_book_list_labels (wb_desk_get_book (desk), order_id, NULL);
  g_assert_cmpstr (wb_record_get_text (after->pdata[0], WB_LABEL_STATE), ==, WB_LABEL_VOID);
  entries = wb_book_list_entries (wb_desk_get_book (desk), order_id, NULL);
  for (guint i = 0; i < entries->len; i++)
    if (g_str_has_prefix (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_LABEL))
      {
        sum += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
        n++;
      }
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (sum, ==, 0);
}

/* Two of the rows are refused; the rest is done, in order, and only the refused are tried again. */
static void
test_batch (void)
{
  g_autoptr (WbBench)   bench = bench_with (60);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autoptr (GArray)    calm = wb_bench_calm (bench, desk);
  g_autoptr (GPtrArray) rows = NULL, again = NULL;
  g_autoptr (GError)    error = NULL;
  gint64               *ids = (gint64 *) calm->data;

  g_assert_cmpuint (calm->len, >=, 6);
  g_assert_true (wb_desk_hold (desk, ids[1], "address", &error));
  g_assert_true (wb_desk_hold (desk, ids[3], "address", &error));
  rows = wb_desk_run_batch (desk, WB_BATCH_SHIP, ids, 6, "600", NULL, NULL, NULL);
  g_assert_cmpuint (rows->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      WbBatchRow *row = rows->pdata[i];

      g_assert_cmpint (row->order_id, ==, ids[i]);
      if (i == 1 || i == 3)
        g_assert_error (row->error, WB_ERROR, WB_ERROR_REFUSED);
      else
        g_assert_no_error (row->error);
    }
  g_assert_true (wb_desk_release (desk, ids[1], &error));
  again = wb_desk_run_batch (desk, WB_BATCH_SHIP, &ids[1], 1, "600", NULL, NULL, NULL);
  g_assert_no_error (((WbBatchRow *) again->pdata[0])->error);
}

/* One piece leaves; the others are cancelled in the shop. Nothing is to come that would capture: a
 * person is told, and takes what is due. */
static void
test_rest (void)
{
  g_autoptr (WbBench)   bench = bench_with (120);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  WbBook               *book = wb_desk_get_book (desk);
  g_autoptr (GArray)    calm = wb_bench_calm (bench, desk);
  g_autoptr (WbOrder)   order = NULL, edited = NULL, after = NULL;
  g_autoptr (GPtrArray) exceptions = NULL;
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GError)    error = NULL;
  gint64                line_id = 0, one = 1, shipment, rest = 0;
  WbShipAsk             ask = { .weight_g = 500, .n = 1, .line_ids = &line_id, .quantities = &one };
  gboolean              told = FALSE;

  for (guint i = 0; i < calm->len && line_id == 0; i++)
    {
      g_clear_object (&order);
      order = wb_book_get_order (book, g_array_index (calm, gint64, i), NULL);
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
  g_assert_false (wb_desk_capture_rest (desk, ask.order_id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  edited = wb_book_get_order (book, ask.order_id, NULL);
  for (guint k = 0; k < wb_record_get_many (edited, WB_ORDER_LINES)->len; k++)
    {
      gpointer line = wb_record_get_many (edited, WB_ORDER_LINES)->pdata[k];

      rest = wb_order_line_to_ship (line);
      wb_record_set_int (line, WB_ORDER_LINE_CANCELLED,
                         wb_record_get_int (line, WB_ORDER_LINE_CANCELLED) + rest);
    }
  g_assert_true (wb_desk_import_order (desk, edited, NULL, &result, &error));
  g_assert_no_error (error);
  exceptions = wb_list_exceptions (book, &error);
  for (guint i = 0; i < exceptions->len; i++)
    told |= ((WbException *) exceptions->pdata[i])->order_id == ask.order_id &&
            g_str_equal (((WbException *) exceptions->pdata[i])->next, "capture-rest");
  g_assert_true (told);
  g_assert_true (wb_desk_capture_rest (desk, ask.order_id, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (wb_desk_capture_rest (desk, ask.order_id, NULL, &error));
  after = wb_book_get_order (book, ask.order_id, NULL);
  g_assert_cmpint (wb_record_get_int (after, WB_ORDER_CAPTURED), ==,
                   wb_record_get_int (after, WB_ORDER_TOTAL));
}

static void
test_tags (void)
{
  g_autoptr (WbBench)   bench = bench_with (20);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  gint64                id = 1;
  g_autoptr (GPtrArray) one = wb_desk_run_batch (desk, WB_BATCH_TAG, &id, 1, "gift", NULL, NULL,
                                                 NULL),
                        two = wb_desk_run_batch (desk, WB_BATCH_TAG, &id, 1, "rush", NULL, NULL,
                                                 NULL),
                        three = wb_desk_run_batch (desk, WB_BATCH_UNTAG, &id, 1, "gift", NULL, NULL,
                                                   NULL);
  g_autoptr (WbOrder) order = wb_book_get_order (wb_desk_get_book (desk), 1, NULL);

  g_assert_no_error (((WbBatchRow *) one->pdata[0])->error);
  g_assert_no_error (((WbBatchRow *) two->pdata[0])->error);
  g_assert_no_error (((WbBatchRow *) three->pdata[0])->error);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_TAGS), ==, "rush");
}

static gboolean
book_holds (WbBench *bench, const char *needle)
{
  static const char *const beside[] = { "", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_strconcat (bench->book, beside[i], NULL), *content = NULL;
      gsize            size = 0;

      if (g_file_get_contents (path, &content, &size, NULL) &&
          memmem (content, size, needle, strlen (needle)) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* An order that can be shipped whole, of somebody who has no other. */
static gint64
lone_order (WbBench *bench, WbDesk *desk)
{
  g_autoptr (GArray) calm = wb_bench_calm (bench, desk);

  for (guint i = 0; i < calm->len; i++)
    {
      gint64                id = g_array_index (calm, gint64, i);
      g_autoptr (WbOrder)   order = wb_book_get_order (wb_desk_get_book (desk), id, NULL);
      g_autoptr (GPtrArray) all = wb_book_list_customer_orders (
          wb_desk_get_book (desk), wb_record_get_int (order, WB_ORDER_CUSTOMER_ID), NULL);

      if (all->len == 1)
        return id;
    }
  g_assert_not_reached ();
}

/* Erasing takes the person out of every table, and leaves the ledger as it was. While a parcel is
 * still to come it is refused. */
static void
test_erase (void)
{
  g_autoptr (WbBench) bench = bench_with (80);
  g_autoptr (WbDesk)  desk = wb_bench_open (bench->book);
  WbBook             *book = wb_desk_get_book (desk);
  g_autoptr (GError)  error = NULL;
  gint64 order_id = lone_order (bench, desk), shipment = wb_bench_plan (desk, order_id, &error);
  g_autoptr (WbOrder)   order = wb_book_get_order (book, order_id, NULL), after = NULL;
  gint64                customer = wb_record_get_int (order, WB_ORDER_CUSTOMER_ID);
  g_autoptr (GPtrArray) before = NULL, found = NULL, left = NULL;
  g_autoptr (JsonNode) export = NULL;
  g_autofree char *copy = g_build_filename (bench->folder, "copy.waybill", NULL),
                  *email = g_strdup (wb_record_get_text (order, WB_ORDER_EMAIL)), *text = NULL;

  g_assert_false (wb_desk_erase_customer (desk, customer, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error));
  before = wb_book_list_entries (book, 0, NULL);
  export = wb_desk_export_customer (desk, customer, &error);
  text = wb_json_to_text (export);
  g_assert_nonnull (strstr (text, email));
  g_assert_true (wb_desk_erase_customer (desk, customer, &error));
  g_assert_no_error (error);
  after = wb_book_get_order (book, order_id, NULL);
  g_assert_null (wb_record_get_text (after, WB_ORDER_EMAIL));
  g_assert_null (
      wb_record_get_text (wb_record_get_one (after, WB_ORDER_SHIP_TO), WB_ADDRESS_STREET1));
  g_assert_cmpint (wb_record_get_int (after, WB_ORDER_TOTAL), ==,
                   wb_record_get_int (order, WB_ORDER_TOTAL));
  found = wb_book_find_customers (book, email, 10, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  left = wb_book_list_entries (book, 0, NULL);
  g_assert_cmpuint (left->len, ==, before->len);
  /* Also no unused page of the file may still hold it. */
  g_assert_true (wb_book_backup (book, copy, &error));
  g_assert_no_error (error);
  g_free (bench->book);
  bench->book = g_strdup (copy);
  g_assert_false (book_holds (bench, email));
}

static void
test_link (void)
{
  g_autoptr (WbBench)   bench = bench_with (40);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  WbBook               *book = wb_desk_get_book (desk);
  g_autoptr (GPtrArray) all = wb_book_find_customers (book, "", 10, NULL), person = NULL,
                        apart = NULL;
  g_autoptr (GError) error = NULL;
  gint64             a, b, c;

  g_assert_cmpuint (all->len, >=, 3);
  a = wb_record_get_int (all->pdata[0], WB_CUSTOMER_ID);
  b = wb_record_get_int (all->pdata[1], WB_CUSTOMER_ID);
  c = wb_record_get_int (all->pdata[2], WB_CUSTOMER_ID);
  g_assert_true (wb_desk_link_customers (desk, a, b, &error));
  g_assert_true (wb_desk_link_customers (desk, c, b, &error));
  person = wb_book_list_person (book, a, NULL);
  g_assert_cmpuint (person->len, ==, 3);
  g_assert_true (wb_desk_unlink_customer (desk, b, &error));
  apart = wb_book_list_person (book, a, NULL);
  g_assert_cmpuint (apart->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/track", test_track);
  g_test_add_func ("/desk/void-comes-back", test_void_comes_back);
  g_test_add_func ("/desk/batch/ship", test_batch);
  g_test_add_func ("/desk/capture-rest", test_rest);
  g_test_add_func ("/desk/batch/tags", test_tags);
  g_test_add_func ("/desk/customers/erase", test_erase);
  g_test_add_func ("/desk/customers/link", test_link);
  return g_test_run ();
}
