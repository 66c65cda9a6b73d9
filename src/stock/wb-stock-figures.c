/* SPDX-License-Identifier: GPL-3.0-or-later
 * How stock stands: figures of products and of kits, what may be offered, and whether the books
 * agree with themselves. */
#include "wb-stock-private.h"

/* A kit has as many of everything as its scarcest part allows; parts outside stock keeping set no
 * bound. */
static gboolean
kit_figures (GHashTable *all, GPtrArray *components, WbStockFigures *kit)
{
  static const goffset members[] = {
    G_STRUCT_OFFSET (WbStockFigures, on_hand),
    G_STRUCT_OFFSET (WbStockFigures, available),
  };
  gboolean any = FALSE;

  for (guint i = 0; i < components->len; i++)
    {
      gint64 id = wb_record_get_int (components->pdata[i], WB_KIT_COMPONENT_PRODUCT_ID),
             quantity = wb_record_get_int (components->pdata[i], WB_KIT_COMPONENT_QUANTITY);
      WbStockFigures *part = g_hash_table_lookup (all, &id);

      if (part == NULL || !part->tracked)
        continue;
      for (guint m = 0; m < G_N_ELEMENTS (members); m++)
        {
          gint64 *of = G_STRUCT_MEMBER_P (kit, members[m]);
          gint64  has = *(gint64 *) G_STRUCT_MEMBER_P (part, members[m]) / quantity;

          *of = any ? MIN (*of, has) : has;
        }
      any = TRUE;
    }
  kit->tracked = any;
  kit->allocated = MAX (0, kit->on_hand - kit->available);
  return any;
}

/* The figures of a product's parts as one table; empty for what is no kit. */
static GHashTable *
parts_figures (
    WbBook *book, GPtrArray *components, gint64 location_id, const char *today, GError **error)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < components->len; i++)
    {
      gint64 id = wb_record_get_int (components->pdata[i], WB_KIT_COMPONENT_PRODUCT_ID), *key;
      g_autoptr (GHashTable) one = wb_book_sum_stock (book, id, location_id, today, error);
      WbStockFigures        *part;

      if (one == NULL)
        return NULL;
      if ((part = g_hash_table_lookup (one, &id)) == NULL)
        continue;
      key = g_new (gint64, 1);
      *key = id;
      g_hash_table_insert (all, key, g_memdup2 (part, sizeof *part));
    }
  return g_steal_pointer (&all);
}

/**
 * wb_stock_figures:
 * @location_id: 0: all places together
 * @figures: (out): of the product; of a kit in kits
 */
gboolean
wb_stock_figures (
    WbBook *book, gint64 product_id, gint64 location_id, WbStockFigures *figures, GError **error)
{
  char                   today[WB_DATE_SIZE];
  WbStockFigures         found = { 0 };
  g_autoptr (GPtrArray)  components = wb_book_list_components (book, product_id, error);
  g_autoptr (GHashTable) all = NULL;
  WbStockFigures        *own;

  if (components == NULL)
    return FALSE;
  wb_stock_today (book, today);
  all = components->len > 0 ? parts_figures (book, components, location_id, today, error)
                            : wb_book_sum_stock (book, product_id, location_id, today, error);
  if (all == NULL)
    return FALSE;
  if (components->len > 0)
    kit_figures (all, components, &found);
  else if ((own = g_hash_table_lookup (all, &product_id)) != NULL)
    found = *own;
  *figures = found;
  return TRUE;
}

/**
 * wb_stock_available:
 * @location_id: 0: all places together
 *
 * Returns: how many may still be offered: what is free less what waiting orders will get;
 * %WB_STOCK_ENDLESS of a product that is not under stock keeping; 0 where the book cannot be read.
 */
gint64
wb_stock_available (WbBook *book, gint64 product_id, gint64 location_id)
{
  WbStockFigures     figures = { 0 };
  g_autoptr (GError) error = NULL;

  if (!wb_stock_figures (book, product_id, location_id, &figures, &error))
    {
      g_warning ("The stock of product %" G_GINT64_FORMAT " cannot be read: %s", product_id,
                 error->message);
      return 0;
    }
  if (!figures.tracked)
    return WB_STOCK_ENDLESS;
  return MAX (0, figures.available - figures.waiting);
}

/* Adds the kits to figures of everything else. */
static gboolean
add_kits (WbBook *book, GHashTable *all, GError **error)
{
  g_autoptr (GPtrArray) components = wb_book_list_components (book, 0, error);

  for (guint first = 0; components != NULL && first < components->len;)
    {
      gint64 kit_id = wb_record_get_int (components->pdata[first], WB_KIT_COMPONENT_KIT_ID);
      g_autoptr (GPtrArray) own = g_ptr_array_new ();
      WbStockFigures        kit = { 0 };

      for (; first < components->len &&
             wb_record_get_int (components->pdata[first], WB_KIT_COMPONENT_KIT_ID) == kit_id;
           first++)
        g_ptr_array_add (own, components->pdata[first]);
      if (kit_figures (all, own, &kit))
        {
          gint64 *key = g_new (gint64, 1);

          *key = kit_id;
          g_hash_table_replace (all, key, g_memdup2 (&kit, sizeof kit));
        }
    }
  return components != NULL;
}

/**
 * wb_stock_all_figures:
 * @location_id: 0: all places together
 *
 * Returns: (transfer full) (element-type gint64 WbStockFigures): of every product that has any,
 * kits too; in a handful of questions, for a page of all products.
 */
GHashTable *
wb_stock_all_figures (WbBook *book, gint64 location_id, GError **error)
{
  char                   today[WB_DATE_SIZE];
  g_autoptr (GHashTable) all = NULL;

  wb_stock_today (book, today);
  all = wb_book_sum_stock (book, 0, location_id, today, error);
  return all != NULL && add_kits (book, all, error) ? g_steal_pointer (&all) : NULL;
}

/**
 * wb_stock_verify:
 * @faults: (out) (transfer full) (element-type utf8): empty when all agrees
 *
 * Whether the levels are the sum of the movements, what is allocated and picked the sum of what
 * lines hold, and what lines say of themselves what they hold. Returns: FALSE only when the book
 * cannot be read.
 */
gboolean
wb_stock_verify (WbBook *book, GPtrArray **faults, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  if (!wb_book_check_stock (book, found, error))
    return FALSE;
  *faults = g_steal_pointer (&found);
  return TRUE;
}
