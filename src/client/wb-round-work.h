/* SPDX-License-Identifier: GPL-3.0-or-later
 * One round of asking the shops: what is done while it runs, and what is said of it. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

/** WbRoundPage: @done: orders of the channel that are read so far; @total: of how many; 0: nobody
 * knows. */
typedef struct
{
  gint64 channel_id, done, total;
} WbRoundPage;

gpointer wb_round_run (WbJob *job, gpointer data, GCancellable *cancellable, GError **error);
char    *wb_round_words (const GError *error);

G_END_DECLS
