/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe's payouts to the bank, and what is in them. */
#include "wb-stripe-private.h"

#include "wb-text.h"

#include <string.h>

static const struct
{
  const char *status;
  const char *state;
} states[] = {
  { "pending", WB_PAYOUT_STATE_PENDING },    { "in_transit", WB_PAYOUT_STATE_TRANSIT },
  { "paid", WB_PAYOUT_STATE_PAID },          { "failed", WB_PAYOUT_STATE_FAILED },
  { "canceled", WB_PAYOUT_STATE_CANCELLED },
};

static const char *
state_of (const WbJson *at, GError **error)
{
  const char *status = wb_json_string (at, "status", error);
  WbJson      bad = wb_json_member (at, "status");

  if (status == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].status, status))
      return states[i].state;
  wb_json_fail (&bad, "a payout's status that Waybill knows", error);
  return NULL;
}

static void
read_words (const WbJson *at, WbPayout *payout)
{
  WbJson      trace = wb_json_member (at, "trace_id");
  const char *bank_ref = wb_json_opt_string (&trace, "value");
  const char *failure = wb_json_opt_string (at, "failure_message");

  if (bank_ref == NULL)
    bank_ref = wb_json_opt_string (at, "statement_descriptor");
  wb_record_set_text (payout, WB_PAYOUT_BANK_REF, bank_ref);
  wb_record_set_text (payout, WB_PAYOUT_NOTE,
                      failure != NULL ? failure : wb_json_opt_string (at, "description"));
}

/* Only an automatic payout has items, and they are complete only when Stripe says that its own
 * reconciliation is. */
static gboolean
read_payout (const WbJson *at, GPtrArray *payouts, GError **error)
{
  g_autoptr (WbPayout) payout = wb_payout_new ();
  const char          *id = wb_json_string (at, "id", error);
  g_autofree char     *currency = id != NULL ? wb_stripe_read_currency (at, error) : NULL;
  const char          *state = currency != NULL ? state_of (at, error) : NULL;
  gboolean             automatic = wb_json_bool (at, "automatic", FALSE);
  WbMoney              amount;
  gint64               made, arrives;

  if (state == NULL || !wb_stripe_read_amount (at, "amount", currency, &amount, error) ||
      !wb_json_int (at, "created", &made, error) ||
      !wb_json_opt_int (at, "arrival_date", 0, &arrives, error))
    return FALSE;
  wb_record_set_text (payout, WB_PAYOUT_REF, id);
  wb_record_set_text (payout, WB_PAYOUT_STATE, state);
  wb_record_set_bool (payout, WB_PAYOUT_AUTOMATIC, automatic);
  wb_record_set_bool (
      payout, WB_PAYOUT_ITEMISED,
      automatic && g_strcmp0 (wb_json_opt_string (at, "reconciliation_status"), "completed") == 0);
  wb_record_set_text (payout, WB_PAYOUT_CURRENCY, currency);
  wb_record_set_int (payout, WB_PAYOUT_AMOUNT, amount.minor);
  wb_record_set_int (payout, WB_PAYOUT_MADE_AT, made);
  wb_record_set_int (payout, WB_PAYOUT_ARRIVES_AT, arrives);
  read_words (at, payout);
  g_ptr_array_add (payouts, g_steal_pointer (&payout));
  return TRUE;
}

/** wb_stripe_list_payouts: wb_gateway_list_payouts(). Stripe lists by the instant of making. */
GPtrArray *
wb_stripe_list_payouts (WbGateway    *gateway,
                        WbInstant     since,
                        GCancellable *cancellable,
                        GError      **error)
{
  return wb_stripe_list_all (WB_STRIPE (gateway), "/payouts", NULL, since, read_payout,
                             g_object_unref, cancellable, error);
}

/** wb_stripe_read_payout: wb_gateway_read_payout(). */
WbPayout *
wb_stripe_read_payout (WbGateway    *gateway,
                       const char   *payout_ref,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_http_request_new_segments ("GET", "payouts", payout_ref, NULL);
  g_autoptr (JsonNode) root =
      wb_stripe_call (WB_STRIPE (gateway), request, WB_STRIPE_READ, cancellable, error);
  g_autoptr (GPtrArray) payouts = g_ptr_array_new_with_free_func (g_object_unref);
  WbJson                at = wb_json_root (root, "payout");

  if (root == NULL || !read_payout (&at, payouts, error))
    return NULL;
  return g_object_ref (payouts->pdata[0]);
}

/* The payout's own movement is in its list too. */
static gboolean
read_item (const WbJson *at, GPtrArray *items, GError **error)
{
  if (g_strcmp0 (wb_json_opt_string (at, "type"), "payout") == 0)
    return TRUE;
  return wb_stripe_read_balance (at, items, error);
}

/** wb_stripe_list_payout_items: wb_gateway_list_payout_items(). Refused for a payout made by hand:
 * Stripe does not know what is in it. */
GPtrArray *
wb_stripe_list_payout_items (WbGateway    *gateway,
                             const char   *payout_ref,
                             GCancellable *cancellable,
                             GError      **error)
{
  g_autoptr (WbPayout) payout = wb_stripe_read_payout (gateway, payout_ref, cancellable, error);
  const char          *query[] = { "payout", payout_ref, "expand[]", "data.source", NULL };

  if (payout == NULL)
    return NULL;
  if (!wb_record_get_bool (payout, WB_PAYOUT_AUTOMATIC))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "The payout %s was asked for by hand: Stripe cannot say which payments are in "
                   "it. Switch to automatic payouts to have them proven to the cent",
                   payout_ref);
      return NULL;
    }
  if (!wb_record_get_bool (payout, WB_PAYOUT_ITEMISED))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
                   "Stripe is still collecting what is in the payout %s; ask again later",
                   payout_ref);
      return NULL;
    }
  return wb_stripe_list_all (WB_STRIPE (gateway), "/balance_transactions", query, 0, read_item,
                             g_object_unref, cancellable, error);
}
