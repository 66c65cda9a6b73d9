/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a payment: the PaymentIntent, its charge, and the fee from the charge's balance
 * transaction. */
#include "wb-stripe-private.h"

#include "wb-text.h"

typedef struct
{
  const char *status;
  const char *state;
} StateName;

/* “canceled” and “requires_payment_method” need a second look. */
static const StateName states[] = {
  { "requires_capture", WB_PAYMENT_STATE_AUTHORISED },
  { "succeeded", WB_PAYMENT_STATE_CAPTURED },
  { "canceled", WB_PAYMENT_STATE_CANCELLED },
  { "requires_payment_method", WB_PAYMENT_STATE_UNPAID },
  { "requires_confirmation", WB_PAYMENT_STATE_UNPAID },
  { "requires_action", WB_PAYMENT_STATE_UNPAID },
  { "processing", WB_PAYMENT_STATE_UNPAID },
};

static const struct
{
  const char *name;
  guint       field;
} amounts[] = {
  { "amount", WB_PAYMENT_AUTHORISED },
  { "amount_capturable", WB_PAYMENT_CAPTURABLE },
  { "amount_received", WB_PAYMENT_CAPTURED },
};

/** wb_stripe_has_lapsed: whether Stripe itself cancelled the intent because its authorisation ran
 * out. */
gboolean
wb_stripe_has_lapsed (const char *cancellation_reason)
{
  return g_strcmp0 (cancellation_reason, "automatic") == 0 ||
         g_strcmp0 (cancellation_reason, "expired") == 0;
}

static const char *
state_of (const WbJson *intent, gint64 captured, GError **error)
{
  const char *status = wb_json_string (intent, "status", error);
  WbJson      last_error = wb_json_member (intent, "last_payment_error");
  WbJson      at = wb_json_member (intent, "status");

  if (status == NULL)
    return NULL;
  if (captured > 0)
    return WB_PAYMENT_STATE_CAPTURED;
  if (g_str_equal (status, "canceled") &&
      wb_stripe_has_lapsed (wb_json_opt_string (intent, "cancellation_reason")))
    return WB_PAYMENT_STATE_LAPSED;
  if (g_str_equal (status, "requires_payment_method") && wb_json_is_object (&last_error))
    return WB_PAYMENT_STATE_FAILED;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].status, status))
      return states[i].state;
  wb_json_fail (&at, "a status that Waybill knows", error);
  return NULL;
}

static gboolean
read_head (const WbJson *intent, WbPayment *payment, GError **error)
{
  const char      *id = wb_json_string (intent, "id", error);
  g_autofree char *currency = id != NULL ? wb_stripe_read_currency (intent, error) : NULL;
  const char      *state;
  WbMoney          money;

  if (currency == NULL)
    return FALSE;
  wb_record_set_text (payment, WB_PAYMENT_REF, id);
  wb_record_set_text (payment, WB_PAYMENT_CURRENCY, currency);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      if (!wb_stripe_read_amount (intent, amounts[i].name, currency, &money, error))
        return FALSE;
      wb_record_set_int (payment, amounts[i].field, money.minor);
    }
  if ((state = state_of (intent, wb_record_get_int (payment, WB_PAYMENT_CAPTURED), error)) == NULL)
    return FALSE;
  wb_record_set_text (payment, WB_PAYMENT_STATE, state);
  return TRUE;
}

/* When less than the authorised amount was captured, Stripe releases the rest and counts that in
 * amount_refunded too: only what goes beyond it has really been given back. */
static gboolean
read_refunded (const WbJson *charge, WbPayment *payment, GError **error)
{
  const char *currency = wb_record_get_text (payment, WB_PAYMENT_CURRENCY);
  WbMoney     amount, captured, refunded;
  gint64      released;

  if (!wb_stripe_read_amount (charge, "amount", currency, &amount, error) ||
      !wb_stripe_read_amount (charge, "amount_captured", currency, &captured, error) ||
      !wb_stripe_read_amount (charge, "amount_refunded", currency, &refunded, error))
    return FALSE;
  if (captured.minor == 0)
    return TRUE; /* all of amount_refunded is an authorisation released */
  released =
      wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) > 0 ? 0 : amount.minor - captured.minor;
  wb_record_set_int (payment, WB_PAYMENT_REFUNDED, MAX (0, refunded.minor - MAX (0, released)));
  return TRUE;
}

/* More than was authorised may be taken only where the charge itself says so, and how much. */
static gboolean
read_overcapture (const WbJson *method, WbPayment *payment, GError **error)
{
  gint64  capturable = wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE);
  WbJson  overcapture = wb_json_member (method, "overcapture");
  WbMoney most;

  wb_record_set_int (payment, WB_PAYMENT_MAX_CAPTURE, capturable);
  if (capturable == 0 || g_strcmp0 (wb_json_opt_string (&overcapture, "status"), "available") != 0)
    return TRUE;
  if (!wb_stripe_read_amount (&overcapture, "maximum_amount_capturable",
                              wb_record_get_text (payment, WB_PAYMENT_CURRENCY), &most, error))
    return FALSE;
  wb_record_set_int (
      payment, WB_PAYMENT_MAX_CAPTURE,
      MAX (capturable, most.minor - wb_record_get_int (payment, WB_PAYMENT_CAPTURED)));
  return TRUE;
}

static gboolean
read_method (const WbJson *charge, WbPayment *payment, GError **error)
{
  WbJson      details = wb_json_member (charge, "payment_method_details");
  const char *type = wb_json_opt_string (&details, "type");
  WbJson      method = wb_json_member (&details, type != NULL ? type : "card");
  WbJson      multicapture = wb_json_member (&method, "multicapture");
  WbJson      extended = wb_json_member (&method, "extended_authorization");
  WbInstant   before;

  if (!wb_json_opt_int (&method, "capture_before", 0, &before, error))
    return FALSE;
  /* What has been captured or released lapses no more. */
  if (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) > 0)
    wb_record_set_int (payment, WB_PAYMENT_CAPTURE_BEFORE, before);
  wb_record_set_bool (payment, WB_PAYMENT_MULTI_CAPTURE,
                      g_strcmp0 (wb_json_opt_string (&multicapture, "status"), "available") == 0);
  wb_record_set_bool (payment, WB_PAYMENT_EXTENDED,
                      g_strcmp0 (wb_json_opt_string (&extended, "status"), "enabled") == 0);
  return read_overcapture (&method, payment, error);
}

/* The fee is known only when the money has moved, and some moments later even then. */
static gboolean
read_fee (const WbJson *charge, WbPayment *payment, GError **error)
{
  WbJson           at = wb_json_member (charge, "balance_transaction");
  g_autofree char *currency = NULL;
  const char      *id;
  WbMoney          fee, net;

  if (!wb_json_is_object (&at))
    return TRUE;
  if ((id = wb_json_string (&at, "id", error)) == NULL ||
      (currency = wb_stripe_read_currency (&at, error)) == NULL ||
      !wb_stripe_read_amount (&at, "fee", currency, &fee, error) ||
      !wb_stripe_read_amount (&at, "net", currency, &net, error))
    return FALSE;
  wb_record_set_bool (payment, WB_PAYMENT_FEE_KNOWN, TRUE);
  wb_record_set_text (payment, WB_PAYMENT_SETTLE_CURRENCY, currency);
  wb_record_set_int (payment, WB_PAYMENT_FEE, fee.minor);
  wb_record_set_int (payment, WB_PAYMENT_NET, net.minor);
  wb_record_set_text (payment, WB_PAYMENT_FEE_REF, id);
  return TRUE;
}

/**
 * wb_stripe_parse_intent:
 * @intent: a PaymentIntent with latest_charge.balance_transaction expanded; what is not expanded is
 * not known
 *
 * Returns: (transfer full): the payment. %WB_ERROR_INVALID with the path of what is not as Stripe
 * documents it.
 */
WbPayment *
wb_stripe_parse_intent (const WbJson *intent, GError **error)
{
  g_autoptr (WbPayment) payment = wb_payment_new ();
  WbJson                charge = wb_json_member (intent, "latest_charge");

  if (!read_head (intent, payment, error))
    return NULL;
  if (wb_json_is_object (&charge))
    {
      const char *id = wb_json_string (&charge, "id", error);

      wb_record_set_text (payment, WB_PAYMENT_CHARGE_REF, id);
      if (id == NULL || !read_refunded (&charge, payment, error) ||
          !read_method (&charge, payment, error) || !read_fee (&charge, payment, error))
        return NULL;
    }
  else
    wb_record_set_text (payment, WB_PAYMENT_CHARGE_REF,
                        wb_json_opt_string (intent, "latest_charge"));
  wb_record_set_int (payment, WB_PAYMENT_READ_AT, wb_now ());
  return g_steal_pointer (&payment);
}

/* Some shops note the charge as their transaction id. */
static char *
intent_of_charge (WbStripe *self, const char *charge_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_http_request_new_segments ("GET", "charges", charge_id, NULL);
  g_autoptr (JsonNode) root = wb_stripe_call (self, request, WB_STRIPE_READ, cancellable, error);
  WbJson               charge;
  const char          *id;

  if (root == NULL)
    return NULL;
  charge = wb_json_root (root, "charge");
  if ((id = wb_json_opt_string (&charge, "payment_intent")) == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "Stripe's charge %s belongs to no PaymentIntent; Waybill cannot capture it",
                 charge_id);
  return g_strdup (id);
}

/**
 * wb_stripe_read_intent:
 * @ref: a PaymentIntent (pi_…) or its charge (ch_…, py_…)
 *
 * Returns: (transfer full): the PaymentIntent with its charge and balance transaction expanded.
 */
JsonNode *
wb_stripe_read_intent (WbStripe *self, const char *ref, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = NULL;
  g_autofree char          *id = NULL;

  if (wb_text_is_empty (ref))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The order names no payment at Stripe");
      return NULL;
    }
  if (g_str_has_prefix (ref, "ch_") || g_str_has_prefix (ref, "py_"))
    id = intent_of_charge (self, ref, cancellable, error);
  else
    id = g_strdup (ref);
  if (id == NULL)
    return NULL;
  request = wb_http_request_new_segments ("GET", "payment_intents", id, NULL);
  wb_http_request_add_query (request, "expand[]", "latest_charge.balance_transaction");
  return wb_stripe_call (self, request, WB_STRIPE_READ, cancellable, error);
}

/* What of the payment is disputed or was lost; inquiries ("warning_…") and won ones take nothing.
 */
static gboolean
read_disputes (WbStripe *self, WbPayment *payment, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", "/disputes");
  g_autoptr (JsonNode)      root = NULL;
  WbJson                    list, data;
  gint64                    sum = 0;
  guint                     n;

  wb_http_request_add_query (request, "payment_intent",
                             wb_record_get_text (payment, WB_PAYMENT_REF));
  wb_http_request_add_query_int (request, "limit", 100);
  if ((root = wb_stripe_call (self, request, WB_STRIPE_READ, cancellable, error)) == NULL)
    return FALSE;
  list = wb_json_root (root, "disputes");
  if (!wb_json_array (&list, "data", &data, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson      at = wb_json_element (&data, i);
      const char *status = wb_json_string (&at, "status", error);
      WbMoney     amount;

      if (status == NULL ||
          !wb_stripe_read_amount (&at, "amount", wb_record_get_text (payment, WB_PAYMENT_CURRENCY),
                                  &amount, error))
        return FALSE;
      if (!g_str_has_prefix (status, "warning") && !g_str_equal (status, "won"))
        sum += amount.minor;
    }
  wb_record_set_int (payment, WB_PAYMENT_DISPUTED, sum);
  return TRUE;
}

/** wb_stripe_read_payment: wb_gateway_read_payment(). */
WbPayment *
wb_stripe_read_payment (WbGateway    *gateway,
                        const char   *payment_ref,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (JsonNode) root =
      wb_stripe_read_intent (WB_STRIPE (gateway), payment_ref, cancellable, error);
  g_autoptr (WbPayment) payment = NULL;
  WbJson                intent, charge;

  if (root == NULL)
    return NULL;
  intent = wb_json_root (root, "payment_intent");
  charge = wb_json_member (&intent, "latest_charge");
  payment = wb_stripe_parse_intent (&intent, error);
  if (payment == NULL ||
      (wb_json_is_object (&charge) && wb_json_bool (&charge, "disputed", FALSE) &&
       !read_disputes (WB_STRIPE (gateway), payment, cancellable, error)))
    return NULL;
  return g_steal_pointer (&payment);
}
