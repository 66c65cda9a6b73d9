/* SPDX-License-Identifier: GPL-3.0-or-later
 * One paper of a shipment as it comes out: to look at, to print, to keep as a file. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PAPER_WINDOW (wb_paper_window_get_type ())
G_DECLARE_FINAL_TYPE (WbPaperWindow, wb_paper_window, WB, PAPER_WINDOW, AdwWindow)

GtkWindow *wb_paper_window_new (GtkWindow   *parent,
                                WbWorkspace *workspace,
                                gint64       shipment_id,
                                const char  *document);

G_END_DECLS
