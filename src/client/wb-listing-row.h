/* SPDX-License-Identifier: GPL-3.0-or-later
 * One listing of a channel in the list: its name and SKU there, and which product it is or may be.
 */
#pragma once

#include "wb-product.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_LISTING_ROW (wb_listing_row_get_type ())
G_DECLARE_FINAL_TYPE (WbListingRow, wb_listing_row, WB, LISTING_ROW, AdwBin)

GtkWidget *wb_listing_row_new (void);
void       wb_listing_row_show (WbListingRow *self, WbListing *listing);

G_END_DECLS
