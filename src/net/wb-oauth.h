/* SPDX-License-Identifier: GPL-3.0-or-later
 * OAuth 1.0 signatures without tokens ("one-legged"), as WooCommerce asks on plain HTTP. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

/** WbPair: one name and value of a query or form, both as plain text (not percent-encoded). */
typedef struct
{
  char *name;
  char *value;
} WbPair;

WbPair    *wb_pair_new (const char *name, const char *value);
void       wb_pair_free (WbPair *pair);
GPtrArray *wb_pairs_new (void);
GPtrArray *wb_pairs_copy (GPtrArray *pairs);
char      *wb_pairs_encode (GPtrArray *pairs);
GPtrArray *wb_pairs_decode (const char *query);
char      *wb_percent_encode (const char *text);

char      *wb_oauth_base_string (const char *method, const char *url, GPtrArray *pairs);
GPtrArray *wb_oauth_sign (const char *method,
                          const char *url,
                          GPtrArray  *query,
                          GPtrArray  *form,
                          const char *key,
                          const char *secret,
                          const char *nonce,
                          gint64      timestamp);

G_END_DECLS
