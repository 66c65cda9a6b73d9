/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is the same in reading the lines of every shop's orders: their places, and that their sum
 * is the order's total, exactly. */
#include "wb-shop-lines.h"

/** wb_shop_add_line: puts @line (transfer full) behind the lines of @order. */
void
wb_shop_add_line (WbOrder *order, WbOrderLine *line)
{
  wb_record_set_int (line, WB_ORDER_LINE_POSITION, wb_record_get_many (order, WB_ORDER_LINES)->len);
  wb_record_add (order, WB_ORDER_LINES, line);
}

/* What the shop's total has beyond its lines (gift cards, rounding, an edit, a plug-in): a line of
 * its own. */
static gboolean
add_adjustment (WbOrder *order, const WbJson *at, gint64 sum, GError **error)
{
  gint64       difference;
  WbOrderLine *line;

  if (__builtin_sub_overflow (wb_record_get_int (order, WB_ORDER_TOTAL), sum, &difference))
    return wb_json_fail (at, "amounts that fit", error);
  if (difference == 0)
    return TRUE;
  line = wb_order_line_new ();
  wb_record_set_text (line, WB_ORDER_LINE_REMOTE_ID, "adjustment");
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_ADJUSTMENT);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, "Adjustment");
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, difference);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, difference);
  wb_shop_add_line (order, line);
  return TRUE;
}

/**
 * wb_shop_end_lines:
 * @order: with its total and all lines that the shop has
 * @at: the order's JSON, for the place of a fault
 * @sum: total and tax of those lines, minor units
 * @pieces: of its articles
 * @services: ways of shipping the customer chose, in words
 *
 * Adds the line that makes their sum the order's total, and what the order as a whole says of them.
 * %WB_ERROR_INVALID when the amounts cannot be.
 */
gboolean
wb_shop_end_lines (WbOrder       *order,
                   const WbJson  *at,
                   gint64         sum,
                   gint64         pieces,
                   const GString *services,
                   GError       **error)
{
  if (!add_adjustment (order, at, sum, error))
    return FALSE;
  wb_record_set_int (order, WB_ORDER_ITEM_COUNT, pieces);
  if (services->len > 0)
    wb_record_set_text (order, WB_ORDER_SERVICE_ASKED, services->str);
  return TRUE;
}
