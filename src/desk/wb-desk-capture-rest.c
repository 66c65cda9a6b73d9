/* SPDX-License-Identifier: GPL-3.0-or-later
 * Money that would be forgotten: everything that was to be shipped has left, but the authorisation
 * was not (fully) captured. It happens when the last pieces of an order are cancelled after the
 * others have left. */
#include "wb-desk-private.h"

#include <glib/gi18n-lib.h>

static guint
count_attempts (WbDesk *self, gint64 order_id, const char *start, WbOperation **last)
{
  g_autoptr (GPtrArray) all = wb_book_list_operations_of (self->book, order_id, 0, NULL);
  guint                 n = 0;

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_str_has_prefix (wb_record_get_text (all->pdata[i], WB_OPERATION_KEY), start))
      {
        n++;
        g_set_object (last, all->pdata[i]);
      }
  return n;
}

static gint64
rest_of (WbOrder *order, WbPayment *payment)
{
  return MIN (wb_capture_still_due (order, payment),
              wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE));
}

/** wb_order_rest_amount: @payment: (nullable): as last read. Returns: what wb_desk_capture_rest()
 * would capture; nothing while something is still to ship. */
WbMoney
wb_order_rest_amount (WbOrder *order, WbPayment *payment)
{
  if (payment == NULL ||
      g_strcmp0 (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_SHIPPED) != 0)
    return wb_money (0, wb_record_get_text (order, WB_ORDER_CURRENCY));
  return wb_money (MAX (0, rest_of (order, payment)),
                   wb_record_get_text (payment, WB_PAYMENT_CURRENCY));
}

static WbOperation *
plan_rest (WbDesk     *self,
           WbOrder    *order,
           WbPayment  *payment,
           const char *start,
           guint       attempts,
           GError    **error)
{
  gint64               amount = rest_of (order, payment);
  g_autofree char     *key = g_strdup_printf ("%s%u", start, attempts + 1);
  g_autoptr (JsonNode) request = NULL;

  if (amount <= 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Order %s: there is nothing left to capture",
                   wb_record_get_text (order, WB_ORDER_NUMBER));
      return NULL;
    }
  request = wb_json_make ("s:payment", wb_record_get_text (payment, WB_PAYMENT_REF), "i:amount",
                          amount, "s:currency", wb_record_get_text (payment, WB_PAYMENT_CURRENCY),
                          "s:reference", key, "s:why",
                          _ ("Everything of the order has left; what is due is captured."), NULL);
  return wb_journal_plan (self->journal, WB_OP_CAPTURE, key, wb_record_get_int (order, WB_ORDER_ID),
                          0, wb_record_get_int (payment, WB_PAYMENT_GATEWAY_ID), request,
                          self->actor, error);
}

/**
 * wb_desk_capture_rest:
 * Captures what is still due of an order of which everything has left, at most what the gateway
 * says is capturable now. Refused while something is still to ship: then its parcel captures.
 */
gboolean
wb_desk_capture_rest (WbDesk *self, gint64 order_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder)      order = wb_book_get_order (self->book, order_id, error);
  g_autoptr (WbConnection) channel = NULL;
  g_autoptr (WbPayment)    payment = NULL;
  g_autoptr (WbOperation)  operation = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *start =
      g_strdup_printf ("%s:rest-of-%" G_GINT64_FORMAT ":", WB_OP_CAPTURE, order_id);
  guint attempts;

  channel = order != NULL ? wb_book_get_connection (
                                self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error)
                          : NULL;
  if (channel == NULL)
    return FALSE;
  if (!g_str_equal (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_SHIPPED))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "Order %s has not left completely: its next parcel captures",
                   wb_record_get_text (order, WB_ORDER_NUMBER));
      return FALSE;
    }
  attempts = count_attempts (self, order_id, start, &operation);
  if (operation != NULL && (wb_operation_is (operation, WB_OPERATION_REFUSED) ||
                            wb_operation_is (operation, WB_OPERATION_ABANDONED) ||
                            wb_operation_is (operation, WB_OPERATION_DONE)))
    g_clear_object (&operation);
  if (operation == NULL)
    {
      payment = wb_desk_read_payment (self, order, channel, cancellable, &local);
      if (payment == NULL)
        {
          if (local == NULL)
            g_set_error (&local, WB_ERROR, WB_ERROR_REFUSED, "Order %s: we do not capture for “%s”",
                         wb_record_get_text (order, WB_ORDER_NUMBER),
                         wb_record_get_text (channel, WB_CONNECTION_NAME));
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!wb_desk_note_payment (self, order, payment, error) ||
          (operation = plan_rest (self, order, payment, start, attempts, error)) == NULL)
        return FALSE;
    }
  return wb_journal_settle (self->journal, operation, cancellable, error);
}
