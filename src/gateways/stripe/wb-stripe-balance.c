/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe's balance: each movement with what it brought in the account's own currency. */
#include "wb-stripe-private.h"

#include "wb-text.h"

#include <string.h>

/* What a type is for us; what is not here is an adjustment. Those of “payment” are the same for
 * methods that are no cards. */
static const struct
{
  const char *type;
  const char *kind;
} kinds[] = {
  { "charge", WB_MOVED_CAPTURED },
  { "payment", WB_MOVED_CAPTURED },
  { "refund", WB_MOVED_REFUNDED },
  { "payment_refund", WB_MOVED_REFUNDED },
  { "refund_failure", WB_MOVED_REFUNDED },
  { "payment_failure_refund", WB_MOVED_REFUNDED },
  { "payment_reversal", WB_MOVED_REFUNDED },
  { "stripe_fee", WB_MOVED_FEE },
  { "stripe_fx_fee", WB_MOVED_FEE },
  { "tax_fee", WB_MOVED_FEE },
  { "payout", WB_MOVED_PAYOUT },
  { "payout_cancel", WB_MOVED_PAYOUT },
  { "payout_failure", WB_MOVED_PAYOUT },
};

/* Stripe books disputes as adjustments; their reporting category, and the object, tell. */
static const char *
kind_of (const char *type, const char *category, const WbJson *source)
{
  if (category != NULL && g_str_has_prefix (category, "dispute"))
    return WB_MOVED_DISPUTE;
  if (g_strcmp0 (wb_json_opt_string (source, "object"), "dispute") == 0)
    return WB_MOVED_DISPUTE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      return kinds[i].kind;
  return WB_MOVED_ADJUSTMENT;
}

static void
set_kind (const WbJson *at, const WbJson *source, WbBalance *item, const char *type)
{
  const char      *category = wb_json_opt_string (at, "reporting_category");
  const char      *description = wb_json_opt_string (at, "description");
  g_autofree char *note =
      description != NULL ? g_strdup_printf ("%s: %s", type, description) : g_strdup (type);

  wb_record_set_text (item, WB_BALANCE_KIND, kind_of (type, category, source));
  wb_record_take_text (item, WB_BALANCE_NOTE, wb_text_one_line (note));
}

/* Kept as text, for no money is worked out with it; fifteen digits give back what Stripe wrote. */
static void
set_rate (const WbJson *at, WbBalance *item)
{
  WbJson rate = wb_json_member (at, "exchange_rate");
  char   digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (rate.node != NULL && JSON_NODE_HOLDS_VALUE (rate.node) &&
      (json_node_get_value_type (rate.node) == G_TYPE_DOUBLE ||
       json_node_get_value_type (rate.node) == G_TYPE_INT64))
    wb_record_set_text (
        item, WB_BALANCE_RATE,
        g_ascii_formatd (digits, sizeof digits, "%.15g", json_node_get_double (rate.node)));
}

static gboolean
read_settlement (const WbJson *at, WbBalance *item, GError **error)
{
  g_autofree char *currency = wb_stripe_read_currency (at, error);
  WbMoney          gross, fee, net;
  gint64           available;
  WbInstant        created;

  if (currency == NULL || !wb_stripe_read_amount (at, "amount", currency, &gross, error) ||
      !wb_stripe_read_amount (at, "fee", currency, &fee, error) ||
      !wb_stripe_read_amount (at, "net", currency, &net, error) ||
      !wb_json_int (at, "created", &created, error) ||
      !wb_json_opt_int (at, "available_on", 0, &available, error))
    return FALSE;
  if (net.minor != gross.minor - fee.minor)
    {
      WbJson bad = wb_json_member (at, "net");

      return wb_json_fail (&bad, "the amount less the fee", error);
    }
  wb_record_set_text (item, WB_BALANCE_SETTLE_CURRENCY, currency);
  wb_record_set_int (item, WB_BALANCE_GROSS, gross.minor);
  wb_record_set_int (item, WB_BALANCE_FEE, fee.minor);
  wb_record_set_int (item, WB_BALANCE_NET, net.minor);
  wb_record_set_int (item, WB_BALANCE_AT, created);
  wb_record_set_int (item, WB_BALANCE_AVAILABLE_AT, available);
  return TRUE;
}

static const char *
id_of (const WbJson *at, const char *name)
{
  WbJson child = wb_json_member (at, name);

  return wb_json_is_object (&child) ? wb_json_opt_string (&child, "id")
                                    : wb_json_opt_string (at, name);
}

/* What the customer saw: the object's own currency and amount, with the movement's sign. */
static gboolean
read_presentment (const WbJson *source, WbBalance *item, GError **error)
{
  const char      *settle = wb_record_get_text (item, WB_BALANCE_SETTLE_CURRENCY);
  gint64           gross = wb_record_get_int (item, WB_BALANCE_GROSS);
  g_autofree char *currency = NULL;
  const char      *name = "amount";
  WbMoney          amount;

  if (wb_json_is_object (source) && wb_json_opt_string (source, "currency") != NULL &&
      (currency = wb_stripe_read_currency (source, error)) == NULL)
    return FALSE;
  if (currency == NULL || g_str_equal (currency, settle))
    {
      wb_record_set_text (item, WB_BALANCE_CURRENCY, settle);
      wb_record_set_int (item, WB_BALANCE_AMOUNT, gross);
      return TRUE;
    }
  if (g_strcmp0 (wb_json_opt_string (source, "object"), "charge") == 0)
    name = "amount_captured";
  if (!wb_stripe_read_amount (source, name, currency, &amount, error))
    return FALSE;
  wb_record_set_text (item, WB_BALANCE_CURRENCY, currency);
  wb_record_set_int (item, WB_BALANCE_AMOUNT, gross < 0 ? -ABS (amount.minor) : ABS (amount.minor));
  return TRUE;
}

static void
read_owner (const WbJson *at, const WbJson *source, WbBalance *item)
{
  const char *object = id_of (at, "source");
  WbJson      metadata = wb_json_member (source, "metadata");

  wb_record_set_text (item, WB_BALANCE_OBJECT_REF, object);
  if (!wb_json_is_object (source))
    return;
  wb_record_set_text (item, WB_BALANCE_PAYMENT_REF, id_of (source, "payment_intent"));
  if (g_strcmp0 (wb_json_opt_string (source, "object"), "charge") == 0)
    wb_record_set_text (item, WB_BALANCE_CHARGE_REF, object);
  else
    wb_record_set_text (item, WB_BALANCE_CHARGE_REF, id_of (source, "charge"));
  wb_record_set_text (item, WB_BALANCE_REFERENCE,
                      wb_json_opt_string (&metadata, WB_STRIPE_REFERENCE));
}

/**
 * wb_stripe_read_balance:
 * @at: a balance transaction whose source is expanded as far as Stripe does so
 *
 * Adds a #WbBalance to @items. %WB_ERROR_INVALID with the path of what is not as documented.
 */
gboolean
wb_stripe_read_balance (const WbJson *at, GPtrArray *items, GError **error)
{
  g_autoptr (WbBalance) item = wb_balance_new ();
  WbJson                source = wb_json_member (at, "source");
  const char           *id = wb_json_string (at, "id", error);
  const char           *type = id != NULL ? wb_json_string (at, "type", error) : NULL;

  if (type == NULL || !read_settlement (at, item, error) ||
      !read_presentment (&source, item, error))
    return FALSE;
  wb_record_set_text (item, WB_BALANCE_REF, id);
  set_kind (at, &source, item, type);
  set_rate (at, item);
  read_owner (at, &source, item);
  g_ptr_array_add (items, g_steal_pointer (&item));
  return TRUE;
}

/** wb_stripe_list_money: wb_gateway_list_money(). */
gboolean
wb_stripe_list_money (WbGateway    *gateway,
                      const char   *cursor,
                      WbMoneyPage  *page,
                      GCancellable *cancellable,
                      GError      **error)
{
  static const char *const query[] = { "expand[]", "data.source", NULL };

  return wb_stripe_list_page (WB_STRIPE (gateway), "/balance_transactions", query, cursor,
                              wb_stripe_read_balance, g_object_unref, page, cancellable, error);
}
