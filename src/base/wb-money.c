/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exact money: whole minor units with their ISO 4217 currency. */
#include "wb-money.h"

#include "wb-text.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  char  code[4];
  guint exponent;
} Exponent;

/* Minor-unit digits other than 2, from ISO 4217 list one (2024-06). */
static const Exponent exponents[] = {
  { "BHD", 3 }, { "BIF", 0 }, { "CLF", 4 }, { "CLP", 0 }, { "DJF", 0 }, { "GNF", 0 }, { "IQD", 3 },
  { "ISK", 0 }, { "JOD", 3 }, { "JPY", 0 }, { "KMF", 0 }, { "KRW", 0 }, { "KWD", 3 }, { "LYD", 3 },
  { "OMR", 3 }, { "PYG", 0 }, { "RWF", 0 }, { "TND", 3 }, { "UGX", 0 }, { "UYI", 0 }, { "UYW", 4 },
  { "VND", 0 }, { "VUV", 0 }, { "XAF", 0 }, { "XOF", 0 }, { "XPF", 0 },
};

static const gint64 powers[] = { 1, 10, 100, 1000, 10000 };

/** wb_currency_is_valid: whether @currency has the form of an ISO 4217 code (three capital
 * letters). */
gboolean
wb_currency_is_valid (const char *currency)
{
  if (currency == NULL || strlen (currency) != 3)
    return FALSE;
  return g_ascii_isupper (currency[0]) && g_ascii_isupper (currency[1]) &&
         g_ascii_isupper (currency[2]);
}

/**
 * wb_currency_exponent:
 * Returns: how many decimal digits the minor unit of @currency has (ISO 4217; 2 for whatever the
 * table does not list). A provider's own exceptions (e.g. ISK at Stripe) are the provider's table,
 * not this one.
 */
guint
wb_currency_exponent (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (exponents); i++)
    if (g_strcmp0 (exponents[i].code, currency) == 0)
      return exponents[i].exponent;
  return 2;
}

/** wb_money: makes a value; @currency must be a valid code. */
WbMoney
wb_money (gint64 minor, const char *currency)
{
  WbMoney money = { .minor = minor };

  g_return_val_if_fail (currency == NULL || strlen (currency) <= 3, money);
  g_strlcpy (money.currency, currency != NULL ? currency : "", sizeof money.currency);
  return money;
}

static gboolean
fail_decimal (const char *text, const char *why, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not an amount: %s",
               text != NULL ? text : "", why);
  return FALSE;
}

/* Amounts are gathered below zero, where there is room for one more than above. */
static gboolean
push_digit (gint64 *value, char digit)
{
  return !__builtin_mul_overflow (*value, (gint64) 10, value) &&
         !__builtin_sub_overflow (*value, (gint64) (digit - '0'), value);
}

/**
 * wb_money_parse_minor:
 * @text: a decimal number with “.” and an optional sign: “-2.50”, “94811.20”, “7”
 * @exponent: digits of the minor unit
 * @out: (out): the amount in minor units; untouched on failure
 *
 * Exact: digits beyond the minor unit must be zero (WooCommerce writes JPY as “94811.00”),
 * otherwise %WB_ERROR_INVALID, as for anything that is no plain decimal or does not fit in 64 bits.
 */
gboolean
wb_money_parse_minor (const char *text, guint exponent, gint64 *out, GError **error)
{
  const char *p = text;
  gboolean    negative;
  guint       decimals = 0, digits = 0;
  gint64      value = 0;

  if (text == NULL || *text == '\0')
    return fail_decimal (text, "it is empty", error);
  negative = *p == '-';
  p += *p == '-' || *p == '+';
  for (; g_ascii_isdigit (*p); p++, digits++)
    if (!push_digit (&value, *p))
      return fail_decimal (text, "it is too large", error);
  if (*p == '.')
    for (p++; g_ascii_isdigit (*p); p++, digits++)
      {
        if (decimals == exponent && *p != '0')
          return fail_decimal (text, "it is finer than the currency's smallest unit", error);
        if (decimals < exponent && !push_digit (&value, *p))
          return fail_decimal (text, "it is too large", error);
        decimals += decimals < exponent;
      }
  if (*p != '\0' || digits == 0)
    return fail_decimal (text, "expected digits with an optional “.”", error);
  for (; decimals < exponent; decimals++)
    if (!push_digit (&value, '0'))
      return fail_decimal (text, "it is too large", error);
  if (!negative && value == G_MININT64)
    return fail_decimal (text, "it is too large", error);

  *out = negative ? value : -value;
  return TRUE;
}

/** wb_money_parse: wb_money_parse_minor() with the exponent of @currency; @out is untouched on
 * failure. */
gboolean
wb_money_parse (const char *text, const char *currency, WbMoney *out, GError **error)
{
  gint64 minor;

  if (!wb_currency_is_valid (currency))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not an ISO 4217 currency code",
                   currency != NULL ? currency : "");
      return FALSE;
    }
  if (!wb_money_parse_minor (text, wb_currency_exponent (currency), &minor, error))
    return FALSE;
  *out = wb_money (minor, currency);
  return TRUE;
}

static gboolean
same_currency (WbMoney a, WbMoney b, GError **error)
{
  if (strcmp (a.currency, b.currency) == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s and %s cannot be reckoned together",
               a.currency, b.currency);
  return FALSE;
}

static gboolean
overflow (GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "the amount is too large to reckon with");
  return FALSE;
}

/** wb_money_add: @sum = @a + @b; fails on different currencies or overflow, leaving @sum untouched.
 */
gboolean
wb_money_add (WbMoney a, WbMoney b, WbMoney *sum, GError **error)
{
  gint64 minor;

  if (!same_currency (a, b, error))
    return FALSE;
  if (__builtin_add_overflow (a.minor, b.minor, &minor))
    return overflow (error);
  *sum = wb_money (minor, a.currency);
  return TRUE;
}

/** wb_money_subtract: @difference = @a - @b; fails on different currencies or overflow. */
gboolean
wb_money_subtract (WbMoney a, WbMoney b, WbMoney *difference, GError **error)
{
  gint64 minor;

  if (!same_currency (a, b, error))
    return FALSE;
  if (__builtin_sub_overflow (a.minor, b.minor, &minor))
    return overflow (error);
  *difference = wb_money (minor, a.currency);
  return TRUE;
}

/** wb_money_equal: same amount and same currency. */
gboolean
wb_money_equal (WbMoney a, WbMoney b)
{
  return a.minor == b.minor && strcmp (a.currency, b.currency) == 0;
}

/** wb_minor_to_decimal: Returns: (transfer full): “-2.50” for -250 and exponent 2; always “.”, for
 * machines. */
char *
wb_minor_to_decimal (gint64 minor, guint exponent)
{
  guint64 magnitude = minor < 0 ? -(guint64) minor : (guint64) minor;

  g_return_val_if_fail (exponent < G_N_ELEMENTS (powers), NULL);
  if (exponent == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, minor < 0 ? "-" : "", magnitude);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, minor < 0 ? "-" : "",
                          magnitude / powers[exponent], (int) exponent,
                          magnitude % powers[exponent]);
}

/** wb_money_to_decimal: Returns: (transfer full): the amount without its currency, for machines:
 * “64.90”. */
char *
wb_money_to_decimal (WbMoney money)
{
  return wb_minor_to_decimal (money.minor, wb_currency_exponent (money.currency));
}

static void
group_digits (GString *text, const char *digits, const char *separator)
{
  gsize n = strlen (digits);

  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
}

/* What the locale calls its separators, in UTF-8, with sane values for the C locale. */
static const char *
separator (const char *of_locale, const char *fallback)
{
  return of_locale != NULL && *of_locale != '\0' && g_utf8_validate (of_locale, -1, NULL)
             ? of_locale
             : fallback;
}

/* “−1,310.00” in the user's locale. */
static GString *
figures_of (WbMoney money)
{
  const struct lconv *conventions = localeconv ();
  g_autofree char    *plain = wb_money_to_decimal (money);
  GString            *text = g_string_new (NULL);
  char               *digits = plain[0] == '-' ? plain + 1 : plain;
  char               *point = strchr (digits, '.');

  if (plain[0] == '-')
    g_string_append (text, "\xe2\x88\x92");
  if (point != NULL)
    *point = '\0';
  group_digits (text, digits, separator (conventions->mon_thousands_sep, ","));
  if (point != NULL)
    g_string_append_printf (text, "%s%s", separator (conventions->mon_decimal_point, "."),
                            point + 1);
  return text;
}

/** wb_money_to_figures: Returns: (transfer full): wb_money_to_text() without the currency, for a
 * place that tells it otherwise. */
char *
wb_money_to_figures (WbMoney money)
{
  return wb_text_isolate (g_string_free (figures_of (money), FALSE));
}

/**
 * wb_money_to_text:
 * Returns: (transfer full): the amount for people in the user's locale, currency as its code behind
 * a no-break space: “1,310.00 EUR”. Among words that run from right to left it stays one piece.
 */
char *
wb_money_to_text (WbMoney money)
{
  GString *text = figures_of (money);

  g_string_append_printf (text, "\xc2\xa0%s", money.currency);
  return wb_text_isolate (g_string_free (text, FALSE));
}

/**
 * wb_money_split:
 * @weights: @n non-negative weights, not all zero
 * @parts: (out): @n parts that sum to @minor exactly
 *
 * Largest remainder: each part is its exact share rounded towards zero, and the units left go one
 * each to the largest remainders (the earlier on a tie). Fails on a negative weight or all zero;
 * @parts untouched then.
 */
gboolean
wb_money_split (gint64 minor, const gint64 *weights, guint n, gint64 *parts, GError **error)
{
  g_autofree guint64  *shares = g_new0 (guint64, n);
  g_autofree __int128 *rests = g_new0 (__int128, n);
  __int128             total = 0;
  gboolean             negative = FALSE;
  guint64              magnitude = minor < 0 ? -(guint64) minor : (guint64) minor, left = magnitude;

  for (guint i = 0; i < n; i++)
    {
      total += weights[i];
      negative = negative || weights[i] < 0;
    }
  if (negative || total <= 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "an amount can only be split by weights that are not negative and not all zero");
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      __int128 exact = (__int128) magnitude * weights[i];

      shares[i] = (guint64) (exact / total);
      rests[i] = exact % total;
      left -= shares[i];
    }
  for (; left > 0; left--)
    {
      guint best = 0;

      for (guint i = 1; i < n; i++)
        if (rests[i] > rests[best])
          best = i;
      shares[best]++;
      rests[best] = -1;
    }
  for (guint i = 0; i < n; i++)
    parts[i] = (gint64) (minor < 0 ? -shares[i] : shares[i]);
  return TRUE;
}
