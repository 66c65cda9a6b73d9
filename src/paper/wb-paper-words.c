/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words printed on papers, by language, read from the program's own data. */
#include "wb-paper-words.h"

#include "wb-paper-resource.h"
#include "wb-spec.h"

#include <string.h>

#define FOLDER "/org/waybill/paper/words/"

struct _WbWords
{
  char       *language;
  WbSpec     *spec;
  GHashTable *by_key; /* both borrowed from spec */
};

/* Where one language can be taken for granted. Countries of several (BE, CA, CH, LU…) are left to
 * the merchant. */
static const struct
{
  const char *language;
  const char *countries;
} spoken[] = {
  { "ar", "AE BH DZ EG IQ JO KW LB LY MA OM QA SA SY TN YE" },
  { "de", "AT DE LI" },
  { "en", "AG AU BB BS GB GH GI IE JM KE MT NG NZ TT US" },
  { "fr", "FR GF GP MC MQ NC PF PM RE SN YT" },
  { "he", "IL" },
  { "ja", "JP" },
};

static WbWords *
read_words (const char *file)
{
  g_autofree char   *path = g_strconcat (FOLDER, file, NULL);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (wb_paper_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  WbWords           *self = g_new0 (WbWords, 1);

  self->spec = wb_spec_parse (bytes, file, &error);
  if (self->spec == NULL)
    g_error ("%s", error->message); /* the program's own data: a test reads it all */
  self->language = g_strndup (file, strcspn (file, "."));
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < wb_spec_count (self->spec); i++)
    {
      const WbSpecEntry *entry = wb_spec_entry (self->spec, i);

      g_hash_table_insert (self->by_key, (gpointer) entry->key, (gpointer) entry->value);
    }
  return self;
}

/* Language → WbWords, read once. */
static GHashTable *
all_words (void)
{
  static gsize       once = 0;
  static GHashTable *all;

  if (g_once_init_enter (&once))
    {
      g_auto (GStrv) files = g_resource_enumerate_children (wb_paper_get_resource (), FOLDER,
                                                            G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      all = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; files != NULL && files[i] != NULL; i++)
        {
          WbWords *words = read_words (files[i]);

          g_hash_table_insert (all, words->language, words);
        }
      g_once_init_leave (&once, 1);
    }
  return all;
}

/**
 * wb_words_find:
 * @language: (nullable): “de”, “de-AT”, “de_AT.UTF-8”
 *
 * Returns: (transfer none) (nullable): its words; %NULL where there is no translation.
 */
const WbWords *
wb_words_find (const char *language)
{
  g_autofree char *lower = language != NULL ? g_ascii_strdown (language, -1) : NULL;

  if (lower == NULL)
    return NULL;
  lower[strcspn (lower, "-_.@")] = '\0';
  return g_hash_table_lookup (all_words (), lower);
}

/** wb_words_default: Returns: (transfer none): the words of the user's language, else English. */
const WbWords *
wb_words_default (void)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      const WbWords *words = wb_words_find (names[i]);

      if (words != NULL)
        return words;
    }
  return wb_words_find ("en");
}

/** wb_words_for: Returns: (transfer none): the words of @language, else those of the user's. */
const WbWords *
wb_words_for (const char *language)
{
  const WbWords *words = wb_words_find (language);

  return words != NULL ? words : wb_words_default ();
}

/** wb_words_language: Returns: (transfer none): “de”. */
const char *
wb_words_language (const WbWords *self)
{
  return self->language;
}

/** wb_words_get: Returns: (transfer none): the words for @key; English where they lack, @key itself
 * where that lacks too. */
const char *
wb_words_get (const WbWords *self, const char *key)
{
  const char *text = g_hash_table_lookup (self->by_key, key);

  if (text == NULL && strcmp (self->language, "en") != 0)
    return wb_words_get (wb_words_find ("en"), key);
  return text != NULL ? text : key;
}

/** wb_words_know: whether papers use the words @key at all. */
gboolean
wb_words_know (const char *key)
{
  return g_hash_table_contains (wb_words_find ("en")->by_key, key);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/** wb_words_languages: Returns: (transfer full): every language papers speak, by its code. */
char **
wb_words_languages (void)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  GHashTableIter        iter;
  gpointer              code;

  g_hash_table_iter_init (&iter, all_words ());
  while (g_hash_table_iter_next (&iter, &code, NULL))
    g_ptr_array_add (codes, g_strdup (code));
  g_ptr_array_sort (codes, compare);
  g_ptr_array_add (codes, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&codes), FALSE);
}

/** wb_country_language: Returns: (transfer none) (nullable): the one language of @country; %NULL
 * where there are several or none that papers speak. */
const char *
wb_country_language (const char *country)
{
  if (country == NULL || strlen (country) != 2)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (spoken); i++)
    for (const char *p = spoken[i].countries; *p != '\0'; p += p[2] == ' ' ? 3 : 2)
      if (g_ascii_strncasecmp (p, country, 2) == 0)
        return spoken[i].language;
  return NULL;
}
