/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a WooCommerce shop sells: products and their variations as listings. */
#pragma once

#include "wb-json.h"

G_BEGIN_DECLS

gint64 wb_woo_grams (const char *text, const char *unit);
gint64
wb_woo_read_stock_of (const WbJson *at, const WbJson *parent, gboolean *managed, gboolean *shared);

G_END_DECLS
