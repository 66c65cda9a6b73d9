/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks an in-process practice town over a bare socket, so that a broken connection is seen as it
 * is. */
#pragma once

#include "wb-town.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint     status; /* 0: hung up without a status line */
  char     *head;
  char     *body;
  gsize     size;     /* of the body as it came */
  gint64    promised; /* Content-Length, -1: none */
  JsonNode *json;     /* NULL: the body is not JSON */
} Answer;

typedef struct
{
  const char *name;
  const char *value;
} Header;

void    answer_free (Answer *answer);
Answer *ask (WbTown       *town,
             const char   *method,
             const char   *target,
             const char   *body,
             const Header *headers,
             guint         n_headers);
Answer *
ask_shop (WbTown *town, const char *method, const char *path, const char *query, const char *body);
Answer *ask_shop_as (WbTown     *town,
                     const char *method,
                     const char *path,
                     const char *query,
                     const char *body,
                     const char *key,
                     const char *secret,
                     gint64      clock_error,
                     const char *nonce);
Answer *
ask_stripe (WbTown *town, const char *method, const char *path, const char *form, const char *key);
Answer *ask_easypost (WbTown *town, const char *method, const char *path, const char *body);
Answer *command (WbTown *town, const char *method, const char *path, const char *body);

const char *header_of (const Answer *answer, const char *name, char **owned);
JsonNode   *node_at (JsonNode *root, const char *path);
char       *text_at (const Answer *answer, const char *path);
gint64      number_at (const Answer *answer, const char *path);
guint       length_at (const Answer *answer, const char *path);
WbTown     *town_up (const WbTownOptions *options);

#define assert_status(answer, expected) g_assert_cmpuint ((answer)->status, ==, (expected))
#define assert_text(answer, path, expected)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *assert_text_found = text_at (answer, path);                                   \
    g_assert_cmpstr (assert_text_found, ==, expected);                                             \
  }                                                                                                \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

G_END_DECLS
