/* SPDX-License-Identifier: GPL-3.0-or-later
 * How every product stands, in one reading: what is there and coming, what each channel was told,
 * and what is amiss with it. */
#include "wb-stock-standing.h"

#include "wb-book-channels.h"
#include "wb-text.h"

/** wb_product_gaps: Returns: WbProductGap: what @product lacks to go abroad; 0 for what is digital.
 */
guint
wb_product_gaps (WbProduct *product)
{
  guint gaps = 0;

  if (wb_record_get_bool (product, WB_PRODUCT_DIGITAL))
    return 0;
  if (wb_text_is_empty (wb_record_get_text (product, WB_PRODUCT_HS_CODE)))
    gaps |= WB_GAP_HS_CODE;
  if (wb_text_is_empty (wb_record_get_text (product, WB_PRODUCT_ORIGIN_COUNTRY)))
    gaps |= WB_GAP_ORIGIN;
  if (wb_record_get_int (product, WB_PRODUCT_WEIGHT_G) == 0)
    gaps |= WB_GAP_WEIGHT;
  return gaps;
}

/** wb_stock_states: Returns: WbStandingState of @product, whose figures are @figures. What is not
 * under stock keeping is never low, out or oversold. */
guint
wb_stock_states (WbProduct *product, const WbStockFigures *figures)
{
  guint  states = wb_product_gaps (product) != 0 ? WB_STANDING_GAP : 0;
  gint64 left = figures->available - figures->waiting;

  if (!figures->tracked)
    return states;
  if (left < wb_record_get_int (product, WB_PRODUCT_MIN_STOCK) ||
      left + figures->incoming < wb_record_get_int (product, WB_PRODUCT_REORDER_POINT))
    states |= WB_STANDING_LOW;
  if (figures->available <= 0)
    states |= WB_STANDING_OUT;
  if (left < 0)
    states |= WB_STANDING_OVERSOLD;
  return states;
}

static char *
make_key (WbProduct *product)
{
  static const guint  fields[] = { WB_PRODUCT_SKU, WB_PRODUCT_NAME, WB_PRODUCT_BIN,
                                   WB_PRODUCT_BARCODE };
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = wb_record_get_text (product, fields[i]);

      if (text != NULL)
        g_string_append_printf (all, "%s\n", text);
    }
  return wb_text_search_key (all->str);
}

/* U+FFFD comes after all letters. */
static char *
make_order (const char *text)
{
  return wb_text_is_empty (text) ? g_strdup ("\xef\xbf\xbd") : g_utf8_collate_key (text, -1);
}

static WbStanding *
make_standing (WbProduct *product, GHashTable *figures)
{
  WbStanding     *self = g_atomic_rc_box_new0 (WbStanding);
  WbStockFigures *of;

  self->id = wb_record_get_int (product, WB_PRODUCT_ID);
  self->sku = g_strdup (wb_record_get_text (product, WB_PRODUCT_SKU));
  self->name = g_strdup (wb_record_get_text (product, WB_PRODUCT_NAME));
  self->bin = g_strdup (wb_record_get_text (product, WB_PRODUCT_BIN));
  self->key = make_key (product);
  self->sku_order = make_order (self->sku);
  self->name_order = make_order (self->name);
  self->bin_order = make_order (self->bin);
  if ((of = g_hash_table_lookup (figures, &self->id)) != NULL)
    self->figures = *of;
  self->gaps = wb_product_gaps (product);
  self->states = wb_stock_states (product, &self->figures);
  self->told = g_array_new (FALSE, FALSE, sizeof (WbTold));
  return self;
}

/* Where each is listed, and what was told there; a channel that lists it twice counts once. */
static gboolean
add_told (WbBook *book, GHashTable *by_id, GError **error)
{
  g_autoptr (GPtrArray) listings = wb_book_list_channel_listings (book, 0, FALSE, error);

  for (guint i = 0; listings != NULL && i < listings->len; i++)
    {
      gpointer    listing = listings->pdata[i];
      gint64      id = wb_record_get_int (listing, WB_LISTING_PRODUCT_ID);
      WbStanding *of = g_hash_table_lookup (by_id, &id);
      WbTold      told = { wb_record_get_int (listing, WB_LISTING_CHANNEL_ID), -1 };
      WbTold     *last;

      if (of == NULL)
        continue;
      if (wb_record_get_int (listing, WB_LISTING_PUBLISHED_AT) != 0)
        told.pieces = wb_record_get_int (listing, WB_LISTING_PUBLISHED);
      last = of->told->len > 0 ? &g_array_index (of->told, WbTold, of->told->len - 1) : NULL;
      if (last == NULL || last->channel_id != told.channel_id)
        g_array_append_val (of->told, told);
      else if (last->pieces < 0)
        last->pieces = told.pieces;
    }
  return listings != NULL;
}

/** wb_stock_list_standing: Returns: (transfer full) (element-type WbStanding): every product, as
 * wb_book_list_products() has them; in a handful of questions however many there are. */
GPtrArray *
wb_stock_list_standing (WbBook *book, GError **error)
{
  g_autoptr (GPtrArray)  products = wb_book_list_products (book, error);
  g_autoptr (GHashTable) figures = products != NULL ? wb_stock_all_figures (book, 0, error) : NULL;
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray)  all = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_standing_unref);

  if (figures == NULL)
    return NULL;
  for (guint i = 0; i < products->len; i++)
    {
      WbStanding *standing = make_standing (products->pdata[i], figures);

      g_ptr_array_add (all, standing);
      g_hash_table_insert (by_id, &standing->id, standing);
    }
  return add_told (book, by_id, error) ? g_steal_pointer (&all) : NULL;
}

/** wb_standing_ref: Returns: (transfer full): @standing, held once more. */
WbStanding *
wb_standing_ref (WbStanding *standing)
{
  return g_atomic_rc_box_acquire (standing);
}

static void
clear (gpointer data)
{
  WbStanding *self = data;

  g_free (self->sku);
  g_free (self->name);
  g_free (self->bin);
  g_free (self->key);
  g_free (self->sku_order);
  g_free (self->name_order);
  g_free (self->bin_order);
  g_array_unref (self->told);
}

/** wb_standing_unref: lets go of @standing. */
void
wb_standing_unref (WbStanding *standing)
{
  g_atomic_rc_box_release_full (standing, clear);
}
