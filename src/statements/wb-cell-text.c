/* SPDX-License-Identifier: GPL-3.0-or-later
 * The text of a cell as an amount, a date, a weight: whatever banks and carriers write, and exactly
 * or not at all. */
#include "wb-statement-private.h"

#include <string.h>

#define NOON (12 * 60 * 60)

/* What may stand around an amount: spaces of all kinds, signs and codes of currencies. */
static gboolean
is_around (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isspace (c) || type == G_UNICODE_CURRENCY_SYMBOL || g_unichar_isalpha (c) ||
         c == 0x00a0 || c == 0x202f;
}

static gboolean
fail_amount (const char *text, const char *why, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not an amount: %s", text, why);
  return FALSE;
}

/* Separators of thousands stand before groups of three, and only before the decimal sign. */
static gboolean
check_groups (const char *whole, char decimal)
{
  gsize    run = 0;
  gboolean grouped = FALSE;

  for (const char *p = whole; *p != '\0' && *p != decimal; p++)
    {
      if (g_ascii_isdigit (*p))
        {
          run++;
          continue;
        }
      if (run == 0 || run > 3 || (grouped && run != 3))
        return FALSE;
      grouped = TRUE;
      run = 0;
    }
  return !grouped || run == 3;
}

/* Digits, the decimal sign and separators are left; brackets or a minus at either end is below
 * nothing. */
static char *
strip (const char *text, gboolean *negative)
{
  GString *bare = g_string_new (NULL);

  *negative = FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '-' || c == 0x2212 || c == '(')
        *negative = TRUE;
      else if (c != '+' && c != ')' && !is_around (c))
        g_string_append_unichar (bare, c == 0x2019 ? '\'' : c);
    }
  return g_string_free (bare, FALSE);
}

/**
 * wb_cell_amount:
 * @decimal: “.” or “,”: what parts the whole from its fraction; the others part thousands
 * @minor: (out): in minor units of @currency; untouched on failure
 *
 * Exact: what is finer than the currency, or grouped otherwise than by three, is refused.
 */
gboolean
wb_cell_amount (const char *text, char decimal, const char *currency, gint64 *minor, GError **error)
{
  gboolean            negative;
  g_autofree char    *bare = strip (text, &negative);
  g_autoptr (GString) plain = g_string_new (negative ? "-" : "");
  g_autoptr (GError)  why = NULL;
  guint               points = 0;

  if (strspn (bare, "0123456789.,'") != strlen (bare) || *bare == '\0')
    return fail_amount (text, "expected digits", error);
  if (!check_groups (bare, decimal))
    return fail_amount (text, "its thousands are not in groups of three", error);
  for (const char *p = bare; *p != '\0'; p++)
    if (*p == decimal)
      {
        points++;
        g_string_append_c (plain, '.');
      }
    else if (g_ascii_isdigit (*p))
      g_string_append_c (plain, *p);
    else if (points > 0)
      return fail_amount (text, "thousands are parted behind the decimal sign", error);
  if (points > 1)
    return fail_amount (text, "it has two decimal signs", error);
  if (plain->str[negative ? 1 : 0] == '.')
    g_string_insert_c (plain, negative ? 1 : 0, '0');
  if (wb_money_parse_minor (plain->str, wb_currency_exponent (currency), minor, &why))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

/* Up to three numbers, whatever parts them; “20261130” is one of eight digits. */
static guint
read_numbers (const char *text, guint numbers[3], guint digits[3])
{
  guint n = 0;

  while (n < 3 && g_ascii_isdigit (*text))
    {
      numbers[n] = digits[n] = 0;
      for (; g_ascii_isdigit (*text) && digits[n] < 8; text++, digits[n]++)
        numbers[n] = numbers[n] * 10 + (guint) (*text - '0');
      n++;
      if (*text != '.' && *text != '/' && *text != '-')
        break;
      text++;
      text += *text == ' ';
    }
  return n;
}

static guint
full_year (guint year, guint digits)
{
  return digits <= 2 ? year + 2000 : year;
}

/** wb_cell_date: @at: (out): noon UTC of the day, so that it is the same day nearly everywhere; a
 * time behind the date is passed over. */
gboolean
wb_cell_date (const char *text, WbDates dates, WbInstant *at, GError **error)
{
  static const guint places[][3] = {
    [WB_DATES_YMD] = { 0, 1, 2 }, [WB_DATES_DMY] = { 2, 1, 0 }, [WB_DATES_MDY] = { 2, 0, 1 }
  };
  guint        numbers[3], digits[3], n = read_numbers (text, numbers, digits);
  const guint *place = places[dates != WB_DATES_UNKNOWN ? dates : WB_DATES_YMD];
  guint        year = 0, month = 0, day = 0;

  if (n == 1 && digits[0] == 8 && dates == WB_DATES_YMD)
    {
      year = numbers[0] / 10000;
      month = numbers[0] / 100 % 100;
      day = numbers[0] % 100;
    }
  else if (n == 3 && (digits[place[0]] == 4 || (digits[place[0]] == 2 && place[0] == 2)))
    {
      year = full_year (numbers[place[0]], digits[place[0]]);
      month = numbers[place[1]];
      day = numbers[place[2]];
    }
  if (year >= 1990 && year < 2200 && month <= 12 && day <= 31 &&
      g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    {
      g_autoptr (GDateTime) noon =
          g_date_time_new_utc ((int) year, (int) month, (int) day, 0, 0, 0);

      *at = g_date_time_to_unix (noon) + NOON;
      return TRUE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not a date (%s)", text,
               wb_dates_id (dates));
  return FALSE;
}

/** wb_cell_weight: @grams: (out): rounded to the nearest. Returns: %FALSE when @text is no weight.
 */
gboolean
wb_cell_weight (const char *text, char decimal, const char *unit, gint64 *grams)
{
  static const struct
  {
    const char *unit;
    gint64      micrograms;
  } units[] = { { "g", 1000000 }, { "kg", 1000000000 }, { "oz", 28349523 }, { "lb", 453592370 } };
  gint64 millis;

  /* Three decimals, as fils have: read by the same rules as money. */
  if (!wb_cell_amount (text, decimal, "KWD", &millis, NULL) || millis < 0 ||
      millis > G_GINT64_CONSTANT (100000000))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].unit, unit))
      {
        *grams = (millis * (units[i].micrograms / 1000) + 500000) / 1000000;
        return TRUE;
      }
  return FALSE;
}

/** wb_cell_currency: Returns: whether @text is a code of ISO 4217, in any case. */
gboolean
wb_cell_currency (const char *text, char currency[4])
{
  g_autofree char *upper = g_ascii_strup (text, -1);

  if (!wb_currency_is_valid (upper))
    return FALSE;
  g_strlcpy (currency, upper, 4);
  return TRUE;
}

/** wb_row_digest: Returns: (transfer full): a name made of what a row says. */
char *
wb_row_digest (const char *const *parts, guint n)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < n; i++)
    {
      g_checksum_update (sum, (const guchar *) (parts[i] != NULL ? parts[i] : ""), -1);
      g_checksum_update (sum, (const guchar *) "\x1f", 1);
    }
  return g_strndup (g_checksum_get_string (sum), 20);
}
