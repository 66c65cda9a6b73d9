/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs a command on a practice workspace of its own, whose paths it finds in WB_BOOK and
 * WB_SECRETS: for pictures and for trying. */
#include "client-bench.h"

#include <stdlib.h>

int
main (int argc, char **argv)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (GError)  error = NULL;
  g_autofree char    *secrets = NULL;
  int                 status = 0;

  if (argc < 2)
    {
      g_printerr ("usage: practice-window COMMAND [ARGUMENT…]\n");
      return 2;
    }
  options.orders = g_getenv ("WB_ORDERS") != NULL ? (guint) atoi (g_getenv ("WB_ORDERS")) : 60;
  bench = client_bench_new (&options, &secrets);
  g_setenv ("WB_BOOK", bench->book, TRUE);
  g_setenv ("WB_SECRETS", secrets, TRUE);
  if (g_spawn_sync (NULL, argv + 1, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL,
                    NULL, NULL, NULL, &status, &error))
    return g_spawn_check_wait_status (status, NULL) ? 0 : 1;
  g_printerr ("practice-window: %s\n", error->message);
  return 1;
}
