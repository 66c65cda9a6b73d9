/* SPDX-License-Identifier: GPL-3.0-or-later
 * A statement's file before it is read: which format, which encoding, which heads; then the right
 * reader. */
#include "wb-statement-private.h"

#include "wb-text.h"

#include <string.h>

#define SAMPLE_BYTES (64 * 1024)
#define SAMPLE_ROWS  200
#define HEAD_ROWS    40 /* banks put words above their table */

/** wb_statement_file_free: frees @self. */
void
wb_statement_file_free (WbStatementFile *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self->hash);
  g_free (self->encoding);
  g_clear_pointer (&self->heads, g_ptr_array_unref);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_free (self);
}

static gboolean
fail_file (WbStatementFile *self, const char *why, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: %s", self->name, why);
  return FALSE;
}

static gboolean
prefix_io (WbStatementFile *self, GError **error)
{
  wb_error_convert (error);
  g_prefix_error (error, "%s: ", self->name);
  return FALSE;
}

/* One pass for the hash and the beginning. */
static gboolean
read_through (WbStatementFile *self, GString *sample, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile)            file = g_file_new_for_path (self->path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GChecksum)        sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar           *chunk = g_malloc (SAMPLE_BYTES);
  goffset                      total = 0;
  gssize                       n = 0;

  if (stream == NULL)
    return prefix_io (self, error);
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), chunk, SAMPLE_BYTES, cancellable,
                                   error)) > 0)
    {
      total += n;
      if (total > WB_STATEMENT_MOST_BYTES)
        return fail_file (self, "the file is larger than 256 MiB; is it a statement?", error);
      g_checksum_update (sum, chunk, n);
      if (sample->len < SAMPLE_BYTES)
        g_string_append_len (sample, (const char *) chunk,
                             MIN (n, (gssize) (SAMPLE_BYTES - sample->len)));
    }
  if (n < 0)
    return prefix_io (self, error);
  if (total == 0)
    return fail_file (self, "the file is empty", error);
  self->hash = g_strndup (g_checksum_get_string (sum), 32);
  return TRUE;
}

/* Valid but for a character cut off at the sample's end. */
static gboolean
is_utf8 (const GString *sample)
{
  const char *end;

  return g_utf8_validate (sample->str, (gssize) sample->len, &end) ||
         (sample->len >= SAMPLE_BYTES && sample->str + sample->len - end < 4);
}

static gboolean
starts (const GString *sample, const char *bytes, gsize n)
{
  return sample->len >= n && memcmp (sample->str, bytes, n) == 0;
}

static char *
guess_encoding (const GString *sample)
{
  if (starts (sample, "\xff\xfe", 2))
    return g_strdup ("UTF-16LE");
  if (starts (sample, "\xfe\xff", 2))
    return g_strdup ("UTF-16BE");
  return g_strdup (is_utf8 (sample) ? "UTF-8" : "WINDOWS-1252");
}

static const char *
guess_format (const GString *sample)
{
  g_autofree char *low = g_ascii_strdown (sample->str, (gssize) MIN (sample->len, 4096));

  if (strstr (low, "camt.05") != NULL || strstr (low, "<bktocstmr") != NULL)
    return WB_FORMAT_CAMT;
  if (strstr (low, "ofxheader") != NULL || strstr (low, "<ofx>") != NULL)
    return WB_FORMAT_OFX;
  return WB_FORMAT_CSV;
}

/* ---- CSV: the delimiter, and where the heads stand ---- */

/* Quoted text does not count. The delimiter is what the widest part of the lines agree on. */
static guint
count_in_line (const char **line, char delimiter)
{
  gboolean quoted = FALSE;
  guint    n = 0;

  for (; **line != '\0' && (quoted || **line != '\n'); (*line)++)
    if (**line == '"')
      quoted = !quoted;
    else if (!quoted && **line == delimiter)
      n++;
  if (**line == '\n')
    (*line)++;
  return n;
}

static guint
agreement (const char *text, char delimiter)
{
  guint counts[WB_CSV_MOST_CELLS] = { 0 }, best = 0;

  for (guint line = 0; *text != '\0' && line < SAMPLE_ROWS; line++)
    {
      guint n = count_in_line (&text, delimiter);

      if (n > 0 && n < WB_CSV_MOST_CELLS && ++counts[n] * (n + 4) > best)
        best = counts[n] * (n + 4);
    }
  return best;
}

static char
guess_delimiter (const char *text)
{
  static const char delimiters[] = { ',', ';', '\t', '|' };
  char              best = ',';
  guint             most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      guint agreed = agreement (text, delimiters[i]);

      if (agreed > most)
        {
          most = agreed;
          best = delimiters[i];
        }
    }
  return best;
}

static guint
filled_cells (const WbCsvRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->cells->len; i++)
    n += *(const char *) row->cells->pdata[i] != '\0';
  return n;
}

static gboolean
has_digits_first (const WbCsvRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (g_ascii_isdigit (*(const char *) row->cells->pdata[i]))
      return TRUE;
  return FALSE;
}

/* The heads are the first row that is as full as the fullest and holds no figures. */
static guint
find_head (GPtrArray *rows)
{
  guint most = 0;

  for (guint i = 0; i < rows->len; i++)
    most = MAX (most, filled_cells (rows->pdata[i]));
  for (guint i = 0; i < MIN (rows->len, HEAD_ROWS); i++)
    if (filled_cells (rows->pdata[i]) * 10 >= most * 7 && !has_digits_first (rows->pdata[i]) &&
        filled_cells (rows->pdata[i]) > 1)
      return i;
  return 0;
}

static gboolean
read_samples (WbStatementFile *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = wb_statement_file_stream (self, error);
  g_autoptr (WbCsv)        csv = NULL;
  g_autoptr (GPtrArray)    rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_csv_row_free);
  guint                    head;

  if (stream == NULL)
    return FALSE;
  csv = wb_csv_new (stream, self->delimiter);
  while (rows->len < SAMPLE_ROWS)
    {
      WbCsvRow *row = NULL;

      if (!wb_csv_next (csv, &row, cancellable, error))
        return prefix_io (self, error);
      if (row == NULL)
        break;
      g_ptr_array_add (rows, row);
    }
  head = find_head (rows);
  self->heads = g_ptr_array_ref (((WbCsvRow *) rows->pdata[head])->cells);
  self->head_line = ((WbCsvRow *) rows->pdata[head])->line;
  g_ptr_array_remove_range (rows, 0, head + 1);
  self->samples = g_steal_pointer (&rows);
  return TRUE;
}

/**
 * wb_statement_file_open:
 * Returns: (transfer full): the file with what its beginning shows; %WB_ERROR_INVALID with the
 * file's name when it is no statement.
 */
WbStatementFile *
wb_statement_file_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbStatementFile) self = g_new0 (WbStatementFile, 1);
  g_autoptr (GString)         sample = g_string_new (NULL);
  g_autofree char            *text = NULL;

  self->path = g_strdup (path);
  self->name = g_path_get_basename (path);
  if (!read_through (self, sample, cancellable, error))
    return NULL;
  self->encoding = guess_encoding (sample);
  text = g_convert_with_fallback (sample->str, (gssize) sample->len, "UTF-8", self->encoding, "?",
                                  NULL, NULL, NULL);
  if (text != NULL)
    g_string_assign (sample, text);
  self->format = guess_format (sample);
  if (!g_str_equal (self->format, WB_FORMAT_CSV))
    return g_steal_pointer (&self);
  if (memchr (sample->str, '\0', sample->len) != NULL)
    {
      fail_file (self, "this is no text: a CSV, camt.053 or OFX file is needed", error);
      return NULL;
    }
  self->delimiter = guess_delimiter (sample->str);
  if (!read_samples (self, cancellable, error))
    return NULL;
  if (self->heads->len < 2)
    {
      fail_file (self, "line 1: no columns are to be seen: a CSV, camt.053 or OFX file is needed",
                 error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/** wb_statement_file_stream: Returns: (transfer full): the file's text as UTF-8. */
GInputStream *
wb_statement_file_stream (WbStatementFile *self, GError **error)
{
  g_autoptr (GFile)             file = g_file_new_for_path (self->path);
  g_autoptr (GInputStream)      stream = G_INPUT_STREAM (g_file_read (file, NULL, error));
  g_autoptr (GCharsetConverter) converter = NULL;

  if (stream == NULL)
    {
      prefix_io (self, error);
      return NULL;
    }
  if (g_str_equal (self->encoding, "UTF-8"))
    return g_steal_pointer (&stream);
  converter = g_charset_converter_new ("UTF-8", self->encoding, error);
  if (converter == NULL)
    {
      prefix_io (self, error);
      return NULL;
    }
  g_charset_converter_set_use_fallback (converter, TRUE);
  return g_converter_input_stream_new (stream, G_CONVERTER (converter));
}

/** wb_statement_file_signature: Returns: (transfer full): what files of the same sender have in
 * common: made of the heads of the columns. */
char *
wb_statement_file_signature (WbStatementFile *self)
{
  if (self->heads == NULL)
    return g_strdup (self->format);
  return wb_row_digest ((const char *const *) self->heads->pdata, self->heads->len);
}

/** wb_statement_file_read: tells @sink all of the file. @mapping: (nullable): for CSV. What is
 * wrong with the file as a whole ends it with file and line; a bad row does not. */
gboolean
wb_statement_file_read (WbStatementFile       *self,
                        const WbMapping       *mapping,
                        const char            *kind,
                        const WbStatementSink *sink,
                        gpointer               data,
                        GCancellable          *cancellable,
                        GError               **error)
{
  if (g_str_equal (self->format, WB_FORMAT_CAMT))
    return wb_camt_read (self, sink, data, cancellable, error);
  if (g_str_equal (self->format, WB_FORMAT_OFX))
    return wb_ofx_read (self, sink, data, cancellable, error);
  return wb_csv_statement_read (self, mapping, kind, sink, data, cancellable, error);
}
