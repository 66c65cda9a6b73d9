/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders that are taken by phone or at the counter: a channel of their own, numbers of ours, and
 * from there on the care of any other order. */
#include "wb-desk-own.h"
#include "wb-desk-private.h"

#include "wb-text.h"

#define NEXT_NUMBER  "counter-next" /* setting */
#define FIRST_NUMBER 1001

/** wb_own_order_new: Returns: (transfer full): an empty one. */
WbOwnOrder *
wb_own_order_new (void)
{
  WbOwnOrder *order = g_new0 (WbOwnOrder, 1);

  order->lines = g_ptr_array_new_with_free_func (g_object_unref);
  return order;
}

/** wb_own_order_free: frees @order. */
void
wb_own_order_free (WbOwnOrder *order)
{
  g_free (order->id);
  g_free (order->name);
  g_free (order->email);
  g_free (order->phone);
  g_free (order->note);
  g_free (order->service);
  g_free (order->paid);
  g_clear_object (&order->ship_to);
  g_ptr_array_unref (order->lines);
  g_free (order);
}

/**
 * wb_own_order_add_line:
 * @sku, @name: (nullable): one of them is needed
 * @price: of one piece, with tax, “9.90”, in the order's currency
 *
 * Adds a line. %WB_ERROR_INVALID with what is wrong.
 */
gboolean
wb_own_order_add_line (WbOwnOrder *order,
                       const char *sku,
                       const char *name,
                       gint64      quantity,
                       const char *price,
                       GError    **error)
{
  g_autoptr (WbOrderLine) line = wb_order_line_new ();
  WbMoney                 one;
  gint64                  total;

  if (wb_text_is_empty (sku) && wb_text_is_empty (name))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "A line of an order names an article");
      return FALSE;
    }
  if (!wb_money_parse (price != NULL ? price : "0", order->currency, &one, error))
    return FALSE;
  if (quantity < 1 || one.minor < 0 || __builtin_mul_overflow (one.minor, quantity, &total))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A line of an order has at least one piece, and a price that can be true");
      return FALSE;
    }
  wb_record_set_text (line, WB_ORDER_LINE_SKU, wb_text_is_empty (sku) ? NULL : sku);
  wb_record_set_text (line, WB_ORDER_LINE_PRODUCT_REF, wb_text_is_empty (sku) ? NULL : sku);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, wb_text_is_empty (name) ? sku : name);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, quantity);
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, total);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, total);
  g_ptr_array_add (order->lines, g_steal_pointer (&line));
  return TRUE;
}

/* ---- as JSON ---- */

static const struct
{
  const char *name;
  guint       field;
} address_words[] = {
  { "name", WB_ADDRESS_NAME },         { "company", WB_ADDRESS_COMPANY },
  { "street", WB_ADDRESS_STREET1 },    { "street2", WB_ADDRESS_STREET2 },
  { "city", WB_ADDRESS_CITY },         { "region", WB_ADDRESS_REGION },
  { "postcode", WB_ADDRESS_POSTCODE }, { "country", WB_ADDRESS_COUNTRY },
};

static gboolean
parse_lines (WbOwnOrder *order, const WbJson *at, GError **error)
{
  WbJson list;
  guint  n;

  if (!wb_json_array (at, "lines", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson           line = wb_json_element (&list, i);
      g_autofree char *price = wb_json_scalar_text (&line, "price");
      gint64           quantity;

      if (!wb_json_opt_int (&line, "quantity", 1, &quantity, error) ||
          !wb_own_order_add_line (order, wb_json_opt_string (&line, "sku"),
                                  wb_json_opt_string (&line, "name"), quantity, price, error))
        {
          g_autofree char *path = wb_json_path (&line);

          g_prefix_error (error, "%s: ", path);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * wb_own_order_parse:
 * @json: an object with id, customer (number), name, email, phone, company, street, street2, city,
 * region, postcode, country, note, service, currency, shipping (“4.90”), paid (“cash”),
 * before_payment, and lines: [{sku, name, quantity, price}]
 *
 * Returns: (transfer full): or %NULL with %WB_ERROR_INVALID and the place.
 */
WbOwnOrder *
wb_own_order_parse (const char *json, GError **error)
{
  g_autoptr (JsonNode)   node = wb_json_parse (json, -1, "order", error);
  g_autoptr (WbOwnOrder) order = wb_own_order_new ();
  WbJson                 at = wb_json_root (node, "order");
  g_autofree char       *shipping = NULL;
  const char            *currency;
  WbMoney                money;

  if (node == NULL || (currency = wb_json_string (&at, "currency", error)) == NULL)
    return NULL;
  g_strlcpy (order->currency, currency, sizeof order->currency);
  shipping = wb_json_scalar_text (&at, "shipping");
  if ((shipping != NULL && !wb_money_parse (shipping, currency, &money, error)) ||
      !wb_json_opt_int (&at, "customer", 0, &order->customer_id, error) ||
      !parse_lines (order, &at, error))
    return NULL;
  order->shipping = shipping != NULL ? money.minor : 0;
  order->id = wb_json_scalar_text (&at, "id");
  order->name = g_strdup (wb_json_opt_string (&at, "name"));
  order->email = g_strdup (wb_json_opt_string (&at, "email"));
  order->phone = g_strdup (wb_json_opt_string (&at, "phone"));
  order->note = g_strdup (wb_json_opt_string (&at, "note"));
  order->service = g_strdup (wb_json_opt_string (&at, "service"));
  order->paid = g_strdup (wb_json_opt_string (&at, "paid"));
  order->before_payment = wb_json_bool (&at, "before_payment", FALSE);
  if (wb_json_opt_string (&at, "street") != NULL || wb_json_opt_string (&at, "city") != NULL)
    {
      order->ship_to = wb_address_new ();
      for (guint i = 0; i < G_N_ELEMENTS (address_words); i++)
        wb_record_set_text (order->ship_to, address_words[i].field,
                            wb_json_opt_string (&at, address_words[i].name));
    }
  return g_steal_pointer (&order);
}

/* ---- into the book ---- */

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, why);
  return FALSE;
}

/* The channel of all orders that are taken here; made with the first of them. */
static WbConnection *
get_counter (WbDesk *self, GError **error)
{
  g_autoptr (GPtrArray) all = wb_book_list_connections (self->book, WB_KIND_SHOP, error);
  WbConnection         *counter;

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_PROVIDER), WB_SHOP_COUNTER) ==
        0)
      return g_object_ref (all->pdata[i]);
  counter = wb_connection_new ();
  wb_record_set_text (counter, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (counter, WB_CONNECTION_PROVIDER, WB_SHOP_COUNTER);
  wb_record_set_text (counter, WB_CONNECTION_NAME,
                      wb_desk_provider_title (WB_KIND_SHOP, WB_SHOP_COUNTER));
  wb_record_set_text (counter, WB_CONNECTION_BASE_URL, "file:");
  wb_record_set_text (counter, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  wb_record_set_bool (counter, WB_CONNECTION_ENABLED, TRUE);
  wb_record_set_int (counter, WB_CONNECTION_CREATED_AT, wb_now ());
  if (wb_book_save (self->book, counter, error))
    return counter;
  g_object_unref (counter);
  return NULL;
}

/* What was not said of a known customer is as in his latest order. */
static gboolean
take_customer (WbDesk *self, WbOwnOrder *ask, GError **error)
{
  g_autoptr (WbCustomer) customer = NULL;
  g_autoptr (GPtrArray)  orders = NULL;

  if (ask->customer_id == 0)
    return TRUE;
  customer = wb_book_get_customer (self->book, ask->customer_id, error);
  orders =
      customer != NULL ? wb_book_list_customer_orders (self->book, ask->customer_id, error) : NULL;
  if (orders == NULL)
    return FALSE;
  if (ask->name == NULL)
    ask->name = g_strdup (wb_record_get_text (customer, WB_CUSTOMER_NAME));
  if (ask->email == NULL)
    ask->email = g_strdup (wb_record_get_text (customer, WB_CUSTOMER_EMAIL));
  if (ask->phone == NULL)
    ask->phone = g_strdup (wb_record_get_text (customer, WB_CUSTOMER_PHONE));
  for (guint i = 0; ask->ship_to == NULL && i < orders->len; i++)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (self->book, wb_record_get_int (orders->pdata[i], WB_ORDER_ID), error);
      gpointer ship_to = order != NULL ? wb_record_get_one (order, WB_ORDER_SHIP_TO) : NULL;

      if (order == NULL)
        return FALSE;
      if (ship_to != NULL)
        {
          ask->ship_to = wb_record_copy (ship_to);
          wb_record_set_int (ask->ship_to, WB_ADDRESS_ID, 0);
          wb_record_set_int (ask->ship_to, WB_ADDRESS_ORDER_ID, 0);
        }
    }
  return TRUE;
}

/* @total: (out): goods and shipping; %FALSE when no amount of money is so large. */
static gboolean
total_of (const WbOwnOrder *ask, gint64 *total)
{
  *total = ask->shipping;
  for (guint i = 0; i < ask->lines->len; i++)
    if (__builtin_add_overflow (
            *total, wb_record_get_int (ask->lines->pdata[i], WB_ORDER_LINE_TOTAL), total))
      return FALSE;
  return TRUE;
}

static gboolean
check_ask (const WbOwnOrder *ask, GError **error)
{
  gint64      total = 0;
  const char *country =
      ask->ship_to != NULL ? wb_record_get_text (ask->ship_to, WB_ADDRESS_COUNTRY) : NULL;

  if (!wb_currency_is_valid (ask->currency))
    return refuse (error, "An order needs its currency, like EUR");
  if (ask->lines->len == 0)
    return refuse (error, "An order needs at least one line");
  if (ask->shipping < 0)
    return refuse (error, "What shipping costs is not negative");
  if (!total_of (ask, &total))
    return refuse (error, "The lines of the order come to more than any amount of money");
  if (ask->ship_to != NULL && (country == NULL || strlen (country) != 2))
    return refuse (error, "The address needs its country's code of two letters");
  return TRUE;
}

static void
add_lines (WbOrder *order, const WbOwnOrder *ask)
{
  gint64 total = 0;

  total_of (ask, &total); /* checked before */
  for (guint i = 0; i < ask->lines->len; i++)
    {
      WbOrderLine *line = wb_record_copy (ask->lines->pdata[i]);

      wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_ITEM);
      wb_record_take_text (line, WB_ORDER_LINE_REMOTE_ID, g_strdup_printf ("%u", i + 1));
      wb_record_set_int (line, WB_ORDER_LINE_POSITION, i);
      wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, ask->ship_to != NULL);
      wb_record_add (order, WB_ORDER_LINES, line);
    }
  if (ask->shipping > 0)
    {
      WbOrderLine *line = wb_order_line_new ();

      wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_SHIPPING);
      wb_record_set_text (line, WB_ORDER_LINE_REMOTE_ID, "shipping");
      wb_record_set_text (line, WB_ORDER_LINE_NAME,
                          ask->service != NULL ? ask->service : "Shipping");
      wb_record_set_int (line, WB_ORDER_LINE_POSITION, ask->lines->len);
      wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, ask->shipping);
      wb_record_set_int (line, WB_ORDER_LINE_TOTAL, ask->shipping);
      wb_record_add (order, WB_ORDER_LINES, line);
    }
  wb_record_set_int (order, WB_ORDER_SHIPPING_TOTAL, ask->shipping);
  wb_record_set_int (order, WB_ORDER_TOTAL, total);
}

static WbOrder *
make_order (const WbOwnOrder *ask, const char *number)
{
  WbOrder  *order = wb_order_new ();
  WbInstant now = wb_now ();
  gboolean  paid = !wb_text_is_empty (ask->paid);

  wb_record_set_text (order, WB_ORDER_REMOTE_ID, ask->id != NULL ? ask->id : number);
  wb_record_set_text (order, WB_ORDER_NUMBER, number);
  wb_record_set_text (order, WB_ORDER_REMOTE_STATUS, paid ? "paid" : "unpaid");
  wb_record_set_text (order, WB_ORDER_SHOP_STATE,
                      paid || ask->before_payment ? WB_SHOP_OPEN : WB_SHOP_UNPAID);
  wb_record_set_int (order, WB_ORDER_PLACED_AT, now);
  wb_record_set_int (order, WB_ORDER_MODIFIED_AT, now);
  wb_record_set_int (order, WB_ORDER_PAID_AT, paid ? now : 0);
  wb_record_set_text (order, WB_ORDER_CURRENCY, ask->currency);
  wb_record_set_text (order, WB_ORDER_PAYMENT_METHOD, ask->paid);
  wb_record_set_text (order, WB_ORDER_CUSTOMER_NAME,
                      ask->name != NULL      ? ask->name
                      : ask->ship_to != NULL ? wb_record_get_text (ask->ship_to, WB_ADDRESS_NAME)
                                             : NULL);
  wb_record_set_text (order, WB_ORDER_EMAIL, ask->email);
  wb_record_set_text (order, WB_ORDER_PHONE, ask->phone);
  wb_record_set_text (order, WB_ORDER_NOTE, ask->note);
  wb_record_set_text (order, WB_ORDER_SERVICE_ASKED, ask->service);
  if (ask->ship_to != NULL)
    {
      wb_record_set_text (ask->ship_to, WB_ADDRESS_ROLE, "shipping");
      if (wb_record_get_text (ask->ship_to, WB_ADDRESS_NAME) == NULL)
        wb_record_set_text (ask->ship_to, WB_ADDRESS_NAME, ask->name);
      if (wb_record_get_text (ask->ship_to, WB_ADDRESS_PHONE) == NULL)
        wb_record_set_text (ask->ship_to, WB_ADDRESS_PHONE, ask->phone);
      if (wb_record_get_text (ask->ship_to, WB_ADDRESS_EMAIL) == NULL)
        wb_record_set_text (ask->ship_to, WB_ADDRESS_EMAIL, ask->email);
      wb_record_set_one (order, WB_ORDER_SHIP_TO, ask->ship_to);
    }
  add_lines (order, ask);
  return order;
}

/* The next of our numbers, and the one after it written down, inside the caller's transaction. */
static char *
take_number (WbBook *book, GError **error)
{
  g_autofree char *kept = wb_book_get_setting (book, NEXT_NUMBER);
  gint64           next = FIRST_NUMBER;
  g_autofree char *after = NULL;

  if (kept != NULL && !g_ascii_string_to_signed (kept, 10, 1, G_MAXINT32, &next, NULL))
    next = FIRST_NUMBER;
  after = g_strdup_printf ("%" G_GINT64_FORMAT, next + 1);
  return wb_book_set_setting (book, NEXT_NUMBER, after, error)
             ? g_strdup_printf ("C-%" G_GINT64_FORMAT, next)
             : NULL;
}

static gint64
write_order (WbDesk *self, WbOwnOrder *ask, GError **error)
{
  g_autoptr (WbConnection) counter = get_counter (self, error);
  g_autoptr (WbOrder)      order = NULL;
  g_autoptr (WbOrder)      old = NULL;
  g_autofree char         *number = NULL;
  g_auto (WbSyncResult)    result = { 0 };
  gint64                   own;

  if (counter == NULL)
    return 0;
  if (ask->id != NULL)
    old = wb_book_find_order (self->book, wb_record_get_int (counter, WB_CONNECTION_ID), ask->id,
                              NULL);
  if (old != NULL)
    return wb_record_get_int (old, WB_ORDER_ID);
  if ((number = take_number (self->book, error)) == NULL)
    return 0;
  order = make_order (ask, number);
  if (!wb_desk_import_one (self, counter, order, NULL, &result, error))
    return 0;
  own = wb_record_get_int (order, WB_ORDER_CUSTOMER_ID);
  if (ask->customer_id != 0 && own != 0 && own != ask->customer_id &&
      !wb_book_link_customers (self->book, ask->customer_id, own, error))
    return 0;
  return wb_record_get_int (order, WB_ORDER_ID);
}

/**
 * wb_desk_add_own_order:
 * @order: what is not said of a known customer is filled in
 *
 * Takes an order by phone or at the counter. With an id of the caller's the same order is taken
 * once. Not paid, it waits for its payment (wb_desk_receive()), unless it is sent on account.
 *
 * Returns: the order's number in the book, 0 with @error.
 */
gint64
wb_desk_add_own_order (WbDesk *self, WbOwnOrder *order, GError **error)
{
  gint64 id;

  if (!take_customer (self, order, error) || !check_ask (order, error) ||
      !wb_book_begin (self->book, error))
    return 0;
  id = write_order (self, order, error);
  if (id == 0)
    {
      wb_book_rollback (self->book);
      return 0;
    }
  return wb_book_commit (self->book, error) ? id : 0;
}
