/* SPDX-License-Identifier: GPL-3.0-or-later
 * Short notes at the bottom of a window, some with a way back. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void wb_toast_show (GtkWidget *from, const char *text);
void wb_toast_outcome (GtkWidget *from, const char *outcome, const GError *error);
void wb_toast_show_undo (GtkWidget     *from,
                         const char    *text,
                         GObject       *owner,
                         GCallback      undo,
                         gpointer       data,
                         GDestroyNotify free_data);

G_END_DECLS
