/* SPDX-License-Identifier: GPL-3.0-or-later
 * Suppliers, what is ordered from them, and counts of the shelves, in the book. */
#include "wb-book-private.h"
#include "wb-book-stock.h"

/** wb_book_list_suppliers: Returns: (transfer full) (element-type WbSupplier): by name. */
GPtrArray *
wb_book_list_suppliers (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_supplier_get_type (), error, "ORDER BY name, id",
                             NULL);
}

/** wb_book_find_supplier: Returns: (transfer full): by name; %WB_ERROR_NOT_FOUND. */
WbSupplier *
wb_book_find_supplier (WbBook *self, const char *name, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_supplier_get_type (), error,
                                            "WHERE name = ?", "s", name),
                        "supplier", error);
}

/** wb_book_get_supplier: Returns: (transfer full): by number; %WB_ERROR_NOT_FOUND. */
WbSupplier *
wb_book_get_supplier (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_supplier_get_type (), error, "WHERE id = ?", "i", id),
      "supplier", error);
}

/** wb_book_list_product_suppliers: Returns: (transfer full) (element-type WbProductSupplier): who
 * sells a product to the house, the preferred one first. */
GPtrArray *
wb_book_list_product_suppliers (WbBook *self, gint64 product_id, GError **error)
{
  return wb_database_select (self->database, wb_product_supplier_get_type (), error,
                             "WHERE product_id = ? ORDER BY preferred DESC, id", "i", product_id);
}

static WbPurchaseOrder *
complete_purchase (WbBook *self, WbPurchaseOrder *head, GError **error)
{
  g_autoptr (WbPurchaseOrder) purchase = head;
  g_autoptr (GPtrArray)       lines = NULL;

  if (purchase == NULL)
    return NULL;
  lines = wb_database_select (self->database, wb_purchase_line_get_type (), error,
                              "WHERE purchase_id = ? ORDER BY position, id", "i",
                              wb_record_get_int (purchase, WB_PURCHASE_ORDER_ID));
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    wb_record_add (purchase, WB_PURCHASE_ORDER_LINES, g_object_ref (lines->pdata[i]));
  return lines != NULL ? g_steal_pointer (&purchase) : NULL;
}

/** wb_book_get_purchase: Returns: (transfer full): with its lines. */
WbPurchaseOrder *
wb_book_get_purchase (WbBook *self, gint64 id, GError **error)
{
  return complete_purchase (
      self,
      wb_book_first (wb_database_select (self->database, wb_purchase_order_get_type (), error,
                                         "WHERE id = ?", "i", id),
                     "purchase", error),
      error);
}

/** wb_book_list_purchases: Returns: (transfer full) (element-type WbPurchaseOrder): without lines,
 * what is expected first, first. */
GPtrArray *
wb_book_list_purchases (WbBook *self, gboolean open_only, GError **error)
{
  return wb_database_select (self->database, wb_purchase_order_get_type (), error,
                             "WHERE ?1 = 0 OR state IN ('draft', 'ordered') ORDER BY state <> "
                             "'ordered', COALESCE (expected_on, '9999'), id DESC LIMIT 1000",
                             "i", (gint64) open_only);
}

/** wb_book_save_purchase: head and lines; gets its numbers. Lines that are no longer in it go where
 * nothing of them came. */
gboolean
wb_book_save_purchase (WbBook *self, WbPurchaseOrder *purchase, GError **error)
{
  GPtrArray          *lines = wb_record_get_many (purchase, WB_PURCHASE_ORDER_LINES);
  g_autoptr (GString) kept = g_string_new ("0");
  g_autofree char    *drop = NULL;

  if (!wb_book_save (self, purchase, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      wb_record_set_int (lines->pdata[i], WB_PURCHASE_LINE_PURCHASE_ID,
                         wb_record_get_int (purchase, WB_PURCHASE_ORDER_ID));
      wb_record_set_int (lines->pdata[i], WB_PURCHASE_LINE_POSITION, i);
      if (!wb_book_save (self, lines->pdata[i], error))
        return FALSE;
      g_string_append_printf (kept, ", %" G_GINT64_FORMAT,
                              wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_ID));
    }
  drop = g_strdup_printf ("DELETE FROM purchase_line WHERE purchase_id = ? AND received = 0 AND id "
                          "NOT IN (%s)",
                          kept->str);
  return wb_database_run (self->database, error, drop, "i",
                          wb_record_get_int (purchase, WB_PURCHASE_ORDER_ID));
}

/** wb_book_get_purchase_line: Returns: (transfer full): by number. */
WbPurchaseLine *
wb_book_get_purchase_line (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_purchase_line_get_type (), error,
                                            "WHERE id = ?", "i", id),
                        "line of a purchase", error);
}

/** wb_book_get_stock_count: Returns: (transfer full): with its lines, by bin. */
WbStockCount *
wb_book_get_stock_count (WbBook *self, gint64 id, GError **error)
{
  g_autoptr (WbStockCount) found =
      wb_book_first (wb_database_select (self->database, wb_stock_count_get_type (), error,
                                         "WHERE id = ?", "i", id),
                     "count", error);
  g_autoptr (GPtrArray) lines = NULL;

  if (found == NULL)
    return NULL;
  lines = wb_database_select (self->database, wb_stock_count_line_get_type (), error,
                              "WHERE count_id = ? ORDER BY bin, id", "i", id);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    wb_record_add (found, WB_STOCK_COUNT_LINES, g_object_ref (lines->pdata[i]));
  return lines != NULL ? g_steal_pointer (&found) : NULL;
}

/** wb_book_list_stock_counts: Returns: (transfer full) (element-type WbStockCount): without lines,
 * newest first. */
GPtrArray *
wb_book_list_stock_counts (WbBook *self, gboolean open_only, GError **error)
{
  return wb_database_select (self->database, wb_stock_count_get_type (), error,
                             "WHERE ?1 = 0 OR state = 'open' ORDER BY id DESC LIMIT 500", "i",
                             (gint64) open_only);
}
