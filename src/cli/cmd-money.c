/* SPDX-License-Identifier: GPL-3.0-or-later
 * money: read the gateways' own books, and hold what left the house against what was taken, kept
 * and paid out. */
#include "wb-cli-money.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-money-sync.h"
#include "wb-reconcile.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* ---- the period ---- */

static gboolean
parse_day (const char *text, WbInstant *out, GError **error)
{
  g_auto (GStrv)        parts = g_strsplit (text, "-", 3);
  g_autoptr (GDateTime) day = NULL;

  if (!wb_date_is_valid (text))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no date: write 2026-11-30"),
                   text);
      return FALSE;
    }
  day = g_date_time_new_local ((int) g_ascii_strtoll (parts[0], NULL, 10),
                               (int) g_ascii_strtoll (parts[1], NULL, 10),
                               (int) g_ascii_strtoll (parts[2], NULL, 10), 0, 0, 0);
  *out = g_date_time_to_unix (day);
  return TRUE;
}

static gboolean
parse_month (const char *text, WbMoneyQuery *query, GError **error)
{
  g_autofree char      *first = g_strconcat (text, "-01", NULL);
  g_autoptr (GDateTime) begin = NULL;
  g_autoptr (GDateTime) end = NULL;

  if (!parse_day (first, &query->first, error))
    {
      g_clear_error (error);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no month: write 2026-11"), text);
      return FALSE;
    }
  begin = g_date_time_new_from_unix_local (query->first);
  end = g_date_time_add_months (begin, 1);
  query->after = g_date_time_to_unix (end);
  return TRUE;
}

/* --month, or --from and --to, which is part of the period; neither: all there is. */
static gboolean
read_period (WbCli *self, WbMoneyQuery *query, GError **error)
{
  const char *month = wb_cli_option (self, "month");
  const char *from = wb_cli_option (self, "from"), *to = wb_cli_option (self, "to");

  if (month != NULL)
    return parse_month (month, query, error);
  if (from != NULL && !parse_day (from, &query->first, error))
    return FALSE;
  if (to == NULL)
    return TRUE;
  if (!parse_day (to, &query->after, error))
    return FALSE;
  query->after += 24 * 60 * 60;
  return TRUE;
}

/* ---- sync ---- */

static void
say_progress (const char *gateway, gint64 done, gpointer data)
{
  wb_cli_say (data, _ ("%s: %d new movements"), gateway, (int) done);
}

static gboolean
money_sync (WbCli *self, GError **error)
{
  const char              *name = wb_cli_word (self, 1);
  WbDesk                  *desk = wb_cli_open (self, error);
  g_autoptr (WbConnection) gateway = NULL;
  g_auto (WbMoneySync)     result = { 0 };

  if (desk == NULL ||
      (name != NULL &&
       (gateway = wb_cli_find_connection (self, name, WB_KIND_GATEWAY, error)) == NULL) ||
      !wb_desk_sync_money (
          desk, gateway != NULL ? wb_record_get_int (gateway, WB_CONNECTION_ID) : 0,
          self->json ? NULL : say_progress, self, &result, self->cancellable, error))
    return FALSE;
  if (self->json)
    printf ("{\"movements\": %" G_GINT64_FORMAT ", \"foreign\": %" G_GINT64_FORMAT
            ", \"payouts\": %" G_GINT64_FORMAT ", \"itemised\": %" G_GINT64_FORMAT
            ", \"problems\": %u}\n",
            result.movements, result.foreign, result.payouts, result.itemised,
            result.problems->len);
  else
    printf (_ ("%d movements, %d of no known order; %d payouts, %d of them newly opened\n"),
            (int) result.movements, (int) result.foreign, (int) result.payouts,
            (int) result.itemised);
  for (guint i = 0; i < result.problems->len; i++)
    g_printerr ("%s\n", (const char *) result.problems->pdata[i]);
  if (result.problems->len > 0)
    self->exit_code = WB_EXIT_FAILED;
  return TRUE;
}

/* ---- reconcile ---- */

static char *
amount_text (gint64 minor, const char *currency)
{
  return *currency != '\0' ? wb_money_to_text (wb_money (minor, currency)) : g_strdup ("–");
}

static void
print_totals (GArray *totals)
{
  const WbColumn      columns[] = { { _ ("Currency"), FALSE, 0 },
                                    { _ ("Orders"), TRUE, 0 },
                                    { _ ("Shipped"), TRUE, 0 },
                                    { _ ("Captured"), TRUE, 0 },
                                    { _ ("Refunded"), TRUE, 0 },
                                    { _ ("Fee"), TRUE, 0 },
                                    { _ ("Paid out"), TRUE, 0 },
                                    { _ ("Label cost"), TRUE, 0 },
                                    { _ ("Adjustment"), TRUE, 0 },
                                    { _ ("Difference"), TRUE, 0 },
                                    { NULL } };
  g_autoptr (WbTable) table = wb_table_new (columns);

  for (guint i = 0; i < totals->len; i++)
    {
      const WbMoneyTotals *sum = &g_array_index (totals, WbMoneyTotals, i);
      const char          *in = sum->currency;
      g_autofree char     *orders = g_strdup_printf ("%" G_GINT64_FORMAT, sum->orders);
      g_autofree char     *shipped = amount_text (sum->shipped, in);
      g_autofree char     *captured = amount_text (sum->captured, in);
      g_autofree char     *refunded = amount_text (sum->refunded, in);
      g_autofree char     *fee = amount_text (sum->fee, in);
      g_autofree char     *paid = amount_text (sum->paid_out, in);
      g_autofree char     *label = amount_text (sum->label_cost, in);
      g_autofree char     *adjustment = amount_text (sum->adjustment, in);
      g_autofree char     *difference = amount_text (sum->difference, in);

      wb_table_add (table, in, orders, shipped, captured, refunded, fee, paid, label, adjustment,
                    difference);
    }
  wb_table_print (table);
}

static void
print_rows (GPtrArray *rows)
{
  const WbColumn      columns[] = { { _ ("Order"), FALSE, 0 },
                                    { _ ("Customer"), FALSE, 24 },
                                    { _ ("Expected"), TRUE, 0 },
                                    { _ ("Captured"), TRUE, 0 },
                                    { _ ("Fee"), TRUE, 0 },
                                    { _ ("Paid out"), TRUE, 0 },
                                    { _ ("Label cost"), TRUE, 0 },
                                    { _ ("Adjustment"), TRUE, 0 },
                                    { _ ("Margin"), TRUE, 0 },
                                    { _ ("State"), FALSE, 0 },
                                    { NULL } };
  g_autoptr (WbTable) table = wb_table_new (columns);

  for (guint i = 0; i < rows->len; i++)
    {
      const WbMoneyRow *row = rows->pdata[i];
      g_autofree char  *expected = amount_text (row->expected, row->currency);
      g_autofree char  *captured = amount_text (row->captured, row->currency);
      g_autofree char  *fee = amount_text (row->fee, row->settle_currency);
      g_autofree char  *paid = amount_text (row->paid_out, row->settle_currency);
      g_autofree char  *label = amount_text (row->label_cost, row->cost_currency);
      g_autofree char  *adjustment = amount_text (row->adjustment, row->cost_currency);
      g_autofree char  *margin = amount_text (row->margin, row->margin_currency);

      wb_table_add (table, row->number, row->customer, expected, captured, fee, paid, label,
                    adjustment, margin, wb_money_state_title (row->state));
    }
  wb_table_print (table);
}

static void
print_gaps (GPtrArray *gaps)
{
  for (guint i = 0; i < gaps->len; i++)
    {
      const WbMoneyGap *gap = gaps->pdata[i];
      g_autofree char  *amount = amount_text (gap->amount, gap->currency);
      g_autofree char  *until =
          gap->deadline != 0 ? wb_instant_to_relative (gap->deadline, wb_now ()) : NULL;

      printf ("✗ %s  %s%s%s\n    %s\n", gap->title, amount, until != NULL ? " · " : "",
              until != NULL ? until : "", gap->meaning);
      if (gap->reason != NULL)
        printf ("    %s %s\n", _ ("Accepted:"), gap->reason);
    }
}

/* ---- the same for programs: amounts as decimals beside their currency ---- */

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL && *value != '\0')
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_amount (JsonBuilder *builder, const char *name, gint64 minor, const char *currency)
{
  g_autofree char *text =
      *currency != '\0' ? wb_money_to_decimal (wb_money (minor, currency)) : NULL;

  add_text (builder, name, text);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_instant (JsonBuilder *builder, const char *name, WbInstant instant)
{
  g_autofree char *text = instant != 0 ? wb_instant_to_iso (instant) : NULL;

  add_text (builder, name, text);
}

static void
build_totals (JsonBuilder *builder, GArray *totals)
{
  json_builder_set_member_name (builder, "totals");
  json_builder_begin_array (builder);
  for (guint i = 0; i < totals->len; i++)
    {
      const WbMoneyTotals *sum = &g_array_index (totals, WbMoneyTotals, i);

      json_builder_begin_object (builder);
      add_text (builder, "currency", sum->currency);
      add_number (builder, "orders", sum->orders);
      add_amount (builder, "shipped", sum->shipped, sum->currency);
      add_amount (builder, "captured", sum->captured, sum->currency);
      add_amount (builder, "refunded", sum->refunded, sum->currency);
      add_amount (builder, "settled", sum->settled, sum->currency);
      add_amount (builder, "fee", sum->fee, sum->currency);
      add_amount (builder, "paid_out", sum->paid_out, sum->currency);
      add_amount (builder, "label_cost", sum->label_cost, sum->currency);
      add_amount (builder, "adjustment", sum->adjustment, sum->currency);
      add_amount (builder, "stock_cost", sum->stock_cost, sum->currency);
      add_amount (builder, "difference", sum->difference, sum->currency);
      json_builder_set_member_name (builder, "states");
      json_builder_begin_object (builder);
      for (int state = 0; state < WB_N_MONEY_STATES; state++)
        add_number (builder, wb_money_state_id (state), sum->counts[state]);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_rows (JsonBuilder *builder, GPtrArray *rows)
{
  json_builder_set_member_name (builder, "orders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const WbMoneyRow *row = rows->pdata[i];

      json_builder_begin_object (builder);
      add_number (builder, "id", row->order_id);
      add_text (builder, "number", row->number);
      add_instant (builder, "at", row->at);
      add_text (builder, "state", wb_money_state_id (row->state));
      add_text (builder, "currency", row->currency);
      add_amount (builder, "expected", row->expected, row->currency);
      add_amount (builder, "captured", row->captured, row->currency);
      add_amount (builder, "refunded", row->refunded, row->currency);
      add_amount (builder, "disputed", row->disputed, row->currency);
      add_text (builder, "settle_currency", row->settle_currency);
      add_amount (builder, "settled", row->settled, row->settle_currency);
      add_amount (builder, "fee", row->fee, row->settle_currency);
      add_amount (builder, "paid_out", row->paid_out, row->settle_currency);
      add_text (builder, "cost_currency", row->cost_currency);
      add_amount (builder, "label_cost", row->label_cost, row->cost_currency);
      add_amount (builder, "adjustment", row->adjustment, row->cost_currency);
      add_text (builder, "stock_currency", row->stock_currency);
      add_amount (builder, "stock_cost", row->stock_cost, row->stock_currency);
      add_text (builder, "margin_currency", row->margin_currency);
      add_amount (builder, "margin", row->margin, row->margin_currency);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_gaps (JsonBuilder *builder, GPtrArray *gaps)
{
  json_builder_set_member_name (builder, "gaps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < gaps->len; i++)
    {
      const WbMoneyGap *gap = gaps->pdata[i];

      json_builder_begin_object (builder);
      add_text (builder, "kind", wb_gap_id (gap->kind));
      add_text (builder, "subject", gap->subject);
      add_text (builder, "title", gap->title);
      add_text (builder, "meaning", gap->meaning);
      add_text (builder, "currency", gap->currency);
      add_amount (builder, "amount", gap->amount, gap->currency);
      add_instant (builder, "at", gap->at);
      add_instant (builder, "deadline", gap->deadline);
      add_text (builder, "next", gap->next);
      add_text (builder, "accepted", gap->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_as_json (GArray *totals, GPtrArray *rows, GPtrArray *gaps)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  build_totals (builder, totals);
  build_rows (builder, rows);
  build_gaps (builder, gaps);
  json_builder_end_object (builder);
  wb_cli_print_json (json_builder_get_root (builder));
}

static gboolean
read_state (WbCli *self, WbMoneyQuery *query, GError **error)
{
  const char *state = wb_cli_option (self, "state");

  query->state = wb_cli_has (self, "all") ? WB_MONEY_ALL : WB_MONEY_WRONG;
  if (state == NULL || (query->state = wb_money_state_parse (state)) >= 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("There is no state “%s”"), state);
  return FALSE;
}

static gboolean
money_reconcile (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  WbMoneyQuery          query = { .state = WB_MONEY_WRONG };
  g_autoptr (GArray)    totals = NULL;
  g_autoptr (GPtrArray) rows = NULL, gaps = NULL;

  if (book == NULL || !read_period (self, &query, error) || !read_state (self, &query, error) ||
      (totals = wb_book_sum_money (book, &query, error)) == NULL ||
      (rows = wb_book_list_money (book, &query, error)) == NULL ||
      (gaps = wb_list_money_gaps (book, query.first, query.after, wb_cli_has (self, "accepted"),
                                  error)) == NULL)
    return FALSE;
  if (self->json)
    print_as_json (totals, rows, gaps);
  else
    {
      print_totals (totals);
      printf ("\n");
      print_rows (rows);
      printf ("\n");
      print_gaps (gaps);
    }
  for (guint i = 0; i < gaps->len; i++)
    if (((const WbMoneyGap *) gaps->pdata[i])->reason == NULL)
      self->exit_code = WB_EXIT_PERSON;
  return TRUE;
}

/* ---- payouts ---- */

static gboolean
money_payouts (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  WbMoneyQuery          period = { 0 };
  g_autoptr (GPtrArray) payouts = NULL;
  const WbColumn        columns[] = { { _ ("Payout"), FALSE, 0 }, { _ ("Made"), FALSE, 0 },
                                      { _ ("State"), FALSE, 0 },  { _ ("Amount"), TRUE, 0 },
                                      { _ ("Items"), TRUE, 0 },   { NULL } };
  g_autoptr (WbTable)   table = NULL;

  if (book == NULL || !read_period (self, &period, error) ||
      (payouts = wb_book_list_payouts (book, period.first, period.after, error)) == NULL)
    return FALSE;
  table = wb_table_new (columns);
  for (guint i = 0; i < payouts->len; i++)
    {
      WbPayout        *payout = payouts->pdata[i];
      const char      *currency = wb_record_get_text (payout, WB_PAYOUT_CURRENCY);
      g_autofree char *made = wb_instant_to_text (wb_record_get_int (payout, WB_PAYOUT_MADE_AT));
      g_autofree char *amount =
          amount_text (wb_record_get_int (payout, WB_PAYOUT_AMOUNT), currency);
      g_autofree char *sum = NULL;
      gint64           net = 0;

      if (self->json)
        {
          wb_cli_print_line (wb_record_to_json (payout));
          continue;
        }
      if (!wb_book_sum_payout (book, wb_record_get_int (payout, WB_PAYOUT_ID), &net, error))
        return FALSE;
      sum = wb_record_get_int (payout, WB_PAYOUT_ITEMS_READ_AT) != 0 ? amount_text (net, currency)
            : wb_record_get_bool (payout, WB_PAYOUT_AUTOMATIC)
                ? g_strdup (_ ("not yet known"))
                : g_strdup (_ ("made by hand: unknown"));
      wb_table_add (table, wb_record_get_text (payout, WB_PAYOUT_REF), made,
                    wb_record_get_text (payout, WB_PAYOUT_STATE), amount, sum);
    }
  if (!self->json)
    wb_table_print (table);
  return TRUE;
}

static gboolean
money_export (WbCli *self, GError **error)
{
  WbMoneyQuery period = { 0 };

  return read_period (self, &period, error) && wb_cli_money_export (self, &period, error);
}

static const struct
{
  const char *word;
  gboolean (*run) (WbCli *self, GError **error);
} acts[] = {
  { "sync", money_sync },       { "reconcile", money_reconcile },
  { "payouts", money_payouts }, { "import", wb_cli_money_import },
  { "export", money_export },
};

static gboolean
cmd_money (WbCli *self, GError **error)
{
  const char *word = wb_cli_word (self, 0);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].word, word))
      return acts[i].run (self, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("“money” knows sync, reconcile, payouts, import and export, not “%s”"), word);
  return FALSE;
}

const WbCommand wb_commands_money[] = {
  { "money",
    N_ ("sync [GATEWAY] | reconcile | payouts | import FILE | export [FILE]"),
    1,
    2,
    N_ ("read the gateways' books and hold them against the orders"),
    N_ ("“sync” reads captures, fees, refunds, disputes and payouts from the gateways; “reconcile” "
        "holds by order what was expected against what was captured, kept and paid out, and lists "
        "what does not fit. “import” reads a bank’s or gateway’s statement or a carrier’s invoice "
        "(CSV, camt.053, OFX); “export” writes the period for the accountant. Ends with status 4 "
        "when something does not fit or a row was set aside."),
    cmd_money,
    { { "month", N_ ("YYYY-MM"), N_ ("only this month") },
      { "from", N_ ("DATE"), N_ ("only from this day on") },
      { "to", N_ ("DATE"), N_ ("only up to this day") },
      { "state", N_ ("STATE"),
        N_ ("only orders that are matched, under, over, not-captured, captured-unshipped, lapsed, "
            "refunded or open") },
      { "all", NULL, N_ ("also the orders that are matched") },
      { "accepted", NULL, N_ ("also what somebody lives with") },
      { "kind", N_ ("KIND"), N_ ("import: what the file is: bank, payout or carrier") },
      { "sender", N_ ("NAME"), N_ ("import: whose file it is; its columns are remembered by it") },
      { "account", N_ ("ACCOUNT"), N_ ("import: the account, when the file does not say") },
      { "currency", N_ ("CUR"), N_ ("import: the currency, when no column says") },
      { "dates", N_ ("ymd|dmy|mdy"), N_ ("import: how dates are written, when it is not clear") },
      { "columns", N_ ("WHAT=HEAD,…"), N_ ("import: which column is what: amount=Betrag") },
      { "dispute-days", N_ ("DAYS"), N_ ("import: how long a carrier’s row may be disputed") },
      { "form", N_ ("FORM"), N_ ("export: csv, ledger, gnucash or pdf") } } },
  { NULL },
};
