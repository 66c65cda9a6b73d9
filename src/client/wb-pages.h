/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pages of the window, each made when it is first wanted. */
#pragma once

#include "wb-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *wb_pages_get (GtkStack *stack, const char *name, WbWorkspace *workspace);
GtkWidget *wb_pages_find (GtkStack *stack, const char *name);
void       wb_pages_open (GtkStack *stack, WbWorkspace *workspace);

G_END_DECLS
