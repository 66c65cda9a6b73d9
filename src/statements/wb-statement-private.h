/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the readers of statement files share. */
#pragma once

#include "wb-csv.h"
#include "wb-statement-file.h"

G_BEGIN_DECLS

/* wb-cell-text.c: the text of a cell */
gboolean wb_cell_amount (
    const char *text, char decimal, const char *currency, gint64 *minor, GError **error);
gboolean wb_cell_date (const char *text, WbDates dates, WbInstant *at, GError **error);
gboolean wb_cell_weight (const char *text, char decimal, const char *unit, gint64 *grams);
gboolean wb_cell_currency (const char *text, char currency[4]);
char    *wb_row_digest (const char *const *parts, guint n);

/* wb-mapping-guess.c */
char *wb_head_bare (const char *text);

/* One reader a format. */
gboolean wb_csv_statement_read (WbStatementFile       *file,
                                const WbMapping       *mapping,
                                const char            *kind,
                                const WbStatementSink *sink,
                                gpointer               data,
                                GCancellable          *cancellable,
                                GError               **error);
gboolean wb_camt_read (WbStatementFile       *file,
                       const WbStatementSink *sink,
                       gpointer               data,
                       GCancellable          *cancellable,
                       GError               **error);
gboolean wb_ofx_read (WbStatementFile       *file,
                      const WbStatementSink *sink,
                      gpointer               data,
                      GCancellable          *cancellable,
                      GError               **error);

G_END_DECLS
