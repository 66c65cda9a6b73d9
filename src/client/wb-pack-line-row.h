/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line on the packing table: what it is and how many of it are in, big enough to be read from
 * where one packs. */
#pragma once

#include "wb-pack.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PACK_LINE_ROW (wb_pack_line_row_get_type ())
G_DECLARE_FINAL_TYPE (WbPackLineRow, wb_pack_line_row, WB, PACK_LINE_ROW, GtkListBoxRow)

GtkWidget *wb_pack_line_row_new (const WbPackLine *line);
gboolean   wb_pack_line_row_is (WbPackLineRow *self, const WbPackLine *line);
void       wb_pack_line_row_show (WbPackLineRow *self, const WbPackLine *line);

G_END_DECLS
