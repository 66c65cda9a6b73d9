/* SPDX-License-Identifier: GPL-3.0-or-later
 * Works that nobody waits for take turns at the processor. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint    wb_behind_get_room (void);
void     wb_behind_set_patience (gint64 microseconds);
gboolean wb_behind_is_on (void);
void     wb_behind_begin (void);
void     wb_behind_end (void);
void     wb_behind_leave (void);
void     wb_behind_come_back (void);
void     wb_behind_hold (void);
void     wb_behind_let_go (void);

G_END_DECLS
