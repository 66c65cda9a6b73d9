/* SPDX-License-Identifier: GPL-3.0-or-later
 * No planted secret comes through, and what support needs stays readable. */
#include "wb-redact.h"

#include <string.h>

#define SECRET "s3cr/t+Va lue\"x"

static void
test_registered (void)
{
  static const char *const forms[] = {
    "s3cr/t+Va lue\"x",             /* as it is */
    "s3cr%2Ft%2BVa%20lue%22x",      /* in a URL */
    "s3cr%2ft%2bVa%20lue%22x",      /* in a URL, lower case */
    "s3cr%2Ft%2BVa+lue%22x",        /* in a form */
    "s3cr/t+Va lue\\\"x",           /* in JSON */
    "s3cr\\/t+Va lue\\\"x",         /* in PHP's JSON */
    "czNjci90K1ZhIGx1ZSJ4",         /* base64 */
    "YWxpY2U6czNjci90K1ZhIGx1ZSJ4", /* base64 of alice:… */
  };

  wb_redact_clear ();
  wb_redact_add_pair ("alice", SECRET);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *text = g_strdup_printf ("before %s after", forms[i]);
      g_autofree char *clean = wb_redact_text (text);

      g_assert_cmpstr (clean, ==, "before *** after");
    }
  wb_redact_clear ();
}

/* A registered secret that contains another goes first, so that no rest of it stays. */
static void
test_longest_first (void)
{
  g_autofree char *clean = NULL;

  wb_redact_clear ();
  wb_redact_add ("abcdef");
  wb_redact_add ("abcdef-and-more");
  clean = wb_redact_text ("x abcdef-and-more y abcdef");
  g_assert_cmpstr (clean, ==, "x *** y ***");
  wb_redact_clear ();
}

static void
test_short_is_not_registered (void)
{
  g_autofree char *clean = NULL;

  wb_redact_clear ();
  wb_redact_add ("ship");
  wb_redact_add (NULL);
  clean = wb_redact_text ("ship the shipment");
  g_assert_cmpstr (clean, ==, "ship the shipment");
}

static void
test_text (void)
{
  static const struct
  {
    const char *in;
    const char *out;
  } cases[] = {
    /* JSON members */
    { "{\"consumer_secret\":\"cs_1\",\"id\":7}", "{\"consumer_secret\":\"***\",\"id\":7}" },
    { "{ \"api_key\" : \"EZ\\\"x\" , \"mode\":\"test\"}",
      "{ \"api_key\" : \"***\" , \"mode\":\"test\"}" },
    { "{\"client_secret\":null,\"a\":1}", "{\"client_secret\":null,\"a\":1}" },
    { "{\"token\":12345,\"a\":1}", "{\"token\":\"***\",\"a\":1}" },
    { "{\"has_password\":true}", "{\"has_password\":true}" },
    { "{\"keys\":[{\"key\":\"a]b1\"},2],\"a\":1}", "{\"keys\":\"***\",\"a\":1}" },
    { "{\"Password\":\"cut he", "{\"Password\":\"***\"" },
    { "it\"s {\"token\":\"abc\"}", "it\"s {\"token\":\"***\"}" },
    { "{\"raw\":\"{\\\"token\\\":\\\"abc\\\",\\\"n\\\":1}\"}",
      "{\"raw\":\"{\\\"token\\\":\\\"***\\\",\\\"n\\\":1}\"}" },
    /* names of meta data are no secrets, keys are */
    { "{\"id\":1,\"key\":\"_tracking_number\",\"value\":\"1Z\"}",
      "{\"id\":1,\"key\":\"_tracking_number\",\"value\":\"1Z\"}" },
    { "{\"mode\":\"production\",\"key\":\"k9f8e7d6\"}",
      "{\"mode\":\"production\",\"key\":\"***\"}" },
    /* queries and forms */
    { "GET /x?consumer_key=ck_1&page=2&consumer_secret=cs_2",
      "GET /x?consumer_key=***&page=2&consumer_secret=***" },
    { "oauth_signature=abc%3D&oauth_nonce=77&oauth_consumer_key=k",
      "oauth_signature=***&oauth_nonce=77&oauth_consumer_key=***" },
    { "payment_method_data[card][cvc]=123&amount=100",
      "payment_method_data[card][cvc]=***&amount=100" },
    { "source%5Btoken%5D=tok&amount=1", "source%5Btoken%5D=***&amount=1" },
    { "{\"payment_url\":\"https://s.example/pay?order=1\\u0026key=wc_order_x1\"}",
      "{\"payment_url\":\"https://s.example/pay?order=1\\u0026key=***\"}" },
    { "https://bob:pw@shop.example/a", "https://bob:***@shop.example/a" },
    /* shapes */
    { "Invalid API Key provided: sk_test_4eC39HqLyjWDarjtT1", "Invalid API Key provided: ***" },
    { "sent Basic Y2s6Y3M= and Bearer abc123def456", "sent Basic *** and Bearer ***" },
    { "consumer ck_0123456789abcdef0123456789abcdef01234567 is unknown",
      "consumer *** is unknown" },
    { "card 4242 4242 4242 4242 declined", "card *** declined" },
    { "\"number\":\"4242424242424242\"", "\"number\":\"***\"" },
    /* and what is none */
    { "tracking 9400111899223817428490, order 4242, sum 402.60",
      "tracking 9400111899223817428490, order 4242, sum 402.60" },
    { "HTTP Basic authentication failed", "HTTP Basic authentication failed" },
    { "Idempotency-Key=op-7", "Idempotency-Key=op-7" },
    { "", "" },
  };

  wb_redact_clear ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = wb_redact_text (cases[i].in);

      g_assert_cmpstr (clean, ==, cases[i].out);
    }
}

static void
test_header (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    const char *out;
  } cases[] = {
    { "Authorization", "Basic abc", "***" },
    { "X-API-Key", "abc", "***" },
    { "Set-Cookie", "s=1; Path=/", "***" },
    { "X-WC-Webhook-Signature", "abc", "***" },
    { "Idempotency-Key", "op-1", "op-1" },
    { "X-WP-Total", "589", "589" },
    { "Link", "<https://s.example/o?consumer_key=ck_9&page=2>; rel=\"next\"",
      "<https://s.example/o?consumer_key=***&page=2>; rel=\"next\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = wb_redact_header (cases[i].name, cases[i].value);

      g_assert_cmpstr (clean, ==, cases[i].out);
    }
}

static void
test_body (void)
{
  g_autoptr (GBytes)  binary = g_bytes_new_static ("%PDF-1.7\0\1\2", 11);
  g_autoptr (GString) big = g_string_new ("{\"token\":\"abc\",\"x\":\"");
  g_autoptr (GBytes)  long_body = NULL;
  g_autofree char    *shown = wb_redact_body (binary, "application/pdf", 100);
  g_autofree char    *cut = NULL;
  g_autofree char    *none = wb_redact_body (NULL, NULL, 100);

  g_assert_cmpstr (shown, ==, "[11 bytes, application/pdf]");
  g_assert_cmpstr (none, ==, "");

  for (guint i = 0; i < 700000; i++)
    g_string_append (big, "ä");
  long_body = g_bytes_new (big->str, big->len);
  cut = wb_redact_body (long_body, "application/json", 101);
  g_assert_true (g_str_has_prefix (cut, "{\"token\":\"***\",\"x\":\"ää"));
  g_assert_true (g_utf8_validate (cut, -1, NULL));
  g_assert_nonnull (strstr (cut, "[cut: 1400020 bytes in all]"));
  g_assert_cmpuint (strlen (cut), <, 160);
}

/* A secret that the cut splits must not show its first half. */
static void
test_cut_splits_secret (void)
{
  g_autofree char    *secret = g_strnfill (3000, 'q');
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes)  body = NULL;
  g_autofree char    *shown = NULL;

  wb_redact_clear ();
  wb_redact_add (secret);
  while (text->len < 1024 * 1024 - 1500)
    g_string_append (text,
                     secret); /* each becomes three bytes, so that the end moves to the front */
  g_string_append (text, "tail");
  body = g_bytes_new (text->str, text->len);
  shown = wb_redact_body (body, "text/plain", 16384);
  g_assert_null (strstr (shown, "qqqqqqq"));
  wb_redact_clear ();
}

static void
test_error (void)
{
  g_autoptr (GError) error =
      g_error_new_literal (WB_ERROR, WB_ERROR_AUTH, "GET /?consumer_secret=cs_abc failed");
  GError *none = NULL;

  wb_redact_error (&error);
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_assert_cmpstr (error->message, ==, "GET /?consumer_secret=*** failed");
  wb_redact_error (&none);
  wb_redact_error (NULL);
}

/* Any bytes at all: no crash, valid UTF-8, and the planted secret never shows. */
static void
test_anything (void)
{
  static const char alphabet[] = "\"\\{}[]:,=&? \n<>key token%2F\xc3\xa4\xff";

  wb_redact_clear ();
  wb_redact_add ("PLANTED-1");
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char    *clean = NULL;
      int                 n = g_test_rand_int_range (0, 60);

      for (int i = 0; i < n; i++)
        g_string_append_c (text, alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)]);
      g_string_insert (text, g_test_rand_int_range (0, n + 1), "PLANTED-1");
      clean = wb_redact_text (text->str);
      g_assert_true (g_utf8_validate (clean, -1, NULL));
      g_assert_null (strstr (clean, "PLANTED-1"));
    }
  wb_redact_clear ();
}

/* A megabyte of whatever makes searching slow is still searched in a moment. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "\\",          "\"",         "a",     "a\":",
                                        "\"token\":[", "basic aaaa", "?aaaa", "4 4-",
                                        "{\"k\":1,",   " ",          "://x",  "planted" };

  wb_redact_clear ();
  wb_redact_add ("planted");
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char    *clean = NULL;
      gint64              start;

      while (text->len < 1000 * 1000)
        g_string_append (text, pieces[i]);
      g_string_append (text, " consumer_secret=cs_zzzzzz");
      start = g_get_monotonic_time ();
      clean = wb_redact_text (text->str);
      g_assert_null (strstr (clean, "cs_zzzzzz"));
      g_test_message ("%s: %" G_GINT64_FORMAT " ms", pieces[i],
                      (g_get_monotonic_time () - start) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
    }
  wb_redact_clear ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/redact/registered", test_registered);
  g_test_add_func ("/net/redact/longest-first", test_longest_first);
  g_test_add_func ("/net/redact/short", test_short_is_not_registered);
  g_test_add_func ("/net/redact/text", test_text);
  g_test_add_func ("/net/redact/header", test_header);
  g_test_add_func ("/net/redact/body", test_body);
  g_test_add_func ("/net/redact/cut-splits-secret", test_cut_splits_secret);
  g_test_add_func ("/net/redact/error", test_error);
  g_test_add_func ("/net/redact/anything", test_anything);
  g_test_add_func ("/net/redact/hostile", test_hostile);
  return g_test_run ();
}
