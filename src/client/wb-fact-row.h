/* SPDX-License-Identifier: GPL-3.0-or-later
 * One fact in a list: what it is, and its value, which can be copied. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_FACT_ROW (wb_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (WbFactRow, wb_fact_row, WB, FACT_ROW, GtkListBoxRow)

GtkWidget *wb_fact_row_new (const char *title, const char *value, const char *style);

G_END_DECLS
