/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changing the pieces of an order in its shop: one call of the engine. */
#pragma once

#include "wb-desk-channel.h"
#include "wb-worker.h"

G_BEGIN_DECLS

/* What the order is to have, kept until the engine has it. */
typedef struct
{
  gint64   order_id;
  GArray  *ids, *pieces; /* element-type gint64 */
  char    *reason;
  gboolean to_customer, restock;
} WbPiecesWish;

/* Data: a WbPiecesWish. Result: (transfer full) text for a toast. */
extern const WbWorkKind wb_pieces_work;

WbPiecesWish *wb_pieces_wish_new (gint64 order_id);
void          wb_pieces_wish_free (gpointer wish);
void          wb_pieces_wish_add (WbPiecesWish *wish, gint64 line_id, gint64 pieces);
WbPiecesAsk   wb_pieces_wish_ask (const WbPiecesWish *wish);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPiecesWish, wb_pieces_wish_free)

G_END_DECLS
