/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of all sub-commands, in groups, and of the options that every one of them understands.
 */
#include "wb-cli.h"

#include <glib/gi18n.h>

const WbCommand *const wb_command_groups[] = {
  wb_commands_orders,    wb_commands_merge,
  wb_commands_ship,      wb_commands_paper,
  wb_commands_documents, wb_commands_evidence,
  wb_commands_money,     wb_commands_charge,
  wb_commands_journal,   wb_commands_connect,
  wb_commands_setup,     wb_commands_printing,
  wb_commands_channels,  wb_commands_keep,
  wb_commands_stock,     wb_commands_waves,
  wb_commands_buying,    wb_commands_rules,
  wb_commands_doctor,    wb_commands_practice,
  wb_commands_own,       NULL,
};

const char *const wb_command_group_titles[] = {
  N_ ("Orders"),      N_ ("One parcel"), N_ ("Shipping"),
  N_ ("Paper"),       N_ ("Documents"),  N_ ("Evidence"),
  N_ ("Money"),       N_ ("Charges"),    N_ ("What happened"),
  N_ ("Connections"), N_ ("Set-up"),     N_ ("Printing"),
  N_ ("Channels"),    N_ ("Keeping"),    N_ ("Stock"),
  N_ ("Picking"),     N_ ("Buying"),     N_ ("Rules"),
  N_ ("Health"),      N_ ("Practice"),   N_ ("Orders from elsewhere"),
};

const WbCliOption wb_cli_globals[] = {
  { "book", N_ ("FILE"), N_ ("the order book to work on") },
  { "workspace", N_ ("NAME"), N_ ("the workspace to work on, instead of “default”") },
  { "practice", N_ ("FOLDER"), N_ ("work in the practice workspace kept in a folder") },
  { "secrets-file", N_ ("FILE"),
    N_ ("keep the keys in a file of mode 0600, not in the password store") },
  { "trace", N_ ("FILE"), N_ ("write down all traffic with vendors, keys left out, for support") },
  { "json", NULL, N_ ("print one JSON document, for programs") },
  { "quiet", NULL, N_ ("print nothing but errors and what was asked for") },
  { "help", NULL, N_ ("show this help") },
  { NULL },
};

/** wb_command_find: Returns: (nullable): the command called @name. */
const WbCommand *
wb_command_find (const char *name)
{
  for (guint g = 0; wb_command_groups[g] != NULL; g++)
    for (const WbCommand *command = wb_command_groups[g]; command->name != NULL; command++)
      if (g_str_equal (command->name, name))
        return command;
  return NULL;
}
