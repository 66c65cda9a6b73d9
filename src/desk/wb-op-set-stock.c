/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operation “set-stock”: a channel is told how many pieces of a listing there are. It sets,
 * never adds, and only where the channel still shows what it showed when the number was reckoned.
 */
#include "wb-op-shop.h"

#include "wb-book-channels.h"

static gboolean
read_request (const WbJson *at, const char *key, WbShopStock *stock, GError **error)
{
  *stock = (WbShopStock){
    .product_ref = wb_json_opt_string (at, "product"),
    .variation_ref = wb_json_opt_string (at, "variation"),
    .stock_ref = wb_json_opt_string (at, "stock"),
    .key = key,
  };
  return wb_json_int (at, "expected", &stock->expected, error) &&
         wb_json_int (at, "quantity", &stock->quantity, error);
}

static gboolean
stock_perform (WbOperation  *operation,
               gpointer      context,
               WbOutcome    *outcome,
               GCancellable *cancellable,
               GError      **error)
{
  g_auto (WbShopOp) op = { 0 };
  WbShopStock       stock;
  gint64            shown = 0;

  if (!wb_shop_op_open (&op, operation, context, error) ||
      !read_request (&op.at, wb_record_get_text (operation, WB_OPERATION_KEY), &stock, error))
    return wb_not_sent (error);
  if (!wb_shop_set_stock (op.shop, &stock, &shown, cancellable, error))
    return FALSE;
  outcome->reply = wb_json_make ("i:shown", shown, NULL);
  return TRUE;
}

/* What the channel shows tells whether it was set: to what was asked, or still to what was there
 * before. Anything else is somebody else's doing, and what was asked is out of date. */
static WbVerdict
stock_verify (WbOperation  *operation,
              gpointer      context,
              WbOutcome    *outcome,
              GCancellable *cancellable,
              GError      **error)
{
  g_auto (WbShopOp)     op = { 0 };
  g_autoptr (WbListing) listing = NULL;
  WbShopStock           stock;
  gint64                id = 0, shown = 0;

  if (!wb_shop_op_open (&op, operation, context, error) ||
      !wb_json_int (&op.at, "listing", &id, error) || !read_request (&op.at, NULL, &stock, error) ||
      (listing = wb_book_get_listing (wb_desk_get_book (context), id, error)) == NULL ||
      !wb_shop_read_stock (op.shop, listing, &shown, cancellable, error))
    return WB_VERDICT_UNKNOWN;
  if (shown == stock.quantity)
    {
      outcome->reply = wb_json_make ("i:shown", shown, NULL);
      return WB_VERDICT_DONE;
    }
  if (shown == stock.expected)
    return WB_VERDICT_NOT_DONE;
  g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
               "The channel shows %" G_GINT64_FORMAT " now: the number is reckoned anew", shown);
  return WB_VERDICT_REFUSED;
}

static gboolean
stock_apply (WbBook      *book,
             WbOperation *operation,
             WbJson      *reply,
             const char  *document_hash,
             gpointer     context,
             GError     **error)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");
  gint64               listing_id = 0, quantity = 0, shown = 0;

  return wb_json_int (&at, "listing", &listing_id, error) &&
         wb_json_int (&at, "quantity", &quantity, error) &&
         wb_json_opt_int (reply, "shown", quantity, &shown, error) &&
         wb_book_note_published (book, listing_id, shown, error);
}

const WbOperationHandler wb_set_stock_handler = { WB_OP_SET_STOCK, stock_perform, stock_verify,
                                                  stock_apply, NULL };
