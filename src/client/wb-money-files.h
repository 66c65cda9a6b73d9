/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which file a statement is read from and which an export is written to. */
#pragma once

#include "wb-export.h"
#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

void wb_money_files_ask_import (GtkWidget *from, WbWorkspace *workspace);
void wb_money_files_ask_export (GtkWidget          *from,
                                WbWorkspace        *workspace,
                                const WbMoneyQuery *query,
                                WbExport            form);

G_END_DECLS
