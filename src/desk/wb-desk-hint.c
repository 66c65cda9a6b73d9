/* SPDX-License-Identifier: GPL-3.0-or-later
 * A message that a shop sent by itself (a webhook): a hint to sync its channel now, and never more
 * than that. Whoever listens for them hands them in; syncing goes on as if there were none. */
#include "wb-desk-private.h"

#define SECRET_NAME "webhook_secret"

/* Of a shop that signs nothing no secret is kept: it would look as if its messages counted. */
static gboolean
check_signs (WbDesk *self, gint64 channel_id, const char *name, GError **error)
{
  g_autoptr (WbShop) shop = wb_desk_open_shop (self, channel_id, error);

  if (shop == NULL)
    return FALSE;
  if (wb_shop_can_hint (shop))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "Waybill cannot check messages that “%s” sends; it is read by syncing only", name);
  return FALSE;
}

/**
 * wb_desk_set_hint_secret:
 * @secret: (nullable): what the channel signs its messages with; %NULL: forgets it
 *
 * Returns: %FALSE with %WB_ERROR_REFUSED when such shops sign none.
 */
gboolean
wb_desk_set_hint_secret (WbDesk *self, gint64 channel_id, const char *secret, GError **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, error);
  const char *name = channel != NULL ? wb_record_get_text (channel, WB_CONNECTION_NAME) : NULL;

  if (channel == NULL)
    return FALSE;
  if (secret == NULL)
    return wb_secrets_clear (self->secrets, self->book_id, name, SECRET_NAME, error);
  return check_signs (self, channel_id, name, error) &&
         wb_secrets_store (self->secrets, self->book_id, name, SECRET_NAME, secret, error);
}

/** wb_desk_has_hint_secret: whether the channel's messages can be checked. */
gboolean
wb_desk_has_hint_secret (WbDesk *self, gint64 channel_id)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, NULL);
  g_autofree char         *secret =
      channel != NULL
                  ? wb_secrets_lookup (self->secrets, self->book_id,
                                       wb_record_get_text (channel, WB_CONNECTION_NAME), SECRET_NAME, NULL)
                  : NULL;

  return secret != NULL;
}

/**
 * wb_desk_check_hint:
 * @headers: names and values in turn, %NULL-terminated
 * @body: as received
 * @is_order: (out): whether it tells of an order, so that the channel is worth a sync now
 *
 * Whether a message is the channel's own. Nothing in it is believed beyond that, and nobody is
 * asked: what changed is read from the shop by the sync, which reads what it would have read.
 *
 * Returns: %FALSE with %WB_ERROR_AUTH when it does not bear the channel's signature,
 * %WB_ERROR_REFUSED when such shops sign none, %WB_ERROR_INVALID when it cannot be read, and
 * %WB_ERROR_SECRETS when the secret cannot be looked up.
 */
gboolean
wb_desk_check_hint (WbDesk            *self,
                    gint64             channel_id,
                    const char *const *headers,
                    GBytes            *body,
                    gboolean          *is_order,
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
  /* None was set, or the place is locked: that says nothing about the message. */
  if (secret == NULL && !wb_secrets_check (self->secrets, error))
    return FALSE;
  if (!wb_shop_read_hint (shop, secret, headers, body, &order_ref, error))
    return FALSE;
  *is_order = order_ref != NULL;
  return TRUE;
}
