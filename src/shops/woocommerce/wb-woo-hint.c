/* SPDX-License-Identifier: GPL-3.0-or-later
 * A webhook of WooCommerce: whether the shop sent it, and which order it points at.
 *
 * It is a hint to look at that order now. Several changes come as one delivery, a delivery that
 * fails once never comes again, and after seven in a row the shop switches the webhook off without
 * a word: polling stays the truth. */
#include "wb-woo-shop.h"

#include "wb-text.h"

#include <string.h>

#define DIGEST_SIZE 32

static const char *
header (const char *const *headers, const char *name)
{
  for (guint i = 0; headers != NULL && headers[i] != NULL && headers[i + 1] != NULL; i += 2)
    if (g_ascii_strcasecmp (headers[i], name) == 0)
      return headers[i + 1];
  return NULL;
}

/* The first message of a new webhook: a form, unsigned, without a topic. It says nothing. */
static gboolean
is_ping (const char *const *headers, GBytes *body)
{
  gsize       size;
  const char *text = g_bytes_get_data (body, &size);

  return header (headers, "X-WC-Webhook-Topic") == NULL && size > strlen ("webhook_id=") &&
         size < 64 && memcmp (text, "webhook_id=", strlen ("webhook_id=")) == 0;
}

/* In the same time wherever they differ. */
static gboolean
same_bytes (const guint8 *a, const guint8 *b, gsize size)
{
  guint8 difference = 0;

  for (gsize i = 0; i < size; i++)
    difference |= a[i] ^ b[i];
  return difference == 0;
}

static gboolean
is_signed (const char *secret, const char *signature, GBytes *body)
{
  g_autoptr (GHmac)  hmac = NULL;
  g_autofree guint8 *given = NULL;
  guint8             digest[DIGEST_SIZE];
  gsize              size = sizeof digest, given_size = 0;

  if (wb_text_is_empty (secret) || wb_text_is_empty (signature))
    return FALSE;
  hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  g_hmac_update (hmac, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  g_hmac_get_digest (hmac, digest, &size);
  given = g_base64_decode (signature, &given_size);
  return given_size == size && same_bytes (given, digest, size);
}

/** wb_woo_shop_read_hint: see wb_shop_read_hint(). */
gboolean
wb_woo_shop_read_hint (WbShop            *shop,
                       const char        *secret,
                       const char *const *headers,
                       GBytes            *body,
                       char             **order_ref,
                       GError           **error)
{
  const char          *topic = header (headers, "X-WC-Webhook-Topic");
  g_autoptr (JsonNode) root = NULL;
  g_autofree char     *id = NULL;
  WbJson               at;

  if (is_ping (headers, body))
    {
      *order_ref = NULL;
      return TRUE;
    }
  if (!is_signed (secret, header (headers, "X-WC-Webhook-Signature"), body))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_AUTH,
                   "The message does not bear the signature of the shop's webhook; it was ignored");
      return FALSE;
    }
  if (topic == NULL || !g_str_has_prefix (topic, "order."))
    {
      *order_ref = NULL;
      return TRUE;
    }
  root = wb_json_parse_bytes (body, "webhook", error);
  at = wb_json_root (root, "webhook");
  if (root == NULL)
    return FALSE;
  id = wb_json_scalar_text (&at, "id");
  if (!wb_woo_shop_check_ref (id, error))
    return FALSE;
  *order_ref = g_steal_pointer (&id);
  return TRUE;
}
