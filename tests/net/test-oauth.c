/* SPDX-License-Identifier: GPL-3.0-or-later
 * OAuth 1.0: against published and independently computed vectors, and against a server that checks
 * as WooCommerce does. */
#include "raw-server.h"
#include "wb-http.h"
#include "wb-oauth.h"
#include "wb-time.h"

#include <string.h>

#define KEY          "ck_a1b2"
#define SECRET       "cs_c3+d4"
#define SHOPS_SECRET "cs_0123abcd" /* a shop's are hex, and it does not encode them */

/* The example of RFC 5849, section 3.4.1.1, letter by letter. */
static void
test_base_string (void)
{
  static const char *const parameters[][2] = {
    { "b5", "=%3D" },
    { "a3", "a" },
    { "c@", "" },
    { "a2", "r b" },
    { "oauth_consumer_key", "9djdj82h48djs9d2" },
    { "oauth_token", "kkk9d7dh3k39sjv7" },
    { "oauth_signature_method", "HMAC-SHA1" },
    { "oauth_timestamp", "137131201" },
    { "oauth_nonce", "7d8f3e4a" },
    { "c2", "" },
    { "a3", "2 q" },
  };
  g_autoptr (GPtrArray) pairs = wb_pairs_new ();
  g_autofree char      *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    g_ptr_array_add (pairs, wb_pair_new (parameters[i][0], parameters[i][1]));
  text = wb_oauth_base_string ("post", "http://EXAMPLE.com:80/request?ignored=1", pairs);
  g_assert_cmpstr (
      text, ==,
      "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%"
      "25253D%26c"
      "%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_"
      "signature_"
      "method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7");
}

static void
test_base_uri (void)
{
  static const char *const cases[][2] = {
    { "http://localhost:8080/wp-json", "http%3A%2F%2Flocalhost%3A8080%2Fwp-json" },
    { "https://shop.example:443/a", "https%3A%2F%2Fshop.example%2Fa" },
    { "http://[::1]:81/a%20b", "http%3A%2F%2F%5B%3A%3A1%5D%3A81%2Fa%2520b" },
    { "http://localhost", "http%3A%2F%2Flocalhost%2F" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) none = wb_pairs_new ();
      g_autofree char      *text = wb_oauth_base_string ("GET", cases[i][0], none);
      g_autofree char      *expected = g_strdup_printf ("GET&%s&", cases[i][1]);

      g_assert_cmpstr (text, ==, expected);
    }
}

/* Computed apart from this code with Python 3: hmac.new(b"cs_c3%2Bd4&", base string, sha256),
 * base64. */
static void
test_signature (void)
{
  static const char *const query_in[][2] = {
    { "status[0]", "processing" },
    { "status[1]", "on-hold" },
    { "search", "Süß & Söhne" },
    { "after", "2026-11-18T09:29:59" },
  };
  g_autoptr (GPtrArray) query = wb_pairs_new ();
  g_autoptr (GPtrArray) sent = NULL;
  g_autofree char      *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (query_in); i++)
    g_ptr_array_add (query, wb_pair_new (query_in[i][0], query_in[i][1]));
  sent = wb_oauth_sign ("GET", "http://127.0.0.1:8080/wp-json/wc/v3/orders", query, NULL, KEY,
                        SECRET, "nonce1", 1763800000);
  text = wb_pairs_encode (sent);
  g_assert_cmpstr (text, ==,
                   "after=2026-11-18T09%3A29%3A59&oauth_consumer_key=ck_a1b2&oauth_nonce=nonce1&"
                   "oauth_signature_method=HMAC-"
                   "SHA256&oauth_timestamp=1763800000&oauth_version=1.0&search=S%C3%BC%C3%9F%20%26%"
                   "20S%C3%B6hne&status%5B0%5D="
                   "processing&status%5B1%5D=on-hold&oauth_signature=SuDXLAe5sr0IpOzVxx3cir3UOqZ%"
                   "2FyOU%2FEXuaJ1bh5V0%3D");
  g_assert_cmpuint (query->len, ==, 4); /* the caller's list stays */
}

static void
test_pairs_round_trip (void)
{
  g_autoptr (GPtrArray) pairs = wb_pairs_decode ("a=1+2&b%5B0%5D=%C3%A4&c&=x&d=%zz&&e=%3D%26");
  g_autofree char      *text = wb_pairs_encode (pairs);
  g_autoptr (GPtrArray) none = wb_pairs_decode (NULL);

  g_assert_cmpstr (text, ==, "a=1%202&b%5B0%5D=%C3%A4&c=&d=%25zz&e=%3D%26");
  g_assert_cmpuint (none->len, ==, 0);
}

/* ---- as the shop checks it ---- */

static int
by_top_name (gconstpointer a, gconstpointer b)
{
  g_autofree char *left = g_strdup ((*(WbPair *const *) a)->name);
  g_autofree char *right = g_strdup ((*(WbPair *const *) b)->name);

  left[strcspn (left, "[")] = '\0';
  right[strcspn (right, "[")] = '\0';
  return strcmp (left, right);
}

/* PHP reads the query into nested arrays; the shop sorts only the outermost names, the elements
 * stay in the order they came in; each “name=value” is then encoded once more, and the pieces
 * joined by %26. */
static char *
shop_signature (const char *method, const char *origin, const char *target)
{
  g_auto (GStrv)        halves = g_strsplit (target, "?", 2);
  g_autoptr (GPtrArray) pairs = wb_pairs_decode (halves[1]);
  g_autofree char      *url = g_strconcat (origin, halves[0], NULL);
  g_autofree char      *encoded_url = g_uri_escape_string (url, NULL, FALSE);
  g_autoptr (GString)   text = g_string_new (method);
  const char           *separator = "&";
  guint8                digest[32];
  gsize                 size = sizeof digest;
  GHmac                *hmac =
      g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) SHOPS_SECRET "&", strlen (SHOPS_SECRET) + 1);

  g_string_append_printf (text, "&%s", encoded_url);
  g_ptr_array_sort (pairs, by_top_name); /* stable: GLib's is a merge sort */
  for (guint i = 0; i < pairs->len; i++)
    {
      const WbPair    *pair = pairs->pdata[i];
      g_autofree char *name = g_uri_escape_string (pair->name, NULL, FALSE);
      g_autofree char *value = g_uri_escape_string (pair->value, NULL, FALSE);
      g_autofree char *joined = g_strdup_printf ("%s=%s", name, value);
      g_autofree char *twice = g_uri_escape_string (joined, NULL, FALSE);

      if (g_str_equal (pair->name, "oauth_signature"))
        continue;
      g_string_append_printf (text, "%s%s", separator, twice);
      separator = "%26";
    }
  g_hmac_update (hmac, (const guchar *) text->str, (gssize) text->len);
  g_hmac_get_digest (hmac, digest, &size);
  g_hmac_unref (hmac);
  return g_base64_encode (digest, size);
}

static char *
parameter (const char *target, const char *name)
{
  const char           *mark = strchr (target, '?');
  g_autoptr (GPtrArray) pairs = wb_pairs_decode (mark != NULL ? mark + 1 : NULL);

  for (guint i = 0; i < pairs->len; i++)
    if (g_str_equal (((WbPair *) pairs->pdata[i])->name, name))
      return g_strdup (((WbPair *) pairs->pdata[i])->value);
  return NULL;
}

static void
assert_signed (RawServer *server, guint nth, const char *method)
{
  g_autofree char *origin = raw_server_url (server, "");
  g_autofree char *target = raw_server_target (server, nth);
  g_autofree char *given = parameter (target, "oauth_signature");
  g_autofree char *expected = shop_signature (method, origin, target);

  g_assert_cmpstr (given, ==, expected);
}

static gboolean
no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

static WbHttp *
shop_client (RawServer *server)
{
  g_autofree char       *url = raw_server_url (server, "/wp-json/wc/v3");
  g_autoptr (WbHttpAuth) auth = wb_http_auth_new_oauth1 (KEY, SHOPS_SECRET);
  g_autoptr (GError)     error = NULL;
  WbHttp                *http = wb_http_new (url, auth, &error);

  g_assert_no_error (error);
  wb_http_set_sleep_func (http, no_sleep, NULL);
  return http;
}

/* More than ten elements: the standard puts [10] before [2], PHP keeps the order of the query. */
static void
test_shop_accepts_arrays (void)
{
  static const char *const   ids[] = { "100", "101", "102", "103", "104", "105", "106",
                                       "107", "108", "109", "110", "111", "112", NULL };
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = shop_client (server);
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("GET", "/orders");
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autofree char           *target = NULL;
  g_autofree char           *authorization = NULL;

  wb_http_request_add_query_array (request, "include", ids);
  wb_http_request_add_query_int (request, "per_page", 100);
  wb_http_request_add_query (request, "search", "PL-ŻUB 6+%");
  wb_http_request_add_query (request, "absent", NULL);
  raw_server_add_json (server, 200, "[]");
  response = wb_http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  target = raw_server_target (server, 0);
  g_assert_nonnull (strstr (target, "include%5B12%5D=112"));
  g_assert_null (strstr (target, "absent"));
  g_assert_null (strstr (target, SHOPS_SECRET));
  authorization = raw_server_header (server, 0, "Authorization");
  g_assert_null (authorization);
  assert_signed (server, 0, "GET");
}

/* A nonce is used once, also when a try is repeated by us or would be by libsoup on a dead
 * connection. */
static void
test_fresh_nonce (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = shop_client (server);
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("GET", "/orders");
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) first = NULL;
  g_autoptr (WbHttpResponse) second = NULL;
  g_autoptr (GHashTable)     nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  raw_server_add_json (server, 200, "[]");
  raw_server_add (server, RAW_CLOSE, ""); /* on the used connection */
  raw_server_add_json (server, 502, "{}");
  raw_server_add_json (server, 200, "[]");
  first = wb_http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  second = wb_http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_http_response_get_status (second), ==, 200);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *target = raw_server_target (server, i);

      assert_signed (server, i, "GET");
      g_assert_true (g_hash_table_add (nonces, parameter (target, "oauth_nonce")));
    }
}

static gint64
fixed_clock (gpointer data)
{
  return 1763800000;
}

static void
test_clock_offset (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = shop_client (server);
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("GET", "/orders");
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autofree char           *target = NULL;
  g_autofree char           *timestamp = NULL;

  wb_clock_set (fixed_clock, NULL);
  wb_http_set_clock_offset (http, -1200);
  raw_server_add_json (server, 200, "[]");
  response = wb_http_send (http, request, NULL, &error);
  wb_clock_set (NULL, NULL);
  g_assert_no_error (error);
  target = raw_server_target (server, 0);
  timestamp = parameter (target, "oauth_timestamp");
  g_assert_cmpstr (timestamp, ==, "1763798800");
}

/* A body of JSON is not signed, the parameters of a PUT's query are. */
static void
test_put_json (void)
{
  g_autoptr (RawServer)      server = raw_server_new ();
  g_autoptr (WbHttp)         http = shop_client (server);
  g_autoptr (WbHttpRequest)  request = wb_http_request_new_segments ("PUT", "orders", "42", NULL);
  g_autoptr (JsonNode)       body = json_from_string ("{\"status\":\"completed\"}", NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autofree char           *type = NULL;

  wb_http_request_set_json (request, body);
  raw_server_add_json (server, 200, "{}");
  response = wb_http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  assert_signed (server, 0, "PUT");
  g_assert_cmpstr (raw_server_body (server, 0), ==, "{\"status\":\"completed\"}");
  type = raw_server_header (server, 0, "Content-Type");
  g_assert_cmpstr (type, ==, "application/json");
}

/* The “next” link carries the credentials of the page before: they are replaced, the rest stays. */
static void
test_next_link (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (WbHttp)    http = shop_client (server);
  g_autofree char      *next =
      raw_server_url (server, "/wp-json/wc/v3/orders?per_page=100&status%5B0%5D=processing"
                              "&oauth_consumer_key=old&oauth_nonce=old&oauth_signature=old&page=2");
  g_autoptr (WbHttpRequest)  request = wb_http_request_new_url ("GET", next);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autofree char           *target = NULL;
  g_autofree char           *page = NULL;

  raw_server_add_json (server, 200, "[]");
  response = wb_http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  assert_signed (server, 0, "GET");
  target = raw_server_target (server, 0);
  g_assert_null (strstr (target, "=old"));
  page = parameter (target, "page");
  g_assert_cmpstr (page, ==, "2");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/oauth/base-string", test_base_string);
  g_test_add_func ("/net/oauth/base-uri", test_base_uri);
  g_test_add_func ("/net/oauth/signature", test_signature);
  g_test_add_func ("/net/oauth/pairs", test_pairs_round_trip);
  g_test_add_func ("/net/oauth/arrays", test_shop_accepts_arrays);
  g_test_add_func ("/net/oauth/fresh-nonce", test_fresh_nonce);
  g_test_add_func ("/net/oauth/clock-offset", test_clock_offset);
  g_test_add_func ("/net/oauth/put-json", test_put_json);
  g_test_add_func ("/net/oauth/next-link", test_next_link);
  return g_test_run ();
}
