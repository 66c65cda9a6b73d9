/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every detail beside a list does the same way: back to the list, a word in a toast, copying,
 * and having the engine do one thing. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

void wb_detail_bind_back (GtkWidget *detail, GtkWidget *back_button);
void wb_detail_toast (GtkWidget *widget, const char *text);
void wb_detail_copy (GtkWidget *widget, const char *text);
void
wb_detail_work (GtkWidget *widget, WbWorkspace *workspace, const WbWorkKind *kind, gpointer data);
void wb_detail_work_undo (GtkWidget        *widget,
                          WbWorkspace      *workspace,
                          const WbWorkKind *kind,
                          const WbWorkKind *back,
                          gint64            id,
                          const char       *text,
                          const char       *back_text);
void wb_widget_set_style (GtkWidget *widget, const char *style);
void wb_figure_set_text (GtkLabel *figure, const char *text);

G_END_DECLS
