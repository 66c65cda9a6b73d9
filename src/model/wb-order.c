/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order as one document: head, addresses, lines, refunds. */
#include "wb-order.h"

WB_DEFINE_RECORD (WbAddress, wb_address, WB_ADDRESS, "order_address", WB_ADDRESS_FIELDS)
WB_DEFINE_RECORD (WbOrderLine, wb_order_line, WB_ORDER_LINE, "order_line", WB_ORDER_LINE_FIELDS)
WB_DEFINE_RECORD (WbRefund, wb_refund, WB_REFUND, "order_refund", WB_REFUND_FIELDS)
WB_DEFINE_RECORD (WbOrder, wb_order, WB_ORDER, "orders", WB_ORDER_FIELDS)

/**
 * wb_order_line_to_ship:
 * Returns: how many of @line are still to ship: ordered − cancelled − shipped, by us or by somebody
 * else, for an item that is shipped at all, 0 for every other line.
 */
gint64
wb_order_line_to_ship (gpointer line)
{
  if (g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) != 0 ||
      !wb_record_get_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING))
    return 0;
  return MAX (0, wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) -
                     wb_record_get_int (line, WB_ORDER_LINE_CANCELLED) -
                     wb_record_get_int (line, WB_ORDER_LINE_SHIPPED) -
                     wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE));
}

/** wb_order_line_to_pack: Returns: how many of @line may still be put into a new parcel: what lies
 * in other parcels that have not left is taken. */
gint64
wb_order_line_to_pack (gpointer line)
{
  return MAX (0, wb_order_line_to_ship (line) - wb_record_get_int (line, WB_ORDER_LINE_PACKED));
}

/** wb_order_to_ship: Returns: how many pieces of @order are still to ship, all lines together. */
gint64
wb_order_to_ship (gpointer order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     pieces = 0;

  for (guint i = 0; i < lines->len; i++)
    pieces += wb_order_line_to_ship (lines->pdata[i]);
  return pieces;
}

/** wb_order_find_line: Returns: (transfer none) (nullable): the line with the book's number
 * @line_id. */
WbOrderLine *
wb_order_find_line (gpointer order, gint64 line_id)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID) == line_id)
      return lines->pdata[i];
  return NULL;
}

/** wb_order_why_held: Returns: (transfer none) (nullable): why it is kept back: what a person or a
 * doubt here says, else what the shop says; %NULL: nobody holds it. */
const char *
wb_order_why_held (gpointer order)
{
  const char *ours = wb_record_get_text (order, WB_ORDER_HOLD_REASON);

  return ours != NULL ? ours : wb_record_get_text (order, WB_ORDER_SHOP_HOLD);
}
