/* SPDX-License-Identifier: GPL-3.0-or-later
 * rates, ship: from an order to a parcel that has left, with the price and the capture shown
 * before. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-text.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* What is shipped of one order, for the report as JSON. */
typedef struct
{
  WbCli     *cli;
  JsonArray *steps;
} Steps;

static const char *const marks[] = {
  [WB_STEP_WAITING] = "·", [WB_STEP_RUNNING] = "…", [WB_STEP_DONE] = "✓",
  [WB_STEP_SKIPPED] = "–", [WB_STEP_FAILED] = "✗",  [WB_STEP_UNSURE] = "?",
};

static const char *const state_names[] = {
  [WB_STEP_WAITING] = "waiting", [WB_STEP_RUNNING] = "running", [WB_STEP_DONE] = "done",
  [WB_STEP_SKIPPED] = "skipped", [WB_STEP_FAILED] = "failed",   [WB_STEP_UNSURE] = "unsure",
};

static const char *const step_names[WB_N_STEPS] = {
  [WB_STEP_CHECK] = "check",
  [WB_STEP_LABEL] = "label",
  [WB_STEP_PRINT_LABEL] = "print-label",
  [WB_STEP_PRINT_SLIP] = "print-slip",
  [WB_STEP_PRINT_CUSTOMS] = "print-customs",
  [WB_STEP_PRINT_INVOICE] = "print-invoice",
  [WB_STEP_CAPTURE] = "capture",
  [WB_STEP_REPORT] = "report",
  [WB_STEP_MARK] = "mark",
};

static void
step_cb (WbStep step, WbStepState state, const char *text, gpointer data)
{
  Steps           *steps = data;
  g_autofree char *line = wb_text_one_line (text);
  JsonObject      *object;

  if (state == WB_STEP_RUNNING || state == WB_STEP_WAITING)
    return;
  if (!steps->cli->json && !steps->cli->quiet)
    {
      printf ("  %s %s", marks[state], wb_step_title (step));
      wb_cli_pad (28 - (int) wb_cli_width (wb_step_title (step)));
      printf (" %s\n", line);
      fflush (stdout);
    }
  object = json_object_new ();
  json_object_set_string_member (object, "step", step_names[step]);
  json_object_set_string_member (object, "state", state_names[state]);
  json_object_set_string_member (object, "text", line);
  json_array_add_object_element (steps->steps, object);
}

static WbOrderLine *
line_at (WbOrder *order, const char *word)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     number;

  if (g_ascii_string_to_signed (word, 10, 1, lines->len, &number, NULL))
    return lines->pdata[number - 1];
  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU), word) == 0)
      return lines->pdata[i];
  return NULL;
}

/* “2:3”: three of the second line; a SKU may stand for the line's number. */
static gboolean
take_line (WbOrder *order, const char *text, WbShipAsk *ask, GError **error)
{
  const char      *colon = strrchr (text, ':');
  g_autofree char *word = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;
  WbOrderLine     *line = word != NULL ? line_at (order, word) : NULL;
  gint64           quantity;

  if (line == NULL || !g_ascii_string_to_signed (colon + 1, 10, 1, G_MAXINT32, &quantity, NULL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("“%s” names no pieces of order %s. Say LINE:QUANTITY, with the line's number "
                      "as “show” tells it"),
                   text, wb_record_get_text (order, WB_ORDER_NUMBER));
      return FALSE;
    }
  ask->line_ids[ask->n] = wb_record_get_int (line, WB_ORDER_LINE_ID);
  ask->quantities[ask->n++] = quantity;
  return TRUE;
}

static gboolean
make_ask (WbCli *self, WbOrder *order, WbShipAsk *ask, GError **error)
{
  GPtrArray               *lines = wb_cli_values (self, "line");
  g_autoptr (WbConnection) carrier = NULL;

  ask->order_id = wb_record_get_int (order, WB_ORDER_ID);
  ask->package = g_strdup (wb_cli_option (self, "package"));
  ask->signature = wb_cli_has (self, "signature");
  ask->insured = wb_cli_has (self, "insure") ? WB_INSURE_GOODS : 0;
  if (!wb_cli_number (self, "weight", 1, &ask->weight_g, error))
    return FALSE;
  if (wb_cli_has (self, "carrier"))
    {
      carrier =
          wb_cli_find_connection (self, wb_cli_option (self, "carrier"), WB_KIND_CARRIER, error);
      if (carrier == NULL)
        return FALSE;
      ask->carrier_id = wb_record_get_int (carrier, WB_CONNECTION_ID);
    }
  if (lines == NULL)
    return TRUE;
  ask->line_ids = g_new0 (gint64, lines->len);
  ask->quantities = g_new0 (gint64, lines->len);
  for (guint i = 0; i < lines->len; i++)
    if (!take_line (order, lines->pdata[i], ask, error))
      return FALSE;
  return TRUE;
}

static void
print_rates (GPtrArray *rates)
{
  static const WbColumn columns[] = {
    { N_ ("Carrier"), FALSE, 0 }, { N_ ("Service"), FALSE, 0 }, { N_ ("Price"), TRUE, 0 },
    { N_ ("Days"), TRUE, 0 },     { N_ ("Why"), FALSE, 0 },     { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < rates->len; i++)
    {
      g_autofree char *price =
          wb_money_to_text (wb_record_get_money (rates->pdata[i], WB_RATE_COST));
      gint64           days = wb_record_get_int (rates->pdata[i], WB_RATE_DAYS);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, days);

      wb_table_add (table, wb_record_get_text (rates->pdata[i], WB_RATE_CARRIER),
                    wb_record_get_text (rates->pdata[i], WB_RATE_SERVICE), price,
                    days > 0 ? text : "", wb_record_get_text (rates->pdata[i], WB_RATE_REASON));
    }
  wb_table_print (table);
}

static gboolean
cmd_rates (WbCli *self, GError **error)
{
  g_autoptr (WbOrder)   order = wb_cli_find_order (self, wb_cli_word (self, 0), error);
  g_autoptr (GPtrArray) rates = NULL;
  g_auto (WbShipAsk)    ask = { 0 };

  if (order == NULL || !make_ask (self, order, &ask, error) ||
      (rates = wb_desk_get_rates (self->desk, &ask, self->cancellable, error)) == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (rates));
  else
    print_rates (rates);
  return TRUE;
}

/* “Priority” or “USPS Priority”, without regard to case. */
static WbRate *
choose_rate (GPtrArray *rates, const char *wish, GError **error)
{
  g_autofree char *wanted = wish != NULL ? g_utf8_casefold (wish, -1) : NULL;

  for (guint i = 0; i < rates->len; i++)
    {
      g_autofree char *service =
          g_utf8_casefold (wb_record_get_text (rates->pdata[i], WB_RATE_SERVICE), -1);
      g_autofree char *carrier =
          g_utf8_casefold (wb_record_get_text (rates->pdata[i], WB_RATE_CARRIER), -1);
      g_autofree char *both = g_strdup_printf ("%s %s", carrier, service);

      if (wanted == NULL || g_str_equal (wanted, service) || g_str_equal (wanted, both))
        return g_object_ref (rates->pdata[i]);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               wish != NULL ? _ ("No carrier offers “%s” for this parcel; see: waybillctl rates")
                            : _ ("No carrier offers anything for this parcel%s"),
               wish != NULL ? wish : "");
  return NULL;
}

static void
tell_plan (WbCli *self, WbOrder *order, WbRate *rate, const WbCapturePlan *plan)
{
  g_autofree char *price = wb_money_to_text (wb_record_get_money (rate, WB_RATE_COST));
  g_autofree char *amount = wb_money_to_text (wb_money (plan->amount, plan->currency));
  g_autofree char *shortfall = wb_money_to_text (wb_money (plan->shortfall, plan->currency));
  g_autofree char *insurance = wb_money_to_text (wb_record_get_money (rate, WB_RATE_INSURANCE));

  /* Translators: order number, customer, carrier, service, price */
  wb_cli_say (self, _ ("Order %s, %s: %s %s for %s"), wb_record_get_text (order, WB_ORDER_NUMBER),
              wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME),
              wb_record_get_text (rate, WB_RATE_CARRIER),
              wb_record_get_text (rate, WB_RATE_SERVICE), price);
  if (wb_record_get_text (rate, WB_RATE_REASON) != NULL)
    wb_cli_say (self, "  %s", wb_record_get_text (rate, WB_RATE_REASON));
  if (wb_record_get_int (rate, WB_RATE_INSURANCE) > 0)
    wb_cli_say (self, _ ("  of it insurance: %s"), insurance);
  /* Translators: amount of money, and why this amount */
  wb_cli_say (self, _ ("  captures %s: %s"), amount, plan->reason);
  if (plan->shortfall > 0)
    wb_cli_say (self, _ ("  not covered: %s"), shortfall);
}

static void
plan_to_json (JsonObject *result, WbRate *rate, const WbCapturePlan *plan)
{
  g_autofree char *amount = wb_money_to_decimal (wb_money (plan->amount, plan->currency));
  g_autofree char *shortfall = wb_money_to_decimal (wb_money (plan->shortfall, plan->currency));
  JsonObject      *capture = json_object_new ();

  json_object_set_string_member (capture, "amount", amount);
  json_object_set_string_member (capture, "shortfall", shortfall);
  json_object_set_string_member (capture, "currency", plan->currency);
  json_object_set_string_member (capture, "reason", plan->reason);
  json_object_set_member (result, "rate", wb_record_to_json (rate));
  json_object_set_object_member (result, "capture", capture);
}

/* A shipment that was begun: it is brought to its end before another one is planned. */
static gint64
begun_shipment (WbCli *self, WbOrder *order)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (
      wb_desk_get_book (self->desk), wb_record_get_int (order, WB_ORDER_ID), NULL);

  for (guint i = 0; shipments != NULL && i < shipments->len; i++)
    {
      const char *state = wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE);

      if (g_str_equal (state, WB_SHIPMENT_PLANNED) || g_str_equal (state, WB_SHIPMENT_LABELLED))
        return wb_record_get_int (shipments->pdata[i], WB_SHIPMENT_ID);
    }
  return 0;
}

/* Plans a new shipment after showing price and capture. @id: (out): 0 with --dry-run. */
static gboolean
plan_one (WbCli *self, WbOrder *order, JsonObject *result, gint64 *id, GError **error)
{
  g_autoptr (GPtrArray)  rates = NULL;
  g_autoptr (WbRate)     rate = NULL;
  g_auto (WbShipAsk)     ask = { 0 };
  g_auto (WbCapturePlan) plan = { 0 };

  if (!make_ask (self, order, &ask, error) ||
      !wb_desk_plan_capture (self->desk, &ask, &plan, self->cancellable, error) ||
      (rates = wb_desk_get_rates (self->desk, &ask, self->cancellable, error)) == NULL ||
      (rate = choose_rate (rates, wb_cli_option (self, "service"), error)) == NULL)
    return FALSE;
  tell_plan (self, order, rate, &plan);
  plan_to_json (result, rate, &plan);
  if (wb_cli_has (self, "dry-run"))
    return TRUE;
  if (!wb_cli_confirm (self, _ ("Buy this label and ship it?"), error))
    return FALSE;
  *id = wb_desk_plan_shipment (self->desk, &ask, rate, self->cancellable, error);
  return *id != 0;
}

static gboolean
ship_one (WbCli *self, WbOrder *order, JsonObject *result, GError **error)
{
  Steps    steps = { self, json_array_new () };
  gint64   id = wb_cli_values (self, "line") == NULL ? begun_shipment (self, order) : 0;
  gboolean ok = TRUE;

  json_object_set_array_member (result, "steps", steps.steps);
  if (id != 0 && wb_cli_has (self, "dry-run"))
    {
      wb_cli_say (self, _ ("Order %s: shipment %d was begun and would go on."),
                  wb_record_get_text (order, WB_ORDER_NUMBER), (int) id);
      return TRUE;
    }
  if (id != 0)
    wb_cli_say (self, _ ("Order %s: shipment %d was begun and goes on."),
                wb_record_get_text (order, WB_ORDER_NUMBER), (int) id);
  else
    ok = plan_one (self, order, result, &id, error);
  if (id == 0)
    return ok;
  json_object_set_int_member (result, "shipment", id);
  return wb_desk_ship (self->desk, id, step_cb, &steps, self->cancellable, error);
}

static void
error_to_json (JsonObject *result, const GError *error)
{
  json_object_set_boolean_member (result, "ok", error == NULL);
  if (error == NULL)
    return;
  json_object_set_string_member (result, "error", wb_error_to_name (wb_error_code (error)));
  json_object_set_string_member (result, "message", error->message);
}

/* One order; its failure is told at once unless it is the first, which ends the command in the end.
 */
static void
ship_word (WbCli *self, const char *word, JsonObject *result, GError **first)
{
  g_autoptr (GError)  local = NULL;
  g_autoptr (WbOrder) order = wb_cli_find_order (self, word, &local);

  json_object_set_string_member (result, "order", word);
  if (order != NULL)
    ship_one (self, order, result, &local);
  error_to_json (result, local);
  if (local != NULL && *first == NULL)
    *first = g_steal_pointer (&local);
  else if (local != NULL)
    wb_cli_report (self, local);
}

static gboolean
cmd_ship (WbCli *self, GError **error)
{
  JsonNode            *root = json_node_init (json_node_alloc (), JSON_NODE_ARRAY);
  g_autoptr (JsonNode) own = root;
  g_autoptr (GError)   first = NULL;

  json_node_take_array (root, json_array_new ());
  if (self->words->len > 1 && wb_cli_has (self, "line"))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("--line is for one order at a time"));
      return FALSE;
    }
  for (guint i = 0; i < self->words->len && wb_error_code (first) != WB_ERROR_CANCELLED; i++)
    {
      JsonObject *result = json_object_new ();

      json_array_add_object_element (json_node_get_array (root), result);
      ship_word (self, wb_cli_word (self, i), result, &first);
    }
  if (self->desk != NULL)
    wb_desk_follow_prints (self->desk, 0, self->cancellable,
                           NULL); /* trouble becomes an exception */
  if (self->json)
    wb_cli_print_json (g_steal_pointer (&own));
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

#define SHIP_OPTIONS                                                                               \
  { "package", N_ ("NAME"), N_ ("the box, instead of the chosen one") },                           \
      { "weight", N_ ("GRAMS"), N_ ("weight of the whole parcel") },                               \
      { "line", N_ ("LINE:QTY"),                                                                   \
        N_ ("only so many of a line (its number or SKU); may be given again") },                   \
      { "carrier", N_ ("NAME"), N_ ("a carrier's connection, where there are several") },          \
      { "signature", NULL, N_ ("handed over against a signature only") },                          \
  {                                                                                                \
    "insure", NULL, N_ ("insured for what the goods are worth, where the carrier does that")       \
  }

const WbCommand wb_commands_ship[] = {
  { "rates",
    N_ ("ORDER"),
    1,
    1,
    N_ ("ask what shipping an order would cost, the proposed offer first"),
    NULL,
    cmd_rates,
    { SHIP_OPTIONS } },
  { "ship",
    N_ ("ORDER…"),
    1,
    G_MAXUINT,
    N_ ("buy the label, print, take the payment and tell the shop"),
    N_ ("Price and capture are shown first and asked about. A shipment that was begun goes on "
        "where it stopped;\n"
        "nothing is bought, captured or reported twice. One order's failure does not stop the "
        "others."),
    cmd_ship,
    { SHIP_OPTIONS,
      { "service", N_ ("NAME"),
        N_ ("this service (“Priority” or “USPS Priority”), not the proposed one") },
      { "dry-run", NULL, N_ ("only show price and capture; nothing is bought") },
      { "yes", NULL, N_ ("do not ask") } } },
  { NULL },
};
