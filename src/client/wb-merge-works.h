/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the client has the engine do about orders that ship together, and how an order's detail says
 * it. */
#pragma once

#include "wb-worker.h"

#include "wb-book.h"

G_BEGIN_DECLS

/* Result: (transfer full) text for a toast. */
extern const WbWorkKind wb_merge_work;   /* data: (element-type gint64) GArray: orders */
extern const WbWorkKind wb_unmerge_work; /* data: wb_wish_new(): id: order */

/**
 * WbTogether: with which orders one shares its parcel.
 * @text: (nullable): for people; %NULL: with none, and none could
 * @could: (nullable) (element-type gint64): it and those it could go with
 * @merged: it can be taken out
 */
typedef struct
{
  char    *text;
  GArray  *could;
  gboolean merged;
} WbTogether;

gboolean wb_together_read (
    WbBook *book, gint64 order_id, GPtrArray *shipments, WbTogether *out, GError **error);
void  wb_together_clear (WbTogether *together);
char *wb_together_numbers (WbBook *book, GArray *ids, gint64 but, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbTogether, wb_together_clear)

G_END_DECLS
