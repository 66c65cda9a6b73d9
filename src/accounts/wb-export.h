/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the accountant gets of a period, in several forms. */
#pragma once

#include "wb-book-money.h"

G_BEGIN_DECLS

typedef enum
{
  WB_EXPORT_CSV,     /* a row an order, with its totals */
  WB_EXPORT_LEDGER,  /* a double-entry journal in ledger-cli's syntax */
  WB_EXPORT_GNUCASH, /* the same as CSV, as GnuCash imports transactions */
  WB_EXPORT_PDF,     /* the statement of the period, to print and sign */
  WB_N_EXPORTS,
} WbExport;

GBytes     *wb_export_money (WbBook             *book,
                             const WbMoneyQuery *query,
                             WbExport            form,
                             GCancellable       *cancellable,
                             GError            **error);
const char *wb_export_id (WbExport form);
const char *wb_export_title (WbExport form);
const char *wb_export_suffix (WbExport form);
int         wb_export_parse (const char *id);

G_END_DECLS
