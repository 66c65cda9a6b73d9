/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the flow tests share: a practice workspace in a temporary folder, orders to ship, faults,
 * and whether the books agree. */
#pragma once

#include "wb-practice-books.h"
#include "wb-practice-session.h"
#include "wb-test.h"

G_BEGIN_DECLS

typedef struct
{
  char       *folder;
  WbPractice *practice;
  WbDesk     *desk;
  WbBook     *book;
  GArray     *ids; /* authorised orders with good cards, ready to ship */
  guint       next;
} FlowBench;

FlowBench *flow_bench_new (guint orders);
void       flow_bench_free (FlowBench *self);
void       flow_bench_sync (FlowBench *self, WbSyncResult *result);
gint64     flow_bench_take_order (FlowBench *self, gint64 least_pieces);
void
flow_bench_control (FlowBench *self, const char *method, const char *path, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
gint64 flow_bench_plan (FlowBench *self, gint64 order_id, gint64 line_id, gint64 n, GError **error);
void   flow_bench_assert_agree (FlowBench *self);
WbOrder *flow_bench_order (FlowBench *self, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlowBench, flow_bench_free)

G_END_DECLS
