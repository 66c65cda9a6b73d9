/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock read from the book: places, lots, levels, who holds what, and the movements. */
#include "wb-book-stock.h"

#include "wb-book-private.h"

/** wb_book_get_location: Returns: (transfer full): by number; 0: the chosen one, or the first. */
WbLocation *
wb_book_get_location (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_location_get_type (), error,
                                            "WHERE ?1 = 0 OR id = ?1 ORDER BY chosen DESC, id "
                                            "LIMIT 1",
                                            "i", id),
                        "place", error);
}

/** wb_book_list_locations: Returns: (transfer full) (element-type WbLocation): the chosen one
 * first. */
GPtrArray *
wb_book_list_locations (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_location_get_type (), error,
                             "ORDER BY chosen DESC, id", NULL);
}

/** wb_book_list_bins: Returns: (transfer full) (element-type WbBin): of a place (0: of all), in
 * walking order. */
GPtrArray *
wb_book_list_bins (WbBook *self, gint64 location_id, GError **error)
{
  return wb_database_select (self->database, wb_bin_get_type (), error,
                             "WHERE ?1 = 0 OR location_id = ?1 ORDER BY location_id, walk, name",
                             "i", location_id);
}

/** wb_book_find_lot: Returns: (transfer full): a product's lot by its code; %WB_ERROR_NOT_FOUND. */
WbLot *
wb_book_find_lot (WbBook *self, gint64 product_id, const char *code, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_lot_get_type (), error,
                                            "WHERE product_id = ? AND code = ?", "is", product_id,
                                            code),
                        "lot", error);
}

/** wb_book_list_lots: Returns: (transfer full) (element-type WbLot): what expires first, first. */
GPtrArray *
wb_book_list_lots (WbBook *self, gint64 product_id, GError **error)
{
  return wb_database_select (self->database, wb_lot_get_type (), error,
                             "WHERE product_id = ? ORDER BY COALESCE (expires_on, '9999'), id", "i",
                             product_id);
}

/** wb_book_find_serial: Returns: (transfer full): a piece by its number; %WB_ERROR_NOT_FOUND. */
WbSerial *
wb_book_find_serial (WbBook *self, gint64 product_id, const char *number, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_serial_get_type (), error,
                                            "WHERE product_id = ? AND number = ?", "is", product_id,
                                            number),
                        "serial number", error);
}

/** wb_book_list_serials: Returns: (transfer full) (element-type WbSerial): those that left with a
 * line. */
GPtrArray *
wb_book_list_serials (WbBook *self, gint64 order_line_id, GError **error)
{
  return wb_database_select (self->database, wb_serial_get_type (), error,
                             "WHERE order_line_id = ? ORDER BY id", "i", order_line_id);
}

/** wb_book_get_level: Returns: (transfer full): by number. */
WbStockLevel *
wb_book_get_level (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_stock_level_get_type (), error,
                                            "WHERE id = ?", "i", id),
                        "place of stock", error);
}

/** wb_book_find_level: Returns: (transfer full): by its place; %WB_ERROR_NOT_FOUND where nothing
 * ever lay. */
WbStockLevel *
wb_book_find_level (WbBook     *self,
                    gint64      product_id,
                    gint64      location_id,
                    const char *bin,
                    gint64      lot_id,
                    GError    **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_stock_level_get_type (), error,
                          "WHERE product_id = ? AND location_id = ? AND bin = ? AND COALESCE "
                          "(lot_id, 0) = ?",
                          "iisi", product_id, location_id, bin != NULL ? bin : "", lot_id),
      "place of stock", error);
}

/** wb_book_list_levels: Returns: (transfer full) (element-type WbStockLevel): where a product lies
 * (0: all products), empty places too. */
GPtrArray *
wb_book_list_levels (WbBook *self, gint64 product_id, GError **error)
{
  return wb_database_select (self->database, wb_stock_level_get_type (), error,
                             "WHERE ?1 = 0 OR product_id = ?1 ORDER BY product_id, location_id, "
                             "bin, id",
                             "i", product_id);
}

/**
 * wb_book_list_free_levels:
 * @location_id: only there; 0: anywhere
 * @today: “YYYY-MM-DD”: what expired before it is left out
 *
 * Returns: (transfer full) (element-type WbStockLevel): where pieces lie that nobody was promised,
 * in the order in which they are given out: the chosen place first, what expires first first, then
 * in walking order.
 */
GPtrArray *
wb_book_list_free_levels (
    WbBook *self, gint64 product_id, gint64 location_id, const char *today, GError **error)
{
  return wb_database_select (
      self->database, wb_stock_level_get_type (), error,
      "JOIN location o ON o.id = t.location_id LEFT JOIN lot ON lot.id = t.lot_id LEFT JOIN bin b "
      "ON b.location_id = t.location_id AND b.name = t.bin WHERE t.product_id = ?1 AND t.on_hand > "
      "t.allocated AND (?2 = 0 OR t.location_id = ?2) AND (lot.expires_on IS NULL OR "
      "lot.expires_on >= ?3) ORDER BY o.chosen DESC, t.location_id, COALESCE (lot.expires_on, "
      "'9999'), COALESCE (b.walk, 0), t.bin, t.id",
      "iis", product_id, location_id, today);
}

/** wb_book_list_allocations: Returns: (transfer full) (element-type WbAllocation): what the lines
 * of an order hold. */
GPtrArray *
wb_book_list_allocations (WbBook *self, gint64 order_id, GError **error)
{
  return wb_database_select (self->database, wb_allocation_get_type (), error,
                             "WHERE order_id = ? ORDER BY order_line_id, product_id, id", "i",
                             order_id);
}

/** wb_book_list_line_allocations: Returns: (transfer full) (element-type WbAllocation): what one
 * line holds, oldest first. */
GPtrArray *
wb_book_list_line_allocations (WbBook *self, gint64 order_line_id, GError **error)
{
  return wb_database_select (self->database, wb_allocation_get_type (), error,
                             "WHERE order_line_id = ? ORDER BY product_id, id", "i", order_line_id);
}

/** wb_book_list_level_allocations: Returns: (transfer full) (element-type WbAllocation): who holds
 * what of a level; those who can wait longest, first: nothing picked, nothing packed, placed last.
 */
GPtrArray *
wb_book_list_level_allocations (WbBook *self, gint64 level_id, GError **error)
{
  return wb_database_select (self->database, wb_allocation_get_type (), error,
                             "JOIN order_line l ON l.id = t.order_line_id JOIN orders o ON o.id = "
                             "t.order_id WHERE t.level_id = ? ORDER BY t.picked > 0, l.packed > 0, "
                             "o.placed_at DESC, t.id DESC",
                             "i", level_id);
}

/**
 * wb_book_list_movements:
 * @product_id: 0: of all products
 * @before: only those with a smaller number; 0: the latest
 *
 * Returns: (transfer full) (element-type WbStockMovement): newest first.
 */
GPtrArray *
wb_book_list_movements (WbBook *self, gint64 product_id, gint64 before, guint limit, GError **error)
{
  if (product_id != 0)
    return wb_database_select (self->database, wb_stock_movement_get_type (), error,
                               "WHERE product_id = ? AND (?2 = 0 OR id < ?2) ORDER BY id DESC "
                               "LIMIT ?",
                               "iii", product_id, before, (gint64) limit);
  return wb_database_select (self->database, wb_stock_movement_get_type (), error,
                             "WHERE ?1 = 0 OR id < ?1 ORDER BY id DESC LIMIT ?2", "ii", before,
                             (gint64) limit);
}

/** wb_book_list_shipment_movements: Returns: (transfer full) (element-type WbStockMovement): what a
 * shipment took along or brought back, in order. */
GPtrArray *
wb_book_list_shipment_movements (WbBook *self, gint64 shipment_id, GError **error)
{
  return wb_database_select (self->database, wb_stock_movement_get_type (), error,
                             "WHERE shipment_id = ? AND kind = 'ship' ORDER BY id", "i",
                             shipment_id);
}

/** wb_book_list_components: Returns: (transfer full) (element-type WbKitComponent): what is in one
 * of a kit; empty: it is none. @kit_id 0: of all kits, one after the other. */
GPtrArray *
wb_book_list_components (WbBook *self, gint64 kit_id, GError **error)
{
  if (kit_id == 0)
    return wb_database_select (self->database, wb_kit_component_get_type (), error,
                               "ORDER BY kit_id, id", NULL);
  return wb_database_select (self->database, wb_kit_component_get_type (), error,
                             "WHERE kit_id = ? ORDER BY id", "i", kit_id);
}

/**
 * wb_book_set_component:
 * @quantity: in one of the kit; 0: none any more
 *
 * A part that is a kit itself is refused with %WB_ERROR_CONFLICT.
 */
gboolean
wb_book_set_component (
    WbBook *self, gint64 kit_id, gint64 product_id, gint64 quantity, GError **error)
{
  if (quantity == 0)
    return wb_database_run (self->database, error,
                            "DELETE FROM kit_component WHERE kit_id = ? AND product_id = ?", "ii",
                            kit_id, product_id);
  return wb_database_run (self->database, error,
                          "INSERT INTO kit_component (kit_id, product_id, quantity) VALUES (?, ?, "
                          "?) ON CONFLICT (kit_id, product_id) DO UPDATE SET quantity = "
                          "excluded.quantity",
                          "iii", kit_id, product_id, quantity);
}

/** wb_book_list_barcodes: Returns: (transfer full) (element-type WbBarcode): what a scanner may
 * read of a product. */
GPtrArray *
wb_book_list_barcodes (WbBook *self, gint64 product_id, GError **error)
{
  return wb_database_select (self->database, wb_barcode_get_type (), error,
                             "WHERE product_id = ? ORDER BY pack, id", "i", product_id);
}

/** wb_book_find_barcode: Returns: (transfer full): by its key; %WB_ERROR_NOT_FOUND. */
WbBarcode *
wb_book_find_barcode (WbBook *self, const char *code_key, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_barcode_get_type (), error,
                                            "WHERE code_key = ?", "s", code_key),
                        "barcode", error);
}

/** wb_book_find_products_by_code: Returns: (transfer full) (element-type WbProduct): those whose
 * own barcode field or SKU is @text; more than one when it is not theirs alone. */
GPtrArray *
wb_book_find_products_by_code (WbBook *self, const char *text, GError **error)
{
  return wb_database_select (self->database, wb_product_get_type (), error,
                             "WHERE id IN (SELECT id FROM product WHERE barcode = ?1 UNION "
                             "SELECT id FROM product WHERE sku = ?1) LIMIT 3",
                             "s", text);
}

/** wb_book_delete_barcode: forgets a code. */
gboolean
wb_book_delete_barcode (WbBook *self, gint64 id, GError **error)
{
  return wb_database_run (self->database, error, "DELETE FROM barcode WHERE id = ?", "i", id);
}

/** wb_book_get_line: Returns: (transfer full): one line of an order, by number. */
WbOrderLine *
wb_book_get_line (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, WB_TYPE_ORDER_LINE, error, "WHERE id = ?", "i", id),
      "order line", error);
}
