/* SPDX-License-Identifier: GPL-3.0-or-later
 * CSV: rows out of a stream, one at a time: quoted cells, any line ends, bounded; and cells
 * written. */
#pragma once

#include "wb-money.h"

G_BEGIN_DECLS

#define WB_CSV_MOST_CELLS 256         /* in a row */
#define WB_CSV_MOST_BYTES (64 * 1024) /* in a row */

/**
 * WbCsvRow: one row.
 * @line: where it begins in the file, from 1
 * @cells: (element-type utf8): trimmed; never %NULL
 * @trouble: (nullable): why the row cannot be used; @cells is then empty
 * @raw: the row's bytes, made valid UTF-8, at most 400 of them
 */
typedef struct
{
  guint      line;
  GPtrArray *cells;
  char      *trouble;
  char      *raw;
} WbCsvRow;

typedef struct _WbCsv WbCsv;

WbCsv   *wb_csv_new (GInputStream *stream, char delimiter);
gboolean wb_csv_next (WbCsv *self, WbCsvRow **row, GCancellable *cancellable, GError **error);
void     wb_csv_free (WbCsv *self);
void     wb_csv_row_free (WbCsvRow *row);

/* ---- written (wb-csv-write.c) ---- */

void wb_csv_text (GString *out, const char *text, char after);
void wb_csv_amount (GString *out, gint64 minor, const char *currency, char after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCsv, wb_csv_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCsvRow, wb_csv_row_free)

G_END_DECLS
