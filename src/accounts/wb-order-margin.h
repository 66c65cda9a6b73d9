/* SPDX-License-Identifier: GPL-3.0-or-later
 * What one order has left over, of entries that were read already; quick. */
#pragma once

#include "wb-order.h"

G_BEGIN_DECLS

const char *wb_order_margin_gap (WbOrder *order, GPtrArray *entries);
GArray     *wb_order_margin (WbOrder *order, GPtrArray *entries, GError **error);

G_END_DECLS
