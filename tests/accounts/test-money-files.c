/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files of money through the engine: an invoice of 50,000 rows in one pass, once however often it
 * comes; what cannot be read set aside; exports the same byte for byte, their journal balanced. */
#include "wb-database.h"
#include "wb-export.h"
#include "wb-file-import.h"
#include "wb-secrets.h"
#include "wb-test.h"

#include <string.h>
#include <sys/resource.h>

#define ROWS       50000
#define MOST_BYTES (64 * 1024) /* KiB that a big import may need beyond a small one */

typedef struct
{
  char   *folder, *path;
  WbDesk *desk;
} Shelf;

static void
shelf_up (Shelf *self, gconstpointer data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbBook)    book = NULL;
  g_autoptr (WbSecrets) secrets = NULL;
  g_autofree char      *secrets_path = NULL;

  self->folder = wb_test_temp_folder ();
  self->path = g_build_filename (self->folder, "money.waybill", NULL);
  secrets_path = g_build_filename (self->folder, "secrets", NULL);
  book = wb_book_open (self->path, FALSE, &error);
  g_assert_no_error (error);
  g_clear_object (&book);
  secrets = wb_secrets_new_file (secrets_path, &error);
  g_assert_no_error (error);
  self->desk = wb_desk_open (self->path, secrets, "test", &error);
  g_assert_no_error (error);
}

static void
shelf_down (Shelf *self, gconstpointer data)
{
  g_clear_object (&self->desk);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static WbFileWish *
write_wish (Shelf *self, const char *name, const char *text)
{
  g_autofree char   *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return wb_file_wish_new (path);
}

static WbImportResult
import (Shelf *self, WbFileWish *wish, gint64 bad)
{
  g_auto (WbFileImport) done = { 0 };
  g_autoptr (GError)    error = NULL;

  wb_desk_import_file (self->desk, wish, NULL, NULL, &done, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done.bad, ==, bad);
  return done.sum;
}

static gint64
peak_kib (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return usage.ru_maxrss;
}

static void
test_big_invoice (Shelf *self, gconstpointer data)
{
  g_autoptr (GString)    text = g_string_new ("Tracking Number,Invoice Date,Net Charge,Currency\n");
  g_autoptr (WbFileWish) wish = NULL;
  WbImportResult         sum;
  gint64                 before, start;

  for (guint i = 0; i < ROWS; i++)
    g_string_append_printf (text, "1Z%08u,2026-11-%02u,%u.%02u,USD\n", i, 1 + i % 28, i % 40,
                            i % 100);
  wish = write_wish (self, "invoice.csv", text->str);
  g_string_set_size (text, 0);
  before = peak_kib ();
  start = g_get_monotonic_time ();
  sum = import (self, wish, 0);
  g_test_message ("%d rows in %d ms, %d KiB more", ROWS,
                  (int) ((g_get_monotonic_time () - start) / 1000), (int) (peak_kib () - before));
  g_assert_cmpint (sum.added, ==, ROWS);
  g_assert_cmpint (sum.open, ==, ROWS);
#ifndef __SANITIZE_ADDRESS__ /* what was freed stays for a while there */
  g_assert_cmpint (peak_kib () - before, <, MOST_BYTES);
#endif
  sum = import (self, wish, 0);
  g_assert_cmpint (sum.added, ==, 0);
  g_assert_cmpint (sum.known, ==, ROWS);
}

/* A wrong column is refused with its place and changes nothing; put right, it is remembered. */
static void
test_remembered (Shelf *self, gconstpointer data)
{
  static const char         text[] = "Wann,Wieviel,Wofuer\n2026-11-01,1.00,a\n2026-11-02,x,b\n";
  g_autoptr (WbFileWish)    wish = write_wish (self, "bank.csv", text);
  g_autoptr (WbFileWish)    again = NULL;
  g_auto (WbFileImport)     done = { 0 };
  g_autoptr (GError)        error = NULL;
  g_autoptr (GPtrArray)     asides = NULL, statements = NULL;
  g_autoptr (WbFilePreview) preview = NULL;

  wish->currency = g_strdup ("EUR");
  g_hash_table_insert (wish->columns, g_strdup ("date"), g_strdup ("Wann"));
  g_hash_table_insert (wish->columns, g_strdup ("amount"), g_strdup ("Betrag"));
  g_assert_false (wb_desk_import_file (self->desk, wish, NULL, NULL, &done, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "bank.csv, line 1: there is no column “Betrag”"));
  statements = wb_book_list_statements (wb_desk_get_book (self->desk), NULL);
  g_assert_cmpuint (statements->len, ==, 0);
  g_clear_pointer (&statements, g_ptr_array_unref);

  g_hash_table_insert (wish->columns, g_strdup ("amount"), g_strdup ("Wieviel"));
  g_assert_cmpint (import (self, wish, 1).added, ==, 1);
  statements = wb_book_list_statements (wb_desk_get_book (self->desk), NULL);
  asides = wb_book_list_aside (wb_desk_get_book (self->desk),
                               wb_record_get_int (statements->pdata[0], WB_STATEMENT_ID), NULL);
  g_assert_cmpuint (asides->len, ==, 1);
  g_assert_cmpuint (((const WbAside *) asides->pdata[0])->line, ==, 3);
  g_assert_cmpstr (((const WbAside *) asides->pdata[0])->raw, ==, "2026-11-02,x,b");

  again = write_wish (self, "next.csv", "Wann,Wieviel,Wofuer\n2026-12-01,2.00,c\n");
  preview = wb_preview_file (wb_desk_get_book (self->desk), again, NULL, NULL);
  g_assert_true (preview->remembered);
  g_assert_null (preview->problem);
  g_assert_cmpint (import (self, again, 0).added, ==, 1);
}

/* ---- exports ---- */

static void
add_entry (WbBook     *book,
           const char *kind,
           const char *source,
           const char *currency,
           gint64      amount,
           const char *settle,
           gint64      settled)
{
  static guint        n;
  g_autoptr (WbEntry) entry = wb_entry_new ();
  g_autofree char    *ref = g_strdup_printf ("ref_%u (x);", ++n);

  wb_record_set_int (entry, WB_ENTRY_AT, 1790000000 + n);
  wb_record_set_text (entry, WB_ENTRY_KIND, kind);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, source);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, ref);
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, currency);
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, amount);
  wb_record_set_text (entry, WB_ENTRY_SETTLE_CURRENCY, settle);
  wb_record_set_int (entry, WB_ENTRY_SETTLE_AMOUNT, settled);
  g_assert_true (wb_book_add_entry (book, entry, NULL, NULL));
}

static void
fill_ledger (WbBook *book)
{
  add_entry (book, WB_ENTRY_AUTHORISED, WB_SOURCE_GATEWAY, "EUR", 10000, NULL, 0);
  add_entry (book, WB_ENTRY_CAPTURED, WB_SOURCE_GATEWAY, "EUR", 10000, NULL, 0);
  add_entry (book, WB_ENTRY_SETTLED, WB_SOURCE_GATEWAY, "EUR", 10000, "USD", 10825);
  add_entry (book, WB_ENTRY_FEE, WB_SOURCE_GATEWAY, "USD", -345, "USD", -345);
  add_entry (book, WB_ENTRY_REFUNDED, WB_SOURCE_GATEWAY, "EUR", -1234, NULL, 0);
  add_entry (book, WB_ENTRY_DISPUTE, WB_SOURCE_GATEWAY, "JPY", -900, NULL, 0);
  add_entry (book, WB_ENTRY_PAYOUT, WB_SOURCE_GATEWAY, "USD", -9000, "USD", -9000);
  add_entry (book, WB_ENTRY_LABEL, WB_SOURCE_CARRIER, "KWD", -1234, NULL, 0);
  add_entry (book, WB_ENTRY_ADJUSTMENT, WB_SOURCE_INVOICE, "KWD", -56, NULL, 0);
}

/* Postings are the lines that begin with spaces: amount, then currency. */
static void
check_balance (const char *journal)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv)         lines = g_strsplit (journal, "\n", -1);
  GHashTableIter         iter;
  gpointer               sum;
  guint                  postings = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "    "))
      {
        g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
        guint          n = g_strv_length (words);
        gint64         minor = 0, *own = g_hash_table_lookup (sums, words[n - 1]);

        if (own == NULL)
          g_hash_table_insert (sums, g_strdup (words[n - 1]), own = g_new0 (gint64, 1));
        g_assert_true (
            wb_money_parse_minor (words[n - 2], wb_currency_exponent (words[n - 1]), &minor, NULL));
        *own += minor;
        postings++;
      }
  g_assert_cmpuint (postings, ==, 7 * 2 + 4);
  g_assert_cmpuint (g_hash_table_size (sums), ==, 4);
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, NULL, &sum))
    g_assert_cmpint (*(gint64 *) sum, ==, 0);
}

static void
test_exports (Shelf *self, gconstpointer data)
{
  WbBook            *book = wb_desk_get_book (self->desk);
  WbMoneyQuery       all = { 0 };
  g_autoptr (GError) error = NULL;

  fill_ledger (book);
  for (WbExport form = 0; form < WB_N_EXPORTS; form++)
    {
      g_autoptr (GBytes) one = wb_export_money (book, &all, form, NULL, &error);
      g_autoptr (GBytes) two = NULL;

      g_assert_no_error (error);
      two = wb_export_money (book, &all, form, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (one, two));
      g_assert_cmpint (wb_export_parse (wb_export_id (form)), ==, form);
      if (form == WB_EXPORT_LEDGER)
        {
          g_autofree char *text = g_strndup (g_bytes_get_data (one, NULL), g_bytes_get_size (one));

          check_balance (text);
          g_assert_nonnull (strstr (text, "; 8 transactions\n; total 212.34 EUR\n"));
        }
    }
}

/* The program itself reads what is written for it: no account is left with a balance unexplained.
 */
static void
test_ledger_program (Shelf *self, gconstpointer data)
{
  WbBook            *book = wb_desk_get_book (self->desk);
  WbMoneyQuery       all = { 0 };
  g_autofree char   *program = g_find_program_in_path ("ledger");
  g_autofree char   *path = g_build_filename (self->folder, "all.journal", NULL);
  g_autofree char   *out = NULL, *err = NULL;
  const char        *argv[] = { program, "-f", path, "--no-color", "balance", NULL };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  int                status = 0;

  if (program == NULL)
    {
      wb_test_skip ("ledger is not installed");
      return;
    }
  fill_ledger (book);
  bytes = wb_export_money (book, &all, WB_EXPORT_LEDGER, NULL, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  g_assert_true (
      g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, &out, &err, &status, &error));
  g_assert_cmpstr (err, ==, "");
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_assert_true (g_str_has_suffix (g_strchomp (out), "0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/money-files/big-invoice", Shelf, NULL, shelf_up, test_big_invoice, shelf_down);
  g_test_add ("/money-files/remembered", Shelf, NULL, shelf_up, test_remembered, shelf_down);
  g_test_add ("/money-files/exports", Shelf, NULL, shelf_up, test_exports, shelf_down);
  g_test_add ("/money-files/ledger", Shelf, NULL, shelf_up, test_ledger_program, shelf_down);
  return g_test_run ();
}
