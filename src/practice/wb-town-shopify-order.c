/* SPDX-License-Identifier: GPL-3.0-or-later
 * A practice order as Shopify would tell it: one tree with every field there is, to be cut down. */
#include "wb-town-shopify.h"

#include <string.h>

#include "wb-money.h"
#include "wb-town-goods.h"

#define DAY 86400

/* ---- small things ---- */

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    json_object_set_null_member (object, name);
  else
    json_object_set_string_member (object, name, value);
}

static void
set_when (JsonObject *object, const char *name, WbInstant when)
{
  g_autofree char *text = when != 0 ? wb_instant_to_iso (when) : NULL;

  set_text (object, name, text);
}

static void
set_gid (JsonObject *object, const char *name, const char *kind, gint64 id)
{
  g_autofree char *gid = wb_town_shopify_gid (kind, id);

  json_object_set_string_member (object, name, gid);
}

static JsonNode *
node_of (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/** wb_town_shopify_bag: Returns: (transfer full): a MoneyBag of one currency. */
JsonNode *
wb_town_shopify_bag (WbTown *town, gint64 minor, const char *currency)
{
  g_autofree char *amount = wb_minor_to_decimal (minor, wb_currency_exponent (currency));
  JsonNode   *money = wb_town_shopify_object ("amount", amount, "currencyCode", currency, NULL);
  JsonObject *bag = json_object_new ();

  json_object_set_member (bag, "presentmentMoney", json_node_copy (money));
  json_object_set_member (bag, "shopMoney", money);
  return node_of (bag);
}

static void
set_bag (JsonObject *object, WbTown *town, const char *name, gint64 minor, const char *currency)
{
  json_object_set_member (object, name, wb_town_shopify_bag (town, minor, currency));
}

static gint64
minor (const WbTownOrder *order, gint64 hundredths)
{
  return wb_town_minor_of (hundredths, order->currency);
}

/* ---- money ---- */

/** wb_town_shopify_authorised: whether the order's card was authorised and not charged at once. */
gboolean
wb_town_shopify_authorised (WbTownOrder *order)
{
  return order->card.amount > 0 && !order->card.captured;
}

static gint64
sum_of (WbTown *town, gint64 id, const char *kind)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, id);
  gint64              sum = 0;

  for (guint i = 0; i < own->moneys->len; i++)
    {
      const WbTownShopifyMoney *one = own->moneys->pdata[i];

      if (strcmp (one->kind, kind) == 0)
        sum += one->amount;
    }
  return sum;
}

/** wb_town_shopify_captured: minor units taken so far through this API. */
gint64
wb_town_shopify_captured (WbTown *town, WbTownOrder *order)
{
  return sum_of (town, order->id, "CAPTURE");
}

static gboolean
is_voided (WbTown *town, WbTownOrder *order)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);

  for (guint i = 0; i < own->moneys->len; i++)
    if (strcmp (((WbTownShopifyMoney *) own->moneys->pdata[i])->kind, "VOID") == 0)
      return TRUE;
  return FALSE;
}

static gint64
capturable (WbTown *town, WbTownOrder *order)
{
  gint64 taken = wb_town_shopify_captured (town, order);

  if (!wb_town_shopify_authorised (order) || is_voided (town, order) ||
      wb_town_clock (town) >= order->card.capture_before || order->card.declines)
    return wb_town_shopify_authorised (order) && order->card.declines ? order->card.amount : 0;
  return order->card.amount - taken;
}

static gint64
refunded (WbTown *town, WbTownOrder *order)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  gint64              sum = 0;

  for (guint i = 0; i < order->refunds->len; i++)
    sum += minor (order, ((WbTownRefund *) order->refunds->pdata[i])->amount);
  for (guint i = 0; i < own->refunds->len; i++)
    sum += ((WbTownShopifyRefund *) own->refunds->pdata[i])->amount;
  return sum;
}

static const char *
financial_status (WbTown *town, WbTownOrder *order)
{
  gint64 total = minor (order, order->total);
  gint64 back = refunded (town, order);
  gint64 taken = wb_town_shopify_captured (town, order);

  if (back > 0 && back >= total)
    return "REFUNDED";
  if (back > 0)
    return "PARTIALLY_REFUNDED";
  if (is_voided (town, order) || g_str_equal (order->status, "failed"))
    return "VOIDED";
  if (taken > 0)
    return taken >= MIN (total, order->card.amount) ? "PAID" : "PARTIALLY_PAID";
  if (wb_town_shopify_authorised (order))
    return wb_town_clock (town) >= order->card.capture_before ? "EXPIRED" : "AUTHORIZED";
  return order->paid != 0 || total == 0 || g_str_equal (order->status, "completed") ? "PAID"
                                                                                    : "PENDING";
}

static const char *
gateway_of (const WbTownOrder *order)
{
  if (order->card.amount > 0)
    return "shopify_payments";
  return strcmp (order->payment_method, "cod") == 0 ? "Cash on Delivery (COD)" : "Bank Deposit";
}

static JsonNode *
transaction (WbTown      *town,
             WbTownOrder *order,
             gint64       id,
             const char  *kind,
             gint64       parent,
             gint64       amount,
             WbInstant    at)
{
  JsonObject *one = json_object_new ();
  gboolean    authorisation = strcmp (kind, "AUTHORIZATION") == 0;

  set_gid (one, "id", "OrderTransaction", id);
  json_object_set_string_member (one, "kind", kind);
  json_object_set_string_member (one, "status", "SUCCESS");
  json_object_set_string_member (one, "gateway", gateway_of (order));
  set_when (one, "createdAt", at);
  set_when (one, "processedAt", at);
  set_when (one, "authorizationExpiresAt", authorisation ? order->card.capture_before : 0);
  json_object_set_boolean_member (one, "manualPaymentGateway", order->card.amount == 0);
  json_object_set_boolean_member (one, "manuallyCapturable",
                                  authorisation && capturable (town, order) > 0);
  json_object_set_boolean_member (one, "multiCapturable", authorisation && order->index % 2 == 0);
  json_object_set_null_member (one, "errorCode");
  set_bag (one, town, "amountSet", amount, order->currency);
  if (town->shopify->settles != NULL)
    json_object_set_string_member (one, "settlementCurrencyRate", WB_TOWN_SHOPIFY_RATE);
  else
    json_object_set_null_member (one, "settlementCurrencyRate");
  if (parent != 0)
    {
      JsonObject *up = json_object_new ();

      set_gid (up, "id", "OrderTransaction", parent);
      json_object_set_object_member (one, "parentTransaction", up);
    }
  else
    json_object_set_null_member (one, "parentTransaction");
  return node_of (one);
}

/* How the order was paid for when it was placed; null where nobody's card was asked. */
static JsonNode *
first_money (WbTown *town, WbTownOrder *order)
{
  gint64 id = order->id * 10 + 1;

  if (wb_town_shopify_authorised (order))
    return transaction (town, order, id, "AUTHORIZATION", 0, order->card.amount,
                        order->card.authorised);
  if (order->paid != 0)
    return transaction (town, order, id, "SALE", 0, minor (order, order->total), order->paid);
  return json_node_new (JSON_NODE_NULL);
}

/** wb_town_shopify_money: Returns: (transfer full): one movement of the order's money, as a
 * transaction. */
JsonNode *
wb_town_shopify_money (WbTown *town, WbTownOrder *order, gint64 id)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);

  if (id == order->id * 10 + 1)
    return first_money (town, order);
  for (guint i = 0; i < own->moneys->len; i++)
    {
      const WbTownShopifyMoney *one = own->moneys->pdata[i];

      if (one->id == id)
        return transaction (town, order, one->id, one->kind, one->parent, one->amount, one->at);
    }
  return json_node_new (JSON_NODE_NULL);
}

static JsonArray *
transactions (WbTown *town, WbTownOrder *order)
{
  WbTownShopifyOrder  *own = wb_town_shopify_overlay (town, order->id);
  JsonArray           *list = json_array_new ();
  g_autoptr (JsonNode) first = first_money (town, order);

  if (!JSON_NODE_HOLDS_NULL (first))
    json_array_add_element (list, json_node_ref (first));
  for (guint i = 0; i < own->moneys->len; i++)
    json_array_add_element (
        list,
        wb_town_shopify_money (town, order, ((WbTownShopifyMoney *) own->moneys->pdata[i])->id));
  return list;
}

/* The @n movements with the numbers just before @id. */
static JsonNode *
refund_moneys (gint64 id, guint n)
{
  JsonArray *list = json_array_new ();

  for (gint64 i = id - n; i < id; i++)
    {
      JsonObject *one = json_object_new ();

      set_gid (one, "id", "OrderTransaction", i);
      json_array_add_object_element (list, one);
    }
  return wb_town_connection (list);
}

static JsonArray *
refunds (WbTown *town, WbTownOrder *order)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  JsonArray          *list = json_array_new ();

  for (guint i = 0; i < order->refunds->len; i++)
    {
      const WbTownRefund *refund = order->refunds->pdata[i];
      JsonObject         *one = json_object_new ();

      set_gid (one, "id", "Refund", refund->id);
      set_when (one, "createdAt", refund->created);
      set_text (one, "note", refund->reason);
      set_bag (one, town, "totalRefundedSet", minor (order, refund->amount), order->currency);
      json_object_set_member (one, "transactions", refund_moneys (0, 0));
      json_array_add_object_element (list, one);
    }
  for (guint i = 0; i < own->refunds->len; i++)
    {
      const WbTownShopifyRefund *refund = own->refunds->pdata[i];
      JsonObject                *one = json_object_new ();

      set_gid (one, "id", "Refund", refund->id);
      set_when (one, "createdAt", refund->at);
      set_text (one, "note", refund->note);
      set_bag (one, town, "totalRefundedSet", refund->amount, order->currency);
      json_object_set_member (one, "transactions", refund_moneys (refund->id, refund->moneys));
      json_array_add_object_element (list, one);
    }
  return list;
}

/* ---- lines ---- */

static JsonArray *
bag_list (WbTown *town, const char *name, const char *title, gint64 amount, const char *currency)
{
  JsonArray  *list = json_array_new ();
  JsonObject *one;

  if (amount == 0)
    return list;
  one = json_object_new ();
  set_bag (one, town, name, amount, currency);
  if (title != NULL)
    json_object_set_string_member (one, "title", title);
  json_array_add_object_element (list, one);
  return list;
}

/* Price, discount and tax of a line, as the shop's prices have them. */
static void
set_price (
    JsonObject *one, WbTown *town, WbTownOrder *order, const WbTownItem *line, const char *name)
{
  gint64 full = line->subtotal, now = line->total;

  if (order->prices_include_tax)
    {
      full += line->subtotal_tax;
      now += line->total_tax;
    }
  set_bag (one, town, name, minor (order, full), order->currency);
  json_object_set_array_member (one, "discountAllocations",
                                bag_list (town, "allocatedAmountSet", NULL,
                                          minor (order, full) - minor (order, now),
                                          order->currency));
  json_object_set_array_member (
      one, "taxLines",
      bag_list (town, "priceSet", "VAT", minor (order, line->total_tax), order->currency));
}

static JsonArray *
attributes (const WbTownItem *line)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; line->meta != NULL && i < line->meta->len; i++)
    {
      const WbTownMeta *meta = line->meta->pdata[i];
      JsonObject       *one;

      if (*meta->key == '_' || *meta->value != '"')
        continue;
      one = json_object_new ();
      json_object_set_string_member (one, "key", meta->key);
      json_object_set_string_member (one, "value", "as chosen");
      json_array_add_object_element (list, one);
    }
  return list;
}

static void
set_ref (JsonObject *one, const char *name, const char *kind, gint64 id)
{
  JsonObject *ref;

  if (id == 0)
    {
      json_object_set_null_member (one, name);
      return;
    }
  ref = json_object_new ();
  set_gid (ref, "id", kind, id);
  json_object_set_object_member (one, name, ref);
}

static JsonObject *
line_item (WbTown *town, WbTownOrder *order, const WbTownItem *line)
{
  JsonObject *one = json_object_new ();
  gint64      left = wb_town_shopify_left (town, order, line);
  gint64      good = line->variation_id != 0 ? line->variation_id : line->product_id;
  gboolean    gone = line->code == NULL;

  set_gid (one, "id", "LineItem", line->id);
  json_object_set_string_member (one, "title",
                                 line->parent_name != NULL ? line->parent_name : line->name);
  json_object_set_null_member (one, "variantTitle");
  set_text (one, "sku", line->code);
  json_object_set_int_member (one, "quantity", line->quantity);
  json_object_set_int_member (one, "unfulfilledQuantity", left);
  json_object_set_int_member (one, "nonFulfillableQuantity",
                              wb_town_shopify_never (town, order, line));
  json_object_set_boolean_member (one, "requiresShipping", !wb_town_shopify_virtual (line));
  set_price (one, town, order, line, "originalTotalSet");
  json_object_set_array_member (one, "customAttributes", attributes (line));
  set_ref (one, "product", "Product", gone ? 0 : line->product_id);
  set_ref (one, "variant", "ProductVariant", gone ? 0 : good);
  return one;
}

static JsonNode *
line_items (WbTown *town, WbTownOrder *order)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < order->lines->len; i++)
    json_array_add_object_element (list, line_item (town, order, order->lines->pdata[i]));
  return wb_town_connection (list);
}

static JsonNode *
shipping_lines (WbTown *town, WbTownOrder *order)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < order->shippings->len; i++)
    {
      const WbTownItem *line = order->shippings->pdata[i];
      JsonObject       *one = json_object_new ();

      set_gid (one, "id", "ShippingLine", line->id);
      json_object_set_string_member (one, "title", line->name);
      set_text (one, "code", line->code);
      json_object_set_boolean_member (one, "isRemoved", FALSE);
      set_price (one, town, order, line, "originalPriceSet");
      json_array_add_object_element (list, one);
    }
  return wb_town_connection (list);
}

/* ---- parts by place ---- */

static JsonArray *
holds (WbTown *town, WbTownOrder *order, guint part)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  JsonArray          *list = json_array_new ();

  for (guint i = 0; i < own->holds->len; i++)
    {
      const WbTownShopifyHold *hold = own->holds->pdata[i];
      JsonObject              *one;

      if (hold->part != part)
        continue;
      one = json_object_new ();
      set_gid (one, "id", "FulfillmentHold", hold->id);
      set_text (one, "handle", hold->handle);
      json_object_set_string_member (one, "reason", hold->reason);
      set_text (one, "reasonNotes", hold->notes);
      json_object_set_string_member (
          one, "displayReason",
          strcmp (hold->reason, "HIGH_RISK_OF_FRAUD") == 0 ? "High risk of fraud" : "Other");
      json_object_set_boolean_member (one, "heldByRequestingApp", hold->handle != NULL);
      json_array_add_object_element (list, one);
    }
  return list;
}

static JsonArray *
actions (const char *status)
{
  JsonArray  *list = json_array_new ();
  const char *action = strcmp (status, "ON_HOLD") == 0     ? "RELEASE_HOLD"
                       : strcmp (status, "SCHEDULED") == 0 ? "MARK_AS_OPEN"
                       : strcmp (status, "OPEN") == 0 || strcmp (status, "IN_PROGRESS") == 0
                           ? "CREATE_FULFILLMENT"
                           : NULL;
  JsonObject *one;

  if (action == NULL)
    return list;
  one = json_object_new ();
  json_object_set_string_member (one, "action", action);
  json_array_add_object_element (list, one);
  return list;
}

static JsonNode *
part_lines (WbTown *town, WbTownOrder *order, guint part)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbTownItem *line = order->lines->pdata[i];
      JsonObject       *one;

      if (wb_town_shopify_part_of (order, line) != part || wb_town_shopify_virtual (line))
        continue;
      one = json_object_new ();
      set_gid (one, "id", "FulfillmentOrderLineItem", line->id);
      json_object_set_int_member (one, "remainingQuantity",
                                  wb_town_shopify_left (town, order, line));
      set_ref (one, "lineItem", "LineItem", line->id);
      json_array_add_object_element (list, one);
    }
  return wb_town_connection (list);
}

/** wb_town_shopify_part: Returns: (transfer full): one of the order's parts as a fulfillment order.
 */
JsonNode *
wb_town_shopify_part (WbTown *town, WbTownOrder *order, guint part)
{
  const char *status = wb_town_shopify_part_status (town, order, part);
  JsonObject *one = json_object_new ();
  JsonNode *place = wb_town_shopify_object ("name", part == 0 ? "Lager Rhein" : "Lager Elbe", NULL);

  set_gid (one, "id", "FulfillmentOrder", order->id * 10 + 1 + part);
  json_object_set_string_member (one, "status", status);
  json_object_set_string_member (one, "requestStatus", "UNSUBMITTED");
  set_when (one, "fulfillAt",
            strcmp (status, "SCHEDULED") == 0 ? town->epoch + 20 * DAY : order->created);
  set_when (one, "fulfillBy", order->created + 3 * DAY);
  json_object_set_member (one, "assignedLocation", place);
  json_object_set_array_member (one, "fulfillmentHolds", holds (town, order, part));
  json_object_set_array_member (one, "supportedActions", actions (status));
  json_object_set_member (one, "lineItems", part_lines (town, order, part));
  return node_of (one);
}

static JsonNode *
parts_of (WbTown *town, WbTownOrder *order)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < wb_town_shopify_n_parts (order); i++)
    json_array_add_element (list, wb_town_shopify_part (town, order, i));
  return wb_town_connection (list);
}

/** wb_town_shopify_parcel: Returns: (transfer full): a fulfilment. */
JsonNode *
wb_town_shopify_parcel (WbTown *town, const WbTownShopifyParcel *parcel)
{
  JsonObject *one = json_object_new ();
  JsonArray  *tracking = json_array_new ();
  JsonArray  *lines = json_array_new ();

  if (parcel->number != NULL)
    json_array_add_element (tracking,
                            wb_town_shopify_object ("number", parcel->number, "company",
                                                    parcel->company, "url", parcel->url, NULL));
  for (guint i = 0; i < parcel->pieces->len; i++)
    {
      const WbTownShopifyPieces *pieces = &g_array_index (parcel->pieces, WbTownShopifyPieces, i);
      JsonObject                *line = json_object_new ();

      set_ref (line, "lineItem", "LineItem", pieces->line);
      json_object_set_int_member (line, "quantity", pieces->quantity);
      json_array_add_object_element (lines, line);
    }
  set_gid (one, "id", "Fulfillment", parcel->id);
  json_object_set_string_member (one, "status", "SUCCESS");
  json_object_set_array_member (one, "trackingInfo", tracking);
  json_object_set_member (one, "fulfillmentLineItems", wb_town_connection (lines));
  return node_of (one);
}

static const char *
fulfillment_status (WbTown *town, WbTownOrder *order)
{
  gint64 left = 0, sent = 0;
  guint  held = 0, scheduled = 0;

  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbTownItem *line = order->lines->pdata[i];

      if (wb_town_shopify_virtual (line))
        continue;
      left += wb_town_shopify_left (town, order, line);
      sent += wb_town_shopify_sent (town, order, line->id);
    }
  for (guint i = 0; i < wb_town_shopify_n_parts (order); i++)
    {
      held += strcmp (wb_town_shopify_part_status (town, order, i), "ON_HOLD") == 0;
      scheduled += strcmp (wb_town_shopify_part_status (town, order, i), "SCHEDULED") == 0;
    }
  if (left == 0 && (sent > 0 || g_str_equal (order->status, "completed")))
    return "FULFILLED";
  if (left > 0 && sent > 0)
    return "PARTIALLY_FULFILLED";
  return held > 0 ? "ON_HOLD" : scheduled > 0 ? "SCHEDULED" : "UNFULFILLED";
}

/* ---- the head ---- */

static void
set_address (JsonObject *order, const char *name, const WbTownPerson *person)
{
  g_autofree char *full = NULL;
  JsonNode        *node;

  if (person == NULL || person->country == NULL || *person->country == '\0')
    {
      json_object_set_null_member (order, name);
      return;
    }
  full = g_strdup_printf ("%s %s", person->first_name, person->last_name);
  node = wb_town_shopify_object (
      "name", g_strstrip (full), "firstName", person->first_name, "lastName", person->last_name,
      "company", person->company, "address1", person->address_1, "address2", person->address_2,
      "city", person->city, "zip", person->postcode, "provinceCode", person->state, "province",
      person->state, "countryCodeV2", person->country, "phone", person->phone, NULL);
  json_object_set_member (order, name, node);
}

static void
set_amounts (JsonObject *one, WbTown *town, WbTownOrder *order)
{
  gint64 fees = 0;

  for (guint i = 0; i < order->fees->len; i++)
    {
      const WbTownItem *fee = order->fees->pdata[i];

      fees += minor (order, fee->total + fee->total_tax);
    }
  set_bag (one, town, "totalPriceSet", minor (order, order->total), order->currency);
  set_bag (one, town, "currentTotalPriceSet",
           minor (order, order->total - wb_town_shopify_taken_out (town, order)) -
               refunded (town, order),
           order->currency);
  set_bag (one, town, "totalTaxSet", minor (order, order->total_tax), order->currency);
  set_bag (one, town, "totalShippingPriceSet", minor (order, order->shipping_total),
           order->currency);
  set_bag (one, town, "totalDiscountsSet", minor (order, order->discount_total), order->currency);
  set_bag (one, town, "totalRefundedSet", refunded (town, order), order->currency);
  set_bag (one, town, "totalCapturableSet", capturable (town, order), order->currency);
  json_object_set_null_member (one, "originalTotalDutiesSet");
  if (fees != 0)
    set_bag (one, town, "originalTotalAdditionalFeesSet", fees, order->currency);
  else
    json_object_set_null_member (one, "originalTotalAdditionalFeesSet");
}

static void
set_lists (JsonObject *one, WbTown *town, WbTownOrder *order)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  JsonArray          *names = json_array_new ();
  JsonArray          *parcels = json_array_new ();

  json_array_add_string_element (names, gateway_of (order));
  for (guint i = 0; i < own->parcels->len; i++)
    json_array_add_element (parcels, wb_town_shopify_parcel (town, own->parcels->pdata[i]));
  json_object_set_array_member (one, "paymentGatewayNames", names);
  json_object_set_array_member (one, "tags", json_array_new ());
  json_object_set_array_member (one, "fulfillments", parcels);
  json_object_set_array_member (one, "transactions", transactions (town, order));
  json_object_set_array_member (one, "refunds", refunds (town, order));
  json_object_set_member (one, "lineItems", line_items (town, order));
  json_object_set_member (one, "shippingLines", shipping_lines (town, order));
  json_object_set_member (one, "fulfillmentOrders", parts_of (town, order));
  json_object_set_member (one, "returns", wb_town_connection (json_array_new ()));
}

static void
set_head (JsonObject *one, WbTown *town, WbTownOrder *order)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  g_autofree char    *name = g_strdup_printf ("#%" G_GINT64_FORMAT, order->id);
  gboolean gone = g_str_equal (order->status, "cancelled") || g_str_equal (order->status, "failed");

  set_gid (one, "id", "Order", order->id);
  json_object_set_string_member (one, "name", name);
  set_when (one, "createdAt", order->created);
  set_when (one, "updatedAt", wb_town_shopify_updated (town, order));
  set_when (one, "processedAt", order->created);
  set_when (one, "cancelledAt", own->cancelled != 0 ? own->cancelled : gone ? order->modified : 0);
  json_object_set_boolean_member (one, "closed", FALSE);
  json_object_set_boolean_member (one, "edited", own->edited);
  json_object_set_string_member (one, "displayFinancialStatus", financial_status (town, order));
  set_text (one, "sourceIdentifier", wb_town_shopify_overlay (town, order->id)->source);
  json_object_set_string_member (one, "displayFulfillmentStatus", fulfillment_status (town, order));
  json_object_set_string_member (one, "returnStatus", "NO_RETURN");
  json_object_set_string_member (one, "currencyCode", order->currency);
  json_object_set_string_member (one, "presentmentCurrencyCode", order->currency);
  json_object_set_boolean_member (one, "taxesIncluded", order->prices_include_tax);
  set_text (one, "note", own->note != NULL ? own->note : order->customer_note);
  set_text (one, "email", order->billing->email);
  set_text (one, "phone", order->billing->phone);
  set_address (one, "shippingAddress", order->shipping);
  set_address (one, "billingAddress", order->billing);
  set_ref (one, "customer", "Customer", order->customer_id);
}

/** wb_town_shopify_order: Returns: (transfer full): all of the order; null where there is none. */
JsonNode *
wb_town_shopify_order (WbTown *town, gint64 id)
{
  WbTownOrder *order = wb_town_shop_peek (town->shop, id);
  JsonObject  *one;

  if (!wb_town_shopify_listed (order))
    return json_node_new (JSON_NODE_NULL);
  one = json_object_new ();
  set_head (one, town, order);
  set_amounts (one, town, order);
  set_lists (one, town, order);
  return node_of (one);
}
