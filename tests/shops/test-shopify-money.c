/* SPDX-License-Identifier: GPL-3.0-or-later
 * The balance and the payouts of a Shopify shop: all that moved, each once, to the cent what was
 * paid out; read on after a stop; in a currency the customers did not pay in. */
#include "shopify-bench.h"
#include "wb-test.h"

#include <string.h>

typedef struct
{
  GPtrArray *items; /* of WbBalance, as read */
  char      *cursor;
  guint      pages;
} Balance;

static void
balance_clear (Balance *balance)
{
  g_clear_pointer (&balance->items, g_ptr_array_unref);
  g_clear_pointer (&balance->cursor, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Balance, balance_clear)

/* @pages: 0: to the end. */
static void
read_on (ShopifyBench *bench, Balance *balance, guint pages)
{
  gboolean more = TRUE;

  if (balance->items == NULL)
    balance->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; more && (pages == 0 || i < pages); i++)
    {
      g_autoptr (GError)   error = NULL;
      g_auto (WbMoneyPage) page = { 0 };

      wb_gateway_list_money (WB_GATEWAY (bench->shop), balance->cursor, &page, NULL, &error);
      g_assert_no_error (error);
      balance->pages++;
      more = page.more;
      for (guint k = 0; k < page.items->len; k++)
        g_ptr_array_add (balance->items, g_object_ref (page.items->pdata[k]));
      g_free (balance->cursor);
      balance->cursor = g_steal_pointer (&page.cursor);
    }
}

static gpointer
find (GPtrArray *items, guint field, const char *value)
{
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (wb_record_get_text (items->pdata[i], field), value) == 0)
      return items->pdata[i];
  return NULL;
}

static guint
count (GPtrArray *items, const char *kind)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += g_strcmp0 (wb_record_get_text (items->pdata[i], WB_BALANCE_KIND), kind) == 0;
  return n;
}

static void
go_on (ShopifyBench *bench, guint days)
{
  g_autofree char *body = g_strdup_printf ("{\"advance\":%u}", days * 24 * 60 * 60);

  shopify_tell (bench, "/town/clock", body);
}

/* Captures the authorised @order whole. Returns: (transfer full): the shop's name of it. */
static char *
capture (ShopifyBench *bench, gpointer order)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayment) payment = NULL;
  WbMovement            movement = { 0 };
  const char           *ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID);
  g_autofree char      *good = g_strdup_printf ("{\"good_card\":%s}", ref);
  WbMoneyAsk            ask = { .payment_ref = ref };

  shopify_tell (bench, "/town/shopify", good);
  payment = wb_gateway_read_payment (WB_GATEWAY (bench->shop), ref, NULL, &error);
  g_assert_no_error (error);
  ask.amount = wb_money (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE),
                         wb_record_get_text (payment, WB_PAYMENT_CURRENCY));
  g_assert_true (wb_gateway_capture (WB_GATEWAY (bench->shop), &ask, &movement, NULL, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&movement.ref);
}

/* Each movement once, its net what is left of it, its kind and owner known. */
static void
test_balance (void)
{
  g_auto (ShopifyBench)  bench = shopify_bench_new (120);
  g_auto (Balance)       balance = { 0 };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char       *ref = NULL;
  gpointer               order, item;

  shopify_sync_ok (&bench);
  order = shopify_find (&bench, shopify_is_authorised);
  ref = capture (&bench, order);
  read_on (&bench, &balance, 0);
  g_assert_cmpuint (balance.items->len, >, 20);
  g_assert_cmpuint (balance.pages, >, 0);
  for (guint i = 0; i < balance.items->len; i++)
    {
      item = balance.items->pdata[i];
      g_assert_true (g_hash_table_add (seen, (gpointer) wb_record_get_text (item, WB_BALANCE_REF)));
      g_assert_cmpint (wb_record_get_int (item, WB_BALANCE_NET), ==,
                       wb_record_get_int (item, WB_BALANCE_GROSS) -
                           wb_record_get_int (item, WB_BALANCE_FEE));
    }
  g_assert_cmpuint (count (balance.items, WB_MOVED_CAPTURED), >, 10);
  g_assert_cmpuint (count (balance.items, WB_MOVED_PAYOUT), >, 0);
  item = find (balance.items, WB_BALANCE_OBJECT_REF, ref);
  g_assert_nonnull (item); /* what we took is there, by the name we know it by */
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_KIND), ==, WB_MOVED_CAPTURED);
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_CHARGE_REF), ==, ref);
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_PAYMENT_REF), ==,
                   wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_assert_cmpint (wb_record_get_int (item, WB_BALANCE_FEE), >, 0);
}

/* What happens after the last reading is read the next time, from the mark alone. */
static void
test_goes_on (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (240);
  g_auto (Balance)      whole = { 0 };
  g_auto (Balance)      parts = { 0 };
  g_auto (Balance)      later = { 0 };
  g_autofree char      *ref = NULL;

  shopify_sync_ok (&bench);
  read_on (&bench, &whole, 0);
  g_assert_cmpuint (whole.pages, >, 1);
  read_on (&bench, &parts, 1); /* stopped after a page, and gone on with */
  read_on (&bench, &parts, 0);
  g_assert_cmpuint (parts.items->len, ==, whole.items->len);
  for (guint i = 0; i < whole.items->len; i++)
    g_assert_cmpstr (wb_record_get_text (parts.items->pdata[i], WB_BALANCE_REF), ==,
                     wb_record_get_text (whole.items->pdata[i], WB_BALANCE_REF));
  ref = capture (&bench, shopify_find (&bench, shopify_is_authorised));
  later.cursor = g_strdup (parts.cursor);
  read_on (&bench, &later, 0);
  g_assert_nonnull (find (later.items, WB_BALANCE_OBJECT_REF, ref));
  g_assert_cmpuint (later.items->len, <, whole.items->len / 2); /* not all of it again */
}

/* A refund is named as wb_shop_refund() named it, and stands with its capture. */
static void
test_refund (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  g_auto (Balance)      balance = { 0 };
  g_autoptr (GError)    error = NULL;
  g_autofree char      *ref = NULL;
  g_autofree char      *id = NULL;
  const char           *none[] = { NULL };
  WbShopRefund          refund = { .key = "refund:1", .money = TRUE, .line_refs = none };
  gpointer              order, item;

  shopify_sync_ok (&bench);
  order = shopify_find (&bench, shopify_is_authorised);
  ref = capture (&bench, order);
  refund.order_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID);
  refund.amount = wb_money (250, wb_record_get_text (order, WB_ORDER_CURRENCY));
  g_assert_true (wb_shop_refund (bench.shop, &refund, &id, NULL, &error));
  g_assert_no_error (error);
  read_on (&bench, &balance, 0);
  item = find (balance.items, WB_BALANCE_OBJECT_REF, id);
  g_assert_nonnull (item);
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_KIND), ==, WB_MOVED_REFUNDED);
  g_assert_cmpint (wb_record_get_int (item, WB_BALANCE_AMOUNT), ==, -250);
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_CHARGE_REF), ==, ref);
}

/* Words of Shopify's own are fees, disputes or adjustments. */
static void
test_others (void)
{
  static const struct
  {
    const char *type;
    gint64      amount, fee;
    const char *kind;
  } moved[] = {
    { "CHARGEBACK_FEE", -1500, 0, WB_MOVED_FEE },
    { "DISPUTE_WITHDRAWAL", -2000, 1500, WB_MOVED_DISPUTE },
    { "SHIPPING_LABEL", -499, 0, WB_MOVED_ADJUSTMENT },
    { "TRANSFER_FAILURE", 9900, 0, WB_MOVED_PAYOUT },
  };
  g_auto (ShopifyBench) bench = shopify_bench_new (20);
  g_auto (Balance)      balance = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"moved\":{\"type\":\"%s\",\"amount\":%d,\"fee\":%d}}", moved[i].type,
                           (int) moved[i].amount, (int) moved[i].fee);

      shopify_tell (&bench, "/town/shopify", body);
    }
  read_on (&bench, &balance, 0);
  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    {
      g_autofree char *word = g_ascii_strdown (moved[i].type, -1);
      gpointer         item = find (balance.items, WB_BALANCE_NOTE, word);

      g_assert_nonnull (item);
      g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_KIND), ==, moved[i].kind);
      g_assert_cmpint (wb_record_get_int (item, WB_BALANCE_NET), ==,
                       moved[i].amount - moved[i].fee);
    }
}

/* What is in a payout sums to it, to the cent; one alone is read like all of them. */
static void
test_payouts (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (240);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) payouts = NULL;
  g_autoptr (GPtrArray) newer = NULL;
  WbInstant             middle;
  guint                 paid = 0;

  shopify_sync_ok (&bench);
  g_free (capture (&bench, shopify_find (&bench, shopify_is_authorised)));
  go_on (&bench, 4);
  payouts = wb_gateway_list_payouts (WB_GATEWAY (bench.shop), 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (payouts->len, >, 5);
  for (guint i = 0; i < payouts->len; i++)
    {
      gpointer              payout = payouts->pdata[i];
      const char           *ref = wb_record_get_text (payout, WB_PAYOUT_REF);
      g_autoptr (WbPayout)  alone = NULL;
      g_autoptr (GPtrArray) items = NULL;
      gint64                sum = 0;

      g_assert_true (wb_record_get_bool (payout, WB_PAYOUT_ITEMISED));
      paid += g_str_equal (wb_record_get_text (payout, WB_PAYOUT_STATE), WB_PAYOUT_STATE_PAID);
      items = wb_gateway_list_payout_items (WB_GATEWAY (bench.shop), ref, NULL, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < items->len; k++)
        {
          sum += wb_record_get_int (items->pdata[k], WB_BALANCE_NET);
          g_assert_cmpstr (wb_record_get_text (items->pdata[k], WB_BALANCE_PAYOUT_REF), ==, ref);
        }
      g_assert_cmpint (sum, ==, wb_record_get_int (payout, WB_PAYOUT_AMOUNT));
      alone = wb_gateway_read_payout (WB_GATEWAY (bench.shop), ref, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wb_record_get_int (alone, WB_PAYOUT_AMOUNT), ==, sum);
    }
  g_assert_cmpuint (paid, >, 3);
  middle = wb_record_get_int (payouts->pdata[payouts->len / 2], WB_PAYOUT_MADE_AT);
  newer = wb_gateway_list_payouts (WB_GATEWAY (bench.shop), middle, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (newer->len, ==, payouts->len - payouts->len / 2);
  g_assert_null (wb_gateway_read_payout (WB_GATEWAY (bench.shop), "1", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
}

/* Paid out in another currency: what the customer saw stands beside it, at the shop's own rate. */
static void
test_currencies (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (120);
  g_auto (Balance)      balance = { 0 };
  g_autofree char      *ref = NULL;
  gpointer              order, item;

  shopify_sync_ok (&bench);
  shopify_tell (&bench, "/town/shopify", "{\"settles\":\"USD\"}");
  order = shopify_find (&bench, shopify_is_authorised);
  ref = capture (&bench, order);
  read_on (&bench, &balance, 0);
  item = find (balance.items, WB_BALANCE_OBJECT_REF, ref);
  g_assert_nonnull (item);
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_SETTLE_CURRENCY), ==, "USD");
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_CURRENCY), ==,
                   wb_record_get_text (order, WB_ORDER_CURRENCY));
  g_assert_cmpint (wb_record_get_int (item, WB_BALANCE_GROSS), ==,
                   wb_record_get_int (item, WB_BALANCE_AMOUNT) * 11 / 10);
  g_assert_cmpstr (wb_record_get_text (item, WB_BALANCE_RATE), ==, "1.1");
}

/* Without the right nothing is read, and the right is named, at the test of the connection too. */
static void
test_rights (void)
{
  g_auto (ShopifyBench)   bench = shopify_bench_new (20);
  g_auto (WbShopFindings) findings = { 0 };
  g_auto (WbMoneyPage)    page = { 0 };
  g_autoptr (GError)      error = NULL;

  shopify_tell (&bench, "/town/shopify", "{\"scopes\":\"read_all_orders write_orders\"}");
  g_assert_false (wb_gateway_list_money (WB_GATEWAY (bench.shop), NULL, &page, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_true (wb_shop_probe (bench.shop, &findings, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (findings.notes, "read_shopify_payments_payouts"));
}

/* Each answer of a reading lost once: read again, it is the same. */
static void
test_lost (void)
{
  g_auto (ShopifyBench) bench = shopify_bench_new (240);
  g_auto (Balance)      whole = { 0 };

  shopify_sync_ok (&bench);
  read_on (&bench, &whole, 0);
  for (guint nth = 0; nth < 4; nth++)
    {
      g_auto (Balance) again = { 0 };
      g_autofree char *fault = g_strdup_printf (
          "{\"match\":{\"service\":\"shopify\"},\"kind\":\"cut-after\",\"after\":%u,\"times\":1}",
          nth);

      shopify_tell (&bench, "/town/faults", fault);
      read_on (&bench, &again, 0); /* a question is asked again by itself */
      g_free (shopify_control (&bench, "DELETE", "/town/faults", NULL));
      g_assert_cmpuint (again.items->len, ==, whole.items->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shops/shopify/money/balance", test_balance);
  g_test_add_func ("/shops/shopify/money/goes-on", test_goes_on);
  g_test_add_func ("/shops/shopify/money/refund", test_refund);
  g_test_add_func ("/shops/shopify/money/others", test_others);
  g_test_add_func ("/shops/shopify/money/payouts", test_payouts);
  g_test_add_func ("/shops/shopify/money/currencies", test_currencies);
  g_test_add_func ("/shops/shopify/money/rights", test_rights);
  g_test_add_func ("/shops/shopify/money/lost", test_lost);
  return g_test_run ();
}
