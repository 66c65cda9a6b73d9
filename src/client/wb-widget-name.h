/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a widget is called by those who hear it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_widget_name (GtkWidget *widget, const char *format, const char *thing);

G_END_DECLS
