/* SPDX-License-Identifier: GPL-3.0-or-later
 * A window on a practice town, for tests that look at it and work it from outside. */
#pragma once

#include "a11y.h"
#include "client-bench.h"

G_BEGIN_DECLS

/**
 * WindowBench:
 * @desk, @book: this process's own, beside the window's; the book is the desk's
 * @app, @window: %NULL while it is closed
 * @page: (nullable): what is looked at: the other pages need not be searched each time
 */
typedef struct
{
  const char      *program;
  WbBench         *bench;
  WbDesk          *desk;
  WbBook          *book;
  char            *secrets;
  AtspiAccessible *app, *window, *page;
  GPid             pid;
} WindowBench;

void window_bench_begin (WindowBench *self, int *argc, char ***argv);
void window_bench_make (WindowBench *self, const WbTownOptions *options);
void window_bench_start (WindowBench *self, const char *book, const char *secrets);
void window_bench_open (WindowBench *self);
void window_bench_open_orders (WindowBench *self);
void window_bench_find_order (WindowBench *self, const char *number);
void window_bench_choose_order (WindowBench *self, gint64 order_id);
void window_bench_close (WindowBench *self);
void window_bench_wait_closed (WindowBench *self);
int  window_bench_run (WindowBench *self);
void window_bench_free (WindowBench *self);

G_END_DECLS
