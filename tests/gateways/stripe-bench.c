/* SPDX-License-Identifier: GPL-3.0-or-later
 * A Stripe account at a vendor double, for the tests of the wire. */
#include "stripe-bench.h"

#include "wb-test.h"

#include <string.h>

static gboolean
no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

WbGateway *
open_with (VendorDouble *vendor, const char *path, const char *key, GError **error)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autofree char         *url = vendor_double_url (vendor, path);
  const char              *secrets[] = { key, NULL };

  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  return wb_stripe_provider.open (connection, secrets, error);
}

void
bench_up (Bench *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bench->vendor = vendor_double_new ();
  bench->gateway = open_with (bench->vendor, "", "sk_test_secret", &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_STRIPE (bench->gateway)->http, no_sleep, NULL);
}

void
bench_down (Bench *bench, gconstpointer data)
{
  g_object_unref (bench->gateway);
  vendor_double_free (bench->vendor);
}

WbMoneyAsk
ask_for (gint64 minor)
{
  return (WbMoneyAsk){ .payment_ref = "pi_1",
                       .amount = wb_money (minor, "EUR"),
                       .key = "capture-7-1",
                       .reference = "WB-7-1" };
}

/* An intent of 100.00 EUR. @card: members of the card, @more: of the intent. */
static char *
intent_json (const char *status, gint64 received, const char *card, const char *more)
{
  gboolean open = g_str_equal (status, "requires_capture");

  return g_strdup_printf ("{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"status\":\"%s\","
                          "\"currency\":\"eur\",\"amount\":10000,"
                          "\"amount_capturable\":%" G_GINT64_FORMAT
                          ",\"amount_received\":%" G_GINT64_FORMAT ",\"latest_charge\":{"
                          "\"id\":\"ch_1\",\"amount\":10000,\"amount_captured\":%" G_GINT64_FORMAT
                          ",\"amount_refunded\":0,"
                          "\"balance_transaction\":null,\"payment_method_details\":{\"type\":"
                          "\"card\",\"card\":{%s}}}%s}",
                          status, open ? 10000 - received : 0, received, received, card, more);
}

void
say_intent (Bench      *bench,
            const char *method,
            const char *path,
            const char *status,
            gint64      received,
            const char *card,
            const char *more)
{
  g_autofree char *json = intent_json (status, received, card, more);

  vendor_double_say (bench->vendor, method, path, 200, json);
}

void
say_open (Bench *bench)
{
  say_intent (bench, "GET", INTENT, "requires_capture", 0, "", "");
}

/* What was sent, as fields of the form that the published document knows. */
void
check_form (const char *operation, const Heard *heard)
{
  g_autofree char     *path = wb_test_contract ("stripe/spec3.fulfilment-subset.json");
  g_autofree char     *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_auto (GStrv)       pairs = g_strsplit (heard->body, "&", -1);
  const char          *steps[] = { "paths",       operation,    "post",
                                   "requestBody", "content",    "application/x-www-form-urlencoded",
                                   "schema",      "properties", NULL };
  JsonObject          *at;

  g_assert_true (g_str_has_prefix (heard->type, "application/x-www-form-urlencoded"));
  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  root = wb_json_parse (text, -1, "spec", NULL);
  at = json_node_get_object (root);
  for (guint i = 0; steps[i] != NULL; i++)
    at = json_object_get_object_member (at, steps[i]);
  for (guint i = 0; pairs[i] != NULL && *pairs[i] != '\0'; i++)
    {
      g_autofree char *name = g_uri_unescape_string (pairs[i], NULL);

      name[strcspn (name, "=[")] = '\0';
      if (!json_object_has_member (at, name) &&
          !g_str_equal (name, "final_capture")) /* newer than the document */
        g_error ("%s knows no field %s", operation, name);
    }
}

void
check_field (const Heard *heard, const char *name, const char *value)
{
  g_autofree char *found = vendor_double_field (heard, name);

  g_assert_cmpstr (found, ==, value);
}

/* Adds @tests to the suite, each on a bench of its own. */
void
bench_add (const BenchTest *tests, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat ("/stripe/", tests[i].path, NULL);

      g_test_add (path, Bench, NULL, bench_up, tests[i].func, bench_down);
    }
}
