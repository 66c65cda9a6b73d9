/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the town's parts know of the town. */
#pragma once

#include "wb-town-request.h"

G_BEGIN_DECLS

typedef struct _WbTownShop    WbTownShop;    /* wb-town-shop.h */
typedef struct _WbTownShopify WbTownShopify; /* wb-town-shopify.h */
typedef struct _WbTownPost    WbTownPost;    /* wb-town-easypost.h */
typedef struct _WbTownBank    WbTownBank;    /* wb-town-stripe.h */
typedef struct _WbTownTill    WbTownTill;    /* wb-town-paypal.h */
typedef struct _WbTownFaults  WbTownFaults;  /* wb-town-faults.h */
typedef struct _WbTownLog     WbTownLog;     /* wb-town-log.h */
typedef struct _WbTownState   WbTownState;   /* wb-town-state.h */
typedef struct _WbTownHttp    WbTownHttp;    /* wb-town-http.h */
typedef struct _WbTownHooks   WbTownHooks;   /* wb-town-woo-webhooks.h */

struct _WbTown
{
  guint64     seed;
  guint       first_orders; /* how many there were at the start */
  guint16     port;
  guint       arrive_per_minute;
  gboolean    modern; /* WooCommerce 11.0; else 7.9 */
  gboolean    fulfillments;
  guint32     traps_on; /* beyond those of the version, by number: wb_town_trap() */
  guint32     traps_off;
  guint       answers;      /* GETs of the shop so far, for the trap of web pages */
  const char *weight_unit;  /* static: the shop's */
  gboolean    paypal;       /* every third card is a PayPal account instead */
  gboolean    woo_payments; /* the other cards are paid through WooPayments */
  char       *currency;
  char       *timezone;
  GTimeZone  *zone;       /* the same; UTC when this machine does not know it */
  char       *key_suffix; /* behind each practice key */
  WbInstant   epoch;
  gint64      clock_skew;   /* seconds ahead of this machine, with what the control API added */
  WbInstant   replay_clock; /* not 0 while the state file is being repeated */
  GArray     *arrivals;     /* of WbInstant: when the orders after the first ones came */

  gboolean
      shop_captures; /* the shop itself captures when an order is set to processing or completed */
  GHashTable *effects; /* what was done -> how often, as GUINT_TO_POINTER */

  WbTownShop    *shop;
  WbTownShopify *shopify;
  WbTownHooks   *hooks;
  WbTownPost    *post;
  WbTownBank    *bank;
  WbTownTill    *till;
  WbTownFaults  *faults;
  WbTownLog     *log;
  WbTownState   *state;
  WbTownHttp    *http;
};

WbInstant wb_town_clock (WbTown *self);
void      wb_town_dispatch (WbTown *self, WbTownRequest *request, WbTownReply *reply);

void wb_town_control_handle (WbTown *self, WbTownRequest *request, WbTownReply *reply);
void wb_town_write_books (WbTown *self, WbTownOut *out);

G_END_DECLS
