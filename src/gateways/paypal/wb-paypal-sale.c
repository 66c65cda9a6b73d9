/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading what PayPal has of a sale: the order with its authorisations, captures and refunds, by
 * whichever of their names the shop noted. PayPal's names all look alike. */
#include "wb-paypal-private.h"

#include <string.h>

static const struct
{
  const char *kind;
  const char *api[3];
} places[] = {
  { "order", { "v2", "checkout", "orders" } },
  { "authorization", { "v2", "payments", "authorizations" } },
  { "capture", { "v2", "payments", "captures" } },
};

static JsonNode *
get (WbPaypal *self, guint place, const char *id, GCancellable *cancellable, GError **error)
{
  const char *const        *api = places[place].api;
  g_autoptr (WbHttpRequest) request =
      wb_http_request_new_segments ("GET", api[0], api[1], api[2], id, NULL);

  return wb_paypal_call (self, request, WB_PAYPAL_READ, cancellable, error);
}

static const char *
order_of (JsonNode *root)
{
  WbJson object = wb_json_root (root, "payment");
  WbJson data = wb_json_member (&object, "supplementary_data");
  WbJson related = wb_json_member (&data, "related_ids");

  return wb_json_opt_string (&related, "order_id");
}

/** wb_paypal_took_money: whether a capture in this state took the money or is about to
 * (“PENDING”): it is not to be made again. */
gboolean
wb_paypal_took_money (const WbJson *capture)
{
  const char *status = wb_json_opt_string (capture, "status");

  return g_strcmp0 (status, "DECLINED") != 0 && g_strcmp0 (status, "FAILED") != 0;
}

/** wb_paypal_gave_money: the same of a refund. */
gboolean
wb_paypal_gave_money (const WbJson *refund)
{
  const char *status = wb_json_opt_string (refund, "status");

  return g_strcmp0 (status, "CANCELLED") != 0 && g_strcmp0 (status, "FAILED") != 0;
}

/**
 * wb_paypal_belongs_to:
 * @object: a capture or a refund
 * @kind: “authorizations” or “captures”
 *
 * Whether its link “up” leads to @id; %TRUE too where it has no such link, which PayPal leaves out
 * of some replies.
 */
gboolean
wb_paypal_belongs_to (const WbJson *object, const char *kind, const char *id)
{
  g_autofree char *end = g_strdup_printf ("/%s/%s", kind, id);
  WbJson           links;
  guint            n;

  if (!wb_json_array (object, "links", &links, &n, NULL))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      WbJson link = wb_json_element (&links, i);

      if (g_strcmp0 (wb_json_opt_string (&link, "rel"), "up") == 0)
        return g_str_has_suffix (wb_json_opt_string (&link, "href"), end);
    }
  return TRUE;
}

/* Whether the movement of @mark is there; filled then. */
static WbMovementFinding
find_mark (const WbPaypalMark *mark, WbMovement *movement, GError **error)
{
  for (guint i = 0; i < mark->n; i++)
    {
      WbJson      one = wb_json_element (mark->list, i);
      const char *value = wb_json_opt_string (&one, mark->member);

      if (value != NULL && g_strcmp0 (value, mark->value) == 0 && mark->moved (&one))
        return wb_paypal_read_movement (&one, movement, error) ? WB_MOVEMENT_FOUND
                                                               : WB_MOVEMENT_UNKNOWN;
    }
  return WB_MOVEMENT_NOT_MADE;
}

/* %WB_ERROR_ALREADY when the movement of @mark is there. PayPal forgets a key after 45 days: so it
 * is looked for every time; the read has been made already. */
static gboolean
check_not_made (const WbPaypalMark *mark, const WbMoneyAsk *ask, GError **error)
{
  g_auto (WbMovement) earlier = { 0 };

  switch (find_mark (mark, &earlier, error))
    {
    case WB_MOVEMENT_NOT_MADE:
      return TRUE;
    case WB_MOVEMENT_FOUND:
      g_set_error (error, WB_ERROR, WB_ERROR_ALREADY,
                   "PayPal has moved this money before: %s, for %s of %s", earlier.ref, mark->value,
                   ask->payment_ref);
      return FALSE;
    case WB_MOVEMENT_UNKNOWN:
    default:
      return FALSE;
    }
}

static gboolean
is_open (const WbJson *authorisation)
{
  const char *status = wb_json_opt_string (authorisation, "status");

  return g_strcmp0 (status, "CREATED") == 0 || g_strcmp0 (status, "PARTIALLY_CAPTURED") == 0;
}

/* The last one that can still be captured; else the last one there was. */
static void
choose_authorisation (WbPaypalSale *sale, const WbJson *payments)
{
  WbJson all;
  guint  n;

  if (!wb_json_array (payments, "authorizations", &all, &n, NULL))
    return;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&all, i);

      /* Copied: the array itself lives on this stack only. */
      if (i == 0)
        sale->first = wb_json_root (one.node, "authorization");
      if (is_open (&one) || !sale->live)
        sale->authorisation = wb_json_root (one.node, "authorization");
      sale->live = sale->live || is_open (&one);
    }
}

static WbJson
own_array (const WbJson *payments, const char *name, guint *n)
{
  WbJson array = { 0 };

  *n = 0;
  if (!wb_json_array (payments, name, &array, n, NULL))
    return wb_json_root (NULL, name);
  return wb_json_root (array.node, name);
}

static gboolean
take_order (WbPaypalSale *sale, GError **error)
{
  WbJson units, unit, payments;
  guint  n;

  sale->order = wb_json_root (sale->root, "order");
  if (!wb_json_array (&sale->order, "purchase_units", &units, &n, error))
    return FALSE;
  if (n != 1)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The order at PayPal is split among %u sellers; Waybill captures orders of one",
                   n);
      return FALSE;
    }
  unit = wb_json_element (&units, 0);
  payments = wb_json_member (&unit, "payments");
  choose_authorisation (sale, &payments);
  sale->captures = own_array (&payments, "captures", &sale->n_captures);
  sale->refunds = own_array (&payments, "refunds", &sale->n_refunds);
  return TRUE;
}

/* A renewed authorisation is read by its own name; the order may not list it. */
static void
take_lone (WbPaypalSale *sale)
{
  WbJson      lone = wb_json_root (sale->lone, "authorization");
  const char *chosen = wb_json_opt_string (&sale->authorisation, "id");

  if (sale->live && g_strcmp0 (chosen, wb_json_opt_string (&lone, "id")) != 0 && !is_open (&lone))
    return;
  sale->authorisation = lone;
  sale->live = is_open (&lone);
}

static gboolean
read_by_part (WbPaypal     *self,
              guint         place,
              const char   *ref,
              WbPaypalSale *sale,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (JsonNode) part = get (self, place, ref, cancellable, error);
  const char          *order_id = part != NULL ? order_of (part) : NULL;

  if (part == NULL)
    return FALSE;
  if (order_id == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "PayPal's %s %s names no order; Waybill cannot see what was captured of it",
                   places[place].kind, ref);
      return FALSE;
    }
  if ((sale->root = get (self, 0, order_id, cancellable, error)) == NULL ||
      !take_order (sale, error))
    return FALSE;
  if (place == 1)
    {
      sale->lone = g_steal_pointer (&part);
      take_lone (sale);
    }
  return TRUE;
}

/**
 * wb_paypal_read_sale:
 * @ref: the name of an order, an authorisation or a capture
 * @sale: (out): zeroed by the caller; to be cleared also after a failure
 *
 * %WB_ERROR_NOT_FOUND when PayPal knows none of the three by that name.
 */
gboolean
wb_paypal_read_sale (
    WbPaypal *self, const char *ref, WbPaypalSale *sale, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  if ((sale->root = get (self, 0, ref, cancellable, &local)) != NULL)
    return take_order (sale, error);
  for (guint place = 1;
       place < G_N_ELEMENTS (places) && g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND);
       place++)
    {
      g_clear_error (&local);
      wb_paypal_sale_clear (sale);
      if (read_by_part (self, place, ref, sale, cancellable, &local))
        return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_paypal_begin:
 * @sale: (out caller-allocates): the order as PayPal has it; empty before
 * @payment: (out) (transfer full): what it comes to
 * @value: (out) (transfer full): the amount of @ask as PayPal writes it
 *
 * What every movement of money begins with: the order is read, and an ask in another currency, an
 * amount that cannot be written, and what was made before (%WB_ERROR_ALREADY) are refused.
 */
gboolean
wb_paypal_begin (WbPaypal         *self,
                 const WbMoneyAsk *ask,
                 WbPaypalMarkOf    mark_of,
                 WbPaypalSale     *sale,
                 WbPayment       **payment,
                 char            **value,
                 GCancellable     *cancellable,
                 GError          **error)
{
  g_autoptr (WbPayment) read = NULL;
  g_autofree char      *written = NULL;
  WbPaypalMark          mark;

  if (!wb_paypal_read_sale (self, ask->payment_ref, sale, cancellable, error) ||
      (read = wb_paypal_parse_sale (sale, ask->payment_ref, error)) == NULL ||
      !wb_paypal_check_ask (ask, wb_record_get_text (read, WB_PAYMENT_CURRENCY), error) ||
      (written = wb_paypal_write_value (ask->amount, error)) == NULL)
    return FALSE;
  mark = mark_of (sale, ask);
  if (!check_not_made (&mark, ask, error))
    return FALSE;
  *payment = g_steal_pointer (&read);
  *value = g_steal_pointer (&written);
  return TRUE;
}

/** wb_paypal_find: whether the movement of @ask was made: the order itself tells, whatever the age
 * of the key. @movement: filled when it was. */
WbMovementFinding
wb_paypal_find (WbPaypal         *self,
                const WbMoneyAsk *ask,
                WbPaypalMarkOf    mark_of,
                WbMovement       *movement,
                GCancellable     *cancellable,
                GError          **error)
{
  g_auto (WbPaypalSale) sale = { 0 };
  WbPaypalMark          mark;

  if (!wb_paypal_read_sale (self, ask->payment_ref, &sale, cancellable, error))
    return WB_MOVEMENT_UNKNOWN;
  mark = mark_of (&sale, ask);
  return find_mark (&mark, movement, error);
}

/** wb_paypal_sale_clear: frees what @sale holds. */
void
wb_paypal_sale_clear (WbPaypalSale *sale)
{
  g_clear_pointer (&sale->root, json_node_unref);
  g_clear_pointer (&sale->lone, json_node_unref);
  memset (sale, 0, sizeof *sale);
}
