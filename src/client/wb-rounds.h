/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks the shops for orders every so often while the window is open, and when it is told to. */
#pragma once

#include "wb-workspace.h"

G_BEGIN_DECLS

#define WB_TYPE_ROUNDS (wb_rounds_get_type ())
G_DECLARE_FINAL_TYPE (WbRounds, wb_rounds, WB, ROUNDS, GObject)

WbRounds *wb_rounds_new (WbWorkspace *workspace);
void      wb_rounds_begin (WbRounds *self);
void      wb_rounds_end (WbRounds *self);
void      wb_rounds_ask (WbRounds *self);
void      wb_rounds_stop (WbRounds *self);
gboolean  wb_rounds_get_progress (WbRounds *self, gint64 channel_id, gint64 *done, gint64 *total);
gboolean  wb_rounds_is_running (WbRounds *self);
gboolean  wb_rounds_is_offline (WbRounds *self);

G_END_DECLS
