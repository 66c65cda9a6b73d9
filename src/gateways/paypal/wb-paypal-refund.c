/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving money back at PayPal, and finding out whether it was given. A refund is of one capture; it
 * bears the operation's key as its custom_id. */
#include "wb-paypal-private.h"

#include "wb-text.h"

/* Among an order's refunds ours is the one with the operation's key. */
static WbPaypalMark
mark_of (const WbPaypalSale *sale, const WbMoneyAsk *ask)
{
  return (WbPaypalMark){ &sale->refunds, sale->n_refunds, "custom_id", ask->key,
                         wb_paypal_gave_money };
}

/** wb_paypal_find_refund: wb_gateway_find_refund(). */
WbMovementFinding
wb_paypal_find_refund (WbGateway        *gateway,
                       const WbMoneyAsk *ask,
                       WbMovement       *movement,
                       GCancellable     *cancellable,
                       GError          **error)
{
  return wb_paypal_find (WB_PAYPAL (gateway), ask, mark_of, movement, cancellable, error);
}

/* What can still be given back of one capture; -1 with an error. */
static gint64
left_of (const WbPaypalSale *sale, const WbJson *capture, GError **error)
{
  const char *id = wb_json_string (capture, "id", error);
  gint64      left;
  WbMoney     amount;

  if (id == NULL || !wb_paypal_read_money (capture, "amount", &amount, error))
    return -1;
  left = amount.minor;
  for (guint i = 0; i < sale->n_refunds; i++)
    {
      WbJson refund = wb_json_element (&sale->refunds, i);

      if (!wb_paypal_gave_money (&refund) || !wb_paypal_belongs_to (&refund, "captures", id))
        continue;
      if (!wb_paypal_read_money (&refund, "amount", &amount, error))
        return -1;
      left -= amount.minor;
    }
  return MAX (0, left);
}

/** wb_paypal_list_refundable: wb_gateway_list_refundable(). */
GPtrArray *
wb_paypal_list_refundable (WbGateway    *gateway,
                           const char   *payment_ref,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_auto (WbPaypalSale) sale = { 0 };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_movement_free);

  if (!wb_paypal_read_sale (WB_PAYPAL (gateway), payment_ref, &sale, cancellable, error))
    return NULL;
  for (guint i = 0; i < sale.n_captures; i++)
    {
      WbJson      capture = wb_json_element (&sale.captures, i);
      WbMovement *one;
      WbMoney     amount;
      gint64      left;

      if (!wb_paypal_took_money (&capture))
        continue;
      if ((left = left_of (&sale, &capture, error)) < 0 ||
          !wb_paypal_read_money (&capture, "amount", &amount, error))
        return NULL;
      if (left == 0)
        continue;
      one = g_new0 (WbMovement, 1);
      one->ref = g_strdup (wb_json_opt_string (&capture, "id"));
      one->amount = wb_money (left, amount.currency);
      g_ptr_array_add (list, one);
    }
  return g_steal_pointer (&list);
}

/* Whether @ref is one of the captures, so that no other is meant. */
static gboolean
is_named (const WbPaypalSale *sale, const char *ref)
{
  for (guint i = 0; i < sale->n_captures; i++)
    {
      WbJson capture = wb_json_element (&sale->captures, i);

      if (g_strcmp0 (wb_json_opt_string (&capture, "id"), ref) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The capture that the refund is of: the one that was named, else the first that has enough left.
 * @most: (out): the most that one capture has left. */
static const char *
choose_capture (const WbPaypalSale *sale, const WbMoneyAsk *ask, gint64 *most, GError **error)
{
  *most = 0;
  for (guint i = 0; i < sale->n_captures; i++)
    {
      WbJson      capture = wb_json_element (&sale->captures, i);
      const char *id = wb_json_opt_string (&capture, "id");
      gint64      left;

      if (!wb_paypal_took_money (&capture) ||
          (is_named (sale, ask->payment_ref) && g_strcmp0 (id, ask->payment_ref) != 0))
        continue;
      if ((left = left_of (sale, &capture, error)) < 0)
        return NULL;
      *most = MAX (*most, left);
      if (left >= ask->amount.minor)
        return id;
    }
  return NULL;
}

static gboolean
fail_amount (const WbMoneyAsk *ask, WbPayment *payment, gint64 most, GError **error)
{
  gint64           captured = wb_record_get_int (payment, WB_PAYMENT_CAPTURED);
  gint64           left = captured - wb_record_get_int (payment, WB_PAYMENT_REFUNDED);
  g_autofree char *asked = wb_money_to_decimal (ask->amount);
  g_autofree char *text = wb_money_to_decimal (wb_money (most, ask->amount.currency));

  if (captured == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "Nothing of %s has been captured: there is nothing to refund", ask->payment_ref);
  else if (left <= 0)
    g_set_error (error, WB_ERROR, WB_ERROR_ALREADY, "All of %s has been refunded before",
                 ask->payment_ref);
  else if (ask->amount.minor > left)
    g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                 "%s %s is more than can still be refunded of %s", asked, ask->amount.currency,
                 ask->payment_ref);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                 "PayPal refunds one capture at a time, and the largest that is left is %s %s: "
                 "refund %s %s in parts",
                 text, ask->amount.currency, asked, ask->amount.currency);
  return FALSE;
}

static WbHttpRequest *
refund_request (const char *capture_id, const WbMoneyAsk *ask, const char *value)
{
  WbHttpRequest *request = wb_http_request_new_segments ("POST", "v2", "payments", "captures",
                                                         capture_id, "refund", NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  wb_paypal_add_amount (builder, ask, value);
  json_builder_set_member_name (builder, "custom_id");
  json_builder_add_string_value (builder, ask->key);
  wb_paypal_close_ask (request, builder, ask);
  return request;
}

static gboolean
take_reply (const WbHttpResponse *response, WbMovement *movement, GError **error)
{
  g_autoptr (GError)   local = NULL;
  g_autoptr (JsonNode) root = wb_http_response_json (response, &local);
  WbJson               refund = wb_json_root (root, "refund");

  if (root != NULL && !wb_paypal_gave_money (&refund))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "PayPal could not give the money back (%s)",
                   wb_json_opt_string (&refund, "status"));
      return FALSE;
    }
  if (root != NULL && wb_paypal_read_movement (&refund, movement, &local))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "PayPal was sent the refund, but its answer is not clear: %s", local->message);
  return FALSE;
}

/**
 * wb_paypal_refund: wb_gateway_refund(). Reads the order first: no more is asked back than was
 * captured and is still there. One refund is of one capture; what no single capture has left is
 * %WB_ERROR_TOO_MUCH with how much the largest has.
 */
gboolean
wb_paypal_refund (WbGateway        *gateway,
                  const WbMoneyAsk *ask,
                  WbMovement       *movement,
                  GCancellable     *cancellable,
                  GError          **error)
{
  WbPaypal                  *self = WB_PAYPAL (gateway);
  g_auto (WbPaypalSale)      sale = { 0 };
  g_autoptr (WbPayment)      payment = NULL;
  g_autoptr (WbHttpRequest)  request = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (GError)         local = NULL;
  g_autofree char           *value = NULL;
  const char                *capture_id;
  gint64                     most;

  if (!wb_paypal_begin (self, ask, mark_of, &sale, &payment, &value, cancellable, error))
    return FALSE;
  if ((capture_id = choose_capture (&sale, ask, &most, &local)) == NULL)
    {
      if (local == NULL)
        return fail_amount (ask, payment, most, error);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  request = refund_request (capture_id, ask, value);
  response = wb_paypal_send (self, request, cancellable, error);
  if (response == NULL || !wb_paypal_check (response, WB_PAYPAL_REFUND, error))
    return FALSE;
  return take_reply (response, movement, error);
}
