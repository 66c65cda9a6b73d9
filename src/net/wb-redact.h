/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keeps secrets out of whatever leaves the program: traces, logs, error messages. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

#define WB_REDACTED "***"

void     wb_redact_add (const char *secret);
void     wb_redact_add_pair (const char *user, const char *password);
void     wb_redact_clear (void);
gboolean wb_redact_is_secret_key (const char *name);
char    *wb_redact_text (const char *text);
char    *wb_redact_header (const char *name, const char *value);
char    *wb_redact_body (GBytes *body, const char *content_type, gsize max_size);
void     wb_redact_error (GError **error);

G_END_DECLS
