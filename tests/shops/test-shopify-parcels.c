/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Shopify module against the whole practice shop: parcels at two places, holds, captures and
 * refunds, and answers that get lost. */
#include "shopify-bench.h"

#include <string.h>

#include "wb-json.h"
#include "wb-test.h"

/* ---- parcels ---- */

typedef struct
{
  WbFulfilment fulfilment;
  GPtrArray   *refs;
  GArray      *quantities;
} Parcel;

static void
parcel_clear (Parcel *parcel)
{
  g_ptr_array_unref (parcel->refs);
  g_array_unref (parcel->quantities);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parcel, parcel_clear)

/* All that is to ship, or one piece of the first line. */
static Parcel
parcel_of (gpointer order, const char *tracking, gboolean whole)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  Parcel     parcel = { .refs = g_ptr_array_new (),
                        .quantities = g_array_new (FALSE, FALSE, sizeof (gint64)) };

  for (guint i = 0; i < lines->len; i++)
    {
      gint64 pieces = wb_order_line_to_ship (lines->pdata[i]);

      if (pieces <= 0 || !wb_record_get_bool (lines->pdata[i], WB_ORDER_LINE_NEEDS_SHIPPING) ||
          (!whole && parcel.refs->len > 0))
        continue;
      pieces = whole ? pieces : 1;
      g_ptr_array_add (parcel.refs,
                       (gpointer) wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID));
      g_array_append_val (parcel.quantities, pieces);
    }
  g_ptr_array_add (parcel.refs, NULL);
  parcel.fulfilment = (WbFulfilment){
    .order_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID),
    .reference = "WB-1",
    .carrier = "DHL",
    .tracking = tracking,
    .tracking_url = "https://example.com/t",
    .ship_date = "2026-11-22",
    .line_refs = (const char **) parcel.refs->pdata,
    .quantities = (const gint64 *) parcel.quantities->data,
    .completes = whole,
    .notify_customer = TRUE,
  };
  return parcel;
}

static void
test_report (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbOrder)   after = NULL;
  g_autofree char      *id = NULL;
  g_autofree char      *again = NULL;
  g_auto (Parcel)       parcel = { 0 };

  shopify_sync_ok (&bench);
  parcel = parcel_of (shopify_find (&bench, shopify_is_free), "00340434161094000001", TRUE);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, NULL, NULL, &error), ==,
                   WB_FINDING_NOT_DONE);
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (id);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, &again, NULL, &error), ==,
                   WB_FINDING_DONE);
  g_assert_cmpstr (again, ==, id);
  g_clear_pointer (&again, g_free);
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &again, NULL, &error));
  g_assert_no_error (error); /* told twice, written once */
  after = shopify_fetch (&bench, parcel.fulfilment.order_ref);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_SHOP_STATE), ==, WB_SHOP_DONE);
}

/* One parcel of goods from two places is two fulfilments; one of which may have been lost. */
static void
test_two_places (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (240);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbOrder)   after = NULL;
  g_autofree char      *id = NULL;
  g_auto (Parcel)       parcel = { 0 };

  shopify_sync_ok (&bench);
  parcel =
      parcel_of (shopify_find (&bench, shopify_is_at_two_places), "00340434161094000002", TRUE);
  shopify_tell (
      &bench, "/town/faults",
      "{\"match\":{\"service\":\"shopify\"},\"kind\":\"cut-after\",\"after\":3,\"times\":1}");
  if (!wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error))
    {
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_clear_error (&error);
      g_free (shopify_control (&bench, "DELETE", "/town/faults", NULL));
      g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, NULL, NULL, &error), !=,
                       WB_FINDING_UNKNOWN);
      g_clear_pointer (&id, g_free);
      g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
    }
  g_assert_no_error (error);
  after = shopify_fetch (&bench, parcel.fulfilment.order_ref);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_SHOP_STATE), ==, WB_SHOP_DONE);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, NULL, NULL, &error), ==,
                   WB_FINDING_DONE);
}

/* Without a number: known by what is left. */
static void
test_untracked (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *id = NULL;
  g_auto (Parcel)       parcel = { 0 };

  shopify_sync_ok (&bench);
  parcel = parcel_of (shopify_find (&bench, shopify_is_free), NULL, TRUE);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, NULL, NULL, &error), ==,
                   WB_FINDING_NOT_DONE);
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, NULL, NULL, &error), ==,
                   WB_FINDING_DONE);
  g_clear_pointer (&id, g_free);
  g_assert_false (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

/* What the shop holds is not reported, and says why; released, it goes. */
static void
test_hold (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (240);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *id = NULL;
  g_auto (Parcel)       parcel = { 0 };
  gpointer              order;
  WbShopChange          change = { .kind = WB_SHOP_CHANGE_RELEASE, .key = "k1", .text = "" };
  g_autoptr (WbOrder)   after = NULL;
  g_autoptr (WbOrder)   held = NULL;

  shopify_sync_ok (&bench);
  order = shopify_find (&bench, shopify_is_held);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_SHOP_HOLD), ==,
                   "Held in the shop: High risk of fraud: Call the customer first");
  parcel = parcel_of (order, "00340434161094000003", TRUE);
  g_assert_false (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Call the customer first"));
  g_clear_error (&error);

  change.order_ref = parcel.fulfilment.order_ref;
  g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), !=,
                   WB_FINDING_DONE);
  g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), ==,
                   WB_FINDING_DONE);
  after = shopify_fetch (&bench, change.order_ref);
  g_assert_null (wb_record_get_text (after, WB_ORDER_SHOP_HOLD));

  change.kind = WB_SHOP_CHANGE_HOLD;
  change.key = "k2";
  change.text = "Wait for the second parcel";
  g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
  g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error)); /* once */
  g_assert_no_error (error);
  g_assert_cmpint (wb_shop_find_change (bench.shop, &change, NULL, NULL, &error), ==,
                   WB_FINDING_DONE);
  held = shopify_fetch (&bench, change.order_ref);
  g_assert_nonnull (strstr (wb_record_get_text (held, WB_ORDER_SHOP_HOLD), "second parcel"));
  change.kind = WB_SHOP_CHANGE_RELEASE;
  g_assert_true (wb_shop_change_order (bench.shop, &change, NULL, NULL, &error));
  g_clear_pointer (&id, g_free);
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_no_error (error);
}

/* ---- long orders ---- */

/* More lines than come at once, by page and by parcel. */
static void
test_long_order (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (60);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbOrder)   order = NULL;
  g_autoptr (WbOrder)   after = NULL;
  g_autofree char      *grow = NULL;
  g_autofree char      *id = NULL;
  g_auto (Parcel)       parcel = { 0 };
  guint                 before;

  shopify_sync_ok (&bench);
  order = g_object_ref (shopify_find (&bench, shopify_is_free));
  before = wb_record_get_many (order, WB_ORDER_LINES)->len;
  grow = g_strdup_printf ("{\"grow\":{\"order\":%s,\"lines\":130}}",
                          wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  shopify_tell (&bench, "/town/clock", "{\"advance\":1000}");
  shopify_tell (&bench, "/town/shopify", grow);
  shopify_sync_ok (&bench);
  shopify_check_books (&bench);
  g_set_object (&order,
                g_hash_table_lookup (bench.orders, wb_record_get_text (order, WB_ORDER_REMOTE_ID)));
  g_assert_cmpuint (wb_record_get_many (order, WB_ORDER_LINES)->len, >=, before + 130);
  parcel = parcel_of (order, "00340434161094000009", TRUE);
  g_assert_true (wb_shop_report (bench.shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_no_error (error);
  after = shopify_fetch (&bench, parcel.fulfilment.order_ref);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_SHOP_STATE), ==, WB_SHOP_DONE);
  g_assert_cmpint (wb_shop_find_report (bench.shop, &parcel.fulfilment, NULL, NULL, &error), ==,
                   WB_FINDING_DONE);
}

/* ---- money ---- */

static WbPayment *
payment_of (ShopifyBench *bench, const char *ref)
{
  g_autoptr (GError) error = NULL;
  WbPayment *payment = wb_gateway_read_payment (WB_GATEWAY (bench->shop), ref, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_REF), ==, ref);
  return payment;
}

static WbMoneyAsk
ask_of (gpointer order, gint64 minor)
{
  return (WbMoneyAsk){
    .payment_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID),
    .amount = wb_money (minor, wb_record_get_text (order, WB_ORDER_CURRENCY)),
    .key = "waybill-capture-1",
    .reference = "WB-1",
    .first_sent_at = wb_now (),
  };
}

/* In parts where the authorisation allows it, never more than there is, never twice. */
static void
test_capture (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayment) before = NULL;
  g_autoptr (WbPayment) after = NULL;
  g_auto (WbMovement)   part = { 0 };
  g_auto (WbMovement)   rest = { 0 };
  g_auto (WbMovement)   none = { 0 };
  gpointer              order;
  gint64                all;
  WbMoneyAsk            ask;

  shopify_sync_ok (&bench);
  order = shopify_find (&bench, shopify_is_multi);
  before = payment_of (&bench, wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_assert_cmpstr (wb_record_get_text (before, WB_PAYMENT_STATE), ==, WB_PAYMENT_STATE_AUTHORISED);
  g_assert_true (wb_record_get_bool (before, WB_PAYMENT_MULTI_CAPTURE));
  g_assert_cmpint (wb_record_get_int (before, WB_PAYMENT_CAPTURE_BEFORE), >, 0);
  all = wb_record_get_int (before, WB_PAYMENT_CAPTURABLE);
  ask = ask_of (order, all + 1);
  g_assert_false (wb_gateway_capture (WB_GATEWAY (bench.shop), &ask, &none, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  ask = ask_of (order, all / 3);
  g_assert_cmpint (wb_gateway_find_capture (WB_GATEWAY (bench.shop), &ask, &none, NULL, &error), ==,
                   WB_MOVEMENT_NOT_MADE);
  g_assert_true (wb_gateway_capture (WB_GATEWAY (bench.shop), &ask, &part, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (part.amount.minor, ==, all / 3);
  ask = ask_of (order, all - all / 3);
  g_assert_true (wb_gateway_capture (WB_GATEWAY (bench.shop), &ask, &rest, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (part.ref, !=, rest.ref);
  g_assert_false (wb_gateway_capture (WB_GATEWAY (bench.shop), &ask, &none, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  after = payment_of (&bench, wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURED), ==, all);
  g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURABLE), ==, 0);
}

/* Captures all but a little of @order and loses the answer. Returns: whether it was taken all the
 * same; some cards of the practice shop decline. */
static gboolean
lose_capture (ShopifyBench *bench, gpointer order)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayment) before = NULL;
  g_autoptr (WbPayment) after = NULL;
  g_auto (WbMovement)   lost = { 0 };
  g_auto (WbMovement)   found = { 0 };
  WbMovementFinding     finding;
  WbMoneyAsk            ask;

  before = payment_of (bench, wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_assert_false (wb_record_get_bool (before, WB_PAYMENT_MULTI_CAPTURE));
  ask = ask_of (order, wb_record_get_int (before, WB_PAYMENT_CAPTURABLE) - 100);
  shopify_tell (
      bench, "/town/faults",
      "{\"match\":{\"service\":\"shopify\"},\"kind\":\"cut-after\",\"after\":1,\"times\":1}");
  g_assert_false (wb_gateway_capture (WB_GATEWAY (bench->shop), &ask, &lost, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  g_free (shopify_control (bench, "DELETE", "/town/faults", NULL));
  finding = wb_gateway_find_capture (WB_GATEWAY (bench->shop), &ask, &found, NULL, &error);
  g_assert_no_error (error);
  after = payment_of (bench, ask.payment_ref);
  if (finding == WB_MOVEMENT_NOT_MADE)
    {
      g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURED), ==, 0);
      g_assert_false (wb_gateway_capture (WB_GATEWAY (bench->shop), &ask, &lost, NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_DECLINED);
      return FALSE;
    }
  g_assert_cmpint (finding, ==, WB_MOVEMENT_FOUND);
  g_assert_cmpint (found.amount.minor, ==, ask.amount.minor);
  g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURED), ==, ask.amount.minor);
  g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURABLE), ==, 0); /* it was for one */
  return TRUE;
}

/* The answer to a capture is lost: unsure, found, and taken once; or declined, and not taken. */
static void
test_capture_lost (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  GHashTableIter        iter;
  gpointer              order;
  guint                 taken = 0;

  shopify_sync_ok (&bench);
  g_hash_table_iter_init (&iter, bench.orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    if (shopify_is_single (order))
      taken += lose_capture (&bench, order);
  g_assert_cmpuint (taken, >, 2);
}

/* Giving an authorisation back; and orders the shop takes no money for. */
static void
test_void (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayment) after = NULL;
  gpointer              order;
  WbMoneyAsk            ask;
  GHashTableIter        iter;

  shopify_sync_ok (&bench);
  order = shopify_find (&bench, shopify_is_authorised);
  ask = ask_of (order, 0);
  g_assert_true (wb_gateway_cancel (WB_GATEWAY (bench.shop), &ask, NULL, &error));
  g_assert_no_error (error);
  after = payment_of (&bench, ask.payment_ref);
  g_assert_cmpstr (wb_record_get_text (after, WB_PAYMENT_STATE), ==, WB_PAYMENT_STATE_CANCELLED);
  g_assert_false (wb_gateway_cancel (WB_GATEWAY (bench.shop), &ask, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  g_clear_error (&error);
  g_hash_table_iter_init (&iter, bench.orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD), "Bank Deposit") == 0)
      {
        g_assert_null (wb_gateway_read_payment (
            WB_GATEWAY (bench.shop), wb_record_get_text (order, WB_ORDER_REMOTE_ID), NULL, &error));
        g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
        return;
      }
  g_assert_not_reached ();
}

/* Money back with the goods, once, though the answer is lost. */
static void
test_refund (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (240);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *id = NULL;
  g_autofree char      *again = NULL;
  g_autoptr (WbOrder)   after = NULL;
  gpointer              order;
  const char           *refs[] = { NULL, NULL };
  gint64                one = 1, net = 0;
  WbShopRefund          refund = { 0 };

  shopify_sync_ok (&bench);
  order = shopify_find (&bench, shopify_is_paid);
  refs[0] = wb_record_get_text (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0],
                                WB_ORDER_LINE_REMOTE_ID);
  refund = (WbShopRefund){
    .order_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID),
    .key = "waybill-refund-77",
    .amount = wb_money (500, wb_record_get_text (order, WB_ORDER_CURRENCY)),
    .reason = "Damaged",
    .money = TRUE,
    .restock = TRUE,
    .line_refs = refs,
    .quantities = &one,
    .nets = &net,
    .taxes = &net,
  };
  g_assert_cmpint (wb_shop_find_refund (bench.shop, &refund, &id, NULL, &error), ==,
                   WB_FINDING_NOT_DONE);
  shopify_tell (
      &bench, "/town/faults",
      "{\"match\":{\"service\":\"shopify\"},\"kind\":\"cut-after\",\"after\":2,\"times\":1}");
  g_clear_pointer (&id, g_free);
  g_assert_false (wb_shop_refund (bench.shop, &refund, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  g_free (shopify_control (&bench, "DELETE", "/town/faults", NULL));
  g_clear_pointer (&id, g_free);
  g_assert_cmpint (wb_shop_find_refund (bench.shop, &refund, &id, NULL, &error), ==,
                   WB_FINDING_DONE);
  g_assert_true (wb_shop_refund (bench.shop, &refund, &again, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, id);
  after = shopify_fetch (&bench, refund.order_ref);
  g_assert_cmpint (wb_record_get_int (after, WB_ORDER_REFUNDED_TOTAL), ==, 500);
  refund.key = "waybill-refund-78";
  refund.amount.minor = G_GINT64_CONSTANT (100000000);
  g_assert_false (wb_shop_refund (bench.shop, &refund, &again, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
}

static void
add_line (WbOrder *draft, const char *kind, const char *name, gint64 n, gint64 total, gint64 tax)
{
  WbOrderLine *line = wb_order_line_new ();

  wb_record_set_text (line, WB_ORDER_LINE_KIND, kind);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, name);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, n);
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, TRUE);
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, total);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, total);
  wb_record_set_int (line, WB_ORDER_LINE_TAX, tax);
  wb_record_add (draft, WB_ORDER_LINES, line);
}

/* An order of ours: three pieces for 10.00, which no price a piece makes; shipping and a fee. */
static WbOrder *
draft_order (gboolean paid)
{
  WbOrder              *draft = wb_order_new ();
  g_autoptr (WbAddress) to = wb_address_new ();

  wb_record_set_text (draft, WB_ORDER_CURRENCY, "EUR");
  wb_record_set_text (draft, WB_ORDER_SHOP_STATE, paid ? WB_SHOP_OPEN : WB_SHOP_UNPAID);
  wb_record_set_text (draft, WB_ORDER_NOTE, "Rang us up");
  wb_record_set_text (to, WB_ADDRESS_NAME, "Erika von Mustermann");
  wb_record_set_text (to, WB_ADDRESS_STREET1, "Am Weg 1");
  wb_record_set_text (to, WB_ADDRESS_CITY, "Köln");
  wb_record_set_text (to, WB_ADDRESS_POSTCODE, "50667");
  wb_record_set_text (to, WB_ADDRESS_COUNTRY, "DE");
  wb_record_set_one (draft, WB_ORDER_SHIP_TO, to);
  add_line (draft, WB_LINE_ITEM, "Candle", 3, 1000, 190);
  add_line (draft, WB_LINE_SHIPPING, "Parcel", 0, 499, 95);
  add_line (draft, WB_LINE_FEE, "Gift wrap", 0, 250, 48);
  return draft;
}

/* What is made there is what was asked for, to the cent, and may be shipped. */
static void
test_create (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (20);
  g_autoptr (WbOrder)   draft = draft_order (TRUE), made = NULL, unpaid = draft_order (FALSE);
  g_autoptr (WbOrder)   pending = NULL;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *id = NULL, *other = NULL, *found = NULL;
  gint64                pieces = 0;

  g_assert_true (wb_shop_can_create (bench.shop));
  g_assert_true (wb_shop_create_order (bench.shop, draft, "made:1", &id, NULL, &error));
  g_assert_no_error (error);
  made = shopify_fetch (&bench, id);
  g_assert_cmpint (wb_record_get_int (made, WB_ORDER_TOTAL), ==, 1000 + 190 + 499 + 95 + 250 + 48);
  g_assert_cmpstr (wb_record_get_text (made, WB_ORDER_SHOP_STATE), ==, WB_SHOP_OPEN);
  g_assert_cmpstr (wb_record_get_text (made, WB_ORDER_NOTE), ==, "Rang us up");
  g_assert_cmpstr (wb_record_get_text (wb_record_get_one (made, WB_ORDER_SHIP_TO), WB_ADDRESS_NAME),
                   ==, "Erika von Mustermann");
  for (guint i = 0; i < wb_record_get_many (made, WB_ORDER_LINES)->len; i++)
    {
      gpointer line = wb_record_get_many (made, WB_ORDER_LINES)->pdata[i];

      g_assert_cmpstr (wb_record_get_text (line, WB_ORDER_LINE_KIND), !=, WB_LINE_ADJUSTMENT);
      if (g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_NAME), "Candle") == 0)
        pieces += wb_record_get_int (line, WB_ORDER_LINE_QUANTITY);
    }
  g_assert_cmpint (pieces, ==, 3);
  g_assert_true (wb_shop_create_order (bench.shop, unpaid, "made:2", &other, NULL, &error));
  g_assert_no_error (error);
  pending = shopify_fetch (&bench, other);
  g_assert_cmpstr (wb_record_get_text (pending, WB_ORDER_SHOP_STATE), ==, WB_SHOP_UNPAID);
  g_assert_cmpint (
      wb_shop_find_created (bench.shop, "made:1", wb_now () - 60, &found, NULL, &error), ==,
      WB_FINDING_DONE);
  g_assert_cmpstr (found, ==, id);
  g_assert_cmpint (wb_shop_find_created (bench.shop, "made:3", wb_now () - 60, NULL, NULL, &error),
                   ==, WB_FINDING_NOT_DONE);
  g_assert_no_error (error);
}

/* Answers are lost before and after it is made: told apart, and made once. */
static void
test_create_lost (void)
{
  static const char *const faults[] = { "cut-before", "cut-after" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_auto (ShopifyBench) bench = shopify_bench_new (20);
      g_autoptr (WbOrder)   draft = draft_order (TRUE);
      g_autoptr (GError)    error = NULL;
      g_autofree char      *id = NULL, *found = NULL;
      gboolean              after = g_str_equal (faults[i], "cut-after");
      g_autofree char      *fault = g_strdup_printf (
               "{\"match\":{\"service\":\"shopify\"},\"kind\":\"%s\",\"after\":0,\"times\":1}",
               faults[i]);

      shopify_sync_ok (&bench); /* it has its token */
      shopify_tell (&bench, "/town/faults", fault);
      g_assert_false (wb_shop_create_order (bench.shop, draft, "made:1", &id, NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_clear_error (&error);
      g_free (shopify_control (&bench, "DELETE", "/town/faults", NULL));
      g_assert_cmpint (
          wb_shop_find_created (bench.shop, "made:1", wb_now () - 60, &found, NULL, &error), ==,
          after ? WB_FINDING_DONE : WB_FINDING_NOT_DONE);
      g_assert_no_error (error);
      g_assert_true ((found != NULL) == after);
    }
}

/* What Shopify would take otherwise than it is meant is not sent. */
static void
test_create_refused (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (20);
  g_autoptr (WbOrder)   negative = draft_order (TRUE), foreign = draft_order (TRUE);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *id = NULL;

  add_line (negative, WB_LINE_FEE, "Thanks", 0, -100, 0);
  g_assert_false (wb_shop_create_order (bench.shop, negative, "made:1", &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wb_shop_create_order (bench.shop, foreign, "", &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  wb_record_set_text (foreign, WB_ORDER_CURRENCY, "CHF");
  g_assert_false (wb_shop_create_order (bench.shop, foreign, "made:1", &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_null (id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shops/shopify/town/report", test_report);
  g_test_add_func ("/shops/shopify/town/two-places", test_two_places);
  g_test_add_func ("/shops/shopify/town/untracked", test_untracked);
  g_test_add_func ("/shops/shopify/town/hold", test_hold);
  g_test_add_func ("/shops/shopify/town/long-order", test_long_order);
  g_test_add_func ("/shops/shopify/town/capture", test_capture);
  g_test_add_func ("/shops/shopify/town/capture-lost", test_capture_lost);
  g_test_add_func ("/shops/shopify/town/void", test_void);
  g_test_add_func ("/shops/shopify/town/refund", test_refund);
  g_test_add_func ("/shops/shopify/town/create", test_create);
  g_test_add_func ("/shops/shopify/town/create-lost", test_create_lost);
  g_test_add_func ("/shops/shopify/town/create-refused", test_create_refused);
  return g_test_run ();
}
