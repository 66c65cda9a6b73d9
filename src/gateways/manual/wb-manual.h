/* SPDX-License-Identifier: GPL-3.0-or-later
 * Money that comes by no gateway. */
#pragma once

#include "wb-gateway.h"

G_BEGIN_DECLS

extern const WbGatewayProvider wb_manual_provider;

G_END_DECLS
