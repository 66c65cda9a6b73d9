/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pieces of an order's lines, changed in its shop from here: what it means for the payment
 * before and after, what may not be crossed, and that a lost answer doubles nothing. */
#include "wb-bench.h"
#include "wb-desk-channel.h"
#include "wb-desk-charge.h"
#include "wb-desk-private.h"
#include "wb-test.h"

#include <string.h>

typedef struct
{
  WbBench *bench;
  WbDesk  *desk;
  WbBook  *book;
  gint64   order; /* authorised, of one article or more */
  gint64   line;  /* its first article */
  gint64   total, pieces;
} Fixture;

static WbOrder *
get_order (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  WbOrder           *order = wb_book_get_order (self->book, self->order, &error);

  g_assert_no_error (error);
  return order;
}

/* A first article that costs something, of an order that leaves as it is. */
static void
set_up (Fixture *self, gconstpointer data)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GArray) calm = NULL;

  options.orders = 40;
  options.seed = 7;
  self->bench = wb_bench_new (&options);
  self->desk = wb_bench_open (self->bench->book);
  self->book = wb_desk_get_book (self->desk);
  calm = wb_bench_calm (self->bench, self->desk);
  for (guint i = 0; self->line == 0 && i < calm->len; i++)
    {
      g_autoptr (WbOrder) order = NULL;
      gpointer            first;

      self->order = g_array_index (calm, gint64, i);
      order = get_order (self);
      first = wb_record_get_many (order, WB_ORDER_LINES)->pdata[0];
      if (wb_record_get_int (first, WB_ORDER_LINE_TOTAL) == 0 ||
          wb_order_line_pieces (first) != wb_order_line_to_ship (first))
        continue;
      self->line = wb_record_get_int (first, WB_ORDER_LINE_ID);
      self->pieces = wb_order_line_pieces (first);
      self->total = wb_record_get_int (order, WB_ORDER_TOTAL);
    }
  g_assert_cmpint (self->line, !=, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->desk);
  wb_bench_free (self->bench);
}

static WbPiecesAsk
ask_for (Fixture *self, const gint64 *pieces)
{
  return (WbPiecesAsk){ .order_id = self->order,
                        .n = 1,
                        .line_ids = &self->line,
                        .quantities = pieces,
                        .reason = "By phone" };
}

/* Looks ahead and does it. */
static void
change (Fixture *self, gint64 pieces, WbPiecesOutlook *outlook, char **outcome)
{
  WbPiecesAsk         ask = ask_for (self, &pieces);
  g_autoptr (WbOrder) order = get_order (self);
  g_autoptr (GError)  error = NULL;

  g_assert_true (wb_pieces_look_ahead (self->book, order, &ask, outlook, &error));
  g_assert_no_error (error);
  g_assert_true (wb_desk_change_pieces (self->desk, &ask, outcome, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_refused (Fixture *self, gint64 pieces, int code)
{
  WbPiecesAsk         ask = ask_for (self, &pieces);
  WbPiecesOutlook     outlook = { .before = -1 };
  g_autoptr (WbOrder) order = get_order (self);
  g_autofree char    *outcome = NULL;
  g_autoptr (GError)  error = NULL;

  g_assert_false (wb_pieces_look_ahead (self->book, order, &ask, &outlook, &error));
  g_assert_error (error, WB_ERROR, code);
  g_assert_cmpint (outlook.before, ==, -1);
  g_clear_error (&error);
  g_assert_false (wb_desk_change_pieces (self->desk, &ask, &outcome, NULL, &error));
  g_assert_error (error, WB_ERROR, code);
  g_assert_null (outcome);
}

/* More pieces than are authorised: said before and after, and no more is captured than there is. */
static void
test_more (Fixture *self, gconstpointer data)
{
  g_auto (WbPiecesOutlook) outlook = { 0 };
  g_autofree char         *outcome = NULL, *text = NULL, *ahead = NULL;
  g_autoptr (WbOrder)      order = NULL, shipped = NULL;
  g_autoptr (GError)       error = NULL;
  gint64                   shipment, authorised;
  gpointer                 line;

  change (self, self->pieces + 2, &outlook, &outcome);
  order = get_order (self);
  authorised = wb_record_get_int (order, WB_ORDER_AUTHORISED);
  line = wb_order_find_line (order, self->line);
  g_assert_cmpint (wb_order_line_pieces (line), ==, self->pieces + 2);
  g_assert_cmpint (wb_order_line_to_ship (line), ==, self->pieces + 2);
  g_assert_cmpint (outlook.before, ==, self->total);
  g_assert_cmpint (ABS (outlook.after - wb_record_get_int (order, WB_ORDER_TOTAL)), <=, 1);
  g_assert_cmpint (outlook.covered, ==, authorised);
  g_assert_cmpint (outlook.missing, ==, outlook.after - authorised);
  ahead = wb_money_to_text (wb_money (outlook.missing, outlook.currency));
  g_assert_nonnull (strstr (outlook.payment, ahead));
  g_assert_nonnull (strstr (outcome, "neither paid nor authorised"));
  g_assert_cmpint (wb_order_open_amount (self->book, order, &error), ==,
                   wb_record_get_int (order, WB_ORDER_TOTAL) - authorised);
  g_assert_true (wb_desk_request_payment (self->desk, self->order, 0, NULL, &text, &error));
  g_assert_no_error (error);

  shipment = wb_bench_plan (self->desk, self->order, &error);
  g_assert_no_error (error);
  wb_desk_ship (self->desk, shipment, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  shipped = get_order (self);
  g_assert_cmpint (wb_record_get_int (shipped, WB_ORDER_CAPTURED), ==, authorised);
  g_assert_cmpint (
      wb_record_get_int (wb_order_find_line (shipped, self->line), WB_ORDER_LINE_SHIPPED), ==,
      self->pieces + 2);

  /* What has left cannot be taken out any more. */
  assert_refused (self, self->pieces, WB_ERROR_CONFLICT);
}

/* It is an edit like any other: there is an event, and what is as it was, is as it was. */
static void
test_back (Fixture *self, gconstpointer data)
{
  g_auto (WbPiecesOutlook) more = { 0 }, back = { 0 };
  g_autofree char         *first = NULL, *second = NULL;
  g_autoptr (WbOrder)      order = NULL;
  g_autoptr (GPtrArray)    events = NULL, operations = NULL;
  guint                    edits = 0, done = 0;

  change (self, self->pieces + 1, &more, &first);
  change (self, self->pieces, &back, &second);
  order = get_order (self);
  g_assert_cmpint (back.missing, ==, 0);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_TOTAL), ==, self->total);
  g_assert_nonnull (strstr (second, "comes to"));
  g_assert_null (strstr (second, "neither"));
  events = wb_book_list_events_of (self->book, "order", self->order, 100, NULL);
  for (guint i = 0; i < events->len; i++)
    edits += g_strcmp0 (wb_record_get_text (events->pdata[i], WB_EVENT_KIND), "edited") == 0;
  g_assert_cmpuint (edits, ==, 2);
  operations = wb_book_list_operations_of (self->book, self->order, 0, NULL);
  for (guint i = 0; i < operations->len; i++)
    done += g_str_equal (wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND),
                         WB_OP_CHANGE_ORDER) &&
            wb_operation_is (operations->pdata[i], WB_OPERATION_DONE);
  g_assert_cmpuint (done, ==, 2);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (WbOrder) order = get_order (self);
  GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);
  g_autoptr (GArray)  ids = g_array_new (FALSE, FALSE, sizeof (gint64)),
                     none = g_array_new (FALSE, TRUE, sizeof (gint64));
  WbPiecesAsk            ask = { .order_id = self->order };
  WbPiecesOutlook        outlook = { 0 };
  g_autoptr (WbShipment) shipment = NULL;
  g_autoptr (GError)     error = NULL;
  gint64                 nothing = 0, planned;

  assert_refused (self, self->pieces, WB_ERROR_INVALID);
  assert_refused (self, -1, WB_ERROR_INVALID);
  assert_refused (self, WB_SHOP_MOST_PIECES + 1, WB_ERROR_INVALID);
  for (guint i = 0; i < lines->len; i++)
    {
      gint64 id = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);

      if (wb_order_line_pieces (lines->pdata[i]) == 0)
        continue;
      g_array_append_val (ids, id);
      g_array_append_val (none, nothing);
    }
  ask.n = ids->len;
  ask.line_ids = (const gint64 *) (gpointer) ids->data;
  ask.quantities = (const gint64 *) (gpointer) none->data;
  g_assert_false (wb_pieces_look_ahead (self->book, order, &ask, &outlook, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED); /* that is a cancellation */
  g_clear_error (&error);

  planned = wb_bench_plan (self->desk, self->order, &error);
  g_assert_no_error (error);
  shipment = wb_book_get_shipment (self->book, planned, &error);
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_LABELLED);
  g_assert_true (wb_book_save (self->book, shipment, &error));
  assert_refused (self, self->pieces + 1, WB_ERROR_CONFLICT);
}

/* Fewer pieces than are paid for: a refund is the way. */
static void
test_paid (Fixture *self, gconstpointer data)
{
  g_auto (WbPiecesOutlook) more = { 0 };
  g_autofree char         *outcome = NULL;
  g_autoptr (WbPayment)    payment = NULL;
  g_autoptr (GError)       error = NULL;

  change (self, self->pieces + 1, &more, &outcome);
  payment = wb_book_get_payment (self->book, self->order, &error);
  g_assert_no_error (error);
  wb_record_set_int (payment, WB_PAYMENT_CAPTURED, more.after);
  wb_record_set_int (payment, WB_PAYMENT_CAPTURABLE, 0);
  g_assert_true (wb_book_save (self->book, payment, &error));
  assert_refused (self, self->pieces, WB_ERROR_REFUSED);
}

/* Whether the shop has it, as it tells when it is asked. */
static void
assert_sent (Fixture *self, gint64 pieces, gboolean sent)
{
  g_autoptr (WbOrder) order = get_order (self), there = NULL;
  g_autoptr (GBytes)  raw = NULL;
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbShop)  shop =
      wb_desk_open_shop (self->desk, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), &error);

  there = wb_shop_fetch_order (shop, wb_record_get_text (order, WB_ORDER_REMOTE_ID), &raw, NULL,
                               &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_order_line_pieces (wb_record_get_many (there, WB_ORDER_LINES)->pdata[0]) ==
                       pieces,
                   ==, sent);
}

/* The shop has it and its answer is lost: asked, found, and not made again. */
static void
test_lost_answer (Fixture *self, gconstpointer data)
{
  static const char *const kinds[] = { "cut-after", "500-after", "truncated", "cut-before",
                                       "503-html" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gint64              pieces = self->pieces + 1 + i;
      WbPiecesAsk         ask = ask_for (self, &pieces);
      g_autofree char    *outcome = NULL;
      g_autoptr (WbOrder) order = NULL;
      g_autoptr (GError)  error = NULL;

      wb_bench_fault (self->bench, "shop", "PUT", "/orders/", kinds[i], 0);
      g_assert_true (wb_desk_change_pieces (self->desk, &ask, &outcome, NULL, &error));
      g_assert_no_error (error);
      wb_bench_no_faults (self->bench);
      assert_sent (self, pieces, TRUE);
      order = get_order (self);
      g_assert_cmpint (wb_order_line_pieces (wb_order_find_line (order, self->line)), ==, pieces);
    }
}

/* A shop that is away: nothing is changed, nothing is sent later behind anybody's back, and it can
 * be asked for again. */
static void
test_shop_away (Fixture *self, gconstpointer data)
{
  gint64             pieces = self->pieces + 1;
  WbPiecesAsk        ask = ask_for (self, &pieces);
  g_autofree char   *outcome = NULL;
  g_autoptr (GError) error = NULL;

  g_free (wb_town_control (self->bench->town, "POST", "/town/faults",
                           "[{\"match\":{\"service\":\"shop\",\"method\":\"PUT\"},"
                           "\"kind\":\"503-html\",\"times\":-1}]",
                           NULL));
  g_assert_false (wb_desk_change_pieces (self->desk, &ask, &outcome, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  wb_bench_no_faults (self->bench);
  g_assert_true (wb_desk_recover (self->desk, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_sent (self, pieces, FALSE);
  g_assert_true (wb_desk_change_pieces (self->desk, &ask, &outcome, NULL, &error));
  g_assert_no_error (error);
  assert_sent (self, pieces, TRUE);
}

#define ADD(path, func) g_test_add ("/desk/pieces/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("more", test_more);
  ADD ("back", test_back);
  ADD ("refused", test_refused);
  ADD ("paid", test_paid);
  ADD ("lost-answer", test_lost_answer);
  ADD ("shop-away", test_shop_away);
  return g_test_run ();
}
