/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is the same in reading the lines of every shop's orders, and in changing their pieces. */
#pragma once

#include "wb-json.h"
#include "wb-shop.h"

G_BEGIN_DECLS

void     wb_shop_add_line (WbOrder *order, WbOrderLine *line);
gboolean wb_shop_end_lines (WbOrder       *order,
                            const WbJson  *at,
                            gint64         sum,
                            gint64         pieces,
                            const GString *services,
                            GError       **error);

/* Of a change of pieces (%WB_SHOP_CHANGE_LINES). */
gboolean wb_shop_check_pieces (const WbShopChange *change, GError **error);
gint64   wb_shop_pieces_of (WbOrder *order, const char *line_ref);
gboolean wb_shop_has_pieces (WbOrder *order, const WbShopChange *change);

G_END_DECLS
