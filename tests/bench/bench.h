/* SPDX-License-Identifier: GPL-3.0-or-later
 * Measuring ours against the bare limit: interleaved runs in one process, medians, one line a
 * ratio. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Does its work once; what it prepares and clears away is between bench_start() and bench_stop()
 * not counted. */
typedef void (*BenchRun) (gpointer data);

/**
 * BenchCase:
 * @name: what is measured
 * @ours, @bare: the two ways to the same result
 * @units: how many pieces one run handles, for the figures
 * @unit: what a piece is called: “order”
 * @target: the most that ours may take, as a multiple of the bare time; with @rate the least rate,
 * as a part of the bare rate
 * @rate: figures and ratio are pieces a second, not time a piece
 * @runs: how often each is run; 0: 7
 */
typedef struct
{
  const char *name;
  BenchRun    ours;
  BenchRun    bare;
  gpointer    data;
  double      units;
  const char *unit;
  double      target;
  gboolean    rate;
  guint       runs;
} BenchCase;

void  bench_compare (const BenchCase *bench);
void  bench_start (void);
void  bench_stop (void);
void  bench_part (void);
char *bench_folder (void);
void  bench_remove (const char *folder);

G_END_DECLS
