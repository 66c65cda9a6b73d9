/* SPDX-License-Identifier: GPL-3.0-or-later
 * A Shopify order read into our record: its head, money, people, payment and state. */
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

static void
set_word (gpointer record, guint field, const char *value)
{
  wb_record_set_text (record, field, wb_text_is_empty (value) ? NULL : value);
}

/* ---- head and money ---- */

static gboolean
read_head (WbOrder *order, const WbJson *at, GError **error)
{
  static const struct
  {
    const char *name;
    guint       field;
  } instants[] = {
    { "createdAt", WB_ORDER_PLACED_AT },
    { "updatedAt", WB_ORDER_MODIFIED_AT },
  };
  const char *name = wb_json_opt_string (at, "name");
  char       *id = wb_shopify_ref (at, "id");
  WbInstant   instant;

  if (id == NULL)
    return wb_json_fail (at, "an order with an id", error);
  wb_record_take_text (order, WB_ORDER_REMOTE_ID, id);
  wb_record_set_text (order, WB_ORDER_NUMBER, wb_text_is_empty (name) ? id : name);
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      if (!wb_json_instant (at, instants[i].name, &instant, error))
        return FALSE;
      wb_record_set_int (order, instants[i].field, instant);
    }
  wb_record_take_text (order, WB_ORDER_REMOTE_STATUS, wb_shopify_status_words (at));
  return TRUE;
}

/* What the order costs: before refunds, after edits. */
static gboolean
read_total (const WbJson *at, const char *currency, gint64 refunded, gint64 *total, GError **error)
{
  WbJson current = wb_json_member (at, "currentTotalPriceSet");

  if (!wb_json_bool (at, "edited", FALSE) || wb_json_is_null (&current))
    return wb_shopify_bag (at, "totalPriceSet", currency, total, error);
  if (!wb_shopify_bag (at, "currentTotalPriceSet", currency, total, error))
    return FALSE;
  return !__builtin_add_overflow (*total, refunded, total) ||
         wb_json_fail (at, "amounts that fit", error);
}

static gboolean
read_money (WbOrder *order, const WbJson *at, GError **error)
{
  static const struct
  {
    const char *name;
    guint       field;
  } amounts[] = {
    { "totalTaxSet", WB_ORDER_TAX_TOTAL },
    { "totalShippingPriceSet", WB_ORDER_SHIPPING_TOTAL },
    { "totalDiscountsSet", WB_ORDER_DISCOUNT_TOTAL },
    { "totalRefundedSet", WB_ORDER_REFUNDED_TOTAL },
  };
  const char *currency = wb_json_opt_string (at, "presentmentCurrencyCode");
  WbJson      total_at = wb_json_member (at, "totalPriceSet");
  gint64      amount;

  if (!wb_currency_is_valid (currency))
    {
      WbJson place = wb_json_member (at, "presentmentCurrencyCode");

      return wb_json_fail (&place, "a currency like EUR", error);
    }
  if (wb_json_is_null (&total_at))
    return wb_json_fail (&total_at, "an amount", error);
  wb_record_set_text (order, WB_ORDER_CURRENCY, currency);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      if (!wb_shopify_bag (at, amounts[i].name, currency, &amount, error))
        return FALSE;
      wb_record_set_int (order, amounts[i].field, amount);
    }
  if (!read_total (at, currency, wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL), &amount,
                   error))
    return FALSE;
  wb_record_set_int (order, WB_ORDER_TOTAL, amount);
  return TRUE;
}

static gboolean
read_refunds (WbOrder *order, const WbJson *at, GError **error)
{
  const char *currency = wb_record_get_text (order, WB_ORDER_CURRENCY);
  WbJson      list = wb_json_member (at, "refunds");
  guint       n = 0;

  if (wb_json_is_null (&list))
    return TRUE;
  if (!wb_json_array (at, "refunds", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbRefund) refund = wb_refund_new ();
      WbJson               one = wb_json_element (&list, i);
      gint64               amount;
      WbInstant            made;

      if (!wb_shopify_bag (&one, "totalRefundedSet", currency, &amount, error) ||
          !wb_json_opt_instant (&one, "createdAt", &made, error))
        return FALSE;
      wb_record_take_text (refund, WB_REFUND_REMOTE_ID, wb_shopify_ref (&one, "id"));
      wb_record_set_int (refund, WB_REFUND_AMOUNT, amount);
      wb_record_set_int (refund, WB_REFUND_AT, made);
      set_word (refund, WB_REFUND_REASON, wb_json_opt_string (&one, "note"));
      wb_record_add (order, WB_ORDER_REFUNDS, g_steal_pointer (&refund));
    }
  return TRUE;
}

/* ---- people ---- */

/* Returns: (transfer full) (nullable): NULL when nothing of an address is there. */
static WbAddress *
read_address (const WbJson *order, const char *name, const char *role)
{
  static const struct
  {
    const char *name;
    guint       field;
  } words[] = {
    { "name", WB_ADDRESS_NAME },
    { "company", WB_ADDRESS_COMPANY },
    { "address1", WB_ADDRESS_STREET1 },
    { "address2", WB_ADDRESS_STREET2 },
    { "city", WB_ADDRESS_CITY },
    { "zip", WB_ADDRESS_POSTCODE },
    { "countryCodeV2", WB_ADDRESS_COUNTRY },
    { "phone", WB_ADDRESS_PHONE },
  };
  g_autoptr (WbAddress) address = NULL;
  WbJson                at = wb_json_member (order, name);
  const char           *region;

  if (!wb_json_is_object (&at))
    return NULL;
  address = wb_address_new ();
  wb_record_set_text (address, WB_ADDRESS_ROLE, role);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    set_word (address, words[i].field, wb_json_opt_string (&at, words[i].name));
  region = wb_json_opt_string (&at, "provinceCode");
  set_word (address, WB_ADDRESS_REGION,
            wb_text_is_empty (region) ? wb_json_opt_string (&at, "province") : region);
  set_word (address, WB_ADDRESS_EMAIL, wb_json_opt_string (order, "email"));
  if (wb_record_get_text (address, WB_ADDRESS_PHONE) == NULL)
    set_word (address, WB_ADDRESS_PHONE, wb_json_opt_string (order, "phone"));
  return g_steal_pointer (&address);
}

static void
read_people (WbOrder *order, const WbJson *at)
{
  g_autoptr (WbAddress) ship_to = read_address (at, "shippingAddress", "shipping");
  g_autoptr (WbAddress) bill_to = read_address (at, "billingAddress", "billing");
  WbJson                customer = wb_json_member (at, "customer");
  gpointer              people[] = { bill_to, ship_to };
  const char           *phone = wb_json_opt_string (at, "phone");

  wb_record_set_one (order, WB_ORDER_SHIP_TO, ship_to);
  wb_record_set_one (order, WB_ORDER_BILL_TO, bill_to);
  wb_record_take_text (order, WB_ORDER_CUSTOMER_REF, wb_shopify_ref (&customer, "id"));
  set_word (order, WB_ORDER_EMAIL, wb_json_opt_string (at, "email"));
  set_word (order, WB_ORDER_PHONE, phone);
  set_word (order, WB_ORDER_NOTE, wb_json_opt_string (at, "note"));
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      const char *name;

      if (people[i] == NULL || wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME) != NULL)
        continue;
      name = wb_record_get_text (people[i], WB_ADDRESS_NAME);
      set_word (order, WB_ORDER_CUSTOMER_NAME,
                name != NULL ? name : wb_record_get_text (people[i], WB_ADDRESS_COMPANY));
      if (wb_record_get_text (order, WB_ORDER_PHONE) == NULL)
        set_word (order, WB_ORDER_PHONE, wb_record_get_text (people[i], WB_ADDRESS_PHONE));
    }
}

/* ---- payment ---- */

static gboolean
is (const WbJson *at, const char *name, const char *value)
{
  return g_strcmp0 (wb_json_opt_string (at, name), value) == 0;
}

/* The newest successful capture or sale, and the first successful authorisation. */
static void
read_transactions (WbOrder *order, const WbJson *at, gboolean paid)
{
  WbInstant when = 0, newest = 0;
  WbJson    list;
  guint     n = 0;

  if (!wb_json_array (at, "transactions", &list, &n, NULL))
    n = 0;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);

      if (!is (&one, "status", "SUCCESS"))
        continue;
      if (is (&one, "kind", "CAPTURE") || is (&one, "kind", "SALE"))
        {
          if (wb_json_opt_instant (&one, "processedAt", &when, NULL) && when > newest)
            newest = when;
        }
      else if (is (&one, "kind", "AUTHORIZATION") &&
               wb_record_get_text (order, WB_ORDER_PAYMENT_REF) == NULL)
        wb_record_take_text (order, WB_ORDER_PAYMENT_REF, wb_shopify_ref (&one, "id"));
    }
  if (paid)
    wb_record_set_int (order, WB_ORDER_PAID_AT,
                       newest != 0 ? newest : wb_record_get_int (order, WB_ORDER_PLACED_AT));
}

static void
read_payment (WbOrder *order, const WbJson *at)
{
  static const char *const paid[] = { "PAID", "PARTIALLY_REFUNDED", "REFUNDED", NULL };
  const char              *money = wb_json_opt_string (at, "displayFinancialStatus");
  gboolean                 is_paid = money != NULL && g_strv_contains (paid, money);
  const char              *charge = WB_CHARGE_UNPAID;
  WbJson                   names = wb_json_member (at, "paymentGatewayNames");
  WbJson                   first = wb_json_element (&names, 0);

  if (first.node != NULL && JSON_NODE_HOLDS_VALUE (first.node))
    {
      set_word (order, WB_ORDER_PAYMENT_METHOD, json_node_get_string (first.node));
      set_word (order, WB_ORDER_PAYMENT_TITLE, json_node_get_string (first.node));
    }
  read_transactions (order, at, is_paid);
  if (wb_record_get_int (order, WB_ORDER_TOTAL) == 0)
    charge = WB_CHARGE_NONE;
  else if (is_paid)
    charge = WB_CHARGE_PAID;
  else if (g_strcmp0 (money, "AUTHORIZED") == 0 || g_strcmp0 (money, "PARTIALLY_PAID") == 0)
    charge = WB_CHARGE_UNKNOWN; /* how much, only the transactions tell */
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, charge);
}

/* By when the shop wants it to leave: the earliest date of its parts. */
static gboolean
read_ship_by (WbOrder *order, const WbJson *at, GError **error)
{
  WbJson    connection = wb_json_member (at, "fulfillmentOrders");
  WbInstant earliest = 0, by;
  WbJson    list;
  guint     n = 0;

  if (!wb_json_array (&connection, "nodes", &list, &n, NULL))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);

      if (!wb_json_opt_instant (&one, "fulfillBy", &by, error))
        return FALSE;
      if (by != 0 && (earliest == 0 || by < earliest))
        earliest = by;
    }
  wb_record_set_int (order, WB_ORDER_SHIP_BY, earliest);
  return TRUE;
}

/**
 * wb_shopify_order_parse:
 * @at: one order, as the document order-whole.graphql asks for it
 *
 * What the record holds beyond the obvious:
 * - all amounts are in the currency the customer pays in. The total and tax of ALL lines add up to
 * the order's total, exactly; what the lines leave over is a line of kind “adjustment”. Of an
 * edited order the total is what it costs now and what was given back of it.
 * - a line's cancelled pieces are those the shop will never fulfil.
 * - payment_ref is the first authorisation's transaction, for people; the payment itself goes by
 * the order's number.
 * - shop_hold says why the shop wants it kept back, %NULL: it does not.
 *
 * Returns: (transfer full): or %NULL with %WB_ERROR_INVALID naming the place.
 */
WbOrder *
wb_shopify_order_parse (const WbJson *at, const WbShopifyReader *reader, GError **error)
{
  g_autoptr (WbOrder) order = wb_order_new ();

  if (!wb_json_is_object (at))
    {
      wb_json_fail (at, "an order", error);
      return NULL;
    }
  if (!read_head (order, at, error) || !read_money (order, at, error) ||
      !read_refunds (order, at, error) || !read_ship_by (order, at, error))
    return NULL;
  read_people (order, at);
  if (!wb_shopify_read_lines (order, at, error))
    return NULL;
  read_payment (order, at);
  wb_record_set_text (order, WB_ORDER_SHOP_STATE, wb_shopify_state_of (at, reader));
  wb_record_take_text (order, WB_ORDER_SHOP_HOLD, wb_shopify_hold_words (at));
  return g_steal_pointer (&order);
}
