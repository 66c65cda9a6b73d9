/* SPDX-License-Identifier: GPL-3.0-or-later
 * A parcel that several orders go in, taken apart: each order's own lines, and what is captured for
 * them by its own gateway. Mostly it is one order's. */
#include "wb-ship-parts.h"

#include "wb-book-merged.h"

static void
part_free (gpointer data)
{
  WbShipPart *part = data;

  g_clear_object (&part->order);
  wb_ship_ask_clear (&part->ask);
  wb_capture_plan_clear (&part->plan);
  g_free (part);
}

static WbShipPart *
find_part (GPtrArray *parts, gint64 order_id)
{
  for (guint i = 0; i < parts->len; i++)
    if (wb_record_get_int (((WbShipPart *) parts->pdata[i])->order, WB_ORDER_ID) == order_id)
      return parts->pdata[i];
  return NULL;
}

static WbShipPart *
add_part (WbDesk *self, GPtrArray *parts, gint64 order_id, guint most, GError **error)
{
  WbOrder    *order = wb_book_get_order (self->book, order_id, error);
  WbShipPart *part;

  if (order == NULL)
    return NULL;
  part = g_new0 (WbShipPart, 1);
  part->order = order;
  part->ask.order_id = order_id;
  part->ask.line_ids = g_new0 (gint64, most);
  part->ask.quantities = g_new0 (gint64, most);
  g_ptr_array_add (parts, part);
  return part;
}

/* Returns: (transfer full) (element-type WbShipPart): those orders of @whole that have something in
 * the parcel, the lead first. */
GPtrArray *
wb_ship_parts_of (WbDesk *self, WbOrder *whole, const WbShipAsk *full, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  GPtrArray            *lines = wb_record_get_many (whole, WB_ORDER_LINES);

  /* By the lines of the whole: there the lead's stand first, however they were named. */
  for (guint i = 0; i < lines->len; i++)
    for (guint k = 0; k < full->n; k++)
      {
        gint64      order_id = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ORDER_ID);
        WbShipPart *part;

        if (full->line_ids[k] != wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID))
          continue;
        part = find_part (parts, order_id);
        if (part == NULL && (part = add_part (self, parts, order_id, full->n, error)) == NULL)
          return NULL;
        part->ask.line_ids[part->ask.n] = full->line_ids[k];
        part->ask.quantities[part->ask.n++] = full->quantities[k];
      }
  return g_steal_pointer (&parts);
}

/* Reads the payment of @part's order at its gateway now: an authorisation known from yesterday
 * proves nothing. */
static gboolean
plan_part (WbDesk *self, WbShipPart *part, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (
      self->book, wb_record_get_int (part->order, WB_ORDER_CHANNEL_ID), error);
  g_autoptr (WbPayment) payment = NULL;
  g_autoptr (GError)    local = NULL;

  if (channel == NULL)
    return FALSE;
  payment = wb_desk_read_payment (self, part->order, channel, cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (payment != NULL && !wb_desk_note_payment (self, part->order, payment, error))
    return FALSE;
  return wb_capture_plan_make (part->order, channel, payment, part->ask.line_ids,
                               part->ask.quantities, part->ask.n, &part->plan, error);
}

/* Plans what is captured for each of @parts, by its own gateway. */
gboolean
wb_ship_parts_plan (WbDesk *self, GPtrArray *parts, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < parts->len; i++)
    if (!plan_part (self, parts->pdata[i], cancellable, error))
      return FALSE;
  return TRUE;
}

/* “#1042: 12.00 €: the whole order leaves…”, one line an order. */
static char *
join_reasons (GPtrArray *parts)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      WbShipPart      *part = parts->pdata[i];
      g_autofree char *money = wb_money_to_text (wb_money (part->plan.amount, part->plan.currency));

      g_string_append_printf (all, "%s#%s: %s. %s", i > 0 ? "\n" : "",
                              wb_record_get_text (part->order, WB_ORDER_NUMBER), money,
                              part->plan.reason != NULL ? part->plan.reason : "");
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* All of @parts in one, for people: they are of one currency. */
static void
sum_plans (GPtrArray *parts, WbCapturePlan *sum)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const WbCapturePlan *plan = &((WbShipPart *) parts->pdata[i])->plan;

      if (sum->payment_ref == NULL)
        {
          sum->payment_ref = g_strdup (plan->payment_ref);
          sum->gateway_id = plan->gateway_id;
        }
      g_strlcpy (sum->currency, plan->currency, sizeof sum->currency);
      sum->amount += plan->amount;
      sum->shortfall += plan->shortfall;
      if (plan->capture_before != 0 &&
          (sum->capture_before == 0 || plan->capture_before < sum->capture_before))
        sum->capture_before = plan->capture_before;
    }
  sum->reason = parts->len > 1 ? join_reasons (parts)
                               : g_strdup (((WbShipPart *) parts->pdata[0])->plan.reason);
}

/**
 * wb_desk_plan_capture:
 * @plan: (out): clear with wb_capture_plan_clear()
 *
 * What shipping @ask would capture; of orders that go into one parcel, all together, @plan's reason
 * telling of each. Reads the payments at their gateways now.
 */
gboolean
wb_desk_plan_capture (WbDesk          *self,
                      const WbShipAsk *ask,
                      WbCapturePlan   *plan,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_autoptr (WbOrder)   whole = wb_book_get_whole_order (self->book, ask->order_id, error);
  g_autoptr (GPtrArray) parts = NULL;
  g_auto (WbShipAsk)    full = { 0 };

  if (whole == NULL || !wb_ship_ask_complete (self, ask, whole, &full, error) ||
      (parts = wb_ship_parts_of (self, whole, &full, error)) == NULL ||
      !wb_ship_parts_plan (self, parts, cancellable, error))
    return FALSE;
  sum_plans (parts, plan);
  return TRUE;
}
