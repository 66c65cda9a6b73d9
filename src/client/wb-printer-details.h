/* SPDX-License-Identifier: GPL-3.0-or-later
 * The settings of a label printer, those that matter for its language. */
#pragma once

#include "wb-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PRINTER_DETAILS (wb_printer_details_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterDetails, wb_printer_details, WB, PRINTER_DETAILS, AdwExpanderRow)

void wb_printer_details_show (WbPrinterDetails *self, WbPrinter *printer);
void wb_printer_details_take (WbPrinterDetails *self, WbPrinter *printer);
void wb_printer_details_set_format (WbPrinterDetails *self, const char *format);

G_END_DECLS
