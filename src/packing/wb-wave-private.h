/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the walk share. All but wb_wave_end() run inside their caller's transaction. */
#pragma once

#include "wb-pick-wave.h"

G_BEGIN_DECLS

gint64   wb_wave_left_of (WbPick *pick);
gboolean wb_wave_order_is_out (WbWaveOrder *row);
gboolean wb_wave_move (WbBook *book, WbPick *pick, gint64 by, const char *actor, GError **error);
gboolean
wb_wave_pick_some (WbBook *book, WbPick *pick, gint64 by, const char *actor, GError **error);
gboolean wb_wave_settle (WbBook *book, gint64 wave_id, const char *actor, GError **error);
gboolean wb_wave_settle_order (
    WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error);
gboolean wb_wave_refuse (gint64 asked, gint64 there, GError **error);
gboolean wb_wave_end (WbBook *book, gboolean ok, GError **error);

G_END_DECLS
