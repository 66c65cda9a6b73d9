/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grams and millimetres as EasyPost wants them: ounces and inches with one decimal, by whole
 * numbers only. */
#include "wb-easypost-private.h"

#include <stdio.h>

/* One avoirdupois ounce is 28.349523125 g exactly, one inch 25.4 mm exactly. */
#define NANOGRAMS_PER_OUNCE G_GINT64_CONSTANT (28349523125)
#define MAX_GRAMS           G_GINT64_CONSTANT (100000000)
#define MAX_MILLIMETRES     G_GINT64_CONSTANT (1000000)

static gint64
divide_up (gint64 number, gint64 by)
{
  return number / by + (number % by > 0);
}

static gboolean
fail_measure (const char *what, gint64 value, const char *unit, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "The parcel's %s cannot be %" G_GINT64_FORMAT " %s", what, value, unit);
  return FALSE;
}

/**
 * wb_easypost_ounces:
 * @text: (out): the weight in ounces with one decimal, rounded up: carriers charge for what they
 * weigh, and an understated weight is re-billed. Untouched on failure
 *
 * %WB_ERROR_INVALID for a weight that is not positive: the carrier rates by it.
 */
gboolean
wb_easypost_ounces (gint64 grams, char text[WB_MONEY_TEXT_SIZE], GError **error)
{
  gint64 tenths;

  if (grams <= 0 || grams > MAX_GRAMS)
    return fail_measure ("weight", grams, "g", error);
  tenths = divide_up (grams * G_GINT64_CONSTANT (10000000000), NANOGRAMS_PER_OUNCE);
  g_snprintf (text, WB_MONEY_TEXT_SIZE, "%" G_GINT64_FORMAT ".%d", tenths / 10,
              (int) (tenths % 10));
  return TRUE;
}

/** wb_easypost_ounces_within: as wb_easypost_ounces(), rounded down, for goods inside a parcel:
 * what they weigh together may not be more than the parcel. Never less than a tenth. */
gboolean
wb_easypost_ounces_within (gint64 grams, char text[WB_MONEY_TEXT_SIZE], GError **error)
{
  gint64 tenths;

  if (grams <= 0 || grams > MAX_GRAMS)
    return fail_measure ("goods' weight", grams, "g", error);
  tenths = MAX (1, grams * G_GINT64_CONSTANT (10000000000) / NANOGRAMS_PER_OUNCE);
  g_snprintf (text, WB_MONEY_TEXT_SIZE, "%" G_GINT64_FORMAT ".%d", tenths / 10,
              (int) (tenths % 10));
  return TRUE;
}

/** wb_easypost_inches: as wb_easypost_ounces(), for a length. */
gboolean
wb_easypost_inches (gint64 millimetres, char text[WB_MONEY_TEXT_SIZE], GError **error)
{
  gint64 tenths;

  if (millimetres <= 0 || millimetres > MAX_MILLIMETRES)
    return fail_measure ("size", millimetres, "mm", error);
  tenths = divide_up (millimetres * 100, 254);
  g_snprintf (text, WB_MONEY_TEXT_SIZE, "%" G_GINT64_FORMAT ".%d", tenths / 10,
              (int) (tenths % 10));
  return TRUE;
}

/**
 * wb_easypost_label_date:
 * @date: “YYYY-MM-DD”, the ship date at the origin
 * @zone: (nullable): the origin's IANA time zone; this machine's when %NULL
 *
 * The option label_date is an instant with its offset, and the date is taken from it. Today is
 * written as now, another day as its noon, so that it names the same day at the origin and, for all
 * but the outermost zones, in UTC.
 *
 * Returns: (transfer full): ISO 8601 with offset, or %NULL with %WB_ERROR_INVALID.
 */
char *
wb_easypost_label_date (const char *date, const char *zone, GError **error)
{
  g_autoptr (GTimeZone) place =
      zone != NULL && *zone != '\0' ? g_time_zone_new_identifier (zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) noon = NULL;
  g_autofree char      *today = NULL;
  int                   year, month, day;

  if (place == NULL || !wb_date_is_valid (date) ||
      sscanf (date, "%4d-%2d-%2d", &year, &month, &day) != 3)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not a date in the time zone “%s”",
                   date != NULL ? date : "", zone != NULL ? zone : "");
      return NULL;
    }
  now = g_date_time_new_from_unix_utc (wb_now ());
  noon = g_date_time_to_timezone (now, place);
  today = g_date_time_format (noon, "%Y-%m-%d");
  if (!g_str_equal (today, date))
    {
      g_clear_pointer (&noon, g_date_time_unref);
      noon = g_date_time_new (place, year, month, day, 12, 0, 0);
    }
  return g_date_time_format (noon, "%Y-%m-%dT%H:%M:%S%:z");
}
