/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cells of a long column view, filled when they come into view: a view of GTK 4.8 binds two
 * hundred rows for the twenty that are seen. */
#pragma once

#include "wb-cell.h"

G_BEGIN_DECLS

typedef struct _WbCells WbCells;

/* Shows the item of @item in its child, which stands in @column. */
typedef void (*WbCellFill) (GtkListItem *item, guint column, gpointer data);

int  wb_cell_width (int width);
int  wb_cell_usual_width (int width);
void wb_cells_scroll_to (GtkColumnView *view, guint position);

WbCells *wb_cells_new (GtkColumnView *view, WbCellFill fill, gpointer data);
void     wb_cells_free (WbCells *self);
void     wb_cells_bind (WbCells *self, GtkListItem *item, guint column);
void     wb_cells_unbind (WbCells *self, GtkListItem *item);
void     wb_cells_refill (WbCells *self, gpointer object);
void     wb_cells_refill_all (WbCells *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCells, wb_cells_free)

G_END_DECLS
