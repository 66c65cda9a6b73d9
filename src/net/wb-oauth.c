/* SPDX-License-Identifier: GPL-3.0-or-later
 * RFC 5849 signatures with HMAC-SHA256 and no token, and the lists of parameters they are made of.
 *
 * Two things of WooCommerce shape this (seen on 7.9 and 11.0): it accepts only `status[0]=`, never
 * `status[]=`; and it sorts the parameters by their names but keeps the elements of an array in the
 * order they were sent. The standard sorts `include[10]` before `include[2]`. Both agree when the
 * query is sent in the very order it was signed in, so wb_oauth_sign() returns it sorted. */
#include "wb-oauth.h"

#include <string.h>

/** wb_pair_new: Returns: (transfer full): copies of @name and @value (%NULL: empty). */
WbPair *
wb_pair_new (const char *name, const char *value)
{
  WbPair *pair = g_new (WbPair, 1);

  pair->name = g_strdup (name);
  pair->value = g_strdup (value != NULL ? value : "");
  return pair;
}

/** wb_pair_free: Frees @pair and its texts. */
void
wb_pair_free (WbPair *pair)
{
  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

/** wb_pairs_new: Returns: (transfer container): an empty list of #WbPair that owns its elements. */
GPtrArray *
wb_pairs_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wb_pair_free);
}

static gpointer
copy_pair (gconstpointer pair, gpointer data)
{
  return wb_pair_new (((const WbPair *) pair)->name, ((const WbPair *) pair)->value);
}

/** wb_pairs_copy: Returns: (transfer container): copies of all @pairs. */
GPtrArray *
wb_pairs_copy (GPtrArray *pairs)
{
  GPtrArray *copy = wb_pairs_new ();

  g_ptr_array_extend (copy, pairs, (GCopyFunc) copy_pair, NULL);
  return copy;
}

/** wb_percent_encode: Returns: (transfer full): @text with all but A-Z a-z 0-9 - . _ ~ as %XX (RFC
 * 5849, 3.6). */
char *
wb_percent_encode (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

static char *
encode_joined (GPtrArray *pairs, const char *equals, const char *ampersand)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      const WbPair    *pair = pairs->pdata[i];
      g_autofree char *name = wb_percent_encode (pair->name);
      g_autofree char *value = wb_percent_encode (pair->value);

      g_string_append_printf (out, "%s%s%s%s", i > 0 ? ampersand : "", name, equals, value);
    }
  return g_string_free (out, FALSE);
}

/** wb_pairs_encode: Returns: (transfer full): @pairs as a query or a form, in their order. */
char *
wb_pairs_encode (GPtrArray *pairs)
{
  return encode_joined (pairs, "=", "&");
}

static char *
decode (const char *text, gssize length)
{
  g_autofree char *blanks = length < 0 ? g_strdup (text) : g_strndup (text, (gsize) length);
  char            *plain;

  g_strdelimit (blanks, "+", ' ');
  plain = g_uri_unescape_string (blanks, NULL);
  return plain != NULL ? plain : g_steal_pointer (&blanks);
}

/** wb_pairs_decode: Returns: (transfer container): the parameters of @query (without “?”), in their
 * order. */
GPtrArray *
wb_pairs_decode (const char *query)
{
  GPtrArray     *pairs = wb_pairs_new ();
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char      *equals = strchr (parts[i], '=');
      g_autofree char *name = decode (parts[i], equals != NULL ? equals - parts[i] : -1);
      g_autofree char *value = decode (equals != NULL ? equals + 1 : "", -1);

      if (*name != '\0')
        g_ptr_array_add (pairs, wb_pair_new (name, value));
    }
  return pairs;
}

/* By encoded name, then encoded value, as bytes (RFC 5849, 3.4.1.3.2). */
static gint
compare_pairs (gconstpointer a, gconstpointer b)
{
  const WbPair    *left = *(WbPair *const *) a;
  const WbPair    *right = *(WbPair *const *) b;
  g_autofree char *left_name = wb_percent_encode (left->name);
  g_autofree char *right_name = wb_percent_encode (right->name);
  g_autofree char *left_value = wb_percent_encode (left->value);
  g_autofree char *right_value = wb_percent_encode (right->value);
  int              order = strcmp (left_name, right_name);

  return order != 0 ? order : strcmp (left_value, right_value);
}

/* The URL without query, lower-case scheme and host, no default port (RFC 5849, 3.4.1.2). */
static char *
base_uri (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;
  const char      *path;
  gboolean         plain_port;
  gboolean         v6;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup (url);
  scheme = g_ascii_strdown (g_uri_get_scheme (uri), -1);
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  plain_port = g_uri_get_port (uri) == -1 ||
               g_uri_get_port (uri) == (g_str_equal (scheme, "https") ? 443 : 80);
  port = plain_port ? g_strdup ("") : g_strdup_printf (":%d", g_uri_get_port (uri));
  v6 = strchr (host, ':') != NULL;
  path = g_uri_get_path (uri);
  return g_strdup_printf ("%s://%s%s%s%s%s", scheme, v6 ? "[" : "", host, v6 ? "]" : "", port,
                          *path != '\0' ? path : "/");
}

/**
 * wb_oauth_base_string:
 * @pairs: all parameters to sign, in any order
 *
 * Returns: (transfer full): the text that is signed (RFC 5849, 3.4.1).
 */
char *
wb_oauth_base_string (const char *method, const char *url, GPtrArray *pairs)
{
  g_autoptr (GPtrArray) sorted = wb_pairs_copy (pairs);
  g_autofree char      *verb = g_ascii_strup (method, -1);
  g_autofree char      *plain_uri = base_uri (url);
  g_autofree char      *uri = wb_percent_encode (plain_uri);
  g_autofree char      *joined = NULL;
  g_autofree char      *parameters = NULL;

  g_ptr_array_sort (sorted, compare_pairs);
  joined = wb_pairs_encode (sorted);
  parameters = wb_percent_encode (joined);
  return g_strdup_printf ("%s&%s&%s", verb, uri, parameters);
}

static char *
hmac_sha256_base64 (const char *key, const char *text)
{
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  guint8 digest[32];
  gsize  size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (hmac, digest, &size);
  g_hmac_unref (hmac);
  return g_base64_encode (digest, size);
}

/**
 * wb_oauth_sign:
 * @url: the address as it is sent, host and port included; a query in it is ignored
 * @query: the query's parameters, without any `oauth_` ones
 * @form: (nullable): the parameters of a form body; a JSON body is not signed
 * @nonce: used for this one request, never again, not even for its repetition
 * @timestamp: seconds since 1970 by the shop's clock
 *
 * Returns: (transfer container): the whole query to send, in this order: @query and the `oauth_`
 * parameters sorted, the signature last.
 */
GPtrArray *
wb_oauth_sign (const char *method,
               const char *url,
               GPtrArray  *query,
               GPtrArray  *form,
               const char *key,
               const char *secret,
               const char *nonce,
               gint64      timestamp)
{
  g_autoptr (GPtrArray) sent = wb_pairs_copy (query);
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char      *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, timestamp);
  g_autofree char      *encoded_secret = wb_percent_encode (secret);
  g_autofree char      *hmac_key = g_strdup_printf ("%s&", encoded_secret);
  g_autofree char      *text = NULL;
  g_autofree char      *signature = NULL;

  g_ptr_array_add (sent, wb_pair_new ("oauth_consumer_key", key));
  g_ptr_array_add (sent, wb_pair_new ("oauth_nonce", nonce));
  g_ptr_array_add (sent, wb_pair_new ("oauth_signature_method", "HMAC-SHA256"));
  g_ptr_array_add (sent, wb_pair_new ("oauth_timestamp", seconds));
  g_ptr_array_add (sent, wb_pair_new ("oauth_version", "1.0"));
  g_ptr_array_sort (sent, compare_pairs);

  all = wb_pairs_copy (sent);
  for (guint i = 0; form != NULL && i < form->len; i++)
    g_ptr_array_add (all, copy_pair (form->pdata[i], NULL));
  text = wb_oauth_base_string (method, url, all);
  signature = hmac_sha256_base64 (hmac_key, text);
  g_ptr_array_add (sent, wb_pair_new ("oauth_signature", signature));
  return g_steal_pointer (&sent);
}
