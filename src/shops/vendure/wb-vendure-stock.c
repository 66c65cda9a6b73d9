/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a Vendure shop sells and how many of it: read variant by variant, and set.
 *
 * The arithmetic. Vendure keeps, for each location, what is on hand and what its own open orders
 * have allocated of it; what it sells is
 *
 *     on hand − allocated − threshold        (summed over the locations of the channel)
 *
 * `shown` is on hand − allocated, summed over the locations. To make it N, the location that we
 * count gets on hand + (N − shown): its own allocations stay, so an order that the shop has taken
 * and we have imported is not counted twice. The threshold is the merchant's own rule how far below
 * or above zero the shop may sell; it is left to work on top of what is published. */
#include "wb-text.h"
#include "wb-vendure-shop.h"

#define ROWS_A_PAGE 100
#define STEP_BACK   10 /* rows asked for twice: variants may be deleted meanwhile */

/* What one variant has. */
typedef struct
{
  gboolean managed;
  gint64   shown;
  char    *location; /* the one that is counted; NULL: the variant is nowhere yet */
  gint64   on_hand;  /* in it */
} Stock;

static void
stock_clear (Stock *stock)
{
  g_clear_pointer (&stock->location, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stock, stock_clear)

/* @wanted: (nullable): the location that is counted; %NULL: the first that the shop names. */
static gboolean
read_levels (
    const WbJson *variant, const char *wanted, gboolean tracked, Stock *stock, GError **error)
{
  g_auto (Stock) read = { 0 };
  const char    *flag = wb_json_string (variant, "trackInventory", error);
  WbJson         list;
  guint          n;
  gint64         on_hand, allocated;

  if (flag == NULL || !wb_json_array (variant, "stockLevels", &list, &n, error))
    return FALSE;
  read.managed = g_str_equal (flag, "TRUE") || (g_str_equal (flag, "INHERIT") && tracked);
  for (guint i = 0; i < n; i++)
    {
      WbJson           level = wb_json_element (&list, i);
      g_autofree char *location = wb_json_scalar_text (&level, "stockLocationId");

      if (!wb_json_int (&level, "stockOnHand", &on_hand, error) ||
          !wb_json_int (&level, "stockAllocated", &allocated, error))
        return FALSE;
      read.shown += on_hand - allocated;
      if (wanted != NULL ? g_strcmp0 (location, wanted) == 0 : read.location == NULL)
        {
          read.on_hand = on_hand;
          g_free (read.location);
          read.location = g_steal_pointer (&location);
        }
    }
  stock_clear (stock);
  *stock = read;
  read.location = NULL;
  return TRUE;
}

static gboolean
tracks (const WbJson *data)
{
  WbJson settings = wb_json_member (data, "globalSettings");

  return !wb_json_is_object (&settings) || wb_json_bool (&settings, "trackInventory", TRUE);
}

/* ---- listings ---- */

typedef struct
{
  WbVendureShop *shop;
  GHashTable    *seen;
  GPtrArray     *listings;
  GPtrArray     *problems;
  gboolean       tracked;
} Reading;

static gboolean
add_listing (Reading *reading, const WbJson *at, GError **error)
{
  g_autoptr (WbListing) listing = wb_listing_new ();
  g_autofree char      *id = wb_json_scalar_text (at, "id");
  g_autofree char      *product = wb_json_scalar_text (at, "productId");
  const char           *sku = wb_json_opt_string (at, "sku");
  g_auto (Stock)        stock = { 0 };

  if (wb_text_is_empty (id) || wb_text_is_empty (product))
    return wb_json_fail (at, "a variant with its ids", error);
  if (g_hash_table_contains (reading->seen, id))
    return TRUE;
  if (!read_levels (at, reading->shop->location, reading->tracked, &stock, error))
    return FALSE;
  g_hash_table_add (reading->seen, g_strdup (id));
  wb_record_set_text (listing, WB_LISTING_PRODUCT_REF, product);
  wb_record_set_text (listing, WB_LISTING_VARIATION_REF, id);
  wb_record_set_text (listing, WB_LISTING_SKU, wb_text_is_empty (sku) ? NULL : sku);
  wb_record_set_text (listing, WB_LISTING_NAME, wb_json_opt_string (at, "name"));
  wb_record_set_text (listing, WB_LISTING_STOCK_REF, stock.location);
  wb_record_set_bool (listing, WB_LISTING_MANAGED, stock.managed);
  wb_record_set_int (listing, WB_LISTING_SHOWN, stock.shown);
  g_ptr_array_add (reading->listings, g_steal_pointer (&listing));
  return TRUE;
}

static JsonObject *
variants_options (guint skip)
{
  JsonObject *variables = json_object_new (), *options = json_object_new (),
             *sort = json_object_new ();

  json_object_set_string_member (sort, "id", "ASC");
  json_object_set_object_member (options, "sort", sort);
  json_object_set_int_member (options, "take", ROWS_A_PAGE);
  json_object_set_int_member (options, "skip", skip);
  json_object_set_object_member (variables, "options", options);
  return variables;
}

static gboolean
read_page (Reading *reading, guint skip, gint64 *total, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) root = wb_vendure_call (reading->shop, "variants.graphql",
                                               variants_options (skip), cancellable, error);
  WbJson               rows[3], list, items;
  guint                n;

  if (root == NULL)
    return FALSE;
  list = wb_vendure_data (root, "productVariants", rows);
  reading->tracked = tracks (&rows[1]);
  if (!wb_json_int (&list, "totalItems", total, error) ||
      !wb_json_array (&list, "items", &items, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) local = NULL;
      WbJson             at = wb_json_element (&items, i);

      if (!add_listing (reading, &at, &local))
        g_ptr_array_add (reading->problems, g_strdup (local->message));
    }
  if (n == 0)
    *total = 0;
  return TRUE;
}

/** wb_vendure_fetch_listings: see wb_shop_fetch_listings(). A variant's date does not tell when its
 * stock moved, so all is read each time. */
gboolean
wb_vendure_fetch_listings (WbShop           *shop,
                           const char       *cursor,
                           WbShopListingFunc page,
                           gpointer          data,
                           GCancellable     *cancellable,
                           GError          **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray)  listings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray)  problems = g_ptr_array_new_with_free_func (g_free);
  Reading                reading = { WB_VENDURE_SHOP (shop), seen, listings, problems, TRUE };
  gint64                 total = 0;
  guint                  skip = 0;

  do
    {
      if (!read_page (&reading, skip, &total, cancellable, error) ||
          !page (listings, problems, NULL, g_hash_table_size (seen), total, data, error))
        return FALSE;
      g_ptr_array_set_size (listings, 0);
      g_ptr_array_set_size (problems, 0);
      skip += ROWS_A_PAGE - STEP_BACK;
    }
  while (skip + STEP_BACK < total);
  return TRUE;
}

/* ---- one variant ---- */

static gboolean
read_variant (WbVendureShop *self,
              const char    *id,
              const char    *location,
              Stock         *stock,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               rows[3], variant;

  if (wb_text_is_empty (id))
    return wb_vendure_refuse (error, WB_ERROR_INVALID, "A listing of a Vendure shop is a variant");
  root = wb_vendure_call (self, "variant-stock.graphql", wb_vendure_id (id), cancellable, error);
  if (root == NULL)
    return FALSE;
  variant = wb_vendure_data (root, "productVariant", rows);
  if (!wb_json_is_object (&variant))
    return wb_vendure_refuse (error, WB_ERROR_NOT_FOUND, "The shop no longer has variant %s", id);
  return read_levels (&variant, location, tracks (&rows[1]), stock, error);
}

/** wb_vendure_read_stock: see wb_shop_read_stock(). */
gboolean
wb_vendure_read_stock (
    WbShop *shop, WbListing *listing, gint64 *shown, GCancellable *cancellable, GError **error)
{
  g_auto (Stock) stock = { 0 };

  if (!read_variant (WB_VENDURE_SHOP (shop), wb_record_get_text (listing, WB_LISTING_VARIATION_REF),
                     wb_record_get_text (listing, WB_LISTING_STOCK_REF), &stock, cancellable,
                     error))
    return FALSE;
  *shown = stock.shown;
  return TRUE;
}

static JsonObject *
level_input (const char *variant, const char *location, gint64 on_hand)
{
  JsonObject *variables = json_object_new (), *input = json_object_new (),
             *level = json_object_new ();
  JsonArray *inputs = json_array_new (), *levels = json_array_new ();

  json_object_set_string_member (level, "stockLocationId", location);
  json_object_set_int_member (level, "stockOnHand", on_hand);
  json_array_add_object_element (levels, level);
  json_object_set_string_member (input, "id", variant);
  json_object_set_array_member (input, "stockLevels", levels);
  json_array_add_object_element (inputs, input);
  json_object_set_array_member (variables, "input", inputs);
  return variables;
}

/** wb_vendure_set_stock: see wb_shop_set_stock(). The shop knows no negative count: what would be
 * below zero on hand is set to zero, and @shown tells what came of it. */
gboolean
wb_vendure_set_stock (WbShop            *shop,
                      const WbShopStock *stock,
                      gint64            *shown,
                      GCancellable      *cancellable,
                      GError           **error)
{
  WbVendureShop       *self = WB_VENDURE_SHOP (shop);
  g_auto (Stock)       now = { 0 }, after = { 0 };
  g_autoptr (JsonNode) root = NULL;
  WbJson               rows[3], variant;

  if (!read_variant (self, stock->variation_ref, stock->stock_ref, &now, cancellable, error))
    return FALSE;
  *shown = now.shown;
  if (!now.managed)
    return wb_vendure_refuse (error, WB_ERROR_REFUSED,
                              "The shop does not track the stock of variant %s",
                              stock->variation_ref);
  if (now.location == NULL)
    return wb_vendure_refuse (error, WB_ERROR_REFUSED,
                              "The shop has variant %s at no stock location that is counted",
                              stock->variation_ref);
  if (now.shown != stock->expected)
    return wb_vendure_refuse (error, WB_ERROR_CONFLICT,
                              "The shop shows %" G_GINT64_FORMAT
                              " of variant %s, and %" G_GINT64_FORMAT " were expected",
                              now.shown, stock->variation_ref, stock->expected);
  if (now.shown == stock->quantity)
    return TRUE;
  if (!wb_vendure_act (self, "set-stock.graphql",
                       level_input (stock->variation_ref, now.location,
                                    MAX (0, now.on_hand + stock->quantity - now.shown)),
                       "updateProductVariants", &root, rows, cancellable, error))
    return FALSE;
  variant = wb_json_element (&rows[2], 0);
  if (wb_json_is_object (&variant) && read_levels (&variant, now.location, TRUE, &after, NULL))
    *shown = after.shown;
  else
    return wb_vendure_refuse (error, WB_ERROR_UNSURE,
                              "The shop took the stock of variant %s, but does not tell what it "
                              "shows now",
                              stock->variation_ref);
  return TRUE;
}
