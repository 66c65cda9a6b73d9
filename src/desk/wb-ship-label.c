/* SPDX-License-Identifier: GPL-3.0-or-later
 * The second step of shipping: the label, at the price that was chosen or less. */
#include "wb-ship-flow.h"

#include "wb-book-merged.h"

/* All that lies in the parcel, of every order. Returns: how many lines. */
static guint
take_parcel (WbShipFlow *flow, gint64 **line_ids, gint64 **quantities, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64)),
                     pieces = g_array_new (FALSE, TRUE, sizeof (gint64));
  guint n;

  for (guint i = 0; i < flow->ids->len; i++)
    {
      g_autofree gint64 *some = NULL, *of_each = NULL;

      if (!wb_ship_flow_load (flow, g_array_index (flow->ids, gint64, i), error))
        return 0;
      n = wb_ship_flow_take_lines (flow, &some, &of_each);
      g_array_append_vals (ids, some, n);
      g_array_append_vals (pieces, of_each, n);
    }
  if (!wb_ship_flow_load_first (flow, error))
    return 0;
  n = ids->len;
  *line_ids = (gint64 *) g_array_free (g_steal_pointer (&ids), FALSE);
  *quantities = (gint64 *) g_array_free (g_steal_pointer (&pieces), FALSE);
  return n;
}

/* The rate lapsed between planning and buying: ask again, and buy only at the same price or less.
 */
static WbOperation *
plan_label_again (WbShipFlow *flow, guint attempts, GError **error)
{
  g_autofree gint64  *ids = NULL, *quantities = NULL;
  guint               n = take_parcel (flow, &ids, &quantities, error);
  g_autoptr (WbOrder) whole =
      n > 0 ? wb_book_get_whole_order (flow->desk->book,
                                       wb_record_get_int (flow->order, WB_ORDER_ID), error)
            : NULL;
  WbParcel             *parcel = n > 0 ? wb_shipment_parcel (flow->shipment) : NULL;
  g_autoptr (GPtrArray) rates = NULL;
  WbRate               *same = NULL;
  WbShipAsk             full = { 0 };

  if (whole == NULL)
    return NULL;
  full = (WbShipAsk){
    .order_id = wb_record_get_int (flow->order, WB_ORDER_ID),
    .n = n,
    .line_ids = ids,
    .quantities = quantities,
    .weight_g = wb_record_get_int (parcel, WB_PARCEL_WEIGHT_G),
    .length_mm = wb_record_get_int (parcel, WB_PARCEL_LENGTH_MM),
    .width_mm = wb_record_get_int (parcel, WB_PARCEL_WIDTH_MM),
    .height_mm = wb_record_get_int (parcel, WB_PARCEL_HEIGHT_MM),
    .carrier_id = wb_record_get_int (flow->shipment, WB_SHIPMENT_CARRIER_ID),
    .signature = wb_record_get_bool (flow->shipment, WB_SHIPMENT_SIGNATURE),
    .insured = wb_record_get_int (flow->shipment, WB_SHIPMENT_INSURED),
  };
  rates = wb_desk_rate (flow->desk, whole, &full, wb_record_get_text (parcel, WB_PARCEL_REFERENCE),
                        flow->cancellable, error);
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

/* The second step: one label for the whole parcel, bought once. */
gboolean
wb_ship_step_label (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  guint                   attempts = 0;
  gint64                  id = wb_record_get_int (flow->shipment, WB_SHIPMENT_ID);
  g_autoptr (WbOperation) operation = wb_ship_flow_latest (flow, WB_OP_BUY_LABEL, &attempts);
  g_autofree char        *cost = NULL;

  if (operation == NULL || wb_operation_is (operation, WB_OPERATION_REFUSED) ||
      wb_operation_is (operation, WB_OPERATION_ABANDONED))
    {
      g_clear_object (&operation);
      operation = plan_label_again (flow, attempts, error);
    }
  if (operation == NULL ||
      !wb_journal_settle (flow->desk->journal, operation, flow->cancellable, error) ||
      !wb_ship_flow_load (flow, id, error))
    return FALSE;
  cost = wb_money_to_text (wb_record_get_money (flow->shipment, WB_SHIPMENT_COST));
  *text = g_strdup_printf (
      "%s %s, %s, %s", wb_record_get_text (flow->shipment, WB_SHIPMENT_CARRIER),
      wb_record_get_text (flow->shipment, WB_SHIPMENT_SERVICE), cost,
      wb_record_get_text (wb_shipment_parcel (flow->shipment), WB_PARCEL_TRACKING));
  return TRUE;
}
