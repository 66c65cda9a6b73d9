/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the Products page has the engine do beside the deeds on stock. */
#include "wb-product-works.h"

#include "wb-desk-stock.h"
#include "wb-reorder.h"
#include "wb-stock-standing.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

/* ---- finding ---- */

/** wb_products_found_free: frees @found. */
void
wb_products_found_free (WbProductsFound *found)
{
  g_clear_pointer (&found->all, g_ptr_array_unref);
  g_free (found);
}

static void
add_up (WbProductsFound *found)
{
  for (guint i = 0; i < found->all->len; i++)
    {
      const WbStanding *of = found->all->pdata[i];

      found->low += (of->states & WB_STANDING_LOW) != 0;
      found->out += (of->states & WB_STANDING_OUT) != 0;
      found->oversold += (of->states & WB_STANDING_OVERSOLD) != 0;
      found->gaps += (of->states & WB_STANDING_GAP) != 0;
      found->no_hs += (of->gaps & WB_GAP_HS_CODE) != 0;
      found->no_origin += (of->gaps & WB_GAP_ORIGIN) != 0;
      found->no_weight += (of->gaps & WB_GAP_WEIGHT) != 0;
    }
}

static gpointer
run_query (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbProductsFound) found = g_new0 (WbProductsFound, 1);
  WbBook                     *book = wb_job_get_book (job, error);

  if (book == NULL || (found->all = wb_stock_list_standing (book, error)) == NULL)
    return NULL;
  add_up (found);
  return g_steal_pointer (&found);
}

static gpointer
run_code (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook              *book = wb_job_get_book (job, error);
  g_auto (WbStockCode) code = { 0 };
  g_autoptr (GArray)   ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (book == NULL)
    return NULL;
  if (wb_stock_read_code (book, data, &code, NULL) && code.product_id != 0)
    g_array_append_val (ids, code.product_id);
  return g_steal_pointer (&ids);
}

static gpointer
run_reorder (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook               *book = wb_job_get_book (job, error);
  g_autoptr (GPtrArray) proposals =
      book != NULL ? wb_reorder_propose_all (book, NULL, cancellable, error) : NULL;
  GHashTable *ids;

  if (proposals == NULL)
    return NULL;
  ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < proposals->len; i++)
    {
      const WbProposal *of = proposals->pdata[i];
      gint64            id = wb_record_get_int (of->product, WB_PRODUCT_ID);

      g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
  return ids;
}

const WbWorkKind wb_products_query_work = {
  .run = run_query,
  .free_result = (GDestroyNotify) wb_products_found_free,
};

const WbWorkKind wb_product_code_work = {
  .run = run_code,
  .free_data = g_free,
  .free_result = (GDestroyNotify) g_array_unref,
};

const WbWorkKind wb_products_reorder_work = {
  .run = run_reorder,
  .free_result = (GDestroyNotify) g_hash_table_unref,
};

/* ---- changing ---- */

static char *
name_of (WbBook *book, gint64 product_id)
{
  g_autoptr (WbProduct) product = wb_book_get_product (book, product_id, NULL);

  return g_strdup (product != NULL ? wb_record_get_text (product, WB_PRODUCT_NAME) : "?");
}

static gboolean
track (WbDesk *desk, const WbWish *wish, gboolean tracked, GError **error)
{
  return wb_stock_track (wb_desk_get_book (desk), wish->id, tracked, wb_desk_get_actor (desk),
                         error);
}

static gpointer
run_track (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbWish *wish = data;
  WbDesk       *desk = wb_job_get_desk (job, error);

  return desk != NULL && track (desk, wish, TRUE, error)
             ? g_strdup (_ ("Under stock keeping from now on: orders wait until there is some"))
             : NULL;
}

static gpointer
run_untrack (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbWish *wish = data;
  WbDesk       *desk = wb_job_get_desk (job, error);

  return desk != NULL && track (desk, wish, FALSE, error)
             ? g_strdup (_ ("Not under stock keeping any more: it never holds an order up"))
             : NULL;
}

/* @text: a code, and behind a tab how many pieces it stands for, where that is not one. Returns:
 * (transfer full): the code. */
static char *
add_code (WbBook *book, gint64 product_id, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "\t", 2);
  gint64         pack = parts[1] != NULL ? g_ascii_strtoll (parts[1], NULL, 10) : 1;

  return wb_stock_add_code (book, product_id, parts[0], MAX (pack, 1), error) != 0
             ? g_strdup (parts[0])
             : NULL;
}

static gpointer
run_add_code (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbWish    *wish = data;
  WbBook          *book = wb_job_get_own_book (job, error);
  g_autofree char *made = NULL;

  if (book == NULL)
    return NULL;
  if (wish->text == NULL)
    made = wb_stock_make_code (book, wish->id, error);
  else
    made = add_code (book, wish->id, wish->text, error);
  /* Translators: a barcode's digits */
  return made != NULL ? g_strdup_printf (_ ("A scanner knows it by %s now"), made) : NULL;
}

static gpointer
run_remove_code (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbWish         *wish = data;
  WbBook               *book = wb_job_get_own_book (job, error);
  g_autoptr (GPtrArray) codes = book != NULL ? wb_book_list_barcodes (book, wish->id, error) : NULL;

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    if (g_strcmp0 (wb_record_get_text (codes->pdata[i], WB_BARCODE_CODE), wish->text) == 0 &&
        !wb_book_delete_barcode (book, wb_record_get_int (codes->pdata[i], WB_BARCODE_ID), error))
      return NULL;
  /* Translators: a barcode's digits */
  return codes != NULL ? g_strdup_printf (_ ("%s is no code of it any more"), wish->text) : NULL;
}

static gpointer
run_kit_part (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbWish         *wish = data;
  WbBook               *book = wb_job_get_own_book (job, error);
  char                 *sku = NULL;
  gint64                pieces = g_ascii_strtoll (wish->text, &sku, 10);
  g_autoptr (WbProduct) part = NULL;
  g_autofree char      *name = NULL;

  if (book == NULL || (part = wb_book_find_product (book, g_strstrip (sku), error)) == NULL ||
      !wb_book_set_component (book, wish->id, wb_record_get_int (part, WB_PRODUCT_ID), pieces,
                              error))
    return NULL;
  name = name_of (book, wish->id);
  /* Translators: a kit; a part; pieces of it in one kit */
  return g_strdup_printf (_ ("“%s”: %s × %d"), name, wb_record_get_text (part, WB_PRODUCT_NAME),
                          (int) pieces);
}

static gpointer
run_export (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbWish      *wish = data;
  WbBook            *book = wb_job_get_book (job, error);
  g_autofree char   *csv = book != NULL ? wb_desk_export_products (book, error) : NULL;
  g_autofree char   *name = g_path_get_basename (wish->text);
  g_autoptr (GError) trouble = NULL;

  if (csv == NULL)
    return NULL;
  if (g_file_set_contents (wish->text, csv, -1, &trouble))
    /* Translators: %s is the name of a file */
    return g_strdup_printf (_ ("All products are in “%s”"), name);
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "%s", trouble->message);
  return NULL;
}

static gpointer
run_save (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbProduct            *product = data;
  WbDesk               *desk = wb_job_get_desk (job, error);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, product);
  return desk != NULL && wb_desk_save_customs_data (desk, one, error)
             /* Translators: the name of a product */
             ? g_strdup_printf (_ ("“%s” is kept"), wb_record_get_text (product, WB_PRODUCT_NAME))
             : NULL;
}

#define WORK(name, does)                                                                           \
  const WbWorkKind name = {                                                                        \
    .run = does, .free_data = wb_wish_free, .free_result = g_free, .effect = TRUE                  \
  }

WORK (wb_product_track_work, run_track);
WORK (wb_product_untrack_work, run_untrack);
WORK (wb_code_add_work, run_add_code);
WORK (wb_code_remove_work, run_remove_code);
WORK (wb_kit_part_work, run_kit_part);
WORK (wb_products_export_work, run_export);

const WbWorkKind wb_product_save_work = {
  .run = run_save,
  .free_data = g_object_unref,
  .free_result = g_free,
  .effect = TRUE,
};
