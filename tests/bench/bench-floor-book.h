/* SPDX-License-Identifier: GPL-3.0-or-later
 * A book of a busy floor for benchmarks: orders of three lines that are ready, over 2,000 SKUs that
 * lie in two bins each. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENCH_FLOOR_LINES 3
#define BENCH_FLOOR_SKUS  2000

void bench_floor_make (const char *path, guint orders, gboolean allocated);

G_END_DECLS
