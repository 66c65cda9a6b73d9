/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the door's own files share. */
#pragma once

#include "wb-database.h"

G_BEGIN_DECLS

WbRows *wb_database_query_valist (
    WbDatabase *self, GError **error, const char *sql, const char *types, va_list args);
WbRows     *wb_database_prepare (WbDatabase *self, const char *sql, GError **error);
void        wb_rows_lend (WbRows *rows);
void        wb_rows_bind_int (WbRows *rows, guint parameter, gint64 value);
void        wb_rows_bind_text (WbRows *rows, guint parameter, const char *value);
void        wb_rows_bind_null (WbRows *rows, guint parameter);
void        wb_rows_ask_again (WbRows *rows, gint64 first);
gboolean    wb_rows_is_null (WbRows *rows, guint column);
const char *wb_database_cached_sql (WbDatabase   *self,
                                    gconstpointer key,
                                    const char   *verb,
                                    char *(*make) (const WbRecordClass *klass),
                                    const WbRecordClass *klass);

G_END_DECLS
