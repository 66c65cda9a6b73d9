/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a WooCommerce shop sells: products and their variations as listings.
 *
 * Nothing in the shop tells which product's stock has changed since (a sale moves no date), so all
 * is read each time, with the few members that are needed. */
#include "wb-woo-products.h"

#include "wb-text.h"
#include "wb-woo-text.h"
#include "wb-woo-walk.h"

#define FIELDS                                                                                     \
  "id,name,type,sku,global_unique_id,weight,manage_stock,stock_quantity,variations,attributes"
#define WEIGHT_DECIMALS 6
#define TRILLION        G_GINT64_CONSTANT (1000000000000)

/* Whole numbers, so that no float is needed: micrograms in one unit. */
static const struct
{
  const char *unit;
  gint64      micrograms;
} units[] = {
  { "kg", 1000000000 },
  { "g", 1000000 },
  { "lbs", 453592370 },
  { "oz", 28349523 },
};

typedef struct
{
  WbWooShop        *shop;
  WbShopListingFunc page;
  gpointer          data;
  GCancellable     *cancellable;
  char             *unit; /* of weight, NULL: not known */
  gint64            done;
  gint64            total;
  GPtrArray        *listings;
  GPtrArray        *problems;
} Reading;

/* ---- weights ---- */

/**
 * wb_woo_grams:
 * @text: (nullable): as the shop writes it, “0.720”
 * @unit: the shop's unit of weight: kg, g, lbs or oz
 *
 * Returns: whole grams, rounded; 0 for what is no weight.
 */
gint64
wb_woo_grams (const char *text, const char *unit)
{
  gint64 micro = 0, product;

  if (wb_text_is_empty (text) || !wb_money_parse_minor (text, WEIGHT_DECIMALS, &micro, NULL) ||
      micro <= 0)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_strcmp0 (units[i].unit, unit) == 0 &&
        !__builtin_mul_overflow (micro, units[i].micrograms, &product))
      return product / TRILLION + (product % TRILLION >= TRILLION / 2 ? 1 : 0);
  return 0;
}

/* A shop that does not say it (the key's user may not see settings) leaves the weights out. */
static gboolean
read_unit (Reading *reading, GError **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("GET", "/settings/products/woocommerce_weight_unit");
  g_autoptr (GError)   local = NULL;
  g_autoptr (JsonNode) root =
      wb_woo_shop_call (reading->shop, request, NULL, reading->cancellable, &local);
  WbJson at = wb_json_root (root, "setting");

  if (root == NULL && (wb_error_code (local) == WB_ERROR_UNAVAILABLE ||
                       wb_error_code (local) == WB_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  reading->unit = g_strdup (wb_json_opt_string (&at, "value"));
  if (reading->unit == NULL)
    g_ptr_array_add (reading->problems,
                     g_strdup_printf ("Weights are left out, for the shop does not tell its unit "
                                      "of weight: %s",
                                      local != NULL ? local->message : "no answer"));
  return TRUE;
}

/* ---- one row ---- */

/* What the customer chooses: “Blue, M”. */
static char *
choices_of (const WbJson *at)
{
  g_autoptr (GString) out = g_string_new (NULL);
  WbJson              list;
  guint               n = 0;

  if (!wb_json_array (at, "attributes", &list, &n, NULL))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&list, i);
      const char      *option = wb_json_opt_string (&one, "option");
      g_autofree char *plain = option != NULL ? wb_woo_text_plain (option) : NULL;

      if (!wb_text_is_empty (plain))
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", plain);
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static void
set_word (WbListing *listing, guint field, char *word)
{
  g_autofree char *taken = word;

  wb_record_set_text (listing, field, wb_text_is_empty (taken) ? NULL : taken);
}

/**
 * wb_woo_read_stock_of:
 * @at: a product or a variation
 * @parent: (nullable): the product whose stock a variation with `manage_stock: "parent"` shares
 * @managed: (out): whether the shop counts it; a variation that shares says “parent”, and then the
 * count may be missing in its own row
 * @shared: (out): it is the parent's
 *
 * Returns: pieces shown, 0 where nothing is counted.
 */
gint64
wb_woo_read_stock_of (const WbJson *at, const WbJson *parent, gboolean *managed, gboolean *shared)
{
  gint64 quantity = 0;

  *shared = g_strcmp0 (wb_json_opt_string (at, "manage_stock"), "parent") == 0;
  *managed = *shared || wb_json_bool (at, "manage_stock", FALSE);
  if (*managed && wb_json_int (at, "stock_quantity", &quantity, NULL))
    return quantity;
  if (*shared && parent != NULL && wb_json_bool (parent, "manage_stock", FALSE) &&
      wb_json_int (parent, "stock_quantity", &quantity, NULL))
    return quantity;
  *managed = FALSE;
  return 0;
}

static void
set_stock (WbListing *listing, const WbJson *at, const WbJson *parent)
{
  gboolean managed, shared;
  gint64   shown = wb_woo_read_stock_of (at, parent, &managed, &shared);

  wb_record_set_bool (listing, WB_LISTING_MANAGED, managed);
  wb_record_set_int (listing, WB_LISTING_SHOWN, shown);
  if (managed && shared)
    wb_record_set_text (listing, WB_LISTING_STOCK_REF,
                        wb_record_get_text (listing, WB_LISTING_PRODUCT_REF));
}

/* The SKU of its own: a variation that has none is told with its parent's. */
static char *
own_sku (const WbJson *at, const WbJson *parent)
{
  g_autofree char *sku = wb_json_scalar_text (at, "sku");
  g_autofree char *above = parent != NULL ? wb_json_scalar_text (parent, "sku") : NULL;

  return above != NULL && g_strcmp0 (sku, above) == 0 ? NULL : g_steal_pointer (&sku);
}

static char *
name_of (const WbJson *at, const WbJson *parent)
{
  const char      *name = wb_json_opt_string (parent != NULL ? parent : at, "name");
  g_autofree char *plain = wb_woo_text_plain (name != NULL ? name : "");
  g_autofree char *choices = parent != NULL ? choices_of (at) : NULL;

  return choices != NULL ? g_strdup_printf ("%s – %s", plain, choices) : g_steal_pointer (&plain);
}

static gint64
grams_of (Reading *reading, const WbJson *at, const WbJson *parent)
{
  g_autofree char *weight = wb_json_scalar_text (at, "weight");

  if (wb_text_is_empty (weight) && parent != NULL)
    return grams_of (reading, parent, NULL);
  return reading->unit != NULL ? wb_woo_grams (weight, reading->unit) : 0;
}

static gboolean
add_listing (Reading *reading, const WbJson *at, const WbJson *parent, GError **error)
{
  g_autoptr (WbListing) listing = wb_listing_new ();
  gint64                id, parent_id = 0;

  if (!wb_json_int (at, "id", &id, error) ||
      (parent != NULL && !wb_json_int (parent, "id", &parent_id, error)))
    return FALSE;
  wb_record_take_text (listing, WB_LISTING_PRODUCT_REF,
                       g_strdup_printf ("%" G_GINT64_FORMAT, parent != NULL ? parent_id : id));
  wb_record_take_text (listing, WB_LISTING_VARIATION_REF,
                       parent != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : g_strdup (""));
  set_word (listing, WB_LISTING_SKU, own_sku (at, parent));
  set_word (listing, WB_LISTING_NAME, name_of (at, parent));
  set_word (listing, WB_LISTING_BARCODE, wb_json_scalar_text (at, "global_unique_id"));
  wb_record_set_int (listing, WB_LISTING_WEIGHT_G, grams_of (reading, at, parent));
  set_stock (listing, at, parent);
  g_ptr_array_add (reading->listings, g_steal_pointer (&listing));
  return TRUE;
}

static void
add_problem (Reading *reading, gint64 id, const GError *error)
{
  g_ptr_array_add (reading->problems,
                   g_strdup_printf ("Product %" G_GINT64_FORMAT ": %s", id, error->message));
}

/* A row that cannot be read is told and left out. */
static void
try_listing (Reading *reading, gint64 id, const WbJson *at, const WbJson *parent)
{
  g_autoptr (GError) local = NULL;

  if (!add_listing (reading, at, parent, &local))
    add_problem (reading, id, local);
}

static gboolean
read_variations (Reading *reading, gint64 id, const WbJson *parent, GError **error)
{
  g_autofree char   *path = g_strdup_printf ("/products/%" G_GINT64_FORMAT "/variations", id);
  g_auto (WbWooWalk) list = { .path = path, .what = "variations", .fields = FIELDS, .total = -1 };

  while (!list.finished)
    {
      g_autoptr (GPtrArray) rows =
          wb_woo_walk_next (&list, reading->shop, reading->cancellable, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          WbJson page;
          WbJson at = wb_woo_row_json (rows->pdata[i], &page);

          try_listing (reading, id, &at, parent);
        }
    }
  return TRUE;
}

/* What is sold only through others (a group), or elsewhere, has no stock here. */
static gboolean
is_sold_here (const WbJson *at)
{
  static const char *const others[] = { "grouped", "external", NULL };
  const char              *type = wb_json_opt_string (at, "type");

  return type == NULL || !g_strv_contains (others, type);
}

/* Deleted between the two requests: no product any more, and no reason to stop. */
static gboolean
read_product (Reading *reading, const WbWooRow *row, GError **error)
{
  g_autoptr (GError) local = NULL;
  WbJson             page, variations;
  WbJson             at = wb_woo_row_json (row, &page);
  const char        *type = wb_json_opt_string (&at, "type");
  guint              n = 0;

  reading->done++;
  if (!is_sold_here (&at))
    return TRUE;
  wb_json_array (&at, "variations", &variations, &n, NULL);
  if (n == 0)
    {
      if (g_strcmp0 (type, "variable") != 0)
        try_listing (reading, row->id, &at, NULL);
      return TRUE;
    }
  if (read_variations (reading, row->id, &at, &local))
    return TRUE;
  if (wb_error_code (local) == WB_ERROR_NOT_FOUND || wb_error_code (local) == WB_ERROR_INVALID)
    {
      add_problem (reading, row->id, local);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
hand_over (Reading *reading, GError **error)
{
  gboolean ok = reading->page (reading->listings, reading->problems, NULL, reading->done,
                               reading->total, reading->data, error);

  g_ptr_array_set_size (reading->listings, 0);
  g_ptr_array_set_size (reading->problems, 0);
  return ok;
}

static gboolean
read_all (Reading *reading, GError **error)
{
  g_auto (WbWooWalk) list = {
    .path = "/products", .what = "products", .fields = FIELDS, .total = -1
  };

  if (!read_unit (reading, error))
    return FALSE;
  while (!list.finished)
    {
      g_autoptr (GPtrArray) rows =
          wb_woo_walk_next (&list, reading->shop, reading->cancellable, error);

      if (rows == NULL)
        return FALSE;
      reading->total = list.total;
      for (guint i = 0; i < rows->len; i++)
        if (!read_product (reading, rows->pdata[i], error))
          return FALSE;
      if (!hand_over (reading, error))
        return FALSE;
    }
  return TRUE;
}

/** wb_woo_shop_fetch_listings: see wb_shop_fetch_listings(). @cursor is not used: all is read. */
gboolean
wb_woo_shop_fetch_listings (WbShop           *shop,
                            const char       *cursor,
                            WbShopListingFunc page,
                            gpointer          data,
                            GCancellable     *cancellable,
                            GError          **error)
{
  g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  Reading               reading = {
                  .shop = WB_WOO_SHOP (shop),
                  .page = page,
                  .data = data,
                  .cancellable = cancellable,
                  .total = -1,
                  .listings = listings,
                  .problems = problems,
  };
  gboolean ok = read_all (&reading, error);

  g_free (reading.unit);
  return ok;
}
