/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ship flow: check → buy → print → capture → report to the shop → mark. Linear, and the same
 * code after a crash: what is done is seen in the journal and not done again. */
#include "wb-desk-documents.h"
#include "wb-desk-stock.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WbDesk       *desk;
  WbShipment   *shipment;
  WbOrder      *order;
  WbConnection *channel;
  WbStepFunc    progress;
  gpointer      data;
  GCancellable *cancellable;
} Flow;

static void
flow_clear (Flow *flow)
{
  g_clear_object (&flow->shipment);
  g_clear_object (&flow->order);
  g_clear_object (&flow->channel);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Flow, flow_clear)

static const char *const step_titles[WB_N_STEPS] = {
  [WB_STEP_CHECK] = N_ ("Check order and payment"),
  [WB_STEP_LABEL] = N_ ("Buy the label"),
  [WB_STEP_PRINT_LABEL] = N_ ("Print the label"),
  [WB_STEP_PRINT_SLIP] = N_ ("Print the packing slip"),
  [WB_STEP_PRINT_CUSTOMS] = N_ ("Print the customs form"),
  [WB_STEP_PRINT_INVOICE] = N_ ("Print the commercial invoice"),
  [WB_STEP_CAPTURE] = N_ ("Take the payment"),
  [WB_STEP_REPORT] = N_ ("Tell the shop"),
  [WB_STEP_MARK] = N_ ("Mark as shipped"),
};

/** wb_step_title: Returns: what a step does, for people, translated. */
const char *
wb_step_title (WbStep step)
{
  g_return_val_if_fail ((guint) step < WB_N_STEPS, "");

  return _ (step_titles[step]);
}

/** wb_step_is_usual: Returns: whether every shipment has this step; one that has not is reported
 * only where it is wanted. */
gboolean
wb_step_is_usual (WbStep step)
{
  return step != WB_STEP_PRINT_CUSTOMS && step != WB_STEP_PRINT_INVOICE;
}

static void
tell (Flow *flow, WbStep step, WbStepState state, const char *text)
{
  if (flow->progress != NULL)
    flow->progress (step, state, text, flow->data);
}

/* The newest operation of a kind for this shipment. */
static WbOperation *
latest (Flow *flow, const char *kind, guint *count)
{
  g_autoptr (GPtrArray) all = wb_book_list_operations_of (
      flow->desk->book, wb_record_get_int (flow->shipment, WB_SHIPMENT_ORDER_ID),
      wb_record_get_int (flow->shipment, WB_SHIPMENT_ID), NULL);
  WbOperation *found = NULL;

  *count = 0;
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_str_equal (wb_record_get_text (all->pdata[i], WB_OPERATION_KIND), kind))
      {
        (*count)++;
        g_set_object (&found, all->pdata[i]);
      }
  return found;
}

static gboolean
reload (Flow *flow, gint64 shipment_id, GError **error)
{
  WbBook *book = flow->desk->book;

  flow_clear (flow);
  flow->shipment = wb_book_get_shipment (book, shipment_id, error);
  flow->order = flow->shipment != NULL
                    ? wb_book_get_order (
                          book, wb_record_get_int (flow->shipment, WB_SHIPMENT_ORDER_ID), error)
                    : NULL;
  flow->channel = flow->order != NULL
                      ? wb_book_get_connection (
                            book, wb_record_get_int (flow->order, WB_ORDER_CHANNEL_ID), error)
                      : NULL;
  return flow->channel != NULL;
}

static void
parcel_lines (Flow *flow, gint64 **ids, gint64 **quantities, guint *n)
{
  GPtrArray *lines = wb_record_get_many (wb_shipment_parcel (flow->shipment), WB_PARCEL_LINES);

  *n = lines->len;
  *ids = g_new0 (gint64, lines->len + 1);
  *quantities = g_new0 (gint64, lines->len + 1);
  for (guint i = 0; i < lines->len; i++)
    {
      (*ids)[i] = wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID);
      (*quantities)[i] = wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY);
    }
}

/* What this parcel holds must still be wanted: pieces may have been cancelled since. */
static gboolean
still_wanted (Flow *flow, GError **error)
{
  g_autofree gint64 *ids = NULL, *quantities = NULL;
  guint              n = 0;

  parcel_lines (flow, &ids, &quantities, &n);
  for (guint i = 0; i < n; i++)
    {
      WbOrderLine *line = wb_order_find_line (flow->order, ids[i]);

      if (line == NULL || wb_order_line_to_ship (line) < quantities[i])
        {
          g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                       "Order %s was changed in the shop: “%s” is no longer wanted in this number. "
                       "Plan the parcel again",
                       wb_record_get_text (flow->order, WB_ORDER_NUMBER),
                       line != NULL ? wb_record_get_text (line, WB_ORDER_LINE_NAME) : "?");
          return FALSE;
        }
    }
  return TRUE;
}

/* A label is bought only for what the order holds of products under stock keeping. */
static gboolean
is_there (Flow *flow, GError **error)
{
  g_autofree gint64 *ids = NULL, *quantities = NULL;
  guint              n = 0;

  parcel_lines (flow, &ids, &quantities, &n);
  return wb_desk_stock_is_there (flow->desk, wb_record_get_int (flow->order, WB_ORDER_ID), ids,
                                 quantities, n, error);
}

static gboolean
not_held (Flow *flow, GError **error)
{
  const char *number = wb_record_get_text (flow->order, WB_ORDER_NUMBER),
             *hold = wb_order_why_held (flow->order);

  if (hold != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT, "Order %s is on hold: %s. Release it to go on",
                 number, hold);
  else if (wb_record_get_bool (flow->order, WB_ORDER_EDITED_AFTER_LABEL))
    g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                 "Order %s was edited in the shop after its label was bought. Look at the changes, "
                 "then release it or void the label",
                 number);
  else if (g_str_equal (wb_record_get_text (flow->order, WB_ORDER_STAGE), WB_STAGE_CANCELLED))
    g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                 "Order %s was cancelled in the shop. Do not hand the parcel over; void the label",
                 number);
  else
    return TRUE;
  return FALSE;
}

/* Into the shipment as the book has it now: another desk may have bought its label while the
 * gateway was asked. */
static gboolean
keep_plan (Flow *flow, const WbCapturePlan *plan, GError **error)
{
  WbBook *book = flow->desk->book;
  gint64  id = wb_record_get_int (flow->shipment, WB_SHIPMENT_ID);

  if (!wb_book_begin (book, error))
    return FALSE;
  if (!reload (flow, id, error))
    {
      wb_book_rollback (book);
      return FALSE;
    }
  wb_record_set_int (flow->shipment, WB_SHIPMENT_CAPTURE_AMOUNT, plan->amount);
  wb_record_set_text (flow->shipment, WB_SHIPMENT_CAPTURE_CURRENCY, plan->currency);
  wb_record_set_text (flow->shipment, WB_SHIPMENT_CAPTURE_REF, plan->payment_ref);
  wb_record_set_text (flow->shipment, WB_SHIPMENT_CAPTURE_REASON, plan->reason);
  wb_record_set_int (flow->shipment, WB_SHIPMENT_SHORTFALL, plan->shortfall);
  if (wb_book_save (book, flow->shipment, error))
    return wb_book_commit (book, error);
  wb_book_rollback (book);
  return FALSE;
}

/* The plan made again from what the gateway and the shop say now. */
static gboolean
check_capture (Flow *flow, GError **error)
{
  g_autofree gint64     *ids = NULL, *quantities = NULL;
  g_auto (WbCapturePlan) plan = { 0 };
  g_autoptr (WbPayment)  payment = NULL;
  g_autoptr (GError)     local = NULL;
  guint                  n = 0;

  payment =
      wb_desk_read_payment (flow->desk, flow->order, flow->channel, flow->cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (payment != NULL && !wb_desk_note_payment (flow->desk, flow->order, payment, error))
    return FALSE;
  parcel_lines (flow, &ids, &quantities, &n);
  if (!wb_capture_plan_make (flow->order, flow->channel, payment, ids, quantities, n, &plan, error))
    return FALSE;
  return keep_plan (flow, &plan, error);
}

static void
set_doubt (WbOrder *order, gpointer remark)
{
  wb_record_set_text (order, WB_ORDER_ADDRESS_DOUBT, remark);
}

/* What the carrier thinks of the address: shown, kept, and never in the way; that it cannot be
 * asked is no reason to stop. */
static char *
check_address (Flow *flow)
{
  g_autofree char *remark = NULL;

  if (!wb_desk_check_address (flow->desk, wb_record_get_int (flow->order, WB_ORDER_ID), &remark,
                              flow->cancellable, NULL))
    return NULL;
  if (g_strcmp0 (wb_record_get_text (flow->order, WB_ORDER_ADDRESS_DOUBT), remark) != 0 &&
      !wb_desk_change_order (flow->desk, flow->order, set_doubt, remark, NULL))
    return NULL;
  return g_steal_pointer (&remark);
}

static gboolean
step_check (Flow *flow, char **text, gboolean *skipped, GError **error)
{
  g_autoptr (WbOperation) label = NULL;
  guint                   n = 0;

  if (!g_str_equal (wb_record_get_text (flow->shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_PLANNED))
    return not_held (flow, error);
  label = latest (flow, WB_OP_BUY_LABEL, &n);
  if (label != NULL && !wb_operation_is (label, WB_OPERATION_PLANNED) &&
      !wb_operation_is (label, WB_OPERATION_REFUSED) &&
      !wb_operation_is (label, WB_OPERATION_ABANDONED))
    return TRUE; /* it may have been bought: the next step finds out before anything else is asked
                  */
  if (!not_held (flow, error) || !still_wanted (flow, error) || !is_there (flow, error) ||
      !check_capture (flow, error) || !not_held (flow, error))
    return FALSE;
  *text = check_address (flow);
  return TRUE;
}

/* The rate lapsed between planning and buying: ask again, and buy only at the same price or less.
 */
static WbOperation *
plan_label_again (Flow *flow, guint attempts, GError **error)
{
  WbParcel             *parcel = wb_shipment_parcel (flow->shipment);
  const char           *reference = wb_record_get_text (parcel, WB_PARCEL_REFERENCE);
  g_autoptr (GPtrArray) rates = NULL;
  WbRate               *same = NULL;
  WbShipAsk             full = {
                .order_id = wb_record_get_int (flow->order, WB_ORDER_ID),
                .weight_g = wb_record_get_int (parcel, WB_PARCEL_WEIGHT_G),
                .length_mm = wb_record_get_int (parcel, WB_PARCEL_LENGTH_MM),
                .width_mm = wb_record_get_int (parcel, WB_PARCEL_WIDTH_MM),
                .height_mm = wb_record_get_int (parcel, WB_PARCEL_HEIGHT_MM),
                .carrier_id = wb_record_get_int (flow->shipment, WB_SHIPMENT_CARRIER_ID),
                .signature = wb_record_get_bool (flow->shipment, WB_SHIPMENT_SIGNATURE),
                .insured = wb_record_get_int (flow->shipment, WB_SHIPMENT_INSURED),
  };
  g_autofree gint64 *ids = NULL, *quantities = NULL;

  parcel_lines (flow, &ids, &quantities, &full.n);
  full.line_ids = ids;
  full.quantities = quantities;
  rates = wb_desk_rate (flow->desk, flow->order, &full, reference, flow->cancellable, error);
  for (guint i = 0; rates != NULL && i < rates->len && same == NULL; i++)
    if (g_strcmp0 (wb_record_get_text (rates->pdata[i], WB_RATE_CARRIER),
                   wb_record_get_text (flow->shipment, WB_SHIPMENT_CARRIER)) == 0 &&
        g_strcmp0 (wb_record_get_text (rates->pdata[i], WB_RATE_SERVICE),
                   wb_record_get_text (flow->shipment, WB_SHIPMENT_SERVICE)) == 0)
      same = rates->pdata[i];
  if (rates == NULL)
    return NULL;
  if (same == NULL ||
      wb_record_get_int (same, WB_RATE_COST) > wb_record_get_int (flow->shipment, WB_SHIPMENT_COST))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "The rate for order %s has lapsed and its price has risen or it is no longer "
                   "offered. Nothing was bought; choose again",
                   wb_record_get_text (flow->order, WB_ORDER_NUMBER));
      return NULL;
    }
  wb_record_set_text (flow->shipment, WB_SHIPMENT_REMOTE_ID,
                      wb_record_get_text (same, WB_RATE_REMOTE_ID));
  wb_record_set_text (flow->shipment, WB_SHIPMENT_RATE_REF, wb_record_get_text (same, WB_RATE_REF));
  wb_record_set_int (flow->shipment, WB_SHIPMENT_COST, wb_record_get_int (same, WB_RATE_COST));
  if (!wb_book_save (flow->desk->book, flow->shipment, error))
    return NULL;
  return wb_desk_plan_label (flow->desk, flow->shipment, attempts + 1, error);
}

static gboolean
step_label (Flow *flow, char **text, gboolean *skipped, GError **error)
{
  guint                   attempts = 0;
  gint64                  id = wb_record_get_int (flow->shipment, WB_SHIPMENT_ID);
  g_autoptr (WbOperation) operation = latest (flow, WB_OP_BUY_LABEL, &attempts);
  g_autofree char        *cost = NULL;

  if (operation == NULL || wb_operation_is (operation, WB_OPERATION_REFUSED) ||
      wb_operation_is (operation, WB_OPERATION_ABANDONED))
    {
      g_clear_object (&operation);
      operation = plan_label_again (flow, attempts, error);
    }
  if (operation == NULL ||
      !wb_journal_settle (flow->desk->journal, operation, flow->cancellable, error) ||
      !reload (flow, id, error))
    return FALSE;
  cost = wb_money_to_text (wb_record_get_money (flow->shipment, WB_SHIPMENT_COST));
  *text = g_strdup_printf (
      "%s %s, %s, %s", wb_record_get_text (flow->shipment, WB_SHIPMENT_CARRIER),
      wb_record_get_text (flow->shipment, WB_SHIPMENT_SERVICE), cost,
      wb_record_get_text (wb_shipment_parcel (flow->shipment), WB_PARCEL_TRACKING));
  return TRUE;
}

static gboolean
print_step (Flow *flow, const char *document, char **text, gboolean *skipped, GError **error)
{
  g_autoptr (GError)    local = NULL;
  g_autoptr (WbPrinter) printer = wb_desk_printer_for (
      flow->desk, wb_record_get_int (flow->order, WB_ORDER_ID), document, NULL, &local);

  if (g_error_matches (local, WB_ERROR, WB_ERROR_CONFLICT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (printer == NULL)
    {
      *skipped = TRUE;
      *text = g_strdup (_ ("No printer is set up for this; print it later from the shipment."));
      return TRUE;
    }
  return wb_desk_print (flow->desk, flow->shipment, document, FALSE, text, flow->cancellable,
                        error);
}

static gboolean
step_print_label (Flow *flow, char **text, gboolean *skipped, GError **error)
{
  return print_step (flow, WB_DOCUMENT_LABEL, text, skipped, error);
}

static gboolean
step_print_slip (Flow *flow, char **text, gboolean *skipped, GError **error)
{
  return print_step (flow, WB_DOCUMENT_SLIP, text, skipped, error);
}

/* Whoever prints labels here prints what customs want here too: without it the parcel does not
 * leave. */
static gboolean
print_must (Flow *flow, const char *document, char **text, gboolean *skipped, GError **error)
{
  gint64                order_id = wb_record_get_int (flow->order, WB_ORDER_ID);
  g_autoptr (GError)    local = NULL;
  g_autoptr (WbPrinter) labels =
      wb_desk_printer_for (flow->desk, order_id, WB_DOCUMENT_LABEL, NULL, NULL);
  g_autoptr (WbPrinter) papers = wb_desk_printer_for (flow->desk, order_id, document, NULL, &local);

  if (labels == NULL || papers != NULL || g_error_matches (local, WB_ERROR, WB_ERROR_CONFLICT))
    return print_step (flow, document, text, skipped, error);
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               _ ("The parcel may not leave without this paper, and no printer is set up for it. "
                  "Set one up for packing slips or customs papers, then go on"));
  return FALSE;
}

static gboolean
step_print_customs (Flow *flow, char **text, gboolean *skipped, GError **error)
{
  return print_must (flow, WB_DOCUMENT_CUSTOMS, text, skipped, error);
}

static gboolean
step_print_invoice (Flow *flow, char **text, gboolean *skipped, GError **error)
{
  return print_must (flow, WB_DOCUMENT_INVOICE, text, skipped, error);
}

static WbOperation *
plan_capture (Flow *flow, guint attempts, GError **error)
{
  const char *reference =
      wb_record_get_text (wb_shipment_parcel (flow->shipment), WB_PARCEL_REFERENCE);
  g_autofree char     *key = g_strdup_printf ("%s:%s:%u", WB_OP_CAPTURE, reference, attempts + 1);
  g_autoptr (JsonNode) request = wb_json_make (
      "s:payment", wb_record_get_text (flow->shipment, WB_SHIPMENT_CAPTURE_REF), "i:amount",
      wb_record_get_int (flow->shipment, WB_SHIPMENT_CAPTURE_AMOUNT), "s:currency",
      wb_record_get_text (flow->shipment, WB_SHIPMENT_CAPTURE_CURRENCY), "s:reference", reference,
      "s:why", wb_record_get_text (flow->shipment, WB_SHIPMENT_CAPTURE_REASON), NULL);

  return wb_journal_plan (flow->desk->journal, WB_OP_CAPTURE, key,
                          wb_record_get_int (flow->order, WB_ORDER_ID),
                          wb_record_get_int (flow->shipment, WB_SHIPMENT_ID),
                          wb_desk_gateway_for (flow->desk, flow->order, flow->channel), request,
                          flow->desk->actor, error);
}

static gboolean
step_capture (Flow *flow, char **text, gboolean *skipped, GError **error)
{
  guint                   attempts = 0;
  gint64                  id = wb_record_get_int (flow->shipment, WB_SHIPMENT_ID);
  g_autoptr (WbOperation) operation = latest (flow, WB_OP_CAPTURE, &attempts);
  g_autofree char        *taken = NULL;

  /* Printing takes its time: somebody may have put the order on hold, or the shop changed it. */
  if (!reload (flow, id, error))
    return FALSE;

  /* A refused one is tried again only by a person's wish, and from what the gateway says now. */
  if (operation != NULL && (wb_operation_is (operation, WB_OPERATION_REFUSED) ||
                            wb_operation_is (operation, WB_OPERATION_ABANDONED)))
    {
      g_clear_object (&operation);
      if (!check_capture (flow, error))
        return FALSE;
    }
  if (operation == NULL && wb_record_get_int (flow->shipment, WB_SHIPMENT_CAPTURE_AMOUNT) == 0)
    {
      *skipped = TRUE;
      *text = g_strdup (wb_record_get_text (flow->shipment, WB_SHIPMENT_CAPTURE_REASON));
      return TRUE;
    }
  if (operation == NULL &&
      (!not_held (flow, error) || (operation = plan_capture (flow, attempts, error)) == NULL))
    return FALSE;
  if (!wb_journal_settle (flow->desk->journal, operation, flow->cancellable, error) ||
      !reload (flow, id, error) || !not_held (flow, error))
    return FALSE;
  taken = wb_money_to_text (
      wb_money (wb_record_get_int (flow->shipment, WB_SHIPMENT_CAPTURE_AMOUNT),
                wb_record_get_text (flow->shipment, WB_SHIPMENT_CAPTURE_CURRENCY)));
  *text = g_steal_pointer (&taken);
  return TRUE;
}

static void
add_reported_lines (Flow *flow, JsonObject *request)
{
  GPtrArray *lines = wb_record_get_many (wb_shipment_parcel (flow->shipment), WB_PARCEL_LINES);
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      WbOrderLine *line = wb_order_find_line (
          flow->order, wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID));

      if (line != NULL)
        json_array_add_element (
            list,
            wb_json_make ("s:ref", wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID), "i:quantity",
                          wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY), NULL));
    }
  json_object_set_array_member (request, "lines", list);
}

static gboolean
completes_order (Flow *flow)
{
  g_autofree gint64 *ids = NULL, *quantities = NULL;
  gint64             here = 0;
  guint              n = 0;

  parcel_lines (flow, &ids, &quantities, &n);
  for (guint i = 0; i < n; i++)
    here += quantities[i];
  return wb_order_to_ship (flow->order) <= here;
}

static WbOperation *
plan_report (Flow *flow, guint attempts, GError **error)
{
  WbParcel            *parcel = wb_shipment_parcel (flow->shipment);
  const char          *reference = wb_record_get_text (parcel, WB_PARCEL_REFERENCE);
  g_autofree char     *key = g_strdup_printf ("%s:%s:%u", WB_OP_REPORT, reference, attempts + 1);
  g_autoptr (JsonNode) request = wb_json_make (
      "s:order", wb_record_get_text (flow->order, WB_ORDER_REMOTE_ID), "s:reference", reference,
      "s:carrier", wb_record_get_text (flow->shipment, WB_SHIPMENT_CARRIER), "s:service",
      wb_record_get_text (flow->shipment, WB_SHIPMENT_SERVICE), "s:tracking",
      wb_record_get_text (parcel, WB_PARCEL_TRACKING), "s:tracking_url",
      wb_record_get_text (parcel, WB_PARCEL_TRACKING_URL), "s:ship_date",
      wb_record_get_text (flow->shipment, WB_SHIPMENT_SHIP_DATE), "b:completes",
      completes_order (flow), "b:notify", TRUE, NULL);

  add_reported_lines (flow, json_node_get_object (request));
  return wb_journal_plan (
      flow->desk->journal, WB_OP_REPORT, key, wb_record_get_int (flow->order, WB_ORDER_ID),
      wb_record_get_int (flow->shipment, WB_SHIPMENT_ID),
      wb_record_get_int (flow->channel, WB_CONNECTION_ID), request, flow->desk->actor, error);
}

static gboolean
step_report (Flow *flow, char **text, gboolean *skipped, GError **error)
{
  guint                   attempts = 0;
  g_autoptr (WbOperation) operation = latest (flow, WB_OP_REPORT, &attempts);

  if (operation != NULL && (wb_operation_is (operation, WB_OPERATION_REFUSED) ||
                            wb_operation_is (operation, WB_OPERATION_ABANDONED)))
    g_clear_object (&operation);
  if (operation == NULL && (operation = plan_report (flow, attempts, error)) == NULL)
    return FALSE;
  if (!wb_journal_settle (flow->desk->journal, operation, flow->cancellable, error))
    return FALSE;
  *text = g_strdup (wb_record_get_text (flow->channel, WB_CONNECTION_NAME));
  return TRUE;
}

static gboolean
mark (Flow *flow, GError **error)
{
  WbBook *book = flow->desk->book;
  gint64  order_id = wb_record_get_int (flow->order, WB_ORDER_ID),
         id = wb_record_get_int (flow->shipment, WB_SHIPMENT_ID);
  g_autofree gint64 *ids = NULL, *quantities = NULL;
  guint              n = 0;

  /* Read again under the write lock: another desk may have marked it meanwhile. */
  if (!reload (flow, id, error))
    return FALSE;
  if (g_str_equal (wb_record_get_text (flow->shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_SHIPPED))
    return TRUE;
  parcel_lines (flow, &ids, &quantities, &n);
  if (!wb_desk_ship_stock (flow->desk, flow->shipment, ids, quantities, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!wb_book_add_shipped (book, ids[i], quantities[i], error))
      return FALSE;
  wb_record_set_text (flow->shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_SHIPPED);
  wb_record_set_int (flow->shipment, WB_SHIPMENT_SHIPPED_AT, wb_now ());
  if (!wb_desk_date_shipment (flow->desk, flow->shipment, error) ||
      !wb_book_save (book, flow->shipment, error) || !reload (flow, id, error))
    return FALSE;
  wb_record_set_text (flow->order, WB_ORDER_STAGE, wb_order_derive_stage (flow->order));
  return wb_book_update_order_head (book, flow->order, error) &&
         wb_desk_serve_stock (book, order_id, flow->desk->actor, error) &&
         wb_book_add_event (book, "order", order_id, "shipped", flow->desk->actor, NULL, error);
}

static gboolean
step_mark (Flow *flow, char **text, gboolean *skipped, GError **error)
{
  if (!wb_book_begin (flow->desk->book, error))
    return FALSE;
  if (mark (flow, error))
    {
      wb_journal_plug ("before-mark-commit");
      return wb_book_commit (flow->desk->book, error);
    }
  wb_book_rollback (flow->desk->book);
  return FALSE;
}

typedef gboolean (*StepFunc) (Flow *flow, char **text, gboolean *skipped, GError **error);

static const StepFunc steps[WB_N_STEPS] = {
  [WB_STEP_CHECK] = step_check,
  [WB_STEP_LABEL] = step_label,
  [WB_STEP_PRINT_LABEL] = step_print_label,
  [WB_STEP_PRINT_SLIP] = step_print_slip,
  [WB_STEP_PRINT_CUSTOMS] = step_print_customs,
  [WB_STEP_PRINT_INVOICE] = step_print_invoice,
  [WB_STEP_CAPTURE] = step_capture,
  [WB_STEP_REPORT] = step_report,
  [WB_STEP_MARK] = step_mark,
};

/* Whether this parcel has the step at all: which papers it must have is known once it has a label.
 * What cannot be known is a paper to be printed, so that the reason is told. */
static gboolean
is_wanted (Flow *flow, WbStep step)
{
  const char *document = step == WB_STEP_PRINT_CUSTOMS ? WB_DOCUMENT_CUSTOMS : WB_DOCUMENT_INVOICE;

  return wb_step_is_usual (step) ||
         wb_desk_needs_paper (flow->desk, wb_record_get_int (flow->shipment, WB_SHIPMENT_ID),
                              document);
}

static gboolean
run_step (Flow *flow, WbStep step, GError **error)
{
  g_autofree char   *text = NULL;
  g_autoptr (GError) local = NULL;
  gboolean           skipped = FALSE;

  if (g_cancellable_is_cancelled (flow->cancellable))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED,
                   "Stopped before “%s”; go on whenever you like", wb_step_title (step));
      tell (flow, step, WB_STEP_WAITING, NULL);
      return FALSE;
    }
  tell (flow, step, WB_STEP_RUNNING, NULL);
  wb_journal_plug ("before-step");
  if (steps[step](flow, &text, &skipped, &local))
    {
      tell (flow, step, skipped ? WB_STEP_SKIPPED : WB_STEP_DONE, text);
      return TRUE;
    }
  tell (flow, step, wb_error_code (local) == WB_ERROR_UNSURE ? WB_STEP_UNSURE : WB_STEP_FAILED,
        local->message);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_desk_ship:
 * @shipment_id: from wb_desk_plan_shipment(); may be called again at any time to go on where it
 * stopped
 * @progress: (nullable): called before and after each step, in this thread
 *
 * Buys the label, prints label, slip and what customs want to see, captures the payment, tells the
 * shop, and marks the pieces as shipped. Stops at the first step that cannot be done; what is done
 * stays done and is never done twice.
 */
gboolean
wb_desk_ship (WbDesk       *self,
              gint64        shipment_id,
              WbStepFunc    progress,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  g_auto (Flow) flow = {
    .desk = self, .progress = progress, .data = data, .cancellable = cancellable
  };

  if (!reload (&flow, shipment_id, error))
    return FALSE;
  if (g_str_equal (wb_record_get_text (flow.shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_SHIPPED))
    return TRUE;
  if (g_str_equal (wb_record_get_text (flow.shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_VOID))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "This shipment's label was voided. Plan a new shipment");
      return FALSE;
    }
  for (WbStep step = 0; step < WB_N_STEPS; step++)
    if (is_wanted (&flow, step) && !run_step (&flow, step, error))
      return FALSE;
  return TRUE;
}

/**
 * wb_desk_check_address:
 * @remark: (out) (nullable): a doubt or another spelling, for people; %NULL when the carrier has no
 * doubt
 *
 * Asks the carrier what it thinks of an order's address. Advisory: it never forbids shipping.
 */
gboolean
wb_desk_check_address (
    WbDesk *self, gint64 order_id, char **remark, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (self->book, order_id, error);
  g_autoptr (GPtrArray) carriers = wb_book_list_connections (self->book, WB_KIND_CARRIER, error);
  g_autoptr (WbCarrier) carrier = NULL;
  g_autoptr (WbAddress) suggestion = NULL;
  g_autofree char      *words = NULL;
  gint64                carrier_id = 0;
  WbAddressVerdict      verdict;

  *remark = NULL;
  if (order == NULL || carriers == NULL)
    return FALSE;
  for (guint i = 0; i < carriers->len && carrier_id == 0; i++)
    if (wb_record_get_bool (carriers->pdata[i], WB_CONNECTION_ENABLED))
      carrier_id = wb_record_get_int (carriers->pdata[i], WB_CONNECTION_ID);
  if (carrier_id == 0 || wb_record_get_one (order, WB_ORDER_SHIP_TO) == NULL)
    return TRUE;
  carrier = wb_desk_open_carrier (self, carrier_id, error);
  if (carrier == NULL ||
      !wb_carrier_verify_address (carrier, wb_record_get_one (order, WB_ORDER_SHIP_TO), &verdict,
                                  &suggestion, &words, cancellable, error))
    return FALSE;
  if (verdict == WB_ADDRESS_CORRECTED && suggestion != NULL)
    /* Translators: street, postcode and city as the carrier would write them */
    *remark = g_strdup_printf (_ ("The carrier writes it: %s, %s %s"),
                               wb_record_get_text (suggestion, WB_ADDRESS_STREET1),
                               wb_record_get_text (suggestion, WB_ADDRESS_POSTCODE),
                               wb_record_get_text (suggestion, WB_ADDRESS_CITY));
  else if (verdict == WB_ADDRESS_DOUBTFUL)
    *remark = words != NULL ? g_steal_pointer (&words)
                            : g_strdup (_ ("The carrier could not confirm this address."));
  return TRUE;
}
