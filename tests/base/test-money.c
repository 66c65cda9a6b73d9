/* SPDX-License-Identifier: GPL-3.0-or-later
 * Money stays exact: reading, writing, adding and splitting, to both ends of 64 bits. */
#include "wb-money.h"

#include <locale.h>
#include <string.h>

#define UNTOUCHED 4711

typedef struct
{
  const char *text;
  guint       exponent;
  gint64      minor;
} Good;

static const Good good[] = {
  { "0", 2, 0 },
  { "-0", 2, 0 },
  { "-0.00", 2, 0 },
  { "7", 2, 700 },
  { "+7", 2, 700 },
  { "7.", 2, 700 },
  { ".5", 2, 50 },
  { "-.05", 2, -5 },
  { "-2.50", 2, -250 },
  { "402.60", 2, 40260 },
  { "402.6", 2, 40260 },
  { "402.6000000000000000000000000", 2, 40260 },
  { "0000000000000000000000000001.10", 2, 110 },
  { "94811.00", 0, 94811 }, /* how WooCommerce writes yen */
  { "94811", 0, 94811 },
  { "1.234", 3, 1234 },
  { "1.2", 3, 1200 },
  { "0.0001", 4, 1 },
  { "92233720368547758.07", 2, G_MAXINT64 },
  { "-92233720368547758.08", 2, G_MININT64 },
  { "9223372036854775807", 0, G_MAXINT64 },
  { "-9223372036854775808", 0, G_MININT64 },
  { "-9223372036854775808.000", 0, G_MININT64 },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64             minor = UNTOUCHED;

      g_test_message ("%s", good[i].text);
      g_assert_true (wb_money_parse_minor (good[i].text, good[i].exponent, &minor, &error));
      g_assert_no_error (error);
      g_assert_cmpint (minor, ==, good[i].minor);
    }
}

typedef struct
{
  const char *text;
  guint       exponent;
  const char *why;
} Bad;

static const Bad bad[] = {
  { NULL, 2, "it is empty" },
  { "", 2, "it is empty" },
  { "-", 2, "expected digits" }, /* a WooCommerce refund with no amount */
  { "+", 2, "expected digits" },
  { ".", 2, "expected digits" },
  { "-.", 2, "expected digits" },
  { "--1", 2, "expected digits" },
  { "+-1", 2, "expected digits" },
  { " 1", 2, "expected digits" },
  { "1 ", 2, "expected digits" },
  { "1\n", 2, "expected digits" },
  { "1,50", 2, "expected digits" },
  { "1.310,00", 2, "expected digits" },
  { "1 310.00", 2, "expected digits" },
  { "1.2.3", 2, "expected digits" },
  { "1e2", 2, "expected digits" },
  { "0x10", 2, "expected digits" },
  { "NaN", 2, "expected digits" },
  { "inf", 2, "expected digits" },
  { "EUR 5", 2, "expected digits" },
  { "5 EUR", 2, "expected digits" },
  { "\xd9\xa1\xd9\xa2", 2, "expected digits" }, /* Arabic-Indic digits */
  { "\xe2\x88\x92"
    "5",
    2, "expected digits" }, /* a typographic minus */
  { "1.005", 2, "finer than the currency's smallest unit" },
  { "0.420000000000000040", 2, "finer than the currency's smallest unit" },
  { "94811.20", 0, "finer than the currency's smallest unit" },
  { "1.0001", 3, "finer than the currency's smallest unit" },
  { "92233720368547758.08", 2, "too large" },
  { "-92233720368547758.09", 2, "too large" },
  { "9223372036854775808", 0, "too large" },
  { "-9223372036854775809", 0, "too large" },
  { "922337203685477581", 2, "too large" },
  { "9223372036854775807.01", 2, "too large" },
  { "99999999999999999999999999999999999999999", 2, "too large" },
};

static void
test_parse_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64             minor = UNTOUCHED;

      g_test_message ("%s", bad[i].text);
      g_assert_false (wb_money_parse_minor (bad[i].text, bad[i].exponent, &minor, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, bad[i].why));
      if (bad[i].text != NULL)
        g_assert_nonnull (strstr (error->message, bad[i].text));
      g_assert_cmpint (minor, ==, UNTOUCHED);
    }
  g_assert_false (wb_money_parse_minor ("x", 2, NULL, NULL));
}

static void
test_parse_currency (void)
{
  static const char *const not_codes[] = { "", "eur", "EU", "EURO", "E1R", "€", "EU\xc3\x84" };
  WbMoney                  money = wb_money (UNTOUCHED, "CHF");

  g_assert_true (wb_money_parse ("94811.00", "JPY", &money, NULL));
  g_assert_cmpint (money.minor, ==, 94811);
  g_assert_true (wb_money_parse ("3.075", "KWD", &money, NULL));
  g_assert_cmpint (money.minor, ==, 3075);
  g_assert_cmpstr (money.currency, ==, "KWD");
  g_assert_true (wb_money_parse ("1.25", "UYW", &money, NULL));
  g_assert_cmpint (money.minor, ==, 12500);

  money = wb_money (UNTOUCHED, "CHF");
  for (guint i = 0; i < G_N_ELEMENTS (not_codes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_money_parse ("1.00", not_codes[i], &money, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
  g_assert_false (wb_money_parse ("1.00", NULL, &money, NULL));
  g_assert_false (wb_money_parse ("94811.20", "JPY", &money, NULL));
  g_assert_true (wb_money_equal (money, wb_money (UNTOUCHED, "CHF")));
}

/* Whatever is written is read back, in every exponent there is. */
static void
test_round_trip (void)
{
  static const gint64 ends[] = { G_MININT64, G_MININT64 + 1, -100,      -99, -1, 0, 1, 9, 10, 99,
                                 100,        G_MAXINT64 - 1, G_MAXINT64 };
  g_autoptr (GRand)   rand = g_rand_new_with_seed (20261122);

  for (guint round = 0; round < 20000; round++)
    {
      guint            exponent = round % 5;
      gint64           random = (gint64) (((guint64) g_rand_int (rand) << 32) | g_rand_int (rand));
      gint64           minor = round < 5 * G_N_ELEMENTS (ends) ? ends[round / 5]
                                                               : random >> g_rand_int_range (rand, 0, 63);
      g_autofree char *text = wb_minor_to_decimal (minor, exponent);
      gint64           back = UNTOUCHED;

      g_assert_true (wb_money_parse_minor (text, exponent, &back, NULL));
      g_assert_cmpint (back, ==, minor);
    }
}

static void
assert_decimal (gint64 minor, guint exponent, const char *expected)
{
  g_autofree char *text = wb_minor_to_decimal (minor, exponent);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_decimal (void)
{
  g_autofree char *yen = wb_money_to_decimal (wb_money (94811, "JPY"));
  g_autofree char *dinar = wb_money_to_decimal (wb_money (-5, "KWD"));

  assert_decimal (G_MININT64, 2, "-92233720368547758.08");
  assert_decimal (G_MININT64, 0, "-9223372036854775808");
  assert_decimal (G_MAXINT64, 4, "922337203685477.5807");
  assert_decimal (-250, 2, "-2.50");
  assert_decimal (-5, 2, "-0.05");
  assert_decimal (5, 3, "0.005");
  assert_decimal (0, 2, "0.00");
  g_assert_cmpstr (yen, ==, "94811");
  g_assert_cmpstr (dinar, ==, "-0.005");
}

static void
assert_text (gint64 minor, const char *currency, const char *expected)
{
  g_autofree char *text = wb_money_to_text (wb_money (minor, currency));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void)
{
  assert_text (131000, "EUR",
               "1,310.00\xc2\xa0"
               "EUR");
  assert_text (-131000, "EUR",
               "\xe2\x88\x92"
               "1,310.00\xc2\xa0"
               "EUR");
  assert_text (100, "JPY", "100\xc2\xa0JPY");
  assert_text (1234567, "KWD", "1,234.567\xc2\xa0KWD");
  assert_text (G_MININT64, "USD",
               "\xe2\x88\x92"
               "92,233,720,368,547,758.08\xc2\xa0USD");
}

static void
test_add_subtract (void)
{
  WbMoney max = wb_money (G_MAXINT64, "EUR"), min = wb_money (G_MININT64, "EUR"),
          one = wb_money (1, "EUR");
  WbMoney            out = wb_money (UNTOUCHED, "XXX");
  g_autoptr (GError) error = NULL;

  g_assert_false (wb_money_add (max, one, &out, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_false (wb_money_add (min, wb_money (-1, "EUR"), &out, NULL));
  g_assert_false (wb_money_subtract (min, one, &out, NULL));
  g_assert_false (wb_money_subtract (wb_money (0, "EUR"), min, &out, NULL));
  g_assert_false (wb_money_add (one, wb_money (1, "USD"), &out, NULL));
  g_assert_false (wb_money_subtract (one, wb_money (1, "USD"), &out, NULL));
  g_assert_true (wb_money_equal (out, wb_money (UNTOUCHED, "XXX")));

  g_assert_true (wb_money_add (max, min, &out, NULL));
  g_assert_true (wb_money_equal (out, wb_money (-1, "EUR")));
  g_assert_true (wb_money_subtract (min, min, &out, NULL));
  g_assert_true (wb_money_equal (out, wb_money (0, "EUR")));
  g_assert_false (wb_money_equal (wb_money (1, "EUR"), wb_money (1, "USD")));
  g_assert_false (wb_money_equal (wb_money (1, "EUR"), wb_money (2, "EUR")));
}

static void
test_exponents (void)
{
  g_assert_cmpuint (wb_currency_exponent ("EUR"), ==, 2);
  g_assert_cmpuint (wb_currency_exponent ("JPY"), ==, 0);
  g_assert_cmpuint (wb_currency_exponent ("KRW"), ==, 0);
  g_assert_cmpuint (wb_currency_exponent ("TND"), ==, 3);
  g_assert_cmpuint (wb_currency_exponent ("CLF"), ==, 4);
  g_assert_cmpuint (wb_currency_exponent ("XYZ"), ==, 2);
  g_assert_cmpuint (wb_currency_exponent (NULL), ==, 2);
  g_assert_true (wb_currency_is_valid ("EUR"));
  g_assert_false (wb_currency_is_valid ("EUr"));
  g_assert_false (wb_currency_is_valid (NULL));
}

#define MOST 12

/* The laws of a fair split, for whatever comes: exact sum, each part within one unit of its share,
 * a larger weight never gets less, a weight of nothing gets nothing, and the sign makes no
 * difference. */
static void
assert_fair (gint64 minor, const gint64 *weights, guint n)
{
  gint64   parts[MOST], mirror[MOST];
  __int128 sum = 0, total = 0;

  g_assert_true (wb_money_split (minor, weights, n, parts, NULL));
  for (guint i = 0; i < n; i++)
    {
      sum += parts[i];
      total += weights[i];
    }
  g_assert_true (sum == minor);
  for (guint i = 0; i < n; i++)
    {
      __int128 floor = (minor < 0 ? -(__int128) minor : (__int128) minor) * weights[i] / total;
      __int128 size = parts[i] < 0 ? -(__int128) parts[i] : (__int128) parts[i];

      g_assert_true (size == floor || size == floor + 1);
      g_assert_true (parts[i] == 0 || (parts[i] < 0) == (minor < 0));
      g_assert_true (weights[i] != 0 || parts[i] == 0);
      for (guint k = 0; k < n; k++)
        g_assert_true (weights[k] <= weights[i] ||
                       (minor < 0 ? parts[k] <= parts[i] : parts[k] >= parts[i]));
    }
  if (minor == G_MININT64)
    return;
  g_assert_true (wb_money_split (-minor, weights, n, mirror, NULL));
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (mirror[i], ==, -parts[i]);
}

static void
test_split_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1122);
  gint64            weights[MOST];

  for (guint round = 0; round < 20000; round++)
    {
      guint  n = (guint) g_rand_int_range (rand, 1, MOST + 1);
      guint  size = (guint) g_rand_int_range (rand, 1, 63);
      gint64 minor = (gint64) (((guint64) g_rand_int (rand) << 32) | g_rand_int (rand)) >>
                     g_rand_int_range (rand, 0, 63);

      for (guint i = 0; i < n; i++)
        weights[i] =
            (gint64) ((((guint64) g_rand_int (rand) << 32) | g_rand_int (rand)) >> (64 - size));
      weights[g_rand_int_range (rand, 0, (gint32) n)] |= 1;
      assert_fair (minor, weights, n);
    }
}

static void
test_split (void)
{
  gint64 parts[4];

  g_assert_true (wb_money_split (100, (const gint64[]){ 1, 1, 1 }, 3, parts, NULL));
  g_assert_cmpint (parts[0], ==, 34);
  g_assert_cmpint (parts[1], ==, 33);
  g_assert_cmpint (parts[2], ==, 33);
  g_assert_true (wb_money_split (1, (const gint64[]){ 1, 5, 5 }, 3, parts, NULL));
  g_assert_cmpint (parts[0], ==, 0);
  g_assert_cmpint (parts[1], ==, 1);
  g_assert_cmpint (parts[2], ==, 0);
  assert_fair (G_MAXINT64, (const gint64[]){ G_MAXINT64, G_MAXINT64, G_MAXINT64 }, 3);
  assert_fair (G_MININT64, (const gint64[]){ 1 }, 1);
  assert_fair (G_MININT64, (const gint64[]){ G_MAXINT64, 1, 0 }, 3);
  assert_fair (0, (const gint64[]){ 3, 0 }, 2);
}

static void
test_split_refused (void)
{
  gint64 parts[4] = { UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED };

  g_assert_false (wb_money_split (100, (const gint64[]){ 0, 0 }, 2, parts, NULL));
  g_assert_false (wb_money_split (100, (const gint64[]){ 2, -1 }, 2, parts, NULL));
  /* however much the other weights weigh */
  g_assert_false (wb_money_split (100, (const gint64[]){ -1, G_MAXINT64, G_MAXINT64, G_MAXINT64 },
                                  4, parts, NULL));
  g_assert_false (
      wb_money_split (100, (const gint64[]){ G_MAXINT64, G_MAXINT64, G_MININT64 }, 3, parts, NULL));
  g_assert_false (wb_money_split (0, NULL, 0, parts, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_cmpint (parts[i], ==, UNTOUCHED);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/parse/refused", test_parse_refused);
  g_test_add_func ("/money/parse/currency", test_parse_currency);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/decimal", test_decimal);
  g_test_add_func ("/money/text", test_text);
  g_test_add_func ("/money/add-subtract", test_add_subtract);
  g_test_add_func ("/money/exponents", test_exponents);
  g_test_add_func ("/money/split", test_split);
  g_test_add_func ("/money/split/random", test_split_random);
  g_test_add_func ("/money/split/refused", test_split_refused);
  return g_test_run ();
}
