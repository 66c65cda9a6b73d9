/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is the same in reading the lines of every shop's orders: their places, and that their sum
 * is the order's total, exactly; and what a change of their pieces asks for. */
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

/* ---- changes of pieces ---- */

/** wb_shop_check_pieces: whether @change names lines, each once, with pieces that can be. */
gboolean
wb_shop_check_pieces (const WbShopChange *change, GError **error)
{
  gboolean fine = change->line_refs != NULL && change->line_refs[0] != NULL;

  for (guint i = 0; fine && change->line_refs[i] != NULL; i++)
    {
      fine = change->quantities[i] >= 0 && change->quantities[i] <= WB_SHOP_MOST_PIECES;
      for (guint k = 0; fine && k < i; k++)
        fine = !g_str_equal (change->line_refs[k], change->line_refs[i]);
    }
  if (!fine)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "A change of pieces names each line once, with 0 to %d pieces",
                 WB_SHOP_MOST_PIECES);
  return fine;
}

/** wb_shop_pieces_of: Returns: the pieces that the article @line_ref of @order has, less those that
 * were cancelled; 0 for a line that is not (or no longer) there. */
gint64
wb_shop_pieces_of (WbOrder *order, const char *line_ref)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0 &&
        g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID), line_ref) == 0)
      return wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_QUANTITY) -
             wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_CANCELLED);
  return 0;
}

/** wb_shop_has_pieces: whether every line that @change names has as many pieces in @order as it
 * asks for. */
gboolean
wb_shop_has_pieces (WbOrder *order, const WbShopChange *change)
{
  for (guint i = 0; change->line_refs[i] != NULL; i++)
    if (wb_shop_pieces_of (order, change->line_refs[i]) != change->quantities[i])
      return FALSE;
  return TRUE;
}
