/* SPDX-License-Identifier: GPL-3.0-or-later
 * From whom a product is bought, and how: price, packs, time. */
#pragma once

#include "wb-form-window.h"

G_BEGIN_DECLS

#define WB_TYPE_TERMS_WINDOW (wb_terms_window_get_type ())
G_DECLARE_FINAL_TYPE (WbTermsWindow, wb_terms_window, WB, TERMS_WINDOW, WbFormWindow)

GtkWindow *wb_terms_window_open (GtkWindow *parent, WbWorkspace *workspace, WbProduct *product);

G_END_DECLS
