/* SPDX-License-Identifier: GPL-3.0-or-later
 * The early polls that hints ask for: one thread, and however many hints came for a channel, at
 * most one poll of it runs and one waits. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

/**
 * WbHintStep: what a listener has to tell.
 * @WB_HINT_REFUSED: a message without the channel's signature came; the next ones are not told
 * until one that bears it has come. In the listener's thread
 * @WB_HINT_BEGUN: a channel is being read. In the polls' thread
 * @WB_HINT_DONE: it has been read. In the polls' thread
 * @WB_HINT_FAILED: it could not be read; the channel's record says why. In the polls' thread
 */
typedef enum
{
  WB_HINT_REFUSED,
  WB_HINT_BEGUN,
  WB_HINT_DONE,
  WB_HINT_FAILED,
} WbHintStep;

/** WbHintTell: @channel: its name; @result: of %WB_HINT_DONE, else %NULL. Never anything out of a
 * message: that is about people. */
typedef void (*WbHintTell) (WbHintStep          step,
                            const char         *channel,
                            const WbSyncResult *result,
                            gpointer            data);

typedef struct _WbHintPolls WbHintPolls;

WbHintPolls *wb_hint_polls_new (WbDesk *desk, WbHintTell tell, gpointer data);
void         wb_hint_polls_add (WbHintPolls *self, gint64 channel_id);
void         wb_hint_polls_free (WbHintPolls *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbHintPolls, wb_hint_polls_free)

G_END_DECLS
