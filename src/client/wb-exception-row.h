/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing that needs a person: what happened, what it means, and the button of the next step. */
#pragma once

#include "wb-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_EXCEPTION_ROW (wb_exception_row_get_type ())
G_DECLARE_FINAL_TYPE (WbExceptionRow, wb_exception_row, WB, EXCEPTION_ROW, GtkListBoxRow)

GtkWidget *wb_exception_row_new (const WbException *exception);

G_END_DECLS
