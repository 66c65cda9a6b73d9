/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many pieces a day will be wanted: several ways tried on the past, the best of them used. Days
 * on which nothing could be had say nothing; a day out of all proportion says little. */
#include "wb-forecast.h"

#include <math.h>

#define ENOUGH_DAYS  21 /* in stock, before anything is tried on the past */
#define MOST_TESTS   90
#define FEWEST_TESTS 8
#define RECENT       180 /* days whose demand says what is out of proportion */
#define SPIKE        4.0 /* spreads above the middle */
#define MAD_TO_SD    1.4826
#define FADING       0.97 /* what an error of the day before counts beside today's */
#define DAMPING      0.98 /* of a trend, a day: none goes on for ever */
#define OFTEN                                                                                      \
  1.32 /* days between demands, above which it comes now and then (Syntetos, Boylan)               \
        */

/** wb_method_name: Returns: what the method is called in tables. */
const char *
wb_method_name (WbMethod method)
{
  static const char *const names[WB_N_METHODS] = {
    [WB_METHOD_NONE] = "none",   [WB_METHOD_MEAN] = "mean",       [WB_METHOD_SMOOTH] = "smooth",
    [WB_METHOD_TREND] = "trend", [WB_METHOD_CROSTON] = "croston",
  };

  g_return_val_if_fail ((guint) method < WB_N_METHODS, names[0]);

  return names[method];
}

/* One way to forecast. */
typedef struct
{
  WbMethod method;
  double   alpha, beta;
  guint    span; /* of a mean; 0: all */
} Way;

static const Way ways[] = {
  { WB_METHOD_MEAN, 0, 0, 30 },      { WB_METHOD_MEAN, 0, 0, 60 },
  { WB_METHOD_MEAN, 0, 0, 0 },       { WB_METHOD_SMOOTH, 0.02, 0, 0 },
  { WB_METHOD_SMOOTH, 0.05, 0, 0 },  { WB_METHOD_SMOOTH, 0.1, 0, 0 },
  { WB_METHOD_SMOOTH, 0.2, 0, 0 },   { WB_METHOD_TREND, 0.05, 0.02, 0 },
  { WB_METHOD_TREND, 0.1, 0.02, 0 }, { WB_METHOD_TREND, 0.1, 0.05, 0 },
  { WB_METHOD_TREND, 0.2, 0.05, 0 }, { WB_METHOD_CROSTON, 0.05, 0, 0 },
  { WB_METHOD_CROSTON, 0.1, 0, 0 },  { WB_METHOD_CROSTON, 0.2, 0, 0 },
};

static double
mean_of (const double *demand, guint n, guint span)
{
  guint  first = span != 0 && n > span ? n - span : 0;
  double sum = 0;

  for (guint i = first; i < n; i++)
    sum += demand[i];
  return n > first ? sum / (n - first) : 0;
}

/* The state every smoothing begins with: the mean of the first two weeks. */
static double
start_of (const double *demand, guint n)
{
  return mean_of (demand, MIN (n, 14), 0);
}

static double
smooth (const double *demand, guint n, double alpha)
{
  double level = start_of (demand, n);

  for (guint i = 0; i < n; i++)
    level += alpha * (demand[i] - level);
  return level;
}

/* The mean rate over the next @horizon days: level, and a trend that wears off. */
static double
trend (const double *demand, guint n, double alpha, double beta, guint horizon)
{
  double level = start_of (demand, n), slope = 0, ahead = 0, sum = 0;

  for (guint i = 0; i < n; i++)
    {
      double before = level;

      level = alpha * demand[i] + (1 - alpha) * (level + DAMPING * slope);
      slope = beta * (level - before) + (1 - beta) * DAMPING * slope;
    }
  for (guint h = 1; h <= horizon; h++)
    {
      ahead += pow (DAMPING, h) * slope;
      sum += level + ahead;
    }
  return MAX (0, sum / MAX (horizon, 1));
}

static double
croston (const double *demand, guint n, double alpha)
{
  double size = 0, gap = 0;
  guint  since = 1;

  for (guint i = 0; i < n; i++, since++)
    {
      if (demand[i] <= 0)
        continue;
      size = size == 0 ? demand[i] : size + alpha * (demand[i] - size);
      gap = gap == 0 ? since : gap + alpha * (since - gap);
      since = 0;
    }
  return gap > 0 ? (1 - alpha / 2) * size / gap : 0;
}

static double
rate_by (const Way *way, const double *demand, guint n, guint horizon)
{
  switch (way->method)
    {
    case WB_METHOD_MEAN:
      return mean_of (demand, n, way->span);
    case WB_METHOD_SMOOTH:
      return smooth (demand, n, way->alpha);
    case WB_METHOD_TREND:
      return trend (demand, n, way->alpha, way->beta, horizon);
    case WB_METHOD_CROSTON:
      return croston (demand, n, way->alpha);
    case WB_METHOD_NONE:
    case WB_N_METHODS:
    default:
      return 0;
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (GArray *values)
{
  guint n = values->len;

  g_array_sort (values, compare);
  return n == 0 ? 0
         : n % 2 != 0
             ? g_array_index (values, double, n / 2)
             : (g_array_index (values, double, n / 2 - 1) + g_array_index (values, double, n / 2)) /
                   2;
}

/* The most that one day's demand may count for: so many spreads above the middle of the days that
 * had any. A count's own chance (the root of its middle) is a spread that is always allowed. */
static double
cap_of (const double *demand, guint n)
{
  g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (double));
  double             middle, spread;

  for (guint i = n > RECENT ? n - RECENT : 0; i < n; i++)
    if (demand[i] > 0)
      g_array_append_val (some, demand[i]);
  if (some->len < 5)
    return G_MAXDOUBLE;
  middle = median (some);
  for (guint i = 0; i < some->len; i++)
    g_array_index (some, double, i) = fabs (g_array_index (some, double, i) - middle);
  spread = MAX (MAD_TO_SD * median (some), sqrt (middle));
  return middle + SPIKE * spread;
}

/** wb_mean_30: Returns: what others reckon with: pieces of the last thirty days on the calendar by
 * thirty, whether or not there were any to be had. */
double
wb_mean_30 (const WbDay *days, guint n)
{
  guint  span = MIN (n, 30);
  double sum = 0;

  for (guint i = n - span; i < n; i++)
    sum += days[i].demand;
  return span > 0 ? sum / span : 0;
}

/* The days in stock, and where each stands on the calendar. */
typedef struct
{
  double *demand; /* cut to the cap, by what was known on the day */
  double *raw;
  guint  *place;
  guint   n;
} Series;

static void
series_clear (Series *series)
{
  g_free (series->demand);
  g_free (series->raw);
  g_free (series->place);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Series, series_clear)

static void
take_series (const WbDay *days, guint n, Series *series, WbForecast *forecast)
{
  guint in_stock = 0;

  for (guint i = 0; i < n; i++)
    in_stock += days[i].in_stock;
  forecast->days = n;
  forecast->in_stock_days = in_stock;
  series->demand = g_new0 (double, n + 1);
  series->raw = g_new0 (double, n + 1);
  series->place = g_new0 (guint, n + 1);
  for (guint i = 0; i < n; i++)
    if (days[i].in_stock || in_stock == 0) /* never in stock: the calendar is all there is */
      {
        series->place[series->n] = i;
        series->raw[series->n++] = MAX (0, days[i].demand);
      }
  forecast->cap = cap_of (series->raw, series->n);
  for (guint i = 0; i < series->n; i++)
    {
      series->demand[i] = MIN (series->raw[i], forecast->cap);
      forecast->damped += series->raw[i] > forecast->cap;
    }
}

static double
sum_of (const double *demand, guint first, guint n)
{
  double sum = 0;

  for (guint i = first; i < first + n; i++)
    sum += demand[i];
  return sum;
}

/* Fit for the demand: Croston's for what comes now and then, a trend only for what comes often. */
static gboolean
suits (const Way *way, const Series *series)
{
  guint some = 0;

  for (guint i = 0; i < series->n; i++)
    some += series->demand[i] > 0;
  if (way->method == WB_METHOD_CROSTON)
    return some > 0 && (double) series->n / some > OFTEN;
  if (way->method == WB_METHOD_TREND)
    return some > 0 && (double) series->n / some <= OFTEN;
  return TRUE;
}

/* The mean absolute error of one way over the tests from @first on, what was lately counting more.
 * What is forecast is compared with the demand cut to the cap: which way is best is not decided by
 * a day nobody could foresee. */
static double
error_of (const Way *way, const Series *series, guint first, guint tests, guint horizon)
{
  double sum = 0, weights = 0, weight = 1;

  for (guint t = first + tests; t > first; t--, weight *= FADING)
    {
      sum += weight * fabs (rate_by (way, series->demand, t - 1, horizon) -
                            sum_of (series->demand, t - 1, horizon) / horizon);
      weights += weight;
    }
  return weights > 0 ? sum / weights : 0;
}

static const Way *
best_way (const Series *series, guint first, guint tests, guint horizon)
{
  const Way *best = &ways[2]; /* all days: the plainest of them */
  double     least = tests > 0 ? error_of (best, series, first, tests, horizon) : 0;

  for (guint i = 0; tests > 0 && i < G_N_ELEMENTS (ways); i++)
    {
      double error;

      if (!suits (&ways[i], series))
        continue;
      error = error_of (&ways[i], series, first, tests, horizon);
      if (error < least)
        {
          least = error;
          best = &ways[i];
        }
    }
  return best;
}

/* Saying “as in the days before”, in the days before the tests: the scale of the errors. */
static double
naive_error (const Series *series, guint until, guint horizon)
{
  double sum = 0;
  guint  n = 0;

  for (guint t = horizon; t + horizon <= until; t++, n++)
    sum +=
        fabs (sum_of (series->demand, t - horizon, horizon) - sum_of (series->demand, t, horizon)) /
        horizon;
  return n > 0 ? sum / n : 0;
}

/* The tests: on the earlier ones the way is chosen, on the later ones it is judged, so that the
 * error told is none that was chosen for being small. */
static void
back_test (const WbDay *days, const Series *series, guint horizon, WbForecast *out, const Way **way)
{
  guint  most = series->n > ENOUGH_DAYS + horizon ? series->n - ENOUGH_DAYS - horizon + 1 : 0;
  guint  tests = MIN (most, MOST_TESTS);
  guint  first = series->n - horizon + 1 - tests, choosing = tests / 2;
  double naive, squares = 0;

  *way = best_way (series, first, tests, horizon);
  if (tests < FEWEST_TESTS)
    return;
  for (guint t = first + choosing; t < first + tests; t++)
    {
      double told = sum_of (series->raw, t, horizon);
      double rate;

      if (t == first + choosing)
        *way = best_way (series, first, choosing, horizon);
      rate = rate_by (*way, series->demand, t, horizon);
      out->error += fabs (rate - told / horizon);
      out->error_mean30 += fabs (wb_mean_30 (days, series->place[t]) - told / horizon);
      squares += (rate * horizon - sum_of (series->demand, t, horizon)) *
                 (rate * horizon - sum_of (series->demand, t, horizon));
    }
  out->tests = tests - choosing;
  out->error /= out->tests;
  out->error_mean30 /= out->tests;
  out->spread = sqrt (squares / out->tests);
  naive = naive_error (series, first + choosing, horizon);
  out->mase = naive > 0 ? out->error / naive : 0;
  *way = best_way (series, first, tests, horizon);
}

/**
 * wb_forecast_make:
 * @days: (array length=n): without gaps, the last one yesterday
 * @horizon: for so many days, 1 or more
 * @forecast: (out)
 *
 * Leaves the days without stock out, cuts demand out of all proportion, tries every way on the past
 * and forecasts by the best.
 */
void
wb_forecast_make (const WbDay *days, guint n, guint horizon, WbForecast *forecast)
{
  g_auto (Series) series = { 0 };
  const Way      *way = &ways[2];

  *forecast = (WbForecast){ .horizon = MAX (horizon, 1) };
  take_series (days, n, &series, forecast);
  if (series.n >= forecast->horizon && sum_of (series.demand, 0, series.n) > 0)
    back_test (days, &series, forecast->horizon, forecast, &way);
  if (sum_of (series.demand, 0, series.n) <= 0)
    return;
  forecast->method = way->method;
  forecast->alpha = way->alpha;
  forecast->beta = way->beta;
  forecast->span = way->span;
  forecast->rate = rate_by (way, series.demand, series.n, forecast->horizon);
  /* Demand is counted in pieces: chance alone spreads it by the root of its mean. */
  forecast->spread = MAX (forecast->spread, sqrt (forecast->rate * forecast->horizon));
}

/**
 * wb_service_factor:
 * @service: the share of cycles in which all of the demand is met, 0.5 to 0.9999
 *
 * Returns: how many spreads that takes, of a normal distribution; found by halving.
 */
double
wb_service_factor (double service)
{
  double low = 0, high = 5;

  service = CLAMP (service, 0.5, 0.9999);
  for (guint i = 0; i < 60; i++)
    {
      double middle = (low + high) / 2;

      if (0.5 * erfc (-middle / sqrt (2)) < service)
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2;
}

/** wb_reorder_round: Returns: @wanted pieces, but @moq at least, in whole packs; 0 where none are
 * wanted. */
gint64
wb_reorder_round (double wanted, gint64 moq, gint64 pack)
{
  gint64 pieces = (gint64) ceil (wanted - 1e-9);

  if (pieces <= 0)
    return 0;
  pieces = MAX (pieces, moq);
  pack = MAX (pack, 1);
  return (pieces + pack - 1) / pack * pack;
}
