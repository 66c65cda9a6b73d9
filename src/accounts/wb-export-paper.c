/* SPDX-License-Identifier: GPL-3.0-or-later
 * The statement of a period on paper: the sums by currency, then every order. */
#include "wb-export-private.h"

#include "wb-reconcile.h"
#include "wb-table-paper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
amount (gint64 minor, const char *currency)
{
  return *currency != '\0' ? wb_money_to_decimal (wb_money (minor, currency)) : g_strdup ("–");
}

static char **
sum_cells (const WbMoneyTotals *sum)
{
  const char      *in = sum->currency;
  GStrvBuilder    *builder = g_strv_builder_new ();
  const gint64     amounts[] = { sum->shipped,  sum->captured,   sum->refunded,   sum->fee,
                                 sum->paid_out, sum->label_cost, sum->adjustment, sum->difference };
  g_autofree char *orders = g_strdup_printf ("%" G_GINT64_FORMAT, sum->orders);
  char           **cells;

  g_strv_builder_add (builder, in);
  g_strv_builder_add (builder, orders);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text = amount (amounts[i], in);

      g_strv_builder_add (builder, text);
    }
  cells = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return cells;
}

static char **
row_cells (const WbMoneyRow *row)
{
  const struct
  {
    gint64      minor;
    const char *currency;
  } amounts[] = {
    { row->expected, row->currency },        { row->captured, row->currency },
    { row->fee, row->settle_currency },      { row->paid_out, row->settle_currency },
    { row->label_cost, row->cost_currency }, { row->adjustment, row->cost_currency },
    { row->margin, row->margin_currency },
  };
  char          day[WB_DATE_SIZE];
  GStrvBuilder *builder = g_strv_builder_new ();
  char        **cells;

  wb_date_utc (row->at, day);
  g_strv_builder_add_many (builder, row->number, day, row->currency, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text = amount (amounts[i].minor, amounts[i].currency);
      gboolean         own = strcmp (amounts[i].currency, row->currency) == 0;
      g_autofree char *told = own || *amounts[i].currency == '\0'
                                  ? g_strdup (text)
                                  : g_strconcat (text, " ", amounts[i].currency, NULL);

      g_strv_builder_add (builder, told);
    }
  g_strv_builder_add (builder, wb_money_state_title (row->state));
  cells = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return cells;
}

static char *
period_text (const WbMoneyQuery *query)
{
  char first[WB_DATE_SIZE], last[WB_DATE_SIZE];

  if (query->first <= 0 && query->after <= 0)
    return g_strdup (_ ("Everything in the order book"));
  wb_date_utc (query->first, first);
  if (query->after <= 0)
    /* Translators: %s is a date */
    return g_strdup_printf (_ ("From %s on"), first);
  wb_date_utc (query->after - 1, last);
  /* Translators: both are dates */
  return g_strdup_printf (_ ("From %s to %s"), first, last);
}

/* The paper's date is that of the last thing on it, so that it is the same whenever it is made. */
static WbInstant
latest (GPtrArray *rows)
{
  WbInstant at = 1;

  for (guint i = 0; i < rows->len; i++)
    at = MAX (at, ((const WbMoneyRow *) rows->pdata[i])->at);
  return at;
}

static GPtrArray *
cells_of_rows (GPtrArray *rows)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (cells, row_cells (rows->pdata[i]));
  return cells;
}

static GPtrArray *
cells_of_sums (GArray *sums)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; i < sums->len; i++)
    g_ptr_array_add (cells, sum_cells (&g_array_index (sums, WbMoneyTotals, i)));
  return cells;
}

static GBytes *
render (WbBook *book, const WbMoneyQuery *query, GPtrArray *rows, GArray *sums, GError **error)
{
  const WbTableColumn sum_columns[] = {
    { _ ("Currency"), 7, FALSE },   { _ ("Orders"), 7, TRUE },      { _ ("Shipped"), 11, TRUE },
    { _ ("Captured"), 11, TRUE },   { _ ("Refunded"), 10, TRUE },   { _ ("Fee"), 9, TRUE },
    { _ ("Paid out"), 11, TRUE },   { _ ("Label cost"), 10, TRUE }, { _ ("Adjustment"), 11, TRUE },
    { _ ("Difference"), 11, TRUE },
  };
  const WbTableColumn columns[] = {
    { _ ("Order"), 9, FALSE },   { _ ("Date"), 9, FALSE },      { _ ("Currency"), 8, FALSE },
    { _ ("Expected"), 9, TRUE }, { _ ("Captured"), 9, TRUE },   { _ ("Fee"), 7, TRUE },
    { _ ("Paid out"), 9, TRUE }, { _ ("Label cost"), 9, TRUE }, { _ ("Adjustment"), 9, TRUE },
    { _ ("Margin"), 9, TRUE },   { _ ("State"), 14, FALSE },
  };
  g_autoptr (GPtrArray) row_texts = cells_of_rows (rows);
  g_autoptr (GPtrArray) sum_texts = cells_of_sums (sums);
  g_autofree char      *period = period_text (query);
  WbTablePaper          paper = {
             .title = _ ("Statement of money"),
             .subtitle = period,
             /* Translators: the number of a page, and how many there are */
             .foot = _ ("Page %u of %u"),
             .mark = _ ("Dates in UTC · amounts in the row’s currency where no other stands beside them"),
             .sum_columns = sum_columns,
             .n_sum_columns = G_N_ELEMENTS (sum_columns),
             .columns = columns,
             .n_columns = G_N_ELEMENTS (columns),
             .sums = sum_texts,
             .rows = row_texts,
             .created_at = latest (rows),
  };

  return wb_table_paper_render (&paper, NULL, error);
}

GBytes *
wb_export_paper (WbBook *book, const WbMoneyQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_book_list_money (book, query, error);
  g_autoptr (GArray)    sums = rows != NULL ? wb_book_sum_money (book, query, error) : NULL;

  if (sums == NULL)
    return NULL;
  return render (book, query, rows, sums, error);
}
