/* SPDX-License-Identifier: GPL-3.0-or-later
 * A new order in the practice shop by Shopify's API. The same one twice makes two of them: the
 * mutation takes no key. */
#include "wb-town-shopify.h"

#include <string.h>

#include "wb-money.h"
#include "wb-town-goods.h"

static const char *
text_of (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static JsonArray *
list_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The practice shop counts in hundredths, whatever the currency has. */
static gboolean
take_bag (JsonObject *object, const char *name, const char *currency, gint64 *hundredths)
{
  JsonObject *bag =
      json_object_has_member (object, name) ? json_object_get_object_member (object, name) : NULL;
  JsonObject *money = bag != NULL ? json_object_get_object_member (bag, "shopMoney") : NULL;

  return money != NULL && g_strcmp0 (text_of (money, "currencyCode"), currency) == 0 &&
         wb_money_parse_minor (text_of (money, "amount"), 2, hundredths, NULL) && *hundredths >= 0;
}

/* The taxes of a line, each by its amount. Returns: NULL, or why not. */
static const char *
take_taxes (JsonObject *line, const char *currency, gint64 *sum)
{
  JsonArray *taxes = list_of (line, "taxLines");

  *sum = 0;
  for (guint i = 0; taxes != NULL && i < json_array_get_length (taxes); i++)
    {
      JsonObject *tax = json_array_get_object_element (taxes, i);
      gint64      amount = 0;

      if (text_of (tax, "rate") == NULL)
        return "Tax line rate is missing.";
      if (!take_bag (tax, "priceSet", currency, &amount))
        return "Tax line price is invalid.";
      *sum += amount;
    }
  return NULL;
}

static WbTownItem *
add (WbTown *town, GPtrArray *into, const char *title, gint64 net, gint64 tax)
{
  WbTownItem *item = wb_town_item_new (wb_town_shop_next_id (town->shop), title, "");

  item->subtotal = item->total = net;
  item->subtotal_tax = item->total_tax = tax;
  g_ptr_array_add (into, item);
  return item;
}

static const char *
take_items (WbTown *town, WbTownOrder *order, JsonArray *lines)
{
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);
      gint64      variant = wb_town_shopify_id (text_of (line, "variantId"), "ProductVariant");
      const WbTownGood *good = variant != 0 ? wb_town_good (variant) : NULL;
      gint64            price = 0, tax = 0, pieces = json_object_get_int_member (line, "quantity");
      const char       *why = take_taxes (line, order->currency, &tax);
      WbTownItem       *item;

      if (why != NULL)
        return why;
      if (variant != 0 && good == NULL)
        return "Line items variant does not exist.";
      if (pieces < 1 || !take_bag (line, "priceSet", order->currency, &price))
        return "Line items price or quantity is invalid.";
      item = add (town, order->lines, text_of (line, "title"), price * pieces, tax);
      item->quantity = pieces;
      if (good == NULL)
        continue;
      item->product_id = good->parent != 0 ? good->parent : good->id;
      item->variation_id = good->parent != 0 ? good->id : 0;
    }
  return NULL;
}

static const char *
take_shippings (WbTown *town, WbTownOrder *order, JsonArray *lines)
{
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);
      gint64      price = 0, tax = 0;
      const char *why = take_taxes (line, order->currency, &tax);

      if (why != NULL)
        return why;
      if (!take_bag (line, "priceSet", order->currency, &price))
        return "Shipping line price is invalid.";
      add (town, order->shippings, text_of (line, "title"), price, tax);
    }
  return NULL;
}

/* Paid when its transactions come to its total. */
static void
take_payment (WbTown *town, WbTownOrder *order, JsonArray *moneys)
{
  gint64 sum = 0;

  for (guint i = 0; moneys != NULL && i < json_array_get_length (moneys); i++)
    {
      gint64 amount = 0;

      if (take_bag (json_array_get_object_element (moneys, i), "amountSet", order->currency,
                    &amount))
        sum += amount;
    }
  g_free (order->status);
  order->status = g_strdup (sum >= order->total ? "processing" : "on-hold");
  order->paid = sum >= order->total ? wb_town_clock (town) : 0;
}

/* What is wrong with it, read into an order that is thrown away. */
static const char *
why_not (WbTown *town, JsonObject *input)
{
  g_autoptr (WbTownOrder) trial = wb_town_order_new ();
  const char             *currency = text_of (input, "currency");
  const char             *why;

  trial->currency = g_strdup (town->currency);
  if (currency != NULL && strcmp (currency, town->currency) != 0)
    return "Currency is not one of the shop's.";
  if (list_of (input, "lineItems") == NULL)
    return "Line items must be present.";
  why = take_items (town, trial, list_of (input, "lineItems"));
  return why != NULL ? why : take_shippings (town, trial, list_of (input, "shippingLines"));
}

/** wb_town_shopify_create: orderCreate. */
JsonNode *
wb_town_shopify_create (WbTown *town, const WbTownField *field, GError **error)
{
  JsonObject         *input = json_object_get_object_member (field->args, "order");
  const char         *why = why_not (town, input);
  JsonObject         *payload;
  WbTownOrder        *order;
  WbTownShopifyOrder *own;
  JsonNode           *node;

  if (why != NULL)
    return wb_town_shopify_refused ("userErrors", "INVALID", why);
  order = wb_town_shop_create (town->shop);
  order->prices_include_tax = FALSE;
  take_items (town, order, list_of (input, "lineItems"));
  take_shippings (town, order, list_of (input, "shippingLines"));
  if (json_object_has_member (input, "shippingAddress"))
    wb_town_shopify_take_address (order->shipping,
                                  json_object_get_object_member (input, "shippingAddress"));
  if (json_object_has_member (input, "billingAddress"))
    wb_town_shopify_take_address (order->billing,
                                  json_object_get_object_member (input, "billingAddress"));
  wb_town_order_sum (order);
  take_payment (town, order, list_of (input, "transactions"));
  wb_town_shop_changed (town->shop, order, TRUE);
  own = wb_town_shopify_overlay (town, order->id);
  g_ptr_array_set_size (own->holds, 0);
  own->source = g_strdup (text_of (input, "sourceIdentifier"));
  own->note = g_strdup (text_of (input, "note"));
  own->updated = wb_town_clock (town);
  payload = json_object_new ();
  json_object_set_array_member (payload, "userErrors", json_array_new ());
  json_object_set_member (payload, "order", wb_town_shopify_order (town, order->id));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, payload);
  return node;
}
