/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which programs work on a book right now: a token held as a file lock that the kernel drops when
 * its holder dies. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

typedef struct _WbPresence WbPresence;

WbPresence *wb_presence_new (const char *book_path, GError **error);
gint64      wb_presence_get_token (WbPresence *self);
gboolean    wb_presence_is_alive (WbPresence *self, gint64 token);
void        wb_presence_free (WbPresence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPresence, wb_presence_free)

G_END_DECLS
