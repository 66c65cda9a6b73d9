/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders as a WooCommerce shop writes them: the practice town's. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GPtrArray *prompt_orders_new (guint n);

G_END_DECLS
