/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a list is narrowed to, one thing a chip: a click takes it away. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_FILTER_CHIP (wb_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (WbFilterChip, wb_filter_chip, WB, FILTER_CHIP, GtkButton)

GtkWidget *wb_filter_chip_new (const char *text);

G_END_DECLS
