/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order that was packed and is on its way: bought, printed, captured and told step by step,
 * while the next one lies on the table already. */
#pragma once

#include "wb-ship-works.h"
#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PACK_RUN (wb_pack_run_get_type ())
G_DECLARE_FINAL_TYPE (WbPackRun, wb_pack_run, WB, PACK_RUN, GtkListBoxRow)

GtkWidget          *
wb_pack_run_new (WbWorkspace *workspace, const char *number, WbShipAsk *ask, WbRate *rate);
gboolean wb_pack_run_is_running (WbPackRun *self, gint64 order_id);
const char *wb_pack_run_get_words (WbPackRun *self);

G_END_DECLS
