/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many pieces a day will be wanted: pure arithmetic over a series of days, chosen by how each
 * way would have done in the past. Nothing here knows a book. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbDay: one day of a product. @demand: pieces ordered; @in_stock: it could be had on that day
 */
typedef struct
{
  double   demand;
  gboolean in_stock;
} WbDay;

typedef enum
{
  WB_METHOD_NONE,    /* no demand at all */
  WB_METHOD_MEAN,    /* the mean of the last days in stock */
  WB_METHOD_SMOOTH,  /* simple exponential smoothing */
  WB_METHOD_TREND,   /* Holt's: a level and a damped trend */
  WB_METHOD_CROSTON, /* Croston's with Syntetos and Boylan's correction: now and then some */
  WB_N_METHODS,
} WbMethod;

/**
 * WbForecast:
 * @rate: pieces a day over the next @horizon days
 * @method: how; @alpha, @beta: its smoothing; @span: of a mean, how many days
 * @days, @in_stock_days: of the series; @damped: days whose demand was cut to @cap, being out of
 * all proportion
 * @horizon: days for which it was made
 * @tests: from so many past days the next @horizon were forecast and compared; 0: too short a past
 * @error: mean absolute error of the rate in those tests, pieces a day
 * @error_mean30: of the mean of the last thirty days on the calendar, in the same tests
 * @mase: @error over that of saying “as in the days before”, in the days before the tests; 0:
 * unknown
 * @spread: how far the demand of all @horizon days lay from its forecast, as a root of the mean
 * square
 */
typedef struct
{
  double   rate;
  WbMethod method;
  double   alpha, beta;
  guint    span;
  guint    days, in_stock_days, damped;
  double   cap;
  guint    horizon, tests;
  double   error, error_mean30, mase, spread;
} WbForecast;

const char *wb_method_name (WbMethod method);
void        wb_forecast_make (const WbDay *days, guint n, guint horizon, WbForecast *forecast);
double      wb_mean_30 (const WbDay *days, guint n);
double      wb_service_factor (double service);
gint64      wb_reorder_round (double wanted, gint64 moq, gint64 pack);

G_END_DECLS
