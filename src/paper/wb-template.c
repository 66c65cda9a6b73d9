/* SPDX-License-Identifier: GPL-3.0-or-later
 * Templates: read, checked line by line, and found: the workspace's own before the program's. */
#include "wb-template.h"

#include "wb-file.h"
#include "wb-paper-resource.h"
#include "wb-paper-words.h"
#include "wb-spec.h"

#include <string.h>

#define RESOURCES  "/org/waybill/paper/"
#define SUFFIX     ".template"
#define MOST_BYTES (64 * 1024)

/* What each kind of paper can be made of. */
typedef struct
{
  const char *kind;
  const char *blocks;
  const char *facts;
  const char *columns;
} Kind;

#define ORDER_FACTS  "order ordered-on ordered-at paid-with"
#define PARCEL_FACTS ORDER_FACTS " sent-on sent-with tracking parcel pieces reference weight"
#define COMMON       "letterhead addresses table message"

static const Kind kinds[] = {
  { WB_PAPER_SLIP, COMMON, PARCEL_FACTS, "sku article ordered here to-come" },
  { WB_PAPER_GIFT, COMMON, PARCEL_FACTS, "sku article here" },
  { WB_PAPER_RECEIPT, COMMON " totals", ORDER_FACTS " pieces",
    "sku article quantity price tax amount" },
  { WB_PAPER_RETURN, COMMON " how label", PARCEL_FACTS, "sku article quantity back reason" },
  { WB_PAPER_INVOICE, COMMON " totals declaration signature",
    "invoice-number made-on order sent-with tracking reference gross-weight contents terms",
    "sku description hs-code origin quantity net-weight price value" },
  { WB_PAPER_PICK, COMMON, "made-on orders lines pieces",
    "picked bin sku article quantity orders" },
  { WB_PAPER_MANIFEST, COMMON " signature", "carrier made-on parcels total-weight",
    "tracking order ship-to service weight reference" },
};

static const char *kind_names[G_N_ELEMENTS (kinds) + 1];

struct _WbTemplate
{
  const Kind *kind;
  WbSpec     *spec;
  const char *title;
  const char *message;
  char      **blocks;
  char      **facts;
  char      **columns;
  gboolean    barcode;
  gboolean    has_accent;
  double      accent[3];
  gboolean    has_words;
};

/** wb_template_free: frees @self; NULL is fine. */
void
wb_template_free (WbTemplate *self)
{
  if (self == NULL)
    return;
  wb_spec_free (self->spec);
  g_strfreev (self->blocks);
  g_strfreev (self->facts);
  g_strfreev (self->columns);
  g_free (self);
}

static char **
split (const char *text)
{
  g_auto (GStrv)           parts = g_strsplit_set (text, " ,\t", -1);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (list, parts[i]);
  return g_strv_builder_end (list);
}

/* A list of names out of @known, each at most once. */
static gboolean
take_list (
    WbTemplate *self, const WbSpecEntry *entry, const char *known, char ***list, GError **error)
{
  g_auto (GStrv) names = split (entry->value), all = split (known);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *choice = g_strjoinv (", ", all);

      if (!g_strv_contains ((const char *const *) all, names[i]))
        return wb_spec_fail (self->spec, entry, error, "“%s” is not known here; there are: %s",
                             names[i], choice);
      for (guint k = 0; k < i; k++)
        if (g_str_equal (names[k], names[i]))
          return wb_spec_fail (self->spec, entry, error, "“%s” is there twice", names[i]);
    }
  *list = g_steal_pointer (&names);
  return TRUE;
}

static gboolean
take_blocks (WbTemplate *self, const WbSpecEntry *entry, GError **error)
{
  return take_list (self, entry, self->kind->blocks, &self->blocks, error);
}

static gboolean
take_facts (WbTemplate *self, const WbSpecEntry *entry, GError **error)
{
  return take_list (self, entry, self->kind->facts, &self->facts, error);
}

static gboolean
take_columns (WbTemplate *self, const WbSpecEntry *entry, GError **error)
{
  if (!take_list (self, entry, self->kind->columns, &self->columns, error))
    return FALSE;
  if (self->columns[0] != NULL)
    return TRUE;
  return wb_spec_fail (self->spec, entry, error, "a table needs at least one column");
}

static gboolean
take_title (WbTemplate *self, const WbSpecEntry *entry, GError **error)
{
  if (!wb_words_know (entry->value))
    return wb_spec_fail (self->spec, entry, error,
                         "“%s” is none of the papers' words; name one and say it otherwise in "
                         "[words]",
                         entry->value);
  self->title = entry->value;
  return TRUE;
}

static gboolean
take_message (WbTemplate *self, const WbSpecEntry *entry, GError **error)
{
  self->message = *entry->value != '\0' ? entry->value : NULL;
  return TRUE;
}

static gboolean
take_barcode (WbTemplate *self, const WbSpecEntry *entry, GError **error)
{
  self->barcode = g_str_equal (entry->value, "yes");
  return self->barcode || g_str_equal (entry->value, "no") ||
         wb_spec_fail (self->spec, entry, error, "say “yes” or “no”, not “%s”", entry->value);
}

static gboolean
take_accent (WbTemplate *self, const WbSpecEntry *entry, GError **error)
{
  if (entry->value[0] != '#' || strlen (entry->value) != 7 ||
      strspn (entry->value + 1, "0123456789abcdefABCDEF") != 6)
    return wb_spec_fail (self->spec, entry, error,
                         "“%s” is no colour; one is written #rrggbb, as #1a5fb4", entry->value);
  for (guint i = 0; i < 3; i++)
    self->accent[i] = (g_ascii_xdigit_value (entry->value[1 + 2 * i]) * 16 +
                       g_ascii_xdigit_value (entry->value[2 + 2 * i])) /
                      255.0;
  self->has_accent = TRUE;
  return TRUE;
}

static const struct
{
  const char *key;
  gboolean    needed;
  gboolean (*take) (WbTemplate *self, const WbSpecEntry *entry, GError **error);
} keys[] = {
  { "title", TRUE, take_title },      { "blocks", TRUE, take_blocks },
  { "facts", FALSE, take_facts },     { "columns", TRUE, take_columns },
  { "barcode", FALSE, take_barcode }, { "accent", FALSE, take_accent },
  { "message", FALSE, take_message },
};

/* “packing-slip” or “packing-slip.de”. */
static gboolean
take_word (WbTemplate *self, const WbSpecEntry *entry, GError **error)
{
  const char      *dot = strchr (entry->key, '.');
  g_autofree char *key =
      dot != NULL ? g_strndup (entry->key, (gsize) (dot - entry->key)) : g_strdup (entry->key);

  self->has_words = TRUE;
  if (!wb_words_know (key))
    return wb_spec_fail (self->spec, entry, error, "“%s” is none of the papers' words", key);
  return TRUE;
}

static gboolean
take_entry (WbTemplate *self, const WbSpecEntry *entry, GError **error)
{
  if (g_str_equal (entry->section, "words"))
    return take_word (self, entry, error);
  if (!g_str_equal (entry->section, "paper"))
    return wb_spec_fail (self->spec, entry, error,
                         "there is no section [%s]; there are [paper] and [words]", entry->section);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, entry->key))
      return keys[i].take (self, entry, error);
  return wb_spec_fail (self->spec, entry, error,
                       "there is no such key; there are title, blocks, "
                       "facts, columns, barcode, accent and message");
}

static const Kind *
find_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return &kinds[i];
  return NULL;
}

/** wb_template_kinds: Returns: (transfer none): the kinds of paper that have a template,
 * %NULL-terminated. */
const char *const *
wb_template_kinds (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        kind_names[i] = kinds[i].kind;
      g_once_init_leave (&once, 1);
    }
  return kind_names;
}

/**
 * wb_template_parse:
 * @kind: WB_PAPER_…
 * @name: the file's, for messages
 *
 * Returns: (transfer full): the template in @bytes. %WB_ERROR_INVALID with file, line and field for
 * the first thing wrong with it.
 */
WbTemplate *
wb_template_parse (const char *kind, GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (WbTemplate) self = g_new0 (WbTemplate, 1);

  if ((self->kind = find_kind (kind)) == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: no paper “%s” is made after a template",
                   name, kind);
      return NULL;
    }
  if ((self->spec = wb_spec_parse (bytes, name, error)) == NULL)
    return NULL;
  for (guint i = 0; i < wb_spec_count (self->spec); i++)
    if (!take_entry (self, wb_spec_entry (self->spec, i), error))
      return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].needed && wb_spec_find (self->spec, "paper", keys[i].key) == NULL)
      {
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: [paper] lacks “%s”", name,
                     keys[i].key);
        return NULL;
      }
  if (self->facts == NULL)
    self->facts = g_new0 (char *, 1);
  return g_steal_pointer (&self);
}

/** wb_template_built_in: Returns: (transfer none) (nullable): the program's own template for @kind;
 * %NULL for a kind without one. */
const WbTemplate *
wb_template_built_in (const char *kind)
{
  static WbTemplate *all[G_N_ELEMENTS (kinds)];
  static gsize       once = 0;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        {
          g_autofree char   *path = g_strconcat (RESOURCES, kinds[i].kind, SUFFIX, NULL);
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) bytes = g_resource_lookup_data (wb_paper_get_resource (), path,
                                                             G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

          all[i] = bytes != NULL ? wb_template_parse (kinds[i].kind, bytes, path, &error) : NULL;
          if (all[i] == NULL)
            g_error ("%s", error->message); /* the program's own data: a test reads it all */
        }
      g_once_init_leave (&once, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return all[i];
  return NULL;
}

/**
 * wb_template_load:
 * @folder: (nullable): the workspace's own templates; it need not be there
 *
 * Returns: (transfer full) (nullable): the template “KIND.template” in @folder; %NULL without
 * @error where there is none: the built-in one is used then.
 */
WbTemplate *
wb_template_load (const char *kind, const char *folder, GError **error)
{
  g_autofree char   *file = g_strconcat (kind, SUFFIX, NULL);
  g_autofree char   *path = folder != NULL ? g_build_filename (folder, file, NULL) : NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  bytes = wb_file_read (path, MOST_BYTES, error);
  return bytes != NULL ? wb_template_parse (kind, bytes, path, error) : NULL;
}

/** wb_template_get_kind: Returns: (transfer none): WB_PAPER_…. */
const char *
wb_template_get_kind (const WbTemplate *self)
{
  return self->kind->kind;
}

/** wb_template_get_title: Returns: (transfer none): which of the papers' words is the title. */
const char *
wb_template_get_title (const WbTemplate *self)
{
  return self->title;
}

/** wb_template_get_blocks: Returns: (transfer none): the blocks, top to bottom. */
const char *const *
wb_template_get_blocks (const WbTemplate *self)
{
  return (const char *const *) self->blocks;
}

/** wb_template_get_facts: Returns: (transfer none): the facts beside the address, top to bottom. */
const char *const *
wb_template_get_facts (const WbTemplate *self)
{
  return (const char *const *) self->facts;
}

/** wb_template_get_columns: Returns: (transfer none): the table's columns as they are read. */
const char *const *
wb_template_get_columns (const WbTemplate *self)
{
  return (const char *const *) self->columns;
}

/** wb_template_get_message: Returns: (transfer none) (nullable): what is said to the reader where
 * nobody says something else. */
const char *
wb_template_get_message (const WbTemplate *self)
{
  return self->message;
}

/** wb_template_get_accent: @rgb: (out): the colour of title and rules, 0 to 1 each. Returns:
 * whether there is one. */
gboolean
wb_template_get_accent (const WbTemplate *self, double rgb[3])
{
  if (self->has_accent)
    memcpy (rgb, self->accent, sizeof self->accent);
  return self->has_accent;
}

/** wb_template_has_barcode: whether there is a barcode below the facts. */
gboolean
wb_template_has_barcode (const WbTemplate *self)
{
  return self->barcode;
}

/** wb_template_get_word: Returns: (transfer none) (nullable): what this template says instead of
 * the papers' words @key: in @language, else in general. */
const char *
wb_template_get_word (const WbTemplate *self, const char *language, const char *key)
{
  const WbSpecEntry *entry;
  g_autofree char   *full = NULL;

  if (!self->has_words)
    return NULL;
  full = g_strdup_printf ("%s.%s", key, language);
  entry = wb_spec_find (self->spec, "words", full);
  if (entry == NULL)
    entry = wb_spec_find (self->spec, "words", key);
  return entry != NULL ? entry->value : NULL;
}
