/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the list of shipments. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_shipments_columns_add (GtkColumnView *view);

G_END_DECLS
