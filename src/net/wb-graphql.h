/* SPDX-License-Identifier: GPL-3.0-or-later
 * GraphQL over the HTTP client: one document, its variables, its answer, and what an error in it
 * means for the one who asked.
 *
 * Documents are files in a GResource, one operation a file; a line `#import "name.graphql"` takes
 * in a file of fragments from the same folder. A query may be repeated; a mutation is written to
 * the wire once, and without an answer it is %WB_ERROR_UNSURE. */
#pragma once

#include "wb-http.h"
#include "wb-json.h"

G_BEGIN_DECLS

#define WB_TYPE_GRAPHQL (wb_graphql_get_type ())
G_DECLARE_FINAL_TYPE (WbGraphql, wb_graphql, WB, GRAPHQL, GObject)

/**
 * WbGraphqlRefusal: what an error's code means.
 * @code: extensions.code of an error, or code (errorCode) of a user error
 * @advice: (nullable): what the merchant can do; put in front of the vendor's words
 */
typedef struct
{
  const char *code;
  WbError     error;
  const char *advice;
} WbGraphqlRefusal;

/**
 * WbGraphqlPrepareFunc:
 * Gives @request what proves who is asking (a header), before every sending. Returns: %FALSE with
 * @error to stop; nothing has been sent then.
 */
typedef gboolean (*WbGraphqlPrepareFunc) (WbHttpRequest *request,
                                          gpointer       data,
                                          GCancellable  *cancellable,
                                          GError       **error);

/* An answer to be taken as it is. */
#define WB_GRAPHQL_TAKE (-1)

/**
 * WbGraphqlAnswerFunc:
 * @reply: the root of the reply; its node is %NULL when it was no JSON
 *
 * Looks at every answer before it is judged.
 *
 * Returns: %WB_GRAPHQL_TAKE; or, when the vendor says that the operation did not run (throttled, a
 * token that lapsed), after how many microseconds to prepare and send it again.
 */
typedef gint64 (*WbGraphqlAnswerFunc) (const WbHttpResponse *response,
                                       const WbJson         *reply,
                                       gpointer              data);

WbGraphql *wb_graphql_new (WbHttp *http, const char *path, const char *folder);
void       wb_graphql_set_refusals (WbGraphql *self, const WbGraphqlRefusal *table, guint n);
void       wb_graphql_set_prepare (WbGraphql *self, WbGraphqlPrepareFunc func, gpointer data);
void       wb_graphql_set_answer (WbGraphql *self, WbGraphqlAnswerFunc func, gpointer data);
JsonNode  *wb_graphql_call (WbGraphql    *self,
                            const char   *document,
                            JsonNode     *variables,
                            GCancellable *cancellable,
                            GError      **error);

JsonNode *wb_graphql_object (const char *name, ...) G_GNUC_NULL_TERMINATED;

gboolean wb_graphql_has_code (const WbJson *reply, const char *code);
gboolean wb_graphql_check_user_errors (const WbJson           *payload,
                                       const char             *member,
                                       const WbGraphqlRefusal *table,
                                       guint                   n,
                                       GError                **error);
gboolean wb_graphql_check_result (const WbJson           *payload,
                                  const WbGraphqlRefusal *table,
                                  guint                   n,
                                  GError                **error);

/* wb-graphql-document.c */
char *wb_graphql_load (const char *folder, const char *document, GError **error);
char *wb_graphql_operation (const char *text, gboolean *mutation);

G_END_DECLS
