/* SPDX-License-Identifier: GPL-3.0-or-later
 * The PayPal gateway: provider “paypal”; secrets: client id, client secret. */
#pragma once

#include "wb-gateway.h"

G_BEGIN_DECLS

extern const WbGatewayProvider wb_paypal_provider;

G_END_DECLS
