/* SPDX-License-Identifier: GPL-3.0-or-later
 * A CSV file as one statement: each row by the mapping, the bad ones set aside with their line. */
#include "wb-statement-private.h"

#include "wb-text.h"

#include <string.h>

typedef struct
{
  WbStatementFile       *file;
  const WbMapping       *mapping;
  const char            *kind;
  const WbStatementSink *sink;
  gpointer               data;
  int                    places[WB_N_CELLS];
  GHashTable            *seen; /* digest → how often */
} Reader;

static const char *
cell (const Reader *reader, const WbCsvRow *row, WbCell which)
{
  int place = reader->places[which];

  return place >= 0 && (guint) place < row->cells->len ? row->cells->pdata[place] : "";
}

static gboolean
read_currency (const Reader *reader, const WbCsvRow *row, char currency[4], GError **error)
{
  const char *text = cell (reader, row, WB_CELL_CURRENCY);

  if (*text == '\0' && reader->mapping->currency[0] != '\0')
    g_strlcpy (currency, reader->mapping->currency, 4);
  else if (!wb_cell_currency (text, currency))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not a currency", text);
      return FALSE;
    }
  return TRUE;
}

/* One signed column, or money in and money out apart. */
static gboolean
read_amount (
    const Reader *reader, const WbCsvRow *row, const char *currency, gint64 *amount, GError **error)
{
  char        decimal = reader->mapping->decimal;
  const char *in = cell (reader, row, WB_CELL_IN), *out = cell (reader, row, WB_CELL_OUT);
  gint64      came = 0, went = 0;

  if (reader->places[WB_CELL_AMOUNT] >= 0)
    return wb_cell_amount (cell (reader, row, WB_CELL_AMOUNT), decimal, currency, amount, error);
  if (*in == '\0' && *out == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "it has no amount, neither in nor out");
      return FALSE;
    }
  if ((*in != '\0' && !wb_cell_amount (in, decimal, currency, &came, error)) ||
      (*out != '\0' && !wb_cell_amount (out, decimal, currency, &went, error)))
    return FALSE;
  if (came == G_MININT64 || went == G_MININT64 ||
      __builtin_sub_overflow (ABS (came), ABS (went), amount))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "its amount is too large");
      return FALSE;
    }
  return TRUE;
}

/* The vendor's own name is not enough: some repeat it. With it, what may be worded otherwise in
 * another export does not count; without it, everything does. Equal rows are told apart by their
 * place among their equals. */
static void
name_row (Reader *reader, const WbCsvRow *csv, WbStatementRow *row)
{
  const char      *own = cell (reader, csv, WB_CELL_REF);
  g_autofree char *amount =
      g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (row, WB_STATEMENT_ROW_AMOUNT));
  g_autofree char *at =
      g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (row, WB_STATEMENT_ROW_AT));
  const char *parts[] = {
    own,
    amount,
    at,
    wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY),
    wb_record_get_text (row, WB_STATEMENT_ROW_TRACKING),
    *own == '\0' ? cell (reader, csv, WB_CELL_TEXT) : "",
    *own == '\0' ? cell (reader, csv, WB_CELL_COUNTERPARTY) : "",
    *own == '\0' ? cell (reader, csv, WB_CELL_REASON) : "",
    *own == '\0' ? cell (reader, csv, WB_CELL_SERVICE) : "",
  };
  char    *digest = wb_row_digest (parts, G_N_ELEMENTS (parts));
  guint    times = GPOINTER_TO_UINT (g_hash_table_lookup (reader->seen, digest));
  GString *ref = g_string_new (NULL);

  if (*own != '\0')
    g_string_append_printf (ref, "%.100s ", own);
  g_string_append (ref, digest);
  if (times > 0)
    g_string_append_printf (ref, " %u", times + 1);
  g_hash_table_replace (reader->seen, digest, GUINT_TO_POINTER (times + 1));
  wb_record_take_text (row, WB_STATEMENT_ROW_REF, g_string_free (ref, FALSE));
}

static void
set_text (const Reader *reader, const WbCsvRow *csv, WbCell from, WbStatementRow *row, guint to)
{
  const char      *text = cell (reader, csv, from);
  g_autofree char *line = *text != '\0' ? wb_text_one_line (text) : NULL;

  wb_record_set_text (row, to, line);
}

static gboolean
fill_carrier (const Reader *reader, const WbCsvRow *csv, WbStatementRow *row, GError **error)
{
  const char *weight = cell (reader, csv, WB_CELL_WEIGHT);
  const char *until = cell (reader, csv, WB_CELL_DISPUTE_BY);
  gint64      grams = 0;
  WbInstant   by = 0;

  set_text (reader, csv, WB_CELL_TRACKING, row, WB_STATEMENT_ROW_TRACKING);
  set_text (reader, csv, WB_CELL_SERVICE, row, WB_STATEMENT_ROW_SERVICE);
  set_text (reader, csv, WB_CELL_REASON, row, WB_STATEMENT_ROW_REASON);
  if (*weight != '\0' &&
      !wb_cell_weight (weight, reader->mapping->decimal, reader->mapping->weight_unit, &grams))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not a weight", weight);
      return FALSE;
    }
  if (*until != '\0' && !wb_cell_date (until, reader->mapping->dates, &by, error))
    return FALSE;
  if (by == 0 && reader->mapping->dispute_days > 0)
    by = wb_record_get_int (row, WB_STATEMENT_ROW_AT) +
         (WbInstant) reader->mapping->dispute_days * 24 * 60 * 60;
  wb_record_set_int (row, WB_STATEMENT_ROW_WEIGHT_G, grams);
  wb_record_set_int (row, WB_STATEMENT_ROW_DISPUTE_BY, by);
  return TRUE;
}

static WbStatementRow *
make_row (Reader *reader, const WbCsvRow *csv, GError **error)
{
  g_autoptr (WbStatementRow) row = wb_statement_row_new ();
  char                       currency[4];
  gint64                     amount = 0;
  WbInstant                  at = 0;

  if (!wb_cell_date (cell (reader, csv, WB_CELL_DATE), reader->mapping->dates, &at, error) ||
      !read_currency (reader, csv, currency, error) ||
      !read_amount (reader, csv, currency, &amount, error))
    return NULL;
  wb_record_set_int (row, WB_STATEMENT_ROW_AT, at);
  wb_record_set_text (row, WB_STATEMENT_ROW_CURRENCY, currency);
  wb_record_set_int (row, WB_STATEMENT_ROW_AMOUNT, amount);
  set_text (reader, csv, WB_CELL_TEXT, row, WB_STATEMENT_ROW_TEXT);
  set_text (reader, csv, WB_CELL_COUNTERPARTY, row, WB_STATEMENT_ROW_COUNTERPARTY);
  if (g_str_equal (reader->kind, WB_STATEMENT_CARRIER) && !fill_carrier (reader, csv, row, error))
    return NULL;
  name_row (reader, csv, row);
  return g_steal_pointer (&row);
}

static gboolean
is_empty_row (const WbCsvRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (*(const char *) row->cells->pdata[i] != '\0')
      return FALSE;
  return row->trouble == NULL;
}

static gboolean
take_row (Reader *reader, const WbCsvRow *csv, GError **error)
{
  g_autoptr (GError)         why = NULL;
  g_autoptr (WbStatementRow) row = NULL;

  if (csv->line <= reader->mapping->head_line || is_empty_row (csv))
    return TRUE;
  if (csv->trouble == NULL)
    row = make_row (reader, csv, &why);
  if (row != NULL)
    return reader->sink->row (row, csv->line, reader->data, error);
  reader->sink->bad (csv->line, csv->trouble != NULL ? csv->trouble : why->message, csv->raw,
                     reader->data);
  return TRUE;
}

static void
find_places (Reader *reader)
{
  for (guint c = 0; c < WB_N_CELLS; c++)
    {
      reader->places[c] = -1;
      for (guint i = 0; reader->mapping->columns[c] != NULL && i < reader->file->heads->len; i++)
        if (g_str_equal (reader->file->heads->pdata[i], reader->mapping->columns[c]))
          reader->places[c] = (int) i;
    }
}

/** wb_csv_statement_read: tells @sink the rows of a CSV file by @mapping, which fits it
 * (wb_statement_file_check()). */
gboolean
wb_csv_statement_read (WbStatementFile       *file,
                       const WbMapping       *mapping,
                       const char            *kind,
                       const WbStatementSink *sink,
                       gpointer               data,
                       GCancellable          *cancellable,
                       GError               **error)
{
  g_autoptr (GHashTable)   seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GInputStream) stream = wb_statement_file_stream (file, error);
  g_autoptr (WbCsv)        csv = stream != NULL ? wb_csv_new (stream, mapping->delimiter) : NULL;
  g_autoptr (WbStatement)  head = wb_statement_new ();
  Reader                   reader = { file, mapping, kind, sink, data, { 0 }, seen };
  gboolean                 ok;

  if (csv == NULL)
    return FALSE;
  find_places (&reader);
  wb_record_set_text (head, WB_STATEMENT_NUMBER, file->hash);
  wb_record_set_text (head, WB_STATEMENT_FORMAT, WB_FORMAT_CSV);
  if (mapping->currency[0] != '\0')
    wb_record_set_text (head, WB_STATEMENT_CURRENCY, mapping->currency);
  ok = sink->begin (head, data, error);
  while (ok)
    {
      g_autoptr (WbCsvRow) row = NULL;

      ok = wb_csv_next (csv, &row, cancellable, error);
      if (!ok || row == NULL)
        break;
      ok = take_row (&reader, row, error);
    }
  return ok && sink->end (head, data, error);
}
