/* SPDX-License-Identifier: GPL-3.0-or-later
 * The door's SQLite driver: WAL, synchronous=FULL, foreign keys on, statements prepared once. */
#include "wb-database-private.h"
#include "wb-turn.h"

#include "wb-behind.h"

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID 0x57425942 /* “WBYB”, in the file's header: ours and nobody else's */
#define BUSY_MS        10000
#define TURNS          3 /* how often a busy book is asked for a copy, BUSY_MS each */

static int busy_ms = BUSY_MS;

struct _WbDatabase
{
  sqlite3    *handle;
  char       *path;
  GHashTable *statements; /* SQL → sqlite3_stmt */
  GHashTable *texts;      /* cached SQL by verb and class */
  guint       depth;
  gboolean
      doomed; /* a level inside the transaction was rolled back: it cannot be committed any more */
  gboolean read_only;
  WbTurn  *turn;     /* made with the first transaction */
  gint64   patience; /* when waiting for the present lock ends, monotonic */
};

struct _WbRows
{
  WbDatabase   *database; /* borrowed */
  sqlite3_stmt *statement;
  gboolean      owned; /* not from the cache */
  gboolean      lent;  /* the texts and bytes bound stay until the last step: no copies are made */
};

static gboolean
fail (WbDatabase *self, GError **error)
{
  const char *why = sqlite3_errmsg (self->handle);
  const char *path = self->path;

  switch (sqlite3_errcode (self->handle) & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                   "The order book “%s” is damaged (%s). Nothing was changed. Restore the last "
                   "backup: waybillctl restore FILE",
                   path, why);
      break;
    case SQLITE_FULL:
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                   "The disk with the order book “%s” is full. Nothing was lost; free some space "
                   "and try again",
                   path);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                   "The order book “%s” cannot be written: it is read-only", path);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                   "The order book “%s” is held by another program. Nothing was changed; try again "
                   "in a moment",
                   path);
      break;
    case SQLITE_CANTOPEN:
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "The order book “%s” cannot be opened: %s",
                   path, why);
      break;
    case SQLITE_IOERR:
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                   "The disk with the order book “%s” failed: %s", path, why);
      break;
    case SQLITE_CONSTRAINT:
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "The order book refused a change that breaks its rules: %s", why);
      break;
    default:
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "Order book: %s", why);
      break;
    }
  return FALSE;
}

/* SQLite's own handle of the file. Opening and closing it once more by ourselves would drop the
 * locks that other connections of this process hold on it: POSIX gives them to the process, not to
 * the descriptor. */
static sqlite3_file *
file_of (sqlite3 *handle)
{
  sqlite3_file *file = NULL;

  sqlite3_file_control (handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file != NULL && file->pMethods != NULL ? file : NULL;
}

/* A foreign file must not be touched: its header is read before SQLite gets to write anything. */
static gboolean
check_header (WbDatabase *self, GError **error)
{
  guint8        header[100] = { 0 };
  sqlite3_file *file = file_of (self->handle);
  sqlite3_int64 size = 0;
  int           result = file != NULL ? file->pMethods->xFileSize (file, &size) : SQLITE_CANTOPEN;

  if (result == SQLITE_OK && size == 0)
    return TRUE; /* new */
  if (result == SQLITE_OK)
    result = file->pMethods->xRead (file, header, sizeof header, 0);
  if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ)
    g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "The order book “%s” cannot be opened: %s",
                 self->path, sqlite3_errstr (result));
  else if (result != SQLITE_OK || memcmp (header, "SQLite format 3", 16) != 0)
    g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                 "“%s” is not an order book, or it is damaged. Nothing was changed", self->path);
  else if (((guint32) header[68] << 24 | header[69] << 16 | header[70] << 8 | header[71]) !=
           APPLICATION_ID)
    g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                 "“%s” belongs to another program. Nothing was changed", self->path);
  else
    return TRUE;
  return FALSE;
}

/** wb_database_is_held: whether anybody, in this program or another, has the file open as a
 * database, whatever is in it. */
gboolean
wb_database_is_held (const char *path)
{
  sqlite3      *handle = NULL;
  sqlite3_file *file;
  gboolean      held = FALSE;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
      (file = file_of (handle)) != NULL)
    {
      held = file->pMethods->xLock (file, SQLITE_LOCK_SHARED) != SQLITE_OK ||
             file->pMethods->xLock (file, SQLITE_LOCK_EXCLUSIVE) != SQLITE_OK;
      file->pMethods->xUnlock (file, SQLITE_LOCK_NONE);
    }
  sqlite3_close_v2 (handle);
  return held;
}

/* Who waits has the turn and waits alone: short naps, so that no time is lost between two writers.
 */
static int
nap (void *data, int tries)
{
  WbDatabase *self = data;

  if (tries == 0)
    self->patience = g_get_monotonic_time () + (gint64) busy_ms * 1000;
  if (g_get_monotonic_time () >= self->patience)
    return 0;
  g_usleep ((gulong) MIN (100 + tries * 25, 3000));
  return 1;
}

static gboolean
set_up (WbDatabase *self, GError **error)
{
  g_autofree char *own = g_strdup_printf ("PRAGMA application_id = %d", APPLICATION_ID);
  gint64           version = 0;

  sqlite3_busy_handler (self->handle, nap, self);
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  if (!wb_database_run_script (self,
                               "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA "
                               "cache_size = -16000; PRAGMA temp_store = MEMORY",
                               error) ||
      !wb_database_version (self, &version, error))
    return FALSE;
  /* A window has several readers; the file is in the system's memory anyway. */
  if (self->read_only)
    return wb_database_run_script (self, "PRAGMA cache_size = -4000", error);
  if (version == 0 && !wb_database_run_script (self, own, error))
    return FALSE;
  return wb_database_run_script (
      self, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000", error);
}

/** wb_database_take_up: for a book that will be worked with: puts its file into the mode for that,
 * which stays with the file. */
gboolean
wb_database_take_up (WbDatabase *self, GError **error)
{
  return self->read_only || wb_database_run_script (self, "PRAGMA journal_mode = WAL", error);
}

/** wb_database_leave_alone: for a book that is refused: closing it will not even tidy its file. */
void
wb_database_leave_alone (WbDatabase *self)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

/** wb_database_set_patience: for tests: how long connections opened from now on wait for a book
 * that is held; 0: as usual. */
void
wb_database_set_patience (int milliseconds)
{
  busy_ms = milliseconds > 0 ? milliseconds : BUSY_MS;
}

/* Whether the file was put elsewhere between being found and being opened: a restore sets books
 * aside. */
static gboolean
was_moved (WbDatabase *self)
{
  int moved = 0;

  return sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
         moved != 0;
}

/**
 * wb_database_open:
 * Returns: (transfer full): the database at @path, or %NULL with %WB_ERROR_STORAGE and a sentence
 * for people. An existing file that is not ours is never written to. Use one #WbDatabase from one
 * thread at a time; open several for several threads.
 */
WbDatabase *
wb_database_open (const char *path, WbDatabaseFlags flags, GError **error)
{
  g_autoptr (WbDatabase) self = NULL;
  gboolean               read_only = (flags & WB_DATABASE_READ_ONLY) != 0;
  int                    mode = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;

  if (!(flags & WB_DATABASE_CREATE) && access (path, F_OK) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "There is no order book at “%s”", path);
      return NULL;
    }
  self = g_new0 (WbDatabase, 1);
  self->path = g_strdup (path);
  self->read_only = read_only;
  self->statements =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sqlite3_finalize);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (flags & WB_DATABASE_CREATE)
    mode |= SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2 (path, &self->handle, mode | SQLITE_OPEN_FULLMUTEX, NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  if (!check_header (self, error) || !set_up (self, error))
    return NULL;
  if (was_moved (self))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                   "The order book “%s” was replaced just now. Nothing was changed; try again",
                   path);
      return NULL;
    }
  if (!read_only)
    chmod (path, 0600);
  return g_steal_pointer (&self);
}

/** wb_database_close: closes @self; an open transaction is rolled back. */
void
wb_database_close (WbDatabase *self)
{
  g_hash_table_unref (self->statements);
  g_hash_table_unref (self->texts);
  if (self->depth > 0)
    wb_behind_let_go ();
  sqlite3_close_v2 (self->handle);
  g_clear_pointer (&self->turn, wb_turn_free);
  g_free (self->path);
  g_free (self);
}

/** wb_database_driver: Returns: “sqlite”: which driver-specific schema files belong to it. */
const char *
wb_database_driver (WbDatabase *self)
{
  return "sqlite";
}

/* The SQL of @verb for a record class, made once a connection. */
const char *
wb_database_cached_sql (WbDatabase   *self,
                        gconstpointer key,
                        const char   *verb,
                        char *(*make) (const WbRecordClass *klass),
                        const WbRecordClass *klass)
{
  g_autofree char *name = g_strdup_printf ("%s %p", verb, key);
  char            *sql = g_hash_table_lookup (self->texts, name);

  if (sql == NULL)
    {
      sql = make (klass);
      g_hash_table_insert (self->texts, g_steal_pointer (&name), sql);
    }
  return sql;
}

/* SQLite may end a transaction by itself (disk full, I/O error); what comes after must not be
 * written as if it stood alone. */
static gboolean
transaction_is_whole (WbDatabase *self, GError **error)
{
  if (self->depth == 0 || !sqlite3_get_autocommit (self->handle))
    return TRUE;
  g_set_error (
      error, WB_ERROR, WB_ERROR_STORAGE,
      "The order book “%s”: the change was undone by an earlier failure. Nothing was changed",
      self->path);
  return FALSE;
}

/* More kinds of statement than the book has are texts with numbers in them: those are not kept. */
#define MOST_KEPT 300

/* A statement from the cache, reset; or a fresh one while the cached one is being stepped. */
WbRows *
wb_database_prepare (WbDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  gboolean      busy = statement != NULL && sqlite3_stmt_busy (statement);
  gboolean once = busy || (statement == NULL && g_hash_table_size (self->statements) >= MOST_KEPT);
  WbRows  *rows;

  if (!transaction_is_whole (self, error))
    return NULL;
  if (statement == NULL || busy)
    {
      if (sqlite3_prepare_v3 (self->handle, sql, -1, once ? 0 : SQLITE_PREPARE_PERSISTENT,
                              &statement, NULL) != SQLITE_OK)
        {
          fail (self, error);
          return NULL;
        }
      if (!once)
        g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  rows = g_new0 (WbRows, 1);
  rows->database = self;
  rows->statement = statement;
  rows->owned = once;
  return rows;
}

void
wb_rows_bind_int (WbRows *rows, guint parameter, gint64 value)
{
  sqlite3_bind_int64 (rows->statement, (int) parameter, value);
}

/* What is bound from now on stays until the last step. */
void
wb_rows_lend (WbRows *rows)
{
  rows->lent = TRUE;
}

void
wb_rows_bind_text (WbRows *rows, guint parameter, const char *value)
{
  if (value != NULL)
    sqlite3_bind_text (rows->statement, (int) parameter, value, -1,
                       rows->lent ? SQLITE_STATIC : SQLITE_TRANSIENT);
  else
    sqlite3_bind_null (rows->statement, (int) parameter);
}

void
wb_rows_bind_null (WbRows *rows, guint parameter)
{
  sqlite3_bind_null (rows->statement, (int) parameter);
}

/* The same question with another number as its first parameter: for many in a row. */
void
wb_rows_ask_again (WbRows *rows, gint64 first)
{
  sqlite3_reset (rows->statement);
  wb_rows_bind_int (rows, 1, first);
}

static void
bind_bytes (WbRows *rows, guint parameter, GBytes *bytes)
{
  gsize         size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (bytes != NULL)
    sqlite3_bind_blob64 (rows->statement, (int) parameter, data != NULL ? data : "", size,
                         rows->lent ? SQLITE_STATIC : SQLITE_TRANSIENT);
  else
    sqlite3_bind_null (rows->statement, (int) parameter);
}

static void
bind_one (WbRows *rows, guint parameter, char type, va_list *args)
{
  gint64 key;

  switch (type)
    {
    case 'i':
      wb_rows_bind_int (rows, parameter, va_arg (*args, gint64));
      break;
    case 'k':
      key = va_arg (*args, gint64);
      if (key != 0)
        wb_rows_bind_int (rows, parameter, key);
      else
        wb_rows_bind_null (rows, parameter);
      break;
    case 's':
      wb_rows_bind_text (rows, parameter, va_arg (*args, const char *));
      break;
    case 'b':
      bind_bytes (rows, parameter, va_arg (*args, GBytes *));
      break;
    default:
      g_assert_not_reached ();
    }
}

static WbRows *
prepare_and_bind (WbDatabase *self,
                  GError    **error,
                  gboolean    lent,
                  const char *sql,
                  const char *types,
                  va_list     args)
{
  WbRows *rows = wb_database_prepare (self, sql, error);
  va_list copy;

  if (rows == NULL)
    return NULL;
  rows->lent = lent;
  va_copy (copy, args);
  for (guint i = 0; types != NULL && types[i] != '\0'; i++)
    bind_one (rows, i + 1, types[i], &copy);
  va_end (copy);
  return rows;
}

/* The texts and bytes of @args must stay until the last step. */
WbRows *
wb_database_query_valist (
    WbDatabase *self, GError **error, const char *sql, const char *types, va_list args)
{
  return prepare_and_bind (self, error, TRUE, sql, types, args);
}

/** wb_database_query: Returns: (transfer full): rows to step through with wb_rows_next(); %NULL
 * with @error. */
WbRows *
wb_database_query (WbDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  WbRows *rows;

  va_start (args, types);
  rows = prepare_and_bind (self, error, FALSE, sql, types, args);
  va_end (args);
  return rows;
}

/** wb_database_run: runs one statement that gives no rows. */
gboolean
wb_database_run (WbDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (WbRows) rows = NULL;
  g_autoptr (GError) local = NULL;
  va_list            args;

  va_start (args, types);
  rows = wb_database_query_valist (self, error, sql, types, args);
  va_end (args);
  if (rows == NULL)
    return FALSE;
  wb_rows_next (rows, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/** wb_database_run_script: runs several statements without parameters. */
gboolean
wb_database_run_script (WbDatabase *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK || fail (self, error);
}

/**
 * wb_database_get_int:
 * @out: (out): first column of the first row; untouched on failure
 * Fails with %WB_ERROR_NOT_FOUND when there is no row.
 */
gboolean
wb_database_get_int (
    WbDatabase *self, gint64 *out, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (WbRows) rows = NULL;
  g_autoptr (GError) local = NULL;
  va_list            args;

  va_start (args, types);
  rows = wb_database_query_valist (self, error, sql, types, args);
  va_end (args);
  if (rows == NULL)
    return FALSE;
  if (wb_rows_next (rows, &local))
    {
      *out = wb_rows_int (rows, 0);
      return TRUE;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "Order book: no such row");
  return FALSE;
}

/** wb_database_changes: rows changed by the last statement. */
gint64
wb_database_changes (WbDatabase *self)
{
  return sqlite3_changes64 (self->handle);
}

/** wb_database_last_id: the number of the row inserted last. */
gint64
wb_database_last_id (WbDatabase *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * wb_database_begin:
 * Begins a write transaction (at once, so that two writers queue instead of failing later); inside
 * one, counts deeper. Every begun level is ended by one wb_database_commit() or
 * wb_database_rollback().
 */
gboolean
wb_database_begin (WbDatabase *self, GError **error)
{
  gboolean begun;

  if (self->depth == 0)
    {
      if (self->turn == NULL)
        self->turn = wb_turn_new (self->path);
      wb_turn_take (self->turn, busy_ms);
      begun = wb_database_run_script (self, "BEGIN IMMEDIATE", error);
      wb_turn_give (self->turn);
      if (!begun)
        return FALSE;
      wb_behind_hold (); /* others may wait for this transaction to end */
    }
  self->depth++;
  return TRUE;
}

/* The outermost level is over: @kept, or nothing of it is to be kept. */
static void
end (WbDatabase *self, gboolean kept)
{
  self->doomed = FALSE;
  if (!kept && !sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  wb_behind_let_go ();
}

/**
 * wb_database_commit:
 * Commits at the outermost level, synced to disk; on failure everything is rolled back. A
 * transaction of which a part was rolled back is never committed: half of a change is worse than
 * none.
 */
gboolean
wb_database_commit (WbDatabase *self, GError **error)
{
  gboolean done = FALSE;

  g_assert (self->depth > 0);
  self->depth--;
  if (self->doomed)
    g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                 "The order book “%s”: a part of the change failed, so nothing of it was kept",
                 self->path);
  else
    done = self->depth > 0 || wb_database_run_script (self, "COMMIT", error);
  if (self->depth == 0)
    end (self, done);
  return done;
}

/** wb_database_rollback: ends one level and undoes the whole transaction: at once at the outermost
 * level, else when that ends. */
void
wb_database_rollback (WbDatabase *self)
{
  g_assert (self->depth > 0);
  self->doomed = TRUE;
  if (--self->depth == 0)
    end (self, FALSE);
}

/** wb_database_in_transaction: whether a transaction is open. */
gboolean
wb_database_in_transaction (WbDatabase *self)
{
  return self->depth > 0;
}

/** wb_database_version: the schema's version as kept in the file; 0: empty. */
gboolean
wb_database_version (WbDatabase *self, gint64 *version, GError **error)
{
  return wb_database_get_int (self, version, error, "PRAGMA user_version", NULL);
}

/** wb_database_set_version: to be called in the transaction of the upgrade. */
gboolean
wb_database_set_version (WbDatabase *self, gint64 version, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", (int) version);

  return wb_database_run_script (self, sql, error);
}

/** wb_database_data_version: a number that changes when another connection has changed the book;
 * cheap to ask. */
gint64
wb_database_data_version (WbDatabase *self)
{
  gint64 version = 0;

  wb_database_get_int (self, &version, NULL, "PRAGMA data_version", NULL);
  return version;
}

/** wb_database_check: whether the file is sound, page by page; reads all of it. */
gboolean
wb_database_check (WbDatabase *self, GError **error)
{
  g_autoptr (WbRows) rows = wb_database_query (self, error, "PRAGMA integrity_check(1)", NULL);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return FALSE;
  if (!wb_rows_next (rows, &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (g_strcmp0 (wb_rows_text (rows, 0), "ok") == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "The order book “%s” is damaged: %s", self->path,
               wb_rows_text (rows, 0));
  return FALSE;
}

/**
 * wb_database_backup_to:
 * Copies the book as it is at one moment to the new file @path (SQLite's online backup), while
 * others go on working.
 */
gboolean
wb_database_backup_to (WbDatabase *self, const char *path, GError **error)
{
  sqlite3        *copy = NULL;
  sqlite3_backup *backup;
  int             result = sqlite3_open_v2 (
                  path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE, NULL);

  if (result == SQLITE_OK)
    chmod (path, 0600);
  backup = result == SQLITE_OK ? sqlite3_backup_init (copy, "main", self->handle, "main") : NULL;
  if (backup != NULL)
    {
      for (guint turn = 0; turn < TURNS; turn++)
        if ((result = sqlite3_backup_step (backup, -1)) != SQLITE_BUSY && result != SQLITE_LOCKED)
          break;
      result = sqlite3_backup_finish (backup);
      /* A backup is one file: no WAL beside it. */
      if (result == SQLITE_OK)
        result = sqlite3_exec (copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    }
  if (backup == NULL || result != SQLITE_OK)
    g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "The backup “%s” could not be written: %s",
                 path, copy != NULL ? sqlite3_errmsg (copy) : sqlite3_errstr (result));
  sqlite3_close_v2 (copy);
  return backup != NULL && result == SQLITE_OK;
}

/** wb_rows_next: steps on. Returns: %TRUE on a row; %FALSE at the end, or with @error set. */
gboolean
wb_rows_next (WbRows *rows, GError **error)
{
  switch (sqlite3_step (rows->statement))
    {
    case SQLITE_ROW:
      return TRUE;
    case SQLITE_DONE:
      return FALSE;
    default:
      return fail (rows->database, error);
    }
}

/** wb_rows_int: a number of the present row, 0 for NULL. */
gint64
wb_rows_int (WbRows *rows, guint column)
{
  return sqlite3_column_int64 (rows->statement, (int) column);
}

/** wb_rows_text: Returns: (transfer none) (nullable): a text of the present row, until the next
 * step. */
const char *
wb_rows_text (WbRows *rows, guint column)
{
  return (const char *) sqlite3_column_text (rows->statement, (int) column);
}

/** wb_rows_bytes: Returns: (transfer full) (nullable): bytes of the present row. */
GBytes *
wb_rows_bytes (WbRows *rows, guint column)
{
  gconstpointer data = sqlite3_column_blob (rows->statement, (int) column);

  if (wb_rows_is_null (rows, column))
    return NULL;
  return g_bytes_new (data, (gsize) sqlite3_column_bytes (rows->statement, (int) column));
}

gboolean
wb_rows_is_null (WbRows *rows, guint column)
{
  return sqlite3_column_type (rows->statement, (int) column) == SQLITE_NULL;
}

/** wb_rows_free: ends the stepping; the statement goes back to the cache. */
void
wb_rows_free (WbRows *rows)
{
  if (rows->owned)
    {
      sqlite3_finalize (rows->statement);
    }
  else
    {
      sqlite3_reset (rows->statement);
      sqlite3_clear_bindings (rows->statement);
    }
  g_free (rows);
}
