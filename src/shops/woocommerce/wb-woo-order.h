/* SPDX-License-Identifier: GPL-3.0-or-later
 * A WooCommerce order read into our record. Pure: no network, no clock. */
#pragma once

#include "wb-order.h"
#include "wb-woo-state.h"

G_BEGIN_DECLS

WbOrder *wb_woo_order_parse (const WbJson *at, const WbWooReader *reader, GError **error);
gboolean wb_woo_order_has_refunds (const WbJson *at);
gboolean wb_woo_order_join_refunds (WbOrder *order, const WbJson *refunds, GError **error);

/* Shared by the files that read an order. */
gboolean wb_woo_order_amount (
    const WbJson *at, const char *name, guint exponent, gint64 *out, GError **error);
gboolean wb_woo_order_add (const WbJson *at, gint64 *sum, gint64 amount, GError **error);
gboolean wb_woo_order_read_lines (WbOrder           *order,
                                  const WbJson      *at,
                                  const WbWooReader *reader,
                                  GError           **error);
gint64   wb_woo_order_find_line (WbOrder *order, const char *remote_id);

G_END_DECLS
