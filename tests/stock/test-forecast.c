/* SPDX-License-Identifier: GPL-3.0-or-later
 * The forecast against the mean of thirty days that others use, on series whose true rate is known.
 */
#include "wb-forecast.h"

#include <math.h>

#define DAYS    240
#define SERIES  60 /* of each kind, with other dice */
#define HORIZON 14

/* Pieces on one day, by chance, around @rate (Knuth's way for small rates, in steps for others). */
static double
chance (GRand *dice, double rate)
{
  double limit, product = 1;
  guint  n = 0;

  if (rate > 30)
    {
      double parts = floor (rate / 30) + 1, sum = 0;

      for (double i = 0; i < parts; i++)
        sum += chance (dice, rate / parts);
      return sum;
    }
  limit = exp (-rate);
  while ((product *= g_rand_double (dice)) > limit)
    n++;
  return n;
}

/* Fills a day, and says what is truly wanted on it. */
typedef double (*Kind) (GRand *dice, guint day, WbDay *out);

static double
constant (GRand *dice, guint day, WbDay *out)
{
  out->demand = chance (dice, 8);
  return 8;
}

static double
rising (GRand *dice, guint day, WbDay *out)
{
  double rate = 4 + day * 0.08;

  out->demand = chance (dice, rate);
  return rate;
}

static double
stepping (GRand *dice, guint day, WbDay *out)
{
  double rate = day < 220 ? 6 : 12;

  out->demand = chance (dice, rate);
  return rate;
}

static double
now_and_then (GRand *dice, guint day, WbDay *out)
{
  out->demand = g_rand_double (dice) < 0.15 ? 1 + chance (dice, 3) : 0;
  return 0.15 * 4;
}

static double
spiking (GRand *dice, guint day, WbDay *out)
{
  out->demand = chance (dice, 5);
  if (g_rand_double (dice) < 0.02)
    out->demand += 150; /* one customer bought the shelf empty */
  return 5;
}

/* Away for a week every three, and for two weeks right before the forecast. */
static double
gaps (GRand *dice, guint day, WbDay *out)
{
  out->in_stock = day % 21 >= 7 && (day < DAYS - 15 || day >= DAYS);
  out->demand = out->in_stock ? chance (dice, 7) : 0;
  return 7;
}

static const struct
{
  const char *name;
  Kind        kind;
} kinds[] = {
  { "constant", constant },         { "rising", rising },  { "step", stepping },
  { "now and then", now_and_then }, { "spikes", spiking }, { "stock-out gaps", gaps },
};

/* The mean error of ours, and of the mean of thirty days, against the true rate. */
static void
judge (guint k, double *ours, double *mean30, double *told_ours, double *told_mean30)
{
  *ours = *mean30 = *told_ours = *told_mean30 = 0;
  for (guint s = 0; s < SERIES; s++)
    {
      GRand     *dice = g_rand_new_with_seed (1000 * k + s);
      WbDay      days[DAYS];
      WbForecast forecast;
      double     truth = 0;

      for (guint day = 0; day < DAYS; day++)
        {
          days[day].in_stock = TRUE;
          kinds[k].kind (dice, day, &days[day]);
        }
      for (guint day = DAYS; day < DAYS + HORIZON; day++)
        {
          WbDay ahead = { 0, TRUE };

          truth += kinds[k].kind (dice, day, &ahead) / HORIZON;
        }
      wb_forecast_make (days, DAYS, HORIZON, &forecast);
      *ours += fabs (forecast.rate - truth) / SERIES;
      *mean30 += fabs (wb_mean_30 (days, DAYS) - truth) / SERIES;
      *told_ours += forecast.error / SERIES;
      *told_mean30 += forecast.error_mean30 / SERIES;
      g_assert_cmpuint (forecast.tests, >, 0);
      g_rand_free (dice);
    }
}

static void
test_against_mean (void)
{
  g_print ("# %-16s %10s %10s %8s | back-tested %8s %8s\n", "series", "ours", "30 days", "ratio",
           "ours", "30 days");
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      double ours, mean30, told, told30;

      judge (k, &ours, &mean30, &told, &told30);
      g_print ("# %-16s %10.3f %10.3f %8.2f | %20.3f %8.3f\n", kinds[k].name, ours, mean30,
               ours / mean30, told, told30);
      g_assert_cmpfloat (ours, <=, mean30);
      g_assert_cmpfloat (told, <=, told30 * 1.02);
    }
}

static void
test_little_is_known (void)
{
  WbDay      days[40] = { 0 };
  WbForecast forecast;

  wb_forecast_make (days, 0, 14, &forecast);
  g_assert_cmpint (forecast.method, ==, WB_METHOD_NONE);
  g_assert_cmpfloat (forecast.rate, ==, 0);
  for (guint i = 0; i < 40; i++)
    days[i].in_stock = TRUE;
  wb_forecast_make (days, 40, 14, &forecast);
  g_assert_cmpint (forecast.method, ==, WB_METHOD_NONE);
  /* Six days, three of them without any to be had: three a day, not one and a half. */
  for (guint i = 0; i < 6; i++)
    days[i] = (WbDay){ i < 3 ? 3 : 0, i < 3 };
  wb_forecast_make (days, 6, 14, &forecast);
  g_assert_cmpfloat_with_epsilon (forecast.rate, 3, 1e-9);
  g_assert_cmpuint (forecast.in_stock_days, ==, 3);
  g_assert_cmpuint (forecast.tests, ==, 0);
}

static void
test_spike_is_cut (void)
{
  WbDay      days[60];
  WbForecast forecast;

  for (guint i = 0; i < 60; i++)
    days[i] = (WbDay){ i == 50 ? 400 : 4 + i % 3, TRUE };
  wb_forecast_make (days, 60, 10, &forecast);
  g_assert_cmpuint (forecast.damped, ==, 1);
  g_assert_cmpfloat (forecast.rate, <, 6.5);
  g_assert_cmpfloat (wb_mean_30 (days, 60), >, 15);
}

static void
test_rounding (void)
{
  g_assert_cmpint (wb_reorder_round (0, 10, 6), ==, 0);
  g_assert_cmpint (wb_reorder_round (-3, 10, 6), ==, 0);
  g_assert_cmpint (wb_reorder_round (1, 10, 6), ==, 12);
  g_assert_cmpint (wb_reorder_round (12, 10, 6), ==, 12);
  g_assert_cmpint (wb_reorder_round (12.2, 0, 1), ==, 13);
  g_assert_cmpfloat_with_epsilon (wb_service_factor (0.95), 1.644854, 1e-4);
  g_assert_cmpfloat_with_epsilon (wb_service_factor (0.5), 0, 1e-4);
  g_assert_cmpfloat_with_epsilon (wb_service_factor (0.999), 3.090232, 1e-4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/against-mean", test_against_mean);
  g_test_add_func ("/forecast/little-is-known", test_little_is_known);
  g_test_add_func ("/forecast/spike-is-cut", test_spike_is_cut);
  g_test_add_func ("/forecast/rounding", test_rounding);
  return g_test_run ();
}
