/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shop as the one who takes the money: WooPayments captures an order's authorised payment as a
 * whole, or gives it up, when it is asked. */
#include "wb-woo-capture.h"

#include <string.h>

#include "wb-text.h"
#include "wb-woo-order.h"
#include "wb-woo-shop.h"

#define METHOD "woocommerce_payments"

/* What the order says of its payment. */
typedef struct
{
  JsonNode   *root;
  const char *intent, *charge, *status; /* borrowed from @root, nullable */
  char        currency[4];
  gint64      total, refunded;
} Order;

static void
order_clear (Order *self)
{
  g_clear_pointer (&self->root, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Order, order_clear)

static void
read_meta (Order *self, const WbJson *at)
{
  const struct
  {
    const char  *key;
    const char **value;
  } wanted[] = {
    { "_intent_id", &self->intent },
    { "_charge_id", &self->charge },
    { "_intention_status", &self->status },
  };
  WbJson rows;
  guint  n = 0;

  if (!wb_json_array (at, "meta_data", &rows, &n, NULL))
    return;
  for (guint i = 0; i < n; i++)
    {
      WbJson      row = wb_json_element (&rows, i);
      const char *key = wb_json_opt_string (&row, "key");

      for (guint k = 0; key != NULL && k < G_N_ELEMENTS (wanted); k++)
        if (g_str_equal (key, wanted[k].key))
          *wanted[k].value = wb_json_opt_string (&row, "value");
    }
}

static gboolean
read_amounts (Order *self, const WbJson *at, GError **error)
{
  const char *currency = wb_json_string (at, "currency", error);
  guint       exponent, n = 0;
  WbJson      rows;

  if (currency == NULL)
    return FALSE;
  g_strlcpy (self->currency, currency, sizeof self->currency);
  exponent = wb_currency_exponent (self->currency);
  if (!wb_woo_order_amount (at, "total", exponent, &self->total, error))
    return FALSE;
  if (!wb_json_array (at, "refunds", &rows, &n, NULL))
    n = 0;
  for (guint i = 0; i < n; i++)
    {
      WbJson row = wb_json_element (&rows, i);
      gint64 amount = 0;

      /* “-”: a refund without an amount */
      if (g_strcmp0 (wb_json_opt_string (&row, "total"), "-") == 0)
        continue;
      if (!wb_woo_order_amount (&row, "total", exponent, &amount, error))
        return FALSE;
      self->refunded += ABS (amount);
    }
  return TRUE;
}

/* The order as the shop has it now; WB_ERROR_NOT_FOUND when it is not paid through WooPayments. */
static gboolean
read_order (
    WbWooShop *shop, const char *order_ref, Order *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = NULL;
  const char               *method;
  WbJson                    at;

  if (!wb_woo_shop_check_ref (order_ref, error))
    return FALSE;
  request = wb_woo_shop_request ("GET", "/orders/%s", order_ref);
  if ((self->root = wb_woo_shop_call (shop, request, NULL, cancellable, error)) == NULL)
    return FALSE;
  at = wb_json_root (self->root, "order");
  method = wb_json_opt_string (&at, "payment_method");
  read_meta (self, &at);
  if (method == NULL || !g_str_has_prefix (method, METHOD) || wb_text_is_empty (self->intent))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "Order %s was not paid through WooPayments",
                   order_ref);
      return FALSE;
    }
  return read_amounts (self, &at, error);
}

/* ---- the payment behind the order ---- */

/* The gateway behind the shop counts all but these in hundredths, whatever ISO 4217 says. */
static guint
exponent_there (const char *currency)
{
  static const char *const hundredths[] = { "ISK", "UGX", NULL };

  return g_strv_contains (hundredths, currency) || wb_currency_exponent (currency) > 0 ? 2 : 0;
}

static gint64
from_there (gint64 amount, const char *currency)
{
  guint there = exponent_there (currency), here = wb_currency_exponent (currency);

  for (; there < here; there++)
    amount *= 10;
  for (; there > here; there--)
    amount /= 10;
  return amount;
}

/* What only the payment itself tells: how it stands, until when, and what was taken of it. */
static gboolean
read_intent (WbWooShop    *shop,
             const Order  *order,
             WbPayment    *payment,
             char        **status,
             GCancellable *cancellable,
             GError      **error)
{
  g_autofree char          *name = g_uri_escape_string (order->intent, NULL, FALSE);
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("GET", "/payments/payment_intents/%s", name);
  g_autoptr (WbHttpResponse) response = wb_woo_shop_send (shop, request, cancellable, error);
  g_autofree char           *code = NULL;
  g_autoptr (JsonNode)       root = NULL;
  WbJson                     at, charge, details, card;
  gint64                     until = 0, taken = 0, promised = 0;

  if (response == NULL)
    return FALSE;
  code = wb_woo_shop_code (response);
  if (wb_http_response_get_status (response) == 404 && g_strcmp0 (code, "rest_no_route") == 0)
    {
      /* An older WooPayments: the order itself is all there is. */
      *status = g_strdup (order->status);
      return TRUE;
    }
  if (!wb_woo_shop_check (response, error) ||
      (root = wb_http_response_json (response, error)) == NULL)
    return FALSE;
  at = wb_json_root (root, "payment_intent");
  if ((*status = g_strdup (wb_json_string (&at, "status", error))) == NULL)
    return FALSE;
  charge = wb_json_member (&at, "charge");
  details = wb_json_member (&charge, "payment_method_details");
  card = wb_json_member (&details, "card");
  if (!wb_json_opt_int (&card, "capture_before", 0, &until, error) ||
      !wb_json_opt_int (&charge, "amount_captured", -1, &taken, error) ||
      !wb_json_opt_int (&at, "amount", 0, &promised, error))
    return FALSE;
  wb_record_set_int (payment, WB_PAYMENT_AUTHORISED, from_there (promised, order->currency));
  wb_record_set_int (payment, WB_PAYMENT_CAPTURE_BEFORE, until);
  wb_record_set_int (payment, WB_PAYMENT_CAPTURED,
                     taken >= 0 ? from_there (taken, order->currency) : -1);
  return TRUE;
}

static const struct
{
  const char *status;
  const char *state;
} states[] = {
  { "requires_capture", WB_PAYMENT_STATE_AUTHORISED },
  { "succeeded", WB_PAYMENT_STATE_CAPTURED },
  { "canceled", WB_PAYMENT_STATE_CANCELLED },
};

static void
fill_payment (const Order *order, const char *status, WbPayment *payment)
{
  const char *state = WB_PAYMENT_STATE_UNPAID;
  gint64      taken = wb_record_get_int (payment, WB_PAYMENT_CAPTURED),
         promised = wb_record_get_int (payment, WB_PAYMENT_AUTHORISED);
  gboolean captured;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].status, status) == 0)
      state = states[i].state;
  captured = g_str_equal (state, WB_PAYMENT_STATE_CAPTURED);
  if (!captured)
    taken = 0;
  else if (taken <= 0)
    taken = order->total;
  wb_record_set_text (payment, WB_PAYMENT_STATE, state);
  wb_record_set_text (payment, WB_PAYMENT_CURRENCY, order->currency);
  wb_record_set_text (payment, WB_PAYMENT_CHARGE_REF,
                      order->charge != NULL ? order->charge : order->intent);
  wb_record_set_bool (payment, WB_PAYMENT_WHOLE_ONLY, TRUE);
  if (promised <= 0)
    promised = order->total;
  wb_record_set_int (payment, WB_PAYMENT_AUTHORISED, promised);
  wb_record_set_int (payment, WB_PAYMENT_CAPTURED, taken);
  wb_record_set_int (payment, WB_PAYMENT_REFUNDED, captured ? order->refunded : 0);
  /* It is the order's total that the shop would take, whatever was meant. */
  wb_record_set_int (payment, WB_PAYMENT_CAPTURABLE,
                     g_str_equal (state, WB_PAYMENT_STATE_AUTHORISED) ? MIN (order->total, promised)
                                                                      : 0);
}

static WbPayment *
read_payment (
    WbWooShop *shop, const char *order_ref, Order *order, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbPayment) payment = wb_payment_new ();
  g_autofree char      *status = NULL;

  if (!read_order (shop, order_ref, order, cancellable, error) ||
      !read_intent (shop, order, payment, &status, cancellable, error))
    return NULL;
  wb_record_set_text (payment, WB_PAYMENT_REF, order_ref);
  fill_payment (order, status, payment);
  return g_steal_pointer (&payment);
}

static WbPayment *
gateway_read_payment (WbGateway    *gateway,
                      const char   *payment_ref,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_auto (Order) order = { 0 };

  return read_payment (WB_WOO_SHOP (gateway), payment_ref, &order, cancellable, error);
}

/* ---- taking it, giving it up ---- */

/* The shop's words for “no”: by them it is known that nothing moved. */
static const struct
{
  const char *code;
  WbError     error;
  const char *advice;
} refusals[] = {
  { "wcpay_missing_order", WB_ERROR_NOT_FOUND, "The shop does not have this order" },
  { "wcpay_refunded_order_uncapturable", WB_ERROR_REFUSED,
    "The order has a refund: the shop captures such orders no more. Remove the refund there, or "
    "cancel the payment and ask the customer to pay what is due" },
  { "wcpay_intent_order_mismatch", WB_ERROR_REFUSED,
    "The payment does not belong to this order in the shop. A person has to look at it there" },
  { "wcpay_payment_uncapturable", WB_ERROR_EXPIRED,
    "The payment is not authorised any more: it lapsed or was cancelled. Ask the customer to pay "
    "again" },
};

static gboolean
take_refusal (const WbHttpResponse *response, GError **error)
{
  g_autofree char   *code = wb_woo_shop_code (response);
  guint              status = wb_http_response_get_status (response);
  g_autoptr (GError) local = NULL;

  if (wb_woo_shop_check (response, &local))
    return FALSE;
  for (guint i = 0; code != NULL && status < 500 && i < G_N_ELEMENTS (refusals); i++)
    if (g_str_equal (refusals[i].code, code))
      {
        g_set_error (error, WB_ERROR, refusals[i].error, "%s. (%s)", refusals[i].advice,
                     local->message);
        return TRUE;
      }
  if (g_strcmp0 (code, "wcpay_capture_error") == 0 && status < 500)
    g_set_error (error, WB_ERROR, WB_ERROR_DECLINED, "The shop could not capture the payment. (%s)",
                 local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return TRUE;
}

/* @verb: “capture_authorization” or “cancel_authorization”. */
static gboolean
act (WbWooShop    *shop,
     const char   *order_ref,
     const Order  *order,
     const char   *verb,
     GCancellable *cancellable,
     GError      **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("POST", "/payments/orders/%s/%s", order_ref, verb);
  g_autoptr (JsonNode)       body = json_node_alloc ();
  g_autoptr (JsonObject)     members = json_object_new ();
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       root = NULL;
  WbJson                     at;

  json_object_set_string_member (members, "payment_intent_id", order->intent);
  json_node_init_object (body, members);
  wb_http_request_set_json (request, body);
  response = wb_woo_shop_send (shop, request, cancellable, error);
  if (response == NULL || take_refusal (response, error))
    return FALSE;
  root = wb_http_response_json (response, NULL);
  at = wb_json_root (root, "reply");
  if (root != NULL && g_strcmp0 (wb_json_opt_string (&at, "status"), "succeeded") == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "The shop was asked for the payment of order %s, but its answer is not clear",
               order_ref);
  return FALSE;
}

static void
fill_movement (WbMovement *movement, const Order *order, WbPayment *payment)
{
  movement->ref = g_strdup (order->charge != NULL ? order->charge : order->intent);
  movement->amount = payment != NULL ? wb_record_get_money (payment, WB_PAYMENT_CAPTURED)
                                     : wb_money (order->total, order->currency);
}

static gboolean
may_capture (const Order *order, WbPayment *payment, const WbMoneyAsk *ask, GError **error)
{
  const char      *state = wb_record_get_text (payment, WB_PAYMENT_STATE);
  WbMoney          total = wb_money (order->total, order->currency);
  g_autofree char *asked = wb_money_to_text (ask->amount), *all = wb_money_to_text (total);

  if (g_str_equal (state, WB_PAYMENT_STATE_CAPTURED))
    g_set_error (error, WB_ERROR, WB_ERROR_ALREADY,
                 "The payment of order %s has been captured already", ask->payment_ref);
  else if (!g_str_equal (state, WB_PAYMENT_STATE_AUTHORISED))
    g_set_error (error, WB_ERROR, WB_ERROR_EXPIRED,
                 "The payment of order %s is not authorised any more", ask->payment_ref);
  else if (order->refunded > 0)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "%s", refusals[1].advice);
  else if (!wb_money_equal (total, ask->amount))
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "The shop captures the whole total of order %s, that is %s, and %s was to be "
                 "captured. Nothing was sent",
                 ask->payment_ref, all, asked);
  else
    return TRUE;
  return FALSE;
}

static gboolean
gateway_capture (WbGateway        *gateway,
                 const WbMoneyAsk *ask,
                 WbMovement       *movement,
                 GCancellable     *cancellable,
                 GError          **error)
{
  WbWooShop            *shop = WB_WOO_SHOP (gateway);
  g_auto (Order)        order = { 0 }, after = { 0 };
  g_autoptr (WbPayment) payment = read_payment (shop, ask->payment_ref, &order, cancellable, error);
  g_autoptr (WbPayment) taken = NULL;

  if (payment == NULL || !may_capture (&order, payment, ask, error) ||
      !act (shop, ask->payment_ref, &order, "capture_authorization", cancellable, error))
    return FALSE;
  /* The answer names no amount: the payment does. */
  taken = read_payment (shop, ask->payment_ref, &after, cancellable, NULL);
  fill_movement (movement, &order, taken);
  return TRUE;
}

static WbMovementFinding
gateway_find_capture (WbGateway        *gateway,
                      const WbMoneyAsk *ask,
                      WbMovement       *movement,
                      GCancellable     *cancellable,
                      GError          **error)
{
  g_auto (Order)        order = { 0 };
  g_autoptr (WbPayment) payment =
      read_payment (WB_WOO_SHOP (gateway), ask->payment_ref, &order, cancellable, error);

  if (payment == NULL)
    return WB_MOVEMENT_UNKNOWN;
  if (!g_str_equal (wb_record_get_text (payment, WB_PAYMENT_STATE), WB_PAYMENT_STATE_CAPTURED))
    return WB_MOVEMENT_NOT_MADE;
  fill_movement (movement, &order, payment);
  return WB_MOVEMENT_FOUND;
}

static gboolean
gateway_cancel (WbGateway        *gateway,
                const WbMoneyAsk *ask,
                GCancellable     *cancellable,
                GError          **error)
{
  WbWooShop     *shop = WB_WOO_SHOP (gateway);
  g_auto (Order) order = { 0 };

  return read_order (shop, ask->payment_ref, &order, cancellable, error) &&
         act (shop, ask->payment_ref, &order, "cancel_authorization", cancellable, error);
}

static gboolean
gateway_probe (WbGateway *gateway, char **summary, GCancellable *cancellable, GError **error)
{
  g_auto (WbShopFindings) findings = { 0 };

  if (!wb_shop_probe (WB_SHOP (gateway), &findings, cancellable, error))
    return FALSE;
  *summary = g_strdup (findings.name != NULL ? findings.name : "WooCommerce");
  return TRUE;
}

/** wb_woo_gateway_iface_init: makes the shop the gateway of the orders that WooPayments holds.
 * Money is given back through wb_shop_refund(). */
void
wb_woo_gateway_iface_init (WbGatewayInterface *iface)
{
  iface->probe = gateway_probe;
  iface->read_payment = gateway_read_payment;
  iface->capture = gateway_capture;
  iface->find_capture = gateway_find_capture;
  iface->cancel = gateway_cancel;
}
