/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can wait until a frame has been painted. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*WbAfterFrame) (gpointer widget);

void wb_after_frame (GtkWidget *widget, WbAfterFrame does);

G_END_DECLS
