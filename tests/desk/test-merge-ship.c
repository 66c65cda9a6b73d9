/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders of one customer shipped in one parcel: one label, each charged and told by itself; voids,
 * refusals, lost answers. */
#include "merge-day.h"
#include "wb-desk-merge.h"
#include "wb-pack.h"
#include "wb-test.h"

#include <string.h>

static void
test_together (void)
{
  g_autoptr (MergeDay)   day = merge_day_new (3);
  g_autoptr (GPtrArray)  carried = NULL;
  g_autoptr (WbShipment) first = NULL;
  g_autoptr (GBytes)     label = NULL, slip = NULL, other = NULL;
  g_autoptr (GError)     error = NULL;
  g_auto (WbCapturePlan) captured = { 0 };
  g_autoptr (GPtrArray)  rows = NULL;
  WbShipAsk              ask = { .weight_g = 700 };
  gint64                 id, prints, both[2], total = 0;

  merge_day_merge (day);
  for (guint i = 0; i < day->n; i++)
    {
      g_autoptr (WbOrder) order = merge_day_order (day, day->ids[i]);

      total += wb_record_get_int (order, WB_ORDER_TOTAL);
      g_assert_cmpuint (merge_day_count (day, day->ids[i]), ==, 3);
      merge_day_assert_event (day, day->ids[i], "merged");
    }
  ask.order_id = day->ids[1];
  g_assert_true (wb_desk_plan_capture (day->desk, &ask, &captured, NULL, &error));
  g_assert_cmpint (captured.amount, ==, total);
  /* Whichever of them is asked for, the parcel is that of all, and the lead's shipment has it. */
  id = merge_day_plan (day, day->ids[2]);
  first = wb_book_get_shipment (day->book, id, NULL);
  g_assert_cmpint (wb_record_get_int (first, WB_SHIPMENT_ORDER_ID), ==, day->ids[0]);
  carried = wb_book_list_carried (day->book, id, NULL);
  g_assert_cmpuint (carried->len, ==, 2);
  merge_day_ship (day, wb_record_get_int (carried->pdata[1], WB_SHIPMENT_ID));
  merge_day_assert_left (day);
  merge_day_assert_agree (day);
  /* The label is found from each of them; the slips are each order's own. */
  label = wb_desk_get_label (day->desk, wb_record_get_int (carried->pdata[0], WB_SHIPMENT_ID), NULL,
                             &error);
  g_assert_no_error (error);
  slip = wb_desk_make_slip (day->desk, id, &error);
  other =
      wb_desk_make_slip (day->desk, wb_record_get_int (carried->pdata[0], WB_SHIPMENT_ID), &error);
  g_assert_no_error (error);
  g_assert_false (g_bytes_equal (slip, other));
  both[0] = id;
  both[1] = wb_record_get_int (carried->pdata[0], WB_SHIPMENT_ID);
  prints = wb_desk_begin_prints (day->desk, both, 2, TRUE, &error);
  g_assert_no_error (error);
  rows = wb_desk_list_prints (day->desk, prints, &error);
  g_assert_cmpuint (rows->len, ==, 3); /* one label, two slips */
  merge_day_ship (day, id);            /* nothing is left to do */
  merge_day_assert_agree (day);
}

static gint64
to_pack (MergeDay *day, gint64 id)
{
  g_autoptr (WbOrder) order = merge_day_order (day, id);
  GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64              pieces = 0;

  for (guint i = 0; i < lines->len; i++)
    pieces += wb_order_line_to_pack (lines->pdata[i]);
  return pieces;
}

/* The label of all is voided: each order is as it was, still together, and nothing was taken. */
static void
test_void (void)
{
  g_autoptr (MergeDay) day = merge_day_new (2);
  g_autoptr (GError)   error = NULL;
  gint64               pieces[2];

  merge_day_merge (day);
  for (guint i = 0; i < 2; i++)
    pieces[i] = to_pack (day, day->ids[i]);
  merge_day_label (day);
  g_assert_cmpint (to_pack (day, day->ids[1]), ==, 0);
  g_assert_false (wb_desk_unmerge (day->desk, day->ids[1], &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  merge_day_void (day);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (WbOrder)    order = merge_day_order (day, day->ids[i]);
      g_autoptr (WbShipment) shipment = merge_day_shipment (day, day->ids[i]);

      g_assert_cmpstr (wb_record_get_text (shipment, WB_SHIPMENT_STATE), ==, WB_SHIPMENT_VOID);
      g_assert_cmpint (to_pack (day, day->ids[i]), ==, pieces[i]);
      g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_READY);
      g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==, 0);
      g_assert_cmpuint (merge_day_count (day, day->ids[i]), ==, 2);
    }
  g_clear_error (&error);
  g_assert_true (wb_desk_unmerge (day->desk, day->ids[1], &error));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (WbShipment) own = NULL;

      merge_day_ship (day, merge_day_plan (day, day->ids[i]));
      own = merge_day_shipment (day, day->ids[i]);
      g_assert_cmpint (wb_record_get_int (own, WB_SHIPMENT_CARRIED_BY), ==, 0);
    }
}

/* Named lines go, and what is not named stays: of one order some pieces, of the other none. */
static void
test_part (void)
{
  g_autoptr (MergeDay) day = merge_day_new (2);
  g_autoptr (WbOrder)  order = merge_day_order (day, day->ids[1]), left = NULL;
  g_autoptr (GError)   error = NULL;
  gint64               line = 0, one = 1, id;
  WbShipAsk            ask = { .weight_g = 400, .n = 1, .line_ids = &line, .quantities = &one };
  GPtrArray           *lines = wb_record_get_many (order, WB_ORDER_LINES);

  merge_day_merge (day);
  for (guint i = 0; i < lines->len && line == 0; i++)
    if (wb_order_line_to_pack (lines->pdata[i]) > 0)
      line = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);
  ask.order_id = day->ids[0];
  id = wb_desk_plan_shipment (day->desk, &ask, NULL, NULL, &error);
  g_assert_no_error (error);
  merge_day_ship (day, id);
  left = merge_day_order (day, day->ids[0]);
  g_assert_cmpstr (wb_record_get_text (left, WB_ORDER_STAGE), ==, WB_STAGE_READY);
  merge_day_assert_agree (day);
}

/* A card is refused for one of them: the parcel waits, nothing is taken twice, and goes on. */
static void
test_refused (void)
{
  g_autoptr (MergeDay) day = merge_day_new (2);
  g_autoptr (WbOrder)  second = merge_day_order (day, day->ids[1]), now = NULL;
  g_autofree char     *path =
      g_strdup_printf ("/town/payments/%s", wb_record_get_text (second, WB_ORDER_REMOTE_ID));
  g_autofree char   *on = NULL, *off = NULL;
  g_autoptr (GError) error = NULL;
  guint              status = 0;
  gint64             id;

  merge_day_merge (day);
  id = merge_day_plan (day, day->ids[0]);
  on = wb_town_control (day->bench->town, "POST", path, "{\"declines\": true}", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_false (wb_desk_ship (day->desk, id, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_DECLINED);
  now = merge_day_order (day, day->ids[0]);
  g_assert_cmpstr (wb_record_get_text (now, WB_ORDER_STAGE), !=, WB_STAGE_SHIPPED);
  g_assert_cmpint (wb_record_get_int (now, WB_ORDER_CAPTURED), ==,
                   wb_record_get_int (now, WB_ORDER_TOTAL));
  g_clear_error (&error);
  wb_desk_recover (day->desk, NULL, NULL, NULL, NULL); /* waits for a person */
  off = wb_town_control (day->bench->town, "POST", path, "{\"declines\": false}", &status);
  merge_day_ship (day, id);
  merge_day_assert_left (day);
  merge_day_assert_agree (day);
}

/* Two shops: each is told by itself. The other is a list of orders with no gateway at all. */
static void
test_across_channels (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (MergeDay)     day = merge_day_new (1);
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autoptr (WbOrder)      other = merge_day_order (day, day->ids[0]), known = NULL, after = NULL;
  g_autoptr (GPtrArray)    operations = NULL;
  g_autoptr (WbShipment)   shipment = NULL;
  g_autoptr (GError)       error = NULL;
  g_auto (WbSyncResult)    result = { 0 };
  GPtrArray               *lines = wb_record_get_many (other, WB_ORDER_LINES);
  gint64                   channel;
  guint                    reports = 0;

  wb_record_set_text (draft, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, "csv");
  wb_record_set_text (draft, WB_CONNECTION_NAME, "Messe");
  wb_record_set_text (draft, WB_CONNECTION_BASE_URL, "file:");
  wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  wb_record_set_text (draft, WB_CONNECTION_CURRENCY, "EUR");
  channel = wb_desk_add_connection (day->desk, draft, none, &error);
  g_assert_no_error (error);
  wb_record_set_int (other, WB_ORDER_ID, 0);
  wb_record_set_int (other, WB_ORDER_CHANNEL_ID, channel);
  wb_record_set_text (other, WB_ORDER_REMOTE_ID, "M-1");
  wb_record_set_text (other, WB_ORDER_NUMBER, "M-1");
  wb_record_set_text (other, WB_ORDER_SERVICE_ASKED, "Whatever this shop calls it");
  wb_record_set_text (other, WB_ORDER_PAYMENT_REF, NULL);
  wb_record_set_int (other, WB_ORDER_PLACED_AT, wb_record_get_int (other, WB_ORDER_PLACED_AT) + 60);
  wb_record_set_int (other, WB_ORDER_PAID_AT, wb_now ());
  wb_record_set_int (other, WB_ORDER_CAPTURED, 0);
  wb_record_set_int (wb_record_get_one (other, WB_ORDER_SHIP_TO), WB_ADDRESS_ID, 0);
  if (wb_record_get_one (other, WB_ORDER_BILL_TO) != NULL)
    wb_record_set_int (wb_record_get_one (other, WB_ORDER_BILL_TO), WB_ADDRESS_ID, 0);
  for (guint i = 0; i < lines->len; i++)
    wb_record_set_int (lines->pdata[i], WB_ORDER_LINE_ID, 0);
  g_assert_true (wb_desk_import_order (day->desk, other, NULL, &result, &error));
  g_assert_no_error (error);
  known = wb_book_find_order (day->book, channel, "M-1", &error);
  g_assert_no_error (error);
  day->ids[day->n++] = wb_record_get_int (known, WB_ORDER_ID);
  g_clear_object (&known);
  known = merge_day_order (day, day->ids[0]);
  if (wb_record_get_int (other, WB_ORDER_CUSTOMER_ID) !=
      wb_record_get_int (known, WB_ORDER_CUSTOMER_ID))
    g_assert_true (
        wb_desk_link_customers (day->desk, wb_record_get_int (known, WB_ORDER_CUSTOMER_ID),
                                wb_record_get_int (other, WB_ORDER_CUSTOMER_ID), &error));
  merge_day_merge (day);
  merge_day_ship (day, merge_day_plan (day, day->ids[1]));
  merge_day_assert_agree (day);
  after = merge_day_order (day, day->ids[1]);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
  shipment = merge_day_shipment (day, day->ids[1]);
  g_assert_cmpint (wb_record_get_int (shipment, WB_SHIPMENT_CARRIED_BY), !=, 0);
  operations = wb_book_list_operations_of (day->book, day->ids[1], 0, NULL);
  for (guint i = 0; i < operations->len; i++)
    if (g_str_equal (wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND), WB_OP_REPORT))
      {
        g_assert_cmpint (wb_record_get_int (operations->pdata[i], WB_OPERATION_CONNECTION_ID), ==,
                         channel);
        reports++;
      }
    else
      g_assert_cmpstr (wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND), !=,
                       WB_OP_CAPTURE);
  g_assert_cmpuint (reports, ==, 1);
}

/* Scans what of @order_id (0: of all) is still wanted on the table. */
static void
scan_all (WbPack *pack, gint64 order_id)
{
  for (guint i = 0; i < pack->lines->len; i++)
    {
      const WbPackLine *line = pack->lines->pdata[i];

      while ((order_id == 0 || line->order_id == order_id) && line->counted < line->wanted)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char   *words = NULL;
          WbPackLine        *met = NULL;
          WbScan             scan = 0;

          g_assert_nonnull (line->sku);
          g_assert_true (wb_pack_scan (pack, line->sku, &scan, &met, &words, &error));
          g_assert_true (scan == WB_SCAN_OK || scan == WB_SCAN_LAST);
        }
    }
}

/* On the packing table all of them lie together: whichever is scanned, and no label is bought
 * before the pieces of each are verified. */
static void
test_packing (void)
{
  g_autoptr (MergeDay) day = merge_day_new (2);
  g_autoptr (WbPack)   pack = NULL, again = NULL;
  g_autoptr (GError)   error = NULL;
  g_autofree gint64   *ids = NULL, *quantities = NULL;
  WbShipAsk            ask = { .weight_g = 700 };
  gint64               id;

  merge_day_merge (day);
  g_assert_true (wb_pack_set_must_verify (day->book, TRUE, &error));
  pack = wb_pack_open (day->book, day->ids[1], NULL, "somebody", &error);
  g_assert_no_error (error);
  g_assert_cmpint (pack->order_id, ==, day->ids[0]);
  g_assert_nonnull (strstr (pack->number, " + "));
  g_assert_cmpint (wb_pack_wanted (pack), ==,
                   to_pack (day, day->ids[0]) + to_pack (day, day->ids[1]));
  scan_all (pack, day->ids[0]); /* all but the last order's: that is not enough */
  g_assert_cmpint (wb_bench_plan (day->desk, day->ids[0], &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  again = wb_pack_open (day->book, day->ids[0], NULL, "somebody", &error);
  g_assert_cmpint (wb_pack_counted (again), ==, wb_pack_counted (pack));
  scan_all (again, 0);
  g_assert_true (wb_pack_is_complete (again));
  ask.order_id = again->order_id;
  ask.n = wb_pack_take (again, &ids, &quantities);
  ask.line_ids = ids;
  ask.quantities = quantities;
  id = wb_desk_plan_shipment (day->desk, &ask, NULL, NULL, &error);
  g_assert_no_error (error);
  merge_day_ship (day, id);
  merge_day_assert_left (day);
  merge_day_assert_agree (day);
}

/* A batch ships the parcel once; the row of the other says where it went. */
static void
test_batch (void)
{
  g_autoptr (MergeDay)  day = merge_day_new (2);
  g_autoptr (GPtrArray) rows = NULL;
  const WbBatchRow     *first, *second;

  merge_day_merge (day);
  rows = wb_desk_run_batch (day->desk, WB_BATCH_SHIP, day->ids, 2, "700", NULL, NULL, NULL);
  first = rows->pdata[0];
  second = rows->pdata[1];
  g_assert_no_error (first->error);
  g_assert_no_error (second->error);
  g_assert_cmpstr (first->text, ==, second->text);
  g_assert_cmpint (first->cost.minor, >, 0);
  g_assert_cmpint (second->cost.minor, ==, 0);
  merge_day_assert_left (day);
  merge_day_assert_agree (day);
}

typedef struct
{
  const char *service, *method, *path, *kind;
} Fault;

/* Answers that are lost, and a program that is started again: one label, one capture and one report
 * each, none missing. */
static void
test_faults (void)
{
  static const Fault faults[] = {
    { "easypost", "POST", "/buy$", "cut-after" },   { "easypost", "POST", "/buy$", "cut-before" },
    { "stripe", "POST", "/capture$", "cut-after" }, { "stripe", "POST", "/capture$", "500-after" },
    { "shop", "POST", "/notes", "cut-after" },      { "shop", "PUT", "/orders/", "cut-after" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (MergeDay) day = merge_day_new (2);
      g_autoptr (GError)   error = NULL;
      gint64               id;

      g_test_message ("%s %s", faults[i].path, faults[i].kind);
      merge_day_merge (day);
      id = merge_day_plan (day, day->ids[0]);
      wb_bench_fault (day->bench, faults[i].service, faults[i].method, faults[i].path,
                      faults[i].kind, 0);
      if (!wb_desk_ship (day->desk, id, NULL, NULL, NULL, &error))
        {
          wb_bench_no_faults (day->bench);
          g_clear_error (&error);
          g_clear_object (&day->desk);
          day->desk = wb_bench_open (day->bench->book);
          day->book = wb_desk_get_book (day->desk);
          g_assert_true (wb_desk_recover (day->desk, NULL, NULL, NULL, &error));
          g_assert_no_error (error);
        }
      wb_bench_no_faults (day->bench);
      merge_day_assert_left (day);
      merge_day_assert_agree (day);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/together", test_together);
  g_test_add_func ("/merge/void", test_void);
  g_test_add_func ("/merge/part", test_part);
  g_test_add_func ("/merge/refused", test_refused);
  g_test_add_func ("/merge/across-channels", test_across_channels);
  g_test_add_func ("/merge/packing", test_packing);
  g_test_add_func ("/merge/batch", test_batch);
  g_test_add_func ("/merge/faults", test_faults);
  return g_test_run ();
}
