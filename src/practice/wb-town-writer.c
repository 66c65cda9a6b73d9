/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes JSON straight into text. */
#include "wb-town-writer.h"

#include "wb-money.h"

/** wb_town_out_new: Returns: (transfer full): an empty writer. */
WbTownOut *
wb_town_out_new (void)
{
  WbTownOut *out = g_new0 (WbTownOut, 1);

  out->text = g_string_sized_new (1024);
  return out;
}

/** wb_town_out_free: frees @out and its text. */
void
wb_town_out_free (WbTownOut *out)
{
  if (out == NULL)
    return;
  g_string_free (out->text, TRUE);
  g_free (out);
}

/** wb_town_out_clear: starts @out anew. */
void
wb_town_out_clear (WbTownOut *out)
{
  g_string_truncate (out->text, 0);
  out->comma = FALSE;
}

static void
quote (GString *text, const char *value)
{
  const char *from = value;

  g_string_append_c (text, '"');
  for (const char *p = value;; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (text, from, p - from);
      from = p + 1;
      if (c == 0)
        break;
      if (c == '"' || c == '\\')
        {
          g_string_append_c (text, '\\');
          g_string_append_c (text, (char) c);
        }
      else if (c == '\n')
        g_string_append (text, "\\n");
      else
        g_string_append_printf (text, "\\u%04x", c);
    }
  g_string_append_c (text, '"');
}

static void
lead (WbTownOut *out, const char *name)
{
  if (out->comma)
    g_string_append_c (out->text, ',');
  if (name != NULL)
    {
      quote (out->text, name);
      g_string_append_c (out->text, ':');
    }
  out->comma = TRUE;
}

/** wb_town_out_begin_object: opens an object, as member @name or (%NULL) as an element or the root.
 */
void
wb_town_out_begin_object (WbTownOut *out, const char *name)
{
  lead (out, name);
  g_string_append_c (out->text, '{');
  out->comma = FALSE;
}

/** wb_town_out_end_object: closes the object opened last. */
void
wb_town_out_end_object (WbTownOut *out)
{
  g_string_append_c (out->text, '}');
  out->comma = TRUE;
}

/** wb_town_out_begin_array: opens an array. */
void
wb_town_out_begin_array (WbTownOut *out, const char *name)
{
  lead (out, name);
  g_string_append_c (out->text, '[');
  out->comma = FALSE;
}

/** wb_town_out_end_array: closes the array opened last. */
void
wb_town_out_end_array (WbTownOut *out)
{
  g_string_append_c (out->text, ']');
  out->comma = TRUE;
}

/** wb_town_out_string: a string; %NULL is written as null. */
void
wb_town_out_string (WbTownOut *out, const char *name, const char *value)
{
  lead (out, name);
  if (value == NULL)
    g_string_append (out->text, "null");
  else
    quote (out->text, value);
}

/** wb_town_out_format: a string made by printf. */
void
wb_town_out_format (WbTownOut *out, const char *name, const char *format, ...)
{
  g_autofree char *value = NULL;
  va_list          args;

  va_start (args, format);
  value = g_strdup_vprintf (format, args);
  va_end (args);
  wb_town_out_string (out, name, value);
}

/** wb_town_out_int: a whole number. */
void
wb_town_out_int (WbTownOut *out, const char *name, gint64 value)
{
  lead (out, name);
  g_string_append_printf (out->text, "%" G_GINT64_FORMAT, value);
}

/** wb_town_out_bool: true or false. */
void
wb_town_out_bool (WbTownOut *out, const char *name, gboolean value)
{
  lead (out, name);
  g_string_append (out->text, value ? "true" : "false");
}

/** wb_town_out_null: null. */
void
wb_town_out_null (WbTownOut *out, const char *name)
{
  lead (out, name);
  g_string_append (out->text, "null");
}

/** wb_town_out_raw: @json as it is, which must be a value. */
void
wb_town_out_raw (WbTownOut *out, const char *name, const char *json)
{
  lead (out, name);
  g_string_append (out->text, json);
}

/** wb_town_out_node: a parsed value; %NULL is written as null. */
void
wb_town_out_node (WbTownOut *out, const char *name, JsonNode *node)
{
  g_autofree char *json = node != NULL ? json_to_string (node, FALSE) : NULL;

  wb_town_out_raw (out, name, json != NULL ? json : "null");
}

/** wb_town_out_decimal: an amount of minor units as a string with @digits decimals, as shops write
 * money. */
void
wb_town_out_decimal (WbTownOut *out, const char *name, gint64 minor, guint digits)
{
  g_autofree char *value = wb_minor_to_decimal (minor, digits);

  wb_town_out_string (out, name, value);
}
