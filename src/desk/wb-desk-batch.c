/* SPDX-License-Identifier: GPL-3.0-or-later
 * Many orders, one thing to do: in the visible order, a result for each row, one failure never
 * stops the rest. */
#include "wb-desk-private.h"

#include <glib/gi18n-lib.h>

/** wb_batch_row_free: frees @row. */
void
wb_batch_row_free (WbBatchRow *row)
{
  g_clear_error (&row->error);
  g_free (row->text);
  g_free (row);
}

/* A parcel that has its label and is not finished: going on with it buys nothing again. */
static gint64
find_labelled (WbDesk *self, gint64 order_id, GError **error)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (self->book, order_id, error);

  for (guint i = 0; shipments != NULL && i < shipments->len; i++)
    if (g_strcmp0 (wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE),
                   WB_SHIPMENT_LABELLED) == 0)
      return wb_record_get_int (shipments->pdata[i], WB_SHIPMENT_ID);
  return 0;
}

static gboolean
ship_one (WbDesk       *self,
          gint64        order_id,
          const char   *argument,
          WbBatchRow   *row,
          GCancellable *cancellable,
          GError      **error)
{
  WbShipAsk              ask = { .order_id = order_id, .as_wished = TRUE };
  g_autoptr (GError)     local = NULL;
  gint64                 shipment_id = find_labelled (self, order_id, &local);
  g_autoptr (WbShipment) shipment = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* The weight for all of a batch, in grams, for goods whose own weight is not known. */
  ask.weight_g = argument != NULL ? g_ascii_strtoll (argument, NULL, 10) : 0;
  if (shipment_id == 0)
    shipment_id = wb_desk_plan_shipment (self, &ask, NULL, cancellable, error);
  if (shipment_id == 0 || !wb_desk_ship (self, shipment_id, NULL, NULL, cancellable, error))
    return FALSE;
  shipment = wb_book_get_shipment (self->book, shipment_id, error);
  if (shipment == NULL)
    return FALSE;
  row->text = g_strdup (wb_record_get_text (wb_shipment_parcel (shipment), WB_PARCEL_TRACKING));
  row->cost = wb_record_get_money (shipment, WB_SHIPMENT_COST);
  return TRUE;
}

static gboolean
slip_one (WbDesk       *self,
          gint64        order_id,
          const char   *argument,
          WbBatchRow   *row,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (self->book, order_id, error);

  if (shipments == NULL)
    return FALSE;
  for (guint i = shipments->len; i > 0; i--)
    if (!g_str_equal (wb_record_get_text (shipments->pdata[i - 1], WB_SHIPMENT_STATE),
                      WB_SHIPMENT_VOID))
      return wb_desk_print (self, shipments->pdata[i - 1], WB_DOCUMENT_SLIP, TRUE, &row->text,
                            cancellable, error);
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "No parcel of this order is planned yet: its slip comes with its parcel");
  return FALSE;
}

static gboolean
hold_one (WbDesk       *self,
          gint64        order_id,
          const char   *argument,
          WbBatchRow   *row,
          GCancellable *cancellable,
          GError      **error)
{
  return wb_desk_hold (
      self, order_id, argument != NULL && *argument != '\0' ? argument : _ ("held by hand"), error);
}

static gboolean
release_one (WbDesk       *self,
             gint64        order_id,
             const char   *argument,
             WbBatchRow   *row,
             GCancellable *cancellable,
             GError      **error)
{
  return wb_desk_release (self, order_id, error);
}

/* Changes the order's own head under the write lock, and tells of it. */
static gboolean
change_head (WbDesk *self,
             gint64  order_id,
             void (*change) (WbOrder *order, const char *argument),
             const char *argument,
             const char *kind,
             GError    **error)
{
  g_autoptr (WbOrder)  order = NULL;
  g_autoptr (JsonNode) detail = wb_json_make ("s:value", argument, NULL);

  if (!wb_book_begin (self->book, error))
    return FALSE;
  order = wb_book_get_order (self->book, order_id, error);
  if (order != NULL)
    change (order, argument);
  if (order != NULL && wb_book_update_order_head (self->book, order, error) &&
      wb_book_add_event (self->book, "order", order_id, kind, self->actor, detail, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/* Adds @tag (nullable), once. */
void
wb_order_add_tag (WbOrder *order, const char *tag)
{
  g_auto (GStrv) tags = g_strsplit (wb_record_get_text (order, WB_ORDER_TAGS) != NULL
                                        ? wb_record_get_text (order, WB_ORDER_TAGS)
                                        : "",
                                    ",", -1);
  g_autofree char *joined = NULL;

  if (tag == NULL || g_strv_contains ((const char *const *) tags, tag))
    return;
  joined = tags[0] != NULL && *tags[0] != '\0'
               ? g_strdup_printf ("%s,%s", wb_record_get_text (order, WB_ORDER_TAGS), tag)
               : g_strdup (tag);
  wb_record_set_text (order, WB_ORDER_TAGS, joined);
}

static void
remove_tag (WbOrder *order, const char *tag)
{
  g_auto (GStrv) tags = g_strsplit (wb_record_get_text (order, WB_ORDER_TAGS) != NULL
                                        ? wb_record_get_text (order, WB_ORDER_TAGS)
                                        : "",
                                    ",", -1);
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
  g_auto (GStrv)           kept = NULL;
  g_autofree char         *joined = NULL;

  for (guint i = 0; tags[i] != NULL; i++)
    if (g_strcmp0 (tags[i], tag) != 0)
      g_strv_builder_add (left, tags[i]);
  kept = g_strv_builder_end (left);
  joined = g_strjoinv (",", kept);
  wb_record_set_text (order, WB_ORDER_TAGS, *joined != '\0' ? joined : NULL);
}

static void
set_mark (WbOrder *order, const char *argument)
{
  wb_record_set_bool (order, WB_ORDER_MARKED, g_strcmp0 (argument, "off") != 0);
}

static gboolean
tag_one (WbDesk       *self,
         gint64        order_id,
         const char   *argument,
         WbBatchRow   *row,
         GCancellable *cancellable,
         GError      **error)
{
  return change_head (self, order_id, wb_order_add_tag, argument, "tagged", error);
}

static gboolean
untag_one (WbDesk       *self,
           gint64        order_id,
           const char   *argument,
           WbBatchRow   *row,
           GCancellable *cancellable,
           GError      **error)
{
  return change_head (self, order_id, remove_tag, argument, "untagged", error);
}

static gboolean
mark_one (WbDesk       *self,
          gint64        order_id,
          const char   *argument,
          WbBatchRow   *row,
          GCancellable *cancellable,
          GError      **error)
{
  return change_head (self, order_id, set_mark, argument, "marked", error);
}

typedef gboolean (*OneFunc) (WbDesk       *self,
                             gint64        order_id,
                             const char   *argument,
                             WbBatchRow   *row,
                             GCancellable *cancellable,
                             GError      **error);

static const OneFunc kinds[WB_N_BATCHES] = {
  [WB_BATCH_SHIP] = ship_one,       [WB_BATCH_SLIPS] = slip_one, [WB_BATCH_HOLD] = hold_one,
  [WB_BATCH_RELEASE] = release_one, [WB_BATCH_TAG] = tag_one,    [WB_BATCH_UNTAG] = untag_one,
  [WB_BATCH_MARK] = mark_one,
};

/* The newest parcel of an order that has left; NULL: none. */
static WbShipment *
last_shipped (WbDesk *self, gint64 order_id)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (self->book, order_id, NULL);

  for (guint i = shipments != NULL ? shipments->len : 0; i > 0; i--)
    if (g_str_equal (wb_record_get_text (shipments->pdata[i - 1], WB_SHIPMENT_STATE),
                     WB_SHIPMENT_SHIPPED))
      return g_object_ref (shipments->pdata[i - 1]);
  return NULL;
}

/* Whether the order has left in the parcel of one of @rows, which stood before it: then its own row
 * is done, and costs nothing more. */
static gboolean
left_with_another (WbDesk *self, gint64 order_id, GPtrArray *rows, WbBatchRow *row)
{
  g_autoptr (WbShipment) mine = last_shipped (self, order_id);

  for (guint i = 0; mine != NULL && i < rows->len; i++)
    {
      const WbBatchRow      *before = rows->pdata[i];
      g_autoptr (WbShipment) other =
          before->error == NULL && before != row ? last_shipped (self, before->order_id) : NULL;
      gint64 by = wb_record_get_int (mine, WB_SHIPMENT_CARRIED_BY),
             id = wb_record_get_int (mine, WB_SHIPMENT_ID);

      if (other == NULL || (by != wb_record_get_int (other, WB_SHIPMENT_ID) &&
                            id != wb_record_get_int (other, WB_SHIPMENT_CARRIED_BY) &&
                            (by == 0 || by != wb_record_get_int (other, WB_SHIPMENT_CARRIED_BY))))
        continue;
      row->text = g_strdup (wb_record_get_text (wb_shipment_parcel (mine), WB_PARCEL_TRACKING));
      return TRUE;
    }
  return FALSE;
}

/**
 * wb_desk_run_batch:
 * @argument: (nullable): SHIP: the weight in grams where it is not known; HOLD: the reason; TAG,
 * UNTAG: the tag; MARK: “off” takes it away
 * @progress: (nullable): called after each row, in this thread
 *
 * Does one thing to @n orders, in their order. Cancelling stops before the next row: the one that
 * is running is finished, so that no label is left without its payment; what was not begun is
 * reported as cancelled. A parcel of an earlier run that has its label already is gone on with.
 * Orders that go into one parcel leave with the first of them: it bears the cost.
 *
 * Returns: (transfer full) (element-type WbBatchRow): one result a row, in the order of @ids; never
 * %NULL.
 */
GPtrArray *
wb_desk_run_batch (WbDesk         *self,
                   WbBatch         kind,
                   const gint64   *ids,
                   guint           n,
                   const char     *argument,
                   WbBatchProgress progress,
                   gpointer        data,
                   GCancellable   *cancellable)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_batch_row_free);

  g_return_val_if_fail ((guint) kind < WB_N_BATCHES, rows);
  for (guint i = 0; i < n; i++)
    {
      WbBatchRow *row = g_new0 (WbBatchRow, 1);

      row->order_id = ids[i];
      g_ptr_array_add (rows, row);
      if (g_cancellable_is_cancelled (cancellable))
        g_set_error (&row->error, WB_ERROR, WB_ERROR_CANCELLED, "Stopped before this one");
      else if (kind != WB_BATCH_SHIP || !left_with_another (self, ids[i], rows, row))
        kinds[kind](self, ids[i], argument, row, NULL, &row->error);
      if (progress != NULL)
        progress (row, i + 1, n, data);
    }
  return rows;
}
