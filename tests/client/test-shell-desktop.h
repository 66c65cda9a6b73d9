/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desktop's side for tests of the window: it takes notices and says whether there is a network.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     test_desktop_begin (void);
guint    test_desktop_count (void);
gboolean test_desktop_shows (const char *part);
void     test_desktop_choose (const char *part);
void     test_desktop_set_network (gboolean available);
void     test_desktop_end (void);

G_END_DECLS
