/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a Shopify shop sells, how many it shows at one place, and setting that, compared by the shop
 * itself. */
#include <math.h>
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

#define VARIANTS_A_PAGE 50

/** wb_shopify_ensure_location: sees that self->location names the place whose stock is shown: the
 * chosen one, else the shop's first. */
gboolean
wb_shopify_ensure_location (WbShopifyShop *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               at, data, place;
  const char          *id;

  if (self->location != NULL)
    return TRUE;
  root = wb_shopify_call (self, "location.graphql", NULL, cancellable, error);
  if (root == NULL)
    return FALSE;
  at = wb_json_root (root, "reply");
  data = wb_json_member (&at, "data");
  place = wb_json_member (&data, "location");
  if ((id = wb_json_string (&place, "id", error)) == NULL)
    return FALSE;
  self->location = g_strdup (id);
  return TRUE;
}

/* Pieces that are available of @item; 0 where it is not stocked. */
static gboolean
available_of (const WbJson *item, gint64 *available, gboolean *stocked, GError **error)
{
  WbJson level = wb_json_member (item, "inventoryLevel");
  WbJson list, first;
  guint  n;

  *available = 0;
  *stocked = wb_json_is_object (&level);
  if (!*stocked)
    return TRUE;
  if (!wb_json_array (&level, "quantities", &list, &n, error))
    return FALSE;
  first = wb_json_element (&list, 0);
  return wb_json_int (&first, "quantity", available, error);
}

/* A weight in whole grams; the shop's is a number with a unit. */
static gint64
grams_of (const WbJson *item)
{
  static const struct
  {
    const char *unit;
    double      grams; /* no money: a weight */
  } units[] = {
    { "GRAMS", 1 },
    { "KILOGRAMS", 1000 },
    { "OUNCES", 28.349523125 },
    { "POUNDS", 453.59237 },
  };
  WbJson      measurement = wb_json_member (item, "measurement");
  WbJson      weight = wb_json_member (&measurement, "weight");
  WbJson      value = wb_json_member (&weight, "value");
  const char *unit = wb_json_opt_string (&weight, "unit");
  double      number; /* no money: a weight */

  if (value.node == NULL || !JSON_NODE_HOLDS_VALUE (value.node) ||
      json_node_get_value_type (value.node) == G_TYPE_STRING)
    return 0;
  number = json_node_get_double (value.node);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_strcmp0 (units[i].unit, unit) == 0 && number > 0 && number < 1e7)
      return llround (number * units[i].grams);
  return 0;
}

static WbListing *
read_listing (const WbJson *at, GError **error)
{
  g_autoptr (WbListing) listing = wb_listing_new ();
  WbJson                product = wb_json_member (at, "product");
  WbJson                item = wb_json_member (at, "inventoryItem");
  g_autofree char      *product_ref = wb_shopify_ref (&product, "id");
  g_autofree char      *variation_ref = wb_shopify_ref (at, "id");
  g_autofree char      *stock_ref = wb_shopify_ref (&item, "id");
  const char           *sku = wb_json_opt_string (at, "sku");
  const char           *barcode = wb_json_opt_string (at, "barcode");
  gboolean              stocked;
  gint64                available;

  if (product_ref == NULL || variation_ref == NULL || stock_ref == NULL)
    {
      wb_json_fail (at, "a variant with its product and its stock", error);
      return NULL;
    }
  if (!available_of (&item, &available, &stocked, error))
    return NULL;
  wb_record_set_text (listing, WB_LISTING_PRODUCT_REF, product_ref);
  wb_record_set_text (listing, WB_LISTING_VARIATION_REF, variation_ref);
  wb_record_set_text (listing, WB_LISTING_STOCK_REF, stock_ref);
  wb_record_set_text (listing, WB_LISTING_SKU, wb_text_is_empty (sku) ? NULL : sku);
  wb_record_set_text (listing, WB_LISTING_BARCODE, wb_text_is_empty (barcode) ? NULL : barcode);
  wb_record_set_text (listing, WB_LISTING_NAME, wb_json_opt_string (at, "displayName"));
  wb_record_set_int (listing, WB_LISTING_WEIGHT_G, grams_of (&item));
  wb_record_set_bool (listing, WB_LISTING_MANAGED,
                      stocked && wb_json_bool (&item, "tracked", FALSE));
  wb_record_set_int (listing, WB_LISTING_SHOWN, available);
  return g_steal_pointer (&listing);
}

static gboolean
read_page (const WbJson *connection, GPtrArray *listings, GPtrArray *problems, GError **error)
{
  WbJson list;
  guint  n;

  if (!wb_json_array (connection, "nodes", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) local = NULL;
      WbJson             one = wb_json_element (&list, i);
      WbListing         *listing = read_listing (&one, &local);

      if (listing != NULL)
        g_ptr_array_add (listings, listing);
      else
        g_ptr_array_add (problems, g_strdup (local->message));
    }
  return TRUE;
}

/** wb_shopify_fetch_listings: see wb_shop_fetch_listings(). All is read each time: a sale does not
 * date a variant. */
gboolean
wb_shopify_fetch_listings (WbShop           *shop,
                           const char       *cursor,
                           WbShopListingFunc page,
                           gpointer          data,
                           GCancellable     *cancellable,
                           GError          **error)
{
  WbShopifyShop   *self = WB_SHOPIFY_SHOP (shop);
  g_autofree char *after = NULL;
  gboolean         more = TRUE;
  gint64           done = 0;

  if (!wb_shopify_ensure_location (self, cancellable, error))
    return FALSE;
  while (more)
    {
      g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (JsonNode)  root =
          wb_shopify_call (self, "variants.graphql",
                           wb_graphql_object ("first", 'i', (gint64) VARIANTS_A_PAGE, "after", 's',
                                              after, "location", 's', self->location, NULL),
                           cancellable, error);
      WbJson at = wb_json_root (root, "reply");
      WbJson reply, connection;

      if (root == NULL)
        return FALSE;
      reply = wb_json_member (&at, "data");
      connection = wb_json_member (&reply, "productVariants");
      if (!read_page (&connection, listings, problems, error))
        return FALSE;
      done += listings->len;
      more = wb_shopify_next_page (&connection, &after);
      if (!page (listings, problems, NULL, done, -1, data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_shown (WbShopifyShop *self,
            const char    *stock_ref,
            gint64        *shown,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char     *gid = NULL;
  g_autoptr (JsonNode) root = NULL;
  WbJson               at, data, item;
  gboolean             stocked;

  if (wb_text_is_empty (stock_ref))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The shop's stock of it is not known");
      return FALSE;
    }
  if (!wb_shopify_ensure_location (self, cancellable, error))
    return FALSE;
  gid = wb_shopify_gid ("InventoryItem", stock_ref);
  root = wb_shopify_call (self, "stock.graphql",
                          wb_graphql_object ("id", 's', gid, "location", 's', self->location, NULL),
                          cancellable, error);
  if (root == NULL)
    return FALSE;
  at = wb_json_root (root, "reply");
  data = wb_json_member (&at, "data");
  item = wb_json_member (&data, "inventoryItem");
  if (wb_json_is_object (&item))
    return available_of (&item, shown, &stocked, error);
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "The shop does not sell it any more");
  return FALSE;
}

/** wb_shopify_read_stock: see wb_shop_read_stock(). */
gboolean
wb_shopify_read_stock (
    WbShop *shop, WbListing *listing, gint64 *shown, GCancellable *cancellable, GError **error)
{
  return read_shown (WB_SHOPIFY_SHOP (shop), wb_record_get_text (listing, WB_LISTING_STOCK_REF),
                     shown, cancellable, error);
}

/**
 * wb_shopify_set_stock:
 * See wb_shop_set_stock(). The shop itself compares what it shows with what is expected, in the
 * same step as it sets it.
 */
gboolean
wb_shopify_set_stock (WbShop            *shop,
                      const WbShopStock *stock,
                      gint64            *shown,
                      GCancellable      *cancellable,
                      GError           **error)
{
  WbShopifyShop     *self = WB_SHOPIFY_SHOP (shop);
  g_autofree char   *gid = NULL;
  g_autofree char   *document = NULL;
  g_autoptr (GError) local = NULL;
  JsonNode          *list, *input;

  if (wb_text_is_empty (stock->stock_ref) || wb_text_is_empty (stock->key))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The shop's stock of it is not known");
      return FALSE;
    }
  if (!wb_shopify_ensure_location (self, cancellable, error))
    return FALSE;
  gid = wb_shopify_gid ("InventoryItem", stock->stock_ref);
  document = g_strdup_printf ("gid://waybill/Publishing/%s", stock->key);
  list = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (list, json_array_new ());
  json_array_add_element (json_node_get_array (list),
                          wb_graphql_object ("inventoryItemId", 's', gid, "locationId", 's',
                                             self->location, "quantity", 'i', stock->quantity,
                                             "changeFromQuantity", 'i', stock->expected, NULL));
  input = wb_graphql_object ("name", 's', "available", "reason", 's', "correction",
                             "referenceDocumentUri", 's', document, "quantities", 'n', list, NULL);
  if (wb_shopify_mutate (self, "set-stock.graphql", "inventorySetQuantities", "userErrors",
                         wb_graphql_object ("input", 'n', input, "key", 's', stock->key, NULL),
                         NULL, cancellable, &local))
    {
      *shown = stock->quantity;
      return TRUE;
    }
  if (g_error_matches (local, WB_ERROR, WB_ERROR_CONFLICT) &&
      !read_shown (self, stock->stock_ref, shown, cancellable, NULL))
    *shown = stock->expected;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
