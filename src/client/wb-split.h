/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list and the detail of one of its rows: side by side when there is room, one after the other
 * when there is not. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SPLIT (wb_split_get_type ())
G_DECLARE_FINAL_TYPE (WbSplit, wb_split, WB, SPLIT, AdwBin)

gboolean wb_split_get_folded (WbSplit *self);
gboolean wb_split_get_show_detail (WbSplit *self);
void     wb_split_set_show_detail (WbSplit *self, gboolean show);

G_END_DECLS
