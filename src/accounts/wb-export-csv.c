/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row an order with all its money, and below them the sums by currency. The heads are English in
 * every language, for programs read them. */
#include "wb-export-private.h"
#include "wb-reconcile.h"

static const char heads[] =
    "kind,order,date,state,currency,orders,expected,captured,refunded,disputed,written_off,"
    "settle_currency,settled,fee,paid_out,cost_currency,label_cost,adjustment,stock_currency,stock_"
    "cost,"
    "margin_currency,margin,difference\n";

static void
add_row_as (GString *out, const char *kind, const WbMoneyRow *row)
{
  char day[WB_DATE_SIZE];

  wb_date_utc (row->at, day);
  g_string_append_printf (out, "%s,", kind);
  wb_csv_text (out, row->number, ',');
  g_string_append_printf (out, "%s,%s,%s,,", day, wb_money_state_id (row->state), row->currency);
  wb_csv_amount (out, row->expected, row->currency, ',');
  wb_csv_amount (out, row->captured, row->currency, ',');
  wb_csv_amount (out, row->refunded, row->currency, ',');
  wb_csv_amount (out, row->disputed, row->currency, ',');
  wb_csv_amount (out, row->written_off, row->currency, ',');
  g_string_append_printf (out, "%s,", row->settle_currency);
  wb_csv_amount (out, row->settled, row->settle_currency, ',');
  wb_csv_amount (out, row->fee, row->settle_currency, ',');
  wb_csv_amount (out, row->paid_out, row->settle_currency, ',');
  g_string_append_printf (out, "%s,", row->cost_currency);
  wb_csv_amount (out, row->label_cost, row->cost_currency, ',');
  wb_csv_amount (out, row->adjustment, row->cost_currency, ',');
  g_string_append_printf (out, "%s,", row->stock_currency);
  wb_csv_amount (out, row->stock_cost, row->stock_currency, ',');
  g_string_append_printf (out, "%s,", row->margin_currency);
  wb_csv_amount (out, row->margin, row->margin_currency, ',');
  g_string_append_c (out, '\n');
}

/* Below an order what of it is in yet another currency: a line each, with that amount alone. */
static void
add_row (GString *out, const WbMoneyRow *row)
{
  add_row_as (out, "order", row);
  for (guint i = 0; row->others != NULL && i < row->others->len; i++)
    {
      const WbMoneyOther *other = &g_array_index (row->others, WbMoneyOther, i);
      WbMoneyRow          alone = { .number = row->number, .at = row->at, .state = row->state };

      memcpy (alone.currency, other->amount.currency, sizeof alone.currency);
      memcpy (alone.settle_currency, other->amount.currency, sizeof alone.settle_currency);
      memcpy (alone.cost_currency, other->amount.currency, sizeof alone.cost_currency);
      memcpy (alone.stock_currency, other->amount.currency, sizeof alone.stock_currency);
      *wb_money_row_part (&alone, other->part) = other->amount.minor;
      add_row_as (out, "other", &alone);
    }
}

static void
add_total (GString *out, const WbMoneyTotals *sum)
{
  g_string_append_printf (out, "total,,,,%s,%" G_GINT64_FORMAT ",", sum->currency, sum->orders);
  wb_csv_amount (out, sum->shipped, sum->currency, ',');
  wb_csv_amount (out, sum->captured, sum->currency, ',');
  wb_csv_amount (out, sum->refunded, sum->currency, ',');
  g_string_append_printf (out, ",,%s,", sum->currency);
  wb_csv_amount (out, sum->settled, sum->currency, ',');
  wb_csv_amount (out, sum->fee, sum->currency, ',');
  wb_csv_amount (out, sum->paid_out, sum->currency, ',');
  g_string_append_printf (out, "%s,", sum->currency);
  wb_csv_amount (out, sum->label_cost, sum->currency, ',');
  wb_csv_amount (out, sum->adjustment, sum->currency, ',');
  g_string_append_printf (out, "%s,", sum->currency);
  wb_csv_amount (out, sum->stock_cost, sum->currency, ',');
  g_string_append (out, ",,");
  wb_csv_amount (out, sum->difference, sum->currency, '\n');
}

GBytes *
wb_export_csv (WbBook *book, const WbMoneyQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_book_list_money (book, query, error);
  g_autoptr (GArray)    sums = rows != NULL ? wb_book_sum_money (book, query, error) : NULL;
  g_autoptr (GString)   out = NULL;

  if (sums == NULL)
    return NULL;
  out = g_string_new (heads);
  for (guint i = 0; i < rows->len; i++)
    add_row (out, rows->pdata[i]);
  for (guint i = 0; i < sums->len; i++)
    add_total (out, &g_array_index (sums, WbMoneyTotals, i));
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
