/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who gives an order's money back, and how much there is: the gateway's object (or the shop's
 * order) is read first, and what is asked is held against what is left there. Nothing is sent. */
#include "wb-refund-case.h"

#include <glib/gi18n-lib.h>

/** wb_refund_case_clear: forgets what @self is about. */
void
wb_refund_case_clear (WbRefundCase *self)
{
  g_clear_object (&self->order);
  g_clear_object (&self->channel);
  g_clear_pointer (&self->operations, g_ptr_array_unref);
}

/** wb_refund_case_open: @self: (inout): empty, or of this order: then read anew, as it is needed
 * inside a transaction. */
gboolean
wb_refund_case_open (WbDesk *desk, gint64 order_id, WbRefundCase *self, GError **error)
{
  g_clear_object (&self->order);
  g_clear_pointer (&self->operations, g_ptr_array_unref);
  self->desk = desk;
  self->order = wb_book_get_order (desk->book, order_id, error);
  if (self->order == NULL)
    return FALSE;
  if (self->channel == NULL)
    self->channel = wb_book_get_connection (
        desk->book, wb_record_get_int (self->order, WB_ORDER_CHANNEL_ID), error);
  self->operations = wb_book_list_operations_of (desk->book, order_id, 0, error);
  return self->channel != NULL && self->operations != NULL;
}

/** wb_refund_case_refuse: Returns: %FALSE: @why nothing is given back, with the order's number. */
gboolean
wb_refund_case_refuse (WbRefundCase *self, const char *why, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Order %s: %s",
               wb_record_get_text (self->order, WB_ORDER_NUMBER), why);
  return FALSE;
}

/* What was received by hand and not given back, by the ledger; -1 with an error. */
static gint64
by_hand_left (WbRefundCase *self, GError **error)
{
  g_autoptr (GPtrArray) entries =
      wb_book_list_entries (self->desk->book, wb_record_get_int (self->order, WB_ORDER_ID), error);
  gint64 left = 0;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const char *kind = wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND);

      if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_SOURCE), WB_SOURCE_PERSON) &&
          (g_str_equal (kind, WB_ENTRY_CAPTURED) || g_str_equal (kind, WB_ENTRY_REFUNDED)))
        left += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
    }
  return entries != NULL ? left : -1;
}

/* A gateway's payment that is given back by hand must not be given back there as well: what is left
 * there counts. */
static gboolean
plan_by_hand (WbRefundCase *self, WbPayment *payment, WbRefundPlan *plan, GError **error)
{
  gint64 received = by_hand_left (self, error);
  gint64 total = wb_record_get_int (self->order, WB_ORDER_TOTAL);
  gint64 back = MAX (wb_record_get_int (self->order, WB_ORDER_REFUNDED_TOTAL),
                     wb_record_get_int (self->order, WB_ORDER_CHARGE_REFUNDED));

  if (received < 0)
    return FALSE;
  plan->way = WB_REFUND_HAND;
  if (payment != NULL)
    plan->remaining = received + wb_record_get_int (payment, WB_PAYMENT_CAPTURED) -
                      MAX (back, wb_record_get_int (payment, WB_PAYMENT_REFUNDED));
  else if (received > 0)
    plan->remaining = received;
  else if (wb_record_get_int (self->order, WB_ORDER_PAID_AT) != 0)
    plan->remaining = total - back;
  plan->remaining = MAX (0, plan->remaining);
  plan->how = g_strdup (_ ("You give it back yourself (cash, transfer); Waybill writes it down."));
  return TRUE;
}

static gboolean
refuse_uncaptured (WbRefundCase *self, GError **error)
{
  return wb_refund_case_refuse (
      self,
      "nothing has been captured, so there is nothing to give back. Release the "
      "authorisation instead",
      error);
}

static gboolean
plan_at_gateway (WbRefundCase *self, WbPayment *payment, WbRefundPlan *plan, GError **error)
{
  gint64 captured = wb_record_get_int (payment, WB_PAYMENT_CAPTURED);

  plan->way = WB_REFUND_GATEWAY;
  plan->connection_id = wb_record_get_int (payment, WB_PAYMENT_GATEWAY_ID);
  plan->payment_ref = g_strdup (wb_record_get_text (payment, WB_PAYMENT_REF));
  plan->remaining = MAX (0, captured - wb_record_get_int (payment, WB_PAYMENT_REFUNDED) -
                                wb_record_get_int (payment, WB_PAYMENT_DISPUTED));
  plan->how =
      g_strdup (_ ("The gateway gives it back the way it was paid; then the shop is told."));
  if (g_strcmp0 (wb_record_get_text (payment, WB_PAYMENT_CURRENCY), plan->currency) != 0)
    return wb_refund_case_refuse (self, "its payment is in another currency; a person has to look",
                                  error);
  return TRUE;
}

static void
take_shop (WbOrder *order, gpointer now)
{
  wb_record_set_int (order, WB_ORDER_REFUNDED_TOTAL,
                     wb_record_get_int (now, WB_ORDER_REFUNDED_TOTAL));
}

/* The order as the shop has it now: what it refunded meanwhile counts. */
static gboolean
plan_at_shop (WbRefundCase *self, WbRefundPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbShop) shop =
      wb_desk_open_shop (self->desk, wb_record_get_int (self->channel, WB_CONNECTION_ID), error);
  g_autoptr (WbOrder) now = NULL;

  if (shop == NULL)
    return FALSE;
  if (!wb_shop_can_refund (shop))
    return wb_refund_case_refuse (self, "this shop cannot give money back for us. Do it there",
                                  error);
  now = wb_shop_fetch_order (shop, wb_record_get_text (self->order, WB_ORDER_REMOTE_ID), NULL,
                             cancellable, error);
  if (now == NULL || !wb_desk_change_order (self->desk, self->order, take_shop, now, error))
    return FALSE;
  if (wb_record_get_int (now, WB_ORDER_PAID_AT) == 0)
    return wb_refund_case_refuse (self, "it has not been paid, so there is nothing to give back",
                                  error);
  plan->way = WB_REFUND_SHOP;
  plan->connection_id = wb_record_get_int (self->channel, WB_CONNECTION_ID);
  plan->remaining = MAX (0, wb_record_get_int (now, WB_ORDER_TOTAL) -
                                wb_record_get_int (now, WB_ORDER_REFUNDED_TOTAL));
  plan->how = g_strdup (_ ("The shop gives it back through its own gateway."));
  return TRUE;
}

/* Where a gateway refunds one capture at a time: the oldest first, until the amount is together. */
static gboolean
split (WbRefundCase *self, WbRefundPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbGateway) gateway = wb_desk_open_gateway (self->desk, plan->connection_id, error);
  g_autoptr (GError)    local = NULL;
  gint64                missing = plan->amount;

  if (gateway == NULL)
    return FALSE;
  plan->captures = wb_gateway_list_refundable (gateway, plan->payment_ref, cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; plan->captures != NULL && i < plan->captures->len; i++)
    {
      WbMovement *one = plan->captures->pdata[i];

      one->amount.minor = MIN (one->amount.minor, missing);
      missing -= one->amount.minor;
    }
  for (guint i = plan->captures != NULL ? plan->captures->len : 0; i > 0; i--)
    if (((WbMovement *) plan->captures->pdata[i - 1])->amount.minor == 0)
      g_ptr_array_remove_index (plan->captures, i - 1);
  if (plan->captures == NULL || missing == 0)
    return TRUE;
  return wb_refund_case_refuse (self, "its captures do not have that much left; read it anew",
                                error);
}

static gboolean
plan_way (WbRefundCase      *self,
          const WbRefundAsk *ask,
          WbRefundPlan      *plan,
          GCancellable      *cancellable,
          GError           **error)
{
  g_autoptr (GError)    local = NULL;
  g_autoptr (WbPayment) payment =
      wb_desk_read_payment (self->desk, self->order, self->channel, cancellable, &local);
  gint64 gateway_id = wb_desk_gateway_for (self->desk, self->order, self->channel);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (payment != NULL && !wb_desk_note_payment (self->desk, self->order, payment, error))
    return FALSE;
  if (ask->by_hand || (payment == NULL && wb_desk_is_by_hand (self->desk, gateway_id)))
    return plan_by_hand (self, payment, plan, error);
  if (payment != NULL && wb_record_get_int (payment, WB_PAYMENT_CAPTURED) == 0)
    return refuse_uncaptured (self, error);
  return payment != NULL && !wb_desk_shop_takes (self->channel)
             ? plan_at_gateway (self, payment, plan, error)
             : plan_at_shop (self, plan, cancellable, error);
}

/**
 * wb_desk_plan_refund:
 * @ask: may ask for nothing yet: then @plan says how much there is and how it would go
 * @plan: (out): to be cleared also after a failure
 *
 * What a refund would give back, from what the gateway (or the shop) says now. Nothing is sent.
 */
gboolean
wb_desk_plan_refund (WbDesk            *self,
                     const WbRefundAsk *ask,
                     WbRefundPlan      *plan,
                     GCancellable      *cancellable,
                     GError           **error)
{
  g_auto (WbRefundCase) one = { 0 };

  if (!wb_refund_case_open (self, ask->order_id, &one, error))
    return FALSE;
  g_strlcpy (plan->currency, wb_record_get_text (one.order, WB_ORDER_CURRENCY),
             sizeof plan->currency);
  return plan_way (&one, ask, plan, cancellable, error) &&
         wb_refund_plan_lines (one.order, one.operations, ask, plan, error) &&
         (plan->way != WB_REFUND_GATEWAY || plan->amount == 0 ||
          split (&one, plan, cancellable, error));
}
