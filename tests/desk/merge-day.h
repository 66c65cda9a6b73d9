/* SPDX-License-Identifier: GPL-3.0-or-later
 * A day with orders of one customer to one address, for the tests of shipping them together. */
#pragma once

#include "wb-bench.h"

G_BEGIN_DECLS

#define MERGE_DAY_MOST 3

/** MergeDay: @ids: @n orders of one person to one address, the first the oldest. */
typedef struct
{
  WbBench *bench;
  WbDesk  *desk;
  WbBook  *book;
  gint64   ids[MERGE_DAY_MOST];
  guint    n;
} MergeDay;

MergeDay   *merge_day_new (guint n);
void        merge_day_free (MergeDay *self);
WbOrder    *merge_day_order (MergeDay *day, gint64 id);
gboolean    merge_day_stays_here (MergeDay *day, gint64 id);
void        merge_day_twin (MergeDay *day, gint64 id);
void        merge_day_merge (MergeDay *day);
guint       merge_day_count (MergeDay *day, gint64 id);
gint64      merge_day_plan (MergeDay *day, gint64 order_id);
void        merge_day_ship (MergeDay *day, gint64 shipment_id);
gint64      merge_day_label (MergeDay *day);
void        merge_day_void (MergeDay *day);
WbShipment *merge_day_shipment (MergeDay *day, gint64 order_id);
void        merge_day_assert_event (MergeDay *day, gint64 order_id, const char *kind);
void        merge_day_assert_agree (MergeDay *day);
void        merge_day_assert_left (MergeDay *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MergeDay, merge_day_free)

G_END_DECLS
