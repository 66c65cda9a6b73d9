/* SPDX-License-Identifier: GPL-3.0-or-later
 * Statements and invoices: parsed rows in, whatever the file was, and what each row is about. */
#pragma once

#include "wb-book-money.h"
#include "wb-desk.h"

G_BEGIN_DECLS

typedef struct _WbStatementImport WbStatementImport;

/**
 * WbImportResult: @added: new rows; @known: rows that were there already; @matched and @open: of
 * the new ones; @adjustments: ledger entries that a carrier's invoice made
 */
typedef struct
{
  gint64 statement_id;
  gint64 rows, added, known, matched, open, adjustments;
} WbImportResult;

WbStatementImport *wb_desk_begin_import (WbDesk *self, WbStatement *head, GError **error);
gboolean wb_statement_import_add (WbStatementImport *self, WbStatementRow *row, GError **error);
gboolean
     wb_statement_import_finish (WbStatementImport *self, WbImportResult *result, GError **error);
void wb_statement_import_free (WbStatementImport *self);

/** WbMatchOffer: what a row may be about. @score: 1…100; @why: for people. */
typedef struct
{
  const char *kind; /* WB_ROW_PAYOUT, WB_ROW_LABEL, WB_ROW_ORDER */
  gint64      id;
  guint       score;
  char       *title, *why;
} WbMatchOffer;

GPtrArray *wb_offer_matches (WbBook *book, gint64 row_id, GError **error);
gboolean
wb_desk_match_row (WbDesk *self, gint64 row_id, const char *kind, gint64 id, GError **error);
gboolean wb_desk_ignore_row (WbDesk *self, gint64 row_id, const char *reason, GError **error);
void     wb_match_offer_free (WbMatchOffer *offer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStatementImport, wb_statement_import_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMatchOffer, wb_match_offer_free)

G_END_DECLS
