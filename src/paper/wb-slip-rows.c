/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a slip says of each line of the order: ordered, in this parcel, still to come. */
#include "wb-order-paper-private.h"

/** wb_slip_parcel_rank: Returns: which of the shipment's parcels the paper is for, from 1; 0 when
 * it is none of them. */
guint
wb_slip_parcel_rank (const WbOrderPaper *slip)
{
  GPtrArray *parcels = wb_record_get_many (slip->shipment, WB_SHIPMENT_PARCELS);

  for (guint i = 0; i < parcels->len; i++)
    if (parcels->pdata[i] == slip->parcel ||
        g_strcmp0 (wb_record_get_text (parcels->pdata[i], WB_PARCEL_REFERENCE),
                   wb_record_get_text (slip->parcel, WB_PARCEL_REFERENCE)) == 0)
      return i + 1;
  return 0;
}

/* How many of the line @line_id are in @parcel. */
static gint64
count_in_parcel (gpointer parcel, gint64 line_id)
{
  GPtrArray *lines = wb_record_get_many (parcel, WB_PARCEL_LINES);
  gint64     count = 0;

  for (guint i = 0; i < lines->len; i++)
    if (wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID) == line_id)
      count += wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY);
  return count;
}

static gint64
count_in_shipment (const WbOrderPaper *slip, gint64 line_id)
{
  GPtrArray *parcels = wb_record_get_many (slip->shipment, WB_SHIPMENT_PARCELS);
  gint64     count = 0;

  for (guint i = 0; i < parcels->len; i++)
    count += count_in_parcel (parcels->pdata[i], line_id);
  return count;
}

static WbSlipRow
make_row (const WbOrderPaper *slip, gpointer line)
{
  gint64   id = wb_record_get_int (line, WB_ORDER_LINE_ID);
  gint64   leaving = count_in_shipment (slip, id);
  gboolean counted =
      g_strcmp0 (wb_record_get_text (slip->shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_SHIPPED) == 0;
  WbSlipRow row = { .line = line };

  row.ordered = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY);
  row.cancelled = wb_record_get_int (line, WB_ORDER_LINE_CANCELLED);
  row.here = count_in_parcel (slip->parcel, id);
  row.elsewhere = leaving - row.here;
  row.earlier = MAX (0, wb_record_get_int (line, WB_ORDER_LINE_SHIPPED) - (counted ? leaving : 0)) +
                wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE);
  row.to_come = MAX (0, row.ordered - row.cancelled - row.earlier - leaving);
  return row;
}

static gboolean
check_parcel (const WbOrderPaper *slip, GError **error)
{
  GPtrArray *lines = wb_record_get_many (slip->parcel, WB_PARCEL_LINES);

  if (wb_slip_parcel_rank (slip) == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The parcel of the paper is not one of the shipment’s");
      return FALSE;
    }
  if (lines->len == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A paper of a parcel needs something in it: nothing is packed in this one");
      return FALSE;
    }
  for (guint i = 0; i < lines->len; i++)
    if (wb_order_find_line (slip->order,
                            wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID)) == NULL)
      {
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                     "parcel.lines[%u].line_id: no such line in the order", i);
        return FALSE;
      }
  return TRUE;
}

static void
add_rows (const WbOrderPaper *slip, gboolean here, GArray *rows)
{
  GPtrArray *lines = wb_record_get_many (slip->order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    {
      WbSlipRow row = make_row (slip, lines->pdata[i]);
      gboolean  goods =
          g_strcmp0 (wb_record_get_text (row.line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0 &&
          wb_record_get_bool (row.line, WB_ORDER_LINE_NEEDS_SHIPPING) &&
          row.ordered > row.cancelled;

      if ((row.here > 0) == here && (here || goods))
        g_array_append_val (rows, row);
    }
}

/** wb_slip_check: refuses what does not belong together, and a parcel with nothing in it. */
gboolean
wb_slip_check (const WbOrderPaper *slip, GError **error)
{
  return check_parcel (slip, error);
}

/**
 * wb_slip_rows:
 * @slip: one that wb_slip_check() finds good
 *
 * Returns: (transfer full) (element-type WbSlipRow): first what is in the parcel, then the order's
 * other goods, each in the order's own sequence.
 */
GArray *
wb_slip_rows (const WbOrderPaper *slip)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (WbSlipRow));

  add_rows (slip, TRUE, rows);
  add_rows (slip, FALSE, rows);
  return rows;
}
