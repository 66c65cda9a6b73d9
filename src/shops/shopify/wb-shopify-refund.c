/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving money back through a Shopify shop, or only writing it down there. Our key stands in the
 * refund's note: it is looked for before anything is written. */
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

static gboolean
is (const WbJson *at, const char *name, const char *value)
{
  return g_strcmp0 (wb_json_opt_string (at, name), value) == 0;
}

static JsonNode *
read_order (WbShopifyShop      *self,
            const WbShopRefund *refund,
            JsonNode          **order,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autofree char *gid = NULL;

  if (!wb_shopify_check_ref (refund->order_ref, error))
    return NULL;
  gid = wb_shopify_gid ("Order", refund->order_ref);
  return wb_shopify_call_order (self, "refunds.graphql", wb_graphql_object ("id", 's', gid, NULL),
                                refund->order_ref, order, cancellable, error);
}

/* Whether the shop has a refund with our key in its note. */
static gboolean
find_key (JsonNode *order, const char *key, char **remote_id)
{
  WbJson at = wb_json_root (order, "order");
  WbJson list;
  guint  n;

  if (!wb_json_array (&at, "refunds", &list, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson      one = wb_json_element (&list, i);
      const char *note = wb_json_opt_string (&one, "note");

      if (note == NULL || strstr (note, key) == NULL)
        continue;
      if (remote_id != NULL)
        *remote_id = wb_shopify_ref (&one, "id");
      return TRUE;
    }
  return FALSE;
}

/* ---- the money ---- */

/* What of the sale or capture @parent was given back already. */
static gint64
given_back (const WbJson *list, guint n, const char *parent, const char *currency)
{
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (list, i);
      WbJson parent_at = wb_json_member (&one, "parentTransaction");
      gint64 amount = 0;

      if (is (&one, "kind", "REFUND") && !is (&one, "status", "FAILURE") &&
          !is (&one, "status", "ERROR") && is (&parent_at, "id", parent) &&
          wb_shopify_bag (&one, "amountSet", currency, &amount, NULL))
        sum += amount;
    }
  return sum;
}

/* Shares the refund out among the captures that still hold money. */
static JsonNode *
transactions_for (const WbShopRefund *refund, JsonNode *order, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char     *gid = wb_shopify_gid ("Order", refund->order_ref);
  const char          *currency = refund->amount.currency;
  WbJson               at = wb_json_root (order, "order");
  gint64               left = refund->amount.minor;
  WbJson               list;
  guint                n;

  json_node_take_array (node, json_array_new ());
  if (!refund->money)
    return g_steal_pointer (&node);
  if (!is (&at, "presentmentCurrencyCode", currency))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The order is not in %s", currency);
      return NULL;
    }
  if (!wb_json_array (&at, "transactions", &list, &n, error))
    return NULL;
  for (guint i = 0; i < n && left > 0; i++)
    {
      WbJson           one = wb_json_element (&list, i);
      const char      *id = wb_json_opt_string (&one, "id");
      gint64           amount, some;
      g_autofree char *text = NULL;

      if (id == NULL || !is (&one, "status", "SUCCESS") ||
          (!is (&one, "kind", "CAPTURE") && !is (&one, "kind", "SALE")))
        continue;
      if (!wb_shopify_bag (&one, "amountSet", currency, &amount, error))
        return NULL;
      some = MIN (left, amount - given_back (&list, n, id, currency));
      if (some <= 0)
        continue;
      text = wb_money_to_decimal (wb_money (some, currency));
      json_array_add_element (json_node_get_array (node),
                              wb_graphql_object ("orderId", 's', gid, "parentId", 's', id, "amount",
                                                 's', text, "kind", 's', "REFUND", "gateway", 's',
                                                 wb_json_opt_string (&one, "gateway"), NULL));
      left -= some;
    }
  if (left > 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                   "The shop has captured less than is to be given back. Nothing was given back");
      return NULL;
    }
  return g_steal_pointer (&node);
}

/* ---- the lines ---- */

static JsonNode *
lines_for (WbShopifyShop *self, const WbShopRefund *refund)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, json_array_new ());
  for (guint i = 0; refund->line_refs[i] != NULL; i++)
    {
      g_autofree char *gid = NULL;

      if (refund->quantities[i] <= 0)
        continue;
      gid = wb_shopify_gid ("LineItem", refund->line_refs[i]);
      json_array_add_element (
          json_node_get_array (node),
          wb_graphql_object ("lineItemId", 's', gid, "quantity", 'i', refund->quantities[i],
                             "restockType", 's', refund->restock ? "RETURN" : "NO_RESTOCK",
                             "locationId", 's', refund->restock ? self->location : NULL, NULL));
    }
  return node;
}

/* The part of lines that have no pieces: shipping. */
static JsonNode *
shipping_for (const WbShopRefund *refund)
{
  g_autofree char *text = NULL;
  gint64           sum = 0;

  for (guint i = 0; refund->line_refs[i] != NULL; i++)
    if (refund->quantities[i] == 0)
      sum += refund->nets[i] + refund->taxes[i];
  if (sum <= 0)
    return NULL;
  text = wb_money_to_decimal (wb_money (sum, refund->amount.currency));
  return wb_graphql_object ("amount", 's', text, NULL);
}

static JsonNode *
input_for (WbShopifyShop *self, const WbShopRefund *refund, JsonNode *transactions)
{
  g_autofree char *gid = wb_shopify_gid ("Order", refund->order_ref);
  const char      *reason = wb_text_is_empty (refund->reason) ? "" : refund->reason;
  g_autofree char *note = g_strdup_printf ("%s%s(%s)", reason, *reason ? " " : "", refund->key);

  return wb_graphql_object ("orderId", 's', gid, "note", 's', note, "notify", 'b', FALSE,
                            "currency", 's', refund->amount.currency, "refundLineItems", 'n',
                            lines_for (self, refund), "shipping", 'n', shipping_for (refund),
                            "transactions", 'n', transactions, NULL);
}

/** wb_shopify_refund: see wb_shop_refund(). */
gboolean
wb_shopify_refund (WbShop             *shop,
                   const WbShopRefund *refund,
                   char              **remote_id,
                   GCancellable       *cancellable,
                   GError            **error)
{
  WbShopifyShop       *self = WB_SHOPIFY_SHOP (shop);
  JsonNode            *order;
  g_autoptr (JsonNode) root = read_order (self, refund, &order, cancellable, error);
  g_autoptr (JsonNode) payload = NULL;
  JsonNode            *transactions;
  WbJson               at, made;

  if (root == NULL)
    return FALSE;
  if (find_key (order, refund->key, remote_id))
    return TRUE;
  if (refund->restock && !wb_shopify_ensure_location (self, cancellable, error))
    return FALSE;
  transactions = transactions_for (refund, order, error);
  if (transactions == NULL ||
      !wb_shopify_mutate (self, "refund.graphql", "refundCreate", "userErrors",
                          wb_graphql_object ("input", 'n', input_for (self, refund, transactions),
                                             "key", 's', refund->key, NULL),
                          &payload, cancellable, error))
    return FALSE;
  at = wb_json_root (payload, "refundCreate");
  made = wb_json_member (&at, "refund");
  if (remote_id != NULL)
    *remote_id = wb_shopify_ref (&made, "id");
  return TRUE;
}

/** wb_shopify_find_refund: see wb_shop_find_refund(). */
WbFinding
wb_shopify_find_refund (WbShop             *shop,
                        const WbShopRefund *refund,
                        char              **remote_id,
                        GCancellable       *cancellable,
                        GError            **error)
{
  JsonNode            *order;
  g_autoptr (JsonNode) root =
      read_order (WB_SHOPIFY_SHOP (shop), refund, &order, cancellable, error);

  if (root == NULL)
    return WB_FINDING_UNKNOWN;
  return find_key (order, refund->key, remote_id) ? WB_FINDING_DONE : WB_FINDING_NOT_DONE;
}
