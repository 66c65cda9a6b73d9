/* SPDX-License-Identifier: GPL-3.0-or-later
 * Products and listings in the book. */
#include "wb-book-private.h"

/** wb_book_get_product: Returns: (transfer full): %WB_ERROR_NOT_FOUND for an unknown number. */
WbProduct *
wb_book_get_product (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_product_get_type (), error, "WHERE id = ?", "i", id),
      "product", error);
}

/** wb_book_find_product: Returns: (transfer full): the product with this SKU, exactly;
 * %WB_ERROR_NOT_FOUND where there is none. */
WbProduct *
wb_book_find_product (WbBook *self, const char *sku, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_product_get_type (), error, "WHERE sku = ?", "s", sku),
      "product", error);
}

/** wb_book_list_products: Returns: (transfer full) (element-type WbProduct): by SKU, those without
 * one last. */
GPtrArray *
wb_book_list_products (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_product_get_type (), error,
                             "ORDER BY sku IS NULL, sku, name, id", "");
}

/** wb_book_list_listings: Returns: (transfer full) (element-type WbListing): what channels call the
 * product. */
GPtrArray *
wb_book_list_listings (WbBook *self, gint64 product_id, GError **error)
{
  return wb_database_select (self->database, wb_listing_get_type (), error,
                             "WHERE product_id = ? ORDER BY channel_id, id", "i", product_id);
}

/* A select that is not a failure when it finds nothing. */
static gboolean
take_first (GPtrArray *found, WbProduct **product)
{
  g_autoptr (GPtrArray) all = found;

  if (all == NULL)
    return FALSE;
  *product = all->len > 0 ? g_object_ref (all->pdata[0]) : NULL;
  return TRUE;
}

/**
 * wb_book_product_of:
 * @line: of an order of @channel_id
 * @product: (out) (nullable): what it is; %NULL where nobody knows
 *
 * By what the channel calls it, for a SKU is not unique there (a variation may carry its parent's);
 * by SKU only where the channel's own name was never told. Returns: FALSE with @error when the book
 * cannot be read.
 */
gboolean
wb_book_product_of (
    WbBook *self, gint64 channel_id, WbOrderLine *line, WbProduct **product, GError **error)
{
  const char *ref = wb_record_get_text (line, WB_ORDER_LINE_PRODUCT_REF),
             *variation = wb_record_get_text (line, WB_ORDER_LINE_VARIATION_REF),
             *sku = wb_record_get_text (line, WB_ORDER_LINE_SKU);

  *product = NULL;
  if (ref != NULL &&
      !take_first (
          wb_database_select (self->database, wb_product_get_type (), error,
                              "WHERE id = (SELECT product_id FROM listing WHERE channel_id = ? AND "
                              "product_ref = ? AND variation_ref = ?)",
                              "iss", channel_id, ref, variation != NULL ? variation : ""),
          product))
    return FALSE;
  if (*product != NULL || sku == NULL || *sku == '\0')
    return TRUE;
  return take_first (
      wb_database_select (self->database, wb_product_get_type (), error, "WHERE sku = ?", "s", sku),
      product);
}

/**
 * wb_book_list_product_gaps:
 * Returns: (transfer full) (element-type WbProduct): products that cannot go abroad, for want of a
 * tariff number, a country of origin or a weight.
 */
GPtrArray *
wb_book_list_product_gaps (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_product_get_type (), error,
                             "WHERE digital = 0 AND (COALESCE(hs_code, '') = '' OR "
                             "COALESCE(origin_country, '') = '' "
                             "OR weight_g = 0) ORDER BY sku IS NULL, sku, name, id",
                             "");
}
