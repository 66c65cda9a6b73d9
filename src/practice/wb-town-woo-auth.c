/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who may ask the shop what: on plain HTTP only OAuth 1.0a signatures count (domain:
 * authentication). */
#include "wb-town-woo.h"

#include <string.h>

#define MAX_AGE (15 * 60)

typedef struct
{
  const char *key;
  const char *secret;
  gboolean    may_read;
  gboolean    may_write;
  gboolean    is_customer;
} Key;

static const Key keys[] = {
  { WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET, TRUE, TRUE, FALSE },
  { "ck_practice_read", "cs_practice_read", TRUE, FALSE, FALSE },
  { "ck_practice_write", "cs_practice_write", FALSE, TRUE, FALSE },
  { "ck_practice_customer", "cs_practice_customer", TRUE, TRUE, TRUE },
};

static const char *const needed[] = { "oauth_consumer_key", "oauth_timestamp", "oauth_nonce",
                                      "oauth_signature", "oauth_signature_method" };

static char *
encode (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

/* PHP numbers "status[]" as it reads: the signature is over "status[0]", "status[1]", ... */
static char *
php_name (const char *name, GHashTable *counts)
{
  g_autofree char *base = NULL;
  guint            n;

  if (!g_str_has_suffix (name, "[]"))
    return g_strdup (name);
  base = g_strndup (name, strlen (name) - 2);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, base));
  g_hash_table_insert (counts, g_strdup (base), GUINT_TO_POINTER (n + 1));
  return g_strdup_printf ("%s[%u]", base, n);
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
parameters_text (GPtrArray *given)
{
  g_autoptr (GPtrArray)  parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < given->len; i++)
    {
      const WbTownPair *pair = g_ptr_array_index (given, i);
      g_autofree char  *name = php_name (pair->name, counts);
      g_autofree char  *encoded = encode (name);
      g_autofree char  *value = encode (pair->value);

      if (strcmp (name, "oauth_signature") != 0)
        g_ptr_array_add (parts, g_strdup_printf ("%s=%s", encoded, value));
    }
  g_ptr_array_sort (parts, compare_texts);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("&", (char **) parts->pdata);
}

/* Over the host name and port the shop calls itself, whatever the client called it. */
static char *
signature_for (
    WbTown *town, WbTownRequest *request, GPtrArray *given, const Key *key, GChecksumType type)
{
  g_autofree char  *base = wb_town_dup_url (town, "shop");
  g_autofree char  *uri = g_strconcat (base, request->path + strlen ("/shop"), NULL);
  g_autofree char  *uri_encoded = encode (uri);
  g_autofree char  *parameters = parameters_text (given);
  g_autofree char  *parameters_encoded = encode (parameters);
  g_autofree char  *text = g_strjoin ("&", request->method, uri_encoded, parameters_encoded, NULL);
  g_autofree char  *secret = g_strconcat (key->secret, town->key_suffix, "&", NULL);
  g_autoptr (GHmac) hmac = g_hmac_new (type, (const guchar *) secret, strlen (secret));
  guint8            digest[64];
  gsize             size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (hmac, digest, &size);
  return g_base64_encode (digest, size);
}

/* The query, and what an OAuth header says: name="value", ... */
static GPtrArray *
parameters_of (WbTownRequest *request)
{
  GPtrArray          *all = wb_town_pairs_parse (request->raw_query);
  g_auto (GStrv)      parts = NULL;
  g_autoptr (GString) form = g_string_new (NULL);

  if (request->authorization == NULL ||
      g_ascii_strncasecmp (request->authorization, "OAuth ", 6) != 0)
    return all;
  parts = g_strsplit (request->authorization + 6, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_strstrip (parts[i]), "=", 2);

      if (pair[0] == NULL || pair[1] == NULL || strcmp (pair[0], "realm") == 0)
        continue;
      g_strdelimit (pair[1], "\"", ' ');
      g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", pair[0],
                              g_strstrip (pair[1]));
    }
  if (form->len > 0)
    g_ptr_array_extend_and_steal (all, wb_town_pairs_parse (form->str));
  return all;
}

static const Key *
key_called (WbTown *town, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_has_prefix (name, keys[i].key) &&
        strcmp (name + strlen (keys[i].key), town->key_suffix) == 0)
      return &keys[i];
  return NULL;
}

static gboolean
refuse_auth (WbTownReply *reply, const char *message)
{
  wb_town_woo_fail (reply, 401, "woocommerce_rest_authentication_error", message);
  return FALSE;
}

/* What an unknown visitor hears; it does not say that plain HTTP is the reason. */
static gboolean
refuse_stranger (WbTownRequest *request, WbTownReply *reply, guint status)
{
  gboolean one = request->params[0] != NULL;

  if (strcmp (request->method, "GET") == 0)
    wb_town_woo_fail (reply, status, "woocommerce_rest_cannot_view",
                      one ? "Sorry, you cannot view this resource."
                          : "Sorry, you cannot list resources.");
  else if (strcmp (request->method, "POST") == 0)
    wb_town_woo_fail (reply, status, "woocommerce_rest_cannot_create",
                      "Sorry, you are not allowed to create resources.");
  else
    wb_town_woo_fail (reply, status, "woocommerce_rest_cannot_edit",
                      "Sorry, you are not allowed to edit this resource.");
  return FALSE;
}

static gboolean
check_signature (
    WbTown *town, WbTownRequest *request, GPtrArray *given, const Key *key, WbTownReply *reply)
{
  const char      *method = wb_town_pairs_get (given, "oauth_signature_method");
  gboolean         sha256 = strcmp (method, "HMAC-SHA256") == 0;
  g_autofree char *expected = NULL;

  if (!sha256 && strcmp (method, "HMAC-SHA1") != 0)
    return refuse_auth (reply, "Invalid signature - signature method is invalid.");
  expected =
      signature_for (town, request, given, key, sha256 ? G_CHECKSUM_SHA256 : G_CHECKSUM_SHA1);
  if (strcmp (expected, wb_town_pairs_get (given, "oauth_signature")) != 0)
    return refuse_auth (reply, "Invalid signature - provided signature does not match.");
  return TRUE;
}

static gboolean
check_freshness (WbTown *town, GPtrArray *given, WbTownReply *reply)
{
  WbInstant now = wb_town_clock (town);
  gint64    stamp = g_ascii_strtoll (wb_town_pairs_get (given, "oauth_timestamp"), NULL, 10);

  if (stamp < now - MAX_AGE || stamp > now + MAX_AGE)
    return refuse_auth (reply, "Invalid timestamp.");
  if (!wb_town_shop_nonce (town->shop, wb_town_pairs_get (given, "oauth_nonce"), now))
    return refuse_auth (reply, "Invalid nonce - nonce has already been used.");
  return TRUE;
}

/** wb_town_woo_authorise: whether the request may be carried out; if not, @reply says why as the
 * real shop does. */
gboolean
wb_town_woo_authorise (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (GPtrArray) given = parameters_of (request);
  gboolean              reads = strcmp (request->method, "GET") == 0;
  guint                 n = 0;
  const Key            *key;

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    n += wb_town_pairs_get (given, needed[i]) != NULL;
  if (n == 0)
    return refuse_stranger (request, reply, 401);
  if (n < G_N_ELEMENTS (needed))
    {
      wb_town_woo_fail (reply, 401, "woocommerce_rest_authentication_missing_parameter",
                        "Missing OAuth parameters");
      return FALSE;
    }
  key = key_called (town, wb_town_pairs_get (given, "oauth_consumer_key"));
  if (key == NULL)
    return refuse_stranger (request, reply, 401);
  if (!check_signature (town, request, given, key, reply) || !check_freshness (town, given, reply))
    return FALSE;
  if (reads ? !key->may_read : !key->may_write)
    return refuse_auth (reply, reads ? "The API key provided does not have read permissions."
                                     : "The API key provided does not have write permissions.");
  return key->is_customer ? refuse_stranger (request, reply, 403) : TRUE;
}
