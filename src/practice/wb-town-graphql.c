/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a GraphQL document with its variables, and cutting a tree down to what it selects. */
#include "wb-town-graphql.h"

#include <string.h>

#define CONNECTION "__connection"
#define BEGINS     "__from"
#define WHOLE      "__all"
#define DEEPEST    24

typedef struct
{
  const char *at;
  JsonObject *variables; /* NULL: none */
  GHashTable *fragments; /* name -> where its braces begin */
  char       *idempotency_key;
  guint       depth;
} Parser;

static void
field_free (gpointer data)
{
  WbTownField *field = data;

  g_free (field->alias);
  g_free (field->name);
  json_object_unref (field->args);
  g_ptr_array_unref (field->fields);
  g_free (field);
}

/** wb_town_document_free: frees @document. */
void
wb_town_document_free (WbTownDocument *document)
{
  g_free (document->idempotency_key);
  g_ptr_array_unref (document->fields);
  g_free (document);
}

static gboolean
fail (const Parser *parser, const char *expected, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "syntax error, expected %s at “%.20s”", expected,
               parser->at);
  return FALSE;
}

/* White space, commas and comments mean nothing. */
static void
skip (Parser *parser)
{
  for (;;)
    {
      while (g_ascii_isspace (*parser->at) || *parser->at == ',')
        parser->at++;
      if (*parser->at != '#')
        return;
      while (*parser->at != '\0' && *parser->at != '\n')
        parser->at++;
    }
}

static gboolean
take (Parser *parser, char c)
{
  skip (parser);
  if (*parser->at != c)
    return FALSE;
  parser->at++;
  return TRUE;
}

static char *
take_name (Parser *parser)
{
  const char *start;

  skip (parser);
  start = parser->at;
  while (g_ascii_isalnum (*parser->at) || *parser->at == '_')
    parser->at++;
  return g_strndup (start, (gsize) (parser->at - start));
}

static char *
take_string (Parser *parser)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (parser->at++; *parser->at != '\0' && *parser->at != '"'; parser->at++)
    {
      if (*parser->at == '\\' && parser->at[1] != '\0')
        parser->at++;
      g_string_append_c (text, *parser->at);
    }
  if (*parser->at == '"')
    parser->at++;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static JsonNode *
text_node (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return node;
}

static JsonNode *take_value (Parser *parser, GError **error);

static JsonNode *
take_list (Parser *parser, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, json_array_new ());
  while (!take (parser, ']'))
    {
      JsonNode *value = take_value (parser, error);

      if (value == NULL)
        return NULL;
      json_array_add_element (json_node_get_array (node), value);
    }
  return g_steal_pointer (&node);
}

/* The name of a variable's value, null when it was not given. */
static JsonNode *
take_variable (Parser *parser)
{
  g_autofree char *name = take_name (parser);

  if (parser->variables == NULL || !json_object_has_member (parser->variables, name))
    return json_node_new (JSON_NODE_NULL);
  return json_node_copy (json_object_get_member (parser->variables, name));
}

static JsonNode *
take_word (Parser *parser)
{
  g_autofree char *word = take_name (parser);
  JsonNode        *node;

  if (g_str_equal (word, "null"))
    return json_node_new (JSON_NODE_NULL);
  if (!g_str_equal (word, "true") && !g_str_equal (word, "false"))
    return text_node (word);
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_boolean (node, g_str_equal (word, "true"));
  return node;
}

static JsonNode *
take_value (Parser *parser, GError **error)
{
  JsonNode *node;

  skip (parser);
  if (take (parser, '$'))
    return take_variable (parser);
  if (take (parser, '['))
    return take_list (parser, error);
  if (*parser->at == '"')
    {
      g_autofree char *text = take_string (parser);

      return text_node (text);
    }
  if (g_ascii_isalpha (*parser->at))
    return take_word (parser);
  if (!g_ascii_isdigit (*parser->at) && *parser->at != '-')
    {
      fail (parser, "a value", error);
      return NULL;
    }
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_int (node, g_ascii_strtoll (parser->at, (char **) &parser->at, 10));
  return node;
}

static gboolean
take_args (Parser *parser, JsonObject *args, GError **error)
{
  if (!take (parser, '('))
    return TRUE;
  while (!take (parser, ')'))
    {
      g_autofree char *name = take_name (parser);
      JsonNode        *value;

      if (*name == '\0' || !take (parser, ':'))
        return fail (parser, "an argument", error);
      if ((value = take_value (parser, error)) == NULL)
        return FALSE;
      json_object_set_member (args, name, value);
    }
  return TRUE;
}

/* @wanted: (out): whether the field stays by @include and @skip. */
static gboolean
take_directives (Parser *parser, gboolean *wanted, GError **error)
{
  while (take (parser, '@'))
    {
      g_autofree char       *name = take_name (parser);
      g_autoptr (JsonObject) args = json_object_new ();

      if (!take_args (parser, args, error))
        return FALSE;
      if (g_str_equal (name, "include"))
        *wanted = *wanted && json_object_get_boolean_member_with_default (args, "if", TRUE);
      else if (g_str_equal (name, "skip"))
        *wanted = *wanted && !json_object_get_boolean_member_with_default (args, "if", FALSE);
      else if (g_str_equal (name, "idempotent"))
        {
          g_free (parser->idempotency_key);
          parser->idempotency_key =
              g_strdup (json_object_get_string_member_with_default (args, "key", NULL));
        }
    }
  return TRUE;
}

static gboolean take_fields (Parser *parser, GPtrArray *fields, GError **error);

/* Of one type: there is one for each field here, so all is taken. */
static gboolean
take_inline (Parser *parser, GPtrArray *fields, GError **error)
{
  g_autofree char *type = take_name (parser);

  if (*type == '\0')
    return fail (parser, "a type", error);
  return take_fields (parser, fields, error);
}

static gboolean
take_spread (Parser *parser, GPtrArray *fields, GError **error)
{
  g_autofree char *name = take_name (parser);
  const char      *body = g_hash_table_lookup (parser->fragments, name);
  const char      *back;
  gboolean         wanted = TRUE;

  if (g_str_equal (name, "on"))
    return take_inline (parser, fields, error);
  if (!take_directives (parser, &wanted, error))
    return FALSE;
  if (body == NULL)
    return fail (parser, "a fragment that is there", error);
  back = parser->at;
  parser->at = body;
  if (wanted && !take_fields (parser, fields, error))
    return FALSE;
  parser->at = back;
  return TRUE;
}

static gboolean
take_field (Parser *parser, GPtrArray *fields, GError **error)
{
  WbTownField *field = g_new0 (WbTownField, 1);
  gboolean     wanted = TRUE, done;

  field->args = json_object_new ();
  field->fields = g_ptr_array_new_with_free_func (field_free);
  field->name = take_name (parser);
  done = *field->name != '\0' || fail (parser, "a field", error);
  if (done && take (parser, ':'))
    {
      field->alias = field->name;
      field->name = take_name (parser);
    }
  else
    field->alias = g_strdup (field->name);
  done = done && take_args (parser, field->args, error) && take_directives (parser, &wanted, error);
  skip (parser);
  if (done && *parser->at == '{')
    done = take_fields (parser, field->fields, error);
  if (done && wanted)
    g_ptr_array_add (fields, field);
  else
    field_free (field);
  return done;
}

static gboolean
take_fields (Parser *parser, GPtrArray *fields, GError **error)
{
  gboolean done = TRUE;

  if (!take (parser, '{'))
    return fail (parser, "“{”", error);
  if (++parser->depth > DEEPEST)
    return fail (parser, "fewer levels", error);
  while (done && !take (parser, '}'))
    {
      skip (parser);
      if (g_str_has_prefix (parser->at, "..."))
        {
          parser->at += 3;
          done = take_spread (parser, fields, error);
        }
      else
        done = take_field (parser, fields, error);
    }
  parser->depth--;
  return done;
}

/* Behind a group in braces or brackets. */
static void
skip_group (Parser *parser, char open, char close)
{
  guint depth = 0;

  for (; *parser->at != '\0'; parser->at++)
    if (*parser->at == open)
      depth++;
    else if (*parser->at == close && --depth == 0)
      {
        parser->at++;
        return;
      }
}

/* Notes where each fragment begins. Returns: where the operation does. */
static const char *
find_parts (Parser *parser, gboolean *mutation)
{
  const char *operation = NULL;

  for (skip (parser); *parser->at != '\0'; skip (parser))
    {
      g_autofree char *word = take_name (parser);
      g_autofree char *name = NULL;

      if (*word == '\0' && *parser->at != '{')
        return NULL;
      name = take_name (parser);
      skip (parser);
      if (*parser->at == '(')
        skip_group (parser, '(', ')');
      while (*parser->at != '\0' && *parser->at != '{')
        parser->at++;
      if (g_str_equal (word, "fragment"))
        g_hash_table_insert (parser->fragments, g_strdup (name), (gpointer) parser->at);
      else
        {
          operation = parser->at;
          *mutation = g_str_equal (word, "mutation");
        }
      skip_group (parser, '{', '}');
    }
  return operation;
}

/**
 * wb_town_document_parse:
 * @text: one operation and its fragments
 * @variables: (nullable)
 *
 * Returns: (transfer full): the operation's fields; %WB_ERROR_INVALID in a parser's words.
 */
WbTownDocument *
wb_town_document_parse (const char *text, JsonObject *variables, GError **error)
{
  g_autoptr (GHashTable) fragments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WbTownDocument) document = g_new0 (WbTownDocument, 1);
  Parser   parser = { .at = text, .variables = variables, .fragments = fragments };
  gboolean done;

  document->fields = g_ptr_array_new_with_free_func (field_free);
  parser.at = find_parts (&parser, &document->mutation);
  if (parser.at == NULL)
    {
      parser.at = text;
      fail (&parser, "an operation", error);
      return NULL;
    }
  done = take_fields (&parser, document->fields, error);
  document->idempotency_key = parser.idempotency_key;
  return done ? g_steal_pointer (&document) : NULL;
}

/* An object is one point; a connection what its children are, times how many are asked for. */
static guint
cost_of (GPtrArray *fields)
{
  guint cost = 0;

  for (guint i = 0; i < fields->len; i++)
    {
      const WbTownField *field = fields->pdata[i];
      gint64             first = json_object_get_int_member_with_default (field->args, "first", 0);

      if (field->fields->len == 0)
        continue;
      cost += first > 0 && g_strcmp0 (field->name, "transactions") != 0 &&
                      g_strcmp0 (field->name, "refunds") != 0
                  ? 2 + (guint) first * cost_of (field->fields)
                  : 1 + cost_of (field->fields);
    }
  return cost;
}

/** wb_town_document_cost: what the shop counts for it before it runs. */
guint
wb_town_document_cost (const WbTownDocument *document)
{
  return document->mutation ? 10 : MAX (cost_of (document->fields), 1);
}

/* ---- cutting a tree down ---- */

/** wb_town_connection: Returns: (transfer full): @list (taken) as a connection: nodes, edges and
 * pageInfo are made of it by what is asked for. */
JsonNode *
wb_town_connection (JsonArray *list)
{
  return wb_town_connection_slice (list, 0, json_array_get_length (list));
}

/** wb_town_connection_slice: as wb_town_connection() where @list holds only the elements from @from
 * on, of @all. */
JsonNode *
wb_town_connection_slice (JsonArray *list, guint from, guint all)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, CONNECTION, list);
  json_object_set_int_member (object, BEGINS, from);
  json_object_set_int_member (object, WHOLE, all);
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
project_object (JsonNode *tree, const WbTownField *field, const char *path, GError **error);

static JsonNode *
project_list (JsonArray         *list,
              guint              from,
              guint              n,
              const WbTownField *field,
              const char        *path,
              GError           **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, json_array_new ());
  for (guint i = from; i < MIN (from + n, json_array_get_length (list)); i++)
    {
      JsonNode *one = wb_town_project (json_array_get_element (list, i), field, path, error);

      if (one == NULL)
        return NULL;
      json_array_add_element (json_node_get_array (node), one);
    }
  return g_steal_pointer (&node);
}

/* Edges: each with its node and a cursor. */
static JsonNode *
project_edges (JsonArray         *list,
               guint              from,
               guint              n,
               const WbTownField *field,
               const char        *path,
               GError           **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, json_array_new ());
  for (guint i = from; i < MIN (from + n, json_array_get_length (list)); i++)
    {
      g_autoptr (JsonNode) edge = json_node_new (JSON_NODE_OBJECT);
      JsonObject          *object = json_object_new ();
      JsonNode            *one;

      json_object_set_member (object, "node", json_node_ref (json_array_get_element (list, i)));
      json_object_set_string_member (object, "cursor", "c");
      json_node_take_object (edge, object);
      if ((one = project_object (edge, field, path, error)) == NULL)
        return NULL;
      json_array_add_element (json_node_get_array (node), one);
    }
  return g_steal_pointer (&node);
}

static JsonNode *
project_page_info (guint from, guint n, guint all, const WbTownField *field, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject          *object = json_object_new ();
  guint                end = MIN (from + n, all);
  g_autofree char     *cursor = g_strdup_printf ("c%u", end);

  json_object_set_boolean_member (object, "hasNextPage", end < all);
  json_object_set_boolean_member (object, "hasPreviousPage", from > 0);
  if (end > from)
    json_object_set_string_member (object, "endCursor", cursor);
  else
    json_object_set_null_member (object, "endCursor");
  json_node_take_object (node, object);
  return project_object (node, field, "pageInfo", error);
}

static JsonNode *
project_connection (JsonObject *tree, const WbTownField *field, const char *path, GError **error)
{
  JsonArray           *list = json_object_get_array_member (tree, CONNECTION);
  guint                begins = (guint) json_object_get_int_member (tree, BEGINS);
  guint                all = (guint) json_object_get_int_member (tree, WHOLE);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject          *object = json_object_new ();
  const char *after = json_object_get_string_member_with_default (field->args, "after", NULL);
  guint from = after != NULL && *after == 'c' ? (guint) g_ascii_strtoull (after + 1, NULL, 10) : 0;
  guint n = (guint) json_object_get_int_member_with_default (field->args, "first", 250);

  from = MAX (from, begins);
  json_node_take_object (node, object);
  for (guint i = 0; i < field->fields->len; i++)
    {
      const WbTownField *part = field->fields->pdata[i];
      JsonNode          *value = NULL;

      if (g_str_equal (part->name, "nodes"))
        value = project_list (list, from - begins, n, part, path, error);
      else if (g_str_equal (part->name, "edges"))
        value = project_edges (list, from - begins, n, part, path, error);
      else if (g_str_equal (part->name, "pageInfo"))
        value = project_page_info (from, n, all, part, error);
      else
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Field '%s' doesn't exist on %s",
                     part->name, path);
      if (value == NULL)
        return NULL;
      json_object_set_member (object, part->alias, value);
    }
  return g_steal_pointer (&node);
}

static JsonNode *
project_object (JsonNode *tree, const WbTownField *field, const char *path, GError **error)
{
  JsonObject          *from = json_node_get_object (tree);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject          *object = json_object_new ();

  json_node_take_object (node, object);
  if (json_object_has_member (from, CONNECTION))
    return project_connection (from, field, path, error);
  for (guint i = 0; i < field->fields->len; i++)
    {
      const WbTownField *part = field->fields->pdata[i];
      JsonNode          *value = json_object_get_member (from, part->name);
      JsonNode          *cut;

      if (value == NULL)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Field '%s' doesn't exist on %s",
                       part->name, path);
          return NULL;
        }
      if ((cut = wb_town_project (value, part, part->name, error)) == NULL)
        return NULL;
      json_object_set_member (object, part->alias, cut);
    }
  return g_steal_pointer (&node);
}

/**
 * wb_town_project:
 * @tree: all that could be told
 * @path: for messages
 *
 * Returns: (transfer full): what @field selects of @tree; %WB_ERROR_INVALID for what is not there,
 * or for an object of which nothing is selected.
 */
JsonNode *
wb_town_project (JsonNode *tree, const WbTownField *field, const char *path, GError **error)
{
  if (JSON_NODE_HOLDS_NULL (tree))
    return json_node_copy (tree);
  if (JSON_NODE_HOLDS_ARRAY (tree))
    return project_list (
        json_node_get_array (tree), 0,
        (guint) json_object_get_int_member_with_default (field->args, "first", G_MAXINT), field,
        path, error);
  if (JSON_NODE_HOLDS_OBJECT (tree) == (field->fields->len == 0))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   JSON_NODE_HOLDS_OBJECT (tree) ? "Field '%s' must have selections"
                                                 : "Selections can't be made on scalars (%s)",
                   path);
      return NULL;
    }
  return JSON_NODE_HOLDS_OBJECT (tree) ? project_object (tree, field, path, error)
                                       : json_node_copy (tree);
}
