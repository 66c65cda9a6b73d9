/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing that needs a person: what happened, what it means, the button of the next step, and
 * what came of it. */
#pragma once

#include "wb-desk.h"
#include "wb-exceptions.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_EXCEPTION_ROW (wb_exception_row_get_type ())
G_DECLARE_FINAL_TYPE (WbExceptionRow, wb_exception_row, WB, EXCEPTION_ROW, GtkListBoxRow)

char       *wb_exception_key (const WbException *exception);
GtkWidget  *wb_exception_row_new (const WbException *exception);
const char *wb_exception_row_get_key (WbExceptionRow *self);
void        wb_exception_row_set_busy (WbExceptionRow *self, gboolean busy);
void        wb_exception_row_set_outcome (WbExceptionRow *self, const char *text);

G_END_DECLS
