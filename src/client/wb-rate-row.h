/* SPDX-License-Identifier: GPL-3.0-or-later
 * One offer of a carrier to choose from: service, days, price, and why it is proposed. */
#pragma once

#include "wb-shipment.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_RATE_ROW (wb_rate_row_get_type ())
G_DECLARE_FINAL_TYPE (WbRateRow, wb_rate_row, WB, RATE_ROW, GtkListBoxRow)

GtkWidget *wb_rate_row_new (WbRate *rate);
WbRate    *wb_rate_row_get_rate (WbRateRow *self);

G_END_DECLS
