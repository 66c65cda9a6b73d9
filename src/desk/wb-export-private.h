/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the forms of the accountant's export share. */
#pragma once

#include "wb-desk-files.h"

G_BEGIN_DECLS

/* A field of a CSV row: quoted where need be; text that a spreadsheet would reckon with is made
 * plain. */
void wb_csv_text (GString *out, const char *text, char after);
void wb_csv_amount (GString *out, gint64 minor, const char *currency, char after);

GBytes *
wb_export_csv (WbBook *book, const WbMoneyQuery *query, GCancellable *cancellable, GError **error);
GBytes *wb_export_journal (WbBook             *book,
                           const WbMoneyQuery *query,
                           gboolean            gnucash,
                           GCancellable       *cancellable,
                           GError            **error);
GBytes *wb_export_paper (WbBook             *book,
                         const WbMoneyQuery *query,
                         GCancellable       *cancellable,
                         GError            **error);
void    wb_export_day (WbInstant at, char day[WB_DATE_SIZE]);

G_END_DECLS
