/* SPDX-License-Identifier: GPL-3.0-or-later
 * The order book: opening, transactions, change notice, set-up. */
#include "wb-book-private.h"

#include <glib/gstdio.h>

G_DEFINE_FINAL_TYPE (WbBook, wb_book, G_TYPE_OBJECT)

static void
wb_book_finalize (GObject *object)
{
  WbBook *self = WB_BOOK (object);

  g_clear_pointer (&self->database, wb_database_close);
  g_free (self->path);
  G_OBJECT_CLASS (wb_book_parent_class)->finalize (object);
}

static void
wb_book_class_init (WbBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_book_finalize;
}

static void
wb_book_init (WbBook *self)
{
}

/**
 * wb_book_open:
 * Opens the book at @path, making it when it is not there (unless @read_only) and upgrading an
 * older one after a backup beside it. Returns: (transfer full): or %NULL with a sentence for
 * people; a newer, foreign or damaged file is left alone.
 */
WbBook *
wb_book_open (const char *path, gboolean read_only, GError **error)
{
  g_autoptr (WbBook) self = g_object_new (WB_TYPE_BOOK, NULL);
  g_autofree char   *folder = g_path_get_dirname (path);

  if (!read_only)
    g_mkdir_with_parents (folder, 0700);
  self->path = g_strdup (path);
  self->database =
      wb_database_open (path, read_only ? WB_DATABASE_READ_ONLY : WB_DATABASE_CREATE, error);
  if (self->database == NULL || !wb_schema_upgrade (self, error))
    return NULL;
  self->seen = wb_database_data_version (self->database);
  return g_steal_pointer (&self);
}

/** wb_book_get_path: Returns: (transfer none): the file. */
const char *
wb_book_get_path (WbBook *self)
{
  return self->path;
}

/** wb_book_begin: begins a write transaction; nests. Everything until wb_book_commit() happens or
 * does not. */
gboolean
wb_book_begin (WbBook *self, GError **error)
{
  return wb_database_begin (self->database, error);
}

/** wb_book_commit: synced to disk when it returns %TRUE; rolled back when it returns %FALSE. */
gboolean
wb_book_commit (WbBook *self, GError **error)
{
  return wb_database_commit (self->database, error);
}

/** wb_book_rollback: undoes the whole transaction. */
void
wb_book_rollback (WbBook *self)
{
  wb_database_rollback (self->database);
}

/** wb_book_rest: gives back the memory of what has been read, as long as nobody reads. */
void
wb_book_rest (WbBook *self)
{
  g_autoptr (GError) error = NULL;

  if (!wb_database_run_script (self->database, "PRAGMA shrink_memory", &error))
    g_warning ("The book keeps its memory: %s", error->message);
}

/** wb_book_poll_changed: whether another connection (of this process or another) has changed the
 * book since the last call. */
gboolean
wb_book_poll_changed (WbBook *self)
{
  gint64   now = wb_database_data_version (self->database);
  gboolean changed = now != self->seen;

  self->seen = now;
  return changed;
}

/** wb_book_check: reads the whole file and says whether it is sound. */
gboolean
wb_book_check (WbBook *self, GError **error)
{
  return wb_database_check (self->database, error);
}

/* The first of @records, or %NULL with WB_ERROR_NOT_FOUND; consumes the array. */
gpointer
wb_book_first (GPtrArray *records, const char *what, GError **error)
{
  g_autoptr (GPtrArray) all = records;

  if (all == NULL)
    return NULL;
  if (all->len > 0)
    return g_object_ref (all->pdata[0]);
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "There is no such %s in the order book", what);
  return NULL;
}

/** wb_book_get_setting: Returns: (transfer full) (nullable): a setting that belongs to the book. */
char *
wb_book_get_setting (WbBook *self, const char *key)
{
  g_autoptr (WbRows) rows =
      wb_database_query (self->database, NULL, "SELECT value FROM meta WHERE key = ?", "s", key);

  return rows != NULL && wb_rows_next (rows, NULL) ? g_strdup (wb_rows_text (rows, 0)) : NULL;
}

/** wb_book_set_setting: keeps @value under @key. */
gboolean
wb_book_set_setting (WbBook *self, const char *key, const char *value, GError **error)
{
  return wb_database_run (self->database, error,
                          "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE "
                          "SET value = excluded.value",
                          "ss", key, value);
}

/** wb_book_save: inserts @record (its `id` being 0, and sets it) or updates it; its own fields, not
 * its children. */
gboolean
wb_book_save (WbBook *self, gpointer record, GError **error)
{
  if (wb_record_get_int (record, 0) == 0)
    return wb_database_insert (self->database, record, NULL, error);
  return wb_database_update (self->database, record, error);
}

/** wb_book_list_connections: Returns: (transfer full) (element-type WbConnection): of @kind, or all
 * for %NULL. */
GPtrArray *
wb_book_list_connections (WbBook *self, const char *kind, GError **error)
{
  return wb_database_select (self->database, wb_connection_get_type (), error,
                             "WHERE ?1 IS NULL OR kind = ?1 ORDER BY kind, id", "s", kind);
}

/** wb_book_get_connection: Returns: (transfer full): by number. */
WbConnection *
wb_book_get_connection (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_connection_get_type (), error,
                                            "WHERE id = ?", "i", id),
                        "connection", error);
}

/** wb_book_find_connection: Returns: (transfer full): by name. */
WbConnection *
wb_book_find_connection (WbBook *self, const char *name, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_connection_get_type (), error,
                                            "WHERE name = ?", "s", name),
                        "connection", error);
}

/**
 * wb_book_note_sync:
 * @cursor: (nullable): how far the channel has been read; %NULL: as before
 * @synced_at: when; 0: as before
 * @trouble: (nullable): why not all could be read, for people
 *
 * Writes down how a channel's sync went, and nothing else of the connection: who captures may be
 * changed meanwhile.
 */
gboolean
wb_book_note_sync (WbBook     *self,
                   gint64      connection_id,
                   const char *cursor,
                   WbInstant   synced_at,
                   const char *trouble,
                   GError    **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE connection SET cursor = COALESCE (?1, cursor), synced_at = CASE "
                          "WHEN ?2 = 0 THEN synced_at ELSE ?2 END, error = ?3 WHERE id = ?4",
                          "sisi", cursor, synced_at, trouble, connection_id);
}

/** wb_book_note_clock: writes down how far a vendor's clock is ahead of ours, seconds; nothing when
 * that is known already to a few seconds. */
gboolean
wb_book_note_clock (WbBook *self, gint64 connection_id, gint64 offset, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE connection SET clock_offset = ?1 WHERE id = ?2 AND "
                          "abs (clock_offset - ?1) > 5",
                          "ii", offset, connection_id);
}

/** wb_book_list_origins: Returns: (transfer full) (element-type WbOrigin): the chosen one first. */
GPtrArray *
wb_book_list_origins (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_origin_get_type (), error,
                             "ORDER BY chosen DESC, id", NULL);
}

/** wb_book_list_packages: Returns: (transfer full) (element-type WbPackage): the chosen one first.
 */
GPtrArray *
wb_book_list_packages (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_package_get_type (), error,
                             "ORDER BY chosen DESC, id", NULL);
}

/** wb_book_find_package: Returns: (transfer full): by name. */
WbPackage *
wb_book_find_package (WbBook *self, const char *name, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_package_get_type (), error,
                                            "WHERE name = ?", "s", name),
                        "package", error);
}

/** wb_book_delete_origin: forgets a sender's address. */
gboolean
wb_book_delete_origin (WbBook *self, gint64 id, GError **error)
{
  return wb_database_run (self->database, error, "DELETE FROM origin WHERE id = ?", "i", id);
}

/** wb_book_delete_package: forgets a box. */
gboolean
wb_book_delete_package (WbBook *self, gint64 id, GError **error)
{
  return wb_database_run (self->database, error, "DELETE FROM package WHERE id = ?", "i", id);
}
