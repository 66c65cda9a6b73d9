/* SPDX-License-Identifier: GPL-3.0-or-later
 * Listings: what a channel sells is read into the book and found among the house's products. */
#include "wb-desk-channel.h"
#include "wb-desk-private.h"
#include "wb-desk-stock.h"

/** wb_listings_result_clear: frees what @result holds. */
void
wb_listings_result_clear (WbListingsResult *result)
{
  g_clear_pointer (&result->problems, g_ptr_array_unref);
}

typedef struct
{
  WbDesk           *desk;
  gint64            channel_id;
  WbListingsResult *result;
} Reading;

/* One page, one transaction: the listings and the mark that stands behind them. */
static gboolean
store_page (GPtrArray  *listings,
            GPtrArray  *problems,
            const char *cursor,
            gint64      done,
            gint64      total,
            gpointer    data,
            GError    **error)
{
  Reading *reading = data;
  gboolean ok = wb_book_begin (reading->desk->book, error);

  if (!ok)
    return FALSE;
  for (guint i = 0; ok && i < listings->len; i++)
    {
      WbListingFate fate = WB_LISTING_UNCHANGED;

      wb_record_set_int (listings->pdata[i], WB_LISTING_CHANNEL_ID, reading->channel_id);
      ok = wb_book_take_listing (reading->desk->book, listings->pdata[i], &fate, error);
      reading->result->read++;
      reading->result->added += fate == WB_LISTING_ADDED;
      reading->result->changed += fate == WB_LISTING_CHANGED;
    }
  ok = ok && wb_book_note_listings (reading->desk->book, reading->channel_id, cursor, error);
  if (!ok)
    {
      wb_book_rollback (reading->desk->book);
      return FALSE;
    }
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    g_ptr_array_add (reading->result->problems, g_strdup (problems->pdata[i]));
  return wb_book_commit (reading->desk->book, error);
}

/**
 * wb_desk_sync_listings:
 * @result: clear with wb_listings_result_clear()
 *
 * Reads what the channel sells and shows of its stock: all the first time, afterwards what changed,
 * where the shop can tell.
 */
gboolean
wb_desk_sync_listings (WbDesk           *self,
                       gint64            channel_id,
                       WbListingsResult *result,
                       GCancellable     *cancellable,
                       GError          **error)
{
  g_autoptr (WbShop) shop = wb_desk_open_shop (self, channel_id, error);
  g_autofree char   *cursor = wb_book_listings_cursor (self->book, channel_id);
  Reading            reading = { self, channel_id, result };
  gboolean           ok;

  if (shop == NULL)
    return FALSE;
  if (result->problems == NULL)
    result->problems = g_ptr_array_new_with_free_func (g_free);
  ok = wb_shop_fetch_listings (shop, cursor, store_page, &reading, cancellable, error);
  result->unmatched = wb_book_count_unmatched (self->book, channel_id);
  return ok;
}

/* Lines of open orders that are of @product_id, or were, are looked at anew: what they hold and
 * wait for follows the product. */
static gboolean
follow_lines (WbDesk *self, gint64 product_id, GError **error)
{
  g_autoptr (GArray) orders = NULL;

  if (product_id == 0)
    return TRUE;
  if (!wb_book_link_lines (self->book, 0, product_id, error) ||
      (orders = wb_book_list_open_orders_of (self->book, product_id, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    if (!wb_desk_note_stock (self->book, g_array_index (orders, gint64, i), self->actor, error))
      return FALSE;
  return orders->len == 0 || wb_desk_serve_stock (self->book, 0, self->actor, error);
}

static gboolean
note_map (WbDesk *self, gint64 listing_id, gint64 product_id, GError **error)
{
  g_autoptr (WbListing) before = wb_book_get_listing (self->book, listing_id, error);
  g_autoptr (JsonNode)  detail = wb_json_make ("i:product", product_id, NULL);
  gint64 old = before != NULL ? wb_record_get_int (before, WB_LISTING_PRODUCT_ID) : 0;

  return before != NULL && wb_book_map_listing (self->book, listing_id, product_id, error) &&
         wb_book_add_event (self->book, "listing", listing_id, "mapped", self->actor, detail,
                            error) &&
         (old == product_id || follow_lines (self, old, error)) &&
         follow_lines (self, product_id, error);
}

/** wb_desk_map_listing: a person says which product of the house a listing is; 0: none. No later
 * reading guesses otherwise, and open orders' lines of it are of that product. Quick. */
gboolean
wb_desk_map_listing (WbDesk *self, gint64 listing_id, gint64 product_id, GError **error)
{
  g_autoptr (WbProduct) product =
      product_id != 0 ? wb_book_get_product (self->book, product_id, error) : NULL;

  if ((product_id != 0 && product == NULL) || !wb_book_begin (self->book, error))
    return FALSE;
  if (note_map (self, listing_id, product_id, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

static gboolean
unmap (WbDesk *self, gint64 listing_id, gint64 made, GError **error)
{
  g_autoptr (WbListing) before = wb_book_get_listing (self->book, listing_id, error);

  return before != NULL && wb_book_unmap_listing (self->book, listing_id, error) &&
         wb_book_add_event (self->book, "listing", listing_id, "unmapped", self->actor, NULL,
                            error) &&
         follow_lines (self, wb_record_get_int (before, WB_LISTING_PRODUCT_ID), error) &&
         (made == 0 || wb_book_drop_product (self->book, made, error));
}

/**
 * wb_desk_unmap_listing:
 * @made: the product that was made of it just before, which goes as well; 0: none
 *
 * Takes back what was said of a listing: nobody knows which product it is. Refused with
 * %WB_ERROR_CONFLICT when something hangs on @made by now. Quick.
 */
gboolean
wb_desk_unmap_listing (WbDesk *self, gint64 listing_id, gint64 made, GError **error)
{
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (unmap (self, listing_id, made, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

static WbProduct *
product_from (WbListing *listing)
{
  WbProduct  *product = wb_product_new ();
  const char *sku = wb_record_get_text (listing, WB_LISTING_SKU);

  wb_record_set_text (product, WB_PRODUCT_SKU, sku != NULL && *sku != '\0' ? sku : NULL);
  wb_record_set_text (product, WB_PRODUCT_NAME, wb_record_get_text (listing, WB_LISTING_NAME));
  wb_record_set_text (product, WB_PRODUCT_BARCODE,
                      wb_record_get_text (listing, WB_LISTING_BARCODE));
  wb_record_set_int (product, WB_PRODUCT_WEIGHT_G,
                     wb_record_get_int (listing, WB_LISTING_WEIGHT_G));
  wb_record_set_int (product, WB_PRODUCT_CREATED_AT, wb_now ());
  return product;
}

/**
 * wb_desk_make_product:
 * A product of the house is made from what a channel tells of a listing, and the listing is it.
 * Refused when the house already has a product with that SKU: then it is mapped. Quick.
 *
 * Returns: its number, 0 with @error.
 */
gint64
wb_desk_make_product (WbDesk *self, gint64 listing_id, GError **error)
{
  g_autoptr (WbListing) listing = wb_book_get_listing (self->book, listing_id, error);
  g_autoptr (WbProduct) product = listing != NULL ? product_from (listing) : NULL, twin = NULL;
  gint64                id = 0;

  if (product == NULL)
    return 0;
  if (wb_record_get_text (product, WB_PRODUCT_SKU) != NULL &&
      (twin = wb_book_find_product (self->book, wb_record_get_text (product, WB_PRODUCT_SKU),
                                    NULL)) != NULL)
    {
      g_set_error (
          error, WB_ERROR, WB_ERROR_ALREADY, "There is a product with the SKU “%s” already: “%s”",
          wb_record_get_text (product, WB_PRODUCT_SKU), wb_record_get_text (twin, WB_PRODUCT_NAME));
      return 0;
    }
  if (!wb_book_begin (self->book, error))
    return 0;
  if (wb_book_save (self->book, product, error) &&
      (id = wb_record_get_int (product, WB_PRODUCT_ID)) != 0 &&
      note_map (self, listing_id, id, error) && wb_book_commit (self->book, error))
    return id;
  wb_book_rollback (self->book);
  return 0;
}
