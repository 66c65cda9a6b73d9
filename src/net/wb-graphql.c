/* SPDX-License-Identifier: GPL-3.0-or-later
 * One GraphQL operation from its document to its data, and what its errors mean. */
#include "wb-graphql.h"

#include <string.h>

#include "wb-http-private.h"
#include "wb-text.h"

#define MOST_SENDINGS 40 /* of one operation the vendor says it did not run */
#define LONGEST_WAIT  (10 * G_TIME_SPAN_MINUTE) /* for one operation, all pauses together */
#define MOST_READINGS 3                         /* of a query whose answer comes cut */
#define MOST_TOLD     5                         /* errors of one answer that are told */

struct _WbGraphql
{
  GObject parent_instance;

  WbHttp                 *http;
  char                   *path;
  char                   *folder;
  const WbGraphqlRefusal *refusals;
  guint                   n_refusals;
  WbGraphqlPrepareFunc    prepare;
  gpointer                prepare_data;
  WbGraphqlAnswerFunc     answer;
  gpointer                answer_data;
};

G_DEFINE_FINAL_TYPE (WbGraphql, wb_graphql, G_TYPE_OBJECT)

static void
wb_graphql_finalize (GObject *object)
{
  WbGraphql *self = WB_GRAPHQL (object);

  g_clear_object (&self->http);
  g_free (self->path);
  g_free (self->folder);
  G_OBJECT_CLASS (wb_graphql_parent_class)->finalize (object);
}

static void
wb_graphql_class_init (WbGraphqlClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_graphql_finalize;
}

static void
wb_graphql_init (WbGraphql *self)
{
}

/**
 * wb_graphql_new:
 * @path: of the endpoint below the client's base URL
 * @folder: of the documents in the resources, “/org/waybill/shops/shopify”
 *
 * Returns: (transfer full): a door to the endpoint; used by one thread at a time, as @http.
 */
WbGraphql *
wb_graphql_new (WbHttp *http, const char *path, const char *folder)
{
  WbGraphql *self = g_object_new (WB_TYPE_GRAPHQL, NULL);

  self->http = g_object_ref (http);
  self->path = g_strdup (path);
  self->folder = g_strdup (folder);
  return self;
}

/** wb_graphql_set_refusals: @table: (transfer none): what extensions.code of an error means; a code
 * that is not in it is %WB_ERROR_FAILED in a query, %WB_ERROR_UNSURE once a mutation ran. */
void
wb_graphql_set_refusals (WbGraphql *self, const WbGraphqlRefusal *table, guint n)
{
  self->refusals = table;
  self->n_refusals = n;
}

/** wb_graphql_set_prepare: @func is called before every sending. */
void
wb_graphql_set_prepare (WbGraphql *self, WbGraphqlPrepareFunc func, gpointer data)
{
  self->prepare = func;
  self->prepare_data = data;
}

/** wb_graphql_set_answer: @func looks at every answer first. */
void
wb_graphql_set_answer (WbGraphql *self, WbGraphqlAnswerFunc func, gpointer data)
{
  self->answer = func;
  self->answer_data = data;
}

/* ---- errors ---- */

static const WbGraphqlRefusal *
find_refusal (const WbGraphqlRefusal *table, guint n, const char *code)
{
  for (guint i = 0; code != NULL && i < n; i++)
    if (g_str_equal (table[i].code, code))
      return &table[i];
  return NULL;
}

static const char *
code_of (const WbJson *error)
{
  WbJson extensions = wb_json_member (error, "extensions");

  return wb_json_is_object (&extensions) ? wb_json_opt_string (&extensions, "code") : NULL;
}

/** wb_graphql_has_code: whether one of the errors of @reply carries @code. */
gboolean
wb_graphql_has_code (const WbJson *reply, const char *code)
{
  WbJson errors;
  guint  n;

  if (!wb_json_is_object (reply) || !wb_json_array (reply, "errors", &errors, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&errors, i);

      if (g_strcmp0 (code_of (&one), code) == 0)
        return TRUE;
    }
  return FALSE;
}

/* “orders.nodes.3.name” of ["orders", "nodes", 3, "name"]; NULL when there is no path. */
static char *
path_words (const WbJson *at, const char *name, guint *length)
{
  g_autoptr (GString) path = g_string_new (NULL);
  WbJson              parts = wb_json_member (at, name);
  guint               n =
      wb_json_is_array (&parts) ? json_array_get_length (json_node_get_array (parts.node)) : 0;

  *length = n;
  for (guint i = 0; i < n; i++)
    {
      WbJson           part = wb_json_element (&parts, i);
      JsonNode        *node = part.node;
      g_autofree char *text =
          node != NULL && JSON_NODE_HOLDS_VALUE (node) ? wb_json_to_text (node) : NULL;

      g_strdelimit (text != NULL ? text : (text = g_strdup ("?")), "\"", ' ');
      g_string_append_printf (path, "%s%s", i > 0 ? "." : "", g_strstrip (text));
    }
  return n > 0 ? g_string_free (g_steal_pointer (&path), FALSE) : NULL;
}

/* One error in words: “message (at path, CODE)”. */
static char *
error_words (const WbJson *at, const char *code, const char *path)
{
  const char      *message = wb_json_opt_string (at, "message");
  g_autofree char *clean = wb_redact_text (message != NULL ? message : "no message");
  g_autofree char *line = wb_text_one_line (clean);

  if (path == NULL && code == NULL)
    return g_steal_pointer (&line);
  return g_strdup_printf ("%s (%s%s%s%s)", line, path != NULL ? "at " : "",
                          path != NULL ? path : "", path != NULL && code != NULL ? ", " : "",
                          code != NULL ? code : "");
}

/* Whether the operation began to run: its answer has a “data” with something in it. */
static gboolean
has_begun (const WbJson *reply)
{
  WbJson            data = wb_json_member (reply, "data");
  JsonObject       *object;
  g_autoptr (GList) values = NULL;

  if (!wb_json_is_object (&data))
    return FALSE;
  object = json_node_get_object (data.node);
  values = json_object_get_values (object);
  for (GList *at = values; at != NULL; at = at->next)
    if (!JSON_NODE_HOLDS_NULL ((JsonNode *) at->data))
      return TRUE;
  return FALSE;
}

/* What errors may have left behind. A query leaves nothing. A mutation of which something came
 * back did run; one that failed while running with a word nobody knows may have. */
static WbError
judge (gboolean mutation, gboolean begun, gboolean ran, const WbGraphqlRefusal *known)
{
  if (mutation && begun)
    return WB_ERROR_UNSURE;
  if (known != NULL)
    return mutation && known->error == WB_ERROR_UNAVAILABLE && ran ? WB_ERROR_UNSURE : known->error;
  if (mutation && ran)
    return WB_ERROR_UNSURE;
  return mutation ? WB_ERROR_INVALID : WB_ERROR_FAILED;
}

static gboolean
fail_with_errors (
    WbGraphql *self, gboolean mutation, const WbJson *reply, const WbJson *errors, GError **error)
{
  g_autoptr (GString)     words = g_string_new (NULL);
  const WbGraphqlRefusal *known = NULL;
  guint                   n = json_array_get_length (json_node_get_array (errors->node));
  gboolean                ran = FALSE;
  WbError                 code;

  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (errors, i);
      guint            length = 0;
      g_autofree char *path = wb_json_is_object (&one) ? path_words (&one, "path", &length) : NULL;
      const char      *said = wb_json_is_object (&one) ? code_of (&one) : NULL;
      g_autofree char *line =
          wb_json_is_object (&one) ? error_words (&one, said, path) : g_strdup ("no message");

      ran = ran || length > 0;
      if (known == NULL)
        known = find_refusal (self->refusals, self->n_refusals, said);
      if (i < MOST_TOLD)
        g_string_append_printf (words, "%s%s", i > 0 ? "; " : "", line);
    }
  if (n > MOST_TOLD)
    g_string_append_printf (words, "; and %u more", n - MOST_TOLD);
  code = judge (mutation, has_begun (reply), ran, known);
  g_set_error (error, WB_ERROR, code, "%s%s%s refused: %s%s",
               known != NULL && known->advice != NULL ? known->advice : "",
               known != NULL && known->advice != NULL ? ". " : "", self->http->name, words->str,
               code == WB_ERROR_UNSURE ? ". Whether it took effect is not known" : "");
  return FALSE;
}

/* “errors” may be a text as well: an answer from before GraphQL was reached. */
static gboolean
fail_with_text (WbGraphql *self, const WbHttpResponse *response, const char *text, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char   *clean = wb_redact_text (text);
  g_autofree char   *line = wb_text_one_line (clean);

  if (!wb_http_check (response, &local))
    {
      g_set_error (error, WB_ERROR, local->code, "%s answered HTTP %u: %s", self->http->name,
                   wb_http_response_get_status (response), line);
      return FALSE;
    }
  g_set_error (error, WB_ERROR, response->effect ? WB_ERROR_UNSURE : WB_ERROR_FAILED,
               "%s refused: %s", self->http->name, line);
  return FALSE;
}

/* Whether @reply is data without errors. */
static gboolean
check_reply (WbGraphql            *self,
             gboolean              mutation,
             const WbHttpResponse *response,
             const WbJson         *reply,
             GError              **error)
{
  WbJson errors = wb_json_member (reply, "errors");
  WbJson data = wb_json_member (reply, "data");

  if (wb_json_is_object (reply) && wb_json_opt_string (reply, "errors") != NULL)
    return fail_with_text (self, response, wb_json_opt_string (reply, "errors"), error);
  if (wb_http_response_get_status (response) < 500 && wb_json_is_array (&errors) &&
      json_array_get_length (json_node_get_array (errors.node)) > 0)
    return fail_with_errors (self, mutation, reply, &errors, error);
  if (!wb_http_check (response, error))
    return FALSE;
  if (wb_json_is_object (&data))
    return TRUE;
  g_set_error (error, WB_ERROR, mutation ? WB_ERROR_UNSURE : WB_ERROR_UNAVAILABLE,
               "%s answered without data%s", self->http->name,
               mutation ? ". Whether it took effect is not known" : "");
  return FALSE;
}

/* ---- a call ---- */

static JsonNode *
make_body (const char *text, const char *operation, JsonNode *variables)
{
  JsonNode   *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "query", text);
  json_object_set_string_member (object, "operationName", operation);
  if (variables != NULL)
    json_object_set_member (object, "variables", json_node_ref (variables));
  json_node_take_object (root, object);
  return root;
}

/* One sending, and the pause after which to send again, or WB_GRAPHQL_TAKE. */
static JsonNode *
send_once (WbGraphql       *self,
           JsonNode        *body,
           gboolean         mutation,
           WbHttpResponse **response,
           gint64          *pause,
           GCancellable    *cancellable,
           GError         **error)
{
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("POST", self->path);
  g_autoptr (WbHttpResponse) answer = NULL;
  g_autoptr (JsonNode)       root = NULL;
  g_autoptr (GError)         broken = NULL;
  WbJson                     at;

  wb_http_request_set_json (request, body);
  wb_http_request_set_effect (request, mutation);
  if (self->prepare != NULL && !self->prepare (request, self->prepare_data, cancellable, error))
    return NULL;
  answer = wb_http_send (self->http, request, cancellable, error);
  if (answer == NULL)
    return NULL;
  root = wb_http_response_json (answer, &broken);
  at = wb_json_root (root, "reply");
  *pause = self->answer != NULL ? self->answer (answer, &at, self->answer_data) : WB_GRAPHQL_TAKE;
  *response = g_steal_pointer (&answer);
  if (root == NULL && *pause < 0)
    {
      if (wb_http_check (*response, error))
        g_propagate_error (error, g_steal_pointer (&broken));
    }
  else if (root == NULL)
    root = json_node_new (JSON_NODE_NULL);
  return g_steal_pointer (&root);
}

static gboolean
pause_for (WbGraphql *self, gint64 pause, gint64 *left, GCancellable *cancellable, GError **error)
{
  *left -= pause;
  if (*left < 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
                   "%s kept asking to wait. Nothing was done; it will be tried again later",
                   self->http->name);
      return FALSE;
    }
  if (pause == 0 || self->http->sleep (pause, cancellable, self->http->sleep_data))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "The request to %s was cancelled",
               self->http->name);
  return FALSE;
}

/* Sends until the vendor says that it ran, or refuses. */
static JsonNode *
send (WbGraphql *self, JsonNode *body, gboolean mutation, GCancellable *cancellable, GError **error)
{
  gint64 left = LONGEST_WAIT;
  guint  readings = 0;

  for (guint nth = 1; nth <= MOST_SENDINGS; nth++)
    {
      g_autoptr (WbHttpResponse) response = NULL;
      g_autoptr (GError)         local = NULL;
      gint64                     pause = WB_GRAPHQL_TAKE;
      g_autoptr (JsonNode)       root =
          send_once (self, body, mutation, &response, &pause, cancellable, &local);
      WbJson at = wb_json_root (root, "reply");

      if (root != NULL && pause < 0)
        return check_reply (self, mutation, response, &at, error) ? g_steal_pointer (&root) : NULL;
      if (root == NULL)
        {
          gboolean cut = response != NULL && wb_http_response_is_success (response);

          if (mutation || !cut || ++readings == MOST_READINGS)
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return NULL;
            }
        }
      else if (!pause_for (self, pause, &left, cancellable, error))
        return NULL;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
               "%s did not take the request in %u tries. Nothing was done", self->http->name,
               MOST_SENDINGS);
  return NULL;
}

/**
 * wb_graphql_call:
 * @document: the file's name in the folder of this door
 * @variables: (nullable) (transfer none): an object
 *
 * Runs one operation. Any error in the answer fails it: by the table of refusals, with the vendor's
 * message, the path in the answer and the code. Of a mutation: %WB_ERROR_UNSURE when it was sent
 * and nothing certain came back; also when it ran and its answer is only partly there.
 *
 * Returns: (transfer full): the root of the reply, with an object “data” and maybe “extensions”.
 */
JsonNode *
wb_graphql_call (WbGraphql    *self,
                 const char   *document,
                 JsonNode     *variables,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autofree char     *text = wb_graphql_load (self->folder, document, error);
  g_autofree char     *operation = NULL;
  g_autoptr (JsonNode) body = NULL;
  gboolean             mutation = TRUE;

  if (text == NULL)
    return NULL;
  operation = wb_graphql_operation (text, &mutation);
  if (operation == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The document %s has no operation with a name",
                   document);
      return NULL;
    }
  body = make_body (text, operation, variables);
  return send (self, body, mutation, cancellable, error);
}

/**
 * wb_graphql_object:
 * @name: of the first member; then its kind, a character, and its value: 's' const char *, %NULL
 * leaves the member out; 'i' gint64; 'b' gboolean; 'n' (transfer full) (nullable) JsonNode *, %NULL
 * leaves it out; then the next name; %NULL ends
 *
 * Returns: (transfer full): an object, as variables are.
 */
JsonNode *
wb_graphql_object (const char *name, ...)
{
  JsonNode   *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  va_list     args;

  va_start (args, name);
  for (; name != NULL; name = va_arg (args, const char *))
    {
      int kind = va_arg (args, int);

      if (kind == 's')
        {
          const char *text = va_arg (args, const char *);

          if (text != NULL)
            json_object_set_string_member (object, name, text);
        }
      else if (kind == 'n')
        {
          JsonNode *node = va_arg (args, JsonNode *);

          if (node != NULL)
            json_object_set_member (object, name, node);
        }
      else if (kind == 'b')
        json_object_set_boolean_member (object, name, va_arg (args, gboolean));
      else
        json_object_set_int_member (object, name, va_arg (args, gint64));
    }
  va_end (args);
  json_node_take_object (root, object);
  return root;
}

/* ---- refusals inside data ---- */

static void
set_refusal (const WbGraphqlRefusal *known, const char *words, GError **error)
{
  g_set_error (error, WB_ERROR, known != NULL ? known->error : WB_ERROR_REFUSED, "%s%s%s%s",
               known != NULL && known->advice != NULL ? known->advice : "",
               known != NULL && known->advice != NULL ? ". (" : "", words,
               known != NULL && known->advice != NULL ? ")" : "");
}

/**
 * wb_graphql_check_user_errors:
 * @payload: of a mutation
 * @member: “userErrors”
 * @table: (nullable): what their codes mean; others are %WB_ERROR_REFUSED
 *
 * Returns: %TRUE when there are none. Such an error means that the mutation did nothing.
 */
gboolean
wb_graphql_check_user_errors (const WbJson           *payload,
                              const char             *member,
                              const WbGraphqlRefusal *table,
                              guint                   n_table,
                              GError                **error)
{
  g_autoptr (GString)     words = g_string_new (NULL);
  const WbGraphqlRefusal *known = NULL;
  WbJson                  errors = wb_json_member (payload, member);
  guint                   n =
      wb_json_is_array (&errors) ? json_array_get_length (json_node_get_array (errors.node)) : 0;

  if (n == 0)
    return TRUE;
  for (guint i = 0; i < n && i < MOST_TOLD; i++)
    {
      WbJson           one = wb_json_element (&errors, i);
      guint            length = 0;
      const char      *code = NULL;
      g_autofree char *path = NULL;
      g_autofree char *line = NULL;

      if (!wb_json_is_object (&one))
        continue;
      code = wb_json_opt_string (&one, "code");
      path = path_words (&one, "field", &length);
      line = error_words (&one, code, path);
      if (known == NULL)
        known = find_refusal (table, n_table, code);
      g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", line);
    }
  set_refusal (known, words->str, error);
  return FALSE;
}

/**
 * wb_graphql_check_result:
 * @payload: one of a union of a success and errors that carry errorCode and message
 *
 * Returns: %TRUE when it is no such error.
 */
gboolean
wb_graphql_check_result (const WbJson           *payload,
                         const WbGraphqlRefusal *table,
                         guint                   n,
                         GError                **error)
{
  const char *code = wb_json_is_object (payload) ? wb_json_opt_string (payload, "errorCode") : NULL;
  g_autofree char *words = NULL;

  if (code == NULL)
    return TRUE;
  words = error_words (payload, code, NULL);
  set_refusal (find_refusal (table, n, code), words, error);
  return FALSE;
}
