/* SPDX-License-Identifier: GPL-3.0-or-later
 * Statements of banks, gateways and carriers as files (CSV, camt.053, OFX): read row by row in
 * bounded memory, whatever the file does. Knows no order book. */
#pragma once

#include "wb-ledger.h"

G_BEGIN_DECLS

#define WB_STATEMENT_MOST_BYTES (G_GINT64_CONSTANT (256) * 1024 * 1024)
#define WB_STATEMENT_MOST_BAD   100 /* rows told one by one; the rest is counted */

/* WB_STATEMENT_FORMAT */
#define WB_FORMAT_CSV  "csv"
#define WB_FORMAT_CAMT "camt.053"
#define WB_FORMAT_OFX  "ofx"

/**
 * WbCell: what a column of a CSV file is. Amount, or in and out by themselves.
 */
typedef enum
{
  WB_CELL_DATE,
  WB_CELL_AMOUNT,
  WB_CELL_IN,
  WB_CELL_OUT,
  WB_CELL_CURRENCY,
  WB_CELL_TEXT,
  WB_CELL_COUNTERPARTY,
  WB_CELL_REF,
  WB_CELL_TRACKING,
  WB_CELL_SERVICE,
  WB_CELL_REASON,
  WB_CELL_WEIGHT,
  WB_CELL_DISPUTE_BY,
  WB_N_CELLS,
} WbCell;

typedef enum
{
  WB_DATES_UNKNOWN,
  WB_DATES_YMD,
  WB_DATES_DMY,
  WB_DATES_MDY,
} WbDates;

/**
 * WbMapping: how a sender's CSV is read.
 * @encoding: iconv's name
 * @decimal: “.” or “,”; @dates_open: day and month could be either way round: a person must say
 * @currency: of rows without a column for it; empty: none
 * @weight_unit: g, kg, oz or lb
 * @dispute_days: until when a row may be disputed after its date, when no column says; 0: not known
 * @columns: (nullable) each: the head of the column
 * @sender: (nullable): whose files these are
 * @head_line: where the heads stand
 */
typedef struct
{
  char     delimiter, decimal;
  char    *encoding;
  WbDates  dates;
  gboolean dates_open;
  char     currency[4];
  char     weight_unit[4];
  guint    dispute_days;
  char    *columns[WB_N_CELLS];
  char    *sender;
  guint    head_line;
} WbMapping;

const char *wb_cell_id (WbCell cell);
int         wb_cell_parse (const char *id);
const char *wb_dates_id (WbDates dates);
WbDates     wb_dates_parse (const char *id);
WbMapping  *wb_mapping_new (void);
WbMapping  *wb_mapping_parse (const char *json, GError **error);
char       *wb_mapping_to_json (const WbMapping *mapping);
gboolean    wb_mapping_set (WbMapping *mapping, const char *cell, const char *head, GError **error);
void        wb_mapping_free (WbMapping *mapping);

/**
 * WbStatementSink: who hears what a file says. A reader calls @begin before the first row of each
 * statement; the head may gain its closing balance until @end.
 * @bad: a row that cannot be used; reading goes on behind it
 */
typedef struct
{
  gboolean (*begin) (WbStatement *head, gpointer data, GError **error);
  gboolean (*row) (WbStatementRow *row, guint line, gpointer data, GError **error);
  gboolean (*end) (WbStatement *head, gpointer data, GError **error);
  void (*bad) (guint line, const char *reason, const char *raw, gpointer data);
} WbStatementSink;

/**
 * WbStatementFile: one file, before it is read.
 * @name: its name without folders; @hash: of its bytes
 * @format: WB_FORMAT_…
 * @encoding: as the file says or its bytes show
 * @heads: (element-type utf8): CSV: the heads of the columns; @samples: the cells of the first rows
 */
typedef struct
{
  char       *path, *name, *hash;
  const char *format;
  char       *encoding;
  char        delimiter;
  guint       head_line;
  GPtrArray  *heads;
  GPtrArray  *samples; /* of WbCsvRow */
} WbStatementFile;

WbStatementFile               *
wb_statement_file_open (const char *path, GCancellable *cancellable, GError **error);
GInputStream *wb_statement_file_stream (WbStatementFile *self, GError **error);
char         *wb_statement_file_signature (WbStatementFile *self);
WbMapping    *wb_statement_file_guess (WbStatementFile *self, const char *kind);
void          wb_statement_file_guess_forms (WbStatementFile *self, WbMapping *mapping);
gboolean      wb_statement_file_check (WbStatementFile *self,
                                       const WbMapping *mapping,
                                       const char      *kind,
                                       GError         **error);
gboolean      wb_statement_file_read (WbStatementFile       *self,
                                      const WbMapping       *mapping,
                                      const char            *kind,
                                      const WbStatementSink *sink,
                                      gpointer               data,
                                      GCancellable          *cancellable,
                                      GError               **error);
void          wb_statement_file_free (WbStatementFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMapping, wb_mapping_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStatementFile, wb_statement_file_free)

G_END_DECLS
