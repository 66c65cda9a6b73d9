/* SPDX-License-Identifier: GPL-3.0-or-later
 * A barcode scanner types like a keyboard, only faster: what it types is caught before any field
 * sees it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_SCANNER (wb_scanner_get_type ())
G_DECLARE_FINAL_TYPE (WbScanner, wb_scanner, WB, SCANNER, GObject)

WbScanner *wb_scanner_new (GtkWidget *page);

G_END_DECLS
