/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a sale at PayPal means for the order: what can be captured until when, what was taken, given
 * back and kept as a fee. */
#include "wb-paypal-private.h"

#include <string.h>

/* An authorisation is honoured for three days; from the fourth on it may be renewed
 * (https://developer.paypal.com/docs/checkout/standard/customize/auth-capture/). */
#define HONOUR_PERIOD (3 * 24 * 60 * 60)

/* Sums @name over the objects of @array that moved money and belong to @owner (nullable: any). */
static gboolean
sum_of (const WbJson *array,
        guint         n,
        gboolean (*moved) (const WbJson *),
        const char *kind,
        const char *owner,
        const char *currency,
        gint64     *sum,
        GError    **error)
{
  *sum = 0;
  for (guint i = 0; i < n; i++)
    {
      WbJson  one = wb_json_element (array, i);
      WbMoney amount;

      if (!moved (&one) || (owner != NULL && !wb_paypal_belongs_to (&one, kind, owner)))
        continue;
      if (!wb_paypal_read_money (&one, "amount", &amount, error))
        return FALSE;
      if (strcmp (amount.currency, currency) != 0)
        return wb_json_fail (&one, "an amount in the currency of the payment", error);
      *sum += amount.minor;
    }
  return TRUE;
}

static gboolean
read_totals (const WbPaypalSale *sale, WbPayment *payment, GError **error)
{
  const WbJson *auth = &sale->authorisation;
  const char   *id = wb_json_opt_string (auth, "id");
  WbJson        units = wb_json_member (&sale->order, "purchase_units");
  WbJson        unit = wb_json_element (&units, 0);
  gboolean      has_auth = wb_json_is_object (auth);
  gint64        captured, refunded, of_this = 0;
  WbMoney       total;

  if (!wb_paypal_read_money (has_auth ? auth : &unit, "amount", &total, error) ||
      !sum_of (&sale->captures, sale->n_captures, wb_paypal_took_money, NULL, NULL, total.currency,
               &captured, error) ||
      !sum_of (&sale->refunds, sale->n_refunds, wb_paypal_gave_money, NULL, NULL, total.currency,
               &refunded, error) ||
      (has_auth && !sum_of (&sale->captures, sale->n_captures, wb_paypal_took_money,
                            "authorizations", id, total.currency, &of_this, error)))
    return FALSE;
  wb_record_set_text (payment, WB_PAYMENT_CURRENCY, total.currency);
  wb_record_set_int (payment, WB_PAYMENT_AUTHORISED, total.minor);
  wb_record_set_int (payment, WB_PAYMENT_CAPTURED, captured);
  wb_record_set_int (payment, WB_PAYMENT_REFUNDED, refunded);
  if (sale->live)
    wb_record_set_int (payment, WB_PAYMENT_CAPTURABLE, MAX (0, total.minor - of_this));
  return TRUE;
}

/* A card that was charged through PayPal cannot be renewed; the buyer's account can. */
static gboolean
is_by_account (const WbPaypalSale *sale)
{
  WbJson source = wb_json_member (&sale->order, "payment_source");
  WbJson card = wb_json_member (&source, "card");

  return !wb_json_is_object (&card);
}

/* The first authorisation's end is the end of all that are made from it. */
static gboolean
last_moment (const WbPaypalSale *sale, WbInstant fallback, WbInstant *out, GError **error)
{
  WbJson units = wb_json_member (&sale->order, "purchase_units");
  WbJson unit = wb_json_element (&units, 0);
  WbJson payments = wb_json_member (&unit, "payments");
  WbJson all, first;
  guint  n;

  *out = fallback;
  if (!wb_json_array (&payments, "authorizations", &all, &n, NULL) || n == 0)
    return TRUE;
  first = wb_json_element (&all, 0);
  return wb_json_opt_instant (&first, "expiration_time", out, error);
}

static gboolean
read_clock (const WbPaypalSale *sale, WbPayment *payment, GError **error)
{
  WbInstant created = 0, until = 0, last = 0;

  if (!wb_json_is_object (&sale->authorisation))
    return TRUE;
  if (!wb_json_opt_instant (&sale->authorisation, "create_time", &created, error) ||
      !wb_json_opt_instant (&sale->authorisation, "expiration_time", &until, error) ||
      !last_moment (sale, until, &last, error))
    return FALSE;
  if (!sale->live)
    return TRUE;
  if (until > 0 && until <= wb_now ())
    {
      wb_record_set_int (payment, WB_PAYMENT_CAPTURABLE, 0);
      return TRUE;
    }
  wb_record_set_int (payment, WB_PAYMENT_CAPTURE_BEFORE, until);
  wb_record_set_bool (payment, WB_PAYMENT_MULTI_CAPTURE, TRUE);
  if (created > 0 && is_by_account (sale))
    {
      wb_record_set_text (payment, WB_PAYMENT_REAUTHORISE, WB_REAUTHORISE_NEW);
      wb_record_set_int (payment, WB_PAYMENT_REAUTHORISE_FROM, created + HONOUR_PERIOD);
      wb_record_set_int (payment, WB_PAYMENT_REAUTHORISE_UNTIL, last);
    }
  return TRUE;
}

static gboolean
has_run_out (const WbPaypalSale *sale)
{
  WbInstant until = 0;

  return wb_json_opt_instant (&sale->authorisation, "expiration_time", &until, NULL) && until > 0 &&
         until <= wb_now ();
}

static const char *
state_of (const WbPaypalSale *sale, WbPayment *payment)
{
  const char *status = wb_json_opt_string (&sale->authorisation, "status");

  if (wb_record_get_int (payment, WB_PAYMENT_CAPTURED) > 0)
    return WB_PAYMENT_STATE_CAPTURED;
  if (status == NULL)
    return sale->n_captures > 0 ? WB_PAYMENT_STATE_FAILED : WB_PAYMENT_STATE_UNPAID;
  if (strcmp (status, "DENIED") == 0)
    return WB_PAYMENT_STATE_FAILED;
  if (strcmp (status, "PENDING") == 0) /* PayPal still looks at it */
    return WB_PAYMENT_STATE_UNPAID;
  if (has_run_out (sale))
    return WB_PAYMENT_STATE_LAPSED;
  return sale->live ? WB_PAYMENT_STATE_AUTHORISED : WB_PAYMENT_STATE_CANCELLED;
}

/* What one capture brought; FALSE without an error where PayPal does not say yet, or not in one
 * currency. */
static gboolean
read_receipt (const WbJson *capture, WbMoney *fee, WbMoney *net)
{
  WbJson receipt = wb_json_member (capture, "seller_receivable_breakdown");
  WbJson converted = wb_json_member (&receipt, "receivable_amount");
  WbJson charge = wb_json_member (&receipt, "paypal_fee");

  if (wb_json_is_object (&converted))
    return wb_paypal_read_money (&receipt, "receivable_amount", net, NULL) &&
           wb_paypal_read_money (&receipt, "paypal_fee_in_receivable_currency", fee, NULL) &&
           strcmp (fee->currency, net->currency) == 0;
  if (!wb_paypal_read_money (&receipt, "net_amount", net, NULL))
    return FALSE;
  if (!wb_json_is_object (&charge))
    {
      *fee = wb_money (0, net->currency);
      return TRUE;
    }
  return wb_paypal_read_money (&receipt, "paypal_fee", fee, NULL) &&
         strcmp (fee->currency, net->currency) == 0;
}

/* Each capture has a fee of its own, which the ledger books under the capture's name: that of the
 * last one is told. Those before it were told then, and are in the account's history too. */
static void
read_fee (const WbPaypalSale *sale, WbPayment *payment)
{
  for (guint i = sale->n_captures; i > 0; i--)
    {
      WbJson  one = wb_json_element (&sale->captures, i - 1);
      WbMoney fee, net;

      if (!wb_paypal_took_money (&one))
        continue;
      if (!read_receipt (&one, &fee, &net))
        return;
      wb_record_set_bool (payment, WB_PAYMENT_FEE_KNOWN, TRUE);
      wb_record_set_text (payment, WB_PAYMENT_SETTLE_CURRENCY, net.currency);
      wb_record_set_int (payment, WB_PAYMENT_FEE, fee.minor);
      wb_record_set_int (payment, WB_PAYMENT_NET, net.minor);
      wb_record_set_text (payment, WB_PAYMENT_FEE_REF, wb_json_opt_string (&one, "id"));
      return;
    }
}

/**
 * wb_paypal_parse_sale:
 * @ref: the name it was asked for by, which it keeps
 *
 * Returns: (transfer full): the payment. %WB_ERROR_INVALID with the path of what is not as PayPal
 * documents it.
 */
WbPayment *
wb_paypal_parse_sale (const WbPaypalSale *sale, const char *ref, GError **error)
{
  g_autoptr (WbPayment) payment = wb_payment_new ();
  WbJson                first = wb_json_element (&sale->captures, 0);
  const char           *charge = wb_json_opt_string (&sale->authorisation, "id");

  if (charge == NULL && sale->n_captures > 0)
    charge = wb_json_opt_string (&first, "id");
  wb_record_set_text (payment, WB_PAYMENT_REF, ref);
  wb_record_set_text (payment, WB_PAYMENT_CHARGE_REF, charge);
  if (!read_totals (sale, payment, error) || !read_clock (sale, payment, error))
    return NULL;
  wb_record_set_text (payment, WB_PAYMENT_STATE, state_of (sale, payment));
  read_fee (sale, payment);
  wb_record_set_int (payment, WB_PAYMENT_READ_AT, wb_now ());
  return g_steal_pointer (&payment);
}

/** wb_paypal_read_payment: wb_gateway_read_payment(): by the name of an order, an authorisation or
 * a capture. */
WbPayment *
wb_paypal_read_payment (WbGateway    *gateway,
                        const char   *payment_ref,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_auto (WbPaypalSale) sale = { 0 };

  if (!wb_paypal_read_sale (WB_PAYPAL (gateway), payment_ref, &sale, cancellable, error))
    return NULL;
  return wb_paypal_parse_sale (&sale, payment_ref, error);
}
