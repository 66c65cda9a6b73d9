/* SPDX-License-Identifier: GPL-3.0-or-later
 * money import and money export: statements and carriers' invoices in, the accountant's files out.
 */
#include "wb-cli-money.h"

#include "wb-export.h"
#include "wb-file-import.h"
#include "wb-file.h"
#include "wb-refusals.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* “amount=Betrag,date=Datum” */
static gboolean
read_columns (WbCli *self, WbFileWish *wish, GError **error)
{
  const char    *text = wb_cli_option (self, "columns");
  g_auto (GStrv) pairs = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      if (equals == NULL)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       _ ("“%s” says no column: write “amount=Betrag”"), pairs[i]);
          return FALSE;
        }
      *equals = '\0';
      g_hash_table_insert (wish->columns, g_strdup (g_strstrip (pairs[i])),
                           g_strdup (g_strstrip (equals + 1)));
    }
  return TRUE;
}

static gboolean
read_kind (WbCli *self, WbFileWish *wish, GError **error)
{
  static const char *const kinds[] = { WB_STATEMENT_BANK, WB_STATEMENT_PAYOUT, WB_STATEMENT_CARRIER,
                                       NULL };

  wish->kind = g_strdup (wb_cli_option (self, "kind"));
  if (wish->kind == NULL || g_strv_contains (kinds, wish->kind))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("A file is bank, payout or carrier, not “%s”"),
               wish->kind);
  return FALSE;
}

static WbFileWish *
read_wish (WbCli *self, GError **error)
{
  g_autoptr (WbFileWish) wish = wb_file_wish_new (wb_cli_word (self, 1));
  gint64                 days = 0;

  if (!read_kind (self, wish, error) || !read_columns (self, wish, error) ||
      (wb_cli_has (self, "dispute-days") && !wb_cli_number (self, "dispute-days", 1, &days, error)))
    return NULL;
  wish->sender = g_strdup (wb_cli_option (self, "sender"));
  wish->account = g_strdup (wb_cli_option (self, "account"));
  wish->currency = g_strdup (wb_cli_option (self, "currency"));
  wish->dates = g_strdup (wb_cli_option (self, "dates"));
  wish->dispute_days = (guint) days;
  return g_steal_pointer (&wish);
}

static void
print_import (WbCli *self, const WbFileImport *done)
{
  const WbImportResult *sum = &done->sum;

  if (self->json)
    printf ("{\"rows\": %" G_GINT64_FORMAT ", \"added\": %" G_GINT64_FORMAT
            ", \"known\": %" G_GINT64_FORMAT ", \"matched\": %" G_GINT64_FORMAT
            ", \"open\": %" G_GINT64_FORMAT ", \"adjustments\": %" G_GINT64_FORMAT
            ", \"bad\": %" G_GINT64_FORMAT "}\n",
            sum->rows, sum->added, sum->known, sum->matched, sum->open, sum->adjustments,
            done->bad);
  else
    printf (_ ("%d rows: %d new, %d known already; %d matched, %d to be matched by a person; %d "
               "carrier adjustments\n"),
            (int) sum->rows, (int) sum->added, (int) sum->known, (int) sum->matched,
            (int) sum->open, (int) sum->adjustments);
  for (guint i = 0; i < done->asides->len; i++)
    {
      const WbAside   *aside = done->asides->pdata[i];
      g_autofree char *reason = wb_tell_again (aside->reason);

      /* Translators: the name of a file, the number of a line, what is wrong with it */
      g_printerr (_ ("%s, line %u was set aside: %s\n"), done->name, aside->line, reason);
    }
}

static void
tell (gint64 rows, gpointer data)
{
  wb_cli_say (data, _ ("%d rows"), (int) rows);
}

gboolean
wb_cli_money_import (WbCli *self, GError **error)
{
  WbDesk                *desk = NULL;
  g_autoptr (WbFileWish) wish = NULL;
  g_auto (WbFileImport)  done = { 0 };

  if (wb_cli_word (self, 1) == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say which file to import"));
      return FALSE;
    }
  if ((wish = read_wish (self, error)) == NULL || (desk = wb_cli_open (self, error)) == NULL ||
      !wb_desk_import_file (desk, wish, self->json ? NULL : tell, self, &done, self->cancellable,
                            error))
    return FALSE;
  print_import (self, &done);
  if (done.bad > 0)
    self->exit_code = WB_EXIT_PERSON;
  return TRUE;
}

gboolean
wb_cli_money_export (WbCli *self, const WbMoneyQuery *period, GError **error)
{
  const char        *path = wb_cli_word (self, 1), *form = wb_cli_option (self, "form");
  WbBook            *book = wb_cli_book (self, error);
  int                which = wb_export_parse (form != NULL ? form : "csv");
  g_autoptr (GBytes) bytes = NULL;

  if (book == NULL)
    return FALSE;
  if (which < 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("An export is csv, ledger, gnucash or pdf, not “%s”"), form);
      return FALSE;
    }
  bytes = wb_export_money (book, period, (WbExport) which, self->cancellable, error);
  if (bytes == NULL)
    return FALSE;
  if (path != NULL)
    return wb_file_write (path, bytes, 0600, error);
  fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), stdout);
  return TRUE;
}
