/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos of what lies in a box: taken by the merchant's own program, or brought as a file. */
#pragma once

#include "wb-pack.h"

G_BEGIN_DECLS

char *wb_camera_get_command (WbBook *book, const char *station);
gboolean
wb_camera_set_command (WbBook *book, const char *station, const char *command, GError **error);
GBytes *
wb_camera_take (const char *command, guint patience_s, GCancellable *cancellable, GError **error);
const char *wb_photo_type (GBytes *photo, GError **error);
GBytes     *wb_photo_read (const char *path, GError **error);

G_END_DECLS
