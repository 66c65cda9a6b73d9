/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of a walk: where, what, how many are still to be fetched and for whom. */
#pragma once

#include "wb-pick-sheet.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a person may ask of a line without the scanner. */
typedef enum
{
  WB_PICK_ONE_MORE,
  WB_PICK_ONE_BACK,
  WB_PICK_NOT_THERE,
} WbPickAct;

#define WB_TYPE_PICK_LINE_ROW (wb_pick_line_row_get_type ())
G_DECLARE_FINAL_TYPE (WbPickLineRow, wb_pick_line_row, WB, PICK_LINE_ROW, GtkListBoxRow)

GtkWidget *wb_pick_line_row_new (const WbPickLine *line);
void       wb_pick_line_row_show (WbPickLineRow *self);
gboolean   wb_pick_line_row_has (WbPickLineRow *self, gint64 pick_id);
char      *wb_pick_line_row_missing (WbPickLineRow *self);
GArray    *wb_pick_line_row_picks (WbPickLineRow *self, WbPickAct act);

G_END_DECLS
