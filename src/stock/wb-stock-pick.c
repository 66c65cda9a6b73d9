/* SPDX-License-Identifier: GPL-3.0-or-later
 * On the floor: pieces that lines hold are taken out of their bins, put back, or not found. */
#include "wb-stock-private.h"

/* What may be picked (@sign 1) or put back (-1) of a holding. */
static gint64
room (WbAllocation *held, int sign)
{
  gint64 picked = wb_record_get_int (held, WB_ALLOCATION_PICKED);

  return sign > 0 ? wb_record_get_int (held, WB_ALLOCATION_QUANTITY) - picked : picked;
}

static gboolean
is_meant (WbAllocation *held, gint64 product_id, gint64 level_id)
{
  return (product_id == 0 || wb_record_get_int (held, WB_ALLOCATION_PRODUCT_ID) == product_id) &&
         (level_id == 0 || wb_record_get_int (held, WB_ALLOCATION_LEVEL_ID) == level_id);
}

static gboolean
move_held (WbBook       *book,
           WbAllocation *held,
           const char   *kind,
           gint64        by,
           const char   *actor,
           GError      **error)
{
  gint64                      level_id = wb_record_get_int (held, WB_ALLOCATION_LEVEL_ID);
  g_autoptr (WbStockLevel)    level = wb_book_get_level (book, level_id, error);
  g_autoptr (WbStockMovement) movement = NULL;

  if (level == NULL)
    return FALSE;
  movement = wb_stock_movement_of (
      kind, level, wb_record_get_int (held, WB_ALLOCATION_ORDER_LINE_ID), by, actor);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_PICKED, by);
  return wb_book_hold_stock (book, movement, level_id, 0, 1, error);
}

static gboolean
refuse (WbBook *book, gint64 line_id, gint64 asked, gint64 there, gboolean picking, GError **error)
{
  g_autoptr (WbOrderLine) line = wb_book_get_line (book, line_id, NULL);

  g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
               picking ? "“%s”: %" G_GINT64_FORMAT " are still to be picked, not %" G_GINT64_FORMAT
                       : "“%s”: %" G_GINT64_FORMAT " are picked, not %" G_GINT64_FORMAT,
               line != NULL ? wb_record_get_text (line, WB_ORDER_LINE_NAME) : "?", there, asked);
  return FALSE;
}

static gboolean
pick (WbBook     *book,
      gint64      line_id,
      gint64      product_id,
      gint64      level_id,
      gint64      quantity,
      int         sign,
      const char *actor,
      GError    **error)
{
  g_autoptr (GPtrArray) held = wb_book_list_line_allocations (book, line_id, error);
  gint64                there = 0, left = quantity;

  for (guint i = 0; held != NULL && i < held->len; i++)
    if (is_meant (held->pdata[i], product_id, level_id))
      there += room (held->pdata[i], sign);
  if (held == NULL)
    return FALSE;
  if (quantity <= 0 || quantity > there)
    return refuse (book, line_id, quantity, there, sign > 0, error);
  for (guint i = 0; i < held->len && left > 0; i++)
    {
      gint64 by = is_meant (held->pdata[i], product_id, level_id)
                      ? MIN (left, room (held->pdata[i], sign))
                      : 0;

      if (by > 0 && !move_held (book, held->pdata[i], sign > 0 ? WB_MOVE_PICK : WB_MOVE_UNPICK,
                                sign * by, actor, error))
        return FALSE;
      left -= by;
    }
  return wb_stock_settle_line (book, line_id, G_MAXINT64, actor, error);
}

/**
 * wb_stock_pick:
 * @quantity: pieces of the product that were taken out of the bin for the line
 *
 * %WB_ERROR_TOO_MUCH where the line does not hold as many that are still to be picked.
 */
gboolean
wb_stock_pick (WbBook     *book,
               gint64      order_line_id,
               gint64      product_id,
               gint64      level_id,
               gint64      quantity,
               const char *actor,
               GError    **error)
{
  return wb_book_begin (book, error) &&
         wb_stock_settle (
             book, pick (book, order_line_id, product_id, level_id, quantity, 1, actor, error),
             error);
}

/** wb_stock_unpick: the reversal of wb_stock_pick(): they are put back, and still held. */
gboolean
wb_stock_unpick (WbBook     *book,
                 gint64      order_line_id,
                 gint64      product_id,
                 gint64      level_id,
                 gint64      quantity,
                 const char *actor,
                 GError    **error)
{
  return wb_book_begin (book, error) &&
         wb_stock_settle (
             book, pick (book, order_line_id, product_id, level_id, quantity, -1, actor, error),
             error);
}

#define NOT_FOUND "not found when picking"

/* A level has @by fewer than it says, so that nobody is sent there again for them. */
static gboolean
miss (WbBook *book, gint64 level_id, gint64 by, const char *actor, GError **error)
{
  g_autoptr (WbStockLevel) level = wb_book_get_level (book, level_id, error);
  WbStockPlace             at = { .reason = NOT_FOUND, .actor = actor };

  if (level == NULL)
    return FALSE;
  at.product_id = wb_record_get_int (level, WB_STOCK_LEVEL_PRODUCT_ID);
  at.location_id = wb_record_get_int (level, WB_STOCK_LEVEL_LOCATION_ID);
  at.bin = wb_record_get_text (level, WB_STOCK_LEVEL_BIN);
  at.lot_id = wb_record_get_int (level, WB_STOCK_LEVEL_LOT_ID);
  return wb_stock_shrink (book, WB_MOVE_ADJUSTMENT, level, by, &at, error);
}

/* How many of the @left pieces that were sought are missing at the @i-th holding. */
static gint64
missed_at (
    GPtrArray *held, guint i, gint64 product_id, gint64 level_id, const gint64 *rooms, gint64 left)
{
  return is_meant (held->pdata[i], product_id, level_id) ? MIN (left, rooms[i]) : 0;
}

static gboolean
pick_short (WbBook     *book,
            gint64      line_id,
            gint64      product_id,
            gint64      level_id,
            gint64      quantity,
            const char *actor,
            GError    **error)
{
  g_autoptr (GPtrArray) held = wb_book_list_line_allocations (book, line_id, error);
  g_autofree gint64    *rooms = NULL;
  gint64                there = 0, left = quantity;

  if (held == NULL)
    return FALSE;
  rooms = g_new0 (gint64, held->len + 1);
  for (guint i = 0; i < held->len; i++)
    {
      rooms[i] = room (held->pdata[i], 1);
      there += is_meant (held->pdata[i], product_id, level_id) ? rooms[i] : 0;
    }
  if (quantity <= 0 || quantity > there)
    return refuse (book, line_id, quantity, there, TRUE, error);
  for (guint i = 0; i < held->len; i++)
    {
      gint64 by = missed_at (held, i, product_id, level_id, rooms, left);

      if (by > 0 && !wb_stock_release_held (book, held->pdata[i], by, NOT_FOUND, actor, error))
        return FALSE;
      left -= by;
    }
  if (!wb_stock_settle_line (book, line_id, G_MAXINT64, actor, error) ||
      !wb_stock_count_short (book, wb_record_get_int (held->pdata[0], WB_ALLOCATION_ORDER_ID),
                             error))
    return FALSE;
  left = quantity;
  for (guint i = 0; i < held->len; i++)
    {
      gint64 by = missed_at (held, i, product_id, level_id, rooms, left);

      if (by > 0 && !miss (book, wb_record_get_int (held->pdata[i], WB_ALLOCATION_LEVEL_ID), by,
                           actor, error))
        return FALSE;
      left -= by;
    }
  return wb_stock_allocate (book, NULL, 0, actor, NULL, error);
}

/**
 * wb_stock_pick_short:
 * @quantity: pieces that should lie there and do not
 *
 * The line lets go of them, the bin has so many fewer (an adjustment that says why), and the line
 * gets others if there are any elsewhere; else it waits.
 */
gboolean
wb_stock_pick_short (WbBook     *book,
                     gint64      order_line_id,
                     gint64      product_id,
                     gint64      level_id,
                     gint64      quantity,
                     const char *actor,
                     GError    **error)
{
  return wb_book_begin (book, error) &&
         wb_stock_settle (
             book, pick_short (book, order_line_id, product_id, level_id, quantity, actor, error),
             error);
}
