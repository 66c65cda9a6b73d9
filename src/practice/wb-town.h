/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice town: a shop, a carrier and a gateway on one loopback port, with real state and
 * faults on demand. */
#pragma once

#include "wb-error.h"
#include "wb-time.h"

G_BEGIN_DECLS

/* The practice credentials. They open nothing but the town. */
#define WB_TOWN_SHOP_KEY       "ck_practice"
#define WB_TOWN_SHOP_SECRET    "cs_practice"
#define WB_TOWN_EASYPOST_KEY   "EZTK_practice"
#define WB_TOWN_STRIPE_KEY     "sk_test_practice"
#define WB_TOWN_SHOPIFY_ID     "practice-app"
#define WB_TOWN_SHOPIFY_SECRET "shpss_practice"
#define WB_TOWN_SHOPIFY_TOKEN  "shpat_practice"
#define WB_TOWN_PAYPAL_ID      "practice-client"
#define WB_TOWN_PAYPAL_SECRET  "practice-secret"

/**
 * WbTownOptions:
 * @seed: everything random follows from it
 * @orders: how many orders the shop has at the start
 * @port: 0 takes a free one
 * @state: (nullable): a file that keeps the town between runs; its own seed, orders and start win
 * over these
 * @epoch: the instant the orders are laid out around (their dates end there); 0 is the start of the
 * town
 * @clock_skew: seconds the town's clock is ahead of this machine's
 * @arrive_per_minute: new orders by themselves, in thousandths of an order a minute; 0 is none
 * @shop_version: "11.0" (order tables) or "7.9" (posts)
 * @fulfillments: whether the shop has the fulfilments API (11.0 only)
 * @paypal: every third buyer with a card pays from a PayPal account instead
 * @woo_payments: cards are paid through WooPayments, which the shop itself captures
 * @traps: (nullable): which traps of WooCommerce the shop has beyond those of its version: "all",
 * "none", or numbers, with a minus for off: "none,5,-18"
 * @currency: the shop's, "EUR" when %NULL
 * @timezone: the shop's, "Europe/Berlin" when %NULL
 * @key_suffix: (nullable): stands behind each practice key, so that a test can plant secrets of its
 * own
 */
typedef struct
{
  guint64     seed;
  guint       orders;
  guint16     port;
  const char *state;
  WbInstant   epoch;
  gint64      clock_skew;
  guint       arrive_per_minute;
  const char *shop_version;
  gboolean    fulfillments;
  gboolean    paypal;
  gboolean    woo_payments;
  const char *traps;
  const char *currency;
  const char *timezone;
  const char *key_suffix;
} WbTownOptions;

#define WB_TOWN_OPTIONS_INIT                                                                       \
  {                                                                                                \
    .seed = 1, .orders = 40, .shop_version = "11.0",                                               \
  }

typedef struct _WbTown WbTown;

WbTown  *wb_town_new (const WbTownOptions *options, GError **error);
gboolean wb_town_start (WbTown *self, GError **error);
guint16  wb_town_get_port (WbTown *self);
char    *wb_town_dup_url (WbTown *self, const char *service);
char    *wb_town_control (
       WbTown *self, const char *method, const char *path, const char *body, guint *status);
void wb_town_stop (WbTown *self);
void wb_town_free (WbTown *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTown, wb_town_free)

G_END_DECLS
