/* SPDX-License-Identifier: GPL-3.0-or-later
 * The periods of the Money page, by the calendar where the merchant is. */
#include "wb-money-period.h"

#include <glib/gi18n-lib.h>

static WbInstant
begin_of (int year, int month)
{
  g_autoptr (GDateTime) begin = NULL;

  while (month > 12)
    {
      month -= 12;
      year++;
    }
  for (; month < 1; month += 12)
    year--;
  begin = g_date_time_new_local (year, month, 1, 0, 0, 0);
  return g_date_time_to_unix (begin);
}

static gboolean
begin_of_day (const char *text, int more_days, WbInstant *out, GError **error)
{
  g_auto (GStrv)        parts = g_strsplit (text, "-", 3);
  g_autoptr (GDateTime) day = NULL, moved = NULL;

  if (!wb_date_is_valid (text))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no date: write 2026-11-30"),
                   text);
      return FALSE;
    }
  day = g_date_time_new_local ((int) g_ascii_strtoll (parts[0], NULL, 10),
                               (int) g_ascii_strtoll (parts[1], NULL, 10),
                               (int) g_ascii_strtoll (parts[2], NULL, 10), 0, 0, 0);
  moved = g_date_time_add_days (day, more_days);
  *out = g_date_time_to_unix (moved);
  return TRUE;
}

static gboolean
set_days (WbMoneyQuery *query, const char *from, const char *to, GError **error)
{
  WbInstant first = 0, after = 0;

  if ((*from != '\0' && !begin_of_day (from, 0, &first, error)) ||
      (*to != '\0' && !begin_of_day (to, 1, &after, error)))
    return FALSE;
  query->first = first;
  query->after = after;
  return TRUE;
}

/** wb_period_set: sets first and after of @query. @from, @to: days for %WB_PERIOD_DAYS, the last
 * one counting; empty: no end. */
gboolean
wb_period_set (WbMoneyQuery *query,
               WbPeriod      period,
               const char   *from,
               const char   *to,
               WbInstant     now,
               GError      **error)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now);
  int                   year = g_date_time_get_year (today);
  int                   month = g_date_time_get_month (today);
  int                   first = month, length = 1;

  if (period == WB_PERIOD_DAYS)
    return set_days (query, from, to, error);
  query->first = query->after = 0;
  if (period == WB_PERIOD_ALL)
    return TRUE;
  if (period == WB_PERIOD_LAST_MONTH)
    first = month - 1;
  else if (period == WB_PERIOD_QUARTER)
    {
      first = (month - 1) / 3 * 3 + 1;
      length = 3;
    }
  else if (period == WB_PERIOD_YEAR)
    {
      first = 1;
      length = 12;
    }
  query->first = begin_of (year, first);
  query->after = begin_of (year, first + length);
  return TRUE;
}
