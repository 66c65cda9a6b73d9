/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one way to read foreign JSON: typed, and errors that name the path. (How it is parsed:
 * wb-json-parse.c.) */
#include "wb-json.h"

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
