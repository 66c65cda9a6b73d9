/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the forms of the accountant's export share. */
#pragma once

#include "wb-csv.h"
#include "wb-export.h"

G_BEGIN_DECLS

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

G_END_DECLS
