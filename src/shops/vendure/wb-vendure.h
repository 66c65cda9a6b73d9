/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Vendure module's line in the table of shops. */
#pragma once

#include "wb-shop.h"

G_BEGIN_DECLS

extern const WbShopProvider wb_vendure_provider;

G_END_DECLS
