/* SPDX-License-Identifier: GPL-3.0-or-later
 * What waybillctl prints: sentences for people, JSON for programs, errors with what to do, and the
 * exit code of each. */
#include "wb-cli.h"

#include "wb-refusals.h"
#include "wb-text.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* The one place where an error becomes an exit code; data/waybillctl.1 lists them. */
static const int exit_codes[WB_N_ERRORS] = {
  [WB_ERROR_FAILED] = 1,      [WB_ERROR_INVALID] = 2,     [WB_ERROR_NOT_FOUND] = 8,
  [WB_ERROR_CONFLICT] = 4,    [WB_ERROR_AUTH] = 9,        [WB_ERROR_REFUSED] = 3,
  [WB_ERROR_DECLINED] = 3,    [WB_ERROR_EXPIRED] = 3,     [WB_ERROR_ALREADY] = 3,
  [WB_ERROR_TOO_MUCH] = 3,    [WB_ERROR_UNAVAILABLE] = 5, [WB_ERROR_UNSURE] = 4,
  [WB_ERROR_CANCELLED] = 130, [WB_ERROR_STORAGE] = 6,     [WB_ERROR_SECRETS] = 7,
};

/** wb_cli_exit_code: Returns: the exit code that @error leads to. */
int
wb_cli_exit_code (const GError *error)
{
  return exit_codes[wb_error_code (error)];
}

/** wb_cli_say: prints a sentence for people, unless JSON or quiet was asked for. */
void
wb_cli_say (WbCli *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  if (self->json || self->quiet)
    return;
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  puts (text);
}

/** wb_cli_print_json: prints one document, indented; takes @node. */
void
wb_cli_print_json (JsonNode *node)
{
  g_autoptr (JsonNode) own = node;
  g_autofree char     *text = wb_json_to_pretty (own);

  fputs (text, stdout);
  if (*text == '\0' || !g_str_has_suffix (text, "\n"))
    putchar ('\n');
}

/** wb_cli_print_line: prints one document on one line at once; takes @node. */
void
wb_cli_print_line (JsonNode *node)
{
  g_autoptr (JsonNode) own = node;
  g_autofree char     *text = wb_json_to_text (own);

  puts (text);
  fflush (stdout);
}

/** wb_cli_report: tells on stderr what went wrong and what it means. With --json as a document
 * there. */
void
wb_cli_report (WbCli *self, const GError *error)
{
  g_autofree char *message = wb_text_one_line (error->message);
  g_autofree char *advice = wb_error_advice (error);

  fflush (stdout);
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (JsonNode)    root = NULL;
      g_autofree char        *text = NULL;

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "error");
      json_builder_add_string_value (builder, wb_error_to_name (wb_error_code (error)));
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, message);
      json_builder_set_member_name (builder, "advice");
      json_builder_add_string_value (builder, advice);
      json_builder_end_object (builder);
      root = json_builder_get_root (builder);
      text = wb_json_to_text (root);
      fprintf (stderr, "%s\n", text);
      return;
    }
  fprintf (stderr, "waybillctl: %s.\n",
           g_str_has_suffix (message, ".") ? (message[strlen (message) - 1] = '\0', message)
                                           : message);
  if (wb_error_code (error) != WB_ERROR_FAILED)
    fprintf (stderr, "  %s\n", advice);
}
