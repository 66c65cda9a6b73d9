/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe (https://docs.stripe.com/api): the provider's entry in the table of gateways. */
#pragma once

#include "wb-gateway.h"

G_BEGIN_DECLS

extern const WbGatewayProvider wb_stripe_provider;

G_END_DECLS
