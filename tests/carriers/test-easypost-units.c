/* SPDX-License-Identifier: GPL-3.0-or-later
 * EasyPost: units, dates and the body that rates a parcel, without a network. */
#include "wb-easypost-private.h"
#include "wb-test.h"

#include <string.h>

static gint64
at_noon_utc (gpointer data)
{
  return G_GINT64_CONSTANT (1795262400); /* 2026-11-21T12:00:00Z */
}

static void
test_ounces (void)
{
  static const struct
  {
    gint64      grams;
    const char *ounces;
  } cases[] = {
    { 1, "0.1" },        /* 0.035 */
    { 28, "1.0" },       /* 0.988: never below what is weighed */
    { 29, "1.1" },       /* 1.023 */
    { 454, "16.1" },     /* 16.014: one gram over a pound is over the pound */
    { 453, "16.0" },     /* 15.979 */
    { 1000, "35.3" },    /* 35.274 */
    { 31751, "1120.0" }, /* 1119.98: 70 lb, USPS's limit */
    { 31752, "1120.1" }, /* 1120.02 */
    { 100000000, "3527396.2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char               text[WB_MONEY_TEXT_SIZE];
      g_autoptr (GError) error = NULL;

      g_assert_true (wb_easypost_ounces (cases[i].grams, text, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].ounces);
    }
}

/* 28349523125 g are 10^9 oz exactly: the conversion is exact where a double would already round. */
static void
test_ounces_never_understate (void)
{
  for (gint64 grams = 1; grams <= 60000; grams++)
    {
      char               text[WB_MONEY_TEXT_SIZE];
      gint64             tenths;
      g_autoptr (GError) error = NULL;

      g_assert_true (wb_easypost_ounces (grams, text, &error));
      g_assert_true (wb_money_parse_minor (text, 1, &tenths, &error));
      g_assert_cmpint (tenths * G_GINT64_CONSTANT (28349523125), >=,
                       grams * G_GINT64_CONSTANT (10000000000));
      g_assert_cmpint ((tenths - 1) * G_GINT64_CONSTANT (28349523125), <,
                       grams * G_GINT64_CONSTANT (10000000000));
    }
}

static void
test_inches (void)
{
  static const struct
  {
    gint64      mm;
    const char *inches;
  } cases[] = { { 1, "0.1" },   { 254, "10.0" }, { 255, "10.1" },
                { 102, "4.1" }, { 127, "5.0" },  { 1000, "39.4" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[WB_MONEY_TEXT_SIZE];

      g_assert_true (wb_easypost_inches (cases[i].mm, text, NULL));
      g_assert_cmpstr (text, ==, cases[i].inches);
    }
}

static void
test_impossible_measures (void)
{
  static const gint64 wrong[] = { 0, -1, G_MININT64, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      char               text[WB_MONEY_TEXT_SIZE] = "untouched";
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_easypost_ounces (wrong[i], text, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_false (wb_easypost_inches (wrong[i], text, NULL));
      g_assert_cmpstr (text, ==, "untouched");
    }
}

static void
test_label_date (void)
{
  static const struct
  {
    const char *date;
    const char *zone;
    const char *text;
  } cases[] = {
    { "2026-11-21", "Europe/Berlin", "2026-11-21T13:00:00+01:00" },    /* today: now */
    { "2026-11-22", "Pacific/Auckland", "2026-11-22T01:00:00+13:00" }, /* today over there */
    { "2026-11-23", "America/Los_Angeles", "2026-11-23T12:00:00-08:00" },
    { "2026-07-01", "Europe/Berlin", "2026-07-01T12:00:00+02:00" },
  };

  wb_clock_set (at_noon_utc, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *text = wb_easypost_label_date (cases[i].date, cases[i].zone, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
  wb_clock_set (NULL, NULL);
}

static void
test_bad_label_date (void)
{
  static const char *const wrong[][2] = { { "2026-02-30", "Europe/Berlin" },
                                          { "tomorrow", NULL },
                                          { "2026-11-21", "Mars/Olympus" },
                                          { NULL, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wb_easypost_label_date (wrong[i][0], wrong[i][1], &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
}

static void
test_body_needs (void)
{
  g_autoptr (WbOrigin)  from = wb_origin_new ();
  g_autoptr (WbAddress) to = wb_address_new ();
  WbParcelAsk           ask = { .from = from, .to = to, .reference = "R-1", .weight_g = 0 };
  g_autoptr (GError)    error = NULL;

  g_assert_null (wb_easypost_shipment_body (&ask, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (g_strstr_len (error->message, -1, "weight"));
  g_clear_error (&error);
  ask.weight_g = 100;
  ask.length_mm = 200; /* the sizes go together */
  g_assert_null (wb_easypost_shipment_body (&ask, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  ask.length_mm = 0;
  ask.reference = "a reference of more than thirty-five characters";
  g_assert_null (wb_easypost_shipment_body (&ask, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* Whatever the buyer typed ends inside its string. */
static void
test_body_escapes (void)
{
  g_autoptr (WbOrigin)  from = wb_origin_new ();
  g_autoptr (WbAddress) to = wb_address_new ();
  WbParcelAsk           ask = { .from = from, .to = to, .reference = "R\"1\\", .weight_g = 700 };
  g_autofree char      *body = NULL;
  g_autoptr (JsonNode)  root = NULL;
  g_autoptr (GError)    error = NULL;
  WbJson                top, shipment, address;

  wb_record_set_text (to, WB_ADDRESS_NAME, "Bäckerei \"Süß\" & Söhne\n<Köln> %s");
  wb_record_set_text (from, WB_ORIGIN_NAME, "Main store");
  wb_record_set_text (from, WB_ORIGIN_COMPANY, "Practice GmbH");
  body = wb_easypost_shipment_body (&ask, &error);
  g_assert_no_error (error);
  root = wb_json_parse (body, -1, "body", &error);
  g_assert_no_error (error);
  top = wb_json_root (root, "body");
  g_assert_true (wb_json_object (&top, "shipment", &shipment, &error));
  g_assert_cmpstr (wb_json_opt_string (&shipment, "reference"), ==, "R\"1\\");
  g_assert_true (wb_json_object (&shipment, "to_address", &address, &error));
  g_assert_cmpstr (wb_json_opt_string (&address, "name"), ==,
                   "Bäckerei \"Süß\" & Söhne\n<Köln> %s");
  g_assert_true (wb_json_object (&shipment, "from_address", &address, &error));
  g_assert_cmpstr (wb_json_opt_string (&address, "company"), ==, "Practice GmbH");
  g_assert_null (wb_json_opt_string (&address, "name"));
  g_assert_nonnull (strstr (body, "\"parcel\":{\"weight\":24.7}"));
}

/* What customs are told: exact numbers, the goods never heavier than they are, no line padded. */
static void
test_body_customs (void)
{
  g_autoptr (WbOrigin)  from = wb_origin_new ();
  g_autoptr (WbAddress) to = wb_address_new ();
  g_autoptr (WbCustoms) customs = wb_customs_new (WB_CONTENTS_RETURN, "Anna \"A\"", "USD");
  WbParcelAsk           ask = {
              .from = from, .to = to, .reference = "R-1", .weight_g = 700, .customs = customs
  };
  WbCustomsLine     *line = wb_customs_add (customs, "TEE-001", "Teapot");
  g_autofree char   *body = NULL;
  g_autoptr (GError) error = NULL;

  wb_record_set_text (from, WB_ORIGIN_COUNTRY, "US");
  wb_record_set_text (to, WB_ADDRESS_COUNTRY, "DE");
  line->quantity = 2;
  line->weight_g = 100;
  line->value = 4990;
  line->origin = g_strdup ("DE");
  g_assert_null (wb_easypost_shipment_body (&ask, &error)); /* no tariff number */
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Teapot"));
  g_clear_error (&error);
  line->hs_code = g_strdup ("691110");
  body = wb_easypost_shipment_body (&ask, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (
      body, "\"customs_info\":{\"contents_type\":\"returned_goods\",\"customs_certify\":true,"
            "\"customs_signer\":\"Anna \\\"A\\\"\",\"eel_pfc\":\"NOEEI 30.37(a)\""));
  g_assert_nonnull (strstr (body, "\"quantity\":2,\"weight\":3.5,\"value\":49.90,\"currency\":"
                                  "\"USD\",\"hs_tariff_number\":\"691110\","
                                  "\"origin_country\":\"DE\",\"code\":\"TEE-001\""));
  line->value = 250001; /* an export that must be filed */
  g_clear_pointer (&body, g_free);
  g_assert_null (wb_easypost_shipment_body (&ask, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
test_whole_labels (void)
{
  static const struct
  {
    const char *text;
    const char *format;
    gboolean    whole;
  } cases[] = {
    { "%PDF-1.4\nlabel\n%%EOF\n", WB_FORMAT_PDF, TRUE },
    { "%PDF-1.4\nlab", WB_FORMAT_PDF, FALSE },
    { "\x89PNG\r\n\x1a\n dots IEND\xae", WB_FORMAT_PNG, TRUE },
    { "\x89PNG\r\n\x1a\n do", WB_FORMAT_PNG, FALSE },
    { "\r\n^XA^FO1,1^FDx^FS^XZ\r\n", WB_FORMAT_ZPL, TRUE },
    { "^XA^FO1,1^FDx^F", WB_FORMAT_ZPL, FALSE },
    { "", NULL, FALSE },
    { "<html><title>Sign in</title></html>", NULL, FALSE },
    { "GIF89a", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) label = g_bytes_new (cases[i].text, strlen (cases[i].text));

      g_assert_cmpstr (wb_label_sniff_format (label), ==, cases[i].format);
      g_assert_cmpint (wb_easypost_label_is_whole (label), ==, cases[i].whole);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/easypost/units/ounces", test_ounces);
  g_test_add_func ("/easypost/units/ounces-never-understate", test_ounces_never_understate);
  g_test_add_func ("/easypost/units/inches", test_inches);
  g_test_add_func ("/easypost/units/impossible", test_impossible_measures);
  g_test_add_func ("/easypost/date/label", test_label_date);
  g_test_add_func ("/easypost/date/bad", test_bad_label_date);
  g_test_add_func ("/easypost/body/needs", test_body_needs);
  g_test_add_func ("/easypost/body/escapes", test_body_escapes);
  g_test_add_func ("/easypost/label/whole", test_whole_labels);
  g_test_add_func ("/easypost/units/body-customs", test_body_customs);
  return g_test_run ();
}
