/* SPDX-License-Identifier: GPL-3.0-or-later
 * Measuring ours against the bare limit: interleaved runs in one process, medians, one line a
 * ratio. */
#include "bench.h"

#include "wb-test.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <time.h>

#define USUAL_RUNS 7

static double started;
static double counted;
static double kept; /* of parts that are counted beside what is started and stopped */

/* By the clock on the wall; with $BENCH_CPU by what this thread has worked, which others at work on
 * the machine hardly disturb: waiting, for a disk or another thread, does not count then. */
static double
seconds (void)
{
  struct timespec now;

  clock_gettime (g_getenv ("BENCH_CPU") != NULL ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/** bench_start: from here on the time counts. A run that never calls it is counted from end to end.
 */
void
bench_start (void)
{
  started = seconds ();
  counted = 0;
}

/** bench_stop: up to here. */
void
bench_stop (void)
{
  counted = seconds () - started;
}

/** bench_part: up to here, and another part follows: it begins with bench_start(), and both count.
 */
void
bench_part (void)
{
  kept += seconds () - started;
}

static double
measure (BenchRun run, gpointer data)
{
  double begin;

  counted = kept = 0;
  started = begin = seconds ();
  run (data);
  return counted > 0 ? kept + counted : seconds () - begin;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (GArray *times)
{
  g_array_sort (times, compare_doubles);
  return g_array_index (times, double, times->len / 2);
}

static char *
figure (const BenchCase *bench, double time)
{
  double each = time / bench->units;

  if (bench->rate)
    return g_strdup_printf ("%.0f/s", 1 / each);
  if (each >= 0.1)
    return g_strdup_printf ("%.2f s", each);
  if (each >= 0.001)
    return g_strdup_printf ("%.2f ms", each * 1e3);
  return g_strdup_printf ("%.1f µs", each * 1e6);
}

/**
 * bench_compare:
 * Runs both ways in turn, the first round uncounted, and prints
 * “name (a unit): ours X, bare Y, ratio R (target T)”. A missed target is said, never a failure:
 * machines differ.
 */
void
bench_compare (const BenchCase *bench)
{
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double)),
                     bare = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *our_figure = NULL, *bare_figure = NULL;
  guint            runs = bench->runs != 0 ? bench->runs : USUAL_RUNS;
  double           our_time, bare_time, ratio;

  for (guint i = 0; i <= runs; i++)
    {
      our_time = measure (bench->ours, bench->data);
      bare_time = measure (bench->bare, bench->data);
      if (i == 0)
        continue;
      g_array_append_val (ours, our_time);
      g_array_append_val (bare, bare_time);
    }
  our_time = median (ours);
  bare_time = median (bare);
  our_figure = figure (bench, our_time);
  bare_figure = figure (bench, bare_time);
  ratio = bench->rate ? bare_time / our_time : our_time / bare_time;
  printf ("%s (%s): ours %s, bare %s, ratio %.2f (target %s %.2f)%s\n", bench->name, bench->unit,
          our_figure, bare_figure, ratio, bench->rate ? "≥" : "≤", bench->target,
          (bench->rate ? ratio >= bench->target : ratio <= bench->target) ? "" : " missed");
  fflush (stdout);
}

/** bench_folder: Returns: (transfer full): a new folder; beside the build, since /tmp may be in
 * memory and sync there is free. */
char *
bench_folder (void)
{
  const char      *build = g_getenv ("WAYBILL_BUILD");
  g_autofree char *pattern =
      g_build_filename (build != NULL ? build : g_get_tmp_dir (), "bench-XXXXXX", NULL);
  char *folder = g_mkdtemp (g_steal_pointer (&pattern));

  if (folder == NULL)
    g_error ("no folder to measure in");
  return folder;
}

/** bench_remove: removes @folder and all in it. */
void
bench_remove (const char *folder)
{
  wb_test_remove_folder (folder);
}
