/* SPDX-License-Identifier: GPL-3.0-or-later
 * Time: instants in UTC, dates at a place, and a clock that tests can set. */
#include "wb-time.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define ZONE_KEPT_US (60 * G_USEC_PER_SEC)

static WbClockFunc clock_func;
static gpointer    clock_data;

/**
 * wb_clock_set:
 * @now: (nullable): called by wb_now() for the present time in seconds; %NULL for the real clock
 *
 * For tests and the practice workspace; set before any thread is started.
 */
void
wb_clock_set (WbClockFunc now, gpointer data)
{
  clock_func = now;
  clock_data = data;
}

/** wb_now: Returns: the present instant, by the clock set with wb_clock_set(). */
WbInstant
wb_now (void)
{
  return clock_func != NULL ? clock_func (clock_data) : g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * wb_instant_parse:
 * @text: ISO 8601 with “Z”, an offset, or neither: then it is taken as UTC (WooCommerce's *_gmt
 * fields)
 * @out: (out): untouched on failure
 */
gboolean
wb_instant_parse (const char *text, WbInstant *out, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  if (time == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not a time like 2026-11-22T09:30:00",
                   text != NULL ? text : "");
      return FALSE;
    }
  *out = g_date_time_to_unix (time);
  return TRUE;
}

/* g_date_time_format() would write the year 33 as “33”, which no reader takes back. */
static char *
iso_date (GDateTime *time)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (time),
                          g_date_time_get_month (time), g_date_time_get_day_of_month (time));
}

/** wb_instant_to_iso: Returns: (transfer full) (nullable): “2026-11-22T09:30:00Z”; %NULL for 0,
 * “not known”. */
char *
wb_instant_to_iso (WbInstant instant)
{
  g_autoptr (GDateTime) time = instant != 0 ? g_date_time_new_from_unix_utc (instant) : NULL;
  g_autofree char      *date = time != NULL ? iso_date (time) : NULL;

  if (time == NULL)
    return NULL;
  return g_strdup_printf ("%sT%02d:%02d:%02dZ", date, g_date_time_get_hour (time),
                          g_date_time_get_minute (time), g_date_time_get_second (time));
}

/* GLib asks the system for it at each time that it tells: three system calls, and a list tells a
 * hundred times a frame. Whoever travels sees the new zone within the minute. */
static GTimeZone *
dup_local_zone (void)
{
  static GMutex     lock;
  static GTimeZone *kept;
  static gint64     kept_until; /* µs of the monotonic clock */
  static char      *kept_for;   /* the environment's word for it */
  const char       *name = g_getenv ("TZ");
  GTimeZone        *zone;

  g_mutex_lock (&lock);
  if (kept == NULL || g_get_monotonic_time () >= kept_until || g_strcmp0 (name, kept_for) != 0)
    {
      g_clear_pointer (&kept, g_time_zone_unref);
      g_free (kept_for);
      kept = g_time_zone_new_local ();
      kept_for = g_strdup (name);
      kept_until = g_get_monotonic_time () + ZONE_KEPT_US;
    }
  zone = g_time_zone_ref (kept);
  g_mutex_unlock (&lock);
  return zone;
}

/** wb_instant_to_local: Returns: (transfer full) (nullable): @instant in the user's zone; %NULL
 * when it is too far off for a calendar. */
GDateTime *
wb_instant_to_local (WbInstant instant)
{
  g_autoptr (GTimeZone) zone = dup_local_zone ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

/** wb_instant_to_text: Returns: (transfer full): @instant in the user's zone for people:
 * “2026-11-22 10:30”; “–” for 0. */
char *
wb_instant_to_text (WbInstant instant)
{
  g_autoptr (GDateTime) time = instant != 0 ? wb_instant_to_local (instant) : NULL;

  return time != NULL ? wb_text_isolate (g_date_time_format (time, "%Y-%m-%d %H:%M"))
                      : g_strdup ("–");
}

static gint64
days_between (GDateTime *a, GDateTime *b)
{
  GDate first, second;

  g_date_clear (&first, 1);
  g_date_clear (&second, 1);
  g_date_set_dmy (&first, g_date_time_get_day_of_month (a), g_date_time_get_month (a),
                  g_date_time_get_year (a));
  g_date_set_dmy (&second, g_date_time_get_day_of_month (b), g_date_time_get_month (b),
                  g_date_time_get_year (b));
  return g_date_days_between (&first, &second);
}

/**
 * wb_instant_to_relative:
 * Returns: (transfer full): how people say it in a list: “Today 09:12”, “Yesterday”, “21 Nov”, “21
 * Nov 2025”.
 */
char *
wb_instant_to_relative (WbInstant instant, WbInstant now)
{
  g_autoptr (GDateTime) time = wb_instant_to_local (instant);
  g_autoptr (GDateTime) present = wb_instant_to_local (now);
  gint64                days;

  if (instant == 0 || time == NULL || present == NULL)
    return g_strdup ("–");
  days = days_between (time, present);
  if (days == 0)
    /* Translators: a time today in a list, in g_date_time_format() form */
    return g_date_time_format (time, _ ("Today %H:%M"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days == -1)
    return g_strdup (_ ("Tomorrow"));
  if (g_date_time_get_year (time) == g_date_time_get_year (present))
    /* Translators: a day of this year in a list, in g_date_time_format() form */
    return g_date_time_format (time, _ ("%-d %b"));
  /* Translators: a day of another year in a list, in g_date_time_format() form */
  return g_date_time_format (time, _ ("%-d %b %Y"));
}

/** wb_date_utc: @date: (out): the calendar date of @instant in UTC: the same on every machine. */
void
wb_date_utc (WbInstant instant, char date[WB_DATE_SIZE])
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (instant);
  g_autofree char      *text = g_date_time_format (when, "%Y-%m-%d");

  g_strlcpy (date, text, WB_DATE_SIZE);
}

/**
 * wb_date_at:
 * @zone: an IANA zone (“Europe/Berlin”) or %NULL for this machine's
 * @date: (out): the calendar date that @instant has there
 *
 * A ship date is the local date at the origin, not at Greenwich. Fails on an unknown zone.
 */
gboolean
wb_date_at (WbInstant instant, const char *zone, char date[WB_DATE_SIZE], GError **error)
{
  g_autoptr (GTimeZone) there =
      zone != NULL ? g_time_zone_new_identifier (zone) : dup_local_zone ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant);
  g_autoptr (GDateTime) local = NULL;
  g_autofree char      *text = NULL;

  if (there == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not a time zone this machine knows",
                   zone);
      return FALSE;
    }
  local = utc != NULL ? g_date_time_to_timezone (utc, there) : NULL;
  if (local == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "that time has no date in “%s”",
                   zone != NULL ? zone : "");
      return FALSE;
    }
  text = iso_date (local);
  g_strlcpy (date, text, WB_DATE_SIZE);
  return TRUE;
}

/** wb_date_is_valid: whether @date is a real day written “YYYY-MM-DD”. */
gboolean
wb_date_is_valid (const char *date)
{
  static const char form[] = "0000-00-00";

  if (date == NULL || strlen (date) != strlen (form))
    return FALSE;
  for (guint i = 0; form[i] != '\0'; i++)
    if (form[i] == '-' ? date[i] != '-' : !g_ascii_isdigit (date[i]))
      return FALSE;
  return g_date_valid_dmy ((GDateDay) atoi (date + 8), (GDateMonth) atoi (date + 5),
                           (GDateYear) atoi (date));
}
