/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving up a shipment that was planned and of which no label was bought: what was to go into it
 * can be planned anew. */
#include "wb-desk-private.h"

#include "wb-book-merged.h"

static gboolean
is_purchase (gpointer operation)
{
  return g_str_equal (wb_record_get_text (operation, WB_OPERATION_KIND), WB_OP_BUY_LABEL);
}

/* Whether a label may have been bought of it. */
static gboolean
may_be_bought (gpointer operation)
{
  return wb_operation_is (operation, WB_OPERATION_DONE) ||
         wb_operation_is (operation, WB_OPERATION_SENDING) ||
         wb_operation_is (operation, WB_OPERATION_UNSURE);
}

/* The purchase must surely not have been made, and must not be made any more. */
static gboolean
withdraw_purchase (WbDesk *self, WbShipment *shipment, GError **error)
{
  g_autoptr (GPtrArray) operations =
      wb_book_list_operations_of (self->book, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID),
                                  wb_record_get_int (shipment, WB_SHIPMENT_ID), error);

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (is_purchase (operations->pdata[i]) && may_be_bought (operations->pdata[i]))
      {
        g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                     "A label of this shipment may have been bought. Void the label, or find out "
                     "first what became of it");
        return FALSE;
      }
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (is_purchase (operations->pdata[i]) &&
        wb_operation_is (operations->pdata[i], WB_OPERATION_PLANNED) &&
        !wb_journal_abandon (self->journal, operations->pdata[i], self->actor,
                             "the shipment was given up", error))
      return FALSE;
  return operations != NULL;
}

static gboolean
tell_dropped (WbDesk *self, WbShipment *shipment, GError **error)
{
  g_autoptr (GPtrArray) carried =
      wb_book_list_carried (self->book, wb_record_get_int (shipment, WB_SHIPMENT_ID), error);
  gboolean ok = carried != NULL;

  for (guint i = 0; ok && i < carried->len; i++)
    ok = wb_book_add_event (self->book, "order",
                            wb_record_get_int (carried->pdata[i], WB_SHIPMENT_ORDER_ID),
                            "shipment-dropped", self->actor, NULL, error);
  return ok &&
         wb_book_add_event (self->book, "order", wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID),
                            "shipment-dropped", self->actor, NULL, error);
}

/* As wb_desk_drop_shipment(), inside a transaction of the caller. Nothing is written when it is
 * refused (%WB_ERROR_CONFLICT: its label may have been bought). */
gboolean
wb_desk_drop_inside (WbDesk *self, gint64 shipment_id, GError **error)
{
  g_autoptr (WbShipment) shipment = wb_book_get_carrying (self->book, shipment_id, error);

  if (shipment == NULL)
    return FALSE;
  if (!g_str_equal (wb_record_get_text (shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_PLANNED))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "Only a shipment without a label can be given up; this one is “%s”",
                   wb_record_get_text (shipment, WB_SHIPMENT_STATE));
      return FALSE;
    }
  return withdraw_purchase (self, shipment, error) &&
         wb_shipment_unpack (self->book, wb_record_get_int (shipment, WB_SHIPMENT_ID), error) &&
         tell_dropped (self, shipment, error);
}

/** wb_desk_drop_shipment: gives up a planned shipment whose label was certainly not bought, with
 * all that was to travel in its parcel; its pieces can be planned anew. */
gboolean
wb_desk_drop_shipment (WbDesk *self, gint64 shipment_id, GError **error)
{
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (wb_desk_drop_inside (self, shipment_id, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/* Whether a planned shipment cannot be carried out as it was planned: its purchase was refused, or
 * its pieces are not wanted any more. */
static gboolean
is_dead (WbDesk *self, WbOrder *order, WbShipment *shipment)
{
  g_autoptr (GPtrArray) operations =
      wb_book_list_operations_of (self->book, wb_record_get_int (order, WB_ORDER_ID),
                                  wb_record_get_int (shipment, WB_SHIPMENT_ID), NULL);
  GPtrArray *lines = wb_record_get_many (wb_shipment_parcel (shipment), WB_PARCEL_LINES);
  gpointer   last =
      operations != NULL && operations->len > 0 ? operations->pdata[operations->len - 1] : NULL;

  if (last != NULL && (wb_operation_is (last, WB_OPERATION_REFUSED) ||
                       wb_operation_is (last, WB_OPERATION_ABANDONED)))
    return TRUE;
  for (guint i = 0; i < lines->len; i++)
    {
      WbOrderLine *line =
          wb_order_find_line (order, wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID));

      if (line == NULL || wb_order_line_to_ship (line) <
                              wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY))
        return TRUE;
    }
  return FALSE;
}

/* Before an order is planned: earlier plans that cannot be carried out let go of what they hold. */
gboolean
wb_desk_drop_dead_plans (WbDesk *self, WbOrder *order, GError **error)
{
  g_autoptr (GPtrArray) shipments =
      wb_book_list_shipments (self->book, wb_record_get_int (order, WB_ORDER_ID), error);

  for (guint i = 0; shipments != NULL && i < shipments->len; i++)
    if (g_str_equal (wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE),
                     WB_SHIPMENT_PLANNED) &&
        is_dead (self, order, shipments->pdata[i]) &&
        !wb_desk_drop_shipment (self, wb_record_get_int (shipments->pdata[i], WB_SHIPMENT_ID),
                                error))
      return FALSE;
  return shipments != NULL;
}
