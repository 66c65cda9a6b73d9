/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files that are whole or absent, never half. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

gboolean wb_file_write (const char *path, GBytes *bytes, int mode, GError **error);
GBytes  *wb_file_read (const char *path, gsize max_size, GError **error);
char    *wb_bytes_hash (GBytes *bytes);

G_END_DECLS
