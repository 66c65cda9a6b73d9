/* SPDX-License-Identifier: GPL-3.0-or-later
 * The narrow door: open, transaction, query, rows. Only a driver behind it knows which engine there
 * is. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

typedef struct _WbDatabase WbDatabase;
typedef struct _WbRows     WbRows;

typedef enum
{
  WB_DATABASE_CREATE = 1 << 0, /* make it when it is not there */
  WB_DATABASE_READ_ONLY = 1 << 1,
} WbDatabaseFlags;

WbDatabase *wb_database_open (const char *path, WbDatabaseFlags flags, GError **error);
void        wb_database_close (WbDatabase *self);
void        wb_database_set_patience (int milliseconds);
gboolean    wb_database_is_held (const char *path);
gboolean    wb_database_take_up (WbDatabase *self, GError **error);
void        wb_database_leave_alone (WbDatabase *self);

/* @types: one letter an argument: i gint64, k gint64 where 0 means NULL, s text or NULL, b GBytes
 * or NULL. */
gboolean
wb_database_run (WbDatabase *self, GError **error, const char *sql, const char *types, ...);
gboolean wb_database_run_script (WbDatabase *self, const char *sql, GError **error);
WbRows *
wb_database_query (WbDatabase *self, GError **error, const char *sql, const char *types, ...);
gboolean wb_database_get_int (
    WbDatabase *self, gint64 *out, GError **error, const char *sql, const char *types, ...);
gint64 wb_database_changes (WbDatabase *self);
gint64 wb_database_last_id (WbDatabase *self);

gboolean wb_database_begin (WbDatabase *self, GError **error);
gboolean wb_database_commit (WbDatabase *self, GError **error);
void     wb_database_rollback (WbDatabase *self);
gboolean wb_database_in_transaction (WbDatabase *self);

gboolean    wb_database_version (WbDatabase *self, gint64 *version, GError **error);
gboolean    wb_database_set_version (WbDatabase *self, gint64 version, GError **error);
const char *wb_database_driver (WbDatabase *self);
gint64      wb_database_data_version (WbDatabase *self);
gboolean    wb_database_backup_to (WbDatabase *self, const char *path, GError **error);
gboolean    wb_database_check (WbDatabase *self, GError **error);

gboolean    wb_rows_next (WbRows *rows, GError **error);
gint64      wb_rows_int (WbRows *rows, guint column);
const char *wb_rows_text (WbRows *rows, guint column);
GBytes     *wb_rows_bytes (WbRows *rows, guint column);
void        wb_rows_read (WbRows *rows, guint first, gpointer record);
void        wb_rows_free (WbRows *rows);

char      *wb_database_columns (GType record_type, const char *alias);
gboolean   wb_database_insert (WbDatabase *self, gpointer record, gint64 *id, GError **error);
gboolean   wb_database_update (WbDatabase *self, gpointer record, GError **error);
GPtrArray *wb_database_select (
    WbDatabase *self, GType record_type, GError **error, const char *tail, const char *types, ...);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDatabase, wb_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRows, wb_rows_free)

G_END_DECLS
