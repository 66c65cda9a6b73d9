/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which orders may go into one parcel, and what takes one out again: before the label it leaves,
 * after it the parcel stops. */
#include "merge-day.h"
#include "wb-desk-merge.h"
#include "wb-test.h"

#include <string.h>

static char *
obstacle (MergeDay *day)
{
  g_autoptr (GError) error = NULL;
  char              *text = NULL;

  g_assert_true (wb_merge_check (day->book, day->ids, day->n, &text, &error));
  g_assert_no_error (error);
  g_test_message ("%s", text != NULL ? text : "none");
  return text;
}

static void
assert_obstacle (MergeDay *day, const char *words)
{
  g_autofree char   *text = obstacle (day);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, words));
  g_assert_cmpint (wb_desk_merge (day->desk, day->ids, day->n, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

static void
set_address (MergeDay *day, gint64 id, guint field, const char *text)
{
  g_autoptr (WbOrder) order = merge_day_order (day, id);

  wb_record_set_text (wb_record_get_one (order, WB_ORDER_SHIP_TO), field, text);
  g_assert_true (wb_book_update_order (day->book, order, NULL));
}

static void
set_order (MergeDay *day, gint64 id, guint field, const char *text)
{
  g_autoptr (WbOrder) order = merge_day_order (day, id);

  wb_record_set_text (order, field, text);
  g_assert_true (wb_book_update_order (day->book, order, NULL));
}

static void
test_rules (void)
{
  g_autoptr (MergeDay) day = merge_day_new (2);
  g_autoptr (WbOrder)  first = merge_day_order (day, day->ids[0]),
                      second = merge_day_order (day, day->ids[1]);
  g_autofree char   *none = obstacle (day), *street = NULL;
  g_autoptr (GError) error = NULL;
  gpointer           to = wb_record_get_one (second, WB_ORDER_SHIP_TO);

  g_assert_null (none);
  /* Another spelling is no other address. */
  street = g_utf8_strup (wb_record_get_text (to, WB_ADDRESS_STREET1), -1);
  set_address (day, day->ids[1], WB_ADDRESS_STREET1, street);
  set_address (day, day->ids[1], WB_ADDRESS_REGION, "somewhere");
  none = obstacle (day);
  g_assert_null (none);
  set_address (day, day->ids[1], WB_ADDRESS_STREET1, "Nebenweg 3");
  assert_obstacle (day, "different addresses");
  set_address (day, day->ids[1], WB_ADDRESS_STREET1, wb_record_get_text (to, WB_ADDRESS_STREET1));
  set_order (day, day->ids[1], WB_ORDER_CURRENCY, "CHF");
  assert_obstacle (day, "currencies");
  set_order (day, day->ids[1], WB_ORDER_CURRENCY, wb_record_get_text (second, WB_ORDER_CURRENCY));
  set_order (day, day->ids[1], WB_ORDER_SERVICE_ASKED, "By balloon");
  assert_obstacle (day, "ways of shipping");
  set_order (day, day->ids[1], WB_ORDER_SERVICE_ASKED,
             wb_record_get_text (second, WB_ORDER_SERVICE_ASKED));
  for (guint i = 0; i < 2; i++)
    set_address (day, day->ids[i], WB_ADDRESS_COUNTRY, "CH");
  assert_obstacle (day, "customs");
  for (guint i = 0; i < 2; i++)
    set_address (day, day->ids[i], WB_ADDRESS_COUNTRY, "DE");
  g_assert_true (wb_desk_unlink_customer (
      day->desk, wb_record_get_int (second, WB_ORDER_CUSTOMER_ID), &error));
  assert_obstacle (day, "different customers");
  merge_day_twin (day, day->ids[1]);
  g_assert_true (wb_desk_hold (day->desk, day->ids[1], "who knows", &error));
  assert_obstacle (day, "on hold: who knows");
  g_assert_true (wb_desk_release (day->desk, day->ids[1], &error));
  merge_day_plan (day, day->ids[1]);
  assert_obstacle (day, "has a parcel already");
  day->n = 1;
  assert_obstacle (day, "two or more");
}

static const WbMergeGroup *
group_with (GPtrArray *groups, gint64 id)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const WbMergeGroup *group = groups->pdata[i];

      for (guint k = 0; k < group->ids->len; k++)
        if (g_array_index (group->ids, gint64, k) == id)
          return group;
    }
  return NULL;
}

static void
test_proposals (void)
{
  g_autoptr (MergeDay)  day = merge_day_new (3);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) before = NULL, after = NULL, apart = NULL;
  const WbMergeGroup   *group;

  set_address (day, day->ids[2], WB_ADDRESS_CITY, "Elsewhere");
  before = wb_desk_list_merges (day->book, &error);
  g_assert_no_error (error);
  group = group_with (before, day->ids[0]);
  g_assert_nonnull (group);
  g_assert_false (group->merged);
  g_assert_true (group == group_with (before, day->ids[1]));
  g_assert_cmpuint (group->ids->len, ==, 2);
  g_assert_true (group_with (before, day->ids[2]) != group);
  day->n = 2;
  merge_day_merge (day);
  after = wb_desk_list_merges (day->book, &error);
  group = group_with (after, day->ids[1]);
  g_assert_true (group != NULL && group->merged);
  /* A third comes along later, and one of those that are there is enough to name. */
  set_address (day, day->ids[2], WB_ADDRESS_CITY, "X");
  merge_day_twin (day, day->ids[2]);
  g_assert_cmpint (wb_desk_merge (day->desk, &day->ids[1], 2, &error), ==, day->ids[0]);
  g_assert_no_error (error);
  g_assert_cmpuint (merge_day_count (day, day->ids[0]), ==, 3);
  /* The lead leaves: the next oldest leads. */
  g_assert_true (wb_desk_unmerge (day->desk, day->ids[0], &error));
  g_assert_cmpuint (merge_day_count (day, day->ids[0]), ==, 0);
  g_assert_cmpuint (merge_day_count (day, day->ids[2]), ==, 2);
  merge_day_assert_event (day, day->ids[0], "unmerged");
  merge_day_assert_event (day, day->ids[1], "merge-smaller");
  g_assert_true (wb_desk_unmerge (day->desk, day->ids[2], &error));
  g_assert_cmpuint (merge_day_count (day, day->ids[1]), ==, 0);
  g_assert_false (wb_desk_unmerge (day->desk, day->ids[2], &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

/* The shop sends the order, however it was changed, with new bytes. */
static void
arrive (MergeDay *day, gpointer order)
{
  static guint          n;
  g_autofree char      *text = g_strdup_printf ("{\"n\":%u}", ++n);
  g_autoptr (GBytes)    raw = g_bytes_new (text, strlen (text));
  g_autoptr (GError)    error = NULL;
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (WbOrder)   received = wb_record_copy (order);

  wb_record_set_int (received, WB_ORDER_ID, 0);
  wb_record_set_text (received, WB_ORDER_HOLD_REASON, NULL);
  g_assert_true (wb_desk_import_order (day->desk, received, raw, &result, &error));
  g_assert_no_error (error);
}

static void
leave_by_edit (MergeDay *day)
{
  g_autoptr (WbOrder) order = merge_day_order (day, day->ids[1]);

  wb_record_set_text (wb_record_get_one (order, WB_ORDER_SHIP_TO), WB_ADDRESS_STREET1, "Neuweg 1");
  arrive (day, order);
}

static void
leave_by_cancelling (MergeDay *day)
{
  g_autoptr (WbOrder) order = merge_day_order (day, day->ids[1]);

  wb_record_set_text (order, WB_ORDER_SHOP_STATE, WB_SHOP_CANCELLED);
  wb_record_set_text (order, WB_ORDER_REMOTE_STATUS, "cancelled");
  arrive (day, order);
}

static void
leave_by_hold (MergeDay *day)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_desk_hold (day->desk, day->ids[1], "customer rings back", &error));
  g_assert_no_error (error);
}

static void
leave_by_hand (MergeDay *day)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_desk_unmerge (day->desk, day->ids[1], &error));
  g_assert_no_error (error);
}

typedef struct
{
  void (*leave) (MergeDay *day);
  const char *event;
} Way;

static const Way ways[] = {
  { leave_by_edit, "unmerged-edited" },
  { leave_by_cancelling, "unmerged-cancelled" },
  { leave_by_hold, "unmerged-held" },
  { leave_by_hand, "unmerged" },
};

/* Before the label: one leaves, says so, and the parcel that was planned is given up; the others
 * are shipped. */
static void
test_leave (gconstpointer data)
{
  const Way           *way = data;
  g_autoptr (MergeDay) day = merge_day_new (3);
  g_autoptr (GError)   error = NULL;
  gint64               id;

  merge_day_merge (day);
  id = merge_day_plan (day, day->ids[0]);
  way->leave (day);
  merge_day_assert_event (day, day->ids[1], way->event);
  merge_day_assert_event (day, day->ids[0], "merge-smaller");
  g_assert_cmpuint (merge_day_count (day, day->ids[1]), ==, 0);
  g_assert_cmpuint (merge_day_count (day, day->ids[0]), ==, 2);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (WbShipment) shipment = merge_day_shipment (day, day->ids[i]);

      g_assert_cmpstr (wb_record_get_text (shipment, WB_SHIPMENT_STATE), ==, WB_SHIPMENT_VOID);
    }
  g_assert_false (wb_desk_ship (day->desk, id, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  day->ids[1] = day->ids[2];
  day->n = 2;
  merge_day_ship (day, merge_day_plan (day, day->ids[0]));
  merge_day_assert_left (day);
  merge_day_assert_agree (day);
}

/* After the label nobody leaves any more: the parcel stops before any money is taken, of anyone. */
static void
test_late (gconstpointer data)
{
  const Way           *way = data;
  g_autoptr (MergeDay) day = merge_day_new (2);
  g_autoptr (WbOrder)  first = NULL;
  g_autoptr (GError)   error = NULL;
  gint64               id;

  merge_day_merge (day);
  id = merge_day_label (day);
  way->leave (day);
  g_assert_cmpuint (merge_day_count (day, day->ids[0]), ==, 2);
  g_assert_false (wb_desk_ship (day->desk, id, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_test_message ("%s", error->message);
  first = merge_day_order (day, day->ids[0]);
  g_assert_cmpint (wb_record_get_int (first, WB_ORDER_CAPTURED), ==, 0);
  if (way->leave == leave_by_hold)
    {
      g_clear_error (&error);
      g_assert_true (wb_desk_release (day->desk, day->ids[1], &error));
      merge_day_ship (day, id);
      merge_day_assert_left (day);
      merge_day_assert_agree (day);
      return;
    }
  merge_day_void (day);
  g_clear_error (&error);
  /* Edited or cancelled meanwhile: the two no longer fit, and that is said. */
  g_assert_cmpint (wb_bench_plan (day->desk, day->ids[0], &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_test_message ("%s", error->message);
  g_clear_error (&error);
  g_assert_true (wb_desk_unmerge (day->desk, day->ids[1], &error));
  merge_day_ship (day, merge_day_plan (day, day->ids[0]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/rules", test_rules);
  g_test_add_func ("/merge/proposals", test_proposals);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *before = g_strdup_printf ("/merge/leave/%s", ways[i].event);
      g_autofree char *after = g_strdup_printf ("/merge/late/%s", ways[i].event);

      g_test_add_data_func (before, &ways[i], test_leave);
      if (ways[i].leave != leave_by_hand)
        g_test_add_data_func (after, &ways[i], test_late);
    }
  return g_test_run ();
}
