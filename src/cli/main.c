/* SPDX-License-Identifier: GPL-3.0-or-later
 * waybillctl: the engine for scripts, cron, tests and machines with no display. */
#include "wb-cli.h"

#include "wb-config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* The first Ctrl-C stops before the next step (what was bought stays bought and known); the second
 * ends at once. */
static gpointer
wait_for_signal (gpointer data)
{
  sigset_t signals;
  int      number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  sigwait (&signals, &number);
  g_cancellable_cancel (data);
  sigwait (&signals, &number);
  _exit (128 + number);
  return NULL;
}

static void
catch_signals (WbCli *self)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_DFL);
  g_thread_unref (g_thread_new ("signals", wait_for_signal, g_object_ref (self->cancellable)));
}

static void
cli_clear (WbCli *self)
{
  wb_cli_close (self);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_clear_object (&self->cancellable);
}

static int
run (WbCli *self, char **arguments)
{
  g_autoptr (GError) error = NULL;

  if (!wb_cli_parse (self, arguments, &error))
    {
      fprintf (stderr, "waybillctl: %s.\n", error->message);
      fprintf (stderr, "  %s\n", _ ("“waybillctl --help” tells what there is."));
      return WB_EXIT_USAGE;
    }
  if (self->command == NULL && !wb_cli_has (self, "help"))
    {
      wb_cli_print_help (NULL);
      return WB_EXIT_USAGE;
    }
  if (wb_cli_has (self, "help"))
    {
      wb_cli_print_help (self->command);
      return WB_EXIT_OK;
    }
  if (self->command->run (self, &error))
    return self->exit_code;
  wb_cli_report (self, error);
  return wb_cli_exit_code (error);
}

int
main (int argc, char **argv)
{
  WbCli       self = { 0 };
  const char *locales;
  int         code;

  setlocale (LC_ALL, "");
  /* Run from the build folder, the translations lie there. */
  locales = g_getenv ("WAYBILL_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : WB_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("waybillctl");

  if (argc == 2 && g_str_equal (argv[1], "--version"))
    {
      wb_cli_print_version (FALSE);
      return WB_EXIT_OK;
    }
  self.words = g_ptr_array_new_with_free_func (g_free);
  self.options =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self.cancellable = g_cancellable_new ();
  catch_signals (&self);
  code = run (&self, argv + 1);
  cli_clear (&self);
  return fflush (stdout) == 0 ? code : WB_EXIT_FAILED;
}
