/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text out of WooCommerce's meta data: plug-ins put HTML, lists and objects where a word is
 * expected. */
#include "wb-woo-text.h"

#include <string.h>

#include "wb-text.h"

#define MAX_VALUE_DEPTH 4

typedef struct
{
  const char *name;
  const char *text;
} Entity;

/* The named entities that WordPress and its plug-ins write (HTML 4, the ones seen in shops). */
static const Entity entities[] = {
  { "amp", "&" },         { "lt", "<" },          { "gt", ">" },          { "quot", "\"" },
  { "apos", "'" },        { "nbsp", "\u00a0" },   { "times", "\u00d7" },  { "ndash", "\u2013" },
  { "mdash", "\u2014" },  { "hellip", "\u2026" }, { "lsquo", "\u2018" },  { "rsquo", "\u2019" },
  { "ldquo", "\u201c" },  { "rdquo", "\u201d" },  { "bdquo", "\u201e" },  { "laquo", "\u00ab" },
  { "raquo", "\u00bb" },  { "euro", "\u20ac" },   { "pound", "\u00a3" },  { "yen", "\u00a5" },
  { "cent", "\u00a2" },   { "deg", "\u00b0" },    { "plusmn", "\u00b1" }, { "frac12", "\u00bd" },
  { "frac14", "\u00bc" }, { "sup2", "\u00b2" },   { "middot", "\u00b7" }, { "bull", "\u2022" },
  { "copy", "\u00a9" },   { "reg", "\u00ae" },    { "trade", "\u2122" },  { "auml", "\u00e4" },
  { "ouml", "\u00f6" },   { "uuml", "\u00fc" },   { "Auml", "\u00c4" },   { "Ouml", "\u00d6" },
  { "Uuml", "\u00dc" },   { "szlig", "\u00df" },  { "eacute", "\u00e9" }, { "egrave", "\u00e8" },
  { "agrave", "\u00e0" }, { "ccedil", "\u00e7" }, { "ntilde", "\u00f1" }, { "rarr", "\u2192" },
};

static gboolean
append_number (GString *out, const char *digits, gsize length)
{
  gboolean         hex = length > 1 && (*digits == 'x' || *digits == 'X');
  g_autofree char *text = g_strndup (digits + hex, length - hex);
  guint64          code;

  if (!g_ascii_string_to_unsigned (text, hex ? 16 : 10, 1, 0x10ffff, &code, NULL) ||
      !g_unichar_validate ((gunichar) code))
    return FALSE;
  g_string_append_unichar (out, (gunichar) code);
  return TRUE;
}

/* At “&”: appends what the entity stands for. Returns: the bytes read, 0 when it is no entity. */
static gsize
append_entity (GString *out, const char *p)
{
  gsize length = strcspn (p + 1, ";& <");

  if (p[1 + length] != ';' || length == 0 || length > 10)
    return 0;
  if (p[1] == '#')
    return append_number (out, p + 2, length - 1) ? length + 2 : 0;
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (strlen (entities[i].name) == length && strncmp (entities[i].name, p + 1, length) == 0)
      {
        g_string_append (out, entities[i].text);
        return length + 2;
      }
  return 0;
}

/* Whether a tag begins at “<”: “a < b” and “<3” are text. */
static gsize
tag_length (const char *p)
{
  const char *name = p[1] == '/' ? p + 2 : p + 1;
  const char *end = g_ascii_isalpha (*name) || *name == '!' ? strchr (name, '>') : NULL;

  return end != NULL ? (gsize) (end - p) + 1 : 0;
}

/**
 * wb_woo_text_plain:
 * Returns: (transfer full): @html without tags and with its entities as characters, in one line.
 * For what plug-ins write into meta data only: names and addresses come as plain text and must keep
 * their “<” and “&”.
 */
char *
wb_woo_text_plain (const char *html)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = html; *p != '\0';)
    {
      gsize length = *p == '&' ? append_entity (out, p) : *p == '<' ? tag_length (p) : 0;

      if (length == 0)
        g_string_append_c (out, *p);
      else if (*p == '<')
        g_string_append_c (out, ' ');
      p += MAX (length, 1);
    }
  return wb_text_one_line (out->str);
}

static void append_value (GString *out, const WbJson *at, guint depth);

static void
append_list (GString *out, const WbJson *at, guint depth)
{
  guint n = json_array_get_length (json_node_get_array (at->node));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) inner = g_string_new (NULL);
      WbJson              item = wb_json_element (at, i);

      append_value (inner, &item, depth + 1);
      if (inner->len > 0)
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", inner->str);
    }
}

static void
append_object (GString *out, const WbJson *at, guint depth)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  json_object_iter_init_ordered (&iter, json_node_get_object (at->node));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autoptr (GString) inner = g_string_new (NULL);
      WbJson              item = { .parent = at, .member = name, .index = -1, .node = node };

      if (*name == '_')
        continue;
      append_value (inner, &item, depth + 1);
      if (inner->len > 0)
        g_string_append_printf (out, "%s%s: %s", out->len > 0 ? ", " : "", name, inner->str);
    }
}

static void
append_scalar (GString *out, JsonNode *node)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *plain = wb_woo_text_plain (json_node_get_string (node));

      g_string_append (out, plain);
    }
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "yes" : "no");
  else /* a measure of some plug-in, never money: 2.2999999999999998 reads 2.3 */
    g_string_append (out,
                     g_ascii_formatd (number, sizeof number, "%.10g", json_node_get_double (node)));
}

static void
append_value (GString *out, const WbJson *at, guint depth)
{
  if (wb_json_is_null (at) || depth > MAX_VALUE_DEPTH)
    return;
  if (wb_json_is_array (at))
    append_list (out, at, depth);
  else if (wb_json_is_object (at))
    append_object (out, at, depth);
  else
    append_scalar (out, at->node);
}

/** wb_woo_text_value: Returns: (transfer full): a meta value of whatever type (text, number, list,
 * object) as one line for people. */
char *
wb_woo_text_value (const WbJson *at)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_value (out, at, 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
is_named (const char *key, const char *const *named)
{
  return named != NULL && g_strv_contains (named, key);
}

/* “_gift_message”: “Gift message”. */
static char *
label_of (const char *key)
{
  const char      *word = g_str_has_prefix (key, "pa_") ? key + 3 : key + strspn (key, "_");
  g_autofree char *plain = wb_woo_text_plain (word);

  if (*plain == '\0' || g_str_has_prefix (key, "pa_"))
    return g_steal_pointer (&plain);
  g_strdelimit (plain, "_", ' ');
  *plain = g_ascii_toupper (*plain);
  return g_steal_pointer (&plain);
}

/* The words of one row of meta data, NULL for what is not the customer's business. */
static char *
option_words (const WbJson *row, const char *const *named)
{
  const char      *key = wb_json_opt_string (row, "key");
  const char      *shown = wb_json_opt_string (row, "display_key");
  WbJson           value = wb_json_member (row, "display_value");
  gboolean         hidden;
  g_autofree char *label = NULL;
  g_autofree char *words = NULL;

  if (wb_text_is_empty (key))
    return NULL;
  hidden = *key == '_' || (shown != NULL && *shown == '_');
  if (hidden && !is_named (key, named))
    return NULL;
  label = hidden || (is_named (key, named) && wb_text_is_empty (shown)) ? label_of (key)
          : wb_text_is_empty (shown)
              ? wb_woo_text_plain (g_str_has_prefix (key, "pa_") ? key + 3 : key)
              : wb_woo_text_plain (shown);
  if (wb_json_is_null (&value))
    value = wb_json_member (row, "value");
  words = wb_woo_text_value (&value);
  return *words != '\0' ? g_strdup_printf ("%s: %s", label, words) : NULL;
}

static char *
rows_words (const WbJson *record, const char *const *named, gboolean only_named)
{
  g_autoptr (GString) out = g_string_new (NULL);
  WbJson              rows;
  guint               n;

  if (!wb_json_array (record, "meta_data", &rows, &n, NULL))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson           row = wb_json_element (&rows, i);
      const char      *key = wb_json_opt_string (&row, "key");
      g_autofree char *words = NULL;

      if (only_named && (key == NULL || !is_named (key, named)))
        continue;
      words = option_words (&row, named);
      if (words != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", words);
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/**
 * wb_woo_text_options:
 * @named: (nullable): keys of hidden rows that are to be shown all the same
 *
 * Returns: (transfer full) (nullable): what the customer chose for @line, “Color: Black”, one a
 * line. Hidden rows (`_reduced_stock`, plug-ins' own) are left out.
 */
char *
wb_woo_text_options (const WbJson *line, const char *const *named)
{
  return rows_words (line, named, FALSE);
}

/** wb_woo_text_named: Returns: (transfer full) (nullable): of all meta data of @record only what
 * @named (nullable) names, “Gift message: …”, one a line. */
char *
wb_woo_text_named (const WbJson *record, const char *const *named)
{
  return named != NULL ? rows_words (record, named, TRUE) : NULL;
}

/** wb_woo_text_names: whether @text names @reference as a whole word: “P-1” is not in “P-12”. */
gboolean
wb_woo_text_names (const char *text, const char *reference)
{
  gsize length = strlen (reference);

  for (const char *p = text; (p = strstr (p, reference)) != NULL; p++)
    if ((p == text || !g_ascii_isalnum (p[-1])) && !g_ascii_isalnum (p[length]) && p[length] != '-')
      return TRUE;
  return FALSE;
}
