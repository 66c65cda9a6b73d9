/* SPDX-License-Identifier: GPL-3.0-or-later
 * A new order in the shop by its REST API. The same body twice makes two of them. */
#include "wb-town-woo.h"

#include "wb-money.h"

#include <string.h>

static const char *
text_of (JsonObject *object, const char *name, const char *fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : fallback;
}

static JsonArray *
list_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* Shipping lines and fees, which an edit knows nothing of. */
static void
take_extras (WbTown *town, WbTownOrder *order, JsonArray *rows, GPtrArray *into, gboolean shipping)
{
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      WbTownItem *item = wb_town_item_new (wb_town_shop_next_id (town->shop),
                                           text_of (row, shipping ? "method_title" : "name", ""),
                                           text_of (row, "method_id", ""));

      item->parent_name = g_strdup (shipping ? "0" : NULL);
      wb_money_parse_minor (text_of (row, "total", "0"), 2, &item->total, NULL);
      item->subtotal = item->total;
      item->subtotal_tax = item->total_tax = wb_town_tax_of (item->total, order->tax_rate);
      g_ptr_array_add (into, item);
    }
}

static gboolean
names_products (JsonObject *given)
{
  JsonArray *rows = list_of (given, "line_items");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (!json_object_has_member (row, "product_id") && !json_object_has_member (row, "sku"))
        return FALSE;
    }
  return TRUE;
}

/** wb_town_woo_post_order: POST /orders. */
void
wb_town_woo_post_order (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  JsonObject  *given = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                           ? json_node_get_object (request->json)
                           : NULL;
  const char  *status = given != NULL ? text_of (given, "status", NULL) : NULL;
  WbTownOrder *order;

  if (given == NULL || (status != NULL && !wb_town_woo_known_status (status)))
    {
      wb_town_woo_fail_param (reply, "status", "status is not one of the shop's.");
      return;
    }
  if (!names_products (given))
    {
      wb_town_woo_fail (reply, 400, "woocommerce_rest_required_product_reference",
                        "Product ID or SKU is required.");
      return;
    }
  order = wb_town_shop_create (town->shop);
  take_extras (town, order, list_of (given, "shipping_lines"), order->shippings, TRUE);
  take_extras (town, order, list_of (given, "fee_lines"), order->fees, FALSE);
  wb_town_woo_edit_order (town, order, given, status);
  wb_town_order_sum (order);
  reply->effect = TRUE;
  reply->status = 201;
  wb_town_woo_write_order (town, reply->out, order, NULL);
}
