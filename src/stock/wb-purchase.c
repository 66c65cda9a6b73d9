/* SPDX-License-Identifier: GPL-3.0-or-later
 * Buying: goods ordered from a supplier are incoming until they are received, line by line. */
#include "wb-stock-private.h"

static gboolean
fill_in (WbBook *book, WbPurchaseOrder *purchase, GError **error)
{
  g_autoptr (WbLocation) place = wb_book_get_location (
      book, wb_record_get_int (purchase, WB_PURCHASE_ORDER_LOCATION_ID), error);
  g_autoptr (WbSupplier) supplier = NULL;
  const char            *expected = wb_record_get_text (purchase, WB_PURCHASE_ORDER_EXPECTED_ON);

  if (place == NULL ||
      (supplier = wb_book_get_supplier (
           book, wb_record_get_int (purchase, WB_PURCHASE_ORDER_SUPPLIER_ID), error)) == NULL)
    return FALSE;
  if (expected != NULL && !wb_date_is_valid (expected))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no day: write YYYY-MM-DD", expected);
      return FALSE;
    }
  wb_record_set_int (purchase, WB_PURCHASE_ORDER_LOCATION_ID,
                     wb_record_get_int (place, WB_LOCATION_ID));
  if (wb_record_get_text (purchase, WB_PURCHASE_ORDER_CURRENCY) == NULL)
    wb_record_set_text (purchase, WB_PURCHASE_ORDER_CURRENCY,
                        wb_record_get_text (supplier, WB_SUPPLIER_CURRENCY));
  if (wb_record_get_text (purchase, WB_PURCHASE_ORDER_STATE) == NULL)
    wb_record_set_text (purchase, WB_PURCHASE_ORDER_STATE, WB_PURCHASE_ORDER_ORDERED);
  if (wb_record_get_int (purchase, WB_PURCHASE_ORDER_CREATED_AT) == 0)
    wb_record_set_int (purchase, WB_PURCHASE_ORDER_CREATED_AT, wb_now ());
  if (wb_record_get_int (purchase, WB_PURCHASE_ORDER_ORDERED_AT) == 0 &&
      g_str_equal (wb_record_get_text (purchase, WB_PURCHASE_ORDER_STATE),
                   WB_PURCHASE_ORDER_ORDERED))
    wb_record_set_int (purchase, WB_PURCHASE_ORDER_ORDERED_AT, wb_now ());
  return TRUE;
}

static gboolean
is_taken (GPtrArray *purchases, gint64 supplier_id, const char *number)
{
  for (guint i = 0; i < purchases->len; i++)
    if (wb_record_get_int (purchases->pdata[i], WB_PURCHASE_ORDER_SUPPLIER_ID) == supplier_id &&
        g_strcmp0 (wb_record_get_text (purchases->pdata[i], WB_PURCHASE_ORDER_NUMBER), number) == 0)
      return TRUE;
  return FALSE;
}

/** wb_stock_purchase_number: Returns: (transfer full): a number that no purchase from the supplier
 * has: the day, and which of the day where it is not the first: “2026-11-22-2”. */
char *
wb_stock_purchase_number (WbBook *book, gint64 supplier_id, GError **error)
{
  g_autoptr (GPtrArray) all = wb_book_list_purchases (book, FALSE, error);
  char                  today[WB_DATE_SIZE];
  g_autofree char      *number = NULL;

  if (all == NULL)
    return NULL;
  wb_stock_today (book, today);
  number = g_strdup (today);
  for (guint i = 2; is_taken (all, supplier_id, number); i++)
    {
      g_free (number);
      number = g_strdup_printf ("%s-%u", today, i);
    }
  return g_steal_pointer (&number);
}

/**
 * wb_stock_order_goods:
 * @purchase: supplier, number and lines; what it does not say (place, currency, state “ordered”,
 * when) is filled in
 *
 * Returns: its number in the book; 0 with @error. What is ordered is incoming from now on.
 */
gint64
wb_stock_order_goods (WbBook *book, WbPurchaseOrder *purchase, GError **error)
{
  gboolean ok;

  if (wb_record_get_many (purchase, WB_PURCHASE_ORDER_LINES)->len == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There is nothing on this purchase");
      return 0;
    }
  if (!wb_book_begin (book, error))
    return 0;
  ok = fill_in (book, purchase, error) && wb_book_save_purchase (book, purchase, error) &&
       wb_book_add_event (book, "purchase", wb_record_get_int (purchase, WB_PURCHASE_ORDER_ID),
                          "ordered", "stock", NULL, error);
  return wb_stock_settle (book, ok, error) ? wb_record_get_int (purchase, WB_PURCHASE_ORDER_ID) : 0;
}

/* All of it is here: nothing is incoming any more. */
static gboolean
close_if_complete (WbBook *book, WbPurchaseOrder *purchase, GError **error)
{
  GPtrArray *lines = wb_record_get_many (purchase, WB_PURCHASE_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_RECEIVED) <
        wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_QUANTITY))
      return TRUE;
  wb_record_set_text (purchase, WB_PURCHASE_ORDER_STATE, WB_PURCHASE_ORDER_RECEIVED);
  wb_record_set_int (purchase, WB_PURCHASE_ORDER_RECEIVED_AT, wb_now ());
  return wb_book_save (book, purchase, error);
}

/* What one piece costs from now on, where the purchase says: what left before keeps its own cost.
 */
static gboolean
note_cost (WbBook *book, WbPurchaseOrder *purchase, WbPurchaseLine *line, GError **error)
{
  gint64                cost = wb_record_get_int (line, WB_PURCHASE_LINE_COST);
  g_autoptr (WbProduct) product = NULL;

  if (cost == 0 || wb_record_get_text (purchase, WB_PURCHASE_ORDER_CURRENCY) == NULL)
    return TRUE;
  product =
      wb_book_get_product (book, wb_record_get_int (line, WB_PURCHASE_LINE_PRODUCT_ID), error);
  if (product == NULL)
    return FALSE;
  wb_record_set_int (product, WB_PRODUCT_COST, cost);
  wb_record_set_text (product, WB_PRODUCT_CURRENCY,
                      wb_record_get_text (purchase, WB_PURCHASE_ORDER_CURRENCY));
  return wb_book_save (book, product, error);
}

static gboolean
receive (WbBook *book, gint64 line_id, const WbStockPlace *at, gint64 quantity, GError **error)
{
  g_autoptr (WbPurchaseLine)  line = wb_book_get_purchase_line (book, line_id, error);
  g_autoptr (WbPurchaseOrder) purchase = NULL;
  WbStockPlace                place = *at;

  if (line == NULL)
    return FALSE;
  wb_record_set_int (line, WB_PURCHASE_LINE_RECEIVED,
                     wb_record_get_int (line, WB_PURCHASE_LINE_RECEIVED) + quantity);
  if (!wb_book_save (book, line, error))
    return FALSE;
  purchase =
      wb_book_get_purchase (book, wb_record_get_int (line, WB_PURCHASE_LINE_PURCHASE_ID), error);
  if (purchase == NULL)
    return FALSE;
  if (!g_str_equal (wb_record_get_text (purchase, WB_PURCHASE_ORDER_STATE),
                    WB_PURCHASE_ORDER_ORDERED))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "The purchase %s is %s: nothing of it is expected. Receive the goods without it",
                   wb_record_get_text (purchase, WB_PURCHASE_ORDER_NUMBER),
                   wb_record_get_text (purchase, WB_PURCHASE_ORDER_STATE));
      return FALSE;
    }
  place.product_id = wb_record_get_int (line, WB_PURCHASE_LINE_PRODUCT_ID);
  place.purchase_id = wb_record_get_int (purchase, WB_PURCHASE_ORDER_ID);
  if (place.location_id == 0)
    place.location_id = wb_record_get_int (purchase, WB_PURCHASE_ORDER_LOCATION_ID);
  return note_cost (book, purchase, line, error) && close_if_complete (book, purchase, error) &&
         wb_stock_receive (book, &place, quantity, error);
}

/**
 * wb_stock_receive_goods:
 * @at: where they are put; product and purchase are the line's, the place the purchase's unless
 * said
 * @quantity: pieces; more than was ordered is taken too: they are there
 *
 * Goods of a purchase came in. The last of them closes it.
 */
gboolean
wb_stock_receive_goods (
    WbBook *book, gint64 purchase_line_id, const WbStockPlace *at, gint64 quantity, GError **error)
{
  return wb_book_begin (book, error) &&
         wb_stock_settle (book, receive (book, purchase_line_id, at, quantity, error), error);
}

/** wb_stock_cancel_goods: what has not come of a purchase will not: it is not incoming any more. */
gboolean
wb_stock_cancel_goods (WbBook *book, gint64 purchase_id, GError **error)
{
  g_autoptr (WbPurchaseOrder) purchase = wb_book_get_purchase (book, purchase_id, error);

  if (purchase == NULL)
    return FALSE;
  wb_record_set_text (purchase, WB_PURCHASE_ORDER_STATE, WB_PURCHASE_ORDER_CANCELLED);
  return wb_book_save (book, purchase, error);
}
