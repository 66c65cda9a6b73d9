/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests of gateways against the practice town share: the town, one of its authorised
 * payments, trouble on the way, and the town's own books. */
#pragma once

#include "wb-gateway.h"
#include "wb-json.h"
#include "wb-town.h"

G_BEGIN_DECLS

/**
 * TownBench:
 * @service: as the town calls the gateway: “stripe”
 * @prefix: how the names of its payments begin in the shop
 * @order, @payment, @authorised: the payment found by town_bench_find_payment()
 * @ahead: seconds that the clock is ahead, here and in the town
 */
typedef struct
{
  const char *service, *prefix;
  WbTown     *town;
  WbGateway  *gateway;
  gint64      order;
  char       *payment;
  WbMoney     authorised;
  gint64      ahead;
} TownBench;

/* What goes wrong on the way, as the town calls it. */
#define TOWN_TROUBLES 10
extern const char *const town_troubles[TOWN_TROUBLES];

typedef gboolean (*TownMove) (
    WbGateway *, const WbMoneyAsk *, WbMovement *, GCancellable *, GError **);
typedef WbMovementFinding (*TownFind) (
    WbGateway *, const WbMoneyAsk *, WbMovement *, GCancellable *, GError **);

gboolean   town_bench_no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data);
char      *town_bench_up (TownBench *bench, gboolean paypal);
void       town_bench_down (TownBench *bench);
void       town_bench_tell (TownBench *bench, const char *path, const char *body);
void       town_bench_pass_days (TownBench *bench, gint64 days);
void       town_bench_find_payment (TownBench *bench);
WbMoneyAsk town_bench_ask_for (TownBench *bench, gint64 minor);
void town_bench_check_books (TownBench *bench, gint64 captures, gint64 captured, gint64 refunded);
void town_bench_expect_refusal (TownBench *bench, gint64 minor, WbError means);
void town_bench_decline (TownBench *bench);
void town_bench_trouble (
    TownBench *bench, const char *method, const char *path, const char *kind, guint times);
void town_bench_clear_trouble (TownBench *bench);
void town_bench_move (
    TownBench *bench, const WbMoneyAsk *ask, TownMove move, TownFind find, WbMovement *movement);

G_END_DECLS
