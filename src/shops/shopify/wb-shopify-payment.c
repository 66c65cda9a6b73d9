/* SPDX-License-Identifier: GPL-3.0-or-later
 * A Shopify shop as a gateway: the payment of an order, as its transactions have it. The payment
 * goes by the order's number; which authorisation is captured is read anew each time. */
#include <string.h>

#include "wb-shopify-balance.h"
#include "wb-text.h"

#define CLOCK_SLACK 30 /* seconds the shop's clock may be before ours beyond what was measured */

/* One authorisation and what became of it. */
typedef struct
{
  char     *gid;
  gint64    amount;
  gint64    taken;
  gboolean  voided;
  gboolean  multi;
  WbInstant until;
} Authorisation;

typedef struct
{
  char      currency[4];
  GArray   *authorisations; /* of Authorisation */
  gint64    authorised;
  gint64    captured;
  gint64    refunded;
  gint64    capturable; /* as the shop says, of the whole order */
  gboolean  by_gateway; /* at least one transaction of a real gateway */
  gboolean  waiting;    /* a capture is under way */
  char     *money;      /* the order's state */
  JsonNode *root;
  JsonNode *order;
} Standing;

static void
standing_clear (Standing *standing)
{
  for (guint i = 0; standing->authorisations != NULL && i < standing->authorisations->len; i++)
    g_free (g_array_index (standing->authorisations, Authorisation, i).gid);
  g_clear_pointer (&standing->authorisations, g_array_unref);
  g_clear_pointer (&standing->money, g_free);
  g_clear_pointer (&standing->root, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Standing, standing_clear)

static gboolean
is (const WbJson *at, const char *name, const char *value)
{
  return g_strcmp0 (wb_json_opt_string (at, name), value) == 0;
}

static Authorisation *
find_authorisation (Standing *standing, const char *gid)
{
  for (guint i = 0; gid != NULL && i < standing->authorisations->len; i++)
    {
      Authorisation *one = &g_array_index (standing->authorisations, Authorisation, i);

      if (g_str_equal (one->gid, gid))
        return one;
    }
  return NULL;
}

/* A sale or a capture whose amount is not known to have failed takes from its authorisation. */
static gboolean
take_transaction (Standing *standing, const WbJson *at, GError **error)
{
  const char    *status = wb_json_opt_string (at, "status");
  WbJson         parent_at = wb_json_member (at, "parentTransaction");
  Authorisation *parent = find_authorisation (standing, wb_json_opt_string (&parent_at, "id"));
  gboolean       done = g_strcmp0 (status, "SUCCESS") == 0;
  gint64         amount;

  if (!wb_shopify_bag (at, "amountSet", standing->currency, &amount, error))
    return FALSE;
  if (!wb_json_bool (at, "manualPaymentGateway", FALSE))
    standing->by_gateway = TRUE;
  if (is (at, "kind", "CAPTURE") && parent != NULL &&
      (g_strcmp0 (status, "PENDING") == 0 || g_strcmp0 (status, "AWAITING_RESPONSE") == 0))
    {
      standing->waiting = TRUE;
      parent->taken += amount;
    }
  if (!done)
    return TRUE;
  if (is (at, "kind", "CAPTURE") || is (at, "kind", "SALE"))
    {
      standing->captured += amount;
      if (parent != NULL)
        parent->taken += amount;
    }
  else if (is (at, "kind", "REFUND"))
    standing->refunded += amount;
  else if (is (at, "kind", "VOID") && parent != NULL)
    parent->voided = TRUE;
  return TRUE;
}

static gboolean
add_authorisation (Standing *standing, const WbJson *at, GError **error)
{
  Authorisation one = { .multi = wb_json_bool (at, "multiCapturable", FALSE) };
  const char   *gid = wb_json_opt_string (at, "id");

  if (gid == NULL || !is (at, "status", "SUCCESS") ||
      (!is (at, "kind", "AUTHORIZATION") && !is (at, "kind", "EMV_AUTHORIZATION")))
    return TRUE;
  if (!wb_shopify_bag (at, "amountSet", standing->currency, &one.amount, error) ||
      !wb_json_opt_instant (at, "authorizationExpiresAt", &one.until, error))
    return FALSE;
  one.gid = g_strdup (gid);
  standing->authorised += one.amount;
  g_array_append_val (standing->authorisations, one);
  return TRUE;
}

static gboolean
read_standing (WbShopifyShop *self,
               const char    *order_ref,
               Standing      *standing,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree char *gid = NULL;
  const char      *currency;
  WbJson           at, list;
  guint            n;

  if (!wb_shopify_check_ref (order_ref, error))
    return FALSE;
  gid = wb_shopify_gid ("Order", order_ref);
  standing->root =
      wb_shopify_call_order (self, "payment.graphql", wb_graphql_object ("id", 's', gid, NULL),
                             order_ref, &standing->order, cancellable, error);
  if (standing->root == NULL)
    return FALSE;
  at = wb_json_root (standing->order, "order");
  currency = wb_json_string (&at, "presentmentCurrencyCode", error);
  if (currency == NULL || !wb_json_array (&at, "transactions", &list, &n, error))
    return FALSE;
  g_strlcpy (standing->currency, currency, sizeof standing->currency);
  standing->authorisations = g_array_new (FALSE, TRUE, sizeof (Authorisation));
  standing->money = g_strdup (wb_json_opt_string (&at, "displayFinancialStatus"));
  if (!wb_shopify_bag (&at, "totalCapturableSet", currency, &standing->capturable, error))
    return FALSE;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      {
        WbJson one = wb_json_element (&list, i);

        if (!(pass == 0 ? add_authorisation (standing, &one, error)
                        : take_transaction (standing, &one, error)))
          return FALSE;
      }
  return TRUE;
}

static gint64
left_of (const Authorisation *one)
{
  return one->voided ? 0 : MAX (one->amount - one->taken, 0);
}

/* The authorisation that is captured from: the one that covers most. */
static Authorisation *
best (Standing *standing)
{
  Authorisation *found = NULL;

  for (guint i = 0; i < standing->authorisations->len; i++)
    {
      Authorisation *one = &g_array_index (standing->authorisations, Authorisation, i);

      if (left_of (one) > 0 && (found == NULL || left_of (one) > left_of (found)))
        found = one;
    }
  return found;
}

/* What may be captured in one go: the shop's own figure, and never more than the authorisation has
 * left. One that is taken from already and is for a single capture has nothing left. */
static gint64
capturable_of (Standing *standing, const Authorisation *one)
{
  if (one == NULL || (!one->multi && one->taken > 0))
    return 0;
  return MIN (left_of (one), standing->capturable);
}

static const char *
state_of (Standing *standing, gint64 capturable)
{
  if (standing->captured > 0)
    return WB_PAYMENT_STATE_CAPTURED;
  if (capturable > 0 || standing->waiting)
    return WB_PAYMENT_STATE_AUTHORISED;
  if (g_strcmp0 (standing->money, "VOIDED") == 0)
    return WB_PAYMENT_STATE_CANCELLED;
  if (standing->authorised > 0)
    return WB_PAYMENT_STATE_LAPSED;
  return WB_PAYMENT_STATE_UNPAID;
}

static gboolean
probe (WbGateway *gateway, char **summary, GCancellable *cancellable, GError **error)
{
  g_auto (WbShopFindings) findings = { 0 };

  if (!wb_shopify_probe (WB_SHOP (gateway), &findings, cancellable, error))
    return FALSE;
  *summary = g_strdup (findings.name);
  return TRUE;
}

/* See wb_gateway_read_payment(). An order paid by hand (transfer, at the door) or not at all is
 * %WB_ERROR_NOT_FOUND: the shop captures nothing for it. */
static WbPayment *
read_payment (WbGateway    *gateway,
              const char   *payment_ref,
              GCancellable *cancellable,
              GError      **error)
{
  g_auto (Standing)     standing = { 0 };
  g_autoptr (WbPayment) payment = wb_payment_new ();
  Authorisation        *one;
  gint64                capturable;

  if (!read_standing (WB_SHOPIFY_SHOP (gateway), payment_ref, &standing, cancellable, error))
    return NULL;
  if (!standing.by_gateway)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
                   "The shop takes no money for this order by a gateway of its own");
      return NULL;
    }
  one = best (&standing);
  capturable = capturable_of (&standing, one);
  wb_record_set_text (payment, WB_PAYMENT_REF, payment_ref);
  wb_record_set_text (payment, WB_PAYMENT_CHARGE_REF, one != NULL ? one->gid : NULL);
  wb_record_set_text (payment, WB_PAYMENT_CURRENCY, standing.currency);
  wb_record_set_text (payment, WB_PAYMENT_STATE, state_of (&standing, capturable));
  wb_record_set_int (payment, WB_PAYMENT_AUTHORISED, MAX (standing.authorised, standing.captured));
  wb_record_set_int (payment, WB_PAYMENT_CAPTURABLE, capturable);
  wb_record_set_int (payment, WB_PAYMENT_CAPTURED, standing.captured);
  wb_record_set_int (payment, WB_PAYMENT_REFUNDED, standing.refunded);
  wb_record_set_bool (payment, WB_PAYMENT_MULTI_CAPTURE, one != NULL && one->multi);
  wb_record_set_int (payment, WB_PAYMENT_CAPTURE_BEFORE, one != NULL ? one->until : 0);
  return g_steal_pointer (&payment);
}

/* ---- capture ---- */

static const struct
{
  const char *code;
  WbError     error;
} failures[] = {
  { "AUTHORIZATION_EXPIRED", WB_ERROR_EXPIRED }, { "AMAZON_PAYMENTS_STALE", WB_ERROR_EXPIRED },
  { "AMOUNT_TOO_LARGE", WB_ERROR_TOO_MUCH },     { "PROCESSING_ERROR", WB_ERROR_UNSURE },
  { "PAYMENT_PROVIDER_ERROR", WB_ERROR_UNSURE },
};

static gboolean
fail_capture (const WbJson *transaction, GError **error)
{
  const char *code = wb_json_opt_string (transaction, "errorCode");
  WbError     meaning = WB_ERROR_DECLINED;

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_strcmp0 (failures[i].code, code) == 0)
      meaning = failures[i].error;
  g_set_error (error, WB_ERROR, meaning, "The shop could not capture the payment: %s",
               code != NULL ? code : "it gives no reason");
  return FALSE;
}

/* What the shop says it took. */
static gboolean
take_movement (const WbJson *transaction,
               const char   *currency,
               WbMovement   *movement,
               GError      **error)
{
  const char *status = wb_json_opt_string (transaction, "status");
  gint64      amount;

  if (g_strcmp0 (status, "FAILURE") == 0 || g_strcmp0 (status, "ERROR") == 0)
    return fail_capture (transaction, error);
  if (g_strcmp0 (status, "SUCCESS") != 0 ||
      !wb_shopify_bag (transaction, "amountSet", currency, &amount, NULL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The shop has taken the capture on but not finished it: %s",
                   status != NULL ? status : "no state");
      return FALSE;
    }
  movement->ref = wb_shopify_ref (transaction, "id");
  movement->amount = wb_money (amount, currency);
  return TRUE;
}

static gboolean
check_ask (Standing *standing, const WbMoneyAsk *ask, const Authorisation *one, GError **error)
{
  gint64 capturable = capturable_of (standing, one);

  if (!g_str_equal (ask->amount.currency, standing->currency))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The payment is in %s, the capture in %s",
                 standing->currency, ask->amount.currency);
  else if (capturable == 0 && standing->captured > 0)
    g_set_error (error, WB_ERROR, WB_ERROR_ALREADY,
                 "The shop has captured this payment already; nothing is left of it");
  else if (capturable == 0)
    g_set_error (
        error, WB_ERROR, WB_ERROR_EXPIRED,
        "The shop has nothing left to capture: the authorisation has lapsed or was voided");
  else if (ask->amount.minor > capturable)
    g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                 "More is to be captured than the shop's authorisation has left");
  else
    return TRUE;
  return FALSE;
}

static gboolean
capture (WbGateway        *gateway,
         const WbMoneyAsk *ask,
         WbMovement       *movement,
         GCancellable     *cancellable,
         GError          **error)
{
  WbShopifyShop       *self = WB_SHOPIFY_SHOP (gateway);
  g_auto (Standing)    standing = { 0 };
  g_autofree char     *amount = wb_money_to_decimal (ask->amount);
  g_autofree char     *gid = NULL;
  g_autoptr (JsonNode) payload = NULL;
  Authorisation       *one;
  JsonNode            *input;
  WbJson               at, transaction;

  if (!read_standing (self, ask->payment_ref, &standing, cancellable, error))
    return FALSE;
  one = best (&standing);
  if (!check_ask (&standing, ask, one, error))
    return FALSE;
  gid = wb_shopify_gid ("Order", ask->payment_ref);
  input = wb_graphql_object ("id", 's', gid, "parentTransactionId", 's', one->gid, "amount", 's',
                             amount, "currency", 's', standing.currency, NULL);
  if (one->multi)
    json_object_set_boolean_member (json_node_get_object (input), "finalCapture",
                                    ask->amount.minor == left_of (one));
  if (!wb_shopify_mutate (self, "capture.graphql", "orderCapture", "userErrors",
                          wb_graphql_object ("input", 'n', input, NULL), &payload, cancellable,
                          error))
    return FALSE;
  at = wb_json_root (payload, "orderCapture");
  transaction = wb_json_member (&at, "transaction");
  return take_movement (&transaction, standing.currency, movement, error);
}

/* Looks for a capture of that amount, made since the request was first sent. */
static WbMovementFinding
find_capture (WbGateway        *gateway,
              const WbMoneyAsk *ask,
              WbMovement       *movement,
              GCancellable     *cancellable,
              GError          **error)
{
  WbShopifyShop    *self = WB_SHOPIFY_SHOP (gateway);
  g_auto (Standing) standing = { 0 };
  WbInstant         since;
  WbJson            at, list;
  guint             n;

  if (!read_standing (self, ask->payment_ref, &standing, cancellable, error))
    return WB_MOVEMENT_UNKNOWN;
  since = ask->first_sent_at + self->clock_offset - CLOCK_SLACK;
  at = wb_json_root (standing.order, "order");
  if (!wb_json_array (&at, "transactions", &list, &n, error))
    return WB_MOVEMENT_UNKNOWN;
  for (guint i = 0; i < n; i++)
    {
      WbJson    one = wb_json_element (&list, i);
      WbInstant made = 0;
      gint64    amount = 0;

      if (!is (&one, "kind", "CAPTURE") || is (&one, "status", "FAILURE") ||
          is (&one, "status", "ERROR") || !wb_json_opt_instant (&one, "createdAt", &made, NULL) ||
          made < since || !wb_shopify_bag (&one, "amountSet", standing.currency, &amount, NULL) ||
          amount != ask->amount.minor)
        continue;
      if (take_movement (&one, standing.currency, movement, NULL))
        return WB_MOVEMENT_FOUND;
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "The shop has not finished the capture");
      return WB_MOVEMENT_UNKNOWN;
    }
  return WB_MOVEMENT_NOT_MADE;
}

/* Gives back what of the authorisation is not captured. */
static gboolean
cancel (WbGateway *gateway, const WbMoneyAsk *ask, GCancellable *cancellable, GError **error)
{
  WbShopifyShop    *self = WB_SHOPIFY_SHOP (gateway);
  g_auto (Standing) standing = { 0 };
  Authorisation    *one;

  if (!read_standing (self, ask->payment_ref, &standing, cancellable, error))
    return FALSE;
  one = best (&standing);
  if (one == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_ALREADY,
                   "The shop holds no authorisation of this order any more");
      return FALSE;
    }
  return wb_shopify_mutate (self, "void.graphql", "transactionVoid", "userErrors",
                            wb_graphql_object ("parentTransactionId", 's', one->gid, NULL), NULL,
                            cancellable, error);
}

/** wb_shopify_gateway_iface_init: what the shop can do as a gateway; refunds go by the shop. */
void
wb_shopify_gateway_iface_init (WbGatewayInterface *iface)
{
  iface->probe = probe;
  iface->read_payment = read_payment;
  iface->capture = capture;
  iface->find_capture = find_capture;
  iface->cancel = cancel;
  iface->list_money = wb_shopify_list_money;
  iface->list_payouts = wb_shopify_list_payouts;
  iface->read_payout = wb_shopify_read_payout;
  iface->list_payout_items = wb_shopify_list_payout_items;
}
