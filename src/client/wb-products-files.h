/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which file products are read from and which they are written to. */
#pragma once

#include "wb-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_products_files_ask_import (GtkWidget *from, WbWorkspace *workspace);
void wb_products_files_ask_export (GtkWidget *from, WbWorkspace *workspace);

G_END_DECLS
