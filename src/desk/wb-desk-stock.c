/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where orders and stock meet: what is there for a parcel, what it takes along, what that had cost.
 */
#include "wb-desk-stock.h"

#include "wb-desk-channel.h"

#include <glib/gi18n-lib.h>

#define MOST_SHORTAGES 50

/* An order is new or was changed: what it must not hold it lets go. What is free is given out
 * later, with the others of the same transaction. */
gboolean
wb_desk_note_stock (WbBook *book, gint64 order_id, const char *actor, GError **error)
{
  return wb_stock_note_order (book, order_id, actor, error);
}

/* @order_id: (0: none): looked at first. Then all that is free goes to those who wait for it. */
gboolean
wb_desk_serve_stock (WbBook *book, gint64 order_id, const char *actor, GError **error)
{
  return (order_id == 0 || wb_stock_note_order (book, order_id, actor, error)) &&
         (!wb_book_has_stock (book) || wb_stock_allocate (book, NULL, 0, actor, NULL, error));
}

static gboolean
refuse_missing (WbOrder *order, WbOrderLine *line, gint64 wanted, GError **error)
{
  g_set_error (
      error, WB_ERROR, WB_ERROR_CONFLICT,
      "Order %s waits for stock: of “%s” it holds %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
      ". Receive or count it, ship the rest by itself, or take the product out of stock "
      "keeping. Nothing was bought",
      wb_record_get_text (order, WB_ORDER_NUMBER), wb_record_get_text (line, WB_ORDER_LINE_NAME),
      wb_record_get_int (line, WB_ORDER_LINE_ALLOCATED), wanted);
  return FALSE;
}

/* Whether a parcel's pieces are held by their order, as far as they are under stock keeping; what
 * is free by now is given to it first. @order: as it was before. */
gboolean
wb_desk_stock_is_there (WbDesk       *self,
                        gint64        order_id,
                        const gint64 *line_ids,
                        const gint64 *quantities,
                        guint         n,
                        GError      **error)
{
  WbBook             *book = wb_desk_get_book (self);
  g_autoptr (WbOrder) order = NULL;

  if (!wb_book_has_stock (book))
    return TRUE;
  if (!wb_desk_serve_stock (book, order_id, wb_desk_get_actor (self), error) ||
      (order = wb_book_get_order (book, order_id, error)) == NULL)
    return FALSE;
  if (wb_record_get_int (order, WB_ORDER_STOCK_SHORT) == 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      WbOrderLine *line = wb_order_find_line (order, line_ids[i]);
      gint64       missing = 0;

      if (line == NULL || wb_record_get_int (line, WB_ORDER_LINE_ALLOCATED) >= quantities[i])
        continue;
      if (!wb_stock_missing_of (book, line, &missing, error))
        return FALSE;
      if (missing > 0)
        return refuse_missing (order, line, quantities[i], error);
    }
  return TRUE;
}

/* What one of a product had cost; of a kit without a cost of its own what its parts had. 0: not
 * known. */
static WbMoney
cost_of (WbBook *book, WbProduct *product)
{
  gint64                cost = wb_record_get_int (product, WB_PRODUCT_COST);
  const char           *currency = wb_record_get_text (product, WB_PRODUCT_CURRENCY);
  g_autoptr (GPtrArray) parts = NULL;

  if (cost > 0 && currency != NULL)
    return wb_money (cost, currency);
  parts = wb_book_list_components (book, wb_record_get_int (product, WB_PRODUCT_ID), NULL);
  currency = NULL;
  cost = 0;
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      g_autoptr (WbProduct) part = wb_book_get_product (
          book, wb_record_get_int (parts->pdata[i], WB_KIT_COMPONENT_PRODUCT_ID), NULL);
      gint64 one = part != NULL ? wb_record_get_int (part, WB_PRODUCT_COST) : 0;

      if (one == 0 || wb_record_get_text (part, WB_PRODUCT_CURRENCY) == NULL ||
          (currency != NULL &&
           !g_str_equal (currency, wb_record_get_text (part, WB_PRODUCT_CURRENCY))))
        return (WbMoney){ 0 };
      currency = g_intern_string (wb_record_get_text (part, WB_PRODUCT_CURRENCY));
      cost += one * wb_record_get_int (parts->pdata[i], WB_KIT_COMPONENT_QUANTITY);
    }
  return currency != NULL ? wb_money (cost, currency) : (WbMoney){ 0 };
}

/* @quantity: that left (above 0) or came back (below 0). */
static gboolean
add_cost (WbBook      *book,
          WbOrderLine *line,
          gint64       shipment_id,
          gint64       quantity,
          const char  *source_ref,
          GError     **error)
{
  gint64                product_id = wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID);
  g_autoptr (WbProduct) product = NULL;
  g_autoptr (WbEntry)   entry = NULL;
  WbMoney               one;

  if (product_id == 0)
    return TRUE;
  if ((product = wb_book_get_product (book, product_id, error)) == NULL)
    return FALSE;
  one = cost_of (book, product);
  if (one.minor == 0)
    return TRUE;
  entry = wb_entry_new ();
  wb_record_set_int (entry, WB_ENTRY_AT, wb_now ());
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID, wb_record_get_int (line, WB_ORDER_LINE_ORDER_ID));
  wb_record_set_int (entry, WB_ENTRY_SHIPMENT_ID, shipment_id);
  wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_STOCK_COST);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_STOCK);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, source_ref);
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, one.currency);
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, -one.minor * quantity);
  wb_record_set_text (entry, WB_ENTRY_NOTE, wb_record_get_text (product, WB_PRODUCT_NAME));
  return wb_book_add_entry (book, entry, NULL, error);
}

/* The pieces of a shipment leave: out of stock, and what they had cost into the ledger. Before the
 * lines are marked as shipped. */
gboolean
wb_desk_ship_stock (WbDesk       *self,
                    WbShipment   *shipment,
                    const gint64 *line_ids,
                    const gint64 *quantities,
                    guint         n,
                    GError      **error)
{
  WbBook *book = wb_desk_get_book (self);
  gint64  id = wb_record_get_int (shipment, WB_SHIPMENT_ID);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbOrderLine) line = wb_book_get_line (book, line_ids[i], error);
      g_autofree char        *ref =
          g_strdup_printf ("shipment-%" G_GINT64_FORMAT "-line-%" G_GINT64_FORMAT, id, line_ids[i]);

      if (line == NULL ||
          !wb_stock_ship (book, line_ids[i], quantities[i], id, wb_desk_get_actor (self), error) ||
          !add_cost (book, line, id, quantities[i], ref, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_back (WbDesk     *self,
           gint64      line_id,
           gint64      quantity,
           gboolean    restock,
           const char *reason,
           GError    **error)
{
  WbBook                 *book = wb_desk_get_book (self);
  WbStockPlace            to = { .reason = reason, .actor = wb_desk_get_actor (self) };
  g_autoptr (WbOrderLine) line = NULL;
  g_autofree char        *ref = NULL;

  if (!wb_stock_return (book, &to, line_id, quantity, restock, error) ||
      (line = wb_book_get_line (book, line_id, error)) == NULL)
    return FALSE;
  ref = g_strdup_printf ("return-line-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, line_id,
                         wb_record_get_int (line, WB_ORDER_LINE_RETURNED));
  return !restock || add_cost (book, line, 0, -quantity, ref, error);
}

/**
 * wb_desk_take_back:
 * @quantity: of the line; never more than have left and not come back
 * @restock: it can be sold again: it lies in stock, and its cost comes back; else it is written off
 * @reason: (nullable): for people
 *
 * What a customer sent back is here. No money moves: a refund is decided by itself.
 */
gboolean
wb_desk_take_back (WbDesk     *self,
                   gint64      order_line_id,
                   gint64      quantity,
                   gboolean    restock,
                   const char *reason,
                   GError    **error)
{
  WbBook *book = wb_desk_get_book (self);

  if (!wb_book_begin (book, error))
    return FALSE;
  if (take_back (self, order_line_id, quantity, restock, reason, error))
    return wb_book_commit (book, error);
  wb_book_rollback (book);
  return FALSE;
}
