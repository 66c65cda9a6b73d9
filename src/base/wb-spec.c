/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small text files of data: sections, and in them “key = value” lines that remember their number.
 * GKeyFile would forget the lines, and a person who mends a file needs them. */
#include "wb-spec.h"

#include <string.h>

#define MOST_BYTES (256 * 1024)

struct _WbSpec
{
  char         *name;
  GStringChunk *texts;
  GArray       *entries; /* WbSpecEntry, in the file's order */
};

/** wb_spec_free: frees @self; NULL is fine. */
void
wb_spec_free (WbSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_string_chunk_free (self->texts);
  g_array_unref (self->entries);
  g_free (self);
}

static gboolean
fail_at (const WbSpec *self, guint line, const char *what, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s, line %u: %s", self->name, line, what);
  return FALSE;
}

static gboolean
parse_line (WbSpec *self, char *text, guint line, const char **section, GError **error)
{
  WbSpecEntry entry = { .section = *section, .line = line };
  char       *equals;
  gsize       length;

  g_strstrip (text);
  length = strlen (text);
  if (length == 0 || *text == '#')
    return TRUE;
  if (*text == '[')
    {
      if (text[length - 1] != ']' || length < 3)
        return fail_at (self, line, "a section is written [name]", error);
      text[length - 1] = '\0';
      *section = g_string_chunk_insert_const (self->texts, text + 1);
      return TRUE;
    }
  if ((equals = strchr (text, '=')) == NULL || equals == text)
    return fail_at (self, line, "expected “key = value”, a [section] or a # comment", error);
  *equals = '\0';
  entry.key = g_string_chunk_insert (self->texts, g_strchomp (text));
  entry.value = g_string_chunk_insert (self->texts, g_strchug (equals + 1));
  if (wb_spec_find (self, *section, entry.key) != NULL)
    {
      g_autofree char *twice = g_strdup_printf ("“%s” is there twice in [%s]", entry.key, *section);

      return fail_at (self, line, twice, error);
    }
  g_array_append_val (self->entries, entry);
  return TRUE;
}

/**
 * wb_spec_parse:
 * @name: of the file, for messages
 *
 * Returns: (transfer full): the lines of @bytes. %WB_ERROR_INVALID with file and line for what is
 * no such file; a key may stand only once in its section.
 */
WbSpec *
wb_spec_parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (WbSpec) self = g_new0 (WbSpec, 1);
  const char        *section = "";
  g_auto (GStrv)     lines = NULL;
  gsize              size;
  const char        *data = g_bytes_get_data (bytes, &size);
  g_autofree char   *text = NULL;

  self->name = g_strdup (name);
  self->texts = g_string_chunk_new (4096);
  self->entries = g_array_new (FALSE, FALSE, sizeof (WbSpecEntry));
  if (size > MOST_BYTES || !g_utf8_validate_len (data, size, NULL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s is not a text file in UTF-8", name);
      return NULL;
    }
  text = g_strndup (data, size);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!parse_line (self, lines[i], i + 1, &section, error))
      return NULL;
  return g_steal_pointer (&self);
}

/** wb_spec_get_name: Returns: (transfer none): the file's name. */
const char *
wb_spec_get_name (const WbSpec *self)
{
  return self->name;
}

/** wb_spec_count: Returns: how many entries there are. */
guint
wb_spec_count (const WbSpec *self)
{
  return self->entries->len;
}

/** wb_spec_entry: Returns: (transfer none): the entry number @index, from 0, in the file's order.
 */
const WbSpecEntry *
wb_spec_entry (const WbSpec *self, guint index)
{
  return &g_array_index (self->entries, WbSpecEntry, index);
}

/** wb_spec_find: Returns: (transfer none) (nullable): the entry @key of [@section]. */
const WbSpecEntry *
wb_spec_find (const WbSpec *self, const char *section, const char *key)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const WbSpecEntry *entry = wb_spec_entry (self, i);

      if (strcmp (entry->section, section) == 0 && strcmp (entry->key, key) == 0)
        return entry;
    }
  return NULL;
}

/** wb_spec_fail: sets @error to %WB_ERROR_INVALID: file, line, key and what is wrong with it.
 * Returns: FALSE. */
gboolean
wb_spec_fail (const WbSpec *self, const WbSpecEntry *entry, GError **error, const char *format, ...)
{
  va_list          args;
  g_autofree char *what = NULL;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s, line %u, %s: %s", self->name, entry->line,
               entry->key, what);
  return FALSE;
}
