/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small text helpers that GLib 2.74 lacks. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean wb_set_str (char **field, const char *value);
char    *wb_text_normalise_email (const char *email);
char    *wb_text_normalise_phone (const char *phone);
char    *wb_text_one_line (const char *text);
char    *wb_text_isolate (char *text);
char    *wb_text_search_key (const char *text);
gboolean wb_text_is_empty (const char *text);
char    *wb_text_random_id (guint n_bytes);

G_END_DECLS
