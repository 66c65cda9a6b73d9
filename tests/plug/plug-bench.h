/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the plug tests of money share: a child that is killed at its N-th point, faults, and the
 * verdict. */
#pragma once

#include "wb-bench.h"

G_BEGIN_DECLS

typedef struct
{
  const char *program;
  WbBench    *bench;
  WbDesk     *desk;
  guint       points, doubled, lost;
} Plug;

typedef struct
{
  const char *service, *method, *path, *kind; /* service NULL: none */
} PlugFault;

gboolean plug_is_child (int argc, char **argv);
gboolean plug_run (Plug *plug, guint kill_at, const char *first, ...) G_GNUC_NULL_TERMINATED;
void     plug_fault (Plug *plug, const PlugFault *fault);
char    *plug_point (const PlugFault *fault, guint at);
void     plug_judge (Plug *plug, const char *what, gint64 is, gint64 should, const char *point);
int      plug_end (Plug *plug, const char *name, guint least);

G_END_DECLS
