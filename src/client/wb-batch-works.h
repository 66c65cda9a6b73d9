/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a batch has the engine do, in a thread: look at what it would mean, do it, and undo it. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

/* What a batch would mean, as the book has it. */
typedef struct
{
  guint n;
  guint ready; /* to be shipped now */
  guint held;  /* on hold: they are refused until they are released */
  guint other; /* neither: awaiting payment, shipped, cancelled */
  GArray
      *capture; /* of WbMoney: what of those to be shipped is still to be captured, by currency */
} WbBatchOutlook;

/* The way back: one thing done to some orders. */
typedef struct
{
  WbBatch kind;
  char   *argument;
  GArray *ids;
} WbBatchStep;

/* What a run tells while it works. */
typedef struct
{
  GPtrArray *rows;    /* of WbBatchRow, since the last note */
  gint64     running; /* the order that is worked at now; 0: none */
} WbBatchNote;

extern const WbWorkKind wb_batch_outlook_work; /* data: GArray of ids; result: WbBatchOutlook */
extern const WbWorkKind wb_batch_undo_work;    /* data: GPtrArray of WbBatchStep; result: text */

gpointer wb_batch_wish_new (WbBatch kind, GArray *ids, const char *argument, guint limit);
void     wb_batch_wish_free (gpointer wish);
gpointer wb_batch_do (WbJob *job, gpointer wish, GCancellable *cancellable, GError **error);
void     wb_batch_note_free (gpointer note);
void     wb_batch_outlook_free (WbBatchOutlook *outlook);
void     wb_add_money (GArray *sums, WbMoney money);
char    *wb_join_money (GArray *sums);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBatchOutlook, wb_batch_outlook_free)

G_END_DECLS
