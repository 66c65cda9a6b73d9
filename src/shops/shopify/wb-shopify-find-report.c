/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a Shopify shop has of a parcel: its fulfilments, and what of the order is left to fulfil. */
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

static gboolean
counts (const char *status)
{
  return g_strcmp0 (status, "SUCCESS") == 0 || g_strcmp0 (status, "OPEN") == 0 ||
         g_strcmp0 (status, "PENDING") == 0;
}

static gboolean
has_tracking (const WbJson *fulfillment, const char *tracking)
{
  WbJson list;
  guint  n;

  if (!wb_json_array (fulfillment, "trackingInfo", &list, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);

      if (g_strcmp0 (wb_json_opt_string (&one, "number"), tracking) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
cover (const WbFulfilment *fulfilment, const char *line_ref, gint64 quantity, gint64 *covered)
{
  for (guint i = 0; fulfilment->line_refs[i] != NULL; i++)
    if (g_strcmp0 (fulfilment->line_refs[i], line_ref) == 0)
      covered[i] += quantity;
}

/* Adds what the fulfilment @gid has of the parcel's lines. */
static gboolean
add_lines (WbShopifyShop      *self,
           const char         *gid,
           const WbFulfilment *fulfilment,
           gint64             *covered,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autofree char *after = NULL;
  gboolean         more = TRUE;

  while (more)
    {
      g_autoptr (JsonNode) root = wb_shopify_call (
          self, "fulfillment-lines.graphql",
          wb_graphql_object ("id", 's', gid, "after", 's', after, NULL), cancellable, error);
      WbJson at = wb_json_root (root, "reply");
      WbJson data, found, lines, list;
      guint  n;

      if (root == NULL)
        return FALSE;
      data = wb_json_member (&at, "data");
      found = wb_json_member (&data, "fulfillment");
      lines = wb_json_member (&found, "fulfillmentLineItems");
      if (!wb_json_array (&lines, "nodes", &list, &n, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        {
          WbJson           one = wb_json_element (&list, i);
          WbJson           line = wb_json_member (&one, "lineItem");
          g_autofree char *ref = wb_shopify_ref (&line, "id");
          gint64           quantity;

          if (!wb_json_opt_int (&one, "quantity", 0, &quantity, error))
            return FALSE;
          cover (fulfilment, ref, quantity, covered);
        }
      more = wb_shopify_next_page (&lines, &after);
    }
  return TRUE;
}

/**
 * wb_shopify_reported:
 * @covered: (array): for each of the parcel's lines, how many pieces the shop has under its
 * tracking number; zeros when the parcel has none
 * @remote_id: (out) (nullable): the last such fulfilment
 */
gboolean
wb_shopify_reported (WbShopifyShop      *self,
                     const WbFulfilment *fulfilment,
                     gint64             *covered,
                     char              **remote_id,
                     GCancellable       *cancellable,
                     GError            **error)
{
  g_autofree char     *gid = wb_shopify_gid ("Order", fulfilment->order_ref);
  JsonNode            *order;
  g_autoptr (JsonNode) root =
      wb_shopify_call_order (self, "fulfillments.graphql", wb_graphql_object ("id", 's', gid, NULL),
                             fulfilment->order_ref, &order, cancellable, error);
  WbJson at, list;
  guint  n;

  if (root == NULL)
    return FALSE;
  at = wb_json_root (order, "order");
  if (!wb_json_array (&at, "fulfillments", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n && !wb_text_is_empty (fulfilment->tracking); i++)
    {
      WbJson      one = wb_json_element (&list, i);
      const char *id = wb_json_opt_string (&one, "id");

      if (id == NULL || !counts (wb_json_opt_string (&one, "status")) ||
          !has_tracking (&one, fulfilment->tracking))
        continue;
      if (!add_lines (self, id, fulfilment, covered, cancellable, error))
        return FALSE;
      g_free (*remote_id);
      *remote_id = wb_shopify_ref (&one, "id");
    }
  return TRUE;
}

/* ---- what is left to fulfil ---- */

static gboolean
more_lines (WbShopifyShop *self, const WbJson *part, GCancellable *cancellable, GError **error)
{
  WbJson           lines = wb_json_member (part, "lineItems");
  WbJson           nodes = wb_json_member (&lines, "nodes");
  const char      *gid = wb_json_opt_string (part, "id");
  g_autofree char *after = NULL;
  gboolean         more = wb_json_is_array (&nodes) && wb_shopify_next_page (&lines, &after);

  while (more)
    {
      g_autoptr (JsonNode) root = wb_shopify_call (
          self, "fulfillment-order-lines.graphql",
          wb_graphql_object ("id", 's', gid, "after", 's', after, NULL), cancellable, error);
      WbJson at = wb_json_root (root, "reply");
      WbJson data, found, next, list;
      guint  n;

      if (root == NULL)
        return FALSE;
      data = wb_json_member (&at, "data");
      found = wb_json_member (&data, "fulfillmentOrder");
      next = wb_json_member (&found, "lineItems");
      if (!wb_json_array (&next, "nodes", &list, &n, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        json_array_add_element (json_node_get_array (nodes.node),
                                json_node_ref (wb_json_element (&list, i).node));
      more = wb_shopify_next_page (&next, &after);
    }
  return TRUE;
}

/** wb_shopify_read_fulfillment_orders: Returns: (transfer full) (element-type JsonNode): the
 * order's parts by place, with all their lines. */
GPtrArray *
wb_shopify_read_fulfillment_orders (WbShopifyShop *self,
                                    const char    *order_ref,
                                    GCancellable  *cancellable,
                                    GError       **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autofree char      *gid = wb_shopify_gid ("Order", order_ref);
  g_autofree char      *after = NULL;
  gboolean              more = TRUE;

  while (more)
    {
      JsonNode            *order;
      g_autoptr (JsonNode) root =
          wb_shopify_call_order (self, "fulfillment-orders.graphql",
                                 wb_graphql_object ("id", 's', gid, "after", 's', after, NULL),
                                 order_ref, &order, cancellable, error);
      WbJson at, connection, list;
      guint  n;

      if (root == NULL)
        return NULL;
      at = wb_json_root (order, "order");
      connection = wb_json_member (&at, "fulfillmentOrders");
      if (!wb_json_array (&connection, "nodes", &list, &n, error))
        return NULL;
      for (guint i = 0; i < n; i++)
        {
          WbJson one = wb_json_element (&list, i);

          if (!more_lines (self, &one, cancellable, error))
            return NULL;
          g_ptr_array_add (parts, json_node_ref (one.node));
        }
      more = wb_shopify_next_page (&connection, &after);
    }
  return g_steal_pointer (&parts);
}

/* Pieces of the line @ref that the order's parts still have to fulfil. */
static gint64
remaining_of (GPtrArray *parts, const char *ref)
{
  gint64 sum = 0;

  for (guint p = 0; p < parts->len; p++)
    {
      WbJson part = wb_json_root (parts->pdata[p], "fulfillmentOrder");
      WbJson lines = wb_json_member (&part, "lineItems");
      WbJson list;
      guint  n;

      if (!wb_json_array (&lines, "nodes", &list, &n, NULL))
        continue;
      for (guint i = 0; i < n; i++)
        {
          WbJson           one = wb_json_element (&list, i);
          WbJson           line = wb_json_member (&one, "lineItem");
          g_autofree char *own = wb_shopify_ref (&line, "id");
          gint64           left = 0;

          if (g_strcmp0 (own, ref) == 0 &&
              wb_json_opt_int (&one, "remainingQuantity", 0, &left, NULL))
            sum += left;
        }
    }
  return sum;
}

/* A parcel without a tracking number bears nothing it could be known by: it counts as reported when
 * less is left to fulfil than it holds. */
static WbFinding
find_untracked (WbShopifyShop      *self,
                const WbFulfilment *fulfilment,
                GCancellable       *cancellable,
                GError            **error)
{
  g_autoptr (GPtrArray) parts =
      wb_shopify_read_fulfillment_orders (self, fulfilment->order_ref, cancellable, error);

  if (parts == NULL)
    return WB_FINDING_UNKNOWN;
  for (guint i = 0; fulfilment->line_refs[i] != NULL; i++)
    if (remaining_of (parts, fulfilment->line_refs[i]) < fulfilment->quantities[i])
      return WB_FINDING_DONE;
  return WB_FINDING_NOT_DONE;
}

/** wb_shopify_find_report: see wb_shop_find_report(). */
WbFinding
wb_shopify_find_report (WbShop             *shop,
                        const WbFulfilment *fulfilment,
                        char              **remote_id,
                        GCancellable       *cancellable,
                        GError            **error)
{
  WbShopifyShop     *self = WB_SHOPIFY_SHOP (shop);
  guint              n = g_strv_length ((char **) fulfilment->line_refs);
  g_autofree gint64 *covered = g_new0 (gint64, n + 1);
  g_autofree char   *id = NULL;
  gboolean           all = TRUE, any = FALSE;

  if (!wb_shopify_check_ref (fulfilment->order_ref, error))
    return WB_FINDING_UNKNOWN;
  if (wb_text_is_empty (fulfilment->tracking))
    return find_untracked (self, fulfilment, cancellable, error);
  if (!wb_shopify_reported (self, fulfilment, covered, &id, cancellable, error))
    return WB_FINDING_UNKNOWN;
  for (guint i = 0; i < n; i++)
    {
      all = all && covered[i] >= fulfilment->quantities[i];
      any = any || covered[i] > 0;
    }
  if (!any)
    return WB_FINDING_NOT_DONE;
  if (remote_id != NULL)
    *remote_id = g_steal_pointer (&id);
  return all ? WB_FINDING_DONE : WB_FINDING_PARTLY;
}
