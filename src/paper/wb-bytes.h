/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes put together from formatted text. */
#pragma once

#include <glib.h>

void wb_bytes_append (GByteArray *bytes, const char *format, ...) G_GNUC_PRINTF (2, 3);
