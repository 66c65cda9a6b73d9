/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ship flow: check → buy → print → capture → report to the shop → mark. Linear, and the same
 * code after a crash: what is done is seen in the journal and not done again. */
#include "wb-desk-documents.h"
#include "wb-ship-flow.h"

#include "wb-book-merged.h"

#include <glib/gi18n-lib.h>

/* ---- the parcel and its shipments ---- */

static void
let_go (WbShipFlow *flow)
{
  g_clear_object (&flow->shipment);
  g_clear_object (&flow->order);
  g_clear_object (&flow->channel);
}

/* Frees what @flow holds. */
void
wb_ship_flow_clear (WbShipFlow *flow)
{
  let_go (flow);
  g_clear_pointer (&flow->ids, g_array_unref);
}

/* From now on it is about the shipment with this number, as the book has it. */
gboolean
wb_ship_flow_load (WbShipFlow *flow, gint64 shipment_id, GError **error)
{
  WbBook *book = flow->desk->book;

  let_go (flow);
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

/* About the shipment that has the label. */
gboolean
wb_ship_flow_load_first (WbShipFlow *flow, GError **error)
{
  return wb_ship_flow_load (flow, g_array_index (flow->ids, gint64, 0), error);
}

/* The whole parcel in which @shipment_id travels. */
gboolean
wb_ship_flow_open (WbShipFlow *flow, gint64 shipment_id, GError **error)
{
  g_autoptr (WbShipment) first = wb_book_get_carrying (flow->desk->book, shipment_id, error);
  gint64                 id = first != NULL ? wb_record_get_int (first, WB_SHIPMENT_ID) : 0;
  g_autoptr (GPtrArray)  others =
      first != NULL ? wb_book_list_carried (flow->desk->book, id, error) : NULL;

  if (others == NULL)
    return FALSE;
  flow->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (flow->ids, id);
  for (guint i = 0; i < others->len; i++)
    {
      id = wb_record_get_int (others->pdata[i], WB_SHIPMENT_ID);
      g_array_append_val (flow->ids, id);
    }
  return wb_ship_flow_load_first (flow, error);
}

/*
 * Does @step for each shipment of the parcel, that with the label first; stops at the first that
 * fails, which it is about then. @text, @skipped: (nullable): of all of them.
 */
gboolean
wb_ship_flow_each (
    WbShipFlow *flow, WbShipStep step, char **text, gboolean *skipped, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  gboolean            none = TRUE;

  for (guint i = 0; i < flow->ids->len; i++)
    {
      g_autofree char *one = NULL;
      gboolean         left_out = FALSE;

      if (!wb_ship_flow_load (flow, g_array_index (flow->ids, gint64, i), error) ||
          !step (flow, &one, &left_out, error))
        return FALSE;
      none &= left_out;
      if (flow->ids->len > 1 && one != NULL)
        g_string_append_printf (all, "%s#%s: ", all->len > 0 ? " · " : "",
                                wb_record_get_text (flow->order, WB_ORDER_NUMBER));
      g_string_append (all, one != NULL ? one : "");
    }
  if (!wb_ship_flow_load_first (flow, error))
    return FALSE;
  if (text != NULL && all->len > 0)
    *text = g_string_free (g_steal_pointer (&all), FALSE);
  if (skipped != NULL)
    *skipped = none;
  return TRUE;
}

/* The newest operation of a kind for this shipment; @count: (out): how many there are. */
WbOperation *
wb_ship_flow_latest (WbShipFlow *flow, const char *kind, guint *count)
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

/* What of this shipment's order lies in the parcel. Returns: how many lines. */
guint
wb_ship_flow_take_lines (WbShipFlow *flow, gint64 **line_ids, gint64 **quantities)
{
  GPtrArray *lines = wb_record_get_many (wb_shipment_parcel (flow->shipment), WB_PARCEL_LINES);

  *line_ids = g_new0 (gint64, lines->len + 1);
  *quantities = g_new0 (gint64, lines->len + 1);
  for (guint i = 0; i < lines->len; i++)
    {
      (*line_ids)[i] = wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID);
      (*quantities)[i] = wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY);
    }
  return lines->len;
}

/* ---- the steps ---- */

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
tell (WbShipFlow *flow, WbStep step, WbStepState state, const char *text)
{
  if (flow->progress != NULL)
    flow->progress (step, state, text, flow->data);
}

static gboolean
print_step (WbShipFlow *flow, const char *document, char **text, gboolean *skipped, GError **error)
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
step_print_label (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return print_step (flow, WB_DOCUMENT_LABEL, text, skipped, error);
}

static gboolean
print_slip (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return print_step (flow, WB_DOCUMENT_SLIP, text, skipped, error);
}

/* A slip for each order in the parcel, as its own shop's customer knows it. */
static gboolean
step_print_slip (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return wb_ship_flow_each (flow, print_slip, text, skipped, error);
}

/* Whoever prints labels here prints what customs want here too: without it the parcel does not
 * leave. */
static gboolean
print_must (WbShipFlow *flow, const char *document, char **text, gboolean *skipped, GError **error)
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
step_print_customs (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return print_must (flow, WB_DOCUMENT_CUSTOMS, text, skipped, error);
}

static gboolean
step_print_invoice (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return print_must (flow, WB_DOCUMENT_INVOICE, text, skipped, error);
}

static const WbShipStep steps[WB_N_STEPS] = {
  [WB_STEP_CHECK] = wb_ship_step_check,         [WB_STEP_LABEL] = wb_ship_step_label,
  [WB_STEP_PRINT_LABEL] = step_print_label,     [WB_STEP_PRINT_SLIP] = step_print_slip,
  [WB_STEP_PRINT_CUSTOMS] = step_print_customs, [WB_STEP_PRINT_INVOICE] = step_print_invoice,
  [WB_STEP_CAPTURE] = wb_ship_step_capture,     [WB_STEP_REPORT] = wb_ship_step_report,
  [WB_STEP_MARK] = wb_ship_step_mark,
};

/* Whether this parcel has the step at all: which papers it must have is known once it has a label.
 * What cannot be known is a paper to be printed, so that the reason is told. */
static gboolean
is_wanted (WbShipFlow *flow, WbStep step)
{
  const char *document = step == WB_STEP_PRINT_CUSTOMS ? WB_DOCUMENT_CUSTOMS : WB_DOCUMENT_INVOICE;

  return wb_step_is_usual (step) ||
         wb_desk_needs_paper (flow->desk, wb_record_get_int (flow->shipment, WB_SHIPMENT_ID),
                              document);
}

static gboolean
run_step (WbShipFlow *flow, WbStep step, GError **error)
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
  if (flow->ids->len > 1 && flow->order != NULL)
    text = g_strdup_printf ("#%s: %s", wb_record_get_text (flow->order, WB_ORDER_NUMBER),
                            local->message);
  tell (flow, step, wb_error_code (local) == WB_ERROR_UNSURE ? WB_STEP_UNSURE : WB_STEP_FAILED,
        text != NULL ? text : local->message);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_desk_ship:
 * @shipment_id: from wb_desk_plan_shipment(), or one that travels in its parcel; may be called
 * again at any time to go on where it stopped
 * @progress: (nullable): called before and after each step, in this thread
 *
 * Buys the label, prints label, slip and what customs want to see, captures the payment, tells the
 * shop, and marks the pieces as shipped. Of a parcel that several orders go in, the label is bought
 * once, and each order has its own slip, its own capture by its own gateway and its own report to
 * its own shop. Stops at the first step that cannot be done; what is done stays done and is never
 * done twice.
 */
gboolean
wb_desk_ship (WbDesk       *self,
              gint64        shipment_id,
              WbStepFunc    progress,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  g_auto (WbShipFlow) flow = {
    .desk = self, .progress = progress, .data = data, .cancellable = cancellable
  };

  if (!wb_ship_flow_open (&flow, shipment_id, error))
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
