/* SPDX-License-Identifier: GPL-3.0-or-later
 * Payments as their gateways have them: read, kept, and put into the order as the book has it at
 * that moment. */
#include "wb-charge-private.h"

/*
 * Changes the order as the book has it now, and @order, which was read before somebody was asked
 * over the network, in the same way: writing
 * @order itself would bring back what a person or a sync has changed meanwhile (a hold, above all).
 */
gboolean
wb_desk_change_order (WbDesk  *self,
                      WbOrder *order,
                      void (*change) (WbOrder *order, gpointer data),
                      gpointer data,
                      GError **error)
{
  g_autoptr (WbOrder) now = NULL;

  if (!wb_book_begin (self->book, error))
    return FALSE;
  now = wb_book_get_order (self->book, wb_record_get_int (order, WB_ORDER_ID), error);
  if (now != NULL)
    change (now, data);
  if (now == NULL || !wb_book_update_order_head (self->book, now, error))
    {
      wb_book_rollback (self->book);
      return FALSE;
    }
  change (order, data);
  return wb_book_commit (self->book, error);
}

static void
take_for (WbOrder *order, gpointer charge)
{
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, charge);
}

/*
 * A shop may take money by several ways: what the one who was asked does not know but the shop has
 * as paid went another one. What a shop that takes money does not know and has not as paid is taken
 * by it when it is told that the order is complete. For a gateway of ours that is an error: an
 * order that is only authorised is never taken for paid.
 */
static gboolean
goes_another_way (WbDesk *self, WbOrder *order, gboolean shop, const GError *why, GError **error)
{
  gboolean    paid = wb_record_get_int (order, WB_ORDER_PAID_AT) != 0;
  const char *charge = paid ? WB_CHARGE_PAID : WB_CHARGE_AUTHORISED;

  if (!g_error_matches (why, WB_ERROR, WB_ERROR_NOT_FOUND) || (!paid && !shop))
    return FALSE;
  if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), charge) != 0)
    wb_desk_change_order (self, order, take_for, (gpointer) charge, error);
  return TRUE;
}

/* The only enabled connection to @provider; 0 when there is none, or a choice. */
static gint64
only_gateway_of (WbDesk *self, const char *provider)
{
  g_autoptr (GPtrArray) all = wb_book_list_connections (self->book, WB_KIND_GATEWAY, NULL);
  gint64                found = 0;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      WbConnection *one = g_ptr_array_index (all, i);

      if (g_strcmp0 (wb_record_get_text (one, WB_CONNECTION_PROVIDER), provider) != 0 ||
          !wb_record_get_bool (one, WB_CONNECTION_ENABLED))
        continue;
      if (found != 0)
        return 0;
      found = wb_record_get_int (one, WB_CONNECTION_ID);
    }
  return found;
}

/** wb_desk_shop_takes: whether the orders of @channel are captured by its shop, by an act of its
 * own that we ask for: the shop is the capturer, and its module is a gateway as well. */
gboolean
wb_desk_shop_takes (WbConnection *channel)
{
  const WbShopProvider *provider =
      wb_shop_find_provider (wb_record_get_text (channel, WB_CONNECTION_PROVIDER));

  return provider != NULL && provider->takes_money &&
         g_strcmp0 (wb_record_get_text (channel, WB_CONNECTION_CAPTURER), WB_CAPTURER_SHOP) == 0;
}

/**
 * wb_desk_gateway_for:
 *
 * Which connection takes the payment of @order:
 * - capturer “gateway”: the one that its channel names, or, where the shop says that it was paid by
 *   another provider's way and there is one connection to that, this one;
 * - capturer “shop”, and the shop's module is a gateway as well (WbShopProvider.takes_money): the
 *   channel itself. wb_desk_open_gateway() of that id gives the shop's object. What it is asked for
 *   (payment_ref) is the order's own id in the shop (WB_ORDER_REMOTE_ID), and the payment that it
 *   reads bears the same name (WB_PAYMENT_REF); %WB_ERROR_NOT_FOUND from its read_payment means
 * that this order is none that it captures: then all is as with a shop that cannot. Its names need
 * to be unique in the shop only: in the ledger they bear the channel's number (wb_charge_name()).
 *   Refunds go through WbShop.refund, never through the gateway's;
 * - else 0: nobody whom we ask.
 */
gint64
wb_desk_gateway_for (WbDesk *self, WbOrder *order, WbConnection *channel)
{
  gint64                   own = wb_record_get_int (channel, WB_CONNECTION_GATEWAY_ID);
  g_autoptr (WbConnection) gateway = NULL;
  const WbGatewayProvider *asked =
      wb_gateway_provider_for_method (wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD));
  gint64 other;

  if (wb_desk_shop_takes (channel))
    return wb_record_get_int (channel, WB_CONNECTION_ID);
  gateway = wb_book_get_connection (self->book, own, NULL);
  if (gateway == NULL || asked == NULL ||
      g_strcmp0 (wb_record_get_text (gateway, WB_CONNECTION_PROVIDER), asked->id) == 0)
    return own;
  other = only_gateway_of (self, asked->id);
  return other != 0 ? other : own;
}

/* Reads the order's payment where it is captured. NULL without error: nothing there is captured by
 * us. */
WbPayment *
wb_desk_read_payment (
    WbDesk *self, WbOrder *order, WbConnection *channel, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbGateway) gateway = NULL;
  g_autoptr (GError)    local = NULL;
  WbPayment            *payment;
  gboolean              shop = wb_desk_shop_takes (channel);
  g_autofree char      *ref = wb_desk_payment_ref (
           self->book, order,
           wb_record_get_text (order, shop ? WB_ORDER_REMOTE_ID : WB_ORDER_PAYMENT_REF));
  gint64 gateway_id;

  if (ref == NULL || wb_record_get_int (order, WB_ORDER_TOTAL) <= 0 ||
      (!shop &&
       g_strcmp0 (wb_record_get_text (channel, WB_CONNECTION_CAPTURER), WB_CAPTURER_GATEWAY) != 0))
    return NULL;
  gateway_id = wb_desk_gateway_for (self, order, channel);
  if (wb_desk_is_by_hand (self, gateway_id))
    return NULL;
  if ((gateway = wb_desk_open_gateway (self, gateway_id, error)) == NULL)
    return NULL;
  payment = wb_gateway_read_payment (gateway, ref, cancellable, &local);
  if (payment == NULL)
    {
      if (!goes_another_way (self, order, shop, local, error))
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  wb_record_set_int (payment, WB_PAYMENT_ORDER_ID, wb_record_get_int (order, WB_ORDER_ID));
  wb_record_set_int (payment, WB_PAYMENT_GATEWAY_ID, gateway_id);
  wb_record_set_int (payment, WB_PAYMENT_READ_AT, wb_now ());
  return payment;
}

static gboolean
note_fee (WbDesk *self, WbOrder *order, WbPayment *payment, GError **error)
{
  g_autoptr (WbEntry) fee = wb_entry_new ();

  if (!wb_record_get_bool (payment, WB_PAYMENT_FEE_KNOWN) ||
      wb_record_get_text (payment, WB_PAYMENT_FEE_REF) == NULL)
    return TRUE;
  wb_record_set_int (fee, WB_ENTRY_AT, wb_now ());
  wb_record_set_int (fee, WB_ENTRY_ORDER_ID, wb_record_get_int (order, WB_ORDER_ID));
  wb_record_set_text (fee, WB_ENTRY_KIND, WB_ENTRY_FEE);
  wb_record_set_text (fee, WB_ENTRY_SOURCE, WB_SOURCE_GATEWAY);
  wb_record_set_text (fee, WB_ENTRY_SOURCE_REF, wb_record_get_text (payment, WB_PAYMENT_FEE_REF));
  wb_record_set_text (fee, WB_ENTRY_CURRENCY,
                      wb_record_get_text (payment, WB_PAYMENT_SETTLE_CURRENCY));
  wb_record_set_int (fee, WB_ENTRY_AMOUNT, -wb_record_get_int (payment, WB_PAYMENT_FEE));
  wb_record_set_text (fee, WB_ENTRY_SETTLE_CURRENCY,
                      wb_record_get_text (payment, WB_PAYMENT_SETTLE_CURRENCY));
  wb_record_set_int (fee, WB_ENTRY_SETTLE_AMOUNT, -wb_record_get_int (payment, WB_PAYMENT_FEE));
  wb_record_set_int (fee, WB_ENTRY_CONNECTION_ID,
                     wb_record_get_int (payment, WB_PAYMENT_GATEWAY_ID));
  wb_record_set_text (fee, WB_ENTRY_OBJECT_REF,
                      wb_record_get_text (payment, WB_PAYMENT_CHARGE_REF));
  wb_record_set_text (fee, WB_ENTRY_PAYMENT_REF, wb_record_get_text (payment, WB_PAYMENT_REF));
  return wb_book_add_entry (self->book, fee, NULL, error);
}

static void
take_payment (WbOrder *order, gpointer payment)
{
  wb_order_take_payment (order, payment);
}

/* Keeps what the gateway said: the payment, the order's head, the fee once it is known. */
gboolean
wb_desk_note_payment (WbDesk *self, WbOrder *order, WbPayment *payment, GError **error)
{
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (wb_book_save_payment (self->book, payment, error) &&
      wb_charge_note_authorised (self->book, order, payment, error) &&
      wb_desk_change_order (self, order, take_payment, payment, error) &&
      note_fee (self, order, payment, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/** wb_desk_refresh_payment: reads an order's payment at its gateway now; nothing happens when we do
 * not capture for its channel. */
gboolean
wb_desk_refresh_payment (WbDesk *self, gint64 order_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder)      order = wb_book_get_order (self->book, order_id, error);
  g_autoptr (WbConnection) channel = NULL;
  g_autoptr (WbPayment)    payment = NULL;
  g_autoptr (GError)       local = NULL;

  channel = order != NULL ? wb_book_get_connection (
                                self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error)
                          : NULL;
  if (channel == NULL)
    return FALSE;
  payment = wb_desk_read_payment (self, order, channel, cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return payment == NULL || wb_desk_note_payment (self, order, payment, error);
}
