/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of the practice shop's Shopify API that change something. */
#include "wb-town-shopify.h"

#include <string.h>

#include "wb-money.h"
#include "wb-town-goods.h"

#define MOST_HOLDS 10

/* ---- small things ---- */

static JsonObject *
input_of (const WbTownField *field, const char *name)
{
  JsonNode *node = json_object_get_member (field->args, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
text_of (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_string_member_with_default (object, name, NULL) : NULL;
}

static JsonNode *
node_of (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/**
 * wb_town_shopify_refused:
 * @list: "userErrors" or what the mutation calls it
 * @code: (nullable)
 *
 * Returns: (transfer full): a payload that says no. Whatever else it could hold is null.
 */
JsonNode *
wb_town_shopify_refused (const char *list, const char *code, const char *message)
{
  static const char *const others[] = { "transaction",
                                        "refund",
                                        "fulfillment",
                                        "order",
                                        "fulfillmentHold",
                                        "fulfillmentOrder",
                                        "job",
                                        "inventoryAdjustmentGroup",
                                        "bulkOperation",
                                        "calculatedOrder",
                                        "calculatedLineItem" };
  JsonObject              *payload = json_object_new ();
  JsonArray               *errors = json_array_new ();
  JsonObject              *one = json_object_new ();

  json_object_set_null_member (one, "field");
  json_object_set_string_member (one, "message", message);
  if (code != NULL)
    json_object_set_string_member (one, "code", code);
  else
    json_object_set_null_member (one, "code");
  json_array_add_object_element (errors, one);
  json_object_set_array_member (payload, list, errors);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    json_object_set_null_member (payload, others[i]);
  return node_of (payload);
}

/* A payload that says yes. @value: (transfer full) */
static JsonNode *
accepted (const char *list, const char *name, JsonNode *value)
{
  JsonObject *payload = json_object_new ();

  json_object_set_array_member (payload, list, json_array_new ());
  json_object_set_member (payload, name, value);
  return node_of (payload);
}

#define refuse(code, message) wb_town_shopify_refused ("userErrors", code, message)

static WbTownOrder *
order_of (WbTown *town, const char *gid)
{
  WbTownOrder *order = wb_town_shop_change (town->shop, wb_town_shopify_id (gid, "Order"));

  return wb_town_shopify_listed (order) ? order : NULL;
}

static WbTownShopifyOrder *
touch (WbTown *town, WbTownOrder *order)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);

  own->updated = wb_town_clock (town);
  return own;
}

/* ---- fulfilments ---- */

/* Reads one part's pieces. Returns: NULL, or why not. */
static const char *
take_part (WbTown *town, JsonObject *part, WbTownShopifyParcel *parcel, WbTownOrder **order)
{
  gint64       id = wb_town_shopify_id (text_of (part, "fulfillmentOrderId"), "FulfillmentOrder");
  WbTownOrder *of = wb_town_shop_change (town->shop, id / 10);
  JsonArray   *lines;
  const char  *status;

  if (!wb_town_shopify_listed (of) || id % 10 < 1 || id % 10 > wb_town_shopify_n_parts (of))
    return "Fulfillment order does not exist.";
  if (*order != NULL && *order != of)
    return "All fulfillment orders must belong to the same order.";
  *order = of;
  parcel->part = (guint) (id % 10 - 1);
  status = wb_town_shopify_part_status (town, of, parcel->part);
  if (strcmp (status, "OPEN") != 0 && strcmp (status, "IN_PROGRESS") != 0)
    return "Fulfillment order is not in a fulfillable state.";
  if (!json_object_has_member (part, "fulfillmentOrderLineItems"))
    return "The practice shop wants the line items named.";
  lines = json_object_get_array_member (part, "fulfillmentOrderLineItems");
  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonObject         *line = json_array_get_object_element (lines, i);
      WbTownShopifyPieces pieces = {
        .line = wb_town_shopify_id (text_of (line, "id"), "FulfillmentOrderLineItem"),
        .quantity = json_object_get_int_member_with_default (line, "quantity", 0),
      };
      gint64 left = 0;

      for (guint k = 0; k < of->lines->len; k++)
        {
          const WbTownItem *item = of->lines->pdata[k];

          if (item->id == pieces.line && wb_town_shopify_part_of (of, item) == parcel->part)
            left = wb_town_shopify_left (town, of, item);
        }
      if (pieces.quantity <= 0 || pieces.quantity > left)
        return "Invalid fulfillment order line item quantity requested.";
      g_array_append_val (parcel->pieces, pieces);
    }
  return NULL;
}

static WbTownShopifyParcel *
parcel_new (WbTown *town, JsonObject *input)
{
  WbTownShopifyParcel *parcel = g_new0 (WbTownShopifyParcel, 1);
  JsonObject          *tracking = json_object_has_member (input, "trackingInfo")
                                      ? json_object_get_object_member (input, "trackingInfo")
                                      : NULL;

  parcel->id = town->shopify->next_id++;
  parcel->at = wb_town_clock (town);
  parcel->company = g_strdup (text_of (tracking, "company"));
  parcel->number = g_strdup (text_of (tracking, "number"));
  parcel->url = g_strdup (text_of (tracking, "url"));
  parcel->notified = json_object_get_boolean_member_with_default (input, "notifyCustomer", FALSE);
  parcel->pieces = g_array_new (FALSE, FALSE, sizeof (WbTownShopifyPieces));
  return parcel;
}

static JsonNode *
fulfillment_create (WbTown *town, const WbTownField *field, GError **error)
{
  JsonObject          *input = input_of (field, "fulfillment");
  JsonArray           *parts = json_object_get_array_member (input, "lineItemsByFulfillmentOrder");
  WbTownShopifyParcel *parcel = parcel_new (town, input);
  WbTownOrder         *order = NULL;
  const char          *why = json_array_get_length (parts) == 1
                                 ? NULL
                                 : "All fulfillment orders must be assigned to the same location.";

  if (why == NULL)
    why = take_part (town, json_array_get_object_element (parts, 0), parcel, &order);
  if (why != NULL)
    {
      g_array_unref (parcel->pieces);
      g_free (parcel->company);
      g_free (parcel->number);
      g_free (parcel->url);
      g_free (parcel);
      return refuse (NULL, why);
    }
  g_ptr_array_add (touch (town, order)->parcels, parcel);
  if (parcel->notified)
    order->fulfillment_mails++;
  return accepted ("userErrors", "fulfillment", wb_town_shopify_parcel (town, parcel));
}

/* The part a mutation is about. */
static WbTownOrder *
part_arg (WbTown *town, const WbTownField *field, guint *part)
{
  gint64 id = wb_town_shopify_id (
      json_object_get_string_member_with_default (field->args, "id", NULL), "FulfillmentOrder");
  WbTownOrder *order = wb_town_shop_change (town->shop, id / 10);

  if (!wb_town_shopify_listed (order) || id % 10 < 1 || id % 10 > wb_town_shopify_n_parts (order))
    return NULL;
  *part = (guint) (id % 10 - 1);
  return order;
}

static JsonNode *
hold (WbTown *town, const WbTownField *field, GError **error)
{
  JsonObject         *input = input_of (field, "fulfillmentHold");
  guint               part = 0;
  WbTownOrder        *order = part_arg (town, field, &part);
  WbTownShopifyOrder *own;
  WbTownShopifyHold  *one;
  g_autofree char    *gid = NULL;

  if (order == NULL)
    return refuse ("FULFILLMENT_ORDER_NOT_FOUND", "Fulfillment order could not be found.");
  own = touch (town, order);
  for (guint i = 0; i < own->holds->len; i++)
    if (g_strcmp0 (((WbTownShopifyHold *) own->holds->pdata[i])->handle,
                   text_of (input, "handle")) == 0 &&
        ((WbTownShopifyHold *) own->holds->pdata[i])->part == part)
      return refuse ("DUPLICATE_FULFILLMENT_HOLD_HANDLE", "The handle has been taken.");
  if (own->holds->len >= MOST_HOLDS)
    return refuse ("FULFILLMENT_ORDER_HOLD_LIMIT_REACHED", "There are too many holds.");
  one = g_new0 (WbTownShopifyHold, 1);
  one->id = town->shopify->next_id++;
  one->part = part;
  one->reason = g_strdup (text_of (input, "reason"));
  one->notes = g_strdup (text_of (input, "reasonNotes"));
  one->handle = g_strdup (text_of (input, "handle"));
  g_ptr_array_add (own->holds, one);
  gid = wb_town_shopify_gid ("FulfillmentHold", one->id);
  return accepted ("userErrors", "fulfillmentHold", wb_town_shopify_object ("id", gid, NULL));
}

static JsonNode *
release (WbTown *town, const WbTownField *field, GError **error)
{
  guint               part = 0;
  WbTownOrder        *order = part_arg (town, field, &part);
  WbTownShopifyOrder *own;

  if (order == NULL)
    return refuse ("FULFILLMENT_ORDER_NOT_FOUND", "Fulfillment order could not be found.");
  own = touch (town, order);
  for (guint i = own->holds->len; i > 0; i--)
    if (((WbTownShopifyHold *) own->holds->pdata[i - 1])->part == part)
      g_ptr_array_remove_index (own->holds, i - 1);
  return accepted ("userErrors", "fulfillmentOrder", wb_town_shopify_part (town, order, part));
}

/* ---- money ---- */

static gboolean
minor_of (JsonObject *input, const char *name, const char *currency, gint64 *out)
{
  const char *text = text_of (input, name);

  return text != NULL && wb_money_parse_minor (text, wb_currency_exponent (currency), out, NULL) &&
         *out > 0;
}

static gint64
add_money (WbTown *town, WbTownShopifyOrder *own, const char *kind, gint64 parent, gint64 amount)
{
  WbTownShopifyMoney *money = g_new0 (WbTownShopifyMoney, 1);

  money->id = town->shopify->next_id++;
  money->parent = parent;
  money->kind = kind;
  money->amount = amount;
  money->at = wb_town_clock (town);
  g_ptr_array_add (own->moneys, money);
  return money->id;
}

static gboolean
is_voided (WbTownShopifyOrder *own)
{
  for (guint i = 0; i < own->moneys->len; i++)
    if (strcmp (((WbTownShopifyMoney *) own->moneys->pdata[i])->kind, "VOID") == 0)
      return TRUE;
  return FALSE;
}

/* Why the capture cannot be; NULL: it can. */
static const char *
why_no_capture (WbTown *town, WbTownOrder *order, JsonObject *input, gint64 *amount)
{
  gint64 parent = wb_town_shopify_id (text_of (input, "parentTransactionId"), "OrderTransaction");
  gint64 taken = wb_town_shopify_captured (town, order);

  if (!wb_town_shopify_authorised (order) || parent != order->id * 10 + 1)
    return "The transaction is not an authorization of this order.";
  if (g_strcmp0 (text_of (input, "currency"), order->currency) != 0)
    return "The currency must be the order's presentment currency.";
  if (!minor_of (input, "amount", order->currency, amount))
    return "Amount must be greater than zero.";
  if (is_voided (wb_town_shopify_overlay (town, order->id)))
    return "The authorization has been voided.";
  if (wb_town_clock (town) >= order->card.capture_before)
    return "The authorization has expired.";
  if (taken > 0 && order->index % 2 != 0)
    return "The authorization can be captured once.";
  if (json_object_has_member (input, "finalCapture") && order->index % 2 != 0)
    return "finalCapture can be used with multi-capturable authorizations only.";
  if (*amount > order->card.amount - taken)
    return "Cannot capture more than the authorized amount.";
  return NULL;
}

static JsonNode *
capture (WbTown *town, const WbTownField *field, GError **error)
{
  JsonObject  *input = input_of (field, "input");
  WbTownOrder *order = order_of (town, text_of (input, "id"));
  const char  *why = "The order does not exist.";
  gint64       amount = 0, id;
  JsonNode    *made;

  if (order != NULL)
    why = why_no_capture (town, order, input, &amount);
  if (why != NULL)
    return refuse (NULL, why);
  id = add_money (town, touch (town, order), "CAPTURE", order->id * 10 + 1,
                  order->card.declines ? 0 : amount);
  made = wb_town_shopify_money (town, order, id);
  if (order->card.declines)
    {
      json_object_set_string_member (json_node_get_object (made), "status", "FAILURE");
      json_object_set_string_member (json_node_get_object (made), "errorCode", "CARD_DECLINED");
      g_ptr_array_remove_index (wb_town_shopify_overlay (town, order->id)->moneys,
                                wb_town_shopify_overlay (town, order->id)->moneys->len - 1);
    }
  return accepted ("userErrors", "transaction", made);
}

static JsonNode *
void_transaction (WbTown *town, const WbTownField *field, GError **error)
{
  gint64 parent = wb_town_shopify_id (
      json_object_get_string_member_with_default (field->args, "parentTransactionId", NULL),
      "OrderTransaction");
  WbTownOrder *order = wb_town_shop_change (town->shop, parent / 10);

  if (!wb_town_shopify_listed (order) || !wb_town_shopify_authorised (order) ||
      parent != order->id * 10 + 1)
    return refuse ("TRANSACTION_NOT_FOUND", "The transaction could not be found.");
  if (wb_town_shopify_captured (town, order) > 0 ||
      is_voided (wb_town_shopify_overlay (town, order->id)))
    return refuse ("AUTH_NOT_VOIDABLE", "The authorization cannot be voided.");
  return accepted ("userErrors", "transaction",
                   wb_town_shopify_money (
                       town, order, add_money (town, touch (town, order), "VOID", parent, 0)));
}

/* The pieces and the money of a refund. Returns: NULL, or why not. */
static const char *
take_refund (
    WbTown *town, WbTownOrder *order, JsonObject *input, gint64 *amount, gint64 *back_before)
{
  JsonArray *moneys = json_object_get_array_member (input, "transactions");
  JsonArray *lines = json_object_has_member (input, "refundLineItems")
                         ? json_object_get_array_member (input, "refundLineItems")
                         : NULL;

  *amount = 0;
  for (guint i = 0; i < json_array_get_length (moneys); i++)
    {
      JsonObject *one = json_array_get_object_element (moneys, i);
      gint64      some = 0;

      if (wb_town_shopify_id (text_of (one, "parentId"), "OrderTransaction") == 0 ||
          g_strcmp0 (text_of (one, "kind"), "REFUND") != 0 ||
          !minor_of (one, "amount", order->currency, &some))
        return "Transactions are invalid.";
      *amount += some;
    }
  if (*amount > wb_town_shopify_captured (town, order) +
                    (order->paid != 0 ? wb_town_minor_of (order->total, order->currency) : 0) -
                    *back_before)
    return "Cannot refund more than was captured.";
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonObject *one = json_array_get_object_element (lines, i);

      if (strcmp (text_of (one, "restockType"), "NO_RESTOCK") != 0 &&
          text_of (one, "locationId") == NULL)
        return "A location is needed to restock.";
    }
  return NULL;
}

static gint64
given_back (WbTownShopifyOrder *own)
{
  gint64 sum = 0;

  for (guint i = 0; i < own->refunds->len; i++)
    sum += ((WbTownShopifyRefund *) own->refunds->pdata[i])->amount;
  return sum;
}

static JsonNode *
refund (WbTown *town, const WbTownField *field, GError **error)
{
  JsonObject          *input = input_of (field, "input");
  WbTownOrder         *order = order_of (town, text_of (input, "orderId"));
  WbTownShopifyRefund *made;
  WbTownShopifyOrder  *own;
  JsonObject          *told;
  g_autofree char     *gid = NULL;
  const char          *why;
  JsonArray           *moneys;
  gint64               amount, before;

  if (order == NULL)
    return refuse (NULL, "The order does not exist.");
  own = wb_town_shopify_overlay (town, order->id);
  before = given_back (own);
  if ((why = take_refund (town, order, input, &amount, &before)) != NULL)
    return refuse (NULL, why);
  moneys = json_object_get_array_member (input, "transactions");
  for (guint i = 0; i < json_array_get_length (moneys); i++)
    {
      JsonObject *one = json_array_get_object_element (moneys, i);
      gint64      some = 0;

      minor_of (one, "amount", order->currency, &some);
      add_money (town, own, "REFUND",
                 wb_town_shopify_id (text_of (one, "parentId"), "OrderTransaction"), some);
    }
  made = g_new0 (WbTownShopifyRefund, 1);
  made->id = town->shopify->next_id++;
  made->at = wb_town_clock (town);
  made->note = g_strdup (text_of (input, "note"));
  made->amount = amount;
  made->moneys = json_array_get_length (moneys);
  g_ptr_array_add (touch (town, order)->refunds, made);
  told = json_object_new ();
  gid = wb_town_shopify_gid ("Refund", made->id);
  json_object_set_string_member (told, "id", gid);
  json_object_set_member (told, "totalRefundedSet",
                          wb_town_shopify_bag (town, amount, order->currency));
  return accepted ("userErrors", "refund", node_of (told));
}

/* ---- the order ---- */

static JsonNode *
cancel (WbTown *town, const WbTownField *field, GError **error)
{
  WbTownOrder     *order = order_of (town, text_of (field->args, "orderId"));
  g_autofree char *gid = NULL;
  JsonNode        *job;

  if (order == NULL)
    return wb_town_shopify_refused ("orderCancelUserErrors", "NOT_FOUND",
                                    "The order does not exist.");
  if (wb_town_shopify_overlay (town, order->id)->cancelled != 0)
    return wb_town_shopify_refused ("orderCancelUserErrors", "INVALID",
                                    "The order was cancelled before.");
  touch (town, order)->cancelled = wb_town_clock (town);
  gid = wb_town_shopify_gid ("Job", town->shopify->next_id++);
  job = wb_town_shopify_object ("id", gid, NULL);
  json_object_set_boolean_member (json_node_get_object (job), "done", FALSE);
  return accepted ("orderCancelUserErrors", "job", job);
}

/** wb_town_shopify_take_address: @given: a MailingAddressInput; what it leaves out stays. */
void
wb_town_shopify_take_address (WbTownPerson *person, JsonObject *given)
{
  static const struct
  {
    const char *given;
    const char *own;
  } words[] = {
    { "firstName", "first_name" }, { "lastName", "last_name" }, { "company", "company" },
    { "address1", "address_1" },   { "address2", "address_2" }, { "city", "city" },
    { "zip", "postcode" },         { "provinceCode", "state" }, { "countryCode", "country" },
    { "phone", "phone" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      char **field = wb_town_person_field (person, words[i].own);

      if (field == NULL || !json_object_has_member (given, words[i].given))
        continue;
      g_free (*field);
      *field =
          g_strdup (text_of (given, words[i].given) != NULL ? text_of (given, words[i].given) : "");
    }
}

static JsonNode *
update (WbTown *town, const WbTownField *field, GError **error)
{
  JsonObject         *input = input_of (field, "input");
  WbTownOrder        *order = order_of (town, text_of (input, "id"));
  WbTownShopifyOrder *own;

  if (order == NULL)
    return refuse (NULL, "The order does not exist.");
  own = touch (town, order);
  if (json_object_has_member (input, "note"))
    {
      g_free (own->note);
      own->note = g_strdup (text_of (input, "note"));
    }
  if (json_object_has_member (input, "shippingAddress"))
    wb_town_shopify_take_address (order->shipping,
                                  json_object_get_object_member (input, "shippingAddress"));
  return accepted ("userErrors", "order", wb_town_shopify_order (town, order->id));
}

/* ---- stock ---- */

static JsonNode *
set_quantities (WbTown *town, const WbTownField *field, GError **error)
{
  JsonObject      *input = input_of (field, "input");
  JsonArray       *list = json_object_get_array_member (input, "quantities");
  g_autofree char *gid = NULL;

  if (g_strcmp0 (text_of (input, "name"), "available") != 0)
    return refuse ("INVALID_NAME", "The quantity name is invalid.");
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < json_array_get_length (list); i++)
      {
        JsonObject *one = json_array_get_object_element (list, i);
        gint64      good = wb_town_shopify_id (text_of (one, "inventoryItemId"), "InventoryItem");
        gint64      place = wb_town_shopify_id (text_of (one, "locationId"), "Location");
        gint64      quantity = json_object_get_int_member_with_default (one, "quantity", 0);

        if (pass == 1)
          {
            wb_town_shopify_set_available (town, place, good, quantity);
            continue;
          }
        if (wb_town_good (good) == NULL)
          return refuse ("INVALID_INVENTORY_ITEM", "The inventory item could not be found.");
        if (place != WB_TOWN_SHOPIFY_FIRST_PLACE && place != WB_TOWN_SHOPIFY_SECOND_PLACE)
          return refuse ("INVALID_LOCATION", "The location could not be found.");
        if (!json_object_has_member (one, "changeFromQuantity"))
          return refuse ("COMPARE_QUANTITY_REQUIRED", "A quantity to compare with is needed.");
        if (json_object_get_int_member (one, "changeFromQuantity") !=
            wb_town_shopify_available (town, place, good))
          return refuse ("CHANGE_FROM_QUANTITY_STALE",
                         "The quantity to change from is not what there is.");
      }
  gid = wb_town_shopify_gid ("InventoryAdjustmentGroup", town->shopify->next_id++);
  return accepted ("userErrors", "inventoryAdjustmentGroup",
                   wb_town_shopify_object ("id", gid, NULL));
}

static const struct
{
  const char *name;
  JsonNode *(*act) (WbTown *, const WbTownField *, GError **);
} acts[] = {
  { "fulfillmentCreate", fulfillment_create },
  { "fulfillmentOrderHold", hold },
  { "fulfillmentOrderReleaseHold", release },
  { "orderCapture", capture },
  { "transactionVoid", void_transaction },
  { "refundCreate", refund },
  { "orderCancel", cancel },
  { "orderCreate", wb_town_shopify_create },
  { "orderEditBegin", wb_town_shopify_edit_begin },
  { "orderEditSetQuantity", wb_town_shopify_edit_quantity },
  { "orderEditCommit", wb_town_shopify_edit_commit },
  { "orderUpdate", update },
  { "inventorySetQuantities", set_quantities },
  { "bulkOperationRunQuery", wb_town_shopify_bulk_run },
};

/** wb_town_shopify_act: Returns: (transfer full): the payload of a mutation, after it was done. */
JsonNode *
wb_town_shopify_act (WbTown *town, const WbTownField *field, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, field->name))
      return acts[i].act (town, field, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Field '%s' doesn't exist on type 'Mutation'",
               field->name);
  return NULL;
}
