/* SPDX-License-Identifier: GPL-3.0-or-later
 * How a page that is worked with a scanner answers. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_scan_say (GtkWidget *page, GtkLabel *message, const char *text, const char *style);

G_END_DECLS
