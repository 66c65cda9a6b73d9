/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whose turn it is to write next: so that a busy program does not keep the others from ever
 * writing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbTurn WbTurn;

WbTurn  *wb_turn_new (const char *book_path);
gboolean wb_turn_take (WbTurn *self, int milliseconds);
void     wb_turn_give (WbTurn *self);
void     wb_turn_free (WbTurn *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTurn, wb_turn_free)

G_END_DECLS
