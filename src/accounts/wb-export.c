/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the accountant gets of a period: one call, several forms; for the same book always the same
 * bytes. */
#include "wb-export-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *id, *suffix, *title;
} forms[WB_N_EXPORTS] = {
  [WB_EXPORT_CSV] = { "csv", ".csv", N_ ("Orders as a table (CSV)") },
  [WB_EXPORT_LEDGER] = { "ledger", ".journal", N_ ("Double-entry journal (ledger-cli)") },
  [WB_EXPORT_GNUCASH] = { "gnucash", ".csv", N_ ("Double-entry journal (GnuCash)") },
  [WB_EXPORT_PDF] = { "pdf", ".pdf", N_ ("Statement to print (PDF)") },
};

/** wb_export_id: Returns: (transfer none): the form's name on the command line. */
const char *
wb_export_id (WbExport form)
{
  return forms[form].id;
}

/** wb_export_title: Returns: (transfer none): the form for people. */
const char *
wb_export_title (WbExport form)
{
  return _ (forms[form].title);
}

/** wb_export_suffix: Returns: (transfer none): how such a file's name ends. */
const char *
wb_export_suffix (WbExport form)
{
  return forms[form].suffix;
}

/** wb_export_parse: Returns: the #WbExport called @id, -1 when there is none. */
int
wb_export_parse (const char *id)
{
  for (int i = 0; i < WB_N_EXPORTS; i++)
    if (g_strcmp0 (forms[i].id, id) == 0)
      return i;
  return -1;
}

/**
 * wb_export_money:
 * @query: the period; its state and limits do not count
 *
 * Returns: (transfer full): the file's bytes, made of the book alone: no clock, no language but the
 * program's.
 */
GBytes *
wb_export_money (WbBook             *book,
                 const WbMoneyQuery *query,
                 WbExport            form,
                 GCancellable       *cancellable,
                 GError            **error)
{
  WbMoneyQuery period = { .first = query->first,
                          .after = query->after,
                          .channel_id = query->channel_id,
                          .state = WB_MONEY_ALL };

  switch (form)
    {
    case WB_EXPORT_CSV:
      return wb_export_csv (book, &period, cancellable, error);
    case WB_EXPORT_LEDGER:
    case WB_EXPORT_GNUCASH:
      return wb_export_journal (book, &period, form == WB_EXPORT_GNUCASH, cancellable, error);
    case WB_EXPORT_PDF:
      return wb_export_paper (book, &period, cancellable, error);
    default:
      g_return_val_if_reached (NULL);
    }
}
