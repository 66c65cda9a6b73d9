/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telling a Vendure shop of a shipment, never twice, and never of one that is not paid.
 *
 * A fulfilment is made (addFulfillmentToOrder) and then moved to “Shipped”: two writes, each looked
 * for first. Vendure lets an order be fulfilled and shipped whose payment is only authorised, and
 * leaves it PaymentAuthorized: where the shop takes the money, nothing is told before it is
 * settled. A fulfilment has no place for our reference but its method, which the customer may see:
 * “DHL Paket (P-12)”. */
#include <string.h>

#include "wb-text.h"
#include "wb-vendure-shop.h"

#define HANDLER "manual-fulfillment"

/* What the shop has of a shipment. */
typedef struct
{
  WbVendureLook look;
  char         *id;    /* of our fulfilment, NULL: not there */
  char         *state; /* of it */
} Told;

static void
told_clear (Told *told)
{
  wb_vendure_look_clear (&told->look);
  g_clear_pointer (&told->id, g_free);
  g_clear_pointer (&told->state, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

/* ---- looking ---- */

static char *
method_of (const WbFulfilment *fulfilment)
{
  const char *carrier = fulfilment->carrier, *service = fulfilment->service;
  gboolean    both = !wb_text_is_empty (carrier) && !wb_text_is_empty (service);

  return g_strdup_printf ("%s%s%s%s(%s)", wb_text_is_empty (carrier) ? "" : carrier,
                          both ? " " : "", wb_text_is_empty (service) ? "" : service,
                          wb_text_is_empty (carrier) && wb_text_is_empty (service) ? "" : " ",
                          fulfilment->reference);
}

/* Ours by our reference, or the same parcel told by somebody else: its tracking number. */
static gboolean
is_ours (const WbJson *record, const WbFulfilment *fulfilment)
{
  const char      *method = wb_json_opt_string (record, "method");
  const char      *tracking = wb_json_opt_string (record, "trackingCode");
  g_autofree char *mark = g_strdup_printf ("(%s)", fulfilment->reference);

  return (method != NULL && g_str_has_suffix (method, mark)) ||
         (!wb_text_is_empty (tracking) && g_strcmp0 (tracking, fulfilment->tracking) == 0);
}

static gboolean
look_up (WbVendureShop      *self,
         const WbFulfilment *fulfilment,
         Told               *told,
         GCancellable       *cancellable,
         GError            **error)
{
  WbJson list;
  guint  n = 0;

  if (wb_text_is_empty (fulfilment->reference))
    return wb_vendure_refuse (error, WB_ERROR_INVALID,
                              "A shipment without a reference cannot be told to a shop: it could "
                              "not be found again");
  if (!wb_vendure_look (self, fulfilment->order_ref, &told->look, cancellable, error))
    return FALSE;
  list = wb_json_member (&told->look.order, "fulfillments");
  if (!wb_json_is_null (&list) &&
      !wb_json_array (&told->look.order, "fulfillments", &list, &n, error))
    return FALSE;
  for (guint i = 0; told->id == NULL && i < n; i++)
    {
      WbJson      record = wb_json_element (&list, i);
      const char *state = wb_json_opt_string (&record, "state");

      if (state == NULL || g_str_equal (state, "Cancelled") || !is_ours (&record, fulfilment))
        continue;
      told->id = wb_json_scalar_text (&record, "id");
      told->state = g_strdup (state);
    }
  return TRUE;
}

/* Shipped, or further. */
static gboolean
has_left (const Told *told)
{
  return g_strcmp0 (told->state, "Created") != 0 && g_strcmp0 (told->state, "Pending") != 0;
}

/** wb_vendure_find_report: see wb_shop_find_report(). */
WbFinding
wb_vendure_find_report (WbShop             *shop,
                        const WbFulfilment *fulfilment,
                        char              **remote_id,
                        GCancellable       *cancellable,
                        GError            **error)
{
  g_auto (Told) told = { 0 };

  if (!look_up (WB_VENDURE_SHOP (shop), fulfilment, &told, cancellable, error))
    return WB_FINDING_UNKNOWN;
  if (told.id == NULL)
    return WB_FINDING_NOT_DONE;
  if (remote_id != NULL)
    *remote_id = g_strdup (told.id);
  return has_left (&told) ? WB_FINDING_DONE : WB_FINDING_PARTLY;
}

/* ---- whether it may be told ---- */

static gboolean
check_paid (WbVendureShop      *self,
            const WbFulfilment *fulfilment,
            const Told         *told,
            const char         *code,
            GError            **error)
{
  WbVendureSums sums;

  if (self->pays_elsewhere)
    return TRUE;
  if (!wb_vendure_sum_payments (&told->look.order, &self->reader, &sums, error))
    return FALSE;
  if (sums.settled >= sums.total ||
      (!fulfilment->completes && sums.settled + sums.authorised >= sums.total))
    return TRUE;
  if (sums.authorised > 0)
    return wb_vendure_refuse (
        error, WB_ERROR_REFUSED,
        "The payment of order %s is held in the shop, but not taken. The shop "
        "was not told of the shipment: it would show an unpaid order as "
        "shipped. Settle the payment first",
        code);
  return wb_vendure_refuse (error, WB_ERROR_REFUSED,
                            "Order %s is not paid in the shop. It was not told of the shipment: "
                            "settle the payment there first",
                            code);
}

static gboolean
check_state (WbVendureShop *self, const WbFulfilment *fulfilment, const Told *told, GError **error)
{
  const char *state = wb_vendure_look_state (&told->look);
  const char *code = wb_json_opt_string (&told->look.order, "code");
  const char *meaning = wb_vendure_state_meaning (&self->reader, state);

  if (g_strcmp0 (meaning, WB_SHOP_CANCELLED) == 0)
    return wb_vendure_refuse (error, WB_ERROR_REFUSED,
                              "The shop has order %s as %s. It was not told of the shipment: look "
                              "at the order there first",
                              code, state);
  if (g_str_equal (state, "Modifying") || g_str_equal (state, "ArrangingAdditionalPayment") ||
      wb_vendure_is_cart (&told->look.order))
    return wb_vendure_refuse (error, WB_ERROR_REFUSED,
                              "Somebody is changing order %s in the shop (%s). It was not told of "
                              "the shipment: finish the change there, then try again",
                              code, state);
  return check_paid (self, fulfilment, told, code, error);
}

static gboolean
check_line (const WbJson *order, const char *ref, gint64 wanted, GError **error)
{
  WbJson list;
  guint  n = 0;
  gint64 pieces = 0;

  if (!wb_json_array (order, "lines", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson           line = wb_json_element (&list, i);
      g_autofree char *id = wb_json_scalar_text (&line, "id");
      gint64           told = wb_vendure_fulfilled (&line);

      if (g_strcmp0 (id, ref) != 0)
        continue;
      if (!wb_json_int (&line, "quantity", &pieces, error))
        return FALSE;
      return (wanted > 0 && told + wanted <= pieces) ||
             wb_vendure_refuse (error, WB_ERROR_CONFLICT,
                                "The order in the shop has %" G_GINT64_FORMAT
                                " of line %s, of which %" G_GINT64_FORMAT
                                " are in other fulfilments; %" G_GINT64_FORMAT
                                " more do not fit. Look at the order there",
                                pieces, ref, told, wanted);
    }
  return wb_vendure_refuse (error, WB_ERROR_CONFLICT,
                            "The order in the shop no longer has line %s; it was changed there",
                            ref);
}

static gboolean
check_lines (const Told *told, const WbFulfilment *fulfilment, GError **error)
{
  for (guint i = 0; fulfilment->line_refs != NULL && fulfilment->line_refs[i] != NULL; i++)
    if (!check_line (&told->look.order, fulfilment->line_refs[i], fulfilment->quantities[i], error))
      return FALSE;
  return TRUE;
}

/* ---- telling ---- */

static void
add_argument (JsonArray *list, const char *name, const char *value)
{
  JsonObject *argument = json_object_new ();

  json_object_set_string_member (argument, "name", name);
  json_object_set_string_member (argument, "value", value != NULL ? value : "");
  json_array_add_object_element (list, argument);
}

static JsonObject *
input_of (const WbFulfilment *fulfilment)
{
  JsonObject *variables = json_object_new (), *input = json_object_new (),
             *handler = json_object_new ();
  JsonArray       *lines = json_array_new (), *arguments = json_array_new ();
  g_autofree char *method = method_of (fulfilment);

  for (guint i = 0; fulfilment->line_refs != NULL && fulfilment->line_refs[i] != NULL; i++)
    {
      JsonObject *line = json_object_new ();

      json_object_set_string_member (line, "orderLineId", fulfilment->line_refs[i]);
      json_object_set_int_member (line, "quantity", fulfilment->quantities[i]);
      json_array_add_object_element (lines, line);
    }
  add_argument (arguments, "method", method);
  add_argument (arguments, "trackingCode", fulfilment->tracking);
  json_object_set_string_member (handler, "code", HANDLER);
  json_object_set_array_member (handler, "arguments", arguments);
  json_object_set_array_member (input, "lines", lines);
  json_object_set_object_member (input, "handler", handler);
  json_object_set_object_member (variables, "input", input);
  return variables;
}

static gboolean
make_fulfilment (WbVendureShop      *self,
                 const WbFulfilment *fulfilment,
                 Told               *told,
                 GCancellable       *cancellable,
                 GError            **error)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               rows[3];

  if (!wb_vendure_act (self, "add-fulfillment.graphql", input_of (fulfilment),
                       "addFulfillmentToOrder", &root, rows, cancellable, error))
    return FALSE;
  told->id = wb_json_scalar_text (&rows[2], "id");
  told->state = g_strdup (wb_json_opt_string (&rows[2], "state"));
  return told->id != NULL ||
         wb_vendure_refuse (error, WB_ERROR_UNSURE,
                            "The shop took the shipment, but its answer names no fulfilment");
}

static gboolean
move_on (
    WbVendureShop *self, Told *told, const char *state, GCancellable *cancellable, GError **error)
{
  JsonObject *variables = wb_vendure_id (told->id);

  json_object_set_string_member (variables, "state", state);
  if (wb_vendure_act (self, "transition-fulfillment.graphql", variables,
                      "transitionFulfillmentToState", NULL, NULL, cancellable, error))
    return TRUE;
  if (error != NULL && *error != NULL)
    g_prefix_error (error,
                    "The shop has the shipment, but it was not seen to be marked as %s: ", state);
  return FALSE;
}

/** wb_vendure_report: see wb_shop_report(). remote_id: the fulfilment's id. An order becomes
 * Shipped by itself when the last of its pieces has. */
gboolean
wb_vendure_report (WbShop             *shop,
                   const WbFulfilment *fulfilment,
                   char              **remote_id,
                   GCancellable       *cancellable,
                   GError            **error)
{
  WbVendureShop *self = WB_VENDURE_SHOP (shop);
  g_auto (Told)  told = { 0 };

  if (!look_up (self, fulfilment, &told, cancellable, error))
    return FALSE;
  if ((told.id == NULL || !has_left (&told)) && !check_state (self, fulfilment, &told, error))
    return FALSE;
  if (told.id == NULL && (!check_lines (&told, fulfilment, error) ||
                          !make_fulfilment (self, fulfilment, &told, cancellable, error)))
    return FALSE;
  if (g_strcmp0 (told.state, "Created") == 0 &&
      !move_on (self, &told, "Pending", cancellable, error))
    return FALSE;
  if (!has_left (&told) && !move_on (self, &told, "Shipped", cancellable, error))
    return FALSE;
  if (remote_id != NULL)
    *remote_id = g_steal_pointer (&told.id);
  return TRUE;
}
