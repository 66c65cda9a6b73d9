/* SPDX-License-Identifier: GPL-3.0-or-later
 * Channels that nobody can be asked about: orders out of files, and orders taken at the counter. */
#pragma once

#include "wb-shop.h"

G_BEGIN_DECLS

extern const WbShopProvider wb_csv_provider, wb_counter_provider;

G_END_DECLS
