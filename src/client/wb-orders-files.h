/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which file orders are read from, and into which channel. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

void wb_orders_files_ask (GtkWindow *parent, WbWorkspace *workspace, const char *channel);

G_END_DECLS
