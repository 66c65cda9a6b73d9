/* SPDX-License-Identifier: GPL-3.0-or-later
 * Goods in and out: received, adjusted, moved between bins, come back. */
#include "wb-stock-private.h"

#define FIRST_PLACE "Store" /* what a book without any place calls its first */

/* Ends the transaction a call began: kept when @ok. */
gboolean
wb_stock_settle (WbBook *book, gboolean ok, GError **error)
{
  if (ok)
    return wb_book_commit (book, error);
  wb_book_rollback (book);
  return FALSE;
}

/* The day it is where the goods leave from. */
void
wb_stock_today (WbBook *book, char today[WB_DATE_SIZE])
{
  g_autoptr (GPtrArray) origins = wb_book_list_origins (book, NULL);
  const char           *zone = origins != NULL && origins->len > 0
                                   ? wb_record_get_text (origins->pdata[0], WB_ORIGIN_ZONE)
                                   : NULL;

  if (!wb_date_at (wb_now (), zone, today, NULL) && !wb_date_at (wb_now (), "UTC", today, NULL))
    g_strlcpy (today, "1970-01-01", WB_DATE_SIZE);
}

WbStockMovement *
wb_stock_movement (const char *kind, const WbStockPlace *at, gint64 quantity)
{
  WbStockMovement *movement = wb_stock_movement_new ();

  wb_record_set_int (movement, WB_STOCK_MOVEMENT_PRODUCT_ID, at->product_id);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_LOCATION_ID, at->location_id);
  wb_record_set_text (movement, WB_STOCK_MOVEMENT_BIN, at->bin);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_LOT_ID, at->lot_id);
  wb_record_set_text (movement, WB_STOCK_MOVEMENT_KIND, kind);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_QUANTITY, quantity);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_ON_HAND, quantity);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_PURCHASE_ID, at->purchase_id);
  wb_record_set_text (movement, WB_STOCK_MOVEMENT_REASON, at->reason);
  wb_record_set_text (movement, WB_STOCK_MOVEMENT_ACTOR, at->actor != NULL ? at->actor : "?");
  return movement;
}

/* Of what a line holds, or is to hold, of @level; what it does to the level is the caller's. */
WbStockMovement *
wb_stock_movement_of (
    const char *kind, WbStockLevel *level, gint64 line_id, gint64 quantity, const char *actor)
{
  WbStockPlace at = {
    .product_id = wb_record_get_int (level, WB_STOCK_LEVEL_PRODUCT_ID),
    .location_id = wb_record_get_int (level, WB_STOCK_LEVEL_LOCATION_ID),
    .bin = wb_record_get_text (level, WB_STOCK_LEVEL_BIN),
    .lot_id = wb_record_get_int (level, WB_STOCK_LEVEL_LOT_ID),
    .actor = actor,
  };
  WbStockMovement *movement = wb_stock_movement (kind, &at, quantity);

  wb_record_set_int (movement, WB_STOCK_MOVEMENT_ON_HAND, 0);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_ORDER_LINE_ID, line_id);
  return movement;
}

static gint64
the_place (WbBook *book, gint64 location_id, GError **error)
{
  g_autoptr (GError)     local = NULL;
  g_autoptr (WbLocation) place = wb_book_get_location (book, location_id, &local);

  if (place == NULL && location_id == 0 && g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      place = wb_location_new ();
      wb_record_set_text (place, WB_LOCATION_NAME, FIRST_PLACE);
      wb_record_set_bool (place, WB_LOCATION_CHOSEN, TRUE);
      return wb_book_save (book, place, error) ? wb_record_get_int (place, WB_LOCATION_ID) : 0;
    }
  if (place != NULL)
    return wb_record_get_int (place, WB_LOCATION_ID);
  g_propagate_error (error, g_steal_pointer (&local));
  return 0;
}

/* Where a product lies if it lies in one bin of the place only. */
static char *
only_bin (WbBook *book, gint64 product_id, gint64 location_id)
{
  g_autoptr (GPtrArray) levels = wb_book_list_levels (book, product_id, NULL);
  const char           *bin = NULL;
  guint                 n = 0;

  for (guint i = 0; levels != NULL && i < levels->len; i++)
    if (wb_record_get_int (levels->pdata[i], WB_STOCK_LEVEL_LOCATION_ID) == location_id &&
        wb_record_get_int (levels->pdata[i], WB_STOCK_LEVEL_ON_HAND) > 0)
      {
        bin = wb_record_get_text (levels->pdata[i], WB_STOCK_LEVEL_BIN);
        n++;
      }
  return n == 1 ? g_strdup (bin) : NULL;
}

static gboolean
is_no_kit (WbBook *book, gint64 product_id, GError **error)
{
  g_autoptr (GPtrArray) parts = wb_book_list_components (book, product_id, error);
  g_autoptr (WbProduct) product = NULL;

  if (parts == NULL || parts->len == 0)
    return parts != NULL;
  product = wb_book_get_product (book, product_id, NULL);
  g_set_error (
      error, WB_ERROR, WB_ERROR_INVALID,
      "“%s” is a kit: it has as many as its parts allow. Receive, count or adjust the parts",
      product != NULL ? wb_record_get_text (product, WB_PRODUCT_NAME) : "?");
  return FALSE;
}

/* Puts a place and a bin where @at has none. @arriving: something is to be put there; else
 * something is to be taken. @bin: (out): owns the bin's name. */
gboolean
wb_stock_fill_place (WbBook *book, WbStockPlace *at, gboolean arriving, char **bin, GError **error)
{
  g_autoptr (WbProduct) product = wb_book_get_product (book, at->product_id, error);

  if (product == NULL || !is_no_kit (book, at->product_id, error))
    return FALSE;
  if (arriving && wb_record_get_bool (product, WB_PRODUCT_LOTS) && at->lot_id == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "“%s” is kept by lots. Say which lot these pieces are of",
                   wb_record_get_text (product, WB_PRODUCT_NAME));
      return FALSE;
    }
  if ((at->location_id = the_place (book, at->location_id, error)) == 0)
    return FALSE;
  if (at->bin == NULL && !arriving)
    at->bin = *bin = only_bin (book, at->product_id, at->location_id);
  if (at->bin == NULL)
    at->bin = *bin = g_strdup (wb_record_get_text (product, WB_PRODUCT_BIN));
  if (at->bin == NULL)
    at->bin = "";
  return TRUE;
}

/* From now on the product's lines wait until they hold what they want. */
static gboolean
begin_tracking (WbBook *book, gint64 product_id, const char *actor, GError **error)
{
  g_autoptr (GArray)    orders = NULL;
  g_autoptr (WbProduct) product = wb_book_get_product (book, product_id, error);

  if (product == NULL || wb_record_get_bool (product, WB_PRODUCT_TRACKED))
    return product != NULL;
  if (!wb_book_set_tracked (book, product_id, TRUE, error) ||
      !wb_book_link_lines (book, 0, product_id, error) ||
      (orders = wb_book_list_open_orders_of (book, product_id, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    if (!wb_stock_note_order (book, g_array_index (orders, gint64, i), actor, error))
      return FALSE;
  return TRUE;
}

static gboolean
tell (WbBook *book, const char *kind, gint64 product_id, const char *actor, GError **error)
{
  g_autofree char *what = g_strconcat ("stock-", kind, NULL);

  return wb_book_add_event (book, "product", product_id, what, actor != NULL ? actor : "?", NULL,
                            error);
}

/* Pieces come to lie at @at, whose place is filled in; who waits for them gets them. Inside the
 * caller's transaction. */
gboolean
wb_stock_take_in (WbBook             *book,
                  const char         *kind,
                  const WbStockPlace *at,
                  gint64              quantity,
                  gint64              order_line_id,
                  GError            **error)
{
  g_autoptr (WbStockMovement) movement = wb_stock_movement (kind, at, quantity);

  wb_record_set_int (movement, WB_STOCK_MOVEMENT_ORDER_LINE_ID, order_line_id);
  return begin_tracking (book, at->product_id, at->actor, error) &&
         wb_book_move_stock (book, movement, NULL, error) &&
         tell (book, kind, at->product_id, at->actor, error) &&
         wb_stock_allocate (book, NULL, 0, at->actor, NULL, error);
}

static gboolean
is_positive (gint64 quantity, GError **error)
{
  if (quantity > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The number of pieces must be above zero");
  return FALSE;
}

/**
 * wb_stock_receive:
 * @quantity: pieces, above 0
 *
 * Goods came in. A product that was not under stock keeping is from now on; orders that wait for it
 * get it. %WB_ERROR_INVALID for a kit, or where the lot is missing.
 */
gboolean
wb_stock_receive (WbBook *book, const WbStockPlace *at, gint64 quantity, GError **error)
{
  WbStockPlace     place = *at;
  g_autofree char *bin = NULL;

  return is_positive (quantity, error) && wb_book_begin (book, error) &&
         wb_stock_settle (book,
                          wb_stock_fill_place (book, &place, TRUE, &bin, error) &&
                              wb_stock_take_in (book, WB_MOVE_RECEIPT, &place, quantity, 0, error),
                          error);
}

/* @by fewer lie there: orders that hold them and can wait longest let go first. What is picked is
 * not there any more and stays. */
gboolean
wb_stock_shrink (WbBook             *book,
                 const char         *kind,
                 WbStockLevel       *level,
                 gint64              by,
                 const WbStockPlace *at,
                 GError            **error)
{
  gint64 left = wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND) - by,
         promised = wb_record_get_int (level, WB_STOCK_LEVEL_ALLOCATED),
         level_id = wb_record_get_int (level, WB_STOCK_LEVEL_ID);
  g_autoptr (GPtrArray)       holders = wb_book_list_level_allocations (book, level_id, error);
  g_autoptr (WbStockMovement) movement = wb_stock_movement (kind, at, -by);

  if (holders == NULL)
    return FALSE;
  if (left < wb_record_get_int (level, WB_STOCK_LEVEL_PICKED))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "Only %" G_GINT64_FORMAT " lie in “%s”: the others are picked already, for "
                   "orders that are being packed. Nothing was changed",
                   wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND) -
                       wb_record_get_int (level, WB_STOCK_LEVEL_PICKED),
                   wb_record_get_text (level, WB_STOCK_LEVEL_BIN));
      return FALSE;
    }
  for (guint i = 0; i < holders->len && promised > left; i++)
    {
      WbAllocation *held = holders->pdata[i];
      gint64        free = wb_record_get_int (held, WB_ALLOCATION_QUANTITY) -
                    wb_record_get_int (held, WB_ALLOCATION_PICKED);
      gint64 less = MIN (free, promised - left);

      if (less > 0 && !wb_stock_let_go (book, held, less, at->reason, at->actor, error))
        return FALSE;
      promised -= less;
    }
  return wb_book_move_stock (book, movement, &level_id, error) &&
         tell (book, kind, at->product_id, at->actor, error);
}

static gboolean
take_away (WbBook *book, const char *kind, const WbStockPlace *at, gint64 by, GError **error)
{
  g_autoptr (GError)       local = NULL;
  g_autoptr (WbStockLevel) level =
      wb_book_find_level (book, at->product_id, at->location_id, at->bin, at->lot_id, &local);

  if (level == NULL && !g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (level == NULL || wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND) < by)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "There are %" G_GINT64_FORMAT " in “%s”, not %" G_GINT64_FORMAT
                   ". Nothing was changed; count what is there",
                   level != NULL ? wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND) : 0, at->bin,
                   by);
      return FALSE;
    }
  return wb_stock_shrink (book, kind, level, by, at, error) &&
         wb_stock_allocate (book, NULL, 0, at->actor, NULL, error);
}

/**
 * wb_stock_adjust:
 * @by: pieces more (or fewer, below 0) than the book has; @at's reason says why
 *
 * Found, broken, given away. Where fewer are left than were promised, the orders that can wait
 * longest wait for the next delivery. %WB_ERROR_CONFLICT where there are not as many.
 */
gboolean
wb_stock_adjust (WbBook *book, const WbStockPlace *at, gint64 by, GError **error)
{
  WbStockPlace     place = *at;
  g_autofree char *bin = NULL;
  gboolean         ok;

  if (!is_positive (ABS (by), error) || !wb_book_begin (book, error))
    return FALSE;
  ok = wb_stock_fill_place (book, &place, by > 0, &bin, error) &&
       (by > 0 ? wb_stock_take_in (book, WB_MOVE_ADJUSTMENT, &place, by, 0, error)
               : take_away (book, WB_MOVE_ADJUSTMENT, &place, -by, error));
  return wb_stock_settle (book, ok, error);
}

/**
 * wb_stock_transfer:
 * @to: of the same product; its lot is @from's
 *
 * From one bin or place to another. Who was promised pieces that go elsewhere is given others,
 * these ones where they are now too.
 */
gboolean
wb_stock_transfer (
    WbBook *book, const WbStockPlace *from, const WbStockPlace *to, gint64 quantity, GError **error)
{
  WbStockPlace                here = *from, there = *to;
  g_autofree char            *bin = NULL, *other = NULL;
  g_autoptr (WbStockMovement) arrival = NULL;
  gboolean                    ok;

  there.product_id = here.product_id;
  there.lot_id = here.lot_id;
  there.actor = here.actor;
  there.reason = here.reason;
  if (!is_positive (quantity, error) || !wb_book_begin (book, error))
    return FALSE;
  ok = wb_stock_fill_place (book, &here, FALSE, &bin, error) &&
       (there.bin != NULL || there.location_id != 0) &&
       wb_stock_fill_place (book, &there, FALSE, &other, error);
  if (ok && here.location_id == there.location_id && g_strcmp0 (here.bin, there.bin) == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "They lie there already");
      ok = FALSE;
    }
  if (ok)
    {
      arrival = wb_stock_movement (WB_MOVE_TRANSFER, &there, quantity);
      ok = take_away (book, WB_MOVE_TRANSFER, &here, quantity, error) &&
           wb_book_move_stock (book, arrival, NULL, error) &&
           wb_stock_allocate (book, NULL, 0, here.actor, NULL, error);
    }
  if (!ok && error != NULL && *error == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Say where the pieces go to");
  return wb_stock_settle (book, ok, error);
}

static gboolean
take_back (WbBook *book, const WbStockPlace *to, WbOrderLine *line, gint64 quantity, GError **error)
{
  g_autoptr (GArray) parts =
      wb_stock_parts (book, wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID), error);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const WbStockPart *part = &g_array_index (parts, WbStockPart, i);
      WbStockPlace       place = *to;
      g_autofree char   *bin = NULL;

      place.product_id = part->product_id;
      if (!wb_stock_fill_place (book, &place, FALSE, &bin, error) ||
          !wb_stock_take_in (book, WB_MOVE_RETURN, &place, quantity * part->per_unit,
                             wb_record_get_int (line, WB_ORDER_LINE_ID), error))
        return FALSE;
    }
  return parts != NULL;
}

/**
 * wb_stock_return:
 * @to: where it is put back; its product is not looked at
 * @quantity: of the line, never more than have left and not come back
 * @restock: FALSE: it is not fit to be sold again, and no stock changes
 *
 * What a customer sent back has arrived. Whether anything is refunded is another matter.
 */
gboolean
wb_stock_return (WbBook             *book,
                 const WbStockPlace *to,
                 gint64              order_line_id,
                 gint64              quantity,
                 gboolean            restock,
                 GError            **error)
{
  g_autoptr (WbOrderLine) line = NULL;
  gint64                  left;
  gboolean                ok;

  if (!is_positive (quantity, error) || !wb_book_begin (book, error))
    return FALSE;
  line = wb_book_get_line (book, order_line_id, error);
  left = line != NULL ? wb_record_get_int (line, WB_ORDER_LINE_SHIPPED) -
                            wb_record_get_int (line, WB_ORDER_LINE_RETURNED)
                      : 0;
  if (line != NULL && quantity > left)
    g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                 "Of “%s” %" G_GINT64_FORMAT " can still come back, not %" G_GINT64_FORMAT,
                 wb_record_get_text (line, WB_ORDER_LINE_NAME), left, quantity);
  ok = line != NULL && quantity <= left &&
       wb_book_add_returned (book, order_line_id, quantity, error) &&
       (!restock || take_back (book, to, line, quantity, error)) &&
       wb_book_add_event (book, "order", wb_record_get_int (line, WB_ORDER_LINE_ORDER_ID),
                          restock ? "returned-to-stock" : "returned",
                          to->actor != NULL ? to->actor : "?", NULL, error);
  return wb_stock_settle (book, ok, error);
}

/**
 * wb_stock_lot:
 * @expires_on: (nullable): “YYYY-MM-DD”; %NULL: as it is known, or never
 *
 * Returns: the number of a product's lot, made where it is new; 0 with @error. A lot that is known
 * with another day is refused with %WB_ERROR_CONFLICT.
 */
gint64
wb_stock_lot (
    WbBook *book, gint64 product_id, const char *code, const char *expires_on, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WbLot)  lot = wb_book_find_lot (book, product_id, code, &local);

  if (expires_on != NULL && !wb_date_is_valid (expires_on))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no day: write YYYY-MM-DD",
                   expires_on);
      return 0;
    }
  if (lot == NULL && !g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return 0;
    }
  if (lot != NULL && expires_on != NULL && wb_record_get_text (lot, WB_LOT_EXPIRES_ON) != NULL &&
      !g_str_equal (wb_record_get_text (lot, WB_LOT_EXPIRES_ON), expires_on))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "Lot “%s” expires on %s, not on %s. Look at what is printed on the goods", code,
                   wb_record_get_text (lot, WB_LOT_EXPIRES_ON), expires_on);
      return 0;
    }
  if (lot == NULL)
    {
      lot = wb_lot_new ();
      wb_record_set_int (lot, WB_LOT_PRODUCT_ID, product_id);
      wb_record_set_text (lot, WB_LOT_CODE, code);
      wb_record_set_int (lot, WB_LOT_CREATED_AT, wb_now ());
    }
  if (wb_record_get_int (lot, WB_LOT_ID) == 0 ||
      (expires_on != NULL && wb_record_get_text (lot, WB_LOT_EXPIRES_ON) == NULL))
    {
      wb_record_set_text (lot, WB_LOT_EXPIRES_ON, expires_on);
      if (!wb_book_save (book, lot, error))
        return 0;
    }
  return wb_record_get_int (lot, WB_LOT_ID);
}

/**
 * wb_stock_track:
 * @tracked: %FALSE: it never holds an order up again; what lines hold of it they let go
 *
 * Puts a product under stock keeping before any of it is counted (its orders wait then), or takes
 * it out. Its movements stay.
 */
gboolean
wb_stock_track (
    WbBook *book, gint64 product_id, gboolean tracked, const char *actor, GError **error)
{
  g_autoptr (GArray) orders = NULL;
  gboolean           ok;

  if (!wb_book_begin (book, error))
    return FALSE;
  if (tracked)
    return wb_stock_settle (book,
                            is_no_kit (book, product_id, error) &&
                                begin_tracking (book, product_id, actor, error) &&
                                wb_stock_allocate (book, NULL, 0, actor, NULL, error),
                            error);
  orders = wb_book_list_open_orders_of (book, product_id, error);
  ok = orders != NULL && wb_book_set_tracked (book, product_id, FALSE, error);
  for (guint i = 0; ok && i < orders->len; i++)
    ok = wb_stock_settle_order (book, g_array_index (orders, gint64, i), actor, error);
  return wb_stock_settle (book, ok, error);
}
