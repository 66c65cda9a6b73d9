/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a drop-down needs so that it says what it chooses to those who do not see it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_drop_down_set_label (GtkDropDown *drop_down, const char *label);

G_END_DECLS
