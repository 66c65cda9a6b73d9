/* SPDX-License-Identifier: GPL-3.0-or-later
 * A Vendure shop that takes the money itself: how an order's payments stand, and settling them.
 *
 * The shop settles whole payments only. What its own payment service did when an answer was lost on
 * the way there is what the shop says of the payment: Authorized, then it was not taken as far as
 * anybody here can know; its handler has to bear being called again. */
#include "wb-vendure-shop.h"

#include "wb-text.h"

/* ---- reading ---- */

static const char *
state_of (const WbVendureSums *sums, const WbJson *order)
{
  if (sums->authorised > 0)
    return WB_PAYMENT_STATE_AUTHORISED;
  if (sums->settled > 0)
    return WB_PAYMENT_STATE_CAPTURED;
  return sums->n_cancelled > 0 || g_strcmp0 (wb_json_opt_string (order, "state"), "Cancelled") == 0
             ? WB_PAYMENT_STATE_CANCELLED
             : WB_PAYMENT_STATE_UNPAID;
}

/* All payments of the order as one: a gift card that is taken and a card that is held. */
static WbPayment *
read_payment (WbGateway *gateway, const char *ref, GCancellable *cancellable, GError **error)
{
  WbVendureShop         *self = WB_VENDURE_SHOP (gateway);
  g_auto (WbVendureLook) look = { 0 };
  g_autoptr (WbPayment)  payment = wb_payment_new ();
  WbVendureSums          sums;

  if (!wb_vendure_look (self, ref, &look, cancellable, error) ||
      !wb_vendure_sum_payments (&look.order, &self->reader, &sums, error))
    return NULL;
  if (sums.n_payments == 0)
    {
      wb_vendure_refuse (error, WB_ERROR_NOT_FOUND, "Order %s has no payment in the shop", ref);
      return NULL;
    }
  wb_record_set_text (payment, WB_PAYMENT_REF, ref);
  wb_record_set_text (payment, WB_PAYMENT_STATE, state_of (&sums, &look.order));
  wb_record_set_text (payment, WB_PAYMENT_CURRENCY,
                      wb_json_opt_string (&look.order, "currencyCode"));
  wb_record_set_int (payment, WB_PAYMENT_AUTHORISED, sums.authorised + sums.settled);
  wb_record_set_int (payment, WB_PAYMENT_CAPTURABLE, sums.authorised);
  wb_record_set_int (payment, WB_PAYMENT_CAPTURED, sums.settled);
  wb_record_set_int (payment, WB_PAYMENT_REFUNDED, sums.refunded);
  wb_record_set_bool (payment, WB_PAYMENT_WHOLE_ONLY, TRUE);
  return g_steal_pointer (&payment);
}

/* ---- settling ---- */

/* The ids of the order's payments in @state, and what they come to. */
static GPtrArray *
list_payments (WbVendureShop *self, const WbVendureLook *look, const char *state, gint64 *sum)
{
  GPtrArray  *ids = g_ptr_array_new_with_free_func (g_free);
  const char *currency = wb_json_opt_string (&look->order, "currencyCode");
  WbJson      list;
  guint       n = 0;
  gint64      amount;

  *sum = 0;
  if (!wb_json_array (&look->order, "payments", &list, &n, NULL))
    return ids;
  for (guint i = 0; i < n; i++)
    {
      WbJson at = wb_json_element (&list, i);
      char  *id = wb_json_scalar_text (&at, "id");

      if (id == NULL || g_strcmp0 (wb_json_opt_string (&at, "state"), state) != 0 ||
          !wb_vendure_amount (&at, "amount", &self->reader, currency, &amount, NULL))
        {
          g_free (id);
          continue;
        }
      *sum += amount;
      g_ptr_array_add (ids, id);
    }
  return ids;
}

static char *
joined (GPtrArray *ids)
{
  g_autoptr (GString) text = g_string_new ("payment/");

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", (const char *) ids->pdata[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A payment of exactly this amount in @state; all of them when they come to it together. */
static char *
find_amount (WbVendureShop *self, const WbVendureLook *look, const char *state, gint64 wanted)
{
  gint64                sum, one;
  g_autoptr (GPtrArray) all = list_payments (self, look, state, &sum);
  const char           *currency = wb_json_opt_string (&look->order, "currencyCode");
  WbJson                list;
  guint                 n = 0;

  if (all->len > 0 && sum == wanted)
    return joined (all);
  if (!wb_json_array (&look->order, "payments", &list, &n, NULL))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson           at = wb_json_element (&list, i);
      g_autofree char *id = wb_json_scalar_text (&at, "id");

      if (id != NULL && g_strcmp0 (wb_json_opt_string (&at, "state"), state) == 0 &&
          wb_vendure_amount (&at, "amount", &self->reader, currency, &one, NULL) && one == wanted)
        return g_strdup_printf ("payment/%s", id);
    }
  return NULL;
}

static gboolean
settle_one (WbVendureShop *self,
            const char    *id,
            const char    *currency,
            gint64        *taken,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               rows[3];
  gint64               amount = 0;

  if (!wb_vendure_act (self, "settle-payment.graphql", wb_vendure_id (id), "settlePayment", &root,
                       rows, cancellable, error))
    return FALSE;
  if (g_strcmp0 (wb_json_opt_string (&rows[2], "state"), "Settled") != 0 ||
      !wb_vendure_amount (&rows[2], "amount", &self->reader, currency, &amount, NULL))
    return wb_vendure_refuse (error, WB_ERROR_UNSURE,
                              "The shop took the request to settle payment %s, but its answer does "
                              "not say that it is settled",
                              id);
  *taken += amount;
  return TRUE;
}

/* An order's state may refuse to follow after the payment was taken. */
static gboolean
is_settled_now (WbVendureShop *self, const char *order_ref, const char *id)
{
  g_auto (WbVendureLook) look = { 0 };
  g_autoptr (GPtrArray)  settled = NULL;
  gint64                 sum;

  if (!wb_vendure_look (self, order_ref, &look, NULL, NULL))
    return FALSE;
  settled = list_payments (self, &look, "Settled", &sum);
  return g_ptr_array_find_with_equal_func (settled, id, g_str_equal, NULL);
}

static gboolean
check_capture (const WbMoneyAsk *ask, const char *currency, gint64 held, GError **error)
{
  g_autofree char *wanted = wb_money_to_text (ask->amount);
  g_autofree char *whole = wb_money_to_text (wb_money (held, currency));

  if (g_strcmp0 (ask->amount.currency, currency) != 0)
    return wb_vendure_refuse (error, WB_ERROR_CONFLICT,
                              "%s were to be taken, but the shop holds %s", wanted, whole);
  if (ask->amount.minor != held)
    return wb_vendure_refuse (
        error, ask->amount.minor > held ? WB_ERROR_TOO_MUCH : WB_ERROR_REFUSED,
        "The shop can only take the whole payment of %s, and %s were to be taken. Settle it in the "
        "shop and give the rest back there, or change the order",
        whole, wanted);
  return TRUE;
}

static gboolean
capture (WbGateway        *gateway,
         const WbMoneyAsk *ask,
         WbMovement       *movement,
         GCancellable     *cancellable,
         GError          **error)
{
  WbVendureShop         *self = WB_VENDURE_SHOP (gateway);
  g_auto (WbVendureLook) look = { 0 };
  g_autoptr (GPtrArray)  held = NULL;
  g_autofree char       *before = NULL;
  const char            *currency;
  gint64                 sum, taken = 0;

  if (!wb_vendure_look (self, ask->payment_ref, &look, cancellable, error))
    return FALSE;
  currency = wb_json_opt_string (&look.order, "currencyCode");
  held = list_payments (self, &look, "Authorized", &sum);
  before = held->len == 0 ? find_amount (self, &look, "Settled", ask->amount.minor) : NULL;
  if (before != NULL)
    return wb_vendure_refuse (error, WB_ERROR_ALREADY, "The shop has taken this payment before");
  if (held->len == 0)
    return wb_vendure_refuse (error, WB_ERROR_EXPIRED,
                              "The shop holds no payment for this order any more: it was cancelled "
                              "or it lapsed. Ask the customer to pay again");
  if (!check_capture (ask, currency, sum, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      g_autoptr (GError) local = NULL;

      if (settle_one (self, held->pdata[i], currency, &taken, cancellable, &local))
        continue;
      /* Of several, some are taken: that much has moved, and the difference is told. */
      if (taken > 0 && wb_error_is_refusal (local))
        break;
      if (wb_error_is_refusal (local) && wb_error_code (local) == WB_ERROR_REFUSED &&
          is_settled_now (self, ask->payment_ref, held->pdata[i]))
        g_set_error_literal (error, WB_ERROR, WB_ERROR_UNSURE, local->message);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  movement->ref = joined (held);
  movement->amount = wb_money (taken, currency);
  return TRUE;
}

static WbMovementFinding
find_capture (WbGateway        *gateway,
              const WbMoneyAsk *ask,
              WbMovement       *movement,
              GCancellable     *cancellable,
              GError          **error)
{
  WbVendureShop         *self = WB_VENDURE_SHOP (gateway);
  g_auto (WbVendureLook) look = { 0 };
  g_autoptr (GPtrArray)  held = NULL, settled = NULL;
  g_autofree char       *ref = NULL;
  const char            *currency;
  gint64                 waiting, taken;

  if (!wb_vendure_look (self, ask->payment_ref, &look, cancellable, error))
    return WB_MOVEMENT_UNKNOWN;
  currency = wb_json_opt_string (&look.order, "currencyCode");
  held = list_payments (self, &look, "Authorized", &waiting);
  settled = list_payments (self, &look, "Settled", &taken);
  if (waiting >= ask->amount.minor)
    return WB_MOVEMENT_NOT_MADE;
  ref = find_amount (self, &look, "Settled", ask->amount.minor);
  if (ref != NULL)
    {
      movement->ref = g_steal_pointer (&ref);
      movement->amount = ask->amount;
      return WB_MOVEMENT_FOUND;
    }
  if (settled->len > 0 && waiting > 0 && waiting + taken == ask->amount.minor)
    {
      movement->ref = joined (settled);
      movement->amount = wb_money (taken, currency);
      return WB_MOVEMENT_FOUND;
    }
  if (settled->len == 0)
    return WB_MOVEMENT_NOT_MADE;
  wb_vendure_refuse (error, WB_ERROR_CONFLICT,
                     "The payments of this order in the shop were changed meanwhile: compare them "
                     "with what was to be taken");
  return WB_MOVEMENT_UNKNOWN;
}

/* ---- letting go ---- */

static gboolean
cancel (WbGateway *gateway, const WbMoneyAsk *ask, GCancellable *cancellable, GError **error)
{
  WbVendureShop         *self = WB_VENDURE_SHOP (gateway);
  g_auto (WbVendureLook) look = { 0 };
  g_autoptr (GPtrArray)  held = NULL;
  gint64                 sum;

  if (!wb_vendure_look (self, ask->payment_ref, &look, cancellable, error))
    return FALSE;
  held = list_payments (self, &look, "Authorized", &sum);
  if (held->len == 0)
    return wb_vendure_refuse (error, WB_ERROR_ALREADY, "The shop holds no payment for this order");
  for (guint i = 0; i < held->len; i++)
    if (!wb_vendure_act (self, "cancel-payment.graphql", wb_vendure_id (held->pdata[i]),
                         "cancelPayment", NULL, NULL, cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
probe (WbGateway *gateway, char **summary, GCancellable *cancellable, GError **error)
{
  g_auto (WbShopFindings) found = { 0 };

  if (!wb_vendure_probe (WB_SHOP (gateway), &found, cancellable, error))
    return FALSE;
  *summary = g_steal_pointer (&found.name);
  return TRUE;
}

/* Refunds go through the shop's side of this object: they belong to its orders. */
void
wb_vendure_gateway_iface_init (WbGatewayInterface *iface)
{
  iface->probe = probe;
  iface->read_payment = read_payment;
  iface->capture = capture;
  iface->find_capture = find_capture;
  iface->cancel = cancel;
}
