/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of text in a long list. A list view makes rows for two hundred of what it shows: what a
 * GtkInscription keeps for each cell, fonts and a layout of its own, is shared by all of a view. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_CELL (wb_cell_get_type ())
G_DECLARE_FINAL_TYPE (WbCell, wb_cell, WB, CELL, GtkWidget)

GtkWidget  *wb_cell_new (float align, gboolean figures);
void        wb_cell_show (GtkWidget *cell, const char *text, const char *style);
const char *wb_cell_get_text (WbCell *self);

G_END_DECLS
