/* SPDX-License-Identifier: GPL-3.0-or-later
 * Several rows of a list chosen at once, by their places alone: choosing a million makes none of
 * them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands at @position of @list, the model. */
typedef gint64 (*WbIdAt) (gpointer list, guint position);

#define WB_TYPE_LIST_SELECTION (wb_list_selection_get_type ())
G_DECLARE_FINAL_TYPE (WbListSelection, wb_list_selection, WB, LIST_SELECTION, GObject)

WbListSelection *wb_list_selection_new (GListModel *model);
GListModel      *wb_list_selection_get_model (WbListSelection *self);
guint            wb_list_selection_get_size (WbListSelection *self);
GArray          *wb_list_selection_dup_ids (WbListSelection *self, WbIdAt id_at);

G_END_DECLS
