/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pieces leave with a shipment, and come back when it did not leave after all. */
#include "wb-stock-private.h"

static WbStockMovement *
shipped_of (WbStockLevel *level,
            gint64        line_id,
            gint64        shipment_id,
            gint64        quantity,
            gint64        allocated,
            gint64        picked,
            const char   *actor)
{
  WbStockMovement *movement = wb_stock_movement_of (WB_MOVE_SHIP, level, line_id, quantity, actor);

  wb_record_set_int (movement, WB_STOCK_MOVEMENT_ON_HAND, quantity);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_ALLOCATED, allocated);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_PICKED, picked);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_SHIPMENT_ID, shipment_id);
  return movement;
}

/* What the line holds of a product goes first, what is picked before what is not. Returns: how many
 * of @wanted are left; -1 with @error. */
static gint64
ship_held (WbBook            *book,
           const WbStockPart *part,
           gint64             line_id,
           gint64             shipment_id,
           gint64             wanted,
           const char        *actor,
           GError           **error)
{
  g_autoptr (GPtrArray) held = wb_book_list_line_allocations (book, line_id, error);

  if (held == NULL)
    return -1;
  for (guint turn = 0; turn < 2; turn++)
    for (guint i = 0; i < held->len && wanted > 0; i++)
      {
        gint64 picked = wb_record_get_int (held->pdata[i], WB_ALLOCATION_PICKED),
               has = wb_record_get_int (held->pdata[i], WB_ALLOCATION_QUANTITY),
               gone = MIN (wanted, turn == 0 ? picked : has);
        gint64 level_id = wb_record_get_int (held->pdata[i], WB_ALLOCATION_LEVEL_ID);
        g_autoptr (WbStockLevel)    level = NULL;
        g_autoptr (WbStockMovement) movement = NULL;

        if (gone <= 0 ||
            wb_record_get_int (held->pdata[i], WB_ALLOCATION_PRODUCT_ID) != part->product_id)
          continue;
        if ((level = wb_book_get_level (book, level_id, error)) == NULL)
          return -1;
        movement =
            shipped_of (level, line_id, shipment_id, -gone, -gone, turn == 0 ? -gone : 0, actor);
        if (!wb_book_hold_stock (book, movement, level_id, 0, 1, error))
          return -1;
        wb_record_set_int (held->pdata[i], WB_ALLOCATION_QUANTITY, has - gone);
        wb_record_set_int (held->pdata[i], WB_ALLOCATION_PICKED, turn == 0 ? picked - gone : 0);
        wanted -= gone;
      }
  return wanted;
}

/* It left though the line did not hold it: from what nobody was promised. Returns: as above. */
static gint64
ship_free (WbBook            *book,
           const WbStockPart *part,
           gint64             line_id,
           gint64             shipment_id,
           gint64             wanted,
           const char        *actor,
           GError           **error)
{
  g_autoptr (GPtrArray) levels =
      wb_book_list_free_levels (book, part->product_id, 0, "0000-00-00", error);

  if (levels == NULL)
    return -1;
  for (guint i = 0; i < levels->len && wanted > 0; i++)
    {
      gint64 free = wb_record_get_int (levels->pdata[i], WB_STOCK_LEVEL_ON_HAND) -
                    wb_record_get_int (levels->pdata[i], WB_STOCK_LEVEL_ALLOCATED);
      gint64 gone = MIN (wanted, free);
      gint64 level_id = wb_record_get_int (levels->pdata[i], WB_STOCK_LEVEL_ID);
      g_autoptr (WbStockMovement) movement =
          shipped_of (levels->pdata[i], line_id, shipment_id, -gone, 0, 0, actor);

      if (!wb_book_move_stock (book, movement, &level_id, error))
        return -1;
      wanted -= gone;
    }
  return wanted;
}

/* It left, so it was there: the book had too few. That is written down, never a stock below zero.
 */
static gboolean
ship_unknown (WbBook            *book,
              const WbStockPart *part,
              gint64             line_id,
              gint64             shipment_id,
              gint64             wanted,
              const char        *actor,
              GError           **error)
{
  WbStockPlace                at = { .product_id = part->product_id,
                                     .reason = "shipped, though the book had too few",
                                     .actor = actor };
  g_autofree char            *bin = NULL;
  g_autoptr (WbStockMovement) found = NULL, gone = NULL;

  if (!wb_stock_fill_place (book, &at, FALSE, &bin, error))
    return FALSE;
  found = wb_stock_movement (WB_MOVE_ADJUSTMENT, &at, wanted);
  gone = wb_stock_movement (WB_MOVE_SHIP, &at, -wanted);
  wb_record_set_int (gone, WB_STOCK_MOVEMENT_ORDER_LINE_ID, line_id);
  wb_record_set_int (gone, WB_STOCK_MOVEMENT_SHIPMENT_ID, shipment_id);
  return wb_book_move_stock (book, found, NULL, error) &&
         wb_book_move_stock (book, gone, NULL, error) &&
         wb_book_add_event (book, "product", part->product_id, "stock-corrected", actor, NULL,
                            error);
}

static gboolean
ship (WbBook     *book,
      gint64      line_id,
      gint64      quantity,
      gint64      shipment_id,
      const char *actor,
      GError    **error)
{
  g_autoptr (WbOrderLine) line = wb_book_get_line (book, line_id, error);
  g_autoptr (GArray)      parts =
      line != NULL
               ? wb_stock_parts (book, wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID), error)
               : NULL;

  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      const WbStockPart *part = &g_array_index (parts, WbStockPart, i);
      gint64             left = quantity * part->per_unit;

      left = ship_held (book, part, line_id, shipment_id, left, actor, error);
      if (left > 0)
        left = ship_free (book, part, line_id, shipment_id, left, actor, error);
      if (left < 0 ||
          (left > 0 && !ship_unknown (book, part, line_id, shipment_id, left, actor, error)))
        return FALSE;
    }
  return TRUE;
}

/**
 * wb_stock_ship:
 * @quantity: of the line
 * @shipment_id: with which they left; 0: with none that the book knows
 *
 * The pieces have left: first what the line holds, then what is free; and where the book has too
 * few even so, it had been wrong: an adjustment says that, for goods that are gone cannot be
 * refused. The line's own count of what was shipped is the caller's (wb_book_add_shipped()),
 * afterwards, in the same transaction.
 */
gboolean
wb_stock_ship (WbBook     *book,
               gint64      order_line_id,
               gint64      quantity,
               gint64      shipment_id,
               const char *actor,
               GError    **error)
{
  return wb_book_begin (book, error) &&
         wb_stock_settle (book, ship (book, order_line_id, quantity, shipment_id, actor, error),
                          error);
}

/* What a shipment took of one level for one line and has not brought back, as one movement. */
static GPtrArray *
net_of (GPtrArray *movements)
{
  GPtrArray *net = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < movements->len; i++)
    {
      static const guint same[] = { WB_STOCK_MOVEMENT_PRODUCT_ID, WB_STOCK_MOVEMENT_LOCATION_ID,
                                    WB_STOCK_MOVEMENT_LOT_ID, WB_STOCK_MOVEMENT_ORDER_LINE_ID };
      static const guint sums[] = { WB_STOCK_MOVEMENT_QUANTITY, WB_STOCK_MOVEMENT_ALLOCATED,
                                    WB_STOCK_MOVEMENT_PICKED };
      gpointer           into = NULL, of = movements->pdata[i];

      for (guint k = 0; k < net->len && into == NULL; k++)
        {
          gboolean is = g_strcmp0 (wb_record_get_text (net->pdata[k], WB_STOCK_MOVEMENT_BIN),
                                   wb_record_get_text (of, WB_STOCK_MOVEMENT_BIN)) == 0;

          for (guint f = 0; f < G_N_ELEMENTS (same) && is; f++)
            is = wb_record_get_int (net->pdata[k], same[f]) == wb_record_get_int (of, same[f]);
          into = is ? net->pdata[k] : NULL;
        }
      if (into == NULL)
        g_ptr_array_add (net, wb_record_copy (of));
      for (guint f = 0; into != NULL && f < G_N_ELEMENTS (sums); f++)
        wb_record_set_int (into, sums[f],
                           wb_record_get_int (into, sums[f]) + wb_record_get_int (of, sums[f]));
    }
  return net;
}

/* The pieces lie where they lay, and the line holds again what it held. */
static gboolean
bring_back (WbBook *book, WbStockMovement *gone, gint64 order_id, const char *actor, GError **error)
{
  g_autoptr (WbStockLevel) level =
      wb_book_find_level (book, wb_record_get_int (gone, WB_STOCK_MOVEMENT_PRODUCT_ID),
                          wb_record_get_int (gone, WB_STOCK_MOVEMENT_LOCATION_ID),
                          wb_record_get_text (gone, WB_STOCK_MOVEMENT_BIN),
                          wb_record_get_int (gone, WB_STOCK_MOVEMENT_LOT_ID), error);
  gint64 line_id = wb_record_get_int (gone, WB_STOCK_MOVEMENT_ORDER_LINE_ID), per_unit = 1;
  g_autoptr (WbOrderLine)     line = level != NULL ? wb_book_get_line (book, line_id, error) : NULL;
  g_autoptr (GArray)          parts = NULL;
  g_autoptr (WbStockMovement) back = NULL;

  if (line == NULL ||
      (parts = wb_stock_parts (book, wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID), error)) ==
          NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, WbStockPart, i).product_id ==
        wb_record_get_int (gone, WB_STOCK_MOVEMENT_PRODUCT_ID))
      per_unit = g_array_index (parts, WbStockPart, i).per_unit;
  back = shipped_of (level, line_id, wb_record_get_int (gone, WB_STOCK_MOVEMENT_SHIPMENT_ID),
                     -wb_record_get_int (gone, WB_STOCK_MOVEMENT_QUANTITY),
                     -wb_record_get_int (gone, WB_STOCK_MOVEMENT_ALLOCATED),
                     -wb_record_get_int (gone, WB_STOCK_MOVEMENT_PICKED), actor);
  return wb_book_hold_stock (book, back, wb_record_get_int (level, WB_STOCK_LEVEL_ID), order_id,
                             per_unit, error);
}

static gboolean
unship (WbBook *book, gint64 shipment_id, const char *actor, GError **error)
{
  g_autoptr (GPtrArray)  movements = wb_book_list_shipment_movements (book, shipment_id, error);
  g_autoptr (GPtrArray)  net = movements != NULL ? net_of (movements) : NULL;
  g_autoptr (WbShipment) shipment =
      net != NULL && net->len > 0 ? wb_book_get_shipment (book, shipment_id, error) : NULL;
  gint64 order_id = shipment != NULL ? wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID) : 0;

  if (net == NULL || (net->len > 0 && shipment == NULL))
    return FALSE;
  for (guint i = 0; i < net->len; i++)
    if (wb_record_get_int (net->pdata[i], WB_STOCK_MOVEMENT_QUANTITY) < 0 &&
        !bring_back (book, net->pdata[i], order_id, actor, error))
      return FALSE;
  for (guint i = 0; i < net->len; i++)
    if (!wb_stock_settle_line (book,
                               wb_record_get_int (net->pdata[i], WB_STOCK_MOVEMENT_ORDER_LINE_ID),
                               G_MAXINT64, actor, error))
      return FALSE;
  return net->len == 0 || (wb_stock_settle_order (book, order_id, actor, error) &&
                           wb_stock_allocate (book, NULL, 0, actor, NULL, error));
}

/**
 * wb_stock_unship:
 * The shipment did not leave after all: what it took lies where it lay, held by the lines that held
 * it. The lines' own count of what was shipped has been put right by the caller before, in the same
 * transaction. Doing it twice changes nothing.
 */
gboolean
wb_stock_unship (WbBook *book, gint64 shipment_id, const char *actor, GError **error)
{
  return wb_book_begin (book, error) &&
         wb_stock_settle (book, unship (book, shipment_id, actor, error), error);
}

/**
 * wb_stock_give_serial:
 * @order_line_id: with which it leaves; 0: it came (back) and is on hand
 *
 * Writes down where the piece with this number is; a number never seen before is made known. One
 * that left with another line is refused with %WB_ERROR_CONFLICT.
 */
gboolean
wb_stock_give_serial (
    WbBook *book, gint64 product_id, const char *number, gint64 order_line_id, GError **error)
{
  g_autoptr (GError)   local = NULL;
  g_autoptr (WbSerial) serial = NULL;

  if (!wb_book_begin (book, error))
    return FALSE;
  serial = wb_book_find_serial (book, product_id, number, &local);
  if (serial == NULL && g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      g_clear_error (&local);
      serial = wb_serial_new ();
      wb_record_set_int (serial, WB_SERIAL_PRODUCT_ID, product_id);
      wb_record_set_text (serial, WB_SERIAL_NUMBER, number);
    }
  else if (serial != NULL && order_line_id != 0 &&
           g_strcmp0 (wb_record_get_text (serial, WB_SERIAL_STATE), WB_SERIAL_IN) != 0 &&
           wb_record_get_int (serial, WB_SERIAL_ORDER_LINE_ID) != order_line_id)
    g_set_error (&local, WB_ERROR, WB_ERROR_CONFLICT,
                 "Number “%s” has left already with another order. Look at the piece again",
                 number);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return wb_stock_settle (book, FALSE, NULL);
    }
  wb_record_set_int (serial, WB_SERIAL_ORDER_LINE_ID, order_line_id);
  wb_record_set_text (serial, WB_SERIAL_STATE, order_line_id != 0 ? WB_SERIAL_OUT : WB_SERIAL_IN);
  wb_record_set_int (serial, WB_SERIAL_CHANGED_AT, wb_now ());
  return wb_stock_settle (book, wb_book_save (book, serial, error), error);
}
