/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many pieces the lines of a Shopify order have, changed from our side: an edit is begun, the
 * pieces of each line are set in it, and all is committed at once. What is not committed changes
 * nothing, so an edit that breaks off before leaves the order as it was. */
#include "wb-shop-lines.h"
#include "wb-shopify-shop.h"
#include "wb-text.h"

/* The shop asks for “write_order_edits”, which not every app has. */
static gboolean
name_scope (GError **error)
{
  if (error != NULL && *error != NULL && wb_error_code (*error) == WB_ERROR_AUTH)
    g_prefix_error (error, "The pieces of an order can be changed only with the right "
                           "“write_order_edits”. ");
  return FALSE;
}

/* Returns: (transfer full): what the edit is called; NULL with @error. */
static char *
begin (WbShopifyShop *self, const char *order_ref, GCancellable *cancellable, GError **error)
{
  g_autofree char     *gid = wb_shopify_gid ("Order", order_ref);
  g_autoptr (JsonNode) reply = NULL;
  WbJson               payload, order;
  const char          *id;

  if (!wb_shopify_mutate (self, "edit-begin.graphql", "orderEditBegin", "userErrors",
                          wb_graphql_object ("id", 's', gid, NULL), &reply, cancellable, error))
    {
      name_scope (error);
      return NULL;
    }
  payload = wb_json_root (reply, "orderEditBegin");
  order = wb_json_member (&payload, "calculatedOrder");
  id = wb_json_is_object (&order) ? wb_json_opt_string (&order, "id") : NULL;
  if (id == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "The shop let nobody edit this order just now. Nothing was changed");
  return g_strdup (id);
}

/* One line of an edit. The shop says how many pieces it has then: where those are others than were
 * asked for (some have left, or it counts otherwise), the edit is not committed. */
static gboolean
set_quantity (WbShopifyShop *self,
              const char    *edit,
              const char    *line_ref,
              gint64         pieces,
              gboolean       restock,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char     *gid = wb_shopify_gid ("CalculatedLineItem", line_ref);
  g_autoptr (JsonNode) reply = NULL;
  WbJson               payload, line;
  gint64               quantity = -1;

  if (!wb_shopify_mutate (self, "edit-quantity.graphql", "orderEditSetQuantity", "userErrors",
                          wb_graphql_object ("id", 's', edit, "lineItemId", 's', gid, "quantity",
                                             'i', pieces, "restock", 'b', restock, NULL),
                          &reply, cancellable, error))
    return name_scope (error);
  payload = wb_json_root (reply, "orderEditSetQuantity");
  line = wb_json_member (&payload, "calculatedLineItem");
  if (wb_json_is_object (&line) && wb_json_int (&line, "quantity", &quantity, NULL) &&
      quantity == pieces)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "Line %s would have %" G_GINT64_FORMAT
               " pieces in the shop and not %" G_GINT64_FORMAT
               ". Nothing was changed: change it in the shop",
               line_ref, quantity, pieces);
  return FALSE;
}

static gboolean
commit (WbShopifyShop      *self,
        const char         *edit,
        const WbShopChange *change,
        GCancellable       *cancellable,
        GError            **error)
{
  return wb_shopify_mutate (
      self, "edit-commit.graphql", "orderEditCommit", "userErrors",
      wb_graphql_object ("id", 's', edit, "notifyCustomer", 'b', change->to_customer, "staffNote",
                         's', wb_text_is_empty (change->text) ? NULL : change->text, NULL),
      NULL, cancellable, error);
}

/* The pieces as the shop has them now. Returns: the order; NULL with @error. */
static WbOrder *
look (WbShopifyShop *self, const WbShopChange *change, GCancellable *cancellable, GError **error)
{
  return wb_shop_check_pieces (change, error)
             ? wb_shopify_fetch_order (WB_SHOP (self), change->order_ref, NULL, cancellable, error)
             : NULL;
}

/** wb_shopify_change_pieces: %WB_SHOP_CHANGE_LINES; see wb_shop_change_order(). */
gboolean
wb_shopify_change_pieces (WbShopifyShop      *self,
                          const WbShopChange *change,
                          GCancellable       *cancellable,
                          GError            **error)
{
  g_autoptr (WbOrder) now = look (self, change, cancellable, error);
  g_autofree char    *edit = NULL;

  if (now == NULL)
    return FALSE;
  if (wb_shop_has_pieces (now, change))
    return TRUE;
  if ((edit = begin (self, change->order_ref, cancellable, error)) == NULL)
    return FALSE;
  for (guint i = 0; change->line_refs[i] != NULL; i++)
    if (wb_shop_pieces_of (now, change->line_refs[i]) != change->quantities[i] &&
        !set_quantity (self, edit, change->line_refs[i], change->quantities[i], change->restock,
                       cancellable, error))
      return FALSE;
  return commit (self, edit, change, cancellable, error);
}

/** wb_shopify_find_pieces: see wb_shop_find_change(). The edit sets pieces and adds none, so one
 * that is committed twice leaves what one leaves. */
WbFinding
wb_shopify_find_pieces (WbShopifyShop      *self,
                        const WbShopChange *change,
                        GCancellable       *cancellable,
                        GError            **error)
{
  g_autoptr (WbOrder) now = look (self, change, cancellable, error);

  if (now == NULL)
    return WB_FINDING_UNKNOWN;
  return wb_shop_has_pieces (now, change) ? WB_FINDING_DONE : WB_FINDING_NOT_DONE;
}
