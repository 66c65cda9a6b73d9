/* SPDX-License-Identifier: GPL-3.0-or-later
 * A Vendure order read into our record: its head, money, people, payment and state. */
#include "wb-vendure-order.h"

#include "wb-text.h"

/* What Vendure's own states mean; NULL: a cart. Those a shop adds are named in its settings. */
static const struct
{
  const char *state;
  const char *meaning;
} known[] = {
  { "Created", NULL },
  { "Draft", NULL },
  { "AddingItems", NULL },
  { "ArrangingPayment", NULL },
  { "PaymentAuthorized", WB_SHOP_OPEN },
  { "PaymentSettled", WB_SHOP_OPEN },
  { "PartiallyShipped", WB_SHOP_OPEN },
  { "PartiallyDelivered", WB_SHOP_OPEN }, /* or done: the fulfilments tell */
  { "Shipped", WB_SHOP_DONE },
  { "Delivered", WB_SHOP_DONE },
  { "Cancelled", WB_SHOP_CANCELLED },
  { "Modifying", WB_SHOP_UNPAID }, /* somebody is changing it just now */
  { "ArrangingAdditionalPayment", WB_SHOP_UNPAID },
};

/* Orders that are not finished: their dates do not tell when they change. */
static const char *const standing[] = { "PaymentAuthorized",
                                        "PaymentSettled",
                                        "PartiallyShipped",
                                        "PartiallyDelivered",
                                        "Modifying",
                                        "ArrangingAdditionalPayment",
                                        NULL };

/** wb_vendure_standing_states: Returns: (transfer none): the states of orders that are not
 * finished, %NULL-terminated. */
const char *const *
wb_vendure_standing_states (void)
{
  return standing;
}

/* ---- the reader ---- */

static gboolean
read_statuses (WbVendureReader *reader, const WbJson *settings, GError **error)
{
  static const char *const states[] = { WB_SHOP_UNPAID, WB_SHOP_OPEN, WB_SHOP_DONE,
                                        WB_SHOP_CANCELLED, NULL };
  WbJson                   map = wb_json_member (settings, "statuses");
  JsonObjectIter           iter;
  const char              *name;
  JsonNode                *node;

  if (wb_json_is_null (&map))
    return TRUE;
  if (!wb_json_object (settings, "statuses", &map, error))
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (map.node));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      WbJson      place = wb_json_member (&map, name);
      const char *state = wb_json_opt_string (&map, name);

      if (state == NULL || !g_strv_contains (states, state))
        return wb_json_fail (&place, "one of unpaid, open, done, cancelled", error);
      g_hash_table_insert (reader->statuses, g_strdup (name), g_strdup (state));
    }
  return TRUE;
}

/**
 * wb_vendure_reader_init:
 * @settings: (nullable): JSON of the connection; `{"statuses": {"Packed": "open"}}` says what the
 * shop's own states mean
 *
 * @reader is filled only on success; clear it with wb_vendure_reader_clear().
 */
gboolean
wb_vendure_reader_init (WbVendureReader *reader, const char *settings, GError **error)
{
  WbVendureReader read = { .precision = WB_VENDURE_PRECISION };

  read.statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!wb_text_is_empty (settings))
    {
      g_autoptr (JsonNode) root = wb_json_parse (settings, -1, "settings", error);
      WbJson               at = wb_json_root (root, "settings");

      if (root == NULL || !read_statuses (&read, &at, error))
        {
          wb_vendure_reader_clear (&read);
          return FALSE;
        }
    }
  *reader = read;
  return TRUE;
}

/** wb_vendure_reader_clear: frees what @reader holds. */
void
wb_vendure_reader_clear (WbVendureReader *reader)
{
  g_clear_pointer (&reader->statuses, g_hash_table_unref);
}

/** wb_vendure_state_meaning: Returns: (transfer none) (nullable): what @state means, one of
 * WB_SHOP_…; %NULL for one that nobody explained. The connection's settings win. */
const char *
wb_vendure_state_meaning (const WbVendureReader *reader, const char *state)
{
  const char *own = reader->statuses != NULL && state != NULL
                        ? g_hash_table_lookup (reader->statuses, state)
                        : NULL;

  for (guint i = 0; own == NULL && i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].state, state) == 0)
      return known[i].meaning != NULL ? known[i].meaning : WB_SHOP_UNPAID;
  return own;
}

/** wb_vendure_is_cart: whether @order has not been placed. */
gboolean
wb_vendure_is_cart (const WbJson *order)
{
  WbJson placed = wb_json_member (order, "orderPlacedAt");

  return wb_json_is_null (&placed) || wb_json_bool (order, "active", FALSE);
}

/* ---- money ---- */

/* @value has @from digits after the point; rounded half away from zero where @to has fewer. */
static gboolean
rescale (gint64 value, guint from, guint to, gint64 *out)
{
  gint64 unit = 1;

  for (guint i = MIN (from, to); i < MAX (from, to); i++)
    if (__builtin_mul_overflow (unit, 10, &unit))
      return FALSE;
  if (to >= from)
    return !__builtin_mul_overflow (value, unit, out);
  *out = value / unit + (value % unit >= unit / 2 ? 1 : 0) - (value % unit <= -(unit / 2) ? 1 : 0);
  return TRUE;
}

/**
 * wb_vendure_amount:
 * @out: (out): minor units of @currency; untouched on failure
 *
 * Money of a Vendure shop: a whole number whose digits after the point are the shop's
 * (`moneyStrategyPrecision`), not the currency's: ¥948 is 94800 in a shop of two digits.
 */
gboolean
wb_vendure_amount (const WbJson          *at,
                   const char            *name,
                   const WbVendureReader *reader,
                   const char            *currency,
                   gint64                *out,
                   GError               **error)
{
  gint64 value;
  WbJson place = wb_json_member (at, name);

  if (!wb_json_int (at, name, &value, error))
    return FALSE;
  return rescale (value, reader->precision, wb_currency_exponent (currency), out) ||
         wb_json_fail (&place, "an amount that can be true", error);
}

/** wb_vendure_to_shop: Returns: @money as the shop writes it; 0 when it does not fit. */
gint64
wb_vendure_to_shop (const WbVendureReader *reader, WbMoney money)
{
  gint64 value = 0;

  return rescale (money.minor, wb_currency_exponent (money.currency), reader->precision, &value)
             ? value
             : 0;
}

static gboolean
sum_refunds (const WbJson          *payment,
             const WbVendureReader *reader,
             const char            *currency,
             gint64                *sum,
             GError               **error)
{
  WbJson list;
  guint  n;

  if (!wb_json_array (payment, "refunds", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson at = wb_json_element (&list, i);
      gint64 total;

      if (g_strcmp0 (wb_json_opt_string (&at, "state"), "Settled") != 0)
        continue;
      if (!wb_vendure_amount (&at, "total", reader, currency, &total, error))
        return FALSE;
      *sum += total;
    }
  return TRUE;
}

/**
 * wb_vendure_sum_payments:
 * @sums: filled only on success
 *
 * Adds up what is held, taken and given back. A refund that the shop has only begun (Pending) or
 * that failed gave nothing back.
 */
gboolean
wb_vendure_sum_payments (const WbJson          *order,
                         const WbVendureReader *reader,
                         WbVendureSums         *sums,
                         GError               **error)
{
  const char   *currency = wb_json_string (order, "currencyCode", error);
  WbVendureSums read = { 0 };
  WbJson        list = wb_json_member (order, "payments");
  gint64        amount;

  if (currency == NULL ||
      !wb_vendure_amount (order, "totalWithTax", reader, currency, &read.total, error) ||
      (!wb_json_is_null (&list) &&
       !wb_json_array (order, "payments", &list, &read.n_payments, error)))
    return FALSE;
  for (guint i = 0; i < read.n_payments; i++)
    {
      WbJson      at = wb_json_element (&list, i);
      const char *state = wb_json_string (&at, "state", error);

      if (state == NULL || !wb_vendure_amount (&at, "amount", reader, currency, &amount, error) ||
          !sum_refunds (&at, reader, currency, &read.refunded, error))
        return FALSE;
      if (g_str_equal (state, "Authorized"))
        {
          read.authorised += amount;
          read.n_authorised++;
        }
      else if (g_str_equal (state, "Settled"))
        read.settled += amount;
      else if (g_str_equal (state, "Cancelled"))
        read.n_cancelled++;
    }
  *sums = read;
  return TRUE;
}

/* ---- people ---- */

static void
set_word (gpointer record, guint field, const char *value)
{
  wb_record_set_text (record, field, wb_text_is_empty (value) ? NULL : value);
}

/* Returns: (nullable): NULL when nothing of an address is there. */
static WbAddress *
read_address (const WbJson *order, const char *member, const char *role)
{
  static const struct
  {
    const char *name;
    guint       field;
  } words[] = {
    { "fullName", WB_ADDRESS_NAME },       { "company", WB_ADDRESS_COMPANY },
    { "streetLine1", WB_ADDRESS_STREET1 }, { "streetLine2", WB_ADDRESS_STREET2 },
    { "city", WB_ADDRESS_CITY },           { "postalCode", WB_ADDRESS_POSTCODE },
    { "province", WB_ADDRESS_REGION },     { "countryCode", WB_ADDRESS_COUNTRY },
    { "phoneNumber", WB_ADDRESS_PHONE },
  };
  WbJson                at = wb_json_member (order, member);
  g_autoptr (WbAddress) address = NULL;
  gboolean              some = FALSE;

  if (!wb_json_is_object (&at))
    return NULL;
  address = wb_address_new ();
  wb_record_set_text (address, WB_ADDRESS_ROLE, role);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *value = wb_json_opt_string (&at, words[i].name);

      set_word (address, words[i].field, value);
      /* A default country or region alone is no address. */
      some |= i < 6 && !wb_text_is_empty (value);
    }
  return some ? g_steal_pointer (&address) : NULL;
}

static char *
customer_name (const WbJson *customer)
{
  const char *first = wb_json_opt_string (customer, "firstName");
  const char *last = wb_json_opt_string (customer, "lastName");
  char *name = g_strdup_printf ("%s %s", first != NULL ? first : "", last != NULL ? last : "");

  return g_strstrip (name);
}

static void
read_people (WbOrder *order, const WbJson *at)
{
  WbJson                customer = wb_json_member (at, "customer");
  gboolean              has = wb_json_is_object (&customer);
  g_autoptr (WbAddress) ship_to = read_address (at, "shippingAddress", "shipping");
  g_autoptr (WbAddress) bill_to = read_address (at, "billingAddress", "billing");
  const char           *email = has ? wb_json_opt_string (&customer, "emailAddress") : NULL;
  const char           *phone = has ? wb_json_opt_string (&customer, "phoneNumber") : NULL;
  g_autofree char      *name = has ? customer_name (&customer) : NULL;
  g_autofree char      *ref = has ? wb_json_scalar_text (&customer, "id") : NULL;

  if (ship_to != NULL)
    {
      set_word (ship_to, WB_ADDRESS_EMAIL, email);
      if (wb_record_get_text (ship_to, WB_ADDRESS_PHONE) == NULL)
        set_word (ship_to, WB_ADDRESS_PHONE, phone);
      if (wb_text_is_empty (name))
        {
          g_free (name);
          name = g_strdup (wb_record_get_text (ship_to, WB_ADDRESS_NAME));
        }
      if (wb_text_is_empty (phone))
        phone = wb_record_get_text (ship_to, WB_ADDRESS_PHONE);
    }
  set_word (order, WB_ORDER_CUSTOMER_NAME, name);
  set_word (order, WB_ORDER_CUSTOMER_REF, ref);
  set_word (order, WB_ORDER_EMAIL, email);
  set_word (order, WB_ORDER_PHONE, phone);
  wb_record_set_one (order, WB_ORDER_BILL_TO, bill_to);
  wb_record_set_one (order, WB_ORDER_SHIP_TO, ship_to);
}

/* ---- payment ---- */

/* The payment an order is about: the one that is held, else one that was taken, else the newest. */
static gboolean
choose_payment (const WbJson *list, guint n, WbJson *out)
{
  static const char *const states[] = { "Authorized", "Settled" };

  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    for (guint i = 0; i < n; i++)
      {
        *out = wb_json_element (list, i);
        if (g_strcmp0 (wb_json_opt_string (out, "state"), states[s]) == 0)
          return TRUE;
      }
  if (n > 0)
    *out = wb_json_element (list, n - 1);
  return n > 0;
}

/* When the last of what was taken was taken, as far as the shop dates it. */
static WbInstant
last_settled (const WbJson *list, guint n)
{
  WbInstant newest = 0, at;

  for (guint i = 0; i < n; i++)
    {
      WbJson payment = wb_json_element (list, i);

      if (g_strcmp0 (wb_json_opt_string (&payment, "state"), "Settled") == 0 &&
          wb_json_opt_instant (&payment, "updatedAt", &at, NULL))
        newest = MAX (newest, at);
    }
  return newest;
}

static void
read_payment (WbOrder *order, const WbJson *at, const WbVendureSums *sums)
{
  WbJson      list = wb_json_member (at, "payments"), payment;
  const char *charge = WB_CHARGE_UNPAID;

  if (choose_payment (&list, sums->n_payments, &payment))
    {
      set_word (order, WB_ORDER_PAYMENT_METHOD, wb_json_opt_string (&payment, "method"));
      set_word (order, WB_ORDER_PAYMENT_TITLE, wb_json_opt_string (&payment, "method"));
      set_word (order, WB_ORDER_PAYMENT_REF, wb_json_opt_string (&payment, "transactionId"));
    }
  if (sums->total > 0 && sums->settled >= sums->total)
    wb_record_set_int (order, WB_ORDER_PAID_AT, last_settled (&list, sums->n_payments));
  if (sums->total == 0)
    charge = WB_CHARGE_NONE;
  else if (sums->settled >= sums->total)
    charge = WB_CHARGE_PAID;
  else if (sums->authorised > 0)
    charge = WB_CHARGE_UNKNOWN; /* how it stands is read where it is taken */
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, charge);
}

static gboolean
read_refunds_of (WbOrder               *order,
                 const WbJson          *payment,
                 const WbVendureReader *reader,
                 GError               **error)
{
  const char *currency = wb_record_get_text (order, WB_ORDER_CURRENCY);
  WbJson      list;
  guint       n;

  if (!wb_json_array (payment, "refunds", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson               at = wb_json_element (&list, i);
      g_autoptr (WbRefund) refund = wb_refund_new ();
      WbInstant            made;
      gint64               amount;

      if (g_strcmp0 (wb_json_opt_string (&at, "state"), "Settled") != 0)
        continue;
      if (!wb_vendure_amount (&at, "total", reader, currency, &amount, error) ||
          !wb_json_opt_instant (&at, "createdAt", &made, error))
        return FALSE;
      wb_record_take_text (refund, WB_REFUND_REMOTE_ID, wb_json_scalar_text (&at, "id"));
      wb_record_set_int (refund, WB_REFUND_AMOUNT, amount);
      wb_record_set_int (refund, WB_REFUND_AT, made);
      set_word (refund, WB_REFUND_REASON, wb_json_opt_string (&at, "reason"));
      wb_record_add (order, WB_ORDER_REFUNDS, g_steal_pointer (&refund));
    }
  return TRUE;
}

static gboolean
read_refunds (WbOrder               *order,
              const WbJson          *at,
              const WbVendureReader *reader,
              const WbVendureSums   *sums,
              GError               **error)
{
  WbJson list = wb_json_member (at, "payments");

  for (guint i = 0; i < sums->n_payments; i++)
    {
      WbJson payment = wb_json_element (&list, i);

      if (!read_refunds_of (order, &payment, reader, error))
        return FALSE;
    }
  wb_record_set_int (order, WB_ORDER_REFUNDED_TOTAL, sums->refunded);
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
    { "orderPlacedAt", WB_ORDER_PLACED_AT },
    { "updatedAt", WB_ORDER_MODIFIED_AT },
  };
  g_autofree char *id = wb_json_scalar_text (at, "id");
  WbJson           place = wb_json_member (at, "id");
  const char      *code, *state, *currency;
  WbInstant        instant;

  if (wb_text_is_empty (id))
    return wb_json_fail (&place, "an id", error);
  if ((code = wb_json_string (at, "code", error)) == NULL ||
      (state = wb_json_string (at, "state", error)) == NULL ||
      (currency = wb_json_string (at, "currencyCode", error)) == NULL)
    return FALSE;
  place = wb_json_member (at, "currencyCode");
  if (!wb_currency_is_valid (currency))
    return wb_json_fail (&place, "a currency like EUR", error);
  wb_record_set_text (order, WB_ORDER_REMOTE_ID, id);
  wb_record_set_text (order, WB_ORDER_NUMBER, code);
  wb_record_set_text (order, WB_ORDER_REMOTE_STATUS, state);
  wb_record_set_text (order, WB_ORDER_CURRENCY, currency);
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      if (!wb_json_opt_instant (at, instants[i].name, &instant, error))
        return FALSE;
      wb_record_set_int (order, instants[i].field, instant);
    }
  return TRUE;
}

static gboolean
read_money (WbOrder *order, const WbJson *at, const WbVendureReader *reader, GError **error)
{
  const char *currency = wb_record_get_text (order, WB_ORDER_CURRENCY);
  gint64      total, net, shipping, discount = 0, amount;
  WbJson      list;
  guint       n;

  if (!wb_vendure_amount (at, "totalWithTax", reader, currency, &total, error) ||
      !wb_vendure_amount (at, "total", reader, currency, &net, error) ||
      !wb_vendure_amount (at, "shipping", reader, currency, &shipping, error) ||
      !wb_json_array (at, "discounts", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);

      if (!wb_vendure_amount (&one, "amount", reader, currency, &amount, error))
        return FALSE;
      discount -= amount;
    }
  wb_record_set_int (order, WB_ORDER_TOTAL, total);
  wb_record_set_int (order, WB_ORDER_TAX_TOTAL, total - net);
  wb_record_set_int (order, WB_ORDER_SHIPPING_TOTAL, shipping);
  wb_record_set_int (order, WB_ORDER_DISCOUNT_TOTAL, discount);
  return TRUE;
}

/* ---- the state ---- */

/** wb_vendure_fulfilled: Returns: pieces of @line, an order line, that the shop's fulfilments have;
 * cancelled ones do not count. */
gint64
wb_vendure_fulfilled (const WbJson *line)
{
  WbJson list;
  guint  n = 0;
  gint64 sum = 0, pieces;

  if (!wb_json_array (line, "fulfillmentLines", &list, &n, NULL))
    return 0;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);
      WbJson fulfilment = wb_json_member (&one, "fulfillment");

      if (g_strcmp0 (wb_json_opt_string (&fulfilment, "state"), "Cancelled") != 0 &&
          wb_json_int (&one, "quantity", &pieces, NULL))
        sum += pieces;
    }
  return sum;
}

static gboolean
is_all_fulfilled (const WbJson *at)
{
  WbJson list;
  guint  n = 0;
  gint64 pieces;

  if (!wb_json_array (at, "lines", &list, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson line = wb_json_element (&list, i);

      if (!wb_json_int (&line, "quantity", &pieces, NULL) || wb_vendure_fulfilled (&line) < pieces)
        return FALSE;
    }
  return n > 0;
}

/*
 * The rules, safest first:
 * - the connection's settings win for a state they name;
 * - an order of which everything was given back is cancelled, whatever its state says: Vendure
 *   leaves it as it was;
 * - one that is delivered in part is done when every piece is in a fulfilment;
 * - PaymentAuthorized without a payment that is held is unpaid;
 * - a state that nobody explained is never shippable by itself: unpaid, until the settings name it.
 */
static const char *
state_of (const WbVendureReader *reader, const WbJson *at, const WbVendureSums *sums)
{
  const char *state = wb_json_opt_string (at, "state");
  const char *meaning = wb_vendure_state_meaning (reader, state);

  if (meaning == NULL)
    return WB_SHOP_UNPAID;
  if (g_strcmp0 (meaning, WB_SHOP_OPEN) != 0)
    return meaning;
  if (sums->refunded > 0 && sums->refunded >= sums->total)
    return WB_SHOP_CANCELLED;
  if (g_strcmp0 (state, "PaymentAuthorized") == 0 && sums->authorised + sums->settled == 0)
    return WB_SHOP_UNPAID;
  return g_strcmp0 (state, "PartiallyDelivered") == 0 && is_all_fulfilled (at) ? WB_SHOP_DONE
                                                                               : meaning;
}

/**
 * wb_vendure_order_parse:
 * @at: an order with what order-parts.graphql asks for
 *
 * What the record holds beyond the obvious:
 * - total and tax of all lines add up to the order's total with tax, exactly: item lines have their
 *   prorated price (what discounts of the whole order left of it), and what the shop's own sums
 *   leave over is a line of kind “adjustment”. Discounts and taxes are lines with a subtotal only.
 * - quantity is what was ordered; what the shop took off since is cancelled.
 * - payment_ref is the payment's name at the shop's own payment service (transactionId).
 *
 * Returns: (transfer full): or %NULL with %WB_ERROR_INVALID naming the place.
 */
WbOrder *
wb_vendure_order_parse (const WbJson *at, const WbVendureReader *reader, GError **error)
{
  g_autoptr (WbOrder) order = wb_order_new ();
  WbVendureSums       sums;

  if (!wb_json_is_object (at))
    {
      wb_json_fail (at, "an order", error);
      return NULL;
    }
  if (!read_head (order, at, error) || !read_money (order, at, reader, error) ||
      !wb_vendure_sum_payments (at, reader, &sums, error))
    return NULL;
  read_people (order, at);
  if (!wb_vendure_order_read_lines (order, at, reader, error) ||
      !read_refunds (order, at, reader, &sums, error))
    return NULL;
  read_payment (order, at, &sums);
  wb_record_set_text (order, WB_ORDER_SHOP_STATE, state_of (reader, at, &sums));
  return g_steal_pointer (&order);
}
