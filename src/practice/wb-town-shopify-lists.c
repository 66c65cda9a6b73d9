/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of the practice shop's Shopify API that only tell: orders, goods, places, itself. */
#include "wb-town-shopify.h"

#include <string.h>

#include "wb-town-goods.h"

/* ---- small things ---- */

/**
 * wb_town_shopify_object:
 * @name: of the first member, then its text (%NULL or "": null), and so on; %NULL ends
 *
 * Returns: (transfer full): an object of texts.
 */
JsonNode *
wb_town_shopify_object (const char *name, ...)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  va_list     args;

  va_start (args, name);
  for (; name != NULL; name = va_arg (args, const char *))
    {
      const char *value = va_arg (args, const char *);

      if (value == NULL || *value == '\0')
        json_object_set_null_member (object, name);
      else
        json_object_set_string_member (object, name, value);
    }
  va_end (args);
  json_node_take_object (node, object);
  return node;
}

/** wb_town_shopify_gid: Returns: (transfer full): "gid://shopify/Order/1000". */
char *
wb_town_shopify_gid (const char *kind, gint64 id)
{
  return g_strdup_printf ("gid://shopify/%s/%" G_GINT64_FORMAT, kind, id);
}

/** wb_town_shopify_id: Returns: the number of @gid; 0 when it is of another kind. */
gint64
wb_town_shopify_id (const char *gid, const char *kind)
{
  g_autofree char *prefix = g_strdup_printf ("gid://shopify/%s/", kind);

  return gid != NULL && g_str_has_prefix (gid, prefix)
             ? g_ascii_strtoll (gid + strlen (prefix), NULL, 10)
             : 0;
}

static const char *
arg (const WbTownField *field, const char *name)
{
  return json_object_get_string_member_with_default (field->args, name, NULL);
}

static gint64
id_arg (const WbTownField *field, const char *name, const char *kind)
{
  return wb_town_shopify_id (arg (field, name), kind);
}

static void
set_gid (JsonObject *object, const char *kind, gint64 id)
{
  g_autofree char *gid = wb_town_shopify_gid (kind, id);

  json_object_set_string_member (object, "id", gid);
}

static JsonNode *
node_of (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/* ---- orders ---- */

typedef struct
{
  gint64    id;
  WbInstant when;
} Row;

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *left = a, *right = b;

  if (left->when != right->when)
    return left->when < right->when ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

/* Whether anything of the order is to be fulfilled, and it is neither paid for nothing nor gone. */
static gboolean
is_open (WbTown *town, WbTownOrder *order)
{
  if (g_str_equal (order->status, "cancelled") || g_str_equal (order->status, "failed") ||
      wb_town_shopify_overlay (town, order->id)->cancelled != 0)
    return FALSE;
  for (guint i = 0; i < order->lines->len; i++)
    if (!wb_town_shopify_virtual (order->lines->pdata[i]) &&
        wb_town_shopify_left (town, order, order->lines->pdata[i]) > 0)
      return TRUE;
  return FALSE;
}

typedef struct
{
  WbInstant since;
  gboolean  open;
} Filter;

/* The two searches the practice shop knows. */
static gboolean
read_filter (const char *text, Filter *filter, GError **error)
{
  const char *date;

  if (text == NULL || *text == '\0')
    return TRUE;
  if (g_str_has_prefix (text, "status:open AND (fulfillment_status:"))
    {
      filter->open = TRUE;
      return TRUE;
    }
  if (g_str_has_prefix (text, "updated_at:>='") && (date = strchr (text, '\'')) != NULL)
    {
      g_autofree char *when = g_strndup (date + 1, strcspn (date + 1, "'"));

      return wb_instant_parse (when, &filter->since, error);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "the practice shop cannot search for %s", text);
  return FALSE;
}

/* All orders that fit, in the order asked for. */
static GArray *
find_orders (WbTown *town, const WbTownField *field, GError **error)
{
  const char *sort = arg (field, "sortKey");
  WbTownQuery query = {
    .orderby = "id", .ascending = TRUE, .page = 1, .per_page = G_MAXINT32, .customer = -1
  };
  g_autoptr (GArray) ids = NULL;
  GArray            *rows;
  Filter             filter = { 0 };
  guint              total;

  if (!read_filter (arg (field, "query"), &filter, error))
    return NULL;
  ids = wb_town_shop_list (town->shop, &query, &total);
  rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (guint i = 0; i < ids->len; i++)
    {
      gint64       id = g_array_index (ids, gint64, i);
      WbTownOrder *order = wb_town_shop_peek (town->shop, id);
      Row          row = { .id = id };

      if (!wb_town_shopify_listed (order) || (filter.open && !is_open (town, order)) ||
          (filter.since != 0 && wb_town_shopify_updated (town, order) < filter.since))
        continue;
      row.when = g_strcmp0 (sort, "UPDATED_AT") == 0 ? wb_town_shopify_updated (town, order)
                                                     : order->created;
      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
  return rows;
}

static void
turn_round (GArray *rows)
{
  for (guint i = 0; i < rows->len / 2; i++)
    {
      Row other = g_array_index (rows, Row, i);

      g_array_index (rows, Row, i) = g_array_index (rows, Row, rows->len - 1 - i);
      g_array_index (rows, Row, rows->len - 1 - i) = other;
    }
}

static JsonNode *
orders (WbTown *town, const WbTownField *field, GError **error)
{
  g_autoptr (GArray) rows = find_orders (town, field, error);
  const char        *after = arg (field, "after");
  guint  from = after != NULL && *after == 'c' ? (guint) g_ascii_strtoull (after + 1, NULL, 10) : 0;
  gint64 first = json_object_get_int_member_with_default (field->args, "first", G_MAXINT32);
  JsonArray *list;

  if (rows == NULL)
    return NULL;
  if (first > 250 && first != G_MAXINT32)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "first cannot exceed 250");
      return NULL;
    }
  if (json_object_get_boolean_member_with_default (field->args, "reverse", FALSE))
    turn_round (rows);
  list = json_array_new ();
  for (guint i = from; i < rows->len && i - from < (guint) first; i++)
    json_array_add_element (list, wb_town_shopify_order (town, g_array_index (rows, Row, i).id));
  return wb_town_connection_slice (list, from, rows->len);
}

static JsonNode *
orders_count (WbTown *town, const WbTownField *field, GError **error)
{
  g_autoptr (GArray) rows = find_orders (town, field, error);
  JsonObject        *count;

  if (rows == NULL)
    return NULL;
  count = json_object_new ();
  json_object_set_int_member (count, "count", rows->len);
  return node_of (count);
}

static JsonNode *
order (WbTown *town, const WbTownField *field, GError **error)
{
  return wb_town_shopify_order (town, id_arg (field, "id", "Order"));
}

static JsonNode *
fulfillment_order (WbTown *town, const WbTownField *field, GError **error)
{
  gint64       id = id_arg (field, "id", "FulfillmentOrder");
  WbTownOrder *of = wb_town_shop_peek (town->shop, id / 10);
  gint64       part = id % 10 - 1;

  if (of == NULL || part < 0 || part >= wb_town_shopify_n_parts (of))
    return json_node_new (JSON_NODE_NULL);
  return wb_town_shopify_part (town, of, (guint) part);
}

static JsonNode *
fulfillment (WbTown *town, const WbTownField *field, GError **error)
{
  gint64         id = id_arg (field, "id", "Fulfillment");
  GHashTableIter at;
  gpointer       own;

  g_hash_table_iter_init (&at, town->shopify->orders);
  while (g_hash_table_iter_next (&at, NULL, &own))
    {
      GPtrArray *parcels = ((WbTownShopifyOrder *) own)->parcels;

      for (guint i = 0; i < parcels->len; i++)
        if (((WbTownShopifyParcel *) parcels->pdata[i])->id == id)
          return wb_town_shopify_parcel (town, parcels->pdata[i]);
    }
  return json_node_new (JSON_NODE_NULL);
}

/* ---- goods ---- */

static char *
stock_key (gint64 place, gint64 good)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, place, good);
}

/** wb_town_shopify_available: pieces at @place; the first place is the shop's own stock. */
gint64
wb_town_shopify_available (WbTown *town, gint64 place, gint64 good)
{
  g_autofree char *key = stock_key (place, good);
  const gint64    *set = g_hash_table_lookup (town->shopify->stock, key);
  gint64           quantity = 0;

  if (place == WB_TOWN_SHOPIFY_FIRST_PLACE)
    return wb_town_shop_stock (town->shop, good, &quantity) ? quantity : 0;
  return set != NULL ? *set : 3;
}

/** wb_town_shopify_set_available: sets (never adds) the pieces at @place. */
void
wb_town_shopify_set_available (WbTown *town, gint64 place, gint64 good, gint64 pieces)
{
  if (place == WB_TOWN_SHOPIFY_FIRST_PLACE)
    wb_town_shop_set_stock (town->shop, good, pieces);
  else
    g_hash_table_insert (town->shopify->stock, stock_key (place, good),
                         g_memdup2 (&pieces, sizeof pieces));
}

static gboolean
is_place (gint64 place)
{
  return place == WB_TOWN_SHOPIFY_FIRST_PLACE || place == WB_TOWN_SHOPIFY_SECOND_PLACE;
}

/* The stock of @good, at the place the selection asks for. */
static JsonNode *
inventory_item (WbTown *town, const WbTownGood *good, const WbTownField *field)
{
  JsonObject *item = json_object_new ();
  JsonObject *measurement = json_object_new ();
  JsonObject *weight = json_object_new ();
  gint64      place = 0, pieces;

  for (guint i = 0; i < field->fields->len; i++)
    {
      const WbTownField *part = field->fields->pdata[i];

      if (g_str_equal (part->name, "inventoryLevel"))
        place = id_arg (part, "locationId", "Location");
    }
  set_gid (item, "InventoryItem", good->id);
  json_object_set_boolean_member (item, "tracked",
                                  wb_town_shop_stock (town->shop, good->id, &pieces));
  json_object_set_double_member (weight, "value", good->grams / 1000.0);
  json_object_set_string_member (weight, "unit", "KILOGRAMS");
  json_object_set_object_member (measurement, "weight", weight);
  json_object_set_object_member (item, "measurement", measurement);
  if (is_place (place))
    {
      JsonObject *level = json_object_new ();
      JsonArray  *quantities = json_array_new ();
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "name", "available");
      json_object_set_int_member (one, "quantity",
                                  wb_town_shopify_available (town, place, good->id));
      json_array_add_object_element (quantities, one);
      json_object_set_array_member (level, "quantities", quantities);
      json_object_set_object_member (item, "inventoryLevel", level);
    }
  else
    json_object_set_null_member (item, "inventoryLevel");
  return node_of (item);
}

/* What is selected of @name, on the way down through nodes. */
static const WbTownField *
selected (const WbTownField *field, const char *name)
{
  for (guint i = 0; i < field->fields->len; i++)
    {
      const WbTownField *part = field->fields->pdata[i];
      const WbTownField *deeper;

      if (g_str_equal (part->name, name))
        return part;
      if ((deeper = selected (part, name)) != NULL)
        return deeper;
    }
  return NULL;
}

static JsonNode *
product_variants (WbTown *town, const WbTownField *field, GError **error)
{
  const WbTownField *stock = selected (field, "inventoryItem");
  JsonArray         *list = json_array_new ();

  for (guint i = 0; i < wb_town_n_goods (); i++)
    {
      const WbTownGood *good = &wb_town_goods[i];
      JsonObject       *one, *product;
      g_autofree char  *name = NULL;

      if (good->deleted || wb_town_good_has_variations (good))
        continue;
      one = json_object_new ();
      product = json_object_new ();
      name = good->option != NULL ? g_strdup_printf ("%s - %s", good->name, good->option)
                                  : g_strdup (good->name);
      set_gid (one, "ProductVariant", good->id);
      set_gid (product, "Product", good->parent != 0 ? good->parent : good->id);
      json_object_set_object_member (one, "product", product);
      json_object_set_string_member (one, "displayName", name);
      json_object_set_string_member (one, "sku", good->sku);
      json_object_set_null_member (one, "barcode");
      if (stock != NULL)
        json_object_set_member (one, "inventoryItem", inventory_item (town, good, stock));
      json_array_add_object_element (list, one);
    }
  return wb_town_connection (list);
}

static JsonNode *
stock_of (WbTown *town, const WbTownField *field, GError **error)
{
  const WbTownGood *good = wb_town_good (id_arg (field, "id", "InventoryItem"));

  return good != NULL && !good->deleted ? inventory_item (town, good, field)
                                        : json_node_new (JSON_NODE_NULL);
}

/* ---- the shop itself ---- */

static JsonNode *
location (WbTown *town, const WbTownField *field, GError **error)
{
  const char *gid = arg (field, "id");
  gint64      id = gid == NULL ? WB_TOWN_SHOPIFY_FIRST_PLACE : wb_town_shopify_id (gid, "Location");
  g_autofree char *full = wb_town_shopify_gid ("Location", id);
  JsonNode        *node;

  if (!is_place (id))
    return json_node_new (JSON_NODE_NULL);
  node = wb_town_shopify_object (
      "id", full, "name", id == WB_TOWN_SHOPIFY_FIRST_PLACE ? "Lager Rhein" : "Lager Elbe", NULL);
  json_object_set_boolean_member (json_node_get_object (node), "isActive", TRUE);
  return node;
}

static JsonNode *
shop (WbTown *town, const WbTownField *field, GError **error)
{
  return wb_town_shopify_object ("name", "Übungsladen", "currencyCode", town->currency,
                                 "ianaTimezone", town->timezone, "myshopifyDomain",
                                 "practice.myshopify.com", NULL);
}

static JsonNode *
app (WbTown *town, const WbTownField *field, GError **error)
{
  g_auto (GStrv) scopes = g_strsplit (town->shopify->scopes, " ", -1);
  JsonArray     *list = json_array_new ();
  JsonObject    *one = json_object_new ();

  for (guint i = 0; scopes[i] != NULL; i++)
    json_array_add_element (list, wb_town_shopify_object ("handle", scopes[i], NULL));
  json_object_set_array_member (one, "accessScopes", list);
  return node_of (one);
}

static const struct
{
  const char *name;
  JsonNode *(*answer) (WbTown *, const WbTownField *, GError **);
} fields[] = {
  { "orders", orders },
  { "ordersCount", orders_count },
  { "order", order },
  { "fulfillmentOrder", fulfillment_order },
  { "fulfillment", fulfillment },
  { "productVariants", product_variants },
  { "inventoryItem", stock_of },
  { "location", location },
  { "node", wb_town_shopify_node },
  { "nodes", wb_town_shopify_nodes },
  { "shopifyPaymentsAccount", wb_town_shopify_account },
  { "shop", shop },
  { "currentAppInstallation", app },
  { "bulkOperation", wb_town_shopify_bulk_state },
};

/** wb_town_shopify_query: Returns: (transfer full): all that @field could tell. */
JsonNode *
wb_town_shopify_query (WbTown *town, const WbTownField *field, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].name, field->name))
      return fields[i].answer (town, field, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Field '%s' doesn't exist on type 'QueryRoot'",
               field->name);
  return NULL;
}
