/* SPDX-License-Identifier: GPL-3.0-or-later
 * GraphQL: what is sent, what an error means, and that a mutation is never written twice. */
#include "net-client.h"

#include <string.h>

#include "graphql-documents.h"
#include "wb-graphql.h"

#define FOLDER "/org/waybill/tests/graphql"

static const WbGraphqlRefusal refusals[] = {
  { "ACCESS_DENIED", WB_ERROR_AUTH, "The app lacks a right" },
  { "THROTTLED", WB_ERROR_UNAVAILABLE, NULL },
  { "TAKEN", WB_ERROR_CONFLICT, "Somebody was first" },
};

static WbGraphql *
door (RawServer *server)
{
  g_autoptr (WbHttp) http = net_client (server, NULL);
  WbGraphql         *graphql = wb_graphql_new (http, "/graphql.json", FOLDER);

  wb_graphql_set_refusals (graphql, refusals, G_N_ELEMENTS (refusals));
  return graphql;
}

static JsonNode *
variables (void)
{
  return wb_json_parse ("{\"id\":\"gid://a/1\"}", -1, "the variables", NULL);
}

static JsonNode *
call (RawServer *server, const char *document, GError **error)
{
  g_autoptr (WbGraphql) graphql = door (server);
  g_autoptr (JsonNode)  values = variables ();

  return wb_graphql_call (graphql, document, values, NULL, error);
}

/* The document with its fragments, the operation's name and the variables are sent. */
static void
test_sends (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (GError)    error = NULL;
  g_autoptr (JsonNode)  root = NULL;
  g_autoptr (JsonNode)  sent = NULL;
  WbJson                at, data, thing, given;

  raw_server_add_json (server, 200, "{\"data\":{\"thing\":{\"name\":\"A\"}}}");
  root = call (server, "thing.graphql", &error);
  g_assert_no_error (error);
  at = wb_json_root (root, "reply");
  g_assert_true (wb_json_object (&at, "data", &data, &error));
  g_assert_true (wb_json_object (&data, "thing", &thing, &error));
  g_assert_cmpstr (wb_json_opt_string (&thing, "name"), ==, "A");

  sent = wb_json_parse (raw_server_body (server, 0), -1, "what was sent", &error);
  g_assert_no_error (error);
  given = wb_json_root (sent, "sent");
  g_assert_cmpstr (wb_json_opt_string (&given, "operationName"), ==, "Thing");
  g_assert_nonnull (strstr (wb_json_opt_string (&given, "query"), "fragment ThingFields"));
  g_assert_nonnull (strstr (wb_json_opt_string (&given, "query"), "query Thing("));
  given = wb_json_member (&given, "variables");
  g_assert_cmpstr (wb_json_opt_string (&given, "id"), ==, "gid://a/1");
}

/* What operation a document has, past comments, strings and fragments. */
static void
test_operations (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    gboolean    mutation;
  } cases[] = {
    { "query A { a }", "A", FALSE },
    { "# mutation B\nquery A { mutation { query } }", "A", FALSE },
    { "fragment query on X { a(b: \"} mutation C\") }\nmutation  D($x: I!) { d }", "D", TRUE },
    { "fragment F on X { mutation B }\n query E { e }", "E", FALSE },
    { "fragment F on X { a(b: \"\"\"\"}\" mutation Z\"\"\") } query E { e }", "E", FALSE },
    { "{ a }", NULL, FALSE },
    { "query { a }", NULL, FALSE },
    { "", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean         mutation = FALSE;
      g_autofree char *name = wb_graphql_operation (cases[i].text, &mutation);

      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_cmpint (mutation, ==, cases[i].mutation);
    }
}

/* What each answer means, for a query and for a mutation. */
static void
test_errors (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    gint        query;
    gint        mutation;
    const char *words;
  } cases[] = {
    { 200,
      "{\"errors\":[{\"message\":\"Field 'x' doesn't "
      "exist\",\"extensions\":{\"code\":\"undef\"}}]}",
      WB_ERROR_FAILED, WB_ERROR_INVALID, "Field 'x' doesn't exist (undef)" },
    { 200,
      "{\"data\":null,\"errors\":[{\"message\":\"no\",\"path\":[\"things\",3,\"name\"],"
      "\"extensions\":{\"code\":\"ACCESS_DENIED\"}}]}",
      WB_ERROR_AUTH, WB_ERROR_AUTH,
      "The app lacks a right. The shop refused: no (at things.3.name, ACCESS_DENIED)" },
    { 200,
      "{\"data\":{\"set\":{\"a\":1}},\"errors\":[{\"message\":\"no\",\"path\":[\"set\",\"b\"],"
      "\"extensions\":{\"code\":\"ACCESS_DENIED\"}}]}",
      WB_ERROR_AUTH, WB_ERROR_UNSURE, "ACCESS_DENIED" },
    { 200,
      "{\"data\":{\"set\":null},\"errors\":[{\"message\":\"Internal error\",\"path\":[\"set\"],"
      "\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}]}",
      WB_ERROR_FAILED, WB_ERROR_UNSURE, "Internal error (at set, INTERNAL_SERVER_ERROR)" },
    { 200, "{\"data\":null,\"errors\":[3]}", WB_ERROR_FAILED, WB_ERROR_INVALID, "no message" },
    { 400, "{\"errors\":[{\"message\":\"Parse error\"}]}", WB_ERROR_FAILED, WB_ERROR_INVALID,
      "Parse error" },
    { 401, "{\"errors\":\"[API] Invalid API key\"}", WB_ERROR_AUTH, WB_ERROR_AUTH,
      "HTTP 401: [API] Invalid API key" },
    { 402, "{\"errors\":\"Unavailable Shop\"}", WB_ERROR_DECLINED, WB_ERROR_DECLINED,
      "Unavailable Shop" },
    { 404, "{\"errors\":\"Not Found\"}", WB_ERROR_NOT_FOUND, WB_ERROR_NOT_FOUND, "Not Found" },
    { 200, "{\"data\":null}", WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE, "without data" },
    { 200, "[]", WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE, "without data" },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (GError)    error = NULL;
      g_autoptr (JsonNode)  root = NULL;
      gboolean              mutation = i % 2 == 1;

      raw_server_add_json (server, cases[i / 2].status, cases[i / 2].body);
      root = call (server, mutation ? "set.graphql" : "thing.graphql", &error);
      g_assert_null (root);
      g_assert_nonnull (error);
      g_assert_cmpstr (wb_error_to_name (error->code), ==,
                       wb_error_to_name (mutation ? cases[i / 2].mutation : cases[i / 2].query));
      g_assert_nonnull (strstr (error->message, cases[i / 2].words));
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
    }
}

/* No answer, half an answer, a 502: a mutation stays unsure and is not sent again. */
static void
test_mutation_once (void)
{
  static const char *const ends[] = {
    "",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":",
    "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"data\":",
    "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 13\r\n\r\n<html></html>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (GError)    error = NULL;
      g_autoptr (JsonNode)  root = NULL;

      raw_server_add (server, RAW_CLOSE, ends[i]);
      raw_server_add_json (server, 200, "{\"data\":{\"set\":{}}}"); /* must not be reached */
      root = call (server, "set.graphql", &error);
      g_assert_null (root);
      g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
    }
}

/* A query gets over the same, though it goes by POST. */
static void
test_query_again (void)
{
  static const char *const ends[] = {
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":",
    "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"data\":",
    "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 13\r\n\r\n<html></html>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (GError)    error = NULL;
      g_autoptr (JsonNode)  root = NULL;

      raw_server_add (server, RAW_CLOSE, ends[i]);
      raw_server_add_json (server, 200, "{\"data\":{\"thing\":null}}");
      root = call (server, "thing.graphql", &error);
      g_assert_no_error (error);
      g_assert_nonnull (root);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 2);
    }
}

typedef struct
{
  guint  tokens; /* given out */
  guint  pauses; /* asked for */
  gint64 pause;
} Hooks;

static gboolean
prepare (WbHttpRequest *request, gpointer data, GCancellable *cancellable, GError **error)
{
  Hooks           *hooks = data;
  g_autofree char *token = g_strdup_printf ("t%u", hooks->tokens);

  wb_http_request_set_header (request, "X-Token", token);
  return TRUE;
}

static gint64
answer (const WbHttpResponse *response, const WbJson *reply, gpointer data)
{
  Hooks *hooks = data;

  if (wb_http_response_get_status (response) == 401)
    {
      hooks->tokens++;
      return 0;
    }
  if (!wb_graphql_has_code (reply, "THROTTLED"))
    return WB_GRAPHQL_TAKE;
  hooks->pauses++;
  return hooks->pause;
}

/* A vendor that says it did not run is asked again, with a new token, after the pause; also with a
 * mutation. */
static void
test_hooks (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbGraphql) graphql = door (server);
  g_autoptr (GError)    error = NULL;
  g_autoptr (JsonNode)  root = NULL;
  g_autofree char      *first = NULL;
  g_autofree char      *last = NULL;
  Hooks                 hooks = { .pause = 1500000 };

  wb_graphql_set_prepare (graphql, prepare, &hooks);
  wb_graphql_set_answer (graphql, answer, &hooks);
  raw_server_add_json (server, 401, "{\"errors\":\"lapsed\"}");
  raw_server_add_json (
      server, 200,
      "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]}");
  raw_server_add_json (server, 200, "{\"data\":{\"set\":{\"userErrors\":[]}}}");
  root = wb_graphql_call (graphql, "set.graphql", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (root);
  first = raw_server_header (server, 0, "X-Token");
  last = raw_server_header (server, 2, "X-Token");
  g_assert_cmpstr (first, ==, "t0");
  g_assert_cmpstr (last, ==, "t1");
  g_assert_cmpuint (net_n_pauses (), ==, 1);
  g_assert_cmpint (net_pause (0), ==, 1500000);
}

/* One that never stops asking to wait is given up, and nothing was done. */
static void
test_gives_up (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbGraphql) graphql = door (server);
  g_autoptr (GError)    error = NULL;
  g_autoptr (JsonNode)  root = NULL;
  Hooks                 hooks = { .pause = 4 * G_TIME_SPAN_MINUTE };

  wb_graphql_set_answer (graphql, answer, &hooks);
  for (guint i = 0; i < 4; i++)
    raw_server_add_json (
        server, 200,
        "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]}");
  root = wb_graphql_call (graphql, "set.graphql", NULL, NULL, &error);
  g_assert_null (root);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_cmpuint (hooks.pauses, ==, 3);
}

/* userErrors and results that are errors become refusals with words. */
static void
test_user_errors (void)
{
  g_autoptr (JsonNode) node =
      wb_json_parse ("{\"userErrors\":[{\"field\":[\"input\",\"lines\",\"0\"],"
                     "\"message\":\"is gone\",\"code\":\"TAKEN\"},{\"message\":\"too\"}],"
                     "\"none\":[]}",
                     -1, "a payload", NULL);
  g_autoptr (JsonNode) result = wb_json_parse (
      "{\"errorCode\":\"PAYMENT_ERROR\",\"message\":\"No money\"}", -1, "a result", NULL);
  g_autoptr (GError) error = NULL;
  WbJson             at = wb_json_root (node, "payload");

  g_assert_true (wb_graphql_check_user_errors (&at, "none", refusals, 3, &error));
  g_assert_true (wb_graphql_check_user_errors (&at, "absent", refusals, 3, &error));
  g_assert_true (wb_graphql_check_result (&at, refusals, 3, &error));
  g_assert_no_error (error);
  g_assert_false (wb_graphql_check_user_errors (&at, "userErrors", refusals, 3, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==,
                   "Somebody was first. (is gone (at input.lines.0, TAKEN); too)");
  g_clear_error (&error);
  at = wb_json_root (result, "result");
  g_assert_false (wb_graphql_check_result (&at, refusals, 3, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "No money (PAYMENT_ERROR)");
}

/* A document that is not there, or takes in one that is not. */
static void
test_missing_document (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (GError)    error = NULL;
  g_autoptr (JsonNode)  root = call (server, "no-such.graphql", &error);

  g_assert_null (root);
  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (graphql_documents_get_resource ());
  g_test_add_func ("/net/graphql/sends", test_sends);
  g_test_add_func ("/net/graphql/operations", test_operations);
  g_test_add_func ("/net/graphql/errors", test_errors);
  g_test_add_func ("/net/graphql/mutation-once", test_mutation_once);
  g_test_add_func ("/net/graphql/query-again", test_query_again);
  g_test_add_func ("/net/graphql/hooks", test_hooks);
  g_test_add_func ("/net/graphql/gives-up", test_gives_up);
  g_test_add_func ("/net/graphql/user-errors", test_user_errors);
  g_test_add_func ("/net/graphql/missing-document", test_missing_document);
  return g_test_run ();
}
