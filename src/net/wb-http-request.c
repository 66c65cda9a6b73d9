/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is asked, and as whom: the request builder and the kinds of credentials. */
#include "wb-http-private.h"

#include <string.h>

/* ---- credentials ---- */

static WbHttpAuth *
auth_new_header (const char *scheme, const char *value)
{
  WbHttpAuth *auth = g_new0 (WbHttpAuth, 1);

  auth->kind = WB_HTTP_AUTH_HEADER;
  auth->header = g_strdup_printf ("%s %s", scheme, value);
  return auth;
}

/** wb_http_auth_new_none: Returns: (transfer full): no credentials. */
WbHttpAuth *
wb_http_auth_new_none (void)
{
  return g_new0 (WbHttpAuth, 1);
}

/** wb_http_auth_new_basic: Returns: (transfer full): HTTP Basic (RFC 7617), UTF-8. Only @password
 * is taken for a secret. */
WbHttpAuth *
wb_http_auth_new_basic (const char *user, const char *password)
{
  g_autofree char *pair = g_strdup_printf ("%s:%s", user, password);
  g_autofree char *base64 = g_base64_encode ((const guchar *) pair, strlen (pair));

  wb_redact_add_pair (user, password);
  if (g_str_has_prefix (user, "ck_"))
    wb_redact_add (user); /* WooCommerce's consumer key is one half of the secret */
  return auth_new_header ("Basic", base64);
}

/** wb_http_auth_new_bearer: Returns: (transfer full): `Authorization: Bearer`. */
WbHttpAuth *
wb_http_auth_new_bearer (const char *token)
{
  wb_redact_add (token);
  return auth_new_header ("Bearer", token);
}

/** wb_http_auth_new_key: Returns: (transfer full): @key as the user name of HTTP Basic with no
 * password (EasyPost). */
WbHttpAuth *
wb_http_auth_new_key (const char *key)
{
  g_autofree char *pair = g_strdup_printf ("%s:", key);
  g_autofree char *base64 = g_base64_encode ((const guchar *) pair, strlen (pair));

  wb_redact_add (key);
  wb_redact_add_pair (key, NULL);
  return auth_new_header ("Basic", base64);
}

/**
 * wb_http_auth_new_oauth1:
 * Returns: (transfer full): OAuth 1.0 without tokens, HMAC-SHA256, in the query. Each try gets its
 * own nonce and time.
 */
WbHttpAuth *
wb_http_auth_new_oauth1 (const char *consumer_key, const char *consumer_secret)
{
  WbHttpAuth *auth = g_new0 (WbHttpAuth, 1);

  wb_redact_add (consumer_key);
  wb_redact_add_pair (consumer_key, consumer_secret);
  auth->kind = WB_HTTP_AUTH_OAUTH1;
  auth->key = g_strdup (consumer_key);
  auth->secret = g_strdup (consumer_secret);
  return auth;
}

WbHttpAuth *
wb_http_auth_copy (const WbHttpAuth *auth)
{
  WbHttpAuth *copy = g_new0 (WbHttpAuth, 1);

  if (auth == NULL)
    return copy;
  copy->kind = auth->kind;
  copy->header = g_strdup (auth->header);
  copy->key = g_strdup (auth->key);
  copy->secret = g_strdup (auth->secret);
  return copy;
}

/** wb_http_auth_free: Frees @auth; %NULL is fine. */
void
wb_http_auth_free (WbHttpAuth *auth)
{
  if (auth == NULL)
    return;
  g_free (auth->header);
  g_free (auth->key);
  g_free (auth->secret);
  g_free (auth);
}

/* ---- requests ---- */

static WbHttpRequest *
request_new (const char *method)
{
  WbHttpRequest *request = g_new0 (WbHttpRequest, 1);

  request->method = g_ascii_strup (method, -1);
  request->effect = !g_str_equal (request->method, "GET") && !g_str_equal (request->method, "HEAD");
  request->query = wb_pairs_new ();
  request->headers = wb_pairs_new ();
  return request;
}

/**
 * wb_http_request_new:
 * @path: below the base URL, already percent-encoded, without query. For parts that come from
 * outside (an id) use wb_http_request_new_segments().
 */
WbHttpRequest *
wb_http_request_new (const char *method, const char *path)
{
  WbHttpRequest *request = request_new (method);

  request->path = g_strdup (path);
  return request;
}

/**
 * wb_http_request_new_segments:
 * @method: the HTTP verb, followed by the parts of the path below the base URL, ended by %NULL
 *
 * Each part is percent-encoded whole: an id with “/”, “?” or “..” stays one part.
 */
WbHttpRequest *
wb_http_request_new_segments (const char *method, ...)
{
  WbHttpRequest *request = request_new (method);
  GString       *path = g_string_new (NULL);
  const char    *part;
  va_list        parts;

  va_start (parts, method);
  while ((part = va_arg (parts, const char *)) != NULL)
    {
      gboolean         dots = g_str_equal (part, ".") || g_str_equal (part, "..");
      g_autofree char *safe = wb_percent_encode (part);

      /* Dots would be resolved away and reach another resource; nobody has such an id, so let it be
       * not found. */
      g_string_append_printf (path, "/%s", dots ? "%252E" : safe);
    }
  va_end (parts);
  request->path = g_string_free (path, FALSE);
  return request;
}

/**
 * wb_http_request_new_url:
 * @url: absolute, at the origin of the client's base URL (a “next” link); elsewhere wb_http_send()
 * refuses it, so that credentials do not leave for another host
 */
WbHttpRequest *
wb_http_request_new_url (const char *method, const char *url)
{
  WbHttpRequest *request = request_new (method);

  request->url = g_strdup (url);
  return request;
}

/** wb_http_request_free: Frees @request; %NULL is fine. */
void
wb_http_request_free (WbHttpRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->method);
  g_free (request->path);
  g_free (request->url);
  g_ptr_array_unref (request->query);
  g_clear_pointer (&request->form, g_ptr_array_unref);
  g_ptr_array_unref (request->headers);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request->content_type);
  g_free (request->idempotency_key);
  g_free (request);
}

/** wb_http_request_add_query: adds a parameter, both as plain text. A %NULL @value adds nothing. */
void
wb_http_request_add_query (WbHttpRequest *request, const char *name, const char *value)
{
  if (value != NULL)
    g_ptr_array_add (request->query, wb_pair_new (name, value));
}

/** wb_http_request_add_query_int: wb_http_request_add_query() of a whole number. */
void
wb_http_request_add_query_int (WbHttpRequest *request, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  wb_http_request_add_query (request, name, text);
}

/** wb_http_request_add_query_array: adds `name[0]=`, `name[1]=`…, the only form that WooCommerce's
 * signatures accept. */
void
wb_http_request_add_query_array (WbHttpRequest     *request,
                                 const char        *name,
                                 const char *const *values)
{
  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *indexed = g_strdup_printf ("%s[%u]", name, i);

      wb_http_request_add_query (request, indexed, values[i]);
    }
}

/** wb_http_request_set_body: sends @body as it is. Replaces any earlier body or form. */
void
wb_http_request_set_body (WbHttpRequest *request, GBytes *body, const char *content_type)
{
  GBytes *kept = g_bytes_ref (body);

  g_clear_pointer (&request->form, g_ptr_array_unref);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request->content_type);
  request->body = kept;
  request->content_type = g_strdup (content_type);
}

/** wb_http_request_set_json: sends @root (borrowed, written at once) as UTF-8 JSON. */
void
wb_http_request_set_json (WbHttpRequest *request, JsonNode *root)
{
  char              *text = json_to_string (root, FALSE);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  wb_http_request_set_body (request, body, "application/json");
}

/**
 * wb_http_request_add_form:
 * @name: with brackets for nested parts, as in `metadata[order]` or `items[0][id]`
 *
 * Adds a field to a form body (application/x-www-form-urlencoded). A %NULL @value adds nothing, but
 * makes it a form.
 */
void
wb_http_request_add_form (WbHttpRequest *request, const char *name, const char *value)
{
  g_clear_pointer (&request->body, g_bytes_unref);
  if (request->form == NULL)
    request->form = wb_pairs_new ();
  if (value != NULL)
    g_ptr_array_add (request->form, wb_pair_new (name, value));
}

/** wb_http_request_add_form_int: wb_http_request_add_form() of a whole number, such as an amount in
 * minor units. */
void
wb_http_request_add_form_int (WbHttpRequest *request, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  wb_http_request_add_form (request, name, text);
}

/** wb_http_request_set_header: sends header @name besides those of the client; a later value
 * replaces an earlier. */
void
wb_http_request_set_header (WbHttpRequest *request, const char *name, const char *value)
{
  g_ptr_array_add (request->headers, wb_pair_new (name, value));
}

/**
 * wb_http_request_set_idempotency:
 * @header: the header the vendor documents, “Idempotency-Key”
 * @key: the operation's key, already on disk
 *
 * Says that the vendor promises to act once however often it is sent: wb_http_send() may then
 * repeat it.
 */
void
wb_http_request_set_idempotency (WbHttpRequest *request, const char *header, const char *key)
{
  wb_http_request_set_header (request, header, key);
  g_free (request->idempotency_key);
  request->idempotency_key = g_strdup (key);
}

/**
 * wb_http_request_set_effect:
 * Corrects the guess from the verb: a POST that only searches or verifies has no effect and may be
 * repeated; a GET that acts has one.
 */
void
wb_http_request_set_effect (WbHttpRequest *request, gboolean effect)
{
  request->effect = effect;
}

/** wb_http_request_has_effect: Returns: whether sending it twice might do something twice. */
gboolean
wb_http_request_has_effect (const WbHttpRequest *request)
{
  return request->effect;
}

/** wb_http_request_set_timeout: @total_seconds for the whole call, waits and repetitions included;
 * 0: as the client says. */
void
wb_http_request_set_timeout (WbHttpRequest *request, guint total_seconds)
{
  request->total_seconds = total_seconds;
}

/** wb_http_request_set_max_size: the largest body in bytes to accept (decompressed); 0: as the
 * client says. */
void
wb_http_request_set_max_size (WbHttpRequest *request, gsize max_size)
{
  request->max_size = max_size;
}

/* Returns: (transfer full) (nullable): the bytes to send. */
GBytes *
wb_http_request_dup_body (const WbHttpRequest *request, const char **content_type)
{
  char *text;

  *content_type = request->content_type;
  if (request->body != NULL)
    return g_bytes_ref (request->body);
  if (request->form == NULL)
    return NULL;
  *content_type = "application/x-www-form-urlencoded";
  text = wb_pairs_encode (request->form);
  return g_bytes_new_take (text, strlen (text));
}
