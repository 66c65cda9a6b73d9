/* SPDX-License-Identifier: GPL-3.0-or-later
 * A practice shop with every trap on, and the module that reads it: what the tests of traps share.
 */
#pragma once

#include "asker.h"

#include "wb-test.h"
#include "wb-woo-shop.h"

#define TRAP_ORDERS 260

typedef struct
{
  WbTown     *town;
  WbShop     *shop;
  GHashTable *orders; /* remote id to WbOrder, the newest */
  GPtrArray  *listings;
  GPtrArray  *problems;
  char       *cursor;
  gint64      most_total, least_total; /* that a page told */
  guint       failures;                /* syncs that gave up */
} TrapBench;

void    trap_bench_up (TrapBench *bench, const char *version, const char *traps);
void    trap_bench_down (TrapBench *bench);
WbShop *trap_open (WbTown *town, const char *settings);
void    trap_sync (TrapBench *bench);
Answer *trap_raw (
    TrapBench *bench, const char *method, const char *path, const char *query, const char *body);
gpointer    trap_order (TrapBench *bench, const char *id);
gpointer    trap_order_of_plot (TrapBench *bench, guint plot);
gpointer    trap_item (gpointer order, guint which);
const char *trap_text (gpointer record, guint field);
char       *trap_asked (TrapBench *bench, gint64 since, guint *count);
gint64      trap_last_number (TrapBench *bench);
void        trap_control (TrapBench *bench, const char *path, const char *body);
gint64      trap_clock (gpointer data);
void        trap_pass_time (gint64 seconds);
void        trap_read_listings (TrapBench *bench);
gpointer    trap_listing (TrapBench *bench, const char *product, const char *variation);

/* What has to hold in spite of each trap that concerns writing (test-woo-traps-write.c). */
void trap_batch (TrapBench *bench);
void trap_twice (TrapBench *bench);
void trap_missing_order (TrapBench *bench);
void trap_latin (TrapBench *bench);
void trap_refund (TrapBench *bench);
void trap_full_refund (TrapBench *bench);
void trap_stock (TrapBench *bench);
void trap_fulfilment (TrapBench *bench);
void trap_ping (TrapBench *bench);
void trap_queue (TrapBench *bench);
void trap_merged (TrapBench *bench);
void trap_disabled (TrapBench *bench);
void trap_create (TrapBench *bench);
void trap_changes (TrapBench *bench);
void trap_pieces (TrapBench *bench);
