/* SPDX-License-Identifier: GPL-3.0-or-later
 * A product that a listing may be: its name and SKU, how sure that is, and why. */
#pragma once

#include "wb-desk-channel.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_GUESS_ROW (wb_guess_row_get_type ())
G_DECLARE_FINAL_TYPE (WbGuessRow, wb_guess_row, WB, GUESS_ROW, AdwActionRow)

GtkWidget *wb_guess_row_new (const WbListingGuess *guess);
gint64     wb_guess_row_get_product_id (WbGuessRow *self);

G_END_DECLS
