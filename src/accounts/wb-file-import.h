/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files of money in: statements of banks and gateways, invoices of carriers. */
#pragma once

#include "wb-statement-import.h"

G_BEGIN_DECLS

/**
 * WbFileWish: how a person wants a file read; everything may be left out but the path.
 * @kind: WB_STATEMENT_…; %NULL: a carrier's when a column holds tracking numbers, else a bank's
 * @sender: whose file it is: how its columns are read is remembered by this name
 * @account: the bank account or customer number; %NULL: the file's, else the sender
 * @currency: of rows without one; @dates: “ymd”, “dmy” or “mdy”; @weight: g, kg, oz or lb
 * @dispute_days: until when a carrier's row may be disputed after its date; 0: as remembered
 * @columns: (element-type utf8 utf8): what a column is → its head; these win over what was
 * remembered and detected; an empty head: no column
 */
typedef struct
{
  char       *path, *kind, *sender, *account, *currency, *dates, *weight;
  guint       dispute_days;
  GHashTable *columns;
} WbFileWish;

WbFileWish *wb_file_wish_new (const char *path);
void        wb_file_wish_free (WbFileWish *wish);

/**
 * WbFilePreview: what a file looks like before it is imported.
 * @heads: (element-type utf8) (nullable): the columns of a CSV
 * @columns: (element-type utf8 utf8): what each is taken to be → head
 * @cells: all that a column of this kind of file can be, in a fitting order; %NULL-terminated
 * @remembered: the columns were remembered from an earlier file of the sender
 * @problem: (nullable): why it cannot be imported like this, with the place
 */
typedef struct
{
  char              *name, *kind, *sender, *currency, *encoding;
  const char        *format, *dates;
  GPtrArray         *heads;
  GHashTable        *columns;
  const char *const *cells;
  gboolean           remembered, dates_open;
  guint              head_line;
  char              *problem;
} WbFilePreview;

WbFilePreview *
wb_preview_file (WbBook *book, const WbFileWish *wish, GCancellable *cancellable, GError **error);
void        wb_file_preview_free (WbFilePreview *preview);
const char *wb_statement_kind_title (const char *kind);
const char *wb_column_title (const char *cell);

/**
 * WbFileImport: what became of a file.
 * @statements: how many were in it; @sum: of all of them
 * @bad: rows that could not be read and were set aside; @asides: (element-type WbAside): the first
 * hundred
 */
typedef struct
{
  char          *name;
  gint64         statements, bad;
  WbImportResult sum;
  GPtrArray     *asides;
} WbFileImport;

typedef void (*WbFileProgress) (gint64 rows, gpointer data);

gboolean wb_desk_import_file (WbDesk           *self,
                              const WbFileWish *wish,
                              WbFileProgress    progress,
                              gpointer          progress_data,
                              WbFileImport     *result,
                              GCancellable     *cancellable,
                              GError          **error);
void     wb_file_import_clear (WbFileImport *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFileWish, wb_file_wish_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFilePreview, wb_file_preview_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbFileImport, wb_file_import_clear)

G_END_DECLS
