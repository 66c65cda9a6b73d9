/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telling a Shopify shop of a parcel: a fulfilment for each place the order's parts are assigned
 * to, never of anything it has already. */
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

/* What is to be fulfilled at one place. */
typedef struct
{
  char      *place;
  JsonArray *parts; /* of FulfillmentOrderLineItemsInput */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_free (group->place);
  json_array_unref (group->parts);
  g_free (group);
}

static Group *
group_for (GPtrArray *groups, const char *place)
{
  Group *group;

  for (guint i = 0; i < groups->len; i++)
    if (g_strcmp0 (((Group *) groups->pdata[i])->place, place) == 0)
      return groups->pdata[i];
  group = g_new0 (Group, 1);
  group->place = g_strdup (place);
  group->parts = json_array_new ();
  g_ptr_array_add (groups, group);
  return group;
}

/* Takes from @part what the parcel needs of it; @wants goes down by it. Returns: the lines, NULL:
 * none. */
static JsonNode *
take_from (const WbJson *part, const WbFulfilment *fulfilment, gint64 *wants)
{
  g_autoptr (JsonNode) taken = json_node_new (JSON_NODE_ARRAY);
  JsonArray           *array = json_array_new ();
  WbJson               lines = wb_json_member (part, "lineItems");
  WbJson               list;
  guint                n;

  json_node_take_array (taken, array);
  if (!wb_json_array (&lines, "nodes", &list, &n, NULL))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&list, i);
      WbJson           line = wb_json_member (&one, "lineItem");
      g_autofree char *ref = wb_shopify_ref (&line, "id");
      gint64           left = 0;

      wb_json_opt_int (&one, "remainingQuantity", 0, &left, NULL);
      for (guint k = 0; fulfilment->line_refs[k] != NULL; k++)
        {
          gint64 some = MIN (left, wants[k]);

          if (some <= 0 || g_strcmp0 (ref, fulfilment->line_refs[k]) != 0)
            continue;
          json_array_add_element (array,
                                  wb_graphql_object ("id", 's', wb_json_opt_string (&one, "id"),
                                                     "quantity", 'i', some, NULL));
          wants[k] -= some;
          left -= some;
        }
    }
  return json_array_get_length (array) > 0 ? g_steal_pointer (&taken) : NULL;
}

/* Shares the parcel out among the order's parts that may be fulfilled. @why: (out): what speaks
 * against the others. */
static GPtrArray *
share_out (GPtrArray *parts, const WbFulfilment *fulfilment, gint64 *wants, char **why)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);

  for (guint i = 0; i < parts->len; i++)
    {
      WbJson           part = wb_json_root (parts->pdata[i], "fulfillmentOrder");
      WbJson           place = wb_json_member (&part, "assignedLocation");
      const char      *status = wb_json_opt_string (&part, "status");
      g_autofree char *reason = wb_shopify_why_not (&part);
      JsonNode        *taken;

      if (reason != NULL)
        {
          /* Why something open may not leave says more than that something is closed. */
          if (g_strcmp0 (status, "CLOSED") != 0 && g_strcmp0 (status, "CANCELLED") != 0)
            wb_set_str (why, reason);
          continue;
        }
      taken = take_from (&part, fulfilment, wants);
      if (taken != NULL)
        json_array_add_element (group_for (groups, wb_json_opt_string (&place, "name"))->parts,
                                wb_graphql_object ("fulfillmentOrderId", 's',
                                                   wb_json_opt_string (&part, "id"),
                                                   "fulfillmentOrderLineItems", 'n', taken, NULL));
    }
  return groups;
}

static gboolean
check_shared (const WbFulfilment *fulfilment, const gint64 *wants, const char *why, GError **error)
{
  for (guint i = 0; fulfilment->line_refs[i] != NULL; i++)
    {
      if (wants[i] <= 0)
        continue;
      if (why != NULL)
        g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                     "The shop does not let the parcel be reported. %s. Release or move it in the "
                     "shop, then report it again",
                     why);
      else
        g_set_error (
            error, WB_ERROR, WB_ERROR_REFUSED,
            "The shop has fewer pieces left to fulfil than the parcel holds: line %s lacks "
            "%" G_GINT64_FORMAT ". Somebody fulfilled, cancelled or removed them there",
            fulfilment->line_refs[i], wants[i]);
      return FALSE;
    }
  return TRUE;
}

static JsonNode *
tracking_of (const WbFulfilment *fulfilment)
{
  const char *tracking = fulfilment->tracking;
  const char *url = fulfilment->tracking_url;

  if (wb_text_is_empty (tracking))
    return NULL;
  return wb_graphql_object ("company", 's', fulfilment->carrier, "number", 's', tracking, "url",
                            's', wb_text_is_empty (url) ? NULL : url, NULL);
}

/* One fulfilment: all that is at one place. */
static gboolean
create (WbShopifyShop      *self,
        const Group        *group,
        const WbFulfilment *fulfilment,
        gboolean            notify,
        char              **remote_id,
        GCancellable       *cancellable,
        GError            **error)
{
  g_autoptr (JsonNode) payload = NULL;
  JsonNode            *parts = json_node_new (JSON_NODE_ARRAY);
  JsonNode            *input;
  WbJson               at, made;

  json_node_set_array (parts, group->parts);
  input = wb_graphql_object ("lineItemsByFulfillmentOrder", 'n', parts, "notifyCustomer", 'b',
                             notify, "trackingInfo", 'n', tracking_of (fulfilment), NULL);
  if (!wb_shopify_mutate (self, "fulfil.graphql", "fulfillmentCreate", "userErrors",
                          wb_graphql_object ("fulfillment", 'n', input, NULL), &payload,
                          cancellable, error))
    return FALSE;
  at = wb_json_root (payload, "fulfillmentCreate");
  made = wb_json_member (&at, "fulfillment");
  g_free (*remote_id);
  *remote_id = wb_shopify_ref (&made, "id");
  return TRUE;
}

static gboolean
create_all (WbShopifyShop      *self,
            GPtrArray          *groups,
            const WbFulfilment *fulfilment,
            char              **remote_id,
            GCancellable       *cancellable,
            GError            **error)
{
  for (guint i = 0; i < groups->len; i++)
    {
      /* One parcel, one message to the customer. */
      gboolean notify = fulfilment->notify_customer && i == 0;

      if (create (self, groups->pdata[i], fulfilment, notify, remote_id, cancellable, error))
        continue;
      if (i > 0 && error != NULL && *error != NULL && (*error)->code != WB_ERROR_UNSURE)
        {
          (*error)->code = WB_ERROR_UNSURE;
          g_prefix_error (error, "Part of the parcel is reported, the rest is not: ");
        }
      return FALSE;
    }
  return TRUE;
}

/**
 * wb_shopify_report:
 * See wb_shop_report(). What the shop has under the parcel's tracking number already is left out. A
 * hold, a schedule or another service's goods are a refusal with the reason.
 */
gboolean
wb_shopify_report (WbShop             *shop,
                   const WbFulfilment *fulfilment,
                   char              **remote_id,
                   GCancellable       *cancellable,
                   GError            **error)
{
  WbShopifyShop        *self = WB_SHOPIFY_SHOP (shop);
  guint                 n = g_strv_length ((char **) fulfilment->line_refs);
  g_autofree gint64    *wants = g_new0 (gint64, n + 1);
  g_autofree char      *why = NULL;
  g_autofree char      *id = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GPtrArray) groups = NULL;

  if (!wb_shopify_check_ref (fulfilment->order_ref, error) ||
      !wb_shopify_reported (self, fulfilment, wants, &id, cancellable, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    wants[i] = MAX (fulfilment->quantities[i] - wants[i], 0);
  parts = wb_shopify_read_fulfillment_orders (self, fulfilment->order_ref, cancellable, error);
  if (parts == NULL)
    return FALSE;
  groups = share_out (parts, fulfilment, wants, &why);
  if (!check_shared (fulfilment, wants, why, error) ||
      !create_all (self, groups, fulfilment, &id, cancellable, error))
    return FALSE;
  if (remote_id != NULL)
    *remote_id = g_steal_pointer (&id);
  return TRUE;
}
