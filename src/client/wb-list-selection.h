/* SPDX-License-Identifier: GPL-3.0-or-later
 * Several rows of a list chosen at once, by their places alone: choosing a million makes none of
 * them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_LIST_SELECTION (wb_list_selection_get_type ())
G_DECLARE_FINAL_TYPE (WbListSelection, wb_list_selection, WB, LIST_SELECTION, GObject)

WbListSelection *wb_list_selection_new (GListModel *model);
GListModel      *wb_list_selection_get_model (WbListSelection *self);
guint            wb_list_selection_get_size (WbListSelection *self);

G_END_DECLS
