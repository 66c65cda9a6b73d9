/* SPDX-License-Identifier: GPL-3.0-or-later
 * The documents of GraphQL: read out of the resources with what they take in, and what is in one.
 */
#include "wb-graphql.h"

#include <string.h>

#define MOST_IMPORTS 16

static GBytes *
load_file (const char *folder, const char *name, GError **error)
{
  g_autofree char   *path = g_strdup_printf ("%s/%s", folder, name);
  g_autoptr (GError) local = NULL;
  GBytes            *bytes = g_resources_lookup_data (path, 0, &local);

  if (bytes == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The document %s is missing from this program",
                 path);
  return bytes;
}

/* Adds @name and, before it, what it takes in; each file once. */
static gboolean
add_file (const char *folder, const char *name, GPtrArray *seen, GString *text, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char   *own = NULL;
  g_auto (GStrv)     lines = NULL;
  gsize              size;
  const char        *data;

  if (g_ptr_array_find_with_equal_func (seen, name, g_str_equal, NULL))
    return TRUE;
  if (seen->len == MOST_IMPORTS)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The document %s takes in too many files",
                   name);
      return FALSE;
    }
  g_ptr_array_add (seen, g_strdup (name));
  bytes = load_file (folder, name, error);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  own = g_strndup (data, size);
  lines = g_strsplit (own, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = NULL;

      if (!g_str_has_prefix (lines[i], "#import \""))
        continue;
      parts = g_strsplit (lines[i], "\"", -1);
      if (!add_file (folder, parts[1], seen, text, error))
        return FALSE;
    }
  g_string_append (text, own);
  return TRUE;
}

/**
 * wb_graphql_load:
 * @document: the file's name in @folder
 *
 * Returns: (transfer full): its text, with the fragments it takes in before it.
 */
char *
wb_graphql_load (const char *folder, const char *document, GError **error)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString)   text = g_string_new (NULL);

  if (!add_file (folder, document, seen, text, error))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The word at @text, and where it ends. */
static char *
take_word (const char **text)
{
  const char *end = *text;
  char       *word;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  word = g_strndup (*text, (gsize) (end - *text));
  *text = end;
  return word;
}

static const char *
skip_blanks (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;
  return at;
}

static const char *
skip_comment (const char *at)
{
  while (*at != '\0' && *at != '\n')
    at++;
  return at;
}

/* Behind a string: "…" or """…""". */
static const char *
skip_string (const char *at)
{
  gboolean block = g_str_has_prefix (at, "\"\"\"");

  if (block)
    {
      const char *end = strstr (at + 3, "\"\"\"");

      return end != NULL ? end + 3 : at + strlen (at);
    }
  for (at++; *at != '\0' && *at != '"'; at++)
    if (*at == '\\' && at[1] != '\0')
      at++;
  return *at == '"' ? at + 1 : at;
}

/**
 * wb_graphql_operation:
 * @text: a document of one operation, and fragments
 * @mutation: (out): whether it changes something
 *
 * Returns: (transfer full) (nullable): the operation's name; %NULL when there is none with a name.
 */
char *
wb_graphql_operation (const char *text, gboolean *mutation)
{
  guint depth = 0;

  for (const char *at = text; *at != '\0';)
    {
      g_autofree char *word = NULL;
      g_autofree char *name = NULL;
      gboolean         changes;

      if (*at == '#')
        at = skip_comment (at);
      else if (*at == '"')
        at = skip_string (at);
      else if (*at == '{' || *at == '(')
        depth++, at++;
      else if ((*at == '}' || *at == ')') && depth > 0)
        depth--, at++;
      else if (!g_ascii_isalpha (*at))
        at++;
      else
        {
          word = take_word (&at);
          changes = g_str_equal (word, "mutation");
          if (depth > 0 ||
              (!changes && !g_str_equal (word, "query") && !g_str_equal (word, "fragment")))
            continue;
          at = skip_blanks (at);
          name = take_word (&at);
          if (g_str_equal (word, "fragment"))
            continue;
          if (*name == '\0')
            return NULL;
          *mutation = changes;
          return g_steal_pointer (&name);
        }
    }
  return NULL;
}
