/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where secrets live: the Secret Service, or a file of mode 0600 where there is none. Nowhere else,
 * ever. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

typedef struct _WbSecrets WbSecrets;

WbSecrets *wb_secrets_new_service (void);
WbSecrets *wb_secrets_new_file (const char *path, GError **error);
WbSecrets *wb_secrets_new_fixed (const char *const *names_and_values);
WbSecrets *wb_secrets_ref (WbSecrets *self);
void       wb_secrets_unref (WbSecrets *self);
gboolean   wb_secrets_store (WbSecrets  *self,
                             const char *book,
                             const char *connection,
                             const char *name,
                             const char *value,
                             GError    **error);
char      *wb_secrets_lookup (
         WbSecrets *self, const char *book, const char *connection, const char *name, GError **error);
gboolean wb_secrets_clear (
    WbSecrets *self, const char *book, const char *connection, const char *name, GError **error);
const char *wb_secrets_describe (WbSecrets *self);
gboolean    wb_secrets_check (WbSecrets *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSecrets, wb_secrets_unref)

G_END_DECLS
