/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changing the pieces of an order in its shop: one call of the engine. */
#include "wb-pieces-works.h"

#include <glib/gi18n-lib.h>

/** wb_pieces_wish_new: Returns: (transfer full): a wish that names no line yet. */
WbPiecesWish *
wb_pieces_wish_new (gint64 order_id)
{
  WbPiecesWish *wish = g_new0 (WbPiecesWish, 1);

  wish->order_id = order_id;
  wish->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  wish->pieces = g_array_new (FALSE, FALSE, sizeof (gint64));
  return wish;
}

/** wb_pieces_wish_free: frees @wish. */
void
wb_pieces_wish_free (gpointer wish)
{
  WbPiecesWish *self = wish;

  g_array_unref (self->ids);
  g_array_unref (self->pieces);
  g_free (self->reason);
  g_free (self);
}

/** wb_pieces_wish_add: @pieces: what the line is to have. */
void
wb_pieces_wish_add (WbPiecesWish *wish, gint64 line_id, gint64 pieces)
{
  g_array_append_val (wish->ids, line_id);
  g_array_append_val (wish->pieces, pieces);
}

/** wb_pieces_wish_ask: Returns: the same for the engine; borrows from @wish. */
WbPiecesAsk
wb_pieces_wish_ask (const WbPiecesWish *wish)
{
  return (WbPiecesAsk){
    .order_id = wish->order_id,
    .n = wish->ids->len,
    .line_ids = (const gint64 *) (gconstpointer) wish->ids->data,
    .quantities = (const gint64 *) (gconstpointer) wish->pieces->data,
    .reason = wish->reason,
    .to_customer = wish->to_customer,
    .restock = wish->restock,
  };
}

static gpointer
run_pieces (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk     *desk = wb_job_get_desk (job, error);
  WbPiecesAsk ask = wb_pieces_wish_ask (data);
  char       *outcome = NULL;

  return desk != NULL && wb_desk_change_pieces (desk, &ask, &outcome, cancellable, error) ? outcome
                                                                                          : NULL;
}

const WbWorkKind wb_pieces_work = { .run = run_pieces,
                                    .free_data = wb_pieces_wish_free,
                                    .free_result = g_free,
                                    .effect = TRUE,
                                    .title = N_ ("A change of quantities") };
