/* SPDX-License-Identifier: GPL-3.0-or-later
 * A weighing scale at the USB port: found by what it says of itself, read until its weight rests.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WbScale WbScale;

char   **wb_scale_find (const char *folder);
WbScale *wb_scale_new (const char *path);
WbScale *wb_scale_new_for_fd (int fd);
void     wb_scale_free (WbScale *self);
void     wb_scale_set_patience (WbScale *self, guint milliseconds);
void     wb_scale_set_last (WbScale *self, gint64 grams);
gboolean wb_scale_read (WbScale *self, gint64 *grams, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbScale, wb_scale_free)

G_END_DECLS
