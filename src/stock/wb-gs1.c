/* SPDX-License-Identifier: GPL-3.0-or-later
 * GS1's numbers and element strings: check digits, and what a scanned code carries. */
#include "wb-gs1.h"

#include "wb-stock-records.h"
#include "wb-time.h"

#include <string.h>

#define FNC1        '\x1d' /* what scanners send between elements of variable length */
#define GTIN_DIGITS (WB_GTIN_SIZE - 1)

/** wb_gtin_check_digit: Returns: the digit that follows @digits (without their check digit):
 * weights of 3 and 1 from the right, GS1 General Specifications 7.9.1. */
char
wb_gtin_check_digit (const char *digits)
{
  gsize n = strlen (digits);
  guint sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (guint) (digits[n - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return (char) ('0' + (10 - sum % 10) % 10);
}

static gboolean
all_digits (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/** wb_gtin_is_valid: whether @digits are 8, 12, 13 or 14 digits, the last of which is right. */
gboolean
wb_gtin_is_valid (const char *digits)
{
  gsize n = strlen (digits);
  char  body[GTIN_DIGITS + 1];

  if ((n != 8 && n != 12 && n != 13 && n != 14) || !all_digits (digits))
    return FALSE;
  g_strlcpy (body, digits, n); /* without the last */
  return wb_gtin_check_digit (body) == digits[n - 1];
}

/** wb_gtin_normalise: @gtin: (out): @text in fourteen digits, so that an EAN-13 and a UPC-A of one
 * article are one. Returns: FALSE for what is no valid GTIN; @gtin is then as it was. */
gboolean
wb_gtin_normalise (const char *text, char gtin[WB_GTIN_SIZE])
{
  gsize n = strlen (text);

  if (!wb_gtin_is_valid (text))
    return FALSE;
  memset (gtin, '0', GTIN_DIGITS);
  memcpy (gtin + GTIN_DIGITS - n, text, n + 1);
  return TRUE;
}

/** wb_gtin_kind: Returns: (nullable): which code @text is printed as (WB_CODE_…); %NULL: none, or
 * its check digit is wrong. */
const char *
wb_gtin_kind (const char *text)
{
  static const char *const kinds[] = {
    [8] = WB_CODE_EAN8, [12] = WB_CODE_UPCA, [13] = WB_CODE_EAN13, [14] = WB_CODE_GTIN14
  };

  return wb_gtin_is_valid (text) ? kinds[strlen (text)] : NULL;
}

/* An element: its identifier, how many digits or characters follow; variable ones end at an FNC1.
 */
typedef struct
{
  const char *ai;
  guint       most;
  gboolean    fixed;
} Element;

/* Those with which goods are marked; the prefix of four-digit ones stands for all of them. */
static const Element elements[] = {
  { "00", 18, TRUE },  { "01", 14, TRUE },   { "02", 14, TRUE },   { "10", 20, FALSE },
  { "11", 6, TRUE },   { "12", 6, TRUE },    { "13", 6, TRUE },    { "15", 6, TRUE },
  { "16", 6, TRUE },   { "17", 6, TRUE },    { "20", 2, TRUE },    { "21", 20, FALSE },
  { "22", 20, FALSE }, { "240", 30, FALSE }, { "241", 30, FALSE }, { "30", 8, FALSE },
  { "37", 8, FALSE },  { "31", 8, TRUE },    { "400", 30, FALSE }, { "410", 13, TRUE },
  { "422", 3, FALSE }, { "90", 30, FALSE },  { "91", 90, FALSE },
};

static const Element *
find_element (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_has_prefix (text, elements[i].ai))
      return &elements[i];
  return NULL;
}

/* “261130” → “2026-11-30”; a day of 00 is the month's last. Which century: the nearest, as section
 * 7.12 says. */
static char *
date_of (const char *digits)
{
  int year = (digits[0] - '0') * 10 + digits[1] - '0',
      month = (digits[2] - '0') * 10 + digits[3] - '0',
      day = (digits[4] - '0') * 10 + digits[5] - '0';
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (wb_now ());
  int                   present = now != NULL ? g_date_time_get_year (now) : 2000;
  g_autofree char      *date = NULL;

  year += present - present % 100;
  if (year - present > 50)
    year -= 100;
  else if (year - present < -49)
    year += 100;
  if (month >= 1 && month <= 12 && day == 0)
    day = g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
  date = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return wb_date_is_valid (date) ? g_steal_pointer (&date) : NULL;
}

static gboolean
take_gtin (WbGs1 *out, const char *value, GError **error)
{
  if (wb_gtin_normalise (value, out->gtin))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "The number %s in the code has a wrong check digit. Scan it again", value);
  return FALSE;
}

static gboolean
take_date (WbGs1 *out, const char *value, gboolean best, GError **error)
{
  g_autofree char *date = all_digits (value) ? date_of (value) : NULL;

  if (date == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The code has no day in “%s”. Scan it again",
                   value);
      return FALSE;
    }
  if (!best || out->expires_on == NULL)
    {
      g_free (out->expires_on);
      out->expires_on = g_steal_pointer (&date);
    }
  return TRUE;
}

static gboolean
take_element (WbGs1 *out, const char *ai, const char *value, GError **error)
{
  if (g_str_equal (ai, "01") || g_str_equal (ai, "02"))
    return take_gtin (out, value, error);
  if (g_str_equal (ai, "17") || g_str_equal (ai, "15"))
    return take_date (out, value, g_str_equal (ai, "15"), error);
  if (g_str_equal (ai, "10"))
    {
      g_free (out->lot);
      out->lot = g_strdup (value);
    }
  else if (g_str_equal (ai, "21"))
    {
      g_free (out->serial);
      out->serial = g_strdup (value);
    }
  else if ((g_str_equal (ai, "30") || g_str_equal (ai, "37")) && all_digits (value))
    out->count = g_ascii_strtoll (value, NULL, 10);
  return TRUE;
}

/* The identifier that @text begins with, in parentheses when a person reads it, and the rest. */
static const char *
skip_identifier (const char *text, const Element **element)
{
  gboolean    written = *text == '(';
  const char *rest;

  *element = find_element (text + written);
  if (*element == NULL)
    return NULL;
  rest = text + written + strlen ((*element)->ai);
  if (!written)
    return rest;
  while (g_ascii_isdigit (*rest))
    rest++;
  return *rest == ')' ? rest + 1 : NULL;
}

static gboolean
parse (const char *text, WbGs1 *out, GError **error)
{
  while (*text != '\0')
    {
      const Element   *element;
      const char      *value = skip_identifier (text, &element);
      gsize            n;
      g_autofree char *own = NULL;

      if (value == NULL)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       "“%s” is no code of GS1's form that is known here", text);
          return FALSE;
        }
      n = strcspn (value, element->fixed && *text != '(' ? "\x1d" : "\x1d(");
      n = element->fixed ? MIN (n, element->most) : n;
      if (n == 0 || n > element->most || (element->fixed && n < element->most))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       "The code's part (%s) is not as long as it has to be. Scan it again",
                       element->ai);
          return FALSE;
        }
      own = g_strndup (value, n);
      if (!take_element (out, element->ai, own, error))
        return FALSE;
      text = value + n;
      text += *text == FNC1;
    }
  return TRUE;
}

/**
 * wb_gs1_parse:
 * @text: an element string as a scanner sends it (with or without the symbology's “]C1”, “]d2”,
 * “]e0”, “]Q3” before it; FNC1 as 0x1D) or as people read it: “(01)04012345678901(10)A7”
 * @out: (out): untouched on failure
 *
 * Elements that are no use here are passed over. %WB_ERROR_INVALID for what is not of that form, or
 * whose check digit is wrong.
 */
gboolean
wb_gs1_parse (const char *text, WbGs1 *out, GError **error)
{
  g_auto (WbGs1) found = { 0 };

  if (*text == ']' && strlen (text) > 3)
    text += 3;
  text += *text == FNC1;
  if (*text == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There is nothing in the code");
      return FALSE;
    }
  if (!parse (text, &found, error))
    return FALSE;
  *out = found;
  memset (&found, 0, sizeof found);
  return TRUE;
}

/** wb_gs1_clear: frees what @gs1 holds. */
void
wb_gs1_clear (WbGs1 *gs1)
{
  g_clear_pointer (&gs1->lot, g_free);
  g_clear_pointer (&gs1->serial, g_free);
  g_clear_pointer (&gs1->expires_on, g_free);
}
