/* SPDX-License-Identifier: GPL-3.0-or-later
 * The countries of a drop-down, by their names in the user's language and order. */
#include "wb-country-list.h"

#include "wb-address-format.h"

typedef struct
{
  char *code;
  char *name;
  char *key;
} Country;

static int
compare_countries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Country *) a)->key, ((const Country *) b)->key);
}

/** wb_country_list_fill: puts all countries into @drop_down; @chosen: (nullable): the code of the
 * one that is chosen. Returns: (transfer full) (element-type utf8): their codes, as the list shows
 * them. */
GPtrArray *
wb_country_list_fill (GtkDropDown *drop_down, const char *chosen)
{
  g_auto (GStrv)            codes = wb_country_codes ();
  g_autoptr (GArray)        countries = g_array_new (FALSE, FALSE, sizeof (Country));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GPtrArray                *list = g_ptr_array_new_with_free_func (g_free);
  guint                     selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      Country country = { .code = codes[i], .name = wb_country_name (codes[i]) };

      country.key = g_utf8_collate_key (country.name, -1);
      g_array_append_val (countries, country);
    }
  g_array_sort (countries, compare_countries);
  for (guint i = 0; i < countries->len; i++)
    {
      Country *country = &g_array_index (countries, Country, i);

      if (g_strcmp0 (country->code, chosen) == 0)
        selected = i;
      g_ptr_array_add (list, g_strdup (country->code));
      gtk_string_list_append (names, country->name);
      g_free (country->name);
      g_free (country->key);
    }
  gtk_drop_down_set_expression (
      drop_down, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (drop_down, selected);
  return list;
}
