/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many pieces a WooCommerce shop shows of one listing, and telling it another number.
 *
 * The shop sets and cannot compare, and what it does not count it answers with 200 and leaves as it
 * is. So it is read just before, and what the answer shows is what counts. */
#include "wb-woo-products.h"
#include "wb-woo-shop.h"

#include "wb-text.h"

/* Whose stock it is: a product, or a variation of one. */
typedef struct
{
  const char *product;
  const char *variation; /* NULL: the product itself */
} Place;

static gboolean
find_place (
    Place *place, const char *product, const char *variation, const char *stock, GError **error)
{
  *place = (Place){ !wb_text_is_empty (stock) ? stock : product,
                    !wb_text_is_empty (stock) || wb_text_is_empty (variation) ? NULL : variation };
  return wb_woo_shop_check_ref (place->product, error) &&
         (place->variation == NULL || wb_woo_shop_check_ref (place->variation, error));
}

static WbHttpRequest *
request_for (const char *method, const Place *place)
{
  return place->variation != NULL ? wb_woo_shop_request (method, "/products/%s/variations/%s",
                                                         place->product, place->variation)
                                  : wb_woo_shop_request (method, "/products/%s", place->product);
}

/* Reads what @root, a product or variation, shows of its own stock. */
static gboolean
read_shown (JsonNode *root, const Place *place, gint64 *shown, GError **error)
{
  WbJson   at = wb_json_root (root, place->variation != NULL ? "variation" : "product");
  gboolean managed, shared;
  gint64   quantity = wb_woo_read_stock_of (&at, NULL, &managed, &shared);

  if (managed && !shared)
    {
      *shown = quantity;
      return TRUE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               shared ? "The stock of variation %s is now counted with its product. Read the "
                        "shop's products again"
                      : "The shop does not count the stock of product %s, and would leave it as it "
                        "is. In WooCommerce, in the product's Inventory, switch on Manage stock, "
                        "or leave its stock out here",
               place->variation != NULL ? place->variation : place->product);
  return FALSE;
}

static gboolean
ask (WbWooShop *self, const Place *place, gint64 *shown, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = request_for ("GET", place);
  g_autoptr (JsonNode)      root = NULL;

  wb_http_request_add_query (request, "_fields", "id,manage_stock,stock_quantity");
  root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  return root != NULL && read_shown (root, place, shown, error);
}

/** wb_woo_shop_read_stock: see wb_shop_read_stock(). %WB_ERROR_REFUSED where the shop does not
 * count it. */
gboolean
wb_woo_shop_read_stock (
    WbShop *shop, WbListing *listing, gint64 *shown, GCancellable *cancellable, GError **error)
{
  Place place;

  return find_place (&place, wb_record_get_text (listing, WB_LISTING_PRODUCT_REF),
                     wb_record_get_text (listing, WB_LISTING_VARIATION_REF),
                     wb_record_get_text (listing, WB_LISTING_STOCK_REF), error) &&
         ask (WB_WOO_SHOP (shop), &place, shown, cancellable, error);
}

static gboolean
send_quantity (WbWooShop    *self,
               const Place  *place,
               gint64        quantity,
               gint64       *shown,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (WbHttpRequest) request = request_for ("PUT", place);
  g_autoptr (JsonBuilder)   builder = json_builder_new ();
  g_autoptr (JsonNode)      body = NULL, root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "stock_quantity");
  json_builder_add_int_value (builder, quantity);
  json_builder_end_object (builder);
  body = json_builder_get_root (builder);
  wb_http_request_set_json (request, body);
  root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  return root != NULL && read_shown (root, place, shown, error);
}

static gboolean
differs (gint64 now, gint64 expected, gint64 *shown, GError **error)
{
  *shown = now;
  g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
               "The shop shows %" G_GINT64_FORMAT " pieces and not %" G_GINT64_FORMAT
               " as when it was read; nothing was set",
               now, expected);
  return FALSE;
}

/** wb_woo_shop_set_stock: see wb_shop_set_stock(). Pieces sold in the moment between reading and
 * setting are not seen. */
gboolean
wb_woo_shop_set_stock (WbShop            *shop,
                       const WbShopStock *stock,
                       gint64            *shown,
                       GCancellable      *cancellable,
                       GError           **error)
{
  WbWooShop *self = WB_WOO_SHOP (shop);
  Place      place;
  gint64     now = 0;

  if (!find_place (&place, stock->product_ref, stock->variation_ref, stock->stock_ref, error) ||
      !ask (self, &place, &now, cancellable, error))
    return FALSE;
  if (now != stock->expected)
    return differs (now, stock->expected, shown, error);
  if (now != stock->quantity &&
      !send_quantity (self, &place, stock->quantity, &now, cancellable, error))
    return FALSE;
  if (now != stock->quantity)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "The shop was told %" G_GINT64_FORMAT " pieces and still shows %" G_GINT64_FORMAT
                   ": something in it sets the stock by itself",
                   stock->quantity, now);
      return FALSE;
    }
  *shown = now;
  return TRUE;
}
