/* SPDX-License-Identifier: GPL-3.0-or-later
 * --help of the program and of each command, made from the table of commands. */
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-config.h"

#include <glib/gi18n.h>
#include <stdio.h>

static void
print_options (const WbCliOption *options, guint most)
{
  for (guint i = 0; i < most && options[i].name != NULL; i++)
    {
      g_autofree char *left =
          options[i].argument != NULL
              ? g_strdup_printf ("--%s %s", options[i].name, _ (options[i].argument))
              : g_strdup_printf ("--%s", options[i].name);

      printf ("  %s", left);
      wb_cli_pad (26 - (int) wb_cli_width (left));
      printf (" %s\n", _ (options[i].help));
    }
}

static void
print_command_help (const WbCommand *command)
{
  /* Translators: the word before how a command is typed */
  printf ("%s waybillctl %s%s%s%s\n", _ ("Usage:"), command->name,
          command->options[0].name != NULL ? _ (" [OPTION…]") : "",
          command->arguments != NULL ? " " : "",
          command->arguments != NULL ? _ (command->arguments) : "");
  printf ("\n%s\n", _ (command->summary));
  if (command->details != NULL)
    printf ("\n%s\n", _ (command->details));
  if (command->options[0].name != NULL)
    {
      printf ("\n%s\n", _ ("Options:"));
      print_options (command->options, WB_CLI_MOST_OPTIONS);
    }
  printf ("\n%s\n", _ ("Options of every command:"));
  print_options (wb_cli_globals, G_MAXUINT);
}

static void
print_all_help (void)
{
  printf ("%s waybillctl %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…] [ARGUMENT…]"),
          _ ("Orders, labels and captured payments from the command line."));
  for (guint g = 0; wb_command_groups[g] != NULL; g++)
    {
      printf ("\n%s:\n", _ (wb_command_group_titles[g]));
      for (const WbCommand *command = wb_command_groups[g]; command->name != NULL; command++)
        {
          printf ("  %s", command->name);
          wb_cli_pad (14 - (int) wb_cli_width (command->name));
          printf (" %s\n", _ (command->summary));
        }
    }
  printf ("\n%s\n", _ ("Options of every command:"));
  print_options (wb_cli_globals, G_MAXUINT);
  printf (
      "\n%s\n",
      _ ("“waybillctl COMMAND --help” tells more about one command; “man waybillctl” about all."));
}

/** wb_cli_print_help: prints what can be done with @command; %NULL: with the program. */
void
wb_cli_print_help (const WbCommand *command)
{
  if (command != NULL)
    print_command_help (command);
  else
    print_all_help ();
}

/** wb_cli_print_version: prints which version this is. */
void
wb_cli_print_version (gboolean json)
{
  if (json)
    printf ("{\"program\": \"waybillctl\", \"version\": \"%s\"}\n", WB_VERSION);
  else
    printf ("waybillctl %s\n", WB_VERSION);
}
