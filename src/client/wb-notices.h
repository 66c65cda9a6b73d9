/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tells on the desktop what newly needs a person, and takes it back when it is settled. */
#pragma once

#include "wb-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_NOTICES (wb_notices_get_type ())
G_DECLARE_FINAL_TYPE (WbNotices, wb_notices, WB, NOTICES, GObject)

WbNotices *wb_notices_new (GtkWindow *window, WbWorkspace *workspace);
void       wb_notices_begin (WbNotices *self);
void       wb_notices_end (WbNotices *self);

G_END_DECLS
