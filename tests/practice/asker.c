/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks an in-process practice town over a bare socket, so that a broken connection is seen as it
 * is. */
#include "asker.h"

#include "wb-oauth.h"

#include <gio/gio.h>
#include <string.h>

/** answer_free: frees @answer. */
void
answer_free (Answer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->head);
  g_free (answer->body);
  g_clear_pointer (&answer->json, json_node_unref);
  g_free (answer);
}

static GString *
read_all (GInputStream *stream)
{
  GString *text = g_string_new (NULL);
  char     part[65536];
  gssize   n;

  while ((n = g_input_stream_read (stream, part, sizeof part, NULL, NULL)) > 0)
    g_string_append_len (text, part, n);
  return text;
}

static Answer *
answer_new (const GString *text)
{
  Answer          *answer = g_new0 (Answer, 1);
  const char      *gap = strstr (text->str, "\r\n\r\n");
  g_autofree char *owned = NULL;
  const char      *size;

  answer->promised = -1;
  answer->head = g_strndup (text->str, gap != NULL ? (gsize) (gap - text->str) : text->len);
  answer->size = gap != NULL ? text->len - (gsize) (gap + 4 - text->str) : 0;
  answer->body = g_malloc0 (answer->size + 1); /* it may be a picture, with zeros in it */
  if (gap != NULL)
    memcpy (answer->body, gap + 4, answer->size);
  if (g_str_has_prefix (answer->head, "HTTP/1."))
    answer->status = (guint) g_ascii_strtoull (answer->head + 9, NULL, 10);
  size = header_of (answer, "Content-Length", &owned);
  if (size != NULL)
    answer->promised = g_ascii_strtoll (size, NULL, 10);
  answer->json = *answer->body != '\0' ? json_from_string (answer->body, NULL) : NULL;
  return answer;
}

/** ask: sends one request and reads until the town hangs up. */
Answer *
ask (WbTown       *town,
     const char   *method,
     const char   *target,
     const char   *body,
     const Header *headers,
     guint         n_headers)
{
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString)           request = g_string_new (NULL);
  g_autoptr (GString)           text = NULL;
  g_autoptr (GError)            error = NULL;

  connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", wb_town_get_port (town), NULL, &error);
  g_assert_no_error (error);
  g_string_append_printf (request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n",
                          method, target, wb_town_get_port (town));
  for (guint i = 0; i < n_headers; i++)
    if (headers[i].value != NULL)
      g_string_append_printf (request, "%s: %s\r\n", headers[i].name, headers[i].value);
  g_string_append_printf (request, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          body != NULL ? strlen (body) : 0, body != NULL ? body : "");
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request->str,
                             request->len, NULL, NULL, NULL);
  text = read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  return answer_new (text);
}

/** ask_shop_as: a signed request with that key; @clock_error seconds off, @nonce NULL for a fresh
 * one. */
Answer *
ask_shop_as (WbTown     *town,
             const char *method,
             const char *path,
             const char *query,
             const char *body,
             const char *key,
             const char *secret,
             gint64      clock_error,
             const char *nonce)
{
  static guint          count;
  g_autofree char      *base = wb_town_dup_url (town, "shop");
  g_autofree char      *url = g_strconcat (base, "/wp-json/wc/v3", path, NULL);
  g_autofree char      *fresh = g_strdup_printf ("nonce-%u", ++count);
  g_autoptr (GPtrArray) pairs = wb_pairs_decode (query != NULL ? query : "");
  g_autoptr (GPtrArray) form = wb_pairs_new ();
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char      *encoded = NULL;
  g_autofree char      *target = NULL;
  Header                headers[] = { { "Content-Type", "application/json" } };

  all = wb_oauth_sign (method, url, pairs, form, key, secret, nonce != NULL ? nonce : fresh,
                       wb_now () + clock_error);
  encoded = wb_pairs_encode (all);
  target = g_strdup_printf ("/shop/wp-json/wc/v3%s?%s", path, encoded);
  return ask (town, method, target, body, headers, G_N_ELEMENTS (headers));
}

/** ask_shop: a request of the shop's owner. */
Answer *
ask_shop (WbTown *town, const char *method, const char *path, const char *query, const char *body)
{
  return ask_shop_as (town, method, path, query, body, WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET, 0,
                      NULL);
}

/** ask_stripe: a request with the practice key; @form and the idempotency @key may be NULL. */
Answer *
ask_stripe (WbTown *town, const char *method, const char *path, const char *form, const char *key)
{
  g_autofree char *target = g_strconcat ("/stripe/v1", path, NULL);
  Header           headers[] = { { "Authorization", "Bearer " WB_TOWN_STRIPE_KEY },
                                 { "Content-Type",
                         form != NULL ? "application/x-www-form-urlencoded" : NULL },
                                 { "Idempotency-Key", key } };

  return ask (town, method, target, form, headers, G_N_ELEMENTS (headers));
}

/** ask_easypost: a request with the practice key. */
Answer *
ask_easypost (WbTown *town, const char *method, const char *path, const char *body)
{
  g_autofree char *target = g_strconcat ("/easypost/v2", path, NULL);
  g_autofree char *basic = g_base64_encode ((const guchar *) WB_TOWN_EASYPOST_KEY ":",
                                            strlen (WB_TOWN_EASYPOST_KEY) + 1);
  g_autofree char *authorization = g_strconcat ("Basic ", basic, NULL);
  Header headers[] = { { "Authorization", authorization }, { "Content-Type", "application/json" } };

  return ask (town, method, target, body, headers, G_N_ELEMENTS (headers));
}

/** command: the control API; it must be content. */
Answer *
command (WbTown *town, const char *method, const char *path, const char *body)
{
  Answer *answer = ask (town, method, path, body, NULL, 0);

  assert_status (answer, 200);
  return answer;
}

/** header_of: Returns: (nullable): the value of a header, kept in @owned. */
const char *
header_of (const Answer *answer, const char *name, char **owned)
{
  g_auto (GStrv) lines = g_strsplit (answer->head, "\r\n", -1);
  gsize          size = strlen (name);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, size) == 0 && lines[i][size] == ':')
      {
        g_free (*owned);
        *owned = g_strdup (g_strstrip (lines[i] + size + 1));
        return *owned;
      }
  return NULL;
}

/** node_at: Returns: (nullable): the value at "line_items.0.sku" and so on. */
JsonNode *
node_at (JsonNode *root, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  JsonNode      *node = root;

  for (guint i = 0; node != NULL && steps[i] != NULL; i++)
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        node = json_object_get_member (json_node_get_object (node), steps[i]);
      else if (JSON_NODE_HOLDS_ARRAY (node) &&
               g_ascii_strtoull (steps[i], NULL, 10) <
                   json_array_get_length (json_node_get_array (node)))
        node = json_array_get_element (json_node_get_array (node),
                                       (guint) g_ascii_strtoull (steps[i], NULL, 10));
      else
        node = NULL;
    }
  return node;
}

/** text_at: Returns: (transfer full) (nullable): the string there; other values as JSON, NULL for
 * nothing. */
char *
text_at (const Answer *answer, const char *path)
{
  JsonNode *node = answer->json != NULL ? node_at (answer->json, path) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

/** number_at: the whole number there; anything else fails the test. */
gint64
number_at (const Answer *answer, const char *path)
{
  JsonNode *node = answer->json != NULL ? node_at (answer->json, path) : NULL;

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_VALUE (node));
  return json_node_get_int (node);
}

/** length_at: how many elements the array there has ("": the root). */
guint
length_at (const Answer *answer, const char *path)
{
  JsonNode *node =
      answer->json != NULL ? (*path != '\0' ? node_at (answer->json, path) : answer->json) : NULL;

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_ARRAY (node));
  return json_array_get_length (json_node_get_array (node));
}

/** town_up: Returns: (transfer full): a town that serves. */
WbTown *
town_up (const WbTownOptions *options)
{
  g_autoptr (GError) error = NULL;
  WbTown            *town = wb_town_new (options, &error);

  g_assert_no_error (error);
  wb_town_start (town, &error);
  g_assert_no_error (error);
  return town;
}
