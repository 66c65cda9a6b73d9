/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the plug tests of money share: a child that is killed at its N-th point, faults, and the
 * verdict. */
#include "plug-bench.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

static guint points_left;

static void
pull_plug (const char *point)
{
  if (--points_left == 0)
    raise (SIGKILL);
}

/* Whether this process is one that plug_run() began: its own arguments are from argv[3] on, and it
 * dies at the point it was told. */
gboolean
plug_is_child (int argc, char **argv)
{
  if (argc < 4 || !g_str_equal (argv[1], "--child"))
    return FALSE;
  points_left = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  wb_journal_set_plug (pull_plug);
  return TRUE;
}

/* Runs the program with @first and what follows, to be killed at point number @kill_at, 0: never.
 * Returns: whether it was killed. */
gboolean
plug_run (Plug *plug, guint kill_at, const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char      *at = g_strdup_printf ("%u", kill_at);
  g_autoptr (GError)    error = NULL;
  int                   status = 0;
  va_list               rest;

  g_ptr_array_add (arguments, (gpointer) plug->program);
  g_ptr_array_add (arguments, (gpointer) "--child");
  g_ptr_array_add (arguments, at);
  va_start (rest, first);
  for (const char *one = first; one != NULL; one = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) one);
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  g_assert_true (g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_STDERR_TO_DEV_NULL,
                               NULL, NULL, NULL, NULL, &status, &error));
  return WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL;
}

/* Lets the next request that @fault names meet it. */
void
plug_fault (Plug *plug, const PlugFault *fault)
{
  if (fault->service != NULL)
    wb_bench_fault (plug->bench, fault->service, fault->method, fault->path, fault->kind, 0);
}

/* Returns: (transfer full): the name of a point. */
char *
plug_point (const PlugFault *fault, guint at)
{
  return g_strdup_printf ("%s %s point %u", fault->path != NULL ? fault->path : "-",
                          fault->kind != NULL ? fault->kind : "none", at);
}

/* More than there should be is doubled, less is lost. */
void
plug_judge (Plug *plug, const char *what, gint64 is, gint64 should, const char *point)
{
  if (is == should)
    return;
  printf ("%s: %s: %" G_GINT64_FORMAT " instead of %" G_GINT64_FORMAT "\n", point, what, is,
          should);
  *(is > should ? &plug->doubled : &plug->lost) += 1;
}

/* The last line, and what the program ends with. */
int
plug_end (Plug *plug, const char *name, guint least)
{
  g_clear_object (&plug->desk);
  g_clear_pointer (&plug->bench, wb_bench_free);
  printf ("%s: %u points, %u doubled, %u lost\n", name, plug->points, plug->doubled, plug->lost);
  return plug->points >= least && plug->doubled == 0 && plug->lost == 0 ? 0 : 1;
}
