/* SPDX-License-Identifier: GPL-3.0-or-later
 * A WooCommerce shop as the gateway of what WooPayments holds. */
#pragma once

#include "wb-gateway.h"

G_BEGIN_DECLS

void wb_woo_gateway_iface_init (WbGatewayInterface *iface);

G_END_DECLS
