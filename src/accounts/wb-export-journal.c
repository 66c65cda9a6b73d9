/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ledger as double entry: each entry that moves money is a transaction of two postings in one
 * currency; what a gateway exchanged is four, balanced in each currency through an equity account.
 *
 * Memoranda (authorised, released, written off) move nothing. “settled” says again what a capture
 * or refund has said, unless it was settled in another currency: then it is the exchange. */
#include "wb-export-private.h"

#include <string.h>

#define PAGE 2000

#define GATEWAY "Assets:Payments"
#define CARRIER "Liabilities:Carriers"

/* What an entry's amount goes to (+ in, − out), and against what. The connection's name follows the
 * first where it is a gateway's or carrier's. */
static const struct
{
  const char *kind, *own, *against;
} accounts[] = {
  { WB_ENTRY_CAPTURED, GATEWAY, "Income:Sales" },
  { WB_ENTRY_REFUNDED, GATEWAY, "Income:Refunds" },
  { WB_ENTRY_FEE, GATEWAY, "Expenses:Payment fees" },
  { WB_ENTRY_DISPUTE, GATEWAY, "Expenses:Disputes" },
  { WB_ENTRY_CORRECTION, GATEWAY, "Expenses:Payment corrections" },
  { WB_ENTRY_PAYOUT, GATEWAY, "Assets:Bank" },
  { WB_ENTRY_LABEL, CARRIER, "Expenses:Shipping" },
  { WB_ENTRY_LABEL_REFUND, CARRIER, "Expenses:Shipping" },
  { WB_ENTRY_ADJUSTMENT, CARRIER, "Expenses:Shipping adjustments" },
  { WB_ENTRY_STOCK_COST, "Assets:Stock", "Expenses:Goods sold" },
};

#define EXCHANGE "Equity:Exchange"
#define MOST     4

typedef struct
{
  char       *account;
  const char *currency;
  gint64      amount;
} Posting;

typedef struct
{
  char   currency[4];
  gint64 moved; /* sum of all debits */
} Moved;

typedef struct
{
  GString *out;
  gboolean gnucash;
  gint64   transactions;
  GArray  *moved;
} Journal;

/* Parts of an account's name may hold neither a colon nor what ledger takes for an amount's
 * beginning. */
static char *
account_name (const char *account, const char *connection, gboolean named)
{
  g_autofree char *plain = NULL;

  if (!named || connection == NULL)
    return g_strdup (account);
  plain = g_strdup (connection);
  g_strdelimit (plain, ":;\t\n\r\"()[]@", ' ');
  g_strstrip (plain);
  for (char *p = plain; *p != '\0'; p++)
    if (*p == ' ' && p[1] == ' ')
      *p = '-';
  return *plain != '\0' ? g_strconcat (account, ":", plain, NULL) : g_strdup (account);
}

static guint
post_two (const WbLedgerLine *line, guint account, Posting postings[MOST])
{
  const char *own = accounts[account].own;
  const char *currency = wb_record_get_text (line->entry, WB_ENTRY_CURRENCY);
  gint64      amount = wb_record_get_int (line->entry, WB_ENTRY_AMOUNT);

  postings[0] =
      (Posting){ account_name (own, line->connection, !g_str_has_prefix (own, "Assets:Stock")),
                 currency, amount };
  postings[1] = (Posting){ g_strdup (accounts[account].against), currency, -amount };
  return 2;
}

static guint
post_exchange (const WbLedgerLine *line, Posting postings[MOST])
{
  const char *currency = wb_record_get_text (line->entry, WB_ENTRY_CURRENCY);
  const char *settle = wb_record_get_text (line->entry, WB_ENTRY_SETTLE_CURRENCY);
  gint64      amount = wb_record_get_int (line->entry, WB_ENTRY_AMOUNT);
  gint64      settled = wb_record_get_int (line->entry, WB_ENTRY_SETTLE_AMOUNT);

  if (settle == NULL || g_strcmp0 (settle, currency) == 0)
    return 0;
  postings[0] = (Posting){ account_name (GATEWAY, line->connection, TRUE), currency, -amount };
  postings[1] = (Posting){ g_strdup (EXCHANGE), currency, amount };
  postings[2] = (Posting){ account_name (GATEWAY, line->connection, TRUE), settle, settled };
  postings[3] = (Posting){ g_strdup (EXCHANGE), settle, -settled };
  return 4;
}

static guint
post (const WbLedgerLine *line, Posting postings[MOST])
{
  const char *kind = wb_record_get_text (line->entry, WB_ENTRY_KIND);

  if (g_strcmp0 (kind, WB_ENTRY_SETTLED) == 0)
    return post_exchange (line, postings);
  if (wb_record_get_int (line->entry, WB_ENTRY_AMOUNT) == 0)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (g_strcmp0 (kind, accounts[i].kind) == 0)
      return post_two (line, i, postings);
  return 0;
}

static void
count_moved (Journal *journal, const Posting *posting)
{
  Moved fresh = { 0 };

  if (posting->amount <= 0)
    return;
  for (guint i = 0; i < journal->moved->len; i++)
    if (g_str_equal (g_array_index (journal->moved, Moved, i).currency, posting->currency))
      {
        g_array_index (journal->moved, Moved, i).moved += posting->amount;
        return;
      }
  g_strlcpy (fresh.currency, posting->currency, sizeof fresh.currency);
  fresh.moved = posting->amount;
  g_array_append_val (journal->moved, fresh);
}

/* ledger-cli: “2026-11-22 * #1042 captured”, the source's name as the code. */
static void
write_ledger (Journal *journal, const WbLedgerLine *line, const Posting *postings, guint n)
{
  const char      *ref = wb_record_get_text (line->entry, WB_ENTRY_SOURCE_REF);
  g_autofree char *code = g_strdup (ref != NULL ? ref : "");
  char             day[WB_DATE_SIZE];

  wb_date_utc (wb_record_get_int (line->entry, WB_ENTRY_AT), day);
  g_strdelimit (code, "()\n\r\t;", '_');
  g_string_append_printf (journal->out, "%s * (%" G_GINT64_FORMAT " %s) %s%s%s\n", day,
                          wb_record_get_int (line->entry, WB_ENTRY_ID), code,
                          line->number != NULL ? line->number : "", line->number != NULL ? " " : "",
                          wb_record_get_text (line->entry, WB_ENTRY_KIND));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *amount =
          wb_money_to_decimal (wb_money (postings[i].amount, postings[i].currency));

      g_string_append_printf (journal->out, "    %-44s  %16s %s\n", postings[i].account, amount,
                              postings[i].currency);
    }
  g_string_append_c (journal->out, '\n');
}

static const char gnucash_heads[] =
    "\"Date\",\"Transaction ID\",\"Number\",\"Description\",\"Notes\",\"Commodity/Currency\","
    "\"Void Reason\",\"Action\",\"Memo\",\"Full Account Name\",\"Account Name\",\"Amount With "
    "Sym\","
    "\"Amount Num.\",\"Reconcile\",\"Reconcile Date\",\"Rate/Price\"\n";

/* GnuCash keeps one currency an account: its code ends the name. An exchange is two transactions.
 */
static void
write_gnucash (Journal *journal, const WbLedgerLine *line, const Posting *postings, guint n)
{
  const char *kind = wb_record_get_text (line->entry, WB_ENTRY_KIND);
  char        day[WB_DATE_SIZE];

  wb_date_utc (wb_record_get_int (line->entry, WB_ENTRY_AT), day);
  for (guint i = 0; i < n; i++)
    {
      const char      *currency = postings[i].currency;
      g_autofree char *id =
          g_strdup_printf ("waybill-%" G_GINT64_FORMAT "-%s",
                           wb_record_get_int (line->entry, WB_ENTRY_ID), currency);
      g_autofree char *name = g_strdup_printf ("%s %s", postings[i].account, currency);
      const char      *last = strrchr (name, ':');
      g_autofree char *what = g_strdup_printf ("%s%s%s", line->number != NULL ? line->number : "",
                                               line->number != NULL ? " " : "", kind);
      g_autofree char *unit = g_strconcat ("CURRENCY::", currency, NULL);
      g_autofree char *amount = wb_money_to_decimal (wb_money (postings[i].amount, currency));

      wb_csv_text (journal->out, day, ',');
      wb_csv_text (journal->out, id, ',');
      g_string_append (journal->out, "\"\",");
      wb_csv_text (journal->out, what, ',');
      wb_csv_text (journal->out, wb_record_get_text (line->entry, WB_ENTRY_SOURCE_REF), ',');
      wb_csv_text (journal->out, unit, ',');
      g_string_append (journal->out, "\"\",\"\",\"\",");
      wb_csv_text (journal->out, name, ',');
      wb_csv_text (journal->out, last != NULL ? last + 1 : name, ',');
      g_string_append_printf (journal->out, "\"%s %s\",\"%s\",\"n\",\"\",\"1\"\n", currency, amount,
                              amount);
    }
}

static void
add_line (Journal *journal, const WbLedgerLine *line)
{
  Posting postings[MOST];
  guint   n = post (line, postings);

  if (n == 0)
    return;
  journal->transactions++;
  for (guint i = 0; i < n; i++)
    count_moved (journal, &postings[i]);
  if (journal->gnucash)
    write_gnucash (journal, line, postings, n);
  else
    write_ledger (journal, line, postings, n);
  for (guint i = 0; i < n; i++)
    g_free (postings[i].account);
}

static gboolean
add_period (Journal            *journal,
            WbBook             *book,
            const WbMoneyQuery *query,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autoptr (GPtrArray) page = NULL;
  WbLedgerLine         *last = NULL;

  do
    {
      g_autoptr (GPtrArray) next =
          wb_book_list_ledger_lines (book, query->first, query->after, last, PAGE, error);

      if (next == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          wb_error_convert (error);
          return FALSE;
        }
      for (guint i = 0; i < next->len; i++)
        add_line (journal, next->pdata[i]);
      g_clear_pointer (&page, g_ptr_array_unref);
      page = g_steal_pointer (&next);
      last = page->len > 0 ? page->pdata[page->len - 1] : NULL;
    }
  while (page->len == PAGE);
  return TRUE;
}

/* The totals stand at the end, as ledger's comments. */
static void
add_totals (Journal *journal)
{
  g_string_append_printf (journal->out, "; %" G_GINT64_FORMAT " transactions\n",
                          journal->transactions);
  for (guint i = 0; i < journal->moved->len; i++)
    {
      const Moved     *moved = &g_array_index (journal->moved, Moved, i);
      g_autofree char *sum = wb_money_to_decimal (wb_money (moved->moved, moved->currency));

      g_string_append_printf (journal->out, "; total %s %s\n", sum, moved->currency);
    }
}

GBytes *
wb_export_journal (WbBook             *book,
                   const WbMoneyQuery *query,
                   gboolean            gnucash,
                   GCancellable       *cancellable,
                   GError            **error)
{
  g_autoptr (GString) out = g_string_new (gnucash ? gnucash_heads : NULL);
  g_autoptr (GArray)  moved = g_array_new (FALSE, FALSE, sizeof (Moved));
  Journal             journal = { out, gnucash, 0, moved };

  if (!add_period (&journal, book, query, cancellable, error))
    return NULL;
  if (!gnucash)
    add_totals (&journal);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
