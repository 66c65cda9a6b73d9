/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing that was changed in the shop: what it was, what it is now, and what that makes invalid.
 */
#pragma once

#include "wb-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_EDIT_ROW (wb_edit_row_get_type ())
G_DECLARE_FINAL_TYPE (WbEditRow, wb_edit_row, WB, EDIT_ROW, GtkListBoxRow)

GtkWidget *wb_edit_row_new (const WbEdit *edit);
char      *wb_edit_to_text (const WbEdit *edit);

G_END_DECLS
