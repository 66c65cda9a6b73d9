/* SPDX-License-Identifier: GPL-3.0-or-later
 * A sentence that was put together in English, for a log or to be kept, told in the person's
 * language. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wb_retell (const char *const *formats, const char *said);

G_END_DECLS
