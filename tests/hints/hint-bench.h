/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests of hints share: a practice town with a webhook, a book with channels of it, a
 * listener in a thread, and messages sent to it over a bare socket. */
#pragma once

#include "asker.h"
#include "wb-hint-listener.h"
#include "wb-test.h"

G_BEGIN_DECLS

#define HOOK_SECRET "hook-secret-of-the-test"
#define NO_SECRET   "Quiet shop" /* a channel without a secret */

#define OTHER_SHOP "Müller & Söhne 2"

/**
 * HintBench:
 * @channel: the channel “Shop”, whose webhooks are signed with %HOOK_SECRET
 * @other: the channel %OTHER_SHOP, signed with the same
 * @hold: the polls' thread waits as soon as a poll has begun; guarded by the mutex as the counts
 * @counts: how often each step was told
 * @last: the channel (interned) of the last poll that has begun
 */
typedef struct
{
  WbTown         *town;
  char           *folder, *path;
  WbSecrets      *secrets;
  WbDesk         *desk;
  gint64          channel, other, quiet;
  WbHintListener *listener;
  GCancellable   *stop;
  GThread        *thread;
  GMutex          mutex;
  GCond           cond;
  gboolean        hold;
  guint           counts[WB_HINT_FAILED + 1];
  const char     *last;
} HintBench;

typedef struct
{
  char *topic, *signature, *body;
} Delivery;

HintBench *hint_bench_new (void);
void       hint_bench_free (HintBench *self);
void       hint_bench_listen (HintBench *self);
void       hint_bench_hold (HintBench *self, gboolean hold);
gboolean   hint_bench_wait (HintBench *self, WbHintStep step, guint times);
guint      hint_bench_count (HintBench *self, WbHintStep step);
void       hint_bench_assert_last (HintBench *self, const char *channel);
gint64     hint_bench_orders (HintBench *self);
void       hint_bench_hook (HintBench *self, const char *topic);
GPtrArray *hint_bench_deliveries (HintBench *self);
guint      hint_bench_asked (HintBench *self);

guint send_raw (guint16 port, const char *head, const char *body, gsize size);
guint send_to (guint16 port, const char *method, const char *target, const Delivery *delivery);
void  delivery_free (gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HintBench, hint_bench_free)

G_END_DECLS
