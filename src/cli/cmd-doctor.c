/* SPDX-License-Identifier: GPL-3.0-or-later
 * doctor, version, help: what is set up, missing, wrong. */
#include "wb-cli-table.h"
#include "wb-cli.h"
#include "wb-doctor.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static JsonNode *
findings_to_json (GPtrArray *rows)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const WbFindingRow *row = rows->pdata[i];

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "ok");
      json_builder_add_boolean_value (builder, row->ok);
      json_builder_set_member_name (builder, "subject");
      json_builder_add_string_value (builder, row->subject);
      json_builder_set_member_name (builder, "finding");
      json_builder_add_string_value (builder, row->finding);
      json_builder_set_member_name (builder, "advice");
      if (row->advice != NULL)
        json_builder_add_string_value (builder, row->advice);
      else
        json_builder_add_null_value (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static void
print_findings (GPtrArray *rows)
{
  guint width = 0;

  for (guint i = 0; i < rows->len; i++)
    width = MAX (width, wb_cli_width (((WbFindingRow *) rows->pdata[i])->subject));
  for (guint i = 0; i < rows->len; i++)
    {
      const WbFindingRow *row = rows->pdata[i];

      printf ("%s %s", row->ok ? "✓" : "✗", row->subject);
      wb_cli_pad ((int) width - (int) wb_cli_width (row->subject));
      printf ("  %s\n", row->finding != NULL ? row->finding : "");
      if (row->advice == NULL)
        continue;
      wb_cli_pad ((int) width + 4);
      printf ("→ %s\n", row->advice);
    }
}

static gboolean
cmd_doctor (WbCli *self, GError **error)
{
  WbDesk               *desk = wb_cli_open (self, error);
  g_autoptr (GPtrArray) rows = NULL;

  if (desk == NULL || (rows = wb_desk_examine (desk, !wb_cli_has (self, "offline"),
                                               self->cancellable, error)) == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (findings_to_json (rows));
  else
    print_findings (rows);
  for (guint i = 0; i < rows->len; i++)
    if (!((WbFindingRow *) rows->pdata[i])->ok)
      self->exit_code = WB_EXIT_FAILED;
  return TRUE;
}

static gboolean
cmd_version (WbCli *self, GError **error)
{
  wb_cli_print_version (self->json);
  return TRUE;
}

static gboolean
cmd_help (WbCli *self, GError **error)
{
  const WbCommand *command = self->words->len > 0 ? wb_command_find (wb_cli_word (self, 0)) : NULL;

  if (self->words->len > 0 && command == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("There is no command “%s”"),
                   wb_cli_word (self, 0));
      return FALSE;
    }
  wb_cli_print_help (command);
  return TRUE;
}

const WbCommand wb_commands_doctor[] = {
  { "doctor",
    NULL,
    0,
    0,
    N_ ("tell what is set up, what is missing and what is wrong"),
    N_ ("Ends with status 1 when something needs attention."),
    cmd_doctor,
    { { "offline", NULL, N_ ("do not ask shops, carriers and gateways") } } },
  { "version", NULL, 0, 0, N_ ("tell which version this is"), NULL, cmd_version, { { NULL } } },
  { "help", N_ ("[COMMAND]"), 0, 1, N_ ("show what can be done"), NULL, cmd_help, { { NULL } } },
  { NULL },
};
