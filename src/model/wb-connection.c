/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the house is set up with: connections to vendors, origins, packages, printers. No secret is
 * ever in here. */
#include "wb-connection.h"

WB_DEFINE_RECORD (WbConnection, wb_connection, WB_CONNECTION, "connection", WB_CONNECTION_FIELDS)
WB_DEFINE_RECORD (WbOrigin, wb_origin, WB_ORIGIN, "origin", WB_ORIGIN_FIELDS)
WB_DEFINE_RECORD (WbPackage, wb_package, WB_PACKAGE, "package", WB_PACKAGE_FIELDS)
WB_DEFINE_RECORD (WbPrinter, wb_printer, WB_PRINTER, "printer", WB_PRINTER_FIELDS)
WB_DEFINE_RECORD (WbSavedView, wb_saved_view, WB_SAVED_VIEW, "saved_view", WB_SAVED_VIEW_FIELDS)
WB_DEFINE_RECORD (WbCustomer, wb_customer, WB_CUSTOMER, "customer", WB_CUSTOMER_FIELDS)
