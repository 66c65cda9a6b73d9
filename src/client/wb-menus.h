/* SPDX-License-Identifier: GPL-3.0-or-later
 * Menus that are made when they are first opened: those of a template would be made with it, item
 * by item. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_menu_later (GtkMenuButton *button, const char *menu);

G_END_DECLS
