/* SPDX-License-Identifier: GPL-3.0-or-later
 * Listings: what each channel sells, which product it is, and what the channel shows of its stock.
 */
#include "wb-book-channels.h"
#include "wb-book-private.h"

/* What a reading of the channel says; all else of a listing is ours. */
static const guint told_texts[] = { WB_LISTING_SKU, WB_LISTING_NAME, WB_LISTING_STOCK_REF,
                                    WB_LISTING_BARCODE };
static const guint told_numbers[] = { WB_LISTING_WEIGHT_G, WB_LISTING_MANAGED, WB_LISTING_SHOWN };

static gboolean
take_told (WbListing *to, WbListing *from)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (told_texts); i++)
    changed |= wb_record_set_text (to, told_texts[i], wb_record_get_text (from, told_texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (told_numbers); i++)
    changed |= wb_record_set_int (to, told_numbers[i], wb_record_get_int (from, told_numbers[i]));
  return changed;
}

/*
 * The one product that @listing is, 0 when none or more than one may be meant: by SKU, else by
 * barcode. A SKU that several listings of the channel carry (a variation without one of its own
 * shows its parent's) says nothing.
 */
static gboolean
find_product (WbBook *self, WbListing *listing, gint64 *product_id, GError **error)
{
  const char *sku = wb_record_get_text (listing, WB_LISTING_SKU),
             *barcode = wb_record_get_text (listing, WB_LISTING_BARCODE);
  gint64 twins = 0;

  *product_id = 0;
  if (sku != NULL && *sku != '\0')
    {
      if (!wb_database_get_int (
              self->database, &twins, error,
              "SELECT COUNT(*) FROM listing WHERE channel_id = ? AND sku = ? AND id <> ?", "isi",
              wb_record_get_int (listing, WB_LISTING_CHANNEL_ID), sku,
              wb_record_get_int (listing, WB_LISTING_ID)) ||
          (twins == 0 && !wb_database_get_int (self->database, product_id, error,
                                               "SELECT COALESCE (MAX (id), 0) FROM product "
                                               "WHERE sku = ?",
                                               "s", sku)))
        return FALSE;
      if (*product_id != 0)
        return TRUE;
    }
  return barcode == NULL || *barcode == '\0' ||
         wb_database_get_int (self->database, product_id, error,
                              "SELECT CASE WHEN COUNT(*) = 1 THEN MAX (id) ELSE 0 END "
                              "FROM product WHERE barcode = ?",
                              "s", barcode);
}

/**
 * wb_book_take_listing:
 * @listing: as the channel tells it now; afterwards with its number and all that is ours
 * @fate: (out): what became of it
 *
 * New, or the known one of the same (channel, product, variation) brought up to date. Which product
 * it is is found by SKU or barcode where exactly one fits; what a person has said stays.
 */
gboolean
wb_book_take_listing (WbBook *self, WbListing *listing, WbListingFate *fate, GError **error)
{
  g_autoptr (GPtrArray) known =
      wb_database_select (self->database, wb_listing_get_type (), error,
                          "WHERE channel_id = ? AND product_ref = ? AND variation_ref = ?", "iss",
                          wb_record_get_int (listing, WB_LISTING_CHANNEL_ID),
                          wb_record_get_text (listing, WB_LISTING_PRODUCT_REF),
                          wb_record_get_text (listing, WB_LISTING_VARIATION_REF));
  WbListing *row = known != NULL && known->len > 0 ? known->pdata[0] : listing;
  gint64     product_id = 0;

  if (known == NULL)
    return FALSE;
  *fate = known->len == 0            ? WB_LISTING_ADDED
          : take_told (row, listing) ? WB_LISTING_CHANGED
                                     : WB_LISTING_UNCHANGED;
  if (!wb_record_get_bool (row, WB_LISTING_MAPPED) &&
      wb_record_get_int (row, WB_LISTING_PRODUCT_ID) == 0)
    {
      if (!find_product (self, row, &product_id, error))
        return FALSE;
      if (wb_record_set_int (row, WB_LISTING_PRODUCT_ID, product_id) &&
          *fate == WB_LISTING_UNCHANGED)
        *fate = WB_LISTING_CHANGED;
    }
  wb_record_set_int (row, WB_LISTING_SHOWN_AT, wb_now ());
  if (!wb_book_save (self, row, error))
    return FALSE;
  wb_record_set_int (listing, WB_LISTING_ID, wb_record_get_int (row, WB_LISTING_ID));
  wb_record_set_int (listing, WB_LISTING_PRODUCT_ID,
                     wb_record_get_int (row, WB_LISTING_PRODUCT_ID));
  return TRUE;
}

/** wb_book_get_listing: Returns: (transfer full): %WB_ERROR_NOT_FOUND for an unknown number. */
WbListing *
wb_book_get_listing (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_listing_get_type (), error, "WHERE id = ?", "i", id),
      "listing", error);
}

/** wb_book_list_channel_listings: Returns: (transfer full) (element-type WbListing): of a channel
 * (0: of all), by name; @unmatched_only: those of which nobody knows which product they are. */
GPtrArray *
wb_book_list_channel_listings (WbBook  *self,
                               gint64   channel_id,
                               gboolean unmatched_only,
                               GError **error)
{
  return wb_database_select (self->database, wb_listing_get_type (), error,
                             "WHERE (?1 = 0 OR channel_id = ?1) AND "
                             "(?2 = 0 OR (product_id IS NULL AND mapped = 0)) "
                             "ORDER BY channel_id, name, id",
                             "ii", channel_id, (gint64) unmatched_only);
}

/** wb_book_count_unmatched: Returns: how many listings of a channel (0: of all) are no product yet.
 */
gint64
wb_book_count_unmatched (WbBook *self, gint64 channel_id)
{
  gint64 n = 0;

  return wb_database_get_int (self->database, &n, NULL,
                              "SELECT COUNT(*) FROM listing WHERE (?1 = 0 OR channel_id = ?1) AND "
                              "product_id IS NULL AND mapped = 0",
                              "i", channel_id)
             ? n
             : 0;
}

/** wb_book_map_listing: a person says which product a listing is; 0: none of ours. */
gboolean
wb_book_map_listing (WbBook *self, gint64 listing_id, gint64 product_id, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE listing SET product_id = ?, mapped = 1 WHERE id = ?", "ki",
                          product_id, listing_id);
}

/** wb_book_unmap_listing: nobody has said which product a listing is. */
gboolean
wb_book_unmap_listing (WbBook *self, gint64 listing_id, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE listing SET product_id = NULL, mapped = 0 WHERE id = ?", "i",
                          listing_id);
}

/** wb_book_drop_product: a product that was made by mistake goes; %WB_ERROR_CONFLICT when anything
 * but lines of orders that hold none of it hangs on it. Inside a transaction. */
gboolean
wb_book_drop_product (WbBook *self, gint64 product_id, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (wb_database_run (self->database, error,
                       "UPDATE order_line SET product_id = NULL WHERE product_id = ? AND "
                       "allocated = 0 AND shipped = 0",
                       "i", product_id) &&
      wb_database_run (self->database, &local, "DELETE FROM product WHERE id = ?", "i", product_id))
    return TRUE;
  if (local != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT, "The product is in use already and stays: %s",
                 local->message);
  return FALSE;
}

/** wb_book_set_listing_offer: how much of the stock is kept back from the channel, and whether it
 * is told of the stock at all. */
gboolean
wb_book_set_listing_offer (
    WbBook *self, gint64 listing_id, gint64 buffer, gboolean withheld, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE listing SET buffer = ?, withheld = ? WHERE id = ?", "iii", buffer,
                          (gint64) withheld, listing_id);
}

/** wb_book_note_shown: what the channel shows of a listing now. */
gboolean
wb_book_note_shown (WbBook *self, gint64 listing_id, gint64 shown, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE listing SET shown = ?, shown_at = ? WHERE id = ?", "iii", shown,
                          wb_now (), listing_id);
}

/** wb_book_note_published: what the channel was told of a listing, and so shows now. */
gboolean
wb_book_note_published (WbBook *self, gint64 listing_id, gint64 shown, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE listing SET shown = ?1, shown_at = ?2, published = ?1, "
                          "published_at = ?2 WHERE id = ?3",
                          "iii", shown, wb_now (), listing_id);
}

/** wb_book_listings_cursor: Returns: (transfer full) (nullable): how far the channel's products
 * have been read. */
char *
wb_book_listings_cursor (WbBook *self, gint64 channel_id)
{
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, NULL, "SELECT listings_cursor FROM connection WHERE id = ?", "i", channel_id);

  return rows != NULL && wb_rows_next (rows, NULL) ? g_strdup (wb_rows_text (rows, 0)) : NULL;
}

/** wb_book_note_listings: the channel's products have been read up to @cursor (nullable: it has no
 * such mark). */
gboolean
wb_book_note_listings (WbBook *self, gint64 channel_id, const char *cursor, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE connection SET listings_cursor = ?, listings_at = ? WHERE id = ?",
                          "sii", cursor, wb_now (), channel_id);
}
