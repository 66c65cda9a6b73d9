/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders of one customer to one address in one parcel: which could go together, and taking it back.
 * Each order keeps its own shipment, payment and report to its own shop. */
#pragma once

#include "wb-desk.h"

#include "wb-book-merged.h"

G_BEGIN_DECLS

/* So many orders at most go into one parcel: nobody packs more of them without a mistake. */
#define WB_MERGE_MOST 12

/**
 * WbMergeGroup: orders that go, or could go, into one parcel.
 * @ids: (element-type gint64): the lead first: the order that was placed first
 * @merged: whether they do already
 */
typedef struct
{
  GArray  *ids;
  gboolean merged;
} WbMergeGroup;

GPtrArray *wb_desk_list_merges (WbBook *book, GError **error);
GArray    *wb_merge_propose (WbBook *book, gint64 order_id, GError **error);
gboolean wb_merge_check (WbBook *book, const gint64 *ids, guint n, char **obstacle, GError **error);
gint64   wb_desk_merge (WbDesk *self, const gint64 *ids, guint n, GError **error);
gboolean wb_desk_unmerge (WbDesk *self, gint64 order_id, GError **error);
void     wb_merge_group_free (WbMergeGroup *group);

/* For the engine's own files. */
gboolean wb_merge_leave (WbDesk *self, gint64 order_id, const char *event, GError **error);
gboolean wb_merge_still_fits (WbBook *book, GArray *ids, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMergeGroup, wb_merge_group_free)

G_END_DECLS
