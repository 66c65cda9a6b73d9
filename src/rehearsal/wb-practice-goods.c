/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice workspace's products: what the town's shop sells, with what customs ask of it, so
 * that a parcel abroad can be tried. */
#include "wb-practice-goods.h"

#include "wb-town-goods.h"

/* Every piece is light here, so that a parcel weighed at a guess is never lighter than its goods.
 */
#define PIECE_GRAMS 15

/* By the shop's number of the product; variations are as their product. The one that was deleted in
 * the shop has none: its gap is there to be seen. */
static const struct
{
  gint64      id;
  const char *hs, *customs_name, *bin;
} known[] = {
  { 11, "691110", "Porcelain teapot", "A-1" },
  { 12, "040900", "Natural honey in jars", "A-2" },
  { 13, "482010", "Paper notebook, lined", "A-10" },
  { 14, "611599", "Knitted wool socks", "B-1" },
  { 15, "610910", "Cotton T-shirt", "B-2" },
  { 16, "830610", "Brass bicycle bell", "B-3" },
  { 17, "821599", "Steel spoon", "C-1" },
  { 20, "940360", "Pine shelf", "F-1" },
  { 22, "691200", "Ceramic tea bowl", "A-3" },
  { 23, "731815", "Steel screws M4", "C-2" },
  { 25, "091091", "Spice mixtures", "D-1" },
  { 26, "940521", "Table lamp", "F-2" },
  { 27, "090121", "Roasted coffee beans", "D-2" },
  { 28, "630260", "Cotton terry towel", "B-10" },
};

static gboolean
make_listing (
    WbBook *book, gint64 channel_id, const WbTownGood *good, gint64 product_id, GError **error)
{
  g_autoptr (WbListing) listing = wb_listing_new ();
  gint64                parent = good->parent != 0 ? good->parent : good->id;

  wb_record_set_int (listing, WB_LISTING_CHANNEL_ID, channel_id);
  wb_record_take_text (listing, WB_LISTING_PRODUCT_REF,
                       g_strdup_printf ("%" G_GINT64_FORMAT, parent));
  wb_record_take_text (listing, WB_LISTING_VARIATION_REF,
                       good->parent != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, good->id)
                                         : g_strdup (""));
  wb_record_set_text (listing, WB_LISTING_SKU, *good->sku != '\0' ? good->sku : NULL);
  wb_record_set_text (listing, WB_LISTING_NAME, good->name);
  wb_record_set_int (listing, WB_LISTING_PRODUCT_ID, product_id);
  return wb_book_save (book, listing, error);
}

static gboolean
make_product (WbBook *book, gint64 channel_id, const WbTownGood *good, guint facts, GError **error)
{
  g_autoptr (WbProduct) product = wb_product_new ();

  wb_record_set_text (product, WB_PRODUCT_SKU, *good->sku != '\0' ? good->sku : NULL);
  wb_record_take_text (product, WB_PRODUCT_NAME,
                       good->option != NULL ? g_strdup_printf ("%s, %s", good->name, good->option)
                                            : g_strdup (good->name));
  wb_record_set_int (product, WB_PRODUCT_WEIGHT_G, good->virtual_good ? 0 : PIECE_GRAMS);
  wb_record_set_bool (product, WB_PRODUCT_DIGITAL, good->virtual_good);
  wb_record_set_int (product, WB_PRODUCT_CREATED_AT, wb_now ());
  if (facts < G_N_ELEMENTS (known))
    {
      wb_record_set_text (product, WB_PRODUCT_HS_CODE, known[facts].hs);
      wb_record_set_text (product, WB_PRODUCT_ORIGIN_COUNTRY, "DE");
      wb_record_set_text (product, WB_PRODUCT_CUSTOMS_NAME, known[facts].customs_name);
      wb_record_set_text (product, WB_PRODUCT_BIN, known[facts].bin);
    }
  return wb_book_save (book, product, error) &&
         make_listing (book, channel_id, good, wb_record_get_int (product, WB_PRODUCT_ID), error);
}

static gboolean
make_good (WbBook *book, gint64 channel_id, const WbTownGood *good, GError **error)
{
  gint64 parent = good->parent != 0 ? good->parent : good->id;

  if (good->deleted)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].id == parent)
      return make_product (book, channel_id, good, i, error);
  return !good->virtual_good || make_product (book, channel_id, good, G_MAXUINT, error);
}

/** wb_practice_make_products: @channel_id: the town's shop. Enters its goods as products, once:
 * nothing when the book knows any product. */
gboolean
wb_practice_make_products (WbBook *book, gint64 channel_id, GError **error)
{
  g_autoptr (GPtrArray) there = wb_book_list_products (book, error);

  if (there == NULL || there->len > 0)
    return there != NULL;
  if (!wb_book_begin (book, error))
    return FALSE;
  for (guint i = 0; i < wb_town_n_goods (); i++)
    if (!make_good (book, channel_id, &wb_town_goods[i], error))
      {
        wb_book_rollback (book);
        return FALSE;
      }
  return wb_book_commit (book, error);
}
