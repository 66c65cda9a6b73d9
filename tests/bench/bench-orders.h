/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any number of made-up orders, the same each time, as a shop has them: names of many countries,
 * three lines, two addresses. */
#pragma once

#include "wb-book.h"

G_BEGIN_DECLS

WbOrder *bench_order (guint i);
GBytes  *bench_order_raw (guint i);
void     bench_set_up (WbBook *book);
void     bench_fill (WbBook *book, guint n);

G_END_DECLS
