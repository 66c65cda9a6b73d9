/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the inbox: each subject adds its rows. */
#pragma once

#include "wb-exceptions.h"

G_BEGIN_DECLS

gboolean wb_channel_add_exceptions (WbBook *book, GPtrArray *list, GError **error);
gboolean wb_money_add_exceptions (WbBook *book, GPtrArray *list, GError **error);
gboolean wb_stock_add_exceptions (WbBook *book, GPtrArray *list, GError **error);

G_END_DECLS
