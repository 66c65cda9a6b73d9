/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of a CSV file out of a stream, one at a time: quoted cells, any line ends, bounded. */
#include "wb-csv.h"

#include <string.h>

#define CHUNK    (64 * 1024)
#define RAW_KEPT 400

struct _WbCsv
{
  GInputStream *stream;
  char          delimiter;
  guchar        chunk[CHUNK];
  gsize         at, filled;
  gboolean      ended;
  guint         line;
};

/**
 * wb_csv_new:
 * @stream: UTF-8; a byte order mark is passed over
 * @delimiter: between cells
 *
 * Returns: (transfer full): a reader at the first row.
 */
WbCsv *
wb_csv_new (GInputStream *stream, char delimiter)
{
  WbCsv *self = g_new0 (WbCsv, 1);

  self->stream = g_object_ref (stream);
  self->delimiter = delimiter;
  self->line = 1;
  return self;
}

/** wb_csv_free: frees @self. */
void
wb_csv_free (WbCsv *self)
{
  g_object_unref (self->stream);
  g_free (self);
}

/** wb_csv_row_free: frees @row. */
void
wb_csv_row_free (WbCsvRow *row)
{
  g_ptr_array_unref (row->cells);
  g_free (row->trouble);
  g_free (row->raw);
  g_free (row);
}

/* The next byte, -1 at the end, -2 with @error. */
static int
next_byte (WbCsv *self, GCancellable *cancellable, GError **error)
{
  gssize n;

  if (self->at < self->filled)
    return self->chunk[self->at++];
  if (self->ended)
    return -1;
  n = g_input_stream_read (self->stream, self->chunk, CHUNK, cancellable, error);
  if (n < 0)
    {
      wb_error_convert (error);
      return -2;
    }
  self->ended = n == 0;
  self->filled = (gsize) n;
  self->at = 0;
  return n == 0 ? -1 : self->chunk[self->at++];
}

static int
peek_byte (WbCsv *self, GCancellable *cancellable, GError **error)
{
  int c = next_byte (self, cancellable, error);

  if (c >= 0)
    self->at--;
  return c;
}

static void
set_trouble (WbCsvRow *row, const char *trouble)
{
  if (row->trouble == NULL)
    row->trouble = g_strdup (trouble);
}

static void
end_cell (WbCsvRow *row, GString *cell)
{
  const char *text = cell->str;

  if (row->cells->len == 0 && row->line == 1 && g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  if (row->cells->len >= WB_CSV_MOST_CELLS)
    set_trouble (row, "the row has more than 256 cells");
  else if (!g_utf8_validate (text, -1, NULL))
    set_trouble (row, "its letters are not in the encoding of the file");
  else if (row->trouble == NULL)
    g_ptr_array_add (row->cells, g_strstrip (g_strdup (text)));
  g_string_truncate (cell, 0);
}

typedef struct
{
  WbCsvRow *row;
  GString  *cell, *raw;
  gsize     bytes;
  gboolean  quoted; /* inside quotes */
} Reading;

static void
put (Reading *reading, char c)
{
  if (++reading->bytes > WB_CSV_MOST_BYTES)
    set_trouble (reading->row, "the row is longer than 64 KiB; is a quotation mark left open?");
  else if (c == '\0')
    set_trouble (reading->row, "the row has a zero byte in it");
  else
    g_string_append_c (reading->cell, c);
  if (reading->raw->len < RAW_KEPT && c != '\0')
    g_string_append_c (reading->raw, c);
}

/* A quotation mark begins a quoted cell at its start only, ends it, or doubled stands for itself.
 */
static gboolean
take_quote (WbCsv *self, Reading *reading, GCancellable *cancellable, GError **error)
{
  int next;

  if (!reading->quoted)
    {
      if (reading->cell->len == 0)
        reading->quoted = TRUE;
      else
        put (reading, '"');
      return TRUE;
    }
  if ((next = peek_byte (self, cancellable, error)) == -2)
    return FALSE;
  if (next == '"')
    {
      self->at++;
      put (reading, '"');
    }
  else
    reading->quoted = FALSE;
  return TRUE;
}

/* Returns FALSE at the row's end. A row too long gives up its quotes, so that what follows is read.
 */
static gboolean
take (WbCsv *self, Reading *reading, int c, GCancellable *cancellable, GError **error)
{
  if (reading->quoted && reading->bytes > WB_CSV_MOST_BYTES)
    reading->quoted = FALSE;
  if (c == '\n')
    self->line++;
  if (reading->quoted || (c != '\n' && c != '\r' && c != self->delimiter))
    {
      put (reading, (char) c);
      return TRUE;
    }
  if (c == self->delimiter)
    {
      end_cell (reading->row, reading->cell);
      if (reading->raw->len < RAW_KEPT)
        g_string_append_c (reading->raw, (char) c);
      return TRUE;
    }
  if (c == '\r' && peek_byte (self, cancellable, error) == '\n')
    {
      self->at++;
      self->line++;
    }
  else if (c == '\r')
    self->line++;
  return FALSE;
}

static void
finish_row (Reading *reading)
{
  end_cell (reading->row, reading->cell);
  if (reading->row->trouble != NULL)
    g_ptr_array_set_size (reading->row->cells, 0);
  reading->row->raw = g_utf8_make_valid (reading->raw->str, (gssize) reading->raw->len);
}

/**
 * wb_csv_next:
 * @row: (out) (nullable) (transfer full): the next row, an empty line being one with one empty
 * cell; %NULL at the end
 *
 * A row that cannot be used is given with its trouble, and reading goes on behind it. Returns:
 * %FALSE when the stream itself cannot be read.
 */
gboolean
wb_csv_next (WbCsv *self, WbCsvRow **row, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbCsvRow) made = g_new0 (WbCsvRow, 1);
  g_autoptr (GString)  cell = g_string_new (NULL);
  g_autoptr (GString)  raw = g_string_new (NULL);
  Reading              reading = { made, cell, raw, 0, FALSE };
  int                  c;

  made->cells = g_ptr_array_new_with_free_func (g_free);
  made->line = self->line;
  *row = NULL;
  if ((c = peek_byte (self, cancellable, error)) == -1)
    return TRUE;
  while ((c = next_byte (self, cancellable, error)) >= 0)
    {
      if (c == '"')
        {
          if (!take_quote (self, &reading, cancellable, error))
            return FALSE;
        }
      else if (!take (self, &reading, c, cancellable, error))
        break;
    }
  if (c == -2)
    return FALSE;
  if (c == -1 && reading.quoted)
    set_trouble (made, "a quotation mark is left open until the end of the file");
  finish_row (&reading);
  *row = g_steal_pointer (&made);
  return TRUE;
}
