/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock: places, bins, lots, levels and the movements that made them; kits, barcodes, suppliers,
 * purchases and counts. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* Kinds of movement (WB_STOCK_MOVEMENT_KIND). */
#define WB_MOVE_RECEIPT    "receipt"
#define WB_MOVE_ALLOCATION "allocation"
#define WB_MOVE_RELEASE    "release"
#define WB_MOVE_PICK       "pick"
#define WB_MOVE_UNPICK     "unpick"
#define WB_MOVE_SHIP       "ship" /* positive: it came back before it was handed over */
#define WB_MOVE_RETURN     "return"
#define WB_MOVE_ADJUSTMENT "adjustment"
#define WB_MOVE_COUNT      "count"
#define WB_MOVE_TRANSFER   "transfer"

/* Kinds of barcode (WB_BARCODE_KIND). */
#define WB_CODE_EAN13  "ean-13"
#define WB_CODE_EAN8   "ean-8"
#define WB_CODE_UPCA   "upc-a"
#define WB_CODE_GTIN14 "gtin-14"
#define WB_CODE_OWN    "own" /* the house's own, printed as Code 128 */

/* States of a serial number, of a purchase, of a count. */
#define WB_SERIAL_IN                "in"
#define WB_SERIAL_OUT               "out"
#define WB_SERIAL_LOST              "lost"
#define WB_PURCHASE_ORDER_DRAFT     "draft"
#define WB_PURCHASE_ORDER_ORDERED   "ordered"
#define WB_PURCHASE_ORDER_RECEIVED  "received"
#define WB_PURCHASE_ORDER_CANCELLED "cancelled"
#define WB_COUNT_OPEN               "open"
#define WB_COUNT_POSTED             "posted"
#define WB_COUNT_CANCELLED          "cancelled"

/* Where things lie; one place is chosen. */
#define WB_LOCATION_FIELDS(F, P)                                                                   \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, CHOSEN, "chosen", BOOL, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbLocation, wb_location, LOCATION, WB_LOCATION, WB_LOCATION_FIELDS)

/* A shelf of a place. walk: its turn on the way through the place, 0: by its name; zone: which
 * part. */
#define WB_BIN_FIELDS(F, P)                                                                        \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, LOCATION_ID, "location_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, ZONE, "zone", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, WALK, "walk", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbBin, wb_bin, BIN, WB_BIN, WB_BIN_FIELDS)

/* expires_on: the last day it may be sold; NULL: it does not expire. */
#define WB_LOT_FIELDS(F, P)                                                                        \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, CODE, "code", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, EXPIRES_ON, "expires_on", DATE, WB_FIELD_PLAIN, NULL)                                      \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbLot, wb_lot, LOT, WB_LOT, WB_LOT_FIELDS)

/* A piece with a number of its own. */
#define WB_SERIAL_FIELDS(F, P)                                                                     \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, NUMBER, "number", TEXT, WB_FIELD_MATCH, NULL)                                              \
  F (P, LOT_ID, "lot_id", INT, WB_FIELD_KEY, NULL)                                                 \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, ORDER_LINE_ID, "order_line_id", INT, WB_FIELD_KEY, NULL)                                   \
  F (P, CHANGED_AT, "changed_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbSerial, wb_serial, SERIAL, WB_SERIAL, WB_SERIAL_FIELDS)

/* What lies in one bin (“”: no bin of its own). allocated: promised to order lines; picked: of
 * that, taken out of the bin and not yet gone. Read only: movements change it. */
#define WB_STOCK_LEVEL_FIELDS(F, P)                                                                \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, LOCATION_ID, "location_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, BIN, "bin", TEXT, WB_FIELD_PLAIN, NULL)                                                    \
  F (P, LOT_ID, "lot_id", INT, WB_FIELD_KEY, NULL)                                                 \
  F (P, ON_HAND, "on_hand", INT, WB_FIELD_PLAIN, NULL)                                             \
  F (P, ALLOCATED, "allocated", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, PICKED, "picked", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbStockLevel, wb_stock_level, STOCK_LEVEL, WB_STOCK_LEVEL, WB_STOCK_LEVEL_FIELDS)

/* What an order line holds of a level. per_unit: pieces of the product in one of the line (more
 * than 1 in a kit); quantity, picked: pieces of the product. Read only: movements change it. */
#define WB_ALLOCATION_FIELDS(F, P)                                                                 \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, ORDER_ID, "order_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, ORDER_LINE_ID, "order_line_id", INT, WB_FIELD_KEY, NULL)                                   \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, LEVEL_ID, "level_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, PER_UNIT, "per_unit", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, QUANTITY, "quantity", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, PICKED, "picked", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbAllocation, wb_allocation, ALLOCATION, WB_ALLOCATION, WB_ALLOCATION_FIELDS)

/* One line of the stock’s ledger, never changed and never removed. quantity: pieces, signed;
 * on_hand, allocated, picked: what it did to the level. */
#define WB_STOCK_MOVEMENT_FIELDS(F, P)                                                             \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, AT, "at", INSTANT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, LOCATION_ID, "location_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, BIN, "bin", TEXT, WB_FIELD_PLAIN, NULL)                                                    \
  F (P, LOT_ID, "lot_id", INT, WB_FIELD_KEY, NULL)                                                 \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, QUANTITY, "quantity", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, ON_HAND, "on_hand", INT, WB_FIELD_PLAIN, NULL)                                             \
  F (P, ALLOCATED, "allocated", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, PICKED, "picked", INT, WB_FIELD_PLAIN, NULL)                                               \
  F (P, ORDER_LINE_ID, "order_line_id", INT, WB_FIELD_KEY, NULL)                                   \
  F (P, SHIPMENT_ID, "shipment_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, PURCHASE_ID, "purchase_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, REASON, "reason", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, ACTOR, "actor", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (
    WbStockMovement, wb_stock_movement, STOCK_MOVEMENT, WB_STOCK_MOVEMENT, WB_STOCK_MOVEMENT_FIELDS)

/* What is in one of a kit. */
#define WB_KIT_COMPONENT_FIELDS(F, P)                                                              \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, KIT_ID, "kit_id", INT, WB_FIELD_KEY, NULL)                                                 \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, QUANTITY, "quantity", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (
    WbKitComponent, wb_kit_component, KIT_COMPONENT, WB_KIT_COMPONENT, WB_KIT_COMPONENT_FIELDS)

/* What a scanner may read of a product. code_key: a GTIN in 14 digits, else the code itself; pack:
 * pieces one scan stands for. */
#define WB_BARCODE_FIELDS(F, P)                                                                    \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, CODE, "code", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, CODE_KEY, "code_key", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, PACK, "pack", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbBarcode, wb_barcode, BARCODE, WB_BARCODE, WB_BARCODE_FIELDS)

/* Whom goods are bought from. lead_days: from the order to the shelf. */
#define WB_SUPPLIER_FIELDS(F, P)                                                                   \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, EMAIL, "email", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, LEAD_DAYS, "lead_days", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, NOTE, "note", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbSupplier, wb_supplier, SUPPLIER, WB_SUPPLIER, WB_SUPPLIER_FIELDS)

/* How a product is bought from one supplier. lead_days 0: as the supplier’s; pack: pieces in one of
 * its packs; moq: the fewest pieces of an order; price: for one piece, minor units of the
 * supplier’s currency. */
#define WB_PRODUCT_SUPPLIER_FIELDS(F, P)                                                           \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, SUPPLIER_ID, "supplier_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, SKU, "sku", TEXT, WB_FIELD_PLAIN, NULL)                                                    \
  F (P, LEAD_DAYS, "lead_days", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, PACK, "pack", INT, WB_FIELD_PLAIN, NULL)                                                   \
  F (P, MOQ, "moq", INT, WB_FIELD_PLAIN, NULL)                                                     \
  F (P, PRICE, "price", INT, WB_FIELD_PLAIN, NULL)                                                 \
  F (P, PREFERRED, "preferred", BOOL, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbProductSupplier,
                   wb_product_supplier,
                   PRODUCT_SUPPLIER,
                   WB_PRODUCT_SUPPLIER,
                   WB_PRODUCT_SUPPLIER_FIELDS)

/* cost: for one piece, minor units of the purchase’s currency. */
#define WB_PURCHASE_LINE_FIELDS(F, P)                                                              \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, PURCHASE_ID, "purchase_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, POSITION, "position", INT, WB_FIELD_LOCAL, NULL)                                           \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, QUANTITY, "quantity", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, RECEIVED, "received", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, COST, "cost", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (
    WbPurchaseLine, wb_purchase_line, PURCHASE_LINE, WB_PURCHASE_LINE, WB_PURCHASE_LINE_FIELDS)

/* Goods on their way. expected_on: the day they should come; NULL: not known. */
#define WB_PURCHASE_ORDER_FIELDS(F, P)                                                             \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, SUPPLIER_ID, "supplier_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, NUMBER, "number", TEXT, WB_FIELD_MATCH, NULL)                                              \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, LOCATION_ID, "location_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, ORDERED_AT, "ordered_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, EXPECTED_ON, "expected_on", DATE, WB_FIELD_PLAIN, NULL)                                    \
  F (P, RECEIVED_AT, "received_at", INSTANT, WB_FIELD_PLAIN, NULL)                                 \
  F (P, NOTE, "note", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_LOCAL, NULL)                                   \
  F (P, LINES, "lines", MANY, WB_FIELD_PLAIN, wb_purchase_line_get_type)
WB_DECLARE_RECORD (
    WbPurchaseOrder, wb_purchase_order, PURCHASE_ORDER, WB_PURCHASE_ORDER, WB_PURCHASE_ORDER_FIELDS)

/* expected: what should have lain in the bin (on hand less picked) when it was counted. */
#define WB_STOCK_COUNT_LINE_FIELDS(F, P)                                                           \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, COUNT_ID, "count_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, BIN, "bin", TEXT, WB_FIELD_PLAIN, NULL)                                                    \
  F (P, LOT_ID, "lot_id", INT, WB_FIELD_KEY, NULL)                                                 \
  F (P, EXPECTED, "expected", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, COUNTED, "counted", INT, WB_FIELD_PLAIN, NULL)                                             \
  F (P, COUNTED_AT, "counted_at", INSTANT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbStockCountLine,
                   wb_stock_count_line,
                   STOCK_COUNT_LINE,
                   WB_STOCK_COUNT_LINE,
                   WB_STOCK_COUNT_LINE_FIELDS)

/* Going through the shelves of a place. */
#define WB_STOCK_COUNT_FIELDS(F, P)                                                                \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, LOCATION_ID, "location_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, NOTE, "note", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, ACTOR, "actor", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_PLAIN, NULL)                                   \
  F (P, POSTED_AT, "posted_at", INSTANT, WB_FIELD_PLAIN, NULL)                                     \
  F (P, LINES, "lines", MANY, WB_FIELD_PLAIN, wb_stock_count_line_get_type)
WB_DECLARE_RECORD (WbStockCount, wb_stock_count, STOCK_COUNT, WB_STOCK_COUNT, WB_STOCK_COUNT_FIELDS)

G_END_DECLS
