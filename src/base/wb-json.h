/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one way to read foreign JSON: bounded, typed, and errors that name the path; and to make
 * small objects of our own. */
#pragma once

#include "wb-money.h"
#include "wb-time.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WB_JSON_MAX_DEPTH 64
#define WB_JSON_MAX_SIZE  (64 * 1024 * 1024)

/**
 * WbJson:
 * A place in a document: the value there and the way to it. A plain value on the stack; it borrows
 * from its parent (which must live and stay where it is) and from the document. The path is spelt
 * out only when an error is made.
 */
typedef struct _WbJson WbJson;
struct _WbJson
{
  const WbJson *parent;
  const char   *member; /* borrowed */
  gint          index;  /* -1: a member */
  JsonNode     *node;   /* borrowed; NULL: absent */
};

JsonNode *wb_json_parse (const char *text, gssize size, const char *what, GError **error);
JsonNode *wb_json_parse_bytes (GBytes *bytes, const char *what, GError **error);
JsonNode *wb_json_make (const char *first_name, ...) G_GNUC_NULL_TERMINATED;
char     *wb_json_to_text (JsonNode *node);
char     *wb_json_to_pretty (JsonNode *node);

WbJson   wb_json_root (JsonNode *node, const char *name);
char    *wb_json_path (const WbJson *at);
gboolean wb_json_fail (const WbJson *at, const char *expected, GError **error);

gboolean wb_json_is_null (const WbJson *at);
gboolean wb_json_is_object (const WbJson *at);
gboolean wb_json_is_array (const WbJson *at);
WbJson   wb_json_member (const WbJson *at, const char *name);
gboolean wb_json_object (const WbJson *at, const char *name, WbJson *out, GError **error);
gboolean wb_json_array (const WbJson *at, const char *name, WbJson *out, guint *n, GError **error);
WbJson   wb_json_element (const WbJson *array, guint index);

const char *wb_json_string (const WbJson *at, const char *name, GError **error);
const char *wb_json_opt_string (const WbJson *at, const char *name);
char       *wb_json_scalar_text (const WbJson *at, const char *name);
gboolean    wb_json_int (const WbJson *at, const char *name, gint64 *out, GError **error);
gboolean
wb_json_opt_int (const WbJson *at, const char *name, gint64 fallback, gint64 *out, GError **error);
gboolean wb_json_bool (const WbJson *at, const char *name, gboolean fallback);
gboolean
wb_json_decimal (const WbJson *at, const char *name, guint exponent, gint64 *out, GError **error);
gboolean wb_json_opt_decimal (const WbJson *at,
                              const char   *name,
                              guint         exponent,
                              gint64        fallback,
                              gint64       *out,
                              GError      **error);
gboolean wb_json_instant (const WbJson *at, const char *name, WbInstant *out, GError **error);
gboolean wb_json_opt_instant (const WbJson *at, const char *name, WbInstant *out, GError **error);

G_END_DECLS
