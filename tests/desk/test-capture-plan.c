/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rules of one order by themselves: what a shipment captures, where an order stands, how its
 * charge stands. */
#include "wb-desk-private.h"
#include "wb-test.h"

typedef struct
{
  WbOrder      *order;
  WbConnection *channel;
  WbPayment    *payment;
} Case;

static void
case_clear (Case *self)
{
  g_clear_object (&self->order);
  g_clear_object (&self->channel);
  g_clear_object (&self->payment);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static void
add_line (WbOrder *order, gint64 id, const char *kind, gint64 quantity, gint64 total, gint64 tax)
{
  WbOrderLine *line = wb_order_line_new ();

  g_object_set (line, "id", id, "kind", kind, "name", "thing", "quantity", quantity, "total", total,
                "tax", tax, "needs-shipping", g_str_equal (kind, WB_LINE_ITEM), NULL);
  wb_record_add (order, WB_ORDER_LINES, line);
}

/* Three of one, two of another, shipping: 100.00 in all, authorised. */
static Case
make_case (void)
{
  Case made = { wb_order_new (), wb_connection_new (), wb_payment_new () };

  g_object_set (made.order, "id", (gint64) 1, "number", "7", "currency", "EUR", "total",
                (gint64) 10000, "shop-state", WB_SHOP_OPEN, "payment-ref", "pi_1", NULL);
  add_line (made.order, 11, WB_LINE_ITEM, 3, 5000, 950);
  add_line (made.order, 12, WB_LINE_ITEM, 2, 3000, 570);
  add_line (made.order, 13, WB_LINE_SHIPPING, 1, 400, 80);
  g_object_set (made.channel, "kind", WB_KIND_SHOP, "name", "shop", "capturer", WB_CAPTURER_GATEWAY,
                "gateway-id", (gint64) 5, NULL);
  g_object_set (made.payment, "ref", "pi_1", "gateway-id", (gint64) 5, "state",
                WB_PAYMENT_STATE_AUTHORISED, "currency", "EUR", "authorised", (gint64) 10000,
                "capturable", (gint64) 10000, "capture-before", wb_now () + 86400, NULL);
  return made;
}

/* The plan for @first of the first line and @second of the second. */
static gint64
plan_of (Case *self, gint64 first, gint64 second, gint64 *shortfall)
{
  const gint64           ids[] = { 11, 12 }, quantities[] = { first, second };
  g_auto (WbCapturePlan) plan = { 0 };
  g_autoptr (GError)     error = NULL;

  g_assert_true (wb_capture_plan_make (self->order, self->channel, self->payment, ids, quantities,
                                       2, &plan, &error));
  g_assert_no_error (error);
  g_assert_nonnull (plan.reason);
  g_assert_cmpstr (plan.currency, ==, "EUR");
  g_assert_cmpint (plan.amount, >=, 0);
  g_assert_cmpint (plan.shortfall, >=, 0);
  g_test_message ("%" G_GINT64_FORMAT " (short %" G_GINT64_FORMAT "): %s", plan.amount,
                  plan.shortfall, plan.reason);
  if (shortfall != NULL)
    *shortfall = plan.shortfall;
  return plan.amount;
}

static void
assert_forbidden (Case *self, WbError code)
{
  const gint64           ids[] = { 11 }, quantities[] = { 3 };
  g_auto (WbCapturePlan) plan = { 0 };
  g_autoptr (GError)     error = NULL;

  g_assert_false (wb_capture_plan_make (self->order, self->channel, self->payment, ids, quantities,
                                        1, &plan, &error));
  g_assert_error (error, WB_ERROR, (gint) code);
  g_assert_null (plan.reason);
  g_test_message ("%s", error->message);
}

static void
test_whole (void)
{
  g_auto (Case) one = make_case ();
  gint64        shortfall = -1;

  g_assert_cmpint (plan_of (&one, 3, 2, &shortfall), ==, 10000);
  g_assert_cmpint (shortfall, ==, 0);
  wb_record_set_int (one.payment, WB_PAYMENT_CAPTURABLE,
                     9000); /* authorised before something was added */
  g_assert_cmpint (plan_of (&one, 3, 2, &shortfall), ==, 9000);
  g_assert_cmpint (shortfall, ==, 1000);
  g_object_set (one.payment, "state", WB_PAYMENT_STATE_CAPTURED, "capturable", (gint64) 0,
                "captured", (gint64) 10000, NULL);
  g_assert_cmpint (plan_of (&one, 3, 2, &shortfall), ==, 0);
  g_assert_cmpint (shortfall, ==, 0);
}

/* A payment that can be captured once: with the last parcel, or, where the merchant wants it, with
 * the first. */
static void
test_single_capture (void)
{
  g_auto (Case) one = make_case ();

  g_assert_cmpint (plan_of (&one, 1, 0, NULL), ==, 0);
  wb_record_set_text (one.channel, WB_CONNECTION_SETTINGS, "{\"single_capture\":\"first\"}");
  g_assert_cmpint (plan_of (&one, 1, 0, NULL), ==,
                   1983 + 480); /* a third of 59.50, rounded down, and the shipping */
  wb_record_set_text (one.channel, WB_CONNECTION_SETTINGS, "{\"single_capture\":\"last\"}");
  g_assert_cmpint (plan_of (&one, 1, 0, NULL), ==, 0);
  wb_record_set_text (one.channel, WB_CONNECTION_SETTINGS, "{\"single_capture\":\"complete\"}");
  assert_forbidden (&one, WB_ERROR_REFUSED); /* a part only */
  g_assert_cmpint (plan_of (&one, 3, 2, NULL), ==, 10000);
  wb_record_set_bool (one.payment, WB_PAYMENT_MULTI_CAPTURE, TRUE);
  g_assert_cmpint (plan_of (&one, 1, 0, NULL), ==, 1983 + 480);
  wb_record_set_bool (one.payment, WB_PAYMENT_MULTI_CAPTURE, FALSE);
  wb_record_set_text (one.channel, WB_CONNECTION_SETTINGS, "{\"single_capture\":\"last\"}");
  wb_record_set_int (wb_record_get_many (one.order, WB_ORDER_LINES)->pdata[0],
                     WB_ORDER_LINE_SHIPPED, 1);
  g_assert_cmpint (plan_of (&one, 2, 2, NULL), ==, 10000);
}

static void
test_refunds (void)
{
  g_auto (Case) one = make_case ();

  wb_record_set_int (one.order, WB_ORDER_REFUNDED_TOTAL, 3570); /* the second line will not come */
  wb_record_set_int (wb_record_get_many (one.order, WB_ORDER_LINES)->pdata[1],
                     WB_ORDER_LINE_CANCELLED, 2);
  g_assert_cmpint (plan_of (&one, 3, 0, NULL), ==, 10000 - 3570);
  wb_record_set_int (one.order, WB_ORDER_REFUNDED_TOTAL, 10000);
  g_assert_cmpint (plan_of (&one, 3, 0, NULL), ==, 0);
}

/* A refund of what was captured already takes nothing from what is still to be captured; one that
 * the shop does not know adds nothing. */
static void
test_refund_of_captured (void)
{
  g_auto (Case) one = make_case ();
  gint64        shortfall = 0;

  wb_record_set_int (wb_record_get_many (one.order, WB_ORDER_LINES)->pdata[0],
                     WB_ORDER_LINE_SHIPPED, 3);
  g_object_set (one.payment, "multi-capture", TRUE, "captured", (gint64) 6430, "capturable",
                (gint64) 3570, NULL);
  g_assert_cmpint (plan_of (&one, 0, 2, NULL), ==, 3570);
  g_object_set (one.order, "refunded-total", (gint64) 500, NULL); /* the shop: five back */
  g_assert_cmpint (plan_of (&one, 0, 2, NULL), ==,
                   3070); /* not given back by the gateway: it goes off what is to come */
  g_object_set (one.payment, "refunded", (gint64) 500, NULL);
  g_assert_cmpint (plan_of (&one, 0, 2, NULL), ==, 3570);
  g_object_set (one.order, "refunded-total", (gint64) 0, NULL); /* only the gateway knows of it */
  g_assert_cmpint (plan_of (&one, 0, 2, &shortfall), ==, 3570);
  g_assert_cmpint (shortfall, ==, 0);
}

static void
test_forbidden (void)
{
  g_auto (Case) one = make_case ();

  wb_record_set_int (one.payment, WB_PAYMENT_CAPTURE_BEFORE,
                     wb_now () - 1); /* its own date says so before its state does */
  assert_forbidden (&one, WB_ERROR_EXPIRED);
  wb_record_set_int (one.payment, WB_PAYMENT_CAPTURE_BEFORE, 0); /* no end is told */
  g_assert_cmpint (plan_of (&one, 3, 2, NULL), ==, 10000);
  wb_record_set_text (one.payment, WB_PAYMENT_STATE, WB_PAYMENT_STATE_LAPSED);
  assert_forbidden (&one, WB_ERROR_EXPIRED);
  wb_record_set_text (one.payment, WB_PAYMENT_STATE, WB_PAYMENT_STATE_CANCELLED);
  assert_forbidden (&one, WB_ERROR_EXPIRED);
  wb_record_set_text (one.payment, WB_PAYMENT_STATE, WB_PAYMENT_STATE_FAILED);
  assert_forbidden (&one, WB_ERROR_DECLINED);
  wb_record_set_text (one.payment, WB_PAYMENT_STATE, WB_PAYMENT_STATE_UNPAID);
  assert_forbidden (&one, WB_ERROR_DECLINED);
  wb_record_set_text (one.payment, WB_PAYMENT_STATE, WB_PAYMENT_STATE_AUTHORISED);
  wb_record_set_text (one.payment, WB_PAYMENT_CURRENCY, "USD");
  assert_forbidden (&one, WB_ERROR_CONFLICT);
}

/* Nobody of ours captures: the shop does, or it was paid beforehand, or there is nothing to pay. */
static void
test_no_payment (void)
{
  g_auto (Case) one = make_case ();

  g_clear_object (&one.payment);
  wb_record_set_text (one.channel, WB_CONNECTION_CAPTURER, WB_CAPTURER_SHOP);
  g_assert_cmpint (plan_of (&one, 3, 2, NULL), ==, 0);
  wb_record_set_int (one.order, WB_ORDER_PAID_AT, 1780000000);
  g_assert_cmpint (plan_of (&one, 3, 2, NULL), ==, 0);
  wb_record_set_text (one.channel, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  g_assert_cmpint (plan_of (&one, 3, 2, NULL), ==, 0);
  wb_record_set_int (one.order, WB_ORDER_TOTAL, 0);
  g_assert_cmpint (plan_of (&one, 3, 2, NULL), ==, 0);
}

static Case
random_case (GRand *rand)
{
  Case   made = { wb_order_new (), wb_connection_new (), wb_payment_new () };
  gint64 total = 0;
  guint  lines = (guint) g_rand_int_range (rand, 1, 6);

  g_object_set (made.order, "id", (gint64) 1, "number", "7", "currency", "EUR", "shop-state",
                WB_SHOP_OPEN, "payment-ref", "pi_1", NULL);
  for (guint i = 0; i < lines; i++)
    {
      gint64 worth = g_rand_int_range (rand, 0, 20000), tax = g_rand_int_range (rand, 0, 4000);

      add_line (made.order, 10 + i, WB_LINE_ITEM, g_rand_int_range (rand, 1, 8), worth, tax);
      total += worth + tax;
    }
  if (g_rand_boolean (rand))
    {
      gint64 rest =
          g_rand_int_range (rand, -3000, 3000); /* shipping and fees; a voucher makes it negative */

      rest = MAX (rest, -total);
      add_line (made.order, 90, WB_LINE_FEE, 1, rest, 0);
      total += rest;
    }
  total += total > 5 ? g_rand_int_range (rand, -2, 3)
                     : 0; /* the shop rounds in its own way: its total is the truth */
  g_object_set (made.order, "total", total, NULL);
  g_object_set (made.channel, "kind", WB_KIND_SHOP, "name", "shop", "capturer", WB_CAPTURER_GATEWAY,
                "gateway-id", (gint64) 5, NULL);
  g_object_set (made.payment, "ref", "pi_1", "state", WB_PAYMENT_STATE_AUTHORISED, "currency",
                "EUR", "authorised", total, "capturable", total, "multi-capture", TRUE, NULL);
  return made;
}

/* Some pieces of what is still to ship, at least one. Returns: how many there are after that. */
static gint64
choose_pieces (WbOrder *order, GRand *rand, gint64 *ids, gint64 *quantities, guint *n)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     left = wb_order_to_ship (order);

  *n = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      gint64 open = wb_order_line_to_ship (lines->pdata[i]);
      gint64 some = open > 0 ? g_rand_int_range (rand, 0, (gint32) open + 1) : 0;

      if (open > 0 && *n == 0 && some == 0 && i + 1 >= lines->len - 1)
        some = 1;
      if (some == 0)
        continue;
      ids[*n] = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);
      quantities[(*n)++] = some;
      left -= some;
    }
  return left;
}

static void
mark_shipped (WbOrder *order, const gint64 *ids, const gint64 *quantities, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      WbOrderLine *line = wb_order_find_line (order, ids[i]);

      wb_record_set_int (line, WB_ORDER_LINE_SHIPPED,
                         wb_record_get_int (line, WB_ORDER_LINE_SHIPPED) + quantities[i]);
    }
}

/* However an order is parcelled out, all captures together are its total to the cent, and none is
 * negative or more than is left. */
static void
test_sums (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  for (guint round = 0; round < 4000; round++)
    {
      g_auto (Case) one = random_case (rand);
      gint64        total = wb_record_get_int (one.order, WB_ORDER_TOTAL), captured = 0;
      guint         parcels = 0;

      while (wb_order_to_ship (one.order) > 0 && total > 0)
        {
          gint64                 ids[8], quantities[8];
          g_auto (WbCapturePlan) plan = { 0 };
          guint                  n = 0;

          choose_pieces (one.order, rand, ids, quantities, &n);
          if (n == 0)
            continue;
          g_assert_true (wb_capture_plan_make (one.order, one.channel, one.payment, ids, quantities,
                                               n, &plan, NULL));
          g_assert_cmpint (plan.amount, >=, 0);
          g_assert_cmpint (plan.shortfall, ==, 0);
          captured += plan.amount;
          g_assert_cmpint (captured, <=, total);
          mark_shipped (one.order, ids, quantities, n);
          g_object_set (one.payment, "captured", captured, "capturable", total - captured, NULL);
          g_assert_cmpuint (++parcels, <, 100);
        }
      if (total > 0)
        g_assert_cmpint (captured, ==, total);
    }
}

typedef struct
{
  const char *shop, *hold;
  gint64      shipped, cancelled;
  const char *stage;
} StageRule;

static void
test_stages (void)
{
  static const StageRule rules[] = {
    { WB_SHOP_OPEN, NULL, 0, 0, WB_STAGE_READY },
    { WB_SHOP_OPEN, NULL, 1, 0, WB_STAGE_PARTIAL },
    { WB_SHOP_OPEN, NULL, 3, 0, WB_STAGE_SHIPPED },
    { WB_SHOP_OPEN, NULL, 0, 3, WB_STAGE_NOTHING },
    { WB_SHOP_OPEN, NULL, 1, 2, WB_STAGE_SHIPPED },
    { WB_SHOP_OPEN, "doubt", 0, 0, WB_STAGE_HOLD },
    { WB_SHOP_OPEN, "doubt", 1, 0, WB_STAGE_HOLD },
    { WB_SHOP_OPEN, "doubt", 3, 0, WB_STAGE_SHIPPED },
    { WB_SHOP_UNPAID, NULL, 0, 0, WB_STAGE_WAITING },
    { WB_SHOP_UNPAID, "doubt", 0, 0, WB_STAGE_HOLD },
    { WB_SHOP_DONE, NULL, 0, 0, WB_STAGE_SHIPPED },
    { WB_SHOP_DONE, NULL, 1, 0, WB_STAGE_SHIPPED },
    { WB_SHOP_CANCELLED, NULL, 0, 0, WB_STAGE_CANCELLED },
    { WB_SHOP_CANCELLED, "doubt", 1, 0, WB_STAGE_CANCELLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (WbOrder) order = wb_order_new ();

      add_line (order, 11, WB_LINE_ITEM, 3, 100, 0);
      g_object_set (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0], "shipped",
                    rules[i].shipped, "cancelled", rules[i].cancelled, NULL);
      g_object_set (order, "shop-state", rules[i].shop, "hold-reason", rules[i].hold, NULL);
      g_test_message ("%u", i);
      g_assert_cmpstr (wb_order_derive_stage (order), ==, rules[i].stage);
    }
}

typedef struct
{
  const char *capturer, *shop;
  gint64      total, refunded, paid_at;
  const char *ref, *charge;
} ChargeRule;

static void
test_charges (void)
{
  static const ChargeRule rules[] = {
    { WB_CAPTURER_GATEWAY, WB_SHOP_OPEN, 100, 0, 0, "pi", WB_CHARGE_UNKNOWN },
    { WB_CAPTURER_GATEWAY, WB_SHOP_OPEN, 100, 0, 0, NULL, WB_CHARGE_PAID },
    { WB_CAPTURER_SHOP, WB_SHOP_OPEN, 100, 0, 0, "pi", WB_CHARGE_AUTHORISED },
    { WB_CAPTURER_SHOP, WB_SHOP_OPEN, 100, 0, 5, "pi", WB_CHARGE_PAID },
    { WB_CAPTURER_NONE, WB_SHOP_OPEN, 100, 0, 0, NULL, WB_CHARGE_PAID },
    { WB_CAPTURER_GATEWAY, WB_SHOP_UNPAID, 100, 0, 0, "pi", WB_CHARGE_UNPAID },
    { WB_CAPTURER_GATEWAY, WB_SHOP_OPEN, 0, 0, 0, "pi", WB_CHARGE_NONE },
    { WB_CAPTURER_GATEWAY, WB_SHOP_OPEN, 100, 100, 0, "pi", WB_CHARGE_REFUNDED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_auto (Case) one = make_case ();

      g_object_set (one.order, "shop-state", rules[i].shop, "total", rules[i].total,
                    "refunded-total", rules[i].refunded, "paid-at", rules[i].paid_at, "payment-ref",
                    rules[i].ref, NULL);
      wb_record_set_text (one.channel, WB_CONNECTION_CAPTURER, rules[i].capturer);
      g_test_message ("%u", i);
      g_assert_cmpstr (wb_order_derive_charge (one.order, one.channel), ==, rules[i].charge);
    }
}

typedef struct
{
  const char *state;
  gint64      capturable, captured, refunded;
  const char *charge;
} PaymentRule;

static void
test_payments (void)
{
  static const PaymentRule rules[] = {
    { WB_PAYMENT_STATE_AUTHORISED, 100, 0, 0, WB_CHARGE_AUTHORISED },
    { WB_PAYMENT_STATE_AUTHORISED, 60, 40, 0, WB_CHARGE_PARTIAL },
    { WB_PAYMENT_STATE_CAPTURED, 0, 100, 0, WB_CHARGE_CAPTURED },
    { WB_PAYMENT_STATE_CAPTURED, 0, 100, 30, WB_CHARGE_CAPTURED },
    { WB_PAYMENT_STATE_CAPTURED, 0, 100, 100, WB_CHARGE_REFUNDED },
    { WB_PAYMENT_STATE_CANCELLED, 0, 0, 0, WB_CHARGE_LAPSED },
    { WB_PAYMENT_STATE_LAPSED, 0, 0, 0, WB_CHARGE_LAPSED },
    { WB_PAYMENT_STATE_UNPAID, 0, 0, 0, WB_CHARGE_UNPAID },
    { WB_PAYMENT_STATE_FAILED, 0, 0, 0, WB_CHARGE_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_auto (Case) one = make_case ();

      g_object_set (one.payment, "state", rules[i].state, "capturable", rules[i].capturable,
                    "captured", rules[i].captured, "refunded", rules[i].refunded, NULL);
      wb_order_take_payment (one.order, one.payment);
      g_test_message ("%u", i);
      g_assert_cmpstr (wb_record_get_text (one.order, WB_ORDER_CHARGE_STATE), ==, rules[i].charge);
      g_assert_cmpint (wb_record_get_int (one.order, WB_ORDER_CAPTURED), ==, rules[i].captured);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/capture-plan/whole", test_whole);
  g_test_add_func ("/desk/capture-plan/single-capture", test_single_capture);
  g_test_add_func ("/desk/capture-plan/refunds", test_refunds);
  g_test_add_func ("/desk/capture-plan/refund-of-captured", test_refund_of_captured);
  g_test_add_func ("/desk/capture-plan/forbidden", test_forbidden);
  g_test_add_func ("/desk/capture-plan/no-payment", test_no_payment);
  g_test_add_func ("/desk/capture-plan/sums", test_sums);
  g_test_add_func ("/desk/rules/stages", test_stages);
  g_test_add_func ("/desk/rules/charges", test_charges);
  g_test_add_func ("/desk/rules/payments", test_payments);
  return g_test_run ();
}
