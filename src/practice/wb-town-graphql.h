/* SPDX-License-Identifier: GPL-3.0-or-later
 * As much of GraphQL as a practice shop needs: a document is read, and a tree of everything a field
 * could tell is cut down to what was selected. */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-error.h"

G_BEGIN_DECLS

/* A field, with variables put in, fragments spread and @include and @skip obeyed. */
typedef struct
{
  char       *alias; /* as it is called in the answer */
  char       *name;
  JsonObject *args;
  GPtrArray  *fields; /* of WbTownField; empty: a leaf */
} WbTownField;

typedef struct
{
  gboolean   mutation;
  char      *idempotency_key; /* of @idempotent, of any field; NULL: none */
  GPtrArray *fields;          /* of WbTownField: those of the operation */
} WbTownDocument;

WbTownDocument *wb_town_document_parse (const char *text, JsonObject *variables, GError **error);
void            wb_town_document_free (WbTownDocument *document);
guint           wb_town_document_cost (const WbTownDocument *document);
JsonNode       *wb_town_connection (JsonArray *list);
JsonNode       *wb_town_connection_slice (JsonArray *list, guint from, guint all);
JsonNode *
wb_town_project (JsonNode *tree, const WbTownField *field, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTownDocument, wb_town_document_free)

G_END_DECLS
