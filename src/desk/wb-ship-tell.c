/* SPDX-License-Identifier: GPL-3.0-or-later
 * The last steps of shipping: the payment of each order in the parcel is taken, its shop is told,
 * and all of them are marked as shipped at once. */
#include "wb-desk-stock.h"
#include "wb-ship-flow.h"

#include "wb-book-merged.h"

static WbOperation *
plan_capture (WbShipFlow *flow, guint attempts, GError **error)
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
capture_one (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  guint                   attempts = 0;
  gint64                  id = wb_record_get_int (flow->shipment, WB_SHIPMENT_ID);
  g_autoptr (WbOperation) operation = wb_ship_flow_latest (flow, WB_OP_CAPTURE, &attempts);
  g_autofree char        *taken = NULL;

  /* Printing takes its time: somebody may have put the order on hold, or the shop changed it. */
  if (!wb_ship_flow_load (flow, id, error))
    return FALSE;

  /* A refused one is tried again only by a person's wish, and from what the gateway says now. */
  if (operation != NULL && (wb_operation_is (operation, WB_OPERATION_REFUSED) ||
                            wb_operation_is (operation, WB_OPERATION_ABANDONED)))
    {
      g_clear_object (&operation);
      if (!wb_ship_check_capture (flow, error))
        return FALSE;
    }
  if (operation == NULL && wb_record_get_int (flow->shipment, WB_SHIPMENT_CAPTURE_AMOUNT) == 0)
    {
      *skipped = TRUE;
      *text = g_strdup (wb_record_get_text (flow->shipment, WB_SHIPMENT_CAPTURE_REASON));
      return TRUE;
    }
  if (operation == NULL && (!wb_ship_not_held (flow, error) ||
                            (operation = plan_capture (flow, attempts, error)) == NULL))
    return FALSE;
  if (!wb_journal_settle (flow->desk->journal, operation, flow->cancellable, error) ||
      !wb_ship_flow_load (flow, id, error) || !wb_ship_not_held (flow, error))
    return FALSE;
  taken = wb_money_to_text (
      wb_money (wb_record_get_int (flow->shipment, WB_SHIPMENT_CAPTURE_AMOUNT),
                wb_record_get_text (flow->shipment, WB_SHIPMENT_CAPTURE_CURRENCY)));
  *text = g_steal_pointer (&taken);
  return TRUE;
}

static gboolean
held_one (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return wb_ship_not_held (flow, error);
}

/* Each order's payment, by its own gateway. No money of one is taken while another of the same
 * parcel may not leave. */
gboolean
wb_ship_step_capture (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return (flow->ids->len == 1 || wb_ship_flow_each (flow, held_one, NULL, NULL, error)) &&
         wb_ship_flow_each (flow, capture_one, text, skipped, error);
}

static void
add_reported_lines (WbShipFlow *flow, JsonObject *request)
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
completes_order (WbShipFlow *flow)
{
  g_autofree gint64 *ids = NULL, *quantities = NULL;
  guint              n = wb_ship_flow_take_lines (flow, &ids, &quantities);
  gint64             here = 0;

  for (guint i = 0; i < n; i++)
    here += quantities[i];
  return wb_order_to_ship (flow->order) <= here;
}

static WbOperation *
plan_report (WbShipFlow *flow, guint attempts, GError **error)
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
report_one (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  guint                   attempts = 0;
  g_autoptr (WbOperation) operation = wb_ship_flow_latest (flow, WB_OP_REPORT, &attempts);

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

/* Each order's own shop is told of its own lines; the tracking number is that of the parcel. */
gboolean
wb_ship_step_report (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  return wb_ship_flow_each (flow, report_one, text, skipped, error);
}

static gboolean
mark_one (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  WbBook *book = flow->desk->book;
  gint64  order_id = wb_record_get_int (flow->order, WB_ORDER_ID),
         id = wb_record_get_int (flow->shipment, WB_SHIPMENT_ID);
  g_autofree gint64 *ids = NULL, *quantities = NULL;
  guint              n = 0;

  /* Read again under the write lock: another desk may have marked it meanwhile. */
  if (!wb_ship_flow_load (flow, id, error))
    return FALSE;
  if (g_str_equal (wb_record_get_text (flow->shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_SHIPPED))
    return TRUE;
  n = wb_ship_flow_take_lines (flow, &ids, &quantities);
  if (!wb_desk_ship_stock (flow->desk, flow->shipment, ids, quantities, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!wb_book_add_shipped (book, ids[i], quantities[i], error))
      return FALSE;
  wb_record_set_text (flow->shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_SHIPPED);
  wb_record_set_int (flow->shipment, WB_SHIPMENT_SHIPPED_AT, wb_now ());
  if (!wb_desk_date_shipment (flow->desk, flow->shipment, error) ||
      !wb_book_save (book, flow->shipment, error) || !wb_ship_flow_load (flow, id, error))
    return FALSE;
  wb_record_set_text (flow->order, WB_ORDER_STAGE, wb_order_derive_stage (flow->order));
  return wb_book_update_order_head (book, flow->order, error) &&
         wb_desk_serve_stock (book, order_id, flow->desk->actor, error) &&
         wb_book_add_event (book, "order", order_id, "shipped", flow->desk->actor, NULL, error);
}

/* Those that went into one parcel have gone: what is left of them ships by itself. */
static gboolean
part_orders (WbShipFlow *flow, GError **error)
{
  WbBook            *book = flow->desk->book;
  g_autoptr (GArray) merged =
      wb_book_list_merged (book, wb_record_get_int (flow->order, WB_ORDER_ID), error);

  return merged != NULL &&
         (merged->len == 0 ||
          wb_book_unmerge_orders (book, g_array_index (merged, gint64, 0), error));
}

/* All that lay in the parcel has left, at once: a book never says so of a part of it. */
gboolean
wb_ship_step_mark (WbShipFlow *flow, char **text, gboolean *skipped, GError **error)
{
  if (!wb_book_begin (flow->desk->book, error))
    return FALSE;
  if (wb_ship_flow_each (flow, mark_one, NULL, NULL, error) && part_orders (flow, error))
    {
      wb_journal_plug ("before-mark-commit");
      return wb_book_commit (flow->desk->book, error);
    }
  wb_book_rollback (flow->desk->book);
  return FALSE;
}
