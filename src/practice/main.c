/* SPDX-License-Identifier: GPL-3.0-or-later
 * waybill-practice: runs the practice town until it is told to stop. */
#include "wb-town.h"

#include "wb-config.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>

static gint64   opt_seed = 1;
static int      opt_orders = 40;
static int      opt_port;
static char    *opt_state;
static gint64   opt_skew;
static char    *opt_arrive;
static char    *opt_version;
static char    *opt_currency;
static char    *opt_timezone;
static gboolean opt_fulfillments;
static gboolean opt_paypal;
static gboolean opt_show_version;

static gboolean
version_cb (const char *name, const char *value, gpointer data, GError **error)
{
  opt_show_version = value == NULL;
  g_free (opt_version);
  opt_version = g_strdup (value);
  return TRUE;
}

static const GOptionEntry entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &opt_port, "Serve on this port (0: a free one)", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &opt_seed, "Make the town that belongs to this number", "N" },
  { "orders", 0, 0, G_OPTION_ARG_INT, &opt_orders, "Begin with so many orders", "N" },
  { "state", 0, 0, G_OPTION_ARG_FILENAME, &opt_state, "Keep the town in this file between runs",
    "FILE" },
  { "clock-skew", 0, 0, G_OPTION_ARG_INT64, &opt_skew, "Be so many seconds ahead of this machine",
    "SECONDS" },
  { "arrive", 0, 0, G_OPTION_ARG_STRING, &opt_arrive, "Let orders arrive by themselves", "N/min" },
  { "currency", 0, 0, G_OPTION_ARG_STRING, &opt_currency, "The shop's currency", "CODE" },
  { "timezone", 0, 0, G_OPTION_ARG_STRING, &opt_timezone, "The shop's time zone", "ZONE" },
  { "fulfillments", 0, 0, G_OPTION_ARG_NONE, &opt_fulfillments, "The shop has the fulfilments API",
    NULL },
  { "paypal", 0, 0, G_OPTION_ARG_NONE, &opt_paypal,
    "Every third buyer with a card pays from a PayPal account", NULL },
  { "version", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, version_cb,
    "Behave as WooCommerce 7.9 or 11.0; alone: print this program's version", "7.9|11.0" },
  { NULL },
};

static gboolean
stop_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static gboolean
run (const WbTownOptions *options, GError **error)
{
  g_autoptr (WbTown)    town = wb_town_new (options, error);
  g_autoptr (GMainLoop) loop = NULL;

  if (town == NULL || !wb_town_start (town, error))
    return FALSE;
  printf ("port: %u\n", wb_town_get_port (town));
  fflush (stdout);
  loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_main_loop_run (loop);
  wb_town_stop (town);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError)         error = NULL;
  WbTownOptions              options = WB_TOWN_OPTIONS_INIT;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "A practice shop, carrier and gateway on this machine, "
                                         "for trying Waybill without an account.");
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "waybill-practice: %s\n", error->message);
      return 2;
    }
  if (opt_show_version)
    {
      printf ("waybill-practice %s\n", WB_VERSION);
      return 0;
    }
  options.seed = (guint64) opt_seed;
  options.orders = (guint) MAX (opt_orders, 0);
  options.port = (guint16) opt_port;
  options.state = opt_state;
  options.clock_skew = opt_skew;
  options.arrive_per_minute =
      opt_arrive != NULL ? (guint) (g_ascii_strtod (opt_arrive, NULL) * 1000) : 0;
  if (opt_version != NULL)
    options.shop_version = opt_version;
  options.currency = opt_currency;
  options.timezone = opt_timezone;
  options.fulfillments = opt_fulfillments;
  options.paypal = opt_paypal;
  if (!run (&options, &error))
    {
      fprintf (stderr, "waybill-practice: %s\n", error->message);
      return 1;
    }
  return 0;
}
