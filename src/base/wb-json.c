/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one way to read foreign JSON: bounded, typed, and errors that name the path. */
#include "wb-json.h"

#include <string.h>

/* json-glib's parser recurses without bound, takes comments, quotes of either kind, octal and
 * hexadecimal numbers and whatever follows the root, reads a number beyond 64 bits as -1, and makes
 * texts that are no UTF-8 of odd escapes. So the bytes are looked over before it sees them. */

/* Returns: the UTF-16 unit written as “\uXXXX” at @p, or -1. */
static int
unit_at (const char *p, const char *end)
{
  int unit = 0;

  if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return -1;
      unit = unit << 4 | g_ascii_xdigit_value (p[i]);
    }
  return unit;
}

static const char *
after_escape (const char *p, const char *end, const char **fault)
{
  int unit = unit_at (p, end);

  if (end - p < 2)
    return end;
  if (unit >= 0xd800 && unit < 0xdc00 && unit_at (p + 6, end) >= 0xdc00 &&
      unit_at (p + 6, end) < 0xe000)
    return p + 12;
  if (unit >= 0 && (unit < 0xd800 || unit >= 0xe000))
    return p + 6;
  if (strchr ("\"\\/bfnrt", p[1]) == NULL)
    *fault =
        unit >= 0 ? "a text has half a character" : "a text has an escape that JSON does not know";
  return p + 2;
}

static const char *
after_string (const char *p, const char *end, const char **fault)
{
  while (p < end && *p != '"' && *fault == NULL)
    p = *p == '\\' ? after_escape (p, end, fault) : p + 1;
  return p < end ? p + 1 : end;
}

static const char *
after_number (const char *first, const char *end, gboolean negative, const char **fault)
{
  const char *limit = negative ? "9223372036854775808" : "9223372036854775807";
  const char *p = first;
  gsize       digits;

  while (p < end && g_ascii_isdigit (*p))
    p++;
  digits = (gsize) (p - first);
  if (*first == '0' && digits > 1)
    *fault = "a number begins with a needless 0";
  else if ((p == end || strchr (".eE", *p) == NULL) &&
           (digits > strlen (limit) ||
            (digits == strlen (limit) && strncmp (first, limit, digits) > 0)))
    *fault = "a whole number does not fit in 64 bits";
  while (p < end && (g_ascii_isdigit (*p) || strchr (".eE+-", *p) != NULL))
    p++;
  return p;
}

/* Returns: (nullable): why @text cannot be JSON that is safe to parse; what is left is judged by
 * the parser. */
static const char *
find_fault (const char *text, gsize size)
{
  const char *end = text + size, *fault = NULL, *p = text;
  guint       depth = 0;
  gboolean    closed = FALSE;

  while (p < end && fault == NULL)
    {
      char c = *p;

      if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
        p++;
      else if (closed)
        fault = "something follows its end";
      else if (c == '"')
        p = after_string (p + 1, end, &fault);
      else if (g_ascii_isdigit (c))
        p = after_number (p, end, p > text && p[-1] == '-', &fault);
      else if ((c == '{' || c == '[') && ++depth > WB_JSON_MAX_DEPTH)
        fault = "nested more than " G_STRINGIFY (WB_JSON_MAX_DEPTH) " deep";
      else if (strchr ("{[]},:-truefalsnu", c) == NULL)
        fault = "it has a character that JSON does not know outside texts";
      else
        {
          depth -= (c == '}' || c == ']') && depth > 0;
          closed = (c == '}' || c == ']') && depth == 0;
          p++;
        }
    }
  return fault;
}

/**
 * wb_json_parse:
 * @size: bytes of @text, or -1 when it ends with a zero
 * @what: what is being read, for messages: “orders”, “the label reply”
 *
 * Returns: (transfer full): the root, never %NULL on success; %WB_ERROR_INVALID when it is empty,
 * not JSON, too deep (%WB_JSON_MAX_DEPTH) or too large (%WB_JSON_MAX_SIZE).
 */
JsonNode *
wb_json_parse (const char *text, gssize size, const char *what, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize                  length = size < 0 ? strlen (text) : (gsize) size;
  const char            *fault = NULL;
  JsonNode              *root;

  if (length >= 3 &&
      memcmp (text, "\xef\xbb\xbf", 3) == 0) /* a byte order mark: some shops' plug-ins leave one */
    {
      text += 3;
      length -= 3;
    }
  if (length > WB_JSON_MAX_SIZE)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: more than %d MB of JSON", what,
                 WB_JSON_MAX_SIZE >> 20);
  else if (!g_utf8_validate_len (text, length, NULL))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: it is not UTF-8 text", what);
  else if ((fault = find_fault (text, length)) != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: not valid JSON: %s", what, fault);
  else if (!json_parser_load_from_data (parser, text, length, error))
    {
      wb_error_convert (error);
      g_prefix_error (error, "%s: not valid JSON: ", what);
      if (error != NULL && *error != NULL)
        (*error)->code = WB_ERROR_INVALID;
    }
  else if ((root = json_parser_steal_root (parser)) == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: it is empty", what);
  else
    return root;
  return NULL;
}

/** wb_json_parse_bytes: wb_json_parse() of @bytes. */
JsonNode *
wb_json_parse_bytes (GBytes *bytes, const char *what, GError **error)
{
  gsize       size;
  const char *text = g_bytes_get_data (bytes, &size);

  return wb_json_parse (text != NULL ? text : "", size, what, error);
}

/** wb_json_to_text: Returns: (transfer full): @node in one line. */
char *
wb_json_to_text (JsonNode *node)
{
  return json_to_string (node, FALSE);
}

/** wb_json_to_pretty: Returns: (transfer full): @node with line breaks, for people. */
char *
wb_json_to_pretty (JsonNode *node)
{
  return json_to_string (node, TRUE);
}

/** wb_json_root: the place of @node itself; @name begins every path (“orders”). @name and @node are
 * borrowed. */
WbJson
wb_json_root (JsonNode *node, const char *name)
{
  return (WbJson){ .member = name, .index = -1, .node = node };
}

static void
append_path (const WbJson *at, GString *path)
{
  if (at->parent != NULL)
    append_path (at->parent, path);
  if (at->index >= 0)
    g_string_append_printf (path, "[%d]", at->index);
  else
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", at->member);
}

/** wb_json_path: Returns: (transfer full): “orders[3].line_items[0].total”. */
char *
wb_json_path (const WbJson *at)
{
  GString *path = g_string_new (NULL);

  append_path (at, path);
  return g_string_free (path, FALSE);
}

static const char *
found (JsonNode *node)
{
  if (node == NULL)
    return "nothing";
  if (JSON_NODE_HOLDS_NULL (node))
    return "null";
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "an object";
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "a list";
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return "a text";
    case G_TYPE_BOOLEAN:
      return "true or false";
    default:
      return "a number";
    }
}

/**
 * wb_json_fail:
 * Sets %WB_ERROR_INVALID: “<path>: expected <expected>, found <what is there>”. Returns: %FALSE
 * always.
 */
gboolean
wb_json_fail (const WbJson *at, const char *expected, GError **error)
{
  g_autofree char *path = wb_json_path (at);

  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: expected %s, found %s", path, expected,
               found (at->node));
  return FALSE;
}

/** wb_json_is_null: absent or null. */
gboolean
wb_json_is_null (const WbJson *at)
{
  return at->node == NULL || JSON_NODE_HOLDS_NULL (at->node);
}

/** wb_json_is_object: whether an object stands here. */
gboolean
wb_json_is_object (const WbJson *at)
{
  return at->node != NULL && JSON_NODE_HOLDS_OBJECT (at->node);
}

/** wb_json_is_array: whether a list stands here. */
gboolean
wb_json_is_array (const WbJson *at)
{
  return at->node != NULL && JSON_NODE_HOLDS_ARRAY (at->node);
}

/** wb_json_member: the place of member @name; absent when there is none or @at is no object. */
WbJson
wb_json_member (const WbJson *at, const char *name)
{
  WbJson child = { .parent = at, .member = name, .index = -1 };

  if (wb_json_is_object (at))
    child.node = json_object_get_member (json_node_get_object (at->node), name);
  return child;
}

static gboolean
is_text (const WbJson *at)
{
  return at->node != NULL && JSON_NODE_HOLDS_VALUE (at->node) &&
         json_node_get_value_type (at->node) == G_TYPE_STRING;
}

static gboolean
is_int (const WbJson *at)
{
  return at->node != NULL && JSON_NODE_HOLDS_VALUE (at->node) &&
         json_node_get_value_type (at->node) == G_TYPE_INT64;
}

/** wb_json_object: the object at @name; @out untouched on failure. */
gboolean
wb_json_object (const WbJson *at, const char *name, WbJson *out, GError **error)
{
  WbJson child = wb_json_member (at, name);

  if (!wb_json_is_object (&child))
    return wb_json_fail (&child, "an object", error);
  *out = child;
  return TRUE;
}

/** wb_json_array: the list at @name and how many elements it has; outputs untouched on failure. */
gboolean
wb_json_array (const WbJson *at, const char *name, WbJson *out, guint *n, GError **error)
{
  WbJson child = wb_json_member (at, name);

  if (!wb_json_is_array (&child))
    return wb_json_fail (&child, "a list", error);
  *out = child;
  *n = json_array_get_length (json_node_get_array (child.node));
  return TRUE;
}

/** wb_json_element: the place of element @index (absent past the end). */
WbJson
wb_json_element (const WbJson *array, guint index)
{
  WbJson     child = { .parent = array, .index = (gint) index };
  JsonArray *list = wb_json_is_array (array) ? json_node_get_array (array->node) : NULL;

  if (list != NULL && index < json_array_get_length (list))
    child.node = json_array_get_element (list, index);
  return child;
}

/** wb_json_string: Returns: (transfer none): the text at @name; %NULL with %WB_ERROR_INVALID when
 * it is none. */
const char *
wb_json_string (const WbJson *at, const char *name, GError **error)
{
  WbJson child = wb_json_member (at, name);

  if (is_text (&child))
    return json_node_get_string (child.node);
  wb_json_fail (&child, "a text", error);
  return NULL;
}

/** wb_json_opt_string: Returns: (transfer none) (nullable): the text at @name, %NULL when absent,
 * null or no text. */
const char *
wb_json_opt_string (const WbJson *at, const char *name)
{
  WbJson child = wb_json_member (at, name);

  return is_text (&child) ? json_node_get_string (child.node) : NULL;
}

/**
 * wb_json_scalar_text:
 * Returns: (transfer full) (nullable): a text, whole number or truth value as text, whichever
 * stands there; %NULL otherwise. For ids that a vendor writes now as a number and now as a text.
 */
char *
wb_json_scalar_text (const WbJson *at, const char *name)
{
  WbJson child = wb_json_member (at, name);

  if (is_text (&child))
    return g_strdup (json_node_get_string (child.node));
  if (is_int (&child))
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (child.node));
  if (child.node != NULL && JSON_NODE_HOLDS_VALUE (child.node) &&
      json_node_get_value_type (child.node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (child.node) ? "true" : "false");
  return NULL;
}

/** wb_json_int: the whole number at @name; @out untouched on failure. */
gboolean
wb_json_int (const WbJson *at, const char *name, gint64 *out, GError **error)
{
  WbJson child = wb_json_member (at, name);

  if (!is_int (&child))
    return wb_json_fail (&child, "a whole number", error);
  *out = json_node_get_int (child.node);
  return TRUE;
}

/** wb_json_opt_int: as wb_json_int(), but @fallback when absent or null. */
gboolean
wb_json_opt_int (const WbJson *at, const char *name, gint64 fallback, gint64 *out, GError **error)
{
  WbJson child = wb_json_member (at, name);

  if (!wb_json_is_null (&child))
    return wb_json_int (at, name, out, error);
  *out = fallback;
  return TRUE;
}

/** wb_json_bool: the truth value at @name, @fallback when there is none. */
gboolean
wb_json_bool (const WbJson *at, const char *name, gboolean fallback)
{
  WbJson child = wb_json_member (at, name);

  if (child.node == NULL || !JSON_NODE_HOLDS_VALUE (child.node) ||
      json_node_get_value_type (child.node) != G_TYPE_BOOLEAN)
    return fallback;
  return json_node_get_boolean (child.node);
}

/**
 * wb_json_decimal:
 * @exponent: digits of the minor unit
 * @out: (out): minor units; untouched on failure
 *
 * Money written as a text (“402.60”). A JSON number is refused: it has been through floating point.
 */
gboolean
wb_json_decimal (const WbJson *at, const char *name, guint exponent, gint64 *out, GError **error)
{
  WbJson           child = wb_json_member (at, name);
  g_autofree char *path = NULL;

  if (!is_text (&child))
    return wb_json_fail (&child, "a decimal string", error);
  if (wb_money_parse_minor (json_node_get_string (child.node), exponent, out, error))
    return TRUE;
  path = wb_json_path (&child);
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/** wb_json_opt_decimal: as wb_json_decimal(), but @fallback when absent, null or an empty text. */
gboolean
wb_json_opt_decimal (const WbJson *at,
                     const char   *name,
                     guint         exponent,
                     gint64        fallback,
                     gint64       *out,
                     GError      **error)
{
  WbJson child = wb_json_member (at, name);

  if (wb_json_is_null (&child) || (is_text (&child) && *json_node_get_string (child.node) == '\0'))
    {
      *out = fallback;
      return TRUE;
    }
  return wb_json_decimal (at, name, exponent, out, error);
}

/** wb_json_instant: an ISO 8601 text (without offset: UTC) at @name; @out untouched on failure. */
gboolean
wb_json_instant (const WbJson *at, const char *name, WbInstant *out, GError **error)
{
  WbJson           child = wb_json_member (at, name);
  g_autofree char *path = NULL;

  if (!is_text (&child))
    return wb_json_fail (&child, "a time as text", error);
  if (wb_instant_parse (json_node_get_string (child.node), out, error))
    return TRUE;
  path = wb_json_path (&child);
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/** wb_json_opt_instant: as wb_json_instant(), but 0 when absent, null or empty. */
gboolean
wb_json_opt_instant (const WbJson *at, const char *name, WbInstant *out, GError **error)
{
  WbJson child = wb_json_member (at, name);

  if (wb_json_is_null (&child) || (is_text (&child) && *json_node_get_string (child.node) == '\0'))
    {
      *out = 0;
      return TRUE;
    }
  return wb_json_instant (at, name, out, error);
}
