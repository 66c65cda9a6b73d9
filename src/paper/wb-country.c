/* SPDX-License-Identifier: GPL-3.0-or-later
 * The names of countries in the user's language, from the system's iso-codes. */
#include "wb-address-format.h"

#include "wb-json.h"

#include <gio/gio.h>
#include <libintl.h>
#include <string.h>

#define ISO_3166 "iso_3166-1"

/* The member @name of @object when it is a text. */
static const char *
text_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static void
read_country (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  JsonObject *country = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *code = country != NULL ? text_of (country, "alpha_2") : NULL;
  const char *name = code != NULL ? text_of (country, "common_name") : NULL;

  if (code != NULL && name == NULL)
    name = text_of (country, "name");
  if (name != NULL)
    g_hash_table_insert (user_data, g_strdup (code), g_strdup (name));
}

static gboolean
read_countries (const char *path, GHashTable *names)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode              *root, *list;

  if (!json_parser_load_from_file (parser, path, NULL))
    return FALSE;
  root = json_parser_get_root (parser);
  list = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
             ? json_object_get_member (json_node_get_object (root), "3166-1")
             : NULL;
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return FALSE;
  json_array_foreach_element (json_node_get_array (list), read_country, names);
  return TRUE;
}

/* Code to English name, read once; empty on a machine without iso-codes. */
static GHashTable *
country_names (void)
{
  static gsize       once = 0;
  static GHashTable *names;

  if (g_once_init_enter (&once))
    {
      const char *const *folders = g_get_system_data_dirs ();
      gboolean           found = FALSE;

      names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (guint i = 0; folders[i] != NULL && !found; i++)
        {
          g_autofree char *path =
              g_build_filename (folders[i], "iso-codes", "json", ISO_3166 ".json", NULL);

          found = read_countries (path, names);
        }
      bind_textdomain_codeset (ISO_3166, "UTF-8");
      g_once_init_leave (&once, 1);
    }
  return names;
}

/**
 * wb_country_name:
 * @code: ISO 3166-1 alpha-2, in either case
 *
 * Returns: (transfer full): the country's name in the user's language; @code itself where it is not
 * known.
 */
char *
wb_country_name (const char *code)
{
  g_autofree char *upper = g_ascii_strup (code, -1);
  const char      *name = g_hash_table_lookup (country_names (), upper);

  return name != NULL ? g_strdup (g_dgettext (ISO_3166, name)) : g_steal_pointer (&upper);
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * wb_country_codes:
 * Returns: (transfer full): every ISO 3166-1 alpha-2 code that has a name here, in the order of
 * the codes; empty on a machine without iso-codes.
 */
char **
wb_country_codes (void)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  GHashTableIter        iter;
  gpointer              code;

  g_hash_table_iter_init (&iter, country_names ());
  while (g_hash_table_iter_next (&iter, &code, NULL))
    g_ptr_array_add (codes, g_strdup (code));
  g_ptr_array_sort (codes, compare_codes);
  g_ptr_array_add (codes, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&codes), FALSE);
}

/** wb_country_find: Returns: (transfer full) (nullable): the code of the country that somebody
 * typed, by its code or by its name in their language; %NULL: it is none. */
char *
wb_country_find (const char *typed)
{
  g_auto (GStrv)   codes = wb_country_codes ();
  g_autofree char *plain = g_strstrip (g_strdup (typed)), *folded = g_utf8_casefold (plain, -1);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *name = wb_country_name (codes[i]);
      g_autofree char *folded_name = g_utf8_casefold (name, -1);

      if (g_ascii_strcasecmp (codes[i], plain) == 0 || g_str_equal (folded_name, folded))
        return g_strdup (codes[i]);
    }
  return NULL;
}
