/* SPDX-License-Identifier: GPL-3.0-or-later
 * The records of stock: their fields are declared in the header. */
#include "wb-stock-records.h"

WB_DEFINE_RECORD (WbLocation, wb_location, WB_LOCATION, "location", WB_LOCATION_FIELDS)
WB_DEFINE_RECORD (WbBin, wb_bin, WB_BIN, "bin", WB_BIN_FIELDS)
WB_DEFINE_RECORD (WbLot, wb_lot, WB_LOT, "lot", WB_LOT_FIELDS)
WB_DEFINE_RECORD (WbSerial, wb_serial, WB_SERIAL, "serial", WB_SERIAL_FIELDS)
WB_DEFINE_RECORD (
    WbStockLevel, wb_stock_level, WB_STOCK_LEVEL, "stock_level", WB_STOCK_LEVEL_FIELDS)
WB_DEFINE_RECORD (WbAllocation, wb_allocation, WB_ALLOCATION, "allocation", WB_ALLOCATION_FIELDS)
WB_DEFINE_RECORD (
    WbStockMovement, wb_stock_movement, WB_STOCK_MOVEMENT, "movement", WB_STOCK_MOVEMENT_FIELDS)
WB_DEFINE_RECORD (
    WbKitComponent, wb_kit_component, WB_KIT_COMPONENT, "kit_component", WB_KIT_COMPONENT_FIELDS)
WB_DEFINE_RECORD (WbBarcode, wb_barcode, WB_BARCODE, "barcode", WB_BARCODE_FIELDS)
WB_DEFINE_RECORD (WbSupplier, wb_supplier, WB_SUPPLIER, "supplier", WB_SUPPLIER_FIELDS)
WB_DEFINE_RECORD (WbProductSupplier,
                  wb_product_supplier,
                  WB_PRODUCT_SUPPLIER,
                  "product_supplier",
                  WB_PRODUCT_SUPPLIER_FIELDS)
WB_DEFINE_RECORD (
    WbPurchaseLine, wb_purchase_line, WB_PURCHASE_LINE, "purchase_line", WB_PURCHASE_LINE_FIELDS)
WB_DEFINE_RECORD (
    WbPurchaseOrder, wb_purchase_order, WB_PURCHASE_ORDER, "purchase", WB_PURCHASE_ORDER_FIELDS)
WB_DEFINE_RECORD (WbStockCountLine,
                  wb_stock_count_line,
                  WB_STOCK_COUNT_LINE,
                  "stock_count_line",
                  WB_STOCK_COUNT_LINE_FIELDS)
WB_DEFINE_RECORD (
    WbStockCount, wb_stock_count, WB_STOCK_COUNT, "stock_count", WB_STOCK_COUNT_FIELDS)
