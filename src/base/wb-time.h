/* SPDX-License-Identifier: GPL-3.0-or-later
 * Time: instants in UTC, dates at a place, and a clock that tests can set. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

/**
 * WbInstant: whole seconds since 1970-01-01T00:00:00Z. 0 stands for “not known”.
 */
typedef gint64 WbInstant;

typedef gint64 (*WbClockFunc) (gpointer data);

#define WB_DATE_SIZE 11 /* “2026-11-22” */

WbInstant  wb_now (void);
void       wb_clock_set (WbClockFunc now, gpointer data);
gboolean   wb_instant_parse (const char *text, WbInstant *out, GError **error);
char      *wb_instant_to_iso (WbInstant instant);
GDateTime *wb_instant_to_local (WbInstant instant);
char      *wb_instant_to_text (WbInstant instant);
char      *wb_instant_to_relative (WbInstant instant, WbInstant now);
gboolean wb_date_at (WbInstant instant, const char *zone, char date[WB_DATE_SIZE], GError **error);
void     wb_date_utc (WbInstant instant, char date[WB_DATE_SIZE]);
gboolean wb_date_is_valid (const char *date);

G_END_DECLS
