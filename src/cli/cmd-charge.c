/* SPDX-License-Identifier: GPL-3.0-or-later
 * refund, release-charge, renew, received, write-off, request-payment, authorisations: money that
 * moves besides shipping. What moves it shows the amount and asks first. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-clock.h"
#include "wb-desk-charge.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static gint64
id_of (WbOrder *order)
{
  return wb_record_get_int (order, WB_ORDER_ID);
}

/* --NAME AMOUNT in the order's currency; @out stays when it was not given. */
static gboolean
read_amount (WbCli *self, const char *text, WbOrder *order, gint64 *out, GError **error)
{
  WbMoney money;

  if (text == NULL)
    return TRUE;
  if (!wb_money_parse (text, wb_record_get_text (order, WB_ORDER_CURRENCY), &money, error))
    return FALSE;
  *out = money.minor;
  return TRUE;
}

static char *
money_text (gint64 minor, const char *currency)
{
  return wb_money_to_text (wb_money (minor, currency));
}

static void
add_name (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_object (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  wb_cli_print_json (json_builder_get_root (builder));
}

/* ---- refund ---- */

static gpointer
find_sku (WbOrder *order, const char *sku)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU), sku) == 0)
      return lines->pdata[i];
  return NULL;
}

/* --line SKU=N, or SKU alone for one piece. */
static gboolean
read_lines (WbCli *self, WbOrder *order, GArray *ids, GArray *quantities, GError **error)
{
  GPtrArray *given = wb_cli_values (self, "line");

  for (guint i = 0; given != NULL && i < given->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (given->pdata[i], "=", 2);
      gpointer       line = find_sku (order, parts[0]);
      gint64         quantity = 1, id;

      if (line == NULL)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       _ ("Order %s has no line with the SKU %s"),
                       wb_record_get_text (order, WB_ORDER_NUMBER), parts[0]);
          return FALSE;
        }
      if (parts[1] != NULL &&
          !g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT32, &quantity, NULL))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no number of pieces"),
                       parts[1]);
          return FALSE;
        }
      id = wb_record_get_int (line, WB_ORDER_LINE_ID);
      g_array_append_val (ids, id);
      g_array_append_val (quantities, quantity);
    }
  return TRUE;
}

static void
print_plan (WbCli *self, const WbRefundPlan *plan)
{
  static const WbColumn columns[] = {
    { N_ ("What"), FALSE, 50 },
    { N_ ("Pieces"), TRUE, 0 },
    { N_ ("Amount"), TRUE, 0 },
    { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);
  g_autofree char     *left = money_text (plan->remaining, plan->currency);
  g_autofree char     *rest = money_text (plan->free_amount, plan->currency);

  if (self->json || self->quiet)
    return;
  for (guint i = 0; i < plan->lines->len; i++)
    {
      const WbRefundLine *line = plan->lines->pdata[i];
      g_autofree char    *pieces = line->quantity > 0
                                       ? g_strdup_printf ("%" G_GINT64_FORMAT, line->quantity)
                                       : g_strdup ("");
      g_autofree char    *amount = money_text (line->net + line->tax, plan->currency);

      wb_table_add (table, line->name, pieces, amount);
    }
  if (plan->free_amount > 0)
    wb_table_add (table, _ ("Free amount"), "", rest);
  wb_table_print (table);
  printf ("%s\n", plan->how);
  /* Translators: an amount of money */
  printf (_ ("%s can still be given back.\n"), left);
}

static gboolean
do_refund (WbCli *self, WbOrder *order, const WbRefundAsk *ask, GError **error)
{
  g_auto (WbRefundPlan)   plan = { 0 };
  g_autofree char        *outcome = NULL, *money = NULL, *question = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!wb_desk_plan_refund (self->desk, ask, &plan, self->cancellable, error))
    return FALSE;
  money = money_text (plan.amount, plan.currency);
  print_plan (self, &plan);
  if (wb_cli_has (self, "dry-run"))
    outcome = g_strdup (plan.how);
  else
    {
      /* Translators: amount of money, order number */
      question = g_strdup_printf (_ ("Give back %s of order %s?"), money,
                                  wb_record_get_text (order, WB_ORDER_NUMBER));
      if (!wb_cli_confirm (self, question, error) ||
          !wb_desk_refund (self->desk, ask, &outcome, self->cancellable, error))
        return FALSE;
      wb_cli_say (self, "%s", outcome);
    }
  if (!self->json)
    return TRUE;
  json_builder_begin_object (builder);
  add_name (builder, "order", wb_record_get_text (order, WB_ORDER_NUMBER));
  add_int (builder, "amount", plan.amount);
  add_int (builder, "remaining", plan.remaining);
  add_name (builder, "currency", plan.currency);
  add_name (builder, "outcome", outcome);
  json_builder_set_member_name (builder, "made");
  json_builder_add_boolean_value (builder, !wb_cli_has (self, "dry-run"));
  print_object (builder);
  return TRUE;
}

static gboolean
cmd_refund (WbCli *self, GError **error)
{
  WbDesk             *desk = wb_cli_open (self, error);
  g_autoptr (WbOrder) order = NULL;
  g_autoptr (GArray)  ids = g_array_new (FALSE, FALSE, sizeof (gint64)),
                     quantities = g_array_new (FALSE, FALSE, sizeof (gint64));
  WbRefundAsk ask = { 0 };

  if (desk == NULL || (order = wb_cli_find_order (self, wb_cli_word (self, 0), error)) == NULL ||
      !read_lines (self, order, ids, quantities, error) ||
      !read_amount (self, wb_cli_option (self, "amount"), order, &ask.amount, error))
    return FALSE;
  ask.order_id = id_of (order);
  ask.n = ids->len;
  ask.line_ids = (gint64 *) (gpointer) ids->data;
  ask.quantities = (gint64 *) (gpointer) quantities->data;
  ask.shipping = wb_cli_has (self, "shipping");
  ask.all = wb_cli_has (self, "all");
  ask.reason = wb_cli_option (self, "reason");
  ask.restock = wb_cli_has (self, "restock");
  ask.by_hand = wb_cli_has (self, "by-hand");
  ask.silent = wb_cli_has (self, "silent");
  ask.id = wb_cli_option (self, "id");
  if (ask.n == 0 && !ask.shipping && !ask.all && ask.amount == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("Say what is given back: --line SKU=N, --shipping, --amount X or --all"));
      return FALSE;
    }
  return do_refund (self, order, &ask, error);
}

/* ---- the authorisation ---- */

static gboolean
cmd_release_charge (WbCli *self, GError **error)
{
  WbDesk                 *desk = wb_cli_open (self, error);
  g_autoptr (WbOrder)     order = NULL;
  g_autofree char        *question = NULL, *money = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  WbMoney                 released = { 0 };

  if (desk == NULL || (order = wb_cli_find_order (self, wb_cli_word (self, 0), error)) == NULL)
    return FALSE;
  /* Translators: order number */
  question = g_strdup_printf (_ ("Let go what is still authorised of order %s?"),
                              wb_record_get_text (order, WB_ORDER_NUMBER));
  if (!wb_cli_confirm (self, question, error) ||
      !wb_desk_release_rest (desk, id_of (order), &released, self->cancellable, error))
    return FALSE;
  money = wb_money_to_text (released);
  wb_cli_say (self, _ ("%s was let go."), money);
  if (!self->json)
    return TRUE;
  json_builder_begin_object (builder);
  add_name (builder, "order", wb_record_get_text (order, WB_ORDER_NUMBER));
  add_int (builder, "released", released.minor);
  add_name (builder, "currency", released.currency);
  print_object (builder);
  return TRUE;
}

static gboolean
cmd_renew (WbCli *self, GError **error)
{
  WbDesk                 *desk = wb_cli_open (self, error);
  g_autoptr (WbOrder)     order = NULL;
  g_autofree char        *question = NULL, *when = NULL, *iso = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  WbInstant               until = 0;

  if (desk == NULL || (order = wb_cli_find_order (self, wb_cli_word (self, 0), error)) == NULL)
    return FALSE;
  /* Translators: order number */
  question = g_strdup_printf (_ ("Renew the authorisation of order %s?"),
                              wb_record_get_text (order, WB_ORDER_NUMBER));
  if (!wb_cli_confirm (self, question, error) ||
      !wb_desk_renew (desk, id_of (order), &until, self->cancellable, error))
    return FALSE;
  when = wb_cli_when (until);
  iso = wb_instant_to_iso (until);
  wb_cli_say (self, _ ("It is authorised until %s."), when);
  if (!self->json)
    return TRUE;
  json_builder_begin_object (builder);
  add_name (builder, "order", wb_record_get_text (order, WB_ORDER_NUMBER));
  add_name (builder, "until", iso);
  print_object (builder);
  return TRUE;
}

static void
print_clock (GPtrArray *rows)
{
  static const WbColumn columns[] = {
    { N_ ("Order"), FALSE, 14 }, { N_ ("Customer"), FALSE, 28 }, { N_ ("At risk"), TRUE, 0 },
    { N_ ("Until"), FALSE, 0 },  { N_ ("Next"), FALSE, 0 },      { NULL },
  };
  static const char *const next[][2] = {
    { "renew-charge", N_ ("renew it") },
    { "ship", N_ ("ship it") },
    { "request-payment", N_ ("ask for the payment") },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < rows->len; i++)
    {
      const WbClockRow *row = rows->pdata[i];
      g_autofree char  *money = money_text (row->amount, row->currency);
      g_autofree char  *when = wb_cli_when (row->until);
      const char       *step = "";

      for (guint k = 0; k < G_N_ELEMENTS (next); k++)
        if (g_str_equal (next[k][0], row->next))
          step = _ (next[k][1]);
      wb_table_add (table, row->number, row->customer, money, when, step);
    }
  wb_table_print (table);
}

static void
print_clock_json (GPtrArray *rows)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const WbClockRow *row = rows->pdata[i];
      g_autofree char  *until = wb_instant_to_iso (row->until);

      json_builder_begin_object (builder);
      add_name (builder, "order", row->number);
      add_int (builder, "order_id", row->order_id);
      add_int (builder, "amount", row->amount);
      add_name (builder, "currency", row->currency);
      add_name (builder, "until", until);
      add_int (builder, "level", row->level);
      add_name (builder, "next", row->next);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  wb_cli_print_json (root);
}

static gboolean
cmd_authorisations (WbCli *self, GError **error)
{
  const char           *warn = wb_cli_option (self, "warn");
  WbDesk               *desk = warn != NULL ? wb_cli_open (self, error) : NULL;
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) rows = NULL;

  if (book == NULL ||
      (warn != NULL && (desk == NULL || !wb_desk_set_clock_warnings (desk, warn, error))))
    return FALSE;
  if ((rows = wb_list_clock (book, wb_now (), error)) == NULL)
    return FALSE;
  if (self->json)
    print_clock_json (rows);
  else if (rows->len == 0)
    wb_cli_say (self, "%s", _ ("No authorised money waits for its parcel."));
  else
    print_clock (rows);
  return TRUE;
}

/* ---- by hand ---- */

typedef gboolean (*StateFunc) (
    WbDesk *desk, gint64 order_id, gint64 amount, const char *text, const char *id, GError **error);

/* @question and @done: with an amount and an order's number. */
static gboolean
state (WbCli      *self,
       StateFunc   func,
       const char *text,
       const char *question,
       const char *done,
       GError    **error)
{
  WbDesk                 *desk = wb_cli_open (self, error);
  g_autoptr (WbOrder)     order = NULL;
  g_autofree char        *asked = NULL, *money = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64                  amount = 0;

  if (desk == NULL || (order = wb_cli_find_order (self, wb_cli_word (self, 0), error)) == NULL ||
      !read_amount (self, wb_cli_word (self, 1), order, &amount, error))
    return FALSE;
  money = money_text (amount, wb_record_get_text (order, WB_ORDER_CURRENCY));
  asked = g_strdup_printf (question, money, wb_record_get_text (order, WB_ORDER_NUMBER));
  if (!wb_cli_confirm (self, asked, error) ||
      !func (desk, id_of (order), amount, text, wb_cli_option (self, "id"), error))
    return FALSE;
  wb_cli_say (self, done, money, wb_record_get_text (order, WB_ORDER_NUMBER));
  if (!self->json)
    return TRUE;
  json_builder_begin_object (builder);
  add_name (builder, "order", wb_record_get_text (order, WB_ORDER_NUMBER));
  add_int (builder, "amount", amount);
  add_name (builder, "currency", wb_record_get_text (order, WB_ORDER_CURRENCY));
  print_object (builder);
  return TRUE;
}

static gboolean
cmd_received (WbCli *self, GError **error)
{
  return state (self, wb_desk_receive, wb_cli_option (self, "how"),
                /* Translators: amount of money, order number */
                _ ("Write down that %s was received for order %s?"),
                /* Translators: amount of money, order number */
                _ ("%s was received for order %s."), error);
}

static gboolean
cmd_write_off (WbCli *self, GError **error)
{
  return state (self, wb_desk_write_off, wb_cli_option (self, "reason"),
                /* Translators: amount of money, order number */
                _ ("Give up %s of order %s?"),
                /* Translators: amount of money, order number */
                _ ("%s of order %s was written off."), error);
}

static gboolean
cmd_request_payment (WbCli *self, GError **error)
{
  WbDesk                 *desk = wb_cli_open (self, error);
  g_autoptr (WbOrder)     order = NULL;
  g_autofree char        *text = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64                  amount = 0;

  if (desk == NULL || (order = wb_cli_find_order (self, wb_cli_word (self, 0), error)) == NULL ||
      !read_amount (self, wb_cli_option (self, "amount"), order, &amount, error) ||
      !wb_desk_request_payment (desk, id_of (order), amount, wb_cli_option (self, "link"), &text,
                                error))
    return FALSE;
  if (!self->json)
    {
      printf ("%s\n", text);
      return TRUE;
    }
  json_builder_begin_object (builder);
  add_name (builder, "order", wb_record_get_text (order, WB_ORDER_NUMBER));
  add_name (builder, "text", text);
  print_object (builder);
  return TRUE;
}

#define YES                                                                                        \
  {                                                                                                \
    "yes", NULL, N_ ("do not ask")                                                                 \
  }
#define ID                                                                                         \
  {                                                                                                \
    "id", N_ ("NAME"), N_ ("your own name for this: the same one is done once")                    \
  }

const WbCommand wb_commands_charge[] = {
  { "refund",
    N_ ("ORDER"),
    1,
    1,
    N_ ("give money back, and tell the shop"),
    N_ ("The gateway is asked first how much is left; no more is given back. Money that the shop "
        "holds is given back through it."),
    cmd_refund,
    { { "line", N_ ("SKU=N"), N_ ("pieces of a line; may be given several times") },
      { "shipping", NULL, N_ ("the shipping cost") },
      { "amount", N_ ("AMOUNT"), N_ ("a free amount") },
      { "all", NULL, N_ ("all that is left") },
      { "reason", N_ ("TEXT"), N_ ("for the shop and the timeline") },
      { "restock", NULL, N_ ("the shop puts the pieces back into stock") },
      { "by-hand", NULL, N_ ("you give it back yourself; it is only written down") },
      { "silent", NULL, N_ ("the shop is not told") },
      { "dry-run", NULL, N_ ("only show what would be given back") },
      ID,
      YES } },
  { "release-charge",
    N_ ("ORDER"),
    1,
    1,
    N_ ("let go what is authorised and no longer needed"),
    N_ ("For an order that was cancelled, or has left with less than was authorised."),
    cmd_release_charge,
    { YES } },
  { "renew",
    N_ ("ORDER"),
    1,
    1,
    N_ ("keep an authorisation alive"),
    N_ ("The gateway may refuse, a second time above all; then nothing has changed."),
    cmd_renew,
    { YES } },
  { "authorisations",
    "",
    0,
    0,
    N_ ("list whose money is only authorised, the most at risk first"),
    NULL,
    cmd_authorisations,
    { { "warn", N_ ("HOURS"), N_ ("set the warning times, as 48,12: hours before the end") } } },
  { "received",
    N_ ("ORDER AMOUNT"),
    2,
    2,
    N_ ("write down money that came by hand: cash, transfer, terminal"),
    NULL,
    cmd_received,
    { { "how", N_ ("TEXT"), N_ ("how it came") }, ID, YES } },
  { "write-off",
    N_ ("ORDER AMOUNT"),
    2,
    2,
    N_ ("give up what is open of an order"),
    NULL,
    cmd_write_off,
    { { "reason", N_ ("TEXT"), N_ ("why it will not be asked for") }, ID, YES } },
  { "request-payment",
    N_ ("ORDER"),
    1,
    1,
    N_ ("make the text that asks a customer for what is open"),
    N_ ("Nothing is sent; it is written down that it was asked for."),
    cmd_request_payment,
    { { "amount", N_ ("AMOUNT"), N_ ("instead of what is open") },
      { "link", N_ ("URL"), N_ ("where it can be paid") } } },
  { NULL },
};
