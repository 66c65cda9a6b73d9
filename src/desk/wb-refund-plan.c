/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a refund is worth: the pieces by the shop's own line totals with their tax, exact over any
 * number of refunds; never more than is left. */
#include "wb-charge-private.h"

#include <glib/gi18n-lib.h>

/** wb_refund_line_free: frees @line. */
void
wb_refund_line_free (WbRefundLine *line)
{
  g_free (line->ref);
  g_free (line->name);
  g_free (line);
}

/** wb_refund_plan_clear: frees what @plan holds. */
void
wb_refund_plan_clear (WbRefundPlan *plan)
{
  g_clear_pointer (&plan->payment_ref, g_free);
  g_clear_pointer (&plan->lines, g_ptr_array_unref);
  g_clear_pointer (&plan->captures, g_ptr_array_unref);
  g_clear_pointer (&plan->how, g_free);
}

/* What our own refunds, made or under way, have of the line: pieces; -1: all of a line that has
 * none. */
static gint64
refunded_by_us (gint64 line_id, GPtrArray *operations)
{
  gint64 pieces = 0;

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      g_autoptr (JsonNode) request = NULL;
      WbJson               at, lines;
      guint                n = 0;

      if (!g_str_equal (wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND),
                        WB_OP_REFUND) ||
          (!wb_operation_is (operations->pdata[i], WB_OPERATION_DONE) &&
           !wb_charge_is_open (operations->pdata[i])))
        continue;
      request = wb_operation_request (operations->pdata[i]);
      at = wb_json_root (request, "request");
      if (!wb_json_array (&at, "lines", &lines, &n, NULL))
        continue;
      for (guint k = 0; k < n; k++)
        {
          WbJson row = wb_json_element (&lines, k);
          gint64 id = 0, quantity = 0;

          if (wb_json_int (&row, "line", &id, NULL) && id == line_id &&
              wb_json_int (&row, "quantity", &quantity, NULL))
            pieces += quantity > 0 ? quantity : 1;
        }
    }
  return pieces;
}

static gint64
refunded_before (gpointer line, GPtrArray *operations)
{
  gint64 ours = refunded_by_us (wb_record_get_int (line, WB_ORDER_LINE_ID), operations);

  return MAX (ours, wb_record_get_int (line, WB_ORDER_LINE_CANCELLED));
}

/**
 * wb_refund_left_of_line:
 * @operations: (element-type WbOperation): the order's
 *
 * Returns: how many pieces of the line can still be given back for; a shipping cost counts as one
 * piece.
 */
gint64
wb_refund_left_of_line (WbOrder *order, gint64 line_id, GPtrArray *operations)
{
  gpointer line = wb_order_find_line (order, line_id);
  gint64   pieces;

  if (line == NULL)
    return 0;
  pieces = MAX (1, wb_record_get_int (line, WB_ORDER_LINE_QUANTITY));
  return MAX (0, pieces - refunded_before (line, operations));
}

/* The part of @amount that falls on the pieces from @before to @before + @now of @n: the steps from
 * 0 to n sum to @amount, in whatever portions they are taken. */
static gint64
step (gint64 amount, gint64 before, gint64 now, gint64 n)
{
  return (gint64) ((__int128) amount * (before + now) / n) -
         (gint64) ((__int128) amount * before / n);
}

static void
add_line (WbRefundPlan *plan, gpointer line, gint64 before, gint64 quantity)
{
  WbRefundLine *one = g_new0 (WbRefundLine, 1);
  gint64        pieces = MAX (1, wb_record_get_int (line, WB_ORDER_LINE_QUANTITY));
  gboolean      item = g_str_equal (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM);

  one->line_id = wb_record_get_int (line, WB_ORDER_LINE_ID);
  one->ref = g_strdup (wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID));
  one->name = g_strdup (wb_record_get_text (line, WB_ORDER_LINE_NAME));
  one->quantity = item ? quantity : 0;
  one->net = step (wb_record_get_int (line, WB_ORDER_LINE_TOTAL), before, quantity, pieces);
  one->tax = step (wb_record_get_int (line, WB_ORDER_LINE_TAX), before, quantity, pieces);
  plan->amount += one->net + one->tax;
  g_ptr_array_add (plan->lines, one);
}

static gboolean
add_asked_line (WbOrder      *order,
                gint64        line_id,
                gint64        quantity,
                GPtrArray    *operations,
                WbRefundPlan *plan,
                GError      **error)
{
  gpointer line = wb_order_find_line (order, line_id);
  gint64   left = wb_refund_left_of_line (order, line_id, operations);

  if (quantity == 0)
    return TRUE;
  if (line == NULL || quantity < 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Order %s has no such line",
                   wb_record_get_text (order, WB_ORDER_NUMBER));
      return FALSE;
    }
  if (quantity > left)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                   "Of “%s” %" G_GINT64_FORMAT " can still be refunded, not %" G_GINT64_FORMAT,
                   wb_record_get_text (line, WB_ORDER_LINE_NAME), left, quantity);
      return FALSE;
    }
  add_line (plan, line, refunded_before (line, operations), quantity);
  return TRUE;
}

static gboolean
add_shipping (WbOrder *order, GPtrArray *operations, WbRefundPlan *plan, GError **error)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint      found = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      gint64 id = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);

      if (!g_str_equal (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND),
                        WB_LINE_SHIPPING) ||
          wb_refund_left_of_line (order, id, operations) == 0)
        continue;
      add_line (plan, lines->pdata[i], 0,
                MAX (1, wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_QUANTITY)));
      found++;
    }
  if (found > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
               "Order %s has no shipping cost that was not refunded already",
               wb_record_get_text (order, WB_ORDER_NUMBER));
  return FALSE;
}

static gboolean
check_total (WbOrder *order, const WbRefundPlan *plan, GError **error)
{
  g_autofree char *asked = wb_money_to_text (wb_money (plan->amount, plan->currency));
  g_autofree char *left = wb_money_to_text (wb_money (plan->remaining, plan->currency));

  if (plan->amount >= 0 && plan->amount <= plan->remaining)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
               "Order %s: %s is more than the %s that can still be given back",
               wb_record_get_text (order, WB_ORDER_NUMBER), asked, left);
  return FALSE;
}

/**
 * wb_refund_plan_lines:
 * @operations: (element-type WbOperation): the order's, so that no piece is refunded twice
 * @plan: remaining and currency are given; its lines and amounts are made
 *
 * Quick: no vendor is asked. %WB_ERROR_TOO_MUCH where more is asked than is left.
 */
gboolean
wb_refund_plan_lines (WbOrder           *order,
                      GPtrArray         *operations,
                      const WbRefundAsk *ask,
                      WbRefundPlan      *plan,
                      GError           **error)
{
  g_clear_pointer (&plan->lines, g_ptr_array_unref);
  plan->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_refund_line_free);
  plan->amount = plan->free_amount = 0;
  for (guint i = 0; i < ask->n; i++)
    if (!add_asked_line (order, ask->line_ids[i], ask->quantities[i], operations, plan, error))
      return FALSE;
  if (ask->shipping && !add_shipping (order, operations, plan, error))
    return FALSE;
  if (ask->amount < 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "A refund is a positive amount");
      return FALSE;
    }
  plan->free_amount = ask->all ? MAX (0, plan->remaining - plan->amount) : ask->amount;
  plan->amount += plan->free_amount;
  return check_total (order, plan, error);
}
