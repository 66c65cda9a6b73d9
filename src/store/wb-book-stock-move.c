/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one door by which stock changes: a movement is written and the level it changes with it. */
#include "wb-book-private.h"
#include "wb-book-stock.h"

/* By its number where the caller knows it, else by its place. */
static gboolean
change_level (
    WbBook *self, WbStockMovement *movement, gint64 level_id, gboolean *there, GError **error)
{
  gint64 on_hand = wb_record_get_int (movement, WB_STOCK_MOVEMENT_ON_HAND),
         allocated = wb_record_get_int (movement, WB_STOCK_MOVEMENT_ALLOCATED),
         picked = wb_record_get_int (movement, WB_STOCK_MOVEMENT_PICKED);
  gboolean done;

  if (level_id != 0)
    done = wb_database_run (self->database, error,
                            "UPDATE stock_level SET on_hand = on_hand + ?, allocated = allocated + "
                            "?, picked = picked + ? WHERE id = ?",
                            "iiii", on_hand, allocated, picked, level_id);
  else
    done = wb_database_run (
        self->database, error,
        "UPDATE stock_level SET on_hand = on_hand + ?, allocated = allocated + ?, picked = picked "
        "+ ? WHERE product_id = ? AND location_id = ? AND bin = ? AND COALESCE (lot_id, 0) = ?",
        "iiiiisi", on_hand, allocated, picked,
        wb_record_get_int (movement, WB_STOCK_MOVEMENT_PRODUCT_ID),
        wb_record_get_int (movement, WB_STOCK_MOVEMENT_LOCATION_ID),
        wb_record_get_text (movement, WB_STOCK_MOVEMENT_BIN),
        wb_record_get_int (movement, WB_STOCK_MOVEMENT_LOT_ID));
  *there = done && wb_database_changes (self->database) == 1;
  return done;
}

static gboolean
add_level (WbBook *self, WbStockMovement *movement, gint64 *level_id, GError **error)
{
  g_autoptr (WbStockLevel) level = wb_stock_level_new ();

  wb_record_set_int (level, WB_STOCK_LEVEL_PRODUCT_ID,
                     wb_record_get_int (movement, WB_STOCK_MOVEMENT_PRODUCT_ID));
  wb_record_set_int (level, WB_STOCK_LEVEL_LOCATION_ID,
                     wb_record_get_int (movement, WB_STOCK_MOVEMENT_LOCATION_ID));
  wb_record_set_text (level, WB_STOCK_LEVEL_BIN,
                      wb_record_get_text (movement, WB_STOCK_MOVEMENT_BIN));
  wb_record_set_int (level, WB_STOCK_LEVEL_LOT_ID,
                     wb_record_get_int (movement, WB_STOCK_MOVEMENT_LOT_ID));
  wb_record_set_int (level, WB_STOCK_LEVEL_ON_HAND,
                     wb_record_get_int (movement, WB_STOCK_MOVEMENT_ON_HAND));
  wb_record_set_int (level, WB_STOCK_LEVEL_ALLOCATED,
                     wb_record_get_int (movement, WB_STOCK_MOVEMENT_ALLOCATED));
  wb_record_set_int (level, WB_STOCK_LEVEL_PICKED,
                     wb_record_get_int (movement, WB_STOCK_MOVEMENT_PICKED));
  return wb_database_insert (self->database, level, level_id, error);
}

/**
 * wb_book_move_stock:
 * @movement: without a number; its bin is “” or a name; gets its number
 * @level_id: (inout) (optional): the level it changes, where the caller knows it; else 0, and it is
 * found by its place or made
 *
 * Writes the movement and changes the level by what it says, in the caller's transaction. The book
 * refuses what would bring a level below zero, or more out of it than nobody else was promised,
 * with %WB_ERROR_CONFLICT, and the caller then rolls back.
 */
gboolean
wb_book_move_stock (WbBook *self, WbStockMovement *movement, gint64 *level_id, GError **error)
{
  gboolean there = FALSE;
  gint64   made = level_id != NULL ? *level_id : 0;

  g_return_val_if_fail (wb_database_in_transaction (self->database), FALSE);

  if (wb_record_get_text (movement, WB_STOCK_MOVEMENT_BIN) == NULL)
    wb_record_set_text (movement, WB_STOCK_MOVEMENT_BIN, "");
  if (wb_record_get_int (movement, WB_STOCK_MOVEMENT_AT) == 0)
    wb_record_set_int (movement, WB_STOCK_MOVEMENT_AT, wb_now ());
  if (!change_level (self, movement, made, &there, error) ||
      (!there && !add_level (self, movement, &made, error)) ||
      !wb_database_insert (self->database, movement, NULL, error))
    return FALSE;
  if (level_id != NULL && *level_id == 0)
    {
      if (there)
        {
          g_autoptr (WbStockLevel) level =
              wb_book_find_level (self, wb_record_get_int (movement, WB_STOCK_MOVEMENT_PRODUCT_ID),
                                  wb_record_get_int (movement, WB_STOCK_MOVEMENT_LOCATION_ID),
                                  wb_record_get_text (movement, WB_STOCK_MOVEMENT_BIN),
                                  wb_record_get_int (movement, WB_STOCK_MOVEMENT_LOT_ID), error);

          if (level == NULL)
            return FALSE;
          made = wb_record_get_int (level, WB_STOCK_LEVEL_ID);
        }
      *level_id = made;
    }
  return TRUE;
}

static gboolean
hold_more (WbBook          *self,
           WbStockMovement *movement,
           gint64           order_id,
           gint64           level_id,
           gint64           per_unit,
           GError         **error)
{
  return wb_database_run (
      self->database, error,
      "INSERT INTO allocation (order_id, order_line_id, product_id, level_id, per_unit, quantity, "
      "picked) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (order_line_id, level_id) DO UPDATE SET "
      "quantity = allocation.quantity + excluded.quantity, picked = allocation.picked + "
      "excluded.picked",
      "iiiiiii", order_id, wb_record_get_int (movement, WB_STOCK_MOVEMENT_ORDER_LINE_ID),
      wb_record_get_int (movement, WB_STOCK_MOVEMENT_PRODUCT_ID), level_id, per_unit,
      wb_record_get_int (movement, WB_STOCK_MOVEMENT_ALLOCATED),
      wb_record_get_int (movement, WB_STOCK_MOVEMENT_PICKED));
}

static gboolean
hold_less (WbBook *self, WbStockMovement *movement, gint64 level_id, GError **error)
{
  gint64 line_id = wb_record_get_int (movement, WB_STOCK_MOVEMENT_ORDER_LINE_ID),
         by = wb_record_get_int (movement, WB_STOCK_MOVEMENT_ALLOCATED),
         picked = wb_record_get_int (movement, WB_STOCK_MOVEMENT_PICKED);

  if (!wb_database_run (self->database, error,
                        "UPDATE allocation SET quantity = quantity + ?1, picked = picked + ?2 "
                        "WHERE order_line_id = ?3 AND level_id = ?4 AND quantity + ?1 > 0",
                        "iiii", by, picked, line_id, level_id))
    return FALSE;
  if (wb_database_changes (self->database) == 1)
    return TRUE;
  if (!wb_database_run (self->database, error,
                        "DELETE FROM allocation WHERE order_line_id = ?3 AND level_id = ?4 AND "
                        "quantity + ?1 = 0 AND picked + ?2 = 0",
                        "iiii", by, picked, line_id, level_id))
    return FALSE;
  if (wb_database_changes (self->database) == 1)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
               "The order line does not hold what was to be taken from it. Another desk was "
               "quicker; look at the order again");
  return FALSE;
}

/**
 * wb_book_hold_stock:
 * @movement: one that names an order line and changes what is allocated or picked
 * @level_id: of which level
 * @order_id, @per_unit: for a first holding of the line there
 *
 * wb_book_move_stock(), and what the line holds of the level with it.
 */
gboolean
wb_book_hold_stock (WbBook          *self,
                    WbStockMovement *movement,
                    gint64           level_id,
                    gint64           order_id,
                    gint64           per_unit,
                    GError         **error)
{
  if (!wb_book_move_stock (self, movement, &level_id, error))
    return FALSE;
  if (wb_record_get_int (movement, WB_STOCK_MOVEMENT_ALLOCATED) > 0)
    return hold_more (self, movement, order_id, level_id, per_unit, error);
  if (wb_record_get_int (movement, WB_STOCK_MOVEMENT_ALLOCATED) == 0 &&
      wb_record_get_int (movement, WB_STOCK_MOVEMENT_PICKED) == 0)
    return TRUE;
  return hold_less (self, movement, level_id, error);
}

/** wb_book_set_held: what an order line holds now, in its own units. */
gboolean
wb_book_set_held (WbBook *self, gint64 line_id, gint64 allocated, gint64 picked, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE order_line SET allocated = ?, picked = ? WHERE id = ?", "iii",
                          allocated, picked, line_id);
}

/** wb_book_add_held: @units more of a line are allocated, and its order waits for so many fewer. */
gboolean
wb_book_add_held (WbBook *self, gint64 line_id, gint64 order_id, gint64 units, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE order_line SET allocated = allocated + ? WHERE id = ?", "ii",
                          units, line_id) &&
         wb_database_run (self->database, error,
                          "UPDATE orders SET stock_short = stock_short - ? WHERE id = ?", "ii",
                          units, order_id);
}

/** wb_book_set_stock_short: for how many pieces an order waits. */
gboolean
wb_book_set_stock_short (WbBook *self, gint64 order_id, gint64 pieces, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE orders SET stock_short = ?1 WHERE id = ?2 AND stock_short <> ?1",
                          "ii", pieces, order_id);
}

/** wb_book_add_returned: @quantity more of a line came back; the book refuses more than have left.
 */
gboolean
wb_book_add_returned (WbBook *self, gint64 line_id, gint64 quantity, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE order_line SET returned = returned + ? WHERE id = ?", "ii",
                          quantity, line_id);
}

/* What a line is of: by what its channel calls it, by SKU only where the channel's name was never
 * told; the same as wb_book_product_of(). */
#define PRODUCT_OF_LINE                                                                            \
  "COALESCE ((SELECT i.product_id FROM listing i JOIN orders o ON o.id = order_line.order_id "     \
  "WHERE i.channel_id = o.channel_id AND i.product_ref = order_line.product_ref AND "              \
  "i.variation_ref = COALESCE (order_line.variation_ref, '')), (SELECT p.id FROM product p WHERE " \
  "p.sku = order_line.sku AND order_line.sku <> ''))"

/**
 * wb_book_link_lines:
 * @order_id: of this order; 0: of all
 * @product_id: with @order_id 0: those that are of this product; in orders that are done, by SKU
 * only
 *
 * Writes down what the lines are of, but for those of which something is held or gone; a line that
 * says so already is not written again.
 */
gboolean
wb_book_link_lines (WbBook *self, gint64 order_id, gint64 product_id, GError **error)
{
  gint64 known = 0;

  /* Asked by itself: SQLite opens the table and its indexes to write before it asks anything. */
  if (!wb_database_get_int (self->database, &known, error, "SELECT EXISTS (SELECT 1 FROM product)",
                            NULL))
    return FALSE;
  if (known == 0)
    return TRUE;
  if (order_id != 0)
    return wb_database_run (self->database, error,
                            "UPDATE order_line SET product_id = " PRODUCT_OF_LINE
                            " WHERE order_id = ? AND kind = 'item' AND (product_id IS NULL OR "
                            "(allocated = 0 AND shipped = 0)) AND COALESCE (product_id, 0) <> "
                            "COALESCE (" PRODUCT_OF_LINE ", 0)",
                            "i", order_id);
  return wb_database_run (
      self->database, error,
      "UPDATE order_line SET product_id = ?1 WHERE product_id IS NULL AND kind = 'item' AND id IN "
      "(SELECT l.id FROM product p JOIN order_line l ON l.sku = p.sku WHERE p.id = ?1 AND p.sku <> "
      "'' UNION SELECT l.id FROM listing i JOIN order_line l ON l.sku = i.sku WHERE i.product_id = "
      "?1 AND i.sku <> '' UNION SELECT l.id FROM orders o JOIN order_line l ON l.order_id = o.id "
      "WHERE o.stage IN ('waiting', 'ready', 'hold', 'partial') AND l.product_ref IN (SELECT "
      "product_ref FROM listing WHERE product_id = ?1)) AND " PRODUCT_OF_LINE " = ?1",
      "i", product_id);
}

/** wb_book_set_tracked: puts a product under stock keeping, or takes it out. */
gboolean
wb_book_set_tracked (WbBook *self, gint64 product_id, gboolean tracked, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE product SET tracked = ?1 WHERE id = ?2 AND tracked <> ?1", "ii",
                          (gint64) tracked, product_id);
}
