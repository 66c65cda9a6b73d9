/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first step of shipping: whether the orders in the parcel may leave, are paid for and are
 * there, and what the carrier thinks of the address. */
#include "wb-desk-stock.h"
#include "wb-ship-flow.h"

#include <glib/gi18n-lib.h>

/* What this parcel holds must still be wanted: pieces may have been cancelled since. */
static gboolean
still_wanted (WbShipFlow *flow, GError **error)
{
  g_autofree gint64 *ids = NULL, *quantities = NULL;
  guint              n = wb_ship_flow_take_lines (flow, &ids, &quantities);

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
is_there (WbShipFlow *flow, GError **error)
{
  g_autofree gint64 *ids = NULL, *quantities = NULL;
  guint              n = wb_ship_flow_take_lines (flow, &ids, &quantities);

  return wb_desk_stock_is_there (flow->desk, wb_record_get_int (flow->order, WB_ORDER_ID), ids,
                                 quantities, n, error);
}

gboolean
wb_ship_not_held (WbShipFlow *flow, GError **error)
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
keep_plan (WbShipFlow *flow, const WbCapturePlan *plan, GError **error)
{
  WbBook *book = flow->desk->book;
  gint64  id = wb_record_get_int (flow->shipment, WB_SHIPMENT_ID);

  if (!wb_book_begin (book, error))
    return FALSE;
  if (!wb_ship_flow_load (flow, id, error))
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
gboolean
wb_ship_check_capture (WbShipFlow *flow, GError **error)
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
  n = wb_ship_flow_take_lines (flow, &ids, &quantities);
  if (!wb_capture_plan_make (flow->order, flow->channel, payment, ids, quantities, n, &plan, error))
    return FALSE;
  return keep_plan (flow, &plan, error);
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

static void
set_doubt (WbOrder *order, gpointer remark)
{
  wb_record_set_text (order, WB_ORDER_ADDRESS_DOUBT, remark);
}

/* What the carrier thinks of the address: shown, kept, and never in the way; that it cannot be
 * asked is no reason to stop. */
static char *
check_address (WbShipFlow *flow)
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

/* What of one order is in the parcel, before anything is bought. */
static gboolean
check_one (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return wb_ship_not_held (flow, error) && still_wanted (flow, error) && is_there (flow, error) &&
         wb_ship_check_capture (flow, error) && wb_ship_not_held (flow, error);
}

static gboolean
held_one (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return wb_ship_not_held (flow, error);
}

/* The first step: that every order in the parcel may leave, is paid, and is there. */
gboolean
wb_ship_step_check (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  g_autoptr (WbOperation) label = NULL;
  guint                   n = 0;

  if (!g_str_equal (wb_record_get_text (flow->shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_PLANNED))
    return wb_ship_flow_each (flow, held_one, NULL, NULL, error);
  label = wb_ship_flow_latest (flow, WB_OP_BUY_LABEL, &n);
  if (label != NULL && !wb_operation_is (label, WB_OPERATION_PLANNED) &&
      !wb_operation_is (label, WB_OPERATION_REFUSED) &&
      !wb_operation_is (label, WB_OPERATION_ABANDONED))
    return TRUE; /* it may have been bought: the next step finds out before anything else is asked
                  */
  if (!wb_ship_flow_each (flow, check_one, NULL, NULL, error))
    return FALSE;
  *text = check_address (flow);
  return TRUE;
}
