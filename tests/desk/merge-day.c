/* SPDX-License-Identifier: GPL-3.0-or-later
 * A day with orders of one customer to one address, for the tests of shipping them together. */
#include "merge-day.h"

#include "wb-desk-merge.h"
#include "wb-order-margin.h"
#include "wb-practice-books.h"
#include "wb-test.h"

#include <string.h>

/** merge_day_free: ends the day. */
void
merge_day_free (MergeDay *self)
{
  g_object_unref (self->desk);
  wb_bench_free (self->bench);
  g_free (self);
}

/** merge_day_order: Returns: (transfer full): one of its orders as it is now. */
WbOrder *
merge_day_order (MergeDay *day, gint64 id)
{
  g_autoptr (GError) error = NULL;
  WbOrder           *order = wb_book_get_order (day->book, id, &error);

  g_assert_no_error (error);
  return order;
}

/** merge_day_stays_here: whether the order has something to ship, and no customs on the way. */
gboolean
merge_day_stays_here (MergeDay *day, gint64 id)
{
  g_autoptr (WbOrder) order = merge_day_order (day, id);
  gpointer            to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

  return to != NULL && g_strcmp0 (wb_record_get_text (to, WB_ADDRESS_COUNTRY), "DE") == 0 &&
         wb_order_to_ship (order) > 0;
}

/** merge_day_twin: from now on @id goes to the same person and address as the first order. */
void
merge_day_twin (MergeDay *day, gint64 id)
{
  static const guint  fields[] = { WB_ADDRESS_NAME,     WB_ADDRESS_COMPANY, WB_ADDRESS_STREET1,
                                   WB_ADDRESS_STREET2,  WB_ADDRESS_CITY,    WB_ADDRESS_REGION,
                                   WB_ADDRESS_POSTCODE, WB_ADDRESS_COUNTRY };
  g_autoptr (WbOrder) first = merge_day_order (day, day->ids[0]), order = merge_day_order (day, id);
  gpointer            from = wb_record_get_one (first, WB_ORDER_SHIP_TO),
           to = wb_record_get_one (order, WB_ORDER_SHIP_TO);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    wb_record_set_text (to, fields[i], wb_record_get_text (from, fields[i]));
  wb_record_set_text (order, WB_ORDER_SERVICE_ASKED,
                      wb_record_get_text (first, WB_ORDER_SERVICE_ASKED));
  g_assert_true (wb_book_update_order (day->book, order, &error));
  if (wb_record_get_int (order, WB_ORDER_CUSTOMER_ID) !=
      wb_record_get_int (first, WB_ORDER_CUSTOMER_ID))
    wb_desk_link_customers (day->desk, wb_record_get_int (first, WB_ORDER_CUSTOMER_ID),
                            wb_record_get_int (order, WB_ORDER_CUSTOMER_ID), &error);
  g_assert_no_error (error);
}

/** merge_day_new: Returns: (transfer full): a day with @n orders of one person to one address. */
MergeDay *
merge_day_new (guint n)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  MergeDay          *self = g_new0 (MergeDay, 1);
  g_autoptr (GArray) calm = NULL;

  options.orders = 60;
  options.seed = 11;
  self->bench = wb_bench_new (&options);
  self->desk = wb_bench_open (self->bench->book);
  self->book = wb_desk_get_book (self->desk);
  calm = wb_bench_calm (self->bench, self->desk);
  for (guint i = 0; i < calm->len && self->n < n; i++)
    if (merge_day_stays_here (self, g_array_index (calm, gint64, i)))
      self->ids[self->n++] = g_array_index (calm, gint64, i);
  g_assert_cmpuint (self->n, ==, n);
  for (guint i = 1; i < n; i++)
    merge_day_twin (self, self->ids[i]);
  return self;
}

/** merge_day_merge: all of them go into one parcel. */
void
merge_day_merge (MergeDay *day)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (wb_desk_merge (day->desk, day->ids, day->n, &error), ==, day->ids[0]);
  g_assert_no_error (error);
}

/** merge_day_count: Returns: how many orders go together with @id, itself included. */
guint
merge_day_count (MergeDay *day, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) with = wb_book_list_merged (day->book, id, &error);

  g_assert_no_error (error);
  return with->len;
}

/** merge_day_plan: Returns: the planned shipment of all that goes with @order_id. */
gint64
merge_day_plan (MergeDay *day, gint64 order_id)
{
  g_autoptr (GError) error = NULL;
  gint64             id = wb_bench_plan (day->desk, order_id, &error);

  g_assert_no_error (error);
  return id;
}

/** merge_day_ship: leads the parcel through. */
void
merge_day_ship (MergeDay *day, gint64 shipment_id)
{
  g_autoptr (GError) error = NULL;

  wb_desk_ship (day->desk, shipment_id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/** merge_day_shipment: Returns: (transfer full): the order's newest shipment. */
WbShipment *
merge_day_shipment (MergeDay *day, gint64 order_id)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) all = wb_book_list_shipments (day->book, order_id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, >, 0);
  return g_object_ref (all->pdata[all->len - 1]);
}

static const char *
tracking_of (WbShipment *shipment)
{
  GPtrArray *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);

  g_assert_cmpuint (parcels->len, ==, 1);
  return wb_record_get_text (parcels->pdata[0], WB_PARCEL_TRACKING);
}

/** merge_day_assert_event: the order's timeline tells of @kind. */
void
merge_day_assert_event (MergeDay *day, gint64 order_id, const char *kind)
{
  g_autoptr (GPtrArray) events = wb_book_list_events_of (day->book, "order", order_id, 20, NULL);
  gboolean              found = FALSE;

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *title = wb_event_title (events->pdata[i]);

      g_test_message ("%s: %s", wb_record_get_text (events->pdata[i], WB_EVENT_KIND), title);
      found |= g_str_equal (wb_record_get_text (events->pdata[i], WB_EVENT_KIND), kind);
    }
  g_assert_true (found);
}

/** merge_day_assert_agree: the town's books and ours agree to the cent: labels, captures,
 * reports with their tracking. */
void
merge_day_assert_agree (MergeDay *day)
{
  guint            status = 0;
  g_autofree char *theirs = wb_town_control (day->bench->town, "GET", "/town/books", NULL, &status);
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbConnection) shop = wb_book_find_connection (day->book, WB_KIND_SHOP, &error);
  g_auto (WbPracticeBooks) books = { 0 };

  g_assert_no_error (error);
  wb_practice_compare_books (day->book, wb_record_get_int (shop, WB_CONNECTION_ID), theirs, &books,
                             &error);
  g_assert_no_error (error);
  for (guint i = 0; i < books.differences->len; i++)
    g_test_message ("%s", (const char *) books.differences->pdata[i]);
  g_assert_cmpuint (books.differences->len, ==, 0);
}

/** merge_day_assert_left: all of them have left in one parcel, each paid for itself. */
void
merge_day_assert_left (MergeDay *day)
{
  g_autoptr (WbShipment) first = merge_day_shipment (day, day->ids[0]);
  gint64                 cost = 0;

  for (guint i = 0; i < day->n; i++)
    {
      g_autoptr (WbOrder)    order = merge_day_order (day, day->ids[i]);
      g_autoptr (WbShipment) shipment = merge_day_shipment (day, day->ids[i]);
      g_autoptr (GPtrArray)  labels = wb_book_list_labels (day->book, day->ids[i], NULL);
      g_autoptr (GPtrArray)  entries = wb_book_list_entries (day->book, day->ids[i], NULL);
      gint64                 captured = 0;

      g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
      g_assert_cmpstr (tracking_of (shipment), ==, tracking_of (first));
      g_assert_cmpint (wb_record_get_int (shipment, WB_SHIPMENT_CARRIED_BY), ==,
                       i == 0 ? 0 : wb_record_get_int (first, WB_SHIPMENT_ID));
      for (guint k = 0; k < entries->len; k++)
        if (g_str_equal (wb_record_get_text (entries->pdata[k], WB_ENTRY_KIND), WB_ENTRY_CAPTURED))
          captured += wb_record_get_int (entries->pdata[k], WB_ENTRY_AMOUNT);
        else if (g_str_equal (wb_record_get_text (entries->pdata[k], WB_ENTRY_KIND),
                              WB_ENTRY_LABEL))
          cost -= wb_record_get_int (entries->pdata[k], WB_ENTRY_AMOUNT);
      g_assert_cmpint (captured, ==, wb_record_get_int (order, WB_ORDER_TOTAL));
      g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==, captured);
      g_assert_cmpuint (labels->len, ==, i == 0 ? 1 : 0);
      g_assert_cmpint (wb_record_get_int (shipment, WB_SHIPMENT_COST) > 0, ==, i == 0);
      /* Its cost is known, though it is nothing: no gap in the margin for want of a label. */
      g_assert_cmpstr (wb_order_margin_gap (order, entries), !=,
                       "Not known yet: no label has been bought.");
      g_assert_cmpuint (merge_day_count (day, day->ids[i]), ==, 0);
    }
  g_assert_cmpint (cost, ==, wb_record_get_int (first, WB_SHIPMENT_COST));
}

static void
stop_after_label (WbStep step, WbStepState state, const char *text, gpointer cancellable)
{
  if (step == WB_STEP_LABEL && state == WB_STEP_DONE)
    g_cancellable_cancel (cancellable);
}

/** merge_day_label: Returns: a shipment of all of them that has its label, and nothing more. */
gint64
merge_day_label (MergeDay *day)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  gint64                   shipment = merge_day_plan (day, day->ids[0]);

  g_assert_false (
      wb_desk_ship (day->desk, shipment, stop_after_label, cancellable, cancellable, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
  return shipment;
}

/** merge_day_void: voids the newest label. */
void
merge_day_void (MergeDay *day)
{
  g_autoptr (GPtrArray) labels = wb_book_list_labels (day->book, day->ids[0], NULL);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *outcome = NULL;

  g_assert_cmpuint (labels->len, >, 0);
  wb_desk_void_label (day->desk, wb_record_get_int (labels->pdata[labels->len - 1], WB_LABEL_ID),
                      &outcome, NULL, &error);
  g_assert_no_error (error);
}
