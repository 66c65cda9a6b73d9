/* SPDX-License-Identifier: GPL-3.0-or-later
 * What prints one kind of document: printer or folder, paper, format, and a test print. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PRINTER_GROUP (wb_printer_group_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterGroup, wb_printer_group, WB, PRINTER_GROUP, AdwPreferencesGroup)

void
wb_printer_group_set_document (WbPrinterGroup *self, WbWorkspace *workspace, const char *document);
void wb_printer_group_show_queues (WbPrinterGroup *self, GPtrArray *queues, const char *trouble);

G_END_DECLS
