/* SPDX-License-Identifier: GPL-3.0-or-later
 * What changes while an order is worked on: edits, cancellations, prices, holds, other desks; and
 * what a person is shown of it. */
#include "wb-bench.h"
#include "wb-desk-private.h"
#include "wb-exceptions.h"
#include "wb-test.h"

#include <string.h>

typedef struct
{
  WbBench *bench;
  WbDesk  *desk;
  WbBook  *book;
  GArray  *calm;
  gint64   id; /* an order to ship, authorised, of several pieces */
} Day;

static void
day_free (Day *self)
{
  g_array_unref (self->calm);
  g_object_unref (self->desk);
  wb_bench_free (self->bench);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Day, day_free)

static WbOrder *
order_of (Day *day)
{
  g_autoptr (GError) error = NULL;
  WbOrder           *order = wb_book_get_order (day->book, day->id, &error);

  g_assert_no_error (error);
  return order;
}

static guint
count_items (gpointer order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint      n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += wb_order_line_to_ship (lines->pdata[i]) > 0;
  return n;
}

static Day *
day_new (void)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  Day          *self = g_new0 (Day, 1);

  options.orders = 40;
  options.seed = 11;
  self->bench = wb_bench_new (&options);
  self->desk = wb_bench_open (self->bench->book);
  self->book = wb_desk_get_book (self->desk);
  self->calm = wb_bench_calm (self->bench, self->desk);
  for (guint i = 0; i < self->calm->len && self->id == 0; i++)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (self->book, g_array_index (self->calm, gint64, i), NULL);

      if (count_items (order) >= 2)
        self->id = g_array_index (self->calm, gint64, i);
    }
  g_assert_cmpint (self->id, !=, 0);
  return self;
}

/* The shop sends @order, however it was changed, with new bytes. */
static void
arrive (Day *day, gpointer order, WbSyncResult *result)
{
  static guint          n;
  g_autofree char      *text = g_strdup_printf ("{\"n\":%u}", ++n);
  g_autoptr (GBytes)    raw = g_bytes_new (text, strlen (text));
  g_autoptr (GError)    error = NULL;
  g_auto (WbSyncResult) own = { 0 };
  g_autoptr (WbOrder)   received = wb_record_copy (order);

  wb_record_set_int (received, WB_ORDER_ID, 0);
  wb_record_set_text (received, WB_ORDER_HOLD_REASON, NULL); /* the shop knows nothing of it */
  g_assert_true (
      wb_desk_import_order (day->desk, received, raw, result != NULL ? result : &own, &error));
  g_assert_no_error (error);
}

static void
edit_city (Day *day, const char *city)
{
  g_autoptr (WbOrder) order = order_of (day);

  wb_record_set_text (wb_record_get_one (order, WB_ORDER_SHIP_TO), WB_ADDRESS_CITY, city);
  arrive (day, order, NULL);
}

static WbEvent *
last_event (Day *day)
{
  g_autoptr (GPtrArray) events = wb_book_list_events_of (day->book, "order", day->id, 1, NULL);

  g_assert_cmpuint (events->len, ==, 1);
  return g_object_ref (events->pdata[0]);
}

static gint64
plan (Day *day)
{
  g_autoptr (GError) error = NULL;
  gint64             shipment = wb_bench_plan (day->desk, day->id, &error);

  g_assert_no_error (error);
  return shipment;
}

static void
ship (Day *day, gint64 shipment)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_desk_ship (day->desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
cannot_ship (Day *day, gint64 shipment, WbError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (wb_desk_ship (day->desk, shipment, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, (gint) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
stop_after_label (WbStep step, WbStepState state, const char *text, gpointer cancellable)
{
  if (step == WB_STEP_LABEL && state == WB_STEP_DONE)
    g_cancellable_cancel (cancellable);
}

/* Plans, buys the label, and stops there. */
static gint64
label_only (Day *day)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  gint64                   shipment = plan (day);

  g_assert_false (
      wb_desk_ship (day->desk, shipment, stop_after_label, cancellable, cancellable, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
  return shipment;
}

static guint
count_operations (Day *day, const char *kind, const char *state)
{
  g_autoptr (GPtrArray) all = wb_book_list_operations_of (day->book, day->id, 0, NULL);
  guint                 n = 0;

  for (guint i = 0; i < all->len; i++)
    n += g_str_equal (wb_record_get_text (all->pdata[i], WB_OPERATION_KIND), kind) &&
         (state == NULL || wb_operation_is (all->pdata[i], state));
  return n;
}

/* Whether the inbox shows @kind for the order with @next as its step; @next NULL: it must not show
 * it. */
static void
assert_exception (Day *day, const char *kind, const char *next)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) list = wb_list_exceptions (day->book, &error);
  const WbException    *found = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const WbException *exception = list->pdata[i];

      if (i > 0)
        g_assert_cmpuint (((WbException *) list->pdata[i - 1])->severity, >=, exception->severity);
      g_assert_true (exception->title != NULL && exception->meaning != NULL &&
                     exception->next_title != NULL);
      if (g_str_equal (exception->kind, kind) &&
          (exception->order_id == day->id || exception->connection_id != 0))
        found = exception;
    }
  if (next == NULL)
    g_assert_null (found);
  else
    {
      g_assert_nonnull (found);
      g_test_message ("%s — %s — %s", found->title, found->meaning, found->next_title);
      g_assert_cmpstr (found->next, ==, next);
    }
}

static void
test_import_again (void)
{
  g_autoptr (Day)       day = day_new ();
  g_autoptr (WbOrder)   order = order_of (day), after = NULL;
  g_auto (WbSyncResult) result = { 0 };
  gint64                events = wb_book_last_event (day->book);

  arrive (day, order, &result);
  arrive (day, order, &result);
  g_assert_cmpint (result.read, ==, 2);
  g_assert_cmpint (result.unchanged, ==, 2);
  g_assert_cmpint (wb_book_last_event (day->book), ==, events);
  after = order_of (day);
  {
    g_autoptr (GPtrArray) changes = wb_record_diff (order, after);

    g_assert_cmpuint (changes->len, ==, 0);
  }
}

static void
test_edit (void)
{
  g_autoptr (Day)     day = day_new ();
  g_autoptr (WbEvent) event = NULL;
  g_autoptr (WbOrder) after = NULL;

  edit_city (day, "Potsdam");
  event = last_event (day);
  g_assert_cmpstr (wb_record_get_text (event, WB_EVENT_KIND), ==, "edited");
  g_assert_nonnull (strstr (wb_record_get_text (event, WB_EVENT_DETAIL), "Potsdam"));
  g_assert_nonnull (strstr (wb_record_get_text (event, WB_EVENT_DETAIL), "city"));
  after = order_of (day);
  g_assert_false (wb_record_get_bool (after, WB_ORDER_EDITED_AFTER_LABEL));
  ship (day, plan (day));
}

/* Between planning and buying: the carrier is asked again with the new address. */
static void
test_edit_planned (void)
{
  g_autoptr (Day)        day = day_new ();
  gint64                 shipment = plan (day);
  g_autoptr (WbShipment) before = wb_book_get_shipment (day->book, shipment, NULL), after = NULL;

  edit_city (day, "Potsdam");
  g_assert_cmpuint (count_operations (day, WB_OP_BUY_LABEL, WB_OPERATION_ABANDONED), ==, 1);
  ship (day, shipment);
  g_assert_cmpuint (count_operations (day, WB_OP_BUY_LABEL, NULL), ==, 2);
  g_assert_cmpuint (count_operations (day, WB_OP_BUY_LABEL, WB_OPERATION_DONE), ==, 1);
  after = wb_book_get_shipment (day->book, shipment, NULL);
  g_assert_cmpstr (wb_record_get_text (before, WB_SHIPMENT_REMOTE_ID), !=,
                   wb_record_get_text (after, WB_SHIPMENT_REMOTE_ID));
}

/* After the label: shown, nothing captured, until a person has looked. */
static void
test_edit_labelled (void)
{
  g_autoptr (Day)    day = day_new ();
  g_autoptr (GError) error = NULL;
  gint64             shipment = label_only (day);

  edit_city (day, "Potsdam");
  assert_exception (day, "edited", "release");
  cannot_ship (day, shipment, WB_ERROR_CONFLICT, "edited");
  g_assert_cmpuint (count_operations (day, WB_OP_CAPTURE, NULL), ==, 0);
  g_assert_true (wb_desk_release (day->desk, day->id, &error));
  assert_exception (day, "edited", NULL);
  ship (day, shipment);
  g_assert_cmpuint (count_operations (day, WB_OP_BUY_LABEL, NULL), ==, 1);
}

static void
cancel_in_shop (Day *day)
{
  g_autoptr (WbOrder) order = order_of (day);

  wb_record_set_text (order, WB_ORDER_SHOP_STATE, WB_SHOP_CANCELLED);
  arrive (day, order, NULL);
}

static void
test_cancelled_planned (void)
{
  g_autoptr (Day)    day = day_new ();
  g_autoptr (GError) error = NULL;
  gint64             shipment = plan (day);

  cancel_in_shop (day);
  cannot_ship (day, shipment, WB_ERROR_CONFLICT, "cancelled");
  g_assert_cmpuint (count_operations (day, WB_OP_BUY_LABEL, WB_OPERATION_DONE), ==, 0);
  g_assert_cmpint (wb_bench_plan (day->desk, day->id, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_exception (day, "unused-label", NULL);
}

static void
test_cancelled_labelled (void)
{
  g_autoptr (Day)       day = day_new ();
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  g_autofree char      *outcome = NULL;
  gint64                shipment = label_only (day);

  cancel_in_shop (day);
  cannot_ship (day, shipment, WB_ERROR_CONFLICT, "cancelled");
  assert_exception (day, "unused-label", "void-label");
  labels = wb_book_list_labels (day->book, day->id, NULL);
  g_assert_true (wb_desk_void_label (day->desk, wb_record_get_int (labels->pdata[0], WB_LABEL_ID),
                                     &outcome, NULL, &error));
  g_assert_no_error (error);
  assert_exception (day, "unused-label", NULL);
  g_assert_cmpuint (count_operations (day, WB_OP_CAPTURE, NULL), ==, 0);
}

/* A line is taken away while it lies in a planned parcel: the parcel is planned again without being
 * asked how. */
static void
test_line_removed (void)
{
  g_autoptr (Day)        day = day_new ();
  gint64                 shipment = plan (day);
  g_autoptr (WbOrder)    order = order_of (day), after = NULL, later = NULL;
  g_autoptr (WbEvent)    event = NULL;
  GPtrArray             *lines = wb_record_get_many (order, WB_ORDER_LINES);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbShipment) old = NULL;
  gint64                 worth = 0, again;

  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) > 0)
      {
        worth = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL) +
                wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TAX);
        g_ptr_array_remove_index (lines, i);
        break;
      }
  wb_record_set_int (order, WB_ORDER_TOTAL, wb_record_get_int (order, WB_ORDER_TOTAL) - worth);
  arrive (day, order, NULL);
  cannot_ship (day, shipment, WB_ERROR_CONFLICT, "no longer wanted");
  again = wb_bench_plan (day->desk, day->id, &error);
  g_assert_no_error (error);
  old = wb_book_get_shipment (day->book, shipment, NULL);
  g_assert_cmpstr (wb_record_get_text (old, WB_SHIPMENT_STATE), ==, WB_SHIPMENT_VOID);
  ship (day, again);
  after = order_of (day);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
  g_assert_cmpint (wb_record_get_int (after, WB_ORDER_CAPTURED), ==,
                   wb_record_get_int (order, WB_ORDER_TOTAL));
  /* The next change of it tells only what is new. */
  wb_record_set_text (order, WB_ORDER_NOTE, "ring twice");
  arrive (day, order, NULL);
  event = last_event (day);
  g_assert_nonnull (strstr (wb_record_get_text (event, WB_EVENT_DETAIL), "ring twice"));
  g_assert_null (strstr (wb_record_get_text (event, WB_EVENT_DETAIL), "lines"));
  later = order_of (day);
  g_assert_cmpint (wb_order_to_ship (later), ==, 0);
}

/* A refund after the parcel has left is money only. */
static void
test_refund_after (void)
{
  g_autoptr (Day)     day = day_new ();
  g_autoptr (WbOrder) order = NULL, after = NULL;
  WbRefund           *refund = wb_refund_new ();

  ship (day, plan (day));
  order = order_of (day);
  g_object_set (refund, "remote-id", "r1", "amount", (gint64) 100, "reason", "scratched", NULL);
  wb_record_add (order, WB_ORDER_REFUNDS, refund);
  wb_record_set_int (order, WB_ORDER_REFUNDED_TOTAL, 100);
  for (guint i = 0; i < wb_record_get_many (order, WB_ORDER_LINES)->len; i++)
    wb_record_set_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[i],
                       WB_ORDER_LINE_CANCELLED, 1);
  arrive (day, order, NULL);
  after = order_of (day);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
  g_assert_false (wb_record_get_bool (after, WB_ORDER_EDITED_AFTER_LABEL));
  g_assert_cmpuint (wb_record_get_many (after, WB_ORDER_REFUNDS)->len, ==, 1);
  assert_exception (day, "edited", NULL);
}

static void
ask_town (Day *day, const char *path, const char *body)
{
  guint            status = 0;
  g_autofree char *reply = wb_town_control (day->bench->town, "POST", path, body, &status);

  g_test_message ("%s %s: %u", path, body, status);
  g_assert_cmpuint (status / 100, ==, 2);
}

/* The price rose between looking and planning: refused, not bought. */
static void
test_price_risen (void)
{
  g_autoptr (Day)       day = day_new ();
  g_autoptr (GError)    error = NULL;
  WbShipAsk             ask = { .order_id = day->id, .weight_g = 700 };
  g_autoptr (GPtrArray) rates = wb_desk_get_rates (day->desk, &ask, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 1; i < rates->len; i++)
    g_assert_cmpint (wb_record_get_int (rates->pdata[i - 1], WB_RATE_COST), <=,
                     wb_record_get_int (rates->pdata[i], WB_RATE_COST));
  ask_town (day, "/town/prices", "{\"percent\": 150}");
  g_assert_cmpint (wb_desk_plan_shipment (day->desk, &ask, rates->pdata[0], NULL, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "risen"));
  g_assert_cmpuint (count_operations (day, WB_OP_BUY_LABEL, NULL), ==, 0);
}

/* The rate lapsed before buying: asked for anew; and when the price rose too, nothing is bought,
 * and the parcel can be planned again. */
static void
test_rate_lapsed (void)
{
  for (guint risen = 0; risen < 2; risen++)
    {
      g_autoptr (Day)    day = day_new ();
      g_autoptr (GError) error = NULL;
      gint64             shipment = plan (day), again;

      edit_city (day, "Potsdam"); /* the rate is withdrawn */
      if (!risen)
        {
          ship (day, shipment);
          continue;
        }
      ask_town (day, "/town/prices", "{\"percent\": 150}");
      cannot_ship (day, shipment, WB_ERROR_CONFLICT, "price has risen");
      again = wb_bench_plan (day->desk, day->id, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again, !=, shipment);
      ship (day, again);
      g_assert_cmpuint (count_operations (day, WB_OP_BUY_LABEL, WB_OPERATION_DONE), ==, 1);
    }
}

/* A plan is given up by hand; one with a label is not. */
static void
test_drop (void)
{
  g_autoptr (Day)    day = day_new ();
  g_autoptr (GError) error = NULL;
  gint64             shipment = plan (day), labelled;

  g_assert_cmpint (wb_bench_plan (day->desk, day->id, &error), ==, 0); /* its pieces are taken */
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (wb_desk_drop_shipment (day->desk, shipment, &error));
  g_assert_no_error (error);
  g_assert_false (wb_desk_drop_shipment (day->desk, shipment, &error));
  g_clear_error (&error);
  labelled = label_only (day);
  g_assert_false (wb_desk_drop_shipment (day->desk, labelled, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  ship (day, labelled);
}

static void
hold_after_label (WbStep step, WbStepState state, const char *text, gpointer data)
{
  Day *day = data;

  if (step == WB_STEP_LABEL && state == WB_STEP_DONE)
    {
      g_autoptr (WbDesk) other = wb_bench_open (day->bench->book);

      g_assert_true (wb_desk_hold (other, day->id, "customer rings", NULL));
    }
}

/* Another desk puts the order on hold while this one prints: the money is not taken. */
static void
test_hold_meanwhile (void)
{
  g_autoptr (Day)     day = day_new ();
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = NULL;
  gint64              shipment = plan (day);

  g_assert_false (wb_desk_ship (day->desk, shipment, hold_after_label, day, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "customer rings"));
  g_assert_cmpuint (count_operations (day, WB_OP_CAPTURE, NULL), ==, 0);
  assert_exception (day, "hold", "release");
  g_assert_true (wb_desk_release (day->desk, day->id, NULL));
  ship (day, shipment);
  order = order_of (day);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
}

/* What the gateway says is written into the order as it is now, not as it was when the question
 * went out. */
static void
test_payment_keeps_hold (void)
{
  g_autoptr (Day)       day = day_new ();
  g_autoptr (WbOrder)   stale = order_of (day), now = NULL;
  g_autoptr (WbPayment) payment = wb_book_get_payment (day->book, day->id, NULL);
  g_autoptr (WbDesk)    other = wb_bench_open (day->bench->book);
  g_autoptr (GError)    error = NULL;

  g_assert_true (wb_desk_hold (other, day->id, "customer rings", NULL));
  wb_record_set_int (payment, WB_PAYMENT_CAPTURE_BEFORE, 2000000000);
  g_assert_true (wb_desk_note_payment (day->desk, stale, payment, &error));
  g_assert_no_error (error);
  now = order_of (day);
  g_assert_cmpstr (wb_record_get_text (now, WB_ORDER_HOLD_REASON), ==, "customer rings");
  g_assert_cmpstr (wb_record_get_text (now, WB_ORDER_STAGE), ==, WB_STAGE_HOLD);
  g_assert_cmpint (wb_record_get_int (now, WB_ORDER_CAPTURE_BEFORE), ==, 2000000000);
  g_assert_cmpint (wb_record_get_int (stale, WB_ORDER_CAPTURE_BEFORE), ==, 2000000000);
}

/* The gateway took another amount than was asked: the order is held, the ledger says what was
 * taken. */
static void
test_other_amount (void)
{
  g_autoptr (Day)         day = day_new ();
  g_autoptr (WbOrder)     order = order_of (day), after = NULL;
  g_autoptr (JsonNode)    request = wb_json_make ("s:payment", "pi_1", "i:amount", (gint64) 5000,
                                                  "s:currency", "EUR", "s:reference", "WB-1", NULL);
  g_autoptr (WbOperation) operation = NULL;
  g_autoptr (GPtrArray)   entries = NULL;
  g_autoptr (GError)      error = NULL;
  gint64                  gateway = 0;
  gint64                  captured = 0;

  {
    g_autoptr (WbConnection) channel =
        wb_book_get_connection (day->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), NULL);

    gateway = wb_record_get_int (channel, WB_CONNECTION_GATEWAY_ID);
  }
  operation = wb_journal_plan (wb_desk_get_journal (day->desk), WB_OP_CAPTURE, "capture:WB-1:1",
                               day->id, 0, gateway, request, "t", &error);
  g_assert_no_error (error);
  wb_record_set_text (operation, WB_OPERATION_STATE, WB_OPERATION_UNSURE);
  g_assert_true (wb_book_save (day->book, operation, NULL));
  assert_exception (day, "unsure", "resolve");
  g_assert_false (wb_desk_decide (day->desk, wb_record_get_int (operation, WB_OPERATION_ID), TRUE,
                                  "{\"ref\":\"ch_1\"}", &error)); /* says too little */
  g_clear_error (&error);
  g_assert_true (wb_desk_decide (day->desk, wb_record_get_int (operation, WB_OPERATION_ID), TRUE,
                                 "{\"ref\":\"ch_1\",\"amount\":4900,\"currency\":\"EUR\"}",
                                 &error));
  g_assert_no_error (error);
  after = order_of (day);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_STAGE), ==, WB_STAGE_HOLD);
  g_test_message ("%s", wb_record_get_text (after, WB_ORDER_HOLD_REASON));
  g_assert_cmpint (wb_record_get_int (after, WB_ORDER_CAPTURED), ==, 4900);
  assert_exception (day, "hold", "release");
  entries = wb_book_list_entries (day->book, day->id, NULL);
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_CAPTURED))
      captured += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
  g_assert_cmpint (captured, ==, 4900);
}

static void
test_clock_exceptions (void)
{
  g_autoptr (Day)     day = day_new ();
  g_autoptr (WbOrder) order = order_of (day);

  wb_record_set_int (order, WB_ORDER_CAPTURE_BEFORE, wb_now () + 3600 * 5);
  g_assert_true (wb_book_update_order_head (day->book, order, NULL));
  assert_exception (day, "lapsing", "ship");
  wb_record_set_int (order, WB_ORDER_CAPTURE_BEFORE, wb_now () - 1);
  g_assert_true (wb_book_update_order_head (day->book, order, NULL));
  assert_exception (day, "lapsed", "refresh-payment");
  g_assert_true (
      wb_desk_refresh_payment (day->desk, day->id, NULL, NULL)); /* the gateway knows better */
  assert_exception (day, "lapsed", NULL);
}

/* The bank says no: no money, the parcel stays, and the inbox says so. */
static void
test_refused_capture (void)
{
  g_autoptr (Day)     day = day_new ();
  g_autoptr (WbOrder) order = order_of (day);
  g_autofree char    *path =
      g_strdup_printf ("/town/payments/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  gint64 shipment = plan (day);

  ask_town (day, path, "{\"declines\": true}");
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (wb_desk_ship (day->desk, shipment, NULL, NULL, NULL, &error));
    g_assert_true (wb_error_is_refusal (error));
  }
  assert_exception (day, "refused", "retry");
  g_assert_cmpuint (count_operations (day, WB_OP_REPORT, NULL), ==, 0);
  ask_town (day, path, "{\"declines\": false}");
  ship (day, shipment);
  assert_exception (day, "refused", NULL);
  g_assert_cmpuint (count_operations (day, WB_OP_CAPTURE, WB_OPERATION_DONE), ==, 1);
}

/* A shop that does not answer is in the inbox until it does. */
static void
test_channel_away (void)
{
  g_autoptr (Day) day = day_new ();

  for (guint round = 0; round < 2; round++)
    {
      g_auto (WbSyncResult) result = { 0 };
      g_autoptr (GError)    error = NULL;

      if (round == 0)
        ask_town (day, "/town/faults",
                  "[{\"match\":{\"service\":\"shop\"},\"kind\":\"html\",\"times\":100}]");
      else
        wb_bench_no_faults (day->bench);
      g_assert_cmpint (wb_desk_sync (day->desk, 0, NULL, NULL, &result, NULL, &error), ==,
                       round == 1);
      assert_exception (day, "channel", round == 0 ? "sync" : NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/import/again", test_import_again);
  g_test_add_func ("/desk/import/edit", test_edit);
  g_test_add_func ("/desk/import/edit-planned", test_edit_planned);
  g_test_add_func ("/desk/import/edit-labelled", test_edit_labelled);
  g_test_add_func ("/desk/import/cancelled-planned", test_cancelled_planned);
  g_test_add_func ("/desk/import/cancelled-labelled", test_cancelled_labelled);
  g_test_add_func ("/desk/import/line-removed", test_line_removed);
  g_test_add_func ("/desk/import/refund-after", test_refund_after);
  g_test_add_func ("/desk/rates/price-risen", test_price_risen);
  g_test_add_func ("/desk/rates/lapsed", test_rate_lapsed);
  g_test_add_func ("/desk/plan/drop", test_drop);
  g_test_add_func ("/desk/hold/meanwhile", test_hold_meanwhile);
  g_test_add_func ("/desk/hold/kept", test_payment_keeps_hold);
  g_test_add_func ("/desk/money/other-amount", test_other_amount);
  g_test_add_func ("/desk/money/refused", test_refused_capture);
  g_test_add_func ("/desk/exceptions/clock", test_clock_exceptions);
  g_test_add_func ("/desk/exceptions/channel", test_channel_away);
  return g_test_run ();
}
