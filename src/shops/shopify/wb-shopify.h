/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shopify's line in the table of shop modules. */
#pragma once

#include "wb-shop.h"

G_BEGIN_DECLS

extern const WbShopProvider wb_shopify_provider;

G_END_DECLS
