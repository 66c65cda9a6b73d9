/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is the same in reading the lines of every shop's orders. */
#pragma once

#include "wb-json.h"
#include "wb-order.h"

G_BEGIN_DECLS

void     wb_shop_add_line (WbOrder *order, WbOrderLine *line);
gboolean wb_shop_end_lines (WbOrder       *order,
                            const WbJson  *at,
                            gint64         sum,
                            gint64         pieces,
                            const GString *services,
                            GError       **error);

G_END_DECLS
