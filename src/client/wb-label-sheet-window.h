/* SPDX-License-Identifier: GPL-3.0-or-later
 * Labels of chosen shipments onto sheets of paper. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_LABEL_SHEET_WINDOW (wb_label_sheet_window_get_type ())
G_DECLARE_FINAL_TYPE (
    WbLabelSheetWindow, wb_label_sheet_window, WB, LABEL_SHEET_WINDOW, WbFormWindow)

GtkWindow *
wb_label_sheet_window_open (GtkWindow *parent, WbWorkspace *workspace, GArray *shipments);

G_END_DECLS
