/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many pieces an order is to have of its articles, changed in its shop. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_PIECES_WINDOW (wb_pieces_window_get_type ())
G_DECLARE_FINAL_TYPE (WbPiecesWindow, wb_pieces_window, WB, PIECES_WINDOW, WbFormWindow)

GtkWindow *wb_pieces_window_open (GtkWindow *parent, WbWorkspace *workspace, WbOrder *order);

G_END_DECLS
