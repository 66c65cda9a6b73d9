/* SPDX-License-Identifier: GPL-3.0-or-later
 * A WooCommerce order read into our record: its head, money, people, payment and state. */
#include "wb-woo-order.h"

#include <string.h>

#include "wb-text.h"

#define MAX_DECIMALS 9 /* more digits than any shop's price setting allows */

/* Ways to pay where the gateway's id is there long before the money: never “authorised”. */
static const char *const slow_methods[] = { "bacs",   "cheque", "cod",        "sepa",
                                            "boleto", "oxxo",   "multibanco", "konbini" };

/* ---- money ---- */

/* Digits beyond the minor unit, rounded half away from zero. */
static gboolean
parse_rounded (const char *text, guint exponent, gint64 *out)
{
  const char *point = strchr (text, '.');
  guint       decimals = point != NULL ? (guint) strlen (point + 1) : 0;
  gint64      value, unit = 1;

  if (decimals <= exponent || decimals > MAX_DECIMALS ||
      !wb_money_parse_minor (text, decimals, &value, NULL))
    return FALSE;
  for (guint i = exponent; i < decimals; i++)
    unit *= 10;
  *out = value / unit + (value % unit >= unit / 2 ? 1 : 0) - (value % unit <= -(unit / 2) ? 1 : 0);
  return TRUE;
}

/**
 * wb_woo_order_amount:
 * @out: (out): minor units; 0 when absent, null or empty; untouched on failure
 *
 * Money of a shop: a decimal text with as many decimals as the shop's price setting has, whatever
 * the currency (“94811.20” for JPY). What is finer than the currency's minor unit is rounded, for
 * nobody can pay it; the order's adjustment line keeps the sum. A JSON number is refused.
 */
gboolean
wb_woo_order_amount (
    const WbJson *at, const char *name, guint exponent, gint64 *out, GError **error)
{
  const char *text = wb_json_opt_string (at, name);

  if (text != NULL &&
      (wb_money_parse_minor (text, exponent, out, NULL) || parse_rounded (text, exponent, out)))
    return TRUE;
  return wb_json_opt_decimal (at, name, exponent, 0, out, error);
}

/** wb_woo_order_add: adds @amount to @sum; %WB_ERROR_INVALID with the place when 64 bits do not
 * hold it. */
gboolean
wb_woo_order_add (const WbJson *at, gint64 *sum, gint64 amount, GError **error)
{
  g_autofree char *path = NULL;

  if (!__builtin_add_overflow (*sum, amount, sum))
    return TRUE;
  path = wb_json_path (at);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: its amounts are too large to be true", path);
  return FALSE;
}

static gboolean
read_money (WbOrder *order, const WbJson *at, const WbWooReader *reader, GError **error)
{
  static const struct
  {
    const char *name;
    guint       field;
  } amounts[] = {
    { "total", WB_ORDER_TOTAL },
    { "total_tax", WB_ORDER_TAX_TOTAL },
    { "shipping_total", WB_ORDER_SHIPPING_TOTAL },
    { "discount_total", WB_ORDER_DISCOUNT_TOTAL },
  };
  WbJson      total = wb_json_member (at, "total");
  const char *currency = wb_json_opt_string (at, "currency");
  gint64      amount;

  if (!wb_currency_is_valid (currency))
    currency = *reader->currency != '\0' ? reader->currency : NULL;
  if (currency == NULL)
    {
      WbJson place = wb_json_member (at, "currency");

      return wb_json_fail (&place, "a currency like EUR", error);
    }
  if (wb_text_is_empty (wb_json_opt_string (at, "total")))
    return wb_json_fail (&total, "a decimal string", error);
  wb_record_set_text (order, WB_ORDER_CURRENCY, currency);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      if (!wb_woo_order_amount (at, amounts[i].name, wb_currency_exponent (currency), &amount,
                                error))
        return FALSE;
      wb_record_set_int (order, amounts[i].field, amount);
    }
  return TRUE;
}

/* ---- people ---- */

/* WooCommerce writes “” for what is not there. */
static void
set_word (gpointer record, guint field, const char *value)
{
  wb_record_set_text (record, field, wb_text_is_empty (value) ? NULL : value);
}

static char *
full_name (const WbJson *person)
{
  const char *first = wb_json_opt_string (person, "first_name");
  const char *last = wb_json_opt_string (person, "last_name");
  char *name = g_strdup_printf ("%s %s", first != NULL ? first : "", last != NULL ? last : "");

  return g_strstrip (name);
}

/* Returns: (nullable): NULL when nothing of an address is there. */
static WbAddress *
read_address (const WbJson *at, const char *role)
{
  static const struct
  {
    const char *name;
    guint       field;
  } words[] = {
    { "company", WB_ADDRESS_COMPANY },   { "address_1", WB_ADDRESS_STREET1 },
    { "address_2", WB_ADDRESS_STREET2 }, { "city", WB_ADDRESS_CITY },
    { "postcode", WB_ADDRESS_POSTCODE }, { "country", WB_ADDRESS_COUNTRY },
    { "state", WB_ADDRESS_REGION },      { "phone", WB_ADDRESS_PHONE },
    { "email", WB_ADDRESS_EMAIL },
  };
  g_autoptr (WbAddress) address = wb_address_new ();
  g_autofree char      *name = full_name (at);
  gboolean              some = *name != '\0';

  wb_record_set_text (address, WB_ADDRESS_ROLE, role);
  set_word (address, WB_ADDRESS_NAME, name);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *value = wb_json_opt_string (at, words[i].name);

      set_word (address, words[i].field, value);
      /* An address is where a parcel can go: a shop's default country or region alone is none. */
      some |= i < 5 && !wb_text_is_empty (value);
    }
  return some ? g_steal_pointer (&address) : NULL;
}

static void
read_people (WbOrder *order, const WbJson *at)
{
  WbJson                billing = wb_json_member (at, "billing");
  WbJson                shipping = wb_json_member (at, "shipping");
  g_autoptr (WbAddress) bill_to = read_address (&billing, "billing");
  g_autoptr (WbAddress) ship_to = read_address (&shipping, "shipping");
  const char           *email = wb_json_opt_string (&billing, "email");
  const char           *phone = wb_json_opt_string (&billing, "phone");
  const char           *name;
  gint64                customer;

  if (ship_to != NULL && wb_record_get_text (ship_to, WB_ADDRESS_PHONE) == NULL)
    set_word (ship_to, WB_ADDRESS_PHONE, phone);
  if (ship_to != NULL && wb_record_get_text (ship_to, WB_ADDRESS_EMAIL) == NULL)
    set_word (ship_to, WB_ADDRESS_EMAIL, email);
  wb_record_set_one (order, WB_ORDER_BILL_TO, bill_to);
  wb_record_set_one (order, WB_ORDER_SHIP_TO, ship_to);
  set_word (order, WB_ORDER_EMAIL, email);
  set_word (order, WB_ORDER_PHONE, phone);
  for (guint i = 0; i < 2; i++)
    {
      gpointer person = i == 0 ? bill_to : ship_to;

      if (person == NULL || wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME) != NULL)
        continue;
      name = wb_record_get_text (person, WB_ADDRESS_NAME);
      set_word (order, WB_ORDER_CUSTOMER_NAME,
                name != NULL ? name : wb_record_get_text (person, WB_ADDRESS_COMPANY));
    }
  /* 0: a guest */
  if (wb_json_opt_int (at, "customer_id", 0, &customer, NULL) && customer > 0)
    wb_record_take_text (order, WB_ORDER_CUSTOMER_REF,
                         g_strdup_printf ("%" G_GINT64_FORMAT, customer));
  set_word (order, WB_ORDER_NOTE, wb_json_opt_string (at, "customer_note"));
}

/* ---- payment ---- */

typedef struct
{
  const char *reference;  /* of the payment at the gateway */
  guint       rank;       /* lower wins */
  gboolean    at_gateway; /* authorised only: the gateway knows how it stands */
  gboolean    captured;   /* the shop's extension says so */
} PaymentMeta;

static PaymentMeta
read_payment_meta (const WbJson *at)
{
  static const char *const keys[] = { "_stripe_intent_id", "_payment_intent_id", "_intent_id",
                                      "_ppcp_paypal_order_id" };
  PaymentMeta              found = { .rank = G_N_ELEMENTS (keys) };
  WbJson                   rows;
  guint                    n;

  if (!wb_json_array (at, "meta_data", &rows, &n, NULL))
    return found;
  for (guint i = 0; i < n; i++)
    {
      WbJson      row = wb_json_element (&rows, i);
      const char *key = wb_json_opt_string (&row, "key");
      const char *value = key != NULL && *key == '_' ? wb_json_opt_string (&row, "value") : NULL;

      if (wb_text_is_empty (value))
        continue;
      if (g_str_equal (key, "_stripe_charge_captured") ||
          g_str_equal (key, "_ppcp_paypal_captured"))
        found.captured = g_str_equal (value, "yes") || g_str_equal (value, "true");
      if (g_str_equal (key, "_ppcp_paypal_intent"))
        found.at_gateway = g_ascii_strcasecmp (value, "AUTHORIZE") == 0;
      for (guint k = 0; k < found.rank; k++)
        if (g_str_equal (key, keys[k]))
          {
            found.reference = value;
            found.rank = k;
          }
    }
  return found;
}

static gboolean
is_slow (const char *method)
{
  for (guint i = 0; method != NULL && i < G_N_ELEMENTS (slow_methods); i++)
    if (strstr (method, slow_methods[i]) != NULL)
      return TRUE;
  return FALSE;
}

static WbWooPayment
read_payment (WbOrder *order, const WbJson *at)
{
  PaymentMeta meta = read_payment_meta (at);
  const char *method = wb_json_opt_string (at, "payment_method");
  const char *reference =
      meta.reference != NULL ? meta.reference : wb_json_opt_string (at, "transaction_id");
  WbWooPayment payment = { .paid = wb_record_get_int (order, WB_ORDER_PAID_AT) != 0 };
  gboolean    card = reference != NULL && (meta.at_gateway || g_str_has_prefix (reference, "pi_") ||
                                        g_str_has_prefix (reference, "ch_"));
  const char *charge = WB_CHARGE_UNPAID;

  set_word (order, WB_ORDER_PAYMENT_METHOD, method);
  set_word (order, WB_ORDER_PAYMENT_TITLE, wb_json_opt_string (at, "payment_method_title"));
  set_word (order, WB_ORDER_PAYMENT_REF, reference);
  payment.held = card && !payment.paid && !is_slow (method) && !meta.captured;
  if (wb_record_get_int (order, WB_ORDER_TOTAL) == 0)
    charge = WB_CHARGE_NONE;
  else if (card)
    charge = WB_CHARGE_UNKNOWN; /* only the gateway knows */
  else if (payment.paid)
    charge = WB_CHARGE_PAID;
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, charge);
  return payment;
}

/* ---- refunds, as the order tells them ---- */

/* “-2.50”; “-” or “-0.00” for a refund posted without an amount. */
static gboolean
read_refund (WbOrder *order, const WbJson *at, gint64 *sum, GError **error)
{
  g_autoptr (WbRefund) refund = wb_refund_new ();
  const char          *total = wb_json_opt_string (at, "total");
  gint64               id, amount = 0;

  if (!wb_json_int (at, "id", &id, error))
    return FALSE;
  if (g_strcmp0 (total, "-") != 0 &&
      !wb_woo_order_amount (at, "total",
                            wb_currency_exponent (wb_record_get_text (order, WB_ORDER_CURRENCY)),
                            &amount, error))
    return FALSE;
  amount = ABS (amount);
  wb_record_take_text (refund, WB_REFUND_REMOTE_ID, g_strdup_printf ("%" G_GINT64_FORMAT, id));
  wb_record_set_int (refund, WB_REFUND_AMOUNT, amount);
  set_word (refund, WB_REFUND_REASON, wb_json_opt_string (at, "reason"));
  wb_record_add (order, WB_ORDER_REFUNDS, g_steal_pointer (&refund));
  return wb_woo_order_add (at, sum, amount, error);
}

static gboolean
read_refunds (WbOrder *order, const WbJson *at, GError **error)
{
  WbJson list = wb_json_member (at, "refunds");
  gint64 sum = 0;
  guint  n;

  if (wb_json_is_null (&list))
    return TRUE;
  if (!wb_json_array (at, "refunds", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson refund = wb_json_element (&list, i);

      if (!read_refund (order, &refund, &sum, error))
        return FALSE;
    }
  wb_record_set_int (order, WB_ORDER_REFUNDED_TOTAL, sum);
  return TRUE;
}

/* ---- the head ---- */

static gboolean
read_head (WbOrder *order, const WbJson *at, GError **error)
{
  static const struct
  {
    const char *name;
    guint       field;
  } instants[] = {
    { "date_created_gmt", WB_ORDER_PLACED_AT },
    { "date_modified_gmt", WB_ORDER_MODIFIED_AT },
    { "date_paid_gmt", WB_ORDER_PAID_AT },
  };
  g_autofree char *number = wb_json_scalar_text (at, "number");
  const char      *status;
  WbInstant        instant;
  gint64           id;

  if (!wb_json_int (at, "id", &id, error) ||
      (status = wb_json_string (at, "status", error)) == NULL)
    return FALSE;
  wb_record_take_text (order, WB_ORDER_REMOTE_ID, g_strdup_printf ("%" G_GINT64_FORMAT, id));
  wb_record_set_text (order, WB_ORDER_NUMBER,
                      wb_text_is_empty (number) ? wb_record_get_text (order, WB_ORDER_REMOTE_ID)
                                                : number);
  wb_record_set_text (order, WB_ORDER_REMOTE_STATUS, status);
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      if (!wb_json_opt_instant (at, instants[i].name, &instant, error))
        return FALSE;
      wb_record_set_int (order, instants[i].field, instant);
    }
  return TRUE;
}

/**
 * wb_woo_order_parse:
 * @at: one order as `GET /orders/{id}` or a list gives it
 *
 * What the record holds beyond the obvious:
 * - the total and tax of ALL lines add up to the order's total, exactly. What the shop's own lines
 * leave over is a line of kind “adjustment”. Coupon and tax lines have neither total nor tax (both
 * are in the other lines already); their subtotal tells the discount (negative) and the tax.
 * - texts are as the customer wrote them; “” is %NULL. Instants are the `*_gmt` ones; the
 * shop-local twins are not used.
 * - product_ref is %NULL for a deleted product; the SKU is left out where it may be the parent's of
 * a deleted variation.
 * - nothing needs shipping when there is neither a shipping address nor a shipping line:
 * WooCommerce has no flag for it.
 * - shop_state: see wb_woo_state_of(). charge_state is a first guess: what a gateway holds only the
 * gateway knows.
 * - refunds have amounts; what they took off the lines is read by wb_woo_order_join_refunds().
 *
 * Returns: (transfer full): or %NULL with %WB_ERROR_INVALID naming the place.
 */
WbOrder *
wb_woo_order_parse (const WbJson *at, const WbWooReader *reader, GError **error)
{
  g_autoptr (WbOrder) order = wb_order_new ();
  WbWooPayment        payment;
  gint64              refunded;

  if (!wb_json_is_object (at))
    {
      wb_json_fail (at, "an order", error);
      return NULL;
    }
  if (!read_head (order, at, error) || !read_money (order, at, reader, error) ||
      !read_refunds (order, at, error))
    return NULL;
  read_people (order, at);
  if (!wb_woo_order_read_lines (order, at, reader, error))
    return NULL;
  payment = read_payment (order, at);
  refunded = wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL);
  payment.all_refunded = refunded > 0 && refunded >= wb_record_get_int (order, WB_ORDER_TOTAL);
  wb_record_set_text (
      order, WB_ORDER_SHOP_STATE,
      wb_woo_state_of (reader, wb_record_get_text (order, WB_ORDER_REMOTE_STATUS), &payment));
  return g_steal_pointer (&order);
}
