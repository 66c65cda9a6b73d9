/* SPDX-License-Identifier: GPL-3.0-or-later
 * The countries of a drop-down, by their names in the user's language and order. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GPtrArray *wb_country_list_fill (GtkDropDown *drop_down, const char *chosen);

G_END_DECLS
