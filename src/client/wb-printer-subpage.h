/* SPDX-License-Identifier: GPL-3.0-or-later
 * What prints one of the rarer kinds of paper, as a page behind the preferences of printing. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PRINTER_SUBPAGE (wb_printer_subpage_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterSubpage, wb_printer_subpage, WB, PRINTER_SUBPAGE, AdwBin)

GtkWidget *wb_printer_subpage_new (WbWorkspace          *workspace,
                                   const WbDocumentKind *kind,
                                   GPtrArray            *queues,
                                   const char           *trouble);
GtkWidget *wb_kind_row_new (const char *title);

G_END_DECLS
