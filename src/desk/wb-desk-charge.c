/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rest of an authorisation: let go when the order needs no more of it, or kept alive when it
 * would end too early. */
#include "wb-charge-private.h"

#include <glib/gi18n-lib.h>

/* The payment that holds the order's money now: @first (nullable), what it was paid by, or what
 * renewals have put in its place. Returns: (transfer full) (nullable). */
char *
wb_desk_payment_ref (WbBook *book, WbOrder *order, const char *first)
{
  char                 *ref = g_strdup (first);
  g_autoptr (GPtrArray) operations = NULL;

  if (ref != NULL)
    operations = wb_book_list_operations_of (book, wb_record_get_int (order, WB_ORDER_ID), 0, NULL);
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      gpointer             one = operations->pdata[i];
      g_autoptr (JsonNode) request = NULL, reply = NULL;
      WbJson               asked, got;

      if (!g_str_equal (wb_record_get_text (one, WB_OPERATION_KIND), WB_OP_RENEW) ||
          !wb_operation_is (one, WB_OPERATION_DONE))
        continue;
      request = wb_operation_request (one);
      reply = wb_operation_reply (one);
      asked = wb_json_root (request, "request");
      got = wb_json_root (reply, "reply");
      if (g_strcmp0 (wb_json_opt_string (&asked, "payment"), ref) == 0 &&
          wb_json_opt_string (&got, "payment") != NULL)
        {
          g_free (ref);
          ref = g_strdup (wb_json_opt_string (&got, "payment"));
        }
    }
  return ref;
}

/** wb_order_may_release: whether something of @payment (nullable) is promised that @order needs no
 * more: it is cancelled, or has left short. */
gboolean
wb_order_may_release (WbOrder *order, WbPayment *payment)
{
  const char *stage = wb_record_get_text (order, WB_ORDER_STAGE);

  if (payment == NULL || wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) == 0)
    return FALSE;
  if (g_str_equal (stage, WB_STAGE_CANCELLED) || wb_capture_still_due (order, payment) == 0)
    return TRUE;
  return g_str_equal (stage, WB_STAGE_SHIPPED) || g_str_equal (stage, WB_STAGE_NOTHING);
}

/** wb_order_may_renew: whether the gateway's object says that @payment (nullable) may be renewed at
 * @now; it may still be refused. */
gboolean
wb_order_may_renew (WbOrder *order, WbPayment *payment, WbInstant now)
{
  return payment != NULL && wb_record_get_text (payment, WB_PAYMENT_REAUTHORISE) != NULL &&
         wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) > 0 &&
         wb_capture_still_due (order, payment) > 0 &&
         wb_record_get_int (payment, WB_PAYMENT_REAUTHORISE_FROM) <= now &&
         (wb_record_get_int (payment, WB_PAYMENT_REAUTHORISE_UNTIL) == 0 ||
          wb_record_get_int (payment, WB_PAYMENT_REAUTHORISE_UNTIL) > now);
}

/* The order with its payment as the gateway has it now. */
static WbOrder *
read_now (
    WbDesk *self, gint64 order_id, WbPayment **payment, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder)      order = wb_book_get_order (self->book, order_id, error);
  g_autoptr (WbConnection) channel = NULL;
  g_autoptr (GError)       local = NULL;

  channel = order != NULL ? wb_book_get_connection (
                                self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error)
                          : NULL;
  if (channel == NULL)
    return NULL;
  *payment = wb_desk_read_payment (self, order, channel, cancellable, &local);
  if (*payment == NULL)
    {
      if (local == NULL)
        g_set_error (&local, WB_ERROR, WB_ERROR_REFUSED,
                     "Order %s: we hold no authorisation for it",
                     wb_record_get_text (order, WB_ORDER_NUMBER));
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!wb_desk_note_payment (self, order, *payment, error))
    return NULL;
  return g_steal_pointer (&order);
}

/* The operation of @kind that is not ended; NULL: none, and @attempts says how many there were. */
static WbOperation *
find_open (WbDesk *self, gint64 order_id, const char *kind, guint *attempts)
{
  g_autoptr (GPtrArray) all = wb_book_list_operations_of (self->book, order_id, 0, NULL);

  *attempts = 0;
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_str_equal (wb_record_get_text (all->pdata[i], WB_OPERATION_KIND), kind))
      {
        if (wb_charge_is_open (all->pdata[i]))
          return g_object_ref (all->pdata[i]);
        (*attempts)++;
      }
  return NULL;
}

/* One at a time: planned together with the look whether there is one. */
static WbOperation *
plan (WbDesk     *self,
      WbOrder    *order,
      WbPayment  *payment,
      const char *kind,
      gint64      amount,
      GError    **error)
{
  gint64                  order_id = wb_record_get_int (order, WB_ORDER_ID);
  guint                   attempts;
  g_autofree char        *key = NULL;
  g_autoptr (JsonNode)    request = NULL;
  g_autoptr (WbOperation) operation = NULL;

  if (!wb_book_begin (self->book, error))
    return NULL;
  operation = find_open (self, order_id, kind, &attempts);
  key = g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%u", kind, order_id, attempts + 1);
  request =
      wb_json_make ("s:payment", wb_record_get_text (payment, WB_PAYMENT_REF), "i:amount", amount,
                    "s:currency", wb_record_get_text (payment, WB_PAYMENT_CURRENCY), NULL);
  if (operation == NULL)
    operation = wb_journal_plan (self->journal, kind, key, order_id, 0,
                                 wb_record_get_int (payment, WB_PAYMENT_GATEWAY_ID), request,
                                 self->actor, error);
  if (operation == NULL)
    wb_book_rollback (self->book);
  else if (!wb_book_commit (self->book, error))
    return NULL;
  return g_steal_pointer (&operation);
}

static gboolean
is_open_elsewhere (WbDesk *self, WbOrder *order, GError **error)
{
  static const char *const kinds[] = { WB_OP_CAPTURE, WB_OP_CANCEL_CHARGE, WB_OP_RENEW };
  guint                    attempts;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (WbOperation) open =
          find_open (self, wb_record_get_int (order, WB_ORDER_ID), kinds[i], &attempts);

      if (open == NULL)
        continue;
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "Order %s: “%s” is under way (operation %" G_GINT64_FORMAT
                   "). Bring it to its end first",
                   wb_record_get_text (order, WB_ORDER_NUMBER), wb_operation_title (kinds[i]),
                   wb_record_get_int (open, WB_OPERATION_ID));
      return TRUE;
    }
  return FALSE;
}

/**
 * wb_desk_release_rest:
 * @released: (out) (optional): what was let go
 *
 * Lets go what an authorisation still holds of an order that was cancelled or has left completely.
 * Refused while something is still to ship: then it is needed.
 */
gboolean
wb_desk_release_rest (
    WbDesk *self, gint64 order_id, WbMoney *released, GCancellable *cancellable, GError **error)
{
  guint                   attempts;
  g_autoptr (WbPayment)   payment = NULL;
  g_autoptr (WbOrder)     order = NULL;
  g_autoptr (WbOperation) operation = find_open (self, order_id, WB_OP_CANCEL_CHARGE, &attempts);

  if (operation != NULL)
    return wb_journal_settle (self->journal, operation, cancellable, error);
  if ((order = read_now (self, order_id, &payment, cancellable, error)) == NULL ||
      is_open_elsewhere (self, order, error))
    return FALSE;
  if (!wb_order_may_release (order, payment))
    {
      g_set_error (
          error, WB_ERROR, WB_ERROR_REFUSED,
          wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) == 0
              ? "Order %s: nothing is authorised any more"
              : "Order %s: something of it is still to ship and to be paid; cancel that in "
                "the shop first",
          wb_record_get_text (order, WB_ORDER_NUMBER));
      return FALSE;
    }
  operation = plan (self, order, payment, WB_OP_CANCEL_CHARGE,
                    wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE), error);
  if (operation == NULL || !wb_journal_settle (self->journal, operation, cancellable, error))
    return FALSE;
  if (released != NULL)
    *released = wb_record_get_money (payment, WB_PAYMENT_CAPTURABLE);
  return wb_desk_refresh_payment (self, order_id, cancellable, error);
}

static gboolean
fail_renew (WbOrder *order, WbPayment *payment, GError **error)
{
  const char      *number = wb_record_get_text (order, WB_ORDER_NUMBER);
  WbInstant        from = wb_record_get_int (payment, WB_PAYMENT_REAUTHORISE_FROM);
  g_autofree char *day = wb_instant_to_text (from);

  if (wb_record_get_text (payment, WB_PAYMENT_REAUTHORISE) == NULL)
    g_set_error (
        error, WB_ERROR, WB_ERROR_REFUSED,
        "Order %s: this payment cannot be renewed. Ship it in time, or ask the customer to "
        "pay again",
        number);
  else if (from > wb_now ())
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "Order %s: the gateway renews it from %s on, not before", number, day);
  else if (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) > 0 &&
           wb_capture_still_due (order, payment) == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Order %s: nothing more is due of it", number);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_EXPIRED,
                 "Order %s: it is too late to renew it. Ask the customer to pay again", number);
  return FALSE;
}

/**
 * wb_desk_renew:
 * @until: (out) (optional): its new end, as the gateway's object says
 *
 * Keeps an authorisation alive. It may be refused, a second time above all: then nothing has
 * changed. Where the gateway makes a new payment, that one is captured from now on.
 */
gboolean
wb_desk_renew (
    WbDesk *self, gint64 order_id, WbInstant *until, GCancellable *cancellable, GError **error)
{
  guint                   attempts;
  g_autoptr (WbPayment)   payment = NULL, after = NULL;
  g_autoptr (WbOrder)     order = NULL;
  g_autoptr (WbOperation) operation = find_open (self, order_id, WB_OP_RENEW, &attempts);

  if (operation == NULL)
    {
      if ((order = read_now (self, order_id, &payment, cancellable, error)) == NULL ||
          is_open_elsewhere (self, order, error))
        return FALSE;
      if (!wb_order_may_renew (order, payment, wb_now ()))
        return fail_renew (order, payment, error);
      operation = plan (self, order, payment, WB_OP_RENEW,
                        MIN (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE),
                             wb_capture_still_due (order, payment)),
                        error);
    }
  if (operation == NULL || !wb_journal_settle (self->journal, operation, cancellable, error) ||
      !wb_desk_refresh_payment (self, order_id, cancellable, error))
    return FALSE;
  after = wb_book_get_payment (self->book, order_id, error);
  if (after != NULL && until != NULL)
    *until = wb_record_get_int (after, WB_PAYMENT_CAPTURE_BEFORE);
  return after != NULL;
}

/* What was begun and moves money besides shipping goes on: planned ones are sent. The first reason
 * why not goes into @first. */
gboolean
wb_desk_go_on_charges (WbDesk *self, GCancellable *cancellable, GError **first)
{
  static const char *const kinds[] = { WB_OP_REFUND, WB_OP_CANCEL_CHARGE, WB_OP_RENEW,
                                       WB_OP_TELL_REFUND };
  gboolean                 all = TRUE;

  /* In this order: what was given back plans to be told. */
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) planned =
          wb_book_list_operations (self->book, WB_OPERATION_PLANNED, 0, NULL);

      for (guint i = planned != NULL ? planned->len : 0; i > 0; i--)
        if (g_str_equal (wb_record_get_text (planned->pdata[i - 1], WB_OPERATION_KIND), kinds[k]))
          all &= wb_journal_settle (self->journal, planned->pdata[i - 1], cancellable,
                                    *first == NULL ? first : NULL);
    }
  return all;
}
