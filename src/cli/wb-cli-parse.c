/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was typed: the command, its options (anywhere, “--name value” or “--name=value”) and its
 * other words. */
#include "wb-cli.h"

#include <glib/gi18n.h>
#include <string.h>

static const WbCliOption *
find_option (const WbCliOption *options, guint most, const char *name)
{
  for (guint i = 0; i < most && options[i].name != NULL; i++)
    if (g_str_equal (options[i].name, name))
      return &options[i];
  return NULL;
}

static void
keep (WbCli *self, const char *name, const char *value)
{
  GPtrArray *values = g_hash_table_lookup (self->options, name);

  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->options, g_strdup (name), values);
    }
  g_ptr_array_add (values, g_strdup (value));
}

static gboolean
fail (GError **error, const char *format, const char *what)
{
  g_autofree char *clean = g_utf8_make_valid (what, -1);

  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, format, clean);
  return FALSE;
}

/* One option and, when it takes one and has no “=”, the word after it. */
static gboolean
take_option (WbCli *self, char **arguments, guint *at, GError **error)
{
  const char      *text = arguments[*at] + 2;
  const char      *equals = strchr (text, '=');
  g_autofree char *name =
      equals != NULL ? g_strndup (text, (gsize) (equals - text)) : g_strdup (text);
  const WbCliOption *option = find_option (wb_cli_globals, G_MAXUINT, name);

  if (option == NULL && self->command != NULL)
    option = find_option (self->command->options, WB_CLI_MOST_OPTIONS, name);
  if (option == NULL)
    return fail (error, _ ("There is no option --%s here"), name);
  if (option->argument == NULL && equals != NULL)
    return fail (error, _ ("--%s takes no value"), name);
  if (option->argument == NULL)
    keep (self, name, "");
  else if (equals != NULL)
    keep (self, name, equals + 1);
  else if (arguments[*at + 1] != NULL)
    keep (self, name, arguments[++*at]);
  else
    return fail (error, _ ("--%s needs a value"), name);
  return TRUE;
}

/* Global options may stand before the command: it is the first word that is none. */
static const WbCommand *
find_command (char **arguments, guint *place)
{
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      const WbCliOption *option;

      if (arguments[i][0] != '-')
        {
          *place = i;
          return wb_command_find (arguments[i]);
        }
      option = g_str_has_prefix (arguments[i], "--") && strchr (arguments[i], '=') == NULL
                   ? find_option (wb_cli_globals, G_MAXUINT, arguments[i] + 2)
                   : NULL;
      if (option != NULL && option->argument != NULL && arguments[i + 1] != NULL)
        i++;
    }
  *place = G_MAXUINT;
  return NULL;
}

static gboolean
check_words (WbCli *self, GError **error)
{
  g_autofree char *typed = NULL;

  if (self->command == NULL || wb_cli_has (self, "help"))
    return TRUE;
  if (self->words->len > self->command->most)
    return fail (error, _ ("“%s” is one word too many"), self->words->pdata[self->command->most]);
  if (self->words->len >= self->command->least)
    return TRUE;
  typed = g_strdup_printf ("waybillctl %s %s", self->command->name, _ (self->command->arguments));
  return fail (error, _ ("Something is missing; it is typed so: %s"), typed);
}

/**
 * wb_cli_parse:
 * @arguments: %NULL-terminated, without the program's name
 *
 * Fills command, words and options. A lone “-” is a word, and so is a number below zero; “--” ends
 * the options.
 */
gboolean
wb_cli_parse (WbCli *self, char **arguments, GError **error)
{
  guint    place;
  gboolean only_words = FALSE;

  self->command = find_command (arguments, &place);
  if (self->command == NULL && place != G_MAXUINT)
    return fail (error, _ ("There is no command “%s”"), arguments[place]);
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      if (i == place)
        continue;
      if (!only_words && g_str_equal (arguments[i], "--"))
        only_words = TRUE;
      else if (!only_words && g_str_equal (arguments[i], "-h"))
        keep (self, "help", "");
      else if (!only_words && g_str_has_prefix (arguments[i], "--"))
        {
          if (!take_option (self, arguments, &i, error))
            return FALSE;
        }
      else if (!only_words && arguments[i][0] == '-' && !g_ascii_isdigit (arguments[i][1]) &&
               arguments[i][1] != '\0')
        return fail (error, _ ("There is no option %s here"), arguments[i]);
      else
        g_ptr_array_add (self->words, g_strdup (arguments[i]));
    }
  self->json = wb_cli_has (self, "json");
  self->quiet = wb_cli_has (self, "quiet");
  return check_words (self, error);
}

/** wb_cli_option: Returns: (nullable): the value of an option, the last one when it was given more
 * than once. */
const char *
wb_cli_option (WbCli *self, const char *name)
{
  GPtrArray *values = g_hash_table_lookup (self->options, name);

  return values != NULL ? values->pdata[values->len - 1] : NULL;
}

/** wb_cli_values: Returns: (nullable) (element-type utf8): all values of an option that may be
 * given more than once. */
GPtrArray *
wb_cli_values (WbCli *self, const char *name)
{
  return g_hash_table_lookup (self->options, name);
}

/** wb_cli_has: whether an option was given. */
gboolean
wb_cli_has (WbCli *self, const char *name)
{
  return g_hash_table_contains (self->options, name);
}

/** wb_cli_word: Returns: (nullable): one of the words that are no options. */
const char *
wb_cli_word (WbCli *self, guint index)
{
  return index < self->words->len ? self->words->pdata[index] : NULL;
}

/**
 * wb_cli_number:
 * @out: (inout): the whole number of option @name; untouched when it was not given
 *
 * %WB_ERROR_INVALID when it is no number or less than @least.
 */
gboolean
wb_cli_number (WbCli *self, const char *name, gint64 least, gint64 *out, GError **error)
{
  const char *text = wb_cli_option (self, name);
  gint64      number;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, least, G_MAXINT64, &number, NULL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("--%s takes a whole number from %d up, not “%s”"), name, (int) least, text);
      return FALSE;
    }
  *out = number;
  return TRUE;
}
