/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is bought: what to order and why, what is on order, and what of it came. */
#include "wb-buying-works.h"

#include "wb-text.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

#define MOST_PURCHASES 200

/* ---- reading ---- */

/** wb_buying_found_free: frees @found. */
void
wb_buying_found_free (WbBuyingFound *found)
{
  g_clear_pointer (&found->proposals, g_ptr_array_unref);
  g_clear_pointer (&found->purchases, g_ptr_array_unref);
  g_clear_pointer (&found->suppliers, g_hash_table_unref);
  g_clear_pointer (&found->names, g_hash_table_unref);
  g_free (found);
}

static gboolean
read_suppliers (WbBook *book, WbBuyingFound *found, GError **error)
{
  g_autoptr (GPtrArray) all = wb_book_list_suppliers (book, error);

  found->suppliers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      gint64 id = wb_record_get_int (all->pdata[i], WB_SUPPLIER_ID);

      g_hash_table_insert (found->suppliers, g_memdup2 (&id, sizeof id),
                           g_object_ref (all->pdata[i]));
    }
  return all != NULL;
}

static gboolean
read_names (WbBook *book, WbBuyingFound *found, WbPurchaseOrder *purchase, GError **error)
{
  GPtrArray *lines = wb_record_get_many (purchase, WB_PURCHASE_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    {
      gint64                id = wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_PRODUCT_ID);
      g_autoptr (WbProduct) product = NULL;

      if (g_hash_table_contains (found->names, &id))
        continue;
      if ((product = wb_book_get_product (book, id, error)) == NULL)
        return FALSE;
      g_hash_table_insert (found->names, g_memdup2 (&id, sizeof id),
                           g_strdup (wb_record_get_text (product, WB_PRODUCT_NAME)));
    }
  return TRUE;
}

/* The latest with their lines. */
static gboolean
read_purchases (WbBook *book, WbBuyingFound *found, GError **error)
{
  g_autoptr (GPtrArray) heads = wb_book_list_purchases (book, FALSE, error);

  found->purchases = g_ptr_array_new_with_free_func (g_object_unref);
  found->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; heads != NULL && i < heads->len && i < MOST_PURCHASES; i++)
    {
      WbPurchaseOrder *purchase = wb_book_get_purchase (
          book, wb_record_get_int (heads->pdata[i], WB_PURCHASE_ORDER_ID), error);

      if (purchase == NULL)
        return FALSE;
      g_ptr_array_add (found->purchases, purchase);
      if (!read_names (book, found, purchase, error))
        return FALSE;
    }
  return heads != NULL;
}

static gint
by_supplier (gconstpointer a, gconstpointer b)
{
  const WbProposal *x = *(WbProposal *const *) a, *y = *(WbProposal *const *) b;
  gint64 of_x = x->supplier != NULL ? wb_record_get_int (x->supplier, WB_SUPPLIER_ID) : G_MAXINT64,
         of_y = y->supplier != NULL ? wb_record_get_int (y->supplier, WB_SUPPLIER_ID) : G_MAXINT64;

  return of_x < of_y ? -1 : of_x > of_y;
}

static gpointer
run_read (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbBuyingFound) found = g_new0 (WbBuyingFound, 1);
  WbBook                   *book = wb_job_get_book (job, error);

  if (book == NULL || !read_suppliers (book, found, error) ||
      !read_purchases (book, found, error) ||
      (found->proposals = wb_reorder_propose_all (book, NULL, cancellable, error)) == NULL)
    return NULL;
  g_ptr_array_sort (found->proposals, by_supplier);
  return g_steal_pointer (&found);
}

const WbWorkKind wb_buying_read_work = {
  .run = run_read,
  .free_result = (GDestroyNotify) wb_buying_found_free,
};

/* ---- suppliers ---- */

/** wb_terms_wish_free: frees @wish. */
void
wb_terms_wish_free (WbTermsWish *wish)
{
  g_clear_object (&wish->supplier);
  g_clear_object (&wish->terms);
  g_free (wish);
}

/* What is known already of the two, found by name and by product, is changed; else it is new. */
static gboolean
take_known (WbBook *book, WbTermsWish *wish, GError **error)
{
  g_autoptr (WbSupplier) known =
      wb_book_find_supplier (book, wb_record_get_text (wish->supplier, WB_SUPPLIER_NAME), NULL);
  g_autoptr (GPtrArray) all = NULL;
  gint64                id;

  if (known != NULL)
    {
      wb_record_set_text (known, WB_SUPPLIER_CURRENCY,
                          wb_record_get_text (wish->supplier, WB_SUPPLIER_CURRENCY));
      g_set_object (&wish->supplier, known);
    }
  if (!wb_book_save (book, wish->supplier, error) ||
      (all = wb_book_list_product_suppliers (
           book, wb_record_get_int (wish->terms, WB_PRODUCT_SUPPLIER_PRODUCT_ID), error)) == NULL)
    return FALSE;
  id = wb_record_get_int (wish->supplier, WB_SUPPLIER_ID);
  wb_record_set_int (wish->terms, WB_PRODUCT_SUPPLIER_SUPPLIER_ID, id);
  wb_record_set_bool (wish->terms, WB_PRODUCT_SUPPLIER_PREFERRED, TRUE);
  for (guint i = 0; i < all->len; i++)
    if (wb_record_get_int (all->pdata[i], WB_PRODUCT_SUPPLIER_SUPPLIER_ID) == id)
      wb_record_set_int (wish->terms, WB_PRODUCT_SUPPLIER_ID,
                         wb_record_get_int (all->pdata[i], WB_PRODUCT_SUPPLIER_ID));
    else if (wb_record_set_bool (all->pdata[i], WB_PRODUCT_SUPPLIER_PREFERRED, FALSE) &&
             !wb_book_save (book, all->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gpointer
run_save_terms (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTermsWish *wish = data;
  WbBook      *book = wb_job_get_own_book (job, error);

  if (book == NULL || !wb_book_begin (book, error))
    return NULL;
  if (!take_known (book, wish, error) || !wb_book_save (book, wish->terms, error))
    {
      wb_book_rollback (book);
      return NULL;
    }
  if (!wb_book_commit (book, error))
    return NULL;
  /* Translators: the name of a supplier */
  return g_strdup_printf (_ ("Bought from %s from now on"),
                          wb_record_get_text (wish->supplier, WB_SUPPLIER_NAME));
}

const WbWorkKind wb_terms_save_work = {
  .run = run_save_terms,
  .free_data = (GDestroyNotify) wb_terms_wish_free,
  .free_result = g_free,
  .effect = TRUE,
};

/* ---- purchases ---- */

static gpointer
run_make (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbPurchaseOrder       *purchase = data;
  WbBook                *book = wb_job_get_own_book (job, error);
  gint64                 supplier_id = wb_record_get_int (purchase, WB_PURCHASE_ORDER_SUPPLIER_ID);
  g_autoptr (WbSupplier) supplier =
      book != NULL ? wb_book_get_supplier (book, supplier_id, error) : NULL;
  g_autofree char *number =
      supplier != NULL ? wb_stock_purchase_number (book, supplier_id, error) : NULL;

  if (number == NULL)
    return NULL;
  wb_record_set_text (purchase, WB_PURCHASE_ORDER_NUMBER, number);
  if (wb_stock_order_goods (book, purchase, error) == 0)
    return NULL;
  /* Translators: the number of a purchase; a supplier */
  return g_strdup_printf (_ ("Purchase %s from %s is written down: it is incoming"), number,
                          wb_record_get_text (supplier, WB_SUPPLIER_NAME));
}

static gpointer
run_cancel (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbWish *wish = data;
  WbBook       *book = wb_job_get_own_book (job, error);

  return book != NULL && wb_stock_cancel_goods (book, wish->id, error)
             ? g_strdup (_ ("Nothing more of the purchase is expected"))
             : NULL;
}

static void
arrival_free (gpointer data)
{
  WbArrival *arrival = data;

  g_free (arrival->bin);
  g_free (arrival->lot);
  g_free (arrival->expires);
  g_free (arrival);
}

/** wb_arrivals_new: Returns: (transfer full) (element-type WbArrival): none yet; it frees what is
 * added. */
GPtrArray *
wb_arrivals_new (void)
{
  return g_ptr_array_new_with_free_func (arrival_free);
}

static gboolean
receive (WbDesk *desk, const WbArrival *arrival, GError **error)
{
  WbBook      *book = wb_desk_get_book (desk);
  WbStockPlace at = { .bin = !wb_text_is_empty (arrival->bin) ? arrival->bin : NULL,
                      .actor = wb_desk_get_actor (desk) };

  if (arrival->lot != NULL && (at.lot_id = wb_stock_lot (book, arrival->product_id, arrival->lot,
                                                         arrival->expires, error)) == 0)
    return FALSE;
  return wb_stock_receive_goods (book, arrival->line_id, &at, arrival->pieces, error);
}

static gpointer
run_receive (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *arrivals = data;
  WbDesk    *desk = wb_job_get_desk (job, error);
  gint64     pieces = 0;

  if (desk == NULL || !wb_book_begin (wb_desk_get_book (desk), error))
    return NULL;
  for (guint i = 0; i < arrivals->len; i++)
    {
      const WbArrival *arrival = arrivals->pdata[i];

      if (arrival->pieces > 0 && !receive (desk, arrival, error))
        {
          wb_book_rollback (wb_desk_get_book (desk));
          return NULL;
        }
      pieces += arrival->pieces;
    }
  if (!wb_book_commit (wb_desk_get_book (desk), error))
    return NULL;
  return g_strdup_printf (ngettext ("%'d piece received: who waits for it gets it",
                                    "%'d pieces received: who waits for them gets them",
                                    (gulong) pieces),
                          (int) pieces);
}

const WbWorkKind wb_purchase_make_work = {
  .run = run_make,
  .free_data = g_object_unref,
  .free_result = g_free,
  .effect = TRUE,
};

const WbWorkKind wb_purchase_cancel_work = {
  .run = run_cancel,
  .free_data = wb_wish_free,
  .free_result = g_free,
  .effect = TRUE,
};

const WbWorkKind wb_purchase_receive_work = {
  .run = run_receive,
  .free_data = (GDestroyNotify) g_ptr_array_unref,
  .free_result = g_free,
  .effect = TRUE,
};
