/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making an order in a Shopify shop. Our key goes along as the identifier it has where it comes
 * from; where an answer is lost the order is looked for by it among the newest. */
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

#define CLOCK_SLACK 120 /* seconds between the shop's clock and what we know of it */
#define A_PAGE      100
#define MOST_PAGES  20

/* ---- looking ---- */

/* @over: (out): whether what follows was made before @since. */
static gboolean
find_in_page (
    const WbJson *list, guint n, const char *key, WbInstant since, char **remote_id, gboolean *over)
{
  for (guint i = 0; i < n; i++)
    {
      WbJson    one = wb_json_element (list, i);
      WbInstant made = 0;

      if (wb_json_opt_instant (&one, "createdAt", &made, NULL) && made != 0 && made < since)
        {
          *over = TRUE;
          return FALSE;
        }
      if (g_strcmp0 (wb_json_opt_string (&one, "sourceIdentifier"), key) != 0)
        continue;
      if (remote_id != NULL)
        *remote_id = wb_shopify_ref (&one, "id");
      return TRUE;
    }
  return FALSE;
}

/** wb_shopify_find_created: see wb_shop_find_created(). */
WbFinding
wb_shopify_find_created (WbShop       *shop,
                         const char   *key,
                         WbInstant     since,
                         char        **remote_id,
                         GCancellable *cancellable,
                         GError      **error)
{
  WbShopifyShop   *self = WB_SHOPIFY_SHOP (shop);
  g_autofree char *after = NULL;
  gboolean         over = FALSE;

  since += self->clock_offset - CLOCK_SLACK;
  for (guint page = 0; page < MOST_PAGES; page++)
    {
      g_autoptr (JsonNode) root = wb_shopify_call (
          self, "created.graphql",
          wb_graphql_object ("first", 'i', (gint64) A_PAGE, "after", 's', after, NULL), cancellable,
          error);
      WbJson at = wb_json_root (root, "reply"), data, connection, list;
      guint  n;

      if (root == NULL)
        return WB_FINDING_UNKNOWN;
      data = wb_json_member (&at, "data");
      connection = wb_json_member (&data, "orders");
      if (!wb_json_array (&connection, "nodes", &list, &n, error))
        return WB_FINDING_UNKNOWN;
      if (find_in_page (&list, n, key, since, remote_id, &over))
        return WB_FINDING_DONE;
      if (over || !wb_shopify_next_page (&connection, &after))
        return WB_FINDING_NOT_DONE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
               "More than %d orders came in since; whether this one was made is not known",
               A_PAGE * MOST_PAGES);
  return WB_FINDING_UNKNOWN;
}

/* ---- writing ---- */

typedef struct
{
  const char *currency;
  JsonArray  *items;
  JsonArray  *shippings;
  gint64      sum; /* of everything, its tax too */
} Draft;

static JsonNode *
bag (const Draft *draft, gint64 amount)
{
  g_autofree char *text = wb_money_to_decimal (wb_money (amount, draft->currency));

  return wb_graphql_object (
      "shopMoney", 'n',
      wb_graphql_object ("amount", 's', text, "currencyCode", 's', draft->currency, NULL), NULL);
}

/* The tax of a line as an amount; the rate that Shopify wants beside it is what the amounts make.
 */
static JsonNode *
taxes (const Draft *draft, gint64 net, gint64 tax)
{
  JsonNode        *node;
  g_autofree char *rate = NULL;

  if (tax == 0)
    return NULL;
  rate = wb_minor_to_decimal (net != 0 ? (gint64) ((__int128) tax * 10000 / net) : 0, 4);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, json_array_new ());
  json_array_add_element (json_node_get_array (node),
                          wb_graphql_object ("title", 's', "Tax", "rate", 's', rate, "priceSet",
                                             'n', bag (draft, tax), NULL));
  return node;
}

/* @pieces at @price each, with @tax in all. */
static void
add_pieces (Draft *draft, gpointer line, gint64 pieces, gint64 price, gint64 tax)
{
  const char      *variation = wb_record_get_text (line, WB_ORDER_LINE_VARIATION_REF);
  const char      *sku = wb_record_get_text (line, WB_ORDER_LINE_SKU);
  const char      *name = wb_record_get_text (line, WB_ORDER_LINE_NAME);
  g_autofree char *gid = variation != NULL ? wb_shopify_gid ("ProductVariant", variation) : NULL;
  gboolean item = g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0;
  gboolean ships = item && wb_record_get_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING);

  if (pieces == 0)
    return;
  json_array_add_element (
      draft->items, wb_graphql_object ("variantId", 's', gid, "title", 's',
                                       wb_text_is_empty (name) ? (sku != NULL ? sku : "—") : name,
                                       "sku", 's', wb_text_is_empty (sku) ? NULL : sku, "quantity",
                                       'i', pieces, "requiresShipping", 'b', ships, "taxable", 'b',
                                       tax != 0, "priceSet", 'n', bag (draft, price), "taxLines",
                                       'n', taxes (draft, price * pieces, tax), NULL));
}

/* Shopify takes a price a piece: where the line's total is not that many times one, some pieces
 * cost a unit more than the others, in a line of their own. */
static void
add_item (Draft *draft, gpointer line)
{
  gint64 pieces = MAX (1, wb_record_get_int (line, WB_ORDER_LINE_QUANTITY));
  gint64 total = wb_record_get_int (line, WB_ORDER_LINE_TOTAL);
  gint64 tax = wb_record_get_int (line, WB_ORDER_LINE_TAX);
  gint64 dearer = total % pieces, price = total / pieces;
  gint64 part = total != 0 ? (gint64) ((__int128) tax * (price * (pieces - dearer)) / total) : tax;

  add_pieces (draft, line, pieces - dearer, price, part);
  add_pieces (draft, line, dearer, price + 1, tax - part);
  draft->sum += total + tax;
}

static void
add_shipping (Draft *draft, gpointer line)
{
  const char *name = wb_record_get_text (line, WB_ORDER_LINE_NAME);
  gint64      total = wb_record_get_int (line, WB_ORDER_LINE_TOTAL);
  gint64      tax = wb_record_get_int (line, WB_ORDER_LINE_TAX);

  json_array_add_element (draft->shippings,
                          wb_graphql_object ("title", 's', wb_text_is_empty (name) ? "—" : name,
                                             "priceSet", 'n', bag (draft, total), "taxLines", 'n',
                                             taxes (draft, total, tax), NULL));
  draft->sum += total + tax;
}

/* Shopify has no fees: one is an item that is not shipped. */
static void
add_lines (Draft *draft, WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *kind = wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND);

      if (g_strcmp0 (kind, WB_LINE_SHIPPING) == 0)
        add_shipping (draft, lines->pdata[i]);
      else if (g_strcmp0 (kind, WB_LINE_ITEM) == 0 || g_strcmp0 (kind, WB_LINE_FEE) == 0)
        add_item (draft, lines->pdata[i]);
    }
}

static const char *
why_not (WbOrder *draft, const char *key)
{
  static const char *const kinds[] = { WB_LINE_ITEM, WB_LINE_SHIPPING, WB_LINE_FEE, NULL };
  GPtrArray               *lines = wb_record_get_many (draft, WB_ORDER_LINES);

  if (wb_text_is_empty (key))
    return "it has no key of ours, and could not be found again";
  if (!wb_currency_is_valid (wb_record_get_text (draft, WB_ORDER_CURRENCY)))
    return "it has no currency";
  if (lines->len == 0)
    return "it has no lines";
  for (guint i = 0; i < lines->len; i++)
    {
      gpointer    line = lines->pdata[i];
      const char *kind = wb_record_get_text (line, WB_ORDER_LINE_KIND);

      if (wb_record_get_int (line, WB_ORDER_LINE_TOTAL) < 0 ||
          wb_record_get_int (line, WB_ORDER_LINE_TAX) < 0)
        return "Shopify takes no line with a negative amount";
      if (!g_strv_contains (kinds, kind) && wb_record_get_int (line, WB_ORDER_LINE_TOTAL) != 0)
        return "it has a line that is neither an article nor shipping nor a fee";
      if (g_strcmp0 (kind, WB_LINE_ITEM) == 0 &&
          wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) < 1)
        return "a line has no pieces";
    }
  return NULL;
}

static JsonNode *
list_of (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

/* Paid by means that are none of the shop's; NULL: it is not. */
static JsonNode *
payment_of (const Draft *draft, WbOrder *order)
{
  const char *way = wb_record_get_text (order, WB_ORDER_PAYMENT_TITLE);
  JsonArray  *list;

  if (draft->sum == 0 ||
      g_strcmp0 (wb_record_get_text (order, WB_ORDER_SHOP_STATE), WB_SHOP_OPEN) != 0)
    return NULL;
  list = json_array_new ();
  json_array_add_element (
      list, wb_graphql_object ("kind", 's', "SALE", "status", 's', "SUCCESS", "gateway", 's',
                               wb_text_is_empty (way) ? "manual" : way, "amountSet", 'n',
                               bag (draft, draft->sum), NULL));
  return list_of (list);
}

static JsonNode *
order_input (WbOrder *order, const char *key)
{
  Draft       draft = { .currency = wb_record_get_text (order, WB_ORDER_CURRENCY),
                        .items = json_array_new (),
                        .shippings = json_array_new () };
  WbAddress  *ship_to = wb_record_get_one (order, WB_ORDER_SHIP_TO);
  WbAddress  *bill_to = wb_record_get_one (order, WB_ORDER_BILL_TO);
  const char *email = wb_record_get_text (order, WB_ORDER_EMAIL);
  const char *note = wb_record_get_text (order, WB_ORDER_NOTE);
  JsonNode   *payment;

  add_lines (&draft, order);
  payment = payment_of (&draft, order);
  if (bill_to == NULL)
    bill_to = ship_to;
  return wb_graphql_object (
      "sourceIdentifier", 's', key, "currency", 's', draft.currency, "email", 's',
      wb_text_is_empty (email) ? NULL : email, "note", 's', wb_text_is_empty (note) ? NULL : note,
      "taxesIncluded", 'b', FALSE, "financialStatus", 's', payment != NULL ? "PAID" : "PENDING",
      "lineItems", 'n', list_of (draft.items), "shippingLines", 'n', list_of (draft.shippings),
      "shippingAddress", 'n', ship_to != NULL ? wb_shopify_address_input (ship_to) : NULL,
      "billingAddress", 'n', bill_to != NULL ? wb_shopify_address_input (bill_to) : NULL,
      "transactions", 'n', payment, NULL);
}

/**
 * wb_shopify_create_order:
 * See wb_shop_create_order(). The amounts are the draft's, to the unit, tax too; the goods are
 * taken from the shop's stock; the customer is sent nothing.
 */
gboolean
wb_shopify_create_order (WbShop       *shop,
                         WbOrder      *draft,
                         const char   *key,
                         char        **remote_id,
                         GCancellable *cancellable,
                         GError      **error)
{
  WbShopifyShop       *self = WB_SHOPIFY_SHOP (shop);
  const char          *why = why_not (draft, key);
  g_autoptr (JsonNode) payload = NULL;
  JsonNode            *options;
  WbJson               at, made;
  char                *id;

  if (why != NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The order was not made in the shop: %s",
                   why);
      return FALSE;
    }
  options = wb_graphql_object ("inventoryBehaviour", 's', "DECREMENT_IGNORING_POLICY",
                               "sendReceipt", 'b', FALSE, NULL);
  if (!wb_shopify_mutate (
          self, "create.graphql", "orderCreate", "userErrors",
          wb_graphql_object ("order", 'n', order_input (draft, key), "options", 'n', options, NULL),
          &payload, cancellable, error))
    return FALSE;
  at = wb_json_root (payload, "orderCreate");
  made = wb_json_member (&at, "order");
  if ((id = wb_shopify_ref (&made, "id")) == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The shop was sent the order, but its answer names no id");
      return FALSE;
    }
  *remote_id = id;
  return TRUE;
}
