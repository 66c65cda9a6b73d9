/* SPDX-License-Identifier: GPL-3.0-or-later
 * A message that a shop sent by itself (a webhook): a hint to look at one order now, and never more
 * than that. Whoever listens for them hands them in; syncing goes on as if there were none. */
#include "wb-desk-private.h"

#define SECRET_NAME "webhook_secret"

/**
 * wb_desk_set_hint_secret:
 * @secret: (nullable): what the channel signs its messages with; %NULL: forgets it
 */
gboolean
wb_desk_set_hint_secret (WbDesk *self, gint64 channel_id, const char *secret, GError **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, error);
  const char *name = channel != NULL ? wb_record_get_text (channel, WB_CONNECTION_NAME) : NULL;

  if (channel == NULL)
    return FALSE;
  return secret != NULL
             ? wb_secrets_store (self->secrets, self->book_id, name, SECRET_NAME, secret, error)
             : wb_secrets_clear (self->secrets, self->book_id, name, SECRET_NAME, error);
}

static gboolean
import (WbDesk       *self,
        WbConnection *channel,
        WbShop       *shop,
        const char   *order_ref,
        WbSyncResult *result,
        GCancellable *cancellable,
        GError      **error)
{
  g_autoptr (GBytes)  raw = NULL;
  g_autoptr (WbOrder) order = wb_shop_fetch_order (shop, order_ref, &raw, cancellable, error);

  if (order == NULL)
    return FALSE;
  wb_record_set_int (order, WB_ORDER_CHANNEL_ID, wb_record_get_int (channel, WB_CONNECTION_ID));
  return wb_desk_import_order (self, order, raw, result, error);
}

/**
 * wb_desk_take_hint:
 * @headers: names and values in turn, %NULL-terminated
 * @body: as received
 * @result: counts; one that tells of no order leaves them as they are
 *
 * Checks that the message is the channel's own, and brings the order it points at up to date from
 * the shop. The channel's mark of how far it has been read stays: the next sync reads what it
 * would have read.
 *
 * Returns: %FALSE with %WB_ERROR_AUTH when it does not bear the signature of the channel.
 */
gboolean
wb_desk_take_hint (WbDesk            *self,
                   gint64             channel_id,
                   const char *const *headers,
                   GBytes            *body,
                   WbSyncResult      *result,
                   GCancellable      *cancellable,
                   GError           **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, error);
  g_autoptr (WbShop) shop = channel != NULL ? wb_desk_open_shop (self, channel_id, error) : NULL;
  g_autofree char   *secret = NULL;
  g_autofree char   *order_ref = NULL;

  if (shop == NULL)
    return FALSE;
  secret = wb_secrets_lookup (self->secrets, self->book_id,
                              wb_record_get_text (channel, WB_CONNECTION_NAME), SECRET_NAME, NULL);
  if (!wb_shop_read_hint (shop, secret, headers, body, &order_ref, error))
    return FALSE;
  return order_ref == NULL || import (self, channel, shop, order_ref, result, cancellable, error);
}
