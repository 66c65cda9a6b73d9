/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the house is set up with: connections to vendors, origins, packages, printers. No secret is
 * ever in here. */
#include "wb-connection.h"

#include <glib/gi18n-lib.h>

WB_DEFINE_RECORD (WbConnection, wb_connection, WB_CONNECTION, "connection", WB_CONNECTION_FIELDS)
WB_DEFINE_RECORD (WbOrigin, wb_origin, WB_ORIGIN, "origin", WB_ORIGIN_FIELDS)
WB_DEFINE_RECORD (WbPackage, wb_package, WB_PACKAGE, "package", WB_PACKAGE_FIELDS)
WB_DEFINE_RECORD (WbPrinter, wb_printer, WB_PRINTER, "printer", WB_PRINTER_FIELDS)
WB_DEFINE_RECORD (
    WbPrintBatch, wb_print_batch, WB_PRINT_BATCH, "print_batch", WB_PRINT_BATCH_FIELDS)
WB_DEFINE_RECORD (WbPrintRow, wb_print_row, WB_PRINT_ROW, "print_batch_row", WB_PRINT_ROW_FIELDS)
WB_DEFINE_RECORD (WbSavedView, wb_saved_view, WB_SAVED_VIEW, "saved_view", WB_SAVED_VIEW_FIELDS)
WB_DEFINE_RECORD (WbCustomer, wb_customer, WB_CUSTOMER, "customer", WB_CUSTOMER_FIELDS)

const WbDocumentKind wb_document_kinds[] = {
  { WB_DOCUMENT_LABEL, N_ ("Labels"), NULL, TRUE },
  { WB_DOCUMENT_RETURN_LABEL, N_ ("Return labels"), WB_DOCUMENT_LABEL, TRUE },
  { WB_DOCUMENT_ADDRESS, N_ ("Address labels"), WB_DOCUMENT_LABEL, TRUE },
  { WB_DOCUMENT_SLIP, N_ ("Packing slips"), NULL, FALSE },
  { WB_DOCUMENT_GIFT_SLIP, N_ ("Gift slips"), WB_DOCUMENT_SLIP, FALSE },
  { WB_DOCUMENT_RETURN_SLIP, N_ ("Return slips"), WB_DOCUMENT_SLIP, FALSE },
  { WB_DOCUMENT_PICK_LIST, N_ ("Pick lists"), WB_DOCUMENT_SLIP, FALSE },
  { WB_DOCUMENT_CUSTOMS, N_ ("Customs papers"), WB_DOCUMENT_SLIP, FALSE },
  { WB_DOCUMENT_INVOICE, N_ ("Commercial invoices"), WB_DOCUMENT_SLIP, FALSE },
  { WB_DOCUMENT_RECEIPT, N_ ("Receipts"), WB_DOCUMENT_SLIP, FALSE },
  { WB_DOCUMENT_MANIFEST, N_ ("Manifests"), WB_DOCUMENT_SLIP, FALSE },
  { WB_DOCUMENT_LABEL_SHEET, N_ ("Label sheets"), WB_DOCUMENT_SLIP, FALSE },
  { NULL },
};

/** wb_document_kind: Returns: (nullable): what is known of the kind @id. */
const WbDocumentKind *
wb_document_kind (const char *id)
{
  for (const WbDocumentKind *kind = wb_document_kinds; kind->id != NULL; kind++)
    if (g_strcmp0 (kind->id, id) == 0)
      return kind;
  return NULL;
}

/** wb_station: Returns: what this packing station is called: the environment's WAYBILL_STATION, or
 * the machine's host name. */
const char *
wb_station (void)
{
  const char *named = g_getenv ("WAYBILL_STATION");

  return named != NULL && *named != '\0' ? named : g_get_host_name ();
}
