/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: where the order book is, and a copy of it. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PREFERENCES_BOOK (wb_preferences_book_get_type ())
G_DECLARE_FINAL_TYPE (
    WbPreferencesBook, wb_preferences_book, WB, PREFERENCES_BOOK, AdwPreferencesPage)

void wb_preferences_book_set_workspace (WbPreferencesBook *self, WbWorkspace *workspace);

G_END_DECLS
