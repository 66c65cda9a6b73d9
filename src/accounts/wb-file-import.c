/* SPDX-License-Identifier: GPL-3.0-or-later
 * A statement's file into the book: read once to see that it is whole, then row by row; how its
 * columns are read is remembered by its sender and by its heads. */
#include "wb-file-import.h"

#include "wb-statement-file.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define TOLD_EVERY 500
#define MOST_ASIDE 10000 /* rows set aside of one file; more of them and it is the wrong file */

/** wb_file_wish_new: Returns: (transfer full): for the file at @path, nothing else wished. */
WbFileWish *
wb_file_wish_new (const char *path)
{
  WbFileWish *wish = g_new0 (WbFileWish, 1);

  wish->path = g_strdup (path);
  wish->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return wish;
}

/** wb_file_wish_free: frees @wish. */
void
wb_file_wish_free (WbFileWish *wish)
{
  g_free (wish->path);
  g_free (wish->kind);
  g_free (wish->sender);
  g_free (wish->account);
  g_free (wish->currency);
  g_free (wish->dates);
  g_free (wish->weight);
  g_hash_table_unref (wish->columns);
  g_free (wish);
}

/** wb_statement_kind_title: Returns: (transfer none): a WB_STATEMENT_… for people. */
const char *
wb_statement_kind_title (const char *kind)
{
  if (g_strcmp0 (kind, WB_STATEMENT_CARRIER) == 0)
    return _ ("Carrier’s invoice");
  return g_strcmp0 (kind, WB_STATEMENT_PAYOUT) == 0 ? _ ("Payout report") : _ ("Bank statement");
}

static const char *const column_titles[WB_N_CELLS] = {
  [WB_CELL_DATE] = N_ ("Date"),
  [WB_CELL_AMOUNT] = N_ ("Amount"),
  [WB_CELL_IN] = N_ ("Money in"),
  [WB_CELL_OUT] = N_ ("Money out"),
  [WB_CELL_CURRENCY] = N_ ("Currency"),
  [WB_CELL_TEXT] = N_ ("Text"),
  [WB_CELL_COUNTERPARTY] = N_ ("Other party"),
  [WB_CELL_REF] = N_ ("Reference"),
  [WB_CELL_TRACKING] = N_ ("Tracking number"),
  [WB_CELL_SERVICE] = N_ ("Service"),
  [WB_CELL_REASON] = N_ ("Reason"),
  [WB_CELL_WEIGHT] = N_ ("Billed weight"),
  [WB_CELL_DISPUTE_BY] = N_ ("Dispute until"),
};

/** wb_column_title: Returns: (transfer none): what a column is, for people. */
const char *
wb_column_title (const char *cell)
{
  int which = wb_cell_parse (cell);

  return which >= 0 ? _ (column_titles[which]) : cell;
}

/* ---- how the file is to be read ---- */

typedef struct
{
  WbStatementFile *file;
  WbMapping       *mapping; /* (nullable): the format needs none */
  char            *kind;
  gboolean         remembered;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->file, wb_statement_file_free);
  g_clear_pointer (&reading->mapping, wb_mapping_free);
  g_clear_pointer (&reading->kind, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static char *
signature_name (WbStatementFile *file)
{
  g_autofree char *signature = wb_statement_file_signature (file);

  return g_strconcat ("=", signature, NULL);
}

static WbMapping *
recall (WbBook *book, const char *kind, const char *name)
{
  g_autofree char *json = name != NULL ? wb_book_get_mapping (book, kind, name) : NULL;

  return json != NULL ? wb_mapping_parse (json, NULL) : NULL;
}

/* What was remembered says which column is what and how it is written; where the table begins and
 * what parts its cells is the file's own. */
static WbMapping *
choose_mapping (WbBook *book, const WbFileWish *wish, Reading *reading)
{
  g_autofree char      *signature = signature_name (reading->file);
  g_autoptr (WbMapping) seen = wb_statement_file_guess (reading->file, reading->kind);
  g_autoptr (WbMapping) kept = recall (book, reading->kind, signature);

  if (kept == NULL)
    kept = recall (book, reading->kind, wish->sender);
  reading->remembered = kept != NULL;
  if (kept == NULL)
    return g_steal_pointer (&seen);
  kept->delimiter = seen->delimiter;
  kept->head_line = seen->head_line;
  wb_set_str (&kept->encoding, seen->encoding);
  return g_steal_pointer (&kept);
}

static gboolean
apply_wish (const WbFileWish *wish, WbStatementFile *file, WbMapping *mapping, GError **error)
{
  GHashTableIter iter;
  gpointer       cell, head;

  g_hash_table_iter_init (&iter, wish->columns);
  while (g_hash_table_iter_next (&iter, &cell, &head))
    if (!wb_mapping_set (mapping, cell, head, error))
      return FALSE;
  if (g_hash_table_size (wish->columns) > 0)
    wb_statement_file_guess_forms (file, mapping);
  if (wish->sender != NULL)
    wb_set_str (&mapping->sender, wish->sender);
  if (wish->dates != NULL)
    {
      mapping->dates = wb_dates_parse (wish->dates);
      mapping->dates_open = FALSE;
    }
  if (wish->dispute_days > 0)
    mapping->dispute_days = wish->dispute_days;
  if (wish->weight != NULL)
    g_strlcpy (mapping->weight_unit, wish->weight, sizeof mapping->weight_unit);
  if (wish->currency != NULL && *wish->currency != '\0')
    {
      if (!wb_currency_is_valid (wish->currency))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not an ISO 4217 currency code",
                       wish->currency);
          return FALSE;
        }
      g_strlcpy (mapping->currency, wish->currency, sizeof mapping->currency);
    }
  return TRUE;
}

static char *
guess_kind (WbStatementFile *file)
{
  g_autoptr (WbMapping) mapping = wb_statement_file_guess (file, WB_STATEMENT_CARRIER);

  return g_strdup (mapping != NULL && mapping->columns[WB_CELL_TRACKING] != NULL
                       ? WB_STATEMENT_CARRIER
                       : WB_STATEMENT_BANK);
}

static gboolean
open_reading (WbBook           *book,
              const WbFileWish *wish,
              Reading          *reading,
              GCancellable     *cancellable,
              GError          **error)
{
  reading->file = wb_statement_file_open (wish->path, cancellable, error);
  if (reading->file == NULL)
    return FALSE;
  reading->kind = wish->kind != NULL ? g_strdup (wish->kind) : guess_kind (reading->file);
  if (reading->file->heads == NULL)
    return TRUE;
  reading->mapping = choose_mapping (book, wish, reading);
  return apply_wish (wish, reading->file, reading->mapping, error);
}

/* ---- looking at it first ---- */

static const char *const bank_cells[] = { "date", "amount",       "in",  "out", "currency",
                                          "text", "counterparty", "ref", NULL };
static const char *const carrier_cells[] = { "date",    "tracking", "amount", "currency",
                                             "service", "reason",   "weight", "dispute-by",
                                             "ref",     NULL };

/** wb_file_preview_free: frees @preview. */
void
wb_file_preview_free (WbFilePreview *preview)
{
  g_free (preview->name);
  g_free (preview->kind);
  g_free (preview->sender);
  g_free (preview->currency);
  g_free (preview->encoding);
  g_clear_pointer (&preview->heads, g_ptr_array_unref);
  g_hash_table_unref (preview->columns);
  g_free (preview->problem);
  g_free (preview);
}

static void
preview_mapping (WbFilePreview *preview, const WbMapping *mapping)
{
  for (guint i = 0; i < WB_N_CELLS; i++)
    if (mapping->columns[i] != NULL)
      g_hash_table_insert (preview->columns, (gpointer) wb_cell_id (i),
                           g_strdup (mapping->columns[i]));
  preview->currency = g_strdup (mapping->currency);
  preview->dates = wb_dates_id (mapping->dates);
  preview->dates_open = mapping->dates_open;
  preview->sender = g_strdup (mapping->sender);
}

/** wb_preview_file: Returns: (transfer full): what @wish's file is and how it would be read.
 */
WbFilePreview *
wb_preview_file (WbBook *book, const WbFileWish *wish, GCancellable *cancellable, GError **error)
{
  g_auto (Reading)   reading = { 0 };
  g_autoptr (GError) problem = NULL;
  WbFilePreview     *preview;

  if (!open_reading (book, wish, &reading, cancellable, error))
    return NULL;
  preview = g_new0 (WbFilePreview, 1);
  preview->name = g_strdup (reading.file->name);
  preview->kind = g_strdup (reading.kind);
  preview->format = reading.file->format;
  preview->encoding = g_strdup (reading.file->encoding);
  preview->head_line = reading.file->head_line;
  preview->remembered = reading.remembered;
  preview->columns = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  preview->cells = g_str_equal (reading.kind, WB_STATEMENT_CARRIER) ? carrier_cells : bank_cells;
  if (reading.mapping == NULL)
    return preview;
  preview->heads = g_ptr_array_ref (reading.file->heads);
  preview_mapping (preview, reading.mapping);
  if (!wb_statement_file_check (reading.file, reading.mapping, reading.kind, &problem))
    preview->problem = g_strdup (problem->message);
  return preview;
}

/* ---- reading it in ---- */

typedef struct
{
  WbDesk            *desk;
  const WbFileWish  *wish;
  Reading           *reading;
  WbStatementImport *import;
  WbFileProgress     progress;
  gpointer           progress_data;
  WbFileImport      *result;
  GCancellable      *cancellable;
  GPtrArray         *asides; /* of the statement at hand, until it is there */
} Importing;

static gboolean
count_head (WbStatement *head, gpointer data, GError **error)
{
  return TRUE;
}

static gboolean
count_row (WbStatementRow *row, guint line, gpointer data, GError **error)
{
  ((WbFileImport *) data)->sum.rows++;
  return TRUE;
}

static void
count_bad (guint line, const char *reason, const char *raw, gpointer data)
{
  WbFileImport *seen = data;
  WbAside      *aside;

  if (seen->bad++ >= WB_STATEMENT_MOST_BAD)
    return;
  aside = g_new0 (WbAside, 1);
  aside->line = line;
  aside->reason = g_strdup (reason);
  aside->raw = g_strdup (raw);
  g_ptr_array_add (seen->asides, aside);
}

/* Nothing is written of a file that breaks off in the middle, or of which nothing can be read. */
static gboolean
look_through (Reading *reading, WbFileImport *seen, GCancellable *cancellable, GError **error)
{
  static const WbStatementSink sink = { count_head, count_row, count_head, count_bad };
  const WbAside               *first;

  if (!wb_statement_file_read (reading->file, reading->mapping, reading->kind, &sink, seen,
                               cancellable, error))
    return FALSE;
  if (seen->bad == 0 || (seen->sum.rows > 0 && seen->bad <= MOST_ASIDE))
    return TRUE;
  first = seen->asides->pdata[0];
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "%s: %" G_GINT64_FORMAT
               " rows cannot be read and nothing was imported; the first is "
               "line %u: %s",
               reading->file->name, seen->bad, first->line, first->reason);
  return FALSE;
}

/* A file that is there already keeps its account, whatever it is called now: its rows are known by
 * it. */
static char *
account_of_file (Importing *importing)
{
  g_autoptr (GPtrArray) all = wb_book_list_statements (wb_desk_get_book (importing->desk), NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_STATEMENT_NUMBER),
                   importing->reading->file->hash) == 0 &&
        g_strcmp0 (wb_record_get_text (all->pdata[i], WB_STATEMENT_KIND),
                   importing->reading->kind) == 0)
      return g_strdup (wb_record_get_text (all->pdata[i], WB_STATEMENT_ACCOUNT));
  if (importing->wish->account != NULL)
    return g_strdup (importing->wish->account);
  return importing->reading->mapping != NULL ? g_strdup (importing->reading->mapping->sender)
                                             : NULL;
}

static gboolean
begin_cb (WbStatement *head, gpointer data, GError **error)
{
  Importing               *importing = data;
  WbBook                  *book = wb_desk_get_book (importing->desk);
  const char              *sender = importing->wish->sender;
  g_autoptr (WbConnection) connection = NULL;

  wb_record_set_text (head, WB_STATEMENT_KIND, importing->reading->kind);
  wb_record_set_text (head, WB_STATEMENT_NAME, importing->reading->file->name);
  if (wb_record_get_text (head, WB_STATEMENT_ACCOUNT) == NULL)
    wb_record_take_text (head, WB_STATEMENT_ACCOUNT, account_of_file (importing));
  if (sender != NULL && (connection = wb_book_find_connection (book, sender, NULL)) != NULL)
    wb_record_set_int (head, WB_STATEMENT_CONNECTION_ID,
                       wb_record_get_int (connection, WB_CONNECTION_ID));
  importing->import = wb_desk_begin_import (importing->desk, head, error);
  return importing->import != NULL;
}

static gboolean
row_cb (WbStatementRow *row, guint line, gpointer data, GError **error)
{
  Importing *importing = data;

  if (++importing->result->sum.rows % TOLD_EVERY == 0)
    {
      if (importing->progress != NULL)
        importing->progress (importing->result->sum.rows, importing->progress_data);
      if (g_cancellable_set_error_if_cancelled (importing->cancellable, error))
        {
          wb_error_convert (error);
          return FALSE;
        }
    }
  if (wb_statement_import_add (importing->import, row, error))
    return TRUE;
  g_prefix_error (error, "%s, line %u: ", importing->reading->file->name, line);
  return FALSE;
}

static void
bad_cb (guint line, const char *reason, const char *raw, gpointer data)
{
  Importing *importing = data;
  WbAside   *aside = g_new0 (WbAside, 1);

  aside->line = line;
  aside->reason = g_strdup (reason);
  aside->raw = g_strdup (raw);
  g_ptr_array_add (importing->asides, aside);
}

static gboolean
set_aside (Importing *importing, gint64 statement_id, GError **error)
{
  for (guint i = 0; i < importing->asides->len; i++)
    {
      const WbAside *aside = importing->asides->pdata[i];

      if (!wb_book_set_aside (wb_desk_get_book (importing->desk), statement_id, aside->line,
                              aside->reason, aside->raw, error))
        return FALSE;
    }
  g_ptr_array_set_size (importing->asides, 0);
  return TRUE;
}

static gboolean
end_cb (WbStatement *head, gpointer data, GError **error)
{
  Importing      *importing = data;
  WbImportResult  one = { 0 };
  WbImportResult *sum = &importing->result->sum;

  if (!set_aside (importing, wb_record_get_int (head, WB_STATEMENT_ID), error) ||
      !wb_statement_import_finish (importing->import, &one, error))
    return FALSE;
  g_clear_pointer (&importing->import, wb_statement_import_free);
  sum->statement_id = one.statement_id;
  sum->added += one.added;
  sum->known += one.known;
  sum->matched += one.matched;
  sum->open += one.open;
  sum->adjustments += one.adjustments;
  importing->result->statements++;
  return TRUE;
}

static gboolean
remember (WbDesk *self, Reading *reading, GError **error)
{
  g_autofree char *signature = signature_name (reading->file);
  g_autofree char *json = reading->mapping != NULL ? wb_mapping_to_json (reading->mapping) : NULL;

  if (json == NULL)
    return TRUE;
  return wb_book_save_mapping (wb_desk_get_book (self), reading->kind, signature, json, error) &&
         (reading->mapping->sender == NULL ||
          wb_book_save_mapping (wb_desk_get_book (self), reading->kind, reading->mapping->sender,
                                json, error));
}

static gboolean
import_rows (Importing *importing, GError **error)
{
  static const WbStatementSink sink = { begin_cb, row_cb, end_cb, bad_cb };
  gboolean ok = wb_statement_file_read (importing->reading->file, importing->reading->mapping,
                                        importing->reading->kind, &sink, importing,
                                        importing->cancellable, error);

  g_clear_pointer (&importing->import, wb_statement_import_free);
  return ok && remember (importing->desk, importing->reading, error);
}

/**
 * wb_desk_import_file:
 * @progress: (nullable): hears now and then how many rows are in
 * @result: (out): what became of it; wb_file_import_clear()
 *
 * Imports a bank's, gateway's or carrier's file. A file that was imported before adds nothing. Rows
 * that cannot be read are set aside with their line and reason; a file that is broken as a whole
 * changes nothing and is refused with file, line and column.
 */
gboolean
wb_desk_import_file (WbDesk           *self,
                     const WbFileWish *wish,
                     WbFileProgress    progress,
                     gpointer          progress_data,
                     WbFileImport     *result,
                     GCancellable     *cancellable,
                     GError          **error)
{
  g_auto (Reading)      reading = { 0 };
  g_auto (WbFileImport) seen = { 0 };
  g_autoptr (GPtrArray) asides = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_aside_free);
  WbFileImport          done = { 0 };
  Importing             importing = { .desk = self,
                                      .wish = wish,
                                      .reading = &reading,
                                      .progress = progress,
                                      .progress_data = progress_data,
                                      .result = &done,
                                      .cancellable = cancellable,
                                      .asides = asides };

  seen.asides = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_aside_free);
  if (!open_reading (wb_desk_get_book (self), wish, &reading, cancellable, error) ||
      (reading.mapping != NULL &&
       !wb_statement_file_check (reading.file, reading.mapping, reading.kind, error)) ||
      !look_through (&reading, &seen, cancellable, error) || !import_rows (&importing, error))
    return FALSE;
  done.name = g_strdup (reading.file->name);
  done.bad = seen.bad;
  done.asides = g_steal_pointer (&seen.asides);
  *result = done;
  return TRUE;
}

/** wb_file_import_clear: frees what @result holds. */
void
wb_file_import_clear (WbFileImport *result)
{
  g_clear_pointer (&result->name, g_free);
  g_clear_pointer (&result->asides, g_ptr_array_unref);
}
