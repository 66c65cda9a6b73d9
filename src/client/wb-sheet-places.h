/* SPDX-License-Identifier: GPL-3.0-or-later
 * A sheet of labels in small, on which the first free place is chosen. */
#pragma once

#include "wb-sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_SHEET_PLACES (wb_sheet_places_get_type ())
G_DECLARE_FINAL_TYPE (WbSheetPlaces, wb_sheet_places, WB, SHEET_PLACES, GtkWidget)

void  wb_sheet_places_set_layout (WbSheetPlaces *self, const WbSheetLayout *layout, guint labels);
guint wb_sheet_places_get_start (WbSheetPlaces *self);

G_END_DECLS
