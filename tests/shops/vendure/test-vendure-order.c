/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders of a Vendure shop read into records, those that no test server makes: other digits, pieces
 * taken away, refunds only begun, states of the shop's own. */
#include "wb-shop.h"
#include "wb-vendure-cursor.h"
#include "wb-vendure-order.h"

#include <string.h>

/* An order with the parts of order-parts.graphql; %s: state, currency, total, payments. */
static const char pattern[] =
    "{\"id\":\"7\",\"code\":\"ABC\",\"type\":\"Regular\",\"state\":\"%s\",\"active\":false,"
    "\"updatedAt\":\"2026-11-22T07:26:26.000Z\",\"orderPlacedAt\":\"2026-11-22T07:26:27.080Z\","
    "\"currencyCode\":\"%s\",\"total\":%s,\"totalWithTax\":%s,\"shipping\":50000,\"customer\":null,"
    "\"shippingAddress\":{\"fullName\":\"Aiko\",\"streetLine1\":\"1-2\",\"city\":\"Kyoto\","
    "\"countryCode\":\"JP\"},\"billingAddress\":{},"
    "\"lines\":[{\"id\":\"11\",\"quantity\":2,\"orderPlacedQuantity\":3,\"linePrice\":200000,"
    "\"proratedLinePrice\":180000,\"proratedLinePriceWithTax\":198000,\"productVariant\":{\"id\":"
    "\"5\",\"productId\":\"4\",\"sku\":\"\",\"name\":\"Cup\"},\"fulfillmentLines\":[{\"quantity\":"
    "1,"
    "\"fulfillment\":{\"id\":\"1\",\"state\":\"Cancelled\"}},{\"quantity\":2,\"fulfillment\":{"
    "\"id\":"
    "\"2\",\"state\":\"Delivered\"}}]}],"
    "\"shippingLines\":[{\"id\":\"3\",\"discountedPrice\":50000,\"discountedPriceWithTax\":50000,"
    "\"shippingMethod\":{\"name\":\"Post\"}}],\"surcharges\":[],\"discounts\":[{"
    "\"adjustmentSource\":"
    "\"P:1\",\"description\":\"Ten "
    "off\",\"amount\":-20000}],\"taxSummary\":[{\"description\":\"VAT\","
    "\"taxRate\":10,\"taxTotal\":18000}],\"payments\":%s,\"fulfillments\":[]}";

static const char held[] =
    "[{\"id\":\"1\",\"state\":\"Authorized\",\"method\":\"card\",\"amount\":"
    "248000,\"transactionId\":\"pi_1\",\"metadata\":{},\"createdAt\":"
    "\"2026-11-22T07:26:27.000Z\",\"updatedAt\":\"2026-11-22T07:26:27.000Z\","
    "\"refunds\":[]}]";
static const char returned[] =
    "[{\"id\":\"1\",\"state\":\"Settled\",\"method\":\"card\",\"amount\":248000,\"transactionId\":"
    "\"pi_1\",\"metadata\":{},\"createdAt\":\"2026-11-22T07:26:27.000Z\",\"updatedAt\":"
    "\"2026-11-22T07:28:27.000Z\",\"refunds\":[{\"id\":\"1\",\"state\":\"Pending\",\"total\":"
    "100000,"
    "\"reason\":\"\",\"createdAt\":\"2026-11-22T08:00:00.000Z\"},{\"id\":\"2\",\"state\":"
    "\"Settled\","
    "\"total\":%s,\"reason\":\"x\",\"createdAt\":\"2026-11-22T08:00:00.000Z\"}]}]";

static WbOrder *
parse (const char *settings,
       const char *state,
       const char *currency,
       const char *net,
       const char *total,
       const char *payments,
       GError    **error)
{
  g_autofree char *text =
      g_strdup_printf (pattern, state, currency, net, total, payments); /* our own */
  g_autoptr (JsonNode) root = wb_json_parse (text, -1, "order", error);
  WbJson               at = wb_json_root (root, "order");
  WbVendureReader      reader = { 0 };
  WbOrder             *order;

  if (root == NULL)
    return NULL;
  g_assert_true (wb_vendure_reader_init (&reader, settings, error));
  order = wb_vendure_order_parse (&at, &reader, error);
  wb_vendure_reader_clear (&reader);
  return order;
}

/* The shop's money has two digits whatever the currency: ¥2,480 is 248000. */
static void
test_digits (void)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) yen =
      parse (NULL, "PaymentAuthorized", "JPY", "230000", "248000", held, &error);
  g_autoptr (WbOrder) dinar =
      parse (NULL, "PaymentAuthorized", "KWD", "230000", "248000", held, &error);
  GPtrArray *lines;

  g_assert_no_error (error);
  g_assert_cmpint (wb_record_get_int (yen, WB_ORDER_TOTAL), ==, 2480);
  g_assert_cmpint (wb_record_get_int (dinar, WB_ORDER_TOTAL), ==, 2480000);
  g_assert_cmpint (wb_record_get_int (yen, WB_ORDER_DISCOUNT_TOTAL), ==, 200);
  lines = wb_record_get_many (yen, WB_ORDER_LINES);
  g_assert_cmpint (wb_record_get_int (lines->pdata[0], WB_ORDER_LINE_TOTAL), ==, 1800);
  g_assert_cmpint (wb_record_get_int (lines->pdata[0], WB_ORDER_LINE_TAX), ==, 180);
  g_assert_null (wb_record_get_text (lines->pdata[0], WB_ORDER_LINE_SKU));
  g_assert_null (wb_record_get_one (yen, WB_ORDER_BILL_TO));
}

/* The total is the shop's; what its lines leave over is a line. */
static void
test_adjustment (void)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order =
      parse (NULL, "PaymentAuthorized", "EUR", "230000", "248001", held, &error);
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gpointer   last = lines->pdata[lines->len - 1];
  gint64     sum = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (last, WB_ORDER_LINE_KIND), ==, WB_LINE_ADJUSTMENT);
  g_assert_cmpint (wb_record_get_int (last, WB_ORDER_LINE_TOTAL), ==, 1);
  for (guint i = 0; i < lines->len; i++)
    sum += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL) +
           wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TAX);
  g_assert_cmpint (sum, ==, 248001);
  g_assert_cmpint (wb_record_get_int (lines->pdata[0], WB_ORDER_LINE_QUANTITY), ==, 3);
  g_assert_cmpint (wb_record_get_int (lines->pdata[0], WB_ORDER_LINE_CANCELLED), ==, 1);
  /* What lies in a parcel there; a parcel that was cancelled holds nothing. */
  g_assert_cmpint (wb_record_get_int (lines->pdata[0], WB_ORDER_LINE_ELSEWHERE), ==, 2);
}

static void
check_state (const char *settings, const char *state, const char *payments, const char *meaning)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = parse (settings, state, "EUR", "230000", "248000", payments, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_SHOP_STATE), ==, meaning);
}

/* A state of the shop's own is told until its settings say what it means. */
static void
test_explains (void)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();

  wb_record_set_text (connection, WB_CONNECTION_PROVIDER, "vendure");
  g_assert_true (wb_shop_explains_status (connection, "PaymentAuthorized"));
  g_assert_true (wb_shop_explains_status (connection, "Modifying"));
  g_assert_false (wb_shop_explains_status (connection, "Glazing"));
  wb_record_set_text (connection, WB_CONNECTION_SETTINGS, "{\"statuses\":{\"Glazing\":\"open\"}}");
  g_assert_true (wb_shop_explains_status (connection, "Glazing"));
}

static void
test_states (void)
{
  g_autofree char    *some = g_strdup_printf (returned, "100000");
  g_autofree char    *all = g_strdup_printf (returned, "248000");
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = NULL;

  check_state (NULL, "PaymentAuthorized", held, WB_SHOP_OPEN);
  check_state (NULL, "PaymentAuthorized", "[]", WB_SHOP_UNPAID);
  check_state (NULL, "PaymentSettled", some, WB_SHOP_OPEN);
  check_state (NULL, "PaymentSettled", all, WB_SHOP_CANCELLED);
  check_state (NULL, "PartiallyDelivered", some, WB_SHOP_DONE);
  check_state (NULL, "Modifying", some, WB_SHOP_UNPAID);
  check_state (NULL, "AwaitingEngraving", some, WB_SHOP_UNPAID);
  check_state ("{\"statuses\":{\"AwaitingEngraving\":\"open\"}}", "AwaitingEngraving", some,
               WB_SHOP_OPEN);

  /* What is only begun has given nothing back. */
  order = parse (NULL, "PaymentSettled", "EUR", "230000", "248000", some, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL), ==, 100000);
  g_assert_cmpuint (wb_record_get_many (order, WB_ORDER_REFUNDS)->len, ==, 1);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_PAID_AT), >, 0);
}

static void
test_damaged (void)
{
  static const char *const totals[] = { "\"12\"", "null", "1.5", "{}", "99999999999999999999" };

  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (WbOrder) order =
          parse (NULL, "PaymentSettled", "KWD", "230000", totals[i], held, &error);

      g_assert_null (order);
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "order"));
    }
}

static void
test_cursor (void)
{
  g_auto (WbVendureCursor) cursor = { 0 }, read = { 0 };
  g_autoptr (GError)       error = NULL;
  g_autofree char         *text = NULL, *before = NULL, *beginning = NULL;

  g_assert_true (wb_vendure_cursor_init (&cursor, NULL, &error));
  wb_vendure_cursor_move (&cursor.placed, "2026-11-22T07:26:27.080Z", 0);
  wb_vendure_cursor_move (&cursor.placed, "2026-11-22T07:26:26.000Z", 0);
  wb_vendure_cursor_move (&cursor.placed, "2099-01-01T00:00:00.000Z", 2000000000);
  wb_vendure_cursor_note (&cursor, "7", g_strdup ("abcd"));
  wb_vendure_cursor_doubt (&cursor, "9");
  text = wb_vendure_cursor_text (&cursor);
  g_assert_true (wb_vendure_cursor_init (&read, text, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (read.placed, ==, "2026-11-22T07:26:27.080Z");
  g_assert_cmpstr (g_hash_table_lookup (read.standing, "7"), ==, "abcd");
  g_assert_cmpuint (read.again->len, ==, 1);
  before = wb_vendure_cursor_before (read.placed, 81);
  g_assert_cmpstr (before, ==, "2026-11-22T07:26:26.999Z");
  beginning = wb_vendure_cursor_before (NULL, 1);
  g_assert_cmpstr (beginning, ==, "1970-01-01T00:00:00.000Z");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vendure-order/digits", test_digits);
  g_test_add_func ("/vendure-order/adjustment", test_adjustment);
  g_test_add_func ("/vendure-order/states", test_states);
  g_test_add_func ("/vendure-order/explains", test_explains);
  g_test_add_func ("/vendure-order/damaged", test_damaged);
  g_test_add_func ("/vendure-order/cursor", test_cursor);
  return g_test_run ();
}
