/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice workspace's products. */
#pragma once

#include "wb-book.h"

G_BEGIN_DECLS

gboolean wb_practice_make_products (WbBook *book, gint64 channel_id, GError **error);

G_END_DECLS
