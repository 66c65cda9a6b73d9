/* SPDX-License-Identifier: GPL-3.0-or-later
 * EasyPost, a broker of carriers (https://docs.easypost.com): the provider's entry in the table of
 * carriers. */
#pragma once

#include "wb-carrier.h"

G_BEGIN_DECLS

extern const WbCarrierProvider wb_easypost_provider;

G_END_DECLS
